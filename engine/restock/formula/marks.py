"""Cells that are marked: those that keep an old value, and those that are not evaluated yet."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.formula.areas import Area
from restock.formula.dependencies import Reads
from restock.formula.groups import Group


class Marks:
    """A set of cells, by sheet and column."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, int], NDArray[np.bool_]] = {}

    def __bool__(self) -> bool:
        return bool(self._columns)

    def set(self, sheet: str, column: int, rows: Any, marked: bool = True) -> None:
        """Mark cells of a column; `rows` are row numbers or a slice of them, from 1."""
        if isinstance(rows, slice):
            rows = np.arange(rows.start, rows.stop)
        marks = self._columns.get((sheet, column))
        last = int(np.max(rows))
        if marks is None or len(marks) < last:
            longer = np.zeros(last, dtype=bool)
            if marks is not None:
                longer[: len(marks)] = marks
            self._columns[sheet, column] = marks = longer
        marks[np.asarray(rows) - 1] = marked

    def set_group(self, group: Group, rows: NDArray[np.int64], marked: bool = True) -> None:
        """Mark what some rows of a group fill."""
        for column in range(group.column, group.last_column + 1):
            filled = rows if group.array is None else slice(group.array.row, group.array.last_row + 1)
            self.set(group.sheet.name, column, filled, marked)

    def touches(self, area: Area) -> bool:
        """Return whether any cell of an area, in any lane, is marked."""
        first, last = int(np.min(area.top)), int(np.max(area.bottom))
        for (sheet, column), marks in self._columns.items():
            if sheet == area.sheet.name and area.left <= column <= area.right and marks[max(0, first - 1) : last].any():
                if isinstance(area.top, int):
                    return True
                total = np.concatenate([[0], np.cumsum(marks)])
                low = np.clip(area.top - 1, 0, len(marks))
                if (total[np.clip(low + area.height, 0, len(marks))] > total[low]).any():
                    return True
        return False

    def readers(self, group: Group, rows: NDArray[np.int64], reads: list[Reads]) -> NDArray[np.bool_]:
        """Return which rows of a group read a marked cell."""
        found = np.zeros(len(rows), dtype=bool)
        for one in reads:
            for (sheet, column), marks in self._columns.items():
                if sheet == one.sheet.name and one.left <= column <= one.right:
                    found |= _reads_marked(rows, one, marks)
        return found


def _reads_marked(rows: NDArray[np.int64], reads: Reads, marks: NDArray[np.bool_]) -> NDArray[np.bool_]:
    total = np.concatenate([[0], np.cumsum(marks)])
    ends = [
        np.broadcast_to(axis.value if axis.absolute else rows + axis.value, rows.shape)
        for axis in (reads.top, reads.bottom)
    ]
    first = np.clip(np.minimum(*ends) - 1, 0, len(marks))
    last = np.clip(np.maximum(*ends), 0, len(marks))
    return np.asarray(total[last] > total[first])
