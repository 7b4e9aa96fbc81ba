"""Forecasts of a table of daily sales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from restock.demand.series.outcome import QUANTILES, SeriesForecast, forecast_panels
from restock.demand.series.reading import SalesGrid, read_sales


@dataclass(frozen=True)
class TableForecast:
    """The forecast of a table.

    Attributes:
        grid: The table as read: names, first day, what was mended.
        series: The forecast, one row per name of `grid.ids`.
    """

    grid: SalesGrid
    series: SeriesForecast


def forecast(train: pd.DataFrame, horizon: int, events: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the forecast of every series and day: series_id, date, mean, cq0.5, cq0.9, cq0.95, cq0.98.

    `mean` is units per day; `cq` are quantiles of what sells from the first day ahead through that date, units.
    Rows stand by series and date. The attribute `report` of the frame counts what was mended, see `Mended`.

    Args:
        train: series_id, date, qty, units per day; optional promo, holiday, available, price.
        horizon: Days ahead, >= 1.
        events: What is known of the days ahead, see `read_sales`.
    Raises:
        DomainError: horizon is below 1.

    >>> days = pd.date_range("2026-10-01", periods=28)
    >>> sales = pd.DataFrame({"series_id": "MUG", "date": days, "qty": [4, 6] * 14})
    >>> forecast(sales, 7)["mean"].sum().round()
    np.float64(35.0)
    """
    return as_frame(forecast_table(train, horizon, events))


def forecast_table(
    train: pd.DataFrame,
    horizon: int,
    events: pd.DataFrame | None = None,
    levels: Sequence[float] = QUANTILES,
) -> TableForecast:
    """Return the forecast of a table with all that was chosen and mended; arguments as for `forecast`."""
    grid = read_sales(train, horizon, events)
    return TableForecast(grid, forecast_panels([grid.panel], levels)[0])


def as_frame(table: TableForecast) -> pd.DataFrame:
    """Return a forecast as rows of series and days."""
    series, count = table.series, len(table.grid.ids)
    horizon = series.mean.shape[1]
    days = (table.grid.first_day + np.arange(horizon)).astype("datetime64[ns]")
    frame = pd.DataFrame({"series_id": table.grid.ids.repeat(horizon), "date": np.tile(days, count)})
    frame["mean"] = series.mean.ravel()
    for place, level in enumerate(series.levels):
        frame[f"cq{level:g}"] = series.quantiles[:, :, place].ravel()
    frame.attrs["report"] = vars(table.grid.mended).copy()
    return frame
