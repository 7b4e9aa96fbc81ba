"""Functions of days: DATE and its parts, weeks, months, and the days between two dates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from restock.formula.cells import NUM, single
from restock.formula.frame import Value
from restock.formula.kernels.registry import Request, codes_where, kernel
from restock.formula.kernels.serials import (
    Dates,
    dated,
    month_length,
    month_start,
    shifted,
    toolpak,
    weekday,
    year_start,
)

_NEARLY = 3e-7  # how near to the next whole number DATE and TIME take an argument for it
_MOST = 1e7
_WEEK_STARTS = {1: 0, 2: 1, 11: 1, 12: 2, 13: 3, 14: 4, 15: 5, 16: 6, 17: 0}
_ISO_WEEKS = 21


def nearly_whole(number: Any) -> Any:
    """Return the whole part of numbers as DATE and TIME see it: what all but reaches a whole number is that number."""
    return np.floor(np.clip(number, -_MOST, _MOST) + _NEARLY).astype(np.int64)


@dated("DATE", reads="nnn", gives_day=True)
def _date(year: Any, month: Any, day: Any) -> Any:
    year, month, day = nearly_whole(year), nearly_whole(month), nearly_whole(day)
    months = np.where((year >= 0) & (year < 1900), year + 1900, year) * 12 + month - 1
    bad = (year < 0) | (year > 9999) | (months < 1900 * 12) | (months >= 10_000 * 12)
    return month_start(np.where(bad, 1900 * 12, months)) + day - 1, codes_where(bad, NUM)


@dated("YEAR", reads="m")
def _year(moment: Any) -> Any:
    return Dates.of(moment).year


@dated("MONTH", reads="m")
def _month(moment: Any) -> Any:
    return Dates.of(moment).month


@dated("DAY", reads="m")
def _day(moment: Any) -> Any:
    return Dates.of(moment).day


@dated("WEEKDAY", reads="d|n")
def _weekday(day: Any, system: Any = 1.0) -> Any:
    system = np.trunc(system)
    found: Any = np.zeros(np.broadcast(day, system).shape)
    known = np.zeros(found.shape, dtype=bool)
    for kind in np.unique(system).tolist():
        if kind != 3 and kind not in _WEEK_STARTS:
            continue
        here = np.broadcast_to(system == kind, found.shape)
        numbered = (weekday(day) - 1) % 7 if kind == 3 else (weekday(day) - _WEEK_STARTS[kind]) % 7 + 1
        found, known = np.where(here, numbered, found), known | here
    return found, codes_where(~known, NUM)


@toolpak("WEEKNUM", reads="d|n")
def _weeknum(day: Any, system: Any = 1.0) -> Any:
    system = np.trunc(system)
    found: Any = np.zeros(np.broadcast(day, system).shape)
    known = np.zeros(found.shape, dtype=bool)
    for kind in np.unique(system).tolist():
        if kind != _ISO_WEEKS and kind not in _WEEK_STARTS:
            continue
        here = np.broadcast_to(system == kind, found.shape)
        week = _iso_week(day) if kind == _ISO_WEEKS else _week_of_year(day, _WEEK_STARTS[kind])
        found, known = np.where(here, week, found), known | here
    return found, codes_where(~known | (day < 1), NUM)


def _week_of_year(day: Any, first_weekday: int) -> Any:
    """Week 1 holds the first of January."""
    january = year_start(Dates.of(day).year)
    return (day - january + (weekday(january) - first_weekday) % 7) // 7 + 1


def _iso_week(day: Any) -> Any:
    """The week belongs to the year that its Thursday lies in."""
    thursday = day - (weekday(day) - 1) % 7 + 3
    return (thursday - year_start(Dates.of(thursday).year)) // 7 + 1


@dated("ISOWEEKNUM", reads="d")
def _isoweeknum(day: Any) -> Any:
    return _iso_week(np.maximum(day, 1)), codes_where(day < 1, NUM)


@toolpak("EDATE", reads="dn", gives_day=True)
def _edate(day: Any, months: Any) -> Any:
    return shifted(Dates.of(day), _months(months))


@toolpak("EOMONTH", reads="dn", gives_day=True)
def _eomonth(day: Any, months: Any) -> Any:
    return shifted(Dates.of(day), _months(months), to_end=True)


def _months(number: Any) -> Any:
    return np.trunc(np.clip(number, -_MOST, _MOST)).astype(np.int64)


@dated("DAYS", reads="dd")
def _days(end: Any, start: Any) -> Any:
    return end - start


@dated("DAYS360", reads="mm|b")
def _days360(start: Any, end: Any, european: Any = np.False_) -> Any:
    """Days of a year of twelve months of 30 days.

    By the American way the end of February is a 30th, and an end on the 31st is the first of the next month unless
    the start is a 30th.
    """
    first, last = Dates.of(start), Dates.of(end)
    begin = np.where(first.is_february_end & ~european, 30, np.minimum(first.day, 30))
    finish = np.where((last.day == 31) & (european | (begin == 30)), 30, last.day)
    return (last.months - first.months) * 30 + finish - begin


@dated("DATEDIF", reads="dds")
def _datedif(start: Any, end: Any, unit: Any) -> Any:
    units = np.array([str(word).upper() for word in np.ravel(unit)], dtype=object).reshape(np.shape(unit))
    first, last = Dates.of(start), Dates.of(end)
    shape = np.broadcast_shapes(start.shape, end.shape, units.shape)
    found, known = np.zeros(shape), np.zeros(shape, dtype=bool)
    for word in set(units.ravel().tolist()) & set(_DIFFERENCES):
        here = np.broadcast_to(units == word, shape)
        found, known = np.where(here, _DIFFERENCES[word](first, last), found), known | here
    return found, codes_where(~known | (start > end), NUM)


def _whole_months(first: Dates, last: Dates) -> Any:
    return last.months - first.months - (last.day < first.day)


def _days_beyond_months(first: Dates, last: Dates) -> Any:
    """Excel borrows the length of the month before the end, whatever the start's; the answer may be negative."""
    days = last.day - first.day
    return np.where(days < 0, days + month_length(last.months - 1), days)


def _days_beyond_years(first: Dates, last: Dates) -> Any:
    """The end is put into the year after the start, except after a 29th of February: then the start moves."""
    again = (last.month * 32 + last.day) < (first.month * 32 + first.day)
    moved_end = month_start((first.year + again) * 12 + last.month - 1) + last.day - 1
    moved_start = month_start((last.year - again) * 12 + first.month - 1) + first.day - 1
    leap_day = (first.month == 2) & (first.day == 29)
    return np.where(leap_day, last.serial - moved_start, moved_end - first.serial)


_DIFFERENCES: dict[str, Callable[[Dates, Dates], Any]] = {
    "D": lambda first, last: last.serial - first.serial,
    "M": _whole_months,
    "Y": lambda first, last: _whole_months(first, last) // 12,
    "YM": lambda first, last: _whole_months(first, last) % 12,
    "MD": _days_beyond_months,
    "YD": _days_beyond_years,
}


@kernel("TODAY", most=0)
def _today(request: Request) -> Value:
    return single(float(np.floor(request.frame.engine.now())))


@kernel("NOW", most=0)
def _now(request: Request) -> Value:
    return single(request.frame.engine.now())
