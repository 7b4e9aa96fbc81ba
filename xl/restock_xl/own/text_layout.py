"""Where our text stands on Today and Explain, which hold no tables. Rows and columns count from 1.

No table says there which cells are ours, so a press notes them in a name of the sheet's own; programs keep it, and
move it where a person inserts rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from restock_xl.package.markup import whole_number
from restock_xl.package.ownership import WRITTEN_NAME
from restock_xl.package.read import BookContents
from restock_xl.package.references import Area, area, column_letter
from restock_xl.previous import last_press
from restock_xl.sheets.layout import LIST_COLUMN, quoted
from restock_xl.sheets.model import SheetModel

_COLUMNS = {"Today": 5, "Explain": 4}
_NEW = {"Today": Area(1, 1, 3, 5), "Explain": Area(1, 1, 4, 2)}
"""What a new book says there, and the cells to type into."""
_AREA = re.compile(r"\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?")
_LONGEST = 8000
"""Characters that a name may take, with some to spare."""


@dataclass(frozen=True)
class TextLayout:
    """The cells that we write.

    Attributes:
        columns: Our text fills the first so many columns.
        areas: Where we wrote; None where no press noted it.
        is_new: Whether the button was never pressed, so that the sheet only says how to begin.
    """

    columns: int
    areas: tuple[Area, ...] | None
    is_new: bool = False

    @cached_property
    def last_row(self) -> int:
        """The last row of our text; 0 where it is not known."""
        return max((one.bottom for one in self.areas or () if one.left <= self.columns), default=0)

    def ours_in(self, row: int) -> frozenset[int]:
        """The columns of a row in which we write."""
        if self.areas is None:
            return frozenset(range(1, self.columns + 1)) | {LIST_COLUMN + 1, LIST_COLUMN + 2}
        found: set[int] = set()
        for one in self.areas:
            if one.top <= row <= one.bottom:
                found.update(range(one.left, one.right + 1))
        return frozenset(found)


def text_layout(contents: BookContents, key: str, sheet: str) -> TextLayout:
    """Where our text stands on a sheet of the book."""
    tab = contents.book.sheet(sheet)
    for name in contents.book.defined_names:
        here = tab is not None and whole_number(name.get("localSheetId"), -1) == tab.index
        if here and (name.get("name") or "").casefold() == WRITTEN_NAME:
            places = (area(found) for found in _AREA.findall((name.text or "").replace(sheet, "")))
            return TextLayout(_COLUMNS[key], tuple(place for place in places if place is not None) or None)
    is_new = last_press(contents) is None
    return TextLayout(_COLUMNS[key], (_NEW[key],) if is_new else None, is_new)


def text_layout_of(model: SheetModel) -> TextLayout:
    """Where our text will stand."""
    cells = {(cell.row + 1, cell.column + 1) for cell in model.cells}
    for top, left, bottom, right in model.merges:
        cells |= {(row + 1, column + 1) for row in range(top, bottom + 1) for column in range(left, right + 1)}
    return TextLayout(_COLUMNS[model.key], tuple(_rectangles(cells)))


def written_text(model: SheetModel) -> str:
    """What the name says of a sheet; "" where it would be too long."""
    sheet = quoted(model.name)
    places = [
        f"{sheet}!${column_letter(one.left)}${one.top}:${column_letter(one.right)}${one.bottom}"
        for one in text_layout_of(model).areas or ()
    ]
    text = ",".join(places)
    return text if len(text) <= _LONGEST else ""


def _rectangles(cells: set[tuple[int, int]]) -> list[Area]:
    """Few rectangles that hold just these cells: runs of a row, joined with equal runs of the rows below."""
    open_runs: dict[tuple[int, int], Area] = {}
    done: list[Area] = []
    in_row: dict[int, list[int]] = {}
    for row, column in sorted(cells):
        in_row.setdefault(row, []).append(column)
    for row, columns in in_row.items():
        runs = _runs(columns)
        now = {}
        for left, right in runs:
            before = open_runs.pop((left, right), None)
            joined = before is not None and before.bottom == row - 1
            now[left, right] = Area(before.top if before and joined else row, left, row, right)
            if before is not None and not joined:
                done.append(before)
        done += open_runs.values()
        open_runs = now
    return sorted([*done, *open_runs.values()])


def _runs(columns: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for column in columns:
        if runs and runs[-1][1] == column - 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return runs
