"""Collecting problems: every one is kept, the first twenty of a kind are listed, the rest are counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from restock.schema.inputs import INPUT_TABLES
from restock.schema.tables import Problem

LISTED = 20
"""So many of one kind (same sentence, table and column) are listed; one more problem counts the rest."""

_EFFECTS = ("stop", "row", "cell", "note")
_CELL = re.compile(r"([A-Z]*)(\d*)")


@dataclass(frozen=True)
class _Entry:
    problem: Problem
    ticket: int
    weight: int

    def order(self) -> tuple[int, int, int, int, str, int]:
        """Table, row, column, worst effect first; the key only settles ties."""
        problem = self.problem
        row, column = _position(problem.cell)
        effect = _EFFECTS.index(problem.effect)
        return _table_rank(problem.table), row, column, effect, problem.key, self.ticket

    def kind(self) -> tuple[str, str, str]:
        return (self.problem.key, self.problem.table, str(self.problem.params.get("column", "")))


class ProblemLog:
    """Problems as they are met, in any order; `finish` puts them in sheet order."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []

    def add(self, problem: Problem, weight: int = 1) -> int:
        """Keep a problem and return its ticket; `weight` is the number of cells that it stands for.

        More than one cell may only be stood for by the last of at least `LISTED` + 1 problems of one kind.
        """
        self._entries.append(_Entry(problem, len(self._entries), weight))
        return len(self._entries) - 1

    def finish(self) -> tuple[list[Problem], list[int]]:
        """Return the problems in sheet order, and for each ticket the position of its problem among them."""
        problems: list[Problem] = []
        places = [0] * len(self._entries)
        listed: dict[tuple[str, str, str], list[int]] = {}
        for entry in sorted(self._entries, key=_Entry.order):
            places[entry.ticket] = self._place(entry, problems, listed.setdefault(entry.kind(), []))
        return problems, places

    @staticmethod
    def _place(entry: _Entry, problems: list[Problem], listed: list[int]) -> int:
        if len(listed) <= LISTED:
            listed.append(len(problems))
            problems.append(entry.problem if len(listed) <= LISTED else _rest(entry, problems[listed[0]]))
        else:
            _count(problems, listed[-1], entry)
        return listed[-1]


def _rest(entry: _Entry, first: Problem) -> Problem:
    params = {"count": entry.weight, "like": first.cell, "kind": entry.problem.key}
    if "column" in entry.problem.params:
        params["column"] = entry.problem.params["column"]
    return replace(entry.problem, key="problem.more", sku="", warehouse="", params=params)


def _count(problems: list[Problem], position: int, entry: _Entry) -> None:
    rest = problems[position]
    effect = min(rest.effect, entry.problem.effect, key=_EFFECTS.index)
    params = {**rest.params, "count": rest.params["count"] + entry.weight}
    problems[position] = replace(rest, effect=effect, params=params)


@cache
def _table_rank(table: str) -> int:
    names = list(INPUT_TABLES)
    return names.index(table) if table in names else len(names)


def _position(cell: str) -> tuple[int, int]:
    match = _CELL.match(cell)
    letters, digits = match.groups() if match else ("", "")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits or 0), column
