"""Labels and help on our sheets (English, Chinese)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "sheet.today_title": ("Restock · Today", "今日补货"),
    "sheet.today_empty": (
        "Not computed yet. Type SKU, on hand and daily sales on Stock: tier and days left appear there at once. "
        "For orders, transfers and alerts save and close this book, then run: restock recompute (this book).",
        "还没有计算。先在库存表填货号、实物库存、日均销量，预警和可售天数马上出现。"
        "要采购、调拨和预警清单，请保存并关闭本表，再运行：restock recompute（本表）。",
    ),
    "sheet.red": ("RED", "红"),
    "sheet.orange": ("ORANGE", "橙"),
    "sheet.yellow": ("YELLOW", "黄"),
    "sheet.order": ("lines to ORDER today", "行今天该下单"),
    "sheet.order_suppliers": ("lines to ORDER today, {suppliers:of supplier}", "行今天该下单，{suppliers:n}家供应商"),
    "sheet.move": ("MOVE", "调拨"),
    "sheet.show": ("NEXT SHOW SKUs", "下场直播货号"),
    "sheet.show_counts": ("IN the SHOW of {day:d}, {limit:n} LIMIT, {out:n} OUT", "款可播，限量{limit:n}，不播{out:n} · {day:d}直播"),
    "sheet.column_pick": ("Decision", "播不播"),
    "sheet.column_why": ("Why, and what to show instead", "说明，可换什么"),
    "sheet.column_promise": ("May promise", "可承诺(件)"),
    "sheet.column_left_after": ("Days left after", "播后可售天数"),
    "sheet.do_today": ("Do today", "今天要做"),
    "sheet.this_week": ("This week", "本周"),
    "sheet.next_show": ("Next shows", "接下来的直播"),
    "sheet.on_the_way": ("On the way: late, and due within a week", "在途：已晚的、一周内到的"),
    "sheet.changed": ("Changed since {day:d}", "{day:d}以来的变化"),
    "sheet.assumed": ("Assumed", "按估计"),
    "sheet.chat": ("Text for the group chat", "复制到群里"),
    "sheet.legend": ("Colours", "颜色"),
    "sheet.legend_tier": ("below {days:n} days left", "可售不足{days:n}天"),
    "sheet.legend_input": ("light yellow: for you to type in", "浅黄格：由您填写"),
    "sheet.legend_formula": ("grey: computes itself", "灰格：自动计算"),
    "sheet.legend_written": ("white: written by Recompute", "白格：重新计算时写入"),
    "sheet.drop_hint": (
        "After changes: save and close this book, then run restock recompute (this book).",
        "改动后：保存并关闭本表，再运行 restock recompute（本表）。",
    ),
    "sheet.line": ("{item}: {text}", "{item}：{text}"),
    "sheet.column_tier": ("Tier", "预警"),
    "sheet.column_do": ("What to do", "要做什么"),
    "sheet.column_by": ("By", "最晚"),
    "sheet.column_money": ("May lose", "可能少赚"),
    "sheet.column_units": ("May lose (units)", "可能少卖(件)"),
    "sheet.column_done": ("Done (Y / name)", "已办(Y/姓名)"),
    "sheet.ok": ("OK", "正常"),
    "sheet.check": ("CHECK", "核对"),
    "sheet.old": ("OLD", "过期"),
    "sheet.effect_row": ("row not planned", "该行未计算"),
    "sheet.effect_cell": ("value not used", "该值未采用"),
    "sheet.effect_note": ("for your information", "提示"),
    "sheet.computed_for": ("Computed for", "计算日期"),
    "sheet.knots": ("Through day:", "到第几天："),
    "sheet.lists": ("Lists", "可选项"),
    "start.title": ("Restock: three steps", "补货表：三步上手"),
    "start.step1": (
        "1   On Stock type or paste three columns: SKU, On hand, Daily sales. Tier and days left appear at once.",
        "1   在库存表填或粘贴三列：货号、实物库存、日均销量。预警和可售天数马上出现。",
    ),
    "start.step2": (
        "2   When you have them, add: Sales (instead of daily sales), Inbound, Livestreams. More tables are hidden: "
        "right-click any tab and choose Unhide.",
        "2   有的话再填：销售（可代替日均）、在途、直播。其余表已隐藏：右键任一标签，选“取消隐藏”。",
    ),
    "start.step3": (
        "3   Save and close the book, then run restock recompute on it. Today says what to do; Orders, Transfers and "
        "Alerts hold the details.",
        "3   保存并关闭本表，运行 restock recompute。“今日补货”告诉您该做什么，采购、调拨、预警各有明细。",
    ),
    "start.example_title": ("An example", "例子"),
    "start.typed_sku": ("You type: SKU", "您填：货号"),
    "start.typed_on_hand": ("You type: on hand", "您填：实物库存"),
    "start.typed_daily": ("You type: daily sales", "您填：日均销量"),
    "start.shown_days_left": ("It shows: days left", "自动显示：可售天数"),
    "start.shown_tier": ("It shows: tier", "自动显示：预警"),
    "start.example": (
        "280 on hand, 20 sold a day: 14.0 days left, YELLOW (below 15). 60 left would be 3.0 days: ORANGE. 59: RED.",
        "实物280件、日销20件：可卖14.0天，黄（低于15天）。剩60件是3.0天：橙。剩59件：红。",
    ),
    "start.send": (
        "Send the book to anyone: colours, numbers and sentences need nothing installed (Excel, WPS, LibreOffice, phone).",
        "这本表可以直接发给同事：颜色、数字和句子都不需要安装任何东西（Excel、WPS、LibreOffice、手机）。",
    ),
    "start.demo": (
        "DEMO. Sales are real: UCI Online Retail, 2010-12 to 2011-11 (CC0). Stock, inbound, shows, suppliers, routes, "
        "costs and cartons are invented. Today is 14 November 2011.",
        "演示。销售是真实数据：UCI Online Retail，2010年12月至2011年11月（CC0）。库存、在途、直播、供应商、线路、成本和箱规都是虚构的。"
        "“今天”是2011年11月14日。",
    ),
    "problem.foreign_formula": (
        "{ref} and {others:n} more calculated cells hold something else than our formula; they keep what they show. "
        "To have ours back, close the book and run: restock repair (this book).",
        "{ref} 等计算格（另有{others:n}格）不是我们的公式，已保留原内容。要恢复，请关闭本表后运行：restock repair（本表）。",
    ),
    "problem.also_found": (
        "{ref}: these headers would also do for {table}; another table was taken. Delete one, or name the right one {table}.",
        "{ref}：这里的表头也像 {table} 表，已采用另一张。请删掉一张，或把正确的那张命名为 {table}。",
    ),
    "report.counts": (
        "{red} {reds:n} · {orange} {oranges:n} · {yellow} {yellows:n} · {orders:of order line}, "
        "{transfers:of transfer}, {problems:n} to check",
        "{red} {reds:n} · {orange} {oranges:n} · {yellow} {yellows:n} · 采购{orders:n}行，调拨{transfers:n}行，"
        "待修正{problems:n}处",
    ),
    "report.same": ("Nothing changed: {path} already says all this.", "没有变化：{path} 已是最新。"),
    "report.made": (
        "Made {path}. Open it and type SKU, on hand and daily sales on Stock.",
        "已新建 {path}。请打开它，在库存表填货号、实物库存和日均销量。",
    ),
    "report.written": ("Written: {path}", "已写入：{path}"),
    "report.backup": ("The book as it was: {path}", "原来的表：{path}"),
    "report.demo": (
        "Sales: UCI Online Retail (CC0). Stock, inbound, shows, suppliers and routes are invented.",
        "销售：UCI Online Retail（CC0）。库存、在途、直播、供应商、线路均为虚构。",
    ),
    "function.hint": (
        "For cells of your own, in Excel for Microsoft 365. The columns of this book need none of them.",
        "供您自己的单元格使用，适用于 Microsoft 365 版 Excel。本表各列都不依赖这些函数。",
    ),
}
