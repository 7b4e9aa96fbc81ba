"""One spelling for every way of typing a name (§10), and the notes that say where folding was needed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from restock.schema.cell import clipped, tidy
from restock.schema.columns import normal_key
from restock.schema.problem_log import ProblemLog
from restock.schema.tables import Problem

_TOTALS = frozenset(
    ("total", "totals", "sum", "sums", "grand total", "grand totals", "subtotal", "subtotals", "sub total",
     "total units", "all warehouses", "合计", "总计", "小计", "汇总", "共计", "总和", "累计", "总数",
     "总合计", "合计数", "总库存")
)  # fmt: skip
_DIGIT = re.compile(r"\d")
_CJK_GAP = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")


def is_total_word(text: str) -> bool:
    """Whether a text names a row of totals rather than an item.

    >>> is_total_word("合 计："), is_total_word("Grand Total"), is_total_word("Totally")
    (True, True, False)
    """
    if len(text) > 40 or _DIGIT.search(text):
        return False
    return _CJK_GAP.sub("", normal_key(text).strip(" :.=-*")) in _TOTALS


class Names:
    """The names of one kind (SKUs, warehouses, suppliers): the spelling met first stands for all others."""

    def __init__(self) -> None:
        self._spelling: dict[str, str] = {}

    def learn(self, text: str) -> str:
        """Return the spelling for `text`; where it is new, its own from now on."""
        return self._spelling.setdefault(normal_key(text), tidy(text))

    def find(self, text: str) -> str | None:
        """The spelling for `text`, None where it was never learnt.

        >>> names = Names()
        >>> names.learn("A-001"), names.learn(" ａ-001"), names.find("B")
        ('A-001', 'A-001', None)
        """
        return self._spelling.get(normal_key(text))

    def __contains__(self, text: str) -> bool:
        return normal_key(text) in self._spelling

    def __len__(self) -> int:
        return len(self._spelling)


@dataclass
class _Folded:
    sheet: str
    cell: str
    name: str
    typed: list[str] = field(default_factory=list)
    count: int = 0


class Foldings:
    """Counts, table by table, the cells whose name matched only after folding."""

    def __init__(self) -> None:
        self._tables: dict[str, _Folded] = {}

    def saw(self, table: str, sheet: str, cell: str, typed: str, name: str, count: int = 1) -> None:
        """Note that `typed` was read as `name` in `count` cells, `cell` the first of them."""
        if typed == name:
            return
        folded = self._tables.setdefault(table, _Folded(sheet, cell, name))
        folded.count += count
        if name == folded.name and typed not in folded.typed and len(folded.typed) < 2:
            folded.typed.append(typed)

    def report(self, log: ProblemLog) -> None:
        """Write one note per table, with an example and the count."""
        for table, folded in self._tables.items():
            params = {
                "count": folded.count,
                "spellings": [clipped(text) for text in folded.typed],
                "name": clipped(folded.name),
            }
            value = clipped(folded.typed[0])
            log.add(Problem("problem.folded", "note", table, folded.sheet, folded.cell, value, params=params))
