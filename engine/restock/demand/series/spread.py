"""How far off past forecasts of the demand of several weeks were."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from restock.demand.series.panel import Grid
from restock.demand.series.selection import Windows

LEAD_WEEKS = (1, 2, 4)
"""Errors are measured over these leads; other leads lie between."""
MEMORY_DAYS = 365.0
"""Half-life of a past error."""
SEEN = 0.3
"""A window counts when this share of its demand could be seen."""
GROUP_WINDOWS = 10.0
"""The group's dispersion counts as this many windows that do not overlap."""
CLASSES = 24
"""Volume classes are octaves of a window's demand, from 2 to the power `_FIRST_CLASS` units."""
_FIRST_CLASS = -8.0
NEAR = 1.0
"""A class this many octaves away counts 1/e."""
BINS = 401
"""Standardised errors are counted in bins that widen away from 0, to about 80 either way."""
_STRETCH, _WIDEST = 4.0, 6.5
UNKNOWN = 0.1
"""Variance of a level without known errors, over its square."""
PRIOR_ERRORS = 40.0
"""Errors of a normal distribution that a class starts from."""


@dataclass(frozen=True)
class Errors:
    """Past forecasts of one lead beside what was sold.

    Attributes:
        forecast: (n_series, n_past), units.
        sold: Same shape, units, scaled up where a part of the window could not be seen.
        weight: Same shape, 0 where the window does not count; older windows less.
    """

    forecast: Grid
    sold: Grid
    weight: Grid


def errors_of(forecasts: Grid, windows: Windows, lead: int) -> Errors:
    """Return the errors over `lead` weeks; `forecasts` is (n_series, n_past, WINDOW_WEEKS), at level 1."""
    seen = (forecasts[:, :, :lead] * windows.usable[:, :, :lead]).sum(axis=2)
    whole = (forecasts[:, :, :lead] * windows.whole[:, :, :lead]).sum(axis=2)
    sold = windows.sold[:, :, :lead].sum(axis=2)
    counts = windows.known & (seen > SEEN * whole) & (whole > 0) & (windows.weeks >= lead)
    share = np.divide(whole, seen, out=np.zeros_like(seen), where=counts)
    return Errors(whole * counts, sold * share, counts * windows.age(MEMORY_DAYS))


def own_dispersion(errors: Errors) -> tuple[Grid, Grid, Grid]:
    """Return each series' squared error over its forecast, its mean forecast, and its count of windows; (n_series,)."""
    count = errors.weight.sum(axis=1)
    total = (errors.forecast * errors.weight).sum(axis=1)
    squares = ((errors.sold - errors.forecast) ** 2 * errors.weight).sum(axis=1)
    return squares / np.maximum(total, 1e-9), total / np.maximum(count, 1e-9), count


def dispersion_sums(own: tuple[Grid, Grid, Grid]) -> Grid:
    """Return what volume classes learn of dispersion, (2, CLASSES): sum and count."""
    value, mean, count = own
    near, far, share = _places(mean)
    sums = np.zeros((2, CLASSES))
    for which, weight in ((near, 1 - share), (far, share)):
        sums[0] += np.bincount(which, weights=value * count * weight, minlength=CLASSES)
        sums[1] += np.bincount(which, weights=count * weight, minlength=CLASSES)
    return sums


def shrunk_dispersion(own: tuple[Grid, Grid, Grid], sums: Grid, lead: int, fallback: Grid) -> Grid:
    """Return the variance of demand over the lead divided by its mean, (n_series,), >= 1e-3.

    Args:
        own: See `own_dispersion`.
        sums: See `dispersion_sums`.
        lead: Weeks.
        fallback: (n_series,), where the group knows nothing.
    """
    value, mean, count = own
    pooled = _kernel() @ sums.T
    of_class = np.divide(pooled[:, 0], pooled[:, 1], out=np.full(CLASSES, np.nan), where=pooled[:, 1] > 0)
    group = at_volume(of_class, mean)
    group = np.where(np.isnan(group), fallback, group)
    windows = count / lead
    return np.asarray(np.maximum((windows * value + GROUP_WINDOWS * group) / (windows + GROUP_WINDOWS), 1e-3))


def residual_sums(errors: Errors, dispersion: Grid) -> Grid:
    """Return the standardised errors of each volume class, (CLASSES, BINS), as weights of bins."""
    scale = np.sqrt(np.maximum(errors.forecast * dispersion[:, None], 1e-12))
    use = (errors.weight > 0) & (errors.forecast > 0)
    place = _bin((errors.sold - errors.forecast)[use] / scale[use])
    near, far, share = _places(errors.forecast[use])
    sums = np.zeros(CLASSES * BINS)
    for which, weight in ((near, 1 - share), (far, share)):
        cell = which * BINS + place
        sums += np.bincount(cell, weights=errors.weight[use] * weight, minlength=CLASSES * BINS)
    return sums.reshape(CLASSES, BINS)


def residual_quantiles(sums: Grid, levels: tuple[float, ...], centred: float) -> Grid:
    """Return the quantiles of the standardised errors of each class, (CLASSES, n_levels).

    Args:
        sums: See `residual_sums`.
        levels: Chances of not being exceeded.
        centred: Share of the mean error that is taken out: what a season did last year it need not do again.
    """
    from scipy.special import ndtri

    pooled = _kernel() @ sums
    through = np.cumsum(pooled, axis=1)
    count = through[:, -1]
    normal = ndtri(np.array(levels))
    quantiles = np.tile(normal, (CLASSES, 1))
    edges = _edges()
    for one in np.flatnonzero(count > 0):
        seen = np.interp(np.array(levels) * count[one], np.append(0.0, through[one]), edges)
        mean = float((pooled[one] * (edges[1:] + edges[:-1]) / 2).sum()) / count[one]
        seen = seen - centred * mean
        quantiles[one] = (count[one] * seen + PRIOR_ERRORS * normal) / (count[one] + PRIOR_ERRORS)
    return quantiles


def _places(mean: Grid) -> tuple[NDArray[np.int64], NDArray[np.int64], Grid]:
    """The two classes nearest to each mean, and the share of the second."""
    at = np.clip(np.log2(np.maximum(mean, 1e-9)) - _FIRST_CLASS, 0.0, CLASSES - 1.0)
    near = np.minimum(at.astype(np.int64), CLASSES - 2)
    return near, near + 1, at - near


def at_volume(by_class: Grid, mean: Grid) -> Grid:
    """Return a value of the classes at each mean, (n, ...), linear between the middles of two classes."""
    near, far, share = _places(mean)
    share = share.reshape(share.shape + (1,) * (by_class.ndim - 1))
    return np.asarray((1 - share) * by_class[near] + share * by_class[far])


def _kernel() -> Grid:
    at = np.arange(CLASSES)
    return np.asarray(np.exp(-np.abs(at[:, None] - at) / NEAR))


def _bin(error: Grid) -> NDArray[np.int64]:
    at = (np.arcsinh(_STRETCH * error) / _WIDEST + 1) / 2 * (BINS - 1)
    return np.clip(np.rint(at), 0, BINS - 1).astype(np.int64)


def _edges() -> Grid:
    """The standardised errors at the borders of the bins, (BINS + 1,)."""
    at = (np.arange(BINS + 1) - 0.5) / (BINS - 1) * 2 - 1
    return np.asarray(np.sinh(at * _WIDEST) / _STRETCH)
