"""What makes a day unlike another: its weekday, a promotion, a holiday, a closed neighbour."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from restock.demand.series.panel import KINDS, NORMAL, Grid, Panel

AGE_WEEKS = 16.0
"""Half-life of what is known about weekdays and promotions."""
PROFILE_PRIOR = 40.0
"""Units times dispersion at which own sales of a weekday weigh as much as the group's profile."""
KIND_PRIOR = 60.0
"""The same for the multiplier of a kind of day."""
GROUP_PRIOR = 20.0
"""Mean days of sales, over dispersion, at which the group's weekday factor of a kind of day counts half."""
BASE_WEEKS = 2
"""A day is compared with the five weeks about it."""


@dataclass(frozen=True)
class Scale:
    """How much a series sells and how unevenly.

    Attributes:
        mean: (n_series,), units per usable day.
        dispersion: (n_series,), variance of a day over its mean, >= 1.
        weight: (n_series,), 1 / (mean x dispersion): makes sums over series count information, not units.
    """

    mean: Grid
    dispersion: Grid
    weight: Grid


def scale_of(panel: Panel) -> Scale:
    """Return the scale of every series; a series that never sold has weight 0."""
    days = panel.weight.sum(axis=(1, 2))
    mean = panel.sold.sum(axis=(1, 2)) / np.maximum(days, 1.0)
    squares = np.einsum("nwd,nwd->n", panel.sold, panel.sold) - days * mean**2
    dispersion = np.maximum(squares / np.maximum(days - 1.0, 1.0) / np.maximum(mean, 1e-9), 1.0)
    weight = np.divide(1.0, mean * dispersion, out=np.zeros_like(mean), where=mean > 0)
    return Scale(mean, dispersion, weight)


def profile_sums(panel: Panel, scale: Scale) -> tuple[Grid, Grid]:
    """Return age-weighted units sold and expected on normal days by weekday, both (n_series, 7)."""
    normal = panel.weight * (panel.kind[:, : panel.weeks] == NORMAL)
    base = base_level(panel.sold.sum(axis=2, where=normal > 0), normal.sum(axis=2), scale.mean)
    age = _age(panel.weeks)
    return (
        np.einsum("nwd,nwd,w->nd", panel.sold, normal, age, optimize=False),
        np.einsum("nwd,nw->nd", normal, base * age),
    )


def shrunk_profile(own: tuple[Grid, Grid], group: tuple[Grid, Grid], scale: Scale) -> Grid:
    """Return the weekday factors of every series, (n_series, 7), mean 1.

    Args:
        own: Units sold and expected by weekday, (n_series, 7).
        group: Their sums over the group, weighted by `Scale.weight`, (7,).
        scale: The scale of each series.
    """
    pool = np.divide(group[0], group[1], out=np.ones(7), where=group[1] > 0)
    prior = PROFILE_PRIOR / 7.0 * scale.dispersion[:, None]
    profile = (own[0] + prior * pool) / (own[1] + prior)
    return np.asarray(profile / np.maximum(profile.mean(axis=1, keepdims=True), 1e-9))


def kind_sums(panel: Panel, profile: Grid, scale: Scale) -> tuple[Grid, Grid]:
    """Return units sold and expected by kind of day and weekday, both (n_series, KINDS, 7)."""
    kind = panel.kind[:, : panel.weeks]
    normal = panel.weight * (kind == NORMAL)
    expected = np.einsum("nwd,nd->nw", normal, profile)
    base = base_level(panel.sold.sum(axis=2, where=normal > 0), expected, scale.mean)
    age = _age(panel.weeks)
    sold, above = np.zeros((len(panel), KINDS, 7)), np.zeros((len(panel), KINDS, 7))
    for one in _kinds_present(panel):
        here = panel.weight * (kind == one)
        sold[:, one] = np.einsum("nwd,nwd,w->nd", panel.sold, here, age, optimize=False)
        above[:, one] = np.einsum("nwd,nw->nd", here, base * age) * profile
    return sold, above


def kind_factors(own: tuple[Grid, Grid], group: tuple[Grid, Grid], scale: Scale) -> Grid:
    """Return the multiplier of every kind of day, (n_series, KINDS, 7); a normal day's is 1.

    A series' own multiplier leans toward the group's; by weekday it follows the group.

    Args:
        own: Units sold and expected, (n_series, KINDS, 7).
        group: Their sums over the group, weighted by `Scale.weight`, (KINDS, 7).
        scale: The scale of each series.
    """
    whole = (group[0].sum(axis=1) + 1.0) / (group[1].sum(axis=1) + 1.0)
    weekday = (group[0] + GROUP_PRIOR * whole[:, None]) / (group[1] + GROUP_PRIOR)
    expected = (own[1] * weekday / whole[:, None]).sum(axis=2)
    prior = KIND_PRIOR * scale.dispersion[:, None]
    factor = (own[0].sum(axis=2) + prior * whole) / (expected + prior)
    factors = factor[:, :, None] * (weekday / whole[:, None])
    factors[:, NORMAL] = 1.0
    return np.asarray(np.clip(factors, 0.0, 50.0))


def day_factors(panel: Panel, profile: Grid, factors: Grid) -> Grid:
    """Return what each day sells relative to the level, open or not, (n_series, weeks + weeks_ahead, 7)."""
    days = np.repeat(profile[:, None, :], panel.open.shape[1], axis=1)
    for kind in _kinds_present(panel):
        here = panel.kind == kind
        days *= np.where(here, factors[:, kind][:, None, :], 1.0)
    return days


def base_level(sold: Grid, expected: Grid, mean: Grid) -> Grid:
    """Return the level of the weeks about each week, units per normal day, (n_series, weeks).

    Args:
        sold: (n_series, weeks), units.
        expected: (n_series, weeks), units that would sell at level 1.
        mean: (n_series,), units per day, which counts as half a day more.
    """
    return np.asarray((centred(sold, BASE_WEEKS) + 0.5 * mean[:, None]) / (centred(expected, BASE_WEEKS) + 0.5))


def centred(weekly: Grid, reach: int) -> Grid:
    """Return the sum of each week and of `reach` weeks on either side of it, (n_series, weeks)."""
    weeks = weekly.shape[1]
    through = np.concatenate([np.zeros((len(weekly), 1)), np.cumsum(weekly, axis=1)], axis=1)
    at = np.arange(weeks)
    return through[:, np.minimum(at + reach + 1, weeks)] - through[:, np.maximum(at - reach, 0)]


def _age(weeks: int) -> Grid:
    return np.asarray(0.5 ** (np.arange(weeks)[::-1] / AGE_WEEKS))


def _kinds_present(panel: Panel) -> NDArray[np.int64]:
    return np.flatnonzero(np.bincount(panel.kind.ravel(), minlength=KINDS)[NORMAL + 1 :]) + NORMAL + 1
