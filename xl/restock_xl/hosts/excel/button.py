"""What a macro starts: one command on the book it was pressed in, its outcome told in one message.

VBA runs `python -m restock_xl.hosts.excel.button recompute --wb=BOOK --hwnd=NUMBER` on Windows; on a Mac xlwings'
RunPython imports this module and calls the function. Nothing is imported here that a Python without xlwings lacks: the
exit code tells VBA what Python itself cannot say.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlwings

TOLD, NO_XLWINGS, NO_BOOK, NOT_TOLD = 0, 3, 4, 5
"""Exit codes, as RestockMacros.bas reads them."""


def recompute(book: xlwings.Book | None = None) -> None:
    """Recompute the open book (the calling one if None) and tell what came of it."""
    press("recompute", book)


def export(book: xlwings.Book | None = None) -> None:
    """Make the teammates' copy beside the book, and tell where it lies."""
    press("export", book)


def check(book: xlwings.Book | None = None) -> None:
    """Tell what is to be corrected in the book; nothing is written."""
    press("check", book)


def explain(book: xlwings.Book | None = None) -> None:
    """Show the arithmetic of the selected row."""
    press("explain", book)


def last_backup(book: xlwings.Book | None = None) -> None:
    """Open the newest backup of the book."""
    press("last_backup", book)


def press(command: str, book: xlwings.Book | None = None) -> str:
    """Run a command on an open book, leave the program as it was found, and tell the outcome; return what was told."""
    from restock_xl.live_commands import COMMANDS

    book = book or calling_book(sys.argv)
    now = dt.datetime.now()
    stays = command in ("recompute", "check", "export")
    with _as_found(book, stays) as tell:
        said = outcome(lambda: COMMANDS[command](book, now, tell), book)
    if said:
        book.app.alert(said, "Restock")
    return said


def outcome(run: Callable[[], str], book: xlwings.Book) -> str:
    """Return what a command says, be it what it did or the one sentence of its failure."""
    from restock.errors import RestockError
    from restock.text import Words, say

    try:
        return run()
    except RestockError as error:
        return error.said(_language(book))
    except Exception as error:  # the outermost edge: a defect is told, and where its log lies
        from restock_xl.defect import log_defect

        described = f"{type(error).__name__}: {error}"
        return say("live.defect", Words(_language(book)), error=described, log=log_defect(error))


def _language(book: xlwings.Book) -> str:
    """The language of the book, English where it cannot be told."""
    from restock_xl.live_commands import language_of

    with suppress(Exception):
        return language_of(book)
    return "en"


@contextmanager
def _as_found(book: xlwings.Book, stays: bool) -> Iterator[Callable[[str], None]]:
    """Yield what is told each step; afterwards calculation, drawing, status bar and selection are as they were."""
    from restock.text import Words, say
    from restock_xl.live_commands import language_of

    app = book.app
    calculation, drawing = app.calculation, app.screen_updating
    sheet, cells = book.sheets.active, app.selection
    words = Words(language_of(book))

    def tell(step: str) -> None:
        app.status_bar = say(f"live.{step}", words)

    try:
        app.screen_updating = False
        yield tell
    finally:
        app.calculation = calculation
        if stays:
            with suppress(Exception):  # the sheet may be hidden by now: then another one stays in front
                sheet.activate()
                if cells is not None:
                    cells.select()
        app.screen_updating = drawing
        app.status_bar = False


def calling_book(arguments: list[str]) -> xlwings.Book:
    """Return the book whose macro started this process.

    Raises:
        LookupError: No running program has it.
    """
    import xlwings

    given = dict(text[2:].split("=", 1) for text in arguments if text.startswith("--") and "=" in text)
    if "hwnd" not in given:
        return xlwings.Book.caller()
    for app in xlwings.apps:
        if app.hwnd == int(given["hwnd"]):
            return app.books[given["wb"]]
    raise LookupError(f"no Excel has the window {given['hwnd']}")


def main(arguments: list[str]) -> int:
    """Run one command for VBA and return the exit code that it reads."""
    try:
        import xlwings  # noqa: F401
    except ImportError:
        return NO_XLWINGS
    try:
        book = calling_book(arguments)
    except Exception:  # whatever COM raises: the book is out of reach, and VBA says so
        return NO_BOOK
    try:
        press(arguments[0], book)
    except Exception as error:  # not even the message could be shown
        from restock_xl.defect import log_defect

        log_defect(error)
        return NOT_TOLD
    return TOLD


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
