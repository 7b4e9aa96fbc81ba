"""Older sales of a book, if Settings names a file that holds them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from restock.schema.inputs import SETTINGS
from restock.schema.settings_rows import typed_setting
from restock.schema.table_view import TableView
from restock.text import Words
from restock_xl.package.read import BookContents


def archive_path(contents: BookContents) -> Path | None:
    """Return the file with older sales, which lies beside the book; None where Settings names none."""
    table = contents.raw.tables.get("Settings")
    typed = None if table is None else typed_setting(TableView.of(table, SETTINGS), "sales_archive")
    name = Path(typed.strip()).name if isinstance(typed, str) else ""
    return contents.book.path.resolve().parent / name if name else None


def archived_sales(contents: BookContents) -> pd.DataFrame | None:
    """Return older sales, None where the book has none.

    Raises:
        WorkbookError: The file is missing or damaged, or the library that reads it is not installed.
    """
    path = archive_path(contents)
    if path is None:
        return None
    from restock_xl.archive.parquet import read_archive

    return read_archive(path, Words(contents.raw.language))
