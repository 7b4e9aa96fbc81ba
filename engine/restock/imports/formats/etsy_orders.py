"""Etsy, sold order items: dates always month first."""

from __future__ import annotations

from restock.imports.cells import Cells
from restock.imports.format import Field, Format
from restock.imports.taken import Taken, sales_rows
from restock.schema.columns import Kind


def _read(cells: Cells) -> Taken:
    sku = cells.text("sku")
    cells.leave_out("no_sku", sku == "")
    quantity = cells.number("quantity", needed=True, least=0)
    return Taken(sales=[sales_rows(cells.day("date"), sku, quantity, cells.text("order", needed=True))])


FORMAT = Format(
    "etsy_orders", "Etsy sold order items", "Etsy 订单商品",
    (
        Field("order", ("Order ID",), required=True, code=True),
        Field("transaction", ("Transaction ID",), required=True, evidence=True),
        Field("listing", ("Listing ID",), required=True, evidence=True),
        Field("sku", ("SKU",), required=True, code=True),
        Field("quantity", ("Quantity",), Kind.NUMBER, required=True),
        Field("date", ("Sale Date",), Kind.DATE, required=True),
        Field("price", ("Price",), Kind.NUMBER, evidence=True),
    ),
    _read, date_order="mdy",
)  # fmt: skip
