"""Folding Sales, and telling the months that stay from those that go."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from restock.schema.checks import Checks
from restock.schema.inputs import INPUT_TABLES
from restock.schema.master_rows import warehouse_rows
from restock.schema.raw import RawBook
from restock.schema.sales_rows import CheckedSales, checked_sales
from restock.schema.settings import Settings
from restock.schema.settings_rows import language_of, read_settings
from restock.schema.stock_rows import read_stock
from restock.schema.table_view import TableView

Array = np.ndarray[Any, Any]
ORDERS_COME_AGAIN_DAYS = 92
"""How far back the exports that shops offer usually reach, in days."""


@dataclass(frozen=True)
class Tidied:
    """Sales folded.

    Attributes:
        kept: date, sku, warehouse ("" where it was blank), qty, in_stock of the months that stay, sorted.
        moved: The same of older months, the default warehouse written out.
        left: Sheet rows that stay as they are: those that cannot be used, and recent ones with an order number.
        orders: How many of them have an order number.
        rows: How many rows with something in them there were.
        repeated: How many of them were repeats of a day that was pasted twice.
        first: The first day that stays.
    """

    kept: pd.DataFrame
    moved: pd.DataFrame
    left: Array
    orders: int
    rows: int
    repeated: int
    first: dt.date


def tidied(raw: RawBook, today: dt.date, numbered: Array | None = None) -> Tidied:
    """Return the sales of a book folded to one row per day, SKU and warehouse.

    A day, SKU and warehouse was in stock only if none of its rows says otherwise. Rows that cannot be read are not
    touched.

    Args:
        raw: The tables as they stand in the book, with Stock and Sales.
        today: Day 0 (§1).
        numbered: Which rows of Sales have an order number, (n,); None: none has.
    Raises:
        InputError: Stock is missing, empty or unusable.
    """
    checks, view = _checks(raw, today)
    sales = checked_sales(view, checks)
    orders = _recent(sales, numbered, today)
    keep = sales.columns.keep & ~orders
    shown = _is_shown(sales)
    first = first_kept(checks.settings, today)
    frame = _folded(sales, keep)
    old = frame["date"] < pd.Timestamp(first)
    moved = frame[old].copy()
    moved.loc[moved["warehouse"] == "", "warehouse"] = checks.default_warehouse() or ""
    return Tidied(
        frame[~old].reset_index(drop=True),
        _merged(moved),
        view.raw.rows[shown & ~keep & ~sales.repeated],
        int((orders & ~sales.repeated).sum()),
        int(shown.sum()),
        int(sales.repeated.sum()),
        first,
    )


def _recent(sales: CheckedSales, numbered: Array | None, today: dt.date) -> Array:
    """Rows with an order number that a later export may hold again, which then takes their place."""
    if numbered is None:
        return np.zeros(len(sales.columns.keep), dtype=bool)
    since = (today - dt.timedelta(days=ORDERS_COME_AGAIN_DAYS) - dt.date(1970, 1, 1)).days
    return numbered & sales.columns.keep & (sales.columns.date.values >= since)


def first_kept(settings: Settings, today: dt.date) -> dt.date:
    """Return the first day of the oldest month that stays in the book.

    >>> first_kept(Settings(sales_months=18), dt.date(2026, 11, 23))
    datetime.date(2025, 6, 1)
    """
    months = today.year * 12 + today.month - 1 - (int(settings.sales_months) - 1)
    return dt.date(months // 12, months % 12 + 1, 1)


def same_units(before: pd.DataFrame, after: pd.DataFrame) -> bool:
    """Whether two frames of sales hold the same units for each SKU, warehouse and month."""
    one, other = (_by_month(frame) for frame in (before, after))
    both = one.to_frame("one").join(other.to_frame("other"), how="outer").fillna(0.0)
    return bool(np.allclose(both["one"], both["other"], rtol=1e-9, atol=1e-6))


def _by_month(frame: pd.DataFrame) -> pd.Series:
    keys = [frame["date"].to_numpy("datetime64[M]"), frame["sku"].astype(str), frame["warehouse"].astype(str)]
    return frame["qty"].groupby(keys).sum()


def _checks(raw: RawBook, today: dt.date) -> tuple[Checks, TableView]:
    """What Sales is read against: names, warehouses and settings, as `validate` reads them."""
    views = {name: TableView.of(table, INPUT_TABLES[name]) for name, table in raw.tables.items()}
    for name in ("Warehouses", "Settings"):
        views.setdefault(name, TableView.of(_empty(name), INPUT_TABLES[name]))
    checks = Checks(language_of(views["Settings"], raw.language), today)
    read_stock(views["Stock"], checks, views["Warehouses"])
    warehouse_rows(views["Warehouses"], checks)
    checks.settings = read_settings(views["Settings"], checks)
    return checks, views["Sales"]


def _empty(name: str) -> Any:
    from restock.schema.raw import RawTable

    return RawTable(name, name, 1, np.empty(0, dtype=np.int64), ())


def _is_shown(sales: CheckedSales) -> Array:
    """Where a row holds anything at all."""
    columns = sales.columns
    blank = [one.blank() for one in (columns.date, columns.sku, columns.warehouse, columns.qty, columns.in_stock)]
    return ~np.logical_and.reduce(blank)


def _folded(sales: CheckedSales, keep: Array) -> pd.DataFrame:
    columns = sales.columns
    typed = columns.warehouse.codes[keep] >= 0
    frame = pd.DataFrame(
        {
            "date": (np.floor(columns.date.values[keep]).astype(np.int64) * 86400).view("datetime64[s]"),
            "sku": sales.sku[1][keep],
            "warehouse": np.where(typed, sales.warehouse[1][keep], -1),
            "qty": columns.qty.values[keep],
            "in_stock": sales.in_stock[keep],
        }
    )
    folded = frame.groupby(["date", "sku", "warehouse"], as_index=False).agg({"qty": "sum", "in_stock": "all"})
    folded["sku"] = _named(sales.sku[0], folded["sku"])
    folded["warehouse"] = _named([*sales.warehouse[0], ""], folded["warehouse"])
    return folded.sort_values(["date", "sku", "warehouse"], kind="stable", ignore_index=True)


def _named(names: list[str], codes: pd.Series) -> Array:
    return np.array(names or [""], dtype=object)[codes.to_numpy(int)]


def _merged(frame: pd.DataFrame) -> pd.DataFrame:
    """One row per key again, once blank warehouses are written out."""
    found = frame.groupby(["date", "sku", "warehouse"], as_index=False).agg({"qty": "sum", "in_stock": "all"})
    return found.reset_index(drop=True)
