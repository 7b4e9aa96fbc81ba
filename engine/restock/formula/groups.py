"""Formulas of one shape: the cells of a column whose formulas differ only by the row they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from restock.formula.parse import FormulaError, parse
from restock.formula.tree import Node
from restock.formula.workbook import ArrayFormula, Sheet

MOST_SHAPES = 200_000
"""Formulas of different shape that are read in one workbook; the others are reported."""

# Whatever may hold something like a reference without being one is passed over: texts, quoted sheet names, brackets.
_ROW = re.compile(
    r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|\[[^\]]*\]|(?<![\w$.\\])(\$?[A-Za-z]{1,3})(\d{1,7})(?![\w(.!\[\\])"
)


@dataclass
class Group:
    """Cells of one column that share a tree.

    Attributes:
        rows: Rising row numbers, (lanes,).
        tree: None where the formula cannot be read; `reason` and `detail` then say why.
        text: The formula as it stands in the first cell.
        array: Where it is an array formula, the range that it fills.
        dynamic: Dynamic array formulas that filled one cell each: evaluated together as long as they still do.
    """

    sheet: Sheet
    column: int
    rows: NDArray[np.int64]
    tree: Node | None
    text: str
    array: ArrayFormula | None = None
    dynamic: bool = False
    reason: str = ""
    detail: str = ""

    @property
    def last_column(self) -> int:
        """The last column that its results fill."""
        return self.column if self.array is None else self.array.last_column

    @property
    def last_row(self) -> int:
        """The last row that its results fill."""
        return int(self.rows[-1]) if self.array is None else self.array.last_row


class _Pattern:
    """A formula text with the row numbers of its references cut out, to be compared with other rows' texts."""

    def __init__(self, text: str, row: int) -> None:
        pieces, offsets, end = [], [], 0
        for found in _ROW.finditer(text):
            if found[2] is not None:
                pieces.append(text[end : found.start(2)])
                offsets.append(int(found[2]) - row)
                end = found.end(2)
        self.pieces = [*pieces, text[end:]]
        self.offsets = offsets
        self.plain = "\0".join(self.pieces) if not any(offsets) else None
        self.rows: list[int] = [row]
        self.text = text

    def fits(self, text: str, row: int) -> bool:
        """Return whether the text is this formula in another row."""
        if self.plain is not None:
            return self.plain.replace("\0", str(row)) == text
        pieces = [self.pieces[0]]
        for offset, piece in zip(self.offsets, self.pieces[1:], strict=True):
            pieces += [str(row + offset), piece]
        return "".join(pieces) == text


def groups_of(sheets: Sequence[Sheet]) -> list[Group]:
    """Return all formulas of the sheets in groups; each different formula of a column is read once."""
    found: list[Group] = []
    for sheet in sheets:
        for column, (rows, texts) in sorted(sheet.formulas.items()):
            for pattern in _patterns(rows, texts):
                found.append(_group(sheet, column, pattern.rows, pattern.text, len(found)))
        found += _shared(sheet, len(found))
        for group in _single_arrays(sheet, len(found)):
            found.append(group)
        for array in sheet.arrays:
            if not _is_single(array):
                group = _group(sheet, array.column, [array.row], array.text, len(found))
                group.array = array
                found.append(group)
    return found


def _is_single(array: ArrayFormula) -> bool:
    return array.dynamic and (array.last_row, array.last_column) == (array.row, array.column)


def _single_arrays(sheet: Sheet, before: int) -> Iterator[Group]:
    columns: dict[int, list[ArrayFormula]] = {}
    for array in sheet.arrays:
        if _is_single(array):
            columns.setdefault(array.column, []).append(array)
    for column, arrays in sorted(columns.items()):
        for pattern in _patterns([array.row for array in arrays], [array.text for array in arrays]):
            group = _group(sheet, column, pattern.rows, pattern.text, before)
            group.dynamic = True
            yield group


def _patterns(rows: Sequence[int], texts: Sequence[str]) -> list[_Pattern]:
    """Sort the formulas of a column by shape; neighbours mostly have the same, so the last one is tried first."""
    found: list[_Pattern] = []
    by_start: dict[str, list[_Pattern]] = {}
    last: _Pattern | None = None
    for row, text in zip(rows, texts, strict=True):
        if last is not None and last.fits(text, row):
            last.rows.append(row)
            continue
        pattern = _Pattern(text, row)
        alike = by_start.setdefault("\0".join(pattern.pieces), [])
        last = next((one for one in alike if one.offsets == pattern.offsets), None)
        if last is None:
            last = pattern
            alike.append(pattern)
            found.append(pattern)
        else:
            last.rows.append(row)
    return found


def _group(sheet: Sheet, column: int, rows: Sequence[int], text: str, before: int) -> Group:
    places = np.array(rows, dtype=np.int64)
    if before > MOST_SHAPES:
        return Group(sheet, column, np.sort(places), None, text, reason="formula.too_many")
    try:
        tree = parse(text, int(rows[0]), column)
    except FormulaError as error:
        return Group(sheet, column, np.sort(places), None, text, reason=error.reason, detail=error.detail)
    except RecursionError:
        return Group(sheet, column, np.sort(places), None, text, reason="formula.too_deep")
    return Group(sheet, column, np.sort(places), tree, text)


def _shared(sheet: Sheet, before: int) -> Iterator[Group]:
    """Shared formulas: one tree for the column it was written in and for all others that it was copied to."""
    for one in sheet.shared:
        master = _group(sheet, one.column, [one.row], one.text, before)
        columns: dict[int, list[int]] = {}
        for row, column in one.cells:
            columns.setdefault(column, []).append(row)
        for column, rows in sorted(columns.items()):
            places = np.sort(np.array(rows, dtype=np.int64))
            yield Group(sheet, column, places, master.tree, one.text, reason=master.reason, detail=master.detail)
