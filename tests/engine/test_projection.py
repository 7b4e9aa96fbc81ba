"""Stock day by day: run-out, lost sales (§2, §14)."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from restock.replenish import project, worst_shortage

CASES, DAYS = 10_000, 25


def naive(available: float, demand: list[float], arrivals: list[float]) -> tuple[list[float], int, float]:
    """Evening stock, first day with unmet demand, lost units, one unit of thought at a time."""
    stock, lost, evenings, runout = available, 0.0, [], len(demand)
    for day, (wanted, landed) in enumerate(zip(demand, arrivals, strict=True)):
        stock += landed
        sold = min(wanted, max(stock, 0.0))
        if sold < wanted:
            lost += wanted - sold
            runout = min(runout, day)
        stock -= sold
        evenings.append(max(stock, 0.0))
    return evenings, runout, lost


@pytest.fixture(scope="module")
def cases() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(1)
    demand = random.integers(0, 15, (CASES, DAYS)) * (random.random((CASES, DAYS)) < 0.7)
    arrivals = random.integers(1, 90, (CASES, DAYS)) * (random.random((CASES, DAYS)) < 0.08)
    return random.integers(-40, 200, CASES).astype(float), demand.astype(float), arrivals.astype(float)


def test_equals_a_loop_over_days(cases) -> None:
    """Ten thousand random projections equal a day-by-day loop, oversold starts included."""
    result = project(*cases)
    for row, (available, demand, arrivals) in enumerate(zip(*cases, strict=True)):
        evenings, runout, lost = naive(available, demand.tolist(), arrivals.tolist())
        assert result.stock[row].tolist() == evenings
        assert (result.runout_day[row], result.lost_units[row]) == (runout, lost)


def test_lost_units_are_the_worst_shortfall(cases) -> None:
    """Lost units equal the largest excess of cumulative demand over cumulative supply, never below 0."""
    available, demand, arrivals = np.maximum(cases[0], 0.0), cases[1], cases[2]
    shortfall = np.cumsum(demand, axis=1) - np.cumsum(arrivals, axis=1) - available[:, None]
    lost = project(available, demand, arrivals).lost_units
    assert_array_equal(lost, np.maximum(shortfall.max(axis=1), 0.0))
    assert_array_equal(lost, worst_shortage(available, demand, arrivals))


def test_lost_units_add_up_by_day(cases) -> None:
    """The daily losses sum to the lost units, and no day loses more than its demand."""
    result = project(*cases)
    assert_array_equal(result.lost.sum(axis=1), result.lost_units)
    assert (result.lost <= cases[1]).all()


@pytest.mark.parametrize(
    ("available", "daily", "runout"),
    [
        pytest.param(280.0, 20.0, 14, id="280 at 20"),
        pytest.param(279.0, 20.0, 13, id="one less"),
        pytest.param(30.0, 2 / 3, 45, id="thirds that add up"),
        pytest.param(6.3, 0.7, 9, id="tenths that do not add up in binary"),
        pytest.param(0.0, 1.0, 0, id="nothing left"),
        pytest.param(0.0, 0.0, 60, id="nothing asked for"),
    ],
)
def test_run_out_is_the_first_day_with_unmet_demand(available: float, daily: float, runout: int) -> None:
    """Stock that is used up exactly runs out on the day after (§14), and rounding never brings that forward."""
    assert project(np.array([available]), np.full((1, 60), daily), np.zeros((1, 60))).runout_day == runout


def test_arrivals_come_before_demand() -> None:
    """What lands in the morning is sold the same day (§2)."""
    result = project(np.array([0.0]), np.array([[5.0, 5.0]]), np.array([[5.0, 4.0]]))
    assert (result.runout_day[0], result.lost_units[0]) == (1, 1.0)


def test_oversold_units_are_served_first() -> None:
    """Ten units oversold take the first ten that arrive."""
    result = project(np.array([-10.0]), np.full((1, 3), 2.0), np.array([[0.0, 15.0, 0.0]]))
    assert (result.stock.tolist(), result.lost_units.tolist()) == ([[0.0, 3.0, 1.0]], [2.0])


def test_scaling_units_scales_the_projection(cases) -> None:
    """Counting in dozens changes the units, not the run-out day."""
    once, twelve = project(*cases), project(*(12.0 * part for part in cases))
    assert_array_equal(once.runout_day, twelve.runout_day)
    assert_allclose(12.0 * once.stock, twelve.stock)


def test_later_arrivals_never_help(cases) -> None:
    """Putting every arrival off by a day never moves the run-out back nor saves a sale."""
    available, demand, arrivals = cases
    later = np.concatenate([np.zeros((CASES, 1)), arrivals[:, :-1]], axis=1)
    once, late = project(available, demand, arrivals), project(available, demand, later)
    assert (late.runout_day <= once.runout_day).all()
    assert (late.lost_units >= once.lost_units).all()


@pytest.mark.parametrize("shape", [(0, 5), (2, 0)], ids=["no pairs", "no days"])
def test_nothing_to_project(shape: tuple[int, int]) -> None:
    """No pairs and no days give empty answers."""
    result = project(np.zeros(shape[0]), np.zeros(shape), np.zeros(shape))
    assert (result.stock.shape, result.runout_day.shape) == (shape, (shape[0],))
