"""Dates as LibreOffice counts them: days since 30 December 1899."""

from __future__ import annotations

import datetime as dt

_EPOCH = dt.datetime(1899, 12, 30)
_DAY_SECONDS = 86400


def serial_of(day: dt.date) -> float:
    """Return the number that a date cell holds.

    >>> serial_of(dt.date(2026, 11, 23)), serial_of(dt.datetime(2026, 11, 23, 12))
    (46349.0, 46349.5)
    """
    moment = day.replace(tzinfo=None) if isinstance(day, dt.datetime) else dt.datetime(day.year, day.month, day.day)
    return (moment - _EPOCH).total_seconds() / _DAY_SECONDS


def moment_of(serial: float) -> dt.datetime:
    """Return the moment that a date cell shows, to the second.

    >>> moment_of(46349.5)
    datetime.datetime(2026, 11, 23, 12, 0)
    """
    return _EPOCH + dt.timedelta(seconds=round(serial * _DAY_SECONDS))
