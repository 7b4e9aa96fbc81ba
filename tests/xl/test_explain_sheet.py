"""The sheet Explain: formulas that say what the plan says, in every program, for whichever pair is chosen."""

from __future__ import annotations

import datetime as dt
import math
import re
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from restock.plan import Plan
from restock.replenish.explain import LINES, explain
from restock.schema.words import word
from restock.text import Words, say
from restock_xl.demo.build import TODAY as DEMO_DAY
from restock_xl.demo.build import build_demo
from restock_xl.explanation import step_sentence
from restock_xl.recalculation import recalculate
from restock_xl.sheets.explain_sheet import step_rows

from .books import LAMP, NOW, TODAY, make, press, recalculated, sheet_rows, type_cells
from .test_odd_cells import ODD, REST

SHEET = {"en": "Explain", "zh": "算法说明"}
BOOKS: dict[str, Any] = {"lamp": LAMP, "odd": {"Stock": ODD, **REST}}
PLAIN_ROWS = (" Spaced ", "Spaced", "a~bXc?", "00123", "COMMA", "TWICE", "twice", "BLANK-ALL", "中文货号")
"""Rows of the odd book that say nothing that others do not."""


def shown(path: Path, language: str = "en") -> dict[str, tuple[Any, Any]]:
    """Value and sentence of each step as a teammate's program shows them."""
    sheet = openpyxl.load_workbook(path, data_only=True)[SHEET[language]]
    return {name: (sheet.cell(row + 1, 2).value, sheet.cell(row + 1, 4).value) for name, row in step_rows().items()}


def choose(path: Path, sku: Any, warehouse: Any, language: str = "en", day: dt.date = TODAY) -> None:
    """Choose a pair and let the book be calculated, not recomputed."""
    type_cells(path, SHEET[language], {"B3": sku, "B4": warehouse})
    recalculate(path, day, write=True)


def differences(plan: Plan, row: dict[str, Any], found: dict[str, tuple[Any, Any]], words: Words) -> list[Any]:
    """Steps on which the plan and the sheet do not say the same."""
    wrong = []
    for step in explain(plan, row["sku"], row["warehouse"]):
        value, sentence = found[step.line.name]
        expected = word(step.line.choices, step.value, words.language) if step.line.choices else step.value
        if not _alike(expected, value):
            wrong.append((step.line.name, expected, value))
        if _plain(step_sentence(step, words)) != _plain(sentence or ""):
            wrong.append((step.line.name, step_sentence(step, words), sentence))
    return wrong


def _alike(expected: Any, value: Any) -> bool:
    if expected is None or value is None:
        return expected is None and value is None
    if isinstance(expected, pd.Timestamp):
        return bool(expected == value)
    if isinstance(expected, str):
        return bool(expected == value)
    return math.isclose(float(expected), float(value), rel_tol=1e-9, abs_tol=1e-9)


_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?")


def _plain(sentence: str) -> str:
    """A sentence with its numbers written one way: without separators of thousands, a half rounded either way."""
    return _NUMBER.sub(lambda found: f"{math.floor(float(found[0].replace(',', '')) * 10 + 1e-6) / 10:.1f}", sentence)


@pytest.mark.parametrize(("book", "language"), [("lamp", "en"), ("lamp", "zh"), ("odd", "en")])
def test_the_sheet_says_what_the_plan_says(tmp_path: Path, book: str, language: str) -> None:
    """For every planned pair each value and sentence of the sheet is that of `explain`."""
    path = make(tmp_path / "book.xlsx", language, BOOKS[book])
    outcome = press(path)
    wrong = {}
    for row in outcome.plan.rows:
        if row["typed_sku"] in PLAIN_ROWS:
            continue
        choose(path, row["typed_sku"], row["typed_warehouse"], language)
        found = differences(outcome.plan, row, shown(path, language), outcome.words)
        if found:
            wrong[row["sku"], row["warehouse"]] = found
    assert wrong == {}


