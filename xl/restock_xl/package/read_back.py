"""Our sheets read back from a workbook that was just written, and compared with what they were made from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from restock.errors import WorkbookError

from .archive import Archive
from .book import Book
from .cells import SheetCells
from .sheet_store import SheetStore


def ensure_reads_back(path: Path, made: Book, names: Mapping[str, str], values: bool = True) -> None:
    """Check that our sheets stand in a workbook as they were written.

    Args:
        path: The workbook.
        made: The book that holds the sheets as they were made, under the same names.
        names: The name of each sheet by its key.
        values: Whether to compare every value and formula; else the sheets are only read. Where `made` is the very
            package that was written, the checksums have compared them already.
    Raises:
        WorkbookError: A sheet cannot be read, or is not as it was made.
    """
    with open(path, "rb") as stream:
        book = Book(path, Archive(path, stream))
        found, wanted, owned = SheetStore(book), SheetStore(made), book.owned()
        for key, name in names.items():
            read = found.cells(name)
            same = owned.get(key) == name and _tables(book, name) == _tables(made, name)
            if not same or not (_equal(read, wanted.cells(name)) if values else read.rows is not None):
                raise WorkbookError(
                    f'The sheet "{name}" does not read back as it was written, so nothing was put in place and your '
                    "workbook is as it was. Please report this as a fault of Restock."
                )


def _equal(read: SheetCells, made: SheetCells) -> bool:
    return read.rows == made.rows and set(read.formulas) == set(made.formulas)


def _tables(book: Book, sheet: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(table.name, table.ref, table.columns) for table in book.tables() if table.sheet == sheet]
