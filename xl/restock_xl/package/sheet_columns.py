"""A worksheet as typed columns and formulas, fast: rows that look like the first ones are read in one step each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.errors import WorkbookError
from restock.formula import ArrayFormula, Column, SharedFormula
from restock.formula.cells import BLANK, Cells

from .archive import Archive
from .markup import damaged
from .references import column_number
from .row_pattern import GROUPS, MOST_COLUMNS, Mode, RowPattern, mode_of, row_pattern
from .shared_strings import is_plain_xml, occurs
from .sheet_formulas import SheetFormulas
from .sheet_rows import SheetMarkup, Token
from .typed_cells import CellReader

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
MOST_CELLS = 64_000_000
"""Cells from row 1 to the last one of every column; a sheet that spreads further is refused."""

_SPAN_BYTES, _FIRST_BYTES = 1 << 18, 1 << 16
_HEAD_BYTES = 1 << 16
_ROWS, _ROWS_END = b"<sheetData>", b"</sheetData>"
_LONGEST_WORD = len(_ROWS_END)
_UNLIKE = 0.25  # share of rows unlike the pattern from which on a new one is made
_HIDDEN_ROW = re.compile(rb'<row r="(\d+)"[^>]*?\shidden="(?:1|true)"')
_CELL_METADATA = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*?\scm="(\d+)"')


@dataclass
class SheetContent:
    """What a worksheet holds."""

    columns: dict[int, Column]
    formulas: dict[int, tuple[list[int], list[str]]] = field(default_factory=dict)
    shared: list[SharedFormula] = field(default_factory=list)
    arrays: list[ArrayFormula] = field(default_factory=list)


def may_hold_formulas(markup: SheetMarkup) -> bool:
    """Return whether a worksheet may hold formulas."""
    return occurs(markup.data, b"f", b"<f", *markup.bounds)


def holds_plain_values(archive: Archive, part: str) -> bool:
    """Return whether a large worksheet part holds no formula and no hidden row, without keeping it in memory."""
    head = archive.read_head(part, _HEAD_BYTES)
    start = head.find(_ROWS)
    if start < 0 or not is_plain_xml(head):
        return False
    text, skipped = b"", 0
    for piece in archive.pieces(part):
        text = text[-_LONGEST_WORD:] + piece[max(0, start - skipped) :]
        skipped += len(piece)
        end = text.rfind(_ROWS_END)
        rows = text if end < 0 else text[:end]
        if occurs(rows, b"f", b"<f") or occurs(rows, b"d", b"hidden") or occurs(rows, b"!", b"<!"):
            return False
        if end >= 0:
            return True
    return False


def hidden_rows(markup: SheetMarkup) -> frozenset[int]:
    """Return the rows of a worksheet that a filter or a person hid."""
    if not occurs(markup.data, b"d", b"hidden", *markup.bounds):
        return frozenset()
    return frozenset(map(int, _HIDDEN_ROW.findall(markup.data, *markup.bounds)))


def read_columns(
    markup: SheetMarkup, part: str, reader: CellReader, dynamic: frozenset[int] = frozenset()
) -> SheetContent:
    """Return the columns and formulas of a worksheet.

    Args:
        markup: The worksheet part.
        part: Its name, for the sentence shown to the user.
        dynamic: The cell metadata (`cm`) that mark a dynamic array.

    Raises:
        WorkbookError: The part is damaged, or spreads few cells over too large an area.
    """
    sheet = _Reading(markup, part, reader)
    try:
        sheet.read()
    except (ValueError, IndexError) as error:
        raise damaged(f"{part}, near row {sheet.last_row},", str(error)) from error
    arrays = sheet.formulas.arrays(_spilling(markup, dynamic) if sheet.formulas else frozenset())
    return SheetContent(sheet.columns(), sheet.formulas.plain, sheet.formulas.shared(), arrays)


def _spilling(markup: SheetMarkup, dynamic: frozenset[int]) -> frozenset[str]:
    """Return the cells whose formula is a dynamic array."""
    if not dynamic or markup.data.find(b' cm="', *markup.bounds) < 0:
        return frozenset()
    marked = _CELL_METADATA.findall(markup.data, *markup.bounds)
    return frozenset(cell.decode() for cell, number in marked if int(number) in dynamic)


class _Reading:
    """One pass over a sheet."""

    def __init__(self, markup: SheetMarkup, part: str, reader: CellReader) -> None:
        self._markup, self._part, self._reader = markup, part, reader
        self._pieces: dict[int, list[tuple[NDArray[np.int64], Cells]]] = {}
        self._counts: dict[int, dict[tuple[bytes, bool], int]] = {}
        self.formulas = SheetFormulas()
        self.last_row = 0

    def read(self) -> None:
        """Read every row: the first ones cell by cell, the others by the pattern that these suggest."""
        data, pattern = self._markup.data, None
        for start, end in self._markup.spans(_SPAN_BYTES, first=_FIRST_BYTES):
            rows: list[tuple[bytes, ...]] = [] if pattern is None else pattern.regex.findall(data, start, end)
            count = data.count(b"<row", start, end)
            odd = [row[-1] for row in rows if row[-1]]
            if pattern is None or len(rows) != count or not all(row.startswith(b'<row r="') for row in odd):
                self._take_slowly(data[start:end])
                pattern = self._new_pattern()
                continue
            self._take_alike(pattern, [row for row in rows if not row[-1]] if odd else rows)
            if odd:
                self._take_slowly(b"".join(odd))
                pattern = self._new_pattern() if len(odd) > _UNLIKE * count else pattern

    def columns(self) -> dict[int, Column]:
        """Return the columns that hold anything."""
        sizes = {number: max(int(rows.max()) for rows, _ in pieces) for number, pieces in self._pieces.items()}
        if sum(sizes.values()) > MOST_CELLS:
            raise WorkbookError(
                f"The workbook has a sheet ({self._part}) with cells so far apart that it cannot be computed. Delete "
                "the empty rows and columns below and right of the data, save it, and try again."
            )
        found = {}
        for number, pieces in sorted(self._pieces.items()):
            column = found[number] = Column.blank(sizes[number])
            for rows, cells in pieces:
                is_run = int(rows[-1]) - int(rows[0]) == len(rows) - 1 and bool((np.diff(rows) == 1).all())
                column.put(slice(int(rows[0]) - 1, int(rows[-1])) if is_run else rows - 1, cells)
        return found

    def _new_pattern(self) -> RowPattern | None:
        if not self._counts or len(self._counts) > MOST_COLUMNS:
            return None
        return row_pattern({number: mode_of(counts) for number, counts in self._counts.items()})

    def _take_alike(self, pattern: RowPattern, rows: Sequence[tuple[bytes, ...]]) -> None:
        if not rows:
            return
        groups = list(zip(*rows, strict=True))
        numbers = np.fromiter(map(int, groups[0]), dtype=np.int64, count=len(rows))
        self._note_rows(numbers)
        place = 1
        for column, mode in pattern.columns.items():
            values = groups[place : place + GROUPS[mode]]
            place += GROUPS[mode]
            if mode is Mode.ANYTHING:
                self._take_anything(column, numbers, *values)
            elif any(values[0]):
                read = self._reader.numbers if mode is Mode.NUMBERS else self._reader.shared
                self._keep(column, numbers, self._inline(values[0]) if mode is Mode.INLINE else read(values[0]))

    def _inline(self, values: Sequence[bytes]) -> Cells:
        found = self._reader.inline(values)
        if b"" in values:
            found.kind[[not value for value in values]] = BLANK
        return found

    def _take_anything(
        self,
        column: int,
        rows: NDArray[np.int64],
        types: Sequence[bytes],
        attributes: Sequence[bytes],
        formulas: Sequence[bytes],
        values: Sequence[bytes],
        inline: Sequence[bytes],
    ) -> None:
        self._keep(column, rows, self._reader.typed(types, values, inline))
        self.formulas.take(column, rows.tolist(), attributes, formulas)

    def _keep(self, column: int, rows: NDArray[np.int64], cells: Cells) -> None:
        if (cells.kind != BLANK).any():
            self._pieces.setdefault(column, []).append((rows, cells))

    def _take_slowly(self, markup: bytes) -> None:
        """Take rows cell by cell, and count what their columns hold: the next pattern covers all that was met."""
        for letters, cells in _by_column(self._markup.tokens(markup, self.last_row), self.last_row).items():
            column = column_number(letters.decode())
            if column > LAST_COLUMN:
                raise ValueError(f"there is no column {letters.decode()}")
            rows = np.array(cells[0], dtype=np.int64)
            self._note_rows(rows)
            types, attributes, formulas, values, inline = cells[1:]
            self._take_anything(column, rows, types, attributes, formulas, values, inline)
            counts = self._counts.setdefault(column, {})
            for key, count in _counted(types, attributes, formulas, values, inline).items():
                counts[key] = counts.get(key, 0) + count

    def _note_rows(self, rows: NDArray[np.int64]) -> None:
        first, last = int(rows.min()), int(rows.max())
        if first < 1 or last > LAST_ROW:
            raise ValueError(f"there is no row {last if last > LAST_ROW else first}")
        self.last_row = max(self.last_row, last)


_Lists = tuple[list[Any], ...]


def _by_column(tokens: Sequence[Token], last_row: int) -> dict[bytes, _Lists]:
    """Return for each column the rows, types, formulas' attributes, formulas, values and texts of its cells."""
    found: dict[bytes, _Lists] = {}
    number = last_row
    for letters, kind, attributes, formula, stored, inline, row in tokens:
        if row:
            number = int(row)
            continue
        lists = found.get(letters)
        if lists is None:
            lists = found[letters] = ([], [], [], [], [], [])
        for into, value in zip(lists, (number, kind, attributes, formula, stored, inline), strict=True):
            into.append(value)
    return found


def _counted(
    types: Sequence[bytes],
    attributes: Sequence[bytes],
    formulas: Sequence[bytes],
    values: Sequence[bytes],
    inline: Sequence[bytes],
) -> dict[tuple[bytes, bool], int]:
    """Return how many cells that hold something there are of each type, with and without a formula."""
    found: dict[tuple[bytes, bool], int] = {}
    for kind, stated, formula, value, text in zip(types, attributes, formulas, values, inline, strict=True):
        if stated or formula or value or text:
            key = (kind, bool(stated or formula))
            found[key] = found.get(key, 0) + 1
    return found
