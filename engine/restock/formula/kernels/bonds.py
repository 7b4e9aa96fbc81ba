"""Bonds with coupons: the dates of their coupons, price, yield, duration and accrued interest.

Coupons fall on the day of maturity, 1, 2 or 4 times a year, counted back from it; on the last of the month where
maturity is the last of its month. Source: Microsoft's documentation of PRICE, YIELD, DURATION and ACCRINT.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.formula.cells import NUM, Codes
from restock.formula.kernels.daycount import days_american, days_between, days_european, known_basis
from restock.formula.kernels.registry import codes_where
from restock.formula.kernels.serials import Dates, Days, shifted, toolpak

_ROUNDS = 100
_CLOSE = 1e-13


@dataclass(frozen=True)
class Coupons:
    """Where settlement lies among the coupons.

    Attributes:
        settlement, before, after: Settlement, the coupon on or before it and the one after it.
        count: Coupons still to come.
        frequency, basis: Coupons a year, and how days are counted.
        codes: #NUM! where there is no such bond.
    """

    settlement: Dates
    before: Dates
    after: Dates
    count: Days
    frequency: NDArray[Any]
    basis: NDArray[Any]
    codes: Codes

    @property
    def length(self) -> NDArray[Any]:
        """Days of the coupon's period."""
        fixed = np.where(self.basis == 3, 365, 360) / self.frequency
        return np.where(self.basis == 1, self.after.serial - self.before.serial, fixed)

    @property
    def passed(self) -> NDArray[Any]:
        """Days from the last coupon to settlement."""
        return np.asarray(days_between(self.before, self.settlement, self.basis))

    @property
    def ahead(self) -> NDArray[Any]:
        """Days from settlement to the next coupon."""
        real = self.after.serial - self.settlement.serial
        american = days_american(self.before, self.after, both=True) - days_american(self.before, self.settlement)
        european = days_european(self.settlement, self.after)
        return np.where(self.basis == 0, american, np.where(self.basis == 4, european, real))


def _period(anchor: Dates, when: Dates, step: Any) -> Days:
    """Return which period of a schedule a day lies in: n where the nth date after the anchor is on or before it."""
    found = (when.months - anchor.months) // step
    return np.asarray(found - (_scheduled(anchor, found, step) > when.serial))


def _scheduled(anchor: Dates, place: Any, step: Any) -> Days:
    return shifted(anchor, place * step, to_end=anchor.is_month_end)


