"""Cell references: `B7` to row and column numbers, both counted from 1, and back."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


class Area(NamedTuple):
    """A rectangle of cells; every bound is inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@cache
def column_number(letter: str) -> int:
    """Return the number of a column.

    >>> column_number("A"), column_number("AB")
    (1, 28)
    """
    number = 0
    for character in letter.upper():
        number = number * 26 + ord(character) - 64
    return number


@cache
def column_letter(number: int) -> str:
    """Return the letters of a column.

    >>> column_letter(1), column_letter(28), column_letter(702)
    ('A', 'AB', 'ZZ')
    """
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def position(reference: str) -> tuple[int, int]:
    """Return (row, column) of a cell reference.

    Raises:
        ValueError: The text is no reference to one cell.

    >>> position("$C$12")
    (12, 3)
    """
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError(f"{reference!r} is no cell reference such as B7")
    return int(found.group(2)), column_number(found.group(1))


def area(reference: str) -> Area | None:
    """Return the rectangle of a range, or None where the text is no range of one rectangle.

    >>> area("A3:X503")
    Area(top=3, left=1, bottom=503, right=24)
    >>> area("nonsense") is None
    True
    """
    start, _, end = reference.partition(":")
    try:
        (top, left), (bottom, right) = position(start), position(end or start)
    except ValueError:
        return None
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
