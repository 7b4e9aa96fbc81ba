"""How each pair stood at the last press of an earlier day, so that a press can say what changed since."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from restock.schema.records import records


@dataclass(frozen=True)
class DayBefore:
    """The last press of an earlier day.

    Attributes:
        tier: (n_pairs,) text; "" where the pair is new.
        on_hand: (n_pairs,), units; NaN where unknown.
        on: (n_pairs,) datetime64[D], the day of that press; NaT where the pair is new.
    """

    tier: NDArray[np.object_]
    on_hand: NDArray[np.float64]
    on: NDArray[np.datetime64]


def day_before(view: pd.DataFrame, history: pd.DataFrame, today: dt.date) -> DayBefore:
    """Return how each pair stood; a second press on one day finds the same.

    Args:
        view: One row per planned pair.
        history: The History table of the last press; may lack `before_tier`, `before_on_hand` and `before_on`.
    """
    count = len(view)
    never = np.full(count, np.datetime64("NaT", "D"))
    found = DayBefore(np.full(count, "", dtype=object), np.full(count, np.nan), never)
    if history.empty:
        return found
    old = history.reindex(columns=["sku", "warehouse", "tier", "on_hand", "pressed_on", "before_tier", "before_on_hand",
                                   "before_on"])  # fmt: skip
    known = {(row["sku"], row["warehouse"]): row for row in records(old)}
    for place, key in enumerate(zip(view["sku"], view["warehouse"], strict=True)):
        row = known.get(key)
        if row is None:
            continue
        tier, units, day = row["tier"], row["on_hand"], row["pressed_on"]
        if not pd.isna(day) and pd.Timestamp(day).date() >= today:  # pressed today already
            tier, units, day = row["before_tier"], row["before_on_hand"], row["before_on"]
        if pd.isna(day) or pd.Timestamp(day).date() >= today:
            continue
        found.tier[place] = "" if pd.isna(tier) else str(tier)
        found.on_hand[place] = np.nan if pd.isna(units) else float(units)
        found.on[place] = np.datetime64(day, "D")
    return found
