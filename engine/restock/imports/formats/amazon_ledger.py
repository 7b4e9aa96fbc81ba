"""Amazon, Inventory Ledger: daily movements; only shipments to customers are demand, only SELLABLE is stock."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from restock.imports.cells import Cells
from restock.imports.format import Field, Format
from restock.imports.formats.amazon_markets import fba
from restock.imports.taken import Taken, sales_rows, stock_rows
from restock.schema.columns import Kind


def _orders(days: NDArray[np.datetime64], warehouse: NDArray[np.object_]) -> NDArray[np.object_]:
    """What tells the sales of a day and country from others: a later ledger of that day takes their place."""
    day_codes, unique_days = pd.factorize(days)
    place_codes, places = pd.factorize(warehouse)
    texts = [f"{place} {day}" for place in places for day in np.datetime_as_string(unique_days, "D")]
    codes = place_codes * len(unique_days) + day_codes
    return np.where(day_codes >= 0, np.array([*texts, ""], dtype=object)[codes], "")


def _read_detail(cells: Cells) -> Taken:
    cells.leave_out("no_sale", ~cells.is_any("event", ("shipments",)))
    days, warehouse = cells.day("date"), fba(cells.text("country"))
    quantity = cells.number("quantity", needed=True)
    sales = sales_rows(days, cells.text("sku", needed=True), -quantity, _orders(days, warehouse), warehouse)
    return Taken(sales=[sales], folded=True)


def _read_summary(cells: Cells) -> Taken:
    cells.leave_out("not_sellable", ~cells.is_any("disposition", ("sellable",)))
    cells.leave_out("own_store", cells.is_any("location", ("znne",)))
    days, sku = cells.day("date"), cells.text("sku", needed=True)
    warehouse = fba(cells.text("location"))
    shipped = cells.number("shipped", needed=True)
    stock = stock_rows(sku, warehouse, available=cells.number("balance", needed=True), stock_date=days)
    sales = sales_rows(days, sku, -shipped, _orders(days, warehouse), warehouse)
    return Taken([stock[_newest(stock)]], [sales[shipped != 0]], several=True, folded=True)


def _newest(stock: pd.DataFrame) -> NDArray[np.bool_]:
    """The rows of the last day in the file: what stands there then."""
    return np.asarray(stock["stock_date"] == stock["stock_date"].max())


DETAIL = Format(
    "amazon_ledger", "Amazon Inventory Ledger", "亚马逊库存分类账(明细)",
    (
        Field("date", ("Date", "Date and Time"), Kind.DATE, required=True),
        Field("sku", ("MSKU",), required=True, code=True),
        Field("event", ("Event Type",), required=True),
        Field("quantity", ("Quantity",), Kind.NUMBER, required=True),
        Field("disposition", ("Disposition",), required=True, evidence=True),
        Field("country", ("Country",)),
    ),
    _read_detail, date_order="mdy",
)  # fmt: skip

SUMMARY = Format(
    "amazon_ledger_summary", "Amazon Inventory Ledger (summary)", "亚马逊库存分类账(汇总)",
    (
        Field("date", ("Date",), Kind.DATE, required=True),
        Field("sku", ("MSKU",), required=True, code=True),
        Field("disposition", ("Disposition",), required=True),
        Field("shipped", ("Customer Shipments",), Kind.NUMBER, required=True),
        Field("balance", ("Ending Warehouse Balance",), Kind.NUMBER, required=True),
        Field("location", ("Location",)),
    ),
    _read_summary, date_order="mdy",
)  # fmt: skip
