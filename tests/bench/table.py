"""A table of the README, in two languages, as Markdown."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.bench.rows import Pair, Row, seconds, times

LANGUAGES = ("en", "zh")
SPEED_HEADERS: tuple[Pair, ...] = (
    ("What", "做什么"), ("On", "对象"), ("CPU", "处理器时间"), ("Wall", "实际时间"), ("Memory", "内存峰值"),
    ("Beside it, in the same run", "同一轮里的参照"),
)  # fmt: skip


@dataclass(frozen=True)
class Table:
    """A table of the README; every text in both languages.

    Attributes:
        notes: How it was measured, a paragraph under the table.
        conclusions: What follows from it, a paragraph between them.
    """

    name: str
    headers: tuple[Pair, ...]
    rows: list[tuple[Pair, ...]]
    notes: list[Pair] = field(default_factory=list)
    conclusions: list[Pair] = field(default_factory=list)

    def markdown(self, language: str) -> str:
        """The table, and what stands under it."""
        place = LANGUAGES.index(language)
        lines = [[cell[place] for cell in row] for row in (self.headers, *self.rows)]
        rule = ["---" if number == 0 else "---:" if self._numeric(number) else "---" for number in range(len(lines[0]))]
        table = "\n".join(_line(cells) for cells in (lines[0], rule, *lines[1:]))
        space = "" if language == "zh" else " "
        paragraphs = [space.join(one[place] for one in ones) for ones in (self.conclusions, self.notes) if ones]
        return "\n\n".join([table, *(paragraphs if language == "zh" else map(_short_lines, paragraphs))])

    def _numeric(self, column: int) -> bool:
        return all(row[column][0][:1].isdigit() or row[column][0] in ("", "–") for row in self.rows)

    def as_dict(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)


def _short_lines(text: str) -> str:
    """A paragraph in lines as short as the code's; what stands in backticks stays whole."""
    whole = _CODE.sub(lambda code: code[0].replace(" ", _NO_BREAK), text)
    lines = textwrap.wrap(whole, 120, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines).replace(_NO_BREAK, " ")


_CODE, _NO_BREAK = re.compile("`[^`]*`"), "\0"


def table_of(found: dict[str, Any]) -> Table:
    """Return a table from what JSON holds."""
    rows = [tuple(_pair(cell) for cell in row) for row in found["rows"]]
    headers = tuple(map(_pair, found["headers"]))
    notes, conclusions = (list(map(_pair, found[name])) for name in ("notes", "conclusions"))
    return Table(found["name"], headers, rows, notes, conclusions)


def percent(value: float, digits: int = 0) -> Pair:
    """A share as each language writes it.

    >>> percent(0.9984, 1)
    ('99.8 %', '99.8%')
    """
    return f"{100 * value:.{digits}f} %", f"{100 * value:.{digits}f}%"


def same(text: str) -> Pair:
    """A text that is the same in both languages: a number."""
    return text, text


def speed_table(rows: Sequence[Row], notes: list[Pair]) -> Table:
    """Return rows as a table, a line each; minor ones are left out."""
    return Table("speed", SPEED_HEADERS, [_cells(row) for row in rows if not row.minor], notes)


def _cells(row: Row) -> tuple[Pair, ...]:
    memory = "–" if row.memory is None else f"{row.memory:,.0f} MB"
    size = row.size if row.size[0] else same("–")
    return row.what, size, same(seconds(row.cpu)), same(seconds(row.wall)), same(memory), _beside(row)


def _beside(row: Row) -> Pair:
    """Peers and ratios, then what the time went to."""
    english, chinese = [], []
    for peer in row.peers:
        english_ratio, chinese_ratio = _compared(row.ratio(peer))
        english.append(f"{english_ratio} {peer.name[0]} ({seconds(peer.cpu)})")
        chinese.append(f"{peer.name[1]}（{seconds(peer.cpu)}）的 {chinese_ratio}")
    if row.parts:
        english.append("of it: " + ", ".join(f"{name[0]} {seconds(cpu)}" for name, cpu in row.parts))
        chinese.append("其中：" + "、".join(f"{name[1]} {seconds(cpu)}" for name, cpu in row.parts))
    return "; ".join(english) or "–", "；".join(chinese) or "–"


def _compared(ratio: float) -> Pair:
    """How many times, or which part, in both languages."""
    if ratio < 0.2:
        part = f"1/{times(1 / ratio)}"
        return f"{part} of", part
    return f"{times(ratio)} ×", f"{times(ratio)} 倍"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _pair(texts: Sequence[str]) -> Pair:
    english, chinese = texts
    return english, chinese
