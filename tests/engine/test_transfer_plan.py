"""The transfer plan: equal to trying everything, the same in any order, never worse than greedy, bad rows listed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restock.errors import InputError
from restock.text import Words, say
from restock.transfer import Limits, Terms, TransferPlan, optimise, plan_transfers

from .transfer_worlds import Line, World, every_line, plans_of, played, random_world

EXACT = Limits(gap=0.0)
BLOCKS, PER_BLOCK = 8, 50


def solved(world: World, **changed: Any) -> TransferPlan:
    """The plan of a world, to the optimum."""
    terms = Terms(world.ship_days, world.payback, world.budget)
    return plan_transfers(
        world.stock, world.routes, world.demand, world.arrivals, terms, **{"limits": EXACT, **changed}
    )


def tiny_worlds(block: int) -> Iterator[tuple[int, World, np.ndarray[Any, Any]]]:
    """The worlds of a block of seeds that are small enough to try everything, with what every plan costs."""
    found = 0
    for seed in range(block * 10_000, (block + 1) * 10_000):
        world = random_world(seed)
        lines = every_line(world)
        plans = plans_of(lines)
        if plans is not None:
            yield seed, world, played(world, lines, plans)
            found += 1
        if found == PER_BLOCK:
            return


@pytest.mark.parametrize("block", range(BLOCKS))
def test_equal_to_trying_every_plan(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cost is that of the best of all plans lived through day by day, to the cent: enumerated, and by the solver.

    Priced, as very large plans are, the bound lies below the best and the plan is allowed.
    """
    better = 0
    for seed, world, costs in tiny_worlds(block):
        best, nothing = costs.min(), costs[0]
        better += best < nothing - 0.5
        plan = solved(world)
        with monkeypatch.context() as patch:
            patch.setattr(optimise, "MOST_PLANS", 0)
            by_solver = solved(world)
            patch.setattr(optimise, "EXACT_LINES", 0)
            by_prices = solved(world)
        for found in (plan, by_solver):
            assert abs(found.cost * 100 - best) <= 0.5001, (seed, found, best)
            assert found.gap == 0.0, (seed, found)
        assert abs(plan.cost_without * 100 - nothing) <= 0.5001
        assert by_prices.bound * 100 <= best + 0.5001 <= by_prices.cost * 100 + 1.5002, (seed, by_prices, best)
        for found in (plan, by_solver, by_prices):
            assert abs(found.cost * 100 - cost_of(world, found)) <= 0.5001, (seed, found)
    assert better >= PER_BLOCK // 5


def cost_of(world: World, plan: TransferPlan) -> float:
    """Cents that the moves of a plan cost when they are lived through; infinity where they are not allowed."""
    lines = [Line(move.sender, move.receiver, move.route, move.ship_day, 0) for move in plan.moves]
    return float(played(world, lines, np.array([[move.cartons for move in plan.moves]], dtype=int))[0])


@pytest.mark.parametrize("seed", range(20))
def test_any_order_of_rows_gives_the_same_plan(seed: int) -> None:
    """Shuffled stock and routes give the identical plan."""
    world = random_world(7, skus=40)
    draw = np.random.default_rng(seed)
    rows, ways = draw.permutation(len(world.stock)), draw.permutation(len(world.routes))
    shuffled = replace(
        world, stock=world.stock.iloc[rows].reset_index(drop=True), demand=world.demand[rows],
        arrivals=world.arrivals[rows], routes=world.routes.iloc[ways].reset_index(drop=True),
    )  # fmt: skip
    first, other = solved(world), solved(shuffled)
    assert said(world, first) == said(shuffled, other) != []
    assert (first.cost, first.bound) == (other.cost, other.bound)


def said(world: World, plan: TransferPlan) -> list[tuple[Any, ...]]:
    """The moves by name."""
    sku, place = world.stock["sku"].tolist(), world.stock["warehouse"].tolist()
    return [
        (sku[move.sender], place[move.sender], place[move.receiver], move.units, move.ship_day, move.arrival_day,
         round(move.saved_units, 6), round(move.cost, 6))
        for move in plan.moves
    ]  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 100_000), st.integers(1, 8), st.booleans())
def test_never_worse_than_greedy_or_nothing(seed: int, skus: int, hurried: bool) -> None:
    """A plan is allowed, costs what living through it costs, no more than greedy or nothing, no less than its bound.

    Whether the solver may look around or is stopped at once.
    """
    world = random_world(seed, skus, days=20)
    plan = solved(world, limits=Limits(nodes=0, seconds=0.0) if hurried else Limits())
    assert abs(plan.cost * 100 - cost_of(world, plan)) <= 0.5001
    assert plan.bound <= plan.cost <= min(plan.cost_greedy, plan.cost_without) + 0.01
    assert sum(move.cost for move in plan.moves) == pytest.approx(plan.freight, abs=0.0051)


