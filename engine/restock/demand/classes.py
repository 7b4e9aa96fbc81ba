"""The class of every SKU, which sets how safely it is stocked."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from restock.demand.pairs import Pairs
from restock.schema.tables import Tables

TRAFFIC_SHARE = 0.2
"""The best-selling fifth of SKUs draws the traffic."""
SLOW_UNITS_A_WEEK = 1.0


def item_classes(tables: Tables, pairs: Pairs, daily: NDArray[np.float64]) -> NDArray[np.object_]:
    """Return the class of every pair, (n_pairs,) object: "traffic", "profit" or "long_tail".

    The class typed in Catalog counts. Without one: long tail where the SKU sells less than one unit a week
    over all warehouses; else traffic where it is among the best-selling 20 % of SKUs with known sales
    (rounded down: none of four SKUs, one of five; ties in code point order, §7); else profit, also where
    nothing is known.

    Args:
        tables: Its Catalog.
        pairs: The planned pairs.
        daily: (n_pairs,), mean units per day; NaN where unknown.
    """
    known = np.isfinite(daily)
    units = np.bincount(pairs.sku[known], weights=daily[known], minlength=len(pairs.skus)).round(9)
    heard = np.bincount(pairs.sku[known], minlength=len(pairs.skus)) > 0
    names = pairs.skus.to_numpy(object)
    ranked = sorted(np.flatnonzero(heard), key=lambda code: (-units[code], names[code]))
    classes = np.full(len(pairs.skus), "profit", object)
    classes[ranked[: int(round(TRAFFIC_SHARE * len(ranked), 9))]] = "traffic"
    classes[heard & ((units * 7).round(9) < SLOW_UNITS_A_WEEK)] = "long_tail"
    typed = tables.catalog[tables.catalog["class"].isin(("traffic", "profit", "long_tail"))]
    code = pairs.sku_codes(typed["sku"])
    classes[code[code >= 0]] = typed["class"].to_numpy(object)[code >= 0]
    return classes[pairs.sku]
