"""Level, spread and weekday profile of a normal day, from usable days only."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from restock.demand import build_history
from restock.demand.events import event_factors
from restock.demand.level import estimate_level
from restock.demand.new_items import with_likeness
from restock.demand.pairs import pairs_of

from .demand_tables import TODAY, book, daily_sales, day, spells

LAMP = {"sku": "LAMP-03"}


def level_of(tables, sold_out=None):
    """The level of every pair, assumptions about new SKUs included."""
    history = build_history(tables, TODAY, spells() if sold_out is None else sold_out)
    pairs = pairs_of(tables)
    return with_likeness(tables, pairs, history, estimate_level(tables, pairs, history), TODAY)[0]


@pytest.mark.parametrize("days", [7, 10, 60, 400])
def test_constant_sales_give_their_own_level(days):
    """20 a day is 20 a day, with the spread of Poisson counts: sqrt(20)."""
    level = level_of(book([LAMP], daily_sales("LAMP-03", [20] * days)))
    assert level.level[0] == pytest.approx(20, rel=1e-12)
    assert level.daily_sd[0] == pytest.approx(20**0.5, rel=1e-12)
    assert level.profile[0] == pytest.approx(np.ones(7))


def test_recent_days_weigh_more():
    """28 days at 30 after 28 at 10: halves weigh 1 and 1/2, so (2 x 30 + 10) / 3 = 23.33."""
    level = level_of(book([LAMP], daily_sales("LAMP-03", [10] * 28 + [30] * 28)))
    assert level.level[0] == pytest.approx(70 / 3, rel=0.01)


def test_spread_is_the_root_of_mean_squared_residuals():
    """0 and 40 by turns, too short for a weekday profile: each day is 20 off, and 20 is above sqrt(20)."""
    level = level_of(book([LAMP], daily_sales("LAMP-03", [40, 0] * 13)))
    assert level.level[0] == pytest.approx(20, rel=0.02)
    assert level.daily_sd[0] == pytest.approx(20, rel=0.02)


def test_sold_out_days_do_not_lower_the_level():
    """20 a day with a fortnight sold out is 20 a day; unmarked, the same zeros would lower it."""
    sales = daily_sales("LAMP-03", [20] * 40 + [0] * 14 + [20] * 5)
    spell = spells(("LAMP-03", "US-LA", day(-19), day(-6)))
    assert level_of(book([LAMP], sales), spell).level[0] == pytest.approx(20)
    assert level_of(book([LAMP], sales)).level[0] < 16


def test_show_days_leave_the_baseline():
    """A show that sold 300 on a normal day of 20 does not raise the level."""
    sales = daily_sales("LAMP-03", [20] * 30 + [320] + [20] * 9)
    show = {"show": "S", "start": dt.datetime(2026, 11, 13, 18), "sku": "LAMP-03", "warehouse": "US-LA"}
    assert level_of(book([LAMP], sales, livestreams=[show])).level[0] == pytest.approx(20)
    assert level_of(book([LAMP], sales)).level[0] > 25


def test_event_days_count_as_so_many_normal_days():
    """60 on a day of a 3-fold event is a normal day of 20."""
    sales = daily_sales("LAMP-03", [20] * 20 + [60, 60] + [20] * 8)
    event = {"event": "Sale", "start": day(-10), "end": day(-9), "uplift": 3.0}
    level = level_of(book([LAMP], sales, events=[event]))
    assert level.level[0] == pytest.approx(20)
    assert level.daily_sd[0] == pytest.approx(20**0.5)


def test_a_day_of_an_event_without_sales_is_left_out():
    """Uplift 0 (closed) makes the day unusable rather than infinite."""
    sales = daily_sales("LAMP-03", [20] * 20 + [7] + [20] * 9)
    closed = {"event": "Closed", "start": day(-10), "uplift": 0.0}
    assert level_of(book([LAMP], sales, events=[closed])).level[0] == pytest.approx(20)


@pytest.mark.parametrize("scale", [1.0, 10.0])
def test_the_weekday_pattern_is_recovered(scale):
    """Weekends of 2.2 and Mondays of 0.4 come back within 5 %, and the level is that of the mean day."""
    pattern = np.array([0.4, 0.7, 0.7, 0.7, 0.7, 1.9, 1.9])
    units = [scale * 20 * pattern[day(at).weekday()] for at in range(-182, 0)]
    level = level_of(book([LAMP], daily_sales("LAMP-03", units)))
    assert level.profile[0] == pytest.approx(pattern, rel=0.05)
    assert level.profile.mean() == pytest.approx(1)
    assert level.level[0] == pytest.approx(scale * 20, rel=0.02)


def test_a_slow_item_takes_the_weekdays_of_its_warehouse():
    """One sale a week, on Mondays, beside a fast item without Monday sales: it stays near the warehouse's."""
    fast = [0 if day(at).weekday() == 0 else 70 for at in range(-140, 0)]
    slow = [1 if day(at).weekday() == 0 else 0 for at in range(-140, 0)]
    stock = [{"sku": "FAST"}, {"sku": "SLOW"}, {"sku": "SLOW", "warehouse": "DE-HAM"}]
    sales = daily_sales("FAST", fast) + daily_sales("SLOW", slow) + daily_sales("SLOW", slow, "DE-HAM")
    level = level_of(book(stock, sales))
    assert level.profile[0, 0] < 0.05
    assert level.profile[1, 0] < 0.7
    assert level.profile[2, 0] > 1.0


