"""What a study says, in keys and numbers of sentences."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from restock.schema.records import Record, records
from restock.simulate.own_history import START_DAYS, OwnWorld
from restock.simulate.study import TARGET_FILL, stock_at

Part = tuple[str, dict[str, Any]]
BETTER_ARTICLE, OTHERS = "article_15", ("article_7", "article_15")


def stock_for_target(rows: pd.DataFrame, fill: float = TARGET_FILL) -> pd.DataFrame:
    """Return the stock that each rule needs for a fill, a row per seed and a column per rule; NaN where not reached.

    Args:
        rows: Rows of `study` with a column seed.
    """
    found = {
        key: stock_at(part, fill) for key, part in rows.groupby(["seed", "rule"], sort=True) if len(part) > 1
    }
    return pd.Series(found, dtype=float).rename_axis(["seed", "rule"]).unstack("rule")


def world_parts(rows: pd.DataFrame, least: float) -> list[Part]:
    """What the generated worlds say: stock for the target, and the least cost.

    Args:
        rows: Rows of `study` with a column seed.
        least: Mean over the worlds of what no rule can cost less than.
    """
    needed = stock_for_target(rows)
    parts: list[Part] = []
    if {"ours_moves", *OTHERS} <= set(needed):
        ours, other = needed["ours_moves"].mean(), needed[list(OTHERS)].min(axis=1).mean()
        if not np.isnan(ours) and not np.isnan(other):
            said = {"fill": TARGET_FILL, "stock": float(round(ours)), "other": float(round(other))}
            less = 1 - ours / other
            key = "simulate.at_target" if less > 0 else "simulate.at_target_more"
            parts.append((key, {**said, "less": float(less)} if less > 0 else said))
    return [*parts, ("simulate.least_cost", {"cost": float(round(least))})]


def own_parts(rows: pd.DataFrame, own: OwnWorld) -> list[Part]:
    """What the replay of a seller's own year says: the answer, what it is compared with, what was assumed.

    Args:
        rows: Rows of `study` at natural settings.
    """
    world, by_rule = own.world, {row["rule"]: row for row in records(rows)}
    ours, other = by_rule["ours_moves"], by_rule[BETTER_ARTICLE]
    first, last = world.date(world.warm_days), world.date(world.days) - dt.timedelta(1)
    parts: list[Part] = [
        ("simulate.own", {"first": first, "last": last, **_service(ours)}),
        ("simulate.own_other", _service(other)),
    ]
    money: Part = ("simulate.own_money", {"cost": ours["cost"], "other": other["cost"]})
    parts.append(money if own.money else ("simulate.own_no_money", {}))
    costs = world.costs
    terms = {"filled": own.filled, "warm": world.warm_days, "start": START_DAYS, "holding": costs.holding}
    return [*parts, ("simulate.own_terms", terms | {"line": costs.order_line})]


def _service(row: Record) -> dict[str, float]:
    return {"fill": float(row["fill"]), "stock": float(round(row["stock"]))}
