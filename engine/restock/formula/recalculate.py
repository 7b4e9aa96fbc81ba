"""Recalculate a workbook: every group in order, on whole columns; what cannot be evaluated keeps its value."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from restock.formula.areas import Area
from restock.formula.cells import Cells, stacked
from restock.formula.dependencies import Owners, is_dynamic, needs_of, ordered, reads_of
from restock.formula.engine import Engine, settled
from restock.formula.fill import store
from restock.formula.frame import Frame, LaneByLane, Lanes, Unsupported
from restock.formula.groups import Group, groups_of
from restock.formula.marks import Marks
from restock.formula.outcome import Result, Stored, Unevaluated
from restock.formula.sweep import Step, sweep_order
from restock.formula.workbook import ArrayFormula, Workbook

_RECURSION = 30_000
_MOST_ROUNDS = 4
_MOST_IN_CIRCLES = 20_000


class _Pending(Exception):
    """A computed reference reads cells of groups that are not evaluated yet."""

    def __init__(self, groups: set[int]) -> None:
        super().__init__()
        self.groups = groups


class _Spills(Exception):
    """Dynamic arrays that filled one cell each fill more now, or cannot be evaluated together."""


class _ReadsItself(Exception):
    """A computed reference reads cells of the group that is being evaluated."""


def recalculate(
    book: Workbook, today: dt.datetime | dt.date | None = None, seed: int = 0, long_tail: bool = True
) -> Result:
    """Evaluate every formula of a book; results are put into its columns.

    Args:
        today: What TODAY() and NOW() answer; without it formulas that ask keep their last value.
        seed: What RAND() and its relatives are drawn from.
        long_tail: Whether functions that this engine lacks may be asked of a general engine.
    """
    with _deep_recursion():
        run = _Run(book, Engine(book, today, seed), long_tail)
        for _ in range(_MOST_ROUNDS):
            run.all_groups()
            if not run.grown:
                break
        return run.result()


@contextmanager
def _deep_recursion() -> Iterator[None]:
    """Allow trees as deep as the longest formula; Python's own frames need no stack of the machine's."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _RECURSION))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


