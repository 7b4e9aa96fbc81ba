"""The input tables: every column that a seller may fill, with its unit, default and one line of help."""

from __future__ import annotations

from restock.schema.columns import Column, Kind, Table

N, D, T, F, C = Kind.NUMBER, Kind.DATE, Kind.TIME, Kind.FLAG, Kind.CHOICE

_SKU = Column(
    "sku", "SKU*", "货号 SKU*", required=True, width=16,
    also=("货号", "商品编码", "seller sku", "msku", "item sku", "product sku", "库存sku", "sku编码", "商品sku", "article"),
    help_en="Your item number. Type it the same way everywhere.",
    help_zh="您的货号，每张表写法一致。",
)  # fmt: skip
_WAREHOUSE = Column(
    "warehouse", "Warehouse", "仓库", width=13,
    also=("wh", "location", "warehouse name", "仓库名称", "所在仓库", "fulfillment center"),
    help_en="Where the goods lie. Empty: the only warehouse.",
    help_zh="货在哪个仓。不填：唯一的仓库。",
)  # fmt: skip

STOCK = Table(
    "Stock", "Stock", "库存",
    (
        _SKU,
        _WAREHOUSE,
        Column("on_hand", "On hand* (units)", "实物库存*(件)", N, "units", required=True, width=11,
               also=("stock", "quantity on hand", "qty on hand", "库存", "现有库存", "库存数量", "实际库存"),
               help_en="As the warehouse counts it. If you only have 'available', type that and leave Reserved empty.",
               help_zh="仓库实点数。若只有“可用库存”，填在这里，“已占用”留空。"),
        Column("reserved", "Reserved (units)", "已占用(件)", N, "units", minimum=0, default=0.0, width=10,
               also=("committed", "allocated", "占用库存", "已锁定", "待发货"),
               help_en="Sold, not yet shipped. Empty: 0.", help_zh="已卖出、未发货。不填：0。"),
        Column("daily_sales", "Daily sales, typed", "日均销量(手填)", N, "units per day", minimum=0, width=10,
               also=("daily sales", "daily demand", "average daily sales", "日均销量", "日销", "日销量", "日均", "30天日均"),
               help_en="What you expect to sell on a normal day. Wins over the forecast when filled.",
               help_zh="平常一天卖多少。填了就以此为准。"),
        Column("stock_date", "Stock date", "库存日期", D, width=12, also=("as of", "as_of", "盘点日期", "日期"),
               help_en="The morning of this count. Empty: the date in Settings, else found by itself.",
               help_zh="这次盘点是哪天早上的。不填：取设置里的日期，再不然自动判断。"),
    ),
    signature=("sku", "on_hand"), key=("sku", "warehouse"),
    help_en="Tier = how long you can sell what is there. Order by = when you must order. A green row can be late to order.",
    help_zh="预警＝现有库存还能卖多久；最晚下单日＝最迟哪天必须下单。绿色也可能已经该下单了。",
)  # fmt: skip

SALES = Table(
    "Sales", "Sales", "销售",
    (
        Column("date", "Date*", "日期*", D, required=True, width=12,
               also=("day", "order date", "sale date", "created at", "下单时间", "订单日期", "销售日期", "付款时间"),
               help_en="Day of the sale.", help_zh="销售日期。"),
        _SKU,
        _WAREHOUSE,
        Column("qty", "Quantity* (units)", "销量*(件)", N, "units", required=True, width=11,
               also=("quantity", "units", "units sold", "qty sold", "lineitem quantity", "数量", "销量", "件数", "购买数量"),
               help_en="Units sold; returns with a minus are netted in the day.", help_zh="售出件数；退货填负数，当天相抵。"),
        Column("in_stock", "In stock?", "当天有货？", F, width=10, also=("available", "是否有货"),
               help_en="'no' where the item was sold out that day: it then does not count as low demand.",
               help_zh="当天断货填“否”，这天就不会被当成卖得少。"),
    ),
    signature=("date", "sku", "qty"),
    help_en="One row per day, SKU and warehouse, or one per order line. Today's sales are not history yet.",
    help_zh="每天每货号每仓一行，或每个订单一行。今天的销售还不算历史。",
)  # fmt: skip

