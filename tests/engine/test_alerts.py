"""What is not fine: tiers, since when, what it may cost, and the one thing to do (§5, §8)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from restock.plan import Plan

from .plan_books import STEADY, TODAY, alert, day, pair, plan_of, remembered, text

A = {"sku": "A", "on_hand": 20, "daily_sales": 5}
OTHER = {"sku": "Z", "on_hand": 9999, "daily_sales": 1}


def said(plan: Plan, sku: str = "A", language: str = "en") -> str:
    """State and action of an alert, as they stand in its cell."""
    row = alert(plan, sku)
    return text(plan, row["state"] + row["action"], language)


TIERS = [
    pytest.param({"on_hand": None}, "NO DATA", id="blank on hand"),
    pytest.param({"on_hand": None, "daily_sales": 0}, "NO DATA", id="blank on hand, nothing sold"),
    pytest.param({"daily_sales": None}, "NO DATA", id="blank daily sales"),
    pytest.param({"on_hand": 0}, "RED", id="nothing left"),
    pytest.param({"on_hand": 0, "daily_sales": None}, "RED", id="nothing left, sales unknown"),
    pytest.param({"on_hand": 0, "daily_sales": 0}, "RED", id="nothing left, nothing sold"),
    pytest.param({"on_hand": -3}, "RED", id="oversold"),
    pytest.param({"reserved": 20}, "RED", id="all reserved"),
    pytest.param({"daily_sales": 0}, "NO SALES", id="stock, nothing sold"),
    pytest.param({"on_hand": 8, "daily_sales": 3}, "RED", id="2.67 days"),
    pytest.param({"on_hand": 9, "daily_sales": 3}, "ORANGE", id="exactly 3 days"),
    pytest.param({"on_hand": 209, "daily_sales": 30}, "ORANGE", id="6.97 days"),
    pytest.param({"on_hand": 21, "daily_sales": 3}, "YELLOW", id="exactly 7 days"),
    pytest.param({"on_hand": 2.1, "daily_sales": 0.3}, "YELLOW", id="exactly 7 days in tenths"),
    pytest.param({"on_hand": 280, "daily_sales": 20}, "YELLOW", id="14 days"),
    pytest.param({"on_hand": 45, "daily_sales": 3}, "GREEN", id="exactly 15 days"),
]


@pytest.mark.parametrize(("cells", "tier"), TIERS)
def test_tier(cells: dict[str, Any], tier: str) -> None:
    """Tiers are tested in the order of §8, strictly below each threshold."""
    assert pair(plan_of(Stock=[A | cells, OTHER]), "A")["tier"] == tier


@pytest.mark.parametrize(
    ("on_hand", "tier"),
    [(0, "–"), (-2, "–"), (20, "ORANGE"), (None, "NO DATA")],
    ids=["none", "oversold", "some", "blank"],
)
def test_tier_of_discontinued_goods(on_hand: float | None, tier: str) -> None:
    """Discontinued goods of which nothing is left have no tier and no alert; what is left has one (§5)."""
    plan = plan_of(Stock=[A | {"on_hand": on_hand}, OTHER], Catalog=[{"sku": "A", "status": "discontinued"}])
    assert pair(plan, "A")["tier"] == tier
    assert ("A" in plan.alerts["sku"].tolist()) == (tier != "–")


def test_thresholds_are_the_sellers() -> None:
    """Four days left are red below 5 and green above 3, 3.5 and 4."""
    strict = plan_of(Stock=[A], Settings={"red_days": 5})
    easy = plan_of(Stock=[A], Settings={"red_days": 3, "orange_days": 3.5, "yellow_days": 4})
    assert (pair(strict, "A")["tier"], pair(easy, "A")["tier"]) == ("RED", "GREEN")


def test_arrivals_are_not_in_the_tier() -> None:
    """Goods that arrive tomorrow change the run-out date, not the tier (§8)."""
    plan = plan_of(Stock=[A], Inbound=[{"sku": "A", "ordered": 300, "sellable_on": day(1)}])
    row = pair(plan, "A")
    assert (row["tier"], row["days_left"], row["sells_out_on"].date()) == ("ORANGE", 4.0, day(64))


def fast(**cells: Any) -> dict[str, Any]:
    """A supplier of SKU A 3 days away, so that little is ever ordered."""
    return {
        "Catalog": [{"sku": "A", "supplier": "Near"} | cells],
        "Suppliers": [{"supplier": "Near", "production_days": 1}],
        "Routes": [{"from": "Near", "to": "Main", "mode": "land", "days": 2}],
        "Settings": STEADY | {"check_in_days": 0},
    }


def test_the_walks_orange() -> None:
    """BELT-02: 42 at 7 a day, sold out on 29 Nov, 100 arrive on 5 Dec: six days, 42 sales; orange since 21 Nov."""
    stock = [A | {"on_hand": 42, "daily_sales": 7}]
    inbound = [{"sku": "A", "ordered": 100, "sellable_on": dt.date(2026, 12, 5)}]
    before = plan_of(dt.date(2026, 11, 21), Stock=stock, Inbound=inbound, **fast())
    plan = plan_of(TODAY, remembered(before), Stock=stock, Inbound=inbound, **fast())
    row = alert(plan, "A")
    assert (row["tier"], row["since"].date()) == ("ORANGE", dt.date(2026, 11, 21))
    assert said(plan) == (
        "42 left, 7 a day, sold out on Sun 29 Nov. 100 arrive on 5 Dec: 6 days without stock, about 42 sales lost. "
        "Ask the forwarder today. Nobody has answered since 21 Nov."
    )
    assert said(plan, language="zh") == (
        "剩42件，日销7件，11月29日（周日）卖完。12月5日才到100件，断货6天，约少卖42件。今天请催货代。11月21日起一直没人处理。"
    )


def test_orange_that_also_orders_still_asks() -> None:
    """An order that takes weeks does not close next week's gap: the forwarder is asked today as well."""
    inbound = [{"sku": "A", "ordered": 10, "sellable_on": day(9)}]
    plan = plan_of(Stock=[A], Inbound=inbound)
    assert said(plan).endswith("today. Ask the forwarder today.")
    assert alert(plan, "A")["due"].date() == TODAY


