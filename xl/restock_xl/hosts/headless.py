"""The file itself as a host: nothing is installed, nothing is open."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from restock.errors import WorkbookError
from restock_xl.package.graft import graft
from restock_xl.package.open_elsewhere import ensure_not_open
from restock_xl.package.read import BookContents, read_book
from restock_xl.package.safe_write import appearance, replace_safely
from restock_xl.sheets.model import SheetModel

_SUFFIXES = (".xlsx", ".xlsm")


class HeadlessHost:
    """A workbook as a file. `out` writes the result elsewhere and leaves the book as it is."""

    def __init__(self, path: Path, out: Path | None = None) -> None:
        self.path = path
        self.out = None if out is None or (out.exists() and out.samefile(path)) else out
        self.backup: Path | None = None

    def read(self) -> BookContents:
        """Read the book.

        Raises:
            WorkbookError: There is no such file, it is open elsewhere, or it is no workbook that can be edited safely.
        """
        if not self.path.exists():
            raise WorkbookError(f"There is no file {self.path}. Check the name and the folder.")
        if self.path.is_dir():
            raise WorkbookError(f"{self.path} is a folder. Name the workbook in it.")
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
        contents.book.ensure_editable()
        return contents

    def apply(
        self,
        contents: BookContents,
        models: Sequence[SheetModel],
        cached: Mapping[str, Mapping[str, object]],
        now: dt.datetime,
        reveal: Collection[str] = (),
        activate: str | None = None,
    ) -> Path:
        """Put the sheets into the book and return the file written; the old book is kept as a backup."""
        from restock_xl.sheets.render import render

        with tempfile.TemporaryDirectory() as folder:
            scratch = Path(folder) / "sheets.xlsx"
            render(list(models), scratch, contents.book.date1904, compressed=False)
            keys = {model.name: model.key for model in models}

            def write(target: Path) -> None:
                graft(self.path, scratch, target, keys, cached, activate, reveal)

            if self.out is not None:
                replace_safely(self.out, write, now=now, backups=False, source=self.path)
                return self.out
            self.backup = replace_safely(self.path, write, now=now, seen=self._seen)
        return self.path