INBOUND = Table(
    "Inbound", "Inbound", "在途",
    (
        Column("document", "Document", "单号", width=14, also=("po", "shipment", "reference", "采购单号", "运单号", "货件编号"),
               help_en="Order or shipment number.", help_zh="采购单或货件号。"),
        _SKU,
        Column("from", "From", "发出地", width=12, also=("origin", "supplier", "发货地", "供应商"),
               help_en="Supplier or warehouse it comes from. Empty: the supplier.", help_zh="从哪个供应商或仓库来。不填：供应商。"),
        Column("warehouse", "To warehouse", "到仓", width=13, also=("warehouse", "destination", "目的仓", "仓库", "收货仓"),
               help_en="Where it arrives.", help_zh="到哪个仓。"),
        Column("ordered", "Ordered (units)", "订购(件)", N, "units", required=True, minimum=0, width=11,
               also=("quantity", "qty", "shipped", "数量", "发货数量", "在途数量"),
               help_en="Units ordered or shipped.", help_zh="订购或发出的件数。"),
        Column("received", "Received so far (units)", "已收(件)", N, "units", minimum=0, default=0.0, width=12,
               also=("received", "qty received", "已收数量", "收货数量"),
               help_en="Units that already arrived.", help_zh="已经收到的件数。"),
        Column("received_on", "Received on", "收货日期", D, width=12,
               help_en="Day the received units became sellable.", help_zh="收到的货哪天可以卖。"),
        Column("shipped_on", "Shipped on", "发货日期", D, width=12, help_en="Day it left.", help_zh="哪天发出。"),
        Column("sellable_on", "Sellable on", "预计可售日", D, width=12,
               also=("eta", "expected", "arrival date", "available on", "预计到货", "到货日期", "上架日期", "预计上架"),
               help_en="Day it can be sold, after check-in: not the day it reaches the port.",
               help_zh="上架可卖的日期，不是到港日期。"),
        Column("state", "State", "状态", C, choices="inbound_state", width=12, also=("status",),
               help_en="ordered, shipped, part received, received or cancelled.", help_zh="已下单、已发运、部分到货、已到、已取消。"),
    ),
    signature=("sku", "ordered", "sellable_on"),
    help_en="What is on its way. When goods have arrived, type 'received' as the state: the row then stops counting.",
    help_zh="在路上的货。到货后在状态里填“已到”，这一行就不再计入。",
)  # fmt: skip

