"""What a picture of a sheet is drawn from: the cells that show, their looks, the widths and heights, as in the file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from restock_xl.exports.drawing.cell_colours import colour_of, theme_colours
from restock_xl.exports.drawing.shown_text import shown_text
from restock_xl.package.book import Book
from restock_xl.package.markup import damaged, parse, serialise
from restock_xl.package.relationships import relationships_part

_READ = ("sheetFormatPr", "cols", "sheetData", "mergeCells")
_UNREAD = ("definedNames", "pivotCaches", "externalReferences")
_PIXELS_PER_WIDTH, _PIXELS_PER_POINT = 7.0, 96 / 72  # a width counts digits of Excel's usual font, 7 pixels each
_DEFAULT_WIDTH = 64 / _PIXELS_PER_WIDTH
_ROW_HEIGHT = 15.0
_MOST_MERGED = 60
"""A merged cell over more columns than these goes to the end of the sheet, not to that of a table."""
_LINES = {"hair": 1, "thin": 1, "dotted": 1, "dashed": 1, "dashDot": 1, "dashDotDot": 1, "double": 1, "thick": 3}
_MEDIUM = 2
_SPREAD = ("justify", "distributed")


@dataclass(frozen=True)
class Look:
    """How a text stands in its cell: size in points, alignments as in the file, indent in steps."""

    size: float = 11.0
    is_bold: bool = False
    colour: str = "#000000"
    horizontal: str = "general"
    vertical: str = "bottom"
    wraps: bool = False
    indent: int = 0


@dataclass(frozen=True)
class PictureCell:
    """A cell with a text. Rows and columns count from 0 over those that are not hidden; `last` ones are inclusive.

    `kind` is "text", "number" or "truth", which decides where it stands if nothing else does.
    """

    row: int
    column: int
    last_row: int
    last_column: int
    text: str
    kind: str
    look: Look

    @property
    def is_alone(self) -> bool:
        """Whether it takes one column."""
        return self.column == self.last_column


@dataclass(frozen=True)
class Fill:
    """A colour over an area, counted as in `PictureCell`."""

    row: int
    column: int
    last_row: int
    last_column: int
    colour: str


@dataclass(frozen=True)
class Edge:
    """A line along a side of a cell ("left", "right", "top" or "bottom"); `width` is in pixels of a screen."""

    row: int
    column: int
    side: str
    width: int
    colour: str


@dataclass
class SheetCells:
    """A sheet to draw, without what is hidden.

    Attributes:
        widths, heights: In pixels of a screen (96 to the inch).
        more_rows: How many rows with a text follow that were not read.
    """

    widths: list[float]
    heights: list[float]
    cells: list[PictureCell] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    more_rows: int = 0


def read_sheet(path: Path, sheet: str, most_rows: int) -> SheetCells | None:
    """Return what a sheet shows, None if nothing.

    Args:
        path: A workbook; only its values are read, no formula is computed and no conditional format applied.
        most_rows: How many visible rows to read; the others are counted.
    Raises:
        WorkbookError: The file is no workbook that can be read, or it has no such sheet.
    """
    worksheet = _worksheet(Book(path), sheet)
    return _Reading(worksheet, most_rows).sheet()


def _worksheet(book: Book, name: str) -> Worksheet:
    """One sheet of a book, read from a copy that holds no other, for openpyxl reads all there are."""
    part, archive = book.part_of_sheet(name), book.archive.copy()
    for sheet in book.sheets:
        if sheet.part is not None:
            archive.remove(relationships_part(sheet.part))
            if sheet.part != part:
                archive.remove(sheet.part)
    archive.write(part, _only(archive.read(part), part, _READ, keep=True))
    archive.write(book.part, _only(archive.read(book.part), book.part, _UNREAD, keep=False))
    with tempfile.TemporaryDirectory() as folder:
        alone = Path(folder) / "sheet.xlsx"
        archive.save(alone, 0)
        try:
            return load_workbook(alone, data_only=True, keep_links=False).worksheets[0]
        except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
            raise damaged(part, str(error)) from error


def _only(data: bytes, part: str, names: tuple[str, ...], keep: bool) -> bytes:
    """A part with only (or without) the children of these names."""
    root = parse(data, part)
    for child in list(root):
        if (str(child.tag).rpartition("}")[2] in names) is not keep:
            root.remove(child)
    return serialise(root)


class _Reading:
    """One sheet on its way from openpyxl's cells to those of a picture."""

    def __init__(self, worksheet: Worksheet, most_rows: int) -> None:
        book = worksheet.parent
        self.worksheet = worksheet
        self.date1904 = book.epoch.year == 1904
        self.theme = theme_colours(book.loaded_theme)
        self.merged = {(area.min_row, area.min_col): area for area in worksheet.merged_cells.ranges}
        # openpyxl offers no public way over the cells that exist; a stray one far out makes the others millions
        self.stored: dict[tuple[int, int], Any] = worksheet._cells
        self.most_rows = most_rows

    def sheet(self) -> SheetCells | None:
        """All of it, cropped after the last row and column with a text."""
        texts = {place: text for place, cell in self.stored.items() if (text := self._text(cell))}
        if not texts:
            return None
        columns, rows = self._columns(texts), self._rows(max(row for row, _ in texts))
        beyond = set(rows[self.most_rows :])
        self.column_at = {column: at for at, column in enumerate(columns)}
        self.row_at = {row: at for at, row in enumerate(rows[: self.most_rows])}
        found = SheetCells(
            [self._width(column) for column in columns],
            [self._height(row) * _PIXELS_PER_POINT for row in self.row_at],
            more_rows=len({row for row, _ in texts if row in beyond}),
        )
        for place, cell in sorted(self.stored.items()):
            self._add(found, place, cell, texts.get(place, ""))
        return found if found.cells else None

    def _text(self, cell: Any) -> str:
        return "" if isinstance(cell, MergedCell) else shown_text(cell.value, cell.number_format, self.date1904)

    def _columns(self, texts: dict[tuple[int, int], str]) -> list[int]:
        ends = [column for _, column in texts]
        ends += [
            area.max_col for place, area in self.merged.items()
            if place in texts and area.max_col - area.min_col < _MOST_MERGED
        ]  # fmt: skip
        self.widths: dict[int, float] = {}
        hidden: set[int] = set()
        for size in self.worksheet.column_dimensions.values():
            for column in range(size.min or size.index, min(size.max or 0, max(ends)) + 1):
                self.widths[column] = size.width
                if size.hidden:
                    hidden.add(column)
        return [column for column in range(1, max(ends) + 1) if column not in hidden]

    def _rows(self, last: int) -> list[int]:
        sizes = self.worksheet.row_dimensions
        return [row for row in range(1, last + 1) if row not in sizes or not sizes[row].hidden]

    def _width(self, column: int) -> float:
        usual = self.worksheet.sheet_format.defaultColWidth or _DEFAULT_WIDTH
        return self.widths.get(column, usual) * _PIXELS_PER_WIDTH

    def _height(self, row: int) -> float:
        sizes = self.worksheet.row_dimensions
        height = sizes[row].height if row in sizes else None
        return float(height or self.worksheet.sheet_format.defaultRowHeight or _ROW_HEIGHT)

    def _add(self, found: SheetCells, place: tuple[int, int], cell: Any, text: str) -> None:
        """One stored cell: its text and fill over the visible part of its area, its lines on its own sides."""
        area = self._area(place)
        if area is not None and not isinstance(cell, MergedCell):
            colour = self._fill(cell)
            if colour:
                found.fills.append(Fill(*area, colour))
            if text:
                found.cells.append(PictureCell(*area, text, _kind(cell), self._look(cell)))
        if place[0] in self.row_at and place[1] in self.column_at:
            found.edges += self._edges(place, cell)

    def _area(self, place: tuple[int, int]) -> tuple[int, int, int, int] | None:
        """First row and column, last row and column of a cell among those that show."""
        area = self.merged.get(place)
        last_row, last_column = (area.max_row, area.max_col) if area else place
        rows = [self.row_at[row] for row in range(place[0], last_row + 1) if row in self.row_at]
        columns = [self.column_at[at] for at in range(place[1], last_column + 1) if at in self.column_at]
        return (rows[0], columns[0], rows[-1], columns[-1]) if rows and columns else None

    def _fill(self, cell: Any) -> str | None:
        if getattr(cell.fill, "fill_type", None) == "solid":
            return colour_of(cell.fill.fgColor, self.theme)
        stops = getattr(cell.fill, "stop", None)
        return colour_of(stops[0].color, self.theme) if stops else None

    def _look(self, cell: Any) -> Look:
        font, stands = cell.font, cell.alignment
        return Look(
            float(font.sz or Look.size),
            bool(font.b),
            colour_of(font.color, self.theme) or Look.colour,
            stands.horizontal or "general",
            stands.vertical or "bottom",
            bool(stands.wrap_text) or stands.horizontal in _SPREAD or stands.vertical in _SPREAD,
            int(stands.indent or 0),
        )

    def _edges(self, place: tuple[int, int], cell: Any) -> Iterator[Edge]:
        row, column = self.row_at[place[0]], self.column_at[place[1]]
        area = self.merged.get(place)
        inside = {"right"} if area and area.max_col > place[1] else set()
        inside |= {"bottom"} if area and area.max_row > place[0] else set()
        for side in {"left", "right", "top", "bottom"} - inside:
            line = getattr(cell.border, side)
            if line is not None and line.style:
                width = _LINES.get(line.style, _MEDIUM)
                yield Edge(row, column, side, width, colour_of(line.color, self.theme) or Look.colour)


def _kind(cell: Any) -> str:
    if cell.data_type in ("b", "e"):
        return "truth"
    return "text" if isinstance(cell.value, str) else "number"
