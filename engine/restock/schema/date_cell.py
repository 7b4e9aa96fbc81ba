"""Reading dates (§4): a date cell or year-month-day text; any other date is never guessed."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Any

from restock.schema.cell import BLANK, Reading, is_blank, shown
from restock.schema.number_cell import text_number
from restock.schema.raw import CellError

EPOCH = 25569
"""The Excel serial number of 1970-01-01."""
FIRST_SERIAL = 36526
"""2000-01-01, the first date that is believed (§4)."""
LAST_SERIAL = 73050
"""2099-12-31, the last."""

_CLOCK = (
    r"(?:\s*[T\s]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"\s*(?P<zone>Z|UTC|[+-]\d{2}:?\d{2})?)?"
)
_ISO = re.compile(r"(?P<year>\d{4})\s*([-/.])\s*(?P<month>\d{1,2})\s*\2\s*(?P<day>\d{1,2})" + _CLOCK)
_CHINESE = re.compile(r"(?P<year>\d{4})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日" + _CLOCK)
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4})(?:\s.*)?")
_DAY_NAME_YEAR = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/. ,]*([a-z]{3,9})[-/. ,]*(\d{4})(?:\s.*)?")
_NAME_DAY_YEAR = re.compile(r"([a-z]{3,9})[-/. ]*(\d{1,2})(?:st|nd|rd|th)?[-/. ,]+(\d{4})(?:\s.*)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read_date(content: Any, with_time: bool = False) -> Reading:
    """Read a date as a `datetime`, at midnight unless `with_time`.

    >>> read_date(46349.0).value.date(), read_date("2026年11月23日").value.date()
    (datetime.date(2026, 11, 23), datetime.date(2026, 11, 23))
    >>> read_date("11/12/2026").params, read_date(20261123.0).params["type"]
    ({'type': '2026-12-11', 'or': '2026-11-12'}, '2026-11-23')
    """
    if is_blank(content):
        return BLANK
    if isinstance(content, CellError):
        return Reading(fault="problem.error_cell")
    if isinstance(content, bool):
        return Reading(fault="problem.not_date")
    if isinstance(content, int | float):
        return _from_serial(float(content), with_time)
    text = str(content)
    digits = text_number(text)
    return _from_text(text, with_time) if digits is None else _from_serial(digits, with_time)


def shown_date(content: float, with_time: bool = False) -> str:
    """A number in a date column as people see it: a date where it is one, else the number.

    >>> shown_date(46349.0), shown_date(46352.75, with_time=True), shown_date(5.0)
    ('2026-11-23', '2026-11-26 18:00', '5')
    """
    reading = read_date(content, with_time)
    if reading.value is None:
        return shown(content)
    return f"{reading.value:%Y-%m-%d %H:%M}" if with_time else f"{reading.value:%Y-%m-%d}"


def moment(serial: float) -> dt.datetime:
    """The date and time of an Excel serial number, to the nearest second.

    >>> moment(46352.75)
    datetime.datetime(2026, 11, 26, 18, 0)
    """
    return dt.datetime(1970, 1, 1) + dt.timedelta(seconds=round((serial - EPOCH) * 86400))


def _from_serial(serial: float, with_time: bool) -> Reading:
    if FIRST_SERIAL <= serial < LAST_SERIAL + 1:
        return Reading(moment(serial if with_time else float(int(serial))))
    if 20000101 <= serial <= 20991231 and serial.is_integer():
        digits = str(int(serial))
        day = _day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        if day:
            return Reading(fault="problem.date_one", params={"type": day.isoformat()})
    return Reading(fault="problem.not_date")


def _from_text(text: str, with_time: bool) -> Reading:
    folded = unicodedata.normalize("NFKC", text[:60]).strip()
    match = _ISO.fullmatch(folded) or _CHINESE.fullmatch(folded)
    if match is None:
        return _other_text(folded.casefold())
    day = _day(int(match["year"]), int(match["month"]), int(match["day"]))
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    if day is None or hour > 23 or minute > 59 or second > 59:
        return Reading(fault="problem.not_date")
    if not with_time:
        return Reading(dt.datetime(day.year, day.month, day.day))
    if match[
        "zone"
    ]:  # the row has its own column for the zone: two that may differ are never guessed between
        return Reading(
            fault="problem.time_zone_typed", params={"type": f"{day.isoformat()} {hour:02}:{minute:02}"}
        )
    return Reading(dt.datetime(day.year, day.month, day.day, hour, minute, second))


def _other_text(text: str) -> Reading:
    """A text that is no date here: name every date that it may mean, for the user to choose."""
    found = [day.isoformat() for day in dict.fromkeys(_candidates(text))]
    if len(found) == 2:
        return Reading(fault="problem.date_two", params={"type": found[0], "or": found[1]})
    if len(found) == 1:
        return Reading(fault="problem.date_one", params={"type": found[0]})
    return Reading(fault="problem.not_date")


def _candidates(text: str) -> list[dt.date]:
    if match := _YEAR_LAST.fullmatch(text):
        first, second, year = (int(part) for part in match.groups())
        days = [_day(year, second, first), _day(year, first, second)]
    elif match := _DAY_NAME_YEAR.fullmatch(text):
        days = [_day(int(match[3]), _month(match[2]), int(match[1]))]
    elif match := _NAME_DAY_YEAR.fullmatch(text):
        days = [_day(int(match[3]), _month(match[1]), int(match[2]))]
    else:
        days = []
    return [day for day in days if day]


def _month(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1 if name[:3] in _MONTHS else 0


def _day(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None where there is no such day or it lies outside 2000 to 2099 (§4)."""
    try:
        return dt.date(year, month, day) if 2000 <= year <= 2099 else None
    except ValueError:
        return None
