"""An open workbook as a host: a copy of it is read and planned like a file, then what differs is written into it."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from restock.errors import RestockError, WorkbookError
from restock.text import Words, say
from restock_xl.draft import Draft, draft_of
from restock_xl.heal import Healed
from restock_xl.hosts.live.book_copy import keep_backup, path_of_book, save_copy
from restock_xl.hosts.live.overwrite import Look, State, add_sheet, overwrite, write_new_formulas
from restock_xl.hosts.live.quiet import quiet
from restock_xl.hosts.live.scratch import write_scratch
from restock_xl.opened import opened
from restock_xl.package.book import Book as Package
from restock_xl.package.ownership import WRITTEN_NAME
from restock_xl.package.read import BookContents, read_book
from restock_xl.sheets.model import SheetModel

if TYPE_CHECKING:
    from xlwings import Book


class LiveHost:
    """A workbook that is open in a program. Nothing is saved: the book's own file stays as it is.

    Args:
        book: The open book.
        folder: Where copies lie for a moment, a folder that the program may open files from; None: the system's own.

    Attributes:
        path: The book's file.
        healed: What was put right.
        pasted: Nothing; see `read`.
        backup: The book as it stood in the program, once it has been changed.
        draws: False: no program offers its small charts; those that the book has show the new numbers.
    """

    draws = False

    def __init__(self, book: Book, folder: Path | None = None) -> None:
        self.book = book
        self.path = path_of_book(book)
        self.healed = Healed()
        self.pasted: list[str] = []
        self.backup: Path | None = None
        self._words = Words()
        self._writing = ""
        self._folder = tempfile.TemporaryDirectory(dir=folder, prefix="restock-", ignore_cleanup_errors=True)

    def read(self, today: dt.date | None = None) -> BookContents:
        """Read the book as it stands now, saved or not, its Stock table put right in memory.

        Exports pasted on sheets of their own are left to the file's press, which can change input tables safely.

        Raises:
            WorkbookError: No copy of it can be made, or it is no workbook that can be edited safely.
        """
        self._copy = Path(self._folder.name) / self.path.name
        self._copy.unlink(missing_ok=True)
        save_copy(self.book, self._copy)
        contents = read_book(self._copy)
        self._before = State.of(Package(self._copy, contents.book.archive.copy()))
        contents, healed = opened(contents)
        # a running program knows the formulas of a table's columns, or cannot keep them
        self.healed = replace(healed, columns=False)
        self._words = Words(contents.raw.language)
        return contents

    def draft(
        self,
        contents: BookContents,
        models: Sequence[SheetModel],
        cached: Mapping[str, Mapping[str, Any]],
        today: dt.date,
        reveal: Collection[str] = (),
        activate: str | None = None,
    ) -> Draft:
        """Put the sheets into the copy in memory, and evaluate its formulas as a file's would be."""
        made = draft_of(contents, models, cached, today, reveal, activate, bool(self.healed))
        return replace(made, keeps_results=False)

    def apply(self, draft: Draft, now: dt.datetime) -> Path:
        """Write the draft into the open book, and calculate it; the book as it stood is kept as a backup.

        Raises:
            WorkbookError: It could not be written; our sheets show again what they showed.
        """
        self.backup = keep_backup(self.path, self._copy, now)
        after = State.of(Package(self._copy, draft.evaluation.book.book.archive))
        with quiet(self.book):
            try:
                self._write(draft, after)
                self.book.app.calculate()
            except Exception as error:  # whatever a program reports, the book goes back to what it was
                self._put_back(draft, after)
                if isinstance(error, RestockError):
                    raise
                told = {"sheet": self._writing, "reason": _reason(error), "backup": self.backup.name}
                raise WorkbookError(say("office.failed", self._words, **told)) from error
        return self.path

    def _write(self, draft: Draft, after: State) -> None:
        if self.healed:
            self._writing = self.healed.sheet
            write_new_formulas(self.book.sheets[self.healed.sheet], self._before, after)
        if not draft.models:
            return
        heights = {model.name: model.row_heights for model in draft.models}
        merges = {model.name: model.merges for model in draft.models}
        scratch = Path(self._folder.name) / "restock-sheets.xlsx"
        write_scratch(draft.models, scratch, after.package.date1904)
        book = self._open(scratch)
        try:
            self._write_sheets(draft, after, Look(book, heights, merges))
        finally:
            book.close()
        for name in draft.reveal:
            self.book.sheets[name].visible = True

    def _write_sheets(self, draft: Draft, after: State, look: Look) -> None:
        for model in draft.models:
            self._writing = model.name
            if self._before.package.sheet(model.name) is None:
                add_sheet(self.book, model.name, model.key, after, look)
            elif _differs(self._before, after, model.name):
                overwrite(self.book.sheets[model.name], self._before, after, look)
            if model.written:
                self.book.sheets[model.name].names.add(WRITTEN_NAME, f"={model.written}")

    def _put_back(self, draft: Draft, after: State) -> None:
        """Let our sheets show again what they showed; sheets that were added go."""
        with suppress(Exception):  # the first failure is the one to report; the backup holds everything
            former = Path(self._folder.name) / f"restock-former{self._copy.suffix}"
            former.write_bytes(self._copy.read_bytes())
            book = self._open(former)
            try:
                self._put_sheets_back(draft, after, Look(book))
            finally:
                book.close()
            self.book.app.calculate()

    def _put_sheets_back(self, draft: Draft, after: State, look: Look) -> None:
        present = {sheet.name for sheet in self.book.sheets}
        for model in draft.models:
            with suppress(Exception):  # one sheet that cannot be written must not keep the others from going back
                if self._before.package.sheet(model.name) is not None:
                    overwrite(self.book.sheets[model.name], after, self._before, look, anew=True)
                elif model.name in present:
                    self.book.sheets[model.name].delete()

    def _open(self, path: Path) -> Book:
        """Open another book beside this one, to be closed in a moment."""
        return self.book.app.books.open(path, update_links=False, read_only=True)


def _reason(error: Exception) -> str:
    """What a program says of a failure, without the line of its own source; its kind where it says nothing."""
    text = str(error).partition("at ./")[0].strip()
    return text or type(error).__name__


def _differs(before: State, after: State, name: str) -> bool:
    """Whether a sheet of ours shows anything else than it shall."""
    old, new = before.cells(name), after.cells(name)
    assert old is not None
    assert new is not None
    places = [[(ref.name, ref.ref) for ref in state.tables(name)] for state in (before, after)]
    return places[0] != places[1] or old.rows != new.rows or _formulas(old) != _formulas(new)


def _formulas(cells: Any) -> dict[tuple[int, int], str | None]:
    return {place: cells.formulas.text(*place) for place in cells.formulas}
