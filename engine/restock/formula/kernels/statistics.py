"""Spread, shape and means of the numbers in a function's arguments."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.formula.cells import DIV0, NA, NUM, numbers_block
from restock.formula.frame import LaneByLane, Value
from restock.formula.kernels.registry import (
    CellFailure,
    Request,
    Series,
    codes_where,
    elementwise,
    in_array_mode,
    kernel,
    reduced,
    reducer,
    series,
)


def deviations(number: NDArray[np.float64], counts: NDArray[np.bool_]) -> tuple[Any, Any]:
    """Return the mean of each lane, and how far each number lies from it (0 where nothing counts).

    The first number of a lane is taken off before: numbers that are all the same then have no spread at all.
    """
    if not number.shape[1]:
        return np.zeros(len(number)), number
    start = np.take_along_axis(number, counts.argmax(axis=1)[:, None], axis=1)
    shifted = np.where(counts, number - start, 0.0)
    mean = shifted.sum(axis=1, keepdims=True) / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    return (start + mean)[:, 0], np.where(counts, shifted - mean, 0.0)


def sum_of_squares(found: Series) -> NDArray[np.float64]:
    """Return the squares of the distances from the mean, added up."""
    _, away = deviations(found.number, found.counts)
    return np.asarray((away**2).sum(axis=1))


@reducer("VAR.S", "VAR")
def sample_variance(found: Series) -> Any:
    """Return the variance that a sample suggests for the population: divided by one less than the count."""
    return sum_of_squares(found) / np.maximum(found.size - 1, 1), codes_where(found.size < 2, DIV0)


@reducer("VAR.P", "VARP")
def population_variance(found: Series) -> Any:
    """Return the variance of a whole population."""
    return sum_of_squares(found) / np.maximum(found.size, 1), codes_where(found.size < 1, DIV0)


@reducer("STDEV.S", "STDEV")
def sample_deviation(found: Series) -> Any:
    """Return the standard deviation that a sample suggests."""
    variance, codes = sample_variance(found)
    return np.sqrt(variance), codes


@reducer("STDEV.P", "STDEVP")
def population_deviation(found: Series) -> Any:
    """Return the standard deviation of a whole population."""
    variance, codes = population_variance(found)
    return np.sqrt(variance), codes


_WITH_WORDS = {
    "STDEVA": sample_deviation,
    "STDEVPA": population_deviation,
    "VARA": sample_variance,
    "VARPA": population_variance,
}


@kernel(*_WITH_WORDS, least=1)
def _with_words(request: Request) -> Value:
    return reduced(_WITH_WORDS[request.name], series(request, words=True))


@reducer("DEVSQ")
def _squared_deviations(found: Series) -> Any:
    return sum_of_squares(found), codes_where(found.size == 0, NUM)


@reducer("AVEDEV")
def _mean_deviation(found: Series) -> Any:
    _, away = deviations(found.number, found.counts)
    return np.abs(away).sum(axis=1) / np.maximum(found.size, 1), codes_where(found.size == 0, NUM)


@reducer("GEOMEAN")
def _geometric_mean(found: Series) -> Any:
    number, size = found.filled(1.0), np.maximum(found.size, 1)
    product = number.prod(axis=1)
    by_logarithms = np.exp(np.log(np.where(number > 0, number, 1.0)).sum(axis=1) / size)
    is_plain = (product > 1e-290) & (product < 1e290)
    mean = np.where(is_plain, np.where(is_plain, product, 1.0) ** (1.0 / size), by_logarithms)
    return mean, codes_where(_any_at_most_zero(found) | (found.size == 0), NUM)


@reducer("HARMEAN")
def _harmonic_mean(found: Series) -> Any:
    codes = codes_where(_any_at_most_zero(found), NUM)
    mean = found.size / np.where(found.counts, 1.0 / found.filled(1.0), 0.0).sum(axis=1)
    return mean, np.where(found.size == 0, np.int8(NA), codes)


def _any_at_most_zero(found: Series) -> Any:
    return (found.filled(1.0) <= 0).any(axis=1)


def _standardized(found: Series, power: int) -> tuple[Any, Any]:
    """Return the distances from the mean in standard deviations of the population, raised and added up; and n."""
    _, away = deviations(found.number, found.counts)
    size = found.size.astype(float)
    spread = np.sqrt((away**2).sum(axis=1) / np.maximum(size, 1))
    scaled = away / np.where(spread > 0, spread, np.nan)[:, None]
    return (scaled**power).sum(axis=1), size


@reducer("SKEW.P")
def _population_skewness(found: Series) -> Any:
    third, size = _standardized(found, 3)
    return third / size, codes_where((size < 3) | np.isnan(third), DIV0)


@reducer("SKEW")
def _skewness(found: Series) -> Any:
    third, size = _standardized(found, 3)
    return third / size * np.sqrt(size * (size - 1)) / (size - 2), codes_where((size < 3) | np.isnan(third), DIV0)


@reducer("KURT")
def _kurtosis(found: Series) -> Any:
    fourth, size = _standardized(found, 4)
    excess = (size + 1) * fourth / size - 3 * (size - 1)
    return (size - 1) / ((size - 2) * (size - 3)) * excess, codes_where((size < 4) | np.isnan(fourth), DIV0)


@reducer("MEDIAN")
def _median(found: Series) -> Any:
    if not found.number.shape[1]:
        return np.zeros(len(found.number)), codes_where(found.size == 0, NUM)
    ordered, size = np.sort(found.compact(), axis=1), np.maximum(found.size, 1)
    low = np.take_along_axis(ordered, ((size - 1) // 2)[:, None], axis=1)[:, 0]
    high = np.take_along_axis(ordered, (size // 2)[:, None], axis=1)[:, 0]
    return np.where(low == high, low, (low + high) / 2), codes_where(found.size == 0, NUM)


@kernel("MODE", "MODE.SNGL", least=1)
def _mode(request: Request) -> Value:
    return reduced(_most_frequent, _array_series(request))


def _most_frequent(found: Series) -> Any:
    """Return the number that stands there most often; of several, the one that comes first."""
    if not found.number.shape[1]:
        return np.zeros(len(found.number)), codes_where(found.size == 0, NA)
    times = _frequencies(found)
    first = times.argmax(axis=1)[:, None]
    number = np.take_along_axis(found.filled(0.0), first, axis=1)[:, 0]
    return number, codes_where(times.max(axis=1) < 2, NA)


def _frequencies(found: Series) -> NDArray[np.int64]:
    """Return for each number how often it stands in its lane; 0 where nothing counts."""
    number = found.compact()
    lanes, places = number.shape
    order = np.argsort(number, axis=1, kind="stable")
    ordered = np.take_along_axis(number, order, axis=1)
    starts = np.ones((lanes, places), dtype=np.int64)
    starts[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    runs = np.cumsum(starts.ravel()) - 1
    times = np.where(np.isnan(ordered), 0, np.bincount(runs)[runs].reshape(lanes, places))
    back = np.empty_like(times)
    np.put_along_axis(back, order, times, axis=1)
    return back


@kernel("MODE.MULT", least=1)
def _modes(request: Request) -> Value:
    found = _array_series(request)
    if len(found.number) > 1:
        raise LaneByLane
    if found.codes is not None and found.codes.any():
        raise CellFailure(int(found.codes[0]))
    times = _frequencies(found)[0] if found.number.shape[1] else np.zeros(1, dtype=np.int64)
    if times.max() < 2:
        raise CellFailure(NA)
    modes = dict.fromkeys(found.number[0][times == times.max()].tolist())
    return numbers_block(np.array(list(modes)).reshape(1, -1, 1))


def _array_series(request: Request) -> Series:
    """Return the numbers in all arguments, each read as an array."""
    return series(in_array_mode(request))


@elementwise("STANDARDIZE", reads="nnn")
def _standardize(number: Any, mean: Any, spread: Any) -> Any:
    return (number - mean) / np.where(spread > 0, spread, np.nan)
