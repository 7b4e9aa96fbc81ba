"""The Transfers sheet: lines by route with totals, how good the plan is, and what cannot be used."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from .books import TODAY, make, press, sheet_rows

PALLET = {"mode": "air", "days": 5, "cost_per_unit": 1, "cost_per_line": 2, "slot_cost": 60, "slot_volume": 500}
SKUS = ("CUP", "MUG", "POT")
BOOK: dict[str, Any] = {
    "Stock": [
        {"sku": sku, "warehouse": place, "on_hand": held, "daily_sales": 5}
        for sku in SKUS for place, held in (("DE", 900), ("JP", 900), ("US", 10), ("UK", 20))
    ],
    "Catalog": [{"sku": sku, "cost": 4, "price": 20, "case_pack": 10, "volume": 2} for sku in SKUS],
    "Routes": [
        {"from": "DE", "to": "US", **PALLET}, {"from": "DE", "to": "UK", **PALLET},
        {"from": "JP", "to": "US", **PALLET},
        {"from": "US", "to": "US", **PALLET}, {"from": "JP", "to": "UK", **PALLET, "days": 0},
        {"from": "JP", "to": "DE", **PALLET, "mode": "express", "slot_volume": 1},
    ],
}  # fmt: skip
HEADERS = {
    "en": {"sheet": "Transfers", "from": "From", "to": "To", "units": "Move (units)", "volume": "Volume (litres)",
           "cost": "Freight", "shipment": "Shipment", "lines": "Its lines", "its_units": "Its units",
           "its_volume": "Its volume (litres)", "pallets": "Its pallets", "its_cost": "Its freight",
           "shipments": "Shipments of the route", "route_cost": "Freight of the route", "problems": "Problems"},
    "zh": {"sheet": "调拨建议", "from": "从", "to": "到", "units": "调拨(件)", "volume": "体积(升)", "cost": "运费",
           "shipment": "第几票", "lines": "本票行数", "its_units": "本票件数", "its_volume": "本票体积(升)",
           "pallets": "本票托盘数", "its_cost": "本票运费", "shipments": "本线路票数", "route_cost": "本线路运费",
           "problems": "待修正"},
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
def test_lines_by_route_with_totals(tmp_path: Path, language: str) -> None:
    """Lines of one route and day are one shipment; its units, litres, pallets and freight are sums of its lines."""
    path = make(tmp_path / "book.xlsx", language, BOOK)
    press(path)
    say = HEADERS[language]
    rows = [row for row in sheet_rows(path, say["sheet"]) if row[say["units"]]]
    routes = [(row[say["from"]], row[say["to"]]) for row in rows]
    assert len(set(routes)) >= 2
    assert [route for k, route in enumerate(routes) if k == 0 or routes[k - 1] != route] == list(dict.fromkeys(routes))
    for number in {row[say["shipment"]] for row in rows}:
        its = [row for row in rows if row[say["shipment"]] == number]
        total = {name: sum(row[say[name]] for row in its) for name in ("units", "volume", "cost")}
        for row in its:
            assert row[say["lines"]] == len(its)
            assert row[say["its_units"]] == total["units"]
            assert row[say["its_volume"]] == total["volume"] == 2 * total["units"]
            assert row[say["its_cost"]] == pytest.approx(total["cost"])
            assert row[say["pallets"]] == -(-total["volume"] // 500)
            assert row[say["route_cost"]] >= row[say["its_cost"]] - 1e-6
        assert total["cost"] == pytest.approx(total["units"] + 2 * len(its) + 60 * its[0][say["pallets"]])


def test_the_first_row_says_how_good_the_plan_is(tmp_path: Path) -> None:
    """What it comes to, and that nothing better exists or how far it may be from the best."""
    path = make(tmp_path / "book.xlsx", "en", BOOK)
    press(path)
    said = openpyxl.load_workbook(path)["Transfers"]["D1"].value
    assert said.startswith("6 lines in ")
    assert "No other plan costs less." in said or "Within " in said


def test_routes_that_cannot_be_used_are_listed(tmp_path: Path) -> None:
    """A route to itself and one without days are named with their cells."""
    path = make(tmp_path / "book.xlsx", "en", BOOK)
    press(path)
    said = [row["What is wrong, and what to type"] if "What is wrong, and what to type" in row else str(row)
            for row in sheet_rows(path, "Problems")]  # fmt: skip
    assert any("this route ends where it begins" in text for text in said)
    assert any("at least 1 day" in text for text in said)


def test_without_routes_nothing_is_said(tmp_path: Path) -> None:
    """A book without routes has no sentence about transfers."""
    path = make(tmp_path / "book.xlsx", "en", {"Stock": BOOK["Stock"][:4]})
    press(path, TODAY + dt.timedelta(days=1))
    assert openpyxl.load_workbook(path)["Transfers"]["D1"].value is None
