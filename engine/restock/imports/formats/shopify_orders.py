"""Shopify, orders: one row per item; what belongs to the whole order stands in its first row only."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from restock.imports.cells import Cells
from restock.imports.format import Field, Format, folded
from restock.imports.taken import Taken, sales_rows
from restock.schema.columns import Kind


def _of_order(order: NDArray[np.object_], values: NDArray[np.object_]) -> NDArray[np.object_]:
    """What any row of an order says, for all its rows: rows may have been sorted apart."""
    filled = values != ""
    first = pd.Series(values[filled], index=order[filled], dtype=object)
    first = first[~first.index.duplicated()]
    return first.reindex(order).fillna("").to_numpy(dtype=object)


def _read(cells: Cells) -> Taken:
    order = cells.text("order", needed=True)
    cells.leave_out("cancelled", _of_order(order, cells.text("cancelled")) != "")
    states = _of_order(order, cells.text("paid"))
    cells.leave_out("cancelled", np.isin([folded(state) for state in states], ("voided", "expired")))
    payments = _of_order(order, cells.text("payment"))
    cells.leave_out("test", np.array(["bogus" in folded(payment) for payment in payments], dtype=bool))
    sku, quantity = cells.text("sku"), cells.number("quantity", needed=True, least=0)
    cells.leave_out("no_sku", sku == "")
    cells.leave_out("nothing", quantity == 0)
    dates = cells.day_of("date", _of_order(order, cells.text("date")))
    numbers = _of_order(order, cells.text("id"))  # two shops may both have an order #1001
    names = np.array([f"{name} {number}".strip() for name, number in zip(order, numbers, strict=True)], dtype=object)
    return Taken(sales=[sales_rows(dates, sku, quantity, names)])


FORMAT = Format(
    "shopify_orders", "Shopify orders", "Shopify 订单",
    (
        Field("order", ("Name",), required=True, code=True),
        Field("paid", ("Financial Status",), required=True),
        Field("date", ("Created at",), Kind.DATE, required=True),
        Field("cancelled", ("Cancelled at",)),
        Field("payment", ("Payment Method",)),
        Field("id", ("Id",), code=True),
        Field("quantity", ("Lineitem quantity",), Kind.NUMBER, required=True),
        Field("sku", ("Lineitem sku",), required=True, code=True),
        Field("price", ("Lineitem price",), Kind.NUMBER, evidence=True),
    ),
    _read,
)  # fmt: skip
