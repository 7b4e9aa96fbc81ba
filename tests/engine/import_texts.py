"""Small exports of every format, written for the tests, and what must come out of them."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import Any

from restock.imports.reading import Imported, read_file
from restock.imports.recognise import recognise
from restock.imports.text_table import TextTable, text_table


@dataclass(frozen=True)
class Export:
    """An export: its text, its delimiter, the format it is of and the rows it must give.

    `stock` holds (sku, warehouse, available, reserved), `sales` (day, sku, warehouse, qty, order), `inbound`
    (document, sku, warehouse, units), those of 0 units aside; available is on hand less reserved.
    """

    key: str
    text: str
    delimiter: str = ","
    stock: tuple[Any, ...] = ()
    sales: tuple[Any, ...] = ()
    inbound: tuple[Any, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)


def table_of(text: str, delimiter: str = ",") -> tuple[Any, TextTable]:
    """A text as a recognised table, as a file with it would be read."""
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    found = recognise(rows)
    assert found is not None, f"not recognised: {rows[:2]}"
    under = rows[found.header_row + 1 :]
    columns = {place: [row[place] if place < len(row) else "" for row in under] for place in found.wanted}
    return found, text_table(columns, [found.header_row + 2 + k for k in range(len(under))])


def imported(text: str, delimiter: str = ",", dates: str = "", decimal: str = "") -> Imported:
    """What a text gives."""
    return read_file(*table_of(text, delimiter), dates, decimal)


def stock_of(found: Imported) -> set[tuple[Any, ...]]:
    """SKU, warehouse, available and reserved units of the rows of stock; None is unknown."""
    lines = set()
    for row in found.stock.itertuples():
        available = row.available if row.available == row.available else row.on_hand - row.reserved
        lines.add((row.sku, row.warehouse, *(None if value != value else value for value in (available, row.reserved))))
    return lines


def sales_of(found: Imported) -> list[tuple[Any, ...]]:
    """Day, SKU, warehouse, units and order of the rows of sales, sorted."""
    return sorted(
        (f"{row.date:%Y-%m-%d}", row.sku, row.warehouse, row.qty, row.order) for row in found.sales.itertuples()
    )


def inbound_of(found: Imported) -> set[tuple[Any, ...]]:
    """Document, SKU, warehouse and units of what is on the way."""
    return {(row.document, row.sku, row.warehouse, row.ordered) for row in found.inbound.itertuples() if row.ordered}


EXPORTS = (
    Export(
        "amazon_fba_inventory",
        "sku\tfnsku\tproduct-name\tyour-price\tafn-listing-exists\tafn-warehouse-quantity\tafn-fulfillable-quantity\t"
        "afn-unsellable-quantity\tafn-reserved-quantity\tafn-total-quantity\tafn-inbound-working-quantity\t"
        "afn-inbound-shipped-quantity\tafn-inbound-receiving-quantity\n"
        "CUP-1\tX1\tCup\t9.50\tYes\t48\t40\t2\t6\t100\t5\t47\t0\nOWN-2\tX2\tPot\t5.00\tNo\t\t\t\t\t\t\t\t\n",
        "\t", {("CUP-1", "FBA", 40.0, 6.0)},
        inbound=(("Amazon FBA working", "CUP-1", "FBA", 5.0), ("Amazon FBA shipped", "CUP-1", "FBA", 47.0)),
        left_out={"not_fba": 1},
    ),
    Export("amazon_reserved", "sku\tfnsku\treserved_qty\treserved_customerorders\nCUP-1\tX1\t6\t1\n", "\t",
           (("CUP-1", "FBA", None, 6.0),)),
    Export(
        "amazon_restock",
        "Country\tFNSKU\tMerchant SKU\tPrice\tAvailable\tFC transfer\tFC Processing\tCustomer Order\tWorking\tShipped\t"
        "Receiving\tTotal Days of Supply\nDE\tX1\tCUP-1\t9.50\t20\t3\t4\t1\t0\t30\t0\t365+\n",
        "\t", (("CUP-1", "FBA-DE", 20.0, 8.0),), inbound=(("Amazon FBA shipped", "CUP-1", "FBA-DE", 30.0),),
    ),
    Export(
        "amazon_planning",
        "snapshot-date\tsku\tavailable\tTotal Reserved Quantity\tmarketplace\tinbound-shipped\n"
        "2026-11-20\tCUP-1\t7\t2\tUS\t9\n",
        "\t", (("CUP-1", "FBA-US", 7.0, 2.0),), inbound=(("Amazon FBA shipped", "CUP-1", "FBA-US", 9.0),),
    ),
    Export(
        "amazon_ledger",
        "Date\tMSKU\tEvent Type\tReference ID\tQuantity\tFulfillment Center\tDisposition\tCountry\n"
        "05/13/2026\tCUP-1\tShipments\t\t-3\tPHL7\tSELLABLE\tUS\n05/13/2026\tCUP-1\tShipments\t\t-2\tIND8\tSELLABLE\tUS\n"
        "05/12/2026\tCUP-1\tReceipts\tFBA1\t75\tLAS2\tSELLABLE\tUS\n05/12/2026\tCUP-1\tWhseTransfers\t\t-5\tX\tSELLABLE\tUS\n",
        "\t", sales=(("2026-05-13", "CUP-1", "FBA-US", 5.0, "FBA-US 2026-05-13"),), left_out={"no_sale": 2},
    ),
    Export(
        "amazon_ledger_summary",
        "Date\tMSKU\tDisposition\tStarting Warehouse Balance\tCustomer Shipments\tEnding Warehouse Balance\tLocation\n"
        "07/20/2026\tCUP-1\tSELLABLE\t10\t-1\t9\tUS\n07/21/2026\tCUP-1\tSELLABLE\t9\t-3\t6\tUS\n"
        "07/21/2026\tCUP-1\tDEFECTIVE\t1\t0\t1\tUS\n07/21/2026\tCUP-1\tSELLABLE\t4\t0\t4\tZNNE\n",
        "\t", (("CUP-1", "FBA-US", 6.0, 0.0),),
        (("2026-07-20", "CUP-1", "FBA-US", 1.0, "FBA-US 2026-07-20"),
         ("2026-07-21", "CUP-1", "FBA-US", 3.0, "FBA-US 2026-07-21")),
        left_out={"not_sellable": 1, "own_store": 1},
    ),
    Export(
        "amazon_orders",
        "amazon-order-id\tpurchase-date\torder-status\tfulfillment-channel\tsales-channel\tsku\titem-status\tquantity\titem-price\n"
        "111-1\t2026-05-09T02:00:00+00:00\tShipped\tAmazon\tAmazon.com\tCUP-1\tShipped\t2\t19.0\n"
        "111-2\t2026-05-08T10:00:00+00:00\tCancelled\tAmazon\tAmazon.com\tCUP-1\tCancelled\t0\t\n"
        "S01-3\t2026-05-08T10:00:00+00:00\tShipped\tAmazon\tNon-Amazon\tCUP-1\tShipped\t100\t\n"
        "111-4\t2026-05-08T10:00:00+00:00\tPending\tMerchant\tAmazon.de\tPOT-2\tUnshipped\t1\t\n",
        "\t",
        sales=(("2026-05-08", "CUP-1", "FBA-US", 2.0, "111-1"), ("2026-05-08", "POT-2", "", 1.0, "111-4")),
        left_out={"cancelled": 1, "multichannel": 1},
    ),
    Export(
        "amazon_listings",
        "商品名\t出品者SKU\t価格\t数量\tフルフィルメント・チャンネル\nマグ\tCUP-1\t1980\t5\tDEFAULT\n皿\tPOT-2\t980\t\tAMAZON_JP\n",
        "\t", (("CUP-1", "", 5.0, 0.0),), left_out={"at_amazon": 1},
    ),
    Export(
        "amazon_shipment",
        "Shipment ID\tFBA15XYZ\nShip To\tONT8\n\nMerchant SKU\tTitle\tFNSKU\tWho will prep?\tShipped\n"
        "CUP-1\tCup\tX1\t--\t10\n",
        "\t", inbound=(("FBA15XYZ", "CUP-1", "FBA", 10.0),),
    ),
    Export(
        "shopify_inventory",
        "Handle,Title,SKU,Location,Incoming (not editable),Unavailable (not editable),Committed (not editable),"
        "Available (not editable),On hand (current)\ncup,Cup,CUP-1,LA,120,2,5,43,50\ncup,,CUP-1,Paris,0,0,1,-1,0\n"
        "pot,Pot,POT-2,Paris,0,0,0,not stocked,not stocked\n",
        stock=(("CUP-1", "LA", 43.0, 5.0), ("CUP-1", "Paris", -1.0, 1.0)),
        inbound=(("Shopify incoming", "CUP-1", "LA", 120.0),), left_out={"not_stocked": 1},
    ),
    Export(
        "shopify_inventory_columns",
        "Handle,Title,Option1 Name,Option1 Value,SKU,HS Code,COO,LA,Paris\ncup,Cup,Size,M,CUP-1,,CN,43,-1\n"
        "pot,Pot,Size,M,POT-2,,,12,not stocked\n",
        stock=(("CUP-1", "LA", 43.0, 0.0), ("CUP-1", "Paris", -1.0, 0.0), ("POT-2", "LA", 12.0, 0.0)),
    ),
    Export(
        "shopify_orders",
        "Name,Email,Financial Status,Created at,Lineitem quantity,Lineitem price,Lineitem sku,Cancelled at,"
        "Payment Method,Id\n"
        "#1001,a@b.c,paid,2026-09-03 23:14:00 -0400,2,16.00,CUP-1,,card,55\n#1001,a@b.c,,,1,20.00,POT-2,,,\n"
        "#1002,a@b.c,refunded,2026-09-10 09:00:00 -0400,1,25.00,CUP-1,2026-09-10 12:00:00 -0400,card,56\n"
        "#1003,a@b.c,paid,2026-09-11 09:00:00 -0400,1,25.00,CUP-1,,(for testing) Bogus Gateway,57\n",
        sales=(("2026-09-03", "CUP-1", "", 2.0, "#1001 55"), ("2026-09-03", "POT-2", "", 1.0, "#1001 55")),
        left_out={"cancelled": 1, "test": 1},
    ),
    Export("shopify_products",
           "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\ncup,Cup,CUP-1,5,60\npot,Pot,,1,9\n",
           stock=(("CUP-1", "", 5.0, 0.0),), left_out={"no_sku": 1}),
    Export(
        "tiktok_orders",
        "Order ID,Order Status,Cancelation/Return Type,SKU ID,Seller SKU,Quantity,SKU Subtotal After Discount,"
        "Created Time,Paid Time,Warehouse Name\n"
        "Platform unique order ID.,Order status.,,,Seller sku input by the seller.,"
        "SKU sold quantity.,,Order created time.,,\n"
        "5770000000000000011\t,Shipped,,17290000000000001\t,CUP-1,2,38.00,03/01/2026 09:00:00 AM\t,,US FBT\n"
        "5770000000000000012\t,Canceled,Cancel,17290000000000002\t,,1,,03/13/2026 09:00:00 PM\t,,\n"
        "5770000000000000013\t,Unpaid,,17290000000000002\t,,1,,03/13/2026 09:00:00 PM\t,,\n"
        "5770000000000000014\t,Shipped,,17290000000000002\t,,1,,03/13/2026 09:00:00 PM\t,,\n",
        sales=(("2026-03-01", "CUP-1", "US FBT", 2.0, "5770000000000000011"),
               ("2026-03-13", "17290000000000002", "", 1.0, "5770000000000000014")),
        left_out={"description": 1, "cancelled": 1, "unpaid": 1},
    ),
    Export(
        "shopee_orders",
        "Report of orders\n\nหมายเลขคำสั่งซื้อ,สถานะการสั่งซื้อ,เลขอ้างอิง Parent SKU,เลขอ้างอิง SKU (SKU Reference No.),จำนวน,"
        "วันที่ทำการสั่งซื้อ\n2611A,สำเร็จแล้ว,P-9,CUP-1,3,2026-11-11 00:03\n2611B,ยกเลิกแล้ว,P-9,CUP-1,1,2026-11-11 00:04\n"
        "2611C,สำเร็จแล้ว,P-9,,1,2026-11-11 00:05\n",
        sales=(("2026-11-11", "CUP-1", "", 3.0, "2611A"), ("2026-11-11", "P-9", "", 1.0, "2611C")),
        left_out={"cancelled": 1},
    ),
    Export(
        "lazada_orders",
        "orderItemId,orderNumber,sellerSku,unitPrice,createTime,status\n91,3301,CUP-1,9.90,11 Nov 2026 00:03,shipped\n"
        "92,3301,CUP-1,9.90,11 Nov 2026 00:03,shipped\n93,3302,CUP-1,9.90,11 Nov 2026 00:05,canceled\n",
        sales=(("2026-11-11", "CUP-1", "", 1.0, "3301"), ("2026-11-11", "CUP-1", "", 1.0, "3301")),
        left_out={"cancelled": 1},
    ),
    Export(
        "ebay_orders",
        ",,,,,,\nSales Record Number,Order Number,Item Number,Custom Label,Quantity,Sold For,Sale Date\n,,,,,,\n"
        "1001,12-1,99,CUP-1,1,$26.00,Sep-30-26\n1002,,,,3,$71.00,Oct-01-26\n1002,12-2,98,POT-2,2,$20.00,Oct-01-26\n\n"
        "2,\"record(s) downloaded, from \",,,,,\nSeller ID : me,,,,,,\n",
        sales=(("2026-09-30", "CUP-1", "", 1.0, "12-1"), ("2026-10-01", "POT-2", "", 2.0, "12-2")),
        left_out={"summary": 1, "footer": 2},
    ),
    Export("etsy_orders",
           "Sale Date,Quantity,Price,Transaction ID,Listing ID,Order ID,SKU\n09/03/26,2,34.00,4,1,9001,CUP-1\n",
           sales=(("2026-09-03", "CUP-1", "", 2.0, "9001"),)),
    Export("woocommerce_products",
           "ID,SKU,In stock?,Stock,Backorders allowed?,Regular price\n1,CUP-1,1,12,0,45\n2,POT-2,1,,0,9\n",
           stock=(("CUP-1", "", 12.0, 0.0),), left_out={"not_stocked": 1}),
    Export(
        "mabang_stock",
        "库存SKU编号,仓库,销量(7/28/42),预测日销量(个),仓位库存,在途量,海外仓预调入量,分仓调拨预调入量,未发货量,可用库存量,成本价(RMB)\n"
        'CUP-1,深圳仓,28/120/180,4.1,560,"1,200",300,0,12,548,8.00\n合计,,,,560,,,,,,\n',
        stock=(("CUP-1", "深圳仓", 548.0, 12.0),),
        inbound=(("马帮 在途", "CUP-1", "深圳仓", 1200.0), ("马帮 海外仓预调入", "CUP-1", "深圳仓", 300.0)),
        left_out={"total": 1},
    ),
    Export(
        "lingxing_stock",
        "仓库,SKU,店铺,实际库存总量,可用量,次品量,待检待上架量,锁定量,待收货量,调拨在途,单位库存成本\n"
        "深圳仓,CUP-1,US-A,600,500,2,38,12,1200,0,8.00\n深圳仓,CUP-1,US-B,48,48,0,0,0,0,0,8.00\n",
        stock=(("CUP-1", "深圳仓", 500.0, 12.0), ("CUP-1", "深圳仓", 48.0, 0.0)),
        inbound=(("领星 待收货", "CUP-1", "深圳仓", 1200.0), ("领星 待检待上架", "CUP-1", "深圳仓", 38.0)),
    ),
    Export("goodcang_inventory",
           "product_sku,warehouse_code,onway,pending,sellable,reserved\nCUP-1,USEA,1482,31,10335,10\n",
           stock=(("CUP-1", "USEA", 10335.0, 10.0),),
           inbound=(("谷仓 在途", "CUP-1", "USEA", 1482.0), ("谷仓 待上架", "CUP-1", "USEA", 31.0))),
    Export("amazon_returns",
           "return-date\tsku\tquantity\tdetailed-disposition\treason\n2026-05-11\tCUP-1\t1\tSELLABLE\tX\n", "\t",
           left_out={"not_wanted": 1}),
    Export("temu_orders", "订单号,SKC,SKU货号,备货数量\nWB1,45,CUP-1,\"1,200\"\n", left_out={"not_wanted": 1}),
    Export("tiktok_lives", "id,start_time,end_time,sales_performance\n1,2,3,{}\n", left_out={"not_wanted": 1}),
    Export("sales_table", "日期;货号;仓库;销量\n2026-11-01;CUP-1;LA;3\n2026-11-02;CUP-1;LA;-1\n", ";",
           sales=(("2026-11-01", "CUP-1", "LA", 3.0, ""), ("2026-11-02", "CUP-1", "LA", -1.0, ""))),
    Export("available_table", "SKU,可用量,单价\n00123,\"1,200\",8.50\n1E10,(3),5\n",
           stock=(("00123", "", 1200.0, 0.0), ("1E10", "", -3.0, 0.0))),
    Export("stock_table", "Artikelnummer;Bestand;Preis\n00123;1.200;8,50 €\n", ";", (("00123", "", None, None),)),
)  # fmt: skip
