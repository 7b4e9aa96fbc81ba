"""The file itself as a host: nothing is installed, nothing is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from restock.errors import WorkbookError
from restock_xl.draft import Draft, draft_of
from restock_xl.heal import Healed
from restock_xl.opened import opened
from restock_xl.package.book import Book
from restock_xl.package.open_elsewhere import ensure_not_open
from restock_xl.package.read import BookContents, read_book
from restock_xl.package.read_back import ensure_reads_back
from restock_xl.package.safe_write import appearance, replace_safely
from restock_xl.sheets.model import SheetModel

_SUFFIXES = (".xlsx", ".xlsm")


class HeadlessHost:
    """A workbook as a file. `out` writes the result elsewhere and leaves the book as it is.

    Attributes:
        healed: What was put right on reading.
        pasted: What is said of exports that were pasted into the book.
        backup: The book as it was, once it has been replaced.
        draws: True: the parts of a file are ours to write.
    """

    draws = True

    def __init__(self, path: Path, out: Path | None = None) -> None:
        self.path = path
        self.out = None if out is None or (out.exists() and out.samefile(path)) else out
        self.healed = Healed()
        self.pasted: list[str] = []
        self._log: SheetModel | None = None
        self.backup: Path | None = None

    def read(self, today: dt.date | None = None) -> BookContents:
        """Read the book, its Stock table put right in memory, and what was pasted taken in where `today` is given.

        Raises:
            WorkbookError: There is no such file, it is open elsewhere, or it is no workbook that can be edited safely.
        """
        self.ensure_readable(self.path)
        if self.out is None:
            ensure_not_open(self.path)
        elif self.out.suffix.lower() not in _SUFFIXES:
            raise WorkbookError(f"{self.out.name} must end in {self.path.suffix}, like the book that it is made from.")
        try:
            self._seen = appearance(self.path)
            contents = read_book(self.path)
        except PermissionError as error:
            raise WorkbookError(
                f"{self.path} may not be read. Ask for access, or copy it to a folder of yours."
            ) from error
        contents, self.healed = opened(contents)
        return contents if today is None or not contents.pasted else self._with_pasted(contents, today)

    def _with_pasted(self, contents: BookContents, today: dt.date) -> BookContents:
        from restock_xl.imports.pasted_import import take_pasted

        taken = take_pasted(contents, today)
        self.pasted, self._log = taken.lines, taken.log
        return taken.contents

    @staticmethod
    def ensure_readable(path: Path) -> None:
        """Refuse what is no file.

        Raises:
            WorkbookError: There is no such file, or it is a folder.
        """
        if not path.exists():
            raise WorkbookError(f"There is no file {path}. Check the name and the folder.")
        if path.is_dir():
            raise WorkbookError(f"{path} is a folder. Name the workbook in it.")

    def draft(
        self,
        contents: BookContents,
        models: Sequence[SheetModel],
        cached: Mapping[str, Mapping[str, Any]],
        today: dt.date,
        reveal: Collection[str] = (),
        activate: str | None = None,
    ) -> Draft:
        """Put the sheets into the book in memory, if there are any, and evaluate all its formulas."""
        if self._log is not None:
            models, reveal = [*models, self._log], {*reveal, self._log.name}
        return draft_of(contents, models, cached, today, reveal, activate, bool(self.healed))

    def apply(self, draft: Draft, now: dt.datetime) -> Path:
        """Write the book and return the file; the old book is kept as a backup."""
        draft.evaluation.store()
        archive = draft.evaluation.book.book.archive
        written = Book(self.path, archive)

        def check(path: Path) -> None:
            ensure_reads_back(path, written, written.owned(), values=False)

        if self.out is not None:
            replace_safely(self.out, archive.save, check, now=now, backups=False, source=self.path)
            return self.out
        self.backup = replace_safely(self.path, archive.save, check, now=now, seen=self._seen)
        return self.path
