"""The whole plan: the worked example, books with little in them, the same plan twice, any order of rows (§1, §16)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from restock.plan import Plan, make_plan

from .plan_books import STEADY, TODAY, alert, day, pair, plan_of, remembered, say_everything, tables_of, text

LAMP: dict[str, Any] = {
    "Stock": [{"sku": "LAMP-03", "warehouse": "US-LA", "on_hand": 280, "daily_sales": 20}],
    "Inbound": [{"sku": "LAMP-03", "warehouse": "US-LA", "ordered": 240, "sellable_on": dt.date(2026, 12, 1)}],
    "Livestreams": [
        {"show": "Thu", "start": dt.datetime(2026, 11, 26, 18), "sku": "LAMP-03", "warehouse": "US-LA",
         "planned_units": 75},
    ],
    "Catalog": [{"sku": "LAMP-03", "supplier": "Huamei", "case_pack": 48, "class": "traffic-drawing"}],
    "Suppliers": [{"supplier": "Huamei", "production_days": 12, "production_sd": 0}],
    "Routes": [
        {"from": "Huamei", "to": "US-LA", "mode": "sea", "days": 30, "days_sd": 3, "cost_per_unit": 0.8},
        {"from": "Huamei", "to": "US-LA", "mode": "air", "days": 5, "cost_per_unit": 3},
    ],
    "Settings": {"cover_traffic": 0, "show_spread": 0, "holding_rate": 0},
}


def evenings(plan: Plan) -> dict[dt.date, float]:
    """Projected stock of the only pair at the end of each day, by hand from what the plan publishes."""
    stock, left = float(plan.view["available"].iloc[0]), {}
    for at in range(plan.forecast.baseline.shape[1]):
        stock += plan.supply.arrivals[0, at] - plan.forecast.baseline[0, at] - plan.forecast.shows[0, at]
        left[day(at, plan.today)] = stock
    return left


def test_the_walks_lamp() -> None:
    """220, 125 and 45 are left on 25, 26 and 30 Nov; sold out on 15 Dec; 10.2 days left, 14 without the show."""
    plan = plan_of(**LAMP)
    left = evenings(plan)
    assert [left[dt.date(2026, 11, at)] for at in (25, 26, 30)] == [220.0, 125.0, 45.0]
    row = pair(plan, "LAMP-03", "US-LA")
    assert row["sells_out_on"].date() == dt.date(2026, 12, 15)
    assert (row["days_left"], row["days_without_show"], row["tier"]) == (10.2, 14.0, "YELLOW")
    assert (row["next_show"].date(), row["show_units"]) == (dt.date(2026, 11, 26), 75.0)


def test_the_walks_lamp_is_late_to_order() -> None:
    """52 safe days before 15 Dec is 24 Oct; 520 in position, filled up to 52 × 20 + 75 + safety in cartons of 48.

    Days to be safe at 98 %: 45 + 2.0537 × 3 = 51.2. Demand of 52 days: mean 1,115, variance 52 × (1.5 √20)² + 20² × 3²
    = 5,940, so gamma of skew 2 √5,940 / 1,115 = 0.138; by Cornish and Fisher its 98 % lies 2.0537 + 0.0741 - 0.0008 =
    2.127 standard deviations of 77.07 above the mean: 163.9. Reorder at 900 + 75 + 164, up to 1,040 + 75 + 164 = 1,279;
    759 wanted, 16 cartons are 768.
    """
    row = pair(plan_of(**LAMP), "LAMP-03", "US-LA")
    assert (row["lead_days"], row["lead_safe_days"]) == (45.0, 52.0)
    assert (row["order_by"].date(), row["order_status"]) == (dt.date(2026, 10, 24), "LATE")
    assert (row["position"], row["safety_stock"], row["reorder_at"], row["fill_up_to"]) == (520, 164, 1139, 1279)
    assert (row["order_units"], row["due"].date()) == (768.0, TODAY)


LAMP_SAID = {
    "en": "280 left, 10.2 days with the show of Thu 26 Nov (14 without), sold out on 15 Dec. 240 arrive on 1 Dec. "
    "Order date passed on 24 Oct: order 768 today.",
    "zh": "剩280件，计入11月26日（周四）直播可卖10.2天（不播14天），12月15日卖完。12月1日到240件。"
    "最晚下单日10月24日已过，请今天采购768件。",
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_walks_yellow(language: str) -> None:
    """The yellow row says days left with and without the show, the arrival, and the order that is late."""
    plan = plan_of(**LAMP)
    row = alert(plan, "LAMP-03", "US-LA")
    assert text(plan, row["state"] + row["action"], language) == LAMP_SAID[language]


def test_the_walks_order_line() -> None:
    """The order line names cartons, supplier and day, and the numbers that it rests on."""
    plan = plan_of(**LAMP)
    assert text(plan, plan.orders["why"].iloc[0]) == (
        "Order 768 of LAMP-03 (16 cartons) from Huamei for US-LA, sellable 7 Jan 2027. "
        "Stock + on the way 520, reorder at 1,139, fill up to 1,279. 759 needed, 768 in whole cartons of 48."
    )


def test_the_walks_air_and_sea() -> None:
    """480 by air for 13 Dec, 288 by sea for 7 Jan: sea alone is 23 days and 455 sales short, air costs $1,056 more."""
    money = LAMP["Catalog"][0] | {"price": 15, "cost": 6}
    plan = plan_of(**LAMP | {"Catalog": [money]})
    fast, slow = (row for _, row in plan.orders.iterrows())
    assert (fast["units"], fast["mode"], fast["sellable_on"].date()) == (480, "air", dt.date(2026, 12, 13))
    assert (slow["units"], slow["mode"], slow["sellable_on"].date()) == (288, "sea", dt.date(2027, 1, 7))
    assert text(plan, fast["why"]) == (
        "Order 480 of LAMP-03 (10 cartons) from Huamei for US-LA by air, sellable 13 Dec. Sells out on 15 Dec; by sea "
        "alone 23 days short, about 455 sales lost ($4,095 margin). This way costs $1,056 more."
    )
    assert text(plan, slow["why"]).startswith(
        "Order 288 of LAMP-03 (6 cartons) from Huamei for US-LA by sea, sellable 7 Jan 2027. 480 more come by air, "
        "sellable 13 Dec. Stock + on the way 520,"
    )
    assert text(plan, alert(plan, "LAMP-03", "US-LA")["action"], "zh").endswith("请今天采购768件。其中480件空运。")


def test_280_at_20_on_1_december() -> None:
    """14 days left, sold out on 15 December, and no day more (§14)."""
    row = pair(plan_of(dt.date(2026, 12, 1), Stock=[{"sku": "A", "on_hand": 280, "daily_sales": 20}]), "A")
    assert (row["days_left"], row["sells_out_on"].date()) == (14.0, dt.date(2026, 12, 15))


def test_three_columns_are_enough() -> None:
    """SKU, on hand and daily sales give tier, days left, sell-out date and an order on assumed days."""
    stock = [{"sku": "A", "on_hand": 280, "daily_sales": 20}, {"sku": "B", "on_hand": 0, "daily_sales": 2}]
    plan = plan_of(Stock=stock)
    assert plan.view["tier"].tolist() == ["YELLOW", "RED"]
    assert plan.view["days_left"].tolist() == [14.0, 0.0]
    assert set(plan.orders["sku"]) == {"A", "B"}
    assert plan.transfers.empty
    assert plan.last_sale is None
    assert "48 days from order to sellable are assumed" in text(plan, plan.orders["why"].iloc[0])


def test_sales_instead_of_daily_sales() -> None:
    """Two columns and a Sales table give a forecast: 4 a day for four weeks is 4 a day."""
    sales = [{"date": day(-back), "sku": "A", "qty": 4} for back in range(1, 29)]
    plan = plan_of(Stock=[{"sku": "A", "on_hand": 100}], Sales=sales)
    assert pair(plan, "A")["daily"] == pytest.approx(4.0)
    assert plan.last_sale == day(-1)
    assert plan.trend[0].tolist() == [0.0] * 6 + [12.0] + [20.0] * 5  # 28 days: five full fives and 3 days


def test_nothing_can_be_planned() -> None:
    """A book whose every Stock row stands twice is planned without an error, and each row is named."""
    plan = plan_of(Stock=[{"sku": "A", "on_hand": 5, "daily_sales": 1}] * 2)
    assert plan.view.empty
    assert plan.alerts["tier"].tolist() == ["NOT PLANNED"] * 2
    assert plan.history.empty
    assert plan.trend.shape == (0, 12)


def test_names_that_differ_in_case_are_one() -> None:
    """a-1, A-1 and Ａ-1 in two warehouses are one SKU, spelled as first met (§10)."""
    stock = [{"sku": sku, "warehouse": place, "on_hand": 9, "daily_sales": 1} for sku, place in
             (("a-1", "US"), ("A-1 ", "DE"))]  # fmt: skip
    plan = plan_of(Stock=stock, Inbound=[{"sku": "Ａ-1", "warehouse": "us", "ordered": 5, "sellable_on": day(1)}])
    assert plan.view[["sku", "on_the_way"]].to_numpy().tolist() == [["a-1", 5.0], ["a-1", 0.0]]


def test_settings_given_win() -> None:
    """The settings handed over are in force, not those in the tables."""
    tables = tables_of(Stock=[{"sku": "A", "on_hand": 20, "daily_sales": 5}])
    plan = make_plan(tables, replace(tables.settings, red_days=5.0, orange_days=9.0), TODAY)
    assert (plan.view["tier"].tolist(), plan.settings.red_days) == (["RED"], 5.0)


@pytest.mark.parametrize(
    ("on_hand", "daily"),
    [(1e15, 1e-9), (1e15, 1e15), (1, 1e12), (1e-7, 1e-7), (-1e12, 3)],
    ids=["never", "today", "at once", "tiny", "far oversold"],
)
def test_huge_and_tiny_numbers(on_hand: float, daily: float) -> None:
    """Numbers of any size give a plan whose sentences can be said."""
    plan = plan_of(Stock=[{"sku": "A", "on_hand": on_hand, "daily_sales": daily}])
    say_everything(plan)
    assert 0 <= pair(plan, "A")["days_left"] <= 9999


def test_far_days_in_settings() -> None:
    """The longest days that Settings allows are looked at."""
    far = {"yellow_days": 365, "transfer_horizon_days": 120, "order_soon_days": 90, "review_days": 90}
    plan = plan_of(Stock=[{"sku": "A", "on_hand": 364, "daily_sales": 1}], Settings=STEADY | far)
    row = pair(plan, "A")
    assert (row["tier"], row["sells_out_on"].date(), row["order_status"]) == ("YELLOW", day(364), "FINE")


def test_order_soon_reaches_past_the_horizon() -> None:
    """An order date 64 days ahead is this week's for who wants to know 90 days before, whatever the horizon."""
    plan = plan_of(Stock=[{"sku": "A", "on_hand": 128, "daily_sales": 1}], Settings={"order_soon_days": 90})
    row = pair(plan, "A")  # 128 - 48 days, and 1.645 × 9.6 more to be safe
    assert (row["order_by"].date(), row["order_status"]) == (day(64), "THIS WEEK")


