"""Problems that stop a press, and going on in spite of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from restock.schema.tables import Problem


def stops(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems because of which nothing is written."""
    return [problem for problem in problems if problem.effect == "stop"]


def without_stops(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems with those that stop turned into notes: somebody said that they are true.

    >>> [problem.effect for problem in without_stops([Problem("check.became_zero", "stop", "Stock")])]
    ['note']
    """
    return [replace(problem, effect="note") if problem.effect == "stop" else problem for problem in problems]
