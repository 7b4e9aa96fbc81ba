"""Files of no known platform whose headers leave no doubt: a SKU with stock, or a SKU with a day and units sold."""

from __future__ import annotations

from restock.imports.cells import Cells
from restock.imports.format import Field, Format
from restock.imports.taken import Taken, sales_rows, stock_rows
from restock.schema.columns import Kind

_SKU = (
    "SKU", "SKU*", "Seller SKU", "Merchant SKU", "MSKU", "Item SKU", "Product SKU", "货号", "货号 SKU", "商品编码",
    "SKU编码", "库存SKU", "库存SKU编号", "商品SKU", "商品選項貨號", "出品者SKU", "商品コード", "商品管理番号",
    "Artikelnummer", "Händler-SKU", "Artikel-SKU", "Referencia", "SKU del vendedor",
)  # fmt: skip
_WAREHOUSE = (
    "Warehouse", "Warehouse Name", "Location", "仓库", "仓库名称", "所在仓库", "倉庫", "Lager", "Lagerort", "Almacén",
)  # fmt: skip
_ON_HAND = (
    "On hand", "On hand* (units)", "On hand quantity", "Quantity on hand", "Stock", "实物库存", "现有库存", "库存数量",
    "当前库存", "实际库存", "仓位库存", "库存", "庫存", "在庫数", "Bestand", "Lagerbestand", "Existencias",
    "Stock actual",
)  # fmt: skip
_AVAILABLE = (
    "Available", "Available quantity", "Available units", "可用量", "可用库存", "可用库存量", "可售库存", "可售数量",
    "販売可能数", "Verfügbar", "Verfügbare Menge", "Disponible",
)  # fmt: skip
_RESERVED = ("Reserved", "Reserved (units)", "Committed", "Allocated", "已占用", "占用库存", "锁定量", "Reserviert")
_DATE = (
    "Date", "Date*", "Day", "Order date", "Sale date", "日期", "下单时间", "订单日期", "销售日期", "付款时间", "注文日",
    "Datum", "Bestelldatum", "Fecha",
)  # fmt: skip
_QUANTITY = (
    "Quantity", "Quantity* (units)", "Qty", "Units", "Units sold", "Qty sold", "数量", "销量", "件数", "購入数",
    "Menge", "Cantidad",
)  # fmt: skip
_PRICE = Field("price", ("Price", "Unit price", "单价", "售价", "Preis", "Precio"), Kind.NUMBER, evidence=True)


def _read_on_hand(cells: Cells) -> Taken:
    sku, warehouse = cells.text("sku", needed=True), cells.text("warehouse")
    return Taken([stock_rows(
        sku, warehouse, on_hand=cells.number("on_hand", needed=True), reserved=cells.number("reserved", least=0),
    )])  # fmt: skip


def _read_available(cells: Cells) -> Taken:
    sku, warehouse = cells.text("sku", needed=True), cells.text("warehouse")
    available = cells.number("available", needed=True)
    reserved = cells.number("reserved", least=0) if cells.has("reserved") else 0.0
    return Taken([stock_rows(sku, warehouse, available=available, reserved=reserved)])


def _read_sales(cells: Cells) -> Taken:
    order = cells.text("order")
    quantity = cells.number("quantity", needed=True)
    days, sku = cells.day("date"), cells.text("sku", needed=True)
    return Taken(sales=[sales_rows(days, sku, quantity, order, cells.text("warehouse"))])


ON_HAND = Format(
    "stock_table", "Table of stock", "库存表",
    (
        Field("sku", _SKU, required=True, code=True), Field("warehouse", _WAREHOUSE),
        Field("on_hand", _ON_HAND, Kind.NUMBER, required=True), Field("reserved", _RESERVED, Kind.NUMBER), _PRICE,
    ),
    _read_on_hand, generic=True,
)  # fmt: skip

AVAILABLE = Format(
    "available_table", "Table of available stock", "可用库存表",
    (
        Field("sku", _SKU, required=True, code=True), Field("warehouse", _WAREHOUSE),
        Field("available", _AVAILABLE, Kind.NUMBER, required=True), Field("reserved", _RESERVED, Kind.NUMBER), _PRICE,
    ),
    _read_available, generic=True,
)  # fmt: skip

SALES = Format(
    "sales_table", "Table of sales", "销售表",
    (
        Field("date", _DATE, Kind.DATE, required=True), Field("sku", _SKU, required=True, code=True),
        Field("warehouse", _WAREHOUSE), Field("quantity", _QUANTITY, Kind.NUMBER, required=True),
        Field("order", ("Order ID", "Order no.", "order_id", "Order number", "订单号", "订单编号"), code=True), _PRICE,
    ),
    _read_sales, generic=True,
)  # fmt: skip
