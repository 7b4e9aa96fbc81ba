"""Days left against a curve of cumulative need (CONVENTIONS §13)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from restock.arithmetic.cover import LONGEST_COVER
from restock.arithmetic.rounding import Floats, at_most_zero, round9


def cover_by_need(available: ArrayLike, days: ArrayLike, needs: ArrayLike) -> Floats:
    """Return the day d at which need(d) equals what is available, in days from 0 to 9999, shape (n,).

    need is linear between (0, 0) and the knots (days[j], needs[:, j]); past the last knot the last slope goes
    on. Where the available stock lies on a flat stretch the answer is its right end.

    Args:
        available: (n,), sellable units; NaN where not known.
        days: (k,), the knot days, > 0, strictly rising.
        needs: (n, k), units needed through each knot day, >= 0, never falling; NaN where not known.

    Nothing available is 0 days, whatever the needs are; needs that are all 0 give 9999; an unknown number
    gives NaN.
    Source: CONVENTIONS §13. LAMP-03 with 280 units, 20 a day and a show of 75 within day
    3:

    >>> cover_by_need([280, 280, 0], [3, 7, 15], [[135, 215, 375], [0, 0, 0], [1, 1, 1]]).tolist()
    [10.25, 9999.0, 0.0]
    """
    stock = np.asarray(available, dtype=np.float64)
    knots, curve = _from_zero(np.asarray(days, dtype=np.float64), np.asarray(needs, dtype=np.float64))
    reached = np.sum(round9(curve) <= round9(stock)[:, None], axis=1) - 1
    left = np.clip(reached, 0, len(knots) - 2)
    rows = np.arange(len(stock))
    width, height = np.diff(knots)[left], np.diff(curve, axis=1)[rows, left]
    with np.errstate(divide="ignore", invalid="ignore"):
        cover = knots[left] + (stock - curve[rows, left]) * width / height
    cover = np.where(at_most_zero(height), LONGEST_COVER, np.minimum(cover, LONGEST_COVER))
    known = ~(np.isnan(stock) | np.isnan(curve).any(axis=1))
    return np.asarray(np.where(at_most_zero(stock), 0.0, np.where(known, cover, np.nan)))


def _from_zero(days: Floats, needs: Floats) -> tuple[Floats, Floats]:
    """Put the knot (0, 0) before the others."""
    return np.concatenate([[0.0], days]), np.concatenate([np.zeros((needs.shape[0], 1)), needs], axis=1)
