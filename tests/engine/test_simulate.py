"""A year replayed: hand-worked worlds, units conserved, the same luck for all, no look ahead."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from restock.schema.settings import Settings
from restock.simulate.clairvoyant import Clairvoyant, least_cost
from restock.simulate.generated import TRANSFER_LINE, generated_world
from restock.simulate.measures import measure
from restock.simulate.ours import Ours, shifted_service
from restock.simulate.replay import Replay, replay
from restock.simulate.rules import ArticleRule, NormalRule, class_z
from restock.simulate.study import AS_SET, Trial, all_trials, natural_trials, our_trials, stock_at, study
from restock.simulate.world import Transfer, World, whole_cartons

from .simulated_worlds import Script, cut, hand_world

NOTHING_REMEMBERED = pd.DataFrame({"sku": [], "warehouse": [], "from": [], "to": []})


@pytest.fixture(scope="module")
def small() -> World:
    """Twelve generated SKUs, of whose eighty days thirty count."""
    return cut(generated_world(1, skus=12, days=30), 80)


def test_two_weeks_by_hand() -> None:
    """Orders land after their lead time, before the day's demand; what is asked for beyond stock is lost.

    50 units, 10 a day, 30 landing on day 5 and 20 on day 7: sold out from day 10 on, 40 lost. Cost: 40 x 2 of margin,
    160 unit-evenings x 3.65 x 30 % / 365, two order lines of 15.
    """
    world = hand_world([[10] * 14], [50])
    played = replay(world, Script({2: [30], 4: [20]}))
    assert played.stock[0].tolist() == [40, 30, 20, 10, 0, 20, 10, 20, 10, 0, 0, 0, 0, 0]
    found = measure(world, played)
    assert found.fill == pytest.approx(100 / 140)
    assert found.stock == pytest.approx(160 / 14)
    assert found.out_days == pytest.approx(4 / 14 * 365)
    assert found.lost_margin == pytest.approx(80)
    assert found.holding == pytest.approx(160 * 3.65 * 0.30 / 365)
    assert found.cost == pytest.approx(80 + 0.48 + 30)


def test_transfers_by_hand() -> None:
    """A transfer leaves at once, counts as stock on its way, and can be sold when it lands; it sends what is there."""
    world = hand_world([[0] * 6, [5] * 6], [20, 5], first_decision=0)
    played = replay(world, Script({}, {1: (Transfer(0, 1, 15, 2, 18.0),), 4: (Transfer(0, 1, 9, 5, 13.2),)}))
    assert played.stock.tolist() == [[20, 5, 5, 5, 0, 0], [0, 0, 0, 10, 5, 0]]
    assert played.moving.tolist() == [[0] * 6, [0, 15, 15, 0, 5, 5]]
    found = measure(world, played)
    assert (found.transfer_lines, found.transfer_units) == (2, 20)
    assert found.moving == pytest.approx(18.0 + 13.2)
    assert found.stock == pytest.approx((20 + 20 + 20 + 15 + 10 + 5) / 6)


def test_article_rule_by_hand() -> None:
    """Stock for fewer than 7 days at 1.5 x 10 a day is filled up to two lead times of 10 a day, every morning."""
    world = hand_world([[10] * 14], [50])
    played = replay(world, ArticleRule(world, 7, 1.0))
    assert played.ordered[0].tolist() == [0, 20] + [10] * 12
    assert played.stock[0].tolist() == [40, 30, 20, 10] + [20] * 10


def test_normal_rule_by_hand() -> None:
    """At 10 a day without variation s is four days, and S fourteen days more."""
    world = hand_world([[10] * 18], [50])
    played = replay(world, NormalRule(world, 1.645))
    assert np.flatnonzero(played.ordered[0]).tolist() == [1, 15]
    assert played.ordered[0, [1, 15]].tolist() == [140, 140]


def test_normal_rule_uses_the_class() -> None:
    """The natural z of a class is the normal quantile of its service level."""
    world = hand_world([[1], [1]], [1, 1], classes=np.array(["traffic", "long_tail"], object))
    assert class_z(world, {"traffic": 0.98, "long_tail": 0.90}) == pytest.approx([2.0537, 1.2816], abs=1e-4)


def test_whole_cartons() -> None:
    """A need is raised to the minimum order, then to cartons; no need orders nothing."""
    world = hand_world([[1]] * 3, [1] * 3, case_pack=np.array([6, 6, 6]), moq=np.array([1, 20, 1]))
    assert whole_cartons(np.array([7.0, 7.0, 0.0]), world).tolist() == [12, 24, 0]


def test_expected_days_are_what_can_be_known() -> None:
    """An order is expected after the usual days, put off while it is late, and on its true day once that is near."""
    world = hand_world([[0] * 12], [0], lead=10, lead_mean=np.array([4.0]), notice_days=2)
    script = Script({1: [5]})
    replay(world, script)
    expected = {seen.day: seen.on_the_way.expected.tolist() for seen in script.seen}
    assert expected[2] == [5]
    assert expected[5] == [8]
    assert expected[9] == [11]


def assert_conserved(world: World, played: Replay) -> None:
    """Units at the start and ordered are those sold, left, and on the way."""
    left = played.stock[:, -1].sum() + played.on_the_way.units.sum()
    assert world.start_stock.sum() + played.ordered.sum() == played.sold.sum() + left


@pytest.mark.parametrize("trial", natural_trials(), ids=lambda trial: trial.rule)
def test_units_are_conserved(trial: Trial, small: World) -> None:
    """Whatever the rule does, no unit appears or disappears, and none is sold that was not asked for."""
    played = replay(small, trial.make(small))
    assert_conserved(small, played)
    assert (played.sold <= small.demand).all()
    assert (played.stock >= 0).all()


def test_transfers_conserve_units() -> None:
    """Units sent arrive."""
    world = hand_world([[3, 1, 4, 1, 5, 9], [2, 6, 5, 3, 5, 8]], [9, 9])
    script = Script({1: [4, 0], 2: [0, 7]}, {2: (Transfer(0, 1, 2, 1, 1.0),), 4: (Transfer(1, 0, 50, 3, 1.0),)})
    assert_conserved(world, replay(world, script))


@pytest.mark.parametrize("seed", [1, 2])
def test_worlds_are_the_same_for_every_rule(seed: int) -> None:
    """A seed is one world: demand, shows, lead times and prices do not depend on who asks; another seed is another."""
    first, again, other = (generated_world(number, skus=5, days=20) for number in (seed, seed, seed + 10))
    for name in ("demand", "lead", "start_stock", "show_day", "margin", "case_pack"):
        assert np.array_equal(getattr(first, name), getattr(again, name))
    assert not np.array_equal(first.demand, other.demand)
    replay(first, ArticleRule(first, 15))
    assert np.array_equal(first.demand, again.demand)


def test_generated_world_is_as_described() -> None:
    """Shares of classes, lead times, cartons and the part of shows are those of the described world."""
    world = generated_world(1)
    kinds = pd.Series(world.classes[::3]).value_counts(normalize=True)
    assert kinds["traffic"] == pytest.approx(0.15, abs=0.05)
    assert kinds["long_tail"] == pytest.approx(0.50, abs=0.06)
    assert world.lead.min() >= 7
    assert world.lead.max() <= 21
    assert set(world.case_pack) == {1, 6, 12, 24}
    assert world.demand[world.show_day].sum() / world.demand.sum() == pytest.approx(0.19, abs=0.02)


@pytest.mark.parametrize("trial", [one for one in natural_trials() if one.rule != "clairvoyant"], ids=lambda t: t.rule)
def test_no_rule_sees_the_future(trial: Trial, small: World) -> None:
    """Demand and shows of a day and later change nothing that is decided until that day."""
    turn = 65
    demand, share = small.demand.copy(), small.show_share.copy()
    demand[:, turn:] = demand[::-1, turn:] * 3 + 1
    starts = small.tables.livestreams["start"].to_numpy("datetime64[D]")
    share[starts >= np.datetime64(small.date(turn), "D")] = 0.9
    lead = small.lead.copy()
    lead[:, turn + 1 :] = 21
    other = replace(small, demand=demand, show_share=share, lead=lead)
    before, after = replay(small, trial.make(small)), replay(other, trial.make(other))
    for name in ("ordered", "sent"):
        assert np.array_equal(getattr(before, name)[:, : turn + 1], getattr(after, name)[:, : turn + 1])


def test_the_plan_decides_the_same_twice(small: World) -> None:
    """The same world and settings give the same year."""
    first, again = (replay(small, Ours(small)) for _ in range(2))
    assert np.array_equal(first.ordered, again.ordered)
    assert np.array_equal(first.sent, again.sent)


def test_clairvoyant_by_hand() -> None:
    """Cartons of 6 for 5 a day after the stock of two days: each lands on the morning that needs it."""
    world = hand_world([[5] * 8], [10], lead=2, case_pack=np.array([6]), first_decision=0)
    played = replay(world, Clairvoyant.of(world))
    assert played.stock[0].tolist() == [5, 0, 1, 2, 3, 4, 5, 0]


def test_clairvoyant_loses_nothing_and_holds_least(small: World) -> None:
    """Knowing the future sells everything asked for, with less stock than any rule that sells nearly as much."""
    perfect = measure(small, replay(small, Clairvoyant.of(small)))
    assert perfect.fill == 1.0
    rows = study(small, [one for one in natural_trials() if one.rule != "clairvoyant"])
    assert (rows["stock"] > perfect.stock).all()


@pytest.mark.parametrize(("last", "margin", "cost"), [(4, 100.0, 8.0), (20, 100.0, 15.0), (20, 0.5, 10.0)])
def test_least_cost_by_hand(last: int, margin: float, cost: float) -> None:
    """4 units today and some in two days, 1 a unit and evening: hold them, order again for 15, or lose them.

    4 x 2 evenings = 8 < 15; 20 x 2 = 40 > 15; 20 x 0.5 of margin = 10.
    """
    world = hand_world([[4, 0, last]], [0], lead=1, margin=np.array([margin]), unit_cost=np.array([365 / 0.30]))
    assert least_cost(world, float("inf")) == pytest.approx(cost)


@pytest.mark.parametrize("seed", [1, 2])
def test_no_rule_beats_the_least_cost(seed: int) -> None:
    """What knowing everything would cost is below what every rule costs, at every setting."""
    world = cut(generated_world(seed, skus=4, days=40), 80)
    trials = [one for one in all_trials() if not one.rule.startswith("ours")] + our_trials([AS_SET, 0.0])
    assert (study(world, trials)["cost"] >= least_cost(world, TRANSFER_LINE)).all()


def test_curve_between_trials() -> None:
    """The stock for a fill is linear between trials, unknown above them, and below them the least that was tried."""
    rows = pd.DataFrame({"fill": [0.98, 0.96], "stock": [200.0, 100.0]})
    assert stock_at(rows, 0.975) == pytest.approx(175.0)
    assert np.isnan(stock_at(rows, 0.99))
    assert stock_at(rows, 0.95) == 100.0


def test_service_levels_move_together() -> None:
    """A shift of half a standard deviation moves .95 (z 1.6449) to .98402 and never leaves the range of Settings."""
    moved = shifted_service(Settings(), 0.5)
    assert moved.service_profit == pytest.approx(0.98402, abs=1e-5)
    assert shifted_service(Settings(), 9).service_traffic == 0.9999
    assert shifted_service(Settings(), -9).service_traffic == 0.5
