"""What to show in the place of a SKU that has too little for a show: the stock in which most value is tied up."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from restock.schema.records import records
from restock.schema.tables import Tables

Array = np.ndarray[Any, Any]
_NEEDS = {"OUT": 0, "LIMIT": 1}
"""Which decisions ask for something else to show, the more urgent first."""


def propose_instead(picks: pd.DataFrame, tables: Tables, available: Array, days_left: Array) -> Array:
    """Return the position on Stock of what to show instead, per row of `picks`, -1 where there is nothing, (k,).

    Too much stock is what lasts longer than `overstock_days` of Settings, planned shows taken off. It must lie where
    the show ships from, be sellable, not stand in that show, and be as many units as an ordinary show of the SKU
    sells whose place it takes: five left-overs fill no show. Rows that are OUT choose before those with a LIMIT, each
    in the order of `picks`; the largest value tied up (available × unit cost in book money) is taken first, and each
    SKU once per show. A SKU without a cost counts at the median known cost, else by units.

    Args:
        picks: group (number of the show), sku, warehouse, decision, likely (units of an ordinary show).
        available: Units that can be sold now, (n,); NaN where unknown.
        days_left: Days left of each pair (§13), (n,); NaN where unknown.
    """
    chosen = np.full(len(picks), -1)
    asks = picks["decision"].map(_NEEDS)
    if asks.isna().all():
        return chosen
    spare = _overstock(tables, available, days_left)
    sku = tables.stock["sku"].to_numpy(object)
    used = {group: set(rows) for group, rows in picks.groupby("group")["sku"]}
    wanted = picks.assign(asks=asks, at=np.arange(len(picks))).dropna(subset=["asks"])
    for row in records(wanted.sort_values(["asks", "at"], kind="stable")[["group", "warehouse", "likely", "at"]]):
        taken = used[row["group"]]
        places = spare.get(row["warehouse"], ())
        fits = (place for place in places if sku[place] not in taken and available[place] >= row["likely"])
        found = next(fits, -1)
        if found >= 0:
            taken.add(sku[found])
            chosen[row["at"]] = found
    return chosen


def _overstock(tables: Tables, available: Array, days_left: Array) -> dict[str, list[int]]:
    """Positions of too much stock by warehouse, the largest value first, then SKU (§7)."""
    catalog = tables.catalog.drop_duplicates("sku").set_index("sku").reindex(tables.stock["sku"])
    rates = tables.suppliers.drop_duplicates("supplier").set_index("supplier")["currency_rate"]
    rate = rates.reindex(catalog["supplier"].to_numpy()).fillna(1.0).to_numpy(float)
    cost = catalog["cost"].to_numpy(float) * rate
    known = cost[~np.isnan(cost)]
    value = np.round(available * np.where(np.isnan(cost), np.median(known) if len(known) else 1.0, cost), 6)
    sellable = ~catalog["status"].eq("unsellable").to_numpy()
    too_much = sellable & (available >= 1) & (days_left > tables.settings.overstock_days)
    places = np.flatnonzero(too_much)
    places = places[np.lexsort((tables.stock["sku"].to_numpy(str)[places], -value[places]))]
    warehouse = tables.stock["warehouse"].to_numpy(object)
    found: dict[str, list[int]] = {}
    for place in places.tolist():
        found.setdefault(warehouse[place], []).append(place)
    return found
