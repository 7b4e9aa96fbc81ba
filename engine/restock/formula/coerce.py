"""How a cell is understood as a number, a text or a truth value, and how two cells compare.

The rules are Excel's: text that looks like a number counts in arithmetic, a blank is 0 or "", texts compare without
regard to case, numbers sort before texts and texts before truth values, and numbers that agree in fifteen digits are
equal.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.formula.cells import (
    BLANK,
    BOOL,
    NUMBER,
    TEXT,
    VALUE,
    Cells,
    Codes,
    Floats,
    Texts,
    aligned,
    error_codes,
    first_codes,
)

_EPOCH = dt.datetime(1899, 12, 30)
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_DRESSED = re.compile(
    r"(\()?([+-]?)\s*(\$|€|£|¥)?\s*([+-]?)(\d[\d,]*\.?\d*|\.\d+)(?:[eE]([+-]?\d{1,3}))?\s*(%?)\s*(€?)(\))?"
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_TIME = re.compile(r"(\d{1,4}):(\d{1,2})(?::(\d{1,2})(\.\d+)?)?\s*([AaPp][Mm])?")
_HOUR = re.compile(r"(\d{1,2})\s*([AaPp][Mm])")
_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1)}  # fmt: skip
_LONG_MONTHS = {dt.date(2000, number, 1).strftime("%B").lower(): number for number in range(1, 13)}
_DATES = (
    (re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"), "ymd"),
    (re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4}|\d{2})"), "mdy"),
    (re.compile(r"(\d{1,2})[- /]([A-Za-z]{3,9})[- /,]+(\d{4}|\d{2})"), "dmy"),
    (re.compile(r"([A-Za-z]{3,9})\s+(\d{1,2}),?\s+(\d{4}|\d{2})"), "mdy"),
    (re.compile(r"([A-Za-z]{3,9})[- ](\d{4})"), "my"),
)
_LEAST_FIXED, _MOST_FIXED = -9, 20  # powers of ten that are written out
DIGITS = 15
"""Digits that count when two numbers are compared."""


@lru_cache(maxsize=65536)
def number_of_text(text: str) -> float | None:
    """Return the number that a text stands for in arithmetic, as an English Excel reads it; None where it is none.

    >>> number_of_text(" 1,234.5 "), number_of_text("50%"), number_of_text("(5)"), number_of_text("12:00")
    (1234.5, 0.5, -5.0, 0.5)
    >>> number_of_text("2026-11-25"), number_of_text("abc"), number_of_text("")
    (46351.0, None, None)
    """
    bare = text.strip()
    if not bare or len(bare) > 255:
        return None
    if _PLAIN.fullmatch(bare):
        number = float(bare)
        return number if np.isfinite(number) else None
    if _DRESSED.fullmatch(bare):
        return _dressed_number(bare)
    return moment_of_text(text) if bare == text else None  # blanks around a date make it text


def _dressed_number(text: str) -> float | None:
    found = _DRESSED.fullmatch(text)
    assert found is not None
    opening, sign, before, inner_sign, digits, exponent, percent, after, closing = found.groups()
    whole, _, fraction = digits.partition(".")
    if before and after:
        return None
    if bool(opening) != bool(closing) or (sign and inner_sign) or (opening and (sign or inner_sign)):
        return None
    if whole and not _GROUPED.fullmatch(whole):
        return None
    number = float(f"{whole.replace(',', '') or '0'}.{fraction or '0'}e{exponent or 0}")
    number = -number if opening or "-" in (sign, inner_sign) else number
    return number / 100 if percent else number


def moment_of_text(text: str) -> float | None:
    """Return the serial number of a date, a time, or both, counted from 1900; None where a text is neither."""
    day = _day(text)
    if day is not None:
        return day
    clock = _clock(text)
    if clock is not None:
        return clock
    for cut in ("T", " "):
        before, separator, after = text.partition(cut)
        while separator:
            day, clock = _day(before), _clock(after)
            if day is not None and clock is not None:
                return day + clock
            more, separator, after = after.partition(cut)
            before = f"{before}{cut}{more}"
    return None


def _clock(text: str) -> float | None:
    text = text.strip()
    if hour := _HOUR.fullmatch(text):
        return _clock(f"{hour[1]}:00 {hour[2]}")
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hours, minutes, seconds = int(found[1]), int(found[2]), int(found[3] or 0)
    if minutes > 59 or seconds > 59 or hours > 9999:
        return None
    if found[5]:
        if not 0 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if found[5].lower() == "pm" else 0)
    return (hours * 3600 + minutes * 60 + seconds + float(found[4] or 0)) / 86400


def _day(text: str) -> float | None:
    text = text.strip()
    for pattern, order in _DATES:
        if found := pattern.fullmatch(text):
            parts = dict(zip(order, found.groups(), strict=True))
            return _serial(parts["y"], parts["m"], parts.get("d", "1"))
    return None


def _serial(year: str, month: str, day: str) -> float | None:
    number = int(month) if month.isdigit() else _MONTHS.get(month.lower()) or _LONG_MONTHS.get(month.lower())
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 30 else 1900)
    if (full, number, int(day)) == (1900, 2, 29):
        return 60.0  # Excel's calendar has this day
    try:
        date = dt.datetime(full, number or 0, int(day))
    except ValueError:
        return None
    serial = float((date - _EPOCH).days)
    return None if full < 1900 else serial if serial > 60 else serial - 1


def numbers(cells: Cells) -> tuple[Floats, Codes | None]:
    """Return the cells as numbers for arithmetic, and error codes (None where there is none)."""
    if not cells.kind.any():
        return cells.number, None
    number, codes = cells.number, error_codes(cells)
    if cells.text is not None and cells.has(TEXT):
        number, read = np.array(number), np.zeros(cells.kind.shape, dtype=np.int8)
        places = cells.kind == TEXT
        texts = cells.text[places]
        values = [number_of_text(text) for text in texts]
        number[places] = [0.0 if value is None else value for value in values]
        read[places] = [VALUE if value is None else 0 for value in values]
        codes = first_codes(codes, read if read.any() else None)
    return number, codes


def number_text(number: float) -> str:
    """Return a number as a cell of general format gives it to a text function.

    >>> number_text(2.0), number_text(0.1 + 0.2), number_text(1e21), number_text(1.5e-6)
    ('2', '0.3', '1E+21', '0.0000015')
    """
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    text = f"{number:.15g}"
    mantissa, mark, exponent = text.partition("e")
    if not mark:
        return text
    power = int(exponent)
    return _fixed(text) if _LEAST_FIXED <= power <= _MOST_FIXED else f"{mantissa}E{power:+03d}"


def _fixed(text: str) -> str:
    from decimal import Decimal

    return f"{Decimal(text):f}"


def texts(cells: Cells) -> tuple[Texts, Codes | None]:
    """Return the cells as texts (an object array of str), and error codes."""
    kind = cells.kind
    if cells.text is not None and (kind == TEXT).all():
        return cells.text, None
    found = np.full(kind.shape, "", dtype=object)
    if cells.text is not None:
        places = kind == TEXT
        found[places] = cells.text[places]
    places = kind == NUMBER
    if places.any():
        unique, back = np.unique(cells.number[places], return_inverse=True)
        words = np.empty(len(unique), dtype=object)
        words[:] = [number_text(number) for number in unique.tolist()]
        found[places] = words[back]
    places = kind == BOOL
    if places.any():
        found[places] = np.where(cells.number[places] != 0, "TRUE", "FALSE").astype(object)
    return found, error_codes(cells)


def truths(cells: Cells) -> tuple[NDArray[np.bool_], Codes | None]:
    """Return the cells as truth values: a number that is not 0, TRUE, or a text that says so; else #VALUE!."""
    number, codes = cells.number, error_codes(cells)
    if cells.text is not None and cells.has(TEXT):
        number, read = np.array(number), np.zeros(cells.kind.shape, dtype=np.int8)
        for place in zip(*np.nonzero(cells.kind == TEXT), strict=True):
            word = str(cells.text[place]).upper()
            number[place] = word == "TRUE"
            read[place] = 0 if word in ("TRUE", "FALSE") else VALUE
        codes = first_codes(codes, read if read.any() else None)
    return number != 0, codes


