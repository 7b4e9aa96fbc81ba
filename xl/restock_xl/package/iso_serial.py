"""Dates that a cell stores as ISO text (its type is "d"), as serial numbers."""

from __future__ import annotations

import datetime as dt

DAYS_1904 = 1462  # what a date of a 1904 workbook lacks of the same date counted from 1900
_EPOCH = dt.datetime(1899, 12, 30)


def iso_serial(text: str, date1904: bool = False) -> float | None:
    """Return the serial number of an ISO date or time as the workbook counts; None for any other text.

    >>> iso_serial("2026-11-23"), iso_serial("06:00:00"), iso_serial("soon") is None
    (46349.0, 0.25, True)
    """
    try:
        if ":" in text[:3]:
            time = dt.time.fromisoformat(text)
            return (dt.datetime.combine(_EPOCH, time) - _EPOCH) / dt.timedelta(days=1)
        moment = dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
    days = (moment - _EPOCH) / dt.timedelta(days=1)
    return days - DAYS_1904 if date1904 else days
