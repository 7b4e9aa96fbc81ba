"""Shopify, inventory: one row per variant and location, or one column per location."""

from __future__ import annotations

import numpy as np

from restock.imports.cells import Cells
from restock.imports.format import Field, Format
from restock.imports.taken import Taken, inbound_rows, stock_rows
from restock.schema.columns import Kind

_NOT_STOCKED = ("not stocked",)
_VARIANT = (
    "Title", "Option1 Name", "Option1 Value", "Option2 Name", "Option2 Value", "Option3 Name", "Option3 Value",
    "Barcode", "HS Code", "COO", "Bin name",
)  # fmt: skip


def _read_states(cells: Cells) -> Taken:
    cells.leave_out("not_stocked", cells.is_any("available", _NOT_STOCKED))
    sku, location = cells.text("sku", needed=True), cells.text("location", needed=True)
    available = cells.number("available", needed=True)
    stock = stock_rows(sku, location, available=available, reserved=cells.number("committed", least=0))
    inbound = inbound_rows(sku, cells.number("incoming", least=0), location, "Shopify incoming", "ordered")
    return Taken([stock], inbound=[inbound])


def _read_columns(cells: Cells) -> Taken:
    sku = cells.text("sku", needed=True)
    frames = []
    for place in cells.found.places:
        header, available = cells.place_numbers(place, _NOT_STOCKED)
        frame = stock_rows(sku, header, available=available)
        frames.append(frame[~np.isnan(available)])
    return Taken(frames)


STATES = Format(
    "shopify_inventory", "Shopify inventory", "Shopify 库存",
    (
        Field("handle", ("Handle",), required=True, evidence=True),
        Field("sku", ("SKU",), required=True, code=True),
        Field("location", ("Location",), required=True),
        Field("available", ("Available (not editable)", "Available"), Kind.NUMBER, required=True),
        Field("committed", ("Committed (not editable)", "Committed"), Kind.NUMBER, required=True),
        Field("incoming", ("Incoming (not editable)", "Incoming"), Kind.NUMBER),
    ),
    _read_states,
)  # fmt: skip

COLUMNS = Format(
    "shopify_inventory_columns", "Shopify inventory, available only", "Shopify 库存(仅可售)",
    (
        Field("handle", ("Handle",), required=True, evidence=True),
        Field("option", ("Option1 Name",), required=True, evidence=True),
        Field("sku", ("SKU",), required=True, code=True),
        Field("hs_code", ("HS Code",), required=True, evidence=True),
    ),
    _read_columns, open_columns=True, closed=_VARIANT,
)  # fmt: skip
