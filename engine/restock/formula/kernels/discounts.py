"""Securities without coupons: treasury bills, discounted paper, and interest paid at maturity."""

from __future__ import annotations

from typing import Any

import numpy as np

from restock.formula.cells import NUM, Codes
from restock.formula.kernels.daycount import days_between, days_in_year, known_basis
from restock.formula.kernels.registry import codes_where
from restock.formula.kernels.serials import Dates, shifted, toolpak

_HALF_YEAR = 182


def _no_bill(settlement: Any, maturity: Any, amount: Any) -> Any:
    """A bill runs for a year at most."""
    late = maturity > shifted(Dates.of(settlement), 12)
    return (settlement > maturity) | late | (amount <= 0)


@toolpak("TBILLPRICE", reads="ddn")
def _tbillprice(settlement: Any, maturity: Any, discount: Any) -> Any:
    price = 100 * (1 - discount * (maturity - settlement) / 360)
    return price, codes_where(_no_bill(settlement, maturity, discount) | (price < 0), NUM)


@toolpak("TBILLYIELD", reads="ddn")
def _tbillyield(settlement: Any, maturity: Any, price: Any) -> Any:
    found = (100 - price) / price * 360 / (maturity - settlement)
    return found, codes_where(_no_bill(settlement, maturity, price) | (settlement == maturity), NUM)


@toolpak("TBILLEQ", reads="ddn")
def _tbilleq(settlement: Any, maturity: Any, discount: Any) -> Any:
    """The yield of a bond that is paid twice a year; up to half a year it is a plain rate of interest."""
    days = maturity - settlement
    short = 365 * discount / (360 - discount * days)
    price = 1 - discount * days / 360
    years = days / np.where(days == 366, 366, 365)
    root = np.sqrt(years**2 - (2 * years - 1) * (1 - 1 / price))
    found = np.where(days > _HALF_YEAR, 2 * (root - years) / (2 * years - 1), short)
    return found, codes_where(_no_bill(settlement, maturity, discount) | (price <= 0), NUM)


def _span(start: Any, end: Any, basis: Any) -> Any:
    """Return the years between two dates."""
    first, last = Dates.of(start), Dates.of(end)
    return days_between(first, last, basis) / days_in_year(first, last, basis)


def _codes(start: Any, end: Any, basis: Any, *amounts: Any) -> Codes:
    bad = (start >= end) | ~known_basis(basis)
    for amount in amounts:
        bad = bad | (amount <= 0)
    return codes_where(bad, NUM)


@toolpak("DISC", reads="ddnn|n")
def _disc(settlement: Any, maturity: Any, price: Any, redemption: Any, basis: Any = 0.0) -> Any:
    basis = np.trunc(basis)
    found = (1 - price / redemption) / _span(settlement, maturity, basis)
    return found, _codes(settlement, maturity, basis, price, redemption)


@toolpak("INTRATE", reads="ddnn|n")
def _intrate(settlement: Any, maturity: Any, investment: Any, redemption: Any, basis: Any = 0.0) -> Any:
    basis = np.trunc(basis)
    found = (redemption - investment) / investment / _span(settlement, maturity, basis)
    return found, _codes(settlement, maturity, basis, investment, redemption)


@toolpak("YIELDDISC", reads="ddnn|n")
def _yielddisc(settlement: Any, maturity: Any, price: Any, redemption: Any, basis: Any = 0.0) -> Any:
    basis = np.trunc(basis)
    found = (redemption - price) / price / _span(settlement, maturity, basis)
    return found, _codes(settlement, maturity, basis, price, redemption)


@toolpak("PRICEDISC", reads="ddnn|n")
def _pricedisc(settlement: Any, maturity: Any, discount: Any, redemption: Any, basis: Any = 0.0) -> Any:
    basis = np.trunc(basis)
    found = redemption - discount * redemption * _span(settlement, maturity, basis)
    return found, _codes(settlement, maturity, basis, discount, redemption)


@toolpak("RECEIVED", reads="ddnn|n")
def _received(settlement: Any, maturity: Any, investment: Any, discount: Any, basis: Any = 0.0) -> Any:
    basis = np.trunc(basis)
    left = 1 - discount * _span(settlement, maturity, basis)
    bad = _codes(settlement, maturity, basis, investment, discount, left)
    return investment / np.where(left == 0, 1.0, left), bad


@toolpak("ACCRINTM", reads="ddnn|n")
def _accrintm(issue: Any, settlement: Any, rate: Any, par: Any, basis: Any = 0.0) -> Any:
    basis = np.trunc(basis)
    return par * rate * _span(issue, settlement, basis), _codes(issue, settlement, basis, rate, par)


def _maturing(settlement: Any, maturity: Any, issue: Any, basis: Any) -> tuple[Any, Any, Any]:
    """Years from issue to maturity and to settlement, and from there to maturity; years are as long as the first."""
    sold, due, begun = Dates.of(settlement), Dates.of(maturity), Dates.of(issue)
    year = days_in_year(begun, sold, basis)
    whole, past = days_between(begun, due, basis) / year, days_between(begun, sold, basis) / year
    return whole, past, whole - past


@toolpak("PRICEMAT", reads="dddnn|n")
def _pricemat(settlement: Any, maturity: Any, issue: Any, rate: Any, yearly: Any, basis: Any = 0.0) -> Any:
    basis = np.trunc(basis)
    whole, past, rest = _maturing(settlement, maturity, issue, basis)
    found = (100 + whole * rate * 100) / (1 + rest * yearly) - past * rate * 100
    bad = (settlement >= maturity) | (issue > settlement) | ~known_basis(basis) | (rate < 0) | (yearly < 0)
    return found, codes_where(bad, NUM)


@toolpak("YIELDMAT", reads="dddnn|n")
def _yieldmat(settlement: Any, maturity: Any, issue: Any, rate: Any, price: Any, basis: Any = 0.0) -> Any:
    basis = np.trunc(basis)
    whole, past, rest = _maturing(settlement, maturity, issue, basis)
    cost = price / 100 + past * rate
    found = (1 + whole * rate - cost) / cost / rest
    bad = (settlement >= maturity) | (issue > settlement) | ~known_basis(basis) | (rate < 0) | (price <= 0)
    return found, codes_where(bad, NUM)
