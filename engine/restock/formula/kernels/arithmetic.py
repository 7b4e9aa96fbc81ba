"""Functions of single numbers: rounding in decimal digits as a spreadsheet does it, powers, logarithms, angles."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import numpy as np

from restock.formula.cells import BOOL, DIV0, NA, NUM, TEXT, VALUE, Cells, error_codes, first_codes, single
from restock.formula.coerce import numbers
from restock.formula.frame import Value
from restock.formula.kernels.registry import (
    CellFailure,
    Request,
    answered,
    as_cells,
    codes_where,
    elementwise,
    first_cell,
    kernel,
)

_DIGITS = 15
_ALL_DIGITS = 1e14  # from here on the digits before the point are all that there are


def snapped(number: Any) -> Any:
    """Return numbers rounded to the fifteen digits that a spreadsheet keeps.

    >>> float(snapped(np.array(1.005) * 100))
    100.5
    """
    number = np.asarray(number, dtype=np.float64)
    size = np.abs(number)
    with np.errstate(all="ignore"):
        power = np.where(size > 0, np.floor(np.log10(np.where(size > 0, size, 1.0))), 0.0)
        places = _DIGITS - 1 - power
        scale = np.power(10.0, np.clip(places, 0, 290))
        shrink = np.power(10.0, np.clip(-places, 0, 290))
        found = np.where(places >= 0, np.rint(number * scale) / scale, np.rint(number / shrink) * shrink)
        return np.where(np.abs(places) > 290, number, found)


def _scaled(number: Any, digits: Any, step: Any) -> Any:
    """Apply a rounding step to the digits after the decimal point, halves and all judged in decimal."""
    digits = np.trunc(digits)
    power = np.power(10.0, np.clip(np.abs(digits), 0, 308))
    shifted = np.where(digits >= 0, np.abs(number) * power, np.abs(number) / power)
    whole = step(np.where(shifted < _ALL_DIGITS, snapped(shifted), _moved_in_decimal(number, digits, shifted)))
    found = np.sign(number) * np.where(digits >= 0, whole / power, whole * power)
    return np.where((shifted >= 1e15) | (digits > 300), number, np.where(digits < -308, 0.0, found))


def _moved_in_decimal(number: Any, digits: Any, shifted: Any) -> Any:
    """Return shifted numbers, those that keep no digit after the point moved digit by digit instead of multiplied."""
    full = (shifted >= _ALL_DIGITS) & (shifted < 10 * _ALL_DIGITS)
    if not full.any():
        return shifted
    number, digits, moved = np.broadcast_to(number, full.shape), np.broadcast_to(digits, full.shape), np.array(shifted)
    pairs = zip(np.abs(number[full]).tolist(), digits[full].tolist(), strict=True)
    moved[full] = [float(Decimal(f"{one:.{_DIGITS}g}").scaleb(int(places))) for one, places in pairs]
    return moved


@elementwise("ROUND", reads="nn")
def round_half_away(number: Any, digits: Any) -> Any:
    """Round to so many decimal digits, halves away from zero.

    >>> float(round_half_away(np.array(1.005), np.array(2.0)))
    1.01
    """
    return _scaled(number, digits, lambda size: np.floor(size + 0.5))


@elementwise("ROUNDUP", reads="nn")
def _round_up(number: Any, digits: Any) -> Any:
    return _scaled(number, digits, np.ceil)


@elementwise("ROUNDDOWN", reads="nn")
def _round_down(number: Any, digits: Any) -> Any:
    return _scaled(number, digits, np.floor)


@elementwise("TRUNC", reads="n|n")
def _truncate(number: Any, digits: Any = 0.0) -> Any:
    return _scaled(number, np.asarray(digits), np.floor)


@elementwise("INT", reads="n")
def _whole(number: Any) -> Any:
    near = np.rint(number)
    close = np.abs(number - near) <= 5e-16 * np.abs(number)
    return np.where(close, near, np.floor(number))


def _to_multiple(number: Any, step: Any, rounding: Any) -> Any:
    step = np.where(step == 0, 1.0, step)
    return rounding(snapped(number / step)) * step


@elementwise("CEILING", reads="nn")
def _ceiling(number: Any, step: Any) -> Any:
    codes = codes_where((number > 0) & (step < 0), NUM)
    return np.where(step == 0, 0.0, _to_multiple(number, step, np.ceil)), codes


@elementwise("FLOOR", reads="nn")
def _floor(number: Any, step: Any) -> Any:
    codes = codes_where((number > 0) & (step < 0), NUM)
    codes = np.where((step == 0) & (number != 0), np.int8(DIV0), codes)
    return np.where(step == 0, 0.0, _to_multiple(number, step, np.floor)), codes


@elementwise("CEILING.MATH", reads="n|nn")
def _ceiling_math(number: Any, step: Any = 1.0, mode: Any = 0.0) -> Any:
    step = np.abs(step)
    away = (number < 0) & (np.asarray(mode) != 0)
    found = np.where(away, _to_multiple(number, step, np.floor), _to_multiple(number, step, np.ceil))
    return np.where(step == 0, 0.0, found)


@elementwise("FLOOR.MATH", reads="n|nn")
def _floor_math(number: Any, step: Any = 1.0, mode: Any = 0.0) -> Any:
    step = np.abs(step)
    toward = (number < 0) & (np.asarray(mode) != 0)
    found = np.where(toward, _to_multiple(number, step, np.ceil), _to_multiple(number, step, np.floor))
    return np.where(step == 0, 0.0, found)


@elementwise("CEILING.PRECISE", "ISO.CEILING", reads="n|n")
def _ceiling_precise(number: Any, step: Any = 1.0) -> Any:
    step = np.abs(step)
    return np.where(step == 0, 0.0, _to_multiple(number, step, np.ceil))


@elementwise("FLOOR.PRECISE", reads="n|n")
def _floor_precise(number: Any, step: Any = 1.0) -> Any:
    step = np.abs(step)
    return np.where(step == 0, 0.0, _to_multiple(number, step, np.floor))


@kernel("MROUND", least=2, most=2)
def _mround(request: Request) -> Value:
    if not (request.given(0) and request.given(1)):
        raise CellFailure(NA)
    return answered(_nearest_multiple, "vv", [request.cells(0), request.cells(1)])


def _nearest_multiple(number_cells: Cells, step_cells: Cells) -> Any:
    (number, first), (step, second) = numbers(number_cells), numbers(step_cells)
    truths = codes_where((number_cells.kind == BOOL) | (step_cells.kind == BOOL), VALUE)
    codes = first_codes(first, second, truths, codes_where(number * step < 0, NUM))
    size = np.abs(np.where(step == 0, 1.0, step))
    found = np.sign(number) * np.floor(snapped(np.abs(number) / size) + 0.5) * size
    return np.where(step == 0, 0.0, found), codes


@elementwise("MOD", reads="nn")
def _mod(number: Any, divisor: Any) -> Any:
    codes = codes_where(divisor == 0, DIV0)
    safe = np.where(divisor == 0, 1.0, divisor)
    return number - safe * np.floor(number / safe), codes


@elementwise("QUOTIENT", reads="nn")
def _quotient(number: Any, divisor: Any) -> Any:
    return np.trunc(number / np.where(divisor == 0, 1.0, divisor)), codes_where(divisor == 0, DIV0)


@elementwise("EVEN", reads="n")
def _even(number: Any) -> Any:
    return np.sign(number) * np.ceil(np.abs(number) / 2) * 2


@elementwise("ODD", reads="n")
def _odd(number: Any) -> Any:
    size = np.abs(number)
    return np.where(number < 0, -1.0, 1.0) * (np.ceil((size + 1) / 2) * 2 - 1)


@elementwise("POWER", reads="nn")
def _power(number: Any, exponent: Any) -> Any:
    codes = codes_where((number == 0) & (exponent == 0), NUM)
    return np.power(number, exponent), np.where((number == 0) & (exponent < 0), np.int8(DIV0), codes)


@elementwise("SQRT", reads="n")
def _sqrt(number: Any) -> Any:
    return np.sqrt(number)


@elementwise("SQRTPI", reads="n")
def _sqrtpi(number: Any) -> Any:
    return np.sqrt(number * np.pi)


@elementwise("LOG", reads="n|n")
def _log(number: Any, base: Any = 10.0) -> Any:
    codes = codes_where((number <= 0) | (base <= 0), NUM)
    ten = np.log10(np.where(number > 0, number, 1.0))
    found = np.where(base == 10, ten, ten / np.log10(np.where(base > 0, base, 10.0)))
    return np.where(base == 1, 0.0, found), np.where((base == 1) & (codes == 0), np.int8(DIV0), codes)


@elementwise("LOG10", reads="n")
def _log10(number: Any) -> Any:
    return np.log10(np.where(number > 0, number, 1.0)), codes_where(number <= 0, NUM)


@elementwise("LN", reads="n")
def _ln(number: Any) -> Any:
    return np.log(np.where(number > 0, number, 1.0)), codes_where(number <= 0, NUM)


@elementwise("ATAN2", reads="nn")
def _atan2(x: Any, y: Any) -> Any:
    return np.arctan2(y, x), codes_where((x == 0) & (y == 0), DIV0)


def _plain(name: str, function: Any) -> None:
    elementwise(name, reads="n")(function)


for _name, _function in {
    "ABS": np.abs, "SIGN": np.sign, "EXP": np.exp, "SIN": np.sin, "COS": np.cos, "TAN": np.tan, "ASIN": np.arcsin,
    "ACOS": np.arccos, "ATAN": np.arctan, "SINH": np.sinh, "COSH": np.cosh, "TANH": np.tanh, "ASINH": np.arcsinh,
    "ACOSH": np.arccosh, "ATANH": np.arctanh, "DEGREES": np.degrees, "RADIANS": np.radians,
    "SEC": lambda x: 1 / np.cos(x), "SECH": lambda x: 1 / np.cosh(x), "ACOT": lambda x: np.pi / 2 - np.arctan(x),
}.items():  # fmt: skip
    _plain(_name, _function)


def _inverse(function: Any) -> Any:
    def run(number: Any) -> Any:
        below = function(number)
        return 1 / np.where(below == 0, 1.0, below), codes_where(below == 0, DIV0)

    return run


for _name, _function in {"COT": np.tan, "CSC": np.sin, "COTH": np.tanh, "CSCH": np.sinh}.items():
    _plain(_name, _inverse(_function))


@elementwise("ACOTH", reads="n")
def _acoth(number: Any) -> Any:
    bad = np.abs(number) <= 1
    return np.arctanh(1 / np.where(bad, 2.0, number)), codes_where(bad, NUM)


@kernel("N", least=1, most=1)
def _n(request: Request) -> Value:
    cells = first_cell(request, 0)
    return as_cells(np.where(cells.kind == TEXT, 0.0, cells.number), error_codes(cells))


def _factorials(step: int) -> Any:
    def one(number: float) -> float:
        whole = math.floor(number + 1e-9)
        if whole < 0 and not (step == 2 and whole == -1):
            return math.nan
        result = 1.0
        while whole > 1:
            result *= whole
            whole -= step
            if result == math.inf:
                break
        return result

    def run(number: Any) -> Any:
        return np.vectorize(one, otypes=[float])(number)

    return run


elementwise("FACT", reads="n")(_factorials(1))
elementwise("FACTDOUBLE", reads="n")(_factorials(2))


@elementwise("COMBIN", reads="nn")
def _combin(n: Any, k: Any) -> Any:
    n, k = np.trunc(n), np.trunc(k)
    return _choose(n, k), codes_where((n < 0) | (k < 0) | (n < k), NUM)


def _choose(n: Any, k: Any) -> Any:
    def one(a: float, b: float) -> float:
        return float(math.comb(int(a), int(b))) if 0 <= b <= a < 1e6 else math.nan

    return np.vectorize(one, otypes=[float])(n, k)


@elementwise("COMBINA", reads="nn")
def _combina(n: Any, k: Any) -> Any:
    n, k = np.trunc(n), np.trunc(k)
    bad = (n < 0) | (k < 0) | ((n == 0) & (k > 0))
    return np.where((n == 0) & (k == 0), 1.0, _choose(np.maximum(n + k - 1, 0), k)), codes_where(bad, NUM)


@elementwise("PERMUT", reads="nn")
def _permut(n: Any, k: Any) -> Any:
    n, k = np.trunc(n), np.trunc(k)

    def one(a: float, b: float) -> float:
        return float(math.perm(int(a), int(b))) if 0 <= b <= a < 1e4 else math.nan

    return np.vectorize(one, otypes=[float])(n, k), codes_where((n < 0) | (k < 0) | (n < k), NUM)


@elementwise("PERMUTATIONA", reads="nn")
def _permutationa(n: Any, k: Any) -> Any:
    n, k = np.trunc(n), np.trunc(k)
    return np.power(n, k), codes_where((n < 0) | (k < 0), NUM)


@kernel("PI", most=0)
def _pi(request: Request) -> Value:
    return single(math.pi)
