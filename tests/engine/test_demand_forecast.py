"""The need of every pair: typed numbers as typed, the rest at the service level of its class (§13)."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restock.demand import History, build_history, knot_values, make_forecast
from restock.demand.classes import item_classes
from restock.demand.outlook import basis_reasons
from restock.demand.pairs import pairs_of
from restock.errors import DomainError
from restock.schema.settings import Settings

from .demand_tables import TODAY, book, daily_sales, day, spells

Z_95 = 1.6448536269514722
LAMP = {"sku": "LAMP-03"}
SHOW = {
    "show": "Thursday", "start": dt.datetime(2026, 11, 26, 18),
    "sku": "LAMP-03", "warehouse": "US-LA", "planned_units": 75,
}  # fmt: skip


def forecast(tables, horizon=90, sold_out=None):
    """The forecast of a book counted this morning."""
    history = build_history(tables, TODAY, spells() if sold_out is None else sold_out)
    return make_forecast(tables, TODAY, horizon, history, np.full(len(tables.stock), TODAY, "datetime64[D]"))


def test_typed_daily_sales_win():
    """LAMP-03: 20 a day and 75 in Thursday's show; 280 available last 10.25 days (§13)."""
    tables = book([{**LAMP, "daily_sales": 20}], daily_sales("LAMP-03", [3] * 60), livestreams=[SHOW])
    made = forecast(tables)
    assert made.need[0, [0, 3, 4, 7, 15]].tolist() == [0, 60, 155, 215, 375]
    assert (made.daily[0], made.typed[0], made.basis[0]) == (20.0, True, ("plan.basis_typed", {}))
    assert set(made.baseline[0]) == {20.0}
    assert made.shows[0, 3] == made.shows.sum() == 75


def test_typed_daily_sales_without_history_spread_by_the_simple_rule():
    """1.5 x sqrt(20) = 6.71; with history the spread of that, at least sqrt(20)."""
    assert forecast(book([{**LAMP, "daily_sales": 20}])).daily_sd[0] == pytest.approx(6.708, abs=0.001)
    tables = book([{**LAMP, "daily_sales": 20}], daily_sales("LAMP-03", [20] * 60))
    assert forecast(tables).daily_sd[0] == pytest.approx(20**0.5)


def test_constant_sales_need_their_mean_and_a_margin():
    """20 a day through 7 days: mean 140, and no more on top than a level known to 10 % would ask for."""
    made = forecast(book([LAMP], daily_sales("LAMP-03", [20] * 100)))
    assert made.daily[0] == pytest.approx(20)
    assert made.classes[0] == "profit"
    assert made.need[0, 0] == 0
    assert 140 < made.need[0, 7] < 140 + Z_95 * 336**0.5
    key, why = made.basis[0]
    assert (key, why["days"], why["ignored"]) == ("plan.basis_series", 100, 0)
    assert basis_reasons(made.basis[0]) == [made.basis[0]]


def test_a_bulk_order_is_capped_and_listed():
    """2,000 units on one day among days of 20 hardly move the level, and the sentence names the day and what counts."""
    units = [20] * 100
    units[60] = 2000
    made = forecast(book([LAMP], daily_sales("LAMP-03", units)))
    assert 19 < made.daily[0] < 23
    assert made.need[0, 7] < 300
    key, why = made.basis[0]
    assert (key, why["capped"], why["sold"], why["day"]) == ("plan.basis_series", 1, 2000, day(-40))
    assert [key for key, _ in basis_reasons(made.basis[0])] == ["plan.basis_series", "plan.basis_capped"]
    assert why["kept"] == pytest.approx(10 * (99 * 20 + 60) / 100)


def test_a_show_adds_its_units_and_its_own_spread():
    """Through 7 days with a show of 75: surplus of normal days and 1.645 x 0.4 x 75 of the show add as squares."""
    sales = daily_sales("LAMP-03", [20] * 100)
    surplus = forecast(book([LAMP], sales)).need[0, 7] - 140
    made = forecast(book([LAMP], sales, livestreams=[SHOW]))
    assert made.need[0, 7] == pytest.approx(215 + (surplus**2 + (Z_95 * 30) ** 2) ** 0.5)
    assert made.need[0, 3] == pytest.approx(forecast(book([LAMP], sales)).need[0, 3])


