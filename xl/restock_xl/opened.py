"""What every host does with a book that it has read: refuse what must not be planned from, and put Stock right."""

from __future__ import annotations

from restock.errors import WorkbookError
from restock.text import Words, say
from restock_xl.exports.values.values_package import copy_mark
from restock_xl.heal import Healed, heal_stock
from restock_xl.package.book import Book
from restock_xl.package.read import BookContents, contents_of


def opened(contents: BookContents) -> tuple[BookContents, Healed]:
    """Return a book as a press works on it, its Stock table put right in memory, and what was put right.

    Raises:
        WorkbookError: It cannot be edited safely, or is a copy of values: what would be planned from it is wrong.
    """
    mark = copy_mark(contents.book.archive)
    if mark is not None:
        words = Words(contents.raw.language)
        raise WorkbookError(say("export.is_copy", words, name=contents.book.path.name, mark=mark))
    contents.book.archive.ensure_whole()
    contents.book.ensure_editable()
    healed = heal_stock(contents)
    if not healed:
        return contents, healed
    return contents_of(Book(contents.book.path, contents.book.archive)), healed
