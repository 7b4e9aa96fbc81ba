"""One-off bulk orders: days far above all that sells about them, and what of them counts as ordinary demand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

TIMES_DAILY = 10.0
LEAST_UNITS = 20.0
"""A bulk order is above both: 10 times a day's sales, and 20 units."""
REACH_DAYS = 28
"""A day's sales are the mean of the days this near."""
KNOWN_DAYS = 7
"""With fewer other days near, nothing says what is ordinary."""

Grid = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Spike:
    """One day that was capped.

    Attributes:
        series: Row of the grid.
        day: Column of the grid.
        sold: Units sold that day.
        kept: Units of it that count as ordinary demand.
    """

    series: int
    day: int
    sold: float
    kept: float


def cap_spikes(
    units: Grid,
    usable: Flags,
    expected: Flags | None = None,
    *,
    times: float = TIMES_DAILY,
    least: float = LEAST_UNITS,
) -> tuple[Grid, list[Spike]]:
    """Return the units with bulk orders capped, (n_series, days), and what was capped, by series and day.

    A day's sales are the mean of the other usable days within `REACH_DAYS`. A day above `times` that and above
    `least` units is a bulk order; of it max(`times` x daily, `least`) is kept, where daily now leaves out every bulk
    order. Days like it undo one another: demand that has truly jumped is a bulk order on its first days only.

    Args:
        units: (n_series, days), units per day, >= 0.
        usable: (n_series, days), False where a day says nothing about ordinary demand; such days are left as they are.
        expected: (n_series, days), days that may well be high (events, promotions, sales days): never capped, nor
            counted as a day's sales.
        times: How many times a day's sales, > 0.
        least: Units, >= 0.

    Forty days of 2, one of 500: 20 are kept.

    >>> units = np.full((1, 41), 2.0)
    >>> units[0, 20] = 500.0
    >>> capped, spikes = cap_spikes(units, units > 0)
    >>> float(capped[0, 20]), spikes
    (20.0, [Spike(series=0, day=20, sold=500.0, kept=20.0)])

    Source: winsorising, Tukey, "The future of data analysis", Annals of Mathematical Statistics 33 (1962); the
        threshold is the seller's (Settings of the design: 10 x daily and 20 units).
    """
    counted = usable if expected is None else usable & ~expected
    daily = _daily_of_others(units, counted)
    # A comparison with NaN, where too little is known, is False.
    high = counted & (units.round(9) > (times * daily).round(9)) & (units > least)
    ordinary = _daily_of_others(units, counted & ~high)
    kept = np.where(high, np.minimum(units, np.maximum(times * np.nan_to_num(ordinary), least)), units)
    series, day = np.nonzero(kept < units)
    rows = zip(series.tolist(), day.tolist(), units[series, day].tolist(), kept[series, day].tolist(), strict=True)
    return kept, [Spike(*row) for row in rows]


def _daily_of_others(units: Grid, counted: Flags) -> Grid:
    """Mean of the other counted days near each day, (n_series, days); NaN where there are too few."""
    days = _near(counted.astype(np.float64)) - counted
    sold = _near(np.where(counted, units, 0.0)) - np.where(counted, units, 0.0)
    return np.divide(sold, days, out=np.full(units.shape, np.nan), where=days >= KNOWN_DAYS)


def _near(grid: Grid) -> Grid:
    """The sum of each day and of `REACH_DAYS` days on either side, (n_series, days)."""
    days = grid.shape[1]
    through = np.concatenate([np.zeros((len(grid), 1)), np.cumsum(grid, axis=1)], axis=1)
    at = np.arange(days)
    return through[:, np.minimum(at + REACH_DAYS + 1, days)] - through[:, np.maximum(at - REACH_DAYS, 0)]
