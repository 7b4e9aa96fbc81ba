"""Which memory and how much of the time of year forecast best on past origins."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from restock.demand.series.levels import MEMBERS
from restock.demand.series.panel import Grid

ORIGINS = 52
"""Weekly origins of the last year are looked back on."""
FIRST_WEEK = 3
"""A past origin has at least this many weeks before it."""
WINDOW_WEEKS = 4
"""Errors are measured over up to four weeks."""
JUDGED_WEEKS = 2
"""Memories are chosen by what sold within two weeks."""
RECENT_DAYS = 56.0
"""Half-life of a past error in the choice."""
KNOWN_DAYS = 7.0
"""Usable days before an origin for it to count."""
SEASONS = ((0.0, 0.0), (0.5, 0.0), (1.0, 0.0), (0.0, 0.5), (0.0, 1.0))
"""How much of the yearly index is believed, for each of `yearly.OWN_PRIORS`."""
_MEMORIES = range(MEMBERS)
SETS: Grid = np.stack(
    [
        np.isin(_MEMORIES, chosen) / len(chosen)
        for chosen in [*combinations(_MEMORIES, 1), *combinations(_MEMORIES, 2), tuple(_MEMORIES)]
    ]
)
"""Weights of the levels, (n_sets, MEMBERS): each alone, each pair, all."""
CHOICE_SHARPNESS = 4.0
"""How fast a choice is followed less as its error grows; the more series, the faster."""
SHARPNESS = 16.0
"""How fast a series' own weight of a level falls with its error."""
OWN_SHARE = 0.6
"""How much of its weights a series chooses itself where no season is believed; the group chooses the rest."""
GROUP_ORIGINS = 3.0
"""The group's errors count as this many origins of the series' own."""


@dataclass(frozen=True)
class Windows:
    """The weeks after past origins, and after the last (which has no sales yet).

    Attributes:
        origins: (n_origins,), weeks of history before each; the last is all of it.
        sold: (n_series, n_past, WINDOW_WEEKS), usable units per week.
        usable: Same shape, units at level 1 of the usable days.
        whole: Same shape, units at level 1 of all open days.
        known: (n_series, n_past), whether enough is known before the origin.
        weeks: (n_past,), weeks of history after the origin, at most WINDOW_WEEKS.
    """

    origins: NDArray[np.int64]
    sold: Grid
    usable: Grid
    whole: Grid
    known: NDArray[np.bool_]
    weeks: NDArray[np.int64]

    def age(self, half_life: float) -> Grid:
        """Weight of each past origin, (n_past,), halving every `half_life` days."""
        return np.asarray(0.5 ** ((self.origins[-1] - self.origins[:-1]) * 7.0 / half_life))


def windows_of(sold: Grid, usable: Grid, whole: Grid, days: Grid) -> Windows:
    """Return the windows after up to `ORIGINS` past origins.

    Args:
        sold: (n_series, weeks), usable units.
        usable: (n_series, weeks), units at level 1 of the usable days.
        whole: (n_series, weeks), units at level 1 of all open days.
        days: (n_series, weeks), usable days.
    """
    weeks = sold.shape[1]
    past = np.arange(max(FIRST_WEEK, weeks - JUDGED_WEEKS - ORIGINS + 1), weeks - JUDGED_WEEKS + 1)
    cut = past[:, None] + np.arange(WINDOW_WEEKS)
    inside = cut < weeks
    cut = np.minimum(cut, max(weeks - 1, 0))
    before = np.pad(np.cumsum(days, axis=1), ((0, 0), (1, 0)))[:, past]
    seen, could, open_days = (np.where(inside, grid[:, cut], 0.0) for grid in (sold, usable, whole))
    known = (before >= KNOWN_DAYS) & (could[:, :, :JUDGED_WEEKS].sum(axis=2) > 0)
    return Windows(np.append(past, weeks), seen, could, open_days, known, inside.sum(axis=1))


def past_forecasts(levels: Grid, windows: Windows, index: Grid | None) -> Grid:
    """Return what each level forecast for one day at level 1, (n_series, n_past, WINDOW_WEEKS, MEMBERS).

    Args:
        levels: (n_series, weeks + 1, MEMBERS).
        windows: The past origins.
        index: The factor of the time of year, of the shape of the answer; None: none.
    """
    level = levels[:, windows.origins[:-1], None, :]
    if index is None:
        return np.repeat(level, WINDOW_WEEKS, axis=2)
    return np.asarray(level * index)


def losses(forecasts: Grid, windows: Windows, mean: Grid) -> tuple[Grid, Grid]:
    """Return the errors over two weeks of every set, (n_series, n_sets), in days of sales, and of every level.

    The second, (n_series, MEMBERS), is relative to the series' mean over levels; both weigh recent
    origins more.
    """
    use = windows.usable[:, :, :JUDGED_WEEKS, None]
    each = (forecasts[:, :, :JUDGED_WEEKS] * use).sum(axis=2)
    sold = windows.sold[:, :, :JUDGED_WEEKS].sum(axis=2)
    weight = windows.known * windows.age(RECENT_DAYS)
    missed = each @ SETS.T
    missed -= sold[:, :, None]
    by_set = np.einsum("nos,no->ns", np.abs(missed, out=missed), weight)
    own = (np.abs(each - sold[:, :, None]) * weight[:, :, None]).sum(axis=1)
    middle = own.mean(axis=1, keepdims=True)
    relative = np.divide(own, middle, out=np.ones_like(own), where=middle > 0)
    return by_set / np.maximum(mean * 7 * JUDGED_WEEKS, 1.0)[:, None], relative


def shares(loss: Grid, series: float) -> Grid:
    """Return how far each choice is followed, (n_choices,), summing to 1: near ties are shared.

    Args:
        loss: (n_choices,), the group's error of each.
        series: How many series the errors are summed over.
    """
    least = max(float(loss.min()), 1e-9)
    weights = np.exp(-CHOICE_SHARPNESS * np.sqrt(series) * (loss - loss.min()) / least)
    return np.asarray(weights / weights.sum())


def own_weights(relative: Grid, count: Grid, group: Grid) -> Grid:
    """Return each series' own weights of the levels, (n_series, MEMBERS), summing to 1.

    Args:
        relative: (n_series, MEMBERS), see `losses`.
        count: (n_series,), past origins, recent ones counting more.
        group: (MEMBERS,), the group's mean of `relative`.
    """
    shrunk = (count[:, None] * relative + GROUP_ORIGINS * group) / (count[:, None] + GROUP_ORIGINS)
    weights = np.exp(-SHARPNESS * (shrunk - shrunk.min(axis=1, keepdims=True)))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))
