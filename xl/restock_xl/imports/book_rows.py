"""The rows of a book that an import is held against, and where further rows of a table go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from restock.errors import InputError
from restock.imports.changes import ExistingRow
from restock.schema.columns import Kind, normal_header
from restock.schema.inputs import INPUT_TABLES, SALES_ORDER
from restock.schema.raw import CellError, RawTable
from restock.text import Words, say
from restock_xl.package.book import TableRef
from restock_xl.package.iso_serial import DAYS_1904
from restock_xl.package.raw_tables import LAST_ROW, is_blank
from restock_xl.package.read import BookContents
from restock_xl.package.references import area, column_number


@dataclass(frozen=True)
class BookTable:
    """A table of the book.

    Attributes:
        columns: Column name to its column on the sheet, from 1.
        rows: Its filled rows.
        ref: The Excel table, None where it is none.
        formulas: Row and column name of cells that hold a formula of the user's.
    """

    name: str
    sheet: str
    header_row: int
    columns: dict[str, int]
    rows: list[ExistingRow]
    ref: TableRef | None
    formulas: frozenset[tuple[int, str]] = frozenset()

    @property
    def bottom(self) -> int:
        """The last row of the Excel table, else the last filled one."""
        place = None if self.ref is None else area(self.ref.ref)
        return place.bottom if place is not None else max([row.row for row in self.rows], default=self.header_row)


def book_table(contents: BookContents, name: str, words: Words) -> BookTable:
    """Return a table of a book with its filled rows.

    Raises:
        InputError: The book has no such table, or Stock has a column per warehouse.
    """
    raw = contents.raw.tables.get(name)
    if raw is None:
        raise InputError(say("import.no_table", words, table=INPUT_TABLES[name].sheet_name(words.language)))
    if raw.found_by == "wide":
        raise InputError(say("import.wide_stock", words, sheet=raw.sheet))
    found = INPUT_TABLES[name].match_headers(raw.headers())
    columns = {column: column_number(raw.columns[place].letter) for column, place in found.items()}
    if name == "Sales" and (order := _order_column(contents, raw)):
        columns[SALES_ORDER.name] = order
    cells = contents.cells(raw.sheet)
    later = DAYS_1904 if contents.book.date1904 else 0
    days = {column.name for column in INPUT_TABLES[name].columns if column.kind is Kind.DATE} if later else set()

    def shown(row: int, column: str, place: int) -> Any:
        value = _plain(cells.at(row, place))
        return value + later if column in days and isinstance(value, float) else value

    rows = [
        ExistingRow(row, {column: shown(row, column, place) for column, place in columns.items()})
        for row in raw.rows.tolist()
    ]
    by_place = {place: column for column, place in columns.items()}
    formulas = frozenset((row, by_place[place]) for row, place in cells.formulas if place in by_place)
    return BookTable(name, raw.sheet, raw.header_row, columns, rows, _excel_table(contents, raw), formulas)


def table_rows(contents: BookContents, name: str) -> list[dict[str, Any]]:
    """The cells of a table by column name; none where the book has none."""
    raw = contents.raw.tables.get(name)
    if raw is None:
        return []
    found = INPUT_TABLES[name].match_headers(raw.headers())
    return [
        {column: _plain(raw.columns[place].values[k]) for column, place in found.items()} for k in range(len(raw.rows))
    ]


def _plain(value: Any) -> Any:
    """A cell as the engine takes it: errors and blank texts are nothing."""
    return None if is_blank(value) or isinstance(value, CellError) else value


def _order_column(contents: BookContents, raw: RawTable) -> int | None:
    labels = {normal_header(text) for text in (SALES_ORDER.en, SALES_ORDER.zh)}
    row = contents.cells(raw.sheet).row(raw.header_row)
    return next((place for place, value in row.items() if normal_header(str(value)) in labels), None)


def _excel_table(contents: BookContents, raw: RawTable) -> TableRef | None:
    for ref in contents.book.tables():
        place = area(ref.ref)
        left = column_number(raw.columns[0].letter)
        here = ref.sheet == raw.sheet and place is not None and place.top == raw.header_row
        if here and place is not None and place.left <= left <= place.right:
            return ref
    return None


def free_rows(contents: BookContents, table: BookTable, cleared: list[int], words: Words) -> Iterator[int]:
    """Yield rows for new content: those cleared, then blank ones under the last that is filled.

    Raises:
        InputError: The sheet is full, or a row of totals stands under the table.
    """
    if table.ref is not None and table.ref.totals_rows:
        raise InputError(say("import.total_row", words, sheet=table.sheet))
    yield from sorted(cleared)
    cells = contents.cells(table.sheet)
    row = max([one.row for one in table.rows], default=table.header_row)
    while row < LAST_ROW:
        row += 1
        shown = cells.row(row)
        if all(is_blank(shown.get(place)) for place in table.columns.values()):
            yield row
    raise InputError(say("import.sheet_full", words, sheet=table.sheet))
