"""Days as a spreadsheet counts them, and how functions of dates read their arguments.

Day 1 is 1900-01-01, day 0 is written 1900-01-00, and day 60 is 1900-02-29, a day that never was: Excel keeps it for
the sake of Lotus 1-2-3, so weekdays before March 1900 are one off. Inside these modules every book counts that way;
books that count from 1904 are shifted where arguments are read and answers given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.formula.areas import Area
from restock.formula.cells import (
    BOOL,
    NA,
    NUM,
    NUMBER,
    TEXT,
    VALUE,
    Cells,
    Codes,
    error_block,
    first_codes,
    with_errors,
)
from restock.formula.coerce import moment_of_text
from restock.formula.engine import DAYS_1904
from restock.formula.frame import Value
from restock.formula.kernels.registry import Request, answered, as_cells, codes_where, kernel
from restock.formula.tree import Unary

LAST_DAY = 2_958_465
"""9999-12-31, the last day that there is."""

SECONDS = 86_400

Days = NDArray[np.int64]

_UNIX = 25_569  # 1970-01-01
_MARCH_1900 = 61
_MONTHS_TO_1970 = 1970 * 12


@dataclass(frozen=True)
class Dates:
    """Days with their year, month and day of month; all arrays of one shape."""

    serial: Days
    year: Days
    month: Days
    day: Days

    @classmethod
    def of(cls, serial: Any) -> Dates:
        """Return the parts of each day.

        >>> found = Dates.of(np.array([0, 60, 61, 45657]))
        >>> found.year.tolist(), found.month.tolist(), found.day.tolist()
        ([1900, 1900, 1900, 2024], [1, 2, 3, 12], [0, 29, 1, 31])
        """
        serial = np.asarray(serial, dtype=np.int64)
        early = serial < _MARCH_1900 - 1
        date = (serial + early - _UNIX).astype("datetime64[D]")
        month = date.astype("datetime64[M]")
        count = month.astype(np.int64) + _MONTHS_TO_1970
        day = (date - month).astype(np.int64) + 1 + (serial == _MARCH_1900 - 1)
        zero = serial == 0
        return cls(serial, np.where(zero, 1900, count // 12), np.where(zero, 1, count % 12 + 1), np.where(zero, 0, day))

    @property
    def months(self) -> Days:
        """Months since the year 0."""
        return self.year * 12 + self.month - 1

    @property
    def is_month_end(self) -> NDArray[np.bool_]:
        """Whether each day is the last of its month."""
        return np.asarray(self.day == month_length(self.months))

    @property
    def is_february_end(self) -> NDArray[np.bool_]:
        """Whether each day is the last of a February."""
        return np.asarray((self.month == 2) & self.is_month_end)


def month_start(months: Any) -> Days:
    """Return the first day of a month, counted in months since the year 0.

    >>> month_start(np.array([1900 * 12, 1900 * 12 + 2, 2024 * 12])).tolist()
    [1, 61, 45292]
    """
    month = (np.asarray(months) - _MONTHS_TO_1970).astype("datetime64[M]")
    start = month.astype("datetime64[D]").astype(np.int64) + _UNIX
    return np.asarray(start - (start < _MARCH_1900))


def month_length(months: Any) -> Days:
    """Return how many days a month has."""
    return np.asarray(month_start(np.asarray(months) + 1) - month_start(months))


def year_start(year: Any) -> Days:
    """Return the first of January."""
    return month_start(np.asarray(year) * 12)


def shifted(dates: Dates, months: Any, to_end: Any = False) -> Days:
    """Return the same day so many months on, or the last of that month where it has none or `to_end` says so."""
    target = np.clip(dates.months + months, 1890 * 12, 10_010 * 12)
    length = month_length(target)
    return np.asarray(month_start(target) + np.where(to_end, length, np.minimum(dates.day, length)) - 1)


def weekday(serial: Any) -> Days:
    """Return the weekday as Excel has it, 0 for Sunday."""
    return np.asarray((np.asarray(serial) - 1) % 7)


def _whole_days(number: Any, shift: int) -> tuple[Days, Codes]:
    bad = (number < 0) | (number >= LAST_DAY + 1 - shift)
    return np.floor(np.where(bad, 0.0, number)).astype(np.int64) + shift, codes_where(bad, NUM)


def _nearest_second(number: Any, shift: int) -> tuple[Days, Codes]:
    """Half a second before midnight is the next day to YEAR, MONTH, DAY and DAYS360."""
    days, codes = _whole_days(number, shift)
    return np.where(codes > 0, days, np.floor(number + 0.5 / SECONDS).astype(np.int64) + shift), codes


_DAY_READERS: dict[str, Callable[[Any, int], tuple[Days, Codes]]] = {"d": _whole_days, "m": _nearest_second}


def shift_of(request: Request) -> int:
    """Return how many days the book's count lies behind 1900's."""
    return DAYS_1904 if request.frame.engine.book.date1904 else 0


def dated(
    *names: str, reads: str, gives_day: bool = False, strict: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function of single cells like `elementwise`, with two more letters for days.

    Args:
        reads: As in `elementwise`, and d for a day (times are cut off) or m for a moment, whose day is found after it
            was rounded to the second. The function gets days that count from 1900.
        gives_day: Whether the answer is a day; it is put into the book's count, and #NUM! outside the calendar.
        strict: Whether it came with the Analysis ToolPak, see `toolpak`.
    """
    required, _, optional = reads.partition("|")
    letters = required + optional

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        def run(request: Request) -> Value:
            shift = shift_of(request)
            operands = operands_of(request, letters, len(required), strict)
            plain = "".join("n" if letter in _DAY_READERS else letter for letter in letters)

            def compute(*values: Any) -> Any:
                found, codes = _days_of(values, letters, shift)
                return _in_calendar(function(*found), codes, shift if gives_day else None)

            return answered(compute, plain, operands)

        kernel(*names, least=len(required), most=len(letters))(run)
        return function

    return register


