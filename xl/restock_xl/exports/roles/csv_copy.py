"""Tables of a copy as CSV files that Excel opens in any language and that cannot run anything."""

from __future__ import annotations

import csv
import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from restock.errors import WorkbookError
from restock_xl.sheets.model import SheetModel, TableModel
from restock_xl.sheets.values import cell_value

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_csv(models: Sequence[SheetModel], path: Path) -> list[Path]:
    """Write the tables of some sheets, one file each, and return the files.

    One table is written to `path`; of several each file's name ends in that of its sheet. The encoding is UTF-8 with a
    byte order mark, without which Excel shows Chinese wrongly; dates are year-month-day.

    Raises:
        WorkbookError: A file cannot be written.
    """
    tables = [(model.name, table) for model in models for table in model.tables]
    paths = [path if len(tables) == 1 else path.with_name(f"{path.stem}-{name}{path.suffix}") for name, _ in tables]
    for target, (_, table) in zip(paths, tables, strict=True):
        try:
            with open(target, "w", encoding="utf-8-sig", newline="") as stream:
                csv.writer(stream).writerows(_rows(table))
        except OSError as error:
            reason = error.strerror or error
            raise WorkbookError(f"{target} cannot be written: {reason}. Choose another folder.") from error
    return paths


def _rows(table: TableModel) -> Iterable[list[str]]:
    yield [csv_text(column.header) for column in table.columns]
    for place in range(table.length):
        row = [csv_text(column.values[place]) if place < len(column.values) else "" for column in table.columns]
        if any(row):
            yield row


def csv_text(value: Any) -> str:
    """A value as it stands in a CSV file; a text that a program could run as a formula gets an apostrophe in front.

    Full-width characters count as what they stand for, for some programs fold them. Numbers stay numbers.

    >>> csv_text("=1+1"), csv_text(-3.0), csv_text("-3"), csv_text("A-1")
    ("'=1+1", '-3', "'-3", 'A-1')
    """
    if isinstance(value, dt.date | pd.Timestamp) and not pd.isna(value):
        return f"{value:%Y-%m-%d}"
    plain = cell_value(value)
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return "TRUE" if plain else "FALSE"
    if isinstance(plain, float):
        return repr(plain).removesuffix(".0")
    folded = unicodedata.normalize("NFKC", plain)
    return f"'{plain}" if plain.startswith(_RISKY) or folded.lstrip(" ").startswith(_RISKY) else plain
