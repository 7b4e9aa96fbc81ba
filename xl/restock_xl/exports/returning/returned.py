"""A copy that came back: its tables, found by their headers in either language, whatever program saved it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from restock.ledger.lines import plain
from restock.schema.cell import clipped, is_blank, read_text, shown
from restock.schema.columns import Kind, Table, normal_header
from restock.schema.copies import COPY_TABLES
from restock.schema.date_cell import shown_date
from restock.schema.outputs import ALERTS, OUTPUT_TABLES
from restock.schema.raw import CellError, RawColumn, RawTable
from restock.schema.rows import read_cell
from restock.schema.sentences import problem_sentence
from restock.schema.table_view import TableView
from restock.schema.tables import Problem
from restock.text import Words, cell_reference
from restock_xl.package.book import Book
from restock_xl.package.cells import SheetCells, Value
from restock_xl.package.iso_serial import DAYS_1904
from restock_xl.package.read import SheetStore
from restock_xl.package.references import column_letter

_TODAY = Table(
    ALERTS.name, ALERTS.en, ALERTS.zh, tuple(ALERTS[name] for name in ("tier", "action", "done", "sku", "warehouse")),
    key=ALERTS.key,
)  # fmt: skip
"""The lists of Today: lines of Alerts with fewer columns, where people answer too."""
TYPED_TABLES = tuple(
    table
    for table in (*COPY_TABLES.values(), *OUTPUT_TABLES.values(), _TODAY)
    if any(column.typed and column.name not in table.key for column in table.columns)
)
"""The tables in which people type: those of the copies for a role, and ours as they stand in a copy of the book."""
_HEADERS = frozenset(text for table in TYPED_TABLES for column in table.columns for text in column.headers())
_FEWEST, _BELOW_ALL = 4, 1 << 21
_normal = lru_cache(maxsize=1 << 14)(normal_header)

Cells = dict[int, Value]


@dataclass
class ReturnedRow:
    """One row of a copy: what it says, and where.

    Attributes:
        faults: Sentences about typed cells that cannot be read.
    """

    view: TableView
    position: int
    words: Words
    faults: list[str] = field(default_factory=list)

    @property
    def table(self) -> Table:
        """The table it stands in."""
        return self.view.table

    def value(self, name: str) -> Any:
        """A cell's value, None where it is blank or cannot be read."""
        return read_cell(self._content(name), self.table[name]).value if name in self.view.known else None

    def text(self, name: str) -> str:
        """A cell of text; "" where it is blank."""
        return self.value(name) or ""

    def typed(self, name: str) -> Any:
        """The value of a column that people type into; one that cannot be read is a fault."""
        reading = read_cell(self._content(name), self.table[name]) if name in self.view.known else None
        if reading is None or not reading.fault:
            return None if reading is None else reading.value
        sku = self.text("sku") if "sku" in self.table.by_name else ""
        problem = Problem(
            reading.fault, "note", self.table.name, self.view.raw.sheet, self.view.cell(name, self.position),
            clipped(self._as_shown(name)), clipped(sku), params={**reading.params, "column": name},
        )  # fmt: skip
        sentence = problem_sentence(problem, self.words)
        if sentence not in self.faults:
            self.faults.append(sentence)
        return None

    def where(self, name: str) -> str:
        """The cell of a column as it is named in a sentence."""
        return cell_reference(self.view.raw.sheet, self.view.cell(name, self.position), self.words)

    def is_typed(self) -> bool:
        """Whether anything stands in the columns that people type into."""
        names = [column.name for column in self.table.columns if column.typed and column.name not in self.table.key]
        return any(not is_blank(self._content(name)) for name in names if name in self.view.known)

    def _content(self, name: str) -> Any:
        return self.view.known[name].values[self.position]

    def _as_shown(self, name: str) -> str:
        content = self._content(name)
        is_date = self.table[name].kind is Kind.DATE and isinstance(content, float)
        return shown_date(content) if is_date else shown(plain(content))


def returned_rows(book: Book, words: Words) -> Iterator[ReturnedRow]:
    """Every row of the tables in which people type, in the order of sheets; rows without a key are skipped.

    Args:
        words: The language in which faults are told.
    Raises:
        WorkbookError: A sheet is damaged.
    """
    for view in returned_tables(book):
        for position in range(len(view)):
            yield ReturnedRow(view, position, words)


def returned_tables(book: Book) -> list[TableView]:
    """The tables of a file in which people type, found by their headers."""
    store = SheetStore(book)
    found = []
    for sheet in book.sheets:
        if sheet.part is not None and "worksheet" in sheet.part:
            found += list(_tables_of(sheet.name, _shown(store.cells(sheet.name)), book.date1904))
    return found


def _shown(cells: SheetCells) -> dict[int, Cells]:
    """The cells of a sheet; a formula that its program left without a result is an error, not a blank."""
    rows = cells.rows
    for row, column in cells.uncomputed:
        rows[row][column] = CellError("=")
    return rows


def _tables_of(sheet: str, rows: dict[int, Cells], date1904: bool) -> Iterator[TableView]:
    heads = [(number, found) for number in sorted(rows) if (found := _identified(rows[number])) is not None]
    ends = [*(number for number, _ in heads), _BELOW_ALL][1:]
    for (number, (table, columns)), end in zip(heads, ends, strict=True):
        numbers = [row for row in sorted(rows) if number < row < end and _has_key(rows[row], table, columns)]
        yield TableView.of(_raw(table, sheet, number, numbers, rows, columns, date1904), table)


def _identified(row: Cells) -> tuple[Table, dict[str, int]] | None:
    """The table whose headers a row holds, and the sheet column of each; of several the one with most columns."""
    texts = {column: value for column, value in row.items() if isinstance(value, str)}
    if sum(_normal(text) in _HEADERS for text in texts.values()) < _FEWEST:
        return None
    first, last = min(texts), max(texts)
    headers = [texts.get(column) for column in range(first, last + 1)]
    matches = [(table, table.match_headers(headers)) for table in TYPED_TABLES]
    fitting = [(table, found) for table, found in matches if _fits(table, found)]
    if not fitting:
        return None
    table, found = max(fitting, key=lambda match: len(match[1]))
    return table, {name: first + place for name, place in found.items()}


def _fits(table: Table, found: dict[str, int]) -> bool:
    typed = [column.name for column in table.columns if column.typed and column.name not in table.key]
    is_whole = all(name in found for name in table.key) and any(name in found for name in typed)
    return is_whole and 2 * len(found) >= len(table.columns)


def _has_key(row: Cells, table: Table, columns: dict[str, int]) -> bool:
    """Whether a row names goods: titles and lines of help between tables do not."""
    return read_text(row.get(columns["sku"])).value is not None if "sku" in table.key else True


def _raw(
    table: Table, sheet: str, header_row: int, numbers: list[int], rows: dict[int, Cells], columns: dict[str, int],
    date1904: bool,
) -> RawTable:  # fmt: skip
    made = []
    for name, column in sorted(columns.items(), key=lambda item: item[1]):
        is_date = table[name].kind in (Kind.DATE, Kind.TIME)
        values = np.empty(len(numbers), dtype=object)
        values[:] = [_counted(rows[number].get(column), is_date and date1904) for number in numbers]
        made.append(RawColumn(str(rows[header_row][column]), column_letter(column), values))
    return RawTable(table.name, sheet, header_row, np.array(numbers, dtype=np.int64), tuple(made), "headers")


def _counted(value: Value, from_1904: bool) -> Value:
    is_number = isinstance(value, float) and not isinstance(value, bool)
    return value + DAYS_1904 if from_1904 and is_number and isinstance(value, float) else value
