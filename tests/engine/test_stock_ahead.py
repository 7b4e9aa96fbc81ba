"""What the charts draw: stock ahead with its band, forecast against actual, rows by warehouse."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from restock.demand.weeks import WEEKS_AHEAD
from restock.plan import Plan
from restock.replenish.stock_ahead import AHEAD_DAYS

from .plan_books import day, plan_of

LAMP = {
    "Stock": [{"sku": "LAMP-03", "warehouse": "US-LA", "on_hand": 280, "daily_sales": 20}],
    "Inbound": [{"sku": "LAMP-03", "warehouse": "US-LA", "ordered": 240, "sellable_on": day(8)}],
    "Livestreams": [{"show": "Thursday", "start": day(3), "sku": "LAMP-03", "warehouse": "US-LA", "planned_units": 75}],
}


def selling(days: int, last_week: int = 3, **stock: Any) -> Plan:
    """The plan of a SKU that sold 3 a day, and otherwise in the last seven days."""
    sold = [{"date": day(-back), "sku": "MUG", "warehouse": "LA", "qty": 3 if back > 7 else last_week}
            for back in range(1, days + 1)]  # fmt: skip
    return plan_of(Stock=[{"sku": "MUG", "warehouse": "LA", "on_hand": 100, **stock}], Sales=sold)


def test_evenings_of_the_worked_example() -> None:
    """280 at 20 a day, a show of 75 on the fourth day, 240 on the ninth: worked out by hand, and no band if typed."""
    ahead = plan_of(**LAMP).ahead
    assert ahead.expected[0, [2, 3, 7, 8]].tolist() == [220, 125, 45, 265]
    assert ahead.expected.shape == (1, AHEAD_DAYS)
    assert np.array_equal(ahead.low, ahead.expected)
    assert np.array_equal(ahead.high, ahead.expected)
    assert (ahead.shows[0, 3], ahead.arrivals[0, 8]) == (75, 240)


def test_the_low_line_is_where_stock_sells_out() -> None:
    """The band holds the line, and its lower edge reaches 0 on the day on which Stock says that it sells out."""
    plan = selling(90)
    ahead, runs_out = plan.ahead, int(plan.view["runout_day"].iloc[0])
    assert (ahead.low <= ahead.expected).all()
    assert (ahead.expected <= ahead.high).all()
    assert ahead.low[0, runs_out - 1] > 0 == ahead.low[0, runs_out]
    assert ahead.high[0, 20] > ahead.low[0, 20]


@pytest.mark.parametrize("stock", [{"on_hand": None, "daily_sales": 3}, {"on_hand": 9}], ids=["count", "sales"])
def test_what_is_not_known_has_no_line(stock: dict[str, Any]) -> None:
    """Without a count or without daily sales nothing is drawn."""
    known = {"sku": "CUP", "warehouse": "LA", "on_hand": 9, "daily_sales": 1}
    plan = plan_of(Stock=[known, {"sku": "MUG", "warehouse": "LA", **stock}])
    assert np.isnan(plan.ahead.expected).all(axis=1).tolist() == [False, True]


def test_weeks_hold_what_accuracy_holds() -> None:
    """Past weeks add up to the units of the sheet Accuracy; weeks ahead continue them."""
    plan = selling(100)
    weeks = plan.weeks
    past, ahead = weeks[weeks["sold"].notna()], weeks[weeks["ahead"].notna()]
    assert past["sold"].tolist() == [21.0] * 8
    assert past["sold"].sum() == plan.accuracy["sold"].iloc[0]
    assert past["made"].tolist() == pytest.approx([21.0] * 8, rel=0.05)
    assert len(ahead) == WEEKS_AHEAD
    assert (weeks["week"].diff().dropna().dt.days == 7).all()


def test_a_week_is_forecast_from_what_was_known_before_it() -> None:
    """Other sales in the last week change what was sold, never the forecast that was made before."""
    usual, other = (selling(100, last_week=sold).weeks for sold in (3, 12))
    last = usual["made"].notna().sum() - 1
    assert other["sold"].iloc[last] == 84 != usual["sold"].iloc[last]
    assert other["made"].iloc[: last + 1].tolist() == usual["made"].iloc[: last + 1].tolist()


def test_no_weeks_without_history() -> None:
    """Where nothing could be forecast again there is nothing to draw."""
    assert plan_of(**LAMP).weeks.empty
    assert selling(50).weeks.empty


def test_every_row_is_counted_in_its_warehouse() -> None:
    """Tiers of each warehouse add up to its rows, units are summed, and oversold stock counts as 0."""
    stock = [
        {"sku": "A", "warehouse": "LA", "on_hand": 10, "daily_sales": 5},
        {"sku": "B", "warehouse": "LA", "on_hand": 900, "daily_sales": 5},
        {"sku": "C", "warehouse": "HAM", "on_hand": 5, "reserved": 9, "daily_sales": 5},
        {"sku": "D", "warehouse": "HAM", "on_hand": None, "daily_sales": 5},
    ]
    rows = plan_of(Stock=stock).warehouses.set_index("warehouse")
    assert rows.loc["HAM"].tolist() == [1, 0, 0, 0, 1, 0, 0]
    assert rows.loc["LA"].tolist() == [1, 0, 0, 1, 0, 910, 0]
