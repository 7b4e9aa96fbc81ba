"""One sheet of a copy for a warehouse or a supplier: the banner, a line of help, a table with columns to type into."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from restock.schema.columns import Column, Kind, Table
from restock.schema.words import CHOICES, word
from restock_xl.sheets.layout import FIRST_ROW, HEADER_ROW, HINT_ROW, TITLE_ROW
from restock_xl.sheets.model import CellModel, ColumnModel, SheetModel, TableModel, Validation
from restock_xl.sheets.style import TAB_INPUT
from restock_xl.sheets.table_sheet import output_column

_UP_TO_A_MILLION = 1e6
_FROZEN_COLUMNS = 2


def role_sheet(table: Table, rows: Sequence[dict[str, Any]], language: str, banner: str, hint: str) -> SheetModel:
    """A sheet with `table` under the banner, A4 landscape, its headers repeated on every page.

    Args:
        rows: Values by column name; what a row lacks is blank.
        hint: The line under the banner.
    """
    columns = tuple(_column(column, rows, language) for column in table.columns)
    body = TableModel(table.name, HEADER_ROW, 0, columns, max(1, len(rows)))
    cells = (CellModel(TITLE_ROW, 0, banner, "title"), CellModel(HINT_ROW, 0, hint, "hint"))
    return SheetModel(
        table.sheet_name(language), "", cells, (body,), freeze=(FIRST_ROW, _FROZEN_COLUMNS), tab_color=TAB_INPUT,
        paper_repeat=(HEADER_ROW, HEADER_ROW), row_heights={TITLE_ROW: 26.0, HINT_ROW: 18.0, HEADER_ROW: 44.0},
    )  # fmt: skip


def carton_columns(units: float | None, case_pack: float | None) -> dict[str, float | None]:
    """Cartons and units per carton of a line; blank where goods do not come in cartons of several, or none is typed.

    >>> carton_columns(60, 48), carton_columns(60, 1)
    ({'cartons': 1.25, 'case_pack': 48}, {'cartons': None, 'case_pack': None})
    """
    known = units is not None and case_pack is not None and not math.isnan(case_pack) and case_pack > 1
    return {"cartons": units / case_pack, "case_pack": case_pack} if known else {"cartons": None, "case_pack": None}  # type: ignore[operator]


def _column(column: Column, rows: Sequence[dict[str, Any]], language: str) -> ColumnModel:
    values = [] if column.typed else [_shown(column, row.get(column.name), language) for row in rows]
    made = output_column(column, language, values)
    if column.name == "cartons":  # a part of a carton must show
        made = replace(made, style="plain_number")
    return replace(made, validation=_validation(column) if column.typed else None)


def _shown(column: Column, value: Any, language: str) -> Any:
    if column.kind is Kind.CHOICE and value in CHOICES[column.choices]:
        return word(column.choices, value, language)
    return value


def _validation(column: Column) -> Validation | None:
    if column.kind is Kind.DATE:
        return Validation(dates=True)
    return Validation(minimum=0, maximum=_UP_TO_A_MILLION) if column.kind is Kind.NUMBER else None
