"""Where everything stands in a picture: rows as high as their texts need, texts in lines, the cut at the end."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial

from restock_xl.exports.drawing.fonts import Fonts
from restock_xl.exports.drawing.line_breaks import broken_lines
from restock_xl.exports.drawing.picture_cells import PictureCell, SheetCells
from restock_xl.exports.drawing.picture_columns import MARGIN, column_edges, font_pixels, scale_of, space_beside

MOST_HEIGHT = 6000
LINE_PITCH = 1.28  # from one line to the next, in heights of the font
_ABOVE = 3  # and below a text, in pixels of a screen


@dataclass(frozen=True)
class PlacedText:
    """Lines of a cell in a rectangle, in pixels of the picture; `pixels` is the height of the font."""

    cell: PictureCell
    lines: list[str]
    pixels: int
    left: int
    right: int
    top: int = 0
    bottom: int = 0

    @property
    def height(self) -> int:
        """Height of the lines."""
        return round(len(self.lines) * self.pixels * LINE_PITCH)


@dataclass
class Page:
    """A picture before it is drawn.

    Attributes:
        scale: Pixels of the picture to one of a screen.
        xs, ys: Edges of columns and rows that are drawn.
        more_rows, more_columns: How many with a text are not.
    """

    scale: float
    xs: list[int]
    ys: list[int]
    texts: list[PlacedText] = field(default_factory=list)
    more_rows: int = 0
    more_columns: int = 0


def lay_out(sheet: SheetCells, fonts: Fonts) -> Page:
    """Return where the texts, columns and rows of a sheet stand.

    Raises:
        WorkbookError: No font of this computer has a letter of the sheet.
    """
    sheet.cells = [replace(cell, text=fonts.drawable(cell.text)) for cell in sheet.cells]
    scale = scale_of(sheet)
    xs = column_edges(sheet, fonts, scale)
    texts = _Texts(sheet, fonts, scale, xs).placed()
    tops = _row_edges(sheet, texts, scale)
    kept = _kept_rows(sheet, tops)
    page = Page(scale, xs, tops[: kept + 1], more_columns=len(sheet.widths) - (len(xs) - 1))
    page.texts = [
        replace(text, top=tops[text.cell.row], bottom=tops[min(text.cell.last_row + 1, kept)])
        for text in texts if text.cell.row < kept
    ]  # fmt: skip
    page.more_rows = len({cell.row for cell in sheet.cells if cell.row >= kept}) + sheet.more_rows
    return page


class _Texts:
    """The texts of a sheet on columns of known widths."""

    def __init__(self, sheet: SheetCells, fonts: Fonts, scale: float, xs: list[int]) -> None:
        self.cells, self.fonts, self.scale, self.xs = sheet.cells, fonts, scale, xs
        self.taken = {
            (row, column)
            for cell in sheet.cells
            for row in range(cell.row, cell.last_row + 1)
            for column in range(cell.column, cell.last_column + 1)
        }

    def placed(self) -> list[PlacedText]:
        """All that begin in a column that is drawn."""
        return [self._placed(cell) for cell in self.cells if cell.column < len(self.xs) - 1]

    def _placed(self, cell: PictureCell) -> PlacedText:
        pixels = font_pixels(cell, self.scale)
        width = partial(self.fonts.width, pixels=pixels, bold=cell.look.is_bold)
        text = cell.text if cell.look.wraps else " ".join(cell.text.split("\n"))
        first, last = cell.column, min(cell.last_column, len(self.xs) - 2)
        if cell.kind == "text" and not cell.look.wraps:
            first, last = self._overflowing(cell, first, last, width(text) + space_beside(cell, self.scale))
        left, right = self.xs[first], self.xs[last + 1]
        lines = broken_lines(text, right - left - space_beside(cell, self.scale), width)
        return PlacedText(cell, lines, pixels, left, right)

    def _overflowing(self, cell: PictureCell, first: int, last: int, need: float) -> tuple[int, int]:
        """The columns that a text takes which runs on into empty ones, to the side away from which it is aligned."""
        rightward = cell.look.horizontal != "right"
        leftward = cell.look.horizontal in ("right", "center", "centerContinuous")
        while self.xs[last + 1] - self.xs[first] < need:
            to_right = rightward and last + 2 < len(self.xs) and (cell.row, last + 1) not in self.taken
            to_left = leftward and first > 0 and (cell.row, first - 1) not in self.taken
            if (not to_right and not to_left) or (rightward and leftward and not (to_right and to_left)):
                break
            first, last = first - to_left, last + to_right
        return first, last


def _row_edges(sheet: SheetCells, texts: list[PlacedText], scale: float) -> list[int]:
    """Where rows begin and the last one ends; a text over several rows makes the last of them higher."""
    room = MOST_HEIGHT - 4 * MARGIN
    wrapping = {text.cell.row for text in texts if text.cell.look.wraps or len(text.lines) > 1}
    heights = [0.0 if row in wrapping else height * scale for row, height in enumerate(sheet.heights)]
    for text in sorted(texts, key=lambda text: text.cell.last_row):
        first, last = text.cell.row, text.cell.last_row
        need = min(room, text.height + 2 * _ABOVE * scale)
        heights[last] = max(heights[last], need - sum(heights[first:last]))
    edges = [MARGIN]
    for row_height in heights:
        edges.append(edges[-1] + round(row_height))
    return edges


def _kept_rows(sheet: SheetCells, tops: list[int]) -> int:
    """How many rows stand on the picture: all, or as many as fit above a last line, no merged cell cut apart."""
    count = len(tops) - 1
    if tops[-1] + MARGIN <= MOST_HEIGHT and not sheet.more_rows:
        return count
    room = MOST_HEIGHT - 3 * MARGIN
    fit = max((row for row in range(1, count + 1) if tops[row] <= room), default=1)
    inside = {row for cell in sheet.cells for row in range(cell.row + 1, cell.last_row + 1)}
    return next((row for row in range(fit, 0, -1) if row not in inside), fit)
