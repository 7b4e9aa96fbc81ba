"""What changed since the last press of an earlier day, and which pairs turn red within the week (§45)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from restock.arithmetic.rounding import floor9
from restock.replenish.alerts import SEVERITY, URGENT
from restock.schema.records import Record, records

MOVED_SHARE = 0.5
"""Stock that moved by more than this share of what there was is worth a look: a large sale, or a typing error."""


@dataclass(frozen=True)
class Changes:
    """What changed: the day compared with, and rows of the view by kind, in the order of Stock."""

    since: dt.date
    red: list[Record]
    orange: list[Record]
    eased: list[Record]
    moved: list[Record]

    @property
    def any(self) -> bool:
        """Whether anything did."""
        return bool(self.red or self.orange or self.eased or self.moved)


def changes(view: pd.DataFrame) -> Changes | None:
    """Return what changed since the last press of an earlier day; None where there was none.

    Args:
        view: With `tier`, `on_hand`, `before_tier`, `before_on_hand` and `before_on` (restock.ledger.day_before).
    """
    columns = ["sku", "warehouse", "tier", "on_hand", "before_tier", "before_on_hand", "before_on"]
    rows = records(view.loc[view["before_on"].notna(), columns])
    if not rows:
        return None
    since = max(row["before_on"] for row in rows).date()
    return Changes(
        since,
        [row for row in rows if row["tier"] == "RED" != row["before_tier"]],
        [row for row in rows if row["tier"] == "ORANGE" and row["before_tier"] not in URGENT],
        [row for row in rows if _eased(row["before_tier"], row["tier"])],
        [row for row in rows if _moved(row["before_on_hand"], row["on_hand"])],
    )


def _eased(before: str, now: str) -> bool:
    return before in URGENT and SEVERITY.get(now, 0) > SEVERITY[before]


def _moved(before: float, now: float) -> bool:
    return bool(before > 0 and abs(now - before) > MOVED_SHARE * before)


def turns_red_on(view: pd.DataFrame, red_days: float, today: dt.date) -> pd.Series[Any]:
    """Return the day on which each pair is red if nothing is done, datetime64[s], (n,); NaT where it is red already.

    Days left fall by one a day, until something arrives; NaT too where that is before the pair would be red.

    Args:
        view: With `cover` (days left, not rounded), `tier` and `next_arrival`.
        red_days: Below so many days left a pair is red.
    """
    cover = view["cover"].to_numpy(float)
    waits = view["tier"].isin(["ORANGE", "YELLOW", "GREEN"]).to_numpy() & (cover >= red_days) & (cover < SOON_DAYS)
    days = np.where(waits, floor9(np.where(waits, cover, 0.0) - red_days) + 1, 0).astype(int)
    on = np.datetime64(today, "D") + days
    arrives = view["next_arrival"].to_numpy("datetime64[D]")
    relieved = ~np.isnat(arrives) & (arrives <= on)
    on[~waits | relieved] = np.datetime64("NaT")
    return pd.Series(on.astype("datetime64[s]"), view.index)


SOON_DAYS = 60.0
"""Nobody plans for a colour that lies further ahead."""
