"""From raw tables to checked ones: problems are collected, only what is unusable is left out."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from restock.schema.archived_sales import with_archived
from restock.schema.checks import Checks
from restock.schema.dated_rows import inbound_rows, livestream_rows
from restock.schema.inputs import INPUT_TABLES
from restock.schema.master_rows import (
    bundle_rows,
    catalog_rows,
    event_rows,
    route_rows,
    supplier_frame,
    supplier_rows,
    warehouse_rows,
)
from restock.schema.raw import RawBook, RawTable
from restock.schema.sales_rows import sales_rows
from restock.schema.settings_rows import language_of, read_settings
from restock.schema.stock_rows import read_stock, stock_frame, unplanned_frame
from restock.schema.table_view import TableView
from restock.schema.tables import Problem, Tables


def validate(raw: RawBook, today: dt.date, archived: pd.DataFrame | None = None) -> Tables:
    """Return the checked tables of a book, with every problem met on the way.

    Args:
        raw: The tables as they stand in the book. Only Stock must be there (§4, §5).
        today: Day 0 (§1).
        archived: Older sales that lie beside the book (§42); None where there are none.

    Raises:
        InputError: Stock is missing or empty, or no SKU or no on-hand quantity on it can be used. The message
            is in the language of the book.
    """
    views = {name: _view(raw, name) for name in INPUT_TABLES}
    checks = Checks(language_of(views["Settings"], raw.language), today)
    # Stock first: its spelling of SKUs and warehouses stands for all others (§10).
    stock = read_stock(views["Stock"], checks, views["Warehouses"])
    warehouses = warehouse_rows(views["Warehouses"], checks)
    checks.settings = read_settings(views["Settings"], checks)
    suppliers = supplier_rows(views["Suppliers"], checks)
    catalog = catalog_rows(views["Catalog"], checks)
    bundles = bundle_rows(views["Bundles"], checks)
    routes = route_rows(views["Routes"], checks)
    events = event_rows(views["Events"], checks)
    inbound = inbound_rows(views["Inbound"], checks)
    livestreams = livestream_rows(views["Livestreams"], checks, warehouses)
    sales = sales_rows(views["Sales"], checks)
    if archived is not None:
        sales = with_archived(sales, archived, views["Sales"], checks)
    planned = stock_frame(stock)
    if planned["daily_sales"].isna().all() and sales.empty:
        sheet = views["Stock"].raw.sheet
        checks.log.add(Problem("problem.no_demand", "note", "Stock", sheet, params={"column": "daily_sales"}))
    checks.foldings.report(checks.log)
    problems, places = checks.log.finish()
    return Tables(
        stock=planned,
        unplanned=unplanned_frame(stock, places),
        sales=sales,
        inbound=inbound,
        livestreams=livestreams,
        catalog=catalog,
        bundles=bundles,
        warehouses=warehouses,
        suppliers=supplier_frame(views["Suppliers"], suppliers, catalog),
        routes=routes,
        events=events,
        settings=checks.settings,
        problems=problems,
    )


def _view(raw: RawBook, name: str) -> TableView:
    """A table of the book; one without columns and rows where the book has none."""
    table = INPUT_TABLES[name]
    missing = RawTable(name, table.sheet_name(raw.language), 1, np.empty(0, dtype=np.int64), ())
    return TableView.of(raw.tables.get(name, missing), table)
