"""Sentences of the plan: alerts, orders, transfers, Today (English, Chinese).

Verb or level first; then item, place, quantity, date, why, money. At most about 200 characters English, 90 Chinese.
"""

SENTENCES: dict[str, tuple[str, str]] = {
    "plan.example": ("{units:n} units on {day:d} for {sum:m}", "{day:d}{units:n}件，{sum:m}"),
    # where a row stands
    "plan.left": (
        "{available:n} left, {daily:n} a day, sold out on {sells_out_on:d}.",
        "剩{available:n}件，日销{daily:n}件，{sells_out_on:d}卖完。",
    ),
    "plan.left_show": (
        "{available:n} left, {days_left:of day} with the show of {next_show:d} ({days_without_show:n} without), "
        "sold out on {sells_out_on:d}.",
        "剩{available:n}件，计入{next_show:d}直播可卖{days_left:n}天（不播{days_without_show:n}天），{sells_out_on:d}卖完。",
    ),
    "plan.left_busy": (
        "{available:n} left, {daily:n} a day; allowing for busy days sold out on {sells_out_on:d}.",
        "剩{available:n}件，日销{daily:n}件，按旺销估计{sells_out_on:d}卖完。",
    ),
    "plan.arrives_after": (
        "{arrival_units:n} arrive on {next_arrival:d}, {gap_days:of day} later.",
        "{next_arrival:d}到{arrival_units:n}件，晚{gap_days:n}天。",
    ),
    "plan.then_gap": (
        "Sold out from {sells_out_on:d} until {gap_units:n} more arrive on {gap_until:d}.",
        "{sells_out_on:d}起断货，{gap_until:d}再到{gap_units:n}件。",
    ),
    "plan.left_beyond": (
        "{available:n} left, {daily:n} a day, {days_left:of day}.",
        "剩{available:n}件，日销{daily:n}件，可卖{days_left:n}天。",
    ),
    "plan.nothing_left": ("Nothing left to sell, {daily:n} a day asked for.", "已断货，日均需求{daily:n}件。"),
    "plan.nothing_left_unasked": ("Nothing left to sell.", "已断货。"),
    "plan.nothing_coming": ("Nothing is on the way.", "没有在途。"),
    "plan.undated": (
        "{undated:n} on the way, overdue or without a date.",
        "在途{undated:n}件，已逾期或没有日期。",
    ),
    "plan.arrives": ("{arrival_units:n} arrive on {next_arrival:d}.", "{next_arrival:d}到{arrival_units:n}件。"),
    "plan.arrives_late": (
        "{arrival_units:n} arrive on {next_arrival:d}: {gap_days:of day} without stock, about {gap_lost:of sale} lost.",
        "{next_arrival:d}才到{arrival_units:n}件，断货{gap_days:n}天，约少卖{gap_lost:n}件。",
    ),
    "plan.no_data_stock": ("The quantity on hand is missing.", "没有填实物库存。"),
    "plan.no_data_sales": (
        "Daily sales are missing: nothing typed and no sales history.",
        "没有日均销量：没有手填，也没有销售记录。",
    ),
    "plan.not_planned": (
        "Not planned because of {cell}.",
        "未计算：{cell} 有问题。",
    ),
    # the one thing to do
    "plan.do_move": (
        "Move {move_units:n} from {move_from}, ship by {move_by:d}.",
        "从{move_from}调{move_units:n}件，{move_by:d}前发出。",
    ),
    "plan.do_order": ("Order {order_units:n} units.", "请采购{order_units:n}件。"),
    "plan.do_order_late": (
        "Order date passed on {order_by:d}: order {order_units:n} today.",
        "最晚下单日{order_by:d}已过，请今天采购{order_units:n}件。",
    ),
    "plan.do_order_by": ("Order {order_units:n} by {order_by:d}.", "请在{order_by:d}前采购{order_units:n}件。"),
    "plan.do_order_split": ("{fast_units:n} of them {fast_way:s}.", "其中{fast_units:n}件{fast_way:s}。"),
    "plan.do_order_fast": ("All of them {fast_way:s}.", "全部{fast_way:s}。"),
    "plan.do_over_budget": (
        "The budget is used up: {cut_units:n} not ordered.",
        "预算已用完，{cut_units:n}件未下单。",
    ),
    "plan.do_leave_out": ("Leave it out of the show of {leave_out_on:d}.", "{leave_out_on:d}的直播不要上这款。"),
    "plan.do_chase": ("Ask the forwarder today.", "今天请催货代。"),
    "plan.do_wait": (
        "Enough is on the way: watch that it arrives on {next_arrival:d}.",
        "在途够用，请盯住{next_arrival:d}的到货。",
    ),
    "plan.do_nothing_planned": (
        "Stock + on the way is enough: no order yet.",
        "库存加在途够用，暂不采购。",
    ),
    "plan.do_ask_date": (
        "Ask when it arrives and type the date where the line stands (Inbound or Committed).",
        "请问清到货日期，填到该行（在途表或“已确认”）。",
    ),
    "plan.do_no_demand": ("It does not sell: no order.", "没有销量，不采购。"),
    "plan.do_unsellable": ("Marked unsellable: not ordered, not moved.", "标为不可售：不采购、不调拨。"),
    "plan.do_sell_down": ("Discontinued: sell what is left, do not reorder.", "已停售：卖完为止，不再采购。"),
    "plan.do_type_stock": ("Type the quantity on hand.", "请填实物库存。"),
    "plan.do_type_sales": ("Type daily sales, or paste your sales into Sales.", "请填日均销量，或把销售记录贴到销售表。"),
    "plan.do_fix": ("Correct the cell named on Problems.", "请按“待修正”改好单元格。"),
    "plan.unanswered": (
        "Nobody has answered since {warned_on:d}.",
        "{warned_on:d}起一直没人处理。",
    ),
    "plan.was_orange": (
        "Warned since {warned_on:d} and nobody has answered.",
        "{warned_on:d}起已预警，一直没人处理。",
    ),
    # orders
    "plan.order_cartons": (
        "Order {units:n} of {sku} ({cartons:of carton}) from {supplier} for {warehouse}, sellable {sellable_on:d}.",
        "向{supplier}订 {sku} 共{units:n}件（{cartons:n}箱）到{warehouse}，{sellable_on:d}可售。",
    ),
    "plan.order_units": (
        "Order {units:n} of {sku} from {supplier} for {warehouse}, sellable {sellable_on:d}.",
        "向{supplier}订 {sku} 共{units:n}件到{warehouse}，{sellable_on:d}可售。",
    ),
    "plan.order_cartons_unassigned": (
        "Order {units:n} of {sku} ({cartons:of carton}; no supplier typed) for {warehouse}, sellable {sellable_on:d}.",
        "订 {sku} 共{units:n}件（{cartons:n}箱，供应商未指定）到{warehouse}，{sellable_on:d}可售。",
    ),
    "plan.order_units_unassigned": (
        "Order {units:n} of {sku} (no supplier typed) for {warehouse}, sellable {sellable_on:d}.",
        "订 {sku} 共{units:n}件（供应商未指定）到{warehouse}，{sellable_on:d}可售。",
    ),
    "plan.order_way_cartons": (
        "Order {units:n} of {sku} ({cartons:of carton}) from {supplier} for {warehouse} {way:s}, sellable {sellable_on:d}.",
        "向{supplier}订 {sku} 共{units:n}件（{cartons:n}箱），{way:s}到{warehouse}，{sellable_on:d}可售。",
    ),
    "plan.order_way_units": (
        "Order {units:n} of {sku} from {supplier} for {warehouse} {way:s}, sellable {sellable_on:d}.",
        "向{supplier}订 {sku} 共{units:n}件，{way:s}到{warehouse}，{sellable_on:d}可售。",
    ),
    "plan.order_gap": (
        "Sells out on {sells_out_on:d}; {slow_way:s} alone {fast_short_days:of day} short, about "
        "{fast_saves_units:of sale} lost ({fast_saves_money:m} margin). This way costs {fast_extra:m} more.",
        "{sells_out_on:d}卖完；只走{slow_way:s}缺货{fast_short_days:n}天，约少卖{fast_saves_units:n}件"
        "（毛利{fast_saves_money:m}）。这样多花{fast_extra:m}。",
    ),
    "plan.order_gap_free": (
        "Sells out on {sells_out_on:d}; {slow_way:s} alone {fast_short_days:of day} short, about "
        "{fast_saves_units:of sale} lost ({fast_saves_money:m} margin). This way costs no more.",
        "{sells_out_on:d}卖完；只走{slow_way:s}缺货{fast_short_days:n}天，约少卖{fast_saves_units:n}件"
        "（毛利{fast_saves_money:m}）。这样不用多花钱。",
    ),
    "plan.order_other_price": (
        "Ask {supplier} for the price: the usual one is assumed.",
        "请向{supplier}询价，这里按平时的价格估算。",
    ),
    "plan.order_rest": (
        "{fast_units:n} more come {fast_way:s}, sellable {fast_on:d}.",
        "另有{fast_units:n}件{fast_way:s}，{fast_on:d}可售。",
    ),
    "plan.order_to_cartons": (
        "{needed:n} needed, {order_units:n} in whole cartons of {case_pack:n}.",
        "需要{needed:n}件，按每箱{case_pack:n}件取整为{order_units:n}件。",
    ),
    "plan.order_to_minimum": (
        "{needed:n} needed; the minimum order of {moq:n} makes it {order_units:n}.",
        "需要{needed:n}件，起订量是{moq:n}件，所以订{order_units:n}件。",
    ),
    "plan.order_added": (
        "Ordered now to reach {supplier}'s minimum order of {minimum_value:n} {currency}.",
        "为凑够{supplier}的最低订单金额{minimum_value:n} {currency}，现在一起订。",
    ),
    "plan.order_below_minimum": (
        "{missing_value:n} {currency} are still missing to {supplier}'s minimum order of {minimum_value:n}.",
        "离{supplier}的最低订单金额{minimum_value:n} {currency}还差{missing_value:n}。",
    ),
    "plan.order_left_out": (
        "Left out: {cut_units:n} of {sku} for {warehouse}, for the budget of {order_budget:m} is used up.",
        "预算{order_budget:m}已用完，未下单：{sku} {warehouse}需{cut_units:n}件。",
    ),
    "plan.order_cut": (
        "{cut_units:n} more left out: the budget of {order_budget:m} is used up.",
        "预算{order_budget:m}已用完，另有{cut_units:n}件未下单。",
    ),
    "plan.order_delay": ("Each day of delay may lose {delay_money:m}.", "每晚一天可能少赚{delay_money:m}。"),
    "plan.way_sea": ("by sea", "海运"),
    "plan.way_air": ("by air", "空运"),
    "plan.way_land": ("by land", "陆运"),
    "plan.way_express": ("by express", "快递"),
    "plan.way_rush_sea": ("by sea, rushed", "加急生产后海运"),
    "plan.way_rush_air": ("by air, rushed", "加急生产后空运"),
    "plan.way_rush_land": ("by land, rushed", "加急生产后陆运"),
    "plan.way_rush_express": ("by express, rushed", "加急生产后快递"),
    "plan.order_why": (
        "Stock + on the way {position:n}, reorder at {reorder_at:n}, fill up to {fill_up_to:n}.",
        "库存加在途{position:n}件，补货点{reorder_at:n}件，补到{fill_up_to:n}件。",
    ),
    "plan.order_why_moved": (
        "Stock + on the way {position:n}, {position_moved:n} after the proposed transfers; reorder at {reorder_at:n}, "
        "fill up to {fill_up_to:n}.",
        "库存加在途{position:n}件，调拨后{position_moved:n}件；补货点{reorder_at:n}件，补到{fill_up_to:n}件。",
    ),
    "plan.order_given": (
        "Enough for now, but not after the proposed transfers: too little is left until an order of next time lands.",
        "目前够用，但按建议调出后，等不到下一次采购到货。",
    ),
    "plan.order_soon": (
        "Enough for now, but it sells out on {sells_out_on:d}: the order date is {order_by:d}.",
        "目前够用，但{sells_out_on:d}卖完，最晚下单日是{order_by:d}。",
    ),
    "plan.order_rounding": (
        "Cartons and the minimum order add {extra:n} units, {days:of day} of sales.",
        "因整箱和起订量多订{extra:n}件，约{days:n}天的销量。",
    ),
    "plan.order_lead_assumed": (
        "The {lead_days:of day} from order to sellable are assumed.",
        "补货周期{lead_days:n}天是估计的。",
    ),
    # transfers
    "plan.move_head": (
        "Move {units:n} of {sku} from {from} to {to}, ship by {ship_by:d}, sellable {arrives_on:d},",
        "把{units:n}件 {sku} 从{from}调到{to}，{ship_by:d}前发出，{arrives_on:d}可售，",
    ),
    "plan.move_late": (
        "{late_days:of day} after {to} sells out ({sells_out_on:d}).",
        "比{to}卖完的{sells_out_on:d}晚{late_days:n}天。",
    ),
    "plan.move_in_time": (
        "before {to} sells out ({sells_out_on:d}).",
        "赶在{to}卖完的{sells_out_on:d}之前。",
    ),
    "plan.move_next_arrival": ("Next arrival there: {next_arrival:d}.", "该仓下次到货{next_arrival:d}。"),
    "plan.move_saves_money": (
        "Saves {saves_units:of sale} ({saves_money:m} margin) for {cost:m};",
        "可多卖{saves_units:n}件（毛利{saves_money:m}），运费{cost:m}；",
    ),
    "plan.move_saves_units": (
        "Saves {saves_units:of sale} for {cost:m} (type price and cost to see the margin);",
        "可多卖{saves_units:n}件，运费{cost:m}（填售价和成本可看毛利）；",
    ),
    "plan.move_keeps": ("{from} keeps {sender_keeps_days:of day}.", "{from}还够卖{sender_keeps_days:n}天。"),
    "plan.move_keeps_all": ("{from} has no daily sales of it.", "{from}这款没有销量。"),
    # how a forecast was made
    "plan.basis_typed": ("Daily sales typed on Stock.", "库存表手填的日均销量。"),
    "plan.basis_history": ("From {days:of day} of sales.", "依据{days:n}天销售记录。"),
    "plan.basis_series": (
        "From {days:of day} of sales, a day {half_life:n} days back counts half.",
        "依据{days:n}天销售记录，{half_life:n}天前的一天算一半。",
    ),
    "plan.basis_seasonal": (
        "From {days:of day} of sales and the same weeks of last year ({season:p} believed).",
        "依据{days:n}天销售记录和去年同期（采信{season:p}）。",
    ),
    "plan.basis_seldom": (
        "Sells seldom: from {days:of day} of sales, a day {half_life:n} days back counts half.",
        "偶尔才有销量：依据{days:n}天销售记录，{half_life:n}天前的一天算一半。",
    ),
    "plan.basis_left_out": (
        "{ignored:of day} sold out or with shows left out.",
        "断货或直播的{ignored:n}天不计。",
    ),
    "plan.basis_capped": (
        "{capped:of bulk order} capped; the largest, {sold:n} on {day:d}, counts as {kept:n}.",
        "大单封顶{capped:n}次，最大一次{day:d}的{sold:n}件按{kept:n}件计。",
    ),
    "plan.basis_few": (
        "Only {days:of day} in stock so far: held close to the plain average.",
        "有货天数只有{days:n}天，估得接近简单平均。",
    ),
    "plan.basis_new": (
        "NEW: planned like {like} × {times:n} = {daily:n} a day. Its own sales count fully from {full_on:d}; "
        "the assumption ends on {ends_on:d}.",
        "新品：按 {like} × {times:n} = 每天{daily:n}件估算；{full_on:d}起以自身销量为准，估算{ends_on:d}失效。",
    ),
    "plan.basis_none": ("No sales and no daily sales typed.", "没有销售记录，也没有手填日均。"),
    # how good forecasts were
    "plan.accuracy_better": (
        "In the last {weeks:of week} the forecast was off by {off_by:p}, the 28-day average by {average_off:p}, the same "
        "weekday of the week before by {weekday_off:p}.",
        "近{weeks:n}周预测误差{off_by:p}；28天平均误差{average_off:p}，上周同一天误差{weekday_off:p}。",
    ),
    "plan.accuracy_average": (
        "In the last {weeks:of week} the forecast was no better than the 28-day average (off by {off_by:p} against "
        "{average_off:p}).",
        "近{weeks:n}周的预测不比28天平均更准（误差{off_by:p}，平均{average_off:p}）。",
    ),
    "plan.accuracy_weekday": (
        "In the last {weeks:of week} the forecast was no better than the same weekday of the week before (off by "
        "{off_by:p} against {weekday_off:p}).",
        "近{weeks:n}周的预测不比上周同一天更准（误差{off_by:p}，上周同一天{weekday_off:p}）。",
    ),
    "plan.accuracy_alike": (
        "In the last {weeks:of week} the forecast was as good as the best simple rule, no better (off by {off_by:p}).",
        "近{weeks:n}周的预测与最准的简单规则相当，没有更准（误差{off_by:p}）。",
    ),
    "plan.accuracy_ran_out": (
        "Stock as planned lasted in {reached:p} of fortnights, {level:p} was wanted: raise the chance on Settings.",
        "按计划备货，两周内不断货的占{reached:p}，目标是{level:p}：可在设置里调高不断货概率。",
    ),
    "plan.accuracy_one": (
        "Only one fortnight to compare so far: nothing can be said yet.",
        "目前只有一个两周可比，还说明不了什么。",
    ),
    "plan.accuracy_unsold": ("Nothing was sold in the last {weeks:of week}.", "近{weeks:n}周没有销量。"),
    "plan.accuracy_too_little": (
        "Too little history: {days:of day} of sales, {needed:n} are needed. Nothing can be said yet.",
        "销售记录太少：只有{days:n}天，至少要{needed:n}天，目前还说明不了什么。",
    ),
    "plan.accuracy_since": (
        "Since {since:d}: {planned:n} planned, {sold:n} sold ({days:of day}).",
        "{since:d}以来（{days:n}天）：预测{planned:n}件，实际{sold:n}件。",
    ),
    "plan.accuracy_no_sales": (
        "No sales history yet: paste your daily sales into Sales, then recompute.",
        "还没有销售记录：请把每天的销售贴到销售表，再重新计算。",
    ),
    "plan.accuracy_all": ("All", "全部"),
    "plan.accuracy_class": ("All: {class}", "全部{class}"),
    "plan.accuracy_rest": ("{pairs:n} more rows", "其余{pairs:n}行"),
    # what sales days taught
    "plan.day_learned": (
        "{name} ({day:d}): × {factor:n}, learned from {times:of past occasion}.",
        "{name}，{day:d}：×{factor:n}，根据过去{times:n}次得出。",
    ),
    "plan.day_unseen": (
        "{name} ({day:d}): not in your sales history yet, planned as ordinary days. Type it on Events if you expect more.",
        "{name}，{day:d}：销售记录里还没有过，按平常日估。若预计会多卖，请填到活动表。",
    ),
    # what past shows taught
    "plan.show_no_lesson": ("No past show to learn from: taken as planned.", "没有往期直播可参考，按计划估。"),
    "plan.show_learned": (
        "{shows:of past show}: ×{ratio:n}, trusted {trust:p}. Planned from viewers × {factor:n}.",
        "往期{shows:n}场直播：×{ratio:n}，采信{trust:p}。按场观计划×{factor:n}。",
    ),
    "plan.show_sold_out": (
        "{shows:of past show}: at least ×{ratio:n}, sold out, trusted {trust:p}. Planned from viewers × {factor:n}.",
        "往期{shows:n}场直播：至少×{ratio:n}，已售罄，采信{trust:p}。按场观计划×{factor:n}。",
    ),
    "plan.show_some_sold_out": (
        "{shows:of past show}, {sold_out:n} sold out: at least ×{ratio:n}, trusted {trust:p}. "
        "Planned from viewers × {factor:n}.",
        "往期{shows:n}场直播，其中{sold_out:n}场售罄：至少×{ratio:n}，采信{trust:p}。按场观计划×{factor:n}。",
    ),
    "plan.show_learned_typed": (
        "{shows:of past show}: ×{ratio:n}, trusted {trust:p}. Your planned units are kept.",
        "往期{shows:n}场直播：×{ratio:n}，采信{trust:p}。您填的计划件数不变。",
    ),
    "plan.show_sold_out_typed": (
        "{shows:of past show}: at least ×{ratio:n}, sold out, trusted {trust:p}. Your planned units are kept.",
        "往期{shows:n}场直播：至少×{ratio:n}，已售罄，采信{trust:p}。您填的计划件数不变。",
    ),
    "plan.show_some_sold_out_typed": (
        "{shows:of past show}, {sold_out:n} sold out: at least ×{ratio:n}, trusted {trust:p}. Your planned units are kept.",
        "往期{shows:n}场直播，其中{sold_out:n}场售罄：至少×{ratio:n}，采信{trust:p}。您填的计划件数不变。",
    ),
    "plan.show_nothing_typed": ("Nothing typed: {times:n} times a normal day.", "什么都没填：按平常一天的{times:n}倍估。"),
    # what to show in a show, and how many may be promised
    "plan.pick_in": (
        "Show {sku} and promise up to {promise:n} of {stock:n} in {warehouse}.",
        "可播 {sku}：开播时{warehouse}有{stock:n}件，最多承诺{promise:n}件。",
    ),
    "plan.pick_limit": (
        "Show {sku}, promise at most {promise:n} of {stock:n} in {warehouse}; a good show sells {good:n}.",
        "限量播 {sku}：开播时{warehouse}有{stock:n}件，最多承诺{promise:n}件，好的一场能卖{good:n}件。",
    ),
    "plan.pick_out_needed": (
        "OUT of {show}: {sku}. All {available:n} in {warehouse} are needed for normal sales and none arrive in time.",
        "{show}不上 {sku}：{warehouse}的{available:n}件只够日常销售，播前无到货。",
    ),
    "plan.pick_out_then": (
        "OUT of {show}: {sku}. All {stock:n} left in {warehouse} by then are needed for normal sales.",
        "{show}不上 {sku}：{warehouse}开播时{stock:n}件只够日常销售。",
    ),
    "plan.pick_out_nothing": (
        "OUT of {show}: {sku}. None are left in {warehouse} by then.",
        "{show}不上 {sku}：{warehouse}开播时已无货。",
    ),
    "plan.pick_out_few": (
        "OUT of {show}: {sku}. Only {spare:n} of {stock:n} in {warehouse} are to spare; the show would sell {likely:n}.",
        "{show}不上 {sku}：{warehouse}的{stock:n}件只能匀出{spare:n}件，一场一般能卖{likely:n}件。",
    ),
    "plan.pick_out_unsellable": (
        "OUT of {show}: {sku} is marked unsellable.",
        "{show}不上 {sku}：标为不可售。",
    ),
    "plan.pick_no_stock": (
        "{sku} in {warehouse}: type the quantity on hand on Stock, then recompute.",
        "{sku}（{warehouse}）：请在库存表填实物库存，再重新计算。",
    ),
    "plan.pick_no_sales": (
        "{sku} in {warehouse}: type daily sales on Stock, or paste your sales into Sales, then recompute.",
        "{sku}（{warehouse}）：请在库存表填日均销量，或把销售贴到销售表，再重新计算。",
    ),
    "plan.pick_until_arrival": (
        "Normal sales need {keep:n} until more arrive on {keep_until:d}.",
        "日常留{keep:n}件，卖到{keep_until:d}到货。",
    ),
    "plan.pick_until_order": (
        "Normal sales need {keep:n} until {keep_until:d} (an order of today lands).",
        "日常留{keep:n}件到{keep_until:d}（今天下单可到）。",
    ),
    "plan.pick_until_day": (
        "Normal sales of the day need {keep:n}; order today, and more lands before the show.",
        "当天日常留{keep:n}件；今天下单，播前能到。",
    ),
    "plan.pick_sells_down": (
        "Discontinued: only {keep:n} are kept, for that day's normal sales.",
        "已停售，只留当天日常{keep:n}件。",
    ),
    "plan.pick_instead": (
        "Show {instead} instead: {instead_units:n} in stock, {instead_days:of day}.",
        "可换 {instead}：库存{instead_units:n}件，够卖{instead_days:n}天。",
    ),
    "plan.pick_instead_unsold": (
        "Show {instead} instead: {instead_units:n} in stock, no normal sales.",
        "可换 {instead}：库存{instead_units:n}件，平时没有销量。",
    ),
    "plan.pick_next": (
        "Then show {instead}: {instead_units:n} in stock, {instead_days:of day}.",
        "播完接 {instead}：库存{instead_units:n}件，够卖{instead_days:n}天。",
    ),
    "plan.pick_next_unsold": (
        "Then show {instead}: {instead_units:n} in stock, no normal sales.",
        "播完接 {instead}：库存{instead_units:n}件，平时没有销量。",
    ),
    # Today
    "today.verdict": (
        "{count:of thing} to do today. If nothing is done, about {money:m} of margin may be lost by {until:d}.",
        "今天有{count:n}件事要做。如果都不做，到{until:d}可能少赚约{money:m}。",
    ),
    "today.verdict_units": (
        "{count:of thing} to do today. If nothing is done, about {units:of sale} may be lost by {until:d}.",
        "今天有{count:n}件事要做。如果都不做，到{until:d}可能少卖约{units:n}件。",
    ),
    "today.nothing": ("Nothing to do today. {rows:of row} checked.", "今天没有要做的事。已检查{rows:n}行。"),
    "today.next_date": (
        "Next date: {day:d}, order {sku} for {warehouse}.",
        "下一件：{day:d}采购 {sku}（{warehouse}）。",
    ),
    "today.stock_of": ("Stock of {day:d}", "库存日期{day:d}"),
    "today.stock_between": ("Stock of {first:d} to {day:d}", "库存日期{first:d}至{day:d}"),
    "today.sales_through": ("sales through {day:d}", "销售截至{day:d}"),
    "today.no_sales": ("no sales history, daily sales as typed", "没有销售记录，按手填日均"),
    "today.problems": ("{count:n} to fix (see Problems)", "{count:n}处待修正（见“待修正”）"),
    "today.problem_one": ("1 to fix (see Problems)", "1处待修正（见“待修正”）"),
    "today.no_problems": ("nothing to fix", "没有待修正"),
    "today.computed_for": ("computed for {day:d}", "按{day:d}计算"),
    "today.rolled": (
        "Stock is older than today: {units:n} units sold since were taken off, {received:n} received were added.",
        "库存日期早于今天：已减去之后卖出的{units:n}件，加上收到的{received:n}件。",
    ),
    "today.stale": (
        "Stock is of {day:d}, {days:of day} old: the colours below may be wrong. Paste today's stock, then recompute.",
        "库存是{day:d}的，已过{days:n}天，下面的颜色可能不准。请先贴今天的库存，再重新计算。",
    ),
    "today.late": (
        "{document}: {units:n} of {sku} for {warehouse} was due on {sellable_on:d}, {late_days:of day} late. Not counted "
        "as stock, not ordered again. Type the new date, or 'received'.",
        "{document}：{sku} {units:n}件应于{sellable_on:d}到{warehouse}，已晚{late_days:n}天。暂不算可售，也不会重复下单。"
        "请填新日期，或填“已到”。",
    ),
    "today.lost": (
        "{document}: {units:n} of {sku} for {warehouse} is {late_days:of day} late and no longer counted as on order. "
        "Type the new date, 'received' or 'cancelled'.",
        "{document}：{sku} {units:n}件（{warehouse}）已晚{late_days:n}天，不再算在途。请填新日期、“已到”或“已取消”。",
    ),
    "today.late_committed": (
        "{document}: {units:n} of {sku} for {warehouse} was due on {sellable_on:d}, {late_days:of day} late. Not counted "
        "as stock, not ordered again. Under Committed on {sheet} type the new date, or 'received'.",
        "{document}：{sku} {units:n}件应于{sellable_on:d}到{warehouse}，已晚{late_days:n}天。暂不算可售，也不会重复下单。"
        "请在{sheet}的“已确认”里填新日期，或填“已到”。",
    ),
    "today.lost_committed": (
        "{document}: {units:n} of {sku} for {warehouse} is {late_days:of day} late and no longer counted as on order. "
        "Under Committed on {sheet} type the new date, 'received' or 'cancelled'.",
        "{document}：{sku} {units:n}件（{warehouse}）已晚{late_days:n}天，不再算在途。请在{sheet}的“已确认”里填新日期、“已到”或“已取消”。",
    ),
    "today.set_aside": (
        "Accepted transfers: {units:n} units that still lie in the sender's count were taken off there.",
        "已接受的调拨：调出仓盘点里还有的{units:n}件已先扣除。",
    ),
    "today.since": (" since {day:d}:", "（自{day:d}）"),
    "today.tier_since": ("{tier}\nsince {day:d}", "{tier}\n自{day:d}"),
    "today.turns_red": ("RED on {day:d} if nothing is done.", "不处理的话{day:d}变红。"),
    "today.arrives": (
        "{document}: {units:n} of {sku} can be sold in {warehouse} from {sellable_on:d}.",
        "{document}：{sku} {units:n}件，{sellable_on:d}起可在{warehouse}售卖。",
    ),
    "today.more_late": ("and {count:n} more late", "还有{count:n}条已晚"),
    "today.more_coming": ("and {count:n} more within a week", "一周内还有{count:n}条"),
    "today.changed_red": ("Newly RED: {items}.", "新变红：{items}。"),
    "today.changed_orange": ("Newly ORANGE: {items}.", "新变橙：{items}。"),
    "today.changed_eased": ("Eased: {items}.", "已缓解：{items}。"),
    "today.changed_stock": (
        "Stock moved by more than half, please check: {items}.",
        "库存变动超过一半，请核对：{items}。",
    ),
    "today.changed_nothing": ("No tier changed, and no stock moved by more than half.", "预警没有变化，也没有库存变动超过一半。"),
    "today.assumed_new": (
        "{count:of new row} without sales enough of their own, planned like a similar SKU.",
        "{count:n}行新品自身销量还不够，按参考货号估算。",
    ),
    "today.assumed_shows": (
        "{count:of show} with viewers, conversion or units that nobody typed.",
        "{count:n}场直播的场观、转化率或件数没有填，按估计算。",
    ),
    "today.assumed_rate": (
        "{name} sells in {currency} and has no rate: its money counts 1 to 1. Type the rate on Suppliers.",
        "{name}用{currency}报价，没有填汇率，按1比1算。请在供应商表填汇率。",
    ),
    "today.more": ("and {count:n} more on Alerts", "还有{count:n}条，见预警表"),
    "today.show": (
        "{show}: {when}, {units:n} units planned over {skus:of SKU}.",
        "{show}：{when}，计划{units:n}件，{skus:n}个货号。",
    ),
    "today.show_assumed": (
        "{show}: {when}, {units:n} units over {skus:of SKU}, partly assumed.",
        "{show}：{when}，{units:n}件，{skus:n}个货号，部分为估计。",
    ),
    "today.clock": ("{day:d} {time} {city}", "{day:d}{time} {city}"),
    "today.picks_in": ("{count:n} in", "可播{count:n}款"),
    "today.picks_limit": ("at most: {items}", "限量：{items}"),
    "today.picks_out": ("OUT: {items}", "不播：{items}"),
    "today.picks_no_data": ("no data: {items}", "缺数据：{items}"),
    "today.picks_promise": ("promise at most: {items}", "最多承诺：{items}"),
    "today.picks_others": ("{count:n} more", "另{count:n}款"),
    "today.picks_more": ("and {count:n} more on Live picks", "还有{count:n}款，见直播选品"),
    "today.assumed_lead": (
        "{count:of order date} based on assumed lead times.",
        "{count:n}个下单日依据的是估计的补货周期。",
    ),
    "today.assumed_spread": (
        "Without sales history the day-to-day spread is assumed ({factor:n} × √daily sales).",
        "没有销售记录，每日波动按 {factor:n} × √日均 估计。",
    ),
    "today.better_lead": (
        "To get better: type the production days of {supplier}; {count:of order date} based on assumed ones.",
        "想更准：请填{supplier}的生产天数，{count:n}个下单日依据的是估计值。",
    ),
    "today.better_supplier": (
        "To get better: type the suppliers in Catalog and their production days in Suppliers.",
        "想更准：请在商品表填供应商，在供应商表填生产天数。",
    ),
    "today.better_sales": (
        "To get better: paste your daily sales into Sales; the forecast then sees weekdays and trends.",
        "想更准：请把每天的销售贴到销售表，预测就能看出星期规律和趋势。",
    ),
    "today.better_money": (
        "To get better: type cost and price in Catalog; the list is then ranked by money.",
        "想更准：请在商品表填成本和售价，列表就能按金额排序。",
    ),
    "chat.show": ("Show of {day:d}: {items}", "{day:d}直播：{items}"),
    "chat.head": ("Restock {day:d}: {red:n} red, {orange:n} orange, {yellow:n} yellow.", "{day:d}补货：红{red:n}、橙{orange:n}、黄{yellow:n}。"),
}
