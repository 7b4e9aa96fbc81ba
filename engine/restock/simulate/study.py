"""Several rules on one world, each with its dial turned: the curve of fill against stock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from restock.simulate.clairvoyant import Clairvoyant
from restock.simulate.measures import measure
from restock.simulate.ours import REFIT_DAYS, Ours, shifted_service
from restock.simulate.replay import Rule, replay
from restock.simulate.rules import COVER_FACTOR, ArticleRule, NormalRule, class_z
from restock.simulate.world import World

TARGET_FILL = 0.97
FACTORS = (0.5, 1.0, 1.5, 2.0, 3.0)
"""Of the article's rule; 1.5 is its own."""
NORMAL_Z = (0.0, 0.5, 1.0, 1.645, 2.33, 3.0)
AS_SET = float("nan")
SHIFTS = (AS_SET, -2.0, -1.0)
"""Standard deviations by which the classes' service levels are moved together, and the plan as it is set."""
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Trial:
    """One rule with its dial at one place.

    Attributes:
        rule: Key of its name in restock.text: article_7, article_15, classic, ours, ours_moves, clairvoyant.
        dial: Factor, z, or shift; NaN where the rule has its natural setting by class, or no dial.
        natural: Whether this is how the rule is meant to be used.
        make: The rule in a world.
    """

    rule: str
    dial: float
    natural: bool
    make: Callable[[World], Rule]


def article_trials(factors: Sequence[float] = FACTORS) -> list[Trial]:
    """The article's rule in its two variants."""
    return [
        Trial(f"article_{days}", factor, factor == COVER_FACTOR, _article(days, factor))
        for days in (7, 15)
        for factor in factors
    ]


def _article(days: int, factor: float) -> Callable[[World], Rule]:
    return lambda world: ArticleRule(world, days, factor)


def classic_trials(values: Sequence[float] = NORMAL_Z) -> list[Trial]:
    """(R, s, S) with normal safety stock, at the service levels of the classes and along z."""
    by_class = Trial("classic", float("nan"), True, lambda world: NormalRule(world, class_z(world, _service(world))))
    return [by_class, *(Trial("classic", z, False, _normal(z)) for z in values)]


def _normal(z: float) -> Callable[[World], Rule]:
    return lambda world: NormalRule(world, z)


def _service(world: World) -> dict[str, float]:
    return {name: world.tables.settings.service_level(name) for name in ("traffic", "profit", "long_tail")}


def our_trials(
    shifts: Sequence[float] = SHIFTS, transfers: bool = True, refit_days: int = REFIT_DAYS
) -> list[Trial]:
    """The plan, with or without transfers."""
    name = "ours_moves" if transfers else "ours"
    return [Trial(name, shift, np.isnan(shift), _ours(shift, transfers, refit_days)) for shift in shifts]


def _ours(shift: float, transfers: bool, refit_days: int) -> Callable[[World], Rule]:
    def made(world: World) -> Rule:
        settings = world.tables.settings
        return Ours(world, settings if np.isnan(shift) else shifted_service(settings, shift), transfers, refit_days)

    return made


def clairvoyant_trial() -> Trial:
    """The rule that knows the future."""
    return Trial("clairvoyant", float("nan"), True, Clairvoyant.of)


def all_trials(shifts: Sequence[float] = SHIFTS, refit_days: int = REFIT_DAYS) -> list[Trial]:
    """Every rule along its dial, the plan without transfers as set only."""
    return [
        *article_trials(), *classic_trials(), *our_trials([AS_SET], transfers=False, refit_days=refit_days),
        *our_trials(shifts, refit_days=refit_days), clairvoyant_trial(),
    ]  # fmt: skip


def natural_trials(refit_days: int = REFIT_DAYS) -> list[Trial]:
    """Every rule as it is meant to be used."""
    return [trial for trial in all_trials([AS_SET], refit_days) if trial.natural]


def study(world: World, trials: Iterable[Trial], tell: Tell | None = None) -> pd.DataFrame:
    """Return a row per trial: rule, dial, natural, and every measure (restock.simulate.measures).

    Args:
        tell: Told the rule, the day that is over, and how many there are.
    """
    rows = []
    for trial in trials:
        told = None if tell is None else _told(tell, trial.rule)
        measures = measure(world, replay(world, trial.make(world), told))
        rows.append({"rule": trial.rule, "dial": trial.dial, "natural": trial.natural, **measures.as_dict()})
    return pd.DataFrame(rows)


def _told(tell: Tell, rule: str) -> Callable[[int, int], None]:
    return lambda day, days: tell(rule, day, days)


def stock_at(rows: pd.DataFrame, fill: float = TARGET_FILL) -> float:
    """Return the mean stock that a rule needs for a fill, linear between its trials; NaN where none reaches it.

    Where every trial sells more, the least stock of them: that is enough, and how much less would do is not guessed.

    Args:
        rows: Trials of one rule on one world.

    >>> stock_at(pd.DataFrame({"fill": [0.96, 0.98], "stock": [100.0, 200.0]}))
    150.0
    """
    found = rows.sort_values(["fill", "stock"])
    fills, stocks = found["fill"].to_numpy(float), found["stock"].to_numpy(float)
    if not len(fills) or fill > fills[-1]:
        return float("nan")
    if fill < fills[0]:
        return float(stocks.min())
    return float(np.round(np.interp(fill, fills, stocks), 6))
