"""Transfers: who may send, how much, by when, and whether it pays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restock.plan import Plan

from .plan_books import STEADY, day, pair, plan_of, text

HAM = {"sku": "MUG-11", "warehouse": "DE-HAM", "on_hand": 900, "daily_sales": 9}
LA = {"sku": "MUG-11", "warehouse": "US-LA", "on_hand": 30, "daily_sales": 12}
ITEM = {"sku": "MUG-11", "cost": 3, "price": 12, "case_pack": 48}
LANE = {"from": "DE-HAM", "to": "US-LA", "mode": "air", "days": 8, "cost_per_unit": 3.1}
NEXT = {"sku": "MUG-11", "warehouse": "US-LA", "ordered": 500, "sellable_on": day(50)}


def mug(
    giver: dict[str, Any] | None = None,
    taker: dict[str, Any] | None = None,
    item: dict[str, Any] | None = None,
    lane: dict[str, Any] | None = None,
    **more: Any,
) -> Plan:
    """MUG-11 of the worked example, with some cells typed otherwise."""
    book = {"Catalog": [ITEM | (item or {})], "Routes": [LANE | (lane or {})], "Inbound": [NEXT]} | more
    return plan_of(Stock=[LA | (taker or {}), HAM | (giver or {})], **book)


def moved(plan: Plan) -> list[float]:
    return plan.transfers["units"].tolist()


def test_worked_example() -> None:
    """MUG-11, 8 days by air from the day after today: lands on 2 Dec, and 21 days at 12 sell 252 by 22 Dec.

    5 cartons of 48 earn 240 × (9 - 3.10) = 1,416; 6 would sell 252 of 288 and earn 1,375.20.
    """
    line = mug().transfers.iloc[0]
    assert (line["units"], line["cartons"], line["saves_units"]) == (240, 5, 240)
    assert (line["ship_by"].date(), line["arrives_on"].date()) == (day(1), day(9))
    assert (line["saves_money"], line["cost"]) == pytest.approx((2160.0, 744.0))
    assert line["sender_keeps_days"] == 73.0  # 660 at 9 a day


SENTENCES = {
    "en": "Move 240 of MUG-11 from DE-HAM to US-LA, ship by Tue 24 Nov, sellable 2 Dec, 7 days after US-LA sells out "
    "(Wed 25 Nov). Next arrival there: 12 Jan 2027. Saves 240 sales ($2,160 margin) for $744; DE-HAM keeps 73 days.",
    "zh": "把240件 MUG-11 从DE-HAM调到US-LA，11月24日（周二）前发出，12月2日可售，"
    "比US-LA卖完的11月25日（周三）晚7天。"
    "该仓下次到货2027年1月12日。可多卖240件（毛利$2,160），运费$744；DE-HAM还够卖73天。",
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_walks_sentence(language: str) -> None:
    """One sentence says what, from where, by when, and what it is worth."""
    plan = mug()
    assert text(plan, plan.transfers["why"].iloc[0], language) == SENTENCES[language]


def test_what_stock_says_about_both_ends() -> None:
    """The receiver is told to move; the move is in its position, so that nothing is ordered for it."""
    plan = mug(Settings=STEADY)  # reorder at 12 × 48 = 576
    taker, giver = pair(plan, "MUG-11", "US-LA"), pair(plan, "MUG-11", "DE-HAM")
    assert text(plan, taker["action"]) == "Move 240 from DE-HAM, ship by Tue 24 Nov."
    assert (taker["order_units"], taker["due"].date()) == (0.0, day(1))
    assert (taker["position_moved"], giver["position_moved"]) == (770.0, 660.0)


def test_an_order_after_a_move_shows_both_positions() -> None:
    """A sender that must reorder because of the move says from which position."""
    plan = mug(giver={"daily_sales": 11})
    line = plan.orders.set_index("warehouse").loc["DE-HAM"]
    after = 900 - moved(plan)[0]
    assert f"Stock + on the way 900, {after:.0f} after the proposed transfers; reorder at" in text(plan, line["why"])
    assert line["needed"] == line["fill_up_to"] - after


NONE = [
    pytest.param({"Routes": []}, id="no routes"),
    pytest.param({"lane": {"from": "US-LA", "to": "DE-HAM"}}, id="only the other way"),
    pytest.param({"lane": {"from": "Huamei"}}, id="only from a supplier"),
    pytest.param({"item": {"transferable": "no"}}, id="may not be moved"),
    pytest.param({"item": {"status": "unsellable"}}, id="unsellable"),
    pytest.param({"taker": {"on_hand": None}}, id="receiver without stock data"),
    pytest.param({"taker": {"daily_sales": None}}, id="receiver without sales data"),
    pytest.param({"giver": {"daily_sales": None}}, id="sender without sales data"),
    pytest.param({"giver": {"on_hand": None}}, id="sender without stock data"),
    pytest.param({"taker": {"on_hand": 900}}, id="nobody is short"),
    pytest.param({"taker": {"on_hand": 12 * 16}}, id="8 days to spare"),
    pytest.param({"lane": {"days": 29}}, id="lands after the days that count"),
    pytest.param({"giver": {"on_hand": 270 + 47}}, id="less than a carton to spare"),
    pytest.param({"lane": {"minimum": 640}}, id="the lane's minimum is more than can be spared"),
    pytest.param({"lane": {"cost_per_unit": 6.01}}, id="does not pay 1.5 times"),
    pytest.param({"lane": {"cost_per_shipment": 697}}, id="does not pay with the shipment"),
    pytest.param({"lane": {"slot_cost": 349, "slot_volume": 480}, "item": {"volume": 4}}, id="nor with pallets"),
    pytest.param({"item": {"price": 3}, "lane": {"cost_per_unit": 0}}, id="nothing is earned"),
    pytest.param({"item": {"price": 2}, "lane": {"cost_per_unit": 0}}, id="every sale loses money"),
]


@pytest.mark.parametrize("cells", NONE)
def test_no_transfer(cells: dict[str, Any]) -> None:
    """Nothing is proposed where it is not allowed, not needed, not possible or does not pay."""
    plan = mug(**cells)
    assert plan.transfers.empty
    assert (plan.view["move_units"] == 0).all()


SOME = [
    pytest.param({"lane": {"cost_per_unit": 6}}, 240, id="pays 1.5 times exactly"),
    pytest.param({"lane": {"cost_per_shipment": 696}}, 240, id="with the shipment, exactly"),
    pytest.param({"lane": {"slot_cost": 348, "slot_volume": 480}, "item": {"volume": 4}}, 240, id="with two pallets"),
    # sold out from day 15 to 29: 180 lost; 3 cartons earn 144 × 5.90 = 849.60, 4 earn 180 × 9 - 192 × 3.10 = 1,024.80
    pytest.param({"taker": {"on_hand": 12 * 15}}, 192, id="7 days to spare"),
    pytest.param({"giver": {"on_hand": 270 + 100}}, 96, id="the whole cartons that can be spared"),
    pytest.param({"lane": {"minimum": 260}}, 288, id="the lane's minimum"),
    pytest.param({"item": {"case_pack": 12}}, 252, id="cartons that fit"),
    pytest.param({"item": {"price": None}}, 240, id="margin not known"),
    pytest.param({"item": {"status": "discontinued"}}, 240, id="discontinued"),
]


@pytest.mark.parametrize(("cells", "units"), SOME)
def test_how_much(cells: dict[str, Any], units: float) -> None:
    """Whole cartons, as many as pay best, within what the sender can spare."""
    assert moved(mug(**cells)) == [units]


def test_unknown_margin_is_said() -> None:
    """Where price or cost is missing the reader decides, and is told what to type."""
    plan = mug(item={"price": None})
    line = plan.transfers.iloc[0]
    assert np.isnan(line["saves_money"])
    assert "Saves 240 sales for $744 (type price and cost to see the margin);" in text(plan, line["why"])


def test_a_sender_keeps_its_days_and_shows() -> None:
    """DE-HAM keeps its 30 days: of 900 all but 270 are spare; a show takes its units off, 50 days another 180."""
    show = {"show": "X", "start": day(10), "sku": "MUG-11", "warehouse": "DE-HAM"}
    hungry = {"taker": {"daily_sales": 40}, "item": {"case_pack": 1}}
    assert moved(mug(**hungry)) == [630]
    assert moved(mug(**hungry, Livestreams=[show | {"planned_units": 150}])) == [480]
    assert moved(mug(**hungry, Livestreams=[show | {"planned_units": 630}])) == []
    keeps = [{"warehouse": "DE-HAM", "keep_days": 50}, {"warehouse": "US-LA"}]
    assert moved(mug(**hungry, Warehouses=keeps)) == [450]


@pytest.mark.parametrize("made_in", [40, 14, 3])
def test_a_sender_with_a_quick_supplier_keeps_less(made_in: int) -> None:
    """It keeps 30 days, or through the day on which an order of today lands and its safety stock, whichever is less.

    3 days by sea and 3 to check in come on top of production.
    """
    item = {"supplier": "Near", "case_pack": 1, "class": "slow"}
    book = {
        "Suppliers": [{"supplier": "Near", "production_days": made_in}],
        "Routes": [LANE, {"from": "Near", "to": "DE-HAM", "mode": "sea", "days": 3}],
    }
    plan = mug(giver={"daily_sales": 10}, taker={"daily_sales": 60}, item=item, **book)
    assert made_in + 6 == pair(plan, "MUG-11", "DE-HAM")["lead_days"]
    safety = pair(plan, "MUG-11", "DE-HAM")["safety_stock"]
    expected = min(300, (made_in + 6) * 10 + safety)
    assert moved(plan) == [900 - expected]


def test_a_short_place_never_sends() -> None:
    """A warehouse that will itself lose sales keeps everything, even with stock for a month today."""
    assert moved(mug(giver={"on_hand": 269}, lane={"cost_per_unit": 0})) == []


def test_ships_on_the_last_day_that_is_in_time() -> None:
    """Stock that lasts 12 days and 8 on the road: ship on day 4, in time."""
    plan = mug(taker={"on_hand": 144})
    line = plan.transfers.iloc[0]
    assert (line["ship_by"].date(), line["arrives_on"].date()) == (day(4), day(12))
    assert "sellable 5 Dec, before US-LA sells out (5 Dec)." in text(plan, line["why"])


def test_a_second_sender_serves_the_rest() -> None:
    """The cheaper lane is used first; what it cannot bring comes by the dearer one."""
    jp = {"sku": "MUG-11", "warehouse": "JP-OSA", "on_hand": 900, "daily_sales": 9}
    lanes = [LANE | {"cost_per_unit": 4, "from": "JP-OSA"}, LANE]
    plan = plan_of(Stock=[LA, HAM | {"on_hand": 370}, jp], Catalog=[ITEM], Routes=lanes, Inbound=[NEXT])
    by_sender = plan.transfers.set_index("from")["units"].to_dict()
    # 252 are lost; 2 cartons from DE-HAM leave 156: 3 cartons earn 144 × 5 = 720, 4 would earn 156 × 9 - 192 × 4 = 636
    assert by_sender == {"DE-HAM": 96, "JP-OSA": 144}
    assert pair(plan, "MUG-11", "US-LA")["move_from"] == "DE-HAM"


def test_earliest_ship_date_comes_first() -> None:
    """Transfer lines are sorted by ship date, then by what they save."""
    cup = [LA | {"sku": "CUP", "on_hand": 144}, HAM | {"sku": "CUP"}]
    tea = [LA | {"sku": "TEA", "on_hand": 0}, HAM | {"sku": "TEA"}]
    plan = plan_of(Stock=[*cup, *tea, LA, HAM], Routes=[LANE], Catalog=[ITEM, ITEM | {"sku": "TEA", "price": 30}])
    assert plan.transfers["sku"].tolist() == ["TEA", "MUG-11", "CUP"]


PLACES = ["US", "DE", "JP"]
cells = st.fixed_dictionaries({"on_hand": st.integers(0, 600), "daily_sales": st.integers(0, 12)})


@settings(max_examples=60, deadline=None)
@given(
    stock=st.lists(cells, min_size=3, max_size=3),
    case=st.integers(1, 40),
    lanes=st.lists(
        st.tuples(st.permutations(PLACES), st.integers(0, 12), st.integers(0, 8)),
        max_size=4,
        unique_by=lambda lane: tuple(lane[0][:2]),
    ),
    keep=st.integers(0, 40),
)
def test_what_holds_of_every_transfer(
    stock: list[dict[str, int]], case: int, lanes: list[tuple[list[str], int, int]], keep: int
) -> None:
    """Units are conserved and in cartons; only typed lanes are used; a sender keeps its days and is never short."""
    rows = [{"sku": "A", "warehouse": place} | numbers for place, numbers in zip(PLACES, stock, strict=True)]
    routes = [{"from": ends[0], "to": ends[1], "days": days, "cost_per_unit": cost} for ends, days, cost in lanes]
    plan = plan_of(
        Stock=rows,
        Routes=routes,
        Catalog=[{"sku": "A", "case_pack": case, "cost": 1, "price": 9}],
        Settings={"keep_days": keep},
    )
    assert plan.view["moved"].sum() == 0
    for _, line in plan.transfers.iterrows():
        assert line["units"] == line["cartons"] * case > 0
        assert any(route["from"] == line["from"] and route["to"] == line["to"] for route in routes)
        assert line["saves_money"] >= 1.5 * line["cost"]
        assert line["ship_by"].date() > plan.today
        sender, receiver = pair(plan, "A", line["from"]), pair(plan, "A", line["to"])
        until_order = min(30, sender["lead_days"])
        kept = min(keep, sender["lead_days"] + sender["safety_stock"] / max(sender["daily"], 1))
        assert sender["available"] + sender["moved"] >= max(until_order, kept) * sender["daily"] - 1e-6
        assert sender["lost_units"] == 0 < receiver["lost_units"]
        assert receiver["moved"] <= receiver["lost_units"] + case


def test_a_shared_pallet_is_paid_once() -> None:
    """Two SKUs of one route and day share a pallet of 1,900 that neither would pay alone.

    240 mugs earn 2,160 and cost 744: 1,900 more is too much for 1.5 times, but together 4,320 are 1.5 × 2,288 and more.
    """
    cup = [LA | {"sku": "CUP"}, HAM | {"sku": "CUP"}]
    lane = LANE | {"cost_per_unit": 1, "slot_cost": 1900, "slot_volume": 9000}
    item = ITEM | {"volume": 10}
    alone = plan_of(Stock=[LA, HAM], Catalog=[item], Routes=[lane])
    together = plan_of(Stock=[LA, HAM, *cup], Catalog=[item, item | {"sku": "CUP"}], Routes=[lane])
    assert moved(alone) == []
    assert len(moved(together)) == 2
    assert together.transfers["cost"].sum() == pytest.approx(together.transfers["units"].sum() + 1900)
    assert together.transfers["shipment_cost"].tolist() == [together.transfers["cost"].sum()] * 2


def test_a_budget_for_transfers_is_kept() -> None:
    """Freight of all lines stays within Settings; a line that alone is more is said to be."""
    assert moved(mug(Settings={"transfer_budget": 500})) == [144]  # 3 cartons at 3.10: 446.40; 4 are 595.20
    tight = mug(lane={"minimum": 240}, Settings={"transfer_budget": 500})
    assert moved(tight) == []
    assert "problem.transfer_minimum_over_budget" in [problem.key for problem in tight.tables.problems]


def test_the_plan_says_how_good_it_is() -> None:
    """What is lost and paid with and without the moves; one line is the best there is."""
    found = mug().transfer_plan
    assert found is not None
    assert (found.gap, found.solver, found.clock_struck) == (0.0, False, False)
    assert found.cost < found.cost_without
    assert mug(Routes=[]).transfer_plan is None
