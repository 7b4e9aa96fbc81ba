"""Number formats as the function TEXT knows them: which section a value takes, and what it shows there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from restock.formula.cells import Floats, Texts
from restock.formula.frame import Unsupported
from restock.formula.kernels.decimal_digits import general_text
from restock.formula.kernels.format_dates import Dates
from restock.formula.kernels.format_digits import Digits
from restock.formula.kernels.format_fractions import Fraction
from restock.formula.kernels.format_tokens import BadFormat, Section, sections

_MOST_SECTIONS = 4
_TESTS: dict[str, Callable[[Floats, float], NDArray[np.bool_]]] = {
    "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal, "=": np.equal, "<>": np.not_equal,
}  # fmt: skip


class Writer(Protocol):
    """What turns the numbers of one section into texts."""

    def write(self, numbers: Floats, signed: bool) -> list[str]:
        """Return texts; `signed` tells whether negative numbers get a minus."""


@dataclass(frozen=True)
class General:
    """A section that says General, with the literal texts before and after it."""

    around: tuple[str, str]

    def write(self, numbers: Floats, signed: bool) -> list[str]:
        """Return numbers as a cell without a format shows them."""
        before, after = self.around
        return [("-" if signed and number < 0 else "") + before + general_text(abs(number)) + after
                for number in numbers.tolist()]  # fmt: skip


class Refused:
    """A section of which it is not known what Excel shows."""

    def write(self, numbers: Floats, signed: bool) -> list[str]:
        """Refuse."""
        raise Unsupported("formula.function", "TEXT")


@dataclass(frozen=True)
class Rule:
    """A section with the numbers it is for.

    Attributes:
        operator, limit: Its condition; an empty operator holds always.
        signed: Whether negative numbers get a minus.
    """

    operator: str
    limit: float
    writer: Writer
    signed: bool

    def holds(self, numbers: Floats) -> NDArray[np.bool_]:
        """Return for which numbers the section is."""
        return _TESTS[self.operator](numbers, self.limit) if self.operator else np.ones(numbers.shape, dtype=bool)


@dataclass(frozen=True)
class Format:
    """A number format.

    Attributes:
        rules: Sections of numbers, in the order in which they are tried.
        text: The section of texts; None where they are shown as they are.
        is_for_texts: Whether there is no other section, as in @.
    """

    rules: tuple[Rule, ...]
    text: Section | None
    is_for_texts: bool

    def numbers(self, numbers: Floats) -> Texts:
        """Return numbers as texts.

        Raises:
            NoDate: A number is no date.
            Unsupported: No section is for one of them, or what Excel shows is not known.
        """
        found = np.full(numbers.shape, "", dtype=object)
        open_places = np.ones(numbers.shape, dtype=bool)
        for rule in self.rules:
            here = open_places & rule.holds(numbers)
            if here.any():
                found[here] = rule.writer.write(numbers[here], rule.signed)
                open_places &= ~here
        if open_places.any():
            raise Unsupported("formula.function", "TEXT")
        return found

    def word(self, text: str) -> str:
        """Return a text as the format shows it."""
        if self.text is None:
            return text
        return "".join(text if kind == "text" else shown for kind, shown in self.text.tokens)


@lru_cache(maxsize=1024)
def number_format(text: str, date1904: bool) -> Format:
    """Return a number format.

    Raises:
        BadFormat: The text is none.
        Unsupported: What Excel makes of it is not known here.
    """
    parts = sections(text)
    words = [place for place, part in enumerate(parts) if part.has("text")]
    if len(parts) > _MOST_SECTIONS or len(words) > 1:
        raise BadFormat
    words = [_MOST_SECTIONS - 1] if len(parts) == _MOST_SECTIONS else words
    if any(parts[place].has("digit", "date", "elapsed", "ampm") for place in words):
        raise BadFormat
    numeric = [part for place, part in enumerate(parts) if place not in words]
    if any(part.condition for part in parts):
        rules = _conditional_rules(numeric, date1904)
    else:
        rules = _plain_rules(numeric, date1904, is_empty=not text)
    return Format(tuple(rules), parts[words[0]] if words else None, is_for_texts=not numeric)


def _plain_rules(parts: list[Section], date1904: bool, is_empty: bool) -> list[Rule]:
    """Return rules for positive numbers, negative ones and zero; one section is for all, of two the first has zero."""
    if not parts:
        return [Rule("", 0, General(("", "")), True)]
    writers = [_writer(part, date1904) for part in parts]
    if len(writers) == 1:
        below: Writer = Refused() if is_empty else writers[0]
    else:
        below = writers[1] if len(writers) > 2 or parts[1].tokens else Refused()
    zero = writers[2] if len(writers) > 2 else writers[0]
    return [Rule(">", 0, writers[0], False), Rule("<", 0, below, len(writers) == 1), Rule("", 0, zero, False)]


def _conditional_rules(parts: list[Section], date1904: bool) -> list[Rule]:
    """Return rules in the order of the sections; a minus is left out where a condition lets only negatives through."""
    conditions = [part.condition or ("", 0.0) for part in parts]
    writers = [_writer(part, date1904) for part in parts]
    if sum(operator != "" for operator, _ in conditions) > 2:
        raise BadFormat
    conditions[0] = conditions[0] if conditions[0][0] else (">", 0.0)
    if len(parts) == 1:
        conditions, writers = [*conditions, ("", 0.0)], [*writers, General(("", ""))]
    signed = [_has_minus(*condition) for condition in conditions]
    if len(writers) == 2 and not conditions[1][0]:
        operator, limit = conditions[0]
        signed[1] = operator == "=" or (operator in (">", ">=") and limit >= 0)
    elif len(writers) > 2 and not conditions[1][0]:
        writers[1] = Refused()
    every = zip(conditions, writers, signed, strict=True)
    return [Rule(operator, limit, writer, minus) for (operator, limit), writer, minus in every]


def _has_minus(operator: str, limit: float) -> bool:
    return not (limit < 0 and operator in ("<", "<=", "=")) and not (limit == 0 and operator == "<")


def _writer(section: Section, date1904: bool) -> Writer:
    if section.has("date", "elapsed", "ampm"):
        return Dates(section, date1904)
    if section.has("general"):
        if section.has("digit", "percent", "exponent") or len(section.joined("general")) > len("General"):
            raise BadFormat
        return General(_around_general(section))
    if section.has("slash"):
        return Fraction(section)
    return Digits(section)


def _around_general(section: Section) -> tuple[str, str]:
    place = [token.kind for token in section.tokens].index("general")
    before, after = section.tokens[:place], section.tokens[place + 1 :]
    return "".join(token.text for token in before), "".join(token.text for token in after)
