"""Our functions in files: found by formulas as a file is opened, and stored by the names that Excel knows.

LibreOffice 7.4 reads a name that it does not know from an .xlsx as small letters that mean nothing, and writes our
functions there by their UNO names, which Excel shows as #NAME?. Newer versions do both right; then nothing is found here.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from restock_xl.package.archive import Archive
from restock_xl.package.book import Book
from restock_xl.package.formula_book import formula_book
from restock_xl.package.function_names import CALC_NAMES, restore_names

from .bridge import path_of
from .formula_text import bind

FILES_SERVICE = "org.restock.Files"
OPENED, SAVED = "OnLoad", ("OnSaveDone", "OnSaveAsDone")
EVENTS = (OPENED, *SAVED)
_FORMULA_CELLS = 16  # com.sun.star.sheet.CellFlags.FORMULA
_SUFFIXES = (".xlsx", ".xlsm")


def document_event(event: str, document: Any) -> None:
    """Do what an event of a document asks for; other programs' documents are left alone."""
    if not document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
        return
    path = Path(path_of(document.URL))
    if path.suffix.lower() not in _SUFFIXES:
        return
    if event in SAVED:
        store_excel_names(path)
    else:
        bind_again(document)


def bind_again(document: Any) -> int:
    """Let formulas of an opened file find our functions; return how many cells were bound.

    A book that explains the names itself (as Microsoft 365 does, by LAMBDA) is left as it is.
    """
    if any(name.upper().startswith("RESTOCK_") for name in document.NamedRanges.ElementNames):
        return 0
    count = 0
    for index in range(document.Sheets.Count):
        sheet = document.Sheets.getByIndex(index)
        for area in sheet.queryContentCells(_FORMULA_CELLS).RangeAddresses:
            block = sheet.getCellRangeByPosition(area.StartColumn, area.StartRow, area.EndColumn, area.EndRow)
            for row, texts in enumerate(block.getFormulaArray()):
                for column, text in enumerate(texts):
                    if "restock_" in text:
                        count += bind(block.getCellByPosition(column, row), text)
    return count


def store_excel_names(path: Path) -> int:
    """Put the names that Excel knows into a file that LibreOffice has just saved; return how many formulas changed.

    The file keeps its time of change, so that LibreOffice does not take it for changed by somebody else.
    """
    archive = Archive(path)
    if not any(CALC_NAMES.search(archive.read(part)) for part in archive.parts() if "/worksheets/" in part):
        return 0
    book = Book(path, archive)
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
