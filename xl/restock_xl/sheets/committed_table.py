"""Accepted lines, below the suggestions of a sheet: side by side, a filter on one table would hide rows of both."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from restock.schema.columns import Column, Kind, Table
from restock.schema.words import words
from restock_xl.sheets.model import CellModel, ColumnModel, SheetModel, TableModel, Validation
from restock_xl.sheets.table_sheet import column_values, output_column

COMMITTED_ON = {"OrdersCommitted": "Orders", "TransfersCommitted": "Transfers"}
"""The sheet on which each of these tables stands."""
_BLANK_ROWS = 2
_HEADER_HEIGHT = 42.0


def with_committed(
    model: SheetModel, table: Table, frame: pd.DataFrame, language: str, table_name: str, between: int = 0
) -> SheetModel:
    """A sheet with accepted lines below its one table: two blank rows, a heading, a line of help, the table.

    Args:
        frame: The accepted lines (restock.ledger.committed).
        between: Rows below the first table that the user's cells need; one more stays blank.
    """
    above = model.tables[0]
    title = above.last_row + max(_BLANK_ROWS, between + 1) + 1
    columns = [_column(column, frame, language) for column in table.columns]
    upper, lower = _same_widths(above.columns, tuple(columns))
    below = TableModel(table_name, title + 2, 0, lower, max(1, len(frame)))
    cells = (CellModel(title, 0, table.sheet_name(language), "section"),
             CellModel(title + 1, 0, table.help(language), "hint"))  # fmt: skip
    return replace(
        model, cells=model.cells + cells, tables=(replace(above, columns=upper), below),
        row_heights=model.row_heights | {below.row: _HEADER_HEIGHT},
    )  # fmt: skip


def _column(column: Column, frame: pd.DataFrame, language: str) -> ColumnModel:
    made = output_column(column, language, column_values(column, frame, language))
    return replace(made, validation=_validation(column, language) if column.typed else None)


def _validation(column: Column, language: str) -> Validation | None:
    if column.kind is Kind.CHOICE:
        return Validation(words=tuple(words(column.choices, language)))
    if column.kind is Kind.DATE:
        return Validation(dates=True)
    return Validation(minimum=column.minimum) if column.kind is Kind.NUMBER else None


def _same_widths(
    upper: tuple[ColumnModel, ...], lower: tuple[ColumnModel, ...]
) -> tuple[tuple[ColumnModel, ...], tuple[ColumnModel, ...]]:
    """Both tables with the wider of two columns that stand below one another: a sheet has one width for both."""
    width = [max(a.width, b.width) for a, b in zip(upper, lower, strict=False)]

    def widened(columns: tuple[ColumnModel, ...]) -> tuple[ColumnModel, ...]:
        shared = [replace(column, width=wide) for column, wide in zip(columns, width, strict=False)]
        return (*shared, *columns[len(shared) :])

    return widened(upper), widened(lower)
