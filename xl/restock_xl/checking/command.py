"""The checks alone: a book is read, and what is wrong is said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from restock.errors import InputError
from restock.schema.sentences import problem_sentence
from restock.text import Words, say
from restock_xl.checking.checked import checked_tables
from restock_xl.hosts.headless import HeadlessHost
from restock_xl.package.read import read_book
from restock_xl.previous import read_previous


@dataclass(frozen=True)
class Checked:
    """What a check found: a sentence for each problem, those that stop a press first, and a line of counts."""

    sentences: list[str]
    summary: str

    @property
    def lines(self) -> list[str]:
        """What to print."""
        return [*self.sentences, self.summary]


def check_book(path: Path, today: dt.date) -> Checked:
    """Run every check of a press on a book, which is only read.

    Args:
        today: Day 0 (§1).
    Raises:
        WorkbookError: The book cannot be read.
    """
    HeadlessHost.ensure_readable(path)
    contents = read_book(path)
    try:
        tables = checked_tables(contents, read_previous(contents), today, largest=None)
    except InputError as error:
        words = Words(contents.raw.language, today=today)
        return Checked(str(error).splitlines(), say("check.found", words, stops=len(str(error).splitlines()), others=0))
    words = Words(tables.settings.language, tables.settings.currency, today)
    found = sorted(tables.problems, key=lambda problem: problem.effect != "stop")
    stopping = sum(problem.effect == "stop" for problem in found)
    if not found:
        return Checked([], say("check.clean", words, path=path))
    counts = say("check.found", words, stops=stopping, others=len(found) - stopping)
    return Checked([problem_sentence(problem, words) for problem in found], counts)
