"""The time of year: what the same weeks of earlier years sold beside the level before them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from restock.demand.series.levels import MEMBERS
from restock.demand.series.multipliers import Scale, centred
from restock.demand.series.panel import Grid

YEAR_WEEKS = 52
"""364 days ago was the same weekday."""
FIRST_WEEKS = 58
"""A yearly index needs a year and six weeks."""
WARM_UP_DAYS = 28.0
"""Usable days before a week of an earlier year, for its level to be known."""
YEARS = (1, 2)
REACH = 1
"""Three weeks about the same week stand for it."""
OWN_PRIORS = (100.0, 1000.0)
"""Units times dispersion at which a series' own time of year weighs as much as its group's; the backtest says
which to believe."""
GROUP_SERIES = 5
"""With fewer series a group has no time of year."""


def year_sums(
    sold: Grid, expected: Grid, usable: Grid, levels: Grid, origins: NDArray[np.int64], ahead: int
) -> tuple[Grid, Grid]:
    """Return units sold in the same weeks of earlier years, and expected from the level before them.

    Both (n_series, n_origins, ahead, MEMBERS); the level is that of the same memory, so that the
    index undoes what the level forgets.

    Args:
        sold: (n_series, weeks), usable units.
        expected: (n_series, weeks), units at level 1.
        usable: (n_series, weeks), usable days.
        levels: (n_series, weeks + 1, MEMBERS).
        origins: (n_origins,), weeks before which the forecast starts.
        ahead: Weeks ahead.
    """
    sums = np.zeros((2, len(sold), len(origins), ahead, MEMBERS))
    around, above = centred(sold, REACH), centred(expected, REACH)
    known = np.cumsum(usable, axis=1)
    for place, origin in enumerate(origins):
        for year in YEARS:
            start = int(origin) - YEAR_WEEKS * year
            if start < WARM_UP_DAYS / 7:
                continue
            warm = (known[:, start - 1] >= WARM_UP_DAYS)[:, None]
            target = start + np.arange(ahead) % (YEAR_WEEKS - REACH)
            sums[0, :, place] += (around[:, target] * warm)[:, :, None]
            sums[1, :, place] += (above[:, target] * warm)[:, :, None] * levels[:, start, None, :]
    return sums[0], sums[1]


def group_year(own: tuple[Grid, Grid], scale: Scale) -> Grid:
    """Return what the group learns from its series, (3, n_origins, ahead, MEMBERS): sold, expected, count."""
    sold, expected = own
    known = expected > 0
    weight = scale.weight
    return np.stack(
        [
            np.einsum("nofh,n->ofh", sold * known, weight),
            np.einsum("nofh,n->ofh", expected, weight),
            known.sum(axis=0).astype(np.float64),
        ]
    )


def log_index(own: tuple[Grid, Grid], group: Grid, scale: Scale, own_prior: float) -> Grid:
    """Return the logarithm of the factor of the time of year (0.2 to 5), (n_series, n_origins, ahead, MEMBERS).

    Args:
        own: See `year_sums`.
        group: See `group_year`.
        scale: The scale of each series.
        own_prior: One of `OWN_PRIORS`.
    """
    sold, expected, count = group
    pool = np.where(count >= GROUP_SERIES, sold / np.maximum(expected, 1e-9), 1.0)
    prior = own_prior * scale.dispersion[:, None, None, None]
    return np.log(np.clip((own[0] + prior * pool) / (own[1] + prior), 0.2, 5.0))


def believed(logs: Sequence[Grid], priors: Sequence[float] | Grid) -> Grid:
    """Return the factor of the time of year as far as each prior's is believed, of the shape of each of `logs`."""
    total = np.zeros_like(logs[0])
    for log, share in zip(logs, priors, strict=True):
        if share:
            total += share * log
    return np.exp(total, out=total)
