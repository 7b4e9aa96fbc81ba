"""Amazon, Manage FBA Inventory: one row per SKU of one market, whose name the file does not hold."""

from __future__ import annotations

import numpy as np

from restock.imports.cells import Cells
from restock.imports.format import Field, Format
from restock.imports.taken import Taken, inbound_rows, stock_rows
from restock.schema.columns import Kind

_STAGES = (("working", "ordered"), ("shipped", "shipped"), ("receiving", "shipped"))


def _read(cells: Cells) -> Taken:
    sku = cells.text("sku", needed=True)
    available = cells.number("available", needed=True)
    reserved = cells.number("reserved", least=0)
    inbound = [
        inbound_rows(sku, cells.number(stage, least=0), "FBA", f"Amazon FBA {stage}", state) for stage, state in _STAGES
    ]
    cells.leave_out("not_fba", cells.is_any("afn_listing", ("no",)) & np.isnan(available))
    return Taken([stock_rows(sku, "FBA", available=available, reserved=reserved)], inbound=inbound)


FORMAT = Format(
    "amazon_fba_inventory", "Amazon Manage FBA Inventory", "亚马逊 FBA 库存",
    (
        Field("sku", ("sku",), required=True, code=True),
        Field("available", ("afn-fulfillable-quantity",), Kind.NUMBER, required=True),
        Field("reserved", ("afn-reserved-quantity",), Kind.NUMBER, required=True),
        Field("warehouse_quantity", ("afn-warehouse-quantity",), Kind.NUMBER, required=True, evidence=True),
        Field("afn_listing", ("afn-listing-exists",)),
        Field("working", ("afn-inbound-working-quantity",), Kind.NUMBER),
        Field("shipped", ("afn-inbound-shipped-quantity",), Kind.NUMBER),
        Field("receiving", ("afn-inbound-receiving-quantity",), Kind.NUMBER),
        Field("price", ("your-price",), Kind.NUMBER, evidence=True),
    ),
    _read,
)  # fmt: skip