LIVESTREAMS = Table(
    "Livestreams", "Livestreams", "直播",
    (
        Column("show", "Show*", "场次*", required=True, width=16, also=("livestream", "event", "直播", "直播场次"),
               help_en="One name per show; repeat it on each SKU's row.", help_zh="每场一个名字，同场各货号都写同一个。"),
        Column("start", "Start*", "开始时间*", T, required=True, width=17, also=("date", "show date", "直播时间", "日期"),
               help_en="Date, or date and time, on the clock of the zone.", help_zh="日期或日期时间，按所填时区。"),
        Column("zone", "Time zone", "时区", width=18, also=("timezone",),
               help_en="For example America/Los_Angeles. Empty: the warehouse's.", help_zh="如 Asia/Shanghai。不填：取发货仓的时区。"),
        Column("platform", "Platform", "平台", width=12, help_en="TikTok, Shopee …", help_zh="TikTok、Shopee 等。"),
        Column("host", "Host", "主播", width=12, also=("creator",), help_en="Who presents.", help_zh="谁播。"),
        Column("viewers", "Total viewers (not peak)", "场观(累计观看人数)", N, "people", minimum=0, width=12,
               also=("viewers", "expected viewers", "场观", "观看人数"),
               help_en="For the whole show; type it once.", help_zh="整场累计，写一次即可。"),
        Column("conversion", "Buyers per 100 viewers (%)", "转化率(%)", N, "share of viewers", minimum=0, maximum=1, width=12,
               also=("conversion", "conversion rate", "buyers per 100 viewers", "转化率", "转化"),
               help_en="3% or 0.03, for the whole show; type it once.", help_zh="3% 或 0.03，整场一个，写一次。"),
        _SKU,
        Column("warehouse", "Ships from", "发货仓", width=13, also=("warehouse", "仓库"),
               help_en="Warehouse that ships the show's orders.", help_zh="直播订单从哪个仓发。"),
        Column("share", "Share of the show (%)", "占比(%)", N, "share", minimum=0, maximum=1, width=11, also=("share", "占比"),
               help_en="This SKU's part of the show's units.", help_zh="这个货号占整场件数的多少。"),
        Column("planned_units", "Planned (units)", "计划(件)", N, "units", minimum=0, width=11,
               also=("planned", "planned units", "expected units", "计划销量"),
               help_en="Wins over viewers when filled.", help_zh="填了就以此为准。"),
        Column("actual_units", "Actual (units)", "实际(件)", N, "units", minimum=0, width=11, also=("actual", "实际销量"),
               help_en="After the show: what was sold. It then no longer counts as ahead.",
               help_zh="播完填实际销量，填了就不再算未播。"),
        Column("sold_out", "Sold out?", "是否售罄", F, width=9, help_en="'yes' where it sold out during the show.", help_zh="直播中卖断货填“是”。"),
    ),
    signature=("show", "start", "sku"),
    help_en="Viewers and conversion belong to the show and are split over its SKUs. Nothing typed: 4 times a normal day.",
    help_zh="场观和转化率是整场的，会分到各货号。都不填：按平常一天的4倍估。",
)  # fmt: skip

CATALOG = Table(
    "Catalog", "Catalog", "商品",
    (
        _SKU,
        Column("name", "Name", "品名", width=24, also=("title", "product name", "商品名称", "名称"), help_en="What people call it.", help_zh="商品名称。"),
        Column("class", "Class", "类型", C, choices="class", width=14, also=("category", "分类", "商品类型"),
               help_en="traffic-drawing, profit or slow. Empty: found from units sold.", help_zh="引流款、利润款、长尾款。不填：按销量自动判断。"),
        Column("cost", "Unit cost", "单件成本", N, "money per unit", minimum=0, also=("cost", "purchase price", "采购价", "成本"),
               help_en="What one unit costs you.", help_zh="一件的采购成本。"),
        Column("price", "Unit price", "单件售价", N, "money per unit", minimum=0, also=("price", "selling price", "售价", "单价"),
               help_en="What one unit sells for.", help_zh="一件的售价。"),
        Column("currency", "Price currency", "售价币种", width=9, also=("currency", "币种"), help_en="Empty: the book's currency.", help_zh="不填：本表的币种。"),
        Column("supplier", "Supplier", "供应商", width=14, also=("vendor",), help_en="Who makes it.", help_zh="由谁供货。"),
        Column("supplier_item", "Supplier's item no.", "供应商货号", width=14, help_en="The number the factory knows.", help_zh="工厂用的货号。"),
        Column("barcode", "Barcode", "条码", width=16, also=("ean", "upc", "fnsku", "gtin"), help_en="On the carton or unit.", help_zh="箱码或商品条码。"),
        Column("moq", "Minimum order (units)", "起订量(件)", N, "units", minimum=0, default=1.0, also=("moq", "起订量", "最小起订量"),
               help_en="Per order, over all warehouses. Empty: 1.", help_zh="每次下单合计最少多少件。不填：1。"),
        Column("case_pack", "Units per carton", "箱规(每箱件数)", N, "units", minimum=1, whole=True, default=1.0,
               also=("case pack", "carton", "pack size", "箱规", "每箱数量", "装箱数"),
               help_en="Orders are rounded up to whole cartons. Empty: 1.", help_zh="下单按整箱取整。不填：1。"),
        Column("volume", "Volume (litres per unit)", "体积(升/件)", N, "litres per unit", minimum=0, help_en="For pallet slots.", help_zh="用于算托盘位。"),
        Column("weight", "Weight (kg per unit)", "重量(千克/件)", N, "kg per unit", minimum=0, help_en="For freight.", help_zh="用于算运费。"),
        Column("similar_sku", "Sells like (SKU)", "参考货号", width=14, also=("similar sku",), help_en="For a new SKU: the one it sells like.", help_zh="新品：参照哪个货号。"),
        Column("multiplier", "times", "倍数", N, "factor", minimum=0, default=1.0, also=("multiplier",), width=8, help_en="0.6: sells 60 % as well.", help_zh="0.6：按六成估。"),
        Column("status", "Status", "状态", C, choices="status", width=13, help_en="active, new, discontinued or unsellable.", help_zh="在售、新品、停售、不可售。"),
        Column("transferable", "May be moved?", "可调拨？", F, width=10, also=("transferable",), default=True,
               help_en="'no' keeps it where it is. Empty: yes.", help_zh="填“否”就不建议调拨。不填：是。"),
    ),
    signature=("sku", "name", "case_pack"), key=("sku",),
    help_en="One row per SKU. Everything here may stay empty.", help_zh="每个货号一行，都可以不填。",
)  # fmt: skip