_RANK = np.array([0, 1, 2, 0, 3])


def order(left: Cells, right: Cells) -> tuple[NDArray[np.int8], Codes | None]:
    """Return −1, 0 or 1 for each pair of cells, and error codes."""
    left, right = aligned(left, right)
    codes = first_codes(error_codes(left), error_codes(right))
    if not ((left.kind % BLANK).any() or (right.kind % BLANK).any()):  # numbers and blanks only
        return _order_numbers(left.number, right.number), codes
    ranks = _RANK[_filled_kind(left, right)], _RANK[_filled_kind(right, left)]
    found = np.sign(ranks[0] - ranks[1]).astype(np.int8)
    same = ranks[0] == ranks[1]
    numeric = same & (ranks[0] != 1)
    if numeric.any():
        found[numeric] = _order_numbers(left.number[numeric], right.number[numeric])
    wordy = same & (ranks[0] == 1)
    if wordy.any():
        found[wordy] = _order_texts(_words(left)[wordy], _words(right)[wordy])
    return found, codes


def _filled_kind(cells: Cells, other: Cells) -> NDArray[np.uint8]:
    """The kind of each cell, a blank's being that of its partner."""
    blank = cells.kind == BLANK
    return np.where(blank, np.where(other.kind == BLANK, np.uint8(NUMBER), other.kind), cells.kind)


def _words(cells: Cells) -> Texts:
    return (
        np.full(cells.kind.shape, "", dtype=object)
        if cells.text is None
        else np.where(cells.kind == TEXT, cells.text, "")
    )


def _order_texts(left: Texts, right: Texts) -> NDArray[np.int8]:
    a, b = folded(left), folded(right)
    return np.asarray((a > b).astype(np.int8) - (a < b).astype(np.int8), dtype=np.int8)


def folded(found: Texts) -> Texts:
    """Return texts as they are compared: without regard to case."""
    flat = np.empty(found.size, dtype=object)
    flat[:] = [text.lower() for text in found.ravel().tolist()]
    return flat.reshape(found.shape)


def _order_numbers(left: Floats, right: Floats) -> NDArray[np.int8]:
    found = (left > right).astype(np.int8) - (left < right).astype(np.int8)
    near = (found != 0) & (np.abs(left - right) <= 1e-14 * np.maximum(np.abs(left), np.abs(right)))
    if near.any():
        found[near] = np.where(same_digits(left[near], right[near]), np.int8(0), found[near])
    return found


def same_digits(left: Any, right: Any) -> NDArray[np.bool_]:
    """Return whether numbers agree in the fifteen digits that a spreadsheet keeps."""
    pairs = zip(np.ravel(left).tolist(), np.ravel(right).tolist(), strict=True)
    return np.array([f"{a:.{DIGITS - 1}e}" == f"{b:.{DIGITS - 1}e}" for a, b in pairs], dtype=bool)


COMPARISONS = {
    "=": lambda found: found == 0,
    "<>": lambda found: found != 0,
    "<": lambda found: found < 0,
    ">": lambda found: found > 0,
    "<=": lambda found: found <= 0,
    ">=": lambda found: found >= 0,
}
