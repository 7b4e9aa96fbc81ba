"""The small charts of Stock: two columns at the end of its table, and what the charts in them draw and look like."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.utility import xl_col_to_name

from restock.schema.columns import Column
from restock.schema.outputs import SOLD_PARTS, STOCK_WEEKS
from restock.text import Words, say
from restock.text.say import catalogue
from restock_xl.package.sparklines import Sparkline, Sparklines
from restock_xl.sheets.layout import quoted
from restock_xl.sheets.model import ColumnModel

LABELS = {"sold": "chart.sales_column", "stock": "chart.stock_column"}
"""By its header a column of Stock is known to want them: a book without it is left alone."""
_HELP = {"sold": "chart.sales_help", "stock": "chart.stock_help"}
_LETTERS = [xl_col_to_name(k) for k in range(1 + SOLD_PARTS + STOCK_WEEKS)]
_DRAWS = {"sold": (_LETTERS[1], _LETTERS[SOLD_PARTS]), "stock": (_LETTERS[1 + SOLD_PARTS], _LETTERS[-1])}
_LOOKS = {"sold": ("column", "#1F7A8C"), "stock": ("column", "#1F3A4D")}
"""Bars for both: LibreOffice leaves lines out of what it prints."""
_WIDTH = 15.0


def small_chart_columns(language: str) -> list[ColumnModel]:
    """The two columns, empty: what one sees in them are the charts."""
    words = Words(language)
    return [
        ColumnModel(say(LABELS[kind], words), [], "formula", "header_plan", _WIDTH,
                    message=(say(LABELS[kind], words), say(_HELP[kind], words)))
        for kind in LABELS
    ]  # fmt: skip


def chart_columns() -> tuple[Column, ...]:
    """The two columns as others name and explain columns."""
    pairs = {key: catalogue()[key] for key in (*LABELS.values(), *_HELP.values())}
    return tuple(
        Column(f"{kind}_chart", *pairs[LABELS[kind]], help_en=pairs[_HELP[kind]][0], help_zh=pairs[_HELP[kind]][1])
        for kind in LABELS
    )


def small_charts(columns: Mapping[str, str], places: Mapping[int, int], sheet: str) -> tuple[Sparklines, ...]:
    """Return what stands on Stock: a group per kind.

    Args:
        columns: Letter of the column for each kind.
        places: Row of Stock → row of Trend lines, from 1.
        sheet: The sheet Trend lines.
    """
    groups = []
    for kind, letter in columns.items():
        (first, last), (look, color), name = _DRAWS[kind], _LOOKS[kind], quoted(sheet)
        each = (Sparkline(f"{name}!{first}{place}:{last}{place}", f"{letter}{row}") for row, place in places.items())
        groups.append(Sparklines(sheet, look, color, tuple(each)))
    return tuple(groups)
