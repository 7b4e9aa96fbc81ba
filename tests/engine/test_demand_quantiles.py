"""The gamma quantile of demand against its distribution function and closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import gammainc, gammaincinv

from restock.demand import demand_quantile
from restock.errors import DomainError

LEVELS = [0.5, 0.9, 0.95, 0.98, 0.9999]


@pytest.mark.parametrize("level", LEVELS)
def test_exponential_demand_has_a_closed_form(level):
    """Mean 3 and variance 9 is exponential: -3 ln(1 - level)."""
    assert demand_quantile(3, 9, level) == pytest.approx(-3 * np.log1p(-level), rel=1e-8)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("dispersion", [1.0, 40.0])
@pytest.mark.parametrize("mean", [0.004, 0.3, 1.7, 25.0, 400.0, 9e5])
def test_the_table_agrees_with_the_exact_inverse(mean, dispersion, level):
    """The cubic through the table stays within a ten-millionth of scipy's inverse, counted in means."""
    exact = dispersion * gammaincinv(mean / dispersion, level)
    assert demand_quantile(mean, mean * dispersion, level) == pytest.approx(exact, rel=1e-7, abs=1e-7 * mean)


def test_the_chance_of_staying_below_is_the_level():
    """Mean 140, variance 336: shape 58.33, scale 2.4; the distribution function gives the level back."""
    need = demand_quantile(140, 336, 0.95)
    assert gammainc(140**2 / 336, need / (336 / 140)) == pytest.approx(0.95, abs=1e-9)


@pytest.mark.parametrize(
    ("mean", "variance", "expected"),
    [(0, 0, 0), (0, 5, 0), (np.nan, 1, np.nan), (1, np.nan, np.nan), (1e9, 1e9, 1e9 + 1.6448536 * 1e9**0.5)],
    ids=["nothing", "no mean", "unknown mean", "unknown variance", "huge"],
)
def test_corners(mean, variance, expected):
    """0 stays 0, unknown stays unknown, a huge shape is normal (to half a unit for the skew)."""
    assert demand_quantile(mean, variance, 0.95) == pytest.approx(expected, nan_ok=True, abs=0.6)


def test_a_variance_below_the_mean_counts_as_the_mean():
    """Counts spread at least as widely as Poisson's."""
    assert demand_quantile(20, 0, 0.95) == demand_quantile(20, 20, 0.95)


def test_no_step_where_the_table_ends():
    """Just below and above a shape of 1e6 the answers join within a billionth."""
    below, above = demand_quantile([0.999999e6, 1.000001e6], [1.0, 1.0], 0.98) / [0.999999e6, 1.000001e6]
    assert below == pytest.approx(above, rel=1e-8)


@given(
    st.floats(0.001, 1e7), st.floats(1, 500), st.floats(0.5, 0.9998), st.floats(1e-4, 0.4),
)  # fmt: skip
def test_it_rises_with_the_level(mean, dispersion, level, more):
    """A safer level never asks for less."""
    safer = min(level + more, 0.9999)
    low, high = demand_quantile(mean, mean * dispersion, [level, safer])
    assert low <= high


@given(st.floats(0.01, 1e6), st.floats(1, 50), st.floats(0.1, 100))
def test_it_scales_with_the_unit(mean, dispersion, factor):
    """Counting in cartons scales the answer, as long as neither side meets the Poisson floor."""
    variance = mean * dispersion * max(factor, 1 / factor)
    one, other = demand_quantile([mean, mean * factor], [variance, variance * factor**2], 0.95)
    assert other == pytest.approx(one * factor, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("level", [0, 1, 95, -0.1, np.nan])
def test_a_level_outside_0_to_1_is_an_error(level):
    """95 typed for 95 % is a problem (§9)."""
    with pytest.raises(DomainError, match="strictly between 0 and 1"):
        demand_quantile(20, 20, level)
