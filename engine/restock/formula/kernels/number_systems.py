"""Numbers in other notations: binary, octal, hexadecimal, any base, Roman; and arithmetic on their bits."""

from __future__ import annotations

from typing import Any

import numpy as np

from restock.formula.cells import BOOL, NUM, VALUE, Cells, Codes, Floats, Scalar, first_codes
from restock.formula.coerce import numbers, texts
from restock.formula.frame import Unsupported
from restock.formula.kernels.mapping import BAD_NUMBER, mapped_once
from restock.formula.kernels.registry import codes_where, elementwise

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST_PLACES = 10
_BASES = {"BIN": 2, "OCT": 8, "DEC": 10, "HEX": 16}
_MOST_EXACT = 2.0**53
_MOST_BITS, _MOST_SHIFT = 2.0**48, 53
_MOST_TEXT = 255
_ZERO = np.zeros((1, 1, 1))


def strict_numbers(cells: Cells) -> tuple[Floats, Codes | None]:
    """Return cells as numbers, truth values being #VALUE! as the old add-in functions want it."""
    found, codes = numbers(cells)
    return found, first_codes(codes, codes_where(cells.kind == BOOL, VALUE) if cells.has(BOOL) else None)


def _strict_texts(cells: Cells) -> tuple[Any, Codes | None]:
    found, codes = texts(cells)
    return found, first_codes(codes, codes_where(cells.kind == BOOL, VALUE) if cells.has(BOOL) else None)


def _converter(source: str, target: str) -> Any:
    read, write = _BASES[source], _BASES[target]

    def one(digits: Any, places: float | None) -> Scalar:
        number = float(int(digits)) if source == "DEC" else _value(digits, read)
        return BAD_NUMBER if number is None else _shown(int(number), write, places)

    def run(digits: Cells, places: Cells | None = None) -> Any:
        found, codes = strict_numbers(digits) if source == "DEC" else _strict_texts(digits)
        if places is None:
            return mapped_once(one, found, np.full((1, 1, 1), None)), codes
        wanted, wanted_codes = strict_numbers(places)
        return mapped_once(one, found, wanted), first_codes(codes, wanted_codes)

    return run


def _value(digits: str, base: int) -> float | None:
    """Return what at most ten digits stand for, the upper half of all such numbers being negative."""
    allowed = _DIGITS[:base]
    if len(digits) > _MOST_PLACES or any(digit not in allowed for digit in digits.upper()):
        return None
    number = int(digits or "0", base)
    return float(number - base**_MOST_PLACES if number >= base**_MOST_PLACES // 2 else number)


def _shown(number: int, base: int, places: float | None) -> Scalar:
    if base == 10:
        return float(number)
    half = base**_MOST_PLACES // 2
    if not -half <= number < half or (places is not None and not 1 <= places < _MOST_PLACES + 1):
        return BAD_NUMBER
    text = in_base(number if number >= 0 else number + 2 * half, base)
    if places is None or number < 0:
        return text
    return text.rjust(int(places), "0") if len(text) <= int(places) else BAD_NUMBER


def in_base(number: int, base: int) -> str:
    """Return a number that is not negative in a base from 2 to 36.

    >>> in_base(255, 16), in_base(0, 2)
    ('FF', '0')
    """
    shown = ""
    while number:
        number, digit = divmod(number, base)
        shown = _DIGITS[digit] + shown
    return shown or "0"


for _source in _BASES:
    for _target in _BASES:
        if _source != _target:
            _reads = "v" if _target == "DEC" else "v|v"
            elementwise(f"{_source}2{_target}", reads=_reads)(_converter(_source, _target))


@elementwise("BASE", reads="nn|n")
def _base(number: Any, base: Any, width: Any = _ZERO) -> Any:
    def one(number: float, base: float, width: float) -> Scalar:
        if not (0 <= number < _MOST_EXACT and 2 <= int(base) <= 36 and 0 <= width < _MOST_TEXT + 1):
            return BAD_NUMBER
        return in_base(int(number), int(base)).rjust(int(width), "0")

    return mapped_once(one, number, base, width)


@elementwise("DECIMAL", reads="sn")
def _decimal(text: Any, base: Any) -> Any:
    def one(text: str, base: float) -> Scalar:
        if " " in text:
            raise Unsupported("formula.function", "DECIMAL")
        allowed = _DIGITS[: int(base)] if 2 <= int(base) <= 36 else ""
        if not allowed or len(text) > _MOST_TEXT or any(digit not in allowed for digit in text.upper()):
            return BAD_NUMBER
        return float(int(text or "0", int(base)))

    return mapped_once(one, text, base)


def _bits(name: str, operation: Any) -> None:
    def run(left: Any, right: Any) -> Any:
        bad = _is_no_bits(left) | _is_no_bits(right)
        pair = (np.where(bad, 0, side).astype(np.int64) for side in np.broadcast_arrays(left, right))
        return operation(*pair).astype(np.float64), codes_where(bad, NUM)

    elementwise(name, reads="nn")(run)


def _is_no_bits(number: Any) -> Any:
    return (number < 0) | (number >= _MOST_BITS) | (number != np.floor(number))


for _name, _operation in {"BITAND": np.bitwise_and, "BITOR": np.bitwise_or, "BITXOR": np.bitwise_xor}.items():
    _bits(_name, _operation)


@elementwise("BITLSHIFT", reads="nn")
def _shift_left(number: Any, shift: Any) -> Any:
    return _shifted(number, np.trunc(shift))


@elementwise("BITRSHIFT", reads="nn")
def _shift_right(number: Any, shift: Any) -> Any:
    return _shifted(number, -np.trunc(shift))


def _shifted(number: Any, shift: Any) -> Any:
    far = np.abs(shift) > _MOST_SHIFT
    found = np.floor(number * np.power(2.0, np.where(far, 0.0, shift)))
    return found, codes_where(_is_no_bits(number) | far | (found >= _MOST_BITS), NUM)


@elementwise("DELTA", reads="v|v")
def _delta(left: Cells, right: Cells | None = None) -> Any:
    return _compared(left, right, np.equal)


@elementwise("GESTEP", reads="v|v")
def _gestep(number: Cells, step: Cells | None = None) -> Any:
    return _compared(number, step, np.greater_equal)


def _compared(left: Cells, right: Cells | None, test: Any) -> Any:
    found, codes = strict_numbers(left)
    other, other_codes = (_ZERO, None) if right is None else strict_numbers(right)
    return test(found, other).astype(np.float64), first_codes(codes, other_codes)
