"""The tables that a press of the button writes. Column names are read back at the next press, so they are public too."""

from __future__ import annotations

from restock.schema.columns import Column, Kind, Table

N, D, C, T = Kind.NUMBER, Kind.DATE, Kind.CHOICE, Kind.TIME

_SKU = Column("sku", "SKU", "货号 SKU", width=16)
_WAREHOUSE = Column("warehouse", "Warehouse", "仓库", width=13)
_NAME = Column("name", "Name", "品名", width=22)
_TIER = Column("tier", "Tier", "预警", C, choices="tier", width=10)
_ACTION = Column("action", "What to do", "建议动作", width=70)
_NOTE = Column("note", "Your note", "备注", typed=True, width=18)

STOCK_COMPUTED: tuple[Column, ...] = (
    Column("name", "Name", "品名", width=20, help_en="From Catalog.", help_zh="取自商品表。"),
    Column("tier", "Tier", "预警", C, choices="tier", width=10,
           help_en="How long you can sell what is there.", help_zh="现有库存还能卖多久。"),
    Column("days_left", "Days left", "可售天数", N, "days", width=9,
           help_en="Planned shows taken off, arrivals not counted. Rounded down.", help_zh="已扣计划直播，不含在途，向下取整到0.1。"),
    Column("sells_out_on", "Sells out on", "预计售罄日", D, width=12,
           help_en="With arrivals and shows.", help_zh="含在途和直播。"),
    Column("action", "What to do", "建议动作", width=48),
    Column("order_by", "Order by", "最晚下单日", D, width=12,
           help_en="Latest day to order so that it arrives in time.", help_zh="最迟哪天下单才来得及。"),
    Column("order_units", "Order (units)", "建议采购(件)", N, "units", width=10, help_en="After cartons.", help_zh="已按整箱取整。"),
    Column("available", "Available (units)", "可售库存(件)", N, "units", width=10,
           help_en="On hand - reserved, rolled forward to the last press.", help_zh="实物库存－已占用，并推算到最近一次计算。"),
    Column("daily_used", "Daily sales used", "采用日均销量", N, "units per day", width=10,
           help_en="Typed, else the forecast.", help_zh="手填优先，否则用预测。"),
    Column("next_show", "Next show", "下一场直播", D, width=12),
    Column("show_units", "Show units, 15 days", "直播预计销量(件)", N, "units", width=10),
    Column("on_the_way", "On the way (units)", "在途(件)", N, "units", width=10,
           help_en="Open units on Inbound and of committed lines, as of the last press.",
           help_zh="在途表和已确认行未到的件数（以最近一次计算为准）。"),
    Column("next_arrival", "Next arrival", "下次到货日", D, width=12),
    Column("position", "Stock + on the way", "库存+在途(件)", N, "units", width=10),
    Column("safety_stock", "Safety stock", "安全库存(件)", N, "units", width=10),
    Column("reorder_at", "Reorder at", "补货点(件)", N, "units", width=10,
           help_en="Order when stock + on the way falls to this.", help_zh="库存＋在途降到这个数就该下单。"),
    Column("trend", "Last 60 days", "近60天走势", width=14),
    Column("forecast_row", "Row on Forecast", "预测表行号", N, width=9),
    Column("need_1", "Need through first day", "需求到第1档", N, "units", width=9),
    Column("need_2", "Need through second day", "需求到第2档", N, "units", width=9),
    Column("need_3", "Need through third day", "需求到第3档", N, "units", width=9),
    Column("need_4", "Need through fourth day", "需求到第4档", N, "units", width=9),
    Column("need_5", "Need through fifth day", "需求到第5档", N, "units", width=9),
    Column("cover", "Days left, exact", "精确可售天数", N, "days", width=9),
)  # fmt: skip

