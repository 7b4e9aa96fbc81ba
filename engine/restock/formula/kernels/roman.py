"""ROMAN and ARABIC: Roman numerals."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from restock.formula.cells import BOOL, Cells, Scalar
from restock.formula.coerce import numbers
from restock.formula.frame import Unsupported
from restock.formula.kernels.mapping import BAD_VALUE, mapped_once
from restock.formula.kernels.registry import elementwise

_LETTERS = ("M", "D", "C", "L", "X", "V", "I")
_VALUES = (1000, 500, 100, 50, 10, 5, 1)
_VALUE_OF = dict(zip(_LETTERS, _VALUES, strict=True))
_GREATEST = 3999
_MOST_FORM = 4
_NUMERAL = re.compile(r"-?[MDCLXVI]*")


@elementwise("ROMAN", reads="n|v")
def _roman(number: Any, form: Cells | None = None) -> Any:
    if form is None:
        return mapped_once(roman, number, np.zeros((1, 1, 1)))
    forms, codes = numbers(form)
    return mapped_once(roman, number, np.where(form.kind == BOOL, np.where(forms != 0, 0.0, _MOST_FORM), forms)), codes


def roman(number: float, form: float = 0) -> Scalar:
    """Return a number in Roman numerals; #VALUE! where there is no such numeral.

    Args:
        form: How far apart the letters of a subtraction may be, from 0 (classic) to 4 (shortest).

    >>> [roman(499, form) for form in range(5)]
    ['CDXCIX', 'LDVLIV', 'XDIX', 'VDIV', 'ID']
    """
    rest, steps = int(number), int(form)
    if not (0 <= rest <= _GREATEST and 0 <= steps <= _MOST_FORM):
        return BAD_VALUE
    shown = ""
    for place in range(0, len(_VALUES), 2):
        digit = rest // _VALUES[place]
        if digit % 5 == 4:
            greater = place - 1 if digit == 4 else place - 2
            less = _subtracted(rest, place, greater, steps)
            shown += _LETTERS[less] + _LETTERS[greater]
            rest += _VALUES[less] - _VALUES[greater]
        else:
            shown += (_LETTERS[place - 1] if digit > 4 else "") + _LETTERS[place] * (digit % 5)
            rest %= _VALUES[place]
    return shown


def _subtracted(rest: int, place: int, greater: int, steps: int) -> int:
    """Return the place of the letter to subtract: the smallest within so many steps that still leaves enough."""
    for _ in range(steps):
        if place + 1 >= len(_VALUES) or _VALUES[greater] - _VALUES[place + 1] > rest:
            break
        place += 1
    return place


@elementwise("ARABIC", reads="s")
def _arabic(text: Any) -> Any:
    return mapped_once(arabic, text)


def arabic(text: str) -> Scalar:
    """Return the number that a Roman numeral stands for; #VALUE! where a text is none.

    >>> arabic("mcmxii"), arabic("-IV"), arabic(""), arabic("A")
    (1912.0, -4.0, 0.0, CellError('#VALUE!'))
    """
    word = text.strip().upper()
    if not _NUMERAL.fullmatch(word) or len(word) > 255:
        return BAD_VALUE
    values = [_VALUE_OF[letter] for letter in word.lstrip("-")]
    total, before = 0, 0
    for place, value in enumerate(values):
        if place + 1 < len(values) and value < values[place + 1]:
            if before and before < values[place + 1]:
                raise Unsupported("formula.function", "ARABIC")
            total -= value
        else:
            total += value
        before = value
    return float(-total if word.startswith("-") else total)
