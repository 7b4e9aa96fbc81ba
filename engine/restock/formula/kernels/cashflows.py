"""What streams of money are worth and what they yield: NPV, IRR, MIRR, and XNPV and XIRR with dates.

A stream is two arrays of shape (lanes, places): amounts, and the times at which they flow; amounts that do not count
are 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.formula.cells import BOOL, DIV0, NUM, VALUE, Cells, Codes, Floats, first_codes, numbers_block
from restock.formula.coerce import numbers
from restock.formula.frame import Unsupported, Value
from restock.formula.kernels.registry import Request, Series, codes_where, kernel, series
from restock.formula.kernels.serials import LAST_DAY, shift_of, text_days

_YEAR = 365.0
_ROUNDS = 60
_CLOSE = 1e-12
_ENOUGH = 1e-8
_LEAST, _MOST = np.log(1e-9), np.log(1e9)  # logarithms of 1 + rate between which roots are sought
_STEPS = 240
_HALVINGS = 60


@dataclass(frozen=True)
class _Stream:
    amount: Floats
    time: Floats
    codes: Codes | None


@kernel("NPV", least=2)
def _npv(request: Request) -> Value:
    rate, codes = _single(request, 0, 0.0)
    found = series(request, first=1)
    times = np.cumsum(found.counts, axis=1)
    with np.errstate(all="ignore"):
        factors = np.power(1 + rate, -times.astype(np.float64))
        worth = np.where(found.counts, found.number * factors, 0.0).sum(axis=1)
    zero = codes_where((rate == -1).any(axis=1) & found.counts.any(axis=1), DIV0)
    return _answer(worth, codes, found.codes, zero)


@kernel("IRR", least=1, most=2)
def _irr(request: Request) -> Value:
    found = series(request, 0, 1)
    guess, codes = _single(request, 1, 0.1)
    times = np.where(found.counts, np.cumsum(found.counts, axis=1) - 1.0, 0.0)
    return _yield(_Stream(found.filled(0.0), times, found.codes), guess, codes)


@kernel("MIRR", least=3, most=3)
def _mirr(request: Request) -> Value:
    """What is paid is worth less by the finance rate, what is received grows by the rate of reinvestment."""
    found = series(request, 0, 1)
    finance, first = _single(request, 1, 0.0)
    reinvest, second = _single(request, 2, 0.0)
    with np.errstate(all="ignore"):
        paid, received, periods = _modified(found, finance, reinvest)
        rate = np.power(received / -paid, 1 / np.where(periods == 0, np.nan, periods)) - 1
    bad = codes_where((paid == 0) | (periods <= 0), DIV0)
    return _answer(rate, found.codes, first, second, bad)


def _modified(found: Series, finance: Any, reinvest: Any) -> tuple[Any, Any, Any]:
    place = np.cumsum(found.counts, axis=1) - 1.0
    periods = found.size - 1.0
    out = np.where(found.counts & (found.number < 0), found.number * np.power(1 + finance, -place), 0.0)
    back = np.where(
        found.counts & (found.number > 0), found.number * np.power(1 + reinvest, periods[:, None] - place), 0.0
    )
    return out.sum(axis=1), back.sum(axis=1), periods


@kernel("XNPV", least=3, most=3)
def _xnpv(request: Request) -> Value:
    rate, codes = _single(request, 0, 0.0)
    stream = _dated_stream(request, 1, 2)
    with np.errstate(all="ignore"):
        worth = (stream.amount * np.power(1 + rate, -stream.time)).sum(axis=1)
    return _answer(worth, codes, stream.codes, codes_where((rate <= 0).any(axis=1), NUM))


@kernel("XIRR", least=2, most=3)
def _xirr(request: Request) -> Value:
    stream = _dated_stream(request, 0, 1)
    guess, codes = _single(request, 2, 0.1)
    return _yield(stream, guess, codes)


def _dated_stream(request: Request, values: int, dates: int) -> _Stream:
    """Return amounts and the years since the first of them, as XNPV and XIRR take them.

    Blanks count as 0, truth values are refused, and no date may lie before the first.
    """
    shift = shift_of(request)
    amount, first = _strict(request.whole(values))
    day, second = _strict(text_days(request, request.whole(dates)))
    lanes = max(len(amount), len(day))
    if amount.shape[1] != day.shape[1]:
        return _Stream(np.zeros((lanes, 1)), np.zeros((lanes, 1)), np.full(lanes, NUM, dtype=np.int8))
    day = np.floor(day)
    bad = ((day < 0) | (day > LAST_DAY - shift) | (day < day[:, :1])).any(axis=1)
    parts = (first, second, codes_where(bad, NUM))
    codes = first_codes(*(None if one is None else np.broadcast_to(one, lanes) for one in parts))
    shape = (lanes, amount.shape[1])
    return _Stream(np.broadcast_to(amount, shape), np.broadcast_to((day - day[:, :1]) / _YEAR, shape), codes)


def _strict(cells: Cells) -> tuple[Floats, Codes | None]:
    """Return numbers (lanes, places) and the first error of each lane, truth values being #VALUE!."""
    lanes = cells.shape[0]
    number, codes = numbers(cells)
    every = first_codes(codes, codes_where(cells.kind == BOOL, VALUE))
    if every is not None:
        every = every.reshape(lanes, -1)
        every = np.take_along_axis(every, (every > 0).argmax(axis=1)[:, None], axis=1)[:, 0]
    return number.reshape(lanes, -1), every


