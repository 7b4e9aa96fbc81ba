"""The page that Today is written on: rows from top to bottom over five columns narrow enough for a phone."""

from __future__ import annotations

from typing import Any

from restock.text import Words, say
from restock_xl.sheets.layout import DONE_COLUMN, LIST_COLUMN
from restock_xl.sheets.model import CellModel, SheetModel
from restock_xl.sheets.style import TAB_OUTPUT
from restock_xl.sheets.text_height import LINE_HEIGHT, text_height

WIDTHS = (12.0, 54.0, 12.0, 11.0, 14.0)
"""Mark and since when, what to do, by when, money, done."""
TEXT_COLUMN = 1
_LARGE_LINE = 15.0


class Page:
    """Rows from top to bottom over five columns."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.cells: list[CellModel] = []
        self.merges: list[tuple[int, int, int, int]] = []
        self.heights: dict[int, float] = {}
        self.row = 0

    def say(self, key: str, **params: Any) -> str:
        """A sentence in the language of the book."""
        return say(key, self.words, **params)

    def line(self, values: list[Any], styles: list[str], pair: tuple[str, str] | None = None) -> None:
        """One row, as high as its wrapped texts need; `pair` is noted in two folded columns."""
        for column, (value, style) in enumerate(zip(values, styles, strict=True)):
            self.cells.append(CellModel(self.row, column, value, style))
        for column, name in enumerate(pair or (), start=LIST_COLUMN):
            self.cells.append(CellModel(self.row, column, name, "hint"))
        texts = [(value, WIDTHS[column]) for column, value in enumerate(values) if isinstance(value, str)]
        self.heights[self.row] = max([text_height(text, width) for text, width in texts], default=LINE_HEIGHT + 4)
        self.row += 1

    def wide(self, text: str, style: str = "wrap", first: int = 0) -> None:
        """One text over all columns from `first` on."""
        self.merges.append((self.row, first, self.row, len(WIDTHS) - 1))
        self.cells.append(CellModel(self.row, first, text, style))
        line = _LARGE_LINE if style == "verdict" else LINE_HEIGHT
        self.heights[self.row] = text_height(text, sum(WIDTHS[first:]), line)
        self.row += 1

    def section(self, title: str) -> None:
        """A blank row and a heading with a line below it."""
        self.row += 1
        self.cells += [CellModel(self.row, k, title if k == 0 else None, "section") for k in range(len(WIDTHS))]
        self.heights[self.row] = 20.0
        self.row += 1

    def header(self, keys: tuple[str, ...], pair: tuple[str, str] | None = None) -> None:
        """The heads of a list; what people type below the last one is marked as such."""
        heads = [self.say(f"sheet.{key}") if key else None for key in keys]
        styles = ["header_input" if k == DONE_COLUMN else "header" for k in range(len(keys))]
        self.line(heads, [style if key else "text" for style, key in zip(styles, keys, strict=True)], pair)

    def sheet(self, name: str) -> SheetModel:
        """The page as a sheet."""
        return SheetModel(
            name, "Today", tuple(self.cells), widths=WIDTHS, row_heights=self.heights, merges=tuple(self.merges),
            tab_color=TAB_OUTPUT, landscape=False, gridlines=False, freeze=(1, 0),
            folded=((LIST_COLUMN, LIST_COLUMN + 1),), print_columns=len(WIDTHS),
        )  # fmt: skip