def small(
    stock: list[tuple[Any, ...]], routes: list[dict[str, Any]], days: int = 20, terms: Terms | None = None, **more: Any
) -> TransferPlan:
    """A plan of one SKU sold one a day: warehouse, available and other cells by place."""
    frame = pd.DataFrame([{"sku": "A", "margin": 10.0, "warehouse": place, "available": held, **dict(*cells)}
                          for place, held, *cells in stock])  # fmt: skip
    return plan_transfers(frame, pd.DataFrame(routes), np.ones((len(frame), days)), None, terms, **more)


def way(origin: str = "DE", end: str = "US", **cells: Any) -> dict[str, Any]:
    """A route."""
    return {"from": origin, "to": end, "days": 3, "cost_per_unit": 1.0, **cells}


def test_a_late_unit_is_worth_less_than_an_early_one() -> None:
    """Two SKUs share a pallet of 40: without a cost of out-of-stock days the first waits, sold out, for the other.

    Each sells one a day for 30 days and is sent 10 units, which are sold whether they come on day 3 or on day 10; the
    second one's sender can spare nothing before day 7. An out-of-stock day costs so much in the first week and a fifth
    less each week. Waiting moves the first one's 10 units from days 3 to 12 to days 10 to 19: 10 fifths, 20 of 10 and
    60 of 30 a day, against a pallet of 40.
    """
    stock = pd.DataFrame({
        "sku": ["A", "A", "B", "B"], "warehouse": ["DE", "US"] * 2, "available": [10, 0, 0, 0], "margin": [20.0] * 4,
        "case_pack": 10,
    })  # fmt: skip
    demand = np.array([[0.0] * 30, [1.0] * 30] * 2)
    arrivals = np.zeros((4, 30))
    arrivals[2, 7] = 10
    routes = pd.DataFrame([way(slot_cost=40.0)])
    days = {}
    for cost in (0.0, 10.0, 30.0):
        plan = plan_transfers(
            stock.assign(out_of_stock_cost=cost), routes, demand, arrivals, Terms((0, 7)), limits=EXACT
        )
        days[cost] = [move.ship_day for move in plan.moves]
    assert days == {0.0: [7, 7], 10.0: [7, 7], 30.0: [0, 7]}


def test_domestic_routes_come_first_where_the_cost_is_the_same() -> None:
    """Poland serves Germany before America does at the same price, and what Poland has not comes from America."""
    routes = [way("US", "DE"), way("PL", "DE", domestic=True)]
    plan = small([("DE", 0), ("PL", 60), ("US", 60)], routes)
    assert [(move.sender, move.units) for move in plan.moves] == [(1, 17)]
    plan = small([("DE", 0), ("PL", 24), ("US", 60)], routes)
    assert {move.sender: move.units for move in plan.moves} == {1: 4, 2: 13}


@pytest.mark.parametrize("fixed", [0.0, 30.0])
def test_ships_on_the_latest_day_that_costs_nothing(fixed: float) -> None:
    """Sold out on day 8 and 3 days on the road: of days 0 to 7 it leaves on day 5."""
    plan = small([("DE", 90), ("US", 8)], [way(cost_per_shipment=fixed)], terms=Terms(tuple(range(8))))
    assert [(move.ship_day, move.arrival_day) for move in plan.moves] == [(5, 8)]


def test_needed_by_a_day() -> None:
    """On the latest day in time, on the first where none is, and not yet where that may wait."""
    ends = {12: [6], 9: [6], 4: [1], 0: [1], 13: []}
    for end, ship in ends.items():
        stock = [("DE", 90), ("US", 2)]
        plan = small(stock, [way()], terms=Terms((1, 6, 9) if end == 12 else (1, 6)), needed_by=np.array([-1, end]))
        assert [move.ship_day for move in plan.moves] == ([9] if end == 12 else ship), end


def test_one_route_needs_no_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    """What can be said in closed form, or by looking at every plan, is."""
    monkeypatch.setattr(optimise, "solve", None)
    assert not small([("DE", 900), ("US", 2)], [way()], days=500).solver
    assert not small([("DE", 90), ("PL", 90), ("US", 2)], [way(), way("PL", slot_cost=5.0)]).solver


