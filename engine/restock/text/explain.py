"""Labels and sentences of Explain: the arithmetic of one SKU in one warehouse (English, Chinese).

The sheet writes the same sentences as formulas, so they hold numbers and words only, never a date, whose text depends on
the program's language; a date stands in the cell beside the sentence.
"""

SENTENCES: dict[str, tuple[str, str]] = {
    "explain.title": ("Explain: how one row was worked out", "算法说明：一行是怎么算出来的"),
    "explain.hint": (
        "Choose a SKU and a warehouse in the two yellow cells. Every number in a sentence stands in a cell: on this "
        "sheet, on Forecast or on Settings.",
        "在两个黄格里选货号和仓库。句子里的每个数字都有单元格可查：本表、预测表或设置表。",
    ),
    "explain.empty": (
        "Not computed yet. Press Recompute first (restock recompute, this book); then choose a SKU and a warehouse here.",
        "还没有计算。请先点“重新计算”（restock recompute，本表），再在这里选货号和仓库。",
    ),
    "explain.unknown": (
        "There is no such SKU in this warehouse on Forecast. Choose both from the lists, or recompute.",
        "预测表里没有这个仓库的这个货号。请从下拉列表里选，或重新计算。",
    ),
    "explain.choose": ("Choose a SKU and a warehouse.", "请选货号和仓库。"),
    "explain.no_sku": (
        '"{sku}" is not a SKU of this book. Type one of: {close}.',
        "本表没有货号“{sku}”。请填其中之一：{close}。",
    ),
    "explain.no_warehouse": (
        '"{warehouse}" is not a warehouse that holds {sku}. Type one of: {close}.',
        "{sku} 不在仓库“{warehouse}”里。请填其中之一：{close}。",
    ),
    "explain.which_warehouse": (
        "{sku} lies in several warehouses. Type one of them after it: {close}.",
        "{sku} 在多个仓库里。请在后面加上其中之一：{close}。",
    ),
    "explain.sku": ("SKU", "货号"),
    "explain.warehouse": ("Warehouse", "仓库"),
    "explain.column_what": ("What", "项目"),
    "explain.column_value": ("Value", "数值"),
    "explain.column_unit": ("Unit", "单位"),
    "explain.column_how": ("How it comes about", "怎么来的"),
    "explain.list_sku": ("SKUs to choose from", "可选货号"),
    "explain.list_warehouse": ("Warehouses to choose from", "可选仓库"),
    # units
    "unit.": ("", ""),
    "unit.units": ("units", "件"),
    "unit.units per day": ("units a day", "件/天"),
    "unit.days": ("days", "天"),
    "unit.cartons": ("cartons", "箱"),
    "unit.money": ("money", "金额"),
    "unit.share": ("", ""),
    "unit.row": ("row", "行"),
    # sections
    "section.stock": ("What is there", "现有多少"),
    "section.sales": ("How fast it sells", "卖得多快"),
    "section.cover": ("How long it lasts", "能卖多久"),
    "section.supply": ("What is on the way", "在途多少"),
    "section.when": ("When to order", "何时下单"),
    "section.how_many": ("How much to order", "订多少"),
    "section.move": ("What to move here", "调入多少"),
    "section.where": ("Where these numbers stand", "数字在哪里"),
    # what is there
    "label.on_hand": ("On hand", "实物库存"),
    "explain.on_hand": ("Typed on Stock.", "库存表手填。"),
    "label.reserved": ("Sold, not yet shipped", "已占用"),
    "explain.reserved": ("Typed on Stock; empty counts as 0.", "库存表手填，不填算0。"),
    "label.stock_date": ("Stock date", "库存日期"),
    "explain.stock_date": (
        "The morning of the count, at the last press.",
        "最近一次计算时的盘点日（早上）。",
    ),
    "label.adjustment": ("Received less sold since the count", "盘点后收到减卖出"),
    "explain.adjustment": (
        "Sold since the stock date comes off, received since then goes on.",
        "盘点后卖出的减掉，收到的加上。",
    ),
    "label.available": ("Available", "可售库存"),
    "explain.available": (
        "{on_hand:n} on hand − {reserved:n} sold, not yet shipped + ({adjustment:n}) since the count = {available:n}.",
        "实物{on_hand:n} − 已占用{reserved:n} + 盘点后（{adjustment:n}） = {available:n}。",
    ),
    "explain.available_missing": ("The quantity on hand is missing on Stock.", "库存表没有填实物库存。"),
    # how fast it sells
    "label.daily": ("Daily sales used", "采用日均销量"),
    "label.class": ("Class", "类型"),
    "explain.class": (
        "Typed on Catalog, else by how much it sells; it sets the chance below.",
        "商品表手填，否则按销量归类；决定下面的概率。",
    ),
    "label.service": ("Chance of not running out", "不断货概率"),
    "explain.service": (
        "From Settings, for this class. Need below is what sales do not exceed with this chance.",
        "取自设置，按类型。下面的需求，是有这么大把握不会超过的销量。",
    ),
    "explain.service_typed": (
        "From Settings, for this class. Daily sales are typed: need below takes them as they are, the chance counts in "
        "the safety stock.",
        "取自设置，按类型。日均是手填的：下面的需求按手填数算，概率用在安全库存里。",
    ),
    # how long it lasts
    "label.next_show": ("Next show", "下一场直播"),
    "explain.next_show": ("From Livestreams.", "取自直播表。"),
    "label.show_units": ("Planned shows, 15 days", "15天内直播"),
    "explain.show_units": ("Already in the needs below.", "已算在下面的需求里。"),
    "label.need": ("Need through day {day:n}", "到第{day:n}天的需求"),
    "explain.need_typed": (
        "{daily:n} a day × {day:n} days + {show:n} in shows = {need:n}.",
        "日销{daily:n} × {day:n}天 + 直播{show:n} = {need:n}。",
    ),
    "explain.need_forecast": (
        "Lasts safely through {day:n} days, {show:n} expected in shows among them (Forecast).",
        "备这么多，有把握卖到第{day:n}天；其中直播预计{show:n}件（预测表）。",
    ),
    "label.low_day": ("Lasts safely through day", "有把握卖到第几天"),
    "explain.low_day": (
        "The need through it, {low_need:n}, is not more than {available:n}.",
        "到那天的需求{low_need:n}，不超过{available:n}。",
    ),
    "label.low_need": ("Need through that day", "到那天的需求"),
    "explain.low_need": ("From the needs above; 0 before the first.", "见上面的需求，第一档之前为0。"),
    "label.high_day": ("Compared with day", "对照第几天"),
    "explain.high_day": (
        "The need through it is {high_need:n}; between the two days need rises evenly, past the last one as before it.",
        "到那天的需求是{high_need:n}；两天之间均匀增加，最后一档之后照前面的速度。",
    ),
    "label.high_need": ("Need through that day", "到那天的需求"),
    "explain.high_need": ("From the needs above.", "见上面的需求。"),
    "label.cover": ("Days left, exact", "精确可售天数"),
    "explain.cover": (
        "{low_day:n} + ({high_day:n} − {low_day:n}) × ({available:n} − {low_need:n}) ÷ ({high_need:n} − {low_need:n}).",
        "{low_day:n} + ({high_day:n} − {low_day:n}) × ({available:n} − {low_need:n}) ÷ ({high_need:n} − {low_need:n})。",
    ),
    "explain.cover_none": ("Nothing available: 0.", "没有可售库存：0。"),
    "explain.cover_endless": (
        "No more is expected to sell: written as 9999.",
        "预计不再卖出：记作9999。",
    ),
    "explain.cover_longest": ("Longer than 9999 days: written as 9999.", "超过9999天：记作9999。"),
    "explain.cover_missing": ("Stock or daily sales are missing.", "缺库存或日均销量。"),
    "label.days_left": ("Days left", "可售天数"),
    "explain.days_left": ("The same, rounded down to one decimal.", "同上，向下取到一位小数。"),
    "label.days_without_show": ("Days left without shows", "不播可售天数"),
    "explain.days_without_show": ("Whole days, if the planned shows did not take place.", "如果不办这些直播，按整天算。"),
    "label.tier": ("Tier", "预警"),
    "explain.tier": (
        "RED below {red:n} days, ORANGE below {orange:n}, YELLOW below {yellow:n}, else GREEN; arrivals are not counted.",
        "低于{red:n}天红，低于{orange:n}天橙，低于{yellow:n}天黄，否则绿；不含在途。",
    ),
    "explain.tier_missing": ("Stock or daily sales are missing.", "缺库存或日均销量。"),
    "explain.tier_gone": ("Discontinued and sold out.", "已停售，也卖完了。"),
    "explain.tier_empty": ("Nothing available: RED, however fast it sells.", "没有可售库存：不论卖多快都是红。"),
    "explain.tier_no_sales": ("Nothing is expected to sell.", "预计没有销量。"),
    "label.since": ("So since", "起始日"),
    "explain.since": ("At every press from this day on it had this tier.", "从这天起每次计算都是这个预警。"),
    "explain.since_changed": ("The tier has changed since the last press.", "上次计算之后预警变了。"),
    # what is on the way
    "label.on_the_way": ("On the way", "在途"),
    "explain.on_the_way": ("Open units on Inbound at the last press.", "最近一次计算时在途表未到的件数。"),
    "label.undated": ("Overdue or without a date", "其中逾期或无日期"),
    "explain.undated": (
        "Part of it: counts as on the way, not as an arrival.",
        "其中的一部分：算在途，不算到货。",
    ),
    "label.next_arrival": ("Next arrival", "下次到货日"),
    "explain.next_arrival": ("{arrival_units:n} units become sellable on this day.", "这天可售{arrival_units:n}件。"),
    "label.arrival_units": ("Units of the next arrival", "下次到货"),
    "explain.arrival_units": ("From Inbound.", "取自在途表。"),
    "label.sells_out_on": ("Sells out on", "预计售罄日"),
    "explain.sells_out_on": (
        "First day on which need, followed day by day, is more than stock and what has arrived by then.",
        "逐日推算，需求第一次超过库存加已到货的那天。",
    ),
    "explain.sells_out_never": ("Not within the days looked ahead.", "在往后看的天数内不会卖完。"),
    "label.gap_days": ("Days without stock", "断货天数"),
    "explain.gap_days": (
        "From the day it sells out until {gap_units:n} units arrive.",
        "从卖完那天到{gap_units:n}件到货。",
    ),
    "label.gap_until": ("Without stock until", "断货到"),
    "explain.gap_until": ("The first arrival after it sells out.", "卖完之后的第一次到货。"),
    "label.gap_units": ("Then arrive", "届时到货"),
    "explain.gap_units": ("From Inbound.", "取自在途表。"),
    "label.gap_lost": ("Lost until then", "其间少卖"),
    "explain.gap_lost": ("Expected sales that cannot be met, whole units.", "因缺货预计少卖的件数，取整。"),
    "label.lost_units": ("Sales you may lose", "可能少卖"),
    "explain.lost_units": (
        "Expected sales of the next {horizon:n} days that cannot be met.",
        "今后{horizon:n}天因缺货预计少卖的件数。",
    ),
    "label.margin": ("Margin per unit", "单件毛利"),
    "explain.margin": ("Price less cost, from Catalog.", "售价减成本，取自商品表。"),
    "label.lost_money": ("You may lose", "可能少赚"),
    "explain.lost_money": ("{lost_units:n} units × {margin:n}.", "{lost_units:n}件 × {margin:n}。"),
    # when to order
    "label.production_days": ("Production", "生产"),
    "explain.production_days": (
        "From Suppliers, else Settings; days on which the factory is closed are added.",
        "取自供应商表，否则取设置；工厂放假的天数已加上。",
    ),
    "label.route_days": ("On the road", "路上"),
    "explain.route_days": (
        "From Routes ({mode}), else by sea from Settings.",
        "取自线路表（{mode}），否则取设置的海运天数。",
    ),
    "label.check_in_days": ("Check-in", "入仓上架"),
    "explain.check_in_days": ("From Warehouses, else Settings.", "取自仓库表，否则取设置。"),
    "label.lead_days": ("From order to sellable", "补货周期"),
    "explain.lead_days": (
        "{production_days:n} production + {route_days:n} on the road + {check_in_days:n} check-in = {lead_days:n}.",
        "生产{production_days:n} + 路上{route_days:n} + 上架{check_in_days:n} = {lead_days:n}。",
    ),
    "explain.lead_days_assumed": (
        "{production_days:n} production + {route_days:n} on the road + {check_in_days:n} check-in = {lead_days:n}; some "
        "of them assumed: type them on Suppliers and Routes.",
        "生产{production_days:n} + 路上{route_days:n} + 上架{check_in_days:n} = {lead_days:n}；部分为估计，请填供应商表和线路表。",
    ),
    "label.order_by": ("Order by", "最晚下单日"),
    "label.lead_safe_days": ("The same, to be safe", "同上，保守估计"),
    "explain.lead_safe_days": (
        "Within these days it arrives with a chance of {order_service:p}, beside what the need allows for already.",
        "有{order_service:p}的把握在这些天内可售；需求里已留的余量不重复算。",
    ),
    "explain.order_by": (
        "The day it sells out less {lead_safe_days:n} days; earlier where the factory closes in between.",
        "售罄日往前{lead_safe_days:n}天；中间工厂放假就再提前。",
    ),
    "explain.order_by_none": (
        "None: it does not sell out within the days looked ahead, or is not reordered.",
        "没有：在往后看的天数内不会卖完，或不再补货。",
    ),
    "label.order_status": ("Order date", "下单状态"),
    "explain.status_late": ("The day has passed.", "日子已过。"),
    "explain.status_week": ("Within {soon:n} days.", "在{soon:n}天内。"),
    "explain.status_fine": ("More than {soon:n} days away, or none.", "还有{soon:n}天以上，或没有。"),
    # how much
    "label.position": ("Stock + on the way", "库存+在途"),
    "explain.position": (
        "{available:n} available + {on_the_way:n} on the way = {position:n}.",
        "可售{available:n} + 在途{on_the_way:n} = {position:n}。",
    ),
    "label.moved": ("Proposed transfers in, less out", "建议调入减调出"),
    "explain.moved": ("From Transfers; orders see them as done.", "取自调拨建议；采购按已调拨来算。"),
    "label.position_moved": ("After the proposed transfers", "调拨后"),
    "explain.position_moved": (
        "{position_press:n} at the press + ({moved:n}) = {position_moved:n}.",
        "计算时{position_press:n} +（{moved:n}） = {position_moved:n}。",
    ),
    "label.order_service": ("Chance of not running out, for orders", "采购用不断货概率"),
    "explain.order_service": (
        "From margin and the cost of holding stock where price and cost are known, else by class (Settings).",
        "有售价和成本时按毛利与持有成本算，否则按类型（设置）。",
    ),
    "label.safety_stock": ("Safety stock", "安全库存"),
    "explain.safety_stock": (
        "Against sales and delivery that vary, for a chance of {order_service:p}; never under the days of sales in Settings.",
        "应对销量和到货的波动，概率{order_service:p}；不少于设置里的最低天数。",
    ),
    "label.reorder_at": ("Reorder at", "补货点"),
    "explain.reorder_at": (
        "Expected sales of {lead_days:n} days + {safety_stock:n} safety stock, shows included.",
        "{lead_days:n}天的预计销量 + 安全库存{safety_stock:n}，含直播。",
    ),
    "label.fill_up_to": ("Fill up to", "补到"),
    "explain.fill_up_to": (
        "The same for {lead_days:n} + {review:n} days: until the next order has come.",
        "同样算{lead_days:n} + {review:n}天：到下一次下单的货到为止。",
    ),
    "label.needed": ("Needed before cartons", "取整前"),
    "explain.needed": (
        "{fill_up_to:n} − {position_moved:n}, in whole units.",
        "{fill_up_to:n} − {position_moved:n}，按整件算。",
    ),
    "explain.needed_none": (
        "No order is due: {position_moved:n} against reorder at {reorder_at:n}.",
        "不需要下单：{position_moved:n}，补货点{reorder_at:n}。",
    ),
    "label.moq": ("Minimum order", "起订量"),
    "explain.moq": ("From Catalog, over all warehouses together.", "取自商品表，各仓合计。"),
    "label.case_pack": ("Units per carton", "每箱件数"),
    "explain.case_pack": ("From Catalog.", "取自商品表。"),
    "label.cartons": ("Cartons", "箱数"),
    "explain.cartons": (
        "{needed:n} needed, whole cartons of {case_pack:n}, minimum order {moq:n}.",
        "需要{needed:n}，整箱每箱{case_pack:n}，起订量{moq:n}。",
    ),
    "label.order_units": ("Order", "建议采购"),
    "explain.order_units": (
        "{cartons:n} cartons × {case_pack:n} = {order_units:n}.",
        "{cartons:n}箱 × {case_pack:n} = {order_units:n}。",
    ),
    "label.added_units": ("Of it for the supplier's minimum", "其中为凑最低金额"),
    "explain.added_units": ("Not due yet: ordered along with the rest.", "还没到时候，一起订。"),
    "label.cut_units": ("Left out", "未下单"),
    "explain.cut_units": ("The budget of Settings is used up.", "设置里的预算已用完。"),
    "label.fast_units": ("Of it by a faster way", "其中走快的"),
    "explain.fast_units": (
        "Without it {fast_short_days:n} days short, {fast_saves_units:n} sales lost.",
        "否则缺货{fast_short_days:n}天，少卖{fast_saves_units:n}件。",
    ),
    "label.fast_on": ("Sellable on", "可售日"),
    "explain.fast_on": ("The faster part; see Orders for the way.", "指走快的那部分，方式见采购建议。"),
    "label.fast_extra": ("That costs more", "多花"),
    "explain.fast_extra": (
        "It saves {fast_saves_money:n} of margin.",
        "可多赚毛利{fast_saves_money:n}。",
    ),
    "label.delay_units": ("A day later loses", "晚一天少卖"),
    "explain.delay_units": (
        "Sales on the day on which it would arrive, where none is left by then.",
        "到货那天已无货时，那一天的销量。",
    ),
    "explain.order_none": ("Nothing to order now.", "现在不用采购。"),
    # what to move here
    "label.move_units": ("Transfer in", "建议调入"),
    "explain.move_units": ("From {move_from}, see Transfers.", "从{move_from}调，见调拨建议。"),
    "label.move_by": ("Ship by", "最晚发货"),
    "explain.move_by": ("Late enough to wait for, early enough to help.", "再晚就来不及了。"),
    # where
    "label.forecast_row": ("Row on Forecast", "预测表行号"),
    "label.stock_row": ("Row on Stock", "库存表行号"),
}
