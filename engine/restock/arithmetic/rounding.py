"""Rounding to nine decimals, before every floor, ceiling and comparison with a threshold (CONVENTIONS §7)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

_SCALE = 1e9
_ALREADY_COARSER = 2.0**23
"""From here on two neighbouring doubles lie more than 1e-9 apart, so that there is nothing to round."""


def round9(x: ArrayLike) -> Floats:
    """Return x rounded to 9 decimals, halves away from zero, as a spreadsheet's ROUND(x, 9) does.

    NaN and infinities stay. Source: CONVENTIONS §7.

    >>> float(round9(6.9999999999)), float(round9(0.1 + 0.2)), float(round9(-2.5e-9))
    (7.0, 0.3, -3e-09)
    """
    value = np.asarray(x, dtype=np.float64)
    small = np.abs(value) < _ALREADY_COARSER
    scaled = np.where(small, value, 0.0) * _SCALE
    rounded = np.copysign(np.floor(np.abs(scaled) + 0.5), scaled) / _SCALE
    return np.asarray(np.where(small, rounded, value))


def floor9(x: ArrayLike) -> Floats:
    """Return the whole number at or below x, where 6.9999999999 counts as 7 (CONVENTIONS §7).

    >>> float(floor9(6.9999999999)), float(floor9(6.99)), float(floor9(-0.5))
    (7.0, 6.0, -1.0)
    """
    return np.asarray(np.floor(round9(x)))


def ceil9(x: ArrayLike) -> Floats:
    """Return the whole number at or above x, where 7.0000000001 counts as 7 (CONVENTIONS §7).

    >>> float(ceil9(7.0000000001)), float(ceil9(7.01)), float(ceil9(0.5))
    (7.0, 8.0, 1.0)
    """
    return np.asarray(np.ceil(round9(x)) + 0.0)


def at_most_zero(x: ArrayLike) -> NDArray[np.bool_]:
    """Return where x is 0 or less after rounding; False where x is NaN.

    >>> bool(at_most_zero(0.1 + 0.2 - 0.3)), bool(at_most_zero(0.5)), bool(at_most_zero(float("nan")))
    (True, False, False)
    """
    return np.asarray(round9(x) <= 0)
