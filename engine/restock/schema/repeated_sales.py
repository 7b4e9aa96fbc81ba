"""Days of Sales that were pasted twice: every row of the day stands there as often as every other (§41).

Order lines repeat by themselves: two people buy the same thing on one day. A whole day of them does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

MANY_ROWS = 12
"""So many different rows of a day do not all stand there twice by chance."""
FEW_ROWS = 3
"""So many do not either where no other day has a row twice, or where the whole day follows itself in one order."""
_SURPRISE = np.log(1e9)
"""Logarithm of the number of orders in which a block might have come, of which it came in the one it had before."""
_OTHER_DAYS = 5
_ODD = tuple(map(np.uint64, (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)))


@dataclass(frozen=True)
class RepeatedDay:
    """A day whose rows all stand there `times` times: days since 1970, its rows, and the first one too many."""

    day: int
    rows: int
    times: int
    place: int


@dataclass(frozen=True)
class Repeats:
    """Days pasted more than once.

    Attributes:
        extra: Rows beyond the first of each, (n,) bool.
        counted_once: Days that were certainly pasted more than once.
        doubtful: Days of few rows that may have been.
    """

    extra: Array
    counted_once: list[RepeatedDay]
    doubtful: list[RepeatedDay]


def repeated_days(day: Array, sku: Array, warehouse: Array, quantity: Array, in_stock: Array) -> Repeats:
    """Find days that were pasted more than once.

    Args:
        day: Days since 1970, whole, (n,), in sheet order as all the others.
        sku, warehouse: Codes of names, -1 for none.
        quantity: Units; rows of 0 units are passed over, for they change nothing.
        in_stock: Truth values.
    """
    found = Repeats(np.zeros(len(day), dtype=bool), [], [])
    counted = np.flatnonzero(quantity)
    if not len(counted):
        return found
    parts = [part if len(counted) == len(day) else part[counted] for part in (day, sku, warehouse, quantity, in_stock)]
    days, rows = parts[0].astype(np.int64), _identity(*parts)
    suspects = np.flatnonzero(_may_repeat(rows, days - days.min()))
    if len(suspects):
        others = _Others(rows, days)
        for one in _whole_days(rows[suspects], days[suspects], suspects):
            _judge(one, others, counted, found)
    return found


@dataclass(frozen=True)
class _Day:
    """A day all of whose rows stand there `times` times.

    Attributes:
        places: Its rows among those counted, in sheet order.
        keys: What stands in them, as small numbers.
    """

    day: int
    times: int
    places: Array
    keys: Array

    @property
    def kinds(self) -> int:
        """How many different rows the day has."""
        return int(self.keys.max()) + 1

    @property
    def follows_itself(self) -> bool:
        """Whether its rows are one block, in one order, `times` times, and that is no chance."""
        blocks = self.keys.reshape(self.times, -1)
        surprise = blocks.shape[1] * np.log(self.kinds)
        return bool(surprise >= _SURPRISE and (blocks == blocks[0]).all())


class _Others:
    """The other days: whether they show that rows are sums of days, which never stand there twice."""

    def __init__(self, rows: Array, days: Array) -> None:
        self._rows, self._days = rows, days

    @cached_property
    def _repeated(self) -> tuple[int, int, int]:
        """How many different rows there are, days without a row that is there twice, days with one but not wholly."""
        different, first, count = np.unique(self._rows, return_index=True, return_counts=True)
        order = np.argsort(self._days[first], kind="stable")
        starts = np.flatnonzero(np.diff(self._days[first][order], prepend=np.iinfo(np.int64).min))
        whole = np.gcd.reduceat(count[order], starts) > 1
        most = np.maximum.reduceat(count[order], starts)
        return len(different), int((most == 1).sum()), int(((most > 1) & ~whole).sum())

    @property
    def are_sums(self) -> bool:
        """Whether enough other days have no row twice, and none has some rows twice."""
        _, plain, partly = self._repeated
        return plain >= _OTHER_DAYS and partly == 0

    @property
    def are_repeated_too(self) -> bool:
        """Whether no day is otherwise, and that is no chance."""
        different, plain, partly = self._repeated
        return plain == partly == 0 and different >= MANY_ROWS


def _may_repeat(rows: Array, day: Array) -> Array:
    """Return which rows are of days that may repeat: a quick look that lets 3 days in 100 pass that do not.

    Where all rows of a day stand there k times, so do those whose identity has a given bit.
    """
    divisor = np.bincount(day)
    for bit in (0, 2):
        low, high = (rows >> np.uint64(bit)) & np.uint64(1), (rows >> np.uint64(bit + 1)) & np.uint64(1)
        both = np.bincount(day, weights=low + high * np.uint64(1 << 24)).astype(np.int64)
        divisor = np.gcd(np.gcd(divisor, both & 0xFFFFFF), both >> 24)
    suspected = divisor > 1
    return suspected[day] if suspected.any() else np.zeros(len(day), dtype=bool)


def _whole_days(rows: Array, days: Array, places: Array) -> Iterator[_Day]:
    """Yield the days on which the counts of all different rows have a common divisor."""
    order = np.argsort(days, kind="stable")
    starts = np.flatnonzero(np.diff(days[order], prepend=np.iinfo(np.int64).min))
    for members in np.split(order, starts[1:]):
        keys, count = np.unique(rows[members], return_inverse=True, return_counts=True)[1:]
        times = int(np.gcd.reduce(count))
        if times > 1:
            yield _Day(int(days[members[0]]), times, places[members], keys)


def _judge(one: _Day, others: _Others, counted: Array, found: Repeats) -> None:
    extra = counted[one.places[_too_many(one.keys, one.times)]]
    repeated = RepeatedDay(one.day, len(one.keys) // one.times, one.times, int(extra[0]))
    few = one.kinds >= FEW_ROWS and (one.follows_itself or others.are_sums or others.are_repeated_too)
    if one.kinds >= MANY_ROWS or few:
        found.extra[extra] = True
        found.counted_once.append(repeated)
    elif others.are_sums:
        found.doubtful.append(repeated)


def _identity(day: Array, sku: Array, warehouse: Array, quantity: Array, in_stock: Array) -> Array:
    """A number per row that is equal for equal rows, and for others but by a chance of one in 10^19."""
    with np.errstate(over="ignore"):
        mixed = quantity.astype(np.float64).view(np.uint64) * _ODD[0]
        mixed ^= mixed >> np.uint64(32)
        mixed += (sku.astype(np.uint64) * _ODD[1]) + (warehouse.astype(np.uint64) * _ODD[2])
        mixed += day.astype(np.int64).view(np.uint64) * _ODD[3] + in_stock.astype(np.uint64)
        mixed ^= mixed >> np.uint64(29)
        mixed *= _ODD[0]
        mixed ^= mixed >> np.uint64(32)
    return mixed


def _occurrence(keys: Array) -> Array:
    """How many equal keys stand before each."""
    order = np.argsort(keys, kind="stable")
    starts = np.flatnonzero(np.diff(keys[order], prepend=-1))
    counts = np.diff(np.append(starts, len(keys)))
    result = np.empty(len(keys), dtype=np.int64)
    result[order] = np.arange(len(keys)) - np.repeat(starts, counts)
    return result


def _too_many(keys: Array, times: int) -> Array:
    """Which rows go so that each different one stands there a `times`-th as often."""
    return _occurrence(keys) >= np.bincount(keys)[keys] // times
