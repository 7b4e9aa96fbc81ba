"""What an earlier press forecast, kept until it can be held against what was then sold."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from restock.demand.history import History
from restock.demand.pairs import Pairs

FEWEST_DAYS = 7
"""A forecast is held against sales after this many days."""
KEPT_DAYS = 28
"""One that is older gives way to that of the last press, however recent."""

Grid = NDArray[np.float64]


@dataclass(frozen=True)
class EarlierPress:
    """What an earlier press planned with for each pair.

    Attributes:
        daily: (n_pairs,), units per day; NaN where none is kept.
        on: (n_pairs,) datetime64[D], the day of that press; NaT where none is kept.
    """

    daily: Grid
    on: NDArray[np.datetime64]


def earlier_press(pairs: Pairs, stock: pd.DataFrame, remembered: pd.DataFrame, today: dt.date) -> EarlierPress:
    """Return the press that each pair's sales are held against; a second press on one day finds the same.

    That is the last press where it lies at least `FEWEST_DAYS` back; else the one kept so far, for at most
    `KEPT_DAYS`; else the last press before today.

    Args:
        pairs: The planned pairs.
        stock: The Stock table.
        remembered: The History table of the last press; may lack `earlier_daily` and `earlier_on`.
        today: Day 0 (§1).
    """
    none = EarlierPress(np.full(len(stock), np.nan), np.full(len(stock), np.datetime64("NaT", "D")))
    if remembered.empty:
        return none
    found = remembered.reindex(columns=["sku", "warehouse", "daily", "pressed_on", "earlier_daily", "earlier_on"])
    place = pairs.find(found["sku"], found["warehouse"])
    last, kept = (_laid(found, place, len(stock), *names) for names in (
        ("daily", "pressed_on"), ("earlier_daily", "earlier_on")))  # fmt: skip
    since_last, since_kept = (_days_since(one, today) for one in (last, kept))
    renewed = (since_last >= FEWEST_DAYS) | ((since_last > 0) & ~((since_kept > 0) & (since_kept < KEPT_DAYS)))
    daily, on = np.where(renewed, last.daily, kept.daily), np.where(renewed, last.on, kept.on)
    known = np.isfinite(daily) & (on < np.datetime64(today, "D"))
    return EarlierPress(np.where(known, daily, np.nan), np.where(known, on, none.on))


def _laid(found: pd.DataFrame, place: NDArray[np.int64], count: int, daily: str, on: str) -> EarlierPress:
    """Two columns of the table as arrays by pair."""
    known = place >= 0
    units, days = np.full(count, np.nan), np.full(count, np.datetime64("NaT", "D"))
    units[place[known]] = pd.to_numeric(found[daily], errors="coerce").to_numpy(np.float64)[known]
    days[place[known]] = pd.to_datetime(found[on]).to_numpy().astype("datetime64[D]")[known]
    return EarlierPress(units, days)


def _days_since(press: EarlierPress, today: dt.date) -> Grid:
    """Days since each press, (n_pairs,); NaN where there is none to hold anything against."""
    days = (np.datetime64(today, "D") - press.on).astype(np.float64)
    return np.where(np.isnat(press.on) | ~np.isfinite(press.daily), np.nan, days)


def held_against(press: EarlierPress, history: History, known_days: int) -> pd.DataFrame:
    """Return what each pair was planned to sell since that press and what it sold, on usable days.

    Columns, one row per pair: `planned` and `sold`, units, NaN where fewer than `FEWEST_DAYS` usable days have
    passed; `days`, how many count.

    Args:
        press: The press.
        history: Sales through yesterday.
        known_days: Days of the history of which sales are known.
    """
    day = np.arange(history.days)
    first = np.where(np.isnat(press.on), history.days, (press.on - np.datetime64(history.start, "D")).astype(np.int64))
    counting = history.usable & (day >= first[:, None]) & (day < known_days)
    days = counting.sum(axis=1)
    enough = (days >= FEWEST_DAYS) & (first >= 0)
    planned, sold = press.daily * days, (history.units * counting).sum(axis=1).round(9)
    return pd.DataFrame({
        "planned": np.where(enough, planned, np.nan), "sold": np.where(enough, sold, np.nan), "days": days,
    })  # fmt: skip
