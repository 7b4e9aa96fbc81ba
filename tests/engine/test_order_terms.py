"""Minimum order values, the budget, and how safely goods are stocked (§15, §34)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from restock.plan import Plan

from .plan_books import STEADY, day, pair, plan_of, text


def book(stock: dict[str, float], costs: dict[str, float], minimum: float | None = None, **settings: Any) -> Plan:
    """One a day of each SKU, 10 days to arrive, filled up to 17; nothing varies; all from Huamei."""
    return plan_of(
        Stock=[{"sku": sku, "on_hand": left, "daily_sales": 1} for sku, left in stock.items()],
        Catalog=[{"sku": sku, "supplier": "Huamei", "cost": cost, "price": 3 * cost} for sku, cost in costs.items()],
        Suppliers=[{"supplier": "Huamei", "production_days": 10, "minimum_order_value": minimum}],
        Routes=[{"from": "Huamei", "to": "Main", "mode": "sea", "days": 0}],
        Settings=STEADY | {"check_in_days": 0, "holding_rate": 0, "order_soon_days": 0} | settings,
    )


def ordered(plan: Plan) -> dict[str, float]:
    return {sku: units for sku, units in zip(plan.view["sku"], plan.view["order_units"], strict=True) if units}


STOCK, COSTS = {"A": 7, "B": 14, "C": 12, "D": 30}, dict.fromkeys("ABCD", 2.0)


@pytest.mark.parametrize(
    ("minimum", "units"),
    [
        pytest.param(None, {"A": 10}, id="none"),
        pytest.param(20, {"A": 10}, id="reached"),
        pytest.param(21, {"A": 10, "C": 1}, id="one unit of the next"),
        pytest.param(32, {"A": 10, "C": 5, "B": 1}, id="C up to its level, then B"),
        pytest.param(99, {"A": 10, "C": 5, "B": 3}, id="everything with room, and still below"),
    ],
)
def test_minimum_order_value(minimum: float | None, units: dict[str, float]) -> None:
    """An order below the supplier's minimum takes the lines that would be due next, no further than it needs."""
    assert ordered(book(STOCK, COSTS, minimum)) == units


def test_what_was_added_and_what_is_missing_is_said() -> None:
    """A line added for the minimum says so; where the minimum is not reached the lines say how much is missing."""
    plan = book(STOCK, COSTS, 21)
    why = {row["sku"]: text(plan, row["why"]) for _, row in plan.orders.iterrows()}
    assert "Ordered now to reach Huamei's minimum order of 21 USD." in why["C"]
    plan = book(STOCK, COSTS, 99)
    assert "63 USD are still missing to Huamei's minimum order of 99." in text(plan, plan.orders["why"].iloc[0])


def test_a_minimum_orders_nothing_by_itself() -> None:
    """Without anything due a minimum order value changes nothing, nor where a cost is not known."""
    assert ordered(book({"B": 14}, COSTS, 99)) == {}
    plan = plan_of(
        Stock=[{"sku": "A", "on_hand": 0, "daily_sales": 1}, {"sku": "B", "on_hand": 14, "daily_sales": 1}],
        Catalog=[{"sku": "A", "supplier": "Huamei"}, {"sku": "B", "supplier": "Huamei", "cost": 2}],
        Suppliers=[{"supplier": "Huamei", "production_days": 5, "minimum_order_value": 999}],
        Routes=[{"from": "Huamei", "to": "Main", "mode": "sea", "days": 0}],
        Settings=STEADY | {"check_in_days": 0, "order_soon_days": 0},
    )
    assert list(ordered(plan)) == ["A"]


@pytest.mark.parametrize(
    ("budget", "units"),
    [
        pytest.param(None, {"A": 17, "B": 17}, id="none"),
        pytest.param(102, {"A": 17, "B": 17}, id="enough"),
        pytest.param(100, {"A": 16, "B": 17}, id="one short: B loses more a day"),
        pytest.param(68, {"B": 17}, id="B alone"),
        pytest.param(3, {"A": 1}, id="a single A"),
        pytest.param(0, {}, id="nothing"),
    ],
)
def test_budget(budget: float | None, units: dict[str, float]) -> None:
    """The budget pays first for what loses most per day of delay: B, margin 8, before A, margin 4."""
    plan = book({"A": 0, "B": 0}, {"A": 2.0, "B": 4.0}, order_budget=budget)
    assert ordered(plan) == units
    left_out = plan.orders.set_index("sku")["cut_units"].fillna(0.0)
    assert {sku: 17 - left_out[sku] for sku in ("A", "B") if left_out[sku] < 17} == units


def test_what_was_cut_is_listed() -> None:
    """A line that the budget leaves out stands last, with 0 units, what it would take, and what a day of it loses."""
    plan = book({"A": 0, "B": 0}, {"A": 2.0, "B": 4.0}, order_budget=68)
    assert plan.orders[["sku", "units", "cut_units"]].iloc[-1].tolist() == ["A", 0.0, 17.0]
    assert text(plan, plan.orders["why"].iloc[-1]) == (
        "Left out: 17 of A for Main, for the budget of $68 is used up. Each day of delay may lose $4."
    )
    assert "The budget is used up: 17 not ordered." in text(plan, pair(plan, "A")["action"])


