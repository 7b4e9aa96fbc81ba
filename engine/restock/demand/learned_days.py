"""By how much past sales days and holidays sold more than ordinary days, on arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from restock.demand.calendar import NONE

PRIOR_UNITS = 20.0
"""At this many expected units an occasion weighs as much as the belief that it is an ordinary day."""
PRIOR_OCCASIONS = 0.25
"""So many more occasions are believed to have been ordinary: one year, however large, is not the next."""
REACH_DAYS = 28
"""An ordinary day is the mean of ordinary days this near, so that the middle of Ramadan still has some."""
WEEKDAY_UNITS = 30.0
"""Units at which a weekday's own sales weigh as much as the belief that all weekdays are alike."""

Grid = NDArray[np.float64]
Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class DayFactors:
    """The multipliers of occasions.

    Attributes:
        factor: (n_groups, n_keys), times an ordinary day; 1 where no past occasion was seen.
        occasions: (n_groups, n_keys), years in which it was seen: the sample.
        sold, expected: (n_groups, n_keys), units on its days, and what ordinary days would have sold.
    """

    factor: Grid
    occasions: Codes
    sold: Grid
    expected: Grid

    def of_days(self, group: Codes, code: Codes) -> Grid:
        """The multiplier of each day, (n_series, days); 1 on ordinary days.

        Args:
            group: (n_series,), group of each series.
            code: (n_series, days) or (days,), the occasion of each day, `NONE` for none; days to come too.
        """
        one = np.ones((len(self.factor), 1))
        # Behind the last occasion stands the ordinary day, which the code NONE finds.
        return np.asarray(np.concatenate([self.factor, one], axis=1)[group[:, None], np.atleast_2d(code)])


def ordinary_days(units: Grid, ordinary: Flags, group: Codes, weekday: Codes) -> Grid:
    """Return what an ordinary day would have sold, (n_series, days), units; NaN without ordinary days near.

    The mean of the ordinary days within `REACH_DAYS`, times the weekday factor of the group.

    Args:
        units: (n_series, days), units per day.
        ordinary: (n_series, days), days that are usable and belong to no occasion or event.
        group: (n_series,), group of each series, from 0 on.
        weekday: (days,), 0 to 6.

    >>> ordinary = np.array([[True, False, True]])
    >>> ordinary_days(np.array([[2.0, 9.0, 4.0]]), ordinary, np.array([0]), np.zeros(3, int))
    array([[3., 3., 3.]])
    """
    counted = np.where(ordinary, units, 0.0)
    near = _near(ordinary.astype(np.float64))
    level = np.divide(_near(counted), near, out=np.full(units.shape, np.nan), where=near > 0)
    sold = _by_group_and_weekday(counted, group, weekday)
    expected = _by_group_and_weekday(np.where(ordinary, level, 0.0), group, weekday)
    factor = (sold + WEEKDAY_UNITS) / (expected + WEEKDAY_UNITS)
    return np.asarray(level * factor[group[:, None], weekday])


def day_sums(units: Grid, expected: Grid, usable: Flags, code: Codes, year: Codes, group: Codes, shape: Codes) -> Grid:
    """Return units sold and expected on the days of each occasion, (2, n_groups, n_keys, n_years).

    The sums of two parts of the series add up to those of both.

    Args:
        units: (n_series, days), units per day.
        expected: (n_series, days), what ordinary days would have sold; NaN where unknown.
        usable: (n_series, days), False on sold-out days, days of shows and outside the selling period.
        code: (n_series, days) or (days,), the occasion of each day, `NONE` for none.
        year: Same shape, the year in which the occasion began, counted from the first.
        group: (n_series,), group of each series, from 0 on.
        shape: Number of groups, keys and years.
    """
    code, year = np.broadcast_to(code, units.shape), np.broadcast_to(year, units.shape)
    series, day = np.nonzero(usable & (code != NONE) & (expected > 0))
    place = np.ravel_multi_index((group[series], code[series, day], year[series, day]), tuple(shape))
    sums = [np.bincount(place, grid[series, day], minlength=int(np.prod(shape))) for grid in (units, expected)]
    # Rounding (§7) frees the sums from the order of the series (§16).
    return np.stack(sums).round(9).reshape((2, *shape))


def day_factors(sums: Grid) -> DayFactors:
    """Return the multipliers that follow from `day_sums`.

    The ratio of sums, (sold + prior) / (expected + prior): it leans toward 1 by a prior of `PRIOR_UNITS` plus
    `PRIOR_OCCASIONS` of a mean occasion. An occasion that was never seen has 1.

    600 sold where 200 were expected, once: (600 + 20 + 50) / (200 + 20 + 50); seen twice like that, the prior is
    still 70.

    >>> day_factors(np.array([[[[600.0]]], [[[200.0]]]])).factor.round(3).tolist()
    [[2.481]]
    >>> day_factors(np.array([[[[600.0, 600.0]]], [[[200.0, 200.0]]]])).factor.round(3).tolist()
    [[2.702]]

    Source: shrinkage of a ratio of Poisson counts toward 1 with a gamma prior of mean 1, whose weight is stated in
        units (Gelman et al., "Bayesian Data Analysis", 3rd edition, §2.6, exposures).
    """
    occasions = (sums[1] > 0).sum(axis=2)
    sold, expected = sums.sum(axis=3)
    prior = PRIOR_UNITS + PRIOR_OCCASIONS * expected / np.maximum(occasions, 1)
    factor = np.where(occasions > 0, (sold + prior) / (expected + prior), 1.0)
    return DayFactors(factor, occasions, sold, expected)


def _near(grid: Grid) -> Grid:
    """The sum of each day and of `REACH_DAYS` days on either side, (n_series, days)."""
    days = grid.shape[1]
    through = np.concatenate([np.zeros((len(grid), 1)), np.cumsum(grid, axis=1)], axis=1)
    at = np.arange(days)
    return through[:, np.minimum(at + REACH_DAYS + 1, days)] - through[:, np.maximum(at - REACH_DAYS, 0)]


def _by_group_and_weekday(grid: Grid, group: Codes, weekday: Codes) -> Grid:
    """Sums by group and weekday, (n_groups, 7)."""
    own = np.stack([grid[:, weekday == one].sum(axis=1) for one in range(7)], axis=1)
    sums = np.zeros((int(group.max(initial=-1)) + 1, 7))
    np.add.at(sums, group, own)
    return sums.round(9)