@pytest.mark.parametrize("language", ["zh"])  # the small books above are read in both
def test_the_demo(tmp_path: Path, language: str) -> None:
    """Real sales and forecasts, pairs of three tiers: the sheet says what the plan says; calc finds no difference."""
    path = tmp_path / "demo.xlsx"
    build_demo(path, language)
    outcome = press(path, DEMO_DAY)
    assert recalculate(path, DEMO_DAY).differences == 0
    for row in outcome.plan.view.drop_duplicates("tier").head(3).to_dict("records"):
        choose(path, row["typed_sku"], row["typed_warehouse"], language, DEMO_DAY)
        assert differences(outcome.plan, row, shown(path, language), outcome.words) == []


@pytest.mark.parametrize(("sku", "language"), [("FORECAST", "en"), ("SHOWN", "zh"), ("NO-SUCH", "en")])
def test_libreoffice_agrees(tmp_path: Path, sku: str, language: str) -> None:
    """A real spreadsheet program computes the same values and sentences from nothing."""
    path = make(tmp_path / "odd.xlsx", language, BOOKS["odd"])
    press(path)
    choose(path, sku, "US", language)
    here, there = shown(path, language), shown(recalculated(path, tmp_path), language)
    different = {name: (here[name], there[name]) for name in here if not _same_cells(here[name], there[name])}
    assert different == {}


def _same_cells(first: tuple[Any, Any], second: tuple[Any, Any]) -> bool:
    for one, other in zip(first, second, strict=True):
        blank = one in (None, "") and other in (None, "")
        numbers = isinstance(one, int | float) and isinstance(other, int | float)
        if not (blank or (math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9) if numbers else one == other)):
            return False
    return True


def test_the_first_alert_is_chosen_at_first(tmp_path: Path) -> None:
    """The sheet opens with the most expensive pair, shown and in its place, and offers every SKU and warehouse once."""
    path = make(tmp_path / "lamp.xlsx", data=LAMP)
    outcome = press(path)
    book = openpyxl.load_workbook(path)
    sheet, alert = book["Explain"], outcome.plan.alerts.iloc[0]
    assert (sheet["B3"].value, sheet["B4"].value) == (alert["sku"], alert["warehouse"])
    assert sheet.sheet_state == "visible"
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert set(rules) == {"B3", "B4"}
    offered = {cell: [row[0].value for row in sheet[area.replace("$", "")]] for cell, area in rules.items()}
    assert offered["B3"] == sorted({row["sku"] for row in LAMP["Stock"]})
    assert offered["B4"] == ["DE-HAM", "US-LA"]


def test_what_was_chosen_survives_the_next_press(tmp_path: Path) -> None:
    """A pair typed on the sheet stays there, and choosing it is no reason to write the book again."""
    path = make(tmp_path / "lamp.xlsx", data=LAMP)
    press(path)
    choose(path, "LAMP-03", "US-LA")
    assert not press(path, now=NOW + dt.timedelta(minutes=1)).changed
    press(path, TODAY + dt.timedelta(days=1), now=NOW + dt.timedelta(minutes=2))
    sheet = openpyxl.load_workbook(path, data_only=True)["Explain"]
    assert (sheet["B3"].value, sheet["B4"].value, sheet["A5"].value) == ("LAMP-03", "US-LA", "LAMP-03, US-LA · Lamp")


def test_pressing_twice_writes_once(tmp_path: Path) -> None:
    """A second press finds the formulas as they are."""
    path = make(tmp_path / "lamp.xlsx", data=LAMP)
    press(path)
    before = path.read_bytes()
    assert not press(path, now=NOW + dt.timedelta(minutes=1)).changed
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("sku", "warehouse", "key"),
    [("NO-SUCH", "US-LA", "explain.unknown"), ("LAMP-03", "JP-OSA", "explain.unknown"), (None, None, "explain.choose"),
     ("LAMP-03", None, "explain.unknown")],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_unknown_pair_is_a_plain_sentence(
    tmp_path: Path, sku: str | None, warehouse: str | None, key: str, language: str
) -> None:
    """What is not in the book leaves every value blank; no cell shows an error."""
    path = make(tmp_path / "lamp.xlsx", language, LAMP)
    press(path)
    choose(path, sku, warehouse, language)
    sheet = openpyxl.load_workbook(path, data_only=True)[SHEET[language]]
    assert sheet["A5"].value == say(key, Words(language))
    assert all(value in (None, "") and sentence in (None, "") for value, sentence in shown(path, language).values())


