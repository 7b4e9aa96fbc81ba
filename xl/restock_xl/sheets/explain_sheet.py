"""Explain: choose a SKU and a warehouse, and see how its numbers come about, in every program and without Python."""

from __future__ import annotations

from typing import Any

import pandas as pd

from restock.ledger import Previous
from restock.plan import Plan
from restock.replenish.explain import LINES, Line
from restock.text import Words, say
from restock.text.say import catalogue
from restock_xl.sheets.explain_chart import ExplainSeries, SeriesPlace, shown_now, stock_chart
from restock_xl.sheets.explain_formulas import ExplainFormulas, ExplainPlace
from restock_xl.sheets.explain_sentences import ExplainSentences
from restock_xl.sheets.layout import HINT_ROW, TITLE_ROW
from restock_xl.sheets.model import CellModel, Choice, Formula, Highlight, SheetModel, Validation
from restock_xl.sheets.output_sheets import Target
from restock_xl.sheets.style import TAB_OUTPUT
from restock_xl.sheets.table_sheet import TIER_CODES
from restock_xl.sheets.text_height import text_height

WIDTHS = (34.0, 15.0, 12.0, 96.0)
SKU_ROW, WAREHOUSE_ROW, HEADLINE_ROW, CHART_ROW, NOTE_ROW, HEADER_ROW = 2, 3, 4, 5, 23, 25
LIST_COLUMN, SERIES = 20, SeriesPlace(HEADER_ROW, 22)
"""The lists to choose from, and behind them what the chart draws: folded."""
_LONGEST_BASIS = 300
_STYLES = {
    "units": "formula_units", "cartons": "formula_units", "days": "formula_number", "units per day": "formula_number",
    "money": "formula_money", "share": "formula_share", "date": "formula_date", "row": "formula_units",
}  # fmt: skip
_OWN_STYLE = {"days_left": "formula_tenth", "cover": "formula_money", "daily": "formula_money"}
"""One decimal, and two."""


def empty_explain(name: str, words: Words) -> SheetModel:
    """Explain before the first press; its chart is there for programs that fill the cells and draw no charts."""
    cells = (
        CellModel(TITLE_ROW, 0, say("explain.title", words), "title"),
        CellModel(HINT_ROW + 1, 0, say("explain.empty", words), "wrap"),
    )
    return SheetModel(name, "Explain", cells, widths=(96.0,), row_heights={TITLE_ROW: 24.0, HINT_ROW + 1: 32.0},
                      tab_color=TAB_OUTPUT, hidden=True, gridlines=False,
                      charts=(stock_chart(words, SERIES, CHART_ROW),))  # fmt: skip


def explain_sheet(plan: Plan, previous: Previous, words: Words, target: Target, place: ExplainPlace) -> SheetModel:
    """Explain after a press: the two cells to type into keep what stands there."""
    page = _Page(plan, words, place)
    for section in dict.fromkeys(line.section for line in LINES):
        page.section(section)
        for line in LINES:
            if line.section == section:
                page.step(line)
    page.section("section.where")
    page.row_number("forecast_row", page.formulas.forecast_row())
    page.row_number("stock_row", page.formulas.stock_row())
    sku, warehouse = chosen_pair(plan, previous)
    page.head(sku, warehouse)
    lists = (_spellings(plan, "typed_sku"), _spellings(plan, "typed_warehouse"))
    page.lists(lists)
    page.cells += ExplainSeries(page.formulas, SERIES, shown_now(plan, sku, warehouse)).cells()
    tier = page.places["tier"]
    lights = tuple(
        Highlight(tier, 1, tier, 1, _any_of(page.formulas.cells["tier"], codes), style)
        for style, codes in TIER_CODES.items()
    )
    return SheetModel(
        target.sheet, "Explain", tuple(page.cells), highlights=lights, widths=WIDTHS, row_heights=page.heights,
        merges=((HEADLINE_ROW, 0, HEADLINE_ROW, 3), (NOTE_ROW, 0, NOTE_ROW, 3)), freeze=(CHART_ROW, 0),
        tab_color=TAB_OUTPUT, hidden=target.hidden, gridlines=False, folded=((LIST_COLUMN, SERIES.last_column),),
        charts=(stock_chart(words, SERIES, CHART_ROW),),
        choices=tuple(
            Choice(row, 1, Validation(source=_list_area(column, values)))
            for row, column, values in zip((SKU_ROW, WAREHOUSE_ROW), (0, 1), lists, strict=True)
            if values
        ),
    )  # fmt: skip


def chosen_pair(plan: Plan, previous: Previous) -> tuple[str, str]:
    """The pair that was chosen before, else the first alert's, else the first of Stock; as they are spelled there."""
    typed = previous.typed.get("Explain", pd.DataFrame())
    if len(typed):
        return str(typed["sku"].iloc[0]), str(typed["warehouse"].iloc[0])
    spelled = {(row["sku"], row["warehouse"]): (row["typed_sku"], row["typed_warehouse"]) for row in plan.rows}
    pairs = zip(plan.alerts["sku"], plan.alerts["warehouse"], strict=True)
    return next((spelled[pair] for pair in pairs if pair in spelled), next(iter(spelled.values()), ("", "")))


