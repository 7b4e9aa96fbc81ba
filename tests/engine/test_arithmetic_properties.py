"""What holds for every input."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from restock.arithmetic.cover import days_of_cover
from restock.arithmetic.need import cover_by_need
from restock.arithmetic.order_quantity import order_quantity, share_moq
from restock.arithmetic.rounding import round9
from restock.arithmetic.safety_stock import safety_stock
from restock.arithmetic.tier import tier_by_demand

units = st.floats(0, 1e6)
shares = st.floats(0.001, 0.999)
RANK = {"RED": 0, "ORANGE": 1, "YELLOW": 2, "GREEN": 3, "NO SALES": 4}


@given(shares, shares, units, units, st.floats(0, 365))
def test_stock_never_falls_as_the_level_rises(
    a: float, b: float, daily: float, sd: float, lead: float
) -> None:
    """A higher chance of not running out never needs less safety stock."""
    low, high = safety_stock([min(a, b), max(a, b)], daily, sd, lead)
    assert low <= high


@given(units, st.floats(0.01, 1e4), st.floats(0.01, 100))
def test_scaling_units_leaves_cover(available: float, daily: float, scale: float) -> None:
    """Counting in other units changes no days."""
    np.testing.assert_allclose(
        days_of_cover(available, daily), days_of_cover(available * scale, daily * scale), rtol=1e-9, atol=1e-6
    )


@given(st.lists(units, min_size=2, max_size=2), st.floats(0, 1e4))
def test_more_stock_is_never_a_worse_tier(stocks: list[float], daily: float) -> None:
    """The tier never worsens as stock grows."""
    worse, better = tier_by_demand(sorted(stocks), daily).tolist()
    assert RANK[worse] <= RANK[better]


@given(st.lists(st.integers(0, 50), min_size=5, max_size=5), units, units)
def test_days_left_never_fall_as_stock_grows(steps: list[int], a: float, b: float) -> None:
    """The inverse of the need curve never falls."""
    needs = np.tile(np.cumsum(steps).astype(float), (2, 1))
    low, high = cover_by_need(np.array([min(a, b), max(a, b)]), np.array([3.0, 7, 15, 30, 60]), needs)
    assert low <= high + 1e-9


@settings(max_examples=200)
@given(st.lists(st.floats(-10, 500), min_size=1, max_size=6), st.integers(0, 1000), st.integers(1, 48))
def test_an_order_meets_needs_minimum_and_cartons(needs: list[float], moq: int, case: int) -> None:
    """Every line covers its need in whole cartons, and together they reach the minimum."""
    lines = share_moq(needs, [1.0] * len(needs), moq, case)
    wanted = np.maximum(round9(needs), 0.0)
    assert np.all(lines >= wanted - 1e-6)
    assert np.all(lines % case == 0)
    assert lines.sum() == 0 if wanted.sum() == 0 else lines.sum() >= moq
    if len(needs) == 1:
        assert lines[0] == float(order_quantity(needs[0], moq, case))
