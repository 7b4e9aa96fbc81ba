"""What Calc hands to a function and takes back from it."""

from __future__ import annotations

import struct
from typing import Any

from restock.functions.values import CellError

_CALC_ERRORS = {"#N/A": 32767, "#NUM!": 503, "#VALUE!": 519, "#REF!": 524, "#NAME?": 525, "#DIV/0!": 532, "#NULL!": 521}
"""Numbers of errors as Calc keeps them (formula/errorcodes.hxx of LibreOffice)."""
_QUIET_NAN = 0x7FF8_0000_0000_0000


def error_number(code: str) -> float:
    """Return the not-a-number by which Calc knows an error: its number stands in the lower half.

    >>> struct.pack(">d", error_number("#N/A")).hex()
    '7ff8000000007fff'
    """
    found: float = struct.unpack(">d", struct.pack(">Q", _QUIET_NAN | _CALC_ERRORS.get(code, 519)))[0]
    return found


def for_calc(answer: Any) -> Any:
    """Return an answer as Calc takes it: numbers, texts, errors as their number, and rows of them as tuples.

    A single cell in rows and columns is that cell.

    >>> for_calc([[1, "a"], [None, True]])
    ((1.0, 'a'), ('', 1.0))
    """
    if isinstance(answer, list):
        rows = answer if answer and isinstance(answer[0], list) else [[value] for value in answer]
        if len(rows) == len(rows[0]) == 1:
            return for_calc(rows[0][0])
        return tuple(tuple(for_calc(value) for value in row) for row in rows)
    if isinstance(answer, CellError):
        return error_number(answer)
    if answer is None:
        return ""
    return answer if isinstance(answer, str) else float(answer)


def from_calc(argument: Any) -> Any:
    """Return an argument as our functions take it: a value, or a list of rows; nothing typed is None."""
    if isinstance(argument, tuple):
        return [[from_calc(value) for value in row] for row in argument]
    return argument