def _single(request: Request, place: int, default: float) -> tuple[Floats, Codes | None]:
    """Return an argument that is one number a lane, of shape (lanes, 1)."""
    if place >= 1 and not request.given(place):
        return np.full((1, 1), default), None
    number, codes = request.number(place, default)
    if number.shape[1:] != (1, 1):
        raise Unsupported("formula.function", request.name)
    return number.reshape(-1, 1), None if codes is None else codes.reshape(-1)


def _answer(found: Any, *codes: Codes | None) -> Cells:
    """Return one number a lane with the first of its errors."""
    lanes = max(len(found), *(len(one) for one in codes if one is not None), 1)
    spread = [None if one is None else np.broadcast_to(one, lanes).reshape(-1, 1, 1) for one in codes]
    return numbers_block(np.broadcast_to(found, lanes).reshape(-1, 1, 1), first_codes(*spread))


def _yield(stream: _Stream, guess: Floats, codes: Codes | None) -> Cells:
    """Return the rate at which a stream is worth nothing: what Newton's method finds, else the root next to it."""
    lanes = max(len(stream.amount), len(guess))
    amount, time = (np.broadcast_to(one, (lanes, one.shape[1])) for one in (stream.amount, stream.time))
    start = np.broadcast_to(guess[:, 0], lanes)
    possible = (amount > 0).any(axis=1) & (amount < 0).any(axis=1) & (start > -1)
    rate = np.full(lanes, np.nan)
    with np.errstate(all="ignore"):
        rate[possible] = _newton(amount[possible], time[possible], start[possible])
        lost = possible & np.isnan(rate)
        if lost.any():
            rate[lost] = _nearest_roots(amount[lost], time[lost], start[lost])
    return _answer(rate, stream.codes, codes, codes_where(np.isnan(rate), NUM))


def _newton(amount: Floats, time: Floats, start: NDArray[Any]) -> NDArray[Any]:
    """Return the roots that Newton's method finds, NaN where it finds none."""
    rate = np.array(start, dtype=np.float64)
    step = np.full(rate.shape, np.inf)
    waiting = np.ones(rate.shape, dtype=bool)
    for _ in range(_ROUNDS):
        here = np.flatnonzero(waiting)
        if not len(here):
            break
        step[here] = _step(amount[here], time[here], rate[here])
        rate[here] -= step[here]
        lost = ~(rate > -1)
        rate[lost] = np.nan
        waiting &= ~lost & (np.abs(step) > _CLOSE * np.maximum(1.0, np.abs(rate)))
    size = np.maximum(1.0, np.abs(rate))
    return np.where(np.abs(step) <= _ENOUGH * size, rate, np.nan)


def _step(amount: Floats, time: Floats, rate: NDArray[Any]) -> Any:
    worth = amount * np.power((1 + rate)[:, None], -time)
    return -worth.sum(axis=1) * (1 + rate) / (time * worth).sum(axis=1)


def _nearest_roots(amount: Floats, time: Floats, guess: NDArray[Any]) -> NDArray[Any]:
    """Return the roots nearest to the guesses among those that a grid of rates shows, NaN where it shows none."""
    grid = np.linspace(_LEAST, _MOST, _STEPS)
    worth = np.stack([_worth(amount, time, np.full(len(amount), log)) for log in grid], axis=1)
    change = worth[:, :-1] * worth[:, 1:] < 0
    distance = np.where(change, np.abs(np.expm1((grid[:-1] + grid[1:]) / 2) - guess[:, None]), np.inf)
    place = distance.argmin(axis=1)
    low, high = grid[place], grid[place + 1]
    rising = np.take_along_axis(worth, place[:, None] + 1, axis=1)[:, 0] > 0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        above = (_worth(amount, time, middle) > 0) == rising
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return np.where(change.any(axis=1), np.expm1((low + high) / 2), np.nan)


def _worth(amount: Floats, time: Floats, log: NDArray[Any]) -> Any:
    """Return what streams are worth at rates given as logarithms of 1 + rate, each up to a positive factor."""
    powers = -log[:, None] * time
    return (amount * np.exp(powers - powers.max(axis=1, keepdims=True))).sum(axis=1)
