"""The formulas against cited numbers and written derivations."""

from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
import pytest

from restock.arithmetic import (
    cover,
    cover_dated,
    live_demand,
    need,
    order_date,
    order_quantity,
    rounding,
    safety_stock,
    service,
    tier,
)
from restock.errors import DomainError

NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "expected"),
    [(6.9999999999, 7.0), (6.999999999, 6.999999999), (5e-10, 1e-9), (-5e-10, -1e-9), (1e300, 1e300)],
)
def test_round9(value: float, expected: float) -> None:
    """Rounding keeps nine decimals, halves away from zero; huge and unknown numbers stay (§7)."""
    np.testing.assert_equal(float(rounding.round9(value)), expected)


@pytest.mark.parametrize(
    ("available", "daily", "factor", "expected"),
    [
        (280, 20, 1, 14.0),  # 280 / 20
        (280, 20, 1.5, 280 / 30),  # factor 1.5
        (0, 20, 1, 0.0),
        (-3, NAN, 1, 0.0),
        (NAN, 20, 1, NAN),
        (5, NAN, 1, NAN),
        (5, 0, 1, 9999.0),
        (1e9, 1e-3, 1, 9999.0),
        (0.1 + 0.2 - 0.3, 5, 1, 0.0),
    ],
)
def test_days_of_cover(available: float, daily: float, factor: float, expected: float) -> None:
    """Cover is stock over demand; nothing left is 0 whatever demand is, no demand is 9999 (§5)."""
    np.testing.assert_allclose(cover.days_of_cover(available, daily, factor), expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("available", "daily", "expected"),
    [
        (9, 3, tier.ORANGE),  # cover exactly 3: not strictly below red
        (8.9999, 3, tier.RED),
        (21, 3, tier.YELLOW),  # exactly 7
        (45, 3, tier.GREEN),  # exactly 15
        (0.7, 0.1, tier.YELLOW),  # 0.7 / 0.1 is 6.999999999999999 in binary; rounded it is 7
        (0, NAN, tier.RED),
        (NAN, 0, tier.NO_DATA),
        (5, NAN, tier.NO_DATA),
        (5, 0, tier.NO_SALES),
    ],
)
def test_tier_by_demand(available: float, daily: float, expected: str) -> None:
    """The tests are made in the order of §8, strictly below each threshold, after rounding."""
    assert tier.tier_by_demand(available, daily).item() == expected


def test_tier_and_cover_by_need_agree() -> None:
    """The tier from three needs is the band in which days left by the same curve falls (§13)."""
    rng = np.random.default_rng(7)
    needs = np.cumsum(rng.integers(0, 4, (500, 5)), axis=1).astype(float)
    needs[:, 2] += needs[:, 2] == 0
    needs = np.maximum.accumulate(needs, axis=1)
    available = rng.integers(-1, 12, 500).astype(float)
    days_left = need.cover_by_need(available, np.array([3.0, 7, 15, 30, 60]), needs)
    by_need = tier.tier_by_need(available, needs[:, 0], needs[:, 1], needs[:, 2])
    assert by_need.tolist() == tier.tier(available, 1.0, days_left).tolist()


@pytest.mark.parametrize(
    ("available", "needs", "expected"),
    [
        (30, [30, 70, 150], 3.0),
        (50, [30, 70, 150], 5.0),
        (170, [30, 70, 150], 17.0),  # the last slope of 10 a day goes on
        (30, [30, 30, 150], 7.0),  # flat from day 3 to 7: the right end
        (31, [30, 30, 150], 7 + 8 / 120),
        (150, [30, 150, 150], 9999.0),  # flat after the last knot: never
        (0, [0, 0, 0], 0.0),
        (5, [0, 0, 0], 9999.0),
        (NAN, [1, 2, 3], NAN),
        (5, [1, NAN, 3], NAN),
        (0, [1, NAN, 3], 0.0),
    ],
)
def test_cover_by_need(available: float, needs: list[float], expected: float) -> None:
    """Days left invert the need curve by linear interpolation; a flat stretch gives its right end (§13)."""
    found = need.cover_by_need(np.array([available]), np.array([3.0, 7, 15]), np.array([needs]))
    np.testing.assert_allclose(found, [expected], rtol=1e-12)


def test_cover_by_typed_demand_is_the_ratio() -> None:
    """Where need is typed demand × days, days left are stock over demand (§13)."""
    days, stock = np.array([3.0, 7, 15, 30, 60]), np.array([1.0, 55, 100, 5000])
    found = need.cover_by_need(stock, days, np.tile(5 * days, (4, 1)))
    np.testing.assert_allclose(found, cover.days_of_cover(stock, 5))


def _walk(available: float, daily: float, events: dict[int, float]) -> float:
    """Days until the first unmet demand, one day at a time: what is dated first, then demand."""
    for day in range(200):
        available += events.get(day, 0.0)
        if available < daily or available < 0:
            return day + max(available, 0.0) / daily if daily else float(day)
        available -= daily
    return 9999.0


def test_cover_dated_equals_a_walk_day_by_day() -> None:
    """Dated cover is what a day-by-day walk finds, with arrivals before demand (§2)."""
    rng = np.random.default_rng(11)
    for _ in range(500):
        days, quantities = rng.integers(-2, 20, 4), rng.integers(-30, 60, 4).astype(float)
        available, daily = float(rng.integers(-5, 90)), float(rng.integers(4, 20))
        events: dict[int, float] = {}
        for day, quantity in zip(days.tolist(), quantities.tolist(), strict=True):
            if day >= 0:
                events[day] = events.get(day, 0.0) + quantity
        found = float(cover_dated.cover_dated(available, daily, days, quantities))
        assert found == pytest.approx(_walk(available, daily, events)), (available, daily, events)


