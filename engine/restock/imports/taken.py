"""What a format takes from a file: rows for Stock, Sales and Inbound, each with its place in the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

STOCK_COLUMNS = ("place", "sku", "warehouse", "available", "reserved", "on_hand", "stock_date")
SALES_COLUMNS = ("place", "date", "sku", "warehouse", "qty", "order")
INBOUND_COLUMNS = ("place", "document", "sku", "warehouse", "ordered", "state", "total")


@dataclass
class Taken:
    """Rows by table, before those that cannot be used are taken out.

    Attributes:
        stock: `available` and `reserved`, or `on_hand` and `reserved`, in units; NaN is unknown. A format without
            reserved units gives 0.
        sales: Whole orders: `order` tells them apart, "" where the file does not.
        inbound: `total` rows are sums of what is on the way, without a shipment of their own.
        several: One SKU may stand in several rows for one warehouse, which are added.
        folded: Sales are added per day, SKU, warehouse and order.
    """

    stock: list[pd.DataFrame] = field(default_factory=list)
    sales: list[pd.DataFrame] = field(default_factory=list)
    inbound: list[pd.DataFrame] = field(default_factory=list)
    several: bool = False
    folded: bool = False


def _frame(columns: dict[str, Any]) -> pd.DataFrame:
    """A frame that leaves texts the objects that they are: turning a million of them into another kind takes longer."""
    texts = {
        name: pd.Series(values, dtype=object)
        for name, values in columns.items()
        if isinstance(values, np.ndarray) and values.dtype == object
    }
    return pd.DataFrame(columns | texts)


def stock_rows(
    sku: NDArray[np.object_], warehouse: NDArray[np.object_] | str, *,
    available: NDArray[np.float64] | None = None, reserved: NDArray[np.float64] | float = 0.0,
    on_hand: NDArray[np.float64] | None = None, stock_date: NDArray[np.datetime64] | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Rows of Stock, one per row of the file. Give `available` or `on_hand`, as the file counts."""
    unknown = np.full(len(sku), np.nan)
    days = np.full(len(sku), np.datetime64("NaT", "s")) if stock_date is None else stock_date
    columns = {
        "place": np.arange(len(sku)), "sku": sku, "warehouse": warehouse,
        "available": unknown if available is None else available, "reserved": reserved,
        "on_hand": unknown if on_hand is None else on_hand, "stock_date": days,
    }  # fmt: skip
    return _frame(columns)


def sales_rows(
    date: NDArray[np.datetime64], sku: NDArray[np.object_], qty: NDArray[np.float64] | float,
    order: NDArray[np.object_] | str, warehouse: NDArray[np.object_] | str = "",
) -> pd.DataFrame:  # fmt: skip
    """Rows of Sales, one per row of the file."""
    columns = {
        "place": np.arange(len(sku)), "date": date, "sku": sku, "warehouse": warehouse, "qty": qty, "order": order
    }  # fmt: skip
    return _frame(columns)


def inbound_rows(
    sku: NDArray[np.object_], ordered: NDArray[np.float64], warehouse: NDArray[np.object_] | str,
    document: NDArray[np.object_] | str, state: str, total: bool = True,
) -> pd.DataFrame:  # fmt: skip
    """Rows of Inbound, one per row of the file; `state` is a key of `restock.schema.words`."""
    columns = {
        "place": np.arange(len(sku)), "document": document, "sku": sku, "warehouse": warehouse, "ordered": ordered,
        "state": state, "total": total,
    }  # fmt: skip
    return _frame(columns)