FORECAST = Table(
    "Forecast", "Forecast", "预测",
    (
        _SKU,
        _WAREHOUSE,
        Column("row_key", "Key", "键", width=20),
        _NAME,
        Column("discontinued", "Discontinued", "停售", width=9),
        Column("class", "Class", "类型", C, choices="class", width=13),
        Column("daily", "Daily sales, forecast", "预测日均销量", N, "units per day", width=11),
        Column("daily_sd", "Day-to-day spread", "日波动", N, "units per day", width=11),
        Column("need_1", "Need through first day", "需求到第1档", N, "units", width=11),
        Column("need_2", "Need through second day", "需求到第2档", N, "units", width=11),
        Column("need_3", "Need through third day", "需求到第3档", N, "units", width=11),
        Column("need_4", "Need through fourth day", "需求到第4档", N, "units", width=11),
        Column("need_5", "Need through fifth day", "需求到第5档", N, "units", width=11),
        Column("show_1", "Shows through first day", "直播到第1档", N, "units", width=11),
        Column("show_2", "Shows through second day", "直播到第2档", N, "units", width=11),
        Column("show_3", "Shows through third day", "直播到第3档", N, "units", width=11),
        Column("show_4", "Shows through fourth day", "直播到第4档", N, "units", width=11),
        Column("show_5", "Shows through fifth day", "直播到第5档", N, "units", width=11),
        Column("stock_date", "Stock date at the press", "计算时库存日期", D, width=12),
        Column("on_hand", "On hand at the press", "计算时实物库存", N, "units", width=11),
        Column("adjustment", "Adjustment (units)", "调整(件)", N, "units", width=11),
        Column("sells_out_on", "Sells out on", "预计售罄日", D, width=12),
        Column("action", "What to do", "建议动作", width=50),
        Column("order_by", "Order by", "最晚下单日", D, width=12),
        Column("order_units", "Order (units)", "建议采购(件)", N, "units", width=11),
        Column("next_show", "Next show", "下一场直播", D, width=12),
        Column("show_units", "Show units, 15 days", "15天直播销量(件)", N, "units", width=11),
        Column("on_the_way", "On the way (units)", "在途(件)", N, "units", width=11),
        Column("next_arrival", "Next arrival", "下次到货日", D, width=12),
        Column("safety_stock", "Safety stock", "安全库存(件)", N, "units", width=11),
        Column("reorder_at", "Reorder at", "补货点(件)", N, "units", width=11),
        Column("fill_up_to", "Fill up to", "补到(件)", N, "units", width=11),
        Column("lead_days", "Days from order to sellable", "补货周期(天)", N, "days", width=11),
        Column("trend", "Last 60 days", "近60天走势", width=14),
        Column("basis", "How it was made", "依据", width=40),
        Column("next_7", "Next 7 days (units)", "未来7天(件)", N, "units", width=11),
        Column("next_14", "Next 14 days (units)", "未来14天(件)", N, "units", width=11),
        Column("next_30", "Next 30 days (units)", "未来30天(件)", N, "units", width=11),
        Column("next_60", "Next 60 days (units)", "未来60天(件)", N, "units", width=11),
        # behind the sentences of this row, and behind Explain
        Column("tier", "Tier", "预警", C, choices="tier", detail=True, width=10),
        Column("since", "Since", "起始日", D, also=("自",), detail=True, width=12),
        Column("reserved", "Reserved at the press", "计算时已占用", N, "units", detail=True, width=11),
        Column("available", "Available (units)", "可售库存(件)", N, "units", detail=True, width=11),
        Column("cover", "Days left, exact", "精确可售天数", N, "days", detail=True, width=11),
        Column("days_left", "Days left", "可售天数", N, "days", detail=True, width=9),
        Column("days_without_show", "Whole days left without shows", "不播可售整天数", N, "days", detail=True, width=11),
        Column("typed_daily", "Daily sales typed", "日均为手填", detail=True, width=9),
        Column("service", "Chance of not running out", "不断货概率", N, "share", detail=True, width=11),
        Column("undated", "On the way, overdue or without a date (units)", "在途中逾期或无日期(件)", N, "units", detail=True, width=12),
        Column("arrival_units", "Units of the next arrival", "下次到货(件)", N, "units", detail=True, width=11),
        Column("gap_days", "Days without stock", "断货天数", N, "days", detail=True, width=10),
        Column("gap_until", "Without stock until", "断货到", D, detail=True, width=12),
        Column("gap_units", "Then arrive (units)", "断货后到货(件)", N, "units", detail=True, width=11),
        Column("gap_lost", "Lost until then (units)", "断货少卖(件)", N, "units", detail=True, width=11),
        Column("margin", "Margin per unit", "单件毛利", N, "money", detail=True, width=10),
        Column("lost_units", "Sales you may lose (units)", "可能少卖(件)", N, "units", detail=True, width=11),
        Column("lost_money", "You may lose", "可能少赚", N, "money", detail=True, width=11),
        Column("supplier", "Supplier", "供应商", detail=True, width=14),
        Column("mode", "Mode", "运输方式", C, choices="mode", detail=True, width=9),
        Column("production_days", "Production (days)", "生产(天)", N, "days", detail=True, width=10),
        Column("route_days", "On the road (days)", "路上(天)", N, "days", detail=True, width=10),
        Column("check_in_days", "Check-in (days)", "入仓上架(天)", N, "days", detail=True, width=10),
        Column("lead_assumed", "Days assumed", "周期为估计", detail=True, width=9),
        Column("order_status", "Order date", "下单状态", C, choices="order_status", detail=True, width=11),
        Column("position", "Stock + on the way", "库存+在途(件)", N, "units", detail=True, width=11),
        Column("moved", "Proposed transfers in, less out (units)", "建议调入减调出(件)", N, "units", detail=True, width=12),
        Column("position_moved", "After the proposed transfers (units)", "调拨后(件)", N, "units", detail=True, width=12),
        Column("needed", "Needed before rounding", "取整前(件)", N, "units", detail=True, width=11),
        Column("moq", "Minimum order (units)", "起订量(件)", N, "units", detail=True, width=10),
        Column("case_pack", "Units per carton", "每箱件数", N, "units", detail=True, width=10),
        Column("cartons", "Cartons", "箱数", N, "cartons", detail=True, width=9),
        Column("move_units", "Transfer in (units)", "建议调入(件)", N, "units", detail=True, width=10),
        Column("move_from", "Transfer from", "从哪调", detail=True, width=12),
        Column("move_by", "Ship by", "最晚发货", D, detail=True, width=12),
        Column("basis_days", "Days of sales used", "采用的销售天数", N, "days", detail=True, width=10),
        Column("half_life", "Counts half after (days)", "几天前算一半", N, "days", detail=True, width=10),
        Column("season", "Last year believed", "采信去年", N, "share", detail=True, width=10),
        Column("ignored", "Days left out", "不计的天数", N, "days", detail=True, width=9),
        Column("capped", "Bulk orders capped", "大单封顶(次)", N, detail=True, width=9),
        Column("capped_on", "Largest bulk order on", "最大一次大单", D, detail=True, width=12),
        Column("capped_sold", "Sold on that day (units)", "当天卖出(件)", N, "units", detail=True, width=10),
        Column("capped_kept", "Counts as (units)", "按几件计", N, "units", detail=True, width=10),
        Column("like_times", "Times the similar SKU", "参考货号倍数", N, "factor", detail=True, width=10),
        Column("like_daily", "Daily sales like that", "按参考日均", N, "units per day", detail=True, width=10),
        Column("full_on", "Own sales count fully from", "改用自身销量日", D, also=("自身销量为准起",), detail=True, width=12),
        Column("ends_on", "Assumption ends on", "估算失效日", D, detail=True, width=12),
        Column("past_shows", "Past shows", "往期直播", N, also=("往场直播",), detail=True, width=9),
        Column("past_sold_out", "Of them sold out", "其中售罄", N, detail=True, width=9),
        Column("past_ratio", "Sold over planned", "实际/计划", N, "factor", detail=True, width=9),
        Column("past_trust", "Trusted", "采信", N, "share", detail=True, width=9),
        Column("past_factor", "Viewers planned times", "场观计划倍数", N, "factor", detail=True, width=9),
        Column("show_times", "Show with nothing typed: times a normal day", "没填的直播按平常几倍", N, "factor", detail=True, width=11),
        Column("order_service", "Chance of not running out, for orders", "采购用不断货概率", N, "share", detail=True, width=11),
        Column("lead_safe_days", "Days from order to sellable, to be safe", "补货周期，保守(天)", N, "days", detail=True, width=11),
        Column("warned_on", "Orange or red since", "橙红起始日", D, also=("橙或红自",), detail=True, width=12),
        Column("leave_out_on", "Leave out of the show of", "不要上的直播", D, detail=True, width=12),
        Column("delay_units", "Sales lost per day of delay (units)", "每晚一天少卖(件)", N, "units", detail=True, width=11),
        Column("delay_money", "Margin lost per day of delay", "每晚一天少赚", N, "money", detail=True, width=11),
        Column("added_units", "Ordered for the supplier's minimum (units)", "凑最低金额(件)", N, "units", detail=True, width=11),
        Column("missing_value", "Missing to the supplier's minimum", "离最低金额还差", N, "money", detail=True, width=11),
        Column("cut_units", "Left out, budget (units)", "超预算未订(件)", N, "units", detail=True, width=11),
        Column("fast_units", "Comes faster (units)", "走快的(件)", N, "units", detail=True, width=10),
        Column("slow_units", "Comes the regular way (units)", "走常规的(件)", N, "units", detail=True, width=10),
        Column("fast_on", "Faster part sellable on", "快的可售日", D, detail=True, width=12),
        Column("fast_extra", "Faster way costs more", "走快的多花", N, "money", detail=True, width=10),
        Column("fast_short_days", "Days short without it", "否则缺货(天)", N, "days", detail=True, width=10),
        Column("fast_saves_units", "It saves sales (units)", "因此多卖(件)", N, "units", detail=True, width=10),
        Column("fast_saves_money", "It saves margin", "因此多赚毛利", N, "money", detail=True, width=10),
        Column("fast_mode", "Faster way", "走快的方式", C, choices="order_mode", detail=True, width=11),
        Column("unsent", "Accepted transfers, not yet sent (units)", "已接受调拨未发出(件)", N, "units", detail=True, width=11),
    ),
    key=("sku", "warehouse"),
    help_en="Need: how much stock lasts safely through that day, planned shows included. Stock reads its days left from here.",
    help_zh="需求：要有把握卖到那一天需要多少货，已含计划直播。库存表的可售天数由此得出。",
)  # fmt: skip

