"""Quantiles of demand over a lead time that itself varies."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from restock.demand.series.outcome import SeriesForecast
from restock.demand.series.panel import Grid
from restock.errors import DomainError


def lead_time_quantile(
    forecast: SeriesForecast, level: float, lead_time_mean: ArrayLike, lead_time_sd: ArrayLike = 0.0
) -> Grid:
    """Return the demand of a lead time that is not exceeded with chance `level`, units, (n_series,), >= 0.

    The distance from the mean through `lead_time_mean` days is that of the forecast's own quantiles, stretched
    by what the varying lead time adds to the variance: rate squared times its variance. Between days values
    are linear, past the horizon the mean of its days goes on and the distance grows with the root of time;
    between levels they are linear in the normal score.

    Args:
        forecast: The forecast.
        level: Chance of not being exceeded, in (0, 1).
        lead_time_mean: Days, >= 0, one or (n_series,).
        lead_time_sd: Standard deviation, days, >= 0, one or (n_series,).
    Raises:
        DomainError: level is not strictly between 0 and 1, or a lead time is negative or not finite.
    Source: variance of a sum of random length, Hadley and Whitin, Analysis of Inventory Systems (1963), 3-4.
    """
    days, spread = (
        np.broadcast_to(np.asarray(one, np.float64), len(forecast.mean)) for one in (lead_time_mean, lead_time_sd)
    )
    if not 0 < level < 1:
        raise DomainError(f"level must lie strictly between 0 and 1 (got {level:g}). Enter 0.95 for 95%.")
    if not (np.isfinite(days) & np.isfinite(spread) & (days >= 0) & (spread >= 0)).all():
        raise DomainError("lead_time_mean and lead_time_sd must be days, 0 or more. Enter 14 for two weeks.")
    mean = _through(np.cumsum(forecast.mean, axis=1), days)
    variance = _through(forecast.variance, days)
    rate = np.divide(mean, days, out=forecast.mean[:, 0].copy(), where=days > 0)
    added = (rate * spread) ** 2
    distance = _through(_at_level(forecast, level) - np.cumsum(forecast.mean, axis=1), days, 0.5)
    stretch = np.sqrt(np.divide(variance + added, variance, out=np.ones_like(mean), where=variance > 0))
    return np.maximum(mean + distance * stretch, 0.0)


def _at_level(forecast: SeriesForecast, level: float) -> Grid:
    """Quantiles through each day at any level, (n_series, horizon), on or beyond the forecast's own levels."""
    from scipy.special import ndtri

    scores, score = ndtri(np.array(forecast.levels)), float(ndtri(level))
    if len(scores) == 1:
        return forecast.quantiles[:, :, 0]
    left = int(np.clip(np.searchsorted(scores, score) - 1, 0, len(scores) - 2))
    share = (score - scores[left]) / (scores[left + 1] - scores[left])
    low, high = forecast.quantiles[:, :, left], forecast.quantiles[:, :, left + 1]
    return np.asarray(np.maximum(low + share * (high - low), 0.0))


def _through(curve: Grid, days: Grid, power: float = 1.0) -> Grid:
    """A curve from 0 at day 0 at any day, (n_series,); past its end it grows with that power of time."""
    horizon = curve.shape[1]
    padded = np.pad(curve, ((0, 0), (1, 0)))
    inside = np.minimum(days, horizon)
    left = np.minimum(inside.astype(np.int64), horizon - 1)
    row = np.arange(len(curve))
    value = padded[row, left] + (inside - left) * (padded[row, left + 1] - padded[row, left])
    return np.asarray(value * np.maximum(days / horizon, 1.0) ** power)