def _coupons(settlement: Any, maturity: Any, frequency: Any, basis: Any) -> Coupons:
    settlement, maturity, frequency, basis = np.broadcast_arrays(settlement, maturity, frequency, basis)
    frequency, basis = np.trunc(frequency), np.trunc(basis)
    known = np.isin(frequency, (1.0, 2.0, 4.0))
    bad = (settlement >= maturity) | ~known | ~known_basis(basis)
    frequency = np.where(known, frequency, 1.0)
    step = (12 // frequency).astype(np.int64)
    due, sold = Dates.of(maturity), Dates.of(settlement)
    place = _period(due, sold, step)
    before, after = (Dates.of(_scheduled(due, one, step)) for one in (place, place + 1))
    return Coupons(sold, before, after, -place, frequency, basis, codes_where(bad, NUM))


@toolpak("COUPNUM", reads="ddn|n")
def _coupnum(settlement: Any, maturity: Any, frequency: Any, basis: Any = 0.0) -> Any:
    found = _coupons(settlement, maturity, frequency, basis)
    return found.count, found.codes


@toolpak("COUPPCD", reads="ddn|n", gives_day=True)
def _couppcd(settlement: Any, maturity: Any, frequency: Any, basis: Any = 0.0) -> Any:
    found = _coupons(settlement, maturity, frequency, basis)
    return found.before.serial, found.codes


@toolpak("COUPNCD", reads="ddn|n", gives_day=True)
def _coupncd(settlement: Any, maturity: Any, frequency: Any, basis: Any = 0.0) -> Any:
    found = _coupons(settlement, maturity, frequency, basis)
    return found.after.serial, found.codes


@toolpak("COUPDAYS", reads="ddn|n")
def _coupdays(settlement: Any, maturity: Any, frequency: Any, basis: Any = 0.0) -> Any:
    found = _coupons(settlement, maturity, frequency, basis)
    return found.length, found.codes


@toolpak("COUPDAYBS", reads="ddn|n")
def _coupdaybs(settlement: Any, maturity: Any, frequency: Any, basis: Any = 0.0) -> Any:
    found = _coupons(settlement, maturity, frequency, basis)
    return found.passed, found.codes


@toolpak("COUPDAYSNC", reads="ddn|n")
def _coupdaysnc(settlement: Any, maturity: Any, frequency: Any, basis: Any = 0.0) -> Any:
    found = _coupons(settlement, maturity, frequency, basis)
    return found.ahead, found.codes


@toolpak("PRICE", reads="ddnnnn|n")
def _price(settlement: Any, maturity: Any, rate: Any, yearly: Any, redemption: Any, frequency: Any,
           basis: Any = 0.0) -> Any:  # fmt: skip
    found = _coupons(settlement, maturity, frequency, basis)
    bad = (rate < 0) | (yearly < 0) | (redemption <= 0)
    return _priced(found, rate, yearly, redemption), np.where(bad, np.int8(NUM), found.codes)


def _priced(found: Coupons, rate: Any, yearly: Any, redemption: Any) -> Any:
    """Return the price per 100 of face value, without the interest that has accrued."""
    coupon = 100 * rate / found.frequency
    past = found.passed / found.length
    each = yearly / found.frequency
    log = np.log1p(each)
    worth = np.where(each == 0, found.count, np.expm1(-found.count * log) / np.where(each == 0, -1.0, np.expm1(-log)))
    many = (redemption * np.exp(-(found.count - 1) * log) + coupon * worth) * np.exp(-(1 - past) * log)
    last = (redemption + coupon) / (1 + (1 - past) * each)
    return np.where(found.count == 1, last, many) - coupon * past


@toolpak("YIELD", reads="ddnnnn|n")
def _yield(settlement: Any, maturity: Any, rate: Any, price: Any, redemption: Any, frequency: Any,
           basis: Any = 0.0) -> Any:  # fmt: skip
    found = _coupons(settlement, maturity, frequency, basis)
    bad = (rate < 0) | (price <= 0) | (redemption <= 0) | (found.codes > 0)
    coupon, past = rate / found.frequency, found.passed / found.length
    cost = price / 100 + past * coupon
    last = (redemption / 100 + coupon - cost) / cost * found.frequency / (1 - past)
    many = _solved(found, rate, price, redemption)
    return np.where(found.count == 1, last, many), codes_where(bad, NUM)


def _solved(found: Coupons, rate: Any, price: Any, redemption: Any) -> Any:
    """Newton's method; the price falls and bends one way, so that steps from the left of the root never pass it."""
    values = np.broadcast_arrays(rate, price, redemption, found.frequency)
    rate, price, redemption, frequency = values
    yearly = np.full(frequency.shape, 0.05)
    for _ in range(_ROUNDS):
        nudge = 1e-6 * (1 + np.abs(yearly))
        value = _priced(found, rate, yearly, redemption)
        slope = (_priced(found, rate, yearly + nudge, redemption) - value) / nudge
        step = (value - price) / slope
        following = yearly - step
        following = np.where(following > -frequency, following, (yearly - frequency) / 2)
        moved = np.abs(following - yearly) > _CLOSE * (1 + np.abs(yearly))
        yearly = following
        if not moved.any():
            break
    close = np.abs(_priced(found, rate, yearly, redemption) - price) <= 1e-9 * (1 + price)
    return np.where(close, yearly, np.nan)


@toolpak("DURATION", reads="ddnnn|n")
def _duration(settlement: Any, maturity: Any, rate: Any, yearly: Any, frequency: Any, basis: Any = 0.0) -> Any:
    found = _coupons(settlement, maturity, frequency, basis)
    bad = (rate < 0) | (yearly < 0) | (found.codes > 0)
    return _mean_time(found, rate, yearly, bad), codes_where(bad, NUM)


@toolpak("MDURATION", reads="ddnnn|n")
def _mduration(settlement: Any, maturity: Any, rate: Any, yearly: Any, frequency: Any, basis: Any = 0.0) -> Any:
    found = _coupons(settlement, maturity, frequency, basis)
    bad = (rate < 0) | (yearly < 0) | (found.codes > 0)
    return _mean_time(found, rate, yearly, bad) / (1 + yearly / found.frequency), codes_where(bad, NUM)


def _mean_time(found: Coupons, rate: Any, yearly: Any, bad: Any) -> Any:
    """Return the mean years until payment, weighted with what each payment is worth (Macaulay)."""
    first = 1 - found.passed / found.length
    growth = 1 + yearly / found.frequency
    total, weighted = np.zeros(np.broadcast(first, growth, rate).shape), 0.0
    for place in range(int(np.where(bad, 0, found.count).max(initial=0))):
        time = first + place
        paid = 100 * rate / found.frequency + np.where(place == found.count - 1, 100.0, 0.0)
        worth = np.where(place < found.count, paid * np.power(growth, -time), 0.0)
        total, weighted = total + worth, weighted + worth * time
    return weighted / total / found.frequency


@toolpak("ACCRINT", reads="dddnnn|nb")
def _accrint(issue: Any, first: Any, settlement: Any, rate: Any, par: Any, frequency: Any, basis: Any = 0.0,
             from_issue: Any = np.True_) -> Any:  # fmt: skip
    values = np.broadcast_arrays(issue, first, settlement, np.trunc(frequency), np.trunc(basis), from_issue)
    issue, first, settlement, frequency, basis, from_issue = values
    known = np.isin(frequency, (1.0, 2.0, 4.0))
    bad = (issue >= settlement) | ~known | ~known_basis(basis) | (rate <= 0) | (par <= 0)
    frequency = np.where(known, frequency, 1.0)
    periods = _accrued(Dates.of(issue), Dates.of(first), Dates.of(settlement), frequency, basis, from_issue)
    return par * rate / frequency * periods, codes_where(bad, NUM)


def _accrued(issue: Dates, first: Dates, settlement: Dates, frequency: Any, basis: Any, from_issue: Any) -> Any:
    """Return how many coupons' worth of interest has accrued: of the last period, the whole ones, and the first."""
    step = (12 // frequency).astype(np.int64)
    eve = Dates.of(settlement.serial - 1)
    last = np.where((settlement.serial > first.serial) & from_issue, _period(first, eve, step), -1)
    before = Dates.of(_scheduled(first, last, step))
    begun = Dates.of(np.maximum(issue.serial, before.serial))
    real = first.serial - _scheduled(first, np.full(last.shape, -1), step)
    length = np.where(basis == 1, real, np.where(basis == 3, 365, 360) / frequency)
    found = days_between(begun, settlement, basis) / length
    earliest = _period(first, issue, step)
    start, end = (Dates.of(_scheduled(first, one, step)) for one in (earliest, earliest + 1))
    part = np.where(start.serial < issue.serial, _stub(issue, start, end, frequency, basis), np.where(from_issue, 1, 0))
    whole = np.where(from_issue, last - earliest - 1, 0)
    return found + np.where(before.serial > issue.serial, whole + part, 0)


def _stub(issue: Dates, start: Dates, end: Dates, frequency: Any, basis: Any) -> Any:
    """Return what part of a period lies behind the issue."""
    fixed, real = days_american(start, end), end.serial - start.serial
    length = np.select(
        [basis == 0, basis == 1, basis == 2, basis == 3],
        [days_american(start, end, both=True), real, fixed, 365 / frequency],
        days_european(start, end),
    )
    return days_between(issue, end, basis) / length