BUNDLES = Table(
    "Bundles", "Bundles", "组合装",
    (
        Column("bundle", "Bundle SKU*", "组合货号*", required=True, width=16, also=("bundle", "组合sku", "组合装"), help_en="What is sold.", help_zh="卖的组合。"),
        Column("sku", "Contains SKU*", "包含货号*", required=True, width=16, also=("component", "sku", "单品"), help_en="What is in it.", help_zh="里面有什么。"),
        Column("qty", "Units of it*", "件数*", N, "units", required=True, minimum=0, also=("qty", "quantity", "数量"), help_en="How many.", help_zh="几件。"),
    ),
    signature=("bundle", "sku", "qty"), key=("bundle", "sku"),
    help_en="Sales of a bundle count as sales of what is in it.", help_zh="组合的销量会算到其中的单品上。",
)  # fmt: skip

WAREHOUSES = Table(
    "Warehouses", "Warehouses", "仓库",
    (
        Column("warehouse", "Warehouse*", "仓库*", required=True, width=14, also=("warehouse", "name", "仓库名称"), help_en="Its name, as on Stock.", help_zh="名称，与库存表一致。"),
        Column("country", "Country", "国家", width=10, help_en="Two letters: US, DE, JP …", help_zh="两位字母：US、DE、JP。"),
        Column("zone", "Time zone", "时区", width=20, also=("timezone",), help_en="Empty: the country's.", help_zh="不填：按国家。"),
        Column("keep_days", "Days the sender keeps", "调出仓保留天数", N, "days", minimum=0, also=("keep days",), help_en="A transfer leaves at least this. Empty: Settings.", help_zh="调拨后至少留够这些天。不填：按设置。"),
        Column("currency_rate", "Book money per unit of its currency", "汇率", N, "money", minimum=0, also=("rate", "currency rate"), help_en="Empty: 1.", help_zh="1单位该币种合多少本表币种。不填：1。"),
        Column("check_in_days", "Check-in (days)", "入仓上架天数", N, "days", minimum=0, also=("check in days", "receiving days"), help_en="From the gate to sellable. Empty: Settings.", help_zh="到仓到可卖的天数。不填：按设置。"),
    ),
    signature=("warehouse", "country"), key=("warehouse",),
    help_en="Places on Stock that are missing here are added by themselves.", help_zh="库存表里有、这里没有的仓库会自动加上。",
)  # fmt: skip

