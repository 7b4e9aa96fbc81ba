"""Places in an order: ranks, percentiles, the k-th largest, and counts between bounds.

The numbers of each lane are sorted once. A range that is the same for all lanes is sorted once for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.formula.cells import NA, NUM, Cells, Codes, first_codes, numbers_block
from restock.formula.frame import LaneByLane, Value
from restock.formula.kernels.arithmetic import snapped
from restock.formula.kernels.registry import (
    CellFailure,
    Request,
    Series,
    as_cells,
    codes_where,
    in_array_mode,
    kernel,
    series,
)

_USUAL_DIGITS = 3.0
_MOST_DIGITS = 15


@dataclass(frozen=True)
class Ordered:
    """The numbers of each lane, rising.

    Attributes:
        number: (lanes, places), at least one place; NaN after the last number.
        size: How many numbers each lane has, (lanes, 1, 1).
        codes: The first error of each lane, (lanes, 1, 1).
    """

    number: NDArray[np.float64]
    size: NDArray[np.int64]
    codes: Codes | None

    def at(self, place: Any) -> NDArray[np.float64]:
        """Return the numbers at places that count from 0, of shape (lanes, rows, columns)."""
        place = np.asarray(place, dtype=np.int64)
        lanes = max(len(self.number), len(place))
        flat = np.clip(place, 0, self.number.shape[1] - 1).reshape(len(place), -1)
        rows = np.broadcast_to(self.number, (lanes, self.number.shape[1]))
        found = np.take_along_axis(rows, np.broadcast_to(flat, (lanes, flat.shape[1])), axis=1)
        return found.reshape(lanes, *place.shape[1:])

    def between(self, place: Any) -> NDArray[np.float64]:
        """Return the numbers at places that may lie between two of them."""
        low = np.floor(np.nan_to_num(place))
        below, above = self.at(low), self.at(np.minimum(low + 1, self.size - 1))
        return np.asarray(below + (above - below) * (place - low))

    def counts(self, number: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return how many numbers are less than, and how many at most, each of some numbers."""
        if len(self.number) == 1:
            known = self.number[0, : int(self.size[0, 0, 0])]
            return np.searchsorted(known, number, "left"), np.searchsorted(known, number, "right")
        asked = np.broadcast_to(number, (len(self.number), *number.shape[1:])).reshape(len(self.number), -1)
        less = [(self.number < asked[:, one : one + 1]).sum(axis=1) for one in range(asked.shape[1])]
        most = [(self.number <= asked[:, one : one + 1]).sum(axis=1) for one in range(asked.shape[1])]
        shape = (len(self.number), *number.shape[1:])
        return np.stack(less, axis=1).reshape(shape), np.stack(most, axis=1).reshape(shape)


def ordered(found: Series) -> Ordered:
    """Return the numbers of each lane in their order."""
    number = np.sort(found.compact(), axis=1) if found.number.shape[1] else np.full((len(found.number), 1), np.nan)
    codes = None if found.codes is None else found.codes.reshape(-1, 1, 1)
    return Ordered(number, found.size.reshape(-1, 1, 1), codes)


def _answer(number: Any, *codes: Codes | None) -> Cells:
    """Return numbers as cells, NaN as #NUM!, with the first error of each place; all of them broadcast."""
    return as_cells(number, first_codes(*codes))


@kernel("LARGE", "SMALL", least=2, most=2)
def _from_an_end(request: Request) -> Value:
    found = ordered(series(request, 0, 1))
    k, codes = request.number(1)
    rank = np.ceil(k)
    good = (k >= 1) & (rank <= found.size)
    place = np.where(good, rank - 1 if request.name == "SMALL" else found.size - rank, 0)
    return _answer(np.where(good, found.at(place), np.nan), found.codes, codes)


@kernel("PERCENTILE", "PERCENTILE.INC", "PERCENTILE.EXC", least=2, most=2)
def _percentile(request: Request) -> Value:
    found = ordered(series(request, 0, 1))
    share, codes = request.number(1)
    return _answer(_at_share(found, share, request.name.endswith("EXC")), found.codes, codes)


@kernel("QUARTILE", "QUARTILE.INC", "QUARTILE.EXC", least=2, most=2)
def _quartile(request: Request) -> Value:
    found = ordered(series(request, 0, 1))
    quarter, codes = request.number(1)
    exclusive = request.name.endswith("EXC")
    quarter = np.trunc(quarter)
    bad = exclusive & ((quarter <= 0) | (quarter >= 4))
    return _answer(_at_share(found, np.where(bad, -1.0, quarter / 4), exclusive), found.codes, codes)


