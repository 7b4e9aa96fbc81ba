"""Working days: WORKDAY, NETWORKDAYS and their international forms, with weekends and holidays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.formula.cells import (
    BLANK,
    BOOL,
    NUM,
    VALUE,
    Cells,
    Codes,
    error_codes,
    first_codes,
    numbers_block,
)
from restock.formula.coerce import numbers
from restock.formula.frame import Value
from restock.formula.kernels.registry import Request, codes_where, kernel
from restock.formula.kernels.serials import LAST_DAY, Days, shift_of, strict_operand, text_days

Free = NDArray[Any]
"""Holidays as numpy's dates, rising."""

_UNIX = 25_569  # 1970-01-01, where numpy counts from
_NO_WORK = "1111111"
_WEEKENDS = {
    1: "0000011", 2: "1000001", 3: "1100000", 4: "0110000", 5: "0011000", 6: "0001100", 7: "0000110",
    11: "0000001", 12: "1000000", 13: "0100000", 14: "0010000", 15: "0001000", 16: "0000100", 17: "0000010",
}  # fmt: skip


@dataclass(frozen=True)
class _Call:
    """What a call asks: arrays of one shape, the holidays, and the first error of each place.

    Attributes:
        start: First days, counted from 1900.
        other: The other end (a day too), or how many working days.
        weekend: Seven signs from Monday on, "1" for a day of rest.
        holidays: One set for all lanes, or one a lane.
    """

    start: Days
    other: Days
    weekend: NDArray[Any]
    holidays: list[Free]
    codes: Codes
    shift: int


@kernel("WORKDAY", least=2, most=3)
def _workday(request: Request) -> Value:
    return _moved(_asked(request, holidays=2))


@kernel("WORKDAY.INTL", least=2, most=4)
def _workday_intl(request: Request) -> Value:
    return _moved(_asked(request, holidays=3, weekend=2))


@kernel("NETWORKDAYS", least=2, most=3)
def _networkdays(request: Request) -> Value:
    return _counted(_asked(request, holidays=2, to_day=True))


@kernel("NETWORKDAYS.INTL", least=2, most=4)
def _networkdays_intl(request: Request) -> Value:
    return _counted(_asked(request, holidays=3, weekend=2, to_day=True))


def _asked(request: Request, holidays: int, weekend: int | None = None, to_day: bool = False) -> _Call:
    shift = shift_of(request)
    start, first = _days(request, 0, shift)
    other, second = _days(request, 1, shift) if to_day else _steps(request, 1)
    rest, third = _weekends(request, weekend)
    free, fourth = _holidays(request, holidays, shift)
    shape = np.broadcast_shapes(start.shape, other.shape, rest.shape, fourth.shape)
    codes = first_codes(*(np.broadcast_to(one, shape) for one in (first, second, third, fourth)))
    codes = np.zeros(shape, dtype=np.int8) if codes is None else codes
    start, other, rest = (np.broadcast_to(one, shape) for one in (start, other, rest))
    return _Call(start, other, rest, free, codes, shift)


def _days(request: Request, place: int, shift: int) -> tuple[Days, Codes]:
    number, codes = numbers(text_days(request, strict_operand(request, place, required=True)))
    bad = (number < 0) | (number >= LAST_DAY + 1 - shift)
    days = np.floor(np.where(bad, 0.0, number)).astype(np.int64) + shift
    return days, _code(codes, codes_where(bad, NUM))


def _steps(request: Request, place: int) -> tuple[Days, Codes]:
    """How many working days to go; part of a day counts as a whole one going back, and as none going forward."""
    number, codes = numbers(strict_operand(request, place, required=True))
    steps = np.floor(np.clip(number, -LAST_DAY, LAST_DAY)).astype(np.int64)
    return steps, _code(codes, np.zeros(steps.shape, np.int8))


def _code(first: Codes | None, then: Codes) -> Codes:
    return then if first is None else np.where(first > 0, first, then).astype(np.int8)


def _weekends(request: Request, place: int | None) -> tuple[NDArray[Any], Codes]:
    if place is None or not request.given(place):
        return np.full((1, 1, 1), _WEEKENDS[1]), np.zeros((1, 1, 1), dtype=np.int8)
    cells = request.cells(place)
    found = np.full(cells.shape, _WEEKENDS[1])
    codes = np.zeros(cells.shape, dtype=np.int8)
    read: dict[Any, tuple[str, int]] = {}
    flat, flat_codes = found.reshape(-1), codes.reshape(-1)
    for at, value in enumerate(cells.scalars()):
        if value not in read:
            read[value] = _weekend(value)
        flat[at], flat_codes[at] = read[value]
    own = error_codes(cells)
    return found, codes if own is None else np.where(own > 0, own, codes)


