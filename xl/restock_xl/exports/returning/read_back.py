"""A copy that comes back: what was typed in it, what it would change in the book, and the writing of that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from restock.errors import InputError
from restock.schema.copies import ORDER_LINES, RECEIVE, SHIP
from restock.text import Words, say
from restock.text.refused import refused
from restock_xl.exports.returning.confirmations import read_confirmation
from restock_xl.exports.returning.gathering import Change, Gathering
from restock_xl.exports.returning.homes import Homes
from restock_xl.exports.returning.receipts import read_receipt, read_shipment
from restock_xl.exports.returning.returned import ReturnedRow, returned_rows
from restock_xl.exports.returning.team_columns import read_team_row
from restock_xl.exports.returning.write_home import with_changes
from restock_xl.exports.roles.book_lines import book_lines
from restock_xl.package.book import Book
from restock_xl.package.read import BookContents, read_book
from restock_xl.package.safe_write import Seen, appearance, replace_safely

Rule = Callable[[ReturnedRow, Homes, Gathering], None]
_RULES: dict[str, Rule] = {
    SHIP.name: read_shipment, RECEIVE.name: read_receipt, ORDER_LINES.name: read_confirmation,
}  # fmt: skip


@dataclass(frozen=True)
class ReadBack:
    """What a copy says to a book; nothing is written yet.

    Attributes:
        changes: Cells to be written, each with its sentence.
        conflicts: Sentences about cells in which the book says something else; they stay.
        refused: Sentences about what was typed but cannot be taken.
        told: What the reader should know besides.
    """

    path: Path
    contents: BookContents
    words: Words
    seen: Seen
    changes: list[Change]
    conflicts: list[str]
    refused: list[str]
    told: list[str]

    def lines(self) -> list[str]:
        """The preview, in the language of the book."""
        parts = (
            ("changes", [change.sentence for change in self.changes]),
            ("conflicts", self.conflicts), ("refused", self.refused), ("told", self.told),
        )  # fmt: skip
        found = [] if self.changes else [say("read_back.nothing", self.words)]
        for name, sentences in parts:
            if sentences:
                found.append(say(f"read_back.head_{name}", self.words, count=len(sentences)))
                found += [f"  {sentence}" for sentence in sentences]
        return found


def read_back(path: Path, copy: Path, today: dt.date) -> ReadBack:
    """What the typed columns of a copy would change in a book.

    Args:
        path: The book.
        copy: A copy of it, for a warehouse, a supplier or the team, as it came back.
        today: Dates of the book are held against it; nothing else depends on it.
    Raises:
        WorkbookError: A file cannot be read, or the book cannot be edited safely.
        InputError: The copy has no table that is read back, or none of its lines stands in the book.
    """
    for file in (path, copy):
        _ensure_file(file)
    seen = appearance(path)
    contents = read_book(path)
    contents.book.ensure_editable(structure=False)
    book = book_lines(contents, today)
    if path.samefile(copy):
        raise InputError(say("read_back.same_file", book.words, path=copy.name))
    homes, gathering = Homes(book), Gathering(contents, book.words)
    rows = 0
    for row in returned_rows(Book(copy), book.words):
        _RULES.get(row.table.name, read_team_row)(row, homes, gathering)
        gathering.refused += row.faults
        rows += 1
    if not rows:
        raise InputError(say("read_back.no_table", book.words, path=copy.name))
    if not gathering.matched:
        raise InputError(say("read_back.other_book", book.words, path=copy.name, book=path.name))
    return ReadBack(path, contents, book.words, seen, gathering.changes, gathering.conflicts, gathering.refused,
                    gathering.told)  # fmt: skip


def write_read_back(found: ReadBack, now: dt.datetime) -> Path | None:
    """Write the changes into the book, whole or not at all; the book as it was is kept. Returns that backup.

    Raises:
        WorkbookError: The book is open elsewhere, was changed since it was read, or cannot be written.
    """
    if not found.changes:
        return None
    archive = with_changes(found.contents.book, found.changes)
    return replace_safely(found.path, archive.save, now=now, seen=found.seen)


def _ensure_file(path: Path) -> None:
    if not path.exists():
        raise refused("refuse.no_file", path=path)
    if path.is_dir():
        raise refused("refuse.folder", path=path)
