"""A workbook as the engine sees it: columns of typed cells, formulas, tables and names, and nothing of files."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.formula.cells import BLANK, Cells, Kinds, Scalar, Texts, block

Place = tuple[str, int, int]
"""Sheet, row and column, both from 1."""


@dataclass(eq=False)
class Column:
    """One column of a sheet from row 1 down: kinds, numbers and texts as in `Cells`, of shape (rows,)."""

    kind: Kinds
    number: NDArray[np.float64]
    text: Texts | None = None

    @classmethod
    def blank(cls, rows: int) -> Column:
        """Return a column of blanks."""
        return cls(np.full(rows, BLANK, dtype=np.uint8), np.zeros(rows))

    @classmethod
    def of(cls, values: Sequence[Scalar]) -> Column:
        """Return plain values, from row 1 down, as a column."""
        cells = block(values, (len(values),))
        return cls(cells.kind, cells.number, cells.text)

    def ensure(self, rows: int) -> None:
        """Lengthen the column to at least so many rows."""
        more = rows - len(self.kind)
        if more > 0:
            self.kind = np.concatenate([self.kind, np.full(more, BLANK, dtype=np.uint8)])
            self.number = np.concatenate([self.number, np.zeros(more)])
            if self.text is not None:
                self.text = np.concatenate([self.text, np.full(more, "", dtype=object)])

    def put(self, rows: Any, cells: Cells) -> None:
        """Set cells; `cells` is of shape (n,), `rows` says where (from 0)."""
        self.kind[rows], self.number[rows] = cells.kind, cells.number
        if cells.text is not None:
            if self.text is None:
                self.text = np.full(len(self.kind), "", dtype=object)
            self.text[rows] = cells.text


@dataclass(frozen=True)
class ArrayFormula:
    """A formula that fills a range: one entered with Ctrl+Shift+Enter, or a dynamic one that spills."""

    row: int
    column: int
    text: str
    last_row: int
    last_column: int
    dynamic: bool = False


@dataclass(frozen=True)
class SharedFormula:
    """One text for many cells: written for `row`, `column`, moved to each of `cells`."""

    row: int
    column: int
    text: str
    cells: tuple[tuple[int, int], ...]


@dataclass(eq=False)
class Sheet:
    """One sheet. Columns count from 1.

    Attributes:
        columns: What the cells show, constants and last results alike.
        formulas: For each column its rows and their formula texts, without "=".
        shared, arrays: Formulas that are stored once for many cells.
        hidden_rows: Rows that a person hid; SUBTOTAL(101 …) leaves them out.
        filtered_rows: Rows that a filter hides; every SUBTOTAL leaves them out.
    """

    name: str
    columns: MutableMapping[int, Column] = field(default_factory=dict)
    formulas: dict[int, tuple[Sequence[int], Sequence[str]]] = field(default_factory=dict)
    shared: list[SharedFormula] = field(default_factory=list)
    arrays: list[ArrayFormula] = field(default_factory=list)
    hidden_rows: frozenset[int] = frozenset()
    filtered_rows: frozenset[int] = frozenset()

    @property
    def last_row(self) -> int:
        """The last row that any column reaches."""
        return max((len(column.kind) for column in self.columns.values()), default=0)

    @property
    def last_column(self) -> int:
        """The last column that holds anything."""
        return max(self.columns, default=0)


@dataclass(frozen=True)
class Table:
    """An Excel table: its range with header and totals rows, and the names of its columns."""

    name: str
    sheet: str
    top: int
    left: int
    bottom: int
    right: int
    columns: tuple[str, ...]
    header_rows: int = 1
    totals_rows: int = 0


@dataclass(eq=False)
class Workbook:
    """Everything that an evaluation needs.

    Attributes:
        sheets: In tab order.
        names: Defined names of the book, in capitals, to formula text without "=".
        sheet_names: Names that hold on one sheet only, by (sheet, name), both in capitals.
        date1904: Whether dates count from 1904.
    """

    sheets: list[Sheet]
    tables: list[Table] = field(default_factory=list)
    names: Mapping[str, str] = field(default_factory=dict)
    sheet_names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    date1904: bool = False

    def __post_init__(self) -> None:
        self._by_name = {sheet.name.casefold(): sheet for sheet in self.sheets}
        self._tables = {table.name.casefold(): table for table in self.tables}

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet of that name, without regard to case."""
        return self._by_name.get(name.casefold())

    def table(self, name: str) -> Table | None:
        """Return the table of that name, without regard to case."""
        return self._tables.get(name.casefold())

    def table_at(self, sheet: str, row: int, column: int) -> Table | None:
        """Return the table that a cell lies in: what `[@Price]` without a table's name refers to."""
        for table in self.tables:
            inside = table.top <= row <= table.bottom and table.left <= column <= table.right
            if inside and table.sheet.casefold() == sheet.casefold():
                return table
        return None

    def value(self, sheet: str, row: int, column: int) -> Scalar:
        """Return what a cell holds now."""
        found = self._by_name[sheet.casefold()].columns.get(column)
        if found is None or row > len(found.kind):
            return None
        rows = slice(row - 1, row)
        text = None if found.text is None else found.text[rows]
        return Cells(found.kind[rows], found.number[rows], text).reshape(1, 1, 1).scalar()


def book_of(values: Mapping[str, Mapping[str, Scalar | str]], **more: Any) -> Workbook:
    """Return a small workbook from cells by sheet and reference; a text that begins with "=" is a formula.

    >>> book = book_of({"Sheet1": {"A1": 2.0, "B1": "=A1*2"}})
    >>> book.sheets[0].formulas, book.value("Sheet1", 1, 1)
    ({2: ([1], ['A1*2'])}, 2.0)
    """
    return Workbook([_sheet_of(name, cells) for name, cells in values.items()], **more)


def _sheet_of(name: str, cells: Mapping[str, Scalar | str]) -> Sheet:
    from restock.formula.tree import column_number

    sheet = Sheet(name)
    last = max((int(reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for reference in cells), default=0)
    for reference, value in cells.items():
        letters = reference.rstrip("0123456789")
        row, column = int(reference[len(letters) :]), column_number(letters)
        into = sheet.columns.setdefault(column, Column.blank(last))
        if isinstance(value, str) and value.startswith("="):
            rows, texts = sheet.formulas.setdefault(column, ([], []))
            rows.append(row)  # type: ignore[attr-defined]
            texts.append(value[1:])  # type: ignore[attr-defined]
        else:
            into.put(slice(row - 1, row), block([value], (1,)))
    return sheet
