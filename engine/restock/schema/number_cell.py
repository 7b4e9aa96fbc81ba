"""Reading numbers (§4): what counts as one, its range, and what to type instead of what is none."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from decimal import Decimal
from typing import Any

from restock.schema.cell import BLANK, Reading, is_blank, shown
from restock.schema.columns import Column
from restock.schema.raw import CellError

_DIGITS = re.compile(r"[0-9]+")
_DECIMAL = re.compile(r"[+-]?[0-9]*\.?[0-9]+")
_NUMBER_INSIDE = re.compile(
    r"(?P<before>[^\d.,+\-()/*']*)(?P<sign>[+-]?)(?P<body>\d[\d.,' ]*|[.,]\d+)(?P<after>[^\d+()/*]*)"
)
_GROUPS = re.compile(r"\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*")
_MULTIPLES = re.compile(r"[kKmMwW万千百亿億]")


def read_number(content: Any, column: Column, decimals_in_text: bool = False) -> Reading:
    """Read a number of `column`, in the column's unit.

    Args:
        content: The cell.
        column: Gives the range, and whether the number must be whole.
        decimals_in_text: Text of digits with a decimal point counts as that number (the Sales table, §4).

    >>> column = Column("qty", "Quantity", "数量", minimum=0)
    >>> read_number("12", column).value, read_number("1,5", column).params["type"]
    (12.0, '1.5')
    >>> read_number(-1.0, column).fault
    'problem.too_low'
    >>> read_number(dt.date(2026, 5, 1), column).params["type"]
    '1.5'
    """
    if is_blank(content):
        return BLANK
    if isinstance(content, CellError):
        return Reading(fault="problem.error_cell")
    if isinstance(content, dt.date):
        return Reading(fault="check.became_date", params={"type": f"{content.day}.{content.month}"})
    number = text_number(content, decimals_in_text) if isinstance(content, str) else _plain_number(content)
    return _misread(content, column) if number is None else in_range(number, column)


def text_number(text: str, decimals: bool = False) -> float | None:
    """The number that a text is (§4): digits only, with `decimals` also a point and a sign; else None.

    >>> text_number(" 12 "), text_number("1.5"), text_number("1.5", decimals=True)
    (12.0, None, 1.5)
    """
    pattern = _DECIMAL if decimals else _DIGITS
    stripped = text.strip()
    number = float(stripped) if pattern.fullmatch(stripped) else math.inf
    return number if math.isfinite(number) else None


def _plain_number(content: Any) -> float | None:
    usable = isinstance(content, int | float) and not isinstance(content, bool) and math.isfinite(content)
    return float(content) if usable else None


def in_range(number: float, column: Column) -> Reading:
    """Hold a number against the column's range.

    >>> share = Column("share", "Share", "占比", unit="share", minimum=0, maximum=1)
    >>> in_range(3.0, share).params["percent"], in_range(0.03, share).value
    ('3%', 0.03)
    """
    low, high = column.minimum, column.maximum
    if _is_percent_typed_as_number(number, column):
        return Reading(
            fault="problem.percent", params={"percent": shown(number) + "%", "share": _hundredth(number)}
        )
    if low is not None and number < low and high is None:
        return Reading(fault="problem.too_low", params={"low": shown(low)})
    if (low is not None and number < low) or (high is not None and number > high):
        return Reading(fault="problem.out_of_range", params={"low": shown(low or 0), "high": shown(high)})
    if column.whole and not number.is_integer():
        return _not_whole(number, low)
    return Reading(number)


def _is_percent_typed_as_number(number: float, column: Column) -> bool:
    """95 typed for 95 %: too high for a share, right once divided by 100 (§9)."""
    if not column.unit.startswith("share") or column.maximum is None or number <= column.maximum:
        return False
    return (column.minimum or 0) <= number / 100 <= column.maximum


def _hundredth(number: float) -> str:
    return f"{Decimal(shown(number)) / 100:f}"


def _not_whole(number: float, low: float | None) -> Reading:
    below, above = math.floor(number), math.ceil(number)
    if low is not None and below < low:
        below = above
    key = "problem.not_whole" if below != above else "problem.not_whole_one"
    return Reading(fault=key, params={"low": shown(float(below)), "high": shown(float(above))})


def _misread(content: Any, column: Column) -> Reading:
    found = number_readings(content, column.whole) if isinstance(content, str) else []
    if len(found) == 2:
        return Reading(fault="problem.number_two", params={"type": found[0], "or": found[1]})
    if len(found) == 1:
        return Reading(fault="problem.number_one", params={"type": found[0]})
    return Reading(fault="problem.not_number")


def number_readings(text: str, whole: bool = False) -> list[str]:
    """Every number that a text may mean, as it should be typed: two where it cannot be told which.

    >>> number_readings("1,5"), number_readings("1,500"), number_readings("12 pcs"), number_readings("abc")
    (['1.5'], ['1500', '1.5'], ['12'], [])
    >>> number_readings("1.234,56 €"), number_readings("3%"), number_readings("2万")
    (['1234.56'], ['0.03'], [])
    """
    match = _NUMBER_INSIDE.fullmatch(unicodedata.normalize("NFKC", text[:60]).replace("−", "-").strip())
    if match is None or _MULTIPLES.match(match["after"].strip()):
        return []
    sign = "-" if match["sign"] == "-" else ""
    scale = Decimal("0.01") if "%" in match["after"] else Decimal(1)
    numbers = [Decimal(sign + body) * scale for body in _bodies(match["body"].rstrip(" .,'"))]
    wanted = [
        number for number in dict.fromkeys(numbers) if not whole or number == number.to_integral_value()
    ]
    return [_typed(number) for number in wanted]


def _bodies(body: str) -> list[str]:
    """Spellings with a decimal point, one for each way in which the separators can be understood."""
    separators = [character for character in body if not character.isdigit()]
    if not separators:
        return [body]
    if len(set(separators)) > 1:
        last = separators[-1]
        whole, fraction = body.rsplit(last, 1)
        grouped = separators.count(last) == 1 and last in ".," and _GROUPS.fullmatch(whole)
        return [_only_digits(whole) + "." + fraction] if grouped else []
    return _with_one_separator(body, separators)


def _with_one_separator(body: str, separators: list[str]) -> list[str]:
    found = []
    if _GROUPS.fullmatch(body) and not body.startswith("0"):
        found.append(_only_digits(body))
    if len(separators) == 1 and separators[0] in ".,":
        found.append(body.replace(",", "."))
    return found


def _only_digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _typed(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