SUPPLIERS = Table(
    "Suppliers", "Suppliers", "供应商",
    (
        Column("supplier", "Supplier*", "供应商*", required=True, width=16, also=("supplier", "name", "vendor"), help_en="As in Catalog.", help_zh="与商品表一致。"),
        Column("contact", "Contact", "联系人", width=16, help_en="Name, phone or WeChat.", help_zh="姓名、电话或微信。"),
        Column("language", "Language", "语言", C, choices="language", width=10, help_en="Of the order sheet.", help_zh="订单用什么语言。"),
        Column("currency", "Currency", "币种", width=9, help_en="You pay in.", help_zh="付款币种。"),
        Column("currency_rate", "Book money per unit of its currency", "汇率", N, "money", minimum=0, also=("rate", "currency rate"), help_en="Empty: 1.", help_zh="1单位该币种合多少本表币种。不填：1。"),
        Column("production_days", "Production (days)", "生产天数", N, "days", minimum=0, also=("production days", "lead time", "交期"), help_en="From order to leaving the factory. Empty: Settings.", help_zh="下单到出厂。不填：按设置。"),
        Column("production_sd", "Production varies by (days)", "生产波动(天)", N, "days", minimum=0, also=("production sd",), help_en="Empty: 20 %, at least 2.", help_zh="不填：20%，至少2天。"),
        Column("minimum_order_value", "Minimum order value", "最低订单金额", N, "money", minimum=0, help_en="Empty: none.", help_zh="不填：无。"),
        Column("closed_from", "Closed from", "放假自", D, help_en="First day of the holiday.", help_zh="停工第一天。"),
        Column("closed_to", "Closed to", "放假至", D, help_en="Last day of the holiday.", help_zh="停工最后一天。"),
        Column("backup_of", "Backup for", "备用于", width=14, help_en="The supplier this one can replace.", help_zh="可替代哪家。"),
        Column("rush_days", "Rush (days)", "加急天数", N, "days", minimum=0, help_en="Production when rushed.", help_zh="加急生产天数。"),
        Column("rush_premium", "Rush, extra cost per unit", "加急加价", N, "money per unit", minimum=0, help_en="Extra cost per unit.", help_zh="每件加价。"),
    ),
    signature=("supplier", "production_days"), key=("supplier",),
    help_en="One row per supplier. Missing lead times are assumed and flagged.", help_zh="每家供应商一行。没填的天数按默认估计，并会标出。",
)  # fmt: skip

ROUTES = Table(
    "Routes", "Routes", "线路",
    (
        Column("from", "From*", "从*", required=True, width=14, also=("from", "origin", "起点"), help_en="Supplier or warehouse.", help_zh="供应商或仓库。"),
        Column("to", "To*", "到*", required=True, width=14, also=("to", "destination", "终点"), help_en="Warehouse.", help_zh="仓库。"),
        Column("mode", "Mode", "运输方式", C, choices="mode", width=9, help_en="sea, air, land or express.", help_zh="海运、空运、陆运、快递。"),
        Column("days", "Days*", "天数*", N, "days", required=True, minimum=0, also=("days", "transit days", "运输天数"), help_en="Door to door.", help_zh="门到门天数。"),
        Column("days_sd", "Varies by (days)", "波动天数", N, "days", minimum=0, also=("days sd",), help_en="Empty: 20 %, at least 2.", help_zh="不填：20%，至少2天。"),
        Column("cost_per_unit", "Cost per unit", "每件运费", N, "money per unit", minimum=0, default=0.0, help_en="In the book's currency.", help_zh="按本表币种。"),
        Column("cost_per_shipment", "Cost per shipment", "每票费用", N, "money", minimum=0, default=0.0, help_en="Once per shipment.", help_zh="每票一次。"),
        Column("minimum", "At least (units)", "最少(件)", N, "units", minimum=0, default=0.0, also=("minimum",), help_en="Smallest quantity per line.", help_zh="每行最少件数。"),
        Column("slot_cost", "Cost per pallet", "每托盘费用", N, "money", minimum=0, help_en="Empty: none.", help_zh="不填：无。"),
        Column("slot_volume", "Litres per pallet", "每托盘容积(升)", N, "litres", minimum=0, help_en="Empty: no limit.", help_zh="不填：不限。"),
        Column("slot_weight", "Kg per pallet", "每托盘载重(千克)", N, "kg", minimum=0, help_en="Empty: no limit.", help_zh="不填：不限。"),
        Column("cost_per_line", "Cost per line", "每行费用", N, "money", minimum=0, default=0.0, help_en="Once per SKU of a shipment.", help_zh="一票里每个货号一次。"),
    ),
    signature=("from", "to", "days"), key=("from", "to", "mode"),
    help_en="Shipping routes. Only routes typed here are used; without any, no transfer is suggested.",
    help_zh="运输线路。只用这里写的线路；一条都没有就不建议调拨。",
)  # fmt: skip

