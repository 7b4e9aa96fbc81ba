"""Cells as people really leave them: the formulas, the plan and LibreOffice still agree on every row."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from .books import TODAY, make, press, recalculated, sheet_rows, type_cells
from .test_recompute import _alike

YESTERDAY = TODAY - dt.timedelta(days=1)
ODD: list[dict[str, Any]] = [
    {"sku": " Spaced ", "warehouse": "US", "on_hand": 100, "daily_sales": 4},
    {"sku": "a~b*c?", "warehouse": "US", "on_hand": 100, "daily_sales": 4},
    {"sku": "a~bXc?", "warehouse": "US", "on_hand": 7, "daily_sales": 4},
    {"sku": 123, "warehouse": "US", "on_hand": 55, "daily_sales": 4},
    {"sku": "00123", "warehouse": "US", "on_hand": 44, "daily_sales": 4},
    {"sku": "TEXT-NUMBER", "warehouse": "US", "on_hand": "120", "reserved": "20", "daily_sales": "10"},
    {"sku": "COMMA", "warehouse": "US", "on_hand": 10, "daily_sales": "1,5"},
    {"sku": "DECIMAL-TEXT", "warehouse": "US", "on_hand": "12.5", "daily_sales": 1},
    {"sku": "DATE-LIKE", "warehouse": "US", "on_hand": "11/12", "daily_sales": 1},
    {"sku": "NEGATIVE", "warehouse": "US", "on_hand": -5, "daily_sales": 1},
    {"sku": "NEG-SALES", "warehouse": "US", "on_hand": 5, "daily_sales": -1},
    {"sku": "NEG-RESERVED", "warehouse": "US", "on_hand": 5, "reserved": -1, "daily_sales": 1},
    {"sku": "TWICE", "warehouse": "US", "on_hand": 5, "daily_sales": 1},
    {"sku": "twice", "warehouse": "us", "on_hand": 6, "daily_sales": 1},
    {"sku": "NO-WAREHOUSE", "on_hand": 60, "daily_sales": 4},
    {"sku": "DATED", "warehouse": "US", "on_hand": 60, "daily_sales": 4, "stock_date": YESTERDAY},
    {"sku": "BLANK-ALL", "warehouse": "US"},
    {"sku": "FRACTION", "warehouse": "US", "on_hand": 0.1 + 0.2, "daily_sales": 0.1},
    {"sku": "HUGE", "warehouse": "US", "on_hand": 1e12, "daily_sales": 1e-6},
    {"sku": "GONE", "warehouse": "US", "on_hand": 0, "daily_sales": 1},
    {"sku": "FORECAST", "warehouse": "US", "on_hand": 150},
    {"sku": "SHOWN", "warehouse": "US", "on_hand": 90, "daily_sales": 5},
    {"sku": "中文货号", "warehouse": "US", "on_hand": 33, "daily_sales": 2},
]
REST = {
    "Catalog": [
        {"sku": "GONE", "name": "Gone", "status": "discontinued"},
        {"sku": "spaced", "name": "A space", "cost": 1, "price": 3},
        {"sku": "COMMA", "name": "Comma"},
    ],
    "Sales": [
        {"date": TODAY - dt.timedelta(days=k), "sku": sku, "warehouse": "US", "qty": 3 + k % 7}
        for k in range(1, 90)
        for sku in ("FORECAST", "DATED")
    ],
    "Livestreams": [
        {"show": "S", "start": TODAY + dt.timedelta(days=2), "sku": sku, "warehouse": "US", "planned_units": 40}
        for sku in ("SHOWN", "FORECAST")
    ],
    "Inbound": [
        {"document": "P1", "sku": "FORECAST", "warehouse": "US", "ordered": 90,
         "sellable_on": TODAY + dt.timedelta(days=9)},
        {"document": "P2", "sku": "FORECAST", "warehouse": "US", "ordered": 50, "received": 50, "received_on": TODAY,
         "state": "received"},
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
def test_formulas_agree_with_the_plan(tmp_path: Path, language: str) -> None:
    """Text numbers, wildcards, folded names, duplicates and fractions show the same before and after recalculation."""
    path = make(tmp_path / "odd.xlsx", language, {"Stock": ODD, **REST})
    press(path)
    sheet = "Stock" if language == "en" else "库存"
    shown = sheet_rows(path, sheet)[: len(ODD)]
    computed = sheet_rows(recalculated(path, tmp_path), sheet)[: len(ODD)]
    different = [
        (row["SKU*" if language == "en" else "货号 SKU*"], header, value, other[header])
        for row, other in zip(shown, computed, strict=True)
        for header, value in row.items()
        if not _alike(value, other[header])
    ]
    assert different == []


def test_unreadable_rows_show_no_data(tmp_path: Path) -> None:
    """A row that the plan cannot read is never green in the cells."""
    path = make(tmp_path / "odd.xlsx", data={"Stock": ODD, **REST})
    press(path)
    tiers = {row["SKU*"]: row["Tier"] for row in sheet_rows(path, "Stock")[: len(ODD)]}
    for sku in ("COMMA", "DECIMAL-TEXT", "DATE-LIKE", "NEG-SALES", "NEG-RESERVED", "BLANK-ALL"):
        assert tiers[sku] == "NO DATA", sku
    assert tiers["NEGATIVE"] == "RED"
    assert tiers["GONE"] == "–"
    assert tiers["TEXT-NUMBER"] == "YELLOW"
    assert tiers["FRACTION"] == "ORANGE"


def test_typing_after_the_press(tmp_path: Path) -> None:
    """Stock, reserved, daily sales and dates typed after a press are followed by the cells without another press."""
    path = make(tmp_path / "odd.xlsx", data={"Stock": ODD, **REST})
    press(path)
    row = 4 + [line["sku"] for line in ODD].index("FORECAST")
    type_cells(path, "Stock", {f"C{row}": 20})
    cells = sheet_rows(recalculated(path, tmp_path), "Stock")[row - 4]
    press(path)
    plan = sheet_rows(path, "Stock")[row - 4]
    for header in ("Tier", "Days left", "Available (units)"):
        assert _alike(cells[header], plan[header]), header
