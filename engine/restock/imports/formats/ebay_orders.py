"""eBay, orders: a summary row for orders of several items, and a footer that counts records."""

from __future__ import annotations

from restock.imports.cells import Cells
from restock.imports.format import Field, Format
from restock.imports.taken import Taken, sales_rows
from restock.schema.columns import Kind


def _read(cells: Cells) -> Taken:
    record, order = cells.text("record"), cells.text("order")
    cells.leave_out("footer", cells.contains("order", "record(s) downloaded") | cells.contains("record", "seller id"))
    cells.leave_out("summary", (record != "") & (order == "") & (cells.text("item") == ""))
    quantity = cells.number("quantity", needed=True, least=0)
    cells.text("order", needed=True)
    return Taken(sales=[sales_rows(cells.day("date"), cells.text("sku", needed=True), quantity, order)])


FORMAT = Format(
    "ebay_orders", "eBay orders", "eBay 订单",
    (
        Field("record", ("Sales Record Number",), required=True),
        Field("order", ("Order Number",), required=True, code=True),
        Field("item", ("Item Number",), required=True),
        Field("sku", ("Custom Label", "Custom label (SKU)"), required=True, code=True),
        Field("quantity", ("Quantity",), Kind.NUMBER, required=True),
        Field("date", ("Sale Date",), Kind.DATE, required=True),
        Field("price", ("Sold For",), Kind.NUMBER, evidence=True),
    ),
    _read,
)  # fmt: skip
