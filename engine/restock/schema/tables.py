"""The checked tables that a plan is made from, and the problems met on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from restock.schema.settings import Settings


@dataclass(frozen=True)
class Problem:
    """One thing that could not be read or looks wrong. `key` and `params` make the sentence (restock.text).

    `effect` is "stop" (nothing is written until it is settled, §41), "row" (the row is left out), "cell" (only that
    value is ignored), or "note" (worth knowing).
    """

    key: str
    effect: str
    table: str
    sheet: str = ""
    cell: str = ""
    value: str = ""
    sku: str = ""
    warehouse: str = ""
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Tables:
    """Input tables, checked: dates datetime64[s] at midnight, numbers float64, text str; blank is NaT, NaN, "".

    SKU, warehouse and supplier names are spelled as first met on Stock (Warehouses, Suppliers), so that plain
    equality joins them.

    Attributes:
        stock: One row per planned SKU and warehouse, in sheet order: sku, warehouse, on_hand, reserved, daily_sales,
            stock_date, row (sheet row), typed_sku and typed_warehouse (as they stand in the cells).
        unplanned: Stock rows that cannot be planned: sku, warehouse, cell, problem (position in `problems`).
        sales: date, sku and warehouse (Categorical), qty, in_stock (bool).
        inbound, livestreams, catalog, bundles, warehouses, suppliers, routes, events: as in restock.schema.inputs;
            every column is present; each has `row`, the sheet row (0 for rows that were added); warehouses also
            `region`. `state`, `class`, `mode` … hold keys of restock.schema.words.
        problems: In sheet order, worst first within a cell.
        has_sales: The book has a Sales table with at least one usable row.
    """

    stock: pd.DataFrame
    unplanned: pd.DataFrame
    sales: pd.DataFrame
    inbound: pd.DataFrame
    livestreams: pd.DataFrame
    catalog: pd.DataFrame
    bundles: pd.DataFrame
    warehouses: pd.DataFrame
    suppliers: pd.DataFrame
    routes: pd.DataFrame
    events: pd.DataFrame
    settings: Settings
    problems: list[Problem]

    @property
    def has_sales(self) -> bool:
        """Whether any usable sale was read."""
        return len(self.sales) > 0
