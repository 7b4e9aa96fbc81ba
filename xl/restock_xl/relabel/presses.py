"""A press that is only tried: in the old language to compare with, and in the new one until it may be written."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from restock.text import Words
from restock_xl.draft import Draft
from restock_xl.hosts.headless import HeadlessHost
from restock_xl.own.found import own_sheets
from restock_xl.own.placing import with_own
from restock_xl.package.book import Book
from restock_xl.package.macro_project import has_our_macros
from restock_xl.package.read import BookContents
from restock_xl.previous import last_press
from restock_xl.recompute import recompute
from restock_xl.repair.repair import premade_sheets
from restock_xl.sheets.buttons import today_with_buttons
from restock_xl.sheets.layout import WRITTEN
from restock_xl.sheets.model import SheetModel


class TriedHost(HeadlessHost):
    """A book whose press stays in memory; `change` is made on reading, and `write` writes what the press made."""

    def __init__(self, path: Path, out: Path | None, change: Callable[[BookContents], BookContents] | None) -> None:
        super().__init__(path, out)
        self._change = change
        self._draft: Draft | None = None
        self._found: BookContents | None = None

    def read(self, today: dt.date | None = None) -> BookContents:
        """Read the book once, and change it in memory."""
        if self._found is None:
            found = super().read(today)
            self._found = found if self._change is None else self._change(found)
        return self._found

    def draft(
        self, contents: BookContents, models: Sequence[SheetModel], cached: Mapping[str, Mapping[str, Any]],
        today: dt.date, reveal: Collection[str] = (), activate: str | None = None,
    ) -> Draft:  # fmt: skip
        """Put the sheets into the book in memory, which differs from its file already where it was changed."""
        made = super().draft(contents, models, cached, today, reveal, activate)
        self._draft = dataclasses.replace(made, is_new=made.is_new or self._change is not None)
        return self._draft

    def apply(self, draft: Draft, now: dt.datetime) -> Path:
        """Write nothing yet."""
        return self.path

    def press(self, today: dt.date, now: dt.datetime, anyway: bool) -> Book:
        """Press, or where the button was never pressed, make our empty sheets; return the book as it then is."""
        contents = self.read(today)
        if contents.book.owned() and last_press(contents) is not None:
            recompute(self, today, now, anyway=anyway)
        else:
            self.draft(contents, _empty(contents) if self._change is not None else [], {}, today)
        assert self._draft is not None
        self._draft.evaluation.store()
        return Book(self.path, self._draft.evaluation.book.book.archive)

    def write(self, now: dt.datetime) -> Path:
        """Write what the press made, and return the file."""
        assert self._draft is not None
        return super().apply(self._draft, now)


def _empty(contents: BookContents) -> list[SheetModel]:
    """Our sheets as a new book has them, under the names that they have here, with what the user added."""
    words, owned = Words(contents.raw.language), contents.book.owned()
    made, own = premade_sheets(words), own_sheets(contents)
    if has_our_macros(contents.book):
        made["Today"] = today_with_buttons(made["Today"], words)
    models = {key: dataclasses.replace(made[key], name=owned[key]) for key in WRITTEN if key in owned and key in made}
    return [with_own(model, own.get(key), words, contents.book.date1904) for key, model in models.items()]


