"""What past shows teach about planned ones: how many times the plan they sold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

TRAITS = ("host", "platform", "slot")
"""What shows have in common. A blank is a trait of its own: who types no host has one host."""
PRIOR_SHOWS = 7 / 3
"""The belief that shows sell as planned counts as this many shows: one like show is trusted 1 / (1 + 7/3) = 30 %."""
FULL_UNITS = 20.0
"""A show planned below this many units counts in proportion: a few units more or less say little."""
PRIOR_SPREAD_SHOWS = 4.0
"""The spread of Settings counts as this many shows."""
SMALLEST_UNITS = 0.5
"""A show that sold nothing counts as half a unit, since a ratio of 0 has no logarithm."""
LARGEST_FACTOR = 10.0
"""A plan is never corrected by more than this, nor by less than its inverse; beyond it the plan is a slip."""
CHOICE_SHOWS = 8.0
"""With fewer shows the strength of the beliefs is not chosen from the data."""
STRENGTHS = (1.0, 3.0, 9.0)
"""How many times more traits, or the shop, may differ than believed at first."""
ROUNDS = 200
_CLOSE = 1e-10

Grid = NDArray[np.float64]


@dataclass(frozen=True)
class ShowLessons:
    """The learned correction, and what it rests on.

    The logarithm of actual / planned of a show is the shop's part plus one part for each of its `TRAITS`, each normal
    about 0, plus an error. A part of a trait never met is 0, so a new host is corrected by the shop's part only.

    Attributes:
        places: Column of each (trait, value) met; column 0 is the shop.
        weights: (n_columns, n_shows), what each past show adds to each part.
        log_ratio: (n_shows,), logarithm of actual / planned, sold-out lines filled up (`learn_shows`).
        sold_out: (n_shows,), whether a line of it sold out: its ratio is "at least".
        spread: How far a show may be from its corrected plan, as a share of it, >= that of Settings.
    """

    places: dict[tuple[str, str], int]
    weights: Grid
    log_ratio: Grid
    sold_out: NDArray[np.bool_]
    spread: float

    @property
    def shows(self) -> int:
        """How many past shows teach: the sample."""
        return len(self.log_ratio)

    def correction(self, shows: pd.DataFrame) -> pd.DataFrame:
        """Return one row per row of `shows`, which has the columns `TRAITS`.

        Columns: factor (times the plan; 1 without past shows); trust (weight of the past shows against the belief
        that shows sell as planned, 0 to 1); ratio (the weighted geometric mean of actual / planned over past shows, so
        that factor = ratio ** trust, unless that is beyond `LARGEST_FACTOR`).
        """
        design = _design(shows, self.places, self.weights.shape[0])
        weight = design @ self.weights
        trust = weight.sum(axis=1)
        log_factor = (weight @ self.log_ratio).round(9)
        log_ratio = np.divide(log_factor, trust, out=np.zeros_like(trust), where=trust > 1e-9)
        factor = np.clip(np.exp(log_factor), 1 / LARGEST_FACTOR, LARGEST_FACTOR)
        return pd.DataFrame({"factor": factor, "trust": trust.round(9), "ratio": np.exp(log_ratio)}, index=shows.index)


def learn_shows(lines: pd.DataFrame, spread: float) -> ShowLessons:
    """Return what past shows teach; without any, lessons that correct nothing.

    A show that sold out would have sold more. Its sold-out lines count as max(actual, plan x correction): what they
    sold is "at least", so they raise the correction but never lower it. Correction and filled lines are found in
    turns, as in the EM algorithm.

    Args:
        lines: One row per line of a past show: group (number of the show), the `TRAITS` of the show, planned (units,
            > 0), actual (units, >= 0), sold_out. In any order.
        spread: `settings.show_spread`, the share by which a show may differ from its plan, >= 0.
    Source: Efron and Morris, "Data analysis using Stein's estimator and its generalizations", JASA 70 (1975), on
        several effects at once (Henderson, "Best linear unbiased estimation and prediction", Biometrics 31, 1975).
        Dempster, Laird and Rubin, "Maximum likelihood from incomplete data via the EM algorithm", JRSS B 39 (1977);
        where EM puts the mean above the limit, the limit or the estimate itself stands, the least that may be true.

    One show of 75 that sold 200 and sold out: at least x 2.67, trusted 30 %.

    >>> past = pd.DataFrame({"group": [0], "host": "", "platform": "TikTok", "slot": "Thursday 18", "planned": 75.0,
    ...                      "actual": 200.0, "sold_out": True})
    >>> learn_shows(past, 0.4).correction(past).round(3).to_dict("records")
    [{'factor': 1.342, 'trust': 0.3, 'ratio': 2.667}]
    """
    lines = lines.sort_values(["group", "planned", "actual", "sold_out"], kind="stable")
    shows = lines.groupby("group", sort=True)[list(TRAITS)].first()
    places = _columns(shows)
    design = _design(shows, places, len(places) + 1)
    planned = _sum(lines, lines["planned"])
    weight = np.minimum(planned / FULL_UNITS, 1.0)
    smoother = _smoother(design, weight, _prior(design, 1.0, 1.0))
    log_ratio = _filled(lines, planned, design @ smoother)
    if weight.sum() >= CHOICE_SHOWS:
        prior = _chosen_prior(design, weight, log_ratio, spread)
        smoother = _smoother(design, weight, prior)
        log_ratio = _filled(lines, planned, design @ smoother)
    sold_out = lines["sold_out"].groupby(lines["group"]).any().to_numpy(bool)
    error = log_ratio - design @ (smoother @ log_ratio)
    return ShowLessons(places, smoother, log_ratio, sold_out, _spread(error, weight, sold_out, spread))


def slot_of(start: pd.Series) -> pd.Series:
    """Return weekday and quarter of the day of each start, as text; the weekday alone where no time is typed.

    >>> slot_of(pd.Series(pd.to_datetime(["2026-11-26 19:30", "2026-11-26 00:00"]))).tolist()
    ['Thursday 18', 'Thursday']
    """
    hour = (start.dt.hour // 6 * 6).astype(str)
    return start.dt.day_name() + (" " + hour).where(start != start.dt.normalize(), "")


def _columns(shows: pd.DataFrame) -> dict[tuple[str, str], int]:
    """The column of every trait met, from 1 on, in code point order."""
    met = sorted({(trait, value) for trait in TRAITS for value in shows[trait]})
    return {one: column + 1 for column, one in enumerate(met)}


def _design(shows: pd.DataFrame, places: dict[tuple[str, str], int], columns: int) -> Grid:
    """Which parts each show has, (n_shows, n_columns)."""
    design = np.zeros((len(shows), columns))
    design[:, 0] = 1.0
    for trait in TRAITS:
        column = np.array([places.get((trait, value), -1) for value in shows[trait]], np.int64)
        met = np.flatnonzero(column > 0)
        design[met, column[met]] = 1.0
    return design


def _prior(design: Grid, shop: float, trait: float) -> Grid:
    """Variance of each part over that of a show's error, (n_columns,): together 1 / `PRIOR_SHOWS` at strengths 1."""
    even = 1 / PRIOR_SHOWS / (1 + len(TRAITS))
    return np.where(np.arange(design.shape[1]) == 0, even * shop, even * trait)


