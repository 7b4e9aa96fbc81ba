"""One export: from a book to a file that other people open. The book is only read."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from restock.errors import RestockError
from restock.text import Words, cell_reference, say
from restock.text.refused import refused
from restock_xl.exports.live_copy import live_copy
from restock_xl.exports.request import LIVE, Audience, audience_of, form_of, target_of
from restock_xl.exports.values.audience import chat_row, phone_cuts, picture_cuts, team_cuts
from restock_xl.exports.values.values_copy import values_copy
from restock_xl.heal import heal_stock
from restock_xl.package.book import Book
from restock_xl.package.markup import MAIN
from restock_xl.package.read import BookContents, contents_of, read_book
from restock_xl.package.relationships import relationships
from restock_xl.package.safe_write import explained, replace_safely
from restock_xl.sheets.model import SheetModel

_LEFT_BEHIND = {"drawing", "comments", "threadedComment", "vmlDrawing", "oleObject", "control"}


@dataclass
class Exported:
    """What came of an export: the file, and what to tell.

    Attributes:
        text: Today for the group chat, where that was asked for.
    """

    path: Path | None
    lines: list[str] = field(default_factory=list)
    text: str = ""


def export_book(
    path: Path, to: Path | None, form: str | None, audience: str | None, today: dt.date, now: dt.datetime
) -> Exported:
    """Make a copy of a book for somebody.

    Args:
        to: A file, or a folder in which a dated name is made; needed but for text.
        form: values (if None), plain, native, text, png, pdf or csv.
        audience: team (if None), phone, warehouse:NAME or supplier:NAME.
        today: The day of the copy: it stands on the copy and in its name, and TODAY() answers it.
        now: Names the backup of a file that is replaced.
    Raises:
        RestockError: What is asked does not fit, the book cannot be read, or the file cannot be written.
    """
    who = audience_of(audience)
    kind = form_of(form, who)
    if to is None and kind != "text":
        raise RestockError("Say where to write the copy: --to FOLDER, or --to FILE.")
    return _Export(path, who, kind, today, now).run(to)


class _Export:
    def __init__(self, path: Path, who: Audience, form: str, today: dt.date, now: dt.datetime) -> None:
        self._path, self._who, self._form, self._today, self._now = path, who, form, today, now
        self._contents = _contents(path)
        self._words = Words(self._contents.raw.language)
        self._banner = say("export.banner", self._words, day=today)

    def run(self, to: Path | None) -> Exported:
        """Write the copy, and say what was done."""
        if self._form == "text":
            text = chat_text_of(self._contents)
            if to is None:
                return Exported(None, text=text)
        assert to is not None
        with explained(to):
            target = target_of(to, self._path, self._form, self._label(), self._today)
        with explained(target):
            target.parent.mkdir(parents=True, exist_ok=True)
        if self._form == "text":
            _write_file(target, lambda out: out.write_text(text + "\n", encoding="utf-8"))
            return Exported(target, [self._said(target)], text)
        if self._form == "csv":
            return Exported(target, [say("export.written_file", self._words, path=one) for one in self._csv(target)])
        if self._form in ("png", "pdf"):
            _write_file(target, self._write_page)
            return Exported(target, [self._said(target)])
        notes: list[str] = []
        backup = replace_safely(target, lambda out: notes.extend(self._write_workbook(out)), now=self._now)
        if backup is not None:
            notes.append(say("export.replaced", self._words, path=backup))
        return Exported(target, [self._said(target), *notes])

    def _label(self) -> str:
        if self._who.is_role:
            return self._who.name
        return say("export.phone" if self._who.kind == "phone" else "export.file", self._words)

    def _said(self, target: Path) -> str:
        if self._form in LIVE:
            return say(f"export.written_{self._form}", self._words, path=target)
        if self._form != "values":
            return say("export.written_file", self._words, path=target)
        key = "export.written_role" if self._who.is_role else "export.written"
        return say(key, self._words, path=target, who=self._who.name)

    def _write_workbook(self, out: Path) -> list[str]:
        """Write the copy as a workbook; return what else there is to tell."""
        if self._form in LIVE:
            return self._write_live(out)
        if self._who.is_role:
            self._write_role(out)
            return []
        cuts = (phone_cuts if self._who.kind == "phone" else team_cuts)(self._contents, self._banner)
        if self._form == "png":
            cuts = picture_cuts(self._contents, cuts)
        if not cuts:
            raise refused("refuse.nothing_to_show", name=self._path.name)
        mark = f"{self._today.isoformat()} {self._who.kind}"
        active = self._contents.book.owned().get("Today")
        book = Book(self._path, self._contents.book.archive.copy())
        values_copy(book, cuts, active, self._banner, mark, self._today).save(out)
        lost = [sheet for sheet in cuts if self._has_more(sheet)]
        return [say("export.left_behind", self._words, sheets=", ".join(lost))] if lost else []

    def _has_more(self, sheet: str) -> bool:
        book = self._contents.book
        kinds = {relation.kind for relation in relationships(book.archive, book.part_of_sheet(sheet))} & _LEFT_BEHIND
        if sheet in book.owned().values() and "comments" not in kinds:
            kinds.discard("vmlDrawing")  # our own buttons
        return bool(kinds)

    def _write_live(self, out: Path) -> list[str]:
        book = Book(self._path, self._contents.book.archive.copy())
        left = live_copy(book, self._form == "plain", self._today)
        book.archive.save(out)
        if not left:
            return []
        first = cell_reference(left[0].sheet, left[0].cell, self._words)
        return [say("export.as_values", self._words, others=len(left), ref=first)]

    def _write_role(self, out: Path) -> None:
        from restock_xl.sheets.render import render

        render(self._role_models(), out)

    def _role_models(self) -> list[SheetModel]:
        from restock_xl.exports.roles.supplier import supplier_copy
        from restock_xl.exports.roles.warehouse import warehouse_copy

        make = warehouse_copy if self._who.kind == "warehouse" else supplier_copy
        return make(self._contents, self._who.name, self._today)

    def _csv(self, target: Path) -> list[Path]:
        from restock_xl.exports.roles.csv_copy import write_csv

        return write_csv(self._role_models(), target)

    def _write_page(self, out: Path) -> None:
        """Write the copy as a picture or a PDF, by way of the workbook."""
        with tempfile.TemporaryDirectory() as folder:
            copied = Path(folder) / f"{self._path.stem}.xlsx"
            self._write_workbook(copied)
            if self._form == "pdf":
                from restock_xl.exports.pdf import write_pdf

                write_pdf(copied, out)
            else:
                from restock_xl.exports.drawing.picture import draw_sheet

                draw_sheet(copied, Book(copied).sheet_names[0], out, self._words)


def _contents(path: Path) -> BookContents:
    """The book as it is read for a press, its Stock table put right in memory."""
    contents = read_book(path)
    if not contents.book.tree.tag.startswith(f"{{{MAIN}}}"):
        contents.book.ensure_editable(structure=False)  # says what a Strict workbook is
    return contents_of(Book(path, contents.book.archive)) if heal_stock(contents) else contents


def chat_text_of(contents: BookContents) -> str:
    """Return Today's text for the group chat.

    Raises:
        RestockError: The book has no Today, or it was never recomputed.
    """
    sheet, row = contents.book.owned().get("Today"), chat_row(contents)
    if sheet is not None and row is not None:
        return str(contents.cells(sheet).value(f"A{row + 1}") or "")
    raise refused("refuse.no_chat_text", name=contents.book.path.name)


def _write_file(target: Path, write: Callable[[Path], object]) -> None:
    """Write a file that is no workbook beside its place and put it there whole."""
    with explained(target), tempfile.TemporaryDirectory(dir=target.parent, prefix=".~restock-") as folder:
        made = Path(folder) / target.name
        write(made)
        os.replace(made, target)
