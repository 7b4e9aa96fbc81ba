"""What a recalculation changed, written into the sheets of a package: values of formula cells, and spilled ranges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.formula import ArrayFormula, Result, Workbook
from restock.formula.cells import BLANK, ERROR, TEXT, VALUE, Cells
from restock.functions.values import CODE

from .cell_edit import Place, set_cells
from .formula_book import FormulaBook
from .formula_patch import patch_columns
from .references import column_letter
from .stored_values import NEWER_ERRORS

# What stands before the range of an array formula, the cell's reference in it, and the range.
_ARRAY = re.compile(
    rb"""(<(?:[\w.-]+:)?c\s[^<>]*?\br\s*=\s*["']([A-Z]+\d+)["'][^<>]*>\s*<(?:[\w.-]+:)?f\s[^<>]*?\bref\s*=\s*["'])([^"']*)"""
)
_NEWER = np.array([CODE[text] for text in NEWER_ERRORS])


@dataclass(frozen=True)
class Change:
    """Cells of one column that show something else than before."""

    sheet: str
    column: int
    rows: NDArray[np.int64]
    before: Cells
    now: Cells


def changes_of(workbook: Workbook, result: Result) -> list[Change]:
    """Return what is to be stored anew, sheet by sheet.

    An error that files know only as #VALUE! is no change, and neither is an empty text where no value was stored.
    """
    found = []
    for (name, column), rows in result.changed.items():
        sheet = workbook.sheet(name)
        stored = None if sheet is None else sheet.columns.get(column)
        if stored is None:
            continue
        text = None if stored.text is None else stored.text[rows - 1]
        before, now = result.before[name, column], Cells(stored.kind[rows - 1], stored.number[rows - 1], text)
        newer = (before.kind == ERROR) & (before.number == VALUE) & (now.kind == ERROR) & np.isin(now.number, _NEWER)
        kept = ~(newer | _shows_nothing(before) & _shows_nothing(now))
        if kept.any():
            found.append(Change(name, column, rows[kept], before[kept], now[kept]))
    return found


def _shows_nothing(cells: Cells) -> NDArray[np.bool_]:
    empty = cells.kind == TEXT if cells.text is None else (cells.kind == TEXT) & (cells.text == "")
    return empty | (cells.kind == BLANK)


def patch_results(book: FormulaBook, result: Result, changes: list[Change]) -> None:
    """Write changes into the parts of the package, in memory; nothing else in them is touched."""
    sheets = dict.fromkeys([change.sheet for change in changes] + [place[0] for place in result.spills])
    for name in sheets:
        columns = {change.column: (change.rows, change.now) for change in changes if change.sheet == name}
        markup, sheet = book.markups[name], book.workbook.sheet(name)
        assert sheet is not None
        data, left = (markup.original, {}) if not columns else patch_columns(markup, columns)
        values: dict[Place, Any] = {}
        for column, rows in left.items():
            values |= _values(book.workbook, name, column, rows)
        ranges: dict[bytes, bytes] = {}
        for array in sheet.arrays:
            size = result.spills.get((name, array.row, array.column))
            if size is not None:
                values |= _spilled(book.workbook, name, array, size)
                ranges |= _range(array, size)
        book.book.archive.write(book.parts[name], set_cells(_with_ranges(data, ranges), values))


def _values(workbook: Workbook, name: str, column: int, rows: NDArray[np.int64]) -> dict[Place, Any]:
    return {(row, column): workbook.value(name, row, column) for row in rows.tolist()}


def _spilled(workbook: Workbook, name: str, array: ArrayFormula, size: tuple[int, int]) -> dict[Place, Any]:
    """Return the cells that a dynamic array fills beyond the range that it filled before."""
    found: dict[Place, Any] = {}
    for column in range(array.column, array.column + size[1]):
        first = array.row if column > array.last_column else array.last_row + 1
        found |= _values(workbook, name, column, np.arange(first, array.row + size[0]))
    return found


def _with_ranges(data: bytes, ranges: dict[bytes, bytes]) -> bytes:
    """Return the sheet with other ranges stated in the formulas of dynamic arrays."""
    return _ARRAY.sub(lambda found: found[1] + ranges.get(found[2], found[3]), data) if ranges else data


def _range(array: ArrayFormula, size: tuple[int, int]) -> dict[bytes, bytes]:
    """Return the cell of a dynamic array, and the range that it fills now."""
    first = f"{column_letter(array.column)}{array.row}"
    last = f"{column_letter(array.column + size[1] - 1)}{array.row + size[0] - 1}"
    return {first.encode(): (first if first == last else f"{first}:{last}").encode()}