EVENTS = Table(
    "Events", "Events", "活动",
    (
        Column("event", "Event*", "活动*", required=True, width=18, also=("event", "name", "名称"), help_en="Name.", help_zh="名称。"),
        Column("start", "First day*", "开始*", D, required=True, also=("start", "from", "开始日期"), help_en="First day.", help_zh="第一天。"),
        Column("end", "Last day", "结束", D, also=("end", "to", "结束日期"), help_en="Empty: one day.", help_zh="不填：一天。"),
        Column("uplift", "Times a normal day", "倍数", N, "factor", minimum=0, also=("uplift", "multiplier"), help_en="1.5: half as much again.", help_zh="1.5：比平常多一半。"),
        Column("warehouse", "Warehouse", "仓库", also=("wh",), help_en="Empty: all.", help_zh="不填：全部。"),
        Column("sku", "SKU", "货号", also=("货号 sku",), help_en="Empty: all.", help_zh="不填：全部。"),
    ),
    signature=("event", "start", "uplift"),
    help_en="Sales days and holidays: how many times a normal day sells.", help_zh="大促和节日：是平常一天的几倍。",
)  # fmt: skip

SETTINGS = Table(
    "Settings", "Settings", "设置",
    (
        Column("setting", "Setting", "项目", width=34, also=("key", "设置")),
        Column("value", "Value", "数值", width=14, also=("值",)),
        Column("meaning", "What it means", "说明", width=70),
    ),
    signature=("setting", "value"), key=("setting",),
    help_en="Everything here has a sensible value already. An empty value is the default.",
    help_zh="都有合适的默认值，可以不动。留空就是默认值。",
)  # fmt: skip

SKU_MAP = Table(
    "SkuMap", "SKU map", "货号对照",
    (
        Column("platform_sku", "Platform SKU*", "平台货号*", required=True, width=20, help_en="As the shop or platform writes it.", help_zh="店铺或平台上的写法。"),
        Column("sku", "Own SKU*", "自有货号*", required=True, width=16, also=("own sku", "自有货号"),
               help_en="Yours. For a bundle one row per item in it.", help_zh="您自己的货号。组合装每个单品一行。"),
        Column("units", "Units of it", "含几件", N, "units", minimum=0, default=1.0, width=10, help_en="Empty: 1.", help_zh="不填：1。"),
        Column("platform", "Only for", "仅用于", width=16, help_en="Amazon, TikTok, Shopee … Empty: everywhere.", help_zh="亚马逊、TikTok、Shopee 等。不填：都适用。"),
    ),
    signature=("platform_sku", "sku"), key=("platform_sku", "sku", "platform"),
    help_en="Platform SKUs that differ from yours, for restock import. The same SKU everywhere: leave this empty.",
    help_zh="平台货号与自有货号不同时在这里对照，供 restock import 使用。写法都一样就不用填。",
)  # fmt: skip

SALES_ORDER = Column(
    "order", "Order no.", "订单号", width=22,
    help_en="Written by restock import: a later file takes the place of the same order.", help_zh="由 restock import 写入：同一订单以后来的文件为准。",
)  # fmt: skip
"""Beside Sales; only imports read it."""

INPUT_TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        STOCK, SALES, INBOUND, LIVESTREAMS, CATALOG, BUNDLES, WAREHOUSES, SUPPLIERS, ROUTES, EVENTS, SETTINGS,
        SKU_MAP,
    )
}  # fmt: skip
