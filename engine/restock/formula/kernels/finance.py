"""Money over equal periods: payments, loans, rates; signs tell what is paid (-) from what is received (+).

All rest on one equation: present value * (1 + rate)^periods + payment * (1 + rate * type) * ((1 + rate)^periods - 1) /
rate + future value = 0; type is 1 where payments are made at the beginning of each period, else 0.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from restock.formula.cells import BOOL, DIV0, NUM, TEXT, VALUE, Codes, error_codes, first_codes, numbers_block
from restock.formula.frame import Value
from restock.formula.kernels.registry import Request, codes_where, elementwise, kernel
from restock.formula.kernels.serials import toolpak

_ROUNDS = 50
_CLOSE = 1e-7
_SMALL = 1e-4  # rates below it take the series of the annuity, whose slope is all rounding otherwise


def growth(rate: Any, periods: Any) -> Any:
    """Return what one unit grows to."""
    return np.power(1.0 + rate, periods)


def annuity(rate: Any, periods: Any) -> Any:
    """Return what payments of one unit at the end of each period grow to.

    >>> annuity(np.array([0.0, 0.1]), np.array(3.0)).round(6).tolist()
    [3.0, 3.31]
    """
    rate, periods = np.asarray(rate), np.asarray(periods)
    steady = np.where(rate > -1, rate, 1.0)
    gain = np.where(rate > -1, np.expm1(periods * np.log1p(steady)), growth(rate, periods) - 1)
    return np.where(rate == 0, periods, gain / np.where(rate == 0, 1.0, rate))


def _early(kind: Any) -> Any:
    return np.where(np.asarray(kind) != 0, 1.0, 0.0)


@elementwise("FV", reads="nnn|nn")
def _fv(rate: Any, periods: Any, payment: Any, present: Any = 0.0, kind: Any = 0.0) -> Any:
    found = -(present * growth(rate, periods) + payment * (1 + rate * _early(kind)) * annuity(rate, periods))
    return found, codes_where((rate == -1) & (periods < 0), DIV0)


@elementwise("PV", reads="nnn|nn")
def _pv(rate: Any, periods: Any, payment: Any, future: Any = 0.0, kind: Any = 0.0) -> Any:
    worth = growth(rate, -periods)
    found = -(future * worth + payment * (1 + rate * _early(kind)) * annuity(rate, periods) * worth)
    return found, codes_where((rate == -1) & (periods > 0), DIV0)


@elementwise("PMT", reads="nnn|nn")
def _pmt(rate: Any, periods: Any, present: Any, future: Any = 0.0, kind: Any = 0.0) -> Any:
    bad = (periods == 0) | (rate <= -1)
    safe = np.where(bad, 1.0, periods)
    return payment_of(np.where(bad, 0.0, rate), safe, present, future, kind), codes_where(bad, NUM)


def payment_of(rate: Any, periods: Any, present: Any, future: Any, kind: Any) -> Any:
    """Return the payment of each period."""
    owed = present * growth(rate, periods) + future
    return -owed / ((1 + rate * _early(kind)) * annuity(rate, periods))


@elementwise("NPER", reads="nnn|nn")
def _nper(rate: Any, payment: Any, present: Any, future: Any = 0.0, kind: Any = 0.0) -> Any:
    due = payment * (1 + rate * _early(kind))
    grown = np.log((due - future * rate) / (due + present * rate)) / np.log1p(rate)
    level = -(present + future) / np.where(payment == 0, 1.0, payment)
    return np.where(rate == 0, level, grown), codes_where((rate == 0) & (payment == 0), DIV0)


@elementwise("IPMT", reads="nnnn|nn")
def _ipmt(rate: Any, period: Any, periods: Any, present: Any, future: Any = 0.0, kind: Any = 0.0) -> Any:
    bad = _outside_loan(rate, period, periods)
    return _interest(rate, period, periods, present, future, kind), codes_where(bad, NUM)


@elementwise("PPMT", reads="nnnn|nn")
def _ppmt(rate: Any, period: Any, periods: Any, present: Any, future: Any = 0.0, kind: Any = 0.0) -> Any:
    bad = _outside_loan(rate, period, periods)
    payment = payment_of(rate, periods, present, future, kind)
    return payment - _interest(rate, period, periods, present, future, kind), codes_where(bad, NUM)


def _outside_loan(rate: Any, period: Any, periods: Any) -> Any:
    return (rate <= -1) | (period < 1) | (period >= periods + 1)


def _interest(rate: Any, period: Any, periods: Any, present: Any, future: Any, kind: Any) -> Any:
    """The interest of one period; payments made in advance carry none in the first."""
    payment = payment_of(rate, periods, present, future, 0.0)
    late = -(present * growth(rate, period - 1) * rate + payment * (growth(rate, period - 1) - 1))
    return np.where(_early(kind) == 0, late, np.where(period == 1, 0.0, late / (1 + rate)))


@elementwise("ISPMT", reads="nnnn")
def _ispmt(rate: Any, period: Any, periods: Any, present: Any) -> Any:
    return present * rate * (period / np.where(periods == 0, 1.0, periods) - 1), codes_where(periods == 0, DIV0)


@elementwise("RATE", reads="nnn|nnn")
def _rate(periods: Any, payment: Any, present: Any, future: Any = 0.0, kind: Any = 0.0, guess: Any = 0.1) -> Any:
    """Newton's method from the guess, given up where it leaves the rates above -100%."""
    early = _early(kind)
    values = np.broadcast_arrays(periods, payment, present, future, early, guess)
    periods, payment, present, future, early, rate = (np.array(one) for one in values)
    waiting = np.ones(rate.shape, dtype=bool)
    bad = periods <= 0
    for _ in range(_ROUNDS):
        step = _rate_step(rate, periods, payment, present, future, early)
        following = np.where(waiting, rate - step, rate)
        bad |= ~(following > -1)
        waiting &= ~bad & (np.abs(step) >= _CLOSE)
        rate = np.where(bad, 0.1, following)
        if not waiting.any():
            break
    return rate, codes_where(bad | waiting, NUM)


