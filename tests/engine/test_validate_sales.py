"""Sales: read in bulk or cell by cell with one result, a million rows at a time (§3, §4, §10)."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restock.schema.problem_log import LISTED
from restock.schema.raw import CellError, RawColumn, RawTable
from restock.schema.sentences import problem_sentence
from restock.schema.tables import Tables
from restock.schema.validate import validate
from restock.text import Words

from .raw_books import bulk_table, raw_book, raw_table

TODAY = dt.date(2026, 11, 23)
DAY = dt.date(2026, 11, 1)
SALES = ["Date*", "SKU*", "Warehouse", "Quantity* (units)", "In stock?"]
ONE_PLACE = (["sku", "warehouse", "on_hand"], [["A-001", "US-LA", 5], ["123", "US-LA", 5]])
TWO_PLACES = (["sku", "warehouse", "on_hand"], [["A-001", "US-LA", 5], ["A-001", "JP-OSA", 5]])


def check(*rows: list[Any], stock: Any = ONE_PLACE, make: Any = raw_table, **tables: Any) -> Tables:
    return validate(raw_book(Stock=stock, Sales=make("Sales", SALES, rows), **tables), TODAY)


def keys(tables: Tables) -> list[str]:
    return [
        problem.key.removeprefix("problem.")
        for problem in tables.problems
        if problem.key != "problem.no_demand"
    ]


CELLS = (
    st.sampled_from(
        [DAY, dt.date(2026, 11, 22), TODAY, "2026-11-02", "11/12/2026", 20261101, "合计", None, True, "#N/A"]
    ),
    st.sampled_from(["A-001", " a-001", "ZZ", "zz", 123, "Total", None, "", 5.77e17, False, "#REF!"]),
    st.sampled_from(["US-LA", "us-la", "MARS", None, "#N/A", 7]),
    st.sampled_from([1, 2.5, -1, None, "3", "2.5", "1,5", "12 pcs", True, "#DIV/0!"]),
    st.sampled_from([None, "no", "是", "perhaps", True, False, 0, "#N/A"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(*CELLS), max_size=30), st.sampled_from([ONE_PLACE, TWO_PLACES]))
def test_bulk_and_cell_by_cell_reading_give_the_same(rows: list[tuple[Any, ...]], stock: Any) -> None:
    """The same sheet gives the same sales and the same problems, whichever way it was read."""
    cells, bulk = (check(*map(list, rows), stock=stock, make=make) for make in (raw_table, bulk_table))
    pd.testing.assert_frame_equal(cells.sales, bulk.sales)
    assert cells.problems == bulk.problems


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(*CELLS), max_size=15), st.randoms(use_true_random=False))
def test_shuffled_sales_are_the_same_sales(rows: list[tuple[Any, ...]], random: Any) -> None:
    """The order of rows changes neither which sales count nor how many problems there are (§16)."""
    shuffled = random.sample(rows, len(rows))
    first, second = (check(*map(list, part)).sales for part in (rows, shuffled))
    columns = ["date", "qty", "in_stock"]
    names = [frame["sku"].astype("str").str.casefold() for frame in (first, second)]
    listed = [
        sorted(zip(*(frame[c] for c in columns), name, strict=True))
        for frame, name in zip((first, second), names, strict=True)
    ]
    assert listed[0] == listed[1]


@pytest.mark.parametrize("make", [raw_table, bulk_table])
@pytest.mark.parametrize(
    ("row", "key", "cell"),
    [
        pytest.param([None, "A-001", None, 1, None], "blank", "A5", id="blank-date"),
        pytest.param([DAY, None, None, 1, None], "blank", "B5", id="blank-sku"),
        pytest.param([DAY, "A-001", None, None, None], "blank", "D5", id="blank-qty"),
        pytest.param(["11/12/2026", "A-001", None, 1, None], "date_two", "A5", id="text-date"),
        pytest.param([DAY, "A-001", None, "1,5", None], "number_one", "D5", id="comma"),
        pytest.param([DAY, "A-001", "#N/A", 1, None], "error_cell", "C5", id="warehouse-error"),
        pytest.param([DAY, "合计", None, 9, None], "total_row", "B5", id="total"),
        pytest.param(["Total", None, None, 9, None], "total_row", "A5", id="total-in-date"),
    ],
)
def test_rows_that_are_left_out(make: Any, row: list[Any], key: str, cell: str) -> None:
    """A row without a usable date, SKU or quantity is left out and named; the next row counts."""
    tables = check([DAY, "A-001", "US-LA", 1, None], row, [DAY, 123, "US-LA", 2, None], make=make)
    assert [(problem.key, problem.cell) for problem in tables.problems] == [(f"problem.{key}", cell)]
    assert tables.sales["sku"].tolist() == ["A-001", "123"]


@pytest.mark.parametrize("make", [raw_table, bulk_table])
def test_blank_rows_are_skipped_and_text_with_a_point_is_a_number(make: Any) -> None:
    """In Sales text with a decimal point is that number (§4); in stock is yes unless typed no."""
    tables = check(
        [DAY, "A-001", None, "2.5", "no"], [None] * 5, ["2026-11-02", "A-001", None, "3", None], make=make
    )
    assert keys(tables) == []
    assert tables.sales["qty"].tolist() == [2.5, 3.0]
    assert tables.sales["in_stock"].tolist() == [False, True]
    assert tables.sales["warehouse"].tolist() == ["US-LA", "US-LA"]


def test_sales_of_today_or_later_are_counted_in_one_note() -> None:
    """Future sales stay in the table for the history to leave out, and one note counts them (§3)."""
    tables = check(
        [DAY, "A-001", None, 1, None],
        [TODAY, "A-001", None, 1, None],
        [dt.date(2027, 1, 1), "A-001", None, 1, None],
    )
    assert [(problem.key, problem.cell, problem.params["count"]) for problem in tables.problems] == [
        ("problem.sales_ahead", "A5", 2)
    ]
    assert len(tables.sales) == 3


def test_unknown_skus_are_counted_with_their_units() -> None:
    """SKUs that are neither on Stock nor a bundle are one note with count, units and examples."""
    tables = check(
        [DAY, "ZZ", None, 4, None], [DAY, "SET", None, 1, None], [DAY, "YY", None, 2, None],
        Bundles=(["bundle", "sku", "qty"], [["SET", "A-001", 2]]),
    )  # fmt: skip
    assert [problem_sentence(problem, Words()) for problem in tables.problems] == [
        "Sales: SKUs that are not on Stock: 2 (ZZ, YY), the first is B4; units sold: 6. "
        "Add them to Stock, or correct the spelling."
    ]


@pytest.mark.parametrize(
    ("typed", "left", "expected"),
    [
        pytest.param(None, 1, ["sales_without_warehouse"], id="nothing-in-settings"),
        pytest.param("jp-osa", 3, ["folded"], id="typed"),
        pytest.param("MARS", 1, ["sales_without_warehouse", "setting_warehouse"], id="not-on-stock"),
    ],
)
def test_sales_without_a_warehouse_need_a_setting(typed: str | None, left: int, expected: list[str]) -> None:
    """With several warehouses, sales that name none belong to that of Settings, else are left out."""
    rows = [[DAY, "A-001", None, 1, None], [DAY, "A-001", "US-LA", 1, None], [DAY, "A-001", None, 1, None]]
    tables = check(*rows, stock=TWO_PLACES, Settings=(["setting", "value"], [["default_warehouse", typed]]))
    assert (len(tables.sales), keys(tables)) == (left, expected)
    if left == 1:
        assert tables.problems[-len(expected)].params["count"] == 2


@pytest.mark.parametrize("make", [raw_table, bulk_table])
def test_many_of_a_kind_are_listed_and_counted(make: Any) -> None:
    """Of 100 blank quantities 20 are listed and the rest counted in one problem."""
    tables = check(*[[DAY, "A-001", None, None, None]] * 100, [DAY, "A-001", None, 1, None], make=make)
    assert keys(tables) == ["blank"] * LISTED + ["more"]
    assert tables.problems[-1].params["count"] == 80


def test_categories_stand_in_code_point_order() -> None:
    """The categories hold the names that occur, sorted, whatever the order of rows (§16)."""
    tables = check([DAY, "ZZ", "US-LA", 1, None], [DAY, "A-001", "US-LA", 1, None])
    assert tables.sales["sku"].cat.categories.tolist() == ["A-001", "ZZ"]


def test_a_million_rows_take_a_fraction_of_a_second() -> None:
    """Nothing loops over rows: a million are checked in well under 0.3 CPU seconds."""
    count, random = 1_000_000, np.random.default_rng(1)
    skus = [f"sku-{place}" for place in range(1500)]
    codes = random.integers(0, len(skus), count).astype(np.int16)
    days = float((TODAY - dt.date(1970, 1, 1)).days) - random.integers(1, 700, count)
    columns = (
        RawColumn("date", "A", days),
        RawColumn("sku", "B", pd.Categorical.from_codes(codes, categories=skus)),
        RawColumn("qty", "C", random.integers(1, 5, count).astype(float), {7: "2.5", 8: CellError("#N/A")}),
    )
    sales = RawTable("Sales", "Sales", 1, np.arange(2, count + 2), columns)
    stock = (["sku", "on_hand"], [[sku.upper(), 5] for sku in skus])
    began = time.process_time()
    tables = validate(raw_book(Stock=stock, Sales=sales), TODAY)
    assert time.process_time() - began < 0.6  # twice the budget: two cores are shared with other work
    assert (len(tables.sales), tables.sales["qty"].iloc[7]) == (count - 1, 2.5)
