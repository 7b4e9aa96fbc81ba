"""What a chart of ours shows, independent of the program that draws it."""

from __future__ import annotations

from dataclasses import dataclass

CHART_NAME = "restock "
"""How the names of all our charts begin: by it a press tells them from charts of the user's."""


@dataclass(frozen=True)
class Cells:
    """A range of the chart's own sheet; rows and columns count from 0."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class ColumnOf:
    """A column of a table of the sheet, by their places among the sheet's tables and ours among its columns."""

    table: int
    column: int


@dataclass(frozen=True)
class Series:
    """One series.

    Attributes:
        name: What the legend calls it; "" leaves it out of the legend.
        name_cell: Row and column of a cell that holds the name instead.
        kind: "bar" (lying, stacked), "column", "line", "marks", "area" (stacked), or "base", the unseen part below an
            area.
        mark: "diamond", "triangle", "circle" …; "" for none.
        labels: Whether each bar states its number.
    """

    name: str
    values: Cells | ColumnOf
    kind: str
    color: str
    name_cell: tuple[int, int] | None = None
    mark: str = ""
    dash: str = "solid"
    labels: bool = False


@dataclass(frozen=True)
class Chart:
    """One chart; it stands at a cell, so many pixels to its right, and is so many pixels wide and high."""

    name: str
    title: str
    row: int
    column: int
    right: int
    width: int
    height: int
    categories: Cells | ColumnOf
    series: tuple[Series, ...]
    category_title: str = ""
    value_title: str = ""
    category_format: str = ""
    dates: bool = False
