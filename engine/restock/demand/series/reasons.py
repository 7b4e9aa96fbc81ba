"""What was chosen for every series, and why: the ground of the "why" column."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from restock.demand.series.learning import Part
from restock.demand.series.levels import DAMPED, HALF_LIVES
from restock.demand.series.panel import PROMO, Grid

FEW_DAYS = 14
"""With fewer usable days a series rests on its plain mean."""
SELDOM = 0.5
"""A series that sells on fewer of its usable days sells seldom."""
SEASONAL = 0.25
"""From this strength on the time of year is named."""
_MEMORY_DAYS = np.array([*HALF_LIVES, *(HALF_LIVES[place] for place in DAMPED)])


@dataclass(frozen=True)
class Reasons:
    """Why each series is forecast as it is.

    Attributes:
        model: (n_series,) object: "none" (never sold), "few" (fewer than `FEW_DAYS` usable days), "seasonal",
            "seldom" or "steady".
        half_life: (n_series,), days after which a sale counts half, averaged over the levels by weight.
        weights: (n_series, MEMBERS), weights of the levels, see `levels.levels_of`.
        season: (n_series,), strength of the time of year, 0 to 1.
        going_on: (n_series,), factor by which items of that age and time since the last sale went on.
        profile: (n_series, 7), weekday factors, mean 1; the last is the weekday of the last day of history.
        promotion: (n_series,), factor of a day with a promotion; 1 where there was none.
        usable_days: (n_series,), days that say what demand was.
        ignored_days: (n_series,), sold-out or closed days of the selling period.
        capped_series: (n_capped,), series of each bulk order, rising.
        capped_day: (n_capped,), its day, counted back from the last day of history (0).
        capped_units: (n_capped,), units that do not count for the level.
    """

    model: NDArray[np.object_]
    half_life: Grid
    weights: Grid
    season: Grid
    going_on: Grid
    profile: Grid
    promotion: Grid
    usable_days: NDArray[np.int64]
    ignored_days: NDArray[np.int64]
    capped_series: NDArray[np.int64]
    capped_day: NDArray[np.int64]
    capped_units: Grid


def reasons_of(part: Part) -> Reasons:
    """Return why each series of a part is forecast as it is."""
    panel = part.panel
    sold = panel.sold.reshape(len(panel), panel.weeks * 7)
    over = np.maximum(sold - part.limits[:, None], 0.0)
    series, day = np.nonzero(over)
    usable = panel.weight.sum(axis=(1, 2)).astype(np.int64)
    season = np.full(len(panel), part.season)
    return Reasons(
        model=_models(usable, (sold > 0).sum(axis=1), season),
        half_life=part.weights @ _MEMORY_DAYS,
        weights=part.weights,
        season=season,
        going_on=part.ageing[:, -1],
        profile=part.profile,
        promotion=_promotion(part),
        usable_days=usable,
        ignored_days=panel.selling_days - usable,
        capped_series=series,
        capped_day=sold.shape[1] - 1 - day,
        capped_units=over[series, day],
    )


def _models(usable: NDArray[np.int64], active: NDArray[np.int64], season: Grid) -> NDArray[np.object_]:
    cases = [active == 0, usable < FEW_DAYS, season >= SEASONAL, active < SELDOM * usable]
    return np.select(cases, ["none", "few", "seasonal", "seldom"], "steady").astype(object)


def _promotion(part: Part) -> Grid:
    """Mean factor over the weekdays on which promotions fell, (n_series,)."""
    days = part.own_kinds[1][:, PROMO]
    total = days.sum(axis=1)
    factor = (days * part.kinds[:, PROMO]).sum(axis=1) / np.maximum(total, 1e-9)
    return np.where(total > 0, factor, 1.0)