def test_events_and_weekdays_shape_the_days_ahead():
    """A 3-fold day tomorrow; the mean day is unchanged elsewhere."""
    event = {"event": "Sale", "start": day(1), "uplift": 3.0}
    made = forecast(book([LAMP], daily_sales("LAMP-03", [20] * 100), events=[event]))
    assert made.baseline[0, :4] == pytest.approx([20, 60, 20, 20])
    assert made.daily[0] == pytest.approx((29 * 20 + 60) / 30)


@pytest.mark.parametrize(
    ("stock", "sales", "daily", "need_30", "key"),
    [
        ({}, [], np.nan, np.nan, "plan.basis_none"),
        ({}, daily_sales("OTHER", [5] * 30), 0.0, 0.0, "plan.basis_history"),
        ({"daily_sales": 0}, [], 0.0, 0.0, "plan.basis_typed"),
        ({}, daily_sales("LAMP-03", [7] * 3), 7 * (3 / 7 + 4 / 7 * 3 / 7), None, "plan.basis_few"),
    ],
    ids=["no data", "no sales", "typed 0", "few days"],
)
def test_what_is_known_of_a_pair(stock, sales, daily, need_30, key):
    """Unknown stays NaN through every day but 0; no sales need nothing."""
    made = forecast(book([{**LAMP, **stock}], sales))
    assert made.daily[0] == pytest.approx(daily, nan_ok=True)
    assert made.need[0, 0] == 0
    assert made.basis[0][0] == key
    if need_30 is not None:
        assert made.need[0, 30] == pytest.approx(need_30, nan_ok=True)


def test_an_item_without_sales_still_needs_its_show():
    """NO SALES with 75 units planned: nothing before Thursday, more than 75 after it."""
    tables = book([LAMP], daily_sales("OTHER", [5] * 30), livestreams=[SHOW])
    need = forecast(tables).need[0]
    assert need[3] == 0
    assert need[4] > 75


def test_the_basis_of_a_new_item_names_its_dates():
    """A worked example: LAMP-03 x 0.6 = 12 a day, own sales fully from 21 December, ends on 18 January."""
    catalog = [{"sku": "LAMP-05", "similar_sku": "LAMP-03", "multiplier": 0.6, "status": "new"}]
    tables = book([LAMP, {"sku": "LAMP-05"}], daily_sales("LAMP-03", [20] * 60), catalog=catalog)
    made = forecast(tables)
    key, numbers = made.basis[1]
    assert key == "plan.basis_new"
    assert numbers["daily"] == pytest.approx(12)
    assert {**numbers, "daily": 12.0} == {
        "like": "LAMP-03", "times": 0.6, "daily": 12.0,
        "full_on": dt.date(2026, 12, 21), "ends_on": dt.date(2027, 1, 18),
    }  # fmt: skip
    assert made.daily[1] == pytest.approx(12)


def test_classes_are_typed_or_found_from_units():
    """Ten SKUs: the two best sellers draw traffic, under 1 a week is slow, the rest is profit; typed wins."""
    daily = [9.0, 8.0, 8.0, 5.0, 4.0, 3.0, 2.0, 1.0, 0.1, 0.0]
    stock = [{"sku": f"S{at}"} for at in range(10)] + [{"sku": "UNKNOWN"}]
    tables = book(stock, catalog=[{"sku": "S4", "class": "traffic"}, {"sku": "S0", "class": "long_tail"}])
    found = item_classes(tables, pairs_of(tables), np.array([*daily, np.nan]))
    assert found.tolist() == [
        "long_tail", "traffic", "profit", "profit", "traffic", "profit", "profit", "profit",
        "long_tail", "long_tail", "profit",
    ]  # fmt: skip


@pytest.mark.parametrize("order", [1, -1])
def test_ties_between_classes_are_broken_by_sku(order):
    """Of five equal SKUs the first in code point order draws the traffic, wherever it stands (§7)."""
    skus = ["B", "A", "E", "D", "C"][::order]
    tables = book([{"sku": sku} for sku in skus])
    found = item_classes(tables, pairs_of(tables), np.full(5, 3.0))
    assert [sku for sku, item_class in zip(skus, found, strict=True) if item_class == "traffic"] == ["A"]


def test_the_units_of_a_class_are_summed_over_warehouses():
    """0.1 a day in each of two places is 1.4 a week: not slow."""
    tables = book([LAMP, {**LAMP, "warehouse": "DE-HAM"}])
    assert item_classes(tables, pairs_of(tables), np.array([0.1, 0.1])).tolist() == ["profit", "profit"]


