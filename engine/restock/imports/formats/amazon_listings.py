"""Amazon, All Listings: the seller's own stock per SKU; Amazon's own warehouses are counted elsewhere."""

from __future__ import annotations

import numpy as np

from restock.imports.cells import Cells
from restock.imports.format import Field, Format
from restock.imports.taken import Taken, stock_rows
from restock.schema.columns import Kind


def _read(cells: Cells) -> Taken:
    sku, quantity = cells.text("sku", needed=True), cells.number("quantity")
    cells.leave_out("at_amazon", cells.contains("channel", "amazon"))
    cells.refuse(np.where(np.isnan(quantity), "blank", "").astype(object), "quantity")
    return Taken([stock_rows(sku, "", available=quantity)])


FORMAT = Format(
    "amazon_listings", "Amazon All Listings", "亚马逊全部商品",
    (
        Field("sku", ("seller-sku", "出品者SKU", "Händler-SKU", "sku-vendeur", "SKU del vendedor", "SKU venditore",
                      "卖家 SKU"), required=True, code=True),
        Field("quantity", ("quantity", "数量", "Menge", "quantité", "Cantidad", "Quantità"), Kind.NUMBER,
              required=True),
        Field("channel", ("fulfillment-channel", "フルフィルメント・チャンネル", "Versender", "canal-traitement",
                          "Canal de gestión logística", "Canale di gestione"), required=True),
        Field("price", ("price", "価格", "Preis", "Prix", "Precio", "Prezzo"), Kind.NUMBER, evidence=True),
    ),
    _read,
)  # fmt: skip
