"""Small `Tables` for the tests of demand: what is not given is blank."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from restock.schema.columns import Kind
from restock.schema.inputs import INPUT_TABLES
from restock.schema.settings import Settings
from restock.schema.tables import Tables

TODAY = dt.date(2026, 11, 23)
"""A Monday."""

Rows = Sequence[Mapping[str, Any]]


def frame(table: str, rows: Rows) -> pd.DataFrame:
    """The rows as a checked table: every column of the schema in its documented type, and `row`."""
    columns: dict[str, Any] = {}
    for column in INPUT_TABLES[table].columns:
        values = [row.get(column.name, column.default) for row in rows]
        if column.kind is Kind.NUMBER:
            columns[column.name] = np.array(values, np.float64)  # None becomes NaN
        elif column.kind in (Kind.DATE, Kind.TIME):
            columns[column.name] = np.array(values, "datetime64[s]")
        elif column.kind is Kind.FLAG:
            columns[column.name] = np.array([bool(value) for value in values], bool)
        else:
            columns[column.name] = pd.Series([value or "" for value in values], dtype="str")
    return pd.DataFrame(columns).assign(row=np.arange(5, 5 + len(rows)))


def sales_frame(rows: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    """Sales from (date, sku, warehouse, qty) with an optional fifth: in stock."""
    return pd.DataFrame(
        {
            "date": np.array([row[0] for row in rows], "datetime64[s]"),
            "sku": pd.Categorical([row[1] for row in rows]),
            "warehouse": pd.Categorical([row[2] for row in rows]),
            "qty": np.array([row[3] for row in rows], np.float64),
            "in_stock": np.array([row[4] if len(row) > 4 else True for row in rows], bool),
        }
    )


def book(
    stock: Rows, sales: Sequence[tuple[Any, ...]] = (), settings: Settings | None = None, **tables: Rows
) -> Tables:
    """A checked book: Stock in "US-LA" unless given, Sales as tuples, other tables by lower-case name."""
    rows = [{"warehouse": "US-LA", "on_hand": 100.0, **row} for row in stock]
    others = {
        name.lower(): frame(name, tables.get(name.lower(), ()))
        for name in INPUT_TABLES
        if name not in ("Stock", "Sales", "Settings", "SkuMap")
    }
    unplanned = pd.DataFrame({name: [] for name in ("sku", "warehouse", "cell", "problem")})
    return Tables(
        stock=frame("Stock", rows),
        unplanned=unplanned,
        sales=sales_frame(sales),
        settings=settings or Settings(),
        problems=[],
        **others,
    )


def day(offset: int) -> dt.date:
    """The date `offset` days after today."""
    return TODAY + dt.timedelta(offset)


def daily_sales(sku: str, units: Sequence[float], warehouse: str = "US-LA") -> list[tuple[Any, ...]]:
    """One sale a day; the last is yesterday's."""
    return [(day(at - len(units)), sku, warehouse, qty) for at, qty in enumerate(units)]


def spells(*rows: tuple[str, str, dt.date, dt.date | None]) -> pd.DataFrame:
    """Sold-out spells from (sku, warehouse, from, to)."""
    return pd.DataFrame(
        {
            "sku": pd.Series([row[0] for row in rows], dtype="str"),
            "warehouse": pd.Series([row[1] for row in rows], dtype="str"),
            "from": np.array([row[2] for row in rows], "datetime64[s]"),
            "to": np.array([row[3] for row in rows], "datetime64[s]"),
        }
    )