def test_budget_keeps_minimum_orders() -> None:
    """Fewer units than the minimum order are not ordered at all."""
    made = plan_of(
        Stock=[{"sku": "A", "on_hand": 0, "daily_sales": 1}],
        Catalog=[{"sku": "A", "cost": 2, "price": 6, "moq": 15}],
        Settings=STEADY | {"production_days": 10, "sea_days_us": 0, "check_in_days": 0, "order_budget": 28},
    )
    assert ordered(made) == {}


SERVICE = [
    pytest.param({}, {}, 0.95, id="no money known: the class"),
    pytest.param({"cost": 10}, {}, 0.95, id="price missing"),
    pytest.param({"cost": 10, "price": 10}, {}, 0.95, id="no margin"),
    pytest.param({"cost": 10, "price": 11}, {}, 0.94, id="1 / (1 + 10 × .3 × 7 / 365) = .9456"),
    pytest.param({"cost": 10, "price": 30}, {}, 0.99, id="20 / 20.0575 = .997, at most .99"),
    pytest.param({"cost": 100, "price": 101, "moq": 365}, {}, 0.50, id="1 / (1 + 30), at least .50"),
    pytest.param({"cost": 10, "price": 13, "moq": 365}, {}, 0.50, id="a year's minimum: 3 / (3 + 3)"),
    pytest.param({"cost": 10, "price": 13, "case_pack": 73}, {}, 0.83, id="73 days a carton: 3 / (3 + .6) = .8333"),
    pytest.param({"cost": 10, "price": 11, "class": "traffic-drawing"}, {}, 0.98, id="never below traffic's class"),
    pytest.param({"cost": 10, "price": 30, "class": "slow"}, {"holding_rate": 0}, 0.90, id="money switched off"),
]


@pytest.mark.parametrize(("item", "settings", "level"), SERVICE)
def test_service_level(item: dict[str, Any], settings: dict[str, Any], level: float) -> None:
    """Margin over margin and holding cost of an order cycle, in whole percents, else the class."""
    stock = [{"sku": "A", "on_hand": 9, "daily_sales": 1}]
    plan = plan_of(Stock=stock, Catalog=[{"sku": "A"} | item], Settings=settings)
    assert pair(plan, "A")["order_service"] == level


@pytest.mark.parametrize(("name", "days"), [("traffic-drawing", 10), ("profit", 5), ("slow", 0)])
def test_minimum_cover(name: str, days: int) -> None:
    """Without any spread the safety stock is ten days of sales for traffic, five for profit, none for slow goods."""
    settings = {"simple_factor": 0, "lead_spread": 0, "lead_spread_days": 0}
    plan = plan_of(
        Stock=[{"sku": "A", "on_hand": 9, "daily_sales": 3}], Catalog=[{"sku": "A", "class": name}], Settings=settings
    )
    assert pair(plan, "A")["safety_stock"] == 3 * days


@pytest.mark.parametrize("arrival", [None, (6, 6), (3, 6), (40, 5), (9, 200)])
def test_more_stock_never_raises_an_order(arrival: tuple[int, int] | None) -> None:
    """Unit by unit more in stock, with something on the way or nothing, an order never grows nor becomes due."""
    stock = [{"sku": f"S{left:02}", "on_hand": left, "daily_sales": 1} for left in range(60)]
    catalog = [{"sku": row["sku"], "class": "profit"} for row in stock]
    lines = [{"sku": row["sku"], "sellable_on": day(arrival[0]), "ordered": arrival[1]} for row in stock if arrival]
    settings = {"production_days": 8, "sea_days_us": 6, "check_in_days": 0}
    plan = plan_of(Stock=stock, Settings=settings, Catalog=catalog, **({"Inbound": lines} if lines else {}))
    assert (np.diff(plan.view["order_units"]) <= 0).all()


@pytest.mark.parametrize("units", [10, 40, 90])
def test_a_later_arrival_never_improves_anything(units: int) -> None:
    """The later goods arrive, the earlier the stock runs out and the more urgent the order is."""
    stock = [{"sku": f"S{late:02}", "on_hand": 25, "daily_sales": 2} for late in range(60)]
    inbound = [{"sku": row["sku"], "ordered": units, "sellable_on": day(late)} for late, row in enumerate(stock)]
    view = plan_of(Stock=stock, Inbound=inbound).view
    assert (view["sells_out_on"].diff().dropna() <= pd.Timedelta(0)).all()
    urgency = view["order_status"].map({"LATE": 0, "THIS WEEK": 1, "FINE": 2})
    assert (urgency.diff().dropna() <= 0).all()
    assert (view["lost_units"].diff().dropna() >= 0).all()
