"""A plan's value as a cell holds it: text, number, truth value, or nothing."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import numpy as np
import pandas as pd

_EPOCH_1900, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)


def serial(day: dt.date, date1904: bool = False) -> int:
    """Excel's number of a day.

    >>> serial(dt.date(2026, 11, 23))
    46349
    """
    return (day - (_EPOCH_1904 if date1904 else _EPOCH_1900)).days


def cell_value(value: Any, date1904: bool = False) -> str | float | bool | None:
    """What to write for `value`: dates as serial numbers, NaN, NaT and "" as None."""
    if value is None:
        return None
    if isinstance(value, str):
        return value[:32767] or None
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, float | int | np.floating | np.integer):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if value is pd.NaT:
        return None
    if isinstance(value, dt.datetime):
        seconds = value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6
        return serial(value.date(), date1904) + seconds / 86400
    if isinstance(value, dt.date):
        return float(serial(value, date1904))
    raise TypeError(f"a cell cannot hold {type(value).__name__}")
