"""The two hidden sheets behind the charts: series by pair, packed; and the lines that Stock's small charts draw (§43).

Trend stands row by row beside Forecast, so the row number that Stock and Explain have already finds the series. Trend
lines unpacks them by formula for the row of Stock to which each line belongs: sorting Stock takes its lines along.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from restock.plan import Plan
from restock.schema.outputs import SOLD_PARTS, STOCK_WEEKS, TREND, TREND_LINES
from restock.text import Words, say
from restock_xl.sheets.layout import FIRST_ROW, TITLE_ROW, quoted
from restock_xl.sheets.model import CellModel, Formula, SheetModel
from restock_xl.sheets.output_sheets import Target, output_sheet
from restock_xl.sheets.packed import digits, packed, whole

SERIES = ("sales", "expected", "low", "high", "arrivals", "shows")
TREND_LETTERS = {column.name: xl_col_to_name(k) for k, column in enumerate(TREND.columns)}
WIDTH_CELL = "$E$1"
WEEK = 7
Array = np.ndarray[Any, Any]


def series_of(plan: Plan) -> dict[str, Array]:
    """Every series of the sheet in whole units, (n, ...); a pair that is not planned has NaN in those of stock."""
    ahead = plan.ahead
    found = {"sales": plan.trend, **{name: getattr(ahead, name) for name in SERIES[1:]}}
    return {name: whole(units) for name, units in found.items()}


def trend_sheet(plan: Plan, words: Words, target: Target) -> SheetModel:
    """One row per planned row of Stock, in the order of Forecast; every series is one text."""
    series = series_of(plan)
    width = digits(*series.values())
    frame = pd.DataFrame({"sku": plan.view["typed_sku"], "warehouse": plan.view["typed_warehouse"]})
    for name, units in series.items():
        frame[name] = packed(units, width)
    return output_sheet(TREND, words.language, frame, target, width_cells(words, width), freeze_columns=2)


def width_cells(words: Words, width: int | None = None) -> tuple[CellModel, ...]:
    """How many digits each number has, which the formulas read."""
    return (
        CellModel(TITLE_ROW, 3, say("chart.digits", words), "hint"),
        CellModel(TITLE_ROW, 4, width, "plain_number"),
    )


def lines_sheet(
    plan: Plan, words: Words, target: Target, trend: str, stock: tuple[str, str] | None, places: Mapping[int, int]
) -> SheetModel:
    """A row of formulas for each row of Stock that has a small chart.

    Args:
        trend: Name of the sheet with the series.
        stock: The sheet Stock and the letter of its column "Row on Forecast"; None in a book that has none.
        places: Row of Stock → row of this sheet, from 1.
    """
    names = [column.name for column in TREND_LINES.columns]
    found = dict(zip(plan.view["row"].tolist(), range(len(plan.view)), strict=True))
    drawn = {place: row for row, place in places.items() if row in found} if stock is not None else {}
    lines: list[list[Any]] = [[None] * len(names) for _ in range(max(drawn, default=FIRST_ROW) - FIRST_ROW)]
    values, formulas = _values(plan), _Lines(trend, *(stock or ("", "")), drawn)
    for place in sorted(drawn):
        lines[place - FIRST_ROW - 1] = formulas.row(place, values[found[drawn[place]]])
    frame = pd.DataFrame(lines, columns=names, dtype=object)
    return output_sheet(TREND_LINES, words.language, frame, target)


def _values(plan: Plan) -> list[list[Any]]:
    """What each pair's line shows: its row on Trend, what was sold in each part, stock week by week."""
    series = series_of(plan)
    weekly = series["expected"][:, ::WEEK][:, :STOCK_WEEKS]
    missing = np.full((len(weekly), STOCK_WEEKS - weekly.shape[1]), np.nan)
    rows = np.hstack([np.arange(len(weekly))[:, None] + FIRST_ROW + 1, series["sales"], weekly, missing])
    return np.where(np.isnan(rows), "#N/A", rows.astype(object)).tolist()


class _Lines:
    """The formulas of the sheet, each column stated once.

    Args:
        drawn: Row of this sheet → row of Stock.
    """

    def __init__(self, trend: str, stock_sheet: str, letter: str, drawn: Mapping[int, int]) -> None:
        self._stock, self._drawn = f"{quoted(stock_sheet)}!${letter}" if stock_sheet else "", drawn
        self._first, self._last = min(drawn, default=0), max(drawn, default=0)
        sheet, width = quoted(trend), f"{quoted(trend)}!{WIDTH_CELL}"
        self._points = [
            f"=IFERROR(VALUE(MID(INDEX({sheet}!${TREND_LETTERS[name]}:${TREND_LETTERS[name]},$A{self._first}),"
            f"{place}*{width}+1,{width})),NA())"
            for name, place in [
                *(("sales", k) for k in range(SOLD_PARTS)), *(("expected", WEEK * k) for k in range(STOCK_WEEKS))
            ]
        ]  # fmt: skip

    def row(self, place: int, values: list[Any]) -> list[Formula]:
        """The formulas of one row, with what they show."""
        row = f"{self._stock}{self._drawn[place]}"
        return [
            Formula(f"=IF(ISNUMBER({row}),{row},NA())", values[0]),
            *(self._shared(column, place, value) for column, value in enumerate(values[1:], start=1)),
        ]

    def _shared(self, column: int, place: int, value: Any) -> Formula:
        if place > self._first:
            return Formula("", value, (column, ""))
        letter = xl_col_to_name(column)
        return Formula(self._points[column - 1], value, (column, f"{letter}{place}:{letter}{self._last}"))
