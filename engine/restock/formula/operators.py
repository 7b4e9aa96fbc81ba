"""What the operators make of two blocks of cells: arithmetic, joined texts, comparisons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from restock.formula.cells import (
    DIV0,
    NUM,
    Cells,
    Codes,
    aligned,
    bools_block,
    first_codes,
    numbers_block,
    texts_block,
)
from restock.formula.coerce import COMPARISONS, numbers, order, texts


def operate(operator: str, left: Cells, right: Cells, is_last: bool = False) -> Cells:
    """Return what an operator makes of two blocks.

    Args:
        is_last: Whether it is the last step of a formula: a sum or difference that is nothing but the rounding of
            its operands is then 0, as in Excel.
    """
    if operator == "&":
        (before, first), (after, second) = texts(left), texts(right)
        if not _fit(before, after):
            left, right = aligned(left, right)
            return operate(operator, left, right)
        joined = before + after
        codes = first_codes(*_broadcast(first, second, joined.shape))
        return texts_block(joined, codes)
    if operator in COMPARISONS:
        found, codes = order(left, right)
        return bools_block(COMPARISONS[operator](found), codes)
    if not _fit(left.kind, right.kind):
        left, right = aligned(left, right)
    (a, first), (b, second) = numbers(left), numbers(right)
    codes = first_codes(first, second)
    with np.errstate(all="ignore"):
        result, own = _ARITHMETIC[operator](a, b)
    if is_last and operator in "+-":
        tiny = np.abs(result) <= 1e-15 * np.maximum(np.abs(a), np.abs(b)) * 0.9
        result = np.where(tiny, 0.0, result)
    return numbers_block(result, first_codes(codes, own))


def _fit(left: Any, right: Any) -> bool:
    return all(a == b or a == 1 or b == 1 for a, b in zip(left.shape, right.shape, strict=True))


def _broadcast(first: Codes | None, second: Codes | None, shape: tuple[int, ...]) -> list[Codes | None]:
    return [None if codes is None else np.broadcast_to(codes, shape) for codes in (first, second)]


def _divide(a: Any, b: Any) -> tuple[Any, Codes | None]:
    zero = b == 0
    if not zero.any():
        return a / b, None
    return a / np.where(zero, 1.0, b), np.broadcast_to(
        np.where(zero, np.int8(DIV0), np.int8(0)), np.broadcast(a, b).shape
    )


def _power(a: Any, b: Any) -> tuple[Any, Codes | None]:
    result = np.power(a, b)
    bad = np.where((a == 0) & (b == 0), np.int8(NUM), np.int8(0))
    bad = np.where((a == 0) & (b < 0), np.int8(DIV0), bad)
    return result, bad if bad.any() else None


_ARITHMETIC: dict[str, Callable[[Any, Any], tuple[Any, Codes | None]]] = {
    "+": lambda a, b: (a + b, None),
    "-": lambda a, b: (a - b, None),
    "*": lambda a, b: (a * b, None),
    "/": _divide,
    "^": _power,
}
