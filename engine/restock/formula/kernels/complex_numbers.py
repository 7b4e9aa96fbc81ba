"""Complex numbers, which cells hold as texts such as 3+4i."""

from __future__ import annotations

import cmath
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Any

import numpy as np

from restock.formula.cells import (
    BLANK,
    BOOL,
    DIV0,
    NUM,
    VALUE,
    Cells,
    Codes,
    aligned,
    error_codes,
    first_codes,
    stacked,
)
from restock.formula.coerce import number_text, numbers
from restock.formula.frame import Value
from restock.formula.kernels.engineering import engineering, strict
from restock.formula.kernels.registry import Request, as_cells, in_array_mode, kernel

_SIZE = r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_PATTERN = re.compile(rf"(?:([+-]?{_SIZE})(?=[+-]|$))?(?:([+-]?(?:{_SIZE})?)([ij]))?")


@dataclass(frozen=True)
class Complex:
    """A complex number and the suffix it is written with: i, j, or none where it is real."""

    number: complex
    suffix: str = ""


@lru_cache(maxsize=65536)
def complex_of_text(text: str) -> Complex | None:
    """Return the complex number that a text says, None where it says none.

    >>> complex_of_text("3+4i"), complex_of_text("-2j"), complex_of_text("2"), complex_of_text("3+4")
    (Complex(number=(3+4j), suffix='i'), Complex(number=-2j, suffix='j'), Complex(number=(2+0j), suffix=''), None)
    """
    found = _PATTERN.fullmatch(text)
    if found is None or not text:
        return None
    real, imaginary, suffix = found.groups()
    if imaginary in ("", "+", "-"):
        imaginary += "1"
    return Complex(complex(float(real or 0.0), float(imaginary or 0.0)), suffix or "")


def text_of_complex(found: Complex) -> str:
    """Return a complex number as a cell holds it.

    >>> [text_of_complex(Complex(number)) for number in (3 + 4j, -1j, 2.5 + 0j)]
    ['3+4i', '-i', '2.5']
    """
    real, imaginary = found.number.real, found.number.imag
    if not imaginary:
        return number_text(real + 0.0)
    size = "" if abs(imaginary) == 1 else number_text(abs(imaginary))
    sign = "-" if imaginary < 0 else "+" if real else ""
    return f"{number_text(real) if real else ''}{sign}{size}{found.suffix or 'i'}"


def _read(cells: Cells) -> tuple[list[Complex | None], Codes | None]:
    """Return the complex numbers of cells, and errors: #NUM! for a text that is none, #VALUE! for a truth value."""
    found: list[Complex | None] = []
    codes = np.where(cells.kind == BOOL, np.int8(VALUE), np.int8(0)).ravel()
    for place, value in enumerate(cells.scalars()):
        one = complex_of_text(value) if isinstance(value, str) else Complex(complex(value or 0.0))
        if one is None:
            codes[place] = NUM
        found.append(one)
    return found, first_codes(error_codes(cells), codes.reshape(cells.kind.shape))


def _answered(function: Callable[..., Any], operands: Sequence[Complex | None]) -> tuple[Any, int]:
    """Return what a function makes of complex numbers: a text, or a number where it is real by its nature."""
    given = [one for one in operands if one is not None]
    suffixes = {one.suffix for one in given if one.suffix}
    if len(given) < len(operands) or len(suffixes) > 1:
        return None, VALUE
    try:
        found = function(*(one.number for one in given))
    except (ValueError, OverflowError, ZeroDivisionError):
        return None, NUM
    if not cmath.isfinite(found):
        return None, NUM
    return (text_of_complex(Complex(found, "".join(suffixes))) if isinstance(found, complex) else float(found)), 0


def _cells(answers: Sequence[tuple[Any, int]], shape: tuple[int, ...], codes: Codes | None) -> Cells:
    is_text = any(isinstance(answer, str) for answer, _ in answers)
    empty = "" if is_text else 0.0
    found = np.empty(len(answers), dtype=object if is_text else float)
    found[:] = [empty if answer is None else answer for answer, _ in answers]
    own = np.array([code for _, code in answers], dtype=np.int8).reshape(shape)
    return as_cells(found.reshape(shape), first_codes(codes, own))


def _mapped(request: Request, function: Callable[..., Any]) -> Cells:
    """Return a function of one or more complex numbers, cell by cell."""
    operands = aligned(*(strict(request, place) for place in range(len(request))))
    read = [_read(cells) for cells in operands]
    answers = [_answered(function, row) for row in zip(*(found for found, _ in read), strict=True)]
    codes = first_codes(*(error_codes(cells) for cells in operands), *(codes for _, codes in read))
    return _cells(answers, operands[0].kind.shape, codes)