def _rate_step(rate: Any, periods: Any, payment: Any, present: Any, future: Any, early: Any) -> Any:
    before = growth(rate, periods - 1)
    grown = annuity(rate, periods)
    slope = np.where(
        np.abs(rate) < _SMALL,
        periods * (periods - 1) / 2 * (1 + (periods - 2) / 3 * 2 * rate),
        (periods * before - grown) / np.where(rate == 0, 1.0, rate),
    )
    value = present * before * (1 + rate) + payment * (1 + rate * early) * grown + future
    return value / (present * periods * before + payment * (early * grown + (1 + rate * early) * slope))


@toolpak("CUMIPMT", reads="nnnnnn")
def _cumipmt(rate: Any, periods: Any, present: Any, first: Any, last: Any, kind: Any) -> Any:
    found, _ = _cumulated(rate, periods, present, np.ceil(first), np.trunc(last), np.trunc(kind))
    return found, _bad_loan(rate, periods, present, first, last, kind)


@toolpak("CUMPRINC", reads="nnnnnn")
def _cumprinc(rate: Any, periods: Any, present: Any, first: Any, last: Any, kind: Any) -> Any:
    _, found = _cumulated(rate, periods, present, np.ceil(first), np.trunc(last), np.trunc(kind))
    return found, _bad_loan(rate, periods, present, first, last, kind)


def _bad_loan(rate: Any, periods: Any, present: Any, first: Any, last: Any, kind: Any) -> Codes:
    bad = (rate <= 0) | (periods <= 0) | (present <= 0) | (first < 1) | (last < first) | (last > periods)
    return codes_where(bad | ~np.isin(np.trunc(kind), (0.0, 1.0)), NUM)


