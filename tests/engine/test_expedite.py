"""Air the gap, sea the rest: faster ways, rush terms, backup suppliers (§34)."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from restock.plan import Plan

from .plan_books import STEADY, day, plan_of, text

ROUTES = [
    {"from": "Huamei", "to": "Main", "mode": "sea", "days": 30, "cost_per_unit": 1},
    {"from": "Huamei", "to": "Main", "mode": "air", "days": 5, "cost_per_unit": 3},
]


def plan(
    on_hand: float = 100, routes: list[dict[str, Any]] | None = None, price: float | None = 15, moq: float = 1,
    case: float = 10, supplier: dict[str, Any] | None = None, others: list[dict[str, Any]] | None = None, **more: Any,
) -> Plan:  # fmt: skip
    """A, 10 a day, margin 10: sold out on day 10; by sea 40 days, by air 15. Nothing varies."""
    return plan_of(
        Stock=[{"sku": "A", "on_hand": on_hand, "daily_sales": 10}],
        Catalog=[{"sku": "A", "supplier": "Huamei", "cost": 5, "price": price, "moq": moq, "case_pack": case}],
        Suppliers=[{"supplier": "Huamei", "production_days": 10} | (supplier or {}), *(others or [])],
        Routes=ROUTES if routes is None else routes,
        Settings=STEADY | {"check_in_days": 0, "holding_rate": 0},
        **more,
    )


def lines(made: Plan) -> list[tuple[str, str, float, int]]:
    """Supplier, mode, units and day of each order line."""
    days = (made.orders["sellable_on"] - pd.Timestamp(made.today)).dt.days
    columns = (made.orders[name] for name in ("supplier", "mode", "units"))
    return [tuple(row) for row in zip(*columns, days, strict=True)]  # type: ignore[misc]


def test_the_gap_by_air_the_rest_by_sea() -> None:
    """Sold out from day 10 to day 40: from day 15 on air saves 25 days of 10; the other 120 of 370 come by sea."""
    made = plan()
    assert lines(made) == [("Huamei", "air", 250.0, 15), ("Huamei", "sea", 120.0, 40)]
    fast = made.orders.iloc[0]
    assert fast[["extra_cost", "short_days", "saves_units", "saves_money"]].tolist() == [500.0, 25.0, 250.0, 2500.0]
    assert made.view["order_units"].tolist() == [370.0]


@pytest.mark.parametrize(
    ("price", "modes"),
    [
        pytest.param(7.1, ["air", "sea"], id="margin 2.1 above the 2 that air costs more"),
        pytest.param(7.0, ["sea"], id="margin 2 does not pay"),
        pytest.param(None, ["sea"], id="margin unknown"),
        pytest.param(4.0, ["sea"], id="sold at a loss"),
    ],
)
def test_it_must_pay(price: float | None, modes: list[str]) -> None:
    """Units come by air where the margin that is saved is more than the extra cost."""
    assert plan(price=price).orders["mode"].tolist() == modes


def test_a_fixed_cost_must_be_earned() -> None:
    """250 units earn 2,500 and cost 500 more: a charge of 2,000 per shipment is one too many, 1,999 pays."""
    for fixed, count in ((1999, 2), (2000, 1)):
        routes = [ROUTES[0], ROUTES[1] | {"cost_per_shipment": fixed}]
        assert len(plan(routes=routes).orders) == count


def test_pallets_are_paid_whole() -> None:
    """250 units of 4 litres are 1,000 litres: three pallets of 400 at 100 each."""
    routes = [ROUTES[0], ROUTES[1] | {"slot_cost": 100, "slot_volume": 400}]
    made = plan_of(
        Stock=[{"sku": "A", "on_hand": 100, "daily_sales": 10}],
        Catalog=[{"sku": "A", "supplier": "Huamei", "cost": 5, "price": 15, "case_pack": 10, "volume": 4}],
        Suppliers=[{"supplier": "Huamei", "production_days": 10}], Routes=routes,
        Settings=STEADY | {"check_in_days": 0, "holding_rate": 0},
    )  # fmt: skip
    assert made.orders["extra_cost"].iloc[0] == 500.0 + 300.0


def test_no_gap_no_hurry() -> None:
    """Stock that lasts until the sea freight lands comes by sea."""
    assert plan(on_hand=401).orders["mode"].tolist() == ["sea"]


def test_an_arrival_inside_the_gap_counts() -> None:
    """200 that land on day 20 leave 5 days before and none after: 10 days of sales are lost from day 15 to 40."""
    made = plan(Inbound=[{"sku": "A", "ordered": 200, "sellable_on": day(20)}])
    assert made.orders.iloc[0]["units"] == 50.0
    assert made.orders.iloc[0]["short_days"] == 5.0


def test_rush_terms() -> None:
    """Rushed production of 2 days by air lands on day 7, before the stock is gone: all 30 days of the gap are saved."""
    made = plan(supplier={"rush_days": 2, "rush_premium": 1})
    assert lines(made) == [("Huamei", "rush_air", 300.0, 7), ("Huamei", "sea", 70.0, 40)]
    assert made.orders["extra_cost"].iloc[0] == 300 * (2 + 1)
    assert "by air, rushed" in text(made, made.orders["why"].iloc[0])


def test_rush_without_a_typed_route() -> None:
    """Rush terms shorten an assumed lead time too, at their own extra cost: 15 - 3 days off 45."""
    made = plan(routes=[], supplier={"production_days": 15, "rush_days": 3, "rush_premium": 1})
    assert lines(made)[0] == ("Huamei", "rush_sea", 120.0, 33)
    assert made.orders["extra_cost"].iloc[0] == 120.0


def test_a_backup_supplier() -> None:
    """A backup next door takes the gap, its cost is asked for; too small a rest for the first one is not split."""
    near = [{"supplier": "Near", "production_days": 1, "backup_of": "Huamei"}]
    routes = [ROUTES[0], {"from": "Near", "to": "Main", "mode": "land", "days": 4, "cost_per_unit": 2}]
    made = plan(routes=routes, others=near)
    assert lines(made) == [("Near", "land", 300.0, 5), ("Huamei", "sea", 70.0, 40)]
    assert pd.isna(made.orders["unit_cost"].iloc[0])
    assert "Ask Near for the price" in text(made, made.orders["why"].iloc[0])
    assert lines(plan(routes=routes, others=near, moq=80)) == [("Huamei", "sea", 370.0, 40)]


def test_the_best_of_several_ways() -> None:
    """Express saves 2 days more than air, 200 in margin, for 6 a unit more: air is taken."""
    routes = [*ROUTES, {"from": "Huamei", "to": "Main", "mode": "express", "days": 3, "cost_per_unit": 9}]
    assert plan(routes=routes).orders["mode"].tolist() == ["air", "sea"]
    routes[2]["cost_per_unit"] = 3.1
    assert plan(routes=routes).orders["mode"].tolist() == ["express", "sea"]


def test_a_closed_factory_rushes_nothing() -> None:
    """Goods that would be made during the closure come later by air as well."""
    made = plan(supplier={"closed_from": day(5), "closed_to": day(14)})
    assert [line[3] for line in lines(made)] == [25, 50]


def test_never_more_than_the_order() -> None:
    """What comes faster is a part of the order, however long the gap."""
    made = plan(on_hand=0)
    assert made.orders["units"].sum() == made.view["order_units"].sum() == 470.0


def test_a_blank_mode_is_the_sea_route() -> None:
    """A second route without a mode beside a sea route is no faster way: two lines would have one name."""
    routes = [ROUTES[0], {"from": "Huamei", "to": "Main", "days": 8, "cost_per_unit": 1}]
    assert plan(routes=routes).orders["mode"].tolist() == ["sea"]
