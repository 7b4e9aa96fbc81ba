"""What stands in cells, as arrays of numbers and of error numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int8]
Values = NDArray[Any]

ERROR_CODES = (
    "#NULL!",
    "#DIV/0!",
    "#VALUE!",
    "#REF!",
    "#NAME?",
    "#NUM!",
    "#N/A",
    "#GETTING_DATA",
    "#SPILL!",
    "#CONNECT!",
    "#BLOCKED!",
    "#UNKNOWN!",
    "#FIELD!",
    "#CALC!",
    "#BUSY!",
)
"""Errors that a cell can hold; an array of codes holds the position in this list plus 1, and 0 for no error."""

CODE = {text: number for number, text in enumerate(ERROR_CODES, start=1)}
VALUE, NUM, NOT_AVAILABLE = CODE["#VALUE!"], CODE["#NUM!"], CODE["#N/A"]

MOST_DIGITS = 15
"""Digits of a number that every spreadsheet program keeps."""

_EPOCH = dt.datetime(1899, 12, 30)
_PLAIN_TYPES = {float, int, type(None), np.float64, np.int64}


class CellError(str):
    """An error that stands in a cell; equal to its text.

    >>> CellError("#NUM!") == "#NUM!", CellError("#NUM!")
    (True, CellError('#NUM!'))
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"CellError({str.__repr__(self)})"


def as_array(value: Any) -> Values:
    """Return what an argument holds as an array of 0, 1 or 2 dimensions, each element as it came.

    >>> as_array([[1.0, None], ["a", True]]).shape, as_array(3).shape
    ((2, 2), ())
    """
    if isinstance(value, np.ndarray):
        return value
    if hasattr(value, "to_numpy"):
        return np.asarray(value.to_numpy())
    found = np.array(value)  # numpy would turn numbers beside a text into texts: those are read again as they came
    return found if found.dtype.kind in "fiubO" else np.array(value, dtype=object)


def read_numbers(value: Any, digits: bool = True, text: int = VALUE) -> tuple[NDArray[np.float64], Codes | None]:
    """Return numbers (NaN for a blank) and error codes (None where there is no error) of one argument.

    Blank is None, "" and NaN. Dates become serial numbers, TRUE and FALSE 1 and 0. Text of digits only is that
    number where `digits` is set; any other text has the code `text` (CONVENTIONS §4, §19).

    >>> read_numbers(["007", None, "1.5"])
    (array([ 7., nan, nan]), array([0, 0, 3], dtype=int8))
    """
    found = as_array(value)
    if found.dtype.kind in "fiub":
        return found.astype(np.float64), None
    if found.dtype.kind == "M":
        found = found.astype("datetime64[us]").astype(object)
    flat = found.ravel().tolist()
    if set(map(type, flat)) <= _PLAIN_TYPES:
        return np.array(flat, dtype=np.float64).reshape(found.shape), None
    pairs = [_number(element, digits, text) for element in flat]
    numbers = np.array([number for number, _ in pairs], dtype=np.float64).reshape(found.shape)
    codes = np.array([code for _, code in pairs], dtype=np.int8).reshape(found.shape)
    return numbers, codes if codes.any() else None


def read_words(value: Any, known: Callable[[str], int], blank: int) -> tuple[NDArray[np.int64], Codes | None]:
    """Return the number that `known` gives each word (`blank` where blank, -1 where unknown) and error codes."""
    found = as_array(value)
    flat = found.ravel().tolist()
    table = {element: _word(element, known, blank) for element in set(flat)}
    pairs = [table[element] for element in flat]
    numbers = np.array([number for number, _ in pairs], dtype=np.int64).reshape(found.shape)
    codes = np.array([code for _, code in pairs], dtype=np.int8).reshape(found.shape)
    return numbers, codes if codes.any() else None


def _word(element: Any, known: Callable[[str], int], blank: int) -> tuple[int, int]:
    if is_blank(element):
        return blank, 0
    if not isinstance(element, str):
        return -1, VALUE
    code = CODE.get(element, 0)
    return (-1, code) if code else (known(element), 0)


def is_blank(element: Any) -> bool:
    """Return whether a cell counts as blank: empty, an empty text, or NaN."""
    return element is None or element == "" or (isinstance(element, float) and element != element)


def _number(element: Any, digits: bool, text: int) -> tuple[float, int]:
    """One cell as a number and an error code."""
    if isinstance(element, str):
        return _number_of_text(element, digits, text)
    if element is None:
        return np.nan, 0
    if isinstance(element, dt.date):
        return _serial(element), 0
    try:
        return float(element), 0
    except (TypeError, ValueError, OverflowError):
        return np.nan, text


def _number_of_text(element: str, digits: bool, text: int) -> tuple[float, int]:
    if element == "":
        return np.nan, 0
    if element in CODE:
        return np.nan, CODE[element]
    if digits and element.isascii() and element.isdigit() and len(element.lstrip("0")) <= MOST_DIGITS:
        return float(element), 0
    return np.nan, text


def _serial(day: dt.date) -> float:
    moment = day if isinstance(day, dt.datetime) else dt.datetime(day.year, day.month, day.day)
    return (moment.replace(tzinfo=None) - _EPOCH) / dt.timedelta(days=1)