def test_cover_dated_without_demand() -> None:
    """Without daily demand only a show that takes more than there is ends the stock."""
    assert float(cover_dated.cover_dated(50, 0, [4], [-60])) == 4.0
    assert float(cover_dated.cover_dated(50, 0, [4], [-50])) == 9999.0


@pytest.mark.parametrize(
    ("arguments", "expected", "tolerance"),
    [
        ((0.95, 0, 707.1067811865476, 1), 1163, 0.6),  # Chopra, Wal-Mart demo: σ over the lead time 707
        ((0.97, 0, 5, 1), 9.4, 0.01),  # Stevenson 14e, example 8, z from a table
        ((0.5, 20, 6, 9, 2), 0.0, 1e-12),
    ],
)
def test_safety_stock(arguments: tuple[float, ...], expected: float, tolerance: float) -> None:
    """Safety stock is z times the standard deviation over the lead time (§15)."""
    assert float(safety_stock.safety_stock(*arguments)) == pytest.approx(expected, abs=tolerance)


@pytest.mark.parametrize("level", [0.0, 1.0, 95.0, -0.1])
def test_service_level_outside_zero_to_one(level: float) -> None:
    """A service level outside 0 to 1 is refused with what to enter instead."""
    with pytest.raises(DomainError, match=r"Enter 95% or 0\.95, not 95"):
        safety_stock.safety_stock(level, 20, 6, 9)


@pytest.mark.parametrize(
    ("need_units", "moq", "case", "expected"),
    [
        (755, 1, 48, 768),  # LAMP-03: 16 cartons of 48
        (10, 100, 1, 100),
        (10, 100, 24, 120),
        (0, 100, 24, 0),
        (-5, 100, 24, 0),
        (48.0000000001, 0, 48, 48),
    ],
)
def test_order_quantity(need_units: float, moq: float, case: float, expected: float) -> None:
    """A line orders whole cartons of at least the minimum, and nothing without a need (§6)."""
    assert float(order_quantity.order_quantity(need_units, moq, case)) == expected


@pytest.mark.parametrize(
    ("needs", "daily", "moq", "case", "expected"),
    [
        ([40, 20], [3, 1], 100, 1, [70, 30]),
        ([40, 20], [3, 1], 50, 1, [40, 20]),
        ([40, 20], [0, 0], 100, 1, [60, 40]),
        ([40, 20, 0], [3, 1, 50], 100, 24, [72, 48, 0]),
        ([0, -3], [1, 1], 100, 1, [0, 0]),
    ],
    ids=["by demand", "minimum met", "no demand: equally", "no need: nothing", "no need at all"],
)
def test_share_moq(
    needs: list[float], daily: list[float], moq: float, case: float, expected: list[float]
) -> None:
    """What is missing to the minimum goes to the lines with a need, by daily demand, then to cartons (§6)."""
    assert order_quantity.share_moq(needs, daily, moq, case).tolist() == expected


def test_order_dates() -> None:
    """Sold out on day 22 with 45 days of sea: 23 days late; the week's edge still is THIS WEEK (§14)."""
    assert float(order_date.order_by(22, 45)) == -23.0
    found = order_date.order_status(0, [-23, 0, 7, 8, NAN]).tolist()
    assert found == ["LATE", "THIS WEEK", "THIS WEEK", "FINE", ""]


@pytest.mark.parametrize(
    ("arguments", "expected", "tolerance"),
    [
        ((100, 30, 3, 1), 120.23, 0.01),  # SCperf 1.1.1, Porteus
        ((50, 20, 2, 5), 39, 0.5),  # NewsvendorModel.jl, to the nearest unit
        ((120, 10, 18, 2), 132.815515655446, 1e-9),  # stockpyl
        ((1, 30, 1, 999), 0.0, 0.0),
    ],
)
def test_live_stock(arguments: tuple[float, ...], expected: float, tolerance: float) -> None:
    """The newsvendor quantity, never below 0."""
    assert float(live_demand.live_stock(*arguments)) == pytest.approx(expected, abs=tolerance)


def test_service_measures() -> None:
    """Chance and share of sales kept follow the normal loss function: G(0) = 1/√2π."""
    assert float(service.standard_normal_loss(0)) == pytest.approx(1 / math.sqrt(2 * math.pi))
    assert float(service.fill_rate(1000, 0, 10, 4)) == pytest.approx(1 - 20 / math.sqrt(2 * math.pi) / 1000)
    assert float(service.fill_rate(5, -100, 10, 4)) == 0.0
    assert float(service.fill_rate(1000, -100, 0, 4)) == pytest.approx(0.9)
    assert service.cycle_service_level([0, -1, NAN], 0, 9).tolist()[:2] == [1.0, 0.0]


def test_service_level_inverts_safety_stock() -> None:
    """The chance that a safety stock gives is the chance it was computed for."""
    levels = np.linspace(0.05, 0.999, 40)
    stock = safety_stock.safety_stock(levels, 20, 6, 9, 2)
    np.testing.assert_allclose(service.cycle_service_level(stock, 6, 9, 2, 20), levels, rtol=1e-12)


def test_imports() -> None:
    """Loading the formulas imports numpy only; scipy.special comes with the first quantile."""
    code = (
        "import sys, pkgutil, importlib, restock.arithmetic as a\n"
        "for m in pkgutil.iter_modules(a.__path__): importlib.import_module('restock.arithmetic.' + m.name)\n"
        "assert 'scipy' not in sys.modules and 'pandas' not in sys.modules\n"
        "a.safety_stock.safety_stock(.95, 1, 1, 1)\n"
        "assert 'scipy.special' in sys.modules and 'scipy.stats' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