def _weekend(value: Any) -> tuple[str, int]:
    """Return the days of rest that a number or seven signs stand for, and an error."""
    if isinstance(value, str):
        good = len(value) == 7 and set(value) <= {"0", "1"}
        return (value, 0) if good else (_WEEKENDS[1], VALUE)
    known = _WEEKENDS.get(int(value or 0))
    return (known, 0) if known else (_WEEKENDS[1], NUM)


def _holidays(request: Request, place: int, shift: int) -> tuple[list[Free], Codes]:
    """Return the holidays of each lane, or one set for all, and the first error among them."""
    if not request.given(place):
        return [np.array([], dtype="datetime64[D]")], np.zeros((1, 1, 1), dtype=np.int8)
    cells = text_days(request, request.whole(place))
    lanes = cells.shape[0]
    number, codes = numbers(cells)
    codes = _code(codes, codes_where(cells.kind == BOOL, VALUE))
    bad = (_code(codes, codes_where((number < 0) | (number >= LAST_DAY + 1 - shift), NUM))).reshape(lanes, -1)
    first = np.take_along_axis(bad, (bad > 0).argmax(axis=1)[:, None], axis=1).reshape(lanes, 1, 1)
    days = (np.floor(np.where(bad > 0, 0.0, number.reshape(lanes, -1))) + shift - _UNIX).astype("datetime64[D]")
    counts = cells.kind.reshape(lanes, -1) != BLANK
    return [np.unique(row[given]) for row, given in zip(days, counts, strict=True)], first


def _groups(call: _Call) -> Iterator[tuple[NDArray[np.int64], str, Free]]:
    """Yield places of the flat arrays that share days of rest and holidays, and these."""
    lanes = len(call.weekend)
    places = np.arange(call.weekend.size).reshape(lanes, -1)
    weekend = call.weekend.reshape(lanes, -1)
    parts = [slice(None)] if len(call.holidays) == 1 else [slice(lane, lane + 1) for lane in range(lanes)]
    for part, free in zip(parts, call.holidays, strict=True):
        for rest in np.unique(weekend[part]).tolist():
            yield places[part][weekend[part] == rest], rest, free


def _moved(call: _Call) -> Cells:
    """Return the day so many working days on; no step at all stays where it is, workday or not."""
    found, codes = np.array(call.start).ravel(), np.array(call.codes).ravel()
    start, steps = call.start.ravel(), call.other.ravel()
    for here, rest, free in _groups(call):
        if rest == _NO_WORK:
            codes[here] = np.where(codes[here] == 0, np.int8(VALUE), codes[here])
        else:
            found[here] = np.where(steps[here] == 0, start[here], _offset(start[here], steps[here], rest, free))
    codes = np.where((codes == 0) & ((found < call.shift) | (found > LAST_DAY)), np.int8(NUM), codes)
    return numbers_block(found - call.shift, codes).reshape(*call.start.shape)


def _offset(start: Any, steps: Any, rest: str, holidays: Free) -> Any:
    dates, work = _dates(start), _work(rest)
    onward = np.busday_offset(dates, np.maximum(steps, 0), roll="backward", weekmask=work, holidays=holidays)
    back = np.busday_offset(dates, np.minimum(steps, 0), roll="forward", weekmask=work, holidays=holidays)
    return np.where(steps > 0, onward, back).astype(np.int64) + _UNIX


def _dates(days: Any) -> NDArray[Any]:
    return np.asarray((days - _UNIX).astype("datetime64[D]"))


def _work(rest: str) -> str:
    return rest.translate(str.maketrans("01", "10"))


def _counted(call: _Call) -> Cells:
    """Return the working days from one day to another, both counted; backwards they are negative."""
    low, high = np.minimum(call.start, call.other).ravel(), np.maximum(call.start, call.other).ravel()
    found = np.zeros(low.shape, dtype=np.int64)
    for here, rest, free in _groups(call):
        if rest != _NO_WORK:
            first, last = _dates(low[here]), _dates(high[here] + 1)
            found[here] = np.busday_count(first, last, weekmask=_work(rest), holidays=free)
    shape = call.start.shape
    return numbers_block(np.where(call.start <= call.other, found.reshape(shape), -found.reshape(shape)), call.codes)
