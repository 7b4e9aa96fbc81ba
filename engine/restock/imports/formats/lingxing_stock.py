"""领星, stock details: sellable units are those available; what is being checked in is not."""

from __future__ import annotations

from restock.imports.cells import Cells
from restock.imports.format import Field, Format
from restock.imports.taken import Taken, inbound_rows, stock_rows
from restock.schema.columns import Kind

_ON_THE_WAY = (("to_receive", "领星 待收货"), ("checking", "领星 待检待上架"), ("transfer", "领星 调拨在途"))


def _read(cells: Cells) -> Taken:
    sku, warehouse = cells.text("sku", needed=True), cells.text("warehouse", needed=True)
    stock = stock_rows(
        sku, warehouse, available=cells.number("available", needed=True), reserved=cells.number("locked", least=0)
    )
    inbound = [
        inbound_rows(sku, cells.number(name, least=0), warehouse, document, "shipped")
        for name, document in _ON_THE_WAY
    ]
    return Taken([stock], inbound=inbound, several=True)


FORMAT = Format(
    "lingxing_stock", "Lingxing stock", "领星库存明细",
    (
        Field("warehouse", ("仓库", "仓库名称"), required=True),
        Field("sku", ("SKU", "本地产品SKU"), required=True, code=True),
        Field("available", ("可用量",), Kind.NUMBER, required=True),
        Field("defective", ("次品量",), Kind.NUMBER, required=True, evidence=True),
        Field("locked", ("锁定量", "可用锁定量"), Kind.NUMBER, required=True),
        Field("to_receive", ("待收货量", "待到货量"), Kind.NUMBER),
        Field("checking", ("待检待上架量",), Kind.NUMBER),
        Field("transfer", ("调拨在途",), Kind.NUMBER),
        Field("cost", ("单位库存成本",), Kind.NUMBER, evidence=True),
    ),
    _read,
)  # fmt: skip
