"""Amazon, All Orders: one row per item of an order, times in UTC."""

from __future__ import annotations

import numpy as np

from restock.imports.cells import Cells
from restock.imports.format import Field, Format
from restock.imports.formats.amazon_markets import MARKETS, fba
from restock.imports.taken import Taken, sales_rows
from restock.schema.columns import Kind


def _read(cells: Cells) -> Taken:
    cells.leave_out("cancelled", cells.is_any("status", ("cancelled", "canceled")))
    cells.leave_out("cancelled", cells.is_any("item_status", ("cancelled", "canceled")))
    cells.leave_out("multichannel", cells.contains("channel", "non-amazon"))
    quantity = cells.number("quantity", needed=True, least=0)
    cells.leave_out("nothing", quantity == 0)
    channels = cells.text("channel", needed=True)
    markets = [MARKETS.get(channel.casefold(), ("", "")) for channel in channels]
    countries = np.array([country for country, _ in markets], dtype=object)
    cells.refuse(np.where((countries == "") & (channels != ""), "unknown_channel", "").astype(object), "channel")
    zones = np.array([zone for _, zone in markets], dtype=object)
    by_amazon = cells.is_any("fulfilled", ("amazon", "afn"))
    return Taken(sales=[sales_rows(
        cells.day("date", zones), cells.text("sku", needed=True), quantity, cells.text("order", needed=True),
        np.where(by_amazon, fba(countries), ""),
    )])  # fmt: skip


FORMAT = Format(
    "amazon_orders", "Amazon All Orders", "亚马逊所有订单",
    (
        Field("order", ("amazon-order-id",), required=True, code=True),
        Field("date", ("purchase-date",), Kind.DATE, required=True),
        Field("status", ("order-status",), required=True),
        Field("item_status", ("item-status",)),
        Field("fulfilled", ("fulfillment-channel",)),
        Field("channel", ("sales-channel",), required=True),
        Field("sku", ("sku",), required=True, code=True),
        Field("quantity", ("quantity",), Kind.NUMBER, required=True),
        Field("price", ("item-price",), Kind.NUMBER, evidence=True),
    ),
    _read,
)  # fmt: skip