TRANSFERS = Table(
    "Transfers", "Transfers", "调拨建议",
    (
        Column("accept", "Accept (Y)", "接受(Y)", typed=True, width=9),
        _SKU, _NAME,
        Column("from", "From", "从", width=12),
        Column("to", "To", "到", width=12),
        Column("units", "Move (units)", "调拨(件)", N, "units", width=10),
        Column("cartons", "Cartons", "箱数", N, "cartons", width=8),
        Column("ship_by", "Ship by", "最晚发货", D, width=12),
        Column("arrives_on", "Sellable on", "预计可售日", D, width=12),
        Column("saves_units", "Saves sales (units)", "多卖(件)", N, "units", width=10),
        Column("saves_money", "Saves margin", "多赚毛利", N, "money", width=11),
        Column("cost", "Freight", "运费", N, "money", width=10),
        Column("sender_keeps_days", "Sender keeps (days)", "调出仓剩余(天)", N, "days", width=11),
        Column("own_units", "Your quantity", "您的数量", N, "units", minimum=1, whole=True, typed=True, width=10),
        Column("why", "Why", "说明", width=80),
        _NOTE,
        Column("mode", "Mode", "运输方式", C, choices="mode", width=9),
        Column("volume", "Volume (litres)", "体积(升)", N, "litres", width=10),
        Column("sells_out_on", "Sells out there on", "调入仓售罄日", D, width=12),
        Column("shipment", "Shipment", "第几票", N, width=9),
        Column("shipment_lines", "Its lines", "本票行数", N, detail=True, width=8),
        Column("shipment_units", "Its units", "本票件数", N, "units", detail=True, width=9),
        Column("shipment_volume", "Its volume (litres)", "本票体积(升)", N, "litres", detail=True, width=10),
        Column("shipment_pallets", "Its pallets", "本票托盘数", N, detail=True, width=9),
        Column("shipment_cost", "Its freight", "本票运费", N, "money", detail=True, width=10),
        Column("route_shipments", "Shipments of the route", "本线路票数", N, detail=True, width=10),
        Column("route_cost", "Freight of the route", "本线路运费", N, "money", detail=True, width=10),
    ),
    key=("sku", "from", "to"),
    help_en="Suggestions count nowhere. Type Y: the next press moves the line to Committed below. What you type is kept.",
    help_zh="只是建议，不计入任何库存。填 Y 后，下次计算会移到下面的“已确认”。您填的内容会保留。",
)  # fmt: skip

