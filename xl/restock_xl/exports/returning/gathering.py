"""What a copy would change in a book: changes, and what is left as it is, each with its sentence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from restock.ledger.lines import plain
from restock.schema.cell import clipped, is_blank, shown
from restock.schema.columns import Column, Kind, normal_key
from restock.schema.date_cell import shown_date
from restock.schema.inputs import INBOUND
from restock.schema.sentences import in_sentence
from restock.schema.words import CHOICES, word
from restock.text import Words, cell_reference, say, sheet_label
from restock_xl.exports.returning.homes import Home
from restock_xl.package.escapes import MAX_CELL_TEXT
from restock_xl.package.read import BookContents

_PROGRESS = ("", "planned", "accepted", "ordered", "shipped", "part_received", "received")
"""The life of a line: a state moves only to a later one."""


@dataclass(frozen=True)
class Change:
    """A cell of the book to be written: its sheet, row and column (from 1), its value, and the sentence."""

    sheet: str
    row: int
    column: int
    value: Any
    sentence: str


@dataclass
class Gathering:
    """What was found so far.

    Attributes:
        changes: Cells to be written.
        conflicts: Cells in which the book says something else.
        refused: What was typed but cannot be taken.
        told: What the reader should know besides.
        matched: Rows of the copy that stand in the book.
    """

    contents: BookContents
    words: Words
    changes: list[Change] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    matched: int = 0
    _planned: dict[tuple[str, int, int], Any] = field(default_factory=dict)

    def put(self, home: Home, name: str, value: Any, copy: str, replaces: bool = False) -> bool:
        """Write a value into a cell that is blank; one that says the same stays, one that says another is a conflict.

        Returns whether the book says it then.


        Args:
            value: As `read_cell` gives it; None is blank and changes nothing.
            copy: The cell of the copy, as it is named in a sentence.
            replaces: Whether what stands there may be replaced, for it is what the copy was made from.
        """
        column = home.table[name]
        if value is None or value == "":
            return False
        if not home.has(name):
            self.refused.append(self._say("no_column", home, column, after=value, copy=copy))
            return False
        place = (home.sheet, *home.place(name))
        planned = self._planned.get(place)
        found = self._at_home(home, name, value, replaces) if planned is None else "same"
        if planned is not None and not _same(planned, value):
            self.conflicts.append(self._say("two_values", home, column, before=planned, after=value, copy=copy))
        elif found == "write":
            self._planned[place] = value
            sentence = self._say("change", home, column, after=value)
            self.changes.append(Change(*place, _written(column, value, self.words), sentence))
        elif found != "same":
            self.conflicts.append(self._say(found, home, column, after=value, copy=copy))
        return found in ("write", "same")

    def conflict(self, home: Home, name: str, value: Any, copy: str) -> None:
        """Say that the book and the copy differ in a cell."""
        self.conflicts.append(self._say("conflict", home, home.table[name], after=value, copy=copy))

    def progress(self, home: Home, state: str, copy: str) -> None:
        """Move a line's state on to a later one; one that is there already, or further, stays."""
        now = home.values.get("state") or ""
        if now in _PROGRESS and not home.is_unreadable("state") and _PROGRESS.index(now) < _PROGRESS.index(state):
            self.put(home, "state", state, copy, replaces=True)

    def note(self, home: Home, who: str, texts: list[str], copy: str) -> None:
        """Write what has no other column into the note beside a line; where there is none, say so."""
        if not texts:
            return
        text = say("read_back.joint", self.words).join(texts)
        if home.table is INBOUND:
            self.told.append(say("read_back.remark", self.words, copy=copy, what=what(home), text=text))
            return
        note = say("read_back.note", self.words, who=who, text=text)[:MAX_CELL_TEXT]
        if normal_key(note) not in normal_key(shown(home.contents.get("note") or "")):
            self.put(home, "note", note, copy)

    def reference(self, home: Home, name: str) -> str:
        """A cell of the book as it is named in a sentence; its row where the book lacks the column."""
        return cell_reference(home.sheet, home.cell(name) if home.has(name) else str(home.row), self.words)

    def _at_home(self, home: Home, name: str, value: Any, replaces: bool) -> str:
        """What becomes of a cell: write, same, or the sentence that says why not."""
        cells = self.contents.cells(home.sheet)
        if _same(home.values.get(name), value) and not is_blank(home.contents.get(name)):
            return "same"
        if cells.formula(home.cell(name)) is not None:
            return "formula"
        return "write" if replaces or is_blank(home.contents.get(name)) else "conflict"

    def _say(self, key: str, home: Home, column: Column, **params: Any) -> str:
        name = column.name
        before = params.pop("before", None)
        given = {
            "before": self._before(home, column) if before is None else _text(column, before, self.words),
            "after": _text(column, params.pop("after"), self.words),
            "ref": self.reference(home, name),
            "sheet": sheet_label(home.sheet, self.words),
            "column": in_sentence(column.header(self.words.language)), "what": what(home),
        }  # fmt: skip
        return say(f"read_back.{key}", self.words, **(given | params))


    def _before(self, home: Home, column: Column) -> str:
        """What stands in a cell, in words; a blank that counts as 0 is 0."""
        content = home.contents.get(column.name)
        if is_blank(content):
            return "0" if column.default == 0 else say("read_back.blank", self.words)
        read = home.values.get(column.name)
        return _text(column, plain(content) if read is None else read, self.words)


def what(home: Home) -> str:
    """What a row of the book is about, in a few words: its goods, and its document or place."""
    values = home.values
    second = values.get("document") or values.get("show") or values.get("warehouse") or values.get("to") or ""
    return ", ".join(clipped(str(part)) for part in (values.get("sku"), second) if part)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return normal_key(one) == normal_key(other)
    if isinstance(one, dt.datetime) and isinstance(other, dt.datetime):
        return one.date() == other.date()
    return bool(one == other)


def _text(column: Column, value: Any, words: Words) -> str:
    """A value as people see it."""
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d}"
    if column.kind is Kind.CHOICE and value in CHOICES[column.choices]:
        return word(column.choices, value, words.language)
    if column.kind is Kind.DATE and isinstance(value, float):
        return shown_date(value)
    return clipped(shown(value))


def _written(column: Column, value: Any, words: Words) -> Any:
    """A value as it is typed into a cell; dates stay dates."""
    return word(column.choices, value, words.language) if column.kind is Kind.CHOICE else value