def toolpak(*names: str, reads: str, gives_day: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function that came with the Analysis ToolPak, like `dated`.

    Such functions refuse truth values and ranges of several cells, and a required argument that is left empty is #N/A.
    """
    return dated(*names, reads=reads, gives_day=gives_day, strict=True)


def _days_of(values: tuple[Any, ...], letters: str, shift: int) -> tuple[list[Any], Codes | None]:
    found: list[Any] = []
    codes: list[Codes | None] = []
    for letter, value in zip(letters, values, strict=False):
        if letter in _DAY_READERS:
            value, bad = _DAY_READERS[letter](value, shift)
            codes.append(bad if bad.any() else None)
        found.append(value)
    return found, _joined(codes)


def _joined(codes: list[Codes | None]) -> Codes | None:
    given = [one for one in codes if one is not None]
    return first_codes(*np.broadcast_arrays(*given)) if given else None


def _in_calendar(result: Any, codes: Codes | None, shift: int | None) -> Cells:
    own: Codes | None = None
    if isinstance(result, tuple):
        result, own = result
    if shift is not None:
        result = result - shift
        own = _joined([own, codes_where((result < 0) | (result > LAST_DAY - shift), NUM)])
    return with_errors(as_cells(np.asarray(result)), _joined([codes, own]))


def operands_of(request: Request, letters: str, required: int, strict: bool) -> list[Cells]:
    """Return the arguments of a call as operands; see `dated`."""
    count = len(request)
    while strict and count > required and not request.given(count - 1):
        count -= 1
    found = []
    for place in range(count):
        truth = letters[place] == "b"
        cells = strict_operand(request, place, place < required, truth) if strict else request.cells(place)
        found.append(text_days(request, cells) if letters[place] in _DAY_READERS else cells)
    return found


def strict_operand(request: Request, place: int, required: bool, truth: bool = False) -> Cells:
    """Return an argument of a function that came with the Analysis ToolPak, see `toolpak`.

    Args:
        truth: Whether it is one of the few arguments that are truth values.
    """
    if required and not request.given(place):
        return error_block(NA)
    value = request.value(place)
    signed = isinstance(request.nodes[place], Unary)  # +A1:A9 is an array of values, no range
    if isinstance(value, Area) and not (signed or value.is_single):
        return error_block(VALUE)
    cells = request.frame.operand(value)
    return cells if truth else with_errors(cells, codes_where(cells.kind == BOOL, VALUE))


def text_days(request: Request, cells: Cells) -> Cells:
    """Return the cells with texts that are dates as days of the book's own count, which differs in books of 1904."""
    if cells.text is None or not shift_of(request) or not cells.has(TEXT):
        return cells
    kind, number = np.array(cells.kind), np.array(cells.number)
    for place in zip(*np.nonzero(cells.kind == TEXT), strict=True):
        moment = moment_of_text(str(cells.text[place]))
        if moment is not None and moment >= 1:
            kind[place], number[place] = NUMBER, moment - DAYS_1904
    return Cells(kind, number, cells.text)