IDLE = [
    pytest.param({"on_hand": 0, "daily_sales": None}, {}, "Nothing left to sell. Nothing is on the way. "
                 "Type daily sales, or paste your sales into Sales.", id="sales unknown"),
    pytest.param({"on_hand": 0, "daily_sales": 0}, {}, "Nothing left to sell. Nothing is on the way. "
                 "It does not sell: no order.", id="nothing sold"),
    pytest.param({}, {"Catalog": [{"sku": "A", "status": "discontinued"}]}, "20 left, 5 a day, sold out on Fri 27 Nov. "
                 "Nothing is on the way. Discontinued: sell what is left, do not reorder.", id="discontinued"),
    pytest.param({}, {"Catalog": [{"sku": "A", "status": "unsellable"}]}, "20 left, 5 a day, sold out on Fri 27 Nov. "
                 "Nothing is on the way. Marked unsellable: not ordered, not moved.", id="unsellable"),
    pytest.param({}, {"Inbound": [{"sku": "A", "ordered": 999}]}, "20 left, 5 a day, sold out on Fri 27 Nov. "
                 "999 on the way, overdue or without a date. "
                 "Ask when it arrives and type the date where the line stands (Inbound or Committed).", id="undated"),
    pytest.param({}, {"Inbound": [{"sku": "A", "ordered": 999, "sellable_on": day(-9)}]}, "20 left, 5 a day, "
                 "sold out on Fri 27 Nov. 999 on the way, overdue or without a date. "
                 "Ask when it arrives and type the date where the line stands (Inbound or Committed).", id="overdue"),
    pytest.param({}, {"Inbound": [{"sku": "A", "ordered": 999, "sellable_on": day(2)}]}, "20 left, 5 a day, 4 days. "
                 "999 arrive on Wed 25 Nov. Enough is on the way: watch that it arrives on Wed 25 Nov.", id="in time"),
    pytest.param({}, fast() | {"Settings": STEADY | {"check_in_days": 0, "order_soon_days": 0, "review_days": 0}},
                 "20 left, 5 a day, sold out on Fri 27 Nov. Nothing is on the way. "
                 "Stock + on the way is enough: no order yet.", id="a supplier next door"),
    pytest.param({"on_hand": None}, {}, "The quantity on hand is missing. Type the quantity on hand.", id="no stock"),
    pytest.param({"daily_sales": None}, {}, "Daily sales are missing: nothing typed and no sales history. "
                 "Type daily sales, or paste your sales into Sales.", id="no sales"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "more", "sentence"), IDLE)
