"""How the rows of each warehouse stand: how many in each tier, and how much lies there."""

from __future__ import annotations

import numpy as np
import pandas as pd

TIERS = {"red": "RED", "orange": "ORANGE", "yellow": "YELLOW", "green": "GREEN"}
COLUMNS = ("warehouse", *TIERS, "other", "available", "on_the_way")


def warehouse_rows(view: pd.DataFrame) -> pd.DataFrame:
    """Return one row per warehouse in code point order (§7), columns `COLUMNS`.

    Tiers and `other` (no sales, no data, discontinued) are numbers of rows of Stock; `available` (oversold rows count
    as 0) and `on_the_way` are units.

    Args:
        view: One row per planned pair (restock.replenish.view).
    """
    warehouses, place = np.unique(view["warehouse"].to_numpy(str), return_inverse=True)
    tier = view["tier"].to_numpy(object)

    def summed(values: np.ndarray) -> np.ndarray:
        return np.bincount(place, weights=values, minlength=len(warehouses)).round(9)

    counted = {name: summed((tier == code).astype(float)) for name, code in TIERS.items()}
    return pd.DataFrame({
        "warehouse": warehouses.astype(object), **counted,
        "other": summed((~np.isin(tier, list(TIERS.values()))).astype(float)),
        "available": summed(np.maximum(np.nan_to_num(view["available"].to_numpy(float)), 0.0)),
        "on_the_way": summed(np.nan_to_num(view["on_the_way"].to_numpy(float))),
    }, columns=list(COLUMNS))  # fmt: skip
