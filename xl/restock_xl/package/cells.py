"""The cells of one worksheet: what they show, and their formulas."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from restock.schema.raw import CellError

from .formulas import Formulas
from .iso_serial import iso_serial
from .markup import damaged
from .references import column_number, position
from .shared_strings import SharedStrings, plain_text, rich_text
from .sheet_rows import SheetMarkup, Token

if TYPE_CHECKING:
    import numpy as np

    from .archive import Archive

Value = None | str | float | bool | CellError

_HEAD_BYTES = 1 << 18


class SheetCells:
    """One worksheet, parsed when first needed; rows and columns count from 1.

    A value is None for a cell that is truly blank, "" for a formula that shows nothing, else text, a number,
    a truth value or a CellError. Dates are serial numbers as the workbook counts them. A formula that its
    program left without a result shows "" and its place is in `uncomputed`.

    Raises:
        WorkbookError: The part is damaged; raised by whatever reads it first.
    """

    def __init__(self, archive: Archive, part: str, strings: SharedStrings, date1904: bool = False) -> None:
        self._archive = archive
        self._part = part
        self._strings = strings
        self._date1904 = date1904
        self._columns: dict[bytes, int] = {}
        self._inline: dict[bytes, str] = {}
        self._head: tuple[int, dict[int, dict[int, Value]]] = (0, {})
        self.uncomputed: set[tuple[int, int]] = set()

    def value(self, reference: str) -> Value:
        """Return what the cell `B7` shows."""
        return self.at(*position(reference))

    def at(self, row: int, column: int) -> Value:
        """Return what a cell shows."""
        return self.rows.get(row, {}).get(column)

    def row(self, number: int) -> dict[int, Value]:
        """Return the values of a row by column; blank cells are absent."""
        return self.rows.get(number, {})

    def column(self, letter: str, rows: Iterable[int]) -> np.ndarray[Any, Any]:
        """Return the values of a column in the given rows, as an object array."""
        import numpy as np

        number, content = column_number(letter), self.rows
        values = [content[row].get(number) if row in content else None for row in rows]
        array = np.empty(len(values), dtype=object)
        array[:] = values
        return array

    def formula(self, reference: str) -> str | None:
        """Return the formula of a cell without "=", or None; see `Formulas.text`."""
        return self.formulas.text(*position(reference))

    def array_range(self, reference: str) -> str | None:
        """Return the range that an array formula fills when it stands in this cell, else None."""
        return self.formulas.array_range(*position(reference))

    @property
    def max_row(self) -> int:
        """The last row in which a cell shows something; 0 for an empty sheet."""
        return max(self.rows, default=0)

    @property
    def max_column(self) -> int:
        """The last column in which a cell shows something; 0 for an empty sheet."""
        return max((max(row) for row in self.rows.values()), default=0)

    @cached_property
    def formulas(self) -> Formulas:
        """The formulas of the sheet."""
        return self._content[1]

    @property
    def rows(self) -> dict[int, dict[int, Value]]:
        """The values of all rows: row → column → value, without blank cells and empty rows."""
        return self._content[0]

    def head(self, last_row: int) -> dict[int, dict[int, Value]]:
        """Return the values of the rows up to `last_row`; of a large sheet only its beginning is unpacked."""
        if "_content" not in self.__dict__ and self._head[0] < last_row:
            self._head = self._read_head(last_row)
        rows = self._head[1] if "_content" not in self.__dict__ else self.rows
        return {number: row for number, row in rows.items() if number <= last_row}

    def rows_at(self, numbers: Iterable[int]) -> dict[int, dict[int, Value]]:
        """Return the values of a few rows of a large sheet without keeping the others."""
        wanted = sorted(set(numbers))
        if "_content" in self.__dict__:
            return {number: self.rows[number] for number in wanted if number in self.rows}
        rows: dict[int, dict[int, Value]] = {}
        for tokens in SheetMarkup(self._archive.read(self._part), self._part).rows_at(wanted):
            self._take(tokens, rows, Formulas())
        return rows

    def _read_head(self, last_row: int) -> tuple[int, dict[int, dict[int, Value]]]:
        """Return the last row covered and the values up to it, from as little of the part as needed."""
        size = _HEAD_BYTES
        while len(data := self._archive.read_head(self._part, size)) == size:
            markup = SheetMarkup(data, self._part, is_head=True)
            if not markup.is_plain:
                break
            rows: dict[int, dict[int, Value]] = {}
            for tokens in markup.chunks():
                self._take(tokens, rows, Formulas())
            if max(rows, default=0) > last_row:
                return max(rows) - 1, rows
            size *= 8
        return last_row, self.rows

    @cached_property
    def _content(self) -> tuple[dict[int, dict[int, Value]], Formulas]:
        rows: dict[int, dict[int, Value]] = {}
        formulas = Formulas()
        for tokens in SheetMarkup(self._archive.read(self._part), self._part).chunks():
            self._take(tokens, rows, formulas)
        return {number: row for number, row in rows.items() if row}, formulas

    def _take(self, tokens: list[Token], rows: dict[int, dict[int, Value]], formulas: Formulas) -> None:
        """Add the values of some rows; most cells are numbers or shared texts, which are read right here."""
        columns, strings, raw_formulas = self._columns, self._strings, formulas.raw
        number, values = 0, dict[int, Value]()
        try:
            for letters, kind, attributes, formula, stored, inline, row in tokens:
                if row:
                    number = int(row)
                    values = rows.setdefault(number, {})
                    continue
                column = columns.get(letters) or columns.setdefault(letters, column_number(letters.decode()))
                if formula or attributes:
                    raw_formulas[number, column] = attributes, formula
                    if not stored and kind != b"str":
                        self.uncomputed.add((number, column))
                        values[column] = ""
                        continue
                if kind == b"s":
                    if stored:
                        values[column] = strings[int(stored)]
                elif not kind or kind == b"n":
                    if stored:
                        values[column] = float(stored) if stored[-1:].isdigit() else _odd_number(stored)
                elif stored or inline or kind in (b"str", b"inlineStr"):
                    values[column] = self._other(kind, stored, inline)
        except (ValueError, IndexError) as error:
            raise damaged(f"{self._part}, row {number},", str(error)) from error

    def _other(self, kind: bytes, stored: bytes, inline: bytes) -> Value:
        if kind == b"inlineStr":
            return self._inline.get(inline) or self._inline.setdefault(inline, rich_text(inline))
        text = plain_text(stored)
        if kind == b"b":
            return text.strip() in ("1", "true")
        if kind == b"e":
            return CellError(text)
        serial = iso_serial(text, self._date1904) if kind == b"d" else None
        return text if serial is None else serial


def _odd_number(stored: bytes) -> Value:
    """Return a number that does not end in a digit, such as `1.`; one that is not finite is an error."""
    try:
        number = float(stored)
    except ValueError:
        return plain_text(stored)
    return number if math.isfinite(number) else CellError("#NUM!")