@pytest.mark.parametrize(
    ("units", "expected"),
    [([100], 1 / 7 * 100 + 6 / 7 * 100 / 7), ([20, 20, 20], 3 / 7 * 20 + 4 / 7 * 60 / 7)],
    ids=["one good day", "three days"],
)
def test_fewer_days_than_trusted_do_not_explode(units, expected):
    """u of 7 days lean u/7 on their own level and the rest on units / 7 days."""
    stock = [LAMP, {"sku": "OLD"}]
    sales = daily_sales("OLD", [1] * 30) + daily_sales("LAMP-03", units)
    level = level_of(book(stock, sales))
    assert level.level[0] == pytest.approx(expected)
    assert level.usable_days[0] == len(units)


def test_an_item_long_sold_out_remembers_its_older_days():
    """Sold out for 200 days: the plain mean of the latest 56 usable days, 12 a day, still stands."""
    sales = daily_sales("LAMP-03", [30] * 20 + [12] * 56 + [0] * 200)
    spell = spells(("LAMP-03", "US-LA", day(-200), None))
    level = level_of(book([LAMP], sales), spell)
    assert level.level[0] == pytest.approx(12)
    assert level.usable_days[0] == 0


@pytest.mark.parametrize(
    ("catalog", "sold_out", "expected"),
    [
        ({}, spells(), 0.0),
        ({}, spells(("QUIET", "US-LA", day(-90), None)), np.nan),
        ({"status": "new"}, spells(), np.nan),
        ({"status": "active"}, spells(), 0.0),
    ],
    ids=["never sold", "never in stock", "marked new", "marked active"],
)
def test_a_pair_that_never_sold(catalog, sold_out, expected):
    """NO SALES where it could have sold, NO DATA where it could not or is new."""
    tables = book(
        [LAMP, {"sku": "QUIET"}], daily_sales("LAMP-03", [20] * 60), catalog=[{"sku": "QUIET", **catalog}]
    )
    assert level_of(tables, sold_out).level[1] == pytest.approx(expected, nan_ok=True)


def test_without_any_sales_nothing_is_known():
    """No history: every level is NaN."""
    assert np.isnan(level_of(book([LAMP])).level).all()


NEW = {"sku": "LAMP-05", "similar_sku": "LAMP-03", "multiplier": 0.6}


