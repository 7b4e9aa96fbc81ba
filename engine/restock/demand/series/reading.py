"""A table of daily sales as arrays, whatever its state; what was mended is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from restock.demand.series.panel import Flags, Grid, Panel, panel_of

LONGEST_DAYS = 1463
"""Four years and two days, 209 weeks: all that half-lives, two earlier years and past origins can use."""


@dataclass(frozen=True)
class Mended:
    """Rows of the history that were not taken as they stand.

    Attributes:
        returns_below_zero: Days of a series whose net sales were negative and count as 0.
        duplicate_days: Rows added to another row of the same series and day.
        unreadable: Rows without a series or a date, or with a quantity that is no finite number: a day with such
            a quantity is unknown, unless another row of the day has one.
        after_origin: Rows dated after the last day of history.
        too_old: Rows before the longest history that is used.
    """

    returns_below_zero: int
    duplicate_days: int
    unreadable: int
    after_origin: int
    too_old: int


@dataclass(frozen=True)
class SalesGrid:
    """The panel of a table, with its names.

    Attributes:
        panel: The series, in the order of `ids`.
        ids: (n_series,), every series of history and events, in order.
        first_day: The first day ahead, datetime64[D].
        mended: What was not taken as it stands.
    """

    panel: Panel
    ids: pd.Index[Any]
    first_day: Any
    mended: Mended


def read_sales(train: pd.DataFrame, horizon: int, events: pd.DataFrame | None = None) -> SalesGrid:
    """Return a table of daily sales as arrays.

    History ends on the day before the first of `events`, else on the last date of `train`. A series' selling
    period goes from its first row to the last date of any series; a day within it without a row is a day with
    0 sold, later days are unknown.

    Args:
        train: series_id, date, qty, units; optional promo, holiday, available (0 or blank: no; available: 1).
        horizon: Days ahead, >= 1.
        events: series_id, date and what is known of days ahead among promo, holiday and available; may be
            empty or lack series. A column counts only where it is known ahead; `available` otherwise says
            that an item was sold out.
    """
    rows, ahead = _rows(train), _rows(pd.DataFrame() if events is None else events)
    last = _last_day(rows, ahead)
    ids = _ids(rows, ahead)
    kept = (rows["date"] <= last) & (rows["date"] > last - np.timedelta64(LONGEST_DAYS, "D"))
    used = rows[kept.to_numpy()]
    days = int((last - used["date"].to_numpy().min()) / np.timedelta64(1, "D")) + 1 if len(used) else 1
    cells = _Cells(ids, last, days, horizon)
    net, count, known = _net_units(used, cells)
    selling = np.cumsum(count > 0, axis=1) > 0
    selling &= np.cumsum(count.sum(axis=0)[::-1])[::-1] > 0
    usable = selling & ((count == 0) | (known > 0))
    flags = {
        name: cells.flags(used, ahead, name, name == "available")
        for name in ("promo", "holiday", "available")
        if name in ahead and name in rows
    }
    if "available" in used and "available" not in flags:
        usable &= cells.flags(used, ahead.iloc[:0], "available", True)[:, :days]
    panel = panel_of(
        np.maximum(net, 0.0),
        usable,
        horizon,
        selling=selling,
        open_days=flags.get("available"),
        promo=flags.get("promo"),
        holiday=flags.get("holiday"),
    )
    mended = Mended(
        returns_below_zero=int((net < 0).sum()),
        duplicate_days=int(np.maximum(count - 1, 0).sum()),
        unreadable=len(train) - len(rows) + int(rows["qty"].isna().sum()),
        after_origin=int((rows["date"] > last).sum()),
        too_old=int((rows["date"] <= last - np.timedelta64(LONGEST_DAYS, "D")).sum()),
    )
    return SalesGrid(panel, ids, (last + np.timedelta64(1, "D")).astype("datetime64[D]"), mended)


class _Cells:
    """Where rows lie in grids of series and days."""

    def __init__(self, ids: pd.Index[Any], last: Any, days: int, horizon: int) -> None:
        self.ids, self.last, self.days, self.horizon = ids, last, days, horizon

    def of(self, rows: pd.DataFrame) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        series = self.ids.get_indexer(pd.Index(rows["series_id"]))
        ahead = (rows["date"].to_numpy() - self.last) / np.timedelta64(1, "D")
        return series.astype(np.int64), ahead.astype(np.int64) + self.days - 1

    def flags(self, rows: pd.DataFrame, ahead: pd.DataFrame, name: str, default: bool) -> Flags:
        """A column as (n_series, days + horizon): `default` where no row of the day says otherwise."""
        grid = np.full((len(self.ids), self.days + self.horizon), default)
        for part in (rows, ahead):
            if name in part:
                series, day = self.of(part)
                value = pd.to_numeric(part[name], errors="coerce").fillna(float(default)).to_numpy() > 0
                other = (value != default) & (day >= 0) & (day < grid.shape[1])
                grid[series[other], day[other]] = not default
        return grid


def _net_units(rows: pd.DataFrame, cells: _Cells) -> tuple[Grid, NDArray[np.int64], NDArray[np.int64]]:
    """Net units, rows, and rows with a number, of every series and day; each (n_series, days)."""
    series, day = cells.of(rows)
    cell, size, shape = series * cells.days + day, len(cells.ids) * cells.days, (len(cells.ids), cells.days)
    qty = rows["qty"].to_numpy(np.float64)
    known = np.isfinite(qty)
    # Rounding (§7) frees the sum from the order of its terms (§16).
    net = np.bincount(cell, weights=np.where(known, qty, 0.0), minlength=size).round(9)
    count, numbers = (np.bincount(one, minlength=size).astype(np.int64) for one in (cell, cell[known]))
    return net.reshape(shape).astype(np.float64), count.reshape(shape), numbers.reshape(shape)


def _rows(table: pd.DataFrame) -> pd.DataFrame:
    """The rows with a series and a date, dates as days, quantities as finite numbers or NaN."""
    rows = table.copy(deep=False)
    for name in ("series_id", "date"):
        if name not in rows:
            rows[name] = pd.Series(dtype=object)
    dates = pd.to_datetime(rows["date"], errors="coerce")
    if dates.dt.tz is not None:
        dates = dates.dt.tz_localize(None)
    rows["date"] = dates.dt.normalize().astype("datetime64[s]")
    if "qty" in rows:
        qty = pd.to_numeric(rows["qty"], errors="coerce").astype(np.float64)
        rows["qty"] = qty.where(np.isfinite(qty) & (qty.abs() <= 1e12))
    else:
        rows["qty"] = np.nan
    return rows[rows["date"].notna().to_numpy() & rows["series_id"].notna().to_numpy()]


def _last_day(rows: pd.DataFrame, ahead: pd.DataFrame) -> Any:
    """The last day of history: the day before the first known ahead, else the last with a row."""
    if len(ahead):
        return ahead["date"].to_numpy().min() - np.timedelta64(1, "D")
    return rows["date"].to_numpy().max() if len(rows) else np.datetime64("2000-01-01", "s")


def _ids(rows: pd.DataFrame, ahead: pd.DataFrame) -> pd.Index[Any]:
    """Every series in order; where names do not compare, in the order of their texts."""
    names = pd.Index(pd.unique(np.concatenate([part["series_id"].to_numpy(object) for part in (rows, ahead)])))
    try:
        return names.sort_values()
    except TypeError:
        return names[np.argsort(names.map(str).to_numpy(), kind="stable")]
