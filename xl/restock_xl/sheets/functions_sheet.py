"""The Functions sheet: every worksheet function with its arguments and an example."""

from __future__ import annotations

from restock.functions.guide import HEADINGS, guide_rows
from restock.text import Words, say
from restock_xl.sheets.layout import FIRST_ROW, HEADER_ROW, TITLE_ROW
from restock_xl.sheets.model import ColumnModel, SheetModel, TableModel
from restock_xl.sheets.style import TAB_HELP
from restock_xl.sheets.table_sheet import heading
from restock_xl.sheets.text_height import text_height

_WIDTHS = (56.0, 60.0, 64.0, 44.0, 14.0, 50.0)


def functions_sheet(name: str, words: Words) -> SheetModel:
    """One row per function, for people who want them in cells of their own."""
    rows = guide_rows(words.language)
    fields = ("call", "returns", "arguments", "example", "gives", "source")
    columns = tuple(
        ColumnModel(header, [getattr(row, field) for row in rows], "plain_wrap", "header", width)
        for header, field, width in zip(HEADINGS[words.language], fields, _WIDTHS, strict=True)
    )
    heights = {FIRST_ROW + k: _height([getattr(row, field) for field in fields]) for k, row in enumerate(rows)}
    table = TableModel("Functions", HEADER_ROW, 0, columns, len(rows))
    return SheetModel(
        name, "Functions", heading(name, say("function.hint", words)), (table,), freeze=(FIRST_ROW, 1),
        tab_color=TAB_HELP, hidden=True, row_heights={TITLE_ROW: 24.0} | heights, paper_repeat=(HEADER_ROW, HEADER_ROW),
    )  # fmt: skip


def _height(texts: list[str]) -> float:
    return max(text_height(text, width) for text, width in zip(texts, _WIDTHS, strict=True))
