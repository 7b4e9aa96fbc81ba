"""The chart of Explain: stock day by day for the chosen pair, unpacked by formulas from the sheet Trend (§43)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from restock.plan import Plan
from restock.replenish.stock_ahead import AHEAD_DAYS
from restock.text import Words, say
from restock_xl.sheets.chart_model import Cells, Chart, Series
from restock_xl.sheets.explain_formulas import ExplainFormulas
from restock_xl.sheets.model import CellModel, Formula
from restock_xl.sheets.stock_formulas import TODAY_CELL
from restock_xl.sheets.trend_sheet import TREND_LETTERS, WIDTH_CELL, series_of

COLUMNS = ("date", "expected", "low", "band", "arrivals", "arrival_units", "shows", "show_units")
_PACKED = {"expected": "expected", "low": "low", "band": "high", "arrival_units": "arrivals", "show_units": "shows"}
_TITLES = {"arrival_units": "chart.arrival_units", "show_units": "chart.show_units"}
_WIDE, _HIGH = 1090, 350
LINE_COLOR, BAND_COLOR, ARRIVAL_COLOR, SHOW_COLOR = "#1F3A4D", "#CFE3E8", "#1F7A8C", "#C2570C"


@dataclass(frozen=True)
class SeriesPlace:
    """Where the columns stand: their header row and the first of them, from 0."""

    header_row: int
    column: int

    @property
    def last_column(self) -> int:
        """The last of them."""
        return self.column + len(COLUMNS) - 1

    def area(self, name: str) -> Cells:
        """Where a series stands."""
        column = self.column + COLUMNS.index(name)
        return Cells(self.header_row + 1, column, self.header_row + AHEAD_DAYS, column)

    @property
    def band_name(self) -> tuple[int, int]:
        """The cell that names the band, with the chance."""
        return self.header_row, self.column + COLUMNS.index("band")


class ExplainSeries:
    """The cells that the chart draws: a header, then a row per day; the packed texts stand in the row above it.

    Args:
        place: Where they stand.
        now: What the columns show for the pair that is chosen: a file keeps it beside the chart, for programs that
            only show files.
    """

    def __init__(self, formulas: ExplainFormulas, place: SeriesPlace, now: dict[str, list[Any]]) -> None:
        self._formulas, self._now = formulas, now
        self._row, self._column = place.header_row, place.column

    def cells(self) -> Iterator[CellModel]:
        """Headers, packed texts and formulas."""
        words = self._formulas.words
        trend = self._formulas.trend
        yield CellModel(self._row - 1, self._column, Formula(f"={trend}!{WIDTH_CELL}"), "formula_units")
        for column, name in enumerate(COLUMNS, start=self._column):
            title = say(_TITLES.get(name, f"chart.{name}"), words)
            header = Formula(self._formulas.band_name()) if name == "band" else title
            yield CellModel(self._row, column, header, "hint")
            if name in _PACKED:
                text = self._formulas.series(TREND_LETTERS[_PACKED[name]])
                yield CellModel(self._row - 1, column, Formula(text), "formula")
            style = "formula_date" if name == "date" else "formula_units"
            shown = self._now.get(name, [""] * AHEAD_DAYS)
            for day in range(AHEAD_DAYS):
                yield CellModel(self._row + 1 + day, column, Formula(self._formula(name, day), shown[day]), style)

    def _formula(self, name: str, day: int) -> str:
        own = {one: self._cell(one, day) for one in COLUMNS}
        if name == "date":
            return f"={self._formulas.forecast}!{TODAY_CELL}+{day}"
        if name in ("arrivals", "shows"):
            units = own["arrival_units" if name == "arrivals" else "show_units"]
            return f"=IF({units}>0,{own['expected']},NA())"
        number = self._unpacked(name, day)
        if name in ("arrival_units", "show_units"):
            return f"=IFERROR({number},0)"
        return f"=IFERROR({number}-{own['low']},NA())" if name == "band" else f"=IFERROR({number},NA())"

    def _unpacked(self, name: str, day: int) -> str:
        letter, row = xl_col_to_name(self._column + COLUMNS.index(name)), self._row
        width = f"${xl_col_to_name(self._column)}${row}"
        return f"VALUE(MID({letter}${row},{day}*{width}+1,{width}))"

    def _cell(self, name: str, day: int) -> str:
        return str(xl_rowcol_to_cell(self._row + 1 + day, self._column + COLUMNS.index(name)))


def shown_now(plan: Plan, sku: str, warehouse: str) -> dict[str, list[Any]]:
    """What the columns show for a pair; nothing where it is not planned."""
    view = plan.view
    rows = np.flatnonzero(((view["typed_sku"] == sku) & (view["typed_warehouse"] == warehouse)).to_numpy())
    if not len(rows):
        return {}
    series = {name: units[rows[0]] for name, units in series_of(plan).items()}
    stock, low = series["expected"], series["low"]
    found = {"expected": stock, "low": low, "band": series["high"] - low,
             "arrivals": np.where(series["arrivals"] > 0, stock, np.nan), "arrival_units": series["arrivals"],
             "shows": np.where(series["shows"] > 0, stock, np.nan), "show_units": series["shows"]}  # fmt: skip
    listed = {name: [*units.tolist(), *[np.nan] * (AHEAD_DAYS - len(units))] for name, units in found.items()}
    shown = {name: ["#N/A" if np.isnan(one) else one for one in units] for name, units in listed.items()}
    return shown | {"date": [plan.today + dt.timedelta(day) for day in range(AHEAD_DAYS)]}


def stock_chart(words: Words, series: SeriesPlace, row: int) -> Chart:
    """Expected stock as a line in its band; arrivals and shows as marks on it."""
    band = series.band_name
    shown = (
        Series("", series.area("low"), "base", BAND_COLOR),
        Series(say("chart.band", words), series.area("band"), "area", BAND_COLOR, name_cell=band),
        Series(say("chart.expected", words), series.area("expected"), "line", LINE_COLOR),
        Series(say("chart.arrivals", words), series.area("arrivals"), "marks", ARRIVAL_COLOR, mark="triangle"),
        Series(say("chart.shows", words), series.area("shows"), "marks", SHOW_COLOR, mark="diamond"),
    )
    return Chart("stock", say("chart.stock_title", words), row, 0, 4, _WIDE, _HIGH, series.area("date"), shown,
                 value_title=say("chart.units", words), category_format="yyyy-mm-dd", dates=True)  # fmt: skip
