"""How far off the forecast would have been: made again on past days, each time from what was known then."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from restock.demand.events import event_days, event_factors
from restock.demand.history import History
from restock.demand.learned_calendar import learn_calendar
from restock.demand.pair_series import pair_series
from restock.demand.pairs import Pairs, pairs_of
from restock.schema.tables import Tables

WINDOW_DAYS = 14
"""A forecast is compared with the sales of the fortnight after it."""
MOST_ORIGINS, MOST_ORIGINS_LARGE, LARGE_PAIRS = 4, 2, 5000
"""So many fortnights back; fewer where there are more pairs than that, so that a press stays short."""
FEWEST_DAYS_BEFORE = 42
"""A forecast from fewer days of history is not judged."""
FEWEST_OWN_DAYS = 14
"""Nor that of a pair with fewer usable days."""
FEWEST_DAYS_IN = 7
"""A fortnight in which fewer days are usable says too little and is left out."""
AVERAGE_DAYS = 28
RULE_FACTOR = 1.5
"""The simple stock rule: the average day of four weeks, times the days to cover, times this."""
CLASSES = ("traffic", "profit", "long_tail")
_DECIMALS = 9

Grid = NDArray[np.float64]
Flags = NDArray[np.bool_]

SUMS = (
    "windows", "sold", "made", "error", "average_error", "weekday_error", "held", "rule_held", "stock", "rule_stock",
    "level",
)  # fmt: skip
"""What is added up over the fortnights of a pair, see `backtest`."""


@dataclass(frozen=True)
class Expected:
    """What was expected of the usable days of one fortnight, each (n_pairs,), units; 0 where it does not count.

    Attributes:
        origin: Column of the history at which it begins.
        weeks: What all pairs that count sold and what the forecast said, (2 weeks, 2), units.
        counts: Whether the pair has a forecast and enough usable days.
        sold: What was sold.
        made: What the forecast said.
        stock: What stock was meant to last, at the chance of the pair's class.
        average: The mean of the last 28 usable days before, on each day.
        weekday: The sales of the same weekday of the week before.
    """

    origin: int
    weeks: Grid
    counts: Flags
    sold: Grid
    made: Grid
    stock: Grid
    average: Grid
    weekday: Grid


def origins_of(days: int, pairs: int) -> list[int]:
    """Return the days on which a forecast is made again, as columns of the history, the latest first.

    Args:
        days: Days of history.
        pairs: How many pairs there are.

    >>> origins_of(100, 10), origins_of(100, 6000), origins_of(55, 10)
    ([86, 72, 58, 44], [86, 72], [])
    """
    most = MOST_ORIGINS if pairs <= LARGE_PAIRS else MOST_ORIGINS_LARGE
    found = [days - WINDOW_DAYS * back for back in range(1, most + 1)]
    return [origin for origin in found if origin >= FEWEST_DAYS_BEFORE]


def known_days(history: History) -> int:
    """Return the days of the history through its last sale: of later days the sales are not pasted yet."""
    if history.last_sale is None:
        return 0
    return min((history.last_sale - history.start).days + 1, history.days)


def seen_again(tables: Tables, history: History, classes: NDArray[np.object_]) -> list[Expected]:
    """Return the forecasts made again on past days, the latest first.

    Args:
        tables: Checked tables.
        history: Sales through yesterday.
        classes: (n_pairs,) object, class of each pair.
    """
    pairs, level = pairs_of(tables), chances(tables, classes)
    origins = origins_of(known_days(history), len(pairs))
    return [expected_at(tables, pairs, history, origin, level) for origin in origins]


def chances(tables: Tables, classes: NDArray[np.object_]) -> Grid:
    """Return the chance of not running out that each pair's class asks for, (n_pairs,)."""
    return np.array([tables.settings.service_level(name) for name in classes], np.float64)


def backtest(tables: Tables, classes: NDArray[np.object_], seen: list[Expected]) -> pd.DataFrame:
    """Return what forecasts of past days missed, one row per pair of Stock, columns `SUMS`.

    `windows` counts the fortnights compared; `sold`, `made`, `stock` and `rule_stock` are units summed over their
    usable days: sold, forecast, stock meant to last, stock of the simple rule (28-day mean x days x 1.5). `error`,
    `average_error` and `weekday_error` are the distances of each fortnight's sum from what was sold: of the
    forecast, of the 28-day mean, of the same weekday of the week before. `held` and `rule_held` count the
    fortnights that our stock and that of the rule would have lasted; `level` adds up the chance that was asked
    for. All are 0 where nothing could be compared.

    Args:
        tables: Checked tables.
        classes: (n_pairs,) object, class of each pair.
        seen: The forecasts made again, see `seen_again`.
    """
    level = chances(tables, classes)
    sums = {name: np.zeros(len(classes)) for name in SUMS}
    for one in seen:
        rule = RULE_FACTOR * one.average
        parts = {
            "windows": one.counts,
            "sold": one.sold,
            "made": one.made,
            "error": np.abs(one.made - one.sold),
            "average_error": np.abs(one.average - one.sold),
            "weekday_error": np.abs(one.weekday - one.sold),
            "held": one.counts & (one.sold <= one.stock),
            "rule_held": one.counts & (one.sold <= rule),
            "stock": one.stock,
            "rule_stock": rule,
            "level": np.where(one.counts, level, 0.0),
        }
        for name, part in parts.items():
            sums[name] += part
    return pd.DataFrame({name: column.round(_DECIMALS) for name, column in sums.items()})


