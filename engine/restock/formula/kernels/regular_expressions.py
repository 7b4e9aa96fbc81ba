"""REGEXTEST, REGEXEXTRACT and REGEXREPLACE.

Excel's patterns are PCRE2's. Those that mean the same in Python are answered here; others are left to a general engine.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import numpy as np

from restock.formula.cells import Cells, Scalar, block
from restock.formula.frame import LaneByLane, Unsupported, Value
from restock.formula.kernels.mapping import BAD_VALUE, NOT_AVAILABLE, limited, mapped_once
from restock.formula.kernels.registry import Request, answered, elementwise, kernel

_PART = re.compile(
    r"""\\[dDwWsSbB]
      |\\(?:[tnrf1-9]|[^\w\s])
      |\[(?P<within>\^?\]?(?:\\[dDwWsStnrf]|\\[^\w\s]|[^\]\\\[])*)\]
      |(?P<open>\((?:\?(?::|=|!|>|<=|<!))?)
      |(?P<close>\))
      |(?P<repeat>[*+]|\{\d+,\d*\})[?+]?
      |(?:\?|\{\d+\})[?+]?
      |(?P<either>\|)
      |[^\\\[\](){}*+?|]""",
    re.VERBOSE | re.DOTALL,
)
_WORDS = re.compile(r"\\[dDwWsSbB]")
_ODD = re.compile(r"&&|\|\||~~|--")
_GROUP = re.compile(r"\$(?:(\d+)|\{(\d+)\}|(\$))")
_ZERO, _FIRST, _ALL, _GROUPS = np.zeros((1, 1, 1)), 0, 1, 2


@elementwise("REGEXTEST", reads="ss|n")
def _test(text: Any, pattern: Any, case: Any = _ZERO) -> Any:
    def one(text: str, pattern: str, case: float) -> Scalar:
        expression = _expression(text, pattern, case)
        return BAD_VALUE if expression is None else expression.search(text) is not None

    return mapped_once(one, text, pattern, case)


@elementwise("REGEXREPLACE", reads="sss|nn")
def _replace(text: Any, pattern: Any, new: Any, occurrence: Any = _ZERO, case: Any = _ZERO) -> Any:
    return mapped_once(_replaced, text, pattern, new, occurrence, case)


def _replaced(text: str, pattern: str, new: str, occurrence: float, case: float) -> Scalar:
    expression = _expression(text, pattern, case)
    if expression is None:
        return BAD_VALUE
    if "\\" in new or expression.search("") is not None:
        raise Unsupported("formula.function", "REGEXREPLACE")
    matches = list(expression.finditer(text))
    count = int(occurrence)
    if count:
        place = count - 1 if count > 0 else len(matches) + count
        matches = matches[place : place + 1] if place >= 0 else []
    shown, last = [], 0
    for match in matches:
        shown += [text[last : match.start()], _filled(new, match)]
        last = match.end()
    return limited("".join(shown) + text[last:])


def _filled(new: str, match: re.Match[str]) -> str:
    """Return the replacement with the groups that it names put in."""

    def group(found: re.Match[str]) -> str:
        if found[3]:
            return "$"
        number = int(found[1] or found[2])
        if number > match.re.groups:
            raise Unsupported("formula.function", "REGEXREPLACE")
        return match[number] or ""

    if "$" in _GROUP.sub("", new):
        raise Unsupported("formula.function", "REGEXREPLACE")
    return _GROUP.sub(group, new)


@kernel("REGEXEXTRACT", least=2, most=4)
def _extract(request: Request) -> Value:
    mode = int(request.one_number(2))
    operands = [request.cells(0), request.cells(1)]
    operands += [request.cells(3)] if len(request) > 3 else []
    if mode == _FIRST:
        return answered(lambda *columns: mapped_once(_first, *columns), "ssn"[: len(operands)], operands)
    if mode not in (_ALL, _GROUPS):
        return block([BAD_VALUE], (1, 1, 1))
    return answered(lambda *columns: _rows(mode, *columns), "ssn"[: len(operands)], operands)


def _first(text: str, pattern: str, case: float = 0.0) -> Scalar:
    expression = _expression(text, pattern, case)
    if expression is None:
        return BAD_VALUE
    match = expression.search(text)
    return NOT_AVAILABLE if match is None else match[0]


def _rows(mode: int, *columns: Any) -> Cells:
    """Return all matches, or all groups of the first, as a row; every lane must have as many."""
    lanes = max(len(column) for column in columns)
    if any(column.shape[1:] != (1, 1) for column in columns):
        raise Unsupported("formula.function", "REGEXEXTRACT")
    lists = [np.broadcast_to(column, (lanes, 1, 1)).ravel().tolist() for column in columns]
    try:
        rows = [_row(mode, *one) for one in zip(*lists, strict=True)]
    except Unsupported:
        if lanes > 1:
            raise LaneByLane from None
        raise
    if len({len(row) for row in rows}) > 1:
        raise LaneByLane
    return block([value for row in rows for value in row], (lanes, 1, len(rows[0])))


def _row(mode: int, text: str, pattern: str, case: float = 0.0) -> list[Scalar]:
    expression = _expression(text, pattern, case)
    if expression is None:
        return [BAD_VALUE]
    matches = list(expression.finditer(text))
    if not matches:
        return [NOT_AVAILABLE]
    if mode == _ALL:
        return [match[0] for match in matches]
    if not expression.groups:
        raise Unsupported("formula.function", "REGEXEXTRACT")
    return [group or "" for group in matches[0].groups()]


def _expression(text: str, pattern: str, case: float) -> re.Pattern[str] | None:
    """Return the compiled pattern; None where it is none or the case asked for is neither 0 nor 1."""
    if int(case) not in (0, 1):
        return None
    if not text.isascii() and _WORDS.search(pattern):
        raise Unsupported("formula.function", "REGEXTEST")  # whether é is a letter to \w is the machine's affair
    return _compiled(pattern, int(case) == 1)


@lru_cache(maxsize=1024)
def _compiled(pattern: str, any_case: bool) -> re.Pattern[str] | None:
    _check(pattern)
    try:
        return re.compile(pattern, re.IGNORECASE if any_case else 0)
    except re.error:
        return None


def _check(pattern: str) -> None:
    """Refuse what Python reads otherwise, and repeated groups with repetitions or choices: they can take for ever.

    Raises:
        Unsupported: The pattern has something of that.
    """
    place, repeats, closed = 0, [False], False
    while place < len(pattern):
        found = _PART.match(pattern, place)
        if found is None or _ODD.search(found["within"] or ""):
            raise Unsupported("formula.function", "REGEXTEST")
        if found["open"]:
            repeats.append(False)
        elif found["close"] and len(repeats) > 1:
            closed = repeats.pop()
            repeats[-1] = repeats[-1] or closed
            place = found.end()
            continue
        elif found["repeat"]:
            if closed:
                raise Unsupported("formula.function", "REGEXTEST")
            repeats[-1] = True
        elif found["either"]:
            repeats[-1] = len(repeats) > 1
        place, closed = found.end(), False
