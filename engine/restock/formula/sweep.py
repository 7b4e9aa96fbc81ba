"""The order of cells in groups that read one another: running totals, opening and closing stock, true circles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from restock.formula.dependencies import Owners, Reads
from restock.formula.groups import Group

Step = tuple[int, NDArray[np.int64]]
"""Rows of a group that may be evaluated together."""

MOST_EDGES = 2_000_000
"""Single dependencies that are followed where no simple order of rows does."""


def sweep_order(
    groups: Mapping[int, Group], reads: Mapping[int, Sequence[Reads]], owners: Owners
) -> tuple[list[Step], list[Step]]:
    """Return steps in an order in which they can be evaluated, and the cells that depend on themselves.

    Row after row, downwards or upwards, where every cell reads only rows that come before it, or other columns of its
    own row; else cell by cell along their dependencies.
    """
    inner = _inner_reads(groups, reads, owners)
    for direction in (1, -1):
        order = _row_order(groups, inner, direction)
        if order is not None:
            return _by_rows(groups, order, inner, direction), []
    return _by_cells(groups, reads, owners)


def _inner_reads(
    groups: Mapping[int, Group], reads: Mapping[int, Sequence[Reads]], owners: Owners
) -> list[tuple[int, int, int, int]]:
    """Return (reader, read group, least distance, largest distance in rows) for reads inside the component."""
    found = []
    for number, group in groups.items():
        first, last = int(group.rows[0]), int(group.rows[-1])
        for one in reads[number]:
            distances = []
            for axis in (one.top, one.bottom):
                distances += [axis.value - first, axis.value - last] if axis.absolute else [axis.value]
            for other in owners.among(one.sheet.name, one.left, one.right, *one.rows(group)):
                if other in groups:
                    target = groups[other]
                    lowest = max(min(distances), int(target.rows[0]) - last)
                    highest = min(max(distances), target.last_row - first)
                    if group.sheet is not target.sheet:
                        lowest, highest = -(10**9), 10**9
                    found.append((number, other, lowest, highest))
    return found


def _row_order(
    groups: Mapping[int, Group], inner: Sequence[tuple[int, int, int, int]], direction: int
) -> list[int] | None:
    """Return the order of groups within a row, or None where this direction does not do."""
    before: dict[int, set[int]] = {number: set() for number in groups}
    for reader, other, low, high in inner:
        nearest = high if direction == 1 else -low
        if nearest > 0 or (nearest == 0 and reader == other) or groups[reader].array is not None:
            return None
        if nearest == 0:
            before[reader].add(other)
    order: list[int] = []
    while before:
        free = sorted(number for number, needs in before.items() if not needs & before.keys())
        if not free:
            return None
        order += free
        for number in free:
            del before[number]
    return order


def _by_rows(
    groups: Mapping[int, Group], order: Sequence[int], inner: Sequence[tuple[int, int, int, int]], direction: int
) -> list[Step]:
    """Return the cells row after row; as many rows at once as lie between a cell and the nearest one that it reads."""
    step = min([abs(high if direction == 1 else low) for _, _, low, high in inner if (high if direction == 1 else low)],
               default=1)  # fmt: skip
    first = min(int(group.rows[0]) for group in groups.values())
    last = max(int(group.rows[-1]) for group in groups.values())
    steps: list[Step] = []
    starts = range(first, last + 1, step)
    for start in starts if direction == 1 else reversed(starts):
        for number in order:
            rows = groups[number].rows
            part = rows[np.searchsorted(rows, start) : np.searchsorted(rows, start + step)]
            if len(part):
                steps.append((number, part))
    return steps


def _by_cells(
    groups: Mapping[int, Group], reads: Mapping[int, Sequence[Reads]], owners: Owners
) -> tuple[list[Step], list[Step]]:
    """Return cells in the order of their dependencies (Kahn, Comm. ACM 5, 1962), and those in circles."""
    cells: dict[tuple[str, int, int], tuple[int, int]] = {}
    for number, group in groups.items():
        for row in group.rows.tolist():
            filled = range(row, group.last_row + 1) if group.array is not None else (row,)
            for place in filled:
                for column in range(group.column, group.last_column + 1):
                    cells[group.sheet.name, place, column] = (number, row)
    waiting: dict[tuple[int, int], int] = {}
    readers: dict[tuple[int, int], list[tuple[int, int]]] = {}
    edges = 0
    for number, group in groups.items():
        for row in group.rows.tolist():
            needed = _cells_read(cells, group, row, reads[number], MOST_EDGES - edges)
            edges += len(needed)
            waiting[number, row] = len(needed)
            for one in needed:
                readers.setdefault(one, []).append((number, row))
            if edges >= MOST_EDGES:
                return [], [(one, each.rows) for one, each in groups.items()]
    return _kahn(waiting, readers)


def _cells_read(
    cells: Mapping[tuple[str, int, int], tuple[int, int]], group: Group, row: int, reads: Sequence[Reads], most: int
) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for one in reads:
        first, last = sorted((one.top.at(row), one.bottom.at(row)))
        area = (last - first + 1) * (one.right - one.left + 1)
        if area > len(cells):
            found.update(
                step
                for (sheet, place, column), step in cells.items()
                if sheet == one.sheet.name and first <= place <= last and one.left <= column <= one.right
            )
        else:
            for place in range(first, last + 1):
                for column in range(one.left, one.right + 1):
                    step = cells.get((one.sheet.name, place, column))
                    if step is not None:
                        found.add(step)
        if len(found) >= most:
            break
    return found


def _kahn(
    waiting: dict[tuple[int, int], int], readers: Mapping[tuple[int, int], Sequence[tuple[int, int]]]
) -> tuple[list[Step], list[Step]]:
    steps: list[Step] = []
    free = sorted(cell for cell, count in waiting.items() if count == 0)
    while free:
        following: list[tuple[int, int]] = []
        for number, row in free:
            for reader in readers.get((number, row), ()):
                waiting[reader] -= 1
                if waiting[reader] == 0:
                    following.append(reader)
        steps += _merged(free)
        free = sorted(following)
    return steps, _merged(sorted(cell for cell, count in waiting.items() if count > 0))


def _merged(cells: Sequence[tuple[int, int]]) -> list[Step]:
    """Return sorted cells with those of one group together."""
    steps: list[Step] = []
    start = 0
    for place in range(1, len(cells) + 1):
        if place == len(cells) or cells[place][0] != cells[start][0]:
            steps.append((cells[start][0], np.array([row for _, row in cells[start:place]], dtype=np.int64)))
            start = place
    return steps