def expected_at(tables: Tables, pairs: Pairs, history: History, origin: int, level: Grid) -> Expected:
    """Return what was expected of the fortnight from `origin` on by what was known on its eve, and what was sold.

    Args:
        tables: Checked tables; of their sales only those in `history` count.
        pairs: The planned pairs.
        history: Sales through yesterday.
        origin: Column of the history, at least `WINDOW_DAYS` before its end.
        level: (n_pairs,), chance of not running out of each pair's class.
    """
    before, window = _until(history, origin), slice(origin, origin + WINDOW_DAYS)
    counting = history.usable[:, window]
    rows = np.flatnonzero((before.units * before.usable).sum(axis=1) > 0)
    mean, through = np.zeros((len(pairs), WINDOW_DAYS)), np.zeros(len(pairs))
    if len(rows):
        mean, through = _forecast(tables, pairs, before, rows, level)
    counts = np.zeros(len(pairs), bool)
    counts[rows] = before.usable[rows].sum(axis=1) >= FEWEST_OWN_DAYS
    counts &= counting.sum(axis=1) >= FEWEST_DAYS_IN
    counting = counting & counts[:, None]
    made, whole = (mean * counting).sum(axis=1), mean.sum(axis=1)
    average = average_day(before)
    # The surplus of part of a fortnight grows with the root of its share, as that of independent days does.
    share = np.sqrt(np.divide(made, whole, out=np.zeros_like(made), where=whole > 0))
    stock = np.where(counts, np.maximum(made + (through - whole) * share, 0.0), 0.0)
    weekday = (same_weekday(before, average) * counting).sum(axis=1)
    sold_on = history.units[:, window] * counting
    sold = sold_on.sum(axis=1)
    weeks = np.stack([_by_week(sold_on), _by_week(mean * counting)], axis=1)
    return Expected(origin, weeks, counts, *(units.round(_DECIMALS) for units in (
        sold, made, stock, average * counting.sum(axis=1), weekday)))  # fmt: skip


def _by_week(units: Grid) -> Grid:
    """Units of all pairs in each week of a fortnight, (2,)."""
    return np.asarray(units.sum(axis=0).reshape(-1, 7).sum(axis=1).round(_DECIMALS))


def average_day(before: History) -> Grid:
    """Return the mean of the last 28 usable days, units per day, (n_pairs,); 0 without any."""
    back = np.cumsum(before.usable[:, ::-1], axis=1)[:, ::-1]
    taken = before.usable & (back <= AVERAGE_DAYS)
    days = taken.sum(axis=1)
    return np.asarray((before.units * taken).sum(axis=1) / np.maximum(days, 1))


def same_weekday(before: History, average: Grid) -> Grid:
    """Return the sales of the same weekday of the week before for each day of a fortnight, (n_pairs, 14).

    Where that day is not usable an earlier one within four weeks stands for it, else the average day.
    """
    week = np.repeat(average[:, None], 7, axis=1)
    for start in range(before.days - AVERAGE_DAYS, before.days, 7):
        days = slice(start, start + 7)
        week = np.where(before.usable[:, days], before.units[:, days], week)
    return np.tile(week, (1, WINDOW_DAYS // 7))


def _until(history: History, origin: int) -> History:
    """The history as it was on the morning of a day; nothing of that day or later remains."""
    cut = replace(history, units=history.units[:, :origin], usable=history.usable[:, :origin])
    return replace(cut, last_sale=None, later_rows=0)


def _forecast(tables: Tables, pairs: Pairs, before: History, rows: NDArray[np.int64], level: Grid) -> tuple[Grid, Grid]:
    """Mean units of each day, (n_pairs, 14), and stock that lasts through them, (n_pairs,), as a press makes them."""
    day = before.start + dt.timedelta(before.days)
    calendar = learn_calendar(tables, pairs, before, event_days(tables, pairs, before.start, before.days))
    past, ahead = (
        event_factors(tables, pairs, start, days, calendar.factors(start, days))
        for start, days in ((before.start, before.days), (day, WINDOW_DAYS))
    )
    chances = sorted({tables.settings.service_level(name) for name in CLASSES})
    series = pair_series(pairs, before, past, ahead, rows, chances)
    mean, through = np.zeros((len(pairs), WINDOW_DAYS)), np.zeros(len(pairs))
    mean[series.rows] = series.mean
    through[series.rows] = series.at_level(level[series.rows])[:, -1]
    return mean, through