TRANSFER_ORDERS = Table(
    "TransferOrders", "Transfer orders", "调拨单",
    (
        Column("document", "Document", "单号", width=18),
        Column("from", "From", "从", width=12),
        Column("to", "To", "到", width=12),
        Column("ship_by", "Ship by", "最晚发货", D, width=12),
        _SKU, _NAME,
        Column("barcode", "Barcode", "条码", width=16),
        Column("units", "Units", "件数", N, "units", width=9),
        Column("cartons", "Cartons", "箱数", N, "cartons", width=9),
        Column("shipped", "Shipped (units)", "已发(件)", N, "units", typed=True, width=10),
    ),
    key=("document", "sku"),
    help_en="Committed transfers that have not been shipped, grouped for the warehouse that ships them.",
    help_zh="已确认、还没发出的调拨，按发货仓汇总。",
)  # fmt: skip

ORDERS = Table(
    "Orders", "Orders", "采购建议",
    (
        Column("accept", "Accept (Y)", "接受(Y)", typed=True, width=9),
        Column("supplier", "Supplier", "供应商", width=15),
        _SKU, _NAME,
        Column("supplier_item", "Supplier's item no.", "供应商货号", width=14),
        Column("warehouse", "To warehouse", "到仓", width=13),
        Column("mode", "Mode", "运输方式", C, choices="order_mode", width=11),
        Column("units", "Order (units)", "采购(件)", N, "units", width=10),
        Column("cartons", "Cartons", "箱数", N, "cartons", width=8),
        Column("order_by", "Order by", "最晚下单日", D, width=12),
        Column("order_status", "Order date", "下单状态", C, choices="order_status", width=11),
        Column("sellable_on", "Sellable on", "预计可售日", D, width=12),
        Column("position", "Stock + on the way", "库存+在途(件)", N, "units", detail=True, width=11),
        Column("fill_up_to", "Fill up to", "补到(件)", N, "units", detail=True, width=10),
        Column("needed", "Needed before rounding", "取整前(件)", N, "units", detail=True, width=11),
        Column("unit_cost", "Unit cost", "单件成本", N, "money", width=10),
        Column("amount", "Amount", "金额", N, "money", width=11),
        Column("currency", "Currency", "币种", width=9),
        Column("own_units", "Your quantity", "您的数量", N, "units", minimum=1, whole=True, typed=True, width=10),
        Column("why", "Why", "说明", width=80),
        _NOTE,
        Column("case_pack", "Units per carton", "箱规(每箱件数)", N, "units", detail=True, width=9),
        Column("moq", "Minimum order (units)", "起订量(件)", N, "units", detail=True, width=10),
        Column("extra_cost", "This way costs more", "这样多花", N, "money", detail=True, width=10),
        Column("short_days", "Days short without it", "否则缺货(天)", N, "days", detail=True, width=10),
        Column("saves_units", "Saves sales (units)", "多卖(件)", N, "units", detail=True, width=10),
        Column("saves_money", "Saves margin", "多赚毛利", N, "money", detail=True, width=11),
        Column("cut_units", "Left out, budget (units)", "超预算未订(件)", N, "units", detail=True, width=11),
        Column("delay_money", "Margin lost per day of delay", "每晚一天少赚", N, "money", detail=True, width=11),
    ),
    key=("supplier", "sku", "warehouse", "mode"),
    help_en="Order drafts count nowhere. Type Y: the next press moves the line to Committed below. What you type is kept.",
    help_zh="采购草稿，不计入任何库存。填 Y 后，下次计算会移到下面的“已确认”。您填的内容会保留。",
)  # fmt: skip

