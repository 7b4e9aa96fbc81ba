"""Stock: what is planned, what is not and why, totals, duplicates, folding, wide sheets (§2, §5, §10)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from restock.schema.sentences import problem_sentence
from restock.schema.tables import Tables
from restock.schema.validate import validate
from restock.text import Words

from .raw_books import raw_book, raw_table

TODAY = dt.date(2026, 11, 23)
STOCK = ["SKU*", "Warehouse", "On hand* (units)", "Reserved (units)", "Daily sales, typed", "Stock date"]
GOOD = ["GOOD", "US-LA", 5, None, 1, None]


def check(*rows: list[Any], language: str = "en", **tables: Any) -> Tables:
    return validate(raw_book(language, Stock=(STOCK, [GOOD, *rows]), **tables), TODAY)


def keys(tables: Tables) -> list[str]:
    return [problem.key.removeprefix("problem.") for problem in tables.problems]


ENGLISH = (
    'E47, daily sales of VASE-09 in JP-OSA: "1,5" is not a number. Type 1.5. '
    "This row is not planned until then."
)
CHINESE = "E47（VASE-09 JP-OSA 日均销量）：“1,5”不是数字，请填1.5。改好前这一行不参与计算。"


@pytest.mark.parametrize(
    ("language", "sheet", "sentence"),
    [
        pytest.param("en", "Stock", f"Stock!{ENGLISH}", id="english"),
        pytest.param("en", "My stock", f"'My stock'!{ENGLISH}", id="quoted-sheet"),
        pytest.param("zh", "库存", f"库存表{CHINESE}", id="chinese"),
        pytest.param("zh", "库存表", f"库存表{CHINESE}", id="sheet-named-table"),
    ],
)
def test_the_worked_sentence(language: str, sheet: str, sentence: str) -> None:
    """The data problem of the worked example reads as expected, with the sheet's real name."""
    rows = [GOOD, ["VASE-09", "JP-OSA", 3, None, "1,5", None]]
    book = raw_book(language, Stock=raw_table("Stock", STOCK, rows, sheet=sheet, header_row=45))
    tables = validate(book, TODAY)
    assert [problem_sentence(problem, Words(language, today=TODAY)) for problem in tables.problems] == [
        sentence
    ]
    assert tables.unplanned.values.tolist() == [["VASE-09", "JP-OSA", "E47", 0]]


@pytest.mark.parametrize(
    ("row", "cell", "key"),
    [
        pytest.param(["A", None, "x", None, 1, None], "C5", "not_number", id="on-hand"),
        pytest.param(["A", None, 1, -1, 1, None], "D5", "too_low", id="reserved"),
        pytest.param(["A", None, 1, None, -1, None], "E5", "too_low", id="daily-sales"),
        pytest.param(["A", None, 1, None, 1, "11/12/2026"], "F5", "date_two", id="stock-date"),
        pytest.param(
            ["A", None, 1, None, 1, dt.date(2026, 11, 24)], "F5", "stock_date_ahead", id="date-ahead"
        ),
        pytest.param([None, None, 1, None, None, None], "A5", "blank", id="blank-sku"),
        pytest.param([True, None, 1, None, None, None], "A5", "not_text", id="truth-as-sku"),
        pytest.param([5.77e17, None, 1, None, None, None], "A5", "shortened", id="shortened-sku"),
        pytest.param(["A", "#REF!", 1, None, None, None], "B5", "error_cell", id="warehouse"),
        pytest.param(["good ", "us-la", 9, None, 1, None], "A4", "stock_twice", id="twice"),
    ],
)
def test_a_bad_cell_keeps_only_its_row_from_being_planned(row: list[Any], cell: str, key: str) -> None:
    """One bad cell of Stock names its row as not planned and stops nothing else."""
    tables = check(row)
    assert key in keys(tables)
    assert tables.unplanned["cell"].tolist() == ([cell, "A5"] if key == "stock_twice" else [cell])
    assert tables.problems[tables.unplanned["problem"][0]].key == f"problem.{key}"
    assert len(tables.stock) == (0 if key == "stock_twice" else 1)


@pytest.mark.parametrize(
    ("row", "on_hand"),
    [
        pytest.param(["A", None, None, None, 1, None], None, id="blank-on-hand"),
        pytest.param(["A", None, -4, None, 1, None], -4.0, id="oversold"),
        pytest.param(["A", None, "12", None, None, TODAY], 12.0, id="digits-as-text"),
    ],
)
def test_rows_that_are_planned(row: list[Any], on_hand: float | None) -> None:
    """A blank quantity is no problem (§5), a negative one neither; blank reserved is 0."""
    tables = check(row)
    assert tables.problems == []
    planned = tables.stock.iloc[1]
    assert planned["on_hand"] == on_hand or (on_hand is None and planned["on_hand"] != planned["on_hand"])
    assert planned["reserved"] == 0.0


