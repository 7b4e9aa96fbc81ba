"""Our sheets read back from a workbook that was just written, and compared with what they were made from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from restock.errors import WorkbookError

from .archive import Archive
from .book import Book
from .sheet_store import SheetStore


def ensure_reads_back(path: Path, scratch: Book, names: Mapping[str, str]) -> None:
    """Check that our sheets stand in a workbook as they were written.

    Args:
        path: The workbook.
        scratch: The book that the sheets come from, under the names that they have in the workbook.
        names: The name of each sheet by its key.
    Raises:
        WorkbookError: A sheet, one of its tables, a value or a formula differs.
    """
    with open(path, "rb") as stream:
        book = Book(path, Archive(path, stream))
        found, wanted = SheetStore(book), SheetStore(scratch)
        owned = book.owned()
        for key, name in names.items():
            read, made = found.cells(name), wanted.cells(name)
            same = owned.get(key) == name and read.rows == made.rows and set(read.formulas) == set(made.formulas)
            if not same or _tables(book, name) != _tables(scratch, name):
                raise WorkbookError(
                    f'The sheet "{name}" does not read back as it was written, so nothing was put in place and your '
                    "workbook is as it was. Please report this as a fault of Restock."
                )


def _tables(book: Book, sheet: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(table.name, table.ref, table.columns) for table in book.tables() if table.sheet == sheet]
