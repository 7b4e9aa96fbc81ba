"""A replayed year for people: runs it, prints it, writes it as a table and a chart."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from restock.errors import WorkbookError
from restock.schema.validate import validate
from restock.simulate.clairvoyant import least_cost
from restock.simulate.conclusions import Part, own_parts, world_parts
from restock.simulate.generated import TRANSFER_LINE, generated_world
from restock.simulate.own_history import own_world
from restock.simulate.study import all_trials, natural_trials, study
from restock.text import Words, say
from restock_xl.archive.read import archived_sales
from restock_xl.hosts.headless import HeadlessHost
from restock_xl.previous import last_press, read_previous

Tell = Callable[[str], None]
OWN_REFIT_DAYS = 14
"""A forecast every two weeks keeps a book of 450 rows within a minute."""


@dataclasses.dataclass(frozen=True)
class Simulation:
    """What was replayed: a row per rule, setting and world, and what it says."""

    rows: pd.DataFrame
    parts: list[Part]
    words: Words

    def sentences(self) -> list[str]:
        """What it says, in its language."""
        return [say(key, self.words, **params) for key, params in self.parts]


def simulate_worlds(seeds: list[int], skus: int, days: int, language: str, tell: Tell) -> Simulation:
    """Replay every rule in generated worlds."""
    words, found, least = Words(language), [], []
    for seed in seeds:
        world = generated_world(seed, skus=skus, days=days)
        found.append(study(world, all_trials(), _teller(words, tell)).assign(seed=seed))
        least.append(least_cost(world, TRANSFER_LINE))
    rows = pd.concat(found, ignore_index=True)
    told: Part = ("simulate.world", {"skus": skus, "warehouses": 3, "days": days, "worlds": len(seeds)})
    return Simulation(rows, [told, *world_parts(rows, sum(least) / len(least))], words)


def simulate_book(path: Path, today: dt.date | None, now: dt.date, tell: Tell) -> Simulation:
    """Replay a book's own sales with every rule as it is meant to be used; the book is only read.

    Args:
        today: End of the year that is replayed; None: the day of the last press, else `now`.

    Raises:
        WorkbookError: The book cannot be read.
        InputError: Stock is unusable, or the sales are too short.
    """
    contents = HeadlessHost(path).read()
    today = today or last_press(contents) or now
    tables = validate(contents.raw, today, archived_sales(contents))
    words = Words(tables.settings.language, tables.settings.currency, today)
    own = own_world(tables, today, read_previous(contents).sold_out)
    rows = study(own.world, natural_trials(OWN_REFIT_DAYS), _teller(words, tell)).assign(seed=0)
    return Simulation(rows, own_parts(rows, own), words)


def _teller(words: Words, tell: Tell) -> Callable[[str, int, int], None]:
    return lambda rule, day, days: tell(
        say("simulate.step", words, rule=say(f"simulate.{rule}", words), day=day, days=days)
    )


def seeds_of(text: str) -> list[int]:
    """The seeds that a text names.

    Raises:
        WorkbookError: It names none.

    >>> seeds_of("1-3,7")
    [1, 2, 3, 7]
    """
    found: list[int] = []
    for piece in text.split(","):
        first, _, last = piece.strip().partition("-")
        if not first.isdigit() or not (last or first).isdigit() or int(last or first) < int(first):
            raise WorkbookError(f'--seeds: "{text}" names no seeds. Type for example 1 or 1-3 or 1,4.')
        found += range(int(first), int(last or first) + 1)
    return found


def mean_rows(simulation: Simulation) -> pd.DataFrame:
    """Rows over the mean of the worlds, in the order in which the rules ran."""
    numbers = [name for name in simulation.rows if name not in ("rule", "dial", "natural", "seed")]
    keyed = simulation.rows.groupby(["rule", "dial", "natural"], sort=False, dropna=False)[numbers].mean()
    return keyed.reset_index()


def dial_text(rule: str, dial: float, natural: bool, words: Words) -> str:
    """How the setting of a row is shown."""
    if rule == "clairvoyant":
        return ""
    if natural and rule != "classic":
        return say("simulate.natural", words)
    if math.isnan(dial):
        return say("simulate.dial_by_class", words)
    return f"{dial:+.1f} z" if rule.startswith("ours") else f"z {dial:g}" if rule == "classic" else f"× {dial:g}"
