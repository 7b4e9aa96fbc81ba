"""Days from order to sellable: production + route + check-in, closures, spread (§14)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from restock.replenish.lead_time import LeadTime, lead_times

from .plan_books import TODAY, day, tables_of


def lead(warehouse: str = "US-LA", **tables: Any) -> LeadTime:
    """Lead time of SKU A, supplied by Huamei."""
    stock = [{"sku": "A", "warehouse": warehouse, "on_hand": 9, "daily_sales": 1}]
    checked = tables_of(Stock=stock, Catalog=[{"sku": "A", "supplier": "Huamei"}], **tables)
    return lead_times(checked, checked.catalog["supplier"].to_numpy(object), TODAY)


def supplier(**cells: Any) -> list[dict[str, Any]]:
    return [{"supplier": "Huamei", "production_days": 12} | cells]


def route(mode: str | None, days: float, **cells: Any) -> dict[str, Any]:
    return {"from": "Huamei", "to": "US-LA", "mode": mode, "days": days} | cells


@pytest.mark.parametrize(
    ("warehouse", "days"),
    [
        pytest.param("US-LA", 15 + 30 + 3, id="US"),
        pytest.param("DE-HAM", 15 + 40 + 3, id="Germany"),
        pytest.param("UK", 15 + 40 + 3, id="United Kingdom"),
        pytest.param("JP-OSA", 15 + 10 + 3, id="Japan"),
        pytest.param("SG", 15 + 12 + 3, id="South-East Asia"),
        pytest.param("Main", 15 + 30 + 3, id="nowhere known"),
    ],
)
def test_nothing_typed(warehouse: str, days: float) -> None:
    """Without suppliers and routes production, sea and check-in come from Settings and are marked as assumed."""
    answer = lead(warehouse)
    assert (answer.mean.item(), answer.mode.item(), answer.assumed.item()) == (days, "sea", True)


def test_the_parts_add_up() -> None:
    """Production 12, sea 30 and check-in 3 are 45 days, and nothing of it is assumed."""
    answer = lead(
        Suppliers=supplier(), Routes=[route("sea", 30)], Warehouses=[{"warehouse": "US-LA", "check_in_days": 3}]
    )
    assert (answer.mean.item(), answer.assumed.item()) == (45.0, False)


@pytest.mark.parametrize(
    ("suppliers", "routes"),
    [
        pytest.param([{"supplier": "Huamei"}], [route("sea", 30)], id="production"),
        pytest.param(supplier(), [], id="route"),
    ],
)
def test_one_part_missing(suppliers: list[dict[str, Any]], routes: list[dict[str, Any]]) -> None:
    """A lead time of which one part is typed still rests on an assumption."""
    assert lead(Suppliers=suppliers, Routes=routes).assumed.item()


@pytest.mark.parametrize(
    ("routes", "days", "mode"),
    [
        pytest.param([route("air", 5), route("sea", 30)], 30, "sea", id="sea before air"),
        pytest.param([route("air", 5), route("land", 18)], 18, "land", id="land before air"),
        pytest.param([route("express", 3), route("air", 5)], 5, "air", id="air before express"),
        pytest.param([route("air", 5), route(None, 28)], 28, "sea", id="a blank mode is sea"),
        pytest.param([route("air", 5)], 5, "air", id="air alone"),
    ],
)
def test_the_regular_route_is_the_slow_one(routes: list[dict[str, Any]], days: float, mode: str) -> None:
    """Orders go by the slowest mode typed, whatever the order of the rows."""
    for order in (routes, routes[::-1]):
        answer = lead(Suppliers=supplier(), Routes=order)
        assert (answer.mean.item(), answer.mode.item()) == (12 + days + 3, mode)


def test_a_route_to_elsewhere_does_not_count() -> None:
    """A route of the same supplier to another warehouse leaves the assumption in place."""
    answer = lead(Suppliers=supplier(), Routes=[route("sea", 9) | {"to": "DE-HAM"}])
    assert answer.mean.item() == 12 + 30 + 3


@pytest.mark.parametrize(
    ("closed_from", "closed_to", "pause"),
    [
        pytest.param(5, 11, 7, id="inside production"),
        pytest.param(11, 17, 7, id="starts on its last day"),
        pytest.param(12, 18, 0, id="starts after it"),
        pytest.param(-3, 3, 4, id="under way: today to the last day"),
        pytest.param(-9, -1, 0, id="over"),
        pytest.param(0, 0, 1, id="today only"),
        pytest.param(10, 5, 0, id="the wrong way round"),
    ],
)
def test_a_closed_factory_adds_its_days(closed_from: int, closed_to: int, pause: int) -> None:
    """Only days on which the factory would have produced and is closed are added."""
    suppliers = supplier(closed_from=day(closed_from), closed_to=day(closed_to))
    assert lead(Suppliers=suppliers, Routes=[route("sea", 30)]).mean.item() == 45 + pause


def test_a_closed_factory_sends_nothing() -> None:
    """Goods that need no production wait too while the factory is closed today."""
    suppliers = supplier(production_days=0, closed_from=day(0), closed_to=day(6))
    assert lead(Suppliers=suppliers, Routes=[route("sea", 30)]).mean.item() == 7 + 30 + 3


@pytest.mark.parametrize(
    ("production_sd", "days_sd", "spread"),
    [
        pytest.param(None, None, 9.0, id="neither: 20 % of 45"),
        pytest.param(3, 4, 5.0, id="both"),
        pytest.param(0, 0, 0.0, id="certain"),
        pytest.param(8, None, (8**2 + 6.6**2) ** 0.5, id="production only: 20 % of 33 on the way"),
        pytest.param(None, 7, (2.4**2 + 7**2) ** 0.5, id="route only: 20 % of 12 in production"),
    ],
)
def test_spread(production_sd: float | None, days_sd: float | None, spread: float) -> None:
    """Typed spreads add as squares; a blank one is 20 % of its own part, of the whole where both are blank."""
    answer = lead(Suppliers=supplier(production_sd=production_sd), Routes=[route("sea", 30, days_sd=days_sd)])
    assert answer.sd.item() == pytest.approx(spread)


def test_spread_is_at_least_two_days() -> None:
    """A short lead time still varies by two days unless something else is typed."""
    assert lead(Suppliers=supplier(production_days=1), Routes=[route("air", 2)]).sd.item() == 2.0


def test_no_lead_time_at_all() -> None:
    """Goods may be sellable on the day they are ordered."""
    answer = lead(
        Suppliers=supplier(production_days=0),
        Routes=[route("land", 0)],
        Warehouses=[{"warehouse": "US-LA", "check_in_days": 0}],
    )
    assert answer.mean.item() == 0.0


def test_a_slip_of_the_keyboard_stays_inside_the_calendar() -> None:
    """A million days of production count as 9999."""
    assert lead(Suppliers=supplier(production_days=1e6), Routes=[route("sea", 30)]).mean.item() == 9999.0


@pytest.mark.parametrize(
    ("chance", "days"),
    [
        pytest.param(0.5, 45, id="an even chance: the mean"),
        pytest.param(0.95, 60, id="45 + 1.645 × 9 = 59.8"),
        pytest.param(0.98, 64, id="45 + 2.054 × 9 = 63.5"),
        pytest.param(0.4, 45, id="never below the mean"),
    ],
)
def test_days_to_be_safe(chance: float, days: float) -> None:
    """The days not exceeded with a chance are those of a normal lead time, rounded up."""
    answer = lead(Suppliers=supplier(), Routes=[route("sea", 30)])
    assert answer.safe(np.array([chance])).item() == days


def test_days_to_be_safe_beside_uneven_sales() -> None:
    """Squares add: 14.8 days late at 95 % beside 10 days that need holds already are √(100 + 219.2) - 10 = 7.9 more."""
    answer = lead(Suppliers=supplier(), Routes=[route("sea", 30)])
    assert answer.safe(np.array([0.95]), np.array([10.0])).item() == 53.0


@pytest.mark.parametrize(
    ("needed", "day_of_order"),
    [
        pytest.param(62, 17, id="made before the closure: 62 - 45 = 17, ready on 28, closed from 30"),
        pytest.param(63, 18, id="ready on the evening of day 29"),
        pytest.param(64, 18, id="a day later still only if ordered then"),
        pytest.param(70, 18, id="7 days of closure: 70 - 45 - 7 = 18"),
        pytest.param(72, 20, id="across the closure: 72 - 52"),
        pytest.param(81, 29, id="across the closure: 81 - 52"),
        pytest.param(82, 37, id="made after it: 82 - 45"),
    ],
)
def test_latest_order_before_a_closed_factory(needed: float, day_of_order: float) -> None:
    """The last day to order looks at the closure that it would meet: 12 days to make, closed on days 30 to 36."""
    suppliers = supplier(closed_from=day(30), closed_to=day(36), production_sd=0)
    answer = lead(Suppliers=suppliers, Routes=[route("sea", 30, days_sd=0)])
    latest = answer.latest_order(np.array([needed]), answer.safe(np.array([0.95]))).item()
    assert latest == day_of_order
    assert max(_lands(order) <= needed and order for order in range(60)) == day_of_order


def _lands(order: int) -> int:
    """Day on which an order is sellable: 12 working days, none of them from 30 to 36, then 33 days."""
    at, made = order, 0
    while made < 12:
        made += not 30 <= at <= 36
        at += 1
    return at + 33
