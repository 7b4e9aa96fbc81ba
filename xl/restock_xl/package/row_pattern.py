"""One pattern for the rows of a sheet that are alike: a whole row is then read in one step, cell by cell.

The pattern is made from rows that were read the slow way. It covers a row completely or not at all, so a row with
anything that was not foreseen is handed back as it stands and nothing is ever skipped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from .references import column_letter

MOST_COLUMNS = 300  # a pattern for more takes longer to compile than it saves
_CLEAR = 0.9  # share of a column's cells that must be alike; the others make their rows slow


class Mode(Enum):
    """What a column holds, nearly always."""

    NUMBERS = "numbers"
    SHARED = "shared texts"
    INLINE = "texts in the cells"
    ANYTHING = "anything, formulas too"


_STYLE = rb'(?: s="\d++")?+'
_EMPTY = rb"/>|></c>"
_PRESERVE = rb'(?: xml:space="preserve")?+'
_BODIES = {
    Mode.NUMBERS: _STYLE + rb'(?: t="n")?+' + _STYLE + rb"(?:><v>([^<]*+)</v></c>|" + _EMPTY + rb")",
    Mode.SHARED: _STYLE + rb'(?: t="s"' + _STYLE + rb"><v>([^<]*+)</v></c>|" + _EMPTY + rb")",
    Mode.INLINE: _STYLE
    + rb'(?: t="inlineStr"'
    + _STYLE
    + rb"><is><t%b>([^<]++)</t></is></c>|" % _PRESERVE
    + _EMPTY
    + rb")",
    Mode.ANYTHING: _STYLE
    + rb'(?: t="(\w++)")?+'
    + _STYLE
    + rb'(?: cm="\d++")?+(?: vm="\d++")?+(?:/>|>(?:<f([^>]*?)(?:/>|>([^<]*+)</f>))?+'
    + rb"(?:<v%b>([^<]*+)</v>|<v/>)?+" % _PRESERVE
    + rb"(?:<is>(<t%b>[^<]*+</t>)</is>)?+</c>)" % _PRESERVE,
}
GROUPS = {Mode.NUMBERS: 1, Mode.SHARED: 1, Mode.INLINE: 1, Mode.ANYTHING: 5}
"""How many values the pattern gives for a cell: what it shows; or type, formula with its attributes, value, text."""


@dataclass(frozen=True)
class RowPattern:
    """How rows look.

    Attributes:
        columns: Column number, from 1 → mode, from left to right.
        regex: Gives the row's number, the groups of every column, and last the whole row where it is unlike the others.
    """

    columns: dict[int, Mode]
    regex: re.Pattern[bytes]


def row_pattern(columns: Mapping[int, Mode]) -> RowPattern:
    """Return the pattern of rows that hold these columns; any of their cells may be missing.

    >>> pattern = row_pattern({1: Mode.SHARED, 3: Mode.NUMBERS})
    >>> pattern.regex.findall(b'<row r="7"><c r="A7" t="s"><v>4</v></c><c r="C7" s="2"><v>1.5</v></c></row>')
    [(b'7', b'4', b'1.5', b'')]
    """
    ordered = dict(sorted(columns.items()))
    cells = [
        rb'(?:<c r="%b\d++"%b)?+' % (column_letter(number).encode(), _BODIES[mode]) for number, mode in ordered.items()
    ]
    regex = rb'<row r="(\d++)"[^>]*+>' + b"".join(cells) + rb"</row>|(<row\b[^>]*+(?<=/)>|<row\b.*?</row>)"
    return RowPattern(ordered, re.compile(regex, re.DOTALL))


def mode_of(counts: Mapping[tuple[bytes, bool], int]) -> Mode:
    """Return the mode of a column, given how many cells there are of each (type, whether it holds a formula).

    >>> mode_of({(b"s", False): 1, (b"", False): 300}), mode_of({(b"str", True): 20, (b"", True): 20})
    (<Mode.NUMBERS: 'numbers'>, <Mode.ANYTHING: 'anything, formulas too'>)
    """
    total = sum(counts.values()) or 1
    numbers = counts.get((b"", False), 0) + counts.get((b"n", False), 0)
    if numbers >= _CLEAR * total:
        return Mode.NUMBERS
    if counts.get((b"s", False), 0) >= _CLEAR * total:
        return Mode.SHARED
    return Mode.INLINE if counts.get((b"inlineStr", False), 0) >= _CLEAR * total else Mode.ANYTHING
