"""Error and Bessel functions, and functions of whole numbers.

These came to Excel with its Analysis ToolPak, and still take their arguments as that did: a truth value is no number,
and an argument that was left empty is #N/A.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.formula.cells import (
    BLANK,
    BOOL,
    ERROR,
    NA,
    NUM,
    TEXT,
    VALUE,
    Cells,
    Codes,
    error_block,
    error_codes,
    first_codes,
    stacked,
    with_errors,
)
from restock.formula.coerce import number_of_text
from restock.formula.frame import Value
from restock.formula.kernels.densities import special, valid
from restock.formula.kernels.registry import (
    CellFailure,
    Request,
    answered,
    as_cells,
    codes_where,
    in_array_mode,
    kernel,
    series_of,
)
from restock.formula.tree import Missing

_FIRST_INEXACT = 2.0**53


def engineering(*names: str, reads: str, least: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function of single cells to which truth values are #VALUE! and empty arguments #N/A.

    Args:
        reads: How its arguments are read, a letter each as for `elementwise`.
        least: How many of them are required.
    """

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        def run(request: Request) -> Value:
            return answered(function, reads, [strict(request, place) for place in range(len(request))])

        kernel(*names, least=least, most=len(reads))(run)
        return function

    return register


def strict(request: Request, place: int) -> Cells:
    """Return an argument with #VALUE! in place of truth values, #N/A where it was left empty."""
    if isinstance(request.nodes[place], Missing):
        return error_block(NA)
    cells = request.cells(place)
    return with_errors(cells, codes_where(cells.kind == BOOL, VALUE)) if cells.kind.any() else cells


@engineering("ERF", reads="nn", least=1)
def _error_function(low: Any, high: Any = None) -> Any:
    """Both ends beyond 0 on the same side are taken from the complement, which loses no digits there."""
    if high is None:
        return special().erf(low)
    direct = special().erf(high) - special().erf(low)
    both_right, both_left = (low > 0.5) & (high > 0.5), (low < -0.5) & (high < -0.5)
    right = special().erfc(np.abs(low)) - special().erfc(np.abs(high))
    return np.where(both_right, right, np.where(both_left, -right, direct))


@engineering("ERF.PRECISE", reads="n", least=1)
def _precise_error_function(number: Any) -> Any:
    return special().erf(number)


@engineering("ERFC", "ERFC.PRECISE", reads="n", least=1)
def _complement(number: Any) -> Any:
    return special().erfc(number)


@engineering("BESSELJ", reads="nn", least=2)
def _bessel_j(x: Any, order: Any) -> Any:
    return valid(order >= 0, special().jv(np.trunc(order), x))


@engineering("BESSELI", reads="nn", least=2)
def _bessel_i(x: Any, order: Any) -> Any:
    return valid(order >= 0, special().iv(np.trunc(order), x))


@engineering("BESSELY", reads="nn", least=2)
def _bessel_y(x: Any, order: Any) -> Any:
    return valid((order >= 0) & (x > 0), special().yv(np.trunc(order), np.where(x > 0, x, 1.0)))


@engineering("BESSELK", reads="nn", least=2)
def _bessel_k(x: Any, order: Any) -> Any:
    return valid((order >= 0) & (x > 0), special().kv(np.trunc(order), np.where(x > 0, x, 1.0)))


def _whole_numbers(request: Request) -> tuple[NDArray[np.float64], NDArray[np.bool_], Codes | None]:
    """Return all arguments without decimals, (lanes, places); which of them count; and the first errors.

    A blank cell is no number where it is an argument by itself, but 0 in a range.

    Raises:
        CellFailure: An argument was left empty.
    """
    if any(isinstance(node, Missing) for node in request.nodes):
        raise CellFailure(NA)
    request = in_array_mode(request)
    blocks = [_read(request.frame.all_cells(request.value(place))) for place in range(len(request))]
    joined = stacked([cells.reshape(len(cells.kind), 1, -1) for cells in blocks], 2)
    found = joined.reshape(len(joined.kind), -1)
    alone = np.concatenate([np.full(cells.kind[0].size, cells.is_single) for cells in blocks])
    return np.trunc(found.number), (found.kind != BLANK) | ~alone, series_of(found).codes


