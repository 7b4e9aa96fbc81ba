"""The pairs' sales put through the forecast core: a normal day ahead, its spread, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from restock.demand.history import History
from restock.demand.level import Level
from restock.demand.pairs import Pairs
from restock.demand.series import forecast_panels, panel_of
from restock.demand.series.bulk import bulk_limits
from restock.demand.series.reasons import Reasons

SPREAD_DAYS = 28
"""The spread of a day is that of four weeks, shared out: it holds the level's own uncertainty."""
BULK_TIMES, BULK_UNITS = 10.0, 20.0
"""A one-off order is above this many ordinary days, and above this many units."""
_DECIMALS = 9

Grid = NDArray[np.float64]


@dataclass(frozen=True)
class BulkOrders:
    """One-off orders that count neither for the level nor for how far demand spreads, one element each.

    Attributes:
        row: Place in `PairSeries.rows`.
        day: Column of the history.
        sold, kept: Units sold that day, and units that count.
    """

    row: NDArray[np.int64]
    day: NDArray[np.int64]
    sold: Grid
    kept: Grid


@dataclass(frozen=True)
class PairSeries:
    """What the core says of the pairs that have sold.

    Attributes:
        rows: (n_rows,), their positions on Stock.
        normal: (n_rows, days), mean units of each day ahead without events.
        mean: (n_rows, days), the same with events.
        variance: (n_rows, days), of the demand through each day, units squared, with events.
        levels: Chances of not being exceeded, rising.
        through: (n_rows, days, n_levels), units through each day that are not exceeded with those chances.
        reasons: What was chosen and why.
        bulk: One-off orders that were capped.
    """

    rows: NDArray[np.int64]
    normal: Grid
    mean: Grid
    variance: Grid
    levels: tuple[float, ...]
    through: Grid
    reasons: Reasons
    bulk: BulkOrders

    def at_level(self, chance: NDArray[np.float64]) -> Grid:
        """Return the units through each day at each row's own chance, (n_rows, days)."""
        place = np.searchsorted(np.array(self.levels), chance)
        return np.take_along_axis(self.through, place[:, None, None], axis=2)[:, :, 0]


def pair_series(
    pairs: Pairs, history: History, past: Grid, ahead: Grid, rows: NDArray[np.int64], levels: Sequence[float]
) -> PairSeries:
    """Return the forecast of the pairs in `rows`.

    Sales of days with an event are divided by its factor first, and the days ahead multiplied by theirs.

    Args:
        pairs: The planned pairs.
        history: Sales through yesterday.
        past: (n_pairs, history.days), factors of events; a day with factor 0 says nothing.
        ahead: (n_pairs, days), factors of events from today on.
        rows: Pairs that sold, positions on Stock.
        levels: Chances of not being exceeded.
    """
    # In the order of names, so that the order of Stock changes no last digit of a sum (§16).
    rows = rows[np.lexsort((pairs.warehouse[rows], pairs.sku[rows]))]
    counts = history.usable[rows] & (past[rows] > 0)
    units = np.divide(history.units[rows], past[rows], out=np.zeros(past[rows].shape), where=counts)
    units, bulk = without_bulk_orders(units)
    made = forecast_panels([panel_of(units, counts, ahead.shape[1])], levels)[0]
    normal = made.mean.round(_DECIMALS)
    factor = ahead[rows]
    mean = normal * factor
    scale = _ratio(np.cumsum(mean, axis=1), np.cumsum(normal, axis=1))
    return PairSeries(
        rows=rows,
        normal=normal,
        mean=mean,
        variance=made.variance.round(_DECIMALS) * scale**2,
        levels=made.levels,
        through=np.maximum.accumulate(made.quantiles.round(_DECIMALS) * scale[:, :, None], axis=1),
        reasons=made.reasons,
        bulk=bulk,
    )


def without_bulk_orders(units: Grid) -> tuple[Grid, BulkOrders]:
    """Return the units with one-off orders cut to what counts, and those orders.

    One-off is a day far above the third-largest of its series (`series.bulk`), above `BULK_TIMES` mean days and
    above `BULK_UNITS`: orders of that size that come again and again are demand.

    Args:
        units: (n_rows, days), units per day.

    >>> days = np.full((1, 40), 2.0)
    >>> days[0, 7] = 90.0
    >>> cut, bulk = without_bulk_orders(days)
    >>> cut[0, 7], bulk.day.tolist(), bulk.sold.tolist(), bulk.kept.tolist()
    (np.float64(21.0), [7], [90.0], [21.0])
    """
    limit = bulk_limits(units)[:, None]
    ordinary = np.minimum(units, limit).mean(axis=1, keepdims=True) if units.shape[1] else np.zeros((len(units), 1))
    kept = np.maximum(limit, np.maximum(BULK_TIMES * ordinary, BULK_UNITS))
    row, day = np.nonzero(units > kept)
    return np.minimum(units, kept), BulkOrders(row, day, units[row, day], kept[row, 0])


def _ratio(above: Grid, below: Grid) -> Grid:
    return np.divide(above, below, out=np.ones_like(above), where=below > 0)


def with_series(own: Level, series: PairSeries, history: History) -> Level:
    """Return the level of every pair, that of the core where it has one: the mean of the next four weeks."""
    level, daily_sd, profile = own.level.copy(), own.daily_sd.copy(), own.profile.copy()
    days = min(SPREAD_DAYS, series.normal.shape[1])
    level[series.rows] = series.normal[:, :days].mean(axis=1)
    spread = series.variance[:, days - 1] / np.maximum(days, 1)
    daily_sd[series.rows] = np.maximum(np.sqrt(spread), np.sqrt(level[series.rows]))
    yesterday = (history.start.weekday() + history.days - 1) % 7
    profile[series.rows] = np.roll(series.reasons.profile, yesterday + 1, axis=1)
    return replace(own, level=level, daily_sd=daily_sd, profile=profile)
