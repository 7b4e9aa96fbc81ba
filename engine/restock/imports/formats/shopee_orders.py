"""Shopee, orders: English, Indonesian, Thai or Chinese headers, which may stand some rows down."""

from __future__ import annotations

import numpy as np

from restock.imports.cells import Cells
from restock.imports.format import Field, Format
from restock.imports.formats.order_states import CANCELLED, UNPAID
from restock.imports.taken import Taken, sales_rows
from restock.schema.columns import Kind


def _read(cells: Cells) -> Taken:
    cells.leave_out("cancelled", cells.is_any("status", CANCELLED))
    cells.leave_out("unpaid", cells.is_any("status", UNPAID))
    own, parent = cells.text("sku"), cells.text("parent")
    sku = np.where(own != "", own, parent)
    cells.refuse(np.where(sku == "", "blank", "").astype(object), "sku")
    quantity = cells.number("quantity", needed=True, least=0)
    cells.leave_out("nothing", quantity == 0)
    return Taken(sales=[sales_rows(cells.day("date"), sku, quantity, cells.text("order", needed=True))])


FORMAT = Format(
    "shopee_orders", "Shopee orders", "Shopee 订单",
    (
        Field("order", ("Order ID", "No. Pesanan", "หมายเลขคำสั่งซื้อ", "訂單編號", "订单编号", "Mã đơn hàng"),
              required=True, code=True),
        Field("status", ("Order Status", "Status Pesanan", "สถานะการสั่งซื้อ", "訂單狀態", "订单状态",
                         "Trạng Thái Đơn Hàng"), required=True),
        Field("sku", ("SKU Reference No.", "Nomor Referensi SKU", "เลขอ้างอิง SKU (SKU Reference No.)", "商品選項貨號",
                      "规格货号", "SKU phân loại hàng"), required=True, code=True),
        Field("parent", ("Parent SKU Reference No.", "SKU Induk", "เลขอ้างอิง Parent SKU", "主商品貨號", "主商品货号",
                         "SKU sản phẩm"), code=True),
        Field("quantity", ("Quantity", "Jumlah", "จำนวน", "數量", "数量", "Số lượng"), Kind.NUMBER, required=True),
        Field("date", ("Order Creation Date", "Waktu Pesanan Dibuat", "วันที่ทำการสั่งซื้อ", "訂單成立日期", "订单创建时间",
                       "Ngày đặt hàng"), Kind.DATE, required=True),
        Field("price", ("Deal Price", "Harga Setelah Diskon", "ราคาขาย", "商品活動價格"), Kind.NUMBER, evidence=True),
    ),
    _read,
)  # fmt: skip
