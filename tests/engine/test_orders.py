"""What to order and by when: levels, minimum order, cartons, order date (§6, §14, §15)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from restock.plan import Plan
from restock.replenish.orders import order_units

from .plan_books import STEADY, day, pair, plan_of, text


def steady(stock: list[dict[str, Any]], lead: float = 10, settings: dict[str, Any] | None = None, **more: Any) -> Plan:
    """A plan in which nothing varies and an order takes `lead` days, so that levels are plain products."""
    skus = dict.fromkeys(row["sku"] for row in stock)
    places = dict.fromkeys(row.get("warehouse", "Main") for row in stock)
    catalog = [{"sku": sku, "supplier": "Huamei"} | more.get("catalog", {}) for sku in skus]
    return plan_of(
        Stock=stock,
        Catalog=catalog,
        Suppliers=[{"supplier": "Huamei", "production_days": lead}],
        Routes=[{"from": "Huamei", "to": place, "mode": "sea", "days": 0} for place in places],
        Settings=STEADY | {"check_in_days": 0} | (settings or {}),
        **{name: rows for name, rows in more.items() if name != "catalog"},
    )


def one(available: float, lead: float = 10, settings: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """SKU A at one a day."""
    stock = [{"sku": "A", "on_hand": available, "daily_sales": 1}]
    return pair(steady(stock, lead, settings, **more), "A")


def test_levels_without_any_variation() -> None:
    """One a day, 10 days to arrive, weekly orders: reorder at 10, fill up to 17 (§15 with safety stock 0)."""
    row = one(5)
    assert (row["safety_stock"], row["reorder_at"], row["fill_up_to"]) == (0.0, 10.0, 17.0)


@pytest.mark.parametrize(
    ("available", "units"),
    [
        pytest.param(0, 17.0, id="nothing left"),
        pytest.param(-3, 20.0, id="oversold"),
        pytest.param(10, 7.0, id="at the reorder point"),
        pytest.param(11, 0.0, id="one above it"),
        pytest.param(9.5, 8.0, id="whole units"),
    ],
)
def test_orders_at_or_below_the_reorder_point(available: float, units: float) -> None:
    """An order fills up to the level where the position is at or below the reorder point, and only there (§15)."""
    assert one(available, settings={"order_soon_days": 0})["order_units"] == units


def test_an_order_date_this_week_is_not_left_for_the_next_order() -> None:
    """Above the reorder point, stock whose order date falls within the week is ordered, and the line says why."""
    plan = steady([{"sku": "A", "on_hand": 11, "daily_sales": 1}])
    assert pair(plan, "A")["order_units"] == 6.0
    why = text(plan, plan.orders["why"].iloc[0])
    assert "Stock + on the way 11, reorder at 10, fill up to 17." in why
    assert "sells out on 4 Dec: the order date is Tue 24 Nov." in why


def test_goods_on_the_way_count() -> None:
    """Open units are part of the position, dated or not (§15)."""
    row = one(3, Inbound=[{"sku": "A", "ordered": 9, "sellable_on": None}])
    assert (row["position"], row["order_units"]) == (12.0, 0.0)


def test_an_order_that_lands_before_a_late_arrival_is_worth_it() -> None:
    """Stock above the reorder point is ordered where the order would arrive before what is on the way."""
    inbound = [{"sku": "A", "ordered": 1, "sellable_on": day(40)}]
    assert one(12, Inbound=inbound)["order_units"] == 4.0  # up to 17 from a position of 13, by day 2
    inbound = [{"sku": "A", "ordered": 2, "sellable_on": day(13)}]
    assert one(9, lead=14, Inbound=inbound)["order_units"] == 10.0  # up to 21 from 11: at the reorder point of 14


@pytest.mark.parametrize(
    ("available", "status"),
    [
        pytest.param(9, "LATE", id="yesterday"),
        pytest.param(10, "THIS WEEK", id="today"),
        pytest.param(17, "THIS WEEK", id="in 7 days"),
        pytest.param(18, "FINE", id="in 8 days"),
    ],
)
def test_order_status(available: float, status: str) -> None:
    """Run-out less 10 days: before today is late, up to 7 days ahead is this week (§14)."""
    row = one(available)
    assert (row["order_by"].date(), row["order_status"]) == (day(int(available) - 10), status)


def test_part_of_a_day_counts_as_a_day() -> None:
    """A lead time of 9.2 days needs 10."""
    assert one(12, lead=9.2)["order_by"].date() == day(2)


def test_no_lead_time() -> None:
    """Goods that are sellable at once are ordered by the day they run out."""
    row = one(5, lead=0)
    assert (row["reorder_at"], row["fill_up_to"], row["order_by"].date()) == (0.0, 7.0, day(5))


def test_a_lead_time_beyond_the_horizon() -> None:
    """An order that takes 4,000 days is planned at the daily mean past the days looked at."""
    row = one(5, lead=4000)
    assert (row["reorder_at"], row["fill_up_to"]) == (4000.0, 4007.0)


@pytest.mark.parametrize("status", ["discontinued", "unsellable"])
def test_what_is_not_reordered(status: str) -> None:
    """Discontinued and unsellable goods get neither an order nor an order date."""
    row = one(2, catalog={"status": status})
    assert row["order_units"] == 0.0
    assert pd.isna(row["order_by"])


def test_nothing_is_ordered_that_does_not_sell() -> None:
    """Without demand there is no order, minimum order or not."""
    stock = [{"sku": "A", "on_hand": 0, "daily_sales": 0}]
    assert steady(stock, catalog={"moq": 500}).orders.empty


MOQ_CASES = [
    pytest.param([40, 20, 0], [3, 1, 9], 1, 1, [40, 20, 0], id="neither"),
    pytest.param([40, 20, 0], [3, 1, 9], 100, 1, [70, 30, 0], id="40 missing, 3 to 1"),
    pytest.param([40, 20, 0], [3, 1, 9], 100, 24, [72, 48, 0], id="then whole cartons"),
    pytest.param([40, 20, 0], [3, 1, 9], 60, 24, [48, 24, 0], id="the needs reach it"),
    pytest.param([0, 0, 0], [3, 1, 9], 100, 24, [0, 0, 0], id="no need orders nothing"),
    pytest.param([5, 5, 0], [0, 0, 0], 20, 1, [10, 10, 0], id="equal parts without demand"),
]


@pytest.mark.parametrize(("needs", "daily", "moq", "case", "units"), MOQ_CASES)
def test_minimum_order_over_warehouses(
    needs: list[float], daily: list[float], moq: float, case: float, units: list[float]
) -> None:
    """What is missing to a SKU's minimum is shared by daily demand; each line is then rounded up to cartons (§6)."""
    sku, ones = np.array(["A"] * 3, dtype=object), np.ones(3)
    made = order_units(np.array(needs, float), np.array(daily, float), sku, ones * moq, ones * case)
    assert made.tolist() == units


