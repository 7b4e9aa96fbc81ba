"""Formulas that run down a column alike: LibreOffice takes them in one step, a hundred times faster than one by one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from .formula_text import FormulaText

SHORTEST = 12
"""A shorter run is written cell by cell."""
_RELATIVE = re.compile(r"(?<![A-Za-z0-9_$])(\$?[A-Z]{1,3})(\d{1,7})(?![A-Za-z0-9_(])")
Placed = tuple[int, int, str]


def moved(text: str, rows: int) -> str:
    """Return a formula as it reads so many rows further down; rows with a $ stay.

    >>> moved("=SUM(A$1:$B4)*Q4!C5", 2)
    '=SUM(A$1:$B6)*Q6!C7'
    """
    return _RELATIVE.sub(lambda found: f"{found[1]}{int(found[2]) + rows}", text)


def write_formulas(area: Any, formulas: Iterable[Placed], texts: FormulaText) -> None:
    """Put formulas, with their leading =, into an area of cells.

    Args:
        formulas: Row and column within the area, and the formula as Excel writes it.
    """
    for run in _runs(formulas):
        if len(run) < SHORTEST or not _written_at_once(area, run, texts):
            for row, column, text in run:
                texts.write(area.getCellByPosition(column, row), text)


def _runs(formulas: Iterable[Placed]) -> Iterator[list[Placed]]:
    """The formulas of each column in stretches that differ in nothing but the row."""
    columns: defaultdict[int, list[Placed]] = defaultdict(list)
    for placed in formulas:
        columns[placed[1]].append(placed)
    for column in columns.values():
        run: list[Placed] = []
        for row, place, text in sorted(column):
            if run and (row != run[-1][0] + 1 or text != moved(run[-1][2], 1)):
                yield run
                run = []
            run.append((row, place, text))
        yield run


def _written_at_once(area: Any, run: list[Placed], texts: FormulaText) -> bool:
    """Write the first as any formula and the others as the program spells it, moved; False where the last differs."""
    (first, column, text), (last, _, _) = run[0], run[-1]
    if "restock_" in text.lower():
        return False
    top = area.getCellByPosition(column, first)
    texts.write(top, text)
    spelled = str(top.getFormula())
    rest = area.getCellRangeByPosition(column, first + 1, column, last)
    rest.setFormulaArray(tuple((moved(spelled, step),) for step in range(1, len(run))))
    return texts.read(area.getCellByPosition(column, last)) == moved(texts.read(top), len(run) - 1)