def test_the_clock_is_named_where_it_struck(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a search that ran out of seconds says so; it still gives a plan and a bound."""
    monkeypatch.setattr(optimise, "MOST_PLANS", 0)
    stock = [("DE", 90), ("PL", 90), ("US", 2)]
    routes = [way(slot_cost=5.0), way("PL", slot_cost=5.0)]
    hurried, calm = (small(stock, routes, limits=Limits(seconds=seconds)) for seconds in (0.0, 60.0))
    assert (hurried.clock_struck, hurried.finished) == (True, False)
    assert (calm.clock_struck, calm.finished, calm.gap) == (False, True, 0.0)
    assert hurried.bound <= calm.cost <= hurried.cost


GOOD = way("PL")
BAD = [
    pytest.param(way("US", "US"), "transfer.route_to_itself", id="to itself"),
    pytest.param(way("XX", "US"), "transfer.route_unknown", id="unknown origin"),
    pytest.param(way("DE", "YY"), "transfer.route_unknown", id="unknown destination"),
    pytest.param(way(days=0), "transfer.route_days", id="no days"),
    pytest.param(way(days=-3), "transfer.route_days", id="negative days"),
    pytest.param(way(days=None), "transfer.route_days", id="days missing"),
    pytest.param(way(cost_per_unit=None), "transfer.route_cost", id="cost missing"),
    pytest.param(way(cost_per_shipment=-5), "transfer.route_negative", id="negative cost"),
]


@pytest.mark.parametrize(("route", "key"), BAD)
def test_a_bad_route_is_listed_and_the_rest_planned(route: dict[str, Any], key: str) -> None:
    """A route that cannot be used is named by its row, and what the others can do is proposed."""
    plan = small([("DE", 90), ("PL", 90), ("US", 2)], [route, GOOD])
    assert [(fault.key, fault.table, fault.row) for fault in plan.faults] == [(key, "routes", 0)]
    assert sentences(plan) == sentences(plan, "zh") == 1
    assert [move.route for move in plan.moves] == [1]


def sentences(plan: TransferPlan, language: str = "en") -> int:
    """How many faults can be said."""
    return len({say(fault.key, Words(language), row=fault.row, **fault.params) for fault in plan.faults})


def test_a_unit_larger_than_a_slot() -> None:
    """It never goes that way; a way with larger slots takes it."""
    stock = [("DE", 90, {"volume": 50.0}), ("US", 2, {"volume": 50.0})]
    tight, wide = (way(mode=mode, slot_cost=3.0, slot_volume=size) for mode, size in (("air", 40.0), ("sea", 900.0)))
    plan = small(stock, [tight, wide])
    assert [(fault.key, fault.row, fault.params["route"]) for fault in plan.faults] == [("transfer.too_large", 1, 0)]
    assert [move.route for move in plan.moves] == [1]
    assert sentences(plan) == 1


def test_a_minimum_that_the_budget_does_not_reach() -> None:
    """12 units at 1 and a shipment of 9 are 21: more than 20. Another way without minimum goes as far as the money."""
    strict, free = way(minimum=12, cost_per_shipment=9.0), way("PL", cost_per_unit=2.5)
    plan = small([("DE", 90), ("PL", 90), ("US", 2)], [strict, free], terms=Terms(budget=20.0))
    assert [(fault.key, fault.row) for fault in plan.faults] == [("transfer.minimum_over_budget", 0)]
    assert [(move.route, move.units, move.cost) for move in plan.moves] == [(1, 8, 20.0)]
    assert sentences(plan) == 1


def test_what_is_not_known_takes_no_part() -> None:
    """No stock: nothing to say. No margin: named. The same place twice: the first row counts."""
    stock = pd.DataFrame({
        "sku": ["A", "A", "B", "B", "A"], "warehouse": ["DE", "US", "DE", "US", "US"],
        "available": [90, np.nan, 90, 0, 0], "margin": [9.0, 9.0, np.nan, np.nan, 9.0],
    })  # fmt: skip
    plan = plan_transfers(stock, pd.DataFrame([way()]), np.ones((5, 20)))
    assert plan.moves == ()
    assert [(fault.key, fault.row) for fault in plan.faults] == [
        ("transfer.place_twice", 4), ("transfer.no_margin", 3),
    ]  # fmt: skip
    assert sentences(plan) == sentences(plan, "zh") == 2
    assert (plan.cost, plan.cost_without, plan.gap) == (0.0, 0.0, 0.0)


def test_tables_that_cannot_be_read() -> None:
    """A missing column, days that do not belong to the rows, ship days that fall."""
    stock = pd.DataFrame({"sku": ["A"], "warehouse": ["DE"], "available": [1], "margin": [1.0]})
    routes = pd.DataFrame([way()])
    with pytest.raises(InputError, match="margin"):
        plan_transfers(stock[["sku", "warehouse", "available"]], routes, np.ones((1, 5)))
    with pytest.raises(InputError, match="days"):
        plan_transfers(stock, routes[["from", "to"]], np.ones((1, 5)))
    with pytest.raises(InputError, match="a row per row of stock"):
        plan_transfers(stock, routes, np.ones((2, 5)))
    with pytest.raises(InputError, match="rising"):
        plan_transfers(stock, routes, np.ones((1, 5)), terms=Terms((5, 2)))
