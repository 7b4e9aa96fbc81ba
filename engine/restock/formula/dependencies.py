"""What a formula reads, and the order in which groups must be evaluated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from restock.formula.engine import Engine, table_columns, table_rows
from restock.formula.frame import Unsupported
from restock.formula.groups import Group
from restock.formula.tree import (
    LAST_COLUMN,
    LAST_ROW,
    Axis,
    Binary,
    Call,
    CellRef,
    Name,
    Node,
    RangeRef,
    TableRef,
    walk,
)
from restock.formula.workbook import Sheet


@dataclass(frozen=True)
class Reads:
    """A rectangle that a group reads: columns for all lanes alike, rows by lane."""

    sheet: Sheet
    left: int
    right: int
    top: Axis
    bottom: Axis

    def rows(self, group: Group) -> tuple[int, int]:
        """Return the first and last row that any lane reads."""
        low, high = int(group.rows[0]), int(group.rows[-1])
        first = min(self.top.at(low), self.bottom.at(low))
        return first, max(self.top.at(high), self.bottom.at(high))


def reads_of(engine: Engine, group: Group) -> list[Reads]:
    """Return everything that a group's formula names; what OFFSET and INDIRECT find is not known before."""
    found: list[Reads] = []
    names: set[str] = set()
    if group.tree is not None:
        _collect(engine, group, group.tree, found, names)
    return list(dict.fromkeys(found)) if len(found) < 50 else found


def _collect(engine: Engine, group: Group, tree: Node, found: list[Reads], names: set[str], home: bool = True) -> None:
    for node in _read_parts(tree):
        if isinstance(node, CellRef):
            _add(engine, group, node.sheet, (node.row, node.column, node.row, node.column), found, home)
        elif isinstance(node, RangeRef):
            _add(engine, group, node.sheet, (node.top, node.left, node.bottom, node.right), found, home)
        elif isinstance(node, TableRef):
            _add_table(engine, group, node, found)
        elif isinstance(node, Name | Call):
            key = node.name.upper()
            if key in names:
                continue
            names.add(key)
            try:
                inner = engine.name_tree(key, getattr(node, "sheet", None), group.sheet.name)
            except Unsupported:
                continue
            if inner is not None:
                _collect(engine, group, inner, found, names, home)


_ABOUT_PLACES = {
    "FORMULATEXT", "ISFORMULA", "ROW", "COLUMN", "ROWS", "COLUMNS", "AREAS", "SHEET", "SHEETS", "ISREF", "OFFSET",
}  # fmt: skip
"""Functions that ask where their first argument is, not what it holds."""

_FINDS_PLACES = {"OFFSET", "INDIRECT"}