_DOCUMENT = Column("document", "Document", "单号", typed=True, width=25)
_STATE = Column("state", "State", "状态", C, choices="committed_state", typed=True, width=13)
_ACCEPTED_ON = Column("accepted_on", "Accepted on", "接受日期", D, width=12)
_SELLABLE_ON = Column("sellable_on", "Sellable on", "预计可售日", D, typed=True, width=12)
_SHIPPED_ON = Column("shipped_on", "Shipped on", "发货日期", D, typed=True, width=12)
_RECEIVED = Column("received", "Received so far (units)", "已收(件)", N, "units", minimum=0, typed=True, width=12)
_RECEIVED_ON = Column("received_on", "Received on", "收货日期", D, typed=True, width=12)
_COUNTED = Column("counted", "In the stock count (units)", "已计入盘点(件)", N, "units", minimum=0, width=12)
_UNITS = Column("units", "Units", "件数", N, "units", minimum=0, width=10)
_COMMITTED_EN = (
    "Accepted lines count as on the way. Type their state and dates here; a document that stands on Inbound counts "
    "there instead."
)
_COMMITTED_ZH = "接受的行算在途。状态和日期在这里填；单号写进在途表后，以在途表为准。"

# Columns of the suggestions above and of these stand below one another where they mean the same.
ORDERS_COMMITTED = Table(
    "OrdersCommitted", "Committed", "已确认",
    (
        _DOCUMENT,
        Column("supplier", "Supplier", "供应商", width=15),
        _SKU, _NAME,
        Column("supplier_item", "Supplier's item no.", "供应商货号", width=14),
        Column("warehouse", "To warehouse", "到仓", width=13),
        Column("mode", "Mode", "运输方式", C, choices="order_mode", width=9),
        _UNITS,
        Column("cartons", "Cartons", "箱数", N, "cartons", width=8),
        _STATE, _ACCEPTED_ON, _SELLABLE_ON, _SHIPPED_ON, _RECEIVED, _RECEIVED_ON,
        Column("unit_cost", "Unit cost", "单件成本", N, "money", width=10),
        Column("amount", "Amount", "金额", N, "money", width=11),
        Column("currency", "Currency", "币种", width=9),
        _COUNTED, _NOTE,
    ),
    key=("document", "sku", "warehouse", "mode"), help_en=_COMMITTED_EN, help_zh=_COMMITTED_ZH,
)  # fmt: skip

TRANSFERS_COMMITTED = Table(
    "TransfersCommitted", "Committed", "已确认",
    (
        _DOCUMENT, _SKU, _NAME,
        Column("from", "From", "从", width=12),
        Column("to", "To", "到", width=12),
        _UNITS,
        Column("cartons", "Cartons", "箱数", N, "cartons", width=8),
        Column("ship_by", "Ship by", "最晚发货", D, width=12),
        _SELLABLE_ON, _STATE, _SHIPPED_ON, _RECEIVED, _RECEIVED_ON, _COUNTED, _NOTE, _ACCEPTED_ON,
        Column("freight", "Freight", "运费", N, "money", width=10),
    ),
    key=("document", "sku"), help_en=_COMMITTED_EN, help_zh=_COMMITTED_ZH,
)  # fmt: skip

