"""Pivot tables that read a sheet or table of ours: their source and the names of their fields."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from restock_xl.package.book import Book
from restock_xl.package.escapes import decode, encode
from restock_xl.package.markup import elements, main_tag, parse, serialise
from restock_xl.package.references import Area, area
from restock_xl.package.relationships import relationships
from restock_xl.relabel.names import NewNames, PlacedTable


def pivots_of_ours(book: Book, names: NewNames) -> Iterator[tuple[str, PlacedTable, str]]:
    """Yield the sheet of each pivot table that reads a table of ours, that table, and the part with its fields."""
    for sheet in book.sheets:
        for pivot in relationships(book.archive, sheet.part) if sheet.part else ():
            for cache in relationships(book.archive, pivot.target) if pivot.kind == "pivotTable" else ():
                source = parse(book.archive.read(cache.target), cache.target).find("{*}cacheSource/{*}worksheetSource")
                table = None if source is None else _source(source, names)
                if table is not None:
                    yield sheet.name, table, cache.target


def relabel_pivots(book: Book, names: NewNames, parts: set[str]) -> None:
    """Let pivot tables read their source under its new name, with its new headers."""
    for part in parts:
        root = parse(book.archive.read(part), part)
        source = root.find("{*}cacheSource/{*}worksheetSource")
        table = None if source is None else _source(source, names)
        if source is None or table is None:
            continue
        new = {table.headers[place]: header for place, header in names.headers(table).items()}
        sheet = decode(source.get("sheet") or "")
        if sheet in names.sheets:
            source.set("sheet", encode(names.sheets[sheet]))
        for one in elements(root.find(main_tag("cacheFields"))):
            header = decode(one.get("name") or "")
            if header in new:
                one.set("name", encode(new[header]))
        book.archive.write(part, serialise(root))


def _source(source: etree._Element, names: NewNames) -> PlacedTable | None:
    """The table of ours that is read, by its name or by cells of its sheet."""
    name, sheet = decode(source.get("name") or "").casefold(), decode(source.get("sheet") or "").casefold()
    place = area(source.get("ref") or "")
    for table in names.tables:
        if name and table.ref is not None and table.ref.name.casefold() == name:
            return table
        if sheet and table.sheet.casefold() == sheet and (place is None or _holds(place, table)):
            return table
    return None


def _holds(place: Area, table: PlacedTable) -> bool:
    return place.top <= table.header_row <= place.bottom and place.left <= table.left + len(table.headers)