def _read(cells: Cells) -> Cells:
    """Read texts as numbers; truth values and other texts are #VALUE!."""
    codes = codes_where(cells.kind == BOOL, VALUE)
    if cells.text is None or not cells.has(TEXT):
        return with_errors(cells, codes)
    places = cells.kind == TEXT
    values = [number_of_text(text) for text in cells.text[places]]
    number, kind = np.array(cells.number), np.array(cells.kind)
    number[places] = [0.0 if value is None else value for value in values]
    kind[places] = 0
    codes[places] = [VALUE if value is None else 0 for value in values]
    return with_errors(Cells(kind, number), codes)


def _lanes(number: Any, codes: Codes | None) -> Cells:
    shaped = None if codes is None else np.reshape(codes, (-1, 1, 1))
    return as_cells(np.reshape(number, (-1, 1, 1)), shaped)


@kernel("GCD", "LCM", least=1)
def _common(request: Request) -> Value:
    number, counts, codes = _whole_numbers(request)
    bad = counts & ((number < 0) | (number >= _FIRST_INEXACT))
    own = codes_where(bad.any(axis=1), NUM)
    own = np.where(counts.any(axis=1), own, np.int8(VALUE))
    whole = np.where(counts & ~bad, number, 0.0 if request.name == "GCD" else 1.0).astype(np.int64)
    found = np.gcd.reduce(whole, axis=1).astype(float) if request.name == "GCD" else _least_multiple(whole)
    return _lanes(found, first_codes(codes, own))


def _least_multiple(whole: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the least common multiple of each lane, NaN where it is 2^53 or more."""
    found, large = np.ones(len(whole), dtype=np.int64), np.zeros(len(whole), dtype=bool)
    for one in whole.T:
        part = found // np.maximum(np.gcd(found, one), 1)
        large |= part.astype(float) * one >= _FIRST_INEXACT
        found = np.where(large, 1, part * np.where(large, 1, one))
    return np.where(large, np.nan, found.astype(float))


@kernel("MULTINOMIAL", least=1)
def _multinomial(request: Request) -> Value:
    """(a + b + …)! / (a! · b! · …), multiplied up from binomial coefficients, which stay whole as long as they can."""
    number, counts, codes = _whole_numbers(request)
    number = np.where(counts, number, 0.0)
    own = codes_where((number < 0).any(axis=1), NUM)
    number = np.maximum(number, 0.0)
    found = special().binom(np.cumsum(number, axis=1), number).prod(axis=1)
    found = np.where(found < _FIRST_INEXACT, np.rint(found), found)
    return _lanes(found, first_codes(codes, own))


@kernel("SERIESSUM", least=4, most=4)
def _power_series(request: Request) -> Value:
    """Add up the coefficients times x to the powers n, n + m, n + 2m, …; 0 to the power of 0 is #NUM!."""
    operands = [strict(request, place) for place in range(3)]
    coefficients = _read(in_array_mode(request).whole(3))
    flat = coefficients.reshape(len(coefficients.kind), 1, -1)

    def summed(x: Any, first: Any, step: Any, cells: Any) -> Any:
        exponent = first + step * np.arange(cells.kind.shape[2])
        terms = np.where(cells.number == 0, 0.0, cells.number * np.power(x, exponent))
        return valid((x != 0) | (first != 0), terms.sum(axis=2, keepdims=True))

    codes = series_of(flat).codes
    if codes is None:
        return answered(summed, "nnnv", [*operands, flat])
    clean = Cells(np.zeros_like(flat.kind), np.where(flat.kind == ERROR, 0.0, flat.number))
    found = answered(summed, "nnnv", [*operands, clean])
    return with_errors(found, first_codes(error_codes(found), codes.reshape(-1, 1, 1)))
