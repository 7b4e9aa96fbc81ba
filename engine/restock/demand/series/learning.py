"""What a group of series teaches each of them, added up over parts of the group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, reduce

import numpy as np
from numpy.typing import NDArray

from restock.demand.series import ageing, multipliers, selection, spread, yearly
from restock.demand.series.bulk import bulk_limits
from restock.demand.series.levels import levels_of
from restock.demand.series.panel import Grid, Panel
from restock.errors import DomainError

Shared = dict[str, Grid]
"""The statistics of a group by the name of their round. Those of two parts add up to those of both."""


class Part:
    """Some of the series of a group, and what is worked out for them as the group's statistics arrive.

    Args:
        panel: The series.
        shared: Statistics of the whole group; a round may read those of the rounds before it.
    """

    def __init__(self, panel: Panel, shared: Shared) -> None:
        self.panel, self.shared = panel, shared

    @cached_property
    def scale(self) -> multipliers.Scale:
        return multipliers.scale_of(self.panel)

    @cached_property
    def capped(self) -> Panel:
        """The panel without the surplus of bulk orders: one of them is no weekday's habit."""
        return replace(self.panel, sold=np.minimum(self.panel.sold, self.limits[:, None, None]))

    @cached_property
    def own_profile(self) -> tuple[Grid, Grid]:
        return multipliers.profile_sums(self.capped, self.scale)

    @cached_property
    def profile(self) -> Grid:
        sold, expected = self.shared["profile"]
        return multipliers.shrunk_profile(self.own_profile, (sold, expected), self.scale)

    @cached_property
    def own_kinds(self) -> tuple[Grid, Grid]:
        return multipliers.kind_sums(self.capped, self.profile, self.scale)

    @cached_property
    def kinds(self) -> Grid:
        sold, expected = self.shared["kinds"]
        return multipliers.kind_factors(self.own_kinds, (sold, expected), self.scale)

    @cached_property
    def days(self) -> Grid:
        """What each open day sells relative to the level, (n_series, weeks + weeks_ahead, 7)."""
        return multipliers.day_factors(self.panel, self.profile, self.kinds) * self.panel.open

    @cached_property
    def usable(self) -> Grid:
        return self.days[:, : self.panel.weeks] * self.panel.weight

    @cached_property
    def levels(self) -> Grid:
        return levels_of(self.panel, self.usable, self.limits)

    @cached_property
    def limits(self) -> Grid:
        """The most that a day of each series counts for its level, units, (n_series,)."""
        return bulk_limits(self.panel.sold.reshape(len(self.panel), self.panel.weeks * 7))

    @cached_property
    def windows(self) -> selection.Windows:
        """What was sold after past origins, bulk orders capped: by it levels are judged."""
        return self._windows(self.capped)

    @cached_property
    def whole_windows(self) -> selection.Windows:
        """The same with bulk orders whole: they are part of how far demand spreads."""
        return self._windows(self.panel)

    def _windows(self, panel: Panel) -> selection.Windows:
        whole = self.days[:, : panel.weeks].sum(axis=2)
        weekly = panel.sold.sum(axis=2)
        return selection.windows_of(weekly, self.usable.sum(axis=2), whole, panel.weight.sum(axis=2))

    @cached_property
    def has_years(self) -> bool:
        return self.panel.weeks >= yearly.FIRST_WEEKS

    def own_year(self, origins: NDArray[np.int64], ahead: int) -> tuple[Grid, Grid]:
        panel = self.panel
        weekly = (panel.sold.sum(axis=2), self.usable.sum(axis=2), panel.weight.sum(axis=2))
        return yearly.year_sums(*weekly, self.levels, origins, ahead)

    @cached_property
    def own_past_year(self) -> tuple[Grid, Grid]:
        return self.own_year(self.windows.origins[:-1], selection.WINDOW_WEEKS)

    @cached_property
    def own_coming_year(self) -> tuple[Grid, Grid]:
        return self.own_year(self.windows.origins[-1:], self.panel.weeks_ahead)

    @cached_property
    def past_years(self) -> list[Grid]:
        """Logarithms of the time of year at past origins, for each of OWN_PRIORS."""
        group = self.shared["past year"]
        return [yearly.log_index(self.own_past_year, group, self.scale, prior) for prior in yearly.OWN_PRIORS]

    @cached_property
    def coming_year(self) -> Grid:
        """The factor of the time of year, (n_series, weeks_ahead, MEMBERS)."""
        group = self.shared["coming year"]
        logs = [yearly.log_index(self.own_coming_year, group, self.scale, prior) for prior in yearly.OWN_PRIORS]
        return yearly.believed(logs, self.priors)[:, 0]

    def past_forecasts(self, priors: Sequence[float] | Grid) -> Grid:
        """What each level forecast at past origins, see `selection.past_forecasts`."""
        index = yearly.believed(self.past_years, priors) if self.has_years and np.any(priors) else None
        return selection.past_forecasts(self.levels, self.windows, index)

    @cached_property
    def judged(self) -> list[tuple[Grid, Grid]]:
        """The errors of every choice, for each of SEASONS."""
        seasons = selection.SEASONS[: None if self.has_years else 1]
        return [selection.losses(self.past_forecasts(one), self.windows, self.scale.mean) for one in seasons]

    @cached_property
    def count(self) -> Grid:
        """Past origins of each series, recent ones counting more, (n_series,)."""
        return np.asarray((self.windows.known * self.windows.age(selection.RECENT_DAYS)).sum(axis=1))

    @cached_property
    def series_known(self) -> float:
        """Series of the group with past origins."""
        return float(self.shared["relative"][0, 0] / max(self.windows.age(selection.RECENT_DAYS).sum(), 1.0))

    @cached_property
    def seasons(self) -> Grid:
        """How far each of SEASONS is followed, (n_seasons,)."""
        return selection.shares(self.shared["loss"].min(axis=1), self.series_known)

    @cached_property
    def priors(self) -> Grid:
        """How far the yearly index of each of OWN_PRIORS is believed, (n_priors,)."""
        return np.asarray(self.seasons @ np.array(selection.SEASONS[: len(self.seasons)]))

    @property
    def season(self) -> float:
        """How much of the time of year is believed in all, 0 to 1."""
        return float(self.priors.sum())

    @cached_property
    def weights(self) -> Grid:
        """Weights of the levels of each series, (n_series, MEMBERS)."""
        count, total = self.shared["relative"][0, 0], self.seasons @ self.shared["relative"][:, 1:]
        group = total / count if count > 0 else np.ones(len(total))
        relative = np.einsum("s,snm->nm", self.seasons, np.stack([own for _, own in self.judged]))
        own = selection.own_weights(relative, self.count, group)
        loss = self.seasons @ self.shared["loss"]
        share = selection.OWN_SHARE * (1 - self.season)
        return np.asarray(share * own + (1 - share) * (selection.shares(loss, self.series_known) @ selection.SETS))

    @cached_property
    def plain_past(self) -> Grid:
        """What was forecast at past origins for one day at level 1, before ageing, (n_series, n_past, weeks)."""
        return np.asarray(np.einsum("nofh,nh->nof", self.past_forecasts(self.priors), self.weights))

    @cached_property
    def plain_errors(self) -> spread.Errors:
        return spread.errors_of(self.plain_past, self.windows, selection.JUDGED_WEEKS)

    @cached_property
    def cells(self) -> NDArray[np.int64]:
        return ageing.cells_of(self.panel, self.usable, self.levels, self.windows.origins)

    @cached_property
    def ageing(self) -> Grid:
        """The factor by which series like this one went on, at every origin, (n_series, n_origins)."""
        share = selection.shares(self.shared["strength"], self.series_known)
        factors = ageing.ageing_factors(self.shared["ageing"][1]) ** float(share @ np.array(ageing.STRENGTHS))
        return np.asarray(factors[self.cells])

    @cached_property
    def errors(self) -> list[spread.Errors]:
        past = self.plain_past * self.ageing[:, :-1, None]
        return [spread.errors_of(past, self.whole_windows, lead) for lead in spread.LEAD_WEEKS]

    @cached_property
    def own_dispersions(self) -> list[tuple[Grid, Grid, Grid]]:
        return [spread.own_dispersion(errors) for errors in self.errors]

    @cached_property
    def dispersions(self) -> list[Grid]:
        """Variance of demand over each lead divided by its mean, (n_series,) each."""
        parts = zip(self.own_dispersions, self.shared["dispersion"], spread.LEAD_WEEKS, strict=True)
        return [spread.shrunk_dispersion(own, sums, lead, self.unknown(lead)) for own, sums, lead in parts]

    def unknown(self, lead: int) -> Grid:
        """The same where no error is known: that of single days, and a level known to about 30 %."""
        return self.scale.dispersion + spread.UNKNOWN * self.scale.mean * 7 * lead


