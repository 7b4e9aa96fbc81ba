"""What the Python bodies do with blanks, texts, errors, columns and ranges (§17 to §21)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest

from restock import CATALOGUE
from restock.functions import CellError

TIER = CATALOGUE["RESTOCK_TIER"].python
COVER = CATALOGUE["RESTOCK_DAYS_OF_COVER"].python
BY_NEED = CATALOGUE["RESTOCK_COVER_BY_NEED"].python
DATED = CATALOGUE["RESTOCK_COVER_DATED"].python
ORDER_QTY = CATALOGUE["RESTOCK_ORDER_QTY"].python
NA = CellError("#N/A")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((None, 20), "NO DATA"),
        (("", 20), "NO DATA"),
        ((0, None), "RED"),
        ((280, None), "NO DATA"),
        ((280, 0), "NO SALES"),
        (("280", "020"), "YELLOW"),
        (("280.5", 20), "#VALUE!"),
        ((280, "20 pcs"), "#VALUE!"),
        ((280, -1), "#NUM!"),
        ((NA, "x"), "#N/A"),
        (("x", NA), "#VALUE!"),
        ((None, "x"), "#VALUE!"),
        ((0, "x"), "#VALUE!"),
        ((280, 20, 0), "#NUM!"),
        ((280, 20, None, "", 7), "YELLOW"),
        ((280, 20, 1, 3, 7, 15, "fr"), "#VALUE!"),
        ((280, 20, 1, 3, 7, 15, "ZH"), "黄"),
        ((True, True), "RED"),
        ((1e13, 20), "#NUM!"),
    ],
)
def test_tier_of_cells(arguments: tuple[Any, ...], expected: str) -> None:
    """The first bad argument decides the error; only then come the tests of §8."""
    assert TIER(*arguments) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (COVER(None, 20), "#N/A"),
        (COVER(280, None), "#N/A"),
        (COVER(0, None), 0.0),
        (CATALOGUE["RESTOCK_RUNOUT_DATE"].python(dt.date(2026, 12, 1), 280, 0), "#N/A"),
        (CATALOGUE["RESTOCK_RUNOUT_DATE"].python("2026-12-01", 280, 20), "#VALUE!"),
        (CATALOGUE["RESTOCK_RUNOUT_DATE"].python(dt.datetime(2026, 12, 1, 17), 280, 20), 46371.0),
        (CATALOGUE["RESTOCK_SAFETY_STOCK"].python(95, 20, 6, 9), "#NUM!"),
        (CATALOGUE["RESTOCK_SERVICE_LEVEL"].python(1000, 500, 2, 1), "#N/A"),
        (ORDER_QTY(0, 10, 0, 2.5), "#NUM!"),
        (ORDER_QTY(0, 10, 100, 24), 120.0),
        (CATALOGUE["RESTOCK_TIER_COLOR"].python("–"), "#VALUE!"),
        (CATALOGUE["RESTOCK_ACTION"].python("红", "zh"), "今天处理：调货或加急补货"),
        (CATALOGUE["RESTOCK_LIVE_STOCK"].python(1, 1, 0, 5), "#NUM!"),
    ],
)
def test_answers_to_odd_cells(found: Any, expected: Any) -> None:
    """Blanks, impossible questions and out-of-range numbers have their own answers (§17, §18)."""
    assert found == pytest.approx(expected) if isinstance(expected, float) else found == expected


def test_scalars_give_scalars() -> None:
    """One cell in, one plain value out."""
    assert type(COVER(280, 20)) is float
    assert type(TIER(280, 20)) is str
    assert type(TIER(280, "x")) is CellError


def test_columns_broadcast() -> None:
    """Columns, rows and single cells go together as in a spreadsheet; errors stay in their rows."""
    assert COVER([280, "x", None], 20).tolist() == [14.0, "#VALUE!", "#N/A"]
    assert COVER([[280], [140]], [[20, 10]]).tolist() == [[14.0, 28.0], [7.0, 14.0]]
    assert COVER(pd.Series([280, 140]), np.array([20, 10])).tolist() == [14.0, 14.0]
    assert COVER([[280], [140]], [20, 10]).tolist() == [[14.0], [14.0]]
    assert COVER([1, 2, 3], [1, 2]) == "#VALUE!"
    assert TIER([280, 28], 20, 1, 3, 7, 15, ["en", "zh"]).tolist() == ["YELLOW", "红"]


def test_numbers_stay_a_number_array() -> None:
    """Without errors a column of answers is an array of numbers."""
    assert COVER(np.array([280.0, 140.0]), 20.0).dtype == np.float64


def test_need_by_row_and_shared() -> None:
    """Needs are one row for all, or one row per row of stock; errors stay in their rows."""
    days = [[3, 7, 15]]
    shared = BY_NEED([[280], [None]], days, [[135, 215, 375]])
    assert shared.tolist() == [[10.25], ["#N/A"]]
    own = BY_NEED([280, 280, 280], days, [[135, 215, 375], [135, "x", 375], [135, NA, 375]])
    assert own.tolist() == [10.25, "#VALUE!", "#N/A"]
    assert BY_NEED(280, [[3], [7]], [[135], [215]]) == pytest.approx(10.25)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((280, [3, 7, 15], [135, 215]), "#VALUE!"),
        ((280, [3], [135]), "#VALUE!"),
        ((280, [3, 15, 7], [135, 215, 375]), "#NUM!"),
        ((280, [3, 7, 15], [135, 375, 215]), "#NUM!"),
        ((280, [3, 7, 15], [135, None, 375]), "#N/A"),
        ((0, [3, 7, 15], [135, None, 375]), 0.0),
        ((280, [3, 7, "15"], [135, 215, 375]), "#VALUE!"),
        ((280, [3, 7, 15], [-5, "x", NA]), "#N/A"),
        ((280, [3, 7, 15], [-5, "x", 1]), "#VALUE!"),
        ((280, [0, 7, 15], [1, 2, 3]), "#NUM!"),
    ],
)
def test_needs_that_make_no_curve(arguments: tuple[Any, ...], expected: Any) -> None:
    """A curve that has gaps, falls, or differs in length has no answer (§20)."""
    assert BY_NEED(*arguments) == expected


def test_dated_ranges() -> None:
    """Blank rows and rows before today are left out; shapes must be alike (§21)."""
    today = dt.date(2026, 11, 23)
    assert DATED(today, 280, 20, [[46352, "", 46300]], [[-75, 999, 999]]) == pytest.approx(10.25)
    assert DATED(today, [280, 40], 20, [46352], [-75]).tolist() == [10.25, 2.0]
    assert DATED(today, 280, 20, [46352], [-75, 5]) == "#VALUE!"
    assert DATED(today, 280, 20, [46352], ["75"]) == "#VALUE!"


def test_explain_speaks_both_languages() -> None:
    """The sentence shows the numbers that the answer rests on."""
    explain = CATALOGUE["RESTOCK_EXPLAIN"].python
    assert explain(280, 20, 1.5) == "280 available ÷ (20 a day × 1.5) = 9.3 days left"
    assert explain([280, 0, 5, None], [20, 1, 0, 1], 1, "zh").tolist() == [
        "280件可售 ÷ 20件/天 = 14天",
        "没有可售库存：可售0天",
        "5件可售，没有销量：卖不完",
        "请填可售库存和日均销量",
    ]


def test_cells_are_rows_of_plain_values() -> None:
    """A host gets rows of plain values, one row per cell of a column."""
    assert CATALOGUE["RESTOCK_DAYS_OF_COVER"].cells([[280], ["x"]], 20) == [[14.0], ["#VALUE!"]]
    assert CATALOGUE["RESTOCK_DAYS_OF_COVER"].cells(280, 20) == 14.0


def test_every_argument_as_rows_and_columns() -> None:
    """Excel hands every argument over as rows and columns, single cells too."""
    dated = CATALOGUE["RESTOCK_COVER_DATED"]
    assert dated.cells([[46349.0]], [[280.0]], [[20.0]], [[46352.0, None]], [[-75.0, None]]) == [[10.25]]
    by_need = CATALOGUE["RESTOCK_COVER_BY_NEED"]
    assert by_need.cells([[280.0]], [[3.0, 7.0, 15.0]], [[135.0, 215.0, 375.0]]) == [[10.25]]
    assert CATALOGUE["RESTOCK_TIER"].cells([[280.0]], [[20.0]], None, None, None, None, [["zh"]]) == [["黄"]]
    table = CATALOGUE["RESTOCK_FORECAST"].cells([[46348.0], [46349.0]], [[5.0], [6.0]], [[2.0]])
    assert [row[0] for row in table] == ["Date", 46350.0, 46351.0]


def test_wrong_number_of_arguments() -> None:
    """A programmer's mistake is a TypeError that shows the call."""
    with pytest.raises(TypeError, match=r"RESTOCK_DAYS_OF_COVER\(available, daily_demand"):
        COVER(1)