def test_minimum_order_of_one_sku_leaves_others_alone() -> None:
    """The minimum is per SKU: another one's line is not enlarged."""
    sku = np.array(["A", "B", "A"], dtype=object)
    made = order_units(np.array([4.0, 4.0, 4.0]), np.ones(3), sku, np.array([10.0, 1.0, 10.0]), np.ones(3))
    assert made.tolist() == [5.0, 4.0, 5.0]


def test_minimum_order_in_a_plan() -> None:
    """Needs of 51 and 17 share a minimum of 100 as 75 and 25, in cartons of 10 as 80 and 30; a full place gets none."""
    rows = [("US", 0, 3), ("DE", 0, 1), ("JP", 900, 9)]
    stock = [{"sku": "A", "warehouse": place, "on_hand": left, "daily_sales": sold} for place, left, sold in rows]
    plan = steady(stock, catalog={"moq": 100, "case_pack": 10})
    assert plan.view["order_units"].tolist() == [80.0, 30.0, 0.0]
    assert plan.orders.set_index("warehouse")["needed"].to_dict() == {"US": 51.0, "DE": 17.0}
    assert plan.orders.set_index("warehouse")["cartons"].to_dict() == {"US": 8.0, "DE": 3.0}


def test_much_rounding_is_said() -> None:
    """A minimum order that adds more than 30 days of sales says so."""
    stock = [{"sku": "A", "on_hand": 0, "daily_sales": 1}]
    small, large = steady(stock, catalog={"moq": 47}), steady(stock, catalog={"moq": 48})
    assert "minimum order add" not in text(small, small.orders["why"].iloc[0])
    assert "add 31 units, 31 days of sales." in text(large, large.orders["why"].iloc[0])


def test_money_of_an_order() -> None:
    """The amount is units × cost, in the supplier's currency where typed, else the book's."""
    stock = [{"sku": "A", "on_hand": 0, "daily_sales": 1}]
    plan = steady(stock, catalog={"cost": 2.5})
    assert plan.orders[["amount", "currency"]].to_numpy().tolist() == [[42.5, "USD"]]
    suppliers = [{"supplier": "Huamei", "production_days": 10, "currency": "CNY"}]
    plan = plan_of(Stock=stock, Catalog=[{"sku": "A", "supplier": "Huamei", "cost": 18}], Suppliers=suppliers)
    assert plan.orders["currency"].tolist() == ["CNY"]


def test_earliest_order_dates_come_first() -> None:
    """Order lines are sorted by order date, then supplier, SKU and warehouse."""
    stock = [{"sku": sku, "on_hand": left, "daily_sales": 1} for sku, left in (("C", 3), ("A", 9), ("B", 3))]
    assert steady(stock).orders["sku"].tolist() == ["B", "C", "A"]
