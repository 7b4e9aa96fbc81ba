"""RESTOCK_TRANSFERS: a table from a range of stock and a range of routes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from restock import CATALOGUE
from restock.plan import make_plan
from restock.schema.validate import validate

from .raw_books import raw_book, raw_table

TRANSFERS = CATALOGUE["RESTOCK_TRANSFERS"].python
HEADERS = ["SKU", "Warehouse", "Available", "Daily sales", "Units per carton", "Unit cost", "Unit price"]
MUG = [HEADERS, ["MUG-11", "US-LA", 30, 12, 48, 3, 12], ["MUG-11", "DE-HAM", 900, 9, 48, 3, 12]]
ROUTES = [["From", "To", "Days", "Cost per unit"], ["DE-HAM", "US-LA", 8, 3.1]]


def rows(answer: Any) -> list[list[Any]]:
    """The rows under the header."""
    return [list(row) for row in answer[1:]]


def test_worked_example() -> None:
    """240 mugs leave Hamburg tomorrow, are sellable on day 9 and save 240 sales in Los Angeles."""
    assert rows(TRANSFERS(MUG, ROUTES)) == [["MUG-11", "DE-HAM", "US-LA", 240.0, 1.0, 9.0, 240.0]]


def test_chinese_headers_give_the_same() -> None:
    """Headers are understood in either language."""
    stock = [["货号", "仓库", "可售库存(件)", "日均销量", "箱规", "单件成本", "单件售价"], *MUG[1:]]
    routes = [["从", "到", "天数", "每件运费"], *ROUTES[1:]]
    assert rows(TRANSFERS(stock, routes)) == rows(TRANSFERS(MUG, ROUTES))


def test_without_routes_only_the_header() -> None:
    """Nothing is moved over a route that nobody typed."""
    assert TRANSFERS(MUG, ROUTES[:1]).tolist() == [list(TRANSFERS(MUG, ROUTES)[0])]


def test_a_transfer_must_pay() -> None:
    """At nine a unit the freight eats the margin."""
    assert rows(TRANSFERS(MUG, [ROUTES[0], ["DE-HAM", "US-LA", 8, 9.0]])) == []


@pytest.mark.parametrize(
    ("stock", "routes", "expected"),
    [
        (MUG[:1], ROUTES, "#N/A"),
        ([["SKU", "Available"], ["A", 5]], ROUTES, "#VALUE!"),
        ([HEADERS, ["MUG-11", "US-LA", "1,5", 12, 48, 3, 12]], ROUTES, "#VALUE!"),
        ([*MUG, MUG[1]], ROUTES, "#VALUE!"),
        (MUG, [["From", "To"], ["DE-HAM", "US-LA"]], "#VALUE!"),
    ],
    ids=["no rows", "missing column", "text", "twice", "routes without days"],
)
def test_bad_ranges(stock: Any, routes: Any, expected: str) -> None:
    """What cannot be read gives an error, never a plan that left something out."""
    assert TRANSFERS(stock, routes) == expected


def test_same_as_the_plan_in_any_order() -> None:
    """On a random book the function gives the plan's transfers, whatever the order of rows (§16)."""
    draw = np.random.default_rng(11)
    places = ["US", "DE", "JP"]
    stock = [
        [f"S{k}", place, int(draw.integers(0, 400)), int(draw.integers(1, 20)), (1, 6, 12)[k % 3], 2, 9]
        for k in range(25)
        for place in places
    ]
    routes = [[a, b, int(draw.integers(2, 12)), float(draw.uniform(0.1, 1))] for a in places for b in places if a != b]
    found = rows(TRANSFERS([HEADERS, *stock], [ROUTES[0], *routes]))
    order = draw.permutation(len(stock))
    assert rows(TRANSFERS([HEADERS, *[stock[k] for k in order]], [ROUTES[0], *routes[::-1]])) == found
    headers = ["SKU", "Warehouse", "On hand", "Daily sales"]
    book = raw_book(
        Stock=raw_table("Stock", headers, [row[:4] for row in stock]),
        Catalog=raw_table("Catalog", ["SKU", *HEADERS[4:]], [[row[0], *row[4:]] for row in stock[::3]]),
        Routes=raw_table("Routes", ROUTES[0], routes),
    )
    today = dt.date(2026, 11, 23)
    tables = validate(book, today)
    plan = make_plan(tables, tables.settings, today).transfers
    assert len(found) == len(plan) > 0
    assert {tuple(row[:3]) for row in found} == set(zip(plan["sku"], plan["from"], plan["to"], strict=True))
