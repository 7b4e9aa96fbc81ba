"""Every format that is recognised, in one list.

To add one, write a module here with its `FORMAT`, put it into `FORMATS`, and give tests/engine/import_texts.py an
export of it.
"""

from restock.imports.format import Format
from restock.imports.formats import (
    amazon_fba_inventory,
    amazon_ledger,
    amazon_listings,
    amazon_orders,
    amazon_planning,
    amazon_reserved,
    amazon_restock,
    amazon_shipment,
    ebay_orders,
    etsy_orders,
    goodcang_inventory,
    lazada_orders,
    lingxing_stock,
    mabang_stock,
    not_wanted,
    own_tables,
    shopee_orders,
    shopify_inventory,
    shopify_orders,
    shopify_products,
    tiktok_orders,
    woocommerce_products,
)

FORMATS: tuple[Format, ...] = (
    amazon_fba_inventory.FORMAT, amazon_planning.FORMAT, amazon_restock.FORMAT, amazon_reserved.FORMAT,
    amazon_ledger.DETAIL, amazon_ledger.SUMMARY, amazon_orders.FORMAT, amazon_listings.FORMAT, amazon_shipment.FORMAT,
    shopify_inventory.STATES, shopify_inventory.COLUMNS, shopify_orders.FORMAT, shopify_products.FORMAT,
    tiktok_orders.FORMAT, shopee_orders.FORMAT, lazada_orders.FORMAT, ebay_orders.FORMAT, etsy_orders.FORMAT,
    woocommerce_products.FORMAT, mabang_stock.FORMAT, lingxing_stock.FORMAT, goodcang_inventory.FORMAT,
    not_wanted.RETURNS, not_wanted.TEMU, not_wanted.LIVES,
    own_tables.SALES, own_tables.AVAILABLE, own_tables.ON_HAND,
)  # fmt: skip
FORMAT_BY_KEY = {one.key: one for one in FORMATS}
