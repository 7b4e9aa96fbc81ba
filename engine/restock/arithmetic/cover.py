"""How long stock lasts when it sells at one daily rate."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from restock.arithmetic.rounding import Floats, at_most_zero, floor9

LONGEST_COVER = 9999.0
"""Days of cover shown where nothing sells (CONVENTIONS §5): SAP's days' supply uses the same number."""


def days_of_cover(available: ArrayLike, daily_demand: ArrayLike, live_factor: ArrayLike = 1.0) -> Floats:
    """Return the days that `available` lasts, in days from 0 to 9999.

    cover = available / (daily_demand × live_factor)

    Args:
        available: Sellable units, on hand less reserved; NaN where not known.
        daily_demand: Units per day, >= 0; NaN where not known.
        live_factor: How many times a normal day is sold, > 0; 1 without livestreams.

    Nothing available is 0 days, whatever demand is; otherwise demand 0 is 9999 days and an unknown number
    gives NaN.
    Source: the ratio stock ÷ (daily sales × factor); order of the tests as in CONVENTIONS §8.

    >>> float(days_of_cover(280, 20)), float(days_of_cover(280, 20, 1.5).round(3))
    (14.0, 9.333)
    >>> days_of_cover([0, 100, 100, -5], [20, 0, float("nan"), float("nan")]).tolist()
    [0.0, 9999.0, nan, 0.0]
    """
    stock, rate = np.broadcast_arrays(
        np.asarray(available, dtype=np.float64),
        np.asarray(daily_demand, dtype=np.float64) * np.asarray(live_factor, dtype=np.float64),
    )
    idle = at_most_zero(rate)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ratio = np.minimum(stock / np.where(idle, 1.0, rate), LONGEST_COVER)
    cover = np.where(idle & ~np.isnan(stock), LONGEST_COVER, ratio)
    return np.asarray(np.where(at_most_zero(stock), 0.0, cover))


def runout_day(available: ArrayLike, daily_demand: ArrayLike, live_factor: ArrayLike = 1.0) -> Floats:
    """Return the first day with unmet demand, as a day index (0 is today); NaN where stock never runs out.

    runout = ⌊cover⌋: 280 at 20 a day are met on days 0 to 13, so that day 14 is the first without stock.
    Cover of 9999 days or more is no run-out. Arguments as in `days_of_cover`. Source: CONVENTIONS §14.

    >>> runout_day([280, 30, 0, 30], [20, 12, 12, 0]).tolist()
    [14.0, 2.0, 0.0, nan]
    """
    days = floor9(days_of_cover(available, daily_demand, live_factor))
    return np.asarray(np.where(days >= LONGEST_COVER, np.nan, days))
