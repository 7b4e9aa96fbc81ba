"""Every unit once: stock dates, roll-forward, what is on the way, sold-out spells (§1, §2, §12)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from restock.ledger import Previous
from restock.plan import Plan

from .plan_books import TODAY, day, pair, plan_of, remembered

ONE = [{"sku": "A", "on_hand": 100, "daily_sales": 2}]


def two(first: float, second: float) -> list[dict[str, Any]]:
    return [
        {"sku": "A", "on_hand": first, "daily_sales": 2},
        {"sku": "B", "on_hand": second, "daily_sales": 2},
    ]


def press(offset: int, stock: list[dict[str, Any]], before: Plan | None = None, **tables: Any) -> Plan:
    return plan_of(day(offset), remembered(before) if before else None, Stock=stock, **tables)


def stock_dates(plan: Plan) -> list[dt.date]:
    return [moment.date() for moment in plan.view["stock_date"]]


def test_first_press_counts_today() -> None:
    """Without any date the stock of the first press is today's (§2)."""
    assert stock_dates(press(0, two(5, 5))) == [TODAY, TODAY]


def test_unchanged_stock_keeps_its_press() -> None:
    """Stock that nobody changed is as old as the press that first saw it."""
    assert stock_dates(press(3, two(5, 5), press(0, two(5, 5)))) == [TODAY, TODAY]


def test_one_change_dates_the_whole_book() -> None:
    """One changed quantity means that stock was counted anew: every row without a date takes that press (§2)."""
    plan = press(3, two(5, 4), press(0, two(5, 5)))
    assert stock_dates(plan) == [day(3), day(3)]
    assert stock_dates(press(5, two(5, 4), plan)) == [day(3), day(3)]


def test_a_deleted_row_does_not_make_stock_older() -> None:
    """The last change still counts after the row that changed has left Stock."""
    changed = press(3, two(5, 4), press(0, two(5, 5)))
    assert stock_dates(press(5, two(5, 4)[:1], changed)) == [day(3)]


def test_blank_stock_that_stays_blank_is_no_change() -> None:
    """A quantity that is blank at two presses did not change."""
    before = press(0, two(5, None))  # type: ignore[arg-type]
    assert stock_dates(press(2, two(5, None), before)) == [TODAY, TODAY]  # type: ignore[arg-type]


def test_typed_dates_win() -> None:
    """A row's own date wins over the one in Settings, that over the last change (§2)."""
    stock = [ONE[0] | {"stock_date": day(-4)}, {"sku": "B", "on_hand": 5, "daily_sales": 1}]
    assert stock_dates(press(0, stock, Settings={"stock_date": day(-2)})) == [day(-4), day(-2)]


def test_an_earlier_today_never_dates_stock_ahead() -> None:
    """Planning for a day before the last press takes stock as of that day."""
    assert stock_dates(press(-2, two(5, 5), press(0, two(5, 5)))) == [day(-2), day(-2)]


SALES = [{"date": day(offset), "sku": "A", "qty": qty} for offset, qty in ((-3, 8), (-2, 4), (-1, 3), (0, 50))]


@pytest.mark.parametrize(
    ("stock_date", "left"),
    [
        pytest.param(0, 100.0, id="today"),
        pytest.param(-1, 97.0, id="yesterday"),
        pytest.param(-2, 93.0, id="two days old"),
        pytest.param(-30, 85.0, id="before the first sale"),
        pytest.param(-900, 85.0, id="years old"),
    ],
)
def test_sales_since_the_count_come_off(stock_date: int, left: float) -> None:
    """Sales dated on the stock date or later, and before today, are taken off; today's are not history (§2, §3)."""
    plan = plan_of(Stock=[ONE[0] | {"stock_date": day(stock_date)}], Sales=SALES)
    assert pair(plan, "A")["available"] == left


def test_a_refund_never_adds_stock() -> None:
    """A day whose returns exceed its sales counts as a day with nothing sold (§3)."""
    sales = [{"date": day(-2), "sku": "A", "qty": -9}, {"date": day(-1), "sku": "A", "qty": 3}]
    plan = plan_of(Stock=[ONE[0] | {"stock_date": day(-3)}], Sales=sales)
    assert pair(plan, "A")["available"] == 97.0


@pytest.mark.parametrize(
    ("line", "left", "open_units"),
    [
        pytest.param({"received": 20, "received_on": day(-1)}, 120.0, 40.0, id="part received after the count"),
        pytest.param({"received": 20, "received_on": day(-2)}, 120.0, 40.0, id="on the stock date"),
        pytest.param({"received": 20, "received_on": day(-3)}, 100.0, 40.0, id="before the count"),
        pytest.param({"received": 20, "received_on": day(0)}, 120.0, 40.0, id="today"),
        pytest.param({"received": 20, "received_on": day(1)}, 100.0, 40.0, id="dated tomorrow"),
        pytest.param({"received": 20}, 100.0, 40.0, id="without a date"),
        pytest.param({"state": "received", "received_on": day(-1)}, 160.0, 0.0, id="all received"),
        pytest.param({"state": "received", "received": 55, "received_on": day(-1)}, 155.0, 0.0, id="short"),
        pytest.param({"state": "received"}, 100.0, 0.0, id="received some day"),
        pytest.param({"state": "cancelled", "received_on": day(-1)}, 100.0, 0.0, id="cancelled"),
        pytest.param(
            {"state": "cancelled", "received": 20, "received_on": day(-1)}, 120.0, 0.0, id="rest cancelled"
        ),
        pytest.param({"received": 70}, 100.0, 0.0, id="more than ordered"),
    ],
)
def test_receipts_since_the_count_go_on(line: dict[str, Any], left: float, open_units: float) -> None:
    """Units received on the stock date or later are added once, and what is open is ordered - received (§2, §12)."""
    stock = [ONE[0] | {"stock_date": day(-2)}]
    plan = plan_of(Stock=stock, Inbound=[{"sku": "A", "ordered": 60, "sellable_on": day(5)} | line])
    row = pair(plan, "A")
    assert (row["available"], row["on_the_way"]) == (left, open_units)
    assert row["position"] == left + open_units


