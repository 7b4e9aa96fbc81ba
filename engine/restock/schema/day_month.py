"""Day and month the other way round: dates that a program read as month/day although they are day/month (§41).

Pasted into a program of another country, 13/11 stays text and 12/11 silently becomes 11 December. Such cells are real
dates, so each alone says nothing; together they jump from month to month where the sheet goes on day by day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
_PARTS = re.compile(r"\s*(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4})(?:\s.*)?")

LEAST_DAYS = 5
"""So many different days that are all 12 or less, before the whole is in doubt; fewer where texts are among them."""
_FEWER_DAYS = 3
_TIGHTER = 3.0
_FAR, _NEAR = 25, 7


@dataclass(frozen=True)
class Swapped:
    """A run of date cells that fit better with day and month exchanged.

    Attributes:
        first, last: Their places, inclusive; rows between that are no dates belong to the run.
        first_day, first_swapped: What stands in the first, and what it would be; days since 1970.
        days: How many different days.
    """

    first: int
    last: int
    first_day: int
    first_swapped: int
    days: int


def swapped(day: Array) -> Array:
    """Return days with day and month exchanged, NaN where that is no date or the same one.

    >>> swapped(np.array([20769.0, 20780.0]))  # 2026-11-12, 2026-11-23
    array([20798.,    nan])
    """
    known = ~np.isnan(day)
    dates = np.where(known, day, 0).astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    years = dates.astype("datetime64[Y]")
    number = (dates - months).astype(int) + 1
    month = (months - years).astype(int) + 1
    possible = known & (number <= 12) & (number != month)
    other = years + np.where(possible, number - 1, 0).astype("timedelta64[M]")
    result = other.astype("datetime64[D]").astype(float) + month - 1
    return np.where(possible, result, np.nan)


def swapped_run(day: Array, today: int, has_texts: bool = False) -> Swapped | None:
    """Return the run at the top, at the end or the whole of a column whose days and months are exchanged; else None.

    Args:
        day: The dates in sheet order, days since 1970, NaN where there is none, (n,).
        today: Day 0 in days since 1970; exchanged dates must not lie after it.
        has_texts: The column also has texts that can only be day/month/year, which a program left alone.
    """
    known = np.flatnonzero(~np.isnan(day))
    if not len(known):
        return None
    number = _day_of_month(day[known])
    late = np.flatnonzero(number > 12)
    runs = [(0, len(known))] if not len(late) else [(int(late[-1]) + 1, len(known)), (0, int(late[0]))]
    least = _FEWER_DAYS if has_texts else LEAST_DAYS
    for start, end in runs:
        places = known[start:end]
        if len(places) and _fits_better(day[places], today, least):
            first = int(places[0])
            other = swapped(day[places[:1]])
            shown = float(day[first]) if np.isnan(other[0]) else float(other[0])
            return Swapped(first, int(places[-1]), int(day[first]), int(shown), len(np.unique(day[places])))
    return None


def _fits_better(day: Array, today: int, least: int) -> bool:
    """Whether the exchanged days follow one another and the days as they stand do not."""
    days = np.unique(np.floor(day))
    other = swapped(days)
    both = np.where(np.isnan(other), days, other)
    if len(days) < least or (_day_of_month(days) == 1).all() or both.max() > today:
        return False
    return float(np.ptp(days)) > _TIGHTER * max(float(np.ptp(both)), len(days))


def out_of_order(day: Array) -> Swapped | None:
    """Return a run of one day at the end of a column that is far from the rows before it and near when exchanged."""
    known = np.flatnonzero(~np.isnan(day))
    days = np.floor(day[known])
    if len(days) < 2 or days[-1] == days[0]:
        return None
    start = int(np.flatnonzero(days != days[-1])[-1]) + 1
    before, last = float(days[start - 1]), float(days[-1])
    other = float(swapped(days[-1:])[0])
    if np.isnan(other) or abs(last - before) <= _FAR or abs(other - before) > _NEAR or (days[:start] == last).any():
        return None
    return Swapped(int(known[start]), int(known[-1]), int(last), int(other), 1)


def order_of(texts: Iterable[Any]) -> str:
    """Return "day" or "month": what comes first in texts such as 13/11/2026; "" where nothing tells or both do.

    >>> order_of(["05/11/2026", "13/11/2026"]), order_of(["11/13/2026"]), order_of(["05/11/2026"])
    ('day', 'month', '')
    """
    found = set()
    for text in texts:
        parts = _PARTS.fullmatch(text) if isinstance(text, str) else None
        if parts:
            first, second = int(parts[1]), int(parts[2])
            found |= {"day"} if first > 12 >= second else {"month"} if second > 12 >= first else set()
    return found.pop() if len(found) == 1 else ""


def _day_of_month(day: Array) -> Array:
    dates = day.astype("datetime64[D]")
    return (dates - dates.astype("datetime64[M]")).astype(int) + 1
