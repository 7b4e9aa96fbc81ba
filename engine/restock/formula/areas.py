"""References as values: rectangles of a sheet, and the cells that stand there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.formula.cells import BLANK, Cells
from restock.formula.tree import LAST_COLUMN, LAST_ROW
from restock.formula.workbook import Column, Sheet

Rows = int | NDArray[np.int64]


@dataclass(frozen=True)
class Area:
    """A rectangle; `top` is one row for all lanes, or one for each (L,). Rows and columns count from 1."""

    sheet: Sheet
    top: Rows
    left: int
    height: int = 1
    width: int = 1

    @property
    def bottom(self) -> Rows:
        """The last row."""
        return self.top + self.height - 1

    @property
    def right(self) -> int:
        """The last column."""
        return self.left + self.width - 1

    @property
    def is_single(self) -> bool:
        """Whether it is one cell in every lane."""
        return self.height == 1 and self.width == 1

    @property
    def lanes(self) -> int:
        """For how many lanes it differs."""
        return 1 if isinstance(self.top, int) else len(self.top)

    def lane(self, place: int) -> Area:
        """Return the rectangle of one lane."""
        if isinstance(self.top, int):
            return self
        top = int(self.top[place if len(self.top) > 1 else 0])
        return Area(self.sheet, top, self.left, self.height, self.width)

    def moved(self, rows: Rows, columns: int, height: int | None = None, width: int | None = None) -> Area:
        """Return a rectangle that lies so many rows below and columns right of this one."""
        height, width = self.height if height is None else height, self.width if width is None else width
        return Area(self.sheet, self.top + rows, self.left + columns, height, width)

    def column(self, place: int) -> Area:
        """Return one column of it, counted from 0."""
        return Area(self.sheet, self.top, self.left + place, self.height, 1)

    def row(self, place: int) -> Area:
        """Return one row of it, counted from 0."""
        return Area(self.sheet, self.top + place, self.left, 1, self.width)

    def on_sheet(self) -> bool:
        """Return whether all of it lies on the sheet."""
        first, last = np.min(self.top), np.max(self.bottom)
        inside = self.left >= 1 and self.right <= LAST_COLUMN and self.height > 0 and self.width > 0
        return bool(inside and first >= 1 and last <= LAST_ROW)

    def used(self) -> Area:
        """Return the part of it that the sheet's cells reach, for functions to which blanks mean nothing.

        At least one row and column stay.
        """
        height, width = self.height, self.width
        if isinstance(self.top, int):
            height = min(height, max(1, self.sheet.last_row - self.top + 1))
        width = min(width, max(1, self.sheet.last_column - self.left + 1))
        return (
            self
            if (height, width) == (self.height, self.width)
            else Area(self.sheet, self.top, self.left, height, width)
        )

    def intersection(self, other: Area) -> Area | None:
        """Return what two rectangles share, or None; both must be the same in all lanes."""
        if self.sheet is not other.sheet or not (isinstance(self.top, int) and isinstance(other.top, int)):
            return None
        top, left = max(self.top, other.top), max(self.left, other.left)
        height = min(self.top + self.height, other.top + other.height) - top
        width = min(self.right, other.right) - left + 1
        return Area(self.sheet, top, left, height, width) if height > 0 and width > 0 else None

    def load(self) -> Cells:
        """Return the cells that stand there, of shape (lanes, height, width)."""
        columns = [self.sheet.columns.get(self.left + place) for place in range(self.width)]
        if isinstance(self.top, int):
            parts = [_slice(column, self.top - 1, self.height) for column in columns]
            return _side_by_side(parts, 1)
        if self.height == 1:
            parts = [_gathered(column, self.top - 1) for column in columns]
        else:
            rows = (self.top - 1)[:, None] + np.arange(self.height)
            parts = [_gathered(column, rows) for column in columns]
        return _side_by_side(parts, len(self.top))


def _side_by_side(parts: list[Cells], lanes: int) -> Cells:
    height = parts[0].kind.size // lanes
    if len(parts) == 1:
        return parts[0].reshape(lanes, height, 1)
    text = None
    if any(part.text is not None for part in parts):
        blank = np.full(parts[0].kind.shape, "", dtype=object)
        text = np.stack([blank if part.text is None else part.text for part in parts], -1).reshape(lanes, height, -1)
    kind = np.stack([part.kind for part in parts], -1).reshape(lanes, height, -1)
    return Cells(kind, np.stack([part.number for part in parts], -1).reshape(lanes, height, -1), text)


def _slice(column: Column | None, start: int, height: int) -> Cells:
    stored = 0 if column is None else len(column.kind)
    if column is not None and start + height <= stored:
        rows = slice(start, start + height)
        return Cells(column.kind[rows], column.number[rows], None if column.text is None else column.text[rows])
    kind, number = np.full(height, BLANK, dtype=np.uint8), np.zeros(height)
    text = None
    if column is not None and start < stored:
        inside = stored - start
        kind[:inside], number[:inside] = column.kind[start:], column.number[start:]
        if column.text is not None:
            text = np.full(height, "", dtype=object)
            text[:inside] = column.text[start:]
    return Cells(kind, number, text)


def _gathered(column: Column | None, rows: NDArray[Any]) -> Cells:
    if column is None or not len(column.kind):
        return Cells(np.full(rows.shape, BLANK, dtype=np.uint8), np.zeros(rows.shape))
    stored = len(column.kind)
    if rows.size and rows.ndim == 1 and rows[-1] - rows[0] == len(rows) - 1 and rows[-1] < stored:
        found = slice(int(rows[0]), int(rows[-1]) + 1)  # rows of a group rise: these stand one below another
        return Cells(column.kind[found], column.number[found], None if column.text is None else column.text[found])
    inside = rows < stored
    if inside.all():
        return Cells(column.kind[rows], column.number[rows], None if column.text is None else column.text[rows])
    safe = np.minimum(rows, stored - 1)
    kind = np.where(inside, column.kind[safe], np.uint8(BLANK))
    text = None if column.text is None else np.where(inside, column.text[safe], "")
    return Cells(kind, np.where(inside, column.number[safe], 0.0), text)
