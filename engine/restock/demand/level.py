"""What a normal day sells: weekday profile, level and day-to-day spread of every pair."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from restock.demand.events import event_factors
from restock.demand.history import History
from restock.demand.pairs import Pairs
from restock.schema.tables import Tables

HALF_LIFE_DAYS = 28.0
"""A day four weeks back counts half."""
LOOK_BACK_DAYS = 180
"""Older days weigh under 1.2 %."""
PLAIN_MEAN_DAYS = 56
"""Eight whole weeks, so that every weekday counts alike."""
PROFILE_DAYS = 28
"""A weekday profile needs each weekday four times; with less history every weekday is alike."""
PROFILE_PRIOR_UNITS = 30.0
"""At this many units (times its dispersion) a pair's own sales of a weekday weigh as much as the pool's."""

_Grid = NDArray[np.float64]


@dataclass(frozen=True)
class Level:
    """The ordinary demand of every pair.

    Attributes:
        level: (n_pairs,), units per normal day, >= 0; NaN where nothing is known.
        daily_sd: (n_pairs,), standard deviation of a day about its expectation, units, >= sqrt(level).
        profile: (n_pairs, 7), factors from Monday to Sunday, mean 1.
        usable_days: (n_pairs,), usable days that `level` rests on, at most `LOOK_BACK_DAYS`.
    """

    level: _Grid
    daily_sd: _Grid
    profile: _Grid
    usable_days: NDArray[np.int64]


def estimate_level(tables: Tables, pairs: Pairs, history: History) -> Level:
    """Return the ordinary demand of every pair; its weekday profile leans on its warehouse.

    The level is sum(weight x units) / sum(weight x profile x event) over usable days, where the weight halves
    every `HALF_LIFE_DAYS`. It is 0 where a pair never sold though it could have (NO SALES), and NaN where no
    day is usable (NO DATA). With fewer than `settings.trust_days` usable days it leans toward the plain mean
    of the latest `PLAIN_MEAN_DAYS` usable days of the whole history, itself taken over no fewer than
    `trust_days`: one good first day is not a daily level.
    """
    recent = history.latest(LOOK_BACK_DAYS)
    events = event_factors(tables, pairs, recent.start, recent.days)
    counted = recent.usable & (events > 0)
    exposure, sold = np.where(counted, events, 0.0), np.where(counted, recent.units, 0.0)
    weekday = weekdays(recent.start, recent.days)
    profile = _profile(exposure, sold, weekday, pairs)
    expected = exposure * profile[:, weekday]
    age = 0.5 ** (np.arange(recent.days)[::-1] / HALF_LIFE_DAYS)
    level = _ratio(np.einsum("pd,d->p", sold, age), np.einsum("pd,d->p", expected, age))
    usable_days = counted.sum(axis=1)
    level = _lean_on_plain_mean(level, usable_days, tables, pairs, history)
    return Level(level, _daily_sd(level, sold, expected, age), profile, usable_days)


def weekdays(start: dt.date, days: int) -> NDArray[np.int64]:
    """Return the weekday of each day from `start` on, (days,), Monday 0.

    >>> weekdays(dt.date(2026, 11, 22), 3)
    array([6, 0, 1])
    """
    return (start.weekday() + np.arange(days)) % 7


def _profile(exposure: _Grid, sold: _Grid, weekday: NDArray[np.int64], pairs: Pairs) -> _Grid:
    """Weekday factors, (n_pairs, 7): a pair's own, shrunk toward its warehouse's, themselves toward 1."""
    if len(weekday) < PROFILE_DAYS:
        return np.ones((len(pairs), 7))
    mean = np.nan_to_num(_ratio(sold.sum(axis=1), exposure.sum(axis=1)))[:, None]
    own_sold, own_expected = _by_weekday(sold, weekday), mean * _by_weekday(exposure, weekday)
    pool_sold = np.zeros((len(pairs.warehouses), 7))
    pool_expected = np.zeros_like(pool_sold)
    np.add.at(pool_sold, pairs.warehouse, own_sold)
    np.add.at(pool_expected, pairs.warehouse, own_expected)
    # Rounding (§7) frees the pool from the order of Stock (§16).
    pools = _mean_one((pool_sold + PROFILE_PRIOR_UNITS) / (pool_expected + PROFILE_PRIOR_UNITS)).round(9)
    pool = pools[pairs.warehouse]
    fitted = mean * exposure * pool[:, weekday]
    dispersion = _ratio(((sold - fitted) ** 2).sum(axis=1), fitted.sum(axis=1))
    prior = PROFILE_PRIOR_UNITS * np.fmax(dispersion, 1.0)[:, None]
    return _mean_one((own_sold + prior * pool) / (own_expected + prior))


def _lean_on_plain_mean(
    level: _Grid, usable_days: NDArray[np.int64], tables: Tables, pairs: Pairs, history: History
) -> _Grid:
    trust = tables.settings.trust_days
    few = np.flatnonzero(usable_days < trust)
    if not (len(few) and history.days):
        return level
    events = event_factors(tables, pairs, history.start, history.days)[few]
    counted = history.usable[few] & (events > 0)
    counted &= counted[:, ::-1].cumsum(axis=1)[:, ::-1] <= PLAIN_MEAN_DAYS
    days = counted.sum(axis=1)
    per_day = np.divide(history.units[few], events, out=np.zeros_like(events), where=counted).sum(axis=1)
    plain = np.where(days > 0, per_day / np.maximum(days, trust), np.nan)
    own = usable_days[few] / trust
    leaning = level.copy()
    leaning[few] = np.where(own > 0, own * np.nan_to_num(level[few]), 0.0) + (1 - own) * plain
    return leaning


def _daily_sd(level: _Grid, sold: _Grid, expected: _Grid, age: _Grid) -> _Grid:
    """Spread of sold / expected about the level; weights are age x expected squared, to mute quiet days."""
    squares = np.einsum("pd,d->p", (sold - np.nan_to_num(level)[:, None] * expected) ** 2, age)
    spread = np.sqrt(np.nan_to_num(_ratio(squares, np.einsum("pd,d->p", expected**2, age))))
    return np.maximum(spread, np.sqrt(level))


def _by_weekday(grid: _Grid, weekday: NDArray[np.int64]) -> _Grid:
    return np.stack([grid[:, weekday == day].sum(axis=1) for day in range(7)], axis=1)


def _mean_one(factors: _Grid) -> _Grid:
    return factors / factors.mean(axis=1, keepdims=True)


def _ratio(above: _Grid, below: _Grid) -> _Grid:
    """above / below, NaN where nothing stands below."""
    return np.divide(above, below, out=np.full(np.shape(above), np.nan), where=below > 0)
