"""What a column and a table are: one record each, from which headers, help, validation and docs are derived."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Kind(Enum):
    """The type of a column's values, and so how a cell is read (CONVENTIONS §4)."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TIME = "date and time"
    FLAG = "yes or no"
    CHOICE = "one of a list"


@dataclass(frozen=True)
class Column:
    """One column. `name` is fixed; the two headers are what people see; `unit` is in plain English.

    Attributes:
        minimum, maximum: Inclusive range of a number; None where there is no bound.
        whole: The number must be whole (§6).
        choices: Key of `restock.schema.words.CHOICES` for a CHOICE column.
        typed: For output tables: the user types here, and what was typed survives the next press.
        detail: For output tables: behind a number or a sentence; grouped and folded away until asked for.
    """

    name: str
    en: str
    zh: str
    kind: Kind = Kind.TEXT
    unit: str = ""
    required: bool = False
    default: Any = None
    help_en: str = ""
    help_zh: str = ""
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = False
    choices: str = ""
    also: tuple[str, ...] = ()
    typed: bool = False
    detail: bool = False
    width: int = 12

    def header(self, language: str) -> str:
        """The header in `language` ("en" or "zh")."""
        return self.zh if language == "zh" else self.en

    def help(self, language: str) -> str:
        """One line of help in `language`."""
        return self.help_zh if language == "zh" else self.help_en

    def headers(self) -> set[str]:
        """Every header, normalised, under which this column is recognised."""
        return {normal_header(text) for text in (self.name, self.en, self.zh, *self.also)}


@dataclass(frozen=True)
class Table:
    """One table: `name` is the Excel table name in both languages; `key` the columns that tell rows apart.

    `signature` names the columns that must all be present for the table to be recognised by its headers alone.
    """

    name: str
    en: str
    zh: str
    columns: tuple[Column, ...]
    signature: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    help_en: str = ""
    help_zh: str = ""
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.by_name.update({column.name: column for column in self.columns})

    def sheet_name(self, language: str) -> str:
        """The tab's name in a new book."""
        return self.zh if language == "zh" else self.en

    def help(self, language: str) -> str:
        """The line under the sheet's title."""
        return self.help_zh if language == "zh" else self.help_en

    def __getitem__(self, name: str) -> Column:
        return self.by_name[name]

    def match_headers(self, headers: list[str | None]) -> dict[str, int]:
        """Map column name to position for every header that is recognised; the first of a repeated header counts."""
        found: dict[str, int] = {}
        positions: dict[str, int] = {}
        for position, header in enumerate(headers):
            if header:
                positions.setdefault(normal_header(header), position)
        for column in self.columns:
            hits = sorted(positions[text] for text in column.headers() if text in positions)
            if hits:
                found[column.name] = hits[0]
        return found


_UNIT = re.compile(r"[（(][^（()）]*[)）]")
_JOINT = re.compile(r"[\s_\-*:：,，、/]+")


def normal_header(text: str) -> str:
    """Fold a header to what identifies it: without unit in brackets, star, case, width and spacing.

    >>> normal_header(" On_Hand* (units)")
    'on hand'
    >>> normal_header("实物库存（件）")
    '实物库存'
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _JOINT.sub(" ", _UNIT.sub(" ", folded)).strip()


def normal_key(text: str) -> str:
    """Fold a SKU or a name to what identifies it (§10): NFKC, trimmed, case-blind, leading zeros kept.

    >>> normal_key(" ａ-001 ") == normal_key("A-001"), normal_key("00123") == normal_key("123")
    (True, False)
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
