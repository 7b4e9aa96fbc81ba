"""What holds of any plan: the order of rows, a second press, other units, agreement with its own numbers (§16)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from restock.plan import Plan

from .plan_books import TODAY, day, plan_of, remembered, say_everything, spoken


def big_book(seed: int) -> dict[str, list[dict[str, Any]]]:
    """Twelve SKUs in three warehouses with something in every table."""
    random = np.random.default_rng(seed)
    skus, places = [f"S-{number:02}" for number in range(12)], ["US-LA", "DE-HAM", "JP-OSA"]
    stock = [
        {"sku": sku, "warehouse": place, "on_hand": int(random.integers(0, 300)),
         "daily_sales": [None, int(random.integers(0, 9))][int(random.integers(0, 2))]}
        for sku in skus for place in places
    ]  # fmt: skip
    sales = [
        {"date": day(-int(back)), "sku": skus[at % 12], "warehouse": places[at % 3], "qty": int(random.integers(-1, 9))}
        for at, back in enumerate(random.integers(0, 60, 900))
    ]
    inbound = [
        {"document": f"PO-{at}", "sku": skus[int(random.integers(0, 12))],
         "warehouse": places[int(random.integers(0, 3))],
         "ordered": int(random.integers(1, 200)), "sellable_on": day(int(random.integers(-40, 60)))}
        for at in range(25)
    ]  # fmt: skip
    routes = [
        {"from": origin, "to": place, "mode": mode, "days": int(random.integers(2, 40)), "cost_per_unit": 1}
        for origin in ("Huamei", *places) for place in places if origin != place for mode in ("sea", "air")
    ]  # fmt: skip
    catalog = [
        {"sku": sku, "supplier": "Huamei", "cost": 3, "price": 9 + at, "case_pack": 1 + at % 4, "moq": 50 * (at % 3)}
        for at, sku in enumerate(skus)
    ]
    return {"Stock": stock, "Sales": sales, "Inbound": inbound, "Routes": routes, "Catalog": catalog}


FRAMES = {
    "view": ["sku", "warehouse"], "orders": ["supplier", "sku", "warehouse", "mode"],
    "transfers": ["sku", "from", "to"],
    "alerts": ["sku", "warehouse"], "history": ["sku", "warehouse"], "sold_out": ["sku", "warehouse", "from"],
}  # fmt: skip


def same(one: Plan, two: Plan, but: tuple[str, ...] = ("row",)) -> None:
    """Two plans say the same, whatever the order of rows."""
    for name, key in FRAMES.items():
        frames = [spoken(getattr(plan, name), plan).drop(columns=[*but], errors="ignore") for plan in (one, two)]
        first, second = (frame.sort_values(key, ignore_index=True) for frame in frames)
        pd.testing.assert_frame_equal(first, second, rtol=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    """Shuffled Stock, Sales, Inbound, Routes and Catalog give the same plan (§16)."""
    book = big_book(seed)
    random = np.random.default_rng(99)
    shuffled = {name: [rows[at] for at in random.permutation(len(rows))] for name, rows in book.items()}
    one, two = plan_of(**book), plan_of(**shuffled)
    same(one, two)
    assert one.alerts["sku"].tolist() == two.alerts["sku"].tolist()
    assert one.orders["sku"].tolist() == two.orders["sku"].tolist()
    assert len(one.transfers) > 0


@pytest.mark.parametrize("seed", range(3))
def test_pressing_again_changes_nothing(seed: int) -> None:
    """A second press on the same day with what the first one left gives the same book, and so does a third."""
    book = big_book(seed)
    first = plan_of(**book)
    second = plan_of(previous=remembered(first), **book)
    same(first, second)
    same(second, plan_of(previous=remembered(second), **book))


@pytest.mark.parametrize("factor", [2, 12])
def test_scaling_units(factor: int) -> None:
    """Counting typed stock, sales, arrivals and shows in other units leaves days, tiers and dates alone."""
    book = big_book(5)
    stock = [row | {"daily_sales": row["daily_sales"] or 3} for row in book["Stock"]]
    inbound = book["Inbound"]
    shows = [{"show": "X", "start": day(3), "sku": "S-01", "warehouse": "US-LA", "planned_units": 40}]

    def times(rows: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
        return [row | {name: row[name] * factor for name in names} for row in rows]

    one = plan_of(Stock=stock, Inbound=inbound, Livestreams=shows).view
    two = plan_of(
        Stock=times(stock, "on_hand", "daily_sales"),
        Inbound=times(inbound, "ordered"),
        Livestreams=times(shows, "planned_units"),
    ).view
    alike = ["tier", "days_left", "sells_out_on", "next_arrival", "order_by", "order_status", "gap_days"]
    pd.testing.assert_frame_equal(one[alike], two[alike])
    assert np.allclose(one["lost_units"] * factor, two["lost_units"])


maybe = st.none
units = st.integers(-20, 400)
rates = st.sampled_from([0, 0.3, 1, 7, 2.5])
dates = st.integers(-45, 130).map(day)
stock_rows = st.lists(
    st.fixed_dictionaries({
        "sku": st.sampled_from(["A", "B", "C"]),
        "warehouse": st.sampled_from(["US-LA", "DE-HAM"]),
        "on_hand": maybe() | units,
        "reserved": maybe() | st.integers(0, 30),
        "daily_sales": maybe() | rates,
        "stock_date": maybe() | st.integers(-12, 0).map(day),
    }),
    min_size=1, max_size=6, unique_by=lambda row: (row["sku"], row["warehouse"]),
)  # fmt: skip


@st.composite
def books(draw: Any) -> dict[str, Any]:
    """A small book with anything in it that may be in a book."""
    stock = draw(stock_rows)
    if all(row["on_hand"] is None for row in stock):
        stock[0]["on_hand"] = 5
    pairs = st.sampled_from([(row["sku"], row["warehouse"]) for row in stock])

    def rows(most: int, **cells: Any) -> list[dict[str, Any]]:
        made = draw(st.lists(st.tuples(pairs, st.fixed_dictionaries(cells)), max_size=most))
        return [{"sku": at[0], "warehouse": at[1]} | typed for at, typed in made]

    inbound = rows(
        4, ordered=st.integers(0, 300), received=maybe() | st.integers(0, 90), sellable_on=maybe() | dates,
        received_on=maybe() | st.integers(-9, 0).map(day),
        state=st.sampled_from([None, "ordered", "received", "cancelled"]),
    )  # fmt: skip
    shows = rows(
        2, show=st.just("X"), start=st.integers(-3, 20).map(day), planned_units=maybe() | st.integers(0, 90)
    )
    sales = rows(12, date=st.integers(-40, 1).map(day), qty=st.integers(-2, 12))
    catalog = [
        {"sku": sku} | draw(st.fixed_dictionaries({
            "cost": maybe() | st.integers(0, 9), "price": maybe() | st.integers(0, 20),
            "moq": maybe() | st.integers(0, 90),
            "case_pack": maybe() | st.integers(1, 30), "supplier": st.sampled_from([None, "Huamei"]),
            "status": st.sampled_from([None, "new", "discontinued", "unsellable"]),
        }))
        for sku in "ABC"
    ]  # fmt: skip
    route = {"from": "US-LA", "to": "DE-HAM", "days": draw(st.integers(0, 30)), "cost_per_unit": 1}
    book = {"Stock": stock, "Catalog": catalog, "Routes": [route]}
    more = {"Inbound": inbound, "Livestreams": shows, "Sales": sales}
    return book | {name: made for name, made in more.items() if made}


def tier_of(row: dict[str, Any]) -> str:
    """The tier of a row from its published numbers, in the order of §8."""
    if pd.isna(row["available"]):
        return "NO DATA"
    if row["available"] <= 0:
        return "–" if row["discontinued"] else "RED"
    if pd.isna(row["daily"]):
        return "NO DATA"
    if row["need_5"] <= 0:
        return "NO SALES"
    limits = (("RED", 3), ("ORANGE", 7), ("YELLOW", 15))
    return next((tier for tier, limit in limits if round(row["cover"], 9) < limit), "GREEN")


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(books())
def test_what_holds_of_every_plan(book: dict[str, Any]) -> None:
    """Any book gives a plan whose tiers, orders, alerts and sentences agree with its numbers; again the same."""
    plan = plan_of(**book)
    rows = [{str(name): value for name, value in row.items()} for row in plan.view.to_dict("records")]
    case = {row["sku"]: row["case_pack"] or 1 for row in book["Catalog"]}
    listed = set(zip(plan.alerts["sku"], plan.alerts["warehouse"], strict=True))
    for row in rows:
        assert row["tier"] == tier_of(row)
        assert row["order_units"] % case[row["sku"]] == 0
        assert (row["sku"], row["warehouse"]) in listed or row["tier"] not in ("RED", "ORANGE", "YELLOW", "NO DATA")
        assert not (row["order_units"] and (row["discontinued"] or row["unsellable"]))
        assert pd.isna(row["due"]) or row["due"] >= pd.Timestamp(TODAY)
    assert len(plan.alerts[plan.alerts["tier"] == "NOT PLANNED"]) == len(plan.tables.unplanned)
    say_everything(plan)
    same(plan, plan_of(previous=remembered(plan), **book))
