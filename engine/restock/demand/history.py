"""Sales as a grid of pairs and days, with the days marked that say nothing about ordinary demand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from restock.demand.livestream import show_days
from restock.demand.pairs import Pairs, pairs_of
from restock.schema.tables import Tables

LONGEST_HISTORY = 1100
"""Three years: the same weeks of two earlier years."""
_NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class History:
    """What was sold, one row per planned pair and one column per day.

    Attributes:
        start: Date of the first column; the last column is yesterday.
        units: (n_pairs, days), units per day, >= 0, returns netted within the day (§3). `days` may be 0.
        usable: (n_pairs, days), False where the day says nothing about ordinary demand.
        first_sale: (n_pairs,) datetime64[D], the first day on which the pair sold, even before `start`; NaT:
            never.
        last_sale: The latest sale date before today in the whole table; None without one.
        later_rows: Sales rows dated today or later, which are left out (§3).
    """

    start: dt.date
    units: NDArray[np.float64]
    usable: NDArray[np.bool_]
    first_sale: NDArray[np.datetime64]
    last_sale: dt.date | None
    later_rows: int

    @property
    def days(self) -> int:
        """How many days of history there are."""
        return self.units.shape[1]

    def latest(self, days: int) -> History:
        """The same history, at most the latest `days` of it."""
        cut = max(self.days - days, 0)
        return replace(
            self, start=self.start + dt.timedelta(cut), units=self.units[:, cut:], usable=self.usable[:, cut:]
        )


def build_history(tables: Tables, today: dt.date, sold_out: pd.DataFrame, max_days: int = LONGEST_HISTORY) -> History:
    """Return the sales of every planned pair by day, from the table's first sale to yesterday.

    A sale of a bundle counts for its contents, and for itself where the bundle stands on Stock. A day is not
    usable when a Sales row says the item was not in stock, when it lies in a sold-out spell, when a show of
    the pair fell on it (§11), or when it comes before the pair's first sale: an item newer than the table was
    not on sale then. A pair that never sold keeps those days, as days with nothing sold.

    Args:
        tables: Checked tables.
        today: Day 0 (§1); sales dated today or later are not history (§3).
        sold_out: Spells without stock: sku, warehouse, from, to (datetime64[s]); `to` is the last day of the
            spell, NaT where it has not ended. May be empty.
        max_days: Longest history, in days, > 0.
    """
    pairs = pairs_of(tables)
    day0 = np.datetime64(today, "D")
    dates = tables.sales["date"].to_numpy().astype("datetime64[D]")
    past = dates[dates < day0]
    start = max(past.min(), day0 - max_days) if len(past) else day0
    days = int((day0 - start).astype(np.int64))
    day = (dates - start).astype(np.int64)
    units, first = _units_by_day(tables, pairs, day, days)
    usable = ~(_said_sold_out(tables, pairs, day, days) | _spells(sold_out, pairs, start, days))
    usable &= ~show_days(tables, pairs, start, days)
    never = first == _NEVER
    usable &= (np.arange(days) >= first[:, None]) | never[:, None]
    first_sale = np.where(never, np.datetime64("NaT", "D"), start + np.where(never, 0, first))
    last_sale = past.max().astype(object) if len(past) else None
    return History(start.astype(object), units, usable, first_sale, last_sale, len(dates) - len(past))


def _units_by_day(
    tables: Tables, pairs: Pairs, day: NDArray[np.int64], days: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Net units, (n_pairs, days), and the day of each pair's first sale, (n_pairs,), or _NEVER."""
    sales = tables.sales
    rows, sku, factor = pairs.explode(sales["sku"], tables.bundles)
    pair = pairs.grid[sku, pairs.warehouse_codes(sales["warehouse"])[rows]]
    known = (pair >= 0) & (day[rows] < days)
    rows, pair = rows[known], pair[known]
    qty = sales["qty"].to_numpy(np.float64)[rows] * factor[known]
    first = np.full(len(pairs), _NEVER)
    np.minimum.at(first, pair[qty > 0], day[rows[qty > 0]])
    inside = day[rows] >= 0
    cells = pair[inside] * days + day[rows[inside]]
    net = np.bincount(cells, weights=qty[inside], minlength=len(pairs) * days)
    # Rounding (§7) frees the sum from the order of its terms (§16).
    return np.maximum(net.round(9), 0.0).reshape(len(pairs), days), first


def _said_sold_out(tables: Tables, pairs: Pairs, day: NDArray[np.int64], days: int) -> NDArray[np.bool_]:
    """The days on which a Sales row says "not in stock", (n_pairs, days)."""
    marked = ~tables.sales["in_stock"].to_numpy(bool) & (day >= 0) & (day < days)
    pair = pairs.find(tables.sales["sku"][marked], tables.sales["warehouse"][marked])
    found = np.zeros((len(pairs), days), bool)
    found[pair[pair >= 0], day[marked][pair >= 0]] = True
    return found


def _spells(sold_out: pd.DataFrame, pairs: Pairs, start: np.datetime64, days: int) -> NDArray[np.bool_]:
    """The days inside a sold-out spell, (n_pairs, days)."""
    edges = np.zeros((len(pairs), days + 1), np.int16)
    pair = pairs.find(sold_out["sku"], sold_out["warehouse"])
    known = (pair >= 0) & sold_out["from"].notna().to_numpy(bool)
    begin = sold_out["from"].to_numpy().astype("datetime64[D]")[known] - start
    end = sold_out["to"].to_numpy().astype("datetime64[D]")[known] - start
    end = np.where(np.isnat(end), np.timedelta64(days, "D"), end + 1)
    opened = np.clip(begin.astype(np.int64), 0, days)
    np.add.at(edges, (pair[known], opened), 1)
    np.add.at(edges, (pair[known], np.maximum(np.clip(end.astype(np.int64), 0, days), opened)), -1)
    return edges.cumsum(axis=1, dtype=np.int16)[:, :-1] > 0