@pytest.mark.parametrize(
    ("own", "expected"),
    [([], 12.0), ([26] * 7, 0.25 * 26 + 0.75 * 12), ([26] * 14, 0.5 * 26 + 0.5 * 12), ([26] * 28, 26.0)],
    ids=["none", "7 days", "14 days", "28 days"],
)
def test_a_new_item_fades_from_its_model_to_its_own_sales(own, expected):
    """LAMP-03 x 0.6 = 12 a day; own sales weigh days / 28."""
    sales = daily_sales("LAMP-03", [20] * 60) + daily_sales("LAMP-05", own)
    level = level_of(book([LAMP, {"sku": "LAMP-05"}], sales, catalog=[NEW]))
    assert level.level[1] == pytest.approx(expected)
    assert level.daily_sd[1] == pytest.approx(expected**0.5)


def test_the_assumption_ends_even_where_own_days_are_few():
    """First sold 56 days ago, in stock for 10 days since: its own 30 a day stands alone."""
    sales = daily_sales("LAMP-03", [20] * 90) + daily_sales("LAMP-05", [30] * 10 + [0] * 46)
    tables = book([LAMP, {"sku": "LAMP-05"}], sales, catalog=[NEW])
    spell = spells(("LAMP-05", "US-LA", day(-46), None))
    assert level_of(tables, spell).level[1] == pytest.approx(30)


@pytest.mark.parametrize(
    ("stock", "expected"),
    [
        ([{"sku": "LAMP-03", "warehouse": "DE-HAM"}, {"sku": "LAMP-05"}], 6.0),
        ([{"sku": "LAMP-03"}, {"sku": "LAMP-03", "warehouse": "DE-HAM"}, {"sku": "LAMP-05"}], 12.0),
        ([{"sku": "LAMP-05"}], 0.0),
    ],
    ids=["model elsewhere", "model here", "model not on Stock"],
)
def test_the_model_is_looked_up_here_and_then_elsewhere(stock, expected):
    """20 a day in Los Angeles, 10 in Hamburg: the same warehouse first, else the mean of the others."""
    sales = daily_sales("LAMP-03", [20] * 60) + daily_sales("LAMP-03", [10] * 60, "DE-HAM")
    assert level_of(book(stock, sales, catalog=[NEW])).level[-1] == pytest.approx(expected)


@pytest.mark.parametrize("factor", [3.0, 0.5])
def test_the_level_scales_with_the_units(factor):
    """Sales in other units: the level scales alike (the profile prior counts units, so within 2 %)."""
    units = np.random.default_rng(5).poisson(40, 120)
    one = level_of(book([LAMP], daily_sales("LAMP-03", units.astype(float).tolist())))
    other = level_of(book([LAMP], daily_sales("LAMP-03", (units * factor).tolist())))
    assert other.level[0] == pytest.approx(factor * one.level[0], rel=0.02)


def test_overlapping_events_multiply_and_concern_whom_they_name():
    """All, one warehouse, one SKU; a blank last day is one day; a blank uplift is nothing."""
    stock = [LAMP, {"sku": "LAMP-03", "warehouse": "DE-HAM"}, {"sku": "CAP"}]
    events = [
        {"event": "All", "start": day(0), "end": day(2), "uplift": 2.0},
        {"event": "Here", "start": day(1), "uplift": 1.5, "warehouse": "US-LA"},
        {"event": "One", "start": day(-5), "end": day(0), "uplift": 3.0, "sku": "LAMP-03"},
        {"event": "Unknown", "start": day(0), "end": day(3), "uplift": 9.0, "sku": "ELSEWHERE"},
        {"event": "Blank", "start": day(0), "end": day(3)},
    ]
    tables = book(stock, events=events)
    factors = event_factors(tables, pairs_of(tables), TODAY, 4)
    assert factors.tolist() == [[6, 3, 2, 1], [6, 2, 2, 1], [2, 3, 2, 1]]


def test_rows_of_stock_in_another_order_give_the_same_levels():
    """The order of Stock changes the order of the answer and nothing else (§16)."""
    rng = np.random.default_rng(3)
    stock = [{"sku": f"S{at}"} for at in range(5)]
    sales = [row for at in range(5) for row in daily_sales(f"S{at}", rng.poisson(at + 1, 90).tolist())]
    tables = book(stock, sales)
    turned = replace(tables, stock=tables.stock.iloc[::-1].reset_index(drop=True))
    assert level_of(turned).level[::-1].tolist() == level_of(tables).level.tolist()
