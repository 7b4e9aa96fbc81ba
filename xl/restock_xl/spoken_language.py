"""In which language a failure is said: that of the book where it can still be read, else that of the computer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from restock.errors import RestockError

_BOOKS = (".xlsx", ".xlsm")


def said(error: RestockError, named: Sequence[str | Path]) -> str:
    """Return what a failure says to whoever works with these files; of several the first that can be read counts.

    Args:
        named: Names of files, with anything else among them.
    """
    return error.said(_language(named)) if error.chinese else str(error)


def _language(named: Sequence[str | Path]) -> str:
    from restock_xl.desktop.computer import computer_language
    from restock_xl.package.read import read_book

    for path in map(Path, named):
        try:
            if path.suffix.lower() in _BOOKS and path.is_file():
                return read_book(path).raw.language
        except (RestockError, OSError):
            continue
    return computer_language()
