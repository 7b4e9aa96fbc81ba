"""A copy of an open book as it stands now, saved or not; the book itself stays as it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from restock.errors import WorkbookError
from restock.text.refused import refused
from restock_xl.package.backups import FOLDER, back_up, prune_backups

if TYPE_CHECKING:
    import datetime as dt

    from xlwings import Book

SAVE_COPY_MACRO = "RestockSaveCopy"
"""Where neither the engine nor the program's own interface can save a copy (Excel for Mac), this macro of the book
does: it takes a path and calls SaveCopyAs."""
SUFFIXES = (".xlsx", ".xlsm")


def path_of_book(book: Book) -> Path:
    """Return the file of an open book.

    Raises:
        WorkbookError: It was never saved, lies where no file is, or is of another kind.
    """
    try:
        path = Path(book.fullname)
    except Exception as error:  # xlwings finds no file for a book in the cloud in several ways
        raise refused("refuse.in_cloud") from error
    if not path.is_absolute() or not path.exists():
        raise refused("refuse.never_saved")
    if path.suffix.lower() not in SUFFIXES:
        raise refused("refuse.ending", name=path.name)
    return path


def save_copy(book: Book, path: Path) -> None:
    """Write a copy of the book as it stands now.

    Args:
        path: A file that does not exist yet; its ending is the book's own.
    Raises:
        WorkbookError: The program did not write it.
    """
    try:
        _save(book, str(path))
    except WorkbookError:
        raise
    except Exception as error:  # each program reports this in a way of its own
        raise refused("refuse.no_copy", name=book.name, detail=error) from error
    if not path.exists():
        raise refused("refuse.no_copy_made", name=book.name)


def _save(book: Book, path: str) -> None:
    own = getattr(book.impl, "save_copy", None)
    if own is not None:
        own(path)
    elif hasattr(book.api, "SaveCopyAs"):
        book.api.SaveCopyAs(path)
    else:
        book.macro(SAVE_COPY_MACRO)(path)


def keep_backup(path: Path, copy: Path, now: dt.datetime) -> Path:
    """Keep a copy that was made of a book among its backups, and return the file.

    Raises:
        WorkbookError: The folder takes none; nothing was changed.
    """
    try:
        backup = back_up(path, now, copy)
        prune_backups(path, now)
    except OSError as error:
        raise refused("refuse.no_backup", folder=path.parent / FOLDER) from error
    return backup