def test_no_order_says_why(cells: dict[str, Any], more: dict[str, Any], sentence: str) -> None:
    """Where nothing can be ordered or moved, the action fits what the row shows."""
    assert said(plan_of(Stock=[A | cells, OTHER], **more)) == sentence


def test_arrivals_too_small_to_last() -> None:
    """Stock that runs out between two arrivals names both."""
    inbound = [{"sku": "A", "ordered": 10, "sellable_on": day(2)}, {"sku": "A", "ordered": 90, "sellable_on": day(9)}]
    assert said(plan_of(Stock=[A], Inbound=inbound, **fast())).startswith(
        "20 left, 5 a day, sold out on Sun 29 Nov. 10 arrive on Wed 25 Nov. "
        "Sold out from Sun 29 Nov until 90 more arrive on 2 Dec."
    )


def test_a_show_that_matters_is_named() -> None:
    """A show within the days left gives both numbers: with it and without."""
    shows = [{"show": "X", "start": day(1), "sku": "A", "planned_units": 5}]
    assert said(plan_of(Stock=[A], Livestreams=shows)).startswith(
        "20 left, 3 days with the show of Tue 24 Nov (4 without), sold out on Thu 26 Nov."
    )


def test_green_but_late_to_order_is_an_alert() -> None:
    """A green row whose order date has passed is listed, with its order."""
    plan = plan_of(Stock=[A | {"on_hand": 100}])
    row = alert(plan, "A")
    assert (row["tier"], row["order_status"]) == ("GREEN", "LATE")
    assert row["order_units"] > 0


def test_a_row_that_cannot_be_planned_is_listed() -> None:
    """A Stock row with a bad cell stands on Alerts as NOT PLANNED and says which cell."""
    plan = plan_of(Stock=[A, OTHER | {"daily_sales": "1,5"}])
    row = alert(plan, "Z")
    assert (row["tier"], said(plan, "Z")) == (
        "NOT PLANNED", "Not planned because of C5. Correct the cell named on Problems."
    )  # fmt: skip
    assert plan.alerts["rank"].tolist() == [1, 2]


def test_the_most_expensive_comes_first() -> None:
    """Alerts are ranked by money lost; without a margin a unit counts as the median one; ties by tier, then SKU."""
    stock = [{"sku": sku, "on_hand": 0, "daily_sales": 1} for sku in "FEDC"] + [A | {"sku": "B", "daily_sales": 2}]
    margin = {"F": 1, "E": 30, "D": 8}
    plan = plan_of(Stock=stock, Catalog=[{"sku": sku, "cost": 0, "price": price} for sku, price in margin.items()])
    # 30 lost units each: E 900, then C (blank: the median 8) and D 240 by name, B 40 units × 8 = 320 between, F 30
    assert plan.alerts["sku"].tolist() == ["E", "B", "C", "D", "F"]


def test_money_lost_is_in_book_money() -> None:
    """Price counts at the warehouse's rate, cost at the supplier's (§9)."""
    plan = plan_of(
        Stock=[{"sku": "A", "warehouse": "DE", "on_hand": 0, "daily_sales": 1}],
        Catalog=[{"sku": "A", "cost": 20, "price": 10, "supplier": "S"}],
        Warehouses=[{"warehouse": "DE", "currency_rate": 1.2}],
        Suppliers=[{"supplier": "S", "currency_rate": 0.1}],
    )
    assert pair(plan, "A", "DE")["lost_money"] == pytest.approx(30 * (12 - 2))


