"""The Accuracy sheet: how far off forecasts were, in a book's own cells."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from restock.functions.lambda_names import lambda_names
from restock_xl.package.book import Book
from restock_xl.sheets.model import CellModel, SheetModel
from restock_xl.sheets.new_book import book_models
from restock_xl.sheets.render import render

from .books import LAMP, TODAY, make, press, sheet_rows, type_cells

SHEETS = {"en": "Accuracy", "zh": "预测准确度"}


def _sold(sku: str, units: int, days: int) -> list[dict[str, Any]]:
    return [{"date": TODAY - dt.timedelta(back), "sku": sku, "qty": units + back % 3} for back in range(1, days + 1)]


def _data(days: int) -> dict[str, Any]:
    return {
        "Stock": [{"sku": "LAMP-03", "on_hand": 280}, {"sku": "MUG-11", "on_hand": 30}],
        "Catalog": [{"sku": "LAMP-03", "name": "Lamp"}, {"sku": "MUG-11", "name": "Mug"}],
        "Sales": _sold("LAMP-03", 8, days) + _sold("MUG-11", 2, days),
    }


@pytest.fixture
def sold(tmp_path: Path) -> Path:
    return make(tmp_path / "sold.xlsx", data=_data(100))


def _state(path: Path, sheet: str) -> str:
    return str(openpyxl.load_workbook(path)[sheet].sheet_state)


def test_rows_appear_and_the_sheet_is_shown(sold: Path) -> None:
    """All, the classes and the pairs stand in this order, with names, shares and a sentence each."""
    assert _state(sold, "Accuracy") == "hidden"
    press(sold)
    assert _state(sold, "Accuracy") == "visible"
    rows = sheet_rows(sold, "Accuracy")
    assert [row["SKU"] for row in rows] == ["All", "All: profit", "LAMP-03", "MUG-11"]
    assert [row["Fortnights compared"] for row in rows] == [8, 8, 4, 4]
    lamp = rows[2]
    assert (lamp["Warehouse"], lamp["Name"], lamp["Class"]) == ("Main", "Lamp", "profit")
    assert 0 <= lamp["Off by (% of sales)"] < 0.05
    assert lamp["Not running out: wanted (% of fortnights)"] == 0.95
    assert all(row["What it means"].startswith("In the last 8 weeks the forecast was") for row in rows)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_pressing_again_changes_nothing(tmp_path: Path, language: str) -> None:
    """A second press on the same data writes nothing, nor does one after a week's press."""
    path = make(tmp_path / "book.xlsx", language, _data(100))
    for today in (TODAY - dt.timedelta(9), TODAY):
        assert press(path, today).changed
        before = path.read_bytes()
        assert not press(path, today).changed
        assert path.read_bytes() == before
    last = openpyxl.load_workbook(path)[SHEETS[language]]
    assert last.cell(row=6, column=last.max_column).value is not None


def test_what_an_earlier_press_planned_stands_beside_what_was_sold(sold: Path) -> None:
    """Ten days after a press each pair says what was planned and what was sold since."""
    press(sold, TODAY - dt.timedelta(10))
    assert {row["Forecast of an earlier press"] for row in sheet_rows(sold, "Accuracy")} == {None}
    press(sold)
    row = sheet_rows(sold, "Accuracy")[2]
    assert row["Forecast of an earlier press"].startswith("Since 13 Nov: ")
    assert row["Forecast of an earlier press"].endswith(" sold (10 days).")


def test_too_little_history_is_said(tmp_path: Path) -> None:
    """With a month of sales the one row says that nothing can be said yet."""
    path = make(tmp_path / "book.xlsx", data=_data(30))
    press(path)
    (row,) = sheet_rows(path, "Accuracy")
    assert row["What it means"] == "Too little history: 30 days of sales, 56 are needed. Nothing can be said yet."
    assert row["Off by (% of sales)"] is None


def test_a_book_without_sales_says_so_and_keeps_the_sheet_hidden(tmp_path: Path) -> None:
    """Typed daily sales leave nothing to compare: the sheet is there, hidden, empty, and says why."""
    path = make(tmp_path / "book.xlsx", data=LAMP)
    press(path)
    assert _state(path, "Accuracy") == "hidden"
    assert sheet_rows(path, "Accuracy") == []
    sheet = openpyxl.load_workbook(path)["Accuracy"]
    assert sheet["D1"].value.startswith("No sales history yet")
    assert not press(path).changed


def test_chinese_book_speaks_chinese(tmp_path: Path) -> None:
    """Tab, headers, labels and sentences of a Chinese book are Chinese."""
    path = make(tmp_path / "book.xlsx", "zh", _data(100))
    press(path)
    rows = sheet_rows(path, "预测准确度")
    assert [row["货号 SKU"] for row in rows] == ["全部", "全部利润款", "LAMP-03", "MUG-11"]
    assert rows[0]["结论"].startswith("近8周")


def test_a_book_of_an_older_version_gets_the_table_on_its_waiting_sheet(tmp_path: Path) -> None:
    """Where the sheet only said that it waits, the table takes its place under the same name."""
    path = tmp_path / "old.xlsx"
    cells = (CellModel(0, 0, "Accuracy", "title"), CellModel(2, 0, "Not yet.", "wrap"))
    waiting = SheetModel("Accuracy", "Accuracy", cells, widths=(96.0,), hidden=True)
    models = [waiting if model.key == "Accuracy" else model for model in book_models("en", _data(100))]
    render(models, path, active=models[0].name, names=[(name.name, name.text) for name in lambda_names()])
    press(path)
    book = Book(path)
    assert [name for name in book.sheet_names if name.startswith("Accuracy")] == ["Accuracy"]
    assert [table.sheet for table in book.tables() if table.name == "Accuracy"] == ["Accuracy"]
    assert len(sheet_rows(path, "Accuracy")) == 4
    assert not press(path).changed


def test_a_sheet_of_the_users_own_name_is_left_alone(tmp_path: Path) -> None:
    """A tab called Accuracy that people made themselves keeps its cells; ours takes another name."""
    path = make(tmp_path / "book.xlsx", data=_data(100))
    book = openpyxl.load_workbook(path)
    del book["Accuracy"]
    book.create_sheet("Accuracy")["A1"] = "mine"
    book.save(path)
    press(path)
    assert openpyxl.load_workbook(path)["Accuracy"]["A1"].value == "mine"
    assert any(table.name == "Accuracy" and table.sheet != "Accuracy" for table in Book(path).tables())
    type_cells(path, "Accuracy", {"A2": "still mine"})
    press(path)
    assert openpyxl.load_workbook(path)["Accuracy"]["A2"].value == "still mine"
