"""Ranges of cells: what stands in them, as blocks."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from xlwings import base_classes
from xlwings.utils import col_name

from .coverage import covers
from .dates import moment_of, serial_of
from .formats import CHARACTER_WIDTH, POINT, Font, colour_of, number_format, set_number_format
from .formula_runs import write_formulas
from .paste import everything, paste_as

if TYPE_CHECKING:
    from .sheets import Sheet
    from .tables import Table

CONTENTS = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: VALUE, DATETIME, STRING, FORMULA
FORMATS = 32 | 64 | 256  # HARDATTR, STYLES, EDITATTR
EVERYTHING = 1023
_DATES = 2
_NOT_AVAILABLE = "#N/A"
_STEPS = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}
_EDGES = {"down": "BOTTOM", "up": "TOP", "right": "RIGHT", "left": "LEFT"}


@covers(base_classes.Range)
class Range(base_classes.Range):
    """A block of cells; rows and columns count from 1."""

    max_cells_per_read = max_cells_per_write = None
    has_array = False

    def __init__(self, sheet: Sheet, arg1: Any, arg2: Any = None) -> None:
        self.sheet = sheet
        self.options: dict[str, Any] = {}
        self.first, self.last = _corners(sheet, arg1, arg2)
        (top, left), (bottom, right) = self.first, self.last
        self._api = sheet.api.getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1)

    @property
    def api(self) -> Any:
        """The UNO cell range."""
        return self._api

    @classmethod
    def at(cls, sheet: Sheet, place: Any) -> Range:
        """The range at a UNO address."""
        return cls(sheet, (place.StartRow + 1, place.StartColumn + 1), (place.EndRow + 1, place.EndColumn + 1))

    @property
    def coords(self) -> tuple[Any, ...]:
        """Sheet name, row, column, rows and columns."""
        return (self.sheet.name, *self.first, *self.shape)

    @property
    def row(self) -> int:
        """First row."""
        return self.first[0]

    @property
    def column(self) -> int:
        """First column."""
        return self.first[1]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.last[0] - self.first[0] + 1, self.last[1] - self.first[1] + 1

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            row, column = (row - 1) // self.shape[1] + 1, (row - 1) % self.shape[1] + 1
        return Range(self.sheet, (self.row + row - 1, self.column + column - 1))

    @property
    def address(self) -> str:
        """As in $A$1:$B$2."""
        return self.get_address(True, True, False)

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        """The address with or without dollar signs."""
        column, row = "$" if col_absolute else "", "$" if row_absolute else ""
        corners = [f"{column}{col_name(at[1])}{row}{at[0]}" for at in (self.first, self.last)]
        text = corners[0] if self.first == self.last else ":".join(corners)
        return f"'[{self.sheet.book.name}]{self.sheet.name}'!{text}" if external else text

    @property
    def raw_value(self) -> Any:
        """What the cells show: numbers, texts, dates; one value for a single cell."""
        rows = [list(row) for row in self.api.getDataArray()]
        for area in self.api.queryContentCells(_DATES).RangeAddresses:
            _read_dates(rows, area, self.first)
        return rows if len(self) > 1 else rows[0][0]

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        if not isinstance(data, list | tuple):
            data = [[data] * self.shape[1]] * self.shape[0]
        elif data and not isinstance(data[0], list | tuple):
            data = [data]
        _write(Range(self.sheet, self.first, (self.row + len(data) - 1, self.column + len(data[0]) - 1)), data)

    @property
    def formula(self) -> Any:
        """Formulas as Excel writes them, and what was typed where there is none."""
        texts = [list(row) for row in self.api.getFormulaArray()]
        for area in self.api.queryContentCells(16).RangeAddresses:
            for row in range(area.StartRow, area.EndRow + 1):
                for column in range(area.StartColumn, area.EndColumn + 1):
                    cell = self.sheet.api.getCellByPosition(column, row)
                    texts[row - self.row + 1][column - self.column + 1] = self.sheet.book.formulas.read(cell)
        return tuple(map(tuple, texts)) if len(self) > 1 else texts[0][0]

    @formula.setter
    def formula(self, value: Any) -> None:
        self.raw_value = value

    formula2 = formula

    def clear_contents(self) -> None:
        """Empty the cells."""
        self.api.clearContents(CONTENTS)

    def clear_formats(self) -> None:
        """Take their formats away."""
        self.api.clearContents(FORMATS)

    def clear(self) -> None:
        """Empty the cells, formats and all."""
        self.api.clearContents(EVERYTHING)

    def end(self, direction: str) -> Range:
        """The last cell before a blank one in a direction, or the first filled one after blanks, as Ctrl+arrow does."""
        row, column = self.first
        step = _STEPS[direction]
        used = self.sheet.used_range.last
        filled = self._shows(row + step[0], column + step[1])
        while True:
            following = row + step[0], column + step[1]
            if min(following) < 1 or following[0] > max(used[0], row) or following[1] > max(used[1], column):
                return Range(self.sheet, (row, column))
            if filled and not self._shows(*following):
                return Range(self.sheet, (row, column))
            row, column = following
            if not filled and self._shows(row, column):
                return Range(self.sheet, (row, column))

    def _shows(self, row: int, column: int) -> bool:
        if row < 1 or column < 1:
            return False
        return self.sheet.api.getCellByPosition(column - 1, row - 1).Type.value != "EMPTY"

    def select(self) -> None:
        """Select it in the window."""
        controller = self.sheet.book.api.CurrentController
        if controller is not None:
            controller.select(self.api)

    def copy(self, destination: Any = None) -> None:
        """Copy it to a place, or remember it for `paste`."""
        if destination is None:
            self.sheet.book.app.copied = self
        else:
            everything(self, _own(destination))

    def paste(self, paste: str | None = None, operation: Any = None, skip_blanks: bool = False,
              transpose: bool = False) -> None:  # fmt: skip
        """Paste what was copied last: all, formats, validation or column_widths."""
        paste_as(paste or "all", self.sheet.book.app.copied, self)

    def move(self, destination: Any) -> None:
        """Move the cells, as cut and paste does; references and tables follow."""
        place = _own(destination).api.getCellByPosition(0, 0).CellAddress
        self.sheet.api.moveRange(place, self.api.RangeAddress)

    @property
    def font(self) -> Font:
        """Its font."""
        return Font(self.api)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """Its fill; None where it has none."""
        return colour_of(self.api.CellBackColor)

    @color.setter
    def color(self, value: Any) -> None:
        self.api.CellBackColor = -1 if value is None else _packed(value)

    @property
    def number_format(self) -> str:
        """Its number format as Excel spells it."""
        return number_format(self.sheet.book.api, self.api)

    @number_format.setter
    def number_format(self, value: str) -> None:
        set_number_format(self.sheet.book.api, self.api, value)

    @property
    def wrap_text(self) -> bool:
        """Whether long texts take several lines."""
        return bool(self.api.IsTextWrapped)

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.api.IsTextWrapped = bool(value)

    @property
    def column_width(self) -> float:
        """Width of the columns, in characters."""
        return round(self.api.Columns.Width / CHARACTER_WIDTH, 2)

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.api.Columns.Width = round(value * CHARACTER_WIDTH)

    @property
    def row_height(self) -> float:
        """Height of the rows, in points."""
        return round(self.api.Rows.Height / POINT, 2)

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.api.Rows.Height = round(value * POINT)

    def autofit(self, axis: str | None = None) -> None:
        """Let rows (`r`), columns (`c`), or both be as large as what stands in them."""
        if axis in (None, "rows", "r"):
            self.api.Rows.OptimalHeight = True
        if axis in (None, "columns", "c"):
            self.api.Columns.OptimalWidth = True

    def merge(self, across: bool = False) -> None:
        """Make one cell of them."""
        self.api.merge(True)

    def unmerge(self) -> None:
        """Make merged cells single ones again."""
        self.api.merge(False)

    @property
    def merge_cells(self) -> bool:
        """Whether they are one merged cell."""
        return bool(self.api.IsMerged)

    @property
    def table(self) -> Table | None:
        """The table in which its first cell lies."""
        for table in self.sheet.tables:
            area = table.range
            if area.first[0] <= self.row <= area.last[0] and area.first[1] <= self.column <= area.last[1]:
                return table
        return None


def _own(cells: Any) -> Range:
    """The range of ours behind one of xlwings."""
    found: Range = getattr(cells, "impl", cells)
    return found


def _corners(sheet: Sheet, arg1: Any, arg2: Any) -> tuple[tuple[int, int], tuple[int, int]]:
    if isinstance(arg1, Range):
        ends = [arg1, arg2 if isinstance(arg2, Range) else arg1]
        first = min(end.first[0] for end in ends), min(end.first[1] for end in ends)
        return first, (max(end.last[0] for end in ends), max(end.last[1] for end in ends))
    if isinstance(arg1, str):
        text = arg1 if arg2 is None else f"{arg1}:{arg2}"
        place = sheet.api.getCellRangeByName(text).RangeAddress
        return (place.StartRow + 1, place.StartColumn + 1), (place.EndRow + 1, place.EndColumn + 1)
    if len(arg1) == 4:  # as slices of xlwings' ranges are: row, column, rows, columns
        row, column, rows, columns = arg1
        return (row, column), (row + max(rows, 1) - 1, column + max(columns, 1) - 1)
    return tuple(arg1), tuple(arg2 or arg1)


def _packed(value: Any) -> int:
    red, green, blue = (int(value[k : k + 2], 16) for k in (1, 3, 5)) if isinstance(value, str) else value
    return int(red << 16 | green << 8 | blue)


def _read_dates(rows: list[list[Any]], area: Any, first: tuple[int, int]) -> None:
    for row in range(area.StartRow - first[0] + 1, area.EndRow - first[0] + 2):
        for column in range(area.StartColumn - first[1] + 1, area.EndColumn - first[1] + 2):
            if isinstance(rows[row][column], float):
                rows[row][column] = moment_of(rows[row][column])


def _write(target: Range, data: Any) -> None:
    """Write a block at once, then the few cells that a block cannot hold: formulas, errors, dates with their format."""
    odd: list[tuple[int, int, Any]] = []
    rows = []
    for row, values in enumerate(data):
        plain = []
        for column, value in enumerate(values):
            if isinstance(value, str):
                if value[:1] == "=" or value == _NOT_AVAILABLE:
                    odd.append((row, column, value))
                    value = ""
                elif value[:1] == "'":
                    value = value[1:]
            elif isinstance(value, dt.date):
                odd.append((row, column, value))
                value = serial_of(value)
            elif value is None:
                value = ""
            elif not isinstance(value, float):
                value = float(value)
            plain.append(value)
        rows.append(tuple(plain))
    target.api.setDataArray(tuple(rows))
    formulas = []
    for row, column, value in odd:
        if isinstance(value, dt.date):
            cell = target.api.getCellByPosition(column, row)
            if number_format(target.sheet.book.api, cell) == "General":
                set_number_format(target.sheet.book.api, cell, "yyyy-mm-dd")
        else:
            formulas.append((row, column, value if value[0] == "=" else "=NA()"))
    write_formulas(target.api, formulas, target.sheet.book.formulas)
