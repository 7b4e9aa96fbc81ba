"""TikTok Shop, orders: a row that explains the headers, tabs behind values, statuses in the shop's language."""

from __future__ import annotations

import numpy as np

from restock.imports.cells import Cells
from restock.imports.format import Field, Format
from restock.imports.formats.order_states import CANCELLED, UNPAID
from restock.imports.taken import Taken, sales_rows
from restock.schema.columns import Kind


def _read(cells: Cells) -> Taken:
    cells.leave_out("cancelled", cells.is_any("cancel", ("cancel", *CANCELLED)))
    cells.leave_out("cancelled", cells.is_any("status", CANCELLED))
    cells.leave_out("unpaid", cells.is_any("status", UNPAID))
    seller, platform = cells.text("seller_sku"), cells.text("sku_id")
    sku = np.where(seller != "", seller, platform)
    cells.refuse(np.where(sku == "", "blank", "").astype(object), "seller_sku")
    quantity = cells.number("quantity", needed=True, least=0)
    cells.leave_out("nothing", quantity == 0)
    order = cells.text("order", needed=True)
    return Taken(sales=[sales_rows(cells.day("date"), sku, quantity, order, cells.text("warehouse"))])


FORMAT = Format(
    "tiktok_orders", "TikTok Shop orders", "TikTok Shop 订单",
    (
        Field("order", ("Order ID",), required=True, code=True),
        Field("status", ("Order Status",), required=True),
        Field("cancel", ("Cancelation/Return Type",), required=True),
        Field("sku_id", ("SKU ID",), required=True, code=True),
        Field("seller_sku", ("Seller SKU",), required=True, code=True),
        Field("quantity", ("Quantity",), Kind.NUMBER, required=True),
        Field("date", ("Created Time",), Kind.DATE, required=True),
        Field("paid", ("Paid Time",), Kind.DATE, evidence=True),
        Field("warehouse", ("Warehouse Name",)),
        Field("price", ("SKU Subtotal After Discount",), Kind.NUMBER, evidence=True),
    ),
    _read,
)  # fmt: skip
