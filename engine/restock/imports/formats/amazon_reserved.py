"""Amazon, Reserved Inventory: reserved units only, so what is on hand stays as it stands in the book."""

from __future__ import annotations

from restock.imports.cells import Cells
from restock.imports.format import Field, Format
from restock.imports.taken import Taken, stock_rows
from restock.schema.columns import Kind


def _read(cells: Cells) -> Taken:
    sku = cells.text("sku", needed=True)
    return Taken([stock_rows(sku, "FBA", reserved=cells.number("reserved", needed=True, least=0))])


FORMAT = Format(
    "amazon_reserved", "Amazon Reserved Inventory", "亚马逊预留库存",
    (
        Field("sku", ("sku",), required=True, code=True),
        Field("reserved", ("reserved_qty",), Kind.NUMBER, required=True),
        Field("orders", ("reserved_customerorders",), Kind.NUMBER, required=True, evidence=True),
    ),
    _read,
)  # fmt: skip
