"""马帮, stock by warehouse: on hand, not yet shipped, and three sums of what is on the way."""

from __future__ import annotations

import numpy as np

from restock.imports.cells import Cells
from restock.imports.format import Field, Format
from restock.imports.taken import Taken, inbound_rows, stock_rows
from restock.schema.columns import Kind

_ON_THE_WAY = (("on_the_way", "马帮 在途"), ("first_leg", "马帮 海外仓预调入"), ("transfer", "马帮 分仓调拨"))


def _read(cells: Cells) -> Taken:
    sku, warehouse = cells.text("sku", needed=True), cells.text("warehouse", needed=True)
    reserved = cells.number("unshipped", least=0)
    if cells.has("transfer_unshipped"):
        reserved = reserved + np.nan_to_num(cells.number("transfer_unshipped", least=0))
    stock = stock_rows(sku, warehouse, on_hand=cells.number("on_hand", needed=True), reserved=reserved)
    inbound = [
        inbound_rows(sku, cells.number(name, least=0), warehouse, document, "ordered")
        for name, document in _ON_THE_WAY
    ]
    return Taken([stock], inbound=inbound, several=True)


FORMAT = Format(
    "mabang_stock", "Mabang stock", "马帮库存",
    (
        Field("sku", ("库存SKU编号", "库存SKU"), required=True, code=True),
        Field("warehouse", ("仓库",), required=True),
        Field("on_hand", ("仓位库存", "库存总量"), Kind.NUMBER, required=True),
        Field("unshipped", ("未发货量",), Kind.NUMBER, required=True),
        Field("available", ("可用库存量",), Kind.NUMBER, required=True, evidence=True),
        Field("transfer_unshipped", ("分仓调拨未发货",), Kind.NUMBER),
        Field("on_the_way", ("在途量",), Kind.NUMBER),
        Field("first_leg", ("海外仓预调入量",), Kind.NUMBER),
        Field("transfer", ("分仓调拨预调入量",), Kind.NUMBER),
        Field("forecast", ("预测日销量(个)", "预测日销量"), Kind.NUMBER, evidence=True),
        Field("cost", ("成本价(RMB)", "成本价"), Kind.NUMBER, evidence=True),
    ),
    _read,
)  # fmt: skip