def _smoother(design: Grid, weight: Grid, prior: Grid) -> Grid:
    """What each show adds to each part, (n_columns, n_shows): the posterior mean is this times the log ratios."""
    weighted = design.T * weight
    return np.asarray(np.linalg.solve(weighted @ design + np.diag(1 / prior), weighted), np.float64)


def _filled(lines: pd.DataFrame, planned: Grid, hat: Grid) -> Grid:
    """Logarithm of actual / planned of each show, with sold-out lines filled up, (n_shows,)."""
    show = np.unique(lines["group"], return_inverse=True)[1]
    plan, actual = lines["planned"].to_numpy(np.float64), lines["actual"].to_numpy(np.float64)
    sold_out = lines["sold_out"].to_numpy(bool)
    fitted = np.zeros(len(planned))
    for _ in range(ROUNDS):
        units = np.where(sold_out, np.maximum(actual, np.exp(fitted)[show] * plan), actual)
        sold = np.bincount(show, units, minlength=len(planned))
        log_ratio = np.log(np.maximum(sold, SMALLEST_UNITS) / planned)
        before, fitted = fitted, hat @ log_ratio
        if np.abs(fitted - before).max(initial=0.0) < _CLOSE:
            break
    return np.asarray(log_ratio)


def _chosen_prior(design: Grid, weight: Grid, log_ratio: Grid, spread: float) -> Grid:
    """The variances of the parts under which the past shows are likeliest, (n_columns,)."""
    priors = [_prior(design, shop, trait) for shop in STRENGTHS for trait in STRENGTHS]
    chances = [_log_evidence(design, weight, log_ratio, prior, spread) for prior in priors]
    return priors[int(np.argmax(np.round(chances, 9)))]


def _log_evidence(design: Grid, weight: Grid, log_ratio: Grid, prior: Grid, spread: float) -> float:
    """Log of the marginal likelihood, up to a constant; the error's variance has an inverse gamma prior.

    Source: Gelman et al., "Bayesian Data Analysis", 3rd edition, §14.8.
    """
    part = _smoother(design, weight, prior) @ log_ratio
    squares = float(weight @ log_ratio**2 - part @ (design.T @ (weight * log_ratio)))
    size = float(weight.sum())
    precision = (design.T * weight) @ design + np.diag(1 / prior)
    volume = float(np.linalg.slogdet(precision * np.sqrt(np.outer(prior, prior)))[1])
    start = PRIOR_SPREAD_SHOWS * np.log1p(spread**2)
    return float(-0.5 * volume - 0.5 * (PRIOR_SPREAD_SHOWS + size) * np.log(max(start + squares, _CLOSE)))


def _spread(error: Grid, weight: Grid, sold_out: NDArray[np.bool_], spread: float) -> float:
    """How far a show may be from its corrected plan, as a share: the spread of Settings, and past errors.

    A sold-out show tells only when it beat the correction. The share of a log-normal of variance v is
    sqrt(exp(v) - 1).
    """
    counts = weight * (~sold_out | (error > _CLOSE))
    start = PRIOR_SPREAD_SHOWS * np.log1p(spread**2)
    variance = (start + float(counts @ error**2)) / (PRIOR_SPREAD_SHOWS + float(counts.sum()))
    return max(float(spread), float(np.sqrt(np.expm1(variance)).round(9)))


def _sum(lines: pd.DataFrame, values: pd.Series) -> Grid:
    return values.groupby(lines["group"]).sum().to_numpy(np.float64)
