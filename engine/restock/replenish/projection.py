"""Stock day by day: arrivals first, then demand; demand that is not met is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
_NOTHING = 5e-10
"""Less than this rounds to 0 at 9 decimals (§7). Stock itself is carried on unrounded, for errors would add up."""


@dataclass(frozen=True)
class Projection:
    """What project returns: stock at each day's end, first day with unmet demand (`days` where none), lost units.

    Attributes:
        stock, lost: (n, days), units.
        runout_day: (n,), day index.
        lost_units: (n,), units over all days.
    """

    stock: Array
    runout_day: Array
    lost_units: Array
    lost: Array


def project(available: Array, demand: Array, arrivals: Array, kept_days: int | None = None) -> Projection:
    """Project stock over the days, in units.

    I_t = max(0, I_{t-1} + r_t − d_t), lost_t = max(0, d_t − I_{t-1} − r_t). An oversold start (available below 0) is
    served first by what arrives.

    Args:
        available: Units that can be sold on the morning of day 0, (n,).
        demand: Units per day, >= 0, (n, days).
        arrivals: Units that become sellable at the start of each day, >= 0, (n, days).
        kept_days: Days for which `stock` is wanted, the first ones; all where None. The rest of it saves memory.
    Source: lost-sales projection, order of a day as in CONVENTIONS §2.

    >>> result = project(np.array([50.0]), np.full((1, 4), 20.0), np.array([[0, 0, 0, 100.0]]))
    >>> result.stock.tolist(), result.runout_day.tolist(), result.lost_units.tolist()
    ([[30.0, 10.0, 0.0, 80.0]], [2], [10.0])
    """
    n, days = demand.shape
    kept = days if kept_days is None else min(kept_days, days)
    stock, lost = np.empty((n, kept)), np.empty((n, days))
    level = np.asarray(available, dtype=float).copy()
    for day in range(days):
        balance = level + arrivals[:, day]
        after = balance - demand[:, day]
        after = np.where(np.abs(after) < _NOTHING, 0.0, after)
        lost[:, day] = np.minimum(np.maximum(-after, 0.0), demand[:, day])
        left = np.maximum(after, 0.0)
        if day < kept:
            stock[:, day] = left
        level = np.where(balance < 0, balance, left)
    unmet = lost > 0
    runout = np.where(unmet.any(axis=1), unmet.argmax(axis=1), days) if days else np.zeros(n, dtype=int)
    return Projection(stock, runout.astype(int), lost.sum(axis=1), lost)


def worst_shortage(available: Array, demand: Array, arrivals: Array) -> Array:
    """Return the units that are lost over all days, U = max over t of (cumulative demand − cumulative supply)⁺, (n,).

    The same as `project(…).lost_units` for a start that is not oversold, without going through the days.

    Args:
        available: Units that can be sold on the morning of day 0, >= 0, (n,).
        demand, arrivals: Units per day, >= 0, (n, days).
    Source: reflection identity of the lost-sales recursion (D12).

    >>> worst_shortage(np.array([50.0]), np.full((1, 4), 20.0), np.array([[0, 0, 0, 100.0]])).tolist()
    [10.0]
    """
    short = np.cumsum(demand - arrivals, axis=1) - np.asarray(available, dtype=float)[:, None]
    return np.asarray(np.maximum(short.max(axis=1, initial=0.0), 0.0))
