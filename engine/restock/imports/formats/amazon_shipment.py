"""Amazon, contents of an FBA shipment: units by SKU, under a preamble that names the shipment."""

from __future__ import annotations

from restock.imports.cells import Cells
from restock.imports.format import Field, Format
from restock.imports.taken import Taken, inbound_rows
from restock.schema.columns import Kind


def _read(cells: Cells) -> Taken:
    document = cells.preamble(("Shipment ID", "Sendungsnummer", "货件编号", "納品番号"))
    sku, shipped = cells.text("sku", needed=True), cells.number("shipped", needed=True, least=0)
    return Taken(inbound=[inbound_rows(sku, shipped, "FBA", document, "shipped", total=False)])


FORMAT = Format(
    "amazon_shipment", "Amazon FBA shipment", "亚马逊 FBA 货件",
    (
        Field("sku", ("Merchant SKU", "Händler-SKU", "出品者SKU"), required=True, code=True),
        Field("fnsku", ("FNSKU",), required=True, evidence=True),
        Field("prep", ("Who will prep?", "Wer übernimmt die Vorbereitung?"), required=True, evidence=True),
        Field("shipped", ("Shipped", "Versendete Einheiten"), Kind.NUMBER, required=True),
    ),
    _read,
)  # fmt: skip
