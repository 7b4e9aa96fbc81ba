"""WooCommerce, products: stock where it is managed, without warehouses."""

from __future__ import annotations

from restock.imports.cells import Cells
from restock.imports.format import Field, Format
from restock.imports.taken import Taken, stock_rows
from restock.schema.columns import Kind


def _read(cells: Cells) -> Taken:
    sku, stock = cells.text("sku"), cells.number("stock")
    cells.leave_out("no_sku", sku == "")
    cells.leave_out("not_stocked", cells.text("stock") == "")
    return Taken([stock_rows(sku, "", available=stock)])


FORMAT = Format(
    "woocommerce_products", "WooCommerce products", "WooCommerce 商品",
    (
        Field("sku", ("SKU",), required=True, code=True),
        Field("in_stock", ("In stock?",), required=True, evidence=True),
        Field("stock", ("Stock",), Kind.NUMBER, required=True),
        Field("backorders", ("Backorders allowed?",), required=True, evidence=True),
        Field("price", ("Regular price",), Kind.NUMBER, evidence=True),
    ),
    _read,
)  # fmt: skip