ALERTS = Table(
    "Alerts", "Alerts", "预警",
    (
        Column("rank", "No.", "序号", N, also=("序",), width=6),
        _TIER,
        Column("since", "Since", "起始日", D, also=("自",), width=12),
        Column("warned_on", "Orange or red since", "橙红起始日", D, also=("橙或红自",), width=12),
        _SKU, _WAREHOUSE, _NAME,
        Column("available", "Available (units)", "可售库存(件)", N, "units", width=10),
        Column("days_left", "Days left", "可售天数", N, "days", width=9),
        Column("sells_out_on", "Sells out on", "预计售罄日", D, width=12),
        Column("next_arrival", "Next arrival", "下次到货日", D, width=12),
        Column("order_by", "Order by", "最晚下单日", D, width=12),
        Column("order_status", "Order date", "下单状态", C, choices="order_status", width=11),
        Column("lost_units", "Sales you may lose (units)", "可能少卖(件)", N, "units", width=11),
        Column("lost_money", "You may lose", "可能少赚", N, "money", width=11),
        Column("delay_units", "Sales lost per day of delay (units)", "每晚一天少卖(件)", N, "units", detail=True, width=11),
        Column("delay_money", "Margin lost per day of delay", "每晚一天少赚", N, "money", detail=True, width=11),
        _ACTION,
        Column("done", "Done (Y / name)", "已办(Y/姓名)", typed=True, width=13),
    ),
    key=("sku", "warehouse"),
    help_en="One row per SKU and warehouse that is not fine, the most expensive first. Type in Done; it is kept until the tier changes.",
    help_zh="每个有问题的货号和仓库一行，损失大的在前。办了就在“已办”里填，预警变化前会一直保留。",
)  # fmt: skip

LIVE_PICKS = Table(
    "LivePicks", "Live picks", "直播选品",
    (
        Column("show", "Show", "场次", width=24),
        Column("start", "Start (local)", "开始时间(当地)", T, width=16),
        _SKU, _NAME,
        Column("warehouse", "Ships from", "发货仓", width=13),
        Column("decision", "Decision", "播不播", C, choices="pick", width=10,
               help_en="IN: show. LIMIT: show, at most that many. OUT: do not show.", help_zh="可播；限量：最多卖这么多；不播。"),
        Column("promise", "May promise (units)", "可承诺(件)", N, "units", width=10,
               help_en="Normal sales then last until the next arrival.", help_zh="在此数内，日常销售够卖到下次到货。"),
        Column("planned", "Planned (units)", "计划(件)", N, "units", width=10),
        Column("days_left_after", "Days left after", "播后可售天数", N, "days", width=10,
               help_en="Of normal sales, if the show sells as planned, at most what may be promised.",
               help_zh="按计划卖（不超过可承诺件数）后，剩货还够日常卖几天。"),
        Column("instead", "Instead", "可换货号", width=16),
        Column("why", "Why", "说明", width=80),
        Column("available", "Available now (units)", "现在可售(件)", N, "units", width=10),
        Column("stock", "At the show (units)", "开播时(件)", N, "units", width=10,
               help_en="On its morning: arrivals in, normal sales and earlier shows off.", help_zh="当天早上：已加到货，已扣日常和之前的直播。"),
        Column("keep", "Normal sales need (units)", "日常要留(件)", N, "units", detail=True, width=10),
        Column("keep_until", "Kept until", "留到", D, detail=True, width=12,
               help_en="Next arrival, else when an order placed today can land.", help_zh="下次到货日；没有在途则为今天下单最快到货日。"),
        Column("next_arrival", "Next arrival after it", "播后下次到货", D, width=12),
        Column("spare", "To spare (units)", "可匀出(件)", N, "units", detail=True, width=10, help_en="At the show - normal sales.", help_zh="开播时－日常要留。"),
        Column("likely", "Ordinary show sells (units)", "一般一场卖(件)", N, "units", detail=True, width=11, help_en="Below this: OUT.", help_zh="可匀出的低于这个数：不播。"),
        Column("good", "Good show sells (units)", "好的一场卖(件)", N, "units", detail=True, width=11, help_en="From this on: IN.", help_zh="可匀出的达到这个数：可播。"),
        Column("worth", "Likely margin", "预计毛利", N, "money", width=11),
        Column("instead_units", "Instead: available (units)", "可换：可售(件)", N, "units", detail=True, width=11),
        Column("instead_days", "Instead: days left", "可换：可售天数", N, "days", detail=True, width=11),
        _NOTE,
    ),
    key=("show", "start", "sku", "warehouse"),
    help_en="What to show, and how many of each may be promised so that normal sales last until the next arrival.",
    help_zh="每场播什么、每款最多承诺几件，才够日常卖到下次到货。",
)  # fmt: skip

