"""A sheet that is one table under a title and a line of help: every input and output sheet but Today and Start."""

from __future__ import annotations

from typing import Any

import pandas as pd

from restock.schema.columns import Column, Kind, Table
from restock.schema.words import CHOICES, word
from restock_xl.sheets.layout import FIRST_ROW, HEADER_ROW, HINT_ROW, TITLE_ROW
from restock_xl.sheets.model import CellModel, ColumnModel, Highlight, SheetModel, TableModel, Validation
from restock_xl.sheets.style import ROW_TINT, TAB_INPUT, TAB_OUTPUT, kind_style
from restock_xl.sheets.text_height import text_height

WRAPPED_WIDTH = 60
_FILTER_WIDTH = 3.0
TIER_CODES = {
    "if_red": ("RED", "红"),
    "if_orange": ("ORANGE", "橙"),
    "if_yellow": ("YELLOW", "黄"),
    "if_green": ("GREEN", "绿"),
    "if_grey": ("NO DATA", "缺数据", "NOT PLANNED", "未计算"),
}


def heading(title: str, hint: str) -> tuple[CellModel, ...]:
    """Title and one line of help."""
    return (CellModel(TITLE_ROW, 0, title, "title"), CellModel(HINT_ROW, 0, hint, "hint"))


def input_column(column: Column, language: str, source: str = "", width: float | None = None) -> ColumnModel:
    """An empty input column with its validation and input message."""
    return ColumnModel(
        column.header(language), [], kind_style("input", column.kind.value, column.unit), "header_input",
        column.width if width is None else width, validation=_validation(column, source),
        message=(column.header(language), column.help(language)) if column.help(language) else None,
    )  # fmt: skip


def _validation(column: Column, source: str) -> Validation | None:
    if source:
        return Validation(source=source)
    if column.kind is Kind.DATE:
        return Validation(dates=True)
    if column.kind is Kind.NUMBER and column.minimum is not None:
        return Validation(minimum=column.minimum, maximum=column.maximum)
    return None


def column_values(column: Column, frame: pd.DataFrame, language: str) -> list[Any]:
    """The values of a column that we write; keys of a closed list as words."""
    if column.name not in frame.columns:
        return [None] * len(frame)
    values = frame[column.name].tolist()
    if column.kind is Kind.CHOICE:
        known = CHOICES[column.choices]
        return [word(column.choices, value, language) if value in known else value for value in values]
    return values


def output_column(column: Column, language: str, values: list[Any]) -> ColumnModel:
    """A column that we write; the ones the user types into look like input."""
    prefix = "input" if column.typed else "plain"
    style = kind_style(prefix, column.kind.value, column.unit)
    if column.width >= WRAPPED_WIDTH:
        style = f"{prefix}_wrap"
    head = "header_input" if column.typed else "header"
    return ColumnModel(
        column.header(language), values, style, head, column.width, level=int(column.detail), hidden=column.detail
    )


def table_sheet(
    table: Table, language: str, columns: tuple[ColumnModel, ...], length: int, name: str = "", key: str = "",
    table_name: str = "", extra: tuple[CellModel, ...] = (), highlights: tuple[Highlight, ...] = (),
    hidden: bool = False, freeze_columns: int = 1, heights: dict[int, float] | None = None, print_columns: int = 0,
) -> SheetModel:  # fmt: skip
    """A sheet with `table` at the usual place, `length` rows long (at least one)."""
    title = table.sheet_name(language)
    model = TableModel(table_name or table.name, HEADER_ROW, 0, columns, max(length, 1))
    return SheetModel(
        name or title, key, heading(title, table.help(language)) + extra, (model,), highlights,
        freeze=(FIRST_ROW, freeze_columns), tab_color=TAB_OUTPUT if key else TAB_INPUT, hidden=hidden,
        row_heights={HEADER_ROW: _header_height(columns), TITLE_ROW: 24.0} | (heights or {}),
        paper_repeat=(HEADER_ROW, HEADER_ROW), print_columns=print_columns,
    )  # fmt: skip


def _header_height(columns: tuple[ColumnModel, ...]) -> float:
    """Room for the longest header that is shown, beside the button of its filter."""
    shown = (column for column in columns if not column.hidden)
    return max((text_height(one.header, max(one.width - _FILTER_WIDTH, 4.0)) for one in shown), default=18.0)


def tier_highlights(column: int, last_row: int, last_column: int, tint: bool = True) -> tuple[Highlight, ...]:
    """Colour the tier's cell by its word, in either language, and tint the row lightly."""
    letter = _letter(column)
    cell = f"${letter}{FIRST_ROW + 1}"
    lights = [
        Highlight(FIRST_ROW, column, last_row, column, _any_of(cell, codes), style)
        for style, codes in TIER_CODES.items()
    ]
    if tint:
        for code, style in ROW_TINT.items():
            words = next(codes for codes in TIER_CODES.values() if codes[0] == code)
            lights.append(Highlight(FIRST_ROW, 0, last_row, last_column, _any_of(cell, words), style))
    return tuple(lights)


def status_highlights(column: int, last_row: int) -> tuple[Highlight, ...]:
    """Colour the order status by its word."""
    cell = f"${_letter(column)}{FIRST_ROW + 1}"
    return (
        Highlight(FIRST_ROW, column, last_row, column, _any_of(cell, ("LATE", "已晚")), "if_late"),
        Highlight(FIRST_ROW, column, last_row, column, _any_of(cell, ("THIS WEEK", "本周")), "if_week"),
    )


def pick_highlights(column: int, last_row: int) -> tuple[Highlight, ...]:
    """Colour the decision of a show by its word, in either language."""
    cell = f"${_letter(column)}{FIRST_ROW + 1}"
    styles = {"IN": "if_green", "LIMIT": "if_orange", "OUT": "if_red", "NO DATA": "if_grey"}
    return tuple(
        Highlight(FIRST_ROW, column, last_row, column, _any_of(cell, CHOICES["pick"][code]), style)
        for code, style in styles.items()
    )


def _any_of(cell: str, words: tuple[str, ...]) -> str:
    tests = ",".join(f'{cell}="{word}"' for word in words)
    return f"=OR({tests})"


def _letter(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))
