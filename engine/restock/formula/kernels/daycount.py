"""The five ways to count the days between two dates and in a year: YEARFRAC, and what bonds need.

Basis 0 is the American year of 360 days, 1 real days, 2 real days of a year of 360, 3 real days of a year of 365, 4 the
European year of 360 days. Source of basis 0 and 1: David A. Wheeler, "YEARFRAC Incompatibilities between Excel 2007
and OOXML", 2008.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from restock.formula.cells import NUM
from restock.formula.kernels.registry import codes_where
from restock.formula.kernels.serials import Dates, month_length, month_start, toolpak, year_start


def days_american(start: Dates, end: Dates, both: bool = False) -> Any:
    """Return days of a year of twelve months of 30 days, as American bonds count them.

    Args:
        both: Whether an end on the last of a month is a 30th whatever the start is.
    """
    finish = np.where(end.is_february_end & (start.is_february_end | both), 30, end.day)
    finish = np.where((finish == 31) & ((start.day >= 30) | both), 30, finish)
    begin = np.where(start.is_february_end, 30, np.minimum(start.day, 30))
    return (end.months - start.months) * 30 + finish - begin


def days_european(start: Dates, end: Dates) -> Any:
    """Return days of a year of twelve months of 30 days, as European bonds count them."""
    return (end.months - start.months) * 30 + np.minimum(end.day, 30) - np.minimum(start.day, 30)


def days_between(start: Dates, end: Dates, basis: Any) -> Any:
    """Return the days between two dates by a basis."""
    real = end.serial - start.serial
    return np.where(basis == 0, days_american(start, end), np.where(basis == 4, days_european(start, end), real))


def days_in_year(start: Dates, end: Dates, basis: Any) -> Any:
    """Return the length of the year between two dates by a basis."""
    return np.where(basis == 1, _real_year(start, end), np.where(basis == 3, 365, 360))


def _real_year(start: Dates, end: Dates) -> Any:
    """A year or less has 366 days if a 29th of February lies in it; more count as the mean of their calendar years."""
    later = (start.month > end.month) | ((start.month == end.month) & (start.day >= end.day))
    short = (start.year == end.year) | ((start.year + 1 == end.year) & later)
    leap = _leap_day_between(start, end)
    years = end.year - start.year + 1
    mean = (year_start(end.year + 1) - year_start(start.year)) / years
    return np.where(short, np.where(leap, 366, 365), mean)


def _leap_day_between(start: Dates, end: Dates) -> Any:
    same = (start.year == end.year) & _is_leap(start.year)
    before = _is_leap(start.year) & (start.month <= 2) & (end.serial >= month_start(start.year * 12 + 2))
    after = _is_leap(end.year) & (end.month > 2) & (start.serial < month_start(end.year * 12 + 2))
    return same | before | after | ((end.month == 2) & (end.day == 29))


def _is_leap(year: Any) -> Any:
    return month_length(year * 12 + 1) == 29


def known_basis(basis: Any) -> Any:
    """Return whether a basis is one of the five."""
    return (basis >= 0) & (basis <= 4)


@toolpak("YEARFRAC", reads="dd|n")
def _yearfrac(start: Any, end: Any, basis: Any = 0.0) -> Any:
    basis = np.trunc(basis)
    first, last = Dates.of(np.minimum(start, end)), Dates.of(np.maximum(start, end))
    found = days_between(first, last, basis) / days_in_year(first, last, basis)
    return np.where(start == end, 0.0, found), codes_where(~known_basis(basis), NUM)
