"""Whether a workbook holds the macros that our buttons call."""

from __future__ import annotations

from .book import Book

MODULE = "RestockMacros"
"""Name of the VBA module that holds them."""


def has_our_macros(book: Book) -> bool:
    """Return whether the book's VBA project has our module.

    The project is a file of its own kind; a module's name stands in its directory in UTF-16, never split.
    """
    part = book.part_of_kind("vbaProject")
    return part is not None and MODULE.encode("utf-16-le") in book.archive.read(part)
