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


def shared(budget: float | None = None, **supplier: Any) -> Plan:
    """A, 45 wanted at 20 each, 25 of them by air for 50 more; B, 45 wanted at 10; both from H, 35 and 10 days away."""
    return plan_of(
        Stock=[{"sku": sku, "on_hand": 0, "daily_sales": 1} for sku in "AB"],
        Catalog=[{"sku": "A", "supplier": "H", "cost": 20, "price": 100},
                 {"sku": "B", "supplier": "H", "cost": 10, "price": 11}],
        Suppliers=[{"supplier": "H", "production_days": 5} | supplier],
        Routes=[{"from": "H", "to": "Main", "mode": "sea", "days": 30, "cost_per_unit": 1},
                {"from": "H", "to": "Main", "mode": "air", "days": 5, "cost_per_unit": 3}],
        Settings=STEADY | {"check_in_days": 0, "holding_rate": 0, "order_budget": budget},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("budget", "lines"),
    [
        pytest.param(None, [("A", "air", 25), ("A", "sea", 17), ("B", "sea", 42)], id="none"),
        pytest.param(900, [("A", "air", 25), ("A", "sea", 17), ("B", "sea", 1)], id="42 x 20 + 50, then one B"),
        pytest.param(880, [("A", "sea", 42), ("B", "sea", 4)], id="air does not fit: 840, then four B"),
        pytest.param(800, [("A", "sea", 40)], id="40 of A by sea"),
    ],
)
def test_the_budget_pays_for_coming_faster(budget: float | None, lines: list[tuple[str, str, int]]) -> None:
    """What a faster way costs more counts; where it does not fit the order comes the regular way."""
    orders = shared(budget).orders
    orders = orders[orders["units"] > 0]
    assert [tuple(row) for row in orders[["sku", "mode", "units"]].to_numpy()] == lines


def test_a_line_that_must_take_too_much_is_passed_over() -> None:
    """A minimum value is not reached by a line whose own minimum order is more than it has room for."""
    plan = plan_of(
        Stock=[{"sku": "A", "on_hand": 0, "daily_sales": 1}, {"sku": "B", "on_hand": 14, "daily_sales": 1}],
        Catalog=[{"sku": "A", "supplier": "H", "cost": 2}, {"sku": "B", "supplier": "H", "cost": 2, "moq": 500}],
        Suppliers=[{"supplier": "H", "production_days": 10, "minimum_order_value": 40}],
        Routes=[{"from": "H", "to": "Main", "mode": "sea", "days": 0}],
        Settings=STEADY | {"check_in_days": 0, "order_soon_days": 0},
    )
    assert ordered(plan) == {"A": 17}
    assert "6 USD are still missing" in text(plan, plan.orders["why"].iloc[0])


def test_what_is_missing_is_counted_at_the_end() -> None:
    """The rest to the minimum value is that of what is ordered after the budget, not of what was wanted."""
    plan = book({"A": 0, "B": 0}, {"A": 2.0, "B": 4.0}, 200, order_budget=68)
    why = {row["sku"]: text(plan, row["why"]) for _, row in plan.orders.iterrows()}
    assert "132 USD are still missing" in why["B"]
    assert "missing" not in why["A"]


def test_the_budget_keeps_a_minimum_order_over_warehouses() -> None:
    """Where the money is enough for less than a SKU's minimum order, nothing of it is ordered anywhere."""
    plan = plan_of(
        Stock=[{"sku": "A", "warehouse": place, "on_hand": 0, "daily_sales": 1} for place in ("EU", "US")],
        Catalog=[{"sku": "A", "cost": 20, "price": 100, "moq": 100}],
        Settings=STEADY | {"order_budget": 1000, "check_in_days": 0},
    )
    assert plan.view["order_units"].tolist() == [0.0, 0.0]
    assert plan.orders["cut_units"].tolist() == [62.0, 52.0]


def test_a_backup_leaves_the_first_supplier_its_minimum_over_warehouses() -> None:
    """A whole line that goes to a backup does not push the other warehouse's line below the minimum order."""
    def lines(moq: float) -> list[tuple[str, str, float]]:
        plan = plan_of(
            Stock=[{"sku": "A", "warehouse": place, "on_hand": left, "daily_sales": 1}
                   for place, left in (("EU", 0), ("US", 30))],
            Catalog=[{"sku": "A", "supplier": "H", "cost": 20, "price": 100, "moq": moq}],
            Suppliers=[{"supplier": "H", "production_days": 5},
                       {"supplier": "K", "production_days": 2, "backup_of": "H"}],
            Routes=[{"from": "H", "to": place, "mode": "sea", "days": 60} for place in ("EU", "US")]
            + [{"from": "K", "to": "US", "mode": "air", "days": 3}],
            Settings=STEADY | {"check_in_days": 0, "review_days": 1},
        )  # fmt: skip
        return [tuple(row) for row in plan.orders[["supplier", "warehouse", "units"]].to_numpy()]

    assert ("K", "US", 35.0) in lines(1)
    assert all(supplier == "H" for supplier, _, _ in lines(90))


def test_an_oversold_item_without_sales_orders_nothing() -> None:
    """Five units owed of what no longer sells are no reason for a minimum order of 500."""
    plan = plan_of(
        Stock=[{"sku": "A", "on_hand": -5, "daily_sales": 0}], Catalog=[{"sku": "A", "cost": 20, "moq": 500}]
    )
    assert ordered(plan) == {}


def test_an_order_comes_before_the_factory_closes() -> None:
    """30 left at one a day; 16 days to arrive; closed on days 7 to 27: whoever waits a week gets goods on day 44."""
    plan = plan_of(
        Stock=[{"sku": "A", "on_hand": 30, "daily_sales": 1}],
        Catalog=[{"sku": "A", "supplier": "H"}],
        Suppliers=[{"supplier": "H", "production_days": 3, "closed_from": day(7), "closed_to": day(27)}],
        Routes=[{"from": "H", "to": "Main", "mode": "sea", "days": 10}],
        Settings=STEADY | {"check_in_days": 3},
    )
    row = pair(plan, "A")
    assert (row["order_by"].date(), row["order_status"]) == (day(4), "THIS WEEK")
    assert (row["fill_up_to"], row["order_units"]) == (44.0, 14.0)
