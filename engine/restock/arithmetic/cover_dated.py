"""How long stock lasts when arrivals and shows fall on their own days."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from restock.arithmetic.cover import LONGEST_COVER
from restock.arithmetic.rounding import Floats, at_most_zero, floor9, round9


def cover_dated(
    available: ArrayLike, daily_demand: ArrayLike, days: ArrayLike, quantities: ArrayLike
) -> Floats:
    """Return the days until stock first runs out, in days from 0 to 9999, with arrivals and shows on their
    own days.

    Stock runs out before the first event day t with S(t) < d × t, S(t) being all supply before t; then at
    S(t) / d, but not before the event that lies ahead of t. Within a day what is dated comes first, then
    demand (CONVENTIONS §2).

    Args:
        available: Sellable units now; NaN where not known.
        daily_demand: d, units per day, >= 0; NaN where not known.
        days: (k,), day index of each event, 0 for today; earlier ones are left out, NaN too.
        quantities: (k,), units that arrive; negative for a show's demand; NaN counts as 0.

    Source: projected stock and forward cover as in SAP's days' supply, at a level rate. LAMP-03: 280 at 20 a
    day, a show of 75 on day 3, 240 arriving on day 8, sells out on day 22.

    >>> float(cover_dated(280, 20, [3, 8], [-75, 240])), float(cover_dated(100, 20, [3, 8], [-75, 240]))
    (22.25, 3.0)
    """
    stock, rate = np.broadcast_arrays(
        np.asarray(available, dtype=np.float64), np.asarray(daily_demand, dtype=np.float64)
    )
    event_days, amounts = _by_day(days, quantities)
    supply, since = stock.copy(), np.zeros_like(stock)
    done = np.zeros(stock.shape, dtype=bool)
    for day, amount in zip(event_days, amounts, strict=True):
        done |= (day > 0) & (round9(supply - rate * day) < 0)
        supply = np.where(done, supply, supply + amount)
        since = np.where(done, since, day)
    return _end_of_stretch(supply, since, rate)


def _by_day(days: ArrayLike, quantities: ArrayLike) -> tuple[Floats, Floats]:
    """The distinct event days from today on, rising, and the sum of each."""
    day, amount = floor9(np.ravel(days)), np.nan_to_num(np.ravel(np.asarray(quantities, dtype=np.float64)))
    ahead = day >= 0
    distinct, where = np.unique(day[ahead], return_inverse=True)
    return distinct, np.bincount(where, weights=amount[ahead], minlength=len(distinct)).astype(np.float64)


def _end_of_stretch(supply: Floats, since: Floats, rate: Floats) -> Floats:
    """When supply ends that has not changed since day `since`."""
    idle = at_most_zero(rate)
    with np.errstate(divide="ignore", invalid="ignore"):
        lasting = np.maximum(since, supply / np.where(idle, 1.0, rate))
    cover = np.where(idle, np.where(round9(supply) < 0, since, LONGEST_COVER), lasting)
    cover = np.where(np.isnan(supply) | np.isnan(rate), np.nan, np.minimum(cover, LONGEST_COVER))
    return np.asarray(cover)
