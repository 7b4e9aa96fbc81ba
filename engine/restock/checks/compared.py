"""A column of Stock beside what the last press remembered of it, pair by pair."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Compared:
    """The pairs of SKU and warehouse that stand on Stock now and stood there at the last press, in sheet order.

    Attributes:
        day: The day of the last press.
        days: From the last press until today.
        rows: Sheet row of each pair, (n,).
        skus: SKU of each pair, (n,).
        daily: Daily sales used at the last press, units per day, 0 where unknown, (n,).
        old, new: The quantities compared, NaN where blank, (n,).
    """

    day: dt.date
    days: int
    rows: Array
    skus: Array
    daily: Array
    old: Array
    new: Array

    @property
    def changed(self) -> Array:
        """Where another quantity stands than at the last press, (n,)."""
        return ~((self.old == self.new) | (np.isnan(self.old) & np.isnan(self.new)))

    @property
    def surprising(self) -> Array:
        """Where the quantity of the last press should have lasted until today, at three times the usual sales, (n,)."""
        return self.old > 3 * self.daily * (self.days + 1)


def last_rows(history: pd.DataFrame) -> pd.DataFrame:
    """Return what History says of the pairs of the last press alone; pairs that left Stock earlier are dropped."""
    return history[history["pressed_on"] == history["pressed_on"].max()] if len(history) else history


def compared(stock: pd.DataFrame, history: pd.DataFrame, today: dt.date, column: str, remembered: str) -> Compared:
    """Hold `column` of the planned rows of Stock against the column `remembered` of History.

    Args:
        stock, history: As in `restock.schema.tables` and `Previous`; `history` of the last press alone, not empty.
        today: Day 0 (§1).
    """
    both = stock.merge(
        history[["sku", "warehouse", "on_hand", "daily"]].rename(columns={"on_hand": "_on_hand", "daily": "_daily"}),
        on=["sku", "warehouse"],
    ).sort_values("row", kind="stable")
    day = pd.Timestamp(history["pressed_on"].max()).date()
    return Compared(
        day,
        max(0, (today - day).days),
        both["row"].to_numpy(np.int64),
        both["sku"].to_numpy(object),
        np.nan_to_num(both["_daily"].to_numpy(float)),
        both[f"_{remembered}"].to_numpy(float),
        both[column].to_numpy(float),
    )
