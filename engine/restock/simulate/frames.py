"""Frames of input tables from columns, with every other column blank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from restock.schema.columns import Column, Kind
from restock.schema.frames import blank_value, series
from restock.schema.inputs import INPUT_TABLES
from restock.schema.settings import Settings
from restock.schema.tables import Tables

_MASTER = ("inbound", "livestreams", "catalog", "bundles", "warehouses", "suppliers", "routes", "events")


def frame_of(table: str, columns: Mapping[str, Any]) -> pd.DataFrame:
    """Return a frame of an input table; `columns` holds equally many values each, the others are blank.

    >>> frame_of("Warehouses", {"warehouse": ["A"], "keep_days": [10.0]})[["warehouse", "country", "keep_days"]].values
    array([['A', '', 10.0]], dtype=object)
    """
    spec = INPUT_TABLES[table]
    count = len(next(iter(columns.values()))) if columns else 0
    made = {column.name: _column(column, columns.get(column.name), count) for column in spec.columns}
    made["row"] = pd.Series(np.arange(1, count + 1))
    return pd.DataFrame({**made, **{name: list(columns[name]) for name in set(columns) - set(made)}})


def _column(column: Column, values: Any, count: int) -> pd.Series[Any]:
    if values is None:
        values = [blank_value(column)] * count
    if isinstance(values, np.ndarray) and column.kind is Kind.NUMBER:
        return pd.Series(values.astype(np.float64))
    if isinstance(values, np.ndarray) and column.kind in (Kind.DATE, Kind.TIME):
        return pd.Series(values.astype("datetime64[s]"))
    return series(values, column.kind)


def sales_frame(sku: list[str], warehouse: list[str], dates: Any, qty: Any, in_stock: Any) -> pd.DataFrame:
    """Return Sales with a row for every pair and day.

    Args:
        sku: Names, (n,).
        warehouse: Names, (n,).
        dates: datetime64, (days,).
        qty: Units, (n, days).
        in_stock: Whether there was anything to sell, (n, days).
    """
    days = len(dates)
    return pd.DataFrame({
        "date": np.tile(np.asarray(dates, "datetime64[s]"), len(sku)),
        "sku": _repeated(sku, days),
        "warehouse": _repeated(warehouse, days),
        "qty": np.asarray(qty, np.float64).ravel(),
        "in_stock": np.asarray(in_stock, bool).ravel(),
    })  # fmt: skip


def _repeated(names: list[str], times: int) -> pd.Categorical:
    codes, categories = pd.factorize(np.array(names, object), sort=True)
    return pd.Categorical.from_codes(codes.repeat(times), categories=pd.Index(categories, dtype="str"))


def tables_of(stock: Mapping[str, Any], settings: Settings, **others: Mapping[str, Any]) -> Tables:
    """Return tables of the given columns by table, in lower case; those that are left out are empty."""
    made = {name: frame_of(name.capitalize(), others.get(name, {})) for name in _MASTER}
    made["warehouses"]["region"] = pd.Series([""] * len(made["warehouses"]), dtype="str")
    rows = frame_of("Stock", stock)
    rows["typed_sku"], rows["typed_warehouse"] = rows["sku"], rows["warehouse"]
    none = pd.DataFrame({"sku": [], "warehouse": [], "cell": [], "problem": []})
    sales = sales_frame([], [], np.zeros(0, "datetime64[s]"), np.zeros((0, 0)), np.zeros((0, 0)))
    return Tables(stock=rows, unplanned=none, sales=sales, settings=settings, problems=[], **made)


