"""What the user added to a sheet of ours, as it stands in the book before a press."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from restock.schema.columns import Table
from restock.text.say import catalogue
from restock_xl.own.cell import OwnCell, Place, relative
from restock_xl.own.comments import comment_places
from restock_xl.own.layout import (
    Band,
    Key,
    SheetLayout,
    TableLayout,
    is_called,
    key_part,
    layout_of_book,
    tables_on,
)
from restock_xl.own.text_layout import TextLayout, text_layout
from restock_xl.package.cell_edit import cells_of
from restock_xl.package.cells import SheetCells
from restock_xl.package.escapes import decode
from restock_xl.package.markup import elements, main_tag, parse
from restock_xl.package.read import BookContents
from restock_xl.package.references import Area, area
from restock_xl.package.relationships import relationships
from restock_xl.sheets.layout import WRITTEN

KEPT = "own.kept"
"""The sentence that marks cells of a row which is gone."""


@dataclass(frozen=True)
class Continued:
    """A column of the user's that holds one formula: rows that are new get it too.

    Attributes:
        sample: One of its cells.
        alike: The rows whose cells hold that formula.
    """

    sample: OwnCell
    alike: frozenset[int]


@dataclass(frozen=True)
class OwnSheet:
    """One sheet.

    Attributes:
        cells: The user's cells, and blank ones that carry a format.
        stated: Cells of our key columns in rows where something of the user's stands.
        comments: Where comments are.
        pins: Ranges of several rows that stay in one piece: the user's tables, pivot tables, merged cells, arrays.
        continued: (table, header) → the formula of a column.
        kept: Row below a table → the key to which its cells belong, as an earlier press noted it.
    """

    key: str
    name: str
    layout: SheetLayout | TextLayout
    cells: dict[Place, OwnCell] = field(default_factory=dict)
    stated: dict[Place, OwnCell] = field(default_factory=dict)
    comments: frozenset[Place] = frozenset()
    pins: tuple[Area, ...] = ()
    continued: dict[tuple[str, str], Continued] = field(default_factory=dict)
    kept: dict[int, Key] = field(default_factory=dict)

    def rows_beside(self, table: Table) -> set[int]:
        """The same of a table of ours that may be missing."""
        layouts = self.layout.bands if isinstance(self.layout, SheetLayout) else ()
        found = [one for band in layouts for one in band.tables if one.table is table]
        return self.held_rows(found[0]) if found else set()

    def held_rows(self, table: TableLayout) -> set[int]:
        """The rows of a table beside whose keys the user added something, but the formula of a column."""
        places = {place for place, cell in self.cells.items() if not cell.is_blank and not self.is_continued(cell)}
        rows = {row for row, column in places | self.comments if not self.pinned(row, column)}
        return rows & set(table.rows)

    def is_continued(self, cell: OwnCell) -> bool:
        """Whether a cell only holds the formula of its whole column."""
        return any(one.sample.column == cell.column and cell.row in one.alike for one in self.continued.values())

    def pinned(self, row: int, column: int) -> Area | None:
        """The range in one piece to which a cell belongs."""
        return next(
            (pin for pin in self.pins if pin.top <= row <= pin.bottom and pin.left <= column <= pin.right), None
        )


def own_sheets(contents: BookContents) -> dict[str, OwnSheet]:
    """What the user added to each of our sheets, by the sheet's key; every sheet of ours that the book has is there."""
    owned = contents.book.owned()
    found = {key: _own_sheet(contents, key, owned[key]) for key in WRITTEN if key in owned}
    return {key: sheet for key, sheet in found.items() if sheet is not None}


def _own_sheet(contents: BookContents, key: str, name: str) -> OwnSheet | None:
    layout = text_layout(contents, key, name) if key in ("Today", "Explain") else layout_of_book(contents, key, name)
    if layout is None:
        return None
    cells, comments = contents.cells(name), comment_places(contents.book, name)
    strays = {(row, column) for row, values in cells.rows.items() for column in values.keys() - layout.ours_in(row)}
    if not strays and not comments:
        return OwnSheet(key, name, layout)
    own, stated = _read(contents, name, layout, strays, comments)
    pins = (*_own_tables(contents, key, name), *_merged(contents, name, layout), *_arrays(own))
    sheet = OwnSheet(key, name, layout, own, stated, comments, pins)
    if isinstance(layout, TextLayout):
        return sheet
    continued = dict(_continued(contents, sheet, layout))
    kept = dict(_kept(cells, layout, strays))
    return OwnSheet(key, name, layout, own, stated, comments, pins, continued, kept)