SINCE = [
    pytest.param([20, 20, 20], 0, id="the same tier"),
    pytest.param([20, 18, 16], 0, id="less, in the same tier"),
    pytest.param([50, 20, 20], 1, id="became orange at the second press"),
    pytest.param([20, 50, 20], 2, id="eased and came back"),
]


@pytest.mark.parametrize(("counts", "press"), SINCE)
def test_since_is_carried_on(counts: list[float], press: int) -> None:
    """Since is the press at which the tier began, kept while the tier stays."""
    plan = None
    for number, count in enumerate(counts):
        before = remembered(plan) if plan else None
        plan = plan_of(day(number), before, Stock=[A | {"on_hand": count}])
    assert plan is not None
    assert pair(plan, "A")["since"].date() == day(press)


def test_an_earlier_today_moves_since() -> None:
    """A plan for a day before the last press never says since a day ahead."""
    later = plan_of(day(3), Stock=[A])
    assert pair(plan_of(TODAY, remembered(later), Stock=[A]), "A")["since"].date() == TODAY


def test_due_is_never_past() -> None:
    """What should have been done earlier is due today."""
    plan = plan_of(Stock=[A, OTHER, {"sku": "N", "on_hand": None, "daily_sales": 1}])
    due = plan.alerts["due"].dropna()
    assert len(due) == 2
    assert (due >= pd.Timestamp(TODAY)).all()


def done(plan: Plan, sku: str, mark: str) -> dict[str, pd.DataFrame]:
    """What is read back where somebody typed in Done."""
    marks = [mark if one == sku else "" for one in plan.alerts["sku"]]
    return {"Alerts": plan.alerts[["sku", "warehouse", "tier"]].assign(done=marks)}


def test_an_orange_that_nobody_answered_says_since_when() -> None:
    """An orange of the day before says that nobody answered, and goes on saying so when it has become red."""
    first = plan_of(Stock=[A])
    assert "Nobody" not in said(first)
    second = plan_of(day(1), remembered(first), Stock=[A | {"on_hand": 18}])
    assert said(second).endswith("Nobody has answered since 23 Nov.")
    red = plan_of(day(2), remembered(second), Stock=[A | {"on_hand": 9}])
    assert pair(red, "A")["tier"] == "RED"
    assert said(red).endswith("Warned since 23 Nov and nobody has answered.")
    assert pair(red, "A")["since"].date() == day(2)


def test_an_answer_ends_the_question() -> None:
    """What is typed in Done answers the warning, also when it turns red later, until the pair is fine again."""
    first = plan_of(Stock=[A])
    second = plan_of(day(1), remembered(first, done(first, "A", "Li")), Stock=[A | {"on_hand": 18}])
    assert "answered" not in said(second)
    red = plan_of(day(2), remembered(second), Stock=[A | {"on_hand": 9}])
    assert "answered" not in said(red)
    fine = plan_of(day(3), remembered(red), Stock=[A | {"on_hand": 900}])
    again = plan_of(day(4), remembered(fine), Stock=[A | {"on_hand": 20}])
    last = plan_of(day(5), remembered(again), Stock=[A | {"on_hand": 20}])
    assert said(last).endswith(f"Nobody has answered since {day(4).day} Nov.")


def test_a_day_of_delay() -> None:
    """A late order loses what the day after its landing would sell; a late arrival the daily share of its gap."""
    plan = plan_of(Stock=[{"sku": "A", "on_hand": 0, "daily_sales": 3}], Catalog=[{"sku": "A", "cost": 1, "price": 5}])
    row = alert(plan, "A")
    assert (row["delay_units"], row["delay_money"]) == (3.0, 12.0)
    walk = plan_of(
        Stock=[A | {"on_hand": 42, "daily_sales": 7}],
        Inbound=[{"sku": "A", "ordered": 1000, "sellable_on": dt.date(2026, 12, 5)}], **fast(),
    )  # fmt: skip
    assert pair(walk, "A")["delay_units"] == pytest.approx(42 / 6)  # sold out on 29 Nov, 6 days
