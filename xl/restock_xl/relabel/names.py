"""Which tabs and headers of a book get other names; only what is exactly ours does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from restock.schema.inputs import INPUT_TABLES
from restock_xl.package.book import TableRef
from restock_xl.package.read import BookContents
from restock_xl.package.references import area, column_number
from restock_xl.package.renaming import Renaming
from restock_xl.relabel.labels import Pairs, all_columns, function_headers, header_pairs, other, start_pairs, table_of
from restock_xl.sheets.layout import TAB_BY_KEY

IN_PLACE = ("ImportLog", "Functions")
"""Sheets of ours that no press writes anew."""


@dataclass(frozen=True)
class PlacedTable:
    """A table of ours where it stands: `key` is its name, `ref` its Excel table if it is one; `left` counts from 1.

    Attributes:
        headers: What stands above each column, from left to right.
        in_place: Whether its cells are changed; a press writes the others anew.
    """

    key: str
    sheet: str
    header_row: int
    left: int
    headers: tuple[str, ...]
    ref: TableRef | None
    in_place: bool
    pairs: Pairs

    def new_headers(self) -> dict[int, str]:
        """Position → new header, of the headers that are exactly ours."""
        new = {place: self.pairs.get(text, text) for place, text in enumerate(self.headers)}
        return {place: text for place, text in new.items() if text != self.headers[place]}


@dataclass(frozen=True)
class NewNames:
    """What is called otherwise in the language `target`.

    Attributes:
        tabs: The sheet of each tab of ours by its key, under its old name.
        sheets: Old name → new name, of those that change.
        tables: Our tables, with their headers of now.
        taken: (table, position) of headers that would become one that another column has.
    """

    target: str
    tabs: dict[str, str]
    sheets: dict[str, str]
    tables: list[PlacedTable]
    taken: list[tuple[PlacedTable, int]] = field(default_factory=list)

    @property
    def renaming(self) -> Renaming:
        """The same as formulas need it."""
        columns: dict[str, dict[str, str]] = {}
        for table in self.tables:
            if table.ref is not None:
                columns[table.ref.name] = {table.headers[place]: new for place, new in self.headers(table).items()}
        return Renaming(self.sheets, {}, columns)

    def headers(self, table: PlacedTable) -> dict[int, str]:
        """Position → new header, of those that a table can take."""
        barred = {place for one, place in self.taken if one is table}
        return {place: header for place, header in table.new_headers().items() if place not in barred}


def new_names(contents: BookContents, target: str) -> NewNames:
    """Return what a book's tabs and headers are called in the language `target`."""
    tables = list(_tables(contents, target))
    taken = [(table, place) for table in tables for place in _taken(table)]
    tabs = _tabs(contents, target)
    return NewNames(target, tabs, _sheets(contents, tabs, target), tables, taken)


def _taken(table: PlacedTable) -> list[int]:
    new = table.new_headers()
    kept = {text.casefold() for place, text in enumerate(table.headers) if place not in new}
    return [place for place, header in new.items() if header.casefold() in kept]


def _tabs(contents: BookContents, target: str) -> dict[str, str]:
    book = contents.book
    tabs = {name: table.sheet for name, table in contents.raw.tables.items() if name not in contents.standing}
    tabs |= book.owned()
    start, said = book.sheet(TAB_BY_KEY["Start"].name(other(target))), start_pairs(target)
    if start is not None and start.part and contents.cells(start.name).at(1, 1) in said:
        tabs["Start"] = start.name
    return {key: sheet for key, sheet in tabs.items() if key in TAB_BY_KEY}


def _sheets(contents: BookContents, tabs: dict[str, str], target: str) -> dict[str, str]:
    wanted: dict[str, str] = {}
    for key, sheet in tabs.items():
        standard = re.escape(TAB_BY_KEY[key].name(other(target)))
        if re.fullmatch(rf"{standard}(?: \(\d+\))?", sheet):
            wanted.setdefault(sheet, TAB_BY_KEY[key].name(target))
    used = {name.casefold() for name in contents.book.sheet_names if name not in wanted}
    found = {}
    for sheet, name in wanted.items():
        new, number = name, 1
        while new.casefold() in used:
            number += 1
            new = f"{name} ({number})"
        used.add(new.casefold())
        found[sheet] = new
    return found


def _tables(contents: BookContents, target: str) -> Iterator[PlacedTable]:
    owned = {sheet.casefold(): key for key, sheet in contents.book.owned().items()}
    for name, raw in contents.raw.tables.items():
        if raw.found_by != "wide" and name not in contents.standing:
            yield _input(contents, name, header_pairs(all_columns(INPUT_TABLES[name]), target))
    for ref in contents.book.tables():
        key, place = owned.get(ref.sheet.casefold()), area(ref.ref)
        if key is None or place is None:
            continue
        table = table_of(ref, is_ours=True)
        pairs = header_pairs(table.columns, target) if table else {}
        if key == "Functions" and ref.name.casefold().startswith("functions"):
            pairs = function_headers(target)
        yield PlacedTable(key, ref.sheet, place.top, place.left, ref.columns, ref, key in IN_PLACE, pairs)


def _input(contents: BookContents, name: str, pairs: Pairs) -> PlacedTable:
    raw = contents.raw.tables[name]
    first = min(column_number(column.letter) for column in raw.columns)
    for ref in contents.book.tables():
        place = area(ref.ref)
        here = ref.sheet == raw.sheet and place is not None and place.top == raw.header_row and ref.header_rows
        if here and place is not None and place.left <= first <= place.right:
            return PlacedTable(name, raw.sheet, place.top, place.left, ref.columns, ref, True, pairs)
    row = contents.cells(raw.sheet).head(raw.header_row).get(raw.header_row, {})
    right = first
    while isinstance(row.get(right + 1), str) and row[right + 1]:
        right += 1
    headers = tuple(str(row.get(column) or "") for column in range(first, right + 1))
    return PlacedTable(name, raw.sheet, raw.header_row, first, headers, None, True, pairs)