def _read(
    contents: BookContents, name: str, layout: SheetLayout | TextLayout, strays: set[Place], comments: frozenset[Place]
) -> tuple[dict[Place, OwnCell], dict[Place, OwnCell]]:
    """The user's cells, and those of key columns in the rows that hold any."""
    rows = {row for row, _ in strays | comments}
    keys = {row: _key_columns(layout, row) for row in rows}
    formulas = contents.cells(name).formulas

    def passed(row: int) -> frozenset[int]:
        return layout.ours_in(row) - keys.get(row, frozenset())

    own: dict[Place, OwnCell] = {}
    stated: dict[Place, OwnCell] = {}
    data = contents.book.archive.read(contents.book.part_of_sheet(name))
    for row, column, markup in cells_of(data, passed):
        filled = formulas.array_range(row, column)
        text = formulas.text(row, column) or ""
        cell = OwnCell(row, column, markup, text, area(filled) if filled else None)
        (stated if column in layout.ours_in(row) else own)[row, column] = cell
    return own, stated


def _key_columns(layout: SheetLayout | TextLayout, row: int) -> frozenset[int]:
    if isinstance(layout, TextLayout):
        return frozenset()
    tables = [table for band in layout.bands for table in band.tables if row in table.rows]
    return frozenset(table.column_of[name] for table in tables for name in table.key_columns if name in table.column_of)


def _own_tables(contents: BookContents, key: str, name: str) -> Iterator[Area]:
    """Excel tables and pivot tables of the user's on the sheet."""
    archive = contents.book.archive
    for relation in relationships(archive, contents.book.part_of_sheet(name)):
        if relation.kind == "pivotTable" and archive.has(relation.target):
            locations = parse(archive.read(relation.target), relation.target).iter(main_tag("location"))
            yield from (place for one in locations if (place := area(one.get("ref") or "")) is not None)
    for ref in contents.book.tables():
        place = area(ref.ref) if ref.sheet.casefold() == name.casefold() else None
        if place is not None and not any(is_called(ref.name, table.name) for table in tables_on(key)):
            yield place


def _merged(contents: BookContents, name: str, layout: SheetLayout | TextLayout) -> Iterator[Area]:
    part = contents.book.part_of_sheet(name)
    data = contents.book.archive.read(part)
    if b"mergeCell" not in data[data.rfind(b"sheetData>") :]:
        return
    for merge in parse(data, part).iter(main_tag("mergeCell")):
        place = area(merge.get("ref") or "")
        if place is not None and place.bottom > place.top and place.left not in layout.ours_in(place.top):
            yield place


def _arrays(cells: dict[Place, OwnCell]) -> Iterator[Area]:
    for cell in cells.values():
        if cell.filled is not None and cell.filled.bottom > cell.filled.top:
            yield cell.filled


def _continued(
    contents: BookContents, sheet: OwnSheet, layout: SheetLayout
) -> Iterator[tuple[tuple[str, str], Continued]]:
    for band in layout.bands:
        for table in band.tables:
            stated = _stated_formulas(contents, table, sheet.name) if table.own else set()
            for header, column in table.own.items():
                found = _one_formula(sheet, table, column, header in stated)
                if found is not None:
                    yield (table.table.name, header), found


def _stated_formulas(contents: BookContents, table: TableLayout, sheet: str) -> set[str]:
    """The headers of columns that the file calls calculated."""
    for ref in contents.book.tables():
        place = area(ref.ref) if ref.sheet.casefold() == sheet.casefold() else None
        if place is not None and place[:2] == (table.header_row, table.left):
            columns = elements(parse(contents.book.archive.read(ref.part), ref.part).find(main_tag("tableColumns")))
            calculated = main_tag("calculatedColumnFormula")
            return {decode(one.get("name") or "") for one in columns if one.find(calculated) is not None}
    return set()


def _one_formula(sheet: OwnSheet, table: TableLayout, column: int, stated: bool) -> Continued | None:
    """The formula of a column: the commonest where the file calls it calculated, else one that all rows share."""
    cells = [sheet.cells.get((row, column)) for row in table.rows]
    formulas = [cell for cell in cells if cell is not None and cell.formula and cell.filled is None]
    texts = {cell.row: relative(cell.formula, cell.row, sheet.name) for cell in formulas}
    if not texts:
        return None
    text, count = Counter(texts.values()).most_common(1)[0]
    if not stated and not (count == len(cells) > 1):
        return None
    alike = frozenset(row for row, one in texts.items() if one == text)
    return Continued(next(cell for cell in formulas if cell.row in alike), alike)


def _kept(cells: SheetCells, layout: SheetLayout, strays: set[Place]) -> Iterator[tuple[int, Key]]:
    """Rows that an earlier press put below a table for a key that was gone."""
    marks = set(catalogue()[KEPT])
    for row, column in sorted(strays):
        band = layout.band_of(row)
        if row > band.last_row and band.keyed is not None and cells.at(row, column) in marks:
            key = _key_below(cells, band, row)
            if any(key[:-1]):
                yield row, key


def _key_below(cells: SheetCells, band: Band, row: int) -> Key:
    table = band.tables[0]
    at = [(table.column_of.get(name, 0), table.table[name]) for name in table.key_columns]
    return (*(key_part(cells.at(row, column), spec) for column, spec in at), "1")
