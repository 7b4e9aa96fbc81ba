"""Numbers as exports write them; how a file writes its decimals is decided once, from cells that leave no doubt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

_SIGNED = re.compile(r"(?P<open>\(?)\s*(?P<sign>[+-]?)\s*(?P<body>(?:\d[\d.,' ]*|[.,]\d+))\s*(?P<close>\)?)")
_MONEY = re.compile(r"[^\d.,()+-]*(?P<body>\d[\d.,' ]*\d|\d)[^\d.,]*")
_GROUPED = {"point": ",' ", "comma": ".' "}
_MARK = {"point": r"\.", "comma": ","}
_LIMIT = Decimal("1e12")


@dataclass(frozen=True)
class Decimals:
    """How a file writes decimals: `style` "point", "comma", or "" where its cells do not tell or are `mixed`."""

    style: str = ""
    mixed: bool = False


def _shape(style: str) -> re.Pattern[str]:
    mark = _MARK[style]
    groups = "|".join(rf"[1-9]\d{{0,2}}(?:{re.escape(one)}\d{{3}})+" for one in _GROUPED[style])
    return re.compile(rf"(?:{groups}|\d+)(?:{mark}\d+)?|{mark}\d+")


_SHAPES = {style: _shape(style) for style in _GROUPED}


def folded_number(text: str) -> str:
    """Full-width digits, minus signs and blanks of any kind as plain ones."""
    folded = unicodedata.normalize("NFKC", text).replace("−", "-").replace("’", "'")
    return " ".join(folded.split())


def readings(body: str) -> dict[str, Decimal]:
    """What a number without sign means, by style; a style in which it is no number is absent.

    >>> readings("1,200"), readings("8,50"), readings("12")["comma"]
    ({'point': Decimal('1200'), 'comma': Decimal('1.200')}, {'comma': Decimal('8.50')}, Decimal('12'))
    """
    found = {}
    for style, shape in _SHAPES.items():
        if shape.fullmatch(body):
            bare = "".join(mark for mark in body if mark not in _GROUPED[style])
            found[style] = Decimal(bare.replace(",", "."))
    return found


def decided(texts: Iterable[str]) -> Decimals:
    """How a file writes decimals, from all its numbers, prices included.

    >>> decided(["1.200", "8,50 €"]).style, decided(["1.200", "12"]).style, decided(["8,5", "8.5"]).style
    ('comma', '', '')
    """
    found: set[str] = set()
    for text in texts:
        match = _MONEY.fullmatch(folded_number(text).strip("()"))
        if match is not None and not match["body"].isdigit():
            read = readings(match["body"])
            if len(read) == 1:
                found |= set(read)
    return Decimals(found.pop()) if len(found) == 1 else Decimals(mixed=len(found) > 1)


def number(text: str, decimals: Decimals) -> tuple[float, str]:
    """The number of a cell, or NaN and why there is none: "unclear", "destroyed_number" or "not_number".

    >>> number("(1,200)", Decimals("point")), number("1,200", Decimals()), number("365+", Decimals())
    ((-1200.0, ''), (nan, 'unclear'), (nan, 'not_number'))
    """
    match = _SIGNED.fullmatch(folded_number(text))
    if match is None or bool(match["open"]) != bool(match["close"]) or (match["open"] and match["sign"]):
        return np.nan, "destroyed_number" if re.fullmatch(r"\d[.,]?\d*E[+-]\d+", text.strip()) else "not_number"
    read = readings(match["body"].strip())
    values = set(read.values())
    if len(values) > 1:
        values = {read[decimals.style]} if decimals.style else set()
        if not values:
            return np.nan, "unclear"
    elif not values or (decimals.style and decimals.style not in read):
        return np.nan, "not_number"
    value = values.pop()
    if value >= _LIMIT:
        return np.nan, "not_number"
    return float(-value if match["sign"] == "-" or match["open"] else value), ""


def numbers(texts: Sequence[str], decimals: Decimals) -> tuple[NDArray[np.float64], NDArray[np.object_]]:
    """The numbers of some cells (NaN where blank or none) and why there is none ("" where there is or blank)."""
    found = [number(text, decimals) if text else (np.nan, "") for text in texts]
    values = np.array([value for value, _ in found], dtype=np.float64)
    return values, np.array([fault for _, fault in found], dtype=object)
