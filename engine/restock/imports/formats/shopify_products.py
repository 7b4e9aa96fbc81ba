"""Shopify, products: stock by variant, without locations."""

from __future__ import annotations

from restock.imports.cells import Cells
from restock.imports.format import Field, Format
from restock.imports.taken import Taken, stock_rows
from restock.schema.columns import Kind


def _read(cells: Cells) -> Taken:
    sku, quantity = cells.text("sku"), cells.number("quantity")
    cells.leave_out("no_sku", sku == "")
    cells.leave_out("not_stocked", quantity != quantity)
    return Taken([stock_rows(sku, "", available=quantity)])


FORMAT = Format(
    "shopify_products", "Shopify products", "Shopify 商品",
    (
        Field("handle", ("Handle",), required=True, evidence=True),
        Field("sku", ("Variant SKU",), required=True, code=True),
        Field("quantity", ("Variant Inventory Qty",), Kind.NUMBER, required=True),
        Field("price", ("Variant Price",), Kind.NUMBER, required=True, evidence=True),
    ),
    _read,
)  # fmt: skip
