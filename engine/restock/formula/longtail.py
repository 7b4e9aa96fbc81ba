"""Functions that this engine lacks, asked of IronCalc: one scratch model with the inputs of a whole group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.formula.areas import Area
from restock.formula.cells import BLANK, Cells, Scalar, block, stacked
from restock.formula.dependencies import Reads
from restock.formula.engine import Engine
from restock.formula.frame import Unsupported
from restock.formula.groups import Group
from restock.formula.inline import inlined
from restock.formula.tree import Call, print_tree, walk
from restock.functions.values import CODE, CellError

MOST_INPUTS = 400_000
"""Cells that are copied for one group."""

NEVER = {
    "CALL", "CELL", "CUBEKPIMEMBER", "CUBEMEMBER", "CUBEMEMBERPROPERTY", "CUBERANKEDMEMBER", "CUBESET", "CUBESETCOUNT",
    "CUBEVALUE", "EUROCONVERT", "GETPIVOTDATA", "IMAGE", "INFO", "NOW", "PY", "RAND", "RANDARRAY", "RANDBETWEEN", "RTD",
    "STOCKHISTORY", "TABLE", "TODAY", "TRANSLATE", "DETECTLANGUAGE", "WEBSERVICE", "OFFSET", "INDIRECT",
    "CODE", "DOLLAR", "NUMBERVALUE", "REGEXEXTRACT", "TEXT", "TEXTAFTER", "TEXTBEFORE", "VALUE",
}  # fmt: skip
"""Functions whose answer is not in the workbook's cells, or not the same each time, or that read anywhere; and in the
last line those that the other engine answers wrongly for everyday values, as TEXT(-1,"0")."""

_SHEET = "restock scratch"


def evaluate_elsewhere(
    engine: Engine, group: Group, rows: NDArray[np.int64], reads: Sequence[Reads], problem: Unsupported
) -> tuple[Cells, str]:
    """Return what another engine makes of a group's formula, and that engine's name.

    Args:
        problem: Why this engine does not evaluate it; only a missing function is worth another try.

    Raises:
        Unsupported: No other engine is here, or none can answer.
    """
    if problem.reason != "formula.function" or group.tree is None:
        raise problem
    try:
        import ironcalc
    except ImportError:
        raise problem from None
    tree = inlined(engine, group)
    names = {node.name for node in walk(tree) if isinstance(node, Call)}
    if names & NEVER or any(name.startswith("RESTOCK_") for name in names):
        raise problem
    model = ironcalc.create("scratch", "en", "UTC", "en")
    scratch = _Scratch(engine, model, problem)
    for area in _inputs(group, rows, reads):
        scratch.copy(area)
    texts = ["=" + print_tree(tree, int(row), group.column) for row in rows]
    return scratch.answers(rows.tolist(), group.column, texts, group.array is not None), "ironcalc"


def _inputs(group: Group, rows: NDArray[np.int64], reads: Sequence[Reads]) -> list[Area]:
    first, last = int(rows[0]), int(rows[-1])
    found = []
    for one in reads:
        ends = [axis.at(row) for axis in (one.top, one.bottom) for row in (first, last)]
        top, bottom = max(1, min(ends)), max(ends)
        found.append(Area(one.sheet, top, one.left, bottom - top + 1, one.right - one.left + 1).used())
    return found


class _Scratch:
    """A model of IronCalc's with copies of some cells, and formulas on a sheet of their own."""

    def __init__(self, engine: Engine, model: Any, problem: Unsupported) -> None:
        self._engine, self._model, self._problem = engine, model, problem
        self._sheets: dict[str, int] = {}
        self._copied: set[tuple[int, int, int]] = set()
        model.rename_sheet(0, _SHEET)

    def copy(self, area: Area) -> None:
        """Copy cells to their own places."""
        if len(self._copied) + area.height * area.width > MOST_INPUTS:
            raise Unsupported("formula.too_large")
        sheet = self._sheet(area.sheet.name)
        values = area.load().scalars()
        top = int(np.min(area.top))
        for place, value in enumerate(values):
            row, column = top + place // area.width, area.left + place % area.width
            if value is not None and (sheet, row, column) not in self._copied:
                self._copied.add((sheet, row, column))
                self._put(sheet, row, column, value)

    def _sheet(self, name: str) -> int:
        if name not in self._sheets:
            self._model.add_sheet(name)
            self._sheets[name] = len(self._sheets) + 1
        return self._sheets[name]

    def _put(self, sheet: int, row: int, column: int, value: Scalar) -> None:
        if isinstance(value, bool):
            self._model.update_cell_with_bool(sheet, row, column, value)
        elif isinstance(value, CellError):
            self._model.set_user_input(sheet, row, column, f"={value}")
        elif isinstance(value, str):
            self._model.update_cell_with_text(sheet, row, column, value)
        else:
            self._model.update_cell_with_number(sheet, row, column, float(value or 0.0))

    def answers(self, rows: Sequence[int], column: int, texts: Sequence[str], spills: bool) -> Cells:
        """Evaluate the formulas in their own places on a sheet where nothing else stands.

        Raises:
            Unsupported: A function is unknown there too, or a result spills that should not.
        """
        try:
            for row, text in zip(rows, texts, strict=True):
                self._model.set_user_input(0, row, column, text)
            self._model.evaluate()
        except Exception as error:  # whatever the other engine does not like
            raise self._problem from error
        _, bottom, _, right = self._model.get_sheet_dimensions(0)
        if spills:
            return self._region(rows[0], column, bottom, right)
        if right > column or bottom > rows[-1]:
            raise self._problem
        values = [self._value(row, column) for row in rows]
        return block(values, (len(values), 1, 1))

    def _region(self, top: int, left: int, bottom: int, right: int) -> Cells:
        lines = [
            block([self._value(row, column) for column in range(left, right + 1)], (1, 1, right - left + 1))
            for row in range(top, bottom + 1)
        ]
        found = stacked(lines, 1)
        return Cells(np.where(found.kind == BLANK, np.uint8(0), found.kind), found.number, found.text)

    def _value(self, row: int, column: int) -> Scalar:
        value = self._model.get_cell_value(0, row, column)
        if isinstance(value, str) and str(self._model.get_cell_type(0, row, column)) == "CellType.ErrorValue":
            if value in ("#NAME?", "#SPILL!", "#CIRC!", "#ERROR!", "#N/IMPL!") or value not in CODE:
                raise self._problem
            return CellError(value)
        found: Scalar = value
        return found
