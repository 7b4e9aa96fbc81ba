"""Amazon, Restock Inventory: stock and three stages on the way; English headers, or those of amazon.co.jp."""

from __future__ import annotations

import numpy as np

from restock.imports.cells import Cells
from restock.imports.format import Field, Format
from restock.imports.formats.amazon_markets import fba
from restock.imports.taken import Taken, inbound_rows, stock_rows
from restock.schema.columns import Kind

_STAGES = (("working", "ordered"), ("shipped", "shipped"), ("receiving", "shipped"))
_RESERVED = ("transfer", "processing", "customer_order")


def _read(cells: Cells) -> Taken:
    sku = cells.text("sku", needed=True)
    japan = np.full(len(cells), "" if cells.has("country") else "JP", dtype=object)
    warehouse = fba(cells.text("country") if cells.has("country") else japan)
    parts = [np.nan_to_num(cells.number(name, least=0)) for name in _RESERVED]
    stock = stock_rows(
        sku, warehouse, available=cells.number("available", needed=True), reserved=np.sum(parts, axis=0)
    )
    inbound = [
        inbound_rows(sku, cells.number(stage, least=0), warehouse, f"Amazon FBA {stage}", state)
        for stage, state in _STAGES
    ]
    return Taken([stock], inbound=inbound)


FORMAT = Format(
    "amazon_restock", "Amazon Restock Inventory", "亚马逊补货建议",
    (
        Field("country", ("Country", "国家/地区", "国家")),
        Field("sku", ("Merchant SKU", "出品者SKU"), required=True, code=True),
        Field("fnsku", ("FNSKU",), required=True, evidence=True),
        Field("available", ("Available", "在庫にある"), Kind.NUMBER, required=True),
        Field("transfer", ("FC transfer", "FC移管中"), Kind.NUMBER, required=True),
        Field("processing", ("FC Processing", "入出荷作業中 - FC処理中"), Kind.NUMBER, required=True),
        Field("customer_order", ("Customer Order", "入出荷作業中 - 出荷待ち"), Kind.NUMBER, required=True),
        Field("working", ("Working", "進行中"), Kind.NUMBER),
        Field("shipped", ("Shipped", "出荷済み"), Kind.NUMBER),
        Field("receiving", ("Receiving", "受領中"), Kind.NUMBER),
        Field("price", ("Price", "価格"), Kind.NUMBER, evidence=True),
    ),
    _read,
)  # fmt: skip
