"""Tests of hypotheses, and confidence intervals."""

from __future__ import annotations

from typing import Any

import numpy as np

from restock.formula.cells import DIV0, NA, NUM, NUMBER, Cells, first_codes
from restock.formula.frame import LaneByLane, Value
from restock.formula.kernels.densities import special, valid
from restock.formula.kernels.distributions import chi_squared_right, student_quantile
from restock.formula.kernels.pairs import blocks_of_pairs, pairs
from restock.formula.kernels.registry import (
    CellFailure,
    Request,
    Series,
    as_cells,
    codes_where,
    elementwise,
    in_array_mode,
    kernel,
    series,
    series_of,
)
from restock.formula.kernels.statistics import deviations, sum_of_squares


@elementwise("CONFIDENCE", "CONFIDENCE.NORM", reads="nnn")
def _confidence(alpha: Any, spread: Any, size: Any) -> Any:
    size = np.trunc(size)
    good = (alpha > 0) & (alpha < 1) & (spread > 0) & (size >= 1)
    return valid(good, -special().ndtri(alpha / 2) * spread / np.sqrt(np.maximum(size, 1)))


@elementwise("CONFIDENCE.T", reads="nnn")
def _confidence_of_small(alpha: Any, spread: Any, size: Any) -> Any:
    size = np.trunc(size)
    good = (alpha > 0) & (alpha < 1) & (spread > 0) & (size >= 1)
    quantile = -student_quantile(np.where(good, alpha, 0.5) / 2, np.maximum(size - 1, 1))
    return valid(good, quantile * spread / np.sqrt(np.maximum(size, 1))), codes_where(good & (size == 1), DIV0)


@kernel("Z.TEST", "ZTEST", least=2, most=3)
def _z_test(request: Request) -> Value:
    found = series(request, 0, 1)
    wanted, codes = request.number(1)
    size = found.size.reshape(-1, 1, 1)
    mean = deviations(found.number, found.counts)[0].reshape(-1, 1, 1)
    if request.given(2):
        spread, spread_codes = request.number(2)
        own = codes_where(spread <= 0, NUM)
    else:
        square = sum_of_squares(found).reshape(-1, 1, 1)
        spread, spread_codes = np.sqrt(square / np.maximum(size - 1, 1)), None
        own = codes_where(spread == 0, DIV0)
    chance = special().ndtr(-(mean - wanted) / (np.where(spread > 0, spread, 1.0) / np.sqrt(np.maximum(size, 1))))
    given = None if found.codes is None else found.codes.reshape(-1, 1, 1)
    return as_cells(chance, first_codes(given, codes, spread_codes, codes_where(size == 0, NA), own))


@kernel("T.TEST", "TTEST", least=4, most=4)
def _t_test(request: Request) -> Value:
    tails, kind = (int(np.trunc(request.one_number(place))) for place in (2, 3))
    if tails not in (1, 2) or kind not in (1, 2, 3):
        raise CellFailure(NUM)
    if kind == 1:
        t, freedom, few, codes = _of_differences(request)
    else:
        t, freedom, few, codes = _of_two_samples(request, kind == 2)
    chance = tails * special().stdtr(np.maximum(freedom, 1e-9), -np.abs(t))
    return _per_lane(chance, codes, codes_where(few | np.isnan(t), DIV0))


def _of_differences(request: Request) -> tuple[Any, Any, Any, Any]:
    found = pairs(request, 0, 1)
    mean, away = deviations(found.first - found.second, found.counts)
    size = found.size
    error = np.sqrt((away**2).sum(axis=1) / np.maximum(size - 1, 1) / np.maximum(size, 1))
    return mean / np.where(error > 0, error, np.nan), size - 1.0, size < 2, found.codes


def _of_two_samples(request: Request, same_variance: bool) -> tuple[Any, Any, Any, Any]:
    first, second = (_numbers(request, place) for place in (0, 1))
    sizes = [np.maximum(one.size, 1) for one in (first, second)]
    squares = [sum_of_squares(one) for one in (first, second)]
    means = [deviations(one.number, one.counts)[0] for one in (first, second)]
    shares = [square / np.maximum(size - 1, 1) / size for square, size in zip(squares, sizes, strict=True)]
    if same_variance:
        freedom = np.asarray(sizes[0] + sizes[1] - 2.0)
        error = np.sqrt((squares[0] + squares[1]) / np.maximum(freedom, 1) * (1 / sizes[0] + 1 / sizes[1]))
    else:
        error = np.sqrt(shares[0] + shares[1])
        parts = [share**2 / np.maximum(size - 1, 1) for share, size in zip(shares, sizes, strict=True)]
        both = parts[0] + parts[1]
        freedom = (shares[0] + shares[1]) ** 2 / np.where(both > 0, both, 1.0)
    few = (first.size < 2) | (second.size < 2)
    t = (means[0] - means[1]) / np.where(error > 0, error, np.nan)
    return t, freedom, few, first_codes(first.codes, second.codes)


def _numbers(request: Request, place: int) -> Series:
    return series(in_array_mode(request), place, place + 1)


def _per_lane(number: Any, *codes: Any) -> Cells:
    found = first_codes(*(None if one is None else np.reshape(one, (-1, 1, 1)) for one in codes))
    return as_cells(np.reshape(number, (-1, 1, 1)), found)


@kernel("F.TEST", "FTEST", least=2, most=2)
def _f_test(request: Request) -> Value:
    first, second = (_numbers(request, place) for place in (0, 1))
    squares, freedom = zip(*((sum_of_squares(one), one.size - 1.0) for one in (first, second)), strict=True)
    few = (freedom[0] < 1) | (freedom[1] < 1) | (squares[0] == 0) | (squares[1] == 0)
    share = squares[0] / np.where(few, 1.0, squares[0] + squares[1])
    below = special().betainc(np.maximum(freedom[0], 1) / 2, np.maximum(freedom[1], 1) / 2, share)
    above = special().betaincc(np.maximum(freedom[0], 1) / 2, np.maximum(freedom[1], 1) / 2, share)
    return _per_lane(2 * np.minimum(below, above), first_codes(first.codes, second.codes), codes_where(few, DIV0))


@kernel("CHISQ.TEST", "CHITEST", least=2, most=2)
def _chi_squared_test(request: Request) -> Value:
    actual, expected = blocks_of_pairs(request, 0, 1, cut=False)
    if actual.kind.shape[1:] != expected.kind.shape[1:] or actual.kind[0].size < 2:
        raise CellFailure(NA)
    if len(actual.kind) > 1 or len(expected.kind) > 1:
        raise LaneByLane
    codes = first_codes(series_of(actual).codes, series_of(expected).codes)
    counts = (actual.kind == NUMBER) & (expected.kind == NUMBER)
    seen, wanted = actual.number[counts], expected.number[counts]
    rows, columns = actual.kind.shape[1:]
    freedom = float((rows - 1) * (columns - 1) if rows > 1 and columns > 1 else max(rows, columns) - 1)
    wrong = codes_where((seen < 0).any() | (wanted < 0).any(), NUM)
    zero = codes_where((wanted == 0).any(), DIV0)
    distance = ((seen - wanted) ** 2 / np.where(wanted == 0, 1.0, wanted)).sum()
    return _per_lane(chi_squared_right(distance, freedom), codes, wrong, zero)
