"""Functions of single values applied to whole columns, and the limits that all texts share."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from itertools import repeat
from typing import Any

import numpy as np

from restock.formula.cells import VALUE, Cells, Codes, Scalar, Texts, block, numbers_block, texts_block
from restock.formula.frame import LaneByLane, Unsupported
from restock.formula.kernels.registry import codes_where
from restock.functions.values import CellError

LONGEST_TEXT = 32767
"""Characters that a cell can hold."""

BAD_VALUE, BAD_NUMBER, NOT_AVAILABLE = CellError("#VALUE!"), CellError("#NUM!"), CellError("#N/A")

_PAIRS = re.compile("[\U00010000-\U0010ffff]")
_HALVES = re.compile("[\ud800-\udfff]")


def mapped(function: Callable[..., Scalar], *columns: Any) -> Cells:
    """Return what a function of plain values answers for every cell.

    Args:
        function: Gets one element of each column. Where it raises `Unsupported` all lanes are gone through one by one.
        columns: Arrays that broadcast, of texts (object), numbers or truth values.
    """
    shape = np.broadcast_shapes(*(column.shape for column in columns))
    return _called(lambda lists: list(map(function, *lists)), shape, columns)


def mapped_once(function: Callable[..., Scalar], *columns: Any) -> Cells:
    """Return the same as `mapped`, the function called once for each combination of values that occurs."""

    def run(lists: list[Iterable[Any]]) -> list[Scalar]:
        keys = list(zip(*lists, strict=True))
        answers = {key: function(*key) for key in dict.fromkeys(keys)}
        return [answers[key] for key in keys]

    return _called(run, np.broadcast_shapes(*(column.shape for column in columns)), columns)


def mapped_units(function: Callable[..., Scalar], *columns: Any) -> Cells:
    """Return the same as `mapped`, characters counted as Excel does: one beyond U+FFFF is two of them."""
    wide = any(column.dtype == object and _PAIRS.search("".join(column.ravel().tolist())) for column in columns)
    return mapped(_of_units(function) if wide else function, *columns)


def _called(run: Callable[[list[Iterable[Any]]], list[Scalar]], shape: tuple[int, ...], columns: Any) -> Cells:
    try:
        found = run([_elements(column, shape) for column in columns])
    except Unsupported:
        if shape[0] > 1:
            raise LaneByLane from None
        raise
    return _block(found, shape)


def _elements(column: Any, shape: tuple[int, ...]) -> Iterable[Any]:
    if column.size == 1:
        return repeat(column.item(), math.prod(shape))
    elements: list[Any] = np.broadcast_to(column, shape).ravel().tolist()
    return elements


def _block(found: list[Scalar], shape: tuple[int, ...]) -> Cells:
    kinds = set(map(type, found))
    if kinds == {str}:
        return texts_block(np.array(found, dtype=object).reshape(shape))
    if kinds <= {int, float}:
        return numbers_block(np.array(found, dtype=np.float64).reshape(shape))
    return block(found, shape)


def _of_units(function: Callable[..., Scalar]) -> Callable[..., Scalar]:
    def run(*values: Any) -> Scalar:
        found = function(*(_split_pairs(value) if isinstance(value, str) else value for value in values))
        return _join_pairs(found) if type(found) is str else found

    return run


def _split_pairs(text: str) -> str:
    """Write each character beyond U+FFFF as the two that stand for it in UTF-16."""
    return _PAIRS.sub(lambda found: _halves(ord(found[0]) - 0x10000), text)


def _halves(number: int) -> str:
    return chr(0xD800 + (number >> 10)) + chr(0xDC00 + (number & 0x3FF))


def _join_pairs(text: str) -> str:
    if not _HALVES.search(text):
        return text
    try:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:  # half a character: no file can hold it
        raise Unsupported("formula.function", "half a character") from None


def limited(text: str) -> str | CellError:
    """Return a text, or #VALUE! where it is longer than a cell can hold."""
    return text if len(text) <= LONGEST_TEXT else BAD_VALUE


def too_long(found: Texts) -> Codes | None:
    """Return #VALUE! where a text is longer than a cell can hold; None where none is."""
    sizes = np.array([len(text) for text in found.ravel().tolist()]).reshape(found.shape)
    return codes_where(sizes > LONGEST_TEXT, VALUE) if (sizes > LONGEST_TEXT).any() else None
