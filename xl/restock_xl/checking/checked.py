"""A book read and checked: its tables with every problem, and whether a press may go on."""

from __future__ import annotations

import dataclasses
import datetime as dt

from restock.checks import against_last_press, stops, without_stops
from restock.errors import InputError, StopError
from restock.ledger import Previous
from restock.schema.problem_log import ProblemLog
from restock.schema.sentences import problem_sentence
from restock.schema.tables import Problem, Tables
from restock.schema.validate import validate
from restock.text import Words, say
from restock_xl.archive.read import archived_sales
from restock_xl.checking.headers import header_problems
from restock_xl.checking.our_sheets import sheet_problems
from restock_xl.checking.overtyped import overtyped_problems
from restock_xl.checking.sheet_marks import LARGEST, mark_problems
from restock_xl.package.read import BookContents


def checked_tables(
    contents: BookContents, previous: Previous, today: dt.date, largest: int | None = LARGEST
) -> Tables:
    """Return the checked tables of a book, older sales included, with every problem that can be found.

    Args:
        previous: What the last press remembered.
        today: Day 0 (§1).
        largest: See `mark_problems`.
    Raises:
        InputError: Stock is missing, empty or unusable.
        WorkbookError: Older sales lie in a file that cannot be read.
    """
    headers = header_problems(contents)
    lost = [one for one in stops(headers) if one.table == "Stock"]
    if lost:  # what else its columns might mean is not guessed at
        words = Words(contents.raw.language, today=today)
        raise InputError("\n".join(stop_sentences(lost, words)))
    tables = validate(contents.raw, today, archived_sales(contents))
    log = ProblemLog()
    found = [*headers, *sheet_problems(contents), *overtyped_problems(contents), *mark_problems(contents, largest)]
    for problem in found:
        log.add(problem)
    against = against_last_press(contents.raw.tables["Stock"], tables, previous, today)
    problems = [*tables.problems, *against, *log.finish()[0]]
    return dataclasses.replace(tables, problems=problems)


def ensure_no_stop(tables: Tables, today: dt.date, anyway: bool = False) -> Tables:
    """Return tables that may be planned; what would stop them is a note where somebody said that it is true.

    Args:
        anyway: It was said on this run; else the day may stand in Settings.
    Raises:
        StopError: Something cannot be true; every sentence, the first of each kind, and how to go on.
    """
    found = stops(tables.problems)
    if found and not anyway and tables.settings.go_on_date != today:
        words = Words(tables.settings.language, tables.settings.currency, today)
        raise StopError("\n".join([*stop_sentences(found, words), _how_to_go_on(words)]))
    return dataclasses.replace(tables, problems=without_stops(tables.problems))


def stop_sentences(found: list[Problem], words: Words) -> list[str]:
    """Return what stops a press."""
    return [problem_sentence(problem, words) for problem in found]


def _how_to_go_on(words: Words) -> str:
    from restock.schema.settings import SETTINGS_BY_KEY

    return say("check.stopped", words, setting=SETTINGS_BY_KEY["go_on_date"].label(words.language))
