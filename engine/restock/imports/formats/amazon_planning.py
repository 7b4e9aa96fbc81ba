"""Amazon, FBA Inventory (planning): stock of a snapshot date; a SKU may stand in several rows."""

from __future__ import annotations

from restock.imports.cells import Cells
from restock.imports.format import Field, Format
from restock.imports.formats.amazon_markets import fba
from restock.imports.taken import Taken, inbound_rows, stock_rows
from restock.schema.columns import Kind

_STAGES = (("working", "ordered"), ("shipped", "shipped"), ("receiving", "shipped"))


def _read(cells: Cells) -> Taken:
    sku, warehouse = cells.text("sku", needed=True), fba(cells.text("marketplace"))
    stock = stock_rows(
        sku, warehouse, available=cells.number("available", needed=True), reserved=cells.number("reserved", least=0),
        stock_date=cells.day("snapshot"),
    )  # fmt: skip
    inbound = [
        inbound_rows(sku, cells.number(stage, least=0), warehouse, f"Amazon FBA {stage}", state)
        for stage, state in _STAGES
    ]
    return Taken([stock], inbound=inbound, several=True)


FORMAT = Format(
    "amazon_planning", "Amazon FBA Inventory (planning)", "亚马逊库存健康",
    (
        Field("snapshot", ("snapshot-date",), Kind.DATE, required=True),
        Field("sku", ("sku",), required=True, code=True),
        Field("available", ("available",), Kind.NUMBER, required=True),
        Field("reserved", ("reserved-quantity", "total-reserved-quantity"), Kind.NUMBER),
        Field("marketplace", ("marketplace",)),
        Field("working", ("inbound-working",), Kind.NUMBER),
        Field("shipped", ("inbound-shipped",), Kind.NUMBER),
        Field("receiving", ("inbound-received",), Kind.NUMBER),
        Field("price", ("your-price",), Kind.NUMBER, evidence=True),
    ),
    _read,
)  # fmt: skip
