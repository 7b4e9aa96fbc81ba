"""Which days of a country are sales days or public holidays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from restock.demand.sales_days import HOLIDAYS_IN_CHINESE, NAMES, SALES_DAYS

NONE = -1
"""The code of an ordinary day."""
_HOLIDAY, _BEFORE, _AFTER = "holiday:", ":before", ":after"


@dataclass(frozen=True)
class DayMarks:
    """What each day of a country belongs to; a day belongs to one occasion at most.

    Attributes:
        keys: The occasions met: `black_friday`, `black_friday:before`, `holiday:Labor Day` ...
        code: (days,), place in `keys`, or `NONE`.
        year: (days,), the year in which the occasion began; that of the date on ordinary days.
    """

    keys: tuple[str, ...]
    code: NDArray[np.int64]
    year: NDArray[np.int64]

    def key(self, day: int) -> str:
        """The occasion of a day, "" for none."""
        code = int(self.code[day])
        return "" if code == NONE else self.keys[code]


def mark_days(country: str, start: dt.date, days: int) -> DayMarks:
    """Return what the days from `start` on belong to.

    Where several apply, a sales day comes before a public holiday, and that before the days about a sales day; of
    two of a kind the one that stands first in `SALES_DAYS`.

    Args:
        country: Two letters, UK or GB; one that is unknown has no days.
        start: First day.
        days: How many, >= 0.

    >>> marks = mark_days("US", dt.date(2026, 11, 25), 4)
    >>> [marks.key(day) for day in range(4)]
    ['black_friday:before', 'holiday:Thanksgiving Day', 'black_friday', 'black_friday:after']
    """
    keys: dict[str, int] = {}
    code = np.full(days, NONE)
    year = (np.datetime64(start, "D") + np.arange(days)).astype("datetime64[Y]").astype(np.int64) + 1970
    for key, first, last, began in _occasions(country, start, start + dt.timedelta(days - 1)):
        part = slice(max((first - start).days, 0), max((last - start).days + 1, 0))
        free = code[part] == NONE
        if free.any():
            code[part][free] = keys.setdefault(key, len(keys))
            year[part][free] = began
    return DayMarks(tuple(keys), code, year)


def day_name(key: str, language: str) -> str:
    """The name of an occasion in a sentence.

    >>> day_name("black_friday:before", "en"), day_name("prime_day:after", "zh"), day_name("holiday:Labor Day", "zh")
    ('the days before Black Friday', 'Prime会员日后几天', '劳动节')
    """
    chinese = language == "zh"
    if key.startswith(_HOLIDAY):
        name = key.removeprefix(_HOLIDAY)
        return HOLIDAYS_IN_CHINESE.get(name, name) if chinese else name
    base, _, side = key.partition(":")
    name = NAMES[base][chinese]
    if not side:
        return name
    if chinese:
        return name + ("前几天" if side == "before" else "后几天")
    return f"the days {side} {name}"


def _occasions(country: str, start: dt.date, end: dt.date) -> Iterator[tuple[str, dt.date, dt.date, int]]:
    """Key, first and last day, and year of everything about these days, the strongest first."""
    country = "GB" if country.upper() == "UK" else country.upper()
    kept = [day for day in SALES_DAYS if country in day.where]
    years = range(start.year - 1, end.year + 2)
    spans = [(day, *span, year) for day in kept for year in years for span in day.spans(year)]
    yield from ((day.key, first, last, year) for day, first, last, year in spans)
    for date, name in _public_holidays(country, start.year, end.year):
        yield _HOLIDAY + name, date, date, date.year
    one = dt.timedelta(1)
    for day, first, last, year in sorted(spans, key=lambda span: span[0].before + span[0].after):
        yield day.key + _BEFORE, first - day.before * one, first - one, year
        yield day.key + _AFTER, last + one, last + day.after * one, year


@lru_cache(maxsize=256)
def _public_holidays(country: str, first: int, last: int) -> tuple[tuple[dt.date, str], ...]:
    """Date and English name of the public holidays of these years; none where the country is unknown."""
    import holidays

    try:
        found = holidays.country_holidays(country, years=range(first, last + 1), language="en_US")
    except NotImplementedError:
        return ()
    # "Eid al-Fitr (Second Day) (observed)" is one occasion with Eid al-Fitr. A day off in exchange for a working Sunday
    # belongs to the season about it.
    named = ((date, name.split("; ")[0].split(" (")[0]) for date, name in sorted(found.items()))
    return tuple((date, name) for date, name in named if name != "Day off")