def _read_parts(tree: Node) -> Iterator[Node]:
    """Yield the parts of a tree that are read."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        children = node.children()
        if isinstance(node, Call) and node.name in _ABOUT_PLACES:
            children = tuple(
                one for place, one in enumerate(children) if place or not isinstance(one, CellRef | RangeRef | TableRef)
            )
        waiting.extend(children)


def is_dynamic(engine: Engine, group: Group) -> bool:
    """Return whether a group reads cells that only its evaluation finds."""
    waiting = [] if group.tree is None else [group.tree]
    seen: set[str] = set()
    while waiting:
        for node in walk(waiting.pop()):
            if isinstance(node, Call) and node.name in _FINDS_PLACES:
                return True
            if isinstance(node, Binary) and node.operator == ":":
                return True
            if isinstance(node, Name | Call) and node.name.upper() not in seen:
                seen.add(node.name.upper())
                try:
                    tree = engine.name_tree(node.name.upper(), getattr(node, "sheet", None), group.sheet.name)
                except Unsupported:
                    continue
                waiting += [] if tree is None else [tree]
    return False


def _add(
    engine: Engine, group: Group, name: str | None, edges: tuple[Axis, Axis, Axis, Axis], found: list[Reads], home: bool
) -> None:
    sheet = group.sheet if name is None else engine.book.sheet(name)
    if sheet is None:
        return
    top, left, bottom, right = edges
    columns = left.at(group.column), right.at(group.column)
    first, last = min(columns), max(columns)
    if first < 1 or last > LAST_COLUMN:
        first, last = 1, LAST_COLUMN  # it ran over the edge and counts on from the other side
    low = min(top.at(int(group.rows[0])), bottom.at(int(group.rows[0])))
    high = max(top.at(int(group.rows[-1])), bottom.at(int(group.rows[-1])))
    if low < 1 or high > LAST_ROW:
        top, bottom = Axis(1, True), Axis(LAST_ROW, True)
    found.append(Reads(sheet, first, last, top, bottom))


def _add_table(engine: Engine, group: Group, node: TableRef, found: list[Reads]) -> None:
    table = (
        engine.book.table(node.table)
        if node.table
        else engine.book.table_at(group.sheet.name, int(group.rows[0]), group.column)
    )
    sheet = engine.book.sheet(table.sheet) if table else None
    edges = table_columns(table, node) if table else None
    if table is None or sheet is None or edges is None:
        return
    if "#This Row" in node.items:
        rows = Axis(0), Axis(0)
    else:
        span = table_rows(table, node.items) or (table.top, table.top)
        rows = Axis(span[0], True), Axis(span[1], True)
    found.append(Reads(sheet, table.left + edges[0], table.left + edges[1], *rows))


class Owners:
    """Which group fills which cell."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._cells: dict[tuple[str, int], NDArray[np.int32]] = {}
        for number, group in enumerate(groups):
            last = group.last_row
            for column in range(group.column, group.last_column + 1):
                owner = self._column(group.sheet.name, column, last)
                if group.array is None:
                    owner[group.rows - 1] = number
                else:
                    inside = owner[group.array.row - 1 : last]
                    inside[inside < 0] = number
        self._columns: dict[str, list[int]] = {}
        for sheet, column in self._cells:
            self._columns.setdefault(sheet, []).append(column)

    def _column(self, sheet: str, column: int, rows: int) -> NDArray[np.int32]:
        owner = self._cells.get((sheet, column))
        if owner is None or len(owner) < rows:
            longer = np.full(rows if owner is None else max(rows, len(owner) * 3 // 2), -1, dtype=np.int32)
            if owner is not None:
                longer[: len(owner)] = owner
            self._cells[sheet, column] = owner = longer
        return owner

    def among(self, sheet: str, left: int, right: int, first: int, last: int) -> Iterator[int]:
        """Yield the groups that fill any cell of a rectangle."""
        if right - left < 64:
            columns = [column for column in range(left, right + 1) if (sheet, column) in self._cells]
        else:
            columns = [column for column in self._columns.get(sheet, ()) if left <= column <= right]
        for column in columns:
            owner = self._cells[sheet, column]
            part = owner[max(0, first - 1) : last]
            if not len(part):
                continue
            start = int(part[0])
            if (part == start).all():
                if start >= 0:
                    yield start
            else:
                yield from (int(number) for number in np.unique(part) if number >= 0)


def needs_of(groups: Sequence[Group], reads: Sequence[Sequence[Reads]], owners: Owners) -> list[set[int]]:
    """Return for each group the groups that must be evaluated before it."""
    needs: list[set[int]] = []
    for number, group in enumerate(groups):
        found: set[int] = set()
        for one in reads[number]:
            found.update(owners.among(one.sheet.name, one.left, one.right, *one.rows(group)))
        needs.append(found)
    return needs


def ordered(needs: Sequence[set[int]]) -> list[list[int]]:
    """Return all groups so that each comes after what it needs; groups that need each other stand together.

    Tarjan's algorithm (SIAM J. Comput. 1, 1972), without recursion.

    >>> ordered([{1}, set(), {0, 2}])
    [[1], [0], [2]]
    """
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    on_stack: set[int] = set()
    stack: list[int] = []
    found: list[list[int]] = []
    for root in range(len(needs)):
        if root in index:
            continue
        work = [(root, iter(sorted(needs[root])))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, rest = work[-1]
            following = next(rest, None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    found.append(_component(stack, on_stack, node))
            elif following not in index:
                index[following] = low[following] = len(index)
                stack.append(following)
                on_stack.add(following)
                work.append((following, iter(sorted(needs[following]))))
            elif following in on_stack:
                low[node] = min(low[node], index[following])
    return found


def _component(stack: list[int], on_stack: set[int], last: int) -> list[int]:
    members = []
    while True:
        member = stack.pop()
        on_stack.discard(member)
        members.append(member)
        if member == last:
            return sorted(members)
