"""Call a Python body with what stands in cells: read, check, compute, and put errors in their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.errors import RestockError
from restock.functions.entry import FIRST_DAY, LAST_DAY, Argument, Function, Kind
from restock.functions.values import (
    ERROR_CODES,
    NOT_AVAILABLE,
    NUM,
    VALUE,
    CellError,
    Codes,
    as_array,
    read_numbers,
    read_words,
)
from restock.functions.words import CHINESE, ENGLISH, language_number, tier_number

_ERRORS = np.array([None, *(CellError(code) for code in ERROR_CODES)], dtype=object)
_TEXT, _OUTSIDE = 101, 102
_BLANK, _UNKNOWN = -2, -1


@dataclass
class Read:
    """One argument: its values, NaN where they may not be used, and error codes (None where all are good)."""

    values: Any
    codes: Codes | None = None

    def refuse(self, where: NDArray[np.bool_], code: int) -> None:
        """Give this error to the places that have none yet."""
        if where.any():
            codes = np.zeros(where.shape, dtype=np.int8) if self.codes is None else self.codes
            self.codes = np.where(where & (codes == 0), np.int8(code), codes)


def answer(function: Function, values: Sequence[Any]) -> Any:
    """Return a scalar for scalars, else an array; the first bad argument from left to right decides an error
    (§17).

    Raises:
        TypeError: Fewer or more arguments than the function has.
    """
    if not function.required <= len(values) <= len(function.arguments):
        raise TypeError(f"{function.signature} was given {len(values)} arguments")
    given = [*values, *[None] * (len(function.arguments) - len(values))]
    try:
        reads = [_read(*pair) for pair in zip(function.arguments, given, strict=True)]
        _stand_as_columns(reads, function)
        codes = _first_error(reads)
        if function.result == "table" and codes.any():
            return _ERRORS[codes.max()]
        return _with_errors(np.asarray(function.compute(*(read.values for read in reads))), codes)
    except RestockError as error:
        return CellError(error.cell_error)
    except ValueError:  # numpy: the arguments' shapes do not go together
        return CellError("#VALUE!")


def _read(argument: Argument, value: Any) -> Read:
    if argument.kind is Kind.TABLE:
        return Read(as_array(value))
    if argument.kind is Kind.LANGUAGE:
        return _read_language(value)
    if argument.kind is Kind.TIER:
        return _read_tier(value)
    return _read_range(argument, value) if argument.kind.is_range else _read_number(argument, value)


def _read_number(argument: Argument, value: Any) -> Read:
    read = Read(*read_numbers(value, digits=argument.kind is Kind.NUMBER))
    blank = np.isnan(read.values)
    if argument.kind is Kind.DATE:
        read.values = np.floor(read.values)
    if argument.default is not None:
        read.values = np.where(blank, argument.default, read.values)
    elif not argument.blank_means_unknown and not argument.optional:
        read.refuse(blank, NOT_AVAILABLE)
    outside = out_of_range(argument, read.values)
    read.refuse(outside, NUM)
    if read.codes is not None:
        read.values = np.where(read.codes > 0, np.nan, read.values)
    return read


def out_of_range(argument: Argument, numbers: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return where a number lies outside the argument's range; a blank never does."""
    dated = argument.kind in (Kind.DATE, Kind.DATES)
    low, high = (FIRST_DAY, LAST_DAY) if dated else (argument.low, argument.high)
    outside = (numbers <= low) if argument.open_low else (numbers < low)
    outside = outside | ((numbers >= high) if argument.open_high else (numbers > high))
    if argument.whole:
        outside = outside | ((numbers != np.floor(numbers)) & ~np.isnan(numbers))
    return np.asarray(outside)


def _read_range(argument: Argument, value: Any) -> Read:
    """A range as it lies, empty where left out; an error cell before text, text before a number out of range (§19)."""
    if argument.optional and value is None:
        return Read(np.empty(0))
    numbers, codes = read_numbers(value, digits=False, text=_TEXT)
    if argument.kind is Kind.DATES:
        numbers = np.floor(numbers)
    outside = out_of_range(argument, numbers)
    if codes is None and not outside.any():
        return Read(numbers)
    cells = np.zeros(numbers.shape, dtype=np.int8) if codes is None else codes
    cells = np.where((cells == 0) & outside, np.int8(_OUTSIDE), cells)
    by_row = argument.by_row and cells.ndim == 2 and min(cells.shape) > 1
    first = [_first_of_range(row) for row in (cells if by_row else cells.reshape(1, -1))]
    return Read(np.where(cells > 0, np.nan, numbers), np.array(first if by_row else first[0], dtype=np.int8))


def _first_of_range(cells: Codes) -> int:
    passed_on = cells[(cells > 0) & (cells < _TEXT)]
    if len(passed_on):
        return int(passed_on[0])
    if (cells == _TEXT).any():
        return VALUE
    return NUM if (cells == _OUTSIDE).any() else 0


def _read_language(value: Any) -> Read:
    read = Read(*read_words(value, language_number, ENGLISH))
    read.refuse(read.values < 0, VALUE)
    return Read(read.values == CHINESE, read.codes)


def _read_tier(value: Any) -> Read:
    read = Read(*read_words(value, tier_number, _BLANK))
    read.refuse(read.values == _BLANK, NOT_AVAILABLE)
    read.refuse(read.values == _UNKNOWN, VALUE)
    return read


def _stand_as_columns(reads: list[Read], function: Function) -> None:
    """Where one argument came as rows and columns, a plain list beside it is a column."""
    single = [read for read, argument in zip(reads, function.arguments, strict=True) if not argument.kind.is_range]
    if any(read.values.ndim == 2 for read in single):
        for read in single:
            read.values = read.values[:, None] if read.values.ndim == 1 else read.values
        for read in reads:
            read.codes = read.codes[:, None] if read.codes is not None and read.codes.ndim == 1 else read.codes


def _first_error(reads: list[Read]) -> Codes:
    """The code of the first argument that is bad, place by place."""
    codes = np.zeros((), dtype=np.int8)
    for read in reads:
        if read.codes is not None:
            codes = np.where(codes == 0, read.codes, codes)
    return codes


def _with_errors(computed: NDArray[Any], codes: Codes) -> Any:
    """The answers with their errors, a scalar for scalars."""
    if computed.dtype.kind == "f":
        computed = computed + 0.0
        bad = np.where(np.isnan(computed), np.int8(NOT_AVAILABLE), np.where(np.isinf(computed), np.int8(NUM), 0))
        codes = np.where(codes == 0, bad, codes)
    if codes.any() and codes.ndim == computed.ndim == 0:
        return _ERRORS[int(codes)]
    if codes.any():
        computed, codes = np.broadcast_arrays(computed.astype(object), codes)
        computed = np.where(codes > 0, _ERRORS[codes], computed)
    return computed.item() if computed.ndim == 0 else computed