def _spellings(plan: Plan, name: str) -> list[str]:
    """What stands on Stock, each once, in code point order (§7)."""
    return sorted({text for text in plan.view[name] if text})


def _list_area(column: int, values: list[str]) -> str:
    from xlsxwriter.utility import xl_range_abs

    place = LIST_COLUMN + column
    return f"={xl_range_abs(HEADER_ROW + 1, place, HEADER_ROW + len(values), place)}"


def _any_of(cell: str, codes: tuple[str, ...]) -> str:
    tests = ",".join(f'{cell}="{code}"' for code in codes)
    return f"=OR({tests})"


class _Page:
    """Rows from top to bottom: what, value, unit, how it comes about."""

    def __init__(self, plan: Plan, words: Words, place: ExplainPlace) -> None:
        self.words = words
        self.cells: list[CellModel] = []
        note = text_height(say("chart.note", words), sum(WIDTHS))
        self.heights: dict[int, float] = {TITLE_ROW: 24.0, HINT_ROW: 18.0, HEADLINE_ROW: 22.0, NOTE_ROW: note}
        self.places = step_rows()
        cells = {name: f"$B${row + 1}" for name, row in self.places.items()}
        cells |= {"sku": f"$B${SKU_ROW + 1}", "warehouse": f"$B${WAREHOUSE_ROW + 1}"}
        self.formulas = ExplainFormulas(place, words, plan.settings, cells)
        self.sentences = ExplainSentences(self.formulas)
        self.row = HEADER_ROW + 1

    def line(self, values: list[Any], styles: tuple[str, str, str, str]) -> None:
        for column, (value, style) in enumerate(zip(values, styles, strict=True)):
            self.cells.append(CellModel(self.row, column, value, style))
        self.row += 1

    def section(self, key: str) -> None:
        self.heights[self.row] = 22.0
        self.line([say(key, self.words), None, None, None], ("section",) * 4)

    def step(self, line: Line) -> None:
        """One step; labels that name a number are formulas too."""
        key = line.label or f"label.{line.name}"
        numbered = "{" in catalogue()[key][0]
        label = Formula(self.sentences.label(key, line.name)) if numbered else say(key, self.words)
        unit = say(f"unit.{line.unit}", self.words) if line.unit != "date" else ""
        style = _OWN_STYLE.get(line.name) or _STYLES.get(line.unit, "formula")
        self.heights[self.row] = self._height(line)
        values = [label, Formula(self.formulas.value(line.name)), unit, Formula(self.sentences.sentence(line.name))]
        self.line(values, ("plain", style, "plain", "plain_wrap"))

    def _height(self, line: Line) -> float:
        """Room for the longest sentence that the step can say."""
        texts = [pair[self.words.language == "zh"] for key, pair in catalogue().items()
                 if key.startswith(f"explain.{line.name}")]  # fmt: skip
        if line.name == "daily":
            texts.append("x" * _LONGEST_BASIS)
        return max([text_height(text, WIDTHS[3]) for text in texts], default=18.0)

    def row_number(self, name: str, formula: str) -> None:
        styles = ("plain", _STYLES["row"], "plain", "plain")
        self.line([say(f"label.{name}", self.words), Formula(formula), say("unit.row", self.words), None], styles)

    def head(self, sku: str, warehouse: str) -> None:
        """Title, the two cells to choose in, what was chosen, and the header of the steps."""
        words = self.words
        head = [
            CellModel(TITLE_ROW, 0, say("explain.title", words), "title"),
            CellModel(HINT_ROW, 0, say("explain.hint", words), "hint"),
            CellModel(SKU_ROW, 0, say("explain.sku", words), "plain"),
            CellModel(SKU_ROW, 1, sku, "input"),
            CellModel(WAREHOUSE_ROW, 0, say("explain.warehouse", words), "plain"),
            CellModel(WAREHOUSE_ROW, 1, warehouse, "input"),
            CellModel(HEADLINE_ROW, 0, Formula(self.sentences.headline()), "verdict"),
            CellModel(NOTE_ROW, 0, say("chart.note", words), "wrap"),
        ]
        for column, key in enumerate(("what", "value", "unit", "how")):
            head.append(CellModel(HEADER_ROW, column, say(f"explain.column_{key}", words), "header"))
        self.cells[:0] = head

    def lists(self, lists: tuple[list[str], list[str]]) -> None:
        """What may be chosen, in folded columns to the right."""
        for column, (key, values) in enumerate(zip(("sku", "warehouse"), lists, strict=True), start=LIST_COLUMN):
            self.cells.append(CellModel(HEADER_ROW, column, say(f"explain.list_{key}", self.words), "hint"))
            for row, value in enumerate(values, start=HEADER_ROW + 1):
                self.cells.append(CellModel(row, column, value, "input"))


def step_rows() -> dict[str, int]:
    """The row of each step's value, from 0: sections take a row each."""
    places, row, section = {}, HEADER_ROW + 1, ""
    for line in LINES:
        row += line.section != section
        section = line.section
        places[line.name] = row
        row += 1
    return places | {"forecast_row": row + 1, "stock_row": row + 2}
