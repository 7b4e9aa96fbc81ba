"""The import log: which files were read, what was taken of them, what was refused and why."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from restock.schema.columns import normal_header
from restock.schema.date_cell import read_date
from restock.schema.outputs import IMPORT_LOG
from restock.text import Words
from restock_xl.package.read import BookContents
from restock_xl.previous import table_on_owned
from restock_xl.sheets.model import SheetModel
from restock_xl.sheets.output_sheets import Target, output_sheet

_LONGEST = 500


def read_log(contents: BookContents) -> list[dict[str, Any]]:
    """The lines of the log by column name, the newest first; days are dates."""
    name = table_on_owned(contents, IMPORT_LOG)
    found = contents.table_cells(name) if name else None
    if found is None:
        return []
    names = {normal_header(text): column.name for column in IMPORT_LOG.columns for text in (column.en, column.zh)}
    lines = []
    for row in found.rows:
        cells = {normal_header(header): value for header, value in row.items()}
        line = {names[header]: value for header, value in cells.items() if header in names}
        reading = read_date(line.get("imported_on"))
        line["imported_on"] = reading.value.date() if reading.value is not None else None
        lines.append(line)
    return [line for line in lines if line.get("fingerprint")]


def log_sheet(contents: BookContents, lines: list[dict[str, Any]], words: Words) -> SheetModel:
    """The sheet of the log with `lines`, the newest first."""
    book, owned = contents.book, contents.book.owned()
    sheet = owned.get("ImportLog") or book.free_sheet_name(IMPORT_LOG.sheet_name(words.language), "ImportLog")
    table = table_on_owned(contents, IMPORT_LOG) or book.free_table_name(IMPORT_LOG.name)
    frame = pd.DataFrame(lines, columns=[column.name for column in IMPORT_LOG.columns]).astype(object)
    frame["why"] = [str(text or "")[:_LONGEST] for text in frame["why"]]
    return output_sheet(IMPORT_LOG, words.language, frame, Target(sheet, table))


def day_of(lines: list[dict[str, Any]], fingerprint: str) -> dt.date | None:
    """The day on which a file was imported; None where it never was."""
    return next((line["imported_on"] for line in lines if line["fingerprint"] == fingerprint), None)
