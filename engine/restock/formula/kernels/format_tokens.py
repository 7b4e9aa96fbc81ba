"""The parts of a number format such as `[<100]#,##0.0%;"none"`: placeholders, dates, literal texts, conditions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from restock.formula.frame import Unsupported

_TOKEN = re.compile(
    r"""(?P<general>(?i:General))
      |(?P<ampm>AM/PM|am/pm|A/P|a/p)
      |"(?P<quoted>[^"]*)"
      |\\(?P<escaped>.)
      |(?P<skip>_(?:\\.|.))
      |(?P<fill>\*(?:\\.|.))
      |\[(?P<elapsed>(?i:h+|m+|s+))\]
      |\[(?P<bracket>[^\]]*)\]
      |(?P<exponent>[Ee][+-])
      |(?P<digit>[0\#?])
      |(?P<fixed>[1-9])
      |(?P<unknown>[bBgG]|(?i:a{3,}))
      |(?P<date>(?i:y+|m+|d+|h+|s+)|e+)
      |(?P<bad>[EÈÉÊËèéêëNnÑñ"\\_*\[])
      |(?P<commas>,+)
      |(?P<point>\.)|(?P<percent>%)|(?P<slash>/)|(?P<text>@)|(?P<end>;)
      |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?(?:\d+\.?\d*|\.\d+)(?:E[+-]?\d+)?)")
_COLOUR = re.compile(r"(?:black|blue|cyan|green|magenta|red|white|yellow|color\s*\d+)", re.IGNORECASE)
_LOCALE = re.compile(r"\$([^-]*)(?:-([^-].*))?")
_ENGLISH = ("", "409", "0409", "1010409", "809", "0809", "en-us", "en-gb")
_SYSTEM_LOCALES = ("f400", "f800", "x-sysdate", "x-systime")
_PLACES = "0123456789#?"


class BadFormat(Exception):
    """A text that is no number format: #VALUE!."""


class Token(NamedTuple):
    """One part of a section.

    Attributes:
        kind: "digit", "fixed", "point", "group", "scale", "percent", "exponent", "slash", "general", "text", "date",
            "elapsed", "ampm" or "literal".
        text: As written, dates in small letters; of a literal what it shows.
    """

    kind: str
    text: str


@dataclass(frozen=True)
class Section:
    """One of the parts between semicolons.

    Attributes:
        condition: Operator and number, as in [<100]; None where none is given.
        is_foreign: Whether names of days and months are asked for in a language other than English.
    """

    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None = None
    is_foreign: bool = False

    def has(self, *kinds: str) -> bool:
        """Return whether any part is of one of these kinds."""
        return any(token.kind in kinds for token in self.tokens)

    def joined(self, *kinds: str) -> str:
        """Return the parts of some kinds as one text."""
        return "".join(token.text for token in self.tokens if token.kind in kinds)


def sections(text: str) -> list[Section]:
    """Return the sections of a number format.

    >>> [section.joined("digit", "literal") for section in sections('0.00 "kg";[Red]-0')]
    ['000 kg', '-0']

    Raises:
        BadFormat: It is none.
        Unsupported: It asks for other calendars or numerals.
    """
    found: list[list[re.Match[str]]] = [[]]
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "end":
            found.append([])
        else:
            found[-1].append(match)
    return [_section(matches) for matches in found]


def _section(matches: list[re.Match[str]]) -> Section:
    tokens: list[Token] = []
    condition: tuple[str, float] | None = None
    is_foreign = False
    for place, match in enumerate(matches):
        kind, text = match.lastgroup or "", match[match.lastgroup or 0]
        if kind == "bracket":
            condition = _condition(text) or condition
            is_foreign = is_foreign or _is_foreign(text)
            text = _currency(text)
            kind = "literal"
        elif kind == "commas":
            kind = _comma_kind(matches, place)
        tokens.append(_token(kind, text))
    return Section(tuple(token for token in tokens if token.text), condition, is_foreign)


def _token(kind: str, text: str) -> Token:
    if kind == "bad":
        raise BadFormat
    if kind == "unknown":
        raise Unsupported("formula.function", "TEXT")
    if kind == "skip":
        return Token("literal", " ")
    if kind == "fill":
        return Token("literal", "")
    if kind in ("quoted", "escaped", "other"):
        return Token("literal", text)
    if kind == "comma":
        return Token("literal", ",")
    return Token(kind, text.lower() if kind in ("date", "elapsed") else text)


def _comma_kind(matches: list[re.Match[str]], place: int) -> str:
    """Commas between digits group thousands, commas after the last digit divide by a thousand, others are shown."""
    before = matches[place - 1][0][-1] if place else ""
    later = matches[place + 1 :]
    if not before or before not in _PLACES + ".":
        return "comma"
    if later and later[0][0] in _PLACES:
        return "comma" if before == "." else "group"
    if before != "." and any(match.lastgroup in ("digit", "fixed") for match in later):
        return "group"
    return "scale"


def _condition(text: str) -> tuple[str, float] | None:
    found = _CONDITION.fullmatch(text.strip())
    return (found[1], float(found[2])) if found else None


def _currency(text: str) -> str:
    """Return what a bracket shows: the sign of a currency, or nothing."""
    if _CONDITION.fullmatch(text.strip()) or _COLOUR.fullmatch(text):
        return ""
    found = _LOCALE.fullmatch(text)
    if found is None:
        raise Unsupported("formula.function", "TEXT")
    return found[1]


def _is_foreign(text: str) -> bool:
    found = _LOCALE.fullmatch(text)
    locale = (found[2] or "").lower() if found else ""
    if locale in _SYSTEM_LOCALES or (len(locale.lstrip("0")) > 4 and not locale.startswith("10104")):
        raise Unsupported("formula.function", "TEXT")  # numerals or a calendar of its own, or the machine's settings
    return locale not in _ENGLISH
