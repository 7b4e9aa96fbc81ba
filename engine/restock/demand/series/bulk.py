"""One-off bulk orders: days that sold far more than any other."""

from __future__ import annotations

import numpy as np

from restock.demand.series.panel import Grid

RANK = 3
"""A usual peak is the third-largest day of a series: two days may be odd."""
TIMES = 3.0
"""A day above this multiple of the usual peak is a bulk order; it counts as much as that."""
FEWEST_DAYS = 10
"""With fewer days with sales nothing is known of peaks."""


def bulk_limits(days: Grid) -> Grid:
    """Return the most that a day of each series counts for its level, units, (n_series,); infinite without sales.

    Args:
        days: (n_series, days), units per day.

    >>> days = np.zeros((1, 28))
    >>> days[0, ::2] = 2
    >>> days[0, 18] = 90
    >>> bulk_limits(days)
    array([6.])
    """
    if days.shape[1] < FEWEST_DAYS:
        return np.full(len(days), np.inf)
    peak = np.partition(days, -RANK, axis=1)[:, -RANK]
    return np.where((days > 0).sum(axis=1) >= FEWEST_DAYS, TIMES * peak, np.inf)
