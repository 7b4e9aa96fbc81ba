"""What a recalculation found: which cells changed, and which keep their last value and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from restock.formula.cells import NUMBER, TEXT, Cells
from restock.formula.groups import Group
from restock.formula.tree import print_tree
from restock.formula.workbook import Column, Workbook

_RELATIVE = 1e-12
"""Numbers that differ by less are the same value: engines add up in another order."""


@dataclass(frozen=True)
class Unevaluated:
    """A cell that keeps its last value: where it stands, and why (`reason` is a key of `restock.text`)."""

    sheet: str
    row: int
    column: int
    reason: str
    detail: str
    _group: Group = field(repr=False, compare=False)

    @property
    def formula(self) -> str:
        """The cell's formula, without "="."""
        group = self._group
        if group.tree is None or self.row == int(group.rows[0]):
            return group.text
        return print_tree(group.tree, self.row, group.column)


@dataclass
class Result:
    """What a recalculation found; the new values stand in the book's columns.

    Attributes:
        changed: For each (sheet, column) the rows whose value is not the one that was stored, rising.
        before: For each (sheet, column) of `changed` what those rows held before, of shape (rows,).
        computed: For each (sheet, column) the rows that were evaluated.
        unevaluated: Cells that keep their last value.
        spills: Rows and columns that dynamic arrays fill now where the file says otherwise, by (sheet, row, column).
        notes: Names of the book that answer differently from our function of that name: (name, sheet, row, column).
        tiers: How many cells each of "own" and "ironcalc" evaluated.
    """

    changed: dict[tuple[str, int], NDArray[np.int64]] = field(default_factory=dict)
    before: dict[tuple[str, int], Cells] = field(default_factory=dict)
    computed: dict[tuple[str, int], NDArray[np.int64]] = field(default_factory=dict)
    unevaluated: list[Unevaluated] = field(default_factory=list)
    spills: dict[tuple[str, int, int], tuple[int, int]] = field(default_factory=dict)
    notes: list[tuple[str, str, int, int]] = field(default_factory=list)
    tiers: dict[str, int] = field(default_factory=dict)


class Stored:
    """What the cells of formulas held before they were evaluated."""

    def __init__(self, groups: Sequence[Group]) -> None:
        rows: dict[tuple[str, int], list[NDArray[np.int64]]] = {}
        sheets = {group.sheet.name: group.sheet for group in groups}
        for group in groups:
            for column in range(group.column, group.last_column + 1):
                filled = group.rows if group.array is None else np.arange(group.array.row, group.array.last_row + 1)
                rows.setdefault((group.sheet.name, column), []).append(filled)
        self._columns: dict[tuple[str, int], tuple[NDArray[np.int64], Cells]] = {}
        for (name, column), parts in rows.items():
            places = np.unique(np.concatenate(parts))
            stored = sheets[name].columns.setdefault(column, Column.blank(0))
            stored.ensure(int(places[-1]))
            text = None if stored.text is None else stored.text[places - 1]
            self._columns[name, column] = places, Cells(stored.kind[places - 1], stored.number[places - 1], text)

    def compared(self, book: Workbook, kept: Mapping[tuple[str, int, int], Unevaluated]) -> Result:
        """Return the rows that were evaluated and those whose value is another now.

        Args:
            kept: Cells that keep their value, by sheet, row and column.
        """
        found = Result(unevaluated=[kept[place] for place in sorted(kept)])
        left: dict[tuple[str, int], list[int]] = {}
        for sheet, row, column in kept:
            left.setdefault((sheet, column), []).append(row)
        for (name, column), (rows, before) in self._columns.items():
            if (name, column) in left:
                evaluated = ~np.isin(rows, left[name, column])
                rows, before = rows[evaluated], before[evaluated]
            found.computed[name, column] = rows
            sheet_now = book.sheet(name)
            if len(rows) and sheet_now is not None:
                different = _differs(before, sheet_now.columns.get(column), rows)
                if different.any():
                    found.changed[name, column], found.before[name, column] = rows[different], before[different]
        return found


def _differs(before: Cells, column: Column | None, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    if column is None:
        return np.ones(len(rows), dtype=bool)
    kind, number = column.kind[rows - 1], column.number[rows - 1]
    size = np.maximum(np.abs(number), np.abs(before.number))
    close = (number == before.number) | ((kind == NUMBER) & (np.abs(number - before.number) <= _RELATIVE * size))
    same = (kind == before.kind) & ((kind == TEXT) | close)
    if column.text is not None and before.text is not None:
        same &= (kind != TEXT) | (column.text[rows - 1] == before.text)
    return np.asarray(~same)
