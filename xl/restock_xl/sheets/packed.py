"""Many whole numbers in one cell: each with the same number of digits, so that MID() finds any of them (§43)."""

from __future__ import annotations

from typing import Any

import numpy as np

from restock.arithmetic.rounding import round9

Array = np.ndarray[Any, Any]


def whole(units: Array) -> Array:
    """Units as whole numbers, halves up; NaN stays.

    >>> whole(np.array([0.4, 2.5, np.nan])).tolist()
    [0.0, 3.0, nan]
    """
    return np.asarray(np.floor(round9(units) + 0.5))


def digits(*units: Array) -> int:
    """How many digits the largest number needs.

    >>> digits(np.array([[7.0, 130.0]]), np.array([[np.nan]]))
    3
    """
    largest = max((float(np.nanmax(one)) for one in units if one.size and not np.isnan(one).all()), default=0.0)
    return len(str(int(largest)))


def packed(units: Array, width: int) -> list[str]:
    """One text per row of whole numbers >= 0; "" for a row that holds NaN.

    >>> packed(np.array([[7.0, 130.0], [np.nan, 1.0]]), 3)
    ['007130', '']
    """
    rows, columns = units.shape
    known = np.asarray(~np.isnan(units).any(axis=1))
    numbers = np.nan_to_num(units).astype(np.int64)
    figures = numbers[:, :, None] // 10 ** np.arange(width - 1, -1, -1, dtype=np.int64) % 10
    texts = np.ascontiguousarray((figures + ord("0")).astype(np.uint8)).reshape(rows, columns * width)
    return [row.tobytes().decode() if is_known else "" for row, is_known in zip(texts, known.tolist(), strict=True)]