@pytest.mark.parametrize(
    ("due", "on_order", "arrives", "late_days", "flagged"),
    [
        pytest.param(4, 60.0, 4, 0, False, id="ahead"),
        pytest.param(0, 60.0, 0, 0, False, id="today"),
        pytest.param(-1, 60.0, 0, 1, False, id="a day late"),
        pytest.param(-2, 60.0, 0, 2, False, id="two days late"),
        pytest.param(-3, 60.0, None, 3, True, id="three days late"),
        pytest.param(-30, 60.0, None, 30, True, id="thirty days late"),
        pytest.param(-31, 0.0, None, 31, True, id="given up"),
        pytest.param(None, 60.0, None, 0, False, id="undated"),
    ],
)
def test_late_arrivals(due: int | None, on_order: float, arrives: int | None, late_days: int, flagged: bool) -> None:
    """Two days late is expected today; later is flagged and not sellable, on order until 30 days late (§12)."""
    sellable = None if due is None else day(due)
    plan = plan_of(Stock=ONE, Inbound=[{"sku": "A", "ordered": 60, "sellable_on": sellable}])
    row, line = pair(plan, "A"), plan.supply.lines.iloc[0]
    assert row["on_the_way"] == on_order
    assert (pd.isna(row["next_arrival"]) and arrives is None) or row["next_arrival"].date() == day(arrives or 0)
    assert plan.supply.arrivals.sum() == (60.0 if arrives is not None else 0.0)
    assert (line["late_days"], line["flagged"]) == (late_days, flagged)


def test_lateness_follows_settings() -> None:
    """The days before an arrival is flagged, and before it is given up, are the seller's."""
    inbound = [{"sku": "A", "ordered": 60, "sellable_on": day(-5)}]
    patient = plan_of(Stock=ONE, Inbound=inbound, Settings={"late_days": 5})
    strict = plan_of(Stock=ONE, Inbound=inbound, Settings={"lost_days": 4})
    assert pair(patient, "A")["next_arrival"].date() == TODAY
    assert pair(strict, "A")["on_the_way"] == 0.0


def test_an_arrival_past_the_horizon_is_still_said() -> None:
    """Goods that land after the days looked at are on order, and their date is shown."""
    plan = plan_of(Stock=ONE, Inbound=[{"sku": "A", "ordered": 60, "sellable_on": day(200)}])
    row = pair(plan, "A")
    assert (row["on_the_way"], row["next_arrival"].date(), row["arrival_units"]) == (60.0, day(200), 60.0)
    # 100 at 2 a day: sold out on day 50, 150 days before they land, 2 a day
    assert (row["gap_days"], row["gap_lost"]) == (150, 300.0)


def test_inbound_of_an_unplanned_pair_is_left_alone() -> None:
    """A line for a SKU and warehouse that Stock does not pair changes nobody's supply."""
    stock = [{"sku": "A", "warehouse": "US", "on_hand": 9, "daily_sales": 1},
             {"sku": "B", "warehouse": "DE", "on_hand": 9, "daily_sales": 1}]  # fmt: skip
    plan = plan_of(
        Stock=stock, Inbound=[{"sku": "A", "warehouse": "DE", "ordered": 60, "sellable_on": day(3)}]
    )
    assert (plan.view["on_the_way"] == 0).all()
    assert plan.supply.lines.empty


def spells(plan: Plan) -> list[tuple[dt.date, dt.date]]:
    return [(row["from"].date(), row["to"].date()) for _, row in plan.sold_out.iterrows()]


def test_a_sold_out_spell_is_one_row_until_it_ends() -> None:
    """A spell grows at each press that still finds nothing, ends, and a second one is a row of its own."""
    plan, seen = None, []
    for offset, on_hand in ((0, 0), (2, 0), (3, -4), (5, 40), (9, 40), (12, 0), (13, 0)):
        plan = press(offset, [ONE[0] | {"on_hand": on_hand}], plan)
        seen.append(spells(plan))
    first = (TODAY, day(3))
    assert seen[:3] == [[(TODAY, TODAY)], [(TODAY, day(2))], [first]]
    assert seen[3:5] == [[first], [first]]
    assert seen[5:] == [[first, (day(12), day(12))], [first, (day(12), day(13))]]


def test_a_spell_ends_with_a_second_press_on_its_day() -> None:
    """Stock that is typed on the day it was found sold out ends the spell; being out later is another."""
    plan = None
    for offset, on_hand in ((0, 0), (0, 500), (5, 0)):
        plan = press(offset, [ONE[0] | {"on_hand": on_hand}], plan)
    assert plan is not None
    assert spells(plan) == [(TODAY, TODAY), (day(5), day(5))]


def test_a_blank_quantity_is_not_sold_out() -> None:
    """Not knowing what is there is no spell without stock."""
    assert press(0, [*ONE, {"sku": "B", "on_hand": None, "daily_sales": 3}]).sold_out.empty


def test_reserved_units_count_as_gone() -> None:
    """Stock that is wholly sold but not yet shipped is sold out."""
    assert spells(press(0, [ONE[0] | {"reserved": 100}])) == [(TODAY, TODAY)]


def test_never_pressed() -> None:
    """A book without a memory gives an empty one with every column."""
    nothing = Previous.none()
    assert nothing.history.empty
    assert {"sku", "warehouse", "from", "to"} <= set(nothing.sold_out)
