"""What the menu of the extension does, on the book in front of the LibreOffice that it runs in."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from restock.errors import RestockError
from restock.text import Words, say

from .bridge import enum

if TYPE_CHECKING:
    import xlwings

COMMANDS_SERVICE = "org.restock.Commands"
OPENED_SERVICE = "org.restock.Opened"
COMMANDS = ("recompute", "export", "check", "explain", "last_backup")
_FORMULA_CELLS = 16  # com.sun.star.sheet.CellFlags.FORMULA
_OURS = "restock_"
_BOUND = "RESTOCK_"
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
        return str(error)
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


def bind_again(document: Any) -> int:
    """Let formulas of an opened file find our functions; return how many cells were bound.

    LibreOffice 7.4 reads names that it does not know as it reads a file as small letters that mean nothing; typed
    again, they are found.
    """
    own = {name.upper() for name in document.NamedRanges.ElementNames}
    count = 0
    for index in range(document.Sheets.Count):
        sheet = document.Sheets.getByIndex(index)
        for area in sheet.queryContentCells(_FORMULA_CELLS).RangeAddresses:
            block = sheet.getCellRangeByPosition(area.StartColumn, area.StartRow, area.EndColumn, area.EndRow)
            for row, column, text in _unbound(block.getFormulaArray(), own):
                block.getCellByPosition(column, row).setFormula(text)
                count += 1
    return count


def _unbound(rows: Any, own: set[str]) -> Iterator[tuple[int, int, str]]:
    """Formulas with a name of ours that was not found, in capitals; names that the book itself explains stay."""
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if _OURS in text and not any(name.lower() in text for name in own if name.startswith(_BOUND)):
                yield row, column, _capitals(text)


def _capitals(text: str) -> str:
    """Write our names in capitals.

    >>> _capitals("=restock_tier(A1;2)&restock_action(B1)")
    '=RESTOCK_TIER(A1;2)&RESTOCK_ACTION(B1)'
    """
    import re

    return re.sub(r"\brestock_[a-z_]+(?=\()", lambda found: found[0].upper(), text)
