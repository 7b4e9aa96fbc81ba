"""One worksheet function: its name, its arguments, its two bodies, its help."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import numpy as np

LARGEST = 1e12
"""No quantity of ours is larger; up to here no product of a formula overflows in any program (CONVENTIONS §18)."""

SMALLEST = 0.001
"""The least factor, price or quantity where 0 has no answer (CONVENTIONS §18)."""

FIRST_DAY, LAST_DAY = 36526.0, 73050.0
"""2000-01-01 and 2099-12-31 as serial numbers (CONVENTIONS §4)."""

LONGEST_DAYS = 3650.0
"""The most days that a lead time, a threshold or a buffer may have: ten years."""

PYTHON, PLAIN, LAMBDA, LIBREOFFICE, IRONCALC = "python", "plain", "lambda", "libreoffice", "ironcalc"
HEADLESS = "headless"


class Kind(Enum):
    """What an argument is, and with that how a cell is read."""

    NUMBER = "number"
    DATE = "date"
    LANGUAGE = "language"
    TIER = "tier"
    NUMBERS = "numbers"
    DATES = "dates"
    TABLE = "table"

    @property
    def is_range(self) -> bool:
        """Whether the argument is a whole range rather than one value per answer."""
        return self in (Kind.NUMBERS, Kind.DATES, Kind.TABLE)


@dataclass(frozen=True)
class Argument:
    """One argument, in the public order.

    Attributes:
        name: The word in signatures and formula bodies.
        en, zh: What it is, with its unit.
        kind: How a cell is read.
        default: Value where the argument is omitted or blank; without one the argument is required.
        low, high: The range of numbers, both ends included.
        open_low, open_high: Whether the end itself is outside.
        whole: Whether a number must be whole.
        blank_means_unknown: Whether the body itself answers a blank (NO DATA); else a blank is #N/A.
        by_row: Whether a range may hold one row per answer.
    """

    name: str
    en: str
    zh: str
    kind: Kind = Kind.NUMBER
    default: float | str | None = None
    low: float = 0.0
    high: float = LARGEST
    open_low: bool = False
    open_high: bool = False
    whole: bool = False
    blank_means_unknown: bool = False
    by_row: bool = False
    optional: bool = False

    @property
    def is_optional(self) -> bool:
        """Whether the argument may be left out."""
        return self.optional or self.default is not None

    @property
    def range_text(self) -> str:
        """The range of numbers in mathematical notation.

        >>> Argument("share", "", "", high=1.0, open_low=True).range_text, Argument("n", "", "").range_text
        ('(0, 1]', '>= 0')
        """
        if self.kind in (Kind.DATE, Kind.DATES):
            return "2000-01-01 to 2099-12-31"
        if self.kind in (Kind.LANGUAGE, Kind.TIER, Kind.TABLE):
            return ""
        if self.high == LARGEST:
            return "any" if self.low == -LARGEST else f"{'>' if self.open_low else '>='} {self.low:g}"
        return f"{'(' if self.open_low else '['}{self.low:g}, {self.high:g}{')' if self.open_high else ']'}"


@dataclass(frozen=True)
class Function:
    """One entry of the catalogue.

    Attributes:
        name: `RESTOCK_...`, the same in every host.
        arguments: In public order, optional ones last.
        compute: The Python body over arrays that are already read and in range; NaN becomes #N/A, infinity #NUM!.
        formula: The second body, over the arguments' names, in functions that Excel 2007 had; None where there is none.
        where: Named parts of the formula.
        words: Texts of the formula that have a Chinese form.
        en, zh: What it returns, with its unit.
        source, source_zh: Where the formula is from; the second only where it has words to translate.
        example: Arguments of a worked example, as written in a cell, and what the cell shows.
        gaps, gaps_zh: Hosts that cannot answer, each with the reason.
    """

    name: str
    arguments: tuple[Argument, ...]
    compute: Callable[..., Any]
    formula: str | None
    en: str
    zh: str
    source: str
    example: tuple[str, Any]
    where: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    source_zh: str = ""
    gaps: Mapping[str, str] = field(default_factory=dict)
    gaps_zh: Mapping[str, str] = field(default_factory=dict)
    result: str = "number"

    def python(self, *values: Any) -> Any:
        """Return the answer for cells, columns or ranges, as a scalar or an array; errors are `CellError`s.

        >>> from restock.functions import CATALOGUE
        >>> CATALOGUE["RESTOCK_BASE_STOCK"].python(20, 14), CATALOGUE["RESTOCK_BASE_STOCK"].python("x", 14)
        (280.0, CellError('#VALUE!'))
        """
        from restock.functions.calling import answer

        return answer(self, values)

    def cells(self, *values: Any) -> Any:
        """Return the answer as a spreadsheet host wants it: a plain value, or a list of rows of them."""
        found = self.python(*values)
        if not isinstance(found, np.ndarray):
            return found
        return found.reshape(len(found), -1).tolist()

    @property
    def required(self) -> int:
        """How many arguments must be given."""
        return sum(not argument.is_optional for argument in self.arguments)

    @property
    def signature(self) -> str:
        """The call with its arguments, optional ones in brackets with their defaults."""
        return f"{self.name}({', '.join(_shown(argument) for argument in self.arguments)})"

    @property
    def doc(self) -> str:
        """The whole help in English: call, result, arguments with unit and range, source, example."""
        lines = [self.signature, "", self.en, ""]
        for argument in self.arguments:
            limits = f" ({argument.range_text})" if argument.range_text else ""
            lines.append(f"  {argument.name}: {argument.en}{limits}")
        lines += ["", f"Source: {self.source}", f"Example: ={self.example[0]} gives {self.example[1] or 'a table'}"]
        return "\n".join(lines)


def _shown(argument: Argument) -> str:
    if argument.default is None:
        return f"[{argument.name}]" if argument.optional else argument.name
    default = f'"{argument.default}"' if isinstance(argument.default, str) else f"{argument.default:g}"
    return f"[{argument.name}={default}]"
