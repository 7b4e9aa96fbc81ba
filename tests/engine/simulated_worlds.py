"""Tiny worlds whose year can be worked out by hand, and a rule that does as it is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from restock.schema.settings import Settings
from restock.simulate.frames import tables_of
from restock.simulate.world import Costs, Decision, Seen, Transfer, World

MONDAY = dt.date(2026, 1, 5)


def hand_world(demand: Sequence[Sequence[int]], start: Sequence[int], lead: int = 3, **changed: Any) -> World:
    """A world of one SKU with as many warehouses as rows of demand, a fixed lead time, every day of which counts."""
    asked = np.array(demand, np.int64)
    count = len(asked)
    sites = [f"W{number}" for number in range(1, count + 1)]
    made: dict[str, Any] = {
        "tables": tables_of(
            {"sku": ["A"] * count, "warehouse": sites, "on_hand": np.zeros(count)}, Settings(),
            warehouses={"warehouse": sites}, catalog={"sku": ["A"], "cost": [3.65], "price": [5.65]},
        ),
        "first_day": MONDAY,
        "demand": asked,
        "lead": np.full(asked.shape, lead),
        "start_stock": np.array(start, np.int64),
        "lead_mean": np.full(count, float(lead)),
        "lead_sd": np.zeros(count),
        "margin": np.full(count, 2.0),
        "unit_cost": np.full(count, 3.65),
        "case_pack": np.ones(count, np.int64),
        "moq": np.ones(count, np.int64),
        "classes": np.array(["profit"] * count, object),
        "show_day": np.zeros(asked.shape, bool),
        "show_share": np.zeros(0),
        "warm_days": 0,
        "first_decision": 1,
        "costs": Costs(),
    }  # fmt: skip
    return World(**{**made, **changed})


def cut(world: World, days: int, warm_days: int = 50) -> World:
    """The first days of a world, the first of which only teach."""
    grids = {name: getattr(world, name)[:, :days] for name in ("demand", "lead", "show_day")}
    return replace(world, warm_days=warm_days, **grids)


@dataclass
class Script:
    """A rule that orders and moves what is written down by day, and remembers what it saw."""

    orders: Mapping[int, Sequence[int]]
    transfers: Mapping[int, tuple[Transfer, ...]] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)

    def decide(self, seen: Seen) -> Decision:
        """What is written down for the day."""
        self.seen.append(seen)
        nothing = [0] * len(seen.stock)
        return Decision(np.array(self.orders.get(seen.day, nothing)), self.transfers.get(seen.day, ()))
