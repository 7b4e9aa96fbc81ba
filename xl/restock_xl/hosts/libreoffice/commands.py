"""What the menu of the extension does, on the book in front of the LibreOffice that it runs in."""

from __future__ import annotations

import datetime as dt
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from restock.errors import RestockError
from restock.text import Words, say

from .bridge import enum

if TYPE_CHECKING:
    import xlwings

COMMANDS_SERVICE = "org.restock.Commands"
COMMANDS = ("recompute", "export", "check", "explain", "last_backup")
_OK = 1  # com.sun.star.awt.MessageBoxButtons.BUTTONS_OK
_HEADLESS = "RESTOCK_TOLD"
"""Names a file that gets what would be said in a message, where nobody could read and close one."""


def run_command(command: str, context: Any) -> str:
    """Run a command on the book in front, tell what came of it in one message, and return that.

    Args:
        command: One of `COMMANDS`.
        context: The component context of the LibreOffice.
    """
    from .engine import connect

    app = connect(context)
    book = app.books.active
    said = _outcome(command, book)
    if said:
        _tell(said, book.impl.api, context)
    return said


def _outcome(command: str, book: xlwings.Book) -> str:
    """What a command says, be it what it did or the one sentence of its failure."""
    from restock_xl.live_commands import COMMANDS as RUN
    from restock_xl.live_commands import language_of

    words = Words()
    try:
        words = Words(language_of(book))

        def tell(step: str) -> None:
            book.app.status_bar = say(f"live.{step}", words)

        return RUN[command](book, dt.datetime.now(), tell)
    except RestockError as error:
        return error.said(words.language)
    except Exception as error:  # the outermost edge: a defect is told, and where its log lies
        from restock_xl.defect import log_defect

        return say("live.defect", words, error=f"{type(error).__name__}: {error}", log=log_defect(error))
    finally:
        with suppress(Exception):
            book.app.status_bar = False


def _tell(text: str, document: Any, context: Any) -> None:
    """Show a message over the book's window; a LibreOffice without windows writes it to a file, if one is named."""
    file = os.environ.get(_HEADLESS)
    if file:
        with open(file, "w", encoding="utf-8") as stream:
            stream.write(text)
        return
    window = document.CurrentController.Frame.ContainerWindow
    toolkit = context.ServiceManager.createInstanceWithContext("com.sun.star.awt.Toolkit", context)
    kind = enum("awt.MessageBoxType", "INFOBOX")
    toolkit.createMessageBox(window, kind, _OK, say("office.menu", Words()), text).execute()
