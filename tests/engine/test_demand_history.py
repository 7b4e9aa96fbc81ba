"""Sales become a grid of net units per pair and day, and a mask of the days that count."""

from __future__ import annotations

import datetime as dt
import time

import numpy as np
import pandas as pd
import pytest

from restock.demand import build_history

from .demand_tables import TODAY, book, daily_sales, day, spells

LAMP = {"sku": "LAMP-03"}
HERE = ("LAMP-03", "US-LA")


def test_units_are_net_per_day_and_never_negative():
    """Rows of a day add up, returns come off within it, and a day never falls below 0 (§3)."""
    sales = [
        (day(-3), "LAMP-03", "US-LA", 5),
        (day(-3), "LAMP-03", "US-LA", 4),
        (day(-3), "LAMP-03", "US-LA", -2),
        (day(-2), "LAMP-03", "US-LA", -6),
    ]
    history = build_history(book([LAMP], sales), TODAY, spells())
    assert history.start == day(-3)
    assert history.units.tolist() == [[7.0, 0.0, 0.0]]
    assert history.usable.all()


def test_sales_of_today_and_later_are_left_out_and_counted():
    """Only days before today are history (§3)."""
    sales = [
        (day(-1), "LAMP-03", "US-LA", 5),
        (day(0), "LAMP-03", "US-LA", 9),
        (day(4), "LAMP-03", "US-LA", 9),
    ]
    history = build_history(book([LAMP], sales), TODAY, spells())
    assert (history.units.tolist(), history.last_sale, history.later_rows) == ([[5.0]], day(-1), 2)


@pytest.mark.parametrize("sales", [[], [(day(2), "LAMP-03", "US-LA", 5)]], ids=["no rows", "only later rows"])
def test_no_history_is_a_grid_without_days(sales):
    """Without a past sale there are no days, and the history starts today."""
    history = build_history(book([LAMP], sales), TODAY, spells())
    assert history.units.shape == history.usable.shape == (1, 0)
    assert (history.start, history.last_sale) == (TODAY, None)


def test_history_is_cut_at_max_days():
    """Older sales are not in the grid, but the item is known to be as old as they are."""
    sales = [(day(-500), "LAMP-03", "US-LA", 5), (day(-2), "LAMP-03", "US-LA", 3)]
    history = build_history(book([LAMP], sales), TODAY, spells(), max_days=10)
    assert history.start == day(-10)
    assert history.units.sum() == 3
    assert history.usable.all()
    assert history.first_sale[0] == np.datetime64(day(-500))


def test_sales_go_to_their_own_pair():
    """SKU and warehouse both decide; a pair that is not on Stock is left out."""
    stock = [{"sku": "A", "warehouse": "US-LA"}, {"sku": "A", "warehouse": "DE-HAM"}, {"sku": "B"}]
    sales = [
        (day(-1), "A", "DE-HAM", 1),
        (day(-1), "B", "US-LA", 2),
        (day(-1), "B", "DE-HAM", 4),
        (day(-1), "Z", "US-LA", 8),
    ]
    history = build_history(book(stock, sales), TODAY, spells())
    assert history.units[:, -1].tolist() == [0.0, 1.0, 2.0]


def test_a_bundle_counts_for_its_contents_and_for_itself():
    """3 sets of 1 lamp and 2 bulbs are 3 lamps and 6 bulbs, and 3 sets where the set stands on Stock."""
    stock = [LAMP, {"sku": "BULB"}, {"sku": "SET"}]
    bundles = [{"bundle": "SET", "sku": "BULB", "qty": 2}, {"bundle": "SET", "sku": "LAMP-03", "qty": 1}]
    sales = [(day(-1), "SET", "US-LA", 3), (day(-1), "BULB", "US-LA", 1)]
    on_stock = build_history(book(stock, sales, bundles=bundles), TODAY, spells())
    assert on_stock.units[:, -1].tolist() == [3.0, 7.0, 3.0]
    not_on_stock = build_history(book(stock[:2], sales, bundles=bundles), TODAY, spells())
    assert not_on_stock.units[:, -1].tolist() == [3.0, 7.0]


@pytest.mark.parametrize(
    ("sold_out", "livestreams", "extra", "expected"),
    [
        (spells((*HERE, day(-4), day(-3))), [], [], {-4, -3}),
        (spells((*HERE, day(-2), None)), [], [], {-2, -1}),
        (spells((*HERE, day(-40), day(-5)), (*HERE, day(-5), day(-5))), [], [], {-6, -5}),
        (spells(("LAMP-03", "DE-HAM", day(-4), day(-3))), [], [], set()),
        (spells((*HERE, day(2), day(3))), [], [], set()),
        (spells(), [], [(day(-2), "LAMP-03", "US-LA", 0, False)], {-2}),
        (spells(), [{"show": "S", "start": dt.datetime(2026, 11, 20, 18)}], [], {-3}),
        (spells(), [{"show": "S", "start": dt.datetime(2026, 11, 26, 18)}], [], set()),
    ],
    ids=["spell", "open spell", "two spells", "elsewhere", "to come", "marked no", "past show", "next show"],
)  # fmt: skip
def test_days_that_say_nothing_about_ordinary_demand(sold_out, livestreams, extra, expected):
    """Sold-out days and days of past shows are marked; nothing else is."""
    sales = daily_sales("LAMP-03", [20] * 6) + extra
    shows = [{"sku": "LAMP-03", "warehouse": "US-LA", **show} for show in livestreams]
    history = build_history(book([LAMP], sales, livestreams=shows), TODAY, sold_out)
    assert {at - 6 for at in np.flatnonzero(~history.usable[0])} == expected


def test_days_before_the_first_sale_of_a_newer_item_do_not_count():
    """An item first sold 3 days ago was not on sale before; one that never sold keeps its days."""
    stock = [LAMP, {"sku": "NEW"}, {"sku": "NEVER"}]
    sales = daily_sales("LAMP-03", [20] * 5) + daily_sales("NEW", [2, 0, 2])
    history = build_history(book(stock, sales), TODAY, spells())
    assert history.usable.sum(axis=1).tolist() == [5, 3, 5]
    assert np.isnat(history.first_sale).tolist() == [False, False, True]


def test_a_million_rows_take_a_fraction_of_a_second():
    """Generous bound for a busy machine; measured 0.1 s."""
    rng = np.random.default_rng(1)
    rows, skus = 1_000_000, [f"S{at:04}" for at in range(1000)]
    places = ["US-LA", "DE-HAM", "JP-OSA"]
    stock = [{"sku": sku, "warehouse": place} for sku in skus for place in places]
    tables = book(stock)
    sales = pd.DataFrame(
        {
            "date": np.datetime64(TODAY, "s") - rng.integers(1, 400, rows) * np.timedelta64(86400, "s"),
            "sku": pd.Categorical.from_codes(rng.integers(0, 1000, rows), categories=skus),
            "warehouse": pd.Categorical.from_codes(rng.integers(0, 3, rows), categories=places),
            "qty": rng.integers(1, 4, rows).astype(float),
            "in_stock": True,
        }
    )
    tables = type(tables)(**{**tables.__dict__, "sales": sales})
    begun = time.process_time()
    history = build_history(tables, TODAY, spells())
    assert time.process_time() - begun < 2
    assert history.units.sum() == sales["qty"].sum()