def _weighted(own: tuple[Grid, Grid], part: Part) -> Grid:
    return np.stack([np.einsum("n...,n->...", one, part.scale.weight) for one in own])


def _loss(part: Part) -> Grid:
    return np.stack([by_set.sum(axis=0) for by_set, _ in part.judged])


def _relative(part: Part) -> Grid:
    count = part.count[:, None]
    rows = [np.concatenate([count, count * own], axis=1).sum(axis=0) for _, own in part.judged]
    return np.stack(rows)


def _strength(part: Part) -> Grid:
    factors = ageing.ageing_factors(part.shared["ageing"][0])
    return ageing.strength_losses(part.plain_errors, part.cells[:, :-1], factors, part.scale.mean)


def _residuals(part: Part) -> Grid:
    pairs = zip(part.errors, part.dispersions, strict=True)
    return np.stack([spread.residual_sums(errors, dispersion) for errors, dispersion in pairs])


ROUNDS: dict[str, Callable[[Part], Grid]] = {
    "profile": lambda part: _weighted(part.own_profile, part),
    "kinds": lambda part: _weighted(part.own_kinds, part),
    "past year": lambda part: yearly.group_year(part.own_past_year, part.scale),
    "coming year": lambda part: yearly.group_year(part.own_coming_year, part.scale),
    "loss": _loss,
    "relative": _relative,
    "ageing": lambda part: ageing.ageing_sums(part.plain_errors, part.cells[:, :-1], part.scale.dispersion),
    "strength": _strength,
    "dispersion": lambda part: np.stack([spread.dispersion_sums(own) for own in part.own_dispersions]),
    "residuals": _residuals,
}
"""What is measured of a part, one after the other; the sum over parts is what the next round reads."""


def learn(panels: Sequence[Panel]) -> tuple[Shared, list[Part]]:
    """Return the statistics of a group that is given in parts, and the parts as worked out with them.

    Args:
        panels: The parts; all end on the same day and have the same weeks and horizon.
    Raises:
        DomainError: they differ in weeks or horizon.
    """
    if len({(panel.weeks, panel.horizon) for panel in panels}) > 1:
        raise DomainError("all parts of a group must have the same weeks of history and the same horizon.")
    shared: Shared = {}
    parts = [Part(panel, shared) for panel in panels]
    for name, measure in ROUNDS.items():
        if "year" in name and not (parts and parts[0].has_years):
            continue
        shared[name] = reduce(np.add, [measure(part) for part in parts])
    return shared, parts
