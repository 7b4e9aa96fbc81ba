"""Our functions in files: found by formulas as a file is opened, and stored by the names that Excel knows.

LibreOffice 7.4 reads a name that it does not know from an .xlsx as small letters that mean nothing, and writes our
functions there by their UNO names, which Excel shows as #NAME?. A version that does both right leaves nothing to do.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from restock_xl.package.archive import Archive
from restock_xl.package.book import Book
from restock_xl.package.formula_book import formula_book
from restock_xl.package.function_names import ASIDE, CALC_NAMES, restore_names

from .bridge import path_of
from .formula_text import bind

FILES_SERVICE = "org.restock.Files"
OPENED, SAVED = "OnLoad", ("OnSaveDone", "OnSaveAsDone")
EVENTS = (OPENED, *SAVED)
_OURS = "RESTOCK_"
_FORMULA_CELLS = 16  # com.sun.star.sheet.CellFlags.FORMULA
EXCEL_FILES = (".xlsx", ".xlsm")


def document_event(event: str, document: Any) -> None:
    """Do what an event of a document asks for; other programs' documents are left alone."""
    if not document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
        return
    path = Path(path_of(document.URL))
    if path.suffix.lower() not in EXCEL_FILES:
        return
    if event in SAVED:
        store_excel_names(path)
    else:
        bind_again(document)


def bind_again(document: Any) -> int:
    """Let formulas of an opened file find our functions; return how many cells were bound.

    Names of the book that compute our functions elsewhere are renamed until it is saved.
    """
    was_modified = document.isModified()
    names = document.NamedRanges
    for name in names.ElementNames:
        if name.upper().startswith(_OURS):
            names.getByName(name).setName(ASIDE + name)
    count = 0
    for index in range(document.Sheets.Count):
        sheet = document.Sheets.getByIndex(index)
        for area in sheet.queryContentCells(_FORMULA_CELLS).RangeAddresses:
            block = sheet.getCellRangeByPosition(area.StartColumn, area.StartRow, area.EndColumn, area.EndRow)
            for row, texts in enumerate(block.getFormulaArray()):
                for column, text in enumerate(texts):
                    if _OURS in text.upper():
                        count += bind(block.getCellByPosition(column, row), text)
    document.setModified(was_modified)
    return count


def store_excel_names(path: Path) -> int:
    """Put the names that Excel knows into a file that LibreOffice has just saved; return how many were others.

    The file keeps its time of change, so that LibreOffice does not take it for changed by somebody else.
    """
    archive = Archive(path)
    book = Book(path, archive)
    parked = any((name.get("name") or "").startswith(ASIDE) for name in book.defined_names)
    if not parked and not any(CALC_NAMES.search(archive.read(sheet.part)) for sheet in book.sheets if sheet.part):
        return 0
    count = restore_names(formula_book(book))
    status = path.stat()
    partial = path.with_name(f".~restock-{os.getpid()}{path.suffix}")
    try:
        archive.save(partial)
        os.utime(partial, ns=(status.st_atime_ns, status.st_mtime_ns))
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)
    return count
