"""One press computes the user's own formulas too, and says which it could not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from restock.replenish.explain import KNOTS, LINES
from restock.replenish.stock_ahead import AHEAD_DAYS
from restock.schema.outputs import TREND_LINES
from restock_xl.demo.build import TODAY as DEMO_DAY
from restock_xl.demo.build import build_demo
from restock_xl.draft import Draft
from restock_xl.hosts.headless import HeadlessHost
from restock_xl.package.cell_edit import NewFormula
from restock_xl.package.formula_book import LazyColumns
from restock_xl.recalculation import recalculate
from restock_xl.recompute import recompute
from restock_xl.sheets.explain_chart import COLUMNS
from restock_xl.sheets.layout import TAB_BY_KEY

from .books import LAMP, NOW, TODAY, make, parts, press, sheet_rows
from .test_heal import edit

EXPLAIN_FORMULAS = 2 * len(LINES) + KNOTS + 3
CHART_FORMULAS = len(COLUMNS) * AHEAD_DAYS + 7
"""A cell per series and day, five packed texts, how many digits, and the name of the band."""
"""Value and sentence of each step, the labels of the needs, the headline, and two row numbers."""


class Watched(HeadlessHost):
    """A host whose last draft can be looked at."""

    last: Draft

    def draft(self, *arguments: Any, **named: Any) -> Draft:
        """Keep what the pipeline drafted."""
        self.last = super().draft(*arguments, **named)
        return self.last


@pytest.fixture
def lamp(tmp_path: Path) -> Path:
    """A book with formulas of the user's on the first sheet: on our sheets, on Stock, and one that nobody computes."""
    path = make(tmp_path / "lamp.xlsx", data=LAMP)
    edit(path, "Start", {
        (20, 1): NewFormula("COUNTIF(Stock!$H$4:$H$503,\"RED\")"),
        (21, 1): NewFormula("SUM(Orders!G:G)"),
        (22, 1): NewFormula("Forecast!$E$1+1"),
        (23, 1): NewFormula("RESTOCK_DAYS_OF_COVER(Stock!C4,Stock!E4)"),
        (24, 1): NewFormula('CUBEVALUE("a","b")'),
        (25, 1): NewFormula("A24+1"),
    })  # fmt: skip
    return path


def test_formulas_of_the_user(lamp: Path) -> None:
    """After one press the user's cells show what our new sheets say."""
    press(lamp)
    shown = openpyxl.load_workbook(lamp, data_only=True)["Start"]
    reds = sum(row["Tier"] == "RED" for row in sheet_rows(lamp, "Stock"))
    assert shown["A20"].value == reds > 0
    assert shown["A22"].value == (TODAY - dt.date(1899, 12, 30)).days + 1
    assert shown["A23"].value == 14


def test_formulas_that_nobody_computes(lamp: Path) -> None:
    """They are notes on Problems, in the book's language, with the cell and what to do."""
    outcome = press(lamp)
    assert [problem.key for problem in outcome.plan.tables.problems][-2:] == ["formula.function", "formula.depends"]
    notes = [row for row in sheet_rows(lamp, "Problems") if row["Sheet"] == "Start"]
    assert [row["Cell"] for row in notes] == ["A24", "A25"]
    assert "CUBEVALUE" in notes[0]["What to do"]
    assert notes[0]["What stands there"] == '=CUBEVALUE("a","b")'


def test_many_of_them_are_counted(tmp_path: Path) -> None:
    """Of many such formulas the first twenty are listed and the others counted."""
    path = make(tmp_path / "lamp.xlsx", data=LAMP)
    edit(path, "Start", {(row, 3): NewFormula(f'CUBEVALUE("a","b{row}")') for row in range(20, 70)})
    press(path)
    notes = [row for row in sheet_rows(path, "Problems") if row["Sheet"] == "Start"]
    assert len(notes) == 21
    assert "30 more" in notes[-1]["What to do"]


def test_pressing_twice_writes_once(lamp: Path) -> None:
    """With formulas that cannot be computed, too, a second press finds nothing new."""
    press(lamp)
    before = lamp.read_bytes()
    assert not press(lamp, now=NOW + dt.timedelta(minutes=1)).changed
    assert lamp.read_bytes() == before


def test_a_stale_formula_alone_is_worth_a_write(lamp: Path) -> None:
    """Where only a cell of the user's is out of date, a press writes that cell and leaves our sheets as they lie."""
    press(lamp)
    before = parts(lamp)
    edit(lamp, "Start", {(20, 1): NewFormula("1+1"), (26, 1): NewFormula('IF(1<2,"new","")')})
    assert press(lamp, now=NOW + dt.timedelta(minutes=1)).changed
    after = parts(lamp)
    assert {name for name in before if before[name] != after[name]} == {"xl/worksheets/sheet1.xml"}
    shown = openpyxl.load_workbook(lamp, data_only=True)["Start"]
    assert (shown["A20"].value, shown["A26"].value) == (2, "new")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_plan_and_engine_agree_on_the_demo(tmp_path: Path, language: str) -> None:
    """The values of Stock that the plan computes are those that the formulas give: nothing differs, nothing is kept."""
    path = tmp_path / "demo.xlsx"
    build_demo(path, language)
    host = Watched(path)
    pairs = len(recompute(host, DEMO_DAY, NOW).plan.view)
    evaluation = host.last.evaluation
    explain = TAB_BY_KEY["Explain"].name(language)  # its formulas are given to the engine without values
    assert ([one for one in evaluation.changes if one.sheet != explain], evaluation.result.unevaluated) == ([], [])
    found = recalculate(path, DEMO_DAY)
    formulas = 24 * 500 + EXPLAIN_FORMULAS + CHART_FORMULAS + len(TREND_LINES.columns) * pairs
    assert (found.differences, found.unsupported, len(found.values)) == (0, [], formulas)
    assert evaluation.result.tiers["own"] == formulas


def test_sales_are_not_read_for_formulas(lamp: Path) -> None:
    """No formula reads Sales, so an evaluation does not read it either."""
    host = Watched(lamp)
    recompute(host, TODAY, NOW)
    sales = host.last.evaluation.book.workbook.sheet("Sales")
    assert sales is not None
    assert isinstance(sales.columns, LazyColumns)
    assert not sales.columns.is_loaded
