"""Quantiles of the demand of the coming days, taken together."""

from __future__ import annotations

import numpy as np

from restock.demand.series.panel import Grid

LARGE = 60.0
"""From this mean on counts are as good as continuous, and gamma stands for the negative binomial."""
SMALLEST_SPREAD = 1.02
"""Counts spread a little more widely than Poisson's."""


def count_quantile(mean: Grid, dispersion: Grid, levels: tuple[float, ...]) -> Grid:
    """Return quantiles of the negative binomial of that mean and dispersion, (n, n_levels), units, >= 0.

    Args:
        mean: (n,), units, >= 0.
        dispersion: (n,), variance / mean; below `SMALLEST_SPREAD` it counts as that.
        levels: Chances of not being exceeded, in (0, 1).
    Source: Wilson and Hilferty, "The distribution of chi-square", PNAS 17 (1931), for large means.

    >>> count_quantile(np.array([0.0, 2.0, 400.0]), np.array([1.0, 2.0, 3.0]), (0.5, 0.95)).round(1)
    array([[  0. ,   0. ],
           [  1. ,   6. ],
           [399. , 458.6]])
    """
    from scipy.special import ndtri

    spread = np.maximum(dispersion, SMALLEST_SPREAD)
    out = np.zeros((len(mean), len(levels)))
    large = mean >= LARGE
    shape = (mean[large] / spread[large])[:, None]
    root = 1 - 1 / (9 * shape) + ndtri(np.array(levels)) / (3 * np.sqrt(shape))
    out[large] = mean[large][:, None] * np.maximum(root, 0.0) ** 3
    small = np.flatnonzero((mean > 0) & ~large)
    for part in np.array_split(small[np.argsort(mean[small], kind="stable")], max(len(small) // 500, 1)):
        out[part] = _counted(mean[part], spread[part], np.array(levels))
    return out


def _counted(mean: Grid, spread: Grid, levels: Grid) -> Grid:
    """The quantiles by adding up probabilities from 0 on, (n, n_levels)."""
    shape = mean / (spread - 1)
    chance = np.exp(-shape * np.log(spread))
    through = chance.copy()
    out = np.zeros((len(mean), len(levels)))
    out += through[:, None] < levels
    for count in range(1, 4000):
        if not (through < levels[-1]).any():
            break
        chance = chance * (count - 1 + shape) / count * (1 - 1 / spread)
        through += chance
        out += through[:, None] < levels
    return out
