"""What every program or file that holds a workbook can do; the pipeline knows no more of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from restock_xl.draft import Draft
from restock_xl.heal import Healed
from restock_xl.package.read import BookContents
from restock_xl.sheets.model import SheetModel


class Host(Protocol):
    """A workbook in the place where it is kept.

    Attributes:
        path: Its file.
        healed: What was put right on reading.
        pasted: What is said of exports that were pasted into the book.
        backup: The book as it was, once it has been changed.
        draws: Whether small charts on the user's sheets can be added.
    """

    path: Path
    healed: Healed
    pasted: list[str]
    backup: Path | None
    draws: bool

    def read(self, today: dt.date | None = None) -> BookContents:
        """Read the book, its Stock table put right in memory, and what was pasted taken in where `today` is given."""

    def draft(
        self,
        contents: BookContents,
        models: Sequence[SheetModel],
        cached: Mapping[str, Mapping[str, Any]],
        today: dt.date,
        reveal: Collection[str] = (),
        activate: str | None = None,
    ) -> Draft:
        """Put the sheets into the book in memory, and evaluate all its formulas; nothing is written."""

    def apply(self, draft: Draft, now: dt.datetime) -> Path:
        """Write the draft into the book, and return its file; a backup is kept."""