def test_stock_typed_after_the_press_is_followed(tmp_path: Path) -> None:
    """Explain reads Stock's own cells: what is typed there changes both sheets alike, without a press."""
    path = make(tmp_path / "lamp.xlsx", data=LAMP)
    press(path)
    type_cells(path, "Stock", {"C4": 100, "E4": 10})
    choose(path, "LAMP-03", "US-LA")
    found, stock = shown(path), sheet_rows(path, "Stock")[0]
    # 10 × 3 = 30, 10 × 7 + 75 = 145: 3 + 4 × 70 ÷ 115 = 5.43
    assert found["cover"][0] == pytest.approx(3 + 4 * 70 / 115)
    assert found["cover"][1] == "3 + (7 − 3) × (100 − 30) ÷ (145 − 30)."
    assert found["tier"][0] == stock["Tier"] == "ORANGE"
    assert found["since"] == (None, "The tier has changed since the last press.")
    for name, header in (("days_left", "Days left"), ("available", "Available (units)"), ("daily", "Daily sales used"),
                         ("position", "Stock + on the way")):  # fmt: skip
        assert found[name][0] == stock[header], name


def test_a_book_in_another_language_than_its_stock(tmp_path: Path) -> None:
    """Where Settings ask for Chinese in an English book, the tier is named in Chinese on this sheet."""
    path = make(tmp_path / "lamp.xlsx", data=LAMP)
    sheet = openpyxl.load_workbook(path)["Settings"]
    cell = next(row[1].coordinate for row in sheet.iter_rows() if row[0].value == "Language")
    type_cells(path, "Settings", {cell: "Chinese"})
    outcome = press(path)
    choose(path, "LAMP-03", "US-LA")
    row = next(row for row in outcome.plan.rows if row["sku"] == "LAMP-03")
    assert outcome.words.language == "zh"
    assert differences(outcome.plan, row, shown(path), outcome.words) == []


def test_a_stock_table_of_ones_own(tmp_path: Path) -> None:
    """Where Stock lacks our columns the numbers are those of Forecast."""
    import xlsxwriter

    path = tmp_path / "own.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Mine")
        for row, cells in enumerate([["SKU", "Warehouse", "On hand", "Daily sales"], ["A", "US", 30, 20]]):
            sheet.write_row(row, 0, cells)
    outcome = press(path)
    assert differences(outcome.plan, next(iter(outcome.plan.rows)), shown(path), outcome.words) == []
    assert shown(path)["cover"] == (1.5, "0 + (3 − 0) × (30 − 0) ÷ (60 − 0).")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_new_book_says_what_to_press(tmp_path: Path, language: str) -> None:
    """Before the first press the sheet says so and holds no formula."""
    sheet = openpyxl.load_workbook(make(tmp_path / "new.xlsx", language))[SHEET[language]]
    assert sheet["A3"].value == say("explain.empty", Words(language))
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_formulas_are_short_and_plain(tmp_path: Path) -> None:
    """Every formula fits a cell, quotes no text above 255 characters, and calls what Excel 2007 had."""
    path = make(tmp_path / "lamp.xlsx", data=LAMP)
    press(path)
    texts = [cell.value for row in openpyxl.load_workbook(path)["Explain"].iter_rows() for cell in row
             if cell.data_type == "f"]  # fmt: skip
    assert len(texts) > 2 * len(LINES)
    assert max(map(len, texts)) < 8192
    assert max(len(quoted) for text in texts for quoted in re.findall(r'"((?:[^"]|"")*)"', text)) <= 255
    called = {name for text in texts for name in re.findall(r"([A-Z][A-Z0-9.]*)\(", re.sub(r'"[^"]*"', "", text))}
    assert called <= {"IF", "IFERROR", "INDEX", "MATCH", "SUBSTITUTE", "ROUND", "ABS", "INT", "LOG10", "OR", "N",
                      "ISNUMBER", "MIN", "SUMPRODUCT", "MID", "NA", "VALUE"}  # fmt: skip