ACCURACY = Table(
    "Accuracy", "Accuracy", "预测准确度",
    (
        _SKU, _WAREHOUSE, _NAME,
        Column("class", "Class", "类型", C, choices="class", width=14),
        Column("windows", "Fortnights compared", "对比的两周数", N, width=11),
        Column("sold", "Sold in them (units)", "期间销量(件)", N, "units", width=11),
        Column("off_by", "Off by (% of sales)", "误差(占销量%)", N, "share", width=10),
        Column("too_high", "Too high (+) or too low (-) (% of sales)", "偏高(+)或偏低(-)(占销量%)", N, "share", width=12),
        Column("average_off", "28-day average: off by (% of sales)", "28天平均：误差(占销量%)", N, "share", width=13),
        Column("weekday_off", "Same weekday last week: off by (% of sales)", "上周同一天：误差(占销量%)", N, "share", width=14),
        Column("level", "Not running out: wanted (% of fortnights)", "不断货：目标(占两周数%)", N, "share", width=14),
        Column("reached", "Not running out: reached (% of fortnights)", "不断货：实际(占两周数%)", N, "share", width=14),
        Column("rule_reached", "28-day average × 1.5: reached (% of fortnights)", "28天平均×1.5：不断货(占两周数%)", N, "share", width=15),
        Column("rule_stock", "28-day average × 1.5: its stock (% of ours)", "28天平均×1.5：备货(占我们的%)", N, "share", width=14),
        Column("says", "What it means", "结论", width=70),
        Column("earlier", "Forecast of an earlier press", "以前的预测", width=48),
    ),
    key=("sku", "warehouse"),
    help_en="The forecast made again on past days, from what was known then, beside simple rules.",
    help_zh="用当时已知的数据重新预测过去，并与简单规则对比。",
)  # fmt: skip

PROBLEMS = Table(
    "Problems", "Problems", "待修正",
    (
        Column("no", "No.", "序号", N, also=("序",), width=6),
        Column("effect", "Effect", "影响", width=18),
        Column("sheet", "Sheet", "表", width=14),
        Column("cell", "Cell", "单元格", width=9),
        Column("value", "What stands there", "现有内容", width=24),
        Column("message", "What to do", "怎么改", width=95),
    ),
    key=("no",),
    help_en="What could not be read or looks wrong, and what to type instead. Everything else was planned.",
    help_zh="读不懂或看着不对的内容，以及应该怎么填。其余的都已计算。",
)  # fmt: skip

RUN_LOG = Table(
    "RunLog", "Run log", "运行记录",
    (
        Column("today", "Computed for", "计算日期", D, width=13),
        Column("fingerprint", "Data", "数据指纹", width=14),
        Column("stock_date", "Stock of", "库存日期", D, width=12),
        Column("sales_through", "Sales through", "销售截至", D, width=13),
        Column("rows", "Stock rows", "库存行数", N, width=10),
        Column("red", "Red", "红", N, width=7),
        Column("orange", "Orange", "橙", N, width=8),
        Column("yellow", "Yellow", "黄", N, width=8),
        Column("orders", "Order lines", "采购行", N, width=10),
        Column("transfers", "Transfer lines", "调拨行", N, width=12),
        Column("problems", "Problems", "待修正", N, width=10),
        Column("version", "Version", "版本", width=10),
        Column("transfer_cost", "Transfers: expected losses and freight", "调拨：预计损失加运费", N, "money", width=14),
        Column("transfer_bound", "At best", "最少也要", N, "money", width=12),
        Column("transfer_clock", "Stopped by the clock", "因超时停止", width=10),
    ),
    key=("today", "fingerprint"),
    help_en="One row per press that changed something, the newest first.", help_zh="每次有变化的计算一行，最新的在上。",
)  # fmt: skip

HISTORY = Table(
    "History", "History", "历史",
    (
        _SKU, _WAREHOUSE,
        Column("on_hand", "On hand", "实物库存", N, "units"),
        Column("changed_on", "Last changed", "最近变化", D),
        Column("tier", "Tier", "预警"),
        Column("since", "Since", "起始日", D, also=("自",)),
        Column("order_units", "Ordered last", "上次建议采购", N, "units"),
        Column("daily", "Daily", "日均", N, "units per day"),
        Column("pressed_on", "Pressed on", "计算日期", D),
        Column("earlier_daily", "Daily of an earlier press", "以前的日均", N, "units per day"),
        Column("earlier_on", "Earlier press", "以前的计算日期", D),
        Column("warned_on", "Orange or red since", "橙红起始日", D, also=("橙或红自",)),
        Column("answered", "Answered", "已答复"),
        Column("done", "Done, as last shown", "已办(上次)"),
        Column("before_tier", "Tier on the day before", "前次预警"),
        Column("before_on_hand", "On hand on the day before", "前次实物库存", N, "units"),
        Column("before_on", "Day before", "前次计算日期", D),
    ),
    key=("sku", "warehouse"),
)  # fmt: skip

