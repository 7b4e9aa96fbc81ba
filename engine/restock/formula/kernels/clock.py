"""Times of day, and texts read as dates and times."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from restock.formula.cells import ERROR, NUM, TEXT, VALUE, Cells, numbers_block
from restock.formula.coerce import moment_of_text
from restock.formula.frame import Value
from restock.formula.kernels.dates import nearly_whole
from restock.formula.kernels.registry import Request, codes_where, elementwise, kernel
from restock.formula.kernels.serials import LAST_DAY, SECONDS, Dates, shift_of

_LONGEST = 32_767
_DECIMALS = 4  # of a second, as many as a day's serial number leaves of its time
_YEARLESS = (
    (re.compile(r"(\d{1,2})[-/](\d{1,2})"), "{year}-{0}-{1}"),
    (re.compile(r"(\d{1,2})[-/ ]([A-Za-z]{3,9})"), "{0}-{1}-{year}"),
    (re.compile(r"([A-Za-z]{3,9})[-/ ](\d{1,2})"), "{1}-{0}-{year}"),
)
_DAYLESS = (
    (re.compile(r"(\d{4})[-/](\d{1,2})"), "{0}-{1}-1"),
    (re.compile(r"(\d{1,2})[-/](\d{4})"), "{1}-{0}-1"),
    (re.compile(r"([A-Za-z]{3,9})[-/ ](00|3[2-9]|[4-9]\d)"), "1-{0}-{1}"),
)


@elementwise("TIME", reads="nnn")
def _time(hour: Any, minute: Any, second: Any) -> Any:
    hour, minute, second = nearly_whole(hour), nearly_whole(minute), nearly_whole(second)
    seconds = hour * 3600 + minute * 60 + second
    bad = (seconds < 0) | (hour > _LONGEST) | (minute > _LONGEST) | (second > _LONGEST)
    return seconds % SECONDS / SECONDS, codes_where(bad, NUM)


def _part_of_day(unit: int, most: int) -> Callable[[Any], Any]:
    """Return the function for hours, minutes or seconds; all three see times rounded to the second."""

    def run(moment: Any) -> Any:
        bad = (moment < 0) | (moment >= LAST_DAY + 1)
        seconds = np.floor(np.where(bad, 0.0, moment) % 1 * SECONDS + 0.5)
        return seconds // unit % most, codes_where(bad, NUM)

    return run


elementwise("HOUR", reads="n")(_part_of_day(3600, 24))
elementwise("MINUTE", reads="n")(_part_of_day(60, 60))
elementwise("SECOND", reads="n")(_part_of_day(1, 60))


@kernel("DATEVALUE", least=1, most=1)
def _datevalue(request: Request) -> Value:
    shift = shift_of(request)

    def day(text: str) -> float | None:
        moment = moment_of_text(text)
        if moment is None:
            moment = _incomplete_date(request, text)
        found = None if moment is None else moment // 1 - (shift if moment >= 1 else 0)
        return found if found is not None and found >= 0 else None

    return _read_texts(request.cells(0), day)


def _incomplete_date(request: Request, text: str) -> float | None:
    """Return a date without a day, which is the first, or without a year, which is this one."""
    for pattern, order in _DAYLESS:
        if found := pattern.fullmatch(text):
            return moment_of_text(order.format(*found.groups()))
    for pattern, order in _YEARLESS:
        if found := pattern.fullmatch(text):
            today = np.array([int(request.frame.engine.now()) + shift_of(request)])
            return moment_of_text(order.format(*found.groups(), year=int(Dates.of(today).year[0])))
    return None


@kernel("TIMEVALUE", least=1, most=1)
def _timevalue(request: Request) -> Value:
    def clock(text: str) -> float | None:
        moment = moment_of_text(text)
        return None if moment is None else round(moment % 1 * SECONDS, _DECIMALS) / SECONDS % 1

    return _read_texts(request.cells(0), clock)


def _read_texts(cells: Cells, read: Callable[[str], float | None]) -> Cells:
    """Return what each text is read as; what is no text, or cannot be read, is #VALUE!."""
    number, codes = np.zeros(cells.shape), np.full(cells.shape, VALUE, dtype=np.int8)
    codes = np.where(cells.kind == ERROR, cells.number, codes).astype(np.int8)
    if cells.text is not None:
        places = cells.kind == TEXT
        words = [str(text).strip() for text in cells.text[places]]
        values = {word: read(word) for word in set(words)}
        number[places] = [values[word] or 0.0 for word in words]
        codes[places] = [VALUE if values[word] is None else 0 for word in words]
    return numbers_block(number, codes)
