"""The sheets of a book, parsed when they are first asked for."""

from __future__ import annotations

from functools import cached_property

from .book import Book
from .cells import SheetCells
from .shared_strings import SharedStrings


class SheetStore:
    """The sheets of a book, each parsed at most once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._cells: dict[str, SheetCells] = {}

    def cells(self, sheet_name: str) -> SheetCells:
        """Return the cells of a sheet."""
        part = self._book.part_of_sheet(sheet_name)
        if part not in self._cells:
            self._cells[part] = SheetCells(self._book.archive, part, self._strings, self._book.date1904)
        return self._cells[part]

    @cached_property
    def _strings(self) -> SharedStrings:
        return SharedStrings(self._book.archive, self._book.part_of_kind("sharedStrings"))