def _at_share(found: Ordered, share: Any, exclusive: bool) -> Any:
    """Return the number below which a share of the others lies; NaN where the share lies outside."""
    place = snapped(share * (found.size + 1)) - 1 if exclusive else share * (found.size - 1)
    good = (share >= 0) & (share <= 1) & (place >= 0) & (place <= found.size - 1)
    return np.where(good, found.between(np.where(good, place, 0.0)), np.nan)


@kernel("PERCENTRANK", "PERCENTRANK.INC", "PERCENTRANK.EXC", least=2, most=3)
def _percent_rank(request: Request) -> Value:
    found = ordered(series(request, 0, 1))
    number, codes = request.number(1)
    digits, digit_codes = request.number(2, _USUAL_DIGITS)
    share = _share_below(found, number, request.name.endswith("EXC"))
    scale = np.power(10.0, np.clip(np.trunc(digits), 0, _MOST_DIGITS))
    cut = np.floor(snapped(share * scale)) / scale
    outside = codes_where((number < found.at(np.zeros((1, 1, 1)))) | (number > found.at(found.size - 1)), NA)
    bad = codes_where((np.trunc(digits) < 1) | (found.size == 0), NUM)
    return _answer(cut, found.codes, codes, digit_codes, bad, outside)


def _share_below(found: Ordered, number: Any, exclusive: bool) -> Any:
    less, most = found.counts(number)
    low, high = found.at(less - 1), found.at(np.minimum(less, found.size - 1))
    part = np.where(most > less, 0.0, (number - low) / np.where(high > low, high - low, 1.0) - 1)
    place = less + part
    if exclusive:
        return (place + 1) / (found.size + 1)
    return np.where(found.size == 1, 1.0, place / np.maximum(found.size - 1, 1))


@kernel("RANK", "RANK.EQ", "RANK.AVG", least=2, most=3)
def _rank(request: Request) -> Value:
    number, codes = request.number(0)
    found = ordered(series(request, 1, 2))
    rising, rising_codes = request.truth(2)
    less, most = found.counts(number)
    rank = np.where(rising, less, found.size - most) + 1.0
    if request.name == "RANK.AVG":
        rank = rank + (most - less - 1) / 2
    missing = codes_where(most == less, NA)
    return _answer(rank, codes, found.codes, rising_codes, missing)


@kernel("TRIMMEAN", least=2, most=2)
def _trimmed_mean(request: Request) -> Value:
    found = ordered(series(request, 0, 1))
    share, codes = request.number(1)
    good = (share >= 0) & (share < 1) & (found.size > 0)
    cut = np.floor(np.where(good, found.size * share, 0.0) / 2)
    flat, size = cut.reshape(len(cut), -1), found.size.reshape(-1, 1)
    sums = np.stack([_sum_between(found.number, flat[:, [one]], size) for one in range(flat.shape[1])], axis=1)
    mean = sums.reshape(len(sums), *cut.shape[1:]) / np.maximum(found.size - 2 * cut, 1)
    return _answer(np.where(good, mean, np.nan), found.codes, codes)


def _sum_between(number: Any, cut: Any, size: Any) -> Any:
    """Add up the numbers of each lane but those at both ends."""
    place = np.arange(number.shape[1])
    return np.where((place >= cut) & (place < size - cut), number, 0.0).sum(axis=1)


@kernel("FREQUENCY", least=2, most=2)
def _frequency(request: Request) -> Value:
    """Count the numbers up to each bound and above the one before; one more place for those above all bounds."""
    data, bounds = (series(in_array_mode(request), place, place + 1) for place in (0, 1))
    if len(data.number) > 1 or len(bounds.number) > 1:
        raise LaneByLane
    for one in (data, bounds):
        if one.codes is not None and one.codes.any():
            raise CellFailure(int(one.codes[0]))
    number, bound = data.number[0][data.counts[0]], bounds.number[0][bounds.counts[0]]
    order = np.argsort(bound, kind="stable")
    places = np.searchsorted(bound[order], number, "left")
    found = np.bincount(places, minlength=len(bound) + 1).astype(float)
    back = np.append(order, len(bound))
    counts = np.empty(len(found))
    counts[back] = found
    return numbers_block(counts.reshape(1, -1, 1))
