"""Switch a book's language: look for what cannot follow, change labels in place, press, compare, write (§44)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from restock.errors import WorkbookError
from restock.text import Words, say
from restock_xl.hosts.headless import HeadlessHost
from restock_xl.new import LANGUAGES
from restock_xl.package.read import BookContents
from restock_xl.relabel.doubts import Doubt, doubts_of
from restock_xl.relabel.edit import Changes, changes_of, relabelled
from restock_xl.relabel.labels import other
from restock_xl.relabel.names import NewNames, new_names
from restock_xl.relabel.presses import TriedHost
from restock_xl.relabel.shown_values import changed_values
from restock_xl.relabel.stock import our_cells
from restock_xl.relabel.user_formulas import UserFormula, reading_ours, user_formulas

LISTED = 40
"""So many doubts are written out, the rest are counted."""


@dataclass(frozen=True)
class Relabelled:
    """What was done, or why nothing was: sentences, whether the book was written, the backup made."""

    lines: list[str]
    written: bool = False
    backup: Path | None = None
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def stopped(self) -> bool:
        """Whether something could not follow, so that nothing was written."""
        return bool(self.doubts) and not self.written


@dataclass(frozen=True)
class _Question:
    """A book, and what would change in it."""

    contents: BookContents
    names: NewNames
    changes: Changes
    formulas: list[UserFormula]

    @property
    def is_empty(self) -> bool:
        return not (self.changes or self.names.sheets or self.names.renaming)


def relabel_book(
    path: Path, language: str | None, today: dt.date, now: dt.datetime, out: Path | None = None, anyway: bool = False
) -> Relabelled:
    """Give a book the labels of the other language; its data stay.

    Args:
        path: The book.
        language: "en" or "zh"; None for the one that the book is not in.
        today: Day 0 of the press that writes our sheets anew (§1).
        now: Names the backup.
        out: Write here, and leave the book as it is.
        anyway: Leave what cannot follow as it is, and go on; also where a check would stop the press (§41).
    Raises:
        WorkbookError: The book cannot be read or written safely; it is as it was.
        StopError: Something in the book cannot be true; it is as it was.
    """
    if language not in (None, *LANGUAGES):
        raise WorkbookError(f'--lang: "{language}" is not one of our languages. Type en or zh.')
    contents = HeadlessHost(path, out).read()
    spoken = contents.raw.language
    target = language or other(spoken)
    asked = _question(contents, target)
    if asked.is_empty:
        return Relabelled([say("relabel.same", Words(target), path=path)])
    doubts = doubts_of(contents, asked.names, reading_ours(contents, asked.names, asked.formulas))
    if doubts and not anyway:
        return _stopped(doubts, Words(spoken))
    host = TriedHost(path, out, lambda found: _relabelled(found, target))
    before = TriedHost(path, out, None).press(today, now, anyway)
    after = host.press(today, now, anyway)
    doubts += changed_values(before, after, asked.names.sheets, asked.formulas)
    if doubts and not anyway:
        return _stopped(doubts, Words(spoken))
    written = host.write(now)
    return Relabelled(_report(asked, doubts, written, host.backup), True, host.backup, doubts)


def _question(contents: BookContents, target: str) -> _Question:
    names = new_names(contents, target)
    formulas = user_formulas(contents, names, our_cells(contents))
    return _Question(contents, names, changes_of(contents, names), formulas)


def _relabelled(contents: BookContents, target: str) -> BookContents:
    names = new_names(contents, target)
    return relabelled(contents, names, changes_of(contents, names), our_cells(contents))


def _stopped(doubts: list[Doubt], words: Words) -> Relabelled:
    return Relabelled([*_listed(doubts, words, {}), say("relabel.stopped", words, count=len(doubts))], doubts=doubts)


def _listed(doubts: list[Doubt], words: Words, sheets: Mapping[str, str]) -> list[str]:
    lines = []
    for key, at, params in doubts[:LISTED]:
        lines.append(say(key, words, **params, **({"ref": at.where(words, sheets)} if at is not None else {})))
    return lines if len(doubts) <= LISTED else [*lines, say("relabel.more", words, count=len(doubts) - LISTED)]


def _report(asked: _Question, doubts: list[Doubt], path: Path, backup: Path | None) -> list[str]:
    words, changes = Words(asked.names.target), asked.changes
    renaming = asked.names.renaming
    own = (formula.text for formula in asked.formulas if formula.place is not None or formula.name)
    followed = sum(renaming.formula(text) != text for text in own)
    listed = _listed(doubts, words, asked.names.sheets)
    left = [*listed, say("relabel.left", words, count=len(doubts))] if doubts else []
    done = say(
        "relabel.done", words, tabs=len(asked.names.sheets), headers=changes.count(changes.headers),
        typed=changes.count(changes.words), formulas=followed,
    )  # fmt: skip
    kept = [say("report.backup", words, path=backup)] if backup is not None else []
    return [*left, done, say("relabel.outside", words), say("report.written", words, path=path), *kept]
