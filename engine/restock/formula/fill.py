"""Results put into the columns of a sheet: single cells, ranges of array formulas, spills."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from restock.formula.cells import BLANK, NA, SPILL, Cells, error_block
from restock.formula.engine import Engine
from restock.formula.groups import Group
from restock.formula.workbook import ArrayFormula, Column, Sheet


def store(engine: Engine, group: Group, rows: NDArray[np.int64], cells: Cells) -> bool:
    """Put results into a group's cells; return whether a dynamic array fills another range than before.

    Args:
        rows: Which of the group's rows, (n,).
        cells: Of shape (n, rows, columns); of a plain formula only the first cell of each lane counts.
    """
    if group.array is None:
        text = None if cells.text is None else cells.text[:, 0, 0]
        column = group.sheet.columns.setdefault(group.column, Column.blank(0))
        column.ensure(int(rows[-1]))
        column.put(rows - 1, Cells(cells.kind[:, 0, 0], cells.number[:, 0, 0], text))
        engine.changed(group.sheet.name, group.column)
        return False
    if group.array.dynamic:
        return _spill(engine, group.sheet, group.array, cells)
    height, width = _size(group.array)
    _put(engine, group.sheet, group.array, stretched(cells, height, width))
    return False


def _size(array: ArrayFormula) -> tuple[int, int]:
    return array.last_row - array.row + 1, array.last_column - array.column + 1


def _spill(engine: Engine, sheet: Sheet, array: ArrayFormula, cells: Cells) -> bool:
    place = (sheet.name, array.row, array.column)
    old = engine.spills.get(place, _size(array))
    new: tuple[int, int] = cells.kind.shape[1], cells.kind.shape[2]
    if _is_blocked(sheet, array, old, new):
        cells, new = error_block(SPILL), (1, 1)
    _put(engine, sheet, array, Cells(np.full((1, *old), BLANK, dtype=np.uint8), np.zeros((1, *old))))
    _put(engine, sheet, array, cells)
    if new == old:
        return False
    engine.spills[place] = new
    return True


def _is_blocked(sheet: Sheet, array: ArrayFormula, old: tuple[int, int], new: tuple[int, int]) -> bool:
    """Return whether anything stands where the array did not reach before."""
    for offset in range(new[1]):
        stored = sheet.columns.get(array.column + offset)
        if stored is not None:
            first = array.row - 1 + (old[0] if offset < old[1] else 0)
            if (stored.kind[first : array.row - 1 + new[0]] != BLANK).any():
                return True
    return False


def _put(engine: Engine, sheet: Sheet, array: ArrayFormula, cells: Cells) -> None:
    rows = slice(array.row - 1, array.row - 1 + cells.kind.shape[1])
    for offset in range(cells.kind.shape[2]):
        column = sheet.columns.setdefault(array.column + offset, Column.blank(0))
        column.ensure(rows.stop)
        text = None if cells.text is None else cells.text[0, :, offset]
        column.put(rows, Cells(cells.kind[0, :, offset], cells.number[0, :, offset], text))
        engine.changed(sheet.name, array.column + offset)


def stretched(cells: Cells, height: int, width: int) -> Cells:
    """Return a result in the range of an array formula: one row or column repeats, what is beyond it is #N/A."""
    rows, columns = cells.kind.shape[1:]
    cells = cells.spread((1, height if rows == 1 else rows, width if columns == 1 else columns))
    rows, columns = cells.kind.shape[1:]
    found = error_block(NA, (1, height, width))
    high, wide = min(rows, height), min(columns, width)
    found.kind[:, :high, :wide] = cells.kind[:1, :high, :wide]
    found.number[:, :high, :wide] = cells.number[:1, :high, :wide]
    if cells.text is not None:
        found.text = np.full(found.kind.shape, "", dtype=object)
        found.text[:, :high, :wide] = cells.text[:1, :high, :wide]
    return found
