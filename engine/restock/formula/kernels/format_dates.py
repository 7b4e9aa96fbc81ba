"""Numbers written as dates and times: `yyyy-mm-dd`, `h:mm AM/PM`, `[h]:mm:ss.00`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.formula.cells import Floats
from restock.formula.frame import Unsupported
from restock.formula.kernels.format_tokens import BadFormat, Section, Token

Whole = NDArray[np.int64]
Column = tuple[str, list[Any]]
"""A pattern of `str.format` and what goes into it, one for each number."""

DAYS_1904 = 1462
LAST_DAY = 2958465
"""The serial number of 9999-12-31."""

_NO_LEAP_DAY = 60  # 1900-02-29, which only spreadsheets have
_MOST_DECIMALS = 3
_EPOCH = np.datetime64("1899-12-30", "D")
_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_DATES = ("year", "month", "day", "weekday")
_WORDS = ("month", "weekday", "ampm")


class NoDate(Exception):
    """A number that no date belongs to: #VALUE!."""


@dataclass(frozen=True)
class Moments:
    """Points in time: days, seconds of the day, and the rest in the smallest unit shown."""

    days: Whole
    seconds: Whole
    rest: Whole

    @cached_property
    def calendar(self) -> tuple[Whole, Whole, Whole]:
        """Years, months and days of the month; 1900 has a 29 February, and day 0 before its first."""
        dates = _EPOCH + (self.days + (self.days < _NO_LEAP_DAY))
        months = dates.astype("datetime64[M]")
        month = months.astype(np.int64)
        year, month, day = month // 12 + 1970, month % 12 + 1, (dates - months).astype(np.int64) + 1
        for odd, its_month, its_day in ((0, 1, 0), (_NO_LEAP_DAY, 2, 29)):
            here = self.days == odd
            if here.any():
                year[here], month[here], day[here] = 1900, its_month, its_day
        return year, month, day


