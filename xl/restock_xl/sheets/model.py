"""What a sheet of ours holds, independent of the program that will show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from restock_xl.package.sparklines import Sparklines
from restock_xl.sheets.chart_model import Chart

Value = Any


@dataclass(frozen=True)
class Formula:
    """A formula text (with its leading =) and the value it has now.

    `shared`, in the rows of a table, is the number of a column of cells that hold one formula, and their range in the
    first of them; the others then have no text of their own. Files of many rows are a third as large and as slow so.
    """

    text: str
    value: Value = ""
    shared: tuple[int, str] | None = None


@dataclass(frozen=True)
class CellModel:
    """One cell outside a table. Rows and columns count from 0."""

    row: int
    column: int
    value: Value
    style: str = "text"


@dataclass(frozen=True)
class Validation:
    """What may be typed into a column: a list of words or of another sheet's cells, or a range of numbers."""

    words: tuple[str, ...] = ()
    source: str = ""
    minimum: float | None = None
    maximum: float | None = None
    dates: bool = False


@dataclass(frozen=True)
class ColumnModel:
    """One column of a table; `formula` is set for calculated columns (their `values` are then Formula objects).

    `row_styles`, where given, names the style of each row instead of `style`. `own` marks a column of the user's.
    """

    header: str
    values: list[Value]
    style: str = "text"
    header_style: str = "header"
    width: float = 12
    formula: str = ""
    validation: Validation | None = None
    message: tuple[str, str] | None = None
    level: int = 0
    hidden: bool = False
    row_styles: tuple[str, ...] = ()
    own: bool = False


@dataclass(frozen=True)
class TableModel:
    """An Excel table: header at (row, column), then `length` rows (at least one; pre-made rows stay blank)."""

    name: str
    row: int
    column: int
    columns: tuple[ColumnModel, ...]
    length: int

    @property
    def last_row(self) -> int:
        """Row of the last data row, from 0."""
        return self.row + max(self.length, 1)

    @property
    def last_column(self) -> int:
        """Column of the last column, from 0."""
        return self.column + len(self.columns) - 1


@dataclass(frozen=True)
class Highlight:
    """A conditional format: style `style` where `criterion` (a formula for the top left cell) is true."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int
    criterion: str
    style: str


@dataclass(frozen=True)
class Choice:
    """What may be typed into one cell outside a table."""

    row: int
    column: int
    validation: Validation


@dataclass(frozen=True)
class Button:
    """A button that runs a macro. `x`, `y`, `width` and `height` are pixels, from the top left corner of a cell."""

    row: int
    column: int
    x: int
    y: int
    width: int
    height: int
    caption: str
    macro: str


@dataclass(frozen=True)
class SheetModel:
    """One sheet. `key` marks a sheet that we write and overwrite; "" is an input sheet, the user's own.

    `folded` names the first and last of columns that are grouped and closed. `written` says where we wrote on a sheet
    without tables; `own` is what the user added to the sheet (restock_xl.own), placed.
    """

    name: str
    key: str = ""
    cells: tuple[CellModel, ...] = ()
    tables: tuple[TableModel, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    widths: tuple[float, ...] = ()
    row_heights: dict[int, float] = field(default_factory=dict)
    merges: tuple[tuple[int, int, int, int], ...] = ()
    freeze: tuple[int, int] = (0, 0)
    tab_color: str = ""
    hidden: bool = False
    landscape: bool = True
    paper_repeat: tuple[int, int] | None = None
    gridlines: bool = True
    choices: tuple[Choice, ...] = ()
    folded: tuple[tuple[int, int], ...] = ()
    written: str = ""
    own: Any = None
    buttons: tuple[Button, ...] = ()
    charts: tuple[Chart, ...] = ()
    sparklines: tuple[Sparklines, ...] = ()
