"""Dates as exports write them; whether day or month comes first is decided once, from cells that leave no doubt."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from zoneinfo import ZoneInfo

from restock.schema.date_cell import EPOCH, FIRST_SERIAL, LAST_SERIAL

ORDERS = ("dmy", "mdy")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = (
    r"(?:[T\s]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?\s*(?P<half>[AP]\.?M\.?)?"
    r"\s*(?P<zone>Z|UTC|[A-Z]{3,4}|[+-]\d{2}:?\d{2})?)?"
)
_ISO = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})\s*" + _CLOCK, re.IGNORECASE)
_CHINESE = re.compile(r"(?P<year>\d{4})年\s*(?P<month>\d{1,2})月\s*(?P<day>\d{1,2})日\s*" + _CLOCK, re.IGNORECASE)
_END = r"(?P<year>\d{4}|\d{2}),?\s*" + _CLOCK
_NUMERIC = re.compile(r"(?P<first>\d{1,2})([-/.])(?P<second_>\d{1,2})\2" + _END, re.IGNORECASE)
_DAY_NAME = re.compile(r"(?P<day>\d{1,2})[-/. ]+(?P<name>[a-z]{3,9})[-/., ]+" + _END, re.IGNORECASE)
_NAME_DAY = re.compile(r"(?P<name>[a-z]{3,9})[-/. ]+(?P<day>\d{1,2})[-/., ]+" + _END, re.IGNORECASE)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_NO_YEAR = re.compile(
    r"\d{1,2}月\d{1,2}日|\d{1,2}[-/. ][a-z]{3,9}|[a-z]{3,9}[-/. ]\d{1,2}|\d{1,2}[-/]\d{1,2}", re.IGNORECASE
)


def day(text: str, order: str = "", zone: str = "") -> tuple[dt.date | None, str]:
    """The day of a cell, or None and why: "date_unclear", "no_year" or "not_date"; a blank cell is (None, "").

    Args:
        order: "dmy", "mdy", or "" where the file does not tell.
        zone: Where a moment with an offset from UTC is wanted as the day of this zone; else the day as written.

    >>> day("Sep-30-26"), day("03/04/2026 09:00:00 AM", "mdy")[0].isoformat(), day("7月20日")
    ((datetime.date(2026, 9, 30), ''), '2026-03-04', (None, 'no_year'))
    >>> day("03/04/2026")[1], day("2026-05-09T02:00:00+00:00", zone="America/Los_Angeles")[0].isoformat()
    ('date_unclear', '2026-05-08')
    """
    folded = _folded(text)
    if not folded:
        return None, ""
    if _SERIAL.fullmatch(folded):
        return _from_serial(float(folded))
    if match := _ISO.fullmatch(folded) or _CHINESE.fullmatch(folded):
        return _shifted(match, _made(match["year"], int(match["month"]), int(match["day"])), zone)
    if match := _NUMERIC.fullmatch(folded):
        first, second = int(match["first"]), int(match["second_"])
        if not order and first != second and (_is_month(first) == _is_month(second)):
            return None, "date_unclear" if _is_month(first) else "not_date"
        month_first = order == "mdy" or (not order and first <= 12 < second)
        month, own = (first, second) if month_first else (second, first)
        return _shifted(match, _made(match["year"], month, own), zone)
    if match := _DAY_NAME.fullmatch(folded) or _NAME_DAY.fullmatch(folded):
        return _shifted(match, _made(match["year"], _month(match["name"]), int(match["day"])), zone)
    return None, "no_year" if _NO_YEAR.fullmatch(folded) else "not_date"


def decided_order(texts: Iterable[str], stated: str = "", usual: str = "") -> str:
    """Which comes first in a file, day ("dmy") or month ("mdy"); "" where its dates do not tell.

    Args:
        stated: What the user said.
        usual: How the platform always writes.

    >>> decided_order(["03/01/2026", "03/13/2026"]), decided_order(["03/04/2026"])
    ('mdy', '')
    """
    if stated:
        return stated
    found = _told(texts)
    if not found:
        return usual
    return found.pop() if len(found) == 1 else ""


def is_mixed(texts: Iterable[str]) -> bool:
    """Whether some dates put the day first and some the month.

    >>> is_mixed(["13/1/2026", "1/13/2026"]), is_mixed(["1/2/2026"])
    (True, False)
    """
    return len(_told(texts)) > 1


def _told(texts: Iterable[str]) -> set[str]:
    found = set()
    for text in texts:
        match = _NUMERIC.fullmatch(_folded(text))
        if match is not None:
            first, second = int(match["first"]), int(match["second_"])
            if (first > 12) != (second > 12):
                found.add("dmy" if first > 12 else "mdy")
    return found


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _from_serial(serial: float) -> tuple[dt.date | None, str]:
    if FIRST_SERIAL <= serial < LAST_SERIAL + 1:
        return dt.date(1970, 1, 1) + dt.timedelta(days=int(serial) - EPOCH), ""
    return None, "not_date"


def _is_month(number: int) -> bool:
    return 1 <= number <= 12


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1 if name[:3].lower() in _MONTHS else 0


def _made(year: str, month: int, own: int) -> dt.date | None:
    full = int(year) + (2000 if len(year) == 2 else 0)
    try:
        return dt.date(full, month, own) if 2000 <= full <= 2099 else None
    except ValueError:
        return None


def _shifted(match: re.Match[str], found: dt.date | None, zone: str) -> tuple[dt.date | None, str]:
    hour, minute = int(match["hour"] or 0), int(match["minute"] or 0)
    if found is None or hour > 23 or minute > 59:
        return None, "not_date"
    offset = match["zone"] or ""
    if not zone or not offset or not match["hour"]:
        return found, ""
    away = _offset(offset)
    if away is None:
        return found, ""
    half = (match["half"] or "").upper()
    hour = hour % 12 + 12 * half.startswith("P") if half else hour
    moment = dt.datetime(found.year, found.month, found.day, hour, minute, tzinfo=dt.timezone(away))
    return moment.astimezone(_zone(zone)).date(), ""


def _offset(text: str) -> dt.timedelta | None:
    if text.upper() in ("Z", "UTC", "GMT"):
        return dt.timedelta(0)
    if text[0] not in "+-":
        return None
    hours, minutes = int(text[1:3]), int(text[-2:])
    return dt.timedelta(hours=hours, minutes=minutes) * (-1 if text[0] == "-" else 1) if hours < 24 else None


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