class Dates:
    """A section of dates and times.

    Attributes:
        parts: What is shown one after another: kinds of `_COLUMNS`, or "literal".
        places: Decimals of seconds.
        is_elapsed: Whether nothing but elapsed hours, minutes and seconds is shown, which may be negative.
    """

    def __init__(self, section: Section, date1904: bool) -> None:
        self.parts = _named(_with_decimals(section.tokens))
        self.date1904 = date1904
        kinds = {token.kind for token in self.parts}
        if not kinds <= {*_COLUMNS, "literal"}:
            raise BadFormat
        self.places = max((len(token.text) for token in self.parts if token.kind == "decimals"), default=0)
        self.shows_dates = bool(kinds & set(_DATES))
        self.is_elapsed = all(kind.startswith("all ") or kind == "literal" for kind in kinds)
        if section.is_foreign and any(len(one.text) > 2 for one in self.parts if one.kind in _WORDS):
            raise Unsupported("formula.function", "TEXT")
        if "ampm" in kinds:
            self.parts = [Token("half hour", one.text) if one.kind == "hour" else one for one in self.parts]

    def write(self, numbers: Floats, signed: bool = True) -> list[str]:
        """Return serial numbers as texts.

        Raises:
            NoDate: A number is no date.
        """
        if (numbers < 0).any():
            if self.date1904 or not signed:
                raise Unsupported("formula.function", "TEXT")
            if not self.is_elapsed:
                raise NoDate
        found = self._filled(self._moments(np.abs(numbers) + (DAYS_1904 if self.date1904 and self.shows_dates else 0)))
        return [f"-{text}" if number < 0 else text for text, number in zip(found, numbers.tolist(), strict=True)]

    def _moments(self, numbers: Floats) -> Moments:
        """Return points in time, rounded to the parts of seconds that are shown: the next day may begin."""
        days = np.floor(numbers)
        per_second = 10**self.places
        ticks = np.floor((numbers - days) * 86400 * per_second + 0.5)
        over = ticks >= 86400 * per_second
        if (days + over > LAST_DAY).any():
            raise NoDate
        ticks = np.where(over, 0, ticks).astype(np.int64)
        return Moments((days + over).astype(np.int64), ticks // per_second, ticks % per_second)

    def _filled(self, moments: Moments) -> list[str]:
        pattern: list[str] = []
        columns: list[list[Any]] = []
        for kind, text in self.parts:
            if kind == "literal":
                pattern.append(text.replace("{", "{{").replace("}", "}}"))
            else:
                shape, column = _COLUMNS[kind](moments, text, self.places)
                pattern.append(shape)
                columns.append(column)
        return list(map("".join(pattern).format, *columns))


def _padded(values: Whole, text: str) -> Column:
    return "{:02d}" if len(text) > 1 else "{}", values.tolist()


def _elapsed(values: Whole, text: str) -> Column:
    return f"{{:0{len(text)}d}}", values.tolist()


def _names(names: Sequence[str], places: Whole) -> Column:
    return "{}", [names[place] for place in places.tolist()]


def _year(moments: Moments, text: str) -> Column:
    year = moments.calendar[0]
    return ("{:04d}", year.tolist()) if len(text) > 2 or text == "e" else ("{:02d}", (year % 100).tolist())


def _month(moments: Moments, text: str) -> Column:
    month = moments.calendar[1]
    if len(text) < 3:
        return _padded(month, text)
    length = {3: 3, 5: 1}.get(len(text))
    return _names([name[:length] for name in _MONTHS], month - 1)


def _weekday(moments: Moments, text: str) -> Column:
    length = 3 if len(text) == 3 else None
    return _names([name[:length] for name in _DAYS], (moments.days - 1) % 7)


def _half(moments: Moments, text: str) -> Column:
    words = text.split("/")
    words = [word.upper() for word in words] if len(text) > 3 else words
    return _names(words, moments.seconds // 43200)


_COLUMNS: dict[str, Callable[[Moments, str, int], Column]] = {
    "year": lambda m, text, _: _year(m, text),
    "month": lambda m, text, _: _month(m, text),
    "day": lambda m, text, _: _padded(m.calendar[2], text),
    "weekday": lambda m, text, _: _weekday(m, text),
    "hour": lambda m, text, _: _padded(m.seconds // 3600, text),
    "half hour": lambda m, text, _: _padded((m.seconds // 3600 - 1) % 12 + 1, text),
    "minute": lambda m, text, _: _padded(m.seconds // 60 % 60, text),
    "second": lambda m, text, _: _padded(m.seconds % 60, text),
    "decimals": lambda m, text, places: (f".{{:0{len(text)}d}}", (m.rest // 10 ** (places - len(text))).tolist()),
    "ampm": lambda m, text, _: _half(m, text),
    "all hours": lambda m, text, _: _elapsed(m.days * 24 + m.seconds // 3600, text),
    "all minutes": lambda m, text, _: _elapsed(m.days * 1440 + m.seconds // 60, text),
    "all seconds": lambda m, text, _: _elapsed(m.days * 86400 + m.seconds, text),
}
_NAMES = {"y": "year", "e": "year", "d": "day", "h": "hour", "s": "second", "m": "month"}
_SHOWN = ("point", "slash", "fixed", "group", "scale", "literal")


def _with_decimals(tokens: tuple[Token, ...]) -> list[Token]:
    """Return the parts with a point and zeros after the first of time joined to decimals of seconds."""
    found: list[Token] = []
    seen_date = False
    for kind, text in tokens:
        last = found[-1] if found else Token("", "")
        seen_date = seen_date or kind in ("date", "elapsed")
        if text == "0" and kind == "digit" and seen_date and last.kind == "point":
            found[-1] = Token("decimals", "0")
        elif text == "0" and kind == "digit" and last.kind == "decimals" and len(last.text) < _MOST_DECIMALS:
            found[-1] = Token("decimals", last.text + "0")
        else:
            found.append(Token(kind, text))
    return [Token("literal", text) if kind in _SHOWN else Token(kind, text) for kind, text in found]


def _named(tokens: list[Token]) -> list[Token]:
    """Return the parts by what they stand for; m is minutes after hours and before seconds."""
    found: list[Token] = []
    clock = -1  # where the last part of a date or time stands
    for kind, text in tokens:
        name = kind
        if kind == "elapsed":
            name = {"h": "all hours", "m": "all minutes", "s": "all seconds"}[text[0]]
        elif kind == "date":
            name = "weekday" if text[0] == "d" and len(text) > 2 else _NAMES[text[0]]
            last = found[clock] if clock >= 0 else Token("", "")
            if name == "month" and len(text) < 3 and last.kind in ("hour", "all hours", "second", "all seconds"):
                name = "minute"
            elif name == "second" and last.kind == "month" and len(last.text) < 3:
                found[clock] = Token("minute", last.text)
        found.append(Token(name, text))
        clock = len(found) - 1 if kind in ("date", "elapsed") else clock
    return found