def test_knots_may_be_fractions_and_lie_beyond_the_horizon():
    """Linear between days; past the last the last slope goes on (§13)."""
    curve = np.array([[0.0, 10.0, 40.0], [0.0, np.nan, np.nan]])
    found = knot_values(curve, [0, 0.5, 1.5, 2, 3])
    assert found[0].tolist() == [0.0, 5.0, 25.0, 40.0, 70.0]
    assert np.isnan(found[1, 1:]).all()


def test_a_knot_below_0_and_a_horizon_below_1_are_errors():
    """Neither has an answer."""
    with pytest.raises(DomainError, match="-1"):
        knot_values(np.zeros((1, 3)), [3, -1])
    with pytest.raises(DomainError, match="at least 1"):
        forecast(book([LAMP]), horizon=0)


def random_book(seed, service=0.95, scale=1):
    """Four pairs with lumpy sales, a show and an event."""
    rng = np.random.default_rng(seed)
    skus = ["LAMP-03", "CAP", "MUG"]
    days = int(rng.integers(1, 120))
    rates = rng.uniform(0, 30, 3)
    sales = [
        row for sku, rate in zip(skus, rates, strict=True)
        for row in daily_sales(sku, (scale * rng.poisson(rate, days) * (rng.random(days) < 0.6)).tolist())
    ]  # fmt: skip
    stock = [{"sku": sku} for sku in skus] + [{"sku": "CAP", "warehouse": "DE-HAM", "daily_sales": 4}]
    events = [{"event": "Sale", "start": day(2), "end": day(6), "uplift": float(rng.uniform(0, 3))}]
    known = Settings(service_profit=service, service_traffic=service, service_long_tail=service)
    shows = [{**SHOW, "planned_units": None}, {**SHOW, "sku": "CAP", "planned_units": 40}]
    return book(stock, sales, known, events=events, livestreams=shows)


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_need_starts_at_0_and_never_falls(seed):
    """Whatever the history (§13)."""
    need = forecast(random_book(seed)).need
    assert (need[:, 0] == 0).all()
    assert (np.diff(need, axis=1) >= 0).all()


@given(st.integers(0, 10_000), st.floats(0.5, 0.9998), st.floats(1e-4, 0.4))
@settings(max_examples=40, deadline=None)
def test_need_rises_with_the_service_level(seed, service, more):
    """A smaller chance of running out never needs less stock."""
    low = forecast(random_book(seed, service)).need
    high = forecast(random_book(seed, min(service + more, 0.9999))).need
    assert (high >= low).all()


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_shuffled_sales_give_the_same_forecast(seed):
    """Row order is no information (§16): the same numbers to the last bit."""
    tables = random_book(seed)
    turned = replace(tables, sales=tables.sales.sample(frac=1, random_state=seed).reset_index(drop=True))
    one, other = forecast(tables), forecast(turned)
    for name in ("daily", "daily_sd", "baseline", "shows", "need"):
        assert np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True), name


def test_a_book_without_rows_of_history_is_planned_from_typed_numbers_alone():
    """Typed rows have a need, the others have none."""
    made = forecast(book([{**LAMP, "daily_sales": 5}, {"sku": "CAP"}]))
    assert made.need[0, 10] == 50
    assert np.isnan(made.need[1, 1:]).all()


def test_many_pairs_with_a_year_of_sales():
    """Every pair of many has a finite need that never falls."""
    rng = np.random.default_rng(2)
    n, days = 300, 400
    tables = book([{"sku": f"S{at}"} for at in range(n)])
    units = rng.poisson(rng.gamma(0.5, 8, (n, 1)), (n, days)).astype(float)
    first = np.full(n, TODAY, "datetime64[D]") - days
    history = History(day(-days), units, np.ones((n, days), bool), first, day(-1), 0)
    made = make_forecast(tables, TODAY, 100, history, np.full(n, TODAY, "datetime64[D]"))
    assert (made.need[:, 100] > 0).mean() > 0.9


def test_importing_demand_does_not_load_scipy_stats():
    """scipy.stats costs 0.8 s; the quantiles come from scipy.special."""
    code = "import sys, restock.demand; print('scipy.stats' in sys.modules, 'scipy.special' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]


def test_frames_of_text_columns_may_be_plain_objects():
    """Names join by plain equality, whatever pandas calls their type."""
    tables = book([LAMP], daily_sales("LAMP-03", [20] * 30))
    plain = replace(
        tables,
        sales=tables.sales.astype({"sku": object, "warehouse": object}),
        stock=tables.stock.astype({"sku": object, "warehouse": object}),
    )
    assert forecast(plain).need == pytest.approx(forecast(tables).need)
    assert isinstance(forecast(plain).lines, pd.DataFrame)
