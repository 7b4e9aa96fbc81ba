"""Sentences and labels of a replayed year (English, Chinese)."""

SENTENCES: dict[str, tuple[str, str]] = {
    # rules
    "simulate.article_7": ("Order below 7 days", "低于7天就下单"),
    "simulate.article_15": ("Order below 15 days", "低于15天就下单"),
    "simulate.classic": ("Textbook safety stock", "教科书安全库存"),
    "simulate.ours": ("restock, no transfers", "restock，不调拨"),
    "simulate.ours_moves": ("restock, with transfers", "restock，含调拨"),
    "simulate.clairvoyant": ("Knowing the future", "预知未来"),
    # columns
    "simulate.column_rule": ("Rule", "规则"),
    "simulate.column_dial": ("Setting", "参数"),
    "simulate.column_fill": ("Sold of what was asked for", "满足率"),
    "simulate.column_show_fill": ("The same on show days", "直播日满足率"),
    "simulate.column_out_days": ("Days short, per SKU, warehouse and year", "每货号每仓每年缺货天数"),
    "simulate.column_stock": ("Stock, mean units", "平均库存(件)"),
    "simulate.column_stock_value": ("Stock at cost", "库存货值"),
    "simulate.column_cost": ("Cost", "成本"),
    "simulate.column_lost_margin": ("of it lost margin", "其中少赚"),
    "simulate.column_holding": ("of it holding stock", "其中库存占用"),
    "simulate.column_ordering": ("of it order lines", "其中下单"),
    "simulate.column_moving": ("of it transfers", "其中调拨"),
    "simulate.column_order_lines": ("Order lines", "下单行数"),
    "simulate.column_transfer_lines": ("Transfers", "调拨次数"),
    "simulate.column_transfer_units": ("Units moved", "调拨件数"),
    "simulate.short_fill": ("Sold", "满足率"),
    "simulate.short_show_fill": ("Shows", "直播日"),
    "simulate.short_out_days": ("Days out", "缺货天"),
    "simulate.short_stock": ("Stock", "库存"),
    "simulate.short_cost": ("Cost", "成本"),
    "simulate.table_note": (
        "Sold: of what was asked for; Shows: the same on show days; Days out: per SKU, warehouse and year; Stock: mean "
        "units; Cost: margin lost, stock held, order lines, transfers. Bold: as the rule is meant to be used.",
        "满足率：卖出占需求；直播日：直播当天的满足率；缺货天：每货号每仓每年；库存：平均件数；成本：少赚、占用、下单、调拨。粗体：规则本来的用法。",
    ),
    "simulate.natural": ("as set", "按设置"),
    "simulate.dial_by_class": ("by class", "按类型"),
    # what is said of it
    "simulate.sheet": ("Simulation", "模拟"),
    "simulate.title": ("A year replayed", "一年重演"),
    "simulate.chart": ("What stock buys: further up and further left is better", "库存换来多少销量：越靠上、越靠左越好"),
    "simulate.step": ("{rule}: day {day:n} of {days:n}", "{rule}：第{day:n}天，共{days:n}天"),
    "simulate.world": (
        "Invented goods: {skus:n} SKUs in {warehouses:of warehouse}, {days:of day}, {worlds:of world}. Every rule meets the "
        "same demand, shows and lead times.",
        "虚构商品：{skus:n}个货号、{warehouses:n}个仓、{days:n}天、{worlds:n}个世界。各规则面对同样的需求、直播和补货周期。",
    ),
    "simulate.at_target": (
        "To sell {fill:p} of what is asked for, restock with transfers needs {stock:n} units in stock, the rule of 15 days "
        "{other:n}: {less:p} less.",
        "要满足{fill:p}的需求，restock（含调拨）平均需要库存{stock:n}件，15天规则需要{other:n}件：少{less:p}。",
    ),
    "simulate.at_target_more": (
        "To sell {fill:p} of what is asked for, restock with transfers needs {stock:n} units in stock, the rule of 15 days "
        "{other:n}.",
        "要满足{fill:p}的需求，restock（含调拨）平均需要库存{stock:n}件，15天规则需要{other:n}件。",
    ),
    "simulate.least_cost": (
        "No rule can cost less than {cost:n}, however much it knows.",
        "就算事先知道一切，全年成本也不会低于{cost:n}。",
    ),
    "simulate.own": (
        "Had you followed restock from {first:d} to {last:d}, you would have sold {fill:p} of what was asked for with "
        "{stock:of unit} in stock on average.",
        "如果{first:d}到{last:d}按 restock 补货，可满足{fill:p}的需求，平均库存{stock:n}件。",
    ),
    "simulate.own_other": (
        "Ordering below 15 days of average sales: {fill:p} with {stock:of unit}.",
        "低于15天日均就下单的做法：满足{fill:p}，平均库存{stock:n}件。",
    ),
    "simulate.own_money": (
        "The year's cost (margin lost, stock held, order lines, transfers) is {cost:m} against {other:m}.",
        "全年成本（少赚、占用、下单、调拨）{cost:m}，对比{other:m}。",
    ),
    "simulate.own_terms": (
        "Assumed: what was asked for is what you sold, sold-out days filled with your mean of other days ({filled:of day}); "
        "the first {warm:of day} only teach; every rule starts with stock until its first order lands and {start:n} days more; lead times vary about "
        "your suppliers' and routes'; an order line costs {line:m}, transfers what Routes says, stock "
        "{holding:p} of its cost a year.",
        "假设：需求等于您的销量，断货日按其余日子的日均补上（{filled:n}天）；前{warm:n}天只用来学习；各规则起始库存够卖到首单到货后{start:n}天；"
        "补货周期围绕您填的供应商和线路天数波动；每行下单{line:m}，调拨按线路运费，库存每年占成本{holding:p}。",
    ),
    "simulate.own_no_money": (
        "No price and cost on Catalog: nothing is said of money.",
        "商品表没有售价和成本：不算金额。",
    ),
    "simulate.too_short": (
        "Sales go back {days:of day}: a replay needs at least {least:n}. Paste older sales into Sales, or run restock simulate "
        "without a book.",
        "销售记录只有{days:n}天，重演至少要{least:n}天。请把更早的销售贴到销售表，或不带工作簿运行 restock simulate。",
    ),
    "simulate.nothing_sold": (
        "Nothing was sold in the days to replay. Check Sales.",
        "要重演的日子里没有销量，请检查销售表。",
    ),
}