SOLD_OUT = Table(
    "SoldOut", "Sold out", "断货记录",
    (
        _SKU, _WAREHOUSE,
        Column("from", "From", "自", D),
        Column("to", "To", "至", D),
    ),
    key=("sku", "warehouse", "from"),
)  # fmt: skip

IMPORT_LOG = Table(
    "ImportLog", "Import log", "导入记录",
    (
        Column("imported_on", "Imported on", "导入日期", D, width=12),
        Column("file", "File", "文件", width=34),
        Column("format", "What it is", "类型", width=26),
        Column("taken", "Written", "写入", width=40),
        Column("rows_read", "Rows read", "读取行数", N, width=9),
        Column("rows_used", "Rows used", "使用行数", N, width=9),
        Column("left_out", "Left out", "不计行数", N, width=9),
        Column("refused", "Refused", "拒绝行数", N, width=9),
        Column("why", "Why", "原因", width=80),
        Column("fingerprint", "Data", "数据指纹", width=18),
    ),
    key=("fingerprint",),
    help_en="One row per file of restock import, the newest first. The same file twice changes nothing.",
    help_zh="restock import 每导入一个文件记一行，最新的在上。同一文件再导入不会改变任何内容。",
)  # fmt: skip

TREND = Table(
    "Trend", "Trend", "走势数据",
    (
        _SKU, _WAREHOUSE,
        Column("sales", "Sold, 12 times 5 days", "销量，12段每段5天", width=20),
        Column("expected", "Stock expected", "预计库存", width=20),
        Column("low", "Stock at least", "库存下限", width=20),
        Column("high", "Stock at most", "库存上限", width=20),
        Column("arrivals", "Arrives", "到货", width=20),
        Column("shows", "Sold in shows", "直播销量", width=20),
    ),
    key=("sku", "warehouse"),
    help_en="Behind the charts. Each text holds whole units with as many digits each as the cell above says: sold in each 5 days of the last 60, then each day from today on.",
    help_zh="图表的数据。每格是一串等宽的整数（件），每个数的位数见上方单元格：先是近60天每5天的销量，其余为今天起每一天。",
)  # fmt: skip

SOLD_PARTS, STOCK_WEEKS = 12, 13
TREND_LINES = Table(
    "TrendLines", "Trend lines", "走势线",
    (
        Column("forecast_row", "Row on Trend", "走势数据行号", N, width=9),
        *(Column(f"sold_{k}", f"Sold, days {5 * k - 60} to {5 * k - 56}", f"第{5 * k - 60}至{5 * k - 56}天销量", N, "units", width=9)
          for k in range(SOLD_PARTS)),
        *(Column(f"stock_{k}", f"Stock, day {7 * k}", f"第{7 * k}天库存", N, "units", width=9) for k in range(STOCK_WEEKS)),
    ),
    key=("forecast_row",),
    help_en="Behind the small charts on Stock: each row belongs to a row of Stock.",
    help_zh="库存表小图的数据：每一行对应库存表的一行。",
)  # fmt: skip

BY_WAREHOUSE = Table(
    "ByWarehouse", "Stock by warehouse", "各仓库存",
    (
        _WAREHOUSE,
        Column("red", "RED (rows)", "红(行)", N, width=10),
        Column("orange", "ORANGE (rows)", "橙(行)", N, width=10),
        Column("yellow", "YELLOW (rows)", "黄(行)", N, width=10),
        Column("green", "GREEN (rows)", "绿(行)", N, width=10),
        Column("other", "Other (rows)", "其他(行)", N, width=10),
        Column("available", "Available (units)", "可售库存(件)", N, "units", width=12),
        Column("on_the_way", "On the way (units)", "在途(件)", N, "units", width=12),
    ),
    key=("warehouse",),
)  # fmt: skip

BY_WEEK = Table(
    "ByWeek", "Sold and forecast by week", "每周销量与预测",
    (
        Column("week", "Week from", "周起始日", D, also=("周起",), width=13),
        Column("sold", "Sold (units)", "销量(件)", N, "units", width=13),
        Column("made", "Forecast made before (units)", "事前预测(件)", N, "units", width=15),
        Column("ahead", "Forecast now (units)", "现在的预测(件)", N, "units", width=15),
    ),
    key=("week",),
)  # fmt: skip

OUTPUT_TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        FORECAST, TRANSFERS, TRANSFERS_COMMITTED, TRANSFER_ORDERS, ORDERS, ORDERS_COMMITTED, LIVE_PICKS, ALERTS, ACCURACY,
        PROBLEMS, RUN_LOG, HISTORY, SOLD_OUT,
        IMPORT_LOG, TREND, TREND_LINES, BY_WAREHOUSE, BY_WEEK,
    )
}  # fmt: skip
