"""Checking the tables that describe things: Catalog, Bundles, Warehouses, Suppliers, Routes and Events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from restock.schema.cell import Reading, shown, tidy
from restock.schema.checks import Checks
from restock.schema.columns import Kind
from restock.schema.frames import frame, series
from restock.schema.geography import COUNTRIES, country_of_name, known_zone, region_of, zone_of
from restock.schema.rows import Row, leave_out, match_names, read_rows, unique_rows
from restock.schema.table_view import TableView


def warehouse_rows(view: TableView, checks: Checks) -> pd.DataFrame:
    """One row per warehouse of Warehouses or Stock; country, zone and `region` are filled in where known."""
    rows = read_rows(view, checks)
    match_names(view, checks, rows, {"warehouse": checks.warehouses})
    rows = unique_rows(view, checks, rows)
    for row in rows:
        _check_country(view, checks, row)
        check_zone(view, checks, row, zone_of(row.values["country"]))
    listed = {row.values["warehouse"] for row in rows}
    values = [row.values for row in rows] + [
        _added(name) for name in checks.stock_warehouses if name not in listed
    ]
    table = frame(view.table, values)
    table["region"] = series([region_of(country) for country in table["country"]], Kind.TEXT)
    return table


def _added(name: str) -> dict[str, Any]:
    country = country_of_name(name)
    return {"warehouse": name, "country": country, "zone": zone_of(country)}


def _check_country(view: TableView, checks: Checks, row: Row) -> None:
    country, guess = row.values["country"].upper(), country_of_name(row.values["warehouse"])
    if country and country not in COUNTRIES:
        until = {"until": "default", "default": guess} if guess else {"until": "empty"}
        _ignore(view, checks, row, "country", Reading(fault="problem.not_country"), **until)
    row.values["country"] = country if country in COUNTRIES else guess


def check_zone(view: TableView, checks: Checks, row: Row, default: str) -> None:
    """Spell a row's time zone properly; blank or unknown, it is `default`, and an unknown one is reported."""
    typed = row.values["zone"]
    zone = known_zone(typed) if typed else default
    if zone is None:
        _ignore(
            view, checks, row, "zone", Reading(fault="problem.not_zone"), until="default", default=default
        )
    row.values["zone"] = zone or default


def _ignore(view: TableView, checks: Checks, row: Row, name: str, reading: Reading, **params: Any) -> None:
    cell, content = view.cell(name, row.position), row.typed[name]
    checks.fault(view, name, cell, content, reading, "cell", warehouse=row.values["warehouse"], **params)


def supplier_rows(view: TableView, checks: Checks) -> list[Row]:
    """The rows of Suppliers; they are read before Catalog, for their spelling stands."""
    rows = read_rows(view, checks)
    match_names(view, checks, rows, {"supplier": checks.suppliers})
    rows = unique_rows(view, checks, rows)
    for row in rows:
        backup = row.values["backup_of"]
        row.values["backup_of"] = checks.suppliers.find(backup) or backup
    return rows


def supplier_frame(view: TableView, rows: Sequence[Row], catalog: pd.DataFrame) -> pd.DataFrame:
    """Suppliers, and after them those that only Catalog names, with blanks."""
    listed = {row.values["supplier"] for row in rows}
    named = [name for name in dict.fromkeys(catalog["supplier"]) if name and name not in listed]
    return frame(view.table, [row.values for row in rows] + [{"supplier": name} for name in named])


def catalog_rows(view: TableView, checks: Checks) -> pd.DataFrame:
    """One row per SKU of Catalog, then one with defaults for every SKU that stands on Stock only."""
    rows = read_rows(view, checks)
    match_names(view, checks, rows, {"sku": checks.skus, "supplier": checks.suppliers})
    rows = unique_rows(view, checks, rows)
    for row in rows:
        row.values["name"] = row.values["name"] or row.values["sku"]
        row.values["similar_sku"] = checks.skus.find(row.values["similar_sku"]) or row.values["similar_sku"]
    listed = {row.values["sku"] for row in rows}
    missing = [
        {"sku": sku, "name": sku, "status": "active"} for sku in checks.stock_skus if sku not in listed
    ]
    return frame(view.table, [row.values for row in rows] + missing)


def bundle_rows(view: TableView, checks: Checks) -> pd.DataFrame:
    """What each bundle holds; the names of bundles count as known SKUs from here on."""
    rows = read_rows(view, checks)
    match_names(view, checks, rows, {"bundle": checks.skus, "sku": checks.skus})
    rows = unique_rows(view, checks, rows)
    checks.bundles.update(dict.fromkeys(row.values["bundle"] for row in rows))
    return frame(view.table, [row.values for row in rows])


def route_rows(view: TableView, checks: Checks) -> pd.DataFrame:
    """Shipping routes; one that ends nowhere on Stock, or cannot carry a transfer, is kept and noted."""
    rows = read_rows(view, checks)
    for row in rows:
        row.values["from"] = place_name(view, checks, row, "from")
        row.values["to"] = place_name(view, checks, row, "to")
    rows = unique_rows(view, checks, rows)
    for row in rows:
        if row.values["to"] not in checks.warehouses:
            cell = view.cell("to", row.position)
            checks.note(view, "problem.route_to", cell, row.typed["to"], column="to")
        elif row.values["from"] == row.values["to"]:
            checks.note(view, "problem.route_to_itself", view.cell("to", row.position), row.typed["to"], column="to")
        elif row.values["from"] in checks.warehouses and not row.values["days"] > 0:
            checks.note(view, "problem.route_days", view.cell("days", row.position), row.typed["days"], column="days")
    return frame(view.table, [row.values for row in rows])


def place_name(view: TableView, checks: Checks, row: Row, name: str) -> str:
    """The spelling of a place that goods leave or reach: a warehouse, else a supplier, else as typed."""
    if not row.values[name]:
        return ""
    typed = shown(row.typed[name])
    found = checks.warehouses.find(typed) or checks.suppliers.find(typed)
    if found:
        checks.foldings.saw(view.table.name, view.raw.sheet, view.cell(name, row.position), typed, found)
    return found or tidy(typed)


def event_rows(view: TableView, checks: Checks) -> pd.DataFrame:
    """Sales days; a blank SKU or warehouse means all of them, one that is not on Stock leaves the row out."""
    rows = read_rows(view, checks)
    match_names(view, checks, rows, {"sku": checks.skus, "warehouse": checks.warehouses})
    kept = [row for row in rows if is_on_stock(view, checks, row)]
    return frame(view.table, [row.values for row in kept])


def is_on_stock(view: TableView, checks: Checks, row: Row) -> bool:
    """Whether the SKU and warehouse that a row names stand on Stock; where not, that is reported."""
    sku, warehouse = row.values["sku"], row.values["warehouse"]
    if sku and sku not in checks.stock_skus:
        leave_out(
            view,
            checks,
            row,
            "sku",
            "problem.bundle_here" if sku in checks.bundles else "problem.unknown_sku",
        )
        return False
    if warehouse and warehouse not in checks.stock_warehouses:
        names = list(checks.stock_warehouses)[:5]
        leave_out(view, checks, row, "warehouse", "problem.unknown_warehouse", names=names)
        return False
    return True