@pytest.mark.parametrize(("language", "name"), [("en", "Main"), ("zh", "主仓")])
def test_a_blank_warehouse_is_the_main_one(language: str, name: str) -> None:
    """Without a warehouse the row lies in Main, and the cell is remembered as blank."""
    stock = check(["A", None, 1, None, 1, None], language=language).stock
    assert stock[["warehouse", "typed_warehouse"]].values.tolist()[1] == [name, ""]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(["Total", None, 6, None, None, None], id="english"),
        pytest.param(["合 计：", None, 6, None, None, None], id="chinese"),
        pytest.param([None, "小计", 6, None, None, None], id="in-warehouse"),
        pytest.param([None, None, 6, None, None, None], id="sum-of-the-rows-above"),
    ],
)
def test_totals_are_skipped_with_a_note(row: list[Any]) -> None:
    """A row of totals is neither planned nor a problem, but it is said."""
    tables = check(["A", "US-LA", 1, None, 1, None], row)
    assert keys(tables) == ["total_row"]
    assert (len(tables.stock), len(tables.unplanned)) == (2, 0)


def test_a_blank_sku_with_another_number_is_no_total() -> None:
    """Without a SKU only the sum of the rows above is a total; any other number is a problem."""
    assert keys(check(["A", "US-LA", 1, None, 1, None], [None, None, 7, None, None, None])) == ["blank"]


def test_names_are_spelled_as_first_met_on_stock() -> None:
    """Other spellings join Stock's, cells are kept as typed, one note per table counts them (§10)."""
    tables = check(
        ["A-001", "us-la ", 1, None, 1, None],
        Inbound=(["sku", "warehouse", "ordered"], [["Ａ-001", "US-LA", 5], ["a-001 ", "US-LA", 6]]),
    )
    assert tables.stock["warehouse"].tolist() == ["US-LA", "US-LA"]
    assert tables.stock["typed_warehouse"].tolist() == ["US-LA", "us-la "]
    assert tables.inbound["sku"].tolist() == ["A-001", "A-001"]
    notes = [problem for problem in tables.problems if problem.key == "problem.folded"]
    assert [(note.table, note.cell, note.params["count"]) for note in notes] == [
        ("Stock", "B5", 1),
        ("Inbound", "A4", 2),
    ]
    assert '"Ａ-001", "a-001 " was read as A-001' in problem_sentence(notes[1], Words())


def test_numeric_skus_are_read_as_excel_shows_them() -> None:
    """123 and "123" are one SKU, "00123" is another (§10)."""
    tables = check([123, None, 1, None, 1, None], ["00123", None, 1, None, 1, None])
    assert tables.stock["sku"].tolist() == ["GOOD", "123", "00123"]
    assert "folded" not in keys(tables)


WIDE = ["SKU", "Name", "US-LA", "JP-OSA", "Unit cost", "Daily sales, typed", "Total"]
WIDE_ROWS = [
    ["A", "Lamp", 5, None, 2.5, 3, 5],
    ["B", "Vase", "1,5", 7, 3.5, None, 8],
    ["Total", None, 6, 7, None, None, 13],
]


def wide(rows: list[list[Any]], **tables: Any) -> Tables:
    return validate(raw_book(Stock=raw_table("Stock", WIDE, rows, found_by="wide"), **tables), TODAY)


def test_wide_stock_becomes_a_row_per_warehouse() -> None:
    """Columns of numbers name warehouses, blank cells no row, references stay those of the real cells."""
    tables = wide(WIDE_ROWS)
    assert tables.stock[["sku", "warehouse", "on_hand", "row"]].values.tolist() == [
        ["A", "US-LA", 5.0, 4], ["B", "JP-OSA", 7.0, 5],
    ]  # fmt: skip
    assert tables.unplanned[["sku", "warehouse", "cell"]].values.tolist() == [["B", "US-LA", "C5"]]
    assert sorted(keys(tables)) == ["no_demand", "number_one", "total_row", "wide_ignored"]


def test_wide_stock_takes_only_the_warehouses_that_are_listed() -> None:
    """Where Warehouses lists some of the headers, the other columns are left alone."""
    tables = wide(WIDE_ROWS, Warehouses=(["warehouse"], [["jp-osa"]]))
    assert tables.stock[["sku", "warehouse"]].values.tolist() == [["B", "jp-osa"]]
    assert tables.stock["typed_warehouse"].tolist() == ["JP-OSA"]


def test_wide_stock_with_one_warehouse_keeps_daily_sales() -> None:
    """Typed daily sales cannot be split over several warehouses, but count where there is one."""
    tables = wide(WIDE_ROWS, Warehouses=(["warehouse"], [["US-LA"]]))
    assert tables.stock["daily_sales"].tolist() == [3.0]
    assert "wide_ignored" not in keys(tables)