def test_pressing_a_day_later_ages_stock() -> None:
    """Unchanged stock keeps its date at the next day's press, so that the sales of the day between come off."""
    stock = [{"sku": "A", "on_hand": 100, "daily_sales": 5}]
    first = plan_of(Stock=stock)
    later = plan_of(day(1), remembered(first), Stock=stock, Sales=[{"date": TODAY, "sku": "A", "qty": 7}])
    row = pair(later, "A")
    assert (row["stock_date"].date(), row["adjustment"], row["available"]) == (TODAY, -7.0, 93.0)


def test_rows_that_left_stock_are_remembered() -> None:
    """History keeps a pair that left Stock as it was, so that it comes back with what was known of it."""
    both = [{"sku": sku, "on_hand": 20, "daily_sales": 5} for sku in "AB"]
    first = plan_of(Stock=both)
    second = plan_of(day(2), remembered(first), Stock=both[:1])
    assert second.history["sku"].tolist() == ["A", "B"]
    third = plan_of(day(4), remembered(second), Stock=both)
    assert pair(third, "B")["since"].date() == TODAY


def test_the_units_of_the_coming_days_hold_the_show() -> None:
    """20 a day and a show of 75 on the fourth day: 7 × 20 + 75, and so on to 60 days."""
    row = pair(plan_of(**LAMP), "LAMP-03", "US-LA")
    assert [row[f"next_{days}"] for days in (7, 14, 30, 60)] == [215.0, 355.0, 675.0, 1275.0]


def test_a_show_without_past_ones_teaches_no_lesson() -> None:
    """The sentence says so; a pair without a show has none at all."""
    other = [*LAMP["Stock"], {"sku": "CUP-01", "warehouse": "US-LA", "on_hand": 50, "daily_sales": 2}]
    plan = plan_of(**{**LAMP, "Stock": other})
    assert pair(plan, "LAMP-03", "US-LA")["lesson"][0] == "plan.show_no_lesson"
    assert pair(plan, "CUP-01", "US-LA")["lesson"] is None