def _cumulated(rate: Any, periods: Any, present: Any, first: Any, last: Any, kind: Any) -> tuple[Any, Any]:
    """Interest and principal of the periods from first to last: principal is what the debt falls by."""
    early = _early(kind)
    late = payment_of(rate, periods, present, 0.0, 0.0)
    start = np.where(early == 1, np.maximum(first, 2), first)
    owed = [-late * annuity(rate, left) * growth(rate, -left) for left in (periods - start + 1, periods - last)]
    fallen = np.where(last < start, 0.0, owed[0] - owed[1])
    bearing = np.maximum(last - start + 1, 0)
    interest, principal = late * bearing + fallen, late * (last - first + 1 - bearing) - fallen
    return interest / (1 + rate * early), principal / (1 + rate * early)


@toolpak("EFFECT", reads="nn")
def _effect(nominal: Any, periods: Any) -> Any:
    periods = np.trunc(periods)
    bad = (nominal <= 0) | (periods < 1)
    return np.expm1(periods * np.log1p(nominal / np.where(bad, 1.0, periods))), codes_where(bad, NUM)


@toolpak("NOMINAL", reads="nn")
def _nominal(effective: Any, periods: Any) -> Any:
    periods = np.trunc(periods)
    bad = (effective <= 0) | (periods < 1)
    return periods * np.expm1(np.log1p(effective) / np.where(bad, 1.0, periods)), codes_where(bad, NUM)


@elementwise("RRI", reads="nnn")
def _rri(periods: Any, present: Any, future: Any) -> Any:
    nothing = (present == 0) & (future == 0)
    bad = (periods <= 0) | ((present == 0) & ~nothing)
    times = np.where(nothing, 1.0, future / np.where(present == 0, 1.0, present))
    return np.power(times, 1 / np.where(bad, 1.0, periods)) - 1, codes_where(bad, NUM)


@elementwise("PDURATION", reads="nnn")
def _pduration(rate: Any, present: Any, future: Any) -> Any:
    bad = (rate <= 0) | (present <= 0) | (future <= 0)
    return (np.log(future) - np.log(present)) / np.log1p(rate), codes_where(bad, NUM)


@kernel("FVSCHEDULE", least=2, most=2)
def _fvschedule(request: Request) -> Value:
    principal, codes = request.number(0)
    rates = request.whole(1)
    lanes = rates.shape[0]
    bad = error_codes(rates)
    wrong = codes_where((rates.kind == TEXT) | (rates.kind == BOOL), VALUE)
    every = (wrong if bad is None else np.where(bad > 0, bad, wrong)).reshape(lanes, -1)
    first = np.take_along_axis(every, (every > 0).argmax(axis=1)[:, None], axis=1).reshape(lanes, 1, 1)
    with np.errstate(all="ignore"):
        found = principal * np.prod(1 + rates.number.reshape(lanes, -1), axis=1).reshape(lanes, 1, 1)
    shape = found.shape
    spread = [None if one is None else np.broadcast_to(one, shape) for one in (codes, first)]
    return numbers_block(found, first_codes(*spread))


@toolpak("DOLLARDE", reads="nn")
def _dollarde(price: Any, fraction: Any) -> Any:
    whole, scale, codes = _fraction(price, fraction)
    return whole + (price - whole) * scale, codes


@toolpak("DOLLARFR", reads="nn")
def _dollarfr(price: Any, fraction: Any) -> Any:
    whole, scale, codes = _fraction(price, fraction)
    return whole + (price - whole) / scale, codes


def _fraction(price: Any, fraction: Any) -> tuple[Any, Any, Codes]:
    """The whole dollars, how much larger decimals are than digits of the fraction, and errors."""
    parts = np.trunc(fraction)
    safe = np.where(parts < 1, 1.0, parts)
    scale = np.power(10.0, np.ceil(np.log10(safe) - 1e-12)) / safe
    codes = np.where(fraction < 0, np.int8(NUM), codes_where(parts < 1, DIV0))
    return np.trunc(price), scale, codes
