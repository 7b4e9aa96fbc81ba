"""The tables of the copies that leave the house: what a warehouse and a supplier see, and what they type (`typed`).

Their headers are public, for a copy that comes back is read by them, in either language.
"""

from __future__ import annotations

from restock.schema.columns import Column, Kind, Table

N, D, C = Kind.NUMBER, Kind.DATE, Kind.CHOICE

_DOCUMENT = Column("document", "Document", "单号", width=23)
_SKU = Column("sku", "SKU", "货号 SKU", width=13)
_NAME = Column("name", "Name", "品名", width=24)
_BARCODE = Column("barcode", "Barcode", "条码", width=14)
_UNITS = Column("units", "Units", "件数", N, "units", width=9)
_CARTONS = Column("cartons", "Cartons", "箱数", N, "cartons", width=9)
_CASE_PACK = Column("case_pack", "Units per carton", "每箱件数", N, "units", width=9)
_STATE = Column("state", "State", "状态", width=13)
_REMARK = Column("remark", "Remark", "说明", typed=True, width=20)

SHIP = Table(
    "Ship", "Ship", "发货",
    (
        _DOCUMENT, _SKU, _NAME, _BARCODE,
        Column("to", "To", "到", width=12),
        _UNITS, _CARTONS, _CASE_PACK,
        Column("ship_by", "Ship by", "最晚发货", D, width=12),
        _STATE,
        Column("shipped", "Shipped (units)", "实发(件)", N, "units", minimum=0, typed=True, width=10),
        Column("shipped_on", "Shipped on", "发货日期", D, typed=True, width=12),
        _REMARK,
    ),
    key=("document", "sku", "to"),
)  # fmt: skip

RECEIVE = Table(
    "Receive", "Receive", "收货",
    (
        _DOCUMENT, _SKU, _NAME, _BARCODE,
        Column("from", "From", "发出地", width=14),
        Column("warehouse", "To warehouse", "到仓", width=12),
        _UNITS, _CARTONS, _CASE_PACK,
        Column("expected_on", "Expected, for sale", "预计可售日", D, width=12),
        _STATE,
        Column("received", "Received so far (units)", "之前已收(件)", N, "units", width=11),
        Column("received_now", "Received now (units)", "本次实收(件)", N, "units", minimum=0, typed=True, width=11),
        Column("received_on", "Received on", "收货日期", D, typed=True, width=12),
        _REMARK,
    ),
    key=("document", "sku", "warehouse"),
)  # fmt: skip

ORDER_LINES = Table(
    "OrderLines", "Order", "订单",
    (
        _DOCUMENT,
        Column("supplier", "Supplier", "供应商", width=12),
        Column("state", "State", "状态", width=19),
        Column("supplier_item", "Your item no.", "贵司货号", width=12),
        Column("sku", "Our SKU", "我方货号", width=12),
        _NAME, _BARCODE,
        Column("warehouse", "Ship to", "发往", width=12),
        Column("mode", "Mode", "运输方式", C, choices="order_mode", width=9),
        _UNITS, _CARTONS, _CASE_PACK,
        Column("wanted_on", "Wanted by", "需求日期", D, width=12),
        Column("unit_price", "Unit price", "单价", N, "money per unit", width=10),
        Column("total", "Total", "金额", N, "money", width=12),
        Column("currency", "Currency", "币种", width=9),
        Column("confirmed", "Confirmed quantity (units)", "确认数量(件)", N, "units", minimum=0, whole=True, typed=True,
               width=11),
        Column("ready_on", "Confirmed ready date", "确认交货日", D, typed=True, width=12),
        _REMARK,
    ),
    key=("supplier", "sku", "warehouse", "mode"),
)  # fmt: skip

OUTLOOK = Table(
    "Outlook", "Forecast", "预测",
    (
        Column("supplier_item", "Your item no.", "贵司货号", width=12),
        Column("sku", "Our SKU", "我方货号", width=12),
        _NAME, _BARCODE,
        Column("next_7", "Next 7 days (units)", "未来7天(件)", N, "units", width=11),
        Column("next_14", "Next 14 days (units)", "未来14天(件)", N, "units", width=11),
        Column("next_30", "Next 30 days (units)", "未来30天(件)", N, "units", width=11),
        Column("next_60", "Next 60 days (units)", "未来60天(件)", N, "units", width=11),
        Column("ordered", "Ordered from you, open (units)", "已下单未交(件)", N, "units", width=13),
        Column("drafted", "Drafts (units)", "草稿(件)", N, "units", width=11),
    ),
    key=("sku",),
)  # fmt: skip

COPY_TABLES: dict[str, Table] = {table.name: table for table in (SHIP, RECEIVE, ORDER_LINES, OUTLOOK)}
