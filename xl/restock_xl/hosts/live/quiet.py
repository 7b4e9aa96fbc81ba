"""A program that neither redraws, nor calculates, nor asks while a book is written; afterwards all is as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlwings import App, Book

_QUIET = {"screen_updating": False, "calculation": "manual", "enable_events": False, "display_alerts": False}


@contextmanager
def quiet(book: Book) -> Iterator[None]:
    """Hold the program that has the book open; its settings and the selection come back on every path."""
    app = book.app
    sheet, selection = book.sheets.active.name, _selected(book)
    before = {name: getattr(app, name) for name in _QUIET}
    try:
        for name, value in _QUIET.items():
            setattr(app, name, value)
        yield
    finally:
        with suppress(Exception):  # what follows matters more than what was selected
            _select(book, sheet, selection)
        _restore(app, before)


def _restore(app: App, before: dict[str, object]) -> None:
    for name in reversed(_QUIET):
        with suppress(Exception):  # each setting, whatever becomes of the others
            setattr(app, name, before[name])


def _selected(book: Book) -> str | None:
    try:
        selection = book.selection
    except Exception:  # a chart or a shape
        return None
    return None if selection is None else str(selection.address)


def _select(book: Book, sheet: str, address: str | None) -> None:
    book.activate()
    if book.sheets.active.name != sheet:
        book.sheets[sheet].activate()
    if address is not None:
        book.sheets[sheet].range(address).select()
