"""What one unit costs and earns, in the book's currency (§9)."""

from __future__ import annotations

from typing import Any

import numpy as np

from restock.schema.tables import Tables

Array = np.ndarray[Any, Any]


def buying_rate(tables: Tables, supplier: Array) -> Array:
    """Return book money per unit of each supplier's currency, 1 where nothing is typed, (n,)."""
    rates = tables.suppliers.drop_duplicates("supplier").set_index("supplier")["currency_rate"]
    return rates.reindex(supplier).fillna(1.0).to_numpy(float)


def unit_cost(tables: Tables) -> Array:
    """Return the cost of one unit of each pair in book money, (n,); NaN where it is not typed."""
    catalog = _catalog(tables)
    return np.asarray(catalog["cost"].to_numpy(float) * buying_rate(tables, catalog["supplier"].to_numpy()))


def unit_margin(tables: Tables) -> Array:
    """Return price − cost of each pair in book money, (n,); NaN where either is missing."""
    rates = tables.warehouses.set_index("warehouse")["currency_rate"].reindex(tables.stock["warehouse"])
    price = _catalog(tables)["price"].to_numpy(float) * rates.fillna(1.0).to_numpy(float)
    return np.asarray(price - unit_cost(tables))


def _catalog(tables: Tables) -> Any:
    return tables.catalog.drop_duplicates("sku").set_index("sku").reindex(tables.stock["sku"])
