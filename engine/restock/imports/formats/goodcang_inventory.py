"""谷仓, product inventory as its interface answers: sellable, waiting to leave, on the way, arrived but not shelved."""

from __future__ import annotations

from restock.imports.cells import Cells
from restock.imports.format import Field, Format
from restock.imports.taken import Taken, inbound_rows, stock_rows
from restock.schema.columns import Kind


def _read(cells: Cells) -> Taken:
    sku, warehouse = cells.text("sku", needed=True), cells.text("warehouse", needed=True)
    stock = stock_rows(
        sku, warehouse, available=cells.number("sellable", needed=True), reserved=cells.number("reserved", least=0)
    )
    inbound = [
        inbound_rows(sku, cells.number(name, least=0), warehouse, document, "shipped")
        for name, document in (("onway", "谷仓 在途"), ("pending", "谷仓 待上架"))
    ]
    return Taken([stock], inbound=inbound)


FORMAT = Format(
    "goodcang_inventory", "Goodcang inventory", "谷仓库存",
    (
        Field("sku", ("product_sku",), required=True, code=True),
        Field("warehouse", ("warehouse_code",), required=True),
        Field("sellable", ("sellable",), Kind.NUMBER, required=True),
        Field("reserved", ("reserved",), Kind.NUMBER, required=True),
        Field("onway", ("onway",), Kind.NUMBER),
        Field("pending", ("pending",), Kind.NUMBER),
    ),
    _read,
)  # fmt: skip
