"""A book with its new sheets in memory, as it will look; nothing is written yet."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from restock.text import Words
from restock_xl.evaluation import Evaluation, evaluated, repair_sentences
from restock_xl.own.writing import put_back
from restock_xl.package.book import Book
from restock_xl.package.grafting import graft_into
from restock_xl.package.read import BookContents
from restock_xl.package.safe_write import explained
from restock_xl.sheets.model import SheetModel


@dataclass(frozen=True)
class Draft:
    """A book with new sheets in memory, its formulas evaluated.

    Attributes:
        is_new: Whether sheets are new or the book was put right.
        models: The sheets written, in tab order; none where they show nothing new.
        reveal: Names of sheets that are shown from now on.
        keeps_results: Whether the results of formulas are ours to store; a running program has its own.
    """

    evaluation: Evaluation
    is_new: bool
    models: tuple[SheetModel, ...] = ()
    reveal: frozenset[str] = frozenset()
    keeps_results: bool = True

    @property
    def differs(self) -> bool:
        """Whether the book would be another one."""
        return self.is_new or (self.keeps_results and self.evaluation.differs)

    def repairs(self, words: Words) -> list[str]:
        """Return what is put right of what programs without the newer functions had written."""
        return repair_sentences(self.evaluation, words) if self.keeps_results else []


def draft_of(
    contents: BookContents,
    models: Sequence[SheetModel],
    cached: Mapping[str, Mapping[str, Any]],
    today: dt.date,
    reveal: Collection[str] = (),
    activate: str | None = None,
    is_new: bool = False,
) -> Draft:
    """Put the sheets into a copy of the book in memory, if there are any, and evaluate all its formulas.

    Args:
        cached: New values of formula cells on the user's sheets, by sheet and reference.
        today: What TODAY() answers.
        reveal: Sheets among `models` to be shown if they were hidden.
        activate: The tab to show on opening.
        is_new: Whether the book differs from its file already.
    Raises:
        WorkbookError: The book cannot be edited safely.
    """
    archive = contents.book.archive.copy()
    path = contents.book.path
    if models:
        _graft(Book(path, archive), contents, models, cached, reveal, activate)
    evaluation = evaluated(Book(path, archive), today)
    return Draft(evaluation, bool(models) or is_new, tuple(models), frozenset(reveal))


def _graft(
    book: Book,
    contents: BookContents,
    models: Sequence[SheetModel],
    cached: Mapping[str, Mapping[str, Any]],
    reveal: Collection[str],
    activate: str | None,
) -> None:
    from restock_xl.sheets.render import render

    with explained(book.path), tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder) / "sheets.xlsx"
        render(list(models), scratch, contents.book.date1904, compressed=False)
        graft_into(book, scratch, {model.name: model.key for model in models}, cached, activate, reveal)
        put_back(contents.book, Book(book.path, book.archive), models)
