"""What the group's past says beyond a level: how items fade, end and rise as they age."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from restock.demand.series.levels import HALF_LIVES
from restock.demand.series.panel import Grid, Panel
from restock.demand.series.spread import Errors

TREND_EDGES = (0.0,)
"""Octaves by which the level of a fortnight lies above that of four months."""
GAP_EDGES = (0.3, 0.8, 1.6, 3.0, 6.0)
"""Units that should have been sold since the last sale."""
AGE_EDGES = (56.0, 120.0, 240.0)
"""Usable days since the first sale."""
SHAPE = (len(TREND_EDGES) + 1, len(GAP_EDGES) + 1, len(AGE_EDGES) + 1)
CELLS = int(np.prod(SHAPE))
"""A cell is a place among trends, gaps and ages."""
PRIOR = 30.0
"""Sales over dispersion at which a cell's own ratio counts half."""
COMMON = 0.1
"""Share of an item's error that its group has in common: large items say little more than middling ones."""
SWEEPS = 4
"""Times that the factors of trend, gap and age are fitted in turn; they no longer move after that."""
LEAST, MOST = 0.3, 2.0
"""Range of the factor."""
RECENT_ORIGINS = 8
"""The strength is judged on these origins, by what the ones before them say."""
STRENGTHS = (0.0, 0.5, 1.0)
"""How far the factor is believed: powers of it."""
_SHORT, _LONG = HALF_LIVES.index(14.0), HALF_LIVES.index(112.0)


def cells_of(panel: Panel, usable: Grid, levels: Grid, origins: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the cell of every series at every origin, (n_series, n_origins), 0 to CELLS - 1.

    Args:
        panel: The series.
        usable: (n_series, weeks, 7), units at level 1 of usable days.
        levels: (n_series, weeks + 1, n_half_lives).
        origins: (n_origins,), weeks before each.
    """
    short, long = levels[:, origins, _SHORT], levels[:, origins, _LONG]
    trend = np.log2((short + 1e-3) / (long + 1e-3))
    through = np.cumsum(usable.reshape(len(panel), panel.weeks * 7), axis=1)
    at_sale = np.where(panel.sold.reshape(len(panel), panel.weeks * 7) > 0, through, 0.0)
    last = np.maximum.accumulate(at_sale, axis=1)
    day = origins * 7 - 1
    gap = (through[:, day] - last[:, day]) * long
    age = np.cumsum(panel.weight.sum(axis=2), axis=1)[:, origins - 1]
    places = (np.digitize(trend, TREND_EDGES), np.digitize(gap, GAP_EDGES), np.digitize(age, AGE_EDGES))
    return np.ravel_multi_index(places, SHAPE)


def ageing_sums(errors: Errors, cells: NDArray[np.int64], dispersion: Grid) -> Grid:
    """Return units sold and forecast by cell, (2, 2, CELLS), weighted by what they tell; first of old origins.

    Args:
        errors: Forecasts beside sales over two weeks.
        cells: (n_series, n_past).
        dispersion: (n_series,), variance over mean of a day.
    """
    weight = errors.weight / (dispersion[:, None] + COMMON * errors.forecast)
    sums = np.zeros((2, 2, CELLS))
    cut = max(cells.shape[1] - RECENT_ORIGINS - 1, 0)
    for row, origins in enumerate((slice(0, cut), slice(None))):
        where = cells[:, origins].ravel()
        for column, units in enumerate((errors.sold, errors.forecast)):
            worth = (units * weight)[:, origins].ravel()
            sums[row, column] = np.bincount(where, weights=worth, minlength=CELLS)
    return sums


def ageing_factors(sums: Grid) -> Grid:
    """Return the factor of every cell, (CELLS,): a product of trend, gap and age, each shrunk toward 1."""
    sold, forecast = sums[0].reshape(SHAPE), sums[1].reshape(SHAPE)
    forecast = forecast * ((sold.sum() + PRIOR) / (forecast.sum() + PRIOR))
    factor = np.ones(SHAPE)
    for _ in range(SWEEPS):
        for axis in range(len(SHAPE)):
            others = tuple(other for other in range(len(SHAPE)) if other != axis)
            above, below = sold.sum(axis=others, keepdims=True), (forecast * factor).sum(axis=others, keepdims=True)
            factor = factor * (above + PRIOR) / (below + PRIOR)
    own = (sold + PRIOR) / (forecast * factor + PRIOR)
    return np.asarray(np.clip(factor * own, LEAST, MOST).ravel())


def strength_losses(errors: Errors, cells: NDArray[np.int64], factors: Grid, mean: Grid) -> Grid:
    """Return the errors on recent origins of every strength, (n_strengths,), in days of sales."""
    recent = slice(-RECENT_ORIGINS, None)
    weight = errors.weight[:, recent] / np.maximum(mean * 14.0, 1.0)[:, None]
    factor = factors[cells[:, recent]]
    made, sold = errors.forecast[:, recent], errors.sold[:, recent]
    return np.array([(np.abs(made * factor**strength - sold) * weight).sum() for strength in STRENGTHS])
