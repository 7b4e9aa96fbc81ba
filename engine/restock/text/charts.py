"""Titles, legends and notes of the charts (English, Chinese)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "chart.title": ("Charts", "图表"),
    "chart.hint": (
        "Drawn from the two tables below, as of the last recompute. For one SKU, see Explain.",
        "数据在下方两张表里，以最近一次计算为准。单个货号请看“算法说明”表。",
    ),
    "chart.no_weeks": (
        "There is no chart of forecast and sales yet: it needs {needed:n} days of sales for at least one SKU, so that a "
        "forecast can be held against what was sold after it.",
        "暂无“销量与预测”图：至少要有一个货号积累{needed:n}天销量，才能用事后的销量检验事前的预测。",
    ),
    "chart.tiers": ("Rows of Stock by warehouse and tier", "各仓库各级预警的行数"),
    "chart.rows": ("Rows of Stock", "库存表行数"),
    "chart.red": ("RED", "红"),
    "chart.orange": ("ORANGE", "橙"),
    "chart.yellow": ("YELLOW", "黄"),
    "chart.green": ("GREEN", "绿"),
    "chart.other": ("Other", "其他"),
    "chart.weeks": (
        "Sold and forecast by week, without shows and days out of stock",
        "每周销量与预测（不含直播和断货日）",
    ),
    "chart.sold": ("Sold", "销量"),
    "chart.made": ("Forecast made before", "事前的预测"),
    "chart.now": ("Forecast now", "现在的预测"),
    "chart.units": ("Units", "件"),
    "chart.week": ("Week from", "周起始日"),
    "chart.stock_title": ("Stock on the next 90 days", "未来90天库存"),
    "chart.date": ("Date", "日期"),
    "chart.expected": ("Expected stock", "预计库存"),
    "chart.low": ("At least", "库存下限"),
    "chart.band": ("Between at least and at most", "下限到上限"),
    "chart.at_least": ("With a chance of {service:n}%: at least, to at most", "{service:n}%把握：下限到上限"),
    "chart.arrivals": ("Arrival", "到货"),
    "chart.shows": ("Show", "直播"),
    "chart.arrival_units": ("Arrives (units)", "到货(件)"),
    "chart.show_units": ("Sold in shows (units)", "直播销量(件)"),
    "chart.note": (
        "Line: expected stock at the end of each day; it rises where goods arrive (triangle); a diamond marks a day with a "
        "show. Accepted orders count, suggestions do not. Band: stock is not below its lower edge, and not above its upper "
        "edge, with the SKU's chance of not running out; daily sales that were typed have no band. The numbers stand in the "
        "folded columns on the right.",
        "曲线：每天结束时的预计库存；到货日上升（三角），有直播的日子标菱形。已确认的采购计入，建议不计入。色带：按该货号的不断货概率，"
        "库存不低于下沿、不高于上沿；手填日均销量的没有色带。数字在右侧折叠的列里。",
    ),
    "chart.digits": ("Digits per number", "每个数的位数"),
    "chart.series_text": ("From Trend", "取自走势数据"),
    "chart.sales_column": ("60-day sales, picture", "60天销量图"),
    "chart.stock_column": ("Stock ahead, picture", "未来库存图"),
    "chart.sales_help": (
        "One bar per 5 days, drawn from the sheet Trend lines (hidden). Nothing to type.",
        "每5天一根柱，数据在隐藏的“走势线”表里，不用填。",
    ),
    "chart.stock_help": (
        "One bar per week from today on: expected stock, with arrivals and shows. Nothing to type.",
        "今天起每7天一根柱：预计库存，含到货和直播，不用填。",
    ),
}
