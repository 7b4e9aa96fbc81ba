"""How assets lose value: straight line, sum of years' digits, declining balance."""

from __future__ import annotations

from typing import Any

import numpy as np

from restock.formula.cells import DIV0, NUM
from restock.formula.frame import Unsupported
from restock.formula.kernels.registry import codes_where, elementwise

_LONGEST = 100_000


@elementwise("SLN", reads="nnn")
def _sln(cost: Any, salvage: Any, life: Any) -> Any:
    return (cost - salvage) / np.where(life == 0, 1.0, life), codes_where(life == 0, DIV0)


@elementwise("SYD", reads="nnnn")
def _syd(cost: Any, salvage: Any, life: Any, period: Any) -> Any:
    bad = (life <= 0) | (period <= 0) | (period > life)
    found = (cost - salvage) * (life - period + 1) * 2 / (life * (life + 1))
    return found, codes_where(bad, NUM)


@elementwise("DB", reads="nnnn|n")
def _db(cost: Any, salvage: Any, life: Any, period: Any, month: Any = 12.0) -> Any:
    """Declining balance at a rate of three decimals, the first year having `month` months and the last the others."""
    month, years = np.trunc(month), np.maximum(np.trunc(period), 1.0)
    bad = (cost < 0) | (salvage < 0) | (life <= 0) | (period <= 0) | (month < 1) | (month > 12)
    bad |= period > life + (month < 12)
    rate = np.floor((1 - np.power(salvage / cost, 1 / life)) * 1000 + 0.5) / 1000
    book = cost * (1 - rate * month / 12)
    later = book * np.power(1 - rate, years - 2) * rate
    last = later * np.where(years == np.trunc(life) + 1, (12 - month) / 12, 1.0)
    found = np.where(years == 1, cost * rate * month / 12, last)
    return np.where(cost == 0, 0.0, found), codes_where(bad, NUM)


@elementwise("DDB", reads="nnnn|n")
def _ddb(cost: Any, salvage: Any, life: Any, period: Any, factor: Any = 2.0) -> Any:
    bad = (cost < 0) | (salvage < 0) | (life <= 0) | (period <= 0) | (period > life) | (factor <= 0)
    period = np.maximum(period, 1.0)
    kept = 1 - np.minimum(factor / np.where(bad, 1.0, life), 1.0)
    before, after = cost * np.power(kept, period - 1), cost * np.power(kept, period)
    return np.maximum(before - np.maximum(after, salvage), 0.0), codes_where(bad, NUM)


@elementwise("VDB", reads="nnnnn|nb")
def _vdb(cost: Any, salvage: Any, life: Any, start: Any, end: Any, factor: Any = 2.0, steady: Any = np.False_) -> Any:
    """Declining balance between two times; unless `steady`, it turns to a straight line where that takes more."""
    bad = (cost < 0) | (salvage < 0) | (life <= 0) | (start < 0) | (end < start) | (end > life) | (factor <= 0)
    bad |= (end <= 0) | ((start == life) & ~steady)
    values = np.broadcast_arrays(cost, salvage, life, start, end, factor, steady, bad)
    cost, salvage, life, start, end, factor, steady, bad = (np.array(one) for one in values)
    for one, safe in ((life, 1.0), (start, 0.0), (end, 0.0), (factor, 1.0)):
        one[bad] = safe
    if end.max(initial=0.0) > _LONGEST:
        raise Unsupported("formula.function", "VDB")
    return _declined(cost, salvage, life, start, end, factor, steady), codes_where(bad, NUM)


def _declined(cost: Any, salvage: Any, life: Any, start: Any, end: Any, factor: Any, steady: Any) -> Any:
    """Walk through the periods. Where a straight line is allowed Excel begins them at the fraction of the start."""
    book, found = np.array(cost), np.zeros(cost.shape)
    time = np.zeros(cost.shape)
    follow = np.where(steady, 0.0, start % 1)
    follow = np.where(follow == 0, 1.0, follow)
    while (time < end).any():
        full = np.minimum(book * factor / life, np.maximum(book - salvage, 0.0))
        line = (book - salvage) / np.where(time < life, life - time, 1.0)
        full = np.where(steady, full, np.maximum(full, line))
        within = np.clip(np.minimum(follow, end) - np.maximum(time, start), 0.0, None)
        found += full * within
        book = book - full * (follow - time)
        time, follow = follow, follow + 1
    return found
