"""What a single cell says: a reading carries its value, or the reason why there is none."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from restock.schema.raw import CellError
from restock.schema.words import key_of

SHORTENED_FROM = 1e15
"""Excel keeps 15 digits of a number; from here on a typed item number has lost some."""

_LONGEST_VALUE = 40


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome of reading one cell.

    Attributes:
        value: The typed value; None where the cell is blank or unusable.
        fault: Key of the sentence that says what is wrong; "" where nothing is.
        params: What the sentence needs besides the place and the value.
    """

    value: Any = None
    fault: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def blank(self) -> bool:
        """Whether the cell holds nothing at all (§4)."""
        return self.value is None and not self.fault


BLANK = Reading()


def is_blank(content: Any) -> bool:
    """Whether a cell is blank: empty, `""`, nothing but spaces, or a bulk NaN (§4).

    >>> is_blank(None), is_blank("  "), is_blank(0.0)
    (True, True, False)
    """
    if content is None:
        return True
    if isinstance(content, str):
        return not content or content.isspace()
    return isinstance(content, float) and math.isnan(content)


def shown(content: Any) -> str:
    """Return a cell's content as Excel shows it.

    >>> shown(123.0), shown(0.1), shown(5.77e17), shown(True), shown("A-001 ")
    ('123', '0.1', '5.77E+17', 'TRUE', 'A-001 ')
    """
    if content is None:
        return ""
    if isinstance(content, bool):
        return "TRUE" if content else "FALSE"
    if isinstance(content, int | float):
        return _number_shown(float(content))
    return str(content)


def _number_shown(number: float) -> str:
    if not math.isfinite(number):
        return str(number)
    if abs(number) >= SHORTENED_FROM:
        digits, exponent = f"{number:.5E}".split("E")
        return f"{digits.rstrip('0').rstrip('.')}E{exponent}"
    return str(int(number)) if number.is_integer() else f"{number:.15g}"


def clipped(text: str) -> str:
    """Shorten a value for a sentence: on one line, at most 40 characters.

    >>> len(clipped("x" * 100)), clipped("two\\nlines")
    (40, 'two lines')
    """
    line = "".join(character if character.isprintable() else " " for character in text)
    return line if len(line) <= _LONGEST_VALUE else line[: _LONGEST_VALUE - 1] + "…"


def read_text(content: Any) -> Reading:
    """Read a text cell; a number counts as the text that Excel shows.

    >>> read_text(" A-001 ").value, read_text(123.0).value, read_text(5.77e17).fault
    ('A-001', '123', 'problem.shortened')
    """
    if is_blank(content):
        return BLANK
    if isinstance(content, CellError):
        return Reading(fault="problem.error_cell")
    if isinstance(content, bool):
        return Reading(fault="problem.not_text")
    if isinstance(content, int | float) and not abs(content) < SHORTENED_FROM:
        return Reading(fault="problem.shortened")
    return Reading(tidy(shown(content)))


def tidy(text: str) -> str:
    """Trim a text and join its inner spaces (§10).

    >>> tidy("  big   lamp ")
    'big lamp'
    """
    return " ".join(text.split())


def read_choice(content: Any, choices: str) -> Reading:
    """Read a word of the closed list `choices`, in either language, as its key.

    >>> read_choice("引流款", "class").value, read_choice("boat", "mode").fault
    ('traffic', 'problem.not_in_list')
    """
    if is_blank(content):
        return BLANK
    if isinstance(content, CellError):
        return Reading(fault="problem.error_cell")
    key = key_of(choices, shown(content))
    return Reading(key) if key else Reading(fault="problem.not_in_list", params={"choices": choices})


def read_flag(content: Any) -> Reading:
    """Read yes or no: a word, TRUE or FALSE, 1 or 0.

    >>> read_flag("否").value, read_flag(1.0).value, read_flag("maybe").fault
    (False, True, 'problem.not_in_list')
    """
    reading = read_choice(content, "flag")
    return reading if reading.value is None else Reading(reading.value == "yes")
