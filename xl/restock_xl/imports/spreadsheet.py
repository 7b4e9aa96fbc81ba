"""Excel files read as text: numbers as they stand in the cell, leading zeros of its format kept, dates in one form."""

from __future__ import annotations

import datetime as dt
import re
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from restock.errors import InputError
from restock.imports.recognise import HEADER_ROWS, recognise
from restock.imports.recognised import Recognised
from restock.imports.text_table import TextTable, text_table
from restock.schema.cell import shown
from restock.text import Words, say

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZEROS = re.compile(r"0{2,}")
Rows = list[list[str]]


def sheets_of(path: Path, words: Words) -> list[tuple[str, Rows]]:
    """Return the rows of every sheet as text.

    Raises:
        InputError: The file has a password or cannot be read.
    """
    with open(path, "rb") as stream:
        is_ole = stream.read(8) == OLE
    if is_ole and _ENCRYPTED in path.read_bytes():
        raise InputError(say("import.password", words, name=path.name))
    try:
        return _old_sheets(path) if is_ole else _sheets(path)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError, IndexError, AttributeError) as error:
        raise InputError(say("import.unreadable_file", words, name=path.name)) from error


def _sheets(path: Path) -> list[tuple[str, Rows]]:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        found = []
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # some exports state a wrong one
            found.append((sheet.title, [[_text(cell) for cell in row] for row in sheet.iter_rows()]))
        book.close()
    return found


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        width = len(cell.number_format) if _ZEROS.fullmatch(cell.number_format or "") else 0
        return shown(float(value) if abs(value) < 1e15 else value).zfill(width)
    return shown(value)


def _old_sheets(path: Path) -> list[tuple[str, Rows]]:
    import fastexcel
    import nanoarrow

    try:
        book = fastexcel.read_excel(path)
        found = []
        for name in book.sheet_names:
            sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
            rows = nanoarrow.Array(sheet).to_pylist() if sheet.height else []
            found.append((name, [["" if cell is None else str(cell) for cell in row.values()] for row in rows]))
    except fastexcel.FastExcelError as error:
        raise ValueError(str(error)) from error
    return found


def best_sheet(sheets: Sequence[tuple[str, Rows]]) -> tuple[Rows, Recognised | None]:
    """The rows of the first sheet whose headers are recognised, else of the first."""
    for _, rows in sheets:
        found = recognise(rows[:HEADER_ROWS])
        if found is not None:
            return rows, found
    return (sheets[0][1] if sheets else []), None


def columns_of(rows: Iterable[Sequence[str]], found: Recognised) -> TextTable:
    """The wanted columns under the headers."""
    under = list(rows)[found.header_row + 1 :]
    columns = {place: [row[place] if place < len(row) else "" for row in under] for place in found.wanted}
    numbers = [found.header_row + 2 + k for k in range(len(under))]
    return text_table(columns, numbers, [""] * len(under))
