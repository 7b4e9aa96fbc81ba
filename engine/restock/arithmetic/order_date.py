"""The last day to order, and how urgent that makes it (CONVENTIONS §14)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from restock.arithmetic.rounding import Floats, ceil9, floor9

LATE, THIS_WEEK, FINE = "LATE", "THIS WEEK", "FINE"
STATUSES = (LATE, THIS_WEEK, FINE)

_CODES = np.array([*STATUSES, ""], dtype=object)


def order_by(runout_day: ArrayLike, lead_days: ArrayLike, buffer_days: ArrayLike = 0.0) -> Floats:
    """Return the last day on which an order still arrives before stock runs out: run-out − lead time −
    buffer.

    Args:
        runout_day: First day with unmet demand, as a day index or a date's serial number; NaN where it never
            runs out.
        lead_days: Days from order to sellable (production + route + check-in), >= 0; a part of a day counts
            as a day.
        buffer_days: Days to spare, >= 0.

    Source: CONVENTIONS §14. Sold out on 15 December (46371), 45 days by sea: order by 31 October (46326).

    >>> float(order_by(46371, 45)), float(order_by(14, 7.5, 2)), float(order_by(float("nan"), 45))
    (46326.0, 4.0, nan)
    """
    days = np.asarray(lead_days, dtype=np.float64) + np.asarray(buffer_days, dtype=np.float64)
    return np.asarray(floor9(runout_day) - ceil9(days))


def order_status(today: ArrayLike, order_by: ArrayLike, watch_days: ArrayLike = 7.0) -> NDArray[np.object_]:
    """Return LATE where order_by < today, THIS WEEK where order_by <= today + watch_days, else FINE; "" where
    NaN.

    Args:
        today, order_by: Day indices or serial numbers of dates, both of one kind.
        watch_days: Days ahead that count as this week, >= 0.

    Source: CONVENTIONS §14.

    >>> order_status(10, [9, 10, 17, 18, float("nan")]).tolist()
    ['LATE', 'THIS WEEK', 'THIS WEEK', 'FINE', '']
    """
    now, last, watch = np.broadcast_arrays(floor9(today), floor9(order_by), floor9(watch_days))
    number = np.select([np.isnan(last - now), last < now, last <= now + watch], [3, 0, 1], 2)
    return np.asarray(_CODES[number], dtype=object)
