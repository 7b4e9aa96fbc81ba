"""The level of every series at the end of every week, remembered for days or for months."""

from __future__ import annotations

import numpy as np

from restock.demand.series.panel import Grid, Panel

HALF_LIVES = (3.0, 7.0, 14.0, 28.0, 56.0, 112.0)
"""Days after which a sale counts half."""
DAMPED = (0, 1, 2, 3, 4)
"""Places of the half-lives that are also taken of damped sizes: the fourth root of what a day sold, so that a
large order hardly matters and that something sold at all does."""
MEMBERS = len(HALF_LIVES) + len(DAMPED)
"""Levels per series: one of each half-life, then the damped ones."""
PLAIN_DAYS = 7.0
"""The plain mean over the selling period, sold-out days included, counts as this many days: three in-stock
days do not make a level."""
PRIOR_DAYS = 1.5
"""The plain mean counts as so many recent days, and as more while fewer than `FEW_DAYS` days are usable."""
FEW_DAYS = 14.0
"""Days, before which a level is hardly a level."""


def levels_of(panel: Panel, days: Grid, limits: Grid) -> Grid:
    """Return the levels before each week, units per normal day, (n_series, weeks + 1, MEMBERS), >= 0.

    A level is sum(memory x sold) / sum(memory x expected) over usable days. A damped one is the longest level
    times how often and how much, by damped sizes, sold of late beside the long run.

    Args:
        panel: The series.
        days: (n_series, weeks, 7), what each day would sell at level 1; 0 where it is not usable.
        limits: (n_series,), the most that a day counts for, units.
    """
    expected, prior = _remembered(days), _prior_days(panel)
    sold = np.minimum(panel.sold, limits[:, None, None])
    levels = (_remembered(sold) + prior * _plain_mean(panel, days)) / (expected + prior)
    sizes = np.sqrt(np.sqrt(panel.sold))
    usual = _through(sizes) / np.maximum(_through(days), 1.0)
    damped = (_remembered(sizes) + prior * usual) / (expected + prior)
    recent = damped[:, :, list(DAMPED)] / np.maximum(damped[:, :, -1:], 1e-9)
    return np.concatenate([levels, levels[:, :, -1:] * recent ** _reach(panel)[:, None, None]], axis=2)


def _prior_days(panel: Panel) -> Grid:
    """Days that the plain mean counts as before each week, (n_series, weeks + 1, 1)."""
    return np.asarray(PRIOR_DAYS + np.maximum(FEW_DAYS - _through(panel.weight), 0.0))


def _reach(panel: Panel) -> Grid:
    """The power that undoes the damping, (n_series,): 1 for what sells seldom, 2 for what sells daily."""
    return np.asarray(1.0 + (panel.sold > 0).sum(axis=(1, 2)) / np.maximum(panel.weight.sum(axis=(1, 2)), 1.0))


def _plain_mean(panel: Panel, days: Grid) -> Grid:
    """Mean of all usable days before each week, (n_series, weeks + 1, 1)."""
    floor = (panel.all_sold / np.maximum(panel.all_days, PLAIN_DAYS))[:, None, None]
    return np.asarray((_through(panel.sold) + PLAIN_DAYS * floor) / (_through(days) + PLAIN_DAYS))


def _through(days: Grid) -> Grid:
    """Sum of the days before each week, (n_series, weeks + 1, 1)."""
    return np.pad(np.cumsum(days.sum(axis=2), axis=1), ((0, 0), (1, 0)))[:, :, None]


def _remembered(days: Grid) -> Grid:
    """The same, each day worth less the older it is, (n_series, weeks + 1, n_half_lives)."""
    kept = 0.5 ** (1.0 / np.array(HALF_LIVES))
    week = np.tensordot(days, kept ** np.arange(7)[::-1, None], axes=1)
    total = np.zeros((len(days), days.shape[1] + 1, len(HALF_LIVES)))
    for before in range(days.shape[1]):
        total[:, before + 1] = total[:, before] * kept**7 + week[:, before]
    return total
