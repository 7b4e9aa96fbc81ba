"""Checking Inbound and Livestreams: rows that must name a SKU and a warehouse of Stock to change the plan."""

from __future__ import annotations

import pandas as pd

from restock.schema.cell import clipped
from restock.schema.checks import Checks
from restock.schema.frames import frame
from restock.schema.master_rows import check_zone, is_on_stock, place_name
from restock.schema.rows import Row, leave_out, match_names, read_rows
from restock.schema.table_view import TableView

_FAR_AHEAD = 365
"""An arrival further ahead than this many days has probably been typed with a wrong year (2062 for 2026)."""
_LONG_PAST = 60
"""So has one that is still open this many days after its date."""

_CLOSED = ("received", "cancelled")


def inbound_rows(view: TableView, checks: Checks) -> pd.DataFrame:
    """What is on its way. A row whose date or receipts cannot be read stays on order, without a date."""
    rows = read_rows(view, checks)
    match_names(view, checks, rows, {"sku": checks.skus, "warehouse": checks.warehouses})
    kept = []
    for row in rows:
        row.values["from"] = place_name(view, checks, row, "from")
        if "received" in row.faults:
            row.values["sellable_on"] = None
        if _stands_on_stock(view, checks, row):
            _check_year(view, checks, row)
            kept.append(row.values)
    return frame(view.table, kept)


def _stands_on_stock(view: TableView, checks: Checks, row: Row) -> bool:
    if row.values["state"] in _CLOSED and not _can_apply(checks, row):
        return False  # a closed line plans nothing: no reason to ask for anything
    return has_warehouse(view, checks, row, checks.only_warehouse()) and _is_placed(view, checks, row)


def _can_apply(checks: Checks, row: Row) -> bool:
    warehouse = row.values["warehouse"] or checks.only_warehouse()
    return row.values["sku"] in checks.stock_skus and warehouse in checks.stock_warehouses


def has_warehouse(view: TableView, checks: Checks, row: Row, default: str | None) -> bool:
    """Fill in a blank warehouse with `default`; where there is none, the row is reported and left out."""
    row.values["warehouse"] = row.values["warehouse"] or default or ""
    if not row.values["warehouse"]:
        names = [clipped(name) for name in list(checks.stock_warehouses)[:5]]
        leave_out(view, checks, row, "warehouse", "problem.which_warehouse", names=names)
    return bool(row.values["warehouse"])


def _is_placed(view: TableView, checks: Checks, row: Row) -> bool:
    """Whether SKU and warehouse stand on Stock; a pair that does not, of two that do, is only noted."""
    if not is_on_stock(view, checks, row):
        return False
    sku, warehouse = row.values["sku"], row.values["warehouse"]
    if (sku, warehouse) not in checks.stock_pairs:
        cell = view.cell("sku", row.position)
        checks.note(
            view,
            "problem.pair_not_on_stock",
            cell,
            row.typed["sku"],
            name=clipped(sku),
            place=clipped(warehouse),
        )
    return True


def _check_year(view: TableView, checks: Checks, row: Row) -> None:
    """Ask about an open line that is due more than a year ahead, or has been for two months."""
    due, values = row.values["sellable_on"], row.values
    is_open = values["state"] not in _CLOSED and values["ordered"] > values["received"]
    if due is None or not is_open:
        return
    days = (due.date() - checks.today).days
    if days > _FAR_AHEAD or days < -_LONG_PAST:
        key = "problem.far_ahead" if days > 0 else "problem.long_past"
        cell = view.cell("sellable_on", row.position)
        checks.note(
            view, key, cell, due.date().isoformat(), column="sellable_on", day=due.date(), days=abs(days)
        )


def _check_show_year(view: TableView, checks: Checks, row: Row) -> None:
    """Ask about a show more than a year ahead; past ones are records."""
    start = row.values["start"]
    days = 0 if start is None else (start.date() - checks.today).days
    if days > _FAR_AHEAD:
        cell = view.cell("start", row.position)
        checks.note(view, "check.show_far_ahead", cell, start.date().isoformat(), column="start", days=days)


def livestream_rows(view: TableView, checks: Checks, warehouses: pd.DataFrame) -> pd.DataFrame:
    """The rows of shows; a blank zone is the shipping warehouse's (§11)."""
    zones = dict(zip(warehouses["warehouse"], warehouses["zone"], strict=True))
    rows = read_rows(view, checks)
    match_names(view, checks, rows, {"sku": checks.skus, "warehouse": checks.warehouses})
    kept = []
    for row in rows:
        if has_warehouse(view, checks, row, checks.default_warehouse()) and _is_placed(view, checks, row):
            check_zone(view, checks, row, zones[row.values["warehouse"]])
            _check_show_year(view, checks, row)
            kept.append(row.values)
    return frame(view.table, kept)
