"""Lazada, orders: one row per unit, and no column for a quantity."""

from __future__ import annotations

from restock.imports.cells import Cells
from restock.imports.format import Field, Format
from restock.imports.formats.order_states import CANCELLED, UNPAID
from restock.imports.taken import Taken, sales_rows
from restock.schema.columns import Kind


def _read(cells: Cells) -> Taken:
    cells.leave_out("cancelled", cells.is_any("status", CANCELLED))
    cells.leave_out("unpaid", cells.is_any("status", UNPAID))
    cells.text("item", needed=True)
    order = cells.text("order", needed=True)
    return Taken(sales=[sales_rows(cells.day("date"), cells.text("sku", needed=True), 1.0, order)])


FORMAT = Format(
    "lazada_orders", "Lazada orders", "Lazada 订单",
    (
        Field("item", ("orderItemId",), required=True, code=True),
        Field("order", ("orderNumber",), required=True, code=True),
        Field("sku", ("sellerSku",), required=True, code=True),
        Field("date", ("createTime",), Kind.DATE, required=True),
        Field("status", ("status",), required=True),
    ),
    _read,
)  # fmt: skip