class _Run:
    """One recalculation; a second round is made where a spill reached cells that others had read before."""

    def __init__(self, book: Workbook, engine: Engine, long_tail: bool) -> None:
        self._book, self._engine, self._long_tail = book, engine, long_tail
        self._groups = groups_of(book.sheets)
        self._reads = [reads_of(engine, group) for group in self._groups]
        self._owners = Owners(self._groups)
        self._needs = needs_of(self._groups, self._reads, self._owners)
        self._order = ordered(self._needs)
        self._dynamic = [is_dynamic(engine, group) for group in self._groups]
        self._stored = Stored(self._groups)
        self._clear()

    def _clear(self) -> None:
        self.grown = False
        self._done: set[int] = set()
        self._active: set[int] = set()
        self._reports: dict[tuple[str, int, int], Unevaluated] = {}
        self._old, self._unsettled = Marks(), Marks()
        self._tiers = {"own": 0, "ironcalc": 0}

    def all_groups(self) -> None:
        """Evaluate every group once."""
        self._clear()
        for component in self._order:
            if len(component) == 1 and component[0] not in self._needs[component[0]]:
                self._require(component[0])
            else:
                self._tangle(component)

    def _require(self, number: int) -> None:
        """Evaluate a group; groups that a computed reference turns out to read come first."""
        waiting = [number]
        while waiting:
            current = waiting[-1]
            if current in self._done:
                waiting.pop()
                continue
            self._active.add(current)
            try:
                self._evaluate(current, self._groups[current].rows)
            except _Pending as pending:
                if pending.groups & self._active:
                    self._report(current, self._groups[current].rows, "formula.circular")
                else:
                    waiting += sorted(pending.groups)
                    continue
            except _ReadsItself:
                self._circles([(current, self._groups[current].rows)])
            self._active.discard(current)
            self._done.add(current)
            waiting.pop()

    def _tangle(self, component: list[int]) -> None:
        """Evaluate groups that read one another, such as running balances, cell after cell."""
        groups = {number: self._groups[number] for number in component}
        reads = {number: self._reads[number] for number in component}
        steps, circular = sweep_order(groups, reads, self._owners)
        self._done.update(component)
        for number, rows in circular:
            self._unsettled.set_group(self._groups[number], rows)
        for number, rows in steps:
            self._evaluate(number, rows)
        self._circles(circular)

    def _circles(self, circular: Sequence[Step]) -> None:
        """Evaluate cells that name themselves only where they are not read, and report true circles."""
        left = sorted((row, number) for number, rows in circular for row in rows.tolist())
        for row, number in left:
            self._unsettled.set_group(self._groups[number], np.array([row]))
        progress = 0 < len(left) <= _MOST_IN_CIRCLES
        while progress:
            remaining = [(row, number) for row, number in left if not self._try(number, np.array([row]))]
            progress = 0 < len(remaining) < len(left)
            left = remaining
        for row, number in left:
            self._report(number, np.array([row]), "formula.circular")
            self._unsettled.set_group(self._groups[number], np.array([row]), False)

    def _try(self, number: int, rows: NDArray[np.int64]) -> bool:
        """Evaluate a cell of a circle, unless it does read one that is not settled."""
        group = self._groups[number]
        if group.tree is None or group.array is not None:
            return False
        try:
            cells = self._watched(self._stop_at_marks, group, rows)
        except Unsupported:
            return False
        self._unsettled.set_group(group, rows, False)
        store(self._engine, group, rows, cells)
        self._tiers["own"] += len(rows)
        return True

    def _evaluate(self, number: int, rows: NDArray[np.int64]) -> None:
        """Evaluate some rows of a group and put the results in place; report those that cannot be."""
        group = self._groups[number]
        if group.tree is None:
            self._report(number, rows, group.reason, group.detail)
            return
        if self._old:
            kept = self._old.readers(group, rows, self._reads[number])
            self._report(number, rows[kept], "formula.depends")
            rows = rows[~kept]
        if not len(rows):
            return
        try:
            watch = (lambda area: self._check(number, area)) if self._dynamic[number] else _nothing
            cells, tier = self._watched(watch, group, rows), "own"
        except _Spills:
            self._each_array(number, rows)
            return
        except Unsupported as problem:
            try:
                cells, tier = self._elsewhere(number, rows, problem)
            except Unsupported as further:
                self._give_up(number, rows, further)
                return
        self._tiers[tier] += len(rows)
        self.grown |= store(self._engine, group, rows, cells)

    def _each_array(self, number: int, rows: NDArray[np.int64]) -> None:
        """Evaluate dynamic arrays one by one, each with a range of its own."""
        group = self._groups[number]
        for row in rows.tolist():
            array = ArrayFormula(row, group.column, group.text, row, group.column, dynamic=True)
            self._groups[number] = Group(group.sheet, group.column, np.array([row]), group.tree, group.text, array)
            try:
                self._evaluate(number, np.array([row]))
            finally:
                self._groups[number] = group

    def _give_up(self, number: int, rows: NDArray[np.int64], problem: Unsupported) -> None:
        """Report what cannot be evaluated: all rows, or those alone in which a function is asked what it cannot do."""
        if len(rows) > 1 and self._engine.knows(problem.detail):
            half = len(rows) // 2
            self._evaluate(number, rows[:half])
            self._evaluate(number, rows[half:])
        else:
            self._report(number, rows, problem.reason, problem.detail)

    def _elsewhere(self, number: int, rows: NDArray[np.int64], problem: Unsupported) -> tuple[Cells, str]:
        from restock.formula.longtail import evaluate_elsewhere

        if not self._long_tail:
            raise problem
        return evaluate_elsewhere(self._engine, self._groups[number], rows, self._reads[number], problem)

    def _watched(self, watch: Callable[[Area], None], group: Group, rows: NDArray[np.int64]) -> Cells:
        self._engine.before_reading = watch
        try:
            return self._lanes(group, rows)
        finally:
            self._engine.before_reading = _nothing

    def _lanes(self, group: Group, rows: NDArray[np.int64]) -> Cells:
        """Evaluate some rows of a group together, in smaller parts where they cannot go together."""
        assert group.tree is not None
        is_array = group.array is not None or group.dynamic
        frame = Frame(self._engine, Lanes(group.sheet, rows, group.column), array=is_array)
        try:
            cells = settled(frame.value(group.tree), frame)
        except LaneByLane as error:
            if group.dynamic:
                raise _Spills from error
            if len(rows) == 1:
                raise Unsupported("formula.too_large") from error
            half = len(rows) // 2
            parts = [self._lanes(group, rows[:half]), self._lanes(group, rows[half:])]
            return stacked([part[:, :1, :1] for part in parts], 0)
        if group.dynamic and not cells.is_single:
            raise _Spills
        return cells.spread((len(rows), *cells.kind.shape[1:])) if group.array is None else cells

    def _check(self, number: int, area: Area) -> None:
        """Stop where a computed reference reads what is not evaluated yet, or keeps an old value."""
        first, last = int(np.min(area.top)), int(np.max(area.bottom))
        found = set(self._owners.among(area.sheet.name, area.left, area.right, first, last)) - self._done
        if found - {number}:
            raise _Pending(found - {number})
        if number in found:
            raise _ReadsItself
        self._stop_at_marks(area)

    def _stop_at_marks(self, area: Area) -> None:
        if self._unsettled.touches(area):
            raise Unsupported("formula.circular")
        if self._old.touches(area):
            raise Unsupported("formula.depends")

    def _report(self, number: int, rows: NDArray[np.int64], reason: str, detail: str = "") -> None:
        if not len(rows):
            return
        group = self._groups[number]
        self._old.set_group(group, rows)
        for row in rows.tolist():
            place = group.sheet.name, row, group.column
            self._reports[place] = Unevaluated(*place, reason, detail, group)

    def result(self) -> Result:
        """Return what came of it."""
        found = self._stored.compared(self._book, self._reports)
        found.spills, found.tiers = self._engine.spills, self._tiers
        found.notes = list(self._engine.notes.values())
        return found


def _nothing(area: Area) -> None:
    """Nothing to do before an area is read."""
