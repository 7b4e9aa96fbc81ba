"""Charts: how the rows of each warehouse stand, and what was sold beside what was forecast before."""

from __future__ import annotations

from typing import Any

import pandas as pd

from restock.demand.accuracy import FEWEST_DAYS_BEFORE, WINDOW_DAYS
from restock.plan import Plan
from restock.schema.columns import Table
from restock.schema.outputs import BY_WAREHOUSE, BY_WEEK
from restock.text import Words, say
from restock_xl.sheets.chart_model import Chart, ColumnOf, Series
from restock_xl.sheets.layout import HINT_ROW, TITLE_ROW
from restock_xl.sheets.model import CellModel, SheetModel, TableModel
from restock_xl.sheets.output_sheets import Target, Targets
from restock_xl.sheets.style import GREEN, GREY, ORANGE, RED, TAB_OUTPUT, YELLOW
from restock_xl.sheets.table_sheet import column_values, output_column

CHART_ROW, TABLE_ROW = 3, 24
_NOTE_ROW = HINT_ROW + 1
_WAREHOUSES, _WEEKS = 8, 16
"""Rows that the charts of a new book reach over: a program with the book open fills them and draws no charts anew."""
_WIDE, _HIGH, _BETWEEN = 600, 400, 24
_TIERS = {"red": RED, "orange": ORANGE, "yellow": YELLOW, "green": GREEN, "other": GREY}
SOLD_COLOR, MADE_COLOR, NOW_COLOR = "#B9C6D2", "#1F3A4D", "#C2570C"


def charts_sheet(plan: Plan | None, words: Words, targets: Targets) -> SheetModel:
    """The charts above the two tables that they draw; without weeks a sentence says why one is missing."""
    warehouses, weeks = (
        pd.DataFrame(columns=[column.name for column in table.columns]) for table in (BY_WAREHOUSE, BY_WEEK)
    )
    if plan is not None:
        warehouses, weeks = plan.warehouses, plan.weeks
    premade = (_WAREHOUSES, _WEEKS) if plan is None else (1, 1)
    first = _table(BY_WAREHOUSE, warehouses, words, targets["ByWarehouse"], 0, premade[0])
    second = _table(BY_WEEK, weeks, words, targets["ByWeek"], first.last_column + 2, premade[1])
    cells = [
        CellModel(TITLE_ROW, 0, say("chart.title", words), "title"),
        CellModel(HINT_ROW, 0, say("chart.hint", words), "hint"),
    ]
    if plan is not None and weeks.empty:
        needed = FEWEST_DAYS_BEFORE + WINDOW_DAYS
        cells.append(CellModel(_NOTE_ROW, 0, say("chart.no_weeks", words, needed=needed), "text"))
    charts = (_tiers(words), *(() if plan is not None and weeks.empty else (_weeks(words),)))
    return SheetModel(
        targets["Charts"].sheet, "Charts", tuple(cells), (first, second),
        row_heights={TITLE_ROW: 24.0, TABLE_ROW: 42.0}, tab_color=TAB_OUTPUT,
        hidden=targets["Charts"].hidden, gridlines=False, charts=charts,
    )  # fmt: skip


def _table(table: Table, frame: pd.DataFrame, words: Words, target: Target, column: int, rows: int) -> TableModel:
    columns = tuple(
        output_column(one, words.language, column_values(one, frame, words.language)) for one in table.columns
    )
    return TableModel(target.table, TABLE_ROW, column, columns, max(rows, len(frame)))


def _tiers(words: Words) -> Chart:
    names = [column.name for column in BY_WAREHOUSE.columns]
    series = tuple(
        Series(say(f"chart.{name}", words), ColumnOf(0, names.index(name)), "bar", color, labels=True)
        for name, color in _TIERS.items()
    )
    return Chart("tiers", say("chart.tiers", words), CHART_ROW, 0, 0, _WIDE, _HIGH, ColumnOf(0, 0), series,
                 value_title=say("chart.rows", words))  # fmt: skip


def _weeks(words: Words) -> Chart:
    looks: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("sold", "column", {"color": SOLD_COLOR}),
        ("made", "line", {"color": MADE_COLOR, "mark": "circle"}),
        ("now", "line", {"color": NOW_COLOR, "mark": "diamond", "dash": "dash"}),
    )
    series = tuple(
        Series(say(f"chart.{name}", words), ColumnOf(1, place), kind, **look)
        for place, (name, kind, look) in enumerate(looks, start=1)
    )
    return Chart("weeks", say("chart.weeks", words), CHART_ROW, 0, _WIDE + _BETWEEN, _WIDE, _HIGH, ColumnOf(1, 0),
                 series, say("chart.week", words), say("chart.units", words), category_format="mm-dd")  # fmt: skip
