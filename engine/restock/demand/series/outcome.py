"""The forecast of many series: the mean of every day ahead, quantiles of what sells through it, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from restock.demand.series import spread
from restock.demand.series.cumulative import count_quantile
from restock.demand.series.learning import Part, learn
from restock.demand.series.panel import Grid, Panel
from restock.demand.series.reasons import Reasons, reasons_of

QUANTILES = (0.5, 0.9, 0.95, 0.98)
KNOT_DAYS = (1, 3, 7, 10, 14, 21, 28)
"""Quantiles are computed through these days, and every 14 days on; between them they are linear."""
POOLED = 0.4
"""Most that the group's errors weigh against the negative binomial: single pieces are counts, lumps are not."""


@dataclass(frozen=True)
class SeriesForecast:
    """What is expected of every series.

    Attributes:
        mean: (n_series, horizon), units per day, >= 0.
        quantiles: (n_series, horizon, n_levels), units through each day, by `levels`; they never fall with the
            day or the level.
        levels: Chances of not being exceeded, rising.
        variance: (n_series, horizon), of demand through each day, units squared.
        reasons: What was chosen and why.
    """

    mean: Grid
    quantiles: Grid
    levels: tuple[float, ...]
    variance: Grid
    reasons: Reasons


def forecast_panels(panels: Sequence[Panel], levels: Sequence[float] = QUANTILES) -> list[SeriesForecast]:
    """Return the forecast of every part of a group, each with what the whole group teaches.

    Time is linear in series and in days; working memory is about 0.3 MB a series of two years.

    Args:
        panels: The parts; all end on the same day and have the same weeks and horizon.
        levels: Chances of not being exceeded, in (0, 1).
    """
    return [forecast_part(part, levels) for part in learn(panels)[1]]


def forecast_part(part: Part, levels: Sequence[float] = QUANTILES) -> SeriesForecast:
    """Return the forecast of some series, from their own days and their group's statistics."""
    chances = tuple(sorted(levels))
    mean = _mean(part)
    through = np.cumsum(mean, axis=1)
    horizon = mean.shape[1]
    knots = [day for day in (*KNOT_DAYS, *range(42, horizon, 14)) if day < horizon] + [horizon]
    quantiles, variances = [], []
    for day in knots:
        lead, dispersion = _dispersion(part, through[:, day - 1], day)
        quantiles.append(_quantile(part, through[:, day - 1], dispersion, lead, chances))
        variances.append((through[:, day - 1] * dispersion)[:, None])
    curves = [_rising(np.stack(curve, axis=1), np.array(knots)) for curve in (quantiles, variances)]
    return SeriesForecast(mean, curves[0], chances, curves[1][:, :, 0], reasons_of(part))


def _mean(part: Part) -> Grid:
    """Units per day ahead, (n_series, horizon)."""
    panel = part.panel
    level = np.repeat(part.levels[:, -1, None, :], panel.weeks_ahead, axis=1)
    if part.season > 0:
        level = level * part.coming_year
    weekly = np.einsum("nfm,nm->nf", level, part.weights) * part.ageing[:, -1:]
    days = weekly[:, :, None] * part.days[:, panel.weeks :]
    return np.asarray(days.reshape(len(panel), panel.weeks_ahead * 7)[:, : panel.horizon])


def _dispersion(part: Part, mean: Grid, day: int) -> tuple[int, Grid]:
    """The lead nearest to a day, as a place in LEAD_WEEKS, and variance over mean through that day, (n_series,).

    Where the mean differs from that of past errors the variance grows with it to the power 1.5: between
    independent pieces and one uncertain level.
    """
    lead = int(np.argmin([abs(7 * weeks - day) for weeks in spread.LEAD_WEEKS]))
    past = part.own_dispersions[lead][1]
    growth = np.where(past > 0, np.clip(mean / np.maximum(past, 1e-9), 0.3, 3.0), 1.0)
    return lead, part.dispersions[lead] * np.sqrt(growth)


def _quantile(part: Part, mean: Grid, dispersion: Grid, lead: int, levels: tuple[float, ...]) -> Grid:
    """Quantiles through one day, (n_series, n_levels)."""
    counts = count_quantile(mean, dispersion, levels)
    by_class = spread.residual_quantiles(part.shared["residuals"][lead], levels, part.season)
    pooled = mean[:, None] + spread.at_volume(by_class, mean) * np.sqrt(mean * dispersion)[:, None]
    share = POOLED * (1 - 1 / np.maximum(dispersion, 1.0))[:, None]
    return np.asarray((1 - share) * counts + share * np.maximum(pooled, 0.0))


def _rising(at_knots: Grid, knots: NDArray[np.int64]) -> Grid:
    """Values through every day from those at knots, (n_series, horizon, n), rising with days and along n."""
    day = np.arange(1, knots[-1] + 1)
    right = np.searchsorted(knots, day)
    padded = np.pad(at_knots, ((0, 0), (1, 0), (0, 0)))
    start, end = np.append(0, knots)[right], knots[right]
    share = ((day - start) / (end - start))[None, :, None]
    values = padded[:, right] * (1 - share) + padded[:, right + 1] * share
    return np.asarray(np.maximum.accumulate(np.maximum.accumulate(values, axis=1), axis=2))
