"""Explain: every step of one SKU in one warehouse, against arithmetic by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from restock.plan import Plan
from restock.replenish.explain import LINES, Step, explain
from restock.text.explain import SENTENCES
from restock.text.say import catalogue

from .plan_books import STEADY, day, plan_of, text
from .test_plan import LAMP


def steps(plan: Plan, sku: str, warehouse: str = "Main") -> dict[str, Step]:
    """The steps of a pair by name."""
    return {step.line.name: step for step in explain(plan, sku, warehouse)}


def said(plan: Plan, sku: str, name: str, warehouse: str = "Main") -> str:
    """The sentence of one step."""
    return text(plan, steps(plan, sku, warehouse)[name].sentence)


BY_HAND: dict[str, Any] = {
    "on_hand": 280, "reserved": 0, "adjustment": 0, "available": 280,
    "daily": 20, "class": "traffic", "service": 0.98,
    "next_show": dt.date(2026, 11, 26), "show_units": 75,
    # 20 × 3 = 60 before the show on day index 3; from then on 75 more
    "need_1": 60, "need_2": 215, "need_3": 375, "need_4": 675, "need_5": 1275,
    # 215 <= 280 < 375, so between 7 and 15 days: 7 + 8 × 65 ÷ 160 = 10.25
    "low_day": 7, "low_need": 215, "high_day": 15, "high_need": 375, "cover": 10.25, "days_left": 10.2,
    "days_without_show": 14, "tier": "YELLOW", "since": dt.date(2026, 11, 23),
    "on_the_way": 240, "undated": 0, "next_arrival": dt.date(2026, 12, 1), "arrival_units": 240,
    # 280 + 240 − 75 = 445 = 22.25 days of 20
    "sells_out_on": dt.date(2026, 12, 15), "gap_days": 0,
    # 30 × 20 + 75 − 520
    "lost_units": 155, "lost_money": None,
    "production_days": 12, "route_days": 30, "check_in_days": 3, "lead_days": 45,
    # 45 + 2.0537 × 3 = 51.2
    "lead_safe_days": 52, "order_by": dt.date(2026, 10, 24), "order_status": "LATE", "order_service": 0.98,
    "position": 520, "moved": 0, "position_moved": 520,
    # 2.127 × √(52 × (1.5 √20)² + 20² × 3²) = 163.9 (test_plan); 900 + 75 + 164; 1,040 + 75 + 164; 1,279 − 520
    "safety_stock": 164, "reorder_at": 1139, "fill_up_to": 1279, "needed": 759,
    "moq": 1, "case_pack": 48, "cartons": 16, "order_units": 768, "move_units": 0,
}  # fmt: skip


@pytest.mark.parametrize("name", BY_HAND)
def test_the_walks_lamp_by_hand(name: str) -> None:
    """280 in stock, 20 a day, a show of 75 on the fourth day, 240 arriving on 1 December, 45 days from order."""
    value = steps(plan_of(**LAMP), "LAMP-03", "US-LA")[name].value
    expected = BY_HAND[name]
    if isinstance(expected, dt.date):
        assert value.date() == expected
    elif isinstance(expected, int | float):
        assert value == pytest.approx(expected)
    else:
        assert value == expected


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        ("available", "280 on hand − 0 sold, not yet shipped + (0) since the count = 280.",
         "实物280 − 已占用0 + 盘点后（0） = 280。"),
        ("need_2", "20 a day × 7 days + 75 in shows = 215.", "日销20 × 7天 + 直播75 = 215。"),
        ("cover", "7 + (15 − 7) × (280 − 215) ÷ (375 − 215).", "7 + (15 − 7) × (280 − 215) ÷ (375 − 215)。"),
        ("tier", "RED below 3 days, ORANGE below 7, YELLOW below 15, else GREEN; arrivals are not counted.",
         "低于3天红，低于7天橙，低于15天黄，否则绿；不含在途。"),
        ("lead_days", "12 production + 30 on the road + 3 check-in = 45.", "生产12 + 路上30 + 上架3 = 45。"),
        ("needed", "1,279 − 520, in whole units.", "1,279 − 520，按整件算。"),
        ("order_units", "16 cartons × 48 = 768.", "16箱 × 48 = 768。"),
    ],
)  # fmt: skip
def test_the_walks_lamp_in_words(name: str, english: str, chinese: str) -> None:
    """Each sentence holds the numbers of the steps before it, in both languages."""
    plan = plan_of(**LAMP)
    sentence = steps(plan, "LAMP-03", "US-LA")[name].sentence
    assert (text(plan, sentence), text(plan, sentence, "zh")) == (english, chinese)


def one(on_hand: Any, daily: Any, **more: Any) -> Plan:
    """A plan of one SKU in one place where nothing varies, beside another that only makes Stock readable."""
    stock = [{"sku": "A", "on_hand": on_hand, "daily_sales": daily}, {"sku": "Z", "on_hand": 1, "daily_sales": 0}]
    return plan_of(**{"Stock": stock, "Settings": STEADY, **more})


@pytest.mark.parametrize(
    ("on_hand", "daily", "cover", "sentence"),
    [
        (30, 20, 1.5, "0 + (3 − 0) × (30 − 0) ÷ (60 − 0)."),
        (60, 20, 3, "3 + (7 − 3) × (60 − 60) ÷ (140 − 60)."),
        (1300, 20, 65, "30 + (60 − 30) × (1,300 − 600) ÷ (1,200 − 600)."),
        (0, 20, 0, "Nothing available: 0."),
        (-5, 20, 0, "Nothing available: 0."),
        (5, 0, 9999, "No more is expected to sell: written as 9999."),
        (10_000_000, 1, 9999, "Longer than 9999 days: written as 9999."),
        (None, 20, None, "Stock or daily sales are missing."),
    ],
)  # fmt: skip
def test_days_left_say_between_which_knots(on_hand: Any, daily: Any, cover: float | None, sentence: str) -> None:
    """Days left by interpolation between the two days round the stock, past the last one as before it (§13)."""
    step = steps(one(on_hand, daily), "A")["cover"]
    assert (step.value, said(one(on_hand, daily), "A", "cover")) == (cover, sentence)


@pytest.mark.parametrize(
    ("on_hand", "daily", "status", "start"),
    [
        (None, 3, "active", "Stock or daily sales are missing."), (0, 3, "active", "Nothing available: RED"),
        (0, 3, "discontinued", "Discontinued and sold out."), (5, 0, "active", "Nothing is expected to sell."),
        (5, 3, "active", "RED below 3 days"),
    ],
)  # fmt: skip
def test_tiers_say_why(on_hand: Any, daily: Any, status: str, start: str) -> None:
    """A tier names its thresholds, or the test that comes before them (§8)."""
    plan = one(on_hand, daily, Catalog=[{"sku": "A", "status": status}])
    assert said(plan, "A", "tier").startswith(start)


def test_assumed_days_are_called_so() -> None:
    """Without suppliers and routes: 15 + 30 + 3 days, some of them assumed."""
    plan = one(500, 1)
    assert steps(plan, "A")["lead_days"].value == 48
    assert said(plan, "A", "lead_days").startswith(
        "15 production + 30 on the road + 3 check-in = 48; some of them assumed"
    )


def test_a_gap_and_an_overdue_line() -> None:
    """20 at 5 a day end on day 4; 100 land on day 6: two days without stock, 10 lost; 7 more have no date."""
    inbound = [
        {"sku": "A", "warehouse": "Main", "ordered": 100, "sellable_on": day(6)},
        {"sku": "A", "warehouse": "Main", "ordered": 7},
    ]
    plan = one(20, 5, Inbound=inbound)
    found = {name: step.value for name, step in steps(plan, "A").items()}
    assert (found["gap_days"], found["gap_units"], found["gap_lost"], found["undated"]) == (2, 100, 10, 7)
    assert found["gap_until"].date() == day(6)


def test_a_transfer_is_part_of_what_orders_see() -> None:
    """What comes from elsewhere stands between stock + on the way and the order."""
    plan = plan_of(
        Stock=[
            {"sku": "A", "warehouse": "US-LA", "on_hand": 10, "daily_sales": 10},
            {"sku": "A", "warehouse": "DE-HAM", "on_hand": 5000, "daily_sales": 1},
        ],
        Routes=[{"from": "DE-HAM", "to": "US-LA", "mode": "air", "days": 3, "cost_per_unit": 0.1}],
    )
    found = steps(plan, "A", "US-LA")
    moved = found["moved"].value
    assert moved == found["move_units"].value > 0
    assert found["position_moved"].value == 10 + moved
    assert text(plan, found["move_units"].sentence) == "From DE-HAM, see Transfers."


def test_an_unknown_pair_is_a_key_error() -> None:
    """Names are looked up by the caller, who knows what to suggest."""
    with pytest.raises(KeyError):
        explain(plan_of(**LAMP), "LAMP-03", "Main")


def test_sentences_hold_no_date() -> None:
    """The sheet writes these sentences as formulas, in which a date would depend on the program's language."""
    assert not [key for key, pair in SENTENCES.items() if any(":d}" in one or ":of " in one for one in pair)]


def test_every_step_has_a_label() -> None:
    """Each line of the list is named in both languages, and its unit too."""
    for line in LINES:
        assert line.label or f"label.{line.name}" in catalogue()
        assert line.unit == "date" or f"unit.{line.unit}" in catalogue()
