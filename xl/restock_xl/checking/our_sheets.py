"""Sheets of ours that are gone from a book of ours."""

from __future__ import annotations

from restock.schema.outputs import RUN_LOG
from restock.schema.tables import Problem
from restock_xl.package.read import BookContents
from restock_xl.previous import table_on_owned
from restock_xl.sheets.layout import TAB_BY_KEY, WRITTEN

_OF_CHARTS = {"Charts", "Trend", "TrendLines"}


def sheet_problems(contents: BookContents) -> list[Problem]:
    """Return a note for each sheet of ours that was deleted; renamed and moved ones are found by their mark."""
    owned, language = contents.book.owned(), contents.raw.language
    gone = [key for key in WRITTEN if key not in owned] if owned else []
    if not _was_pressed(contents):
        gone = [key for key in gone if key != "History"]  # made by the first press
    if set(gone) >= _OF_CHARTS:
        gone = [key for key in gone if key not in _OF_CHARTS]  # the last press was by a version without charts
    return [
        Problem("check.sheet_gone", "note", key, TAB_BY_KEY[key].name(language), params={"kind": key}) for key in gone
    ]


def _was_pressed(contents: BookContents) -> bool:
    name = table_on_owned(contents, RUN_LOG)
    cells = contents.table_cells(name) if name else None
    return cells is not None and bool(cells.rows)
