"""Start: three numbered steps, an example, and what the colours mean. Examples stand here, never in an input table."""

from __future__ import annotations

from typing import Any

from restock.arithmetic.rounding import floor9
from restock.schema.settings import Settings
from restock.text import Words, say
from restock_xl.sheets.legend import legend
from restock_xl.sheets.model import CellModel, SheetModel
from restock_xl.sheets.style import TAB_HELP
from restock_xl.sheets.text_height import text_height

WIDTHS = (18.0, 18.0, 18.0, 18.0, 18.0)
WIDTH = sum(WIDTHS)
STEPS = ("start.step1", "start.step2", "start.step3", "start.send")
_EXAMPLES = (("SKU-1", 280, 20, "yellow"), ("SKU-2", 60, 20, "orange"), ("SKU-3", 59, 20, "red"))
"""280 ÷ 20 = 14.0 and 60 ÷ 20 = 3.0, which is not below 3; 59 ÷ 20 = 2.95, shown rounded down (§7, §8)."""
_STEP_LINE = 16.0


def start_sheet(name: str, words: Words, note: str = "") -> SheetModel:
    """Return Start in the language of `words`; `note` is the key of one more sentence."""
    page = _Page()
    page.cells.append(CellModel(0, 0, say("start.title", words), "title"))
    page.heights[0] = 28.0
    page.row = 2
    for key in (*STEPS, *([note] if note else [])):
        page.wide(say(key, words), "step")
    page.section(say("start.example_title", words))
    _example(page, words)
    page.wide(say("start.example", words))
    page.section(say("sheet.legend", words))
    for word, style, meaning in legend(words, Settings()):
        page.line((word, style), (meaning, "text"))
    return SheetModel(
        name, "", tuple(page.cells), widths=WIDTHS, row_heights=page.heights, merges=tuple(page.merges),
        tab_color=TAB_HELP, gridlines=False,
    )  # fmt: skip


def _example(page: _Page, words: Words) -> None:
    """Three rows as on Stock, under heads unlike those of Stock: it must not be read as one."""
    typed, shown = ("sku", "on_hand", "daily"), ("days_left", "tier")
    heads = [(say(f"start.typed_{one}", words), "header_input") for one in typed]
    heads += [(say(f"start.shown_{one}", words), "header_formula") for one in shown]
    page.heights[page.row] = max(text_height(text, width - 2) for (text, _), width in zip(heads, WIDTHS, strict=True))
    page.line(*heads)
    for sku, on_hand, daily, tier in _EXAMPLES:
        left = float(floor9(on_hand / daily * 10)) / 10
        page.line((sku, "input"), (on_hand, "input_units"), (daily, "input_units"), (left, "formula_tenth"),
                  (say(f"sheet.{tier}", words), f"tier_{tier}"))  # fmt: skip


class _Page:
    """Rows from top to bottom."""

    def __init__(self) -> None:
        self.cells: list[CellModel] = []
        self.merges: list[tuple[int, int, int, int]] = []
        self.heights: dict[int, float] = {}
        self.row = 0

    def line(self, *values: tuple[Any, str]) -> None:
        """One row of values with their styles."""
        self.cells += [CellModel(self.row, column, *value) for column, value in enumerate(values)]
        self.row += 1

    def wide(self, text: str, style: str = "wrap") -> None:
        """One text over all columns."""
        self.merges.append((self.row, 0, self.row, len(WIDTHS) - 1))
        self.heights[self.row] = wide_height(text, style)
        self.line((text, style))

    def section(self, title: str) -> None:
        """A blank row and a heading."""
        self.row += 1
        self.heights[self.row] = 20.0
        self.line(*((title if k == 0 else None, "section") for k in range(len(WIDTHS))))


def wide_height(text: str, style: str = "wrap") -> float:
    """Height of a row with one text over all columns."""
    return text_height(text, WIDTH, _STEP_LINE) + 4 if style == "step" else text_height(text, WIDTH)