_OF_ONE: dict[str, Callable[[complex], complex | float]] = {
    "IMABS": abs,
    "IMREAL": lambda number: number.real,
    "IMAGINARY": lambda number: number.imag,
    "IMCONJUGATE": lambda number: number.conjugate(),
    "IMSQRT": lambda number: cmath.rect(math.sqrt(abs(number)), cmath.phase(number) / 2),
    "IMEXP": cmath.exp,
    "IMLN": cmath.log,
    "IMLOG10": lambda number: cmath.log(number) / math.log(10),
    "IMLOG2": lambda number: cmath.log(number) / math.log(2),
    "IMSIN": cmath.sin,
    "IMCOS": cmath.cos,
    "IMTAN": cmath.tan,
    "IMSINH": cmath.sinh,
    "IMCOSH": cmath.cosh,
    "IMSEC": lambda number: 1 / cmath.cos(number),
    "IMSECH": lambda number: 1 / cmath.cosh(number),
    "IMCSC": lambda number: 1 / cmath.sin(number),
    "IMCSCH": lambda number: 1 / cmath.sinh(number),
    "IMCOT": lambda number: cmath.cos(number) / cmath.sin(number),
}


@kernel(*_OF_ONE, least=1, most=1)
def _of_one(request: Request) -> Value:
    return _mapped(request, _OF_ONE[request.name])


@kernel("IMARGUMENT", least=1, most=1)
def _argument(request: Request) -> Value:
    cells = strict(request, 0)
    found, codes = _read(cells)
    zero = [one is not None and not one.number for one in found]
    own = np.where(np.array(zero).reshape(cells.kind.shape), np.int8(DIV0), np.int8(0))
    angles = [0.0 if one is None else cmath.phase(one.number) for one in found]
    return as_cells(np.array(angles).reshape(cells.kind.shape), first_codes(codes, own))


_OF_TWO: dict[str, Callable[[complex, complex], complex]] = {
    "IMSUB": lambda first, second: first - second,
    "IMDIV": lambda first, second: first / second,
}


@kernel(*_OF_TWO, least=2, most=2)
def _of_two(request: Request) -> Value:
    return _mapped(request, _OF_TWO[request.name])


@kernel("IMPOWER", least=2, most=2)
def _power(request: Request) -> Value:
    """By length and angle: rⁿ(cos nθ + i·sin nθ), as Excel's documentation says."""
    cells, power = aligned(strict(request, 0), strict(request, 1))
    found, codes = _read(cells)
    exponents, exponent_codes = numbers(power)
    answers = [
        _answered(lambda base, n=n: cmath.rect(abs(base) ** n, cmath.phase(base) * n), [one])
        for one, n in zip(found, exponents.ravel().tolist(), strict=True)
    ]
    return _cells(answers, cells.kind.shape, first_codes(codes, exponent_codes))


_OF_MANY: dict[str, Callable[[complex, complex], complex]] = {
    "IMSUM": lambda first, second: first + second,
    "IMPRODUCT": lambda first, second: first * second,
}


@kernel(*_OF_MANY, least=1)
def _of_many(request: Request) -> Value:
    """Blanks do not count; all cells of a lane are taken together."""
    step = _OF_MANY[request.name]
    arrays = in_array_mode(request)
    blocks = [strict(arrays, place) for place in range(len(request))]
    cells = stacked([block.reshape(len(block.kind), 1, -1) for block in blocks], 2)
    found, codes = _read(cells)
    lanes, width = len(cells.kind), cells.kind.shape[2]
    counts = (cells.kind != BLANK).ravel().tolist()
    rows: list[list[Complex | None]] = [[] for _ in range(lanes)]
    for place, (one, is_given) in enumerate(zip(found, counts, strict=True)):
        if is_given:
            rows[place // width].append(one)
    answers = [_answered(lambda *given: reduce(step, given), row or [Complex(0j)]) for row in rows]
    return _cells(answers, (lanes, 1, 1), _first_of_lanes(codes))


def _first_of_lanes(codes: Codes | None) -> Codes | None:
    if codes is None:
        return None
    flat = codes.reshape(len(codes), -1)
    first = (flat > 0).argmax(axis=1)[:, None]
    return np.asarray(np.take_along_axis(flat, first, axis=1).reshape(-1, 1, 1))


@engineering("COMPLEX", reads="nns", least=2)
def _complex(real: Any, imaginary: Any, suffix: Any = "i") -> Any:
    parts = np.broadcast_arrays(real, imaginary, np.asarray(suffix, dtype=object))
    cells = list(zip(*(part.ravel().tolist() for part in parts), strict=True))
    found = np.empty(parts[0].size, dtype=object)
    found[:] = [text_of_complex(Complex(complex(x, y), end)) for x, y, end in cells]
    wrong = np.array([VALUE if end not in ("i", "j") else 0 for *_, end in cells], dtype=np.int8)
    return found.reshape(parts[0].shape), wrong.reshape(parts[0].shape)
