"""The settings of a book: each with its default, range, unit and one line of help."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields

from restock.schema.columns import Kind


@dataclass(frozen=True)
class Setting:
    """One row of the Settings table. Shares are typed as 95% or 0.95."""

    key: str
    en: str
    zh: str
    kind: Kind
    default: float | str | None
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    choices: str = ""
    help_en: str = ""
    help_zh: str = ""

    def label(self, language: str) -> str:
        """What stands in the Setting column."""
        return self.zh if language == "zh" else self.en

    def help(self, language: str) -> str:
        """What stands in the third column."""
        return self.help_zh if language == "zh" else self.help_en


N, D, C, X = Kind.NUMBER, Kind.DATE, Kind.CHOICE, Kind.TEXT

SETTINGS_LIST: tuple[Setting, ...] = (
    Setting("language", "Language", "语言", C, "en", choices="language",
            help_en="Of the sentences on our sheets. restock relabel changes the whole book.",
            help_zh="我们写出的句子用哪种。整本表换语言请用 restock relabel。"),
    Setting("currency", "Currency", "币种", X, None, help_en="One for the whole book.", help_zh="整本表一个币种。"),
    Setting("stock_date", "Stock date", "库存日期", D, None,
            help_en="Morning of the count, for rows of Stock without one. Empty: the press at which stock last changed.",
            help_zh="库存表里没填日期的行按这天早上算。不填：取最近一次库存有变化的那次计算。"),
    Setting("default_warehouse", "Sales without a warehouse belong to", "没写仓库的销售算到", X, None,
            help_en="Needed only with several warehouses.", help_zh="有多个仓时才需要。"),
    Setting("red_days", "Red below (days)", "红：低于(天)", N, 3.0, "days", 0, 365, help_en="Strictly below.", help_zh="小于这个天数。"),
    Setting("orange_days", "Orange below (days)", "橙：低于(天)", N, 7.0, "days", 0, 365, help_en="Strictly below.", help_zh="小于这个天数。"),
    Setting("yellow_days", "Yellow below (days)", "黄：低于(天)", N, 15.0, "days", 0, 365, help_en="Strictly below.", help_zh="小于这个天数。"),
    Setting("order_soon_days", "Order soon (days)", "提前提醒下单(天)", N, 7.0, "days", 0, 90,
            help_en="An order date this near is shown as 'this week'.", help_zh="最晚下单日在这些天内就提示“本周”。"),
    Setting("service_traffic", "Chance of not running out: traffic-drawing", "不断货概率：引流款", N, 0.98, "share", 0.5, 0.9999,
            help_en="98 %: at most one cycle in fifty runs out.", help_zh="98%：五十次里最多断货一次。"),
    Setting("service_profit", "Chance of not running out: profit", "不断货概率：利润款", N, 0.95, "share", 0.5, 0.9999,
            help_en="95 %: about one cycle in twenty runs out.", help_zh="95%：二十次里约断货一次。"),
    Setting("service_long_tail", "Chance of not running out: slow", "不断货概率：长尾款", N, 0.90, "share", 0.5, 0.9999,
            help_en="90 %: about one cycle in ten; slow goods tie up money.", help_zh="90%：十次里约断货一次；长尾款压资金。"),
    Setting("cover_traffic", "Safety stock at least (days of sales): traffic-drawing", "安全库存至少(天销量)：引流款", N, 10.0, "days", 0, 365,
            help_en="Whatever the spread of sales: goods that draw the traffic must not run out.", help_zh="不管波动多大，引流款至少留这些天的量。"),
    Setting("cover_profit", "Safety stock at least (days of sales): profit", "安全库存至少(天销量)：利润款", N, 5.0, "days", 0, 365,
            help_en="As above, for goods that earn the money.", help_zh="同上，用于利润款。"),
    Setting("cover_long_tail", "Safety stock at least (days of sales): slow", "安全库存至少(天销量)：长尾款", N, 0.0, "days", 0, 365,
            help_en="0: only the spread of their sales counts.", help_zh="0：只按销量波动留。"),
    Setting("holding_rate", "Holding stock costs per year (share of its cost)", "一年的持有成本(占货值)", N, 0.3, "share", 0, 5,
            help_en="Money, space, ageing. With price and cost it sets the chance of not running out; 0: always by class.",
            help_zh="资金、仓租、贬值。有售价和成本时据此定不断货概率；填0：一律按类型。"),
    Setting("order_budget", "Budget for orders", "采购预算", N, None, "money", 0, None,
            help_en="In the book's currency, for all orders of one press. Empty: no limit.", help_zh="按本表币种，一次计算的全部采购。不填：不限。"),
    Setting("simple_factor", "Spread of typed daily sales", "手填日均的波动系数", N, 1.5, "factor", 0, 10,
            help_en="Without sales history the day-to-day spread is taken as this times the square root of daily sales.",
            help_zh="没有销售历史时，每日波动按“系数×日均的平方根”估。"),
    Setting("show_factor", "A show with nothing typed sells (times a normal day)", "什么都没填的直播卖平常的几倍", N, 4.0, "factor", 1, 100, help_en="4 times: three normal days on top.", help_zh="4倍：比平常一天多卖三天的量。"),
    Setting("conversion", "Buyers per 100 viewers when empty", "转化率未填时", N, 0.03, "share", 0, 1, help_en="3 %, marked as assumed.", help_zh="3%，会标明是估计。"),
    Setting("units_per_buyer", "Units per buyer", "每单件数", N, 1.0, "units", 0.01, 100,
            help_en="2 where a buyer usually takes two.", help_zh="买家一般一次买两件就填2。"),
    Setting("show_spread", "A show may differ from its plan by", "直播与计划的偏差", N, 0.4, "share", 0, 5,
            help_en="0.4: two shows in three land within 40 % of the plan.", help_zh="0.4：三场里有两场与计划相差不超过40%。"),
    Setting("production_days", "Production when unknown (days)", "生产天数未知时", N, 15.0, "days", 0, 365, help_en="Placeholder: type your suppliers' own.", help_zh="占位值：请填供应商的实际生产天数。"),
    Setting("sea_days_us", "Sea to US when unknown (days)", "海运到美国未知时(天)", N, 30.0, "days", 0, 365,
            help_en="Placeholder: type your own days on Routes.", help_zh="占位值：请在线路表填您的实际天数。"),
    Setting("sea_days_eu", "Sea to EU and UK when unknown (days)", "海运到欧洲未知时(天)", N, 40.0, "days", 0, 365,
            help_en="Placeholder: type your own days on Routes.", help_zh="占位值：请在线路表填您的实际天数。"),
    Setting("sea_days_jp", "Sea to JP when unknown (days)", "海运到日本未知时(天)", N, 10.0, "days", 0, 365,
            help_en="Placeholder: type your own days on Routes.", help_zh="占位值：请在线路表填您的实际天数。"),
    Setting("sea_days_sea", "Sea to South-East Asia when unknown (days)", "海运到东南亚未知时(天)", N, 12.0, "days", 0, 365,
            help_en="Placeholder: type your own days on Routes.", help_zh="占位值：请在线路表填您的实际天数。"),
    Setting("check_in_days", "Check-in when unknown (days)", "入仓上架未知时(天)", N, 3.0, "days", 0, 90, help_en="FBA: about 7.", help_zh="FBA 约7天。"),
    Setting("lead_spread", "Lead time varies by", "补货周期波动", N, 0.2, "share", 0, 2, help_en="20 %, at least 2 days.", help_zh="20%，至少2天。"),
    Setting("lead_spread_days", "Lead time varies at least by (days)", "补货周期至少波动(天)", N, 2.0, "days", 0, 60,
            help_en="Where the share above gives less.", help_zh="上面的比例算出来更小时按此计。"),
    Setting("review_days", "How often you order (days)", "多久下一次单(天)", N, 7.0, "days", 0, 90,
            help_en="Each order also covers the days until the next one.", help_zh="每次采购还要管到下一次下单。"),
    Setting("horizon_days", "How far ahead (days)", "往后看几天", N, 90.0, "days", 30, 400, help_en="Never under lead time + ordering rhythm + 14.", help_zh="不会短于补货周期＋下单间隔＋14天。"),
    Setting("keep_days", "Days the sender keeps", "调出仓保留天数", N, 30.0, "days", 0, 365, help_en="Its planned shows included.", help_zh="含它自己的直播。"),
    Setting("transfer_payback", "A transfer must save (times its cost)", "调拨至少省下(运费的倍数)", N, 1.5, "factor", 0, 100,
            help_en="1.5: it is proposed only where it saves half as much again as its freight.", help_zh="1.5：省下的至少是运费的一倍半才建议。"),
    Setting("transfer_horizon_days", "Sales counted for a transfer (days)", "调拨看几天的销量", N, 30.0, "days", 7, 120,
            help_en="What a transfer saves is counted over these days.", help_zh="按这些天里能多卖多少来算值不值得调。"),
    Setting("transfer_cartons", "A transfer is at least (cartons)", "调拨至少几箱", N, 1.0, "cartons", 1, 1000, help_en="Per line.", help_zh="按行算。"),
    Setting("transfer_budget", "Budget for transfers", "调拨运费预算", N, None, "money", 0, None,
            help_en="Freight of all transfers of one press, in the book's currency. Empty: no limit.", help_zh="一次计算全部调拨的运费，按本表币种。不填：不限。"),
    Setting("out_of_stock_share", "A day out of stock costs besides its margin (share of it)", "断货一天除毛利外的损失(占毛利)", N, 0.1, "share", 0, 10,
            help_en="Rank, ads, live slots: in the first week; less each week after. It decides what is moved first.",
            help_zh="排名、广告、直播位等，第一周按此计，以后逐周减少。用来决定先调哪一批。"),
    Setting("overstock_days", "Too much stock above (days)", "超过几天算积压", N, 90.0, "days", 1, 1000,
            help_en="With no show planned for it; Live picks names it where something must stay out of a show.", help_zh="且没有直播计划。别的货不能上播时，直播选品会推荐换上它。"),
    Setting("late_days", "Late arrival flagged after (days)", "到货晚几天提醒", N, 2.0, "days", 0, 60,
            help_en="Until then it is expected any day; after that it no longer counts as stock that comes.", help_zh="在此之前按随时会到算；之后不再当作会到的货。"),
    Setting("lost_days", "Late arrival counts as on order for (days)", "晚到多少天内仍算在途", N, 30.0, "days", 0, 365,
            help_en="So long the same goods are not ordered again; after that Today asks whether they are lost.", help_zh="这些天内不会重复下单；之后今日补货会问是否丢失。"),
    Setting("stock_check_days", "Stock to check after (days)", "库存几天后提示核对", N, 1.0, "days", 0, 60,
            help_en="Today then says CHECK.", help_zh="之后今日补货显示“核对”。"),
    Setting("stock_old_days", "Stock old after (days)", "库存几天后算过期", N, 3.0, "days", 0, 60,
            help_en="Today then says OLD: the colours may be wrong.", help_zh="之后今日补货显示“过期”：颜色可能不准。"),
    Setting("sales_check_days", "Sales to check after (days)", "销售几天后提示核对", N, 2.0, "days", 0, 60,
            help_en="Today then says CHECK.", help_zh="之后今日补货显示“核对”。"),
    Setting("sales_old_days", "Sales old after (days)", "销售几天后算过期", N, 7.0, "days", 0, 60,
            help_en="Today then says OLD: the forecast may be wrong.", help_zh="之后今日补货显示“过期”：预测可能不准。"),
    Setting("trust_days", "Trust an average from (in-stock days)", "几天有货记录才可信", N, 7.0, "days", 1, 60,
            help_en="With fewer, one good day is not taken for a daily level.", help_zh="不足时，不会把卖得好的一天当成日常水平。"),
    Setting("new_full_days", "A new SKU's own sales count fully after (days)", "新品自身销量几天后为准", N, 28.0, "days", 1, 180,
            help_en="In-stock days; until then they are mixed with the SKU that it sells like.", help_zh="按有货天数算；之前与参考货号混合估算。"),
    Setting("new_end_days", "A new SKU's assumption ends after (days)", "新品估算几天后失效", N, 56.0, "days", 1, 365,
            help_en="After its first sale.", help_zh="从第一次卖出算起。"),
    Setting("round_up_days", "Warn when rounding adds more than (days)", "取整多出几天就提醒", N, 30.0, "days", 0, 365,
            help_en="Cartons and minimum order then make you hold stock for that much longer.", help_zh="整箱和起订量会让您多压这些天的货。"),
    Setting("show_in_level", "Show freely when stock covers the show with a chance of", "可播：货够这场卖的概率", N, 0.80, "share", 0.01, 0.99,
            help_en="80 %: in four shows of five the units that may be promised are enough. Live picks says IN.",
            help_zh="80%：五场里有四场可承诺的件数够卖。直播选品显示“可播”。"),
    Setting("show_limit_level", "Show with a limit when stock covers it with a chance of", "限量播：货够这场卖的概率", N, 0.50, "share", 0.01, 0.99,
            help_en="50 %: below this Live picks says OUT.", help_zh="50%：低于此概率，直播选品显示“不播”。"),
    Setting("go_on_date", "Go on although a check stops (today's date)", "检查拦下也继续(填今天日期)", D, None,
            help_en="Where the numbers are true all the same. Counts on that day only.", help_zh="确认数字无误时填。只在当天有效。"),
    Setting("repeats_are_real", "Sales rows that stand twice are all real", "重复的销售行都是真的", C, None, choices="flag",
            help_en="Empty or no: a day that was pasted twice counts once.", help_zh="不填或“否”：贴了两遍的日子只算一遍。"),
    Setting("sales_months", "Months of sales kept in the book", "表里保留几个月的销售", N, 18.0, "months", 1, 240,
            help_en="restock tidy moves older ones to a file beside the book, which is still read.",
            help_zh="restock tidy 把更早的移到旁边的文件，计算时照样读取。"),
    Setting("sales_archive", "File with older sales", "更早销售所在文件", X, None,
            help_en="Written by restock tidy. Keep that file in the folder of this book.", help_zh="由 restock tidy 写入。请把该文件放在本表同一文件夹。"),
)  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """The settings in force for one run; every field has the default of `SETTINGS_LIST`."""

    language: str = "en"
    currency: str = "USD"
    stock_date: dt.date | None = None
    default_warehouse: str | None = None
    red_days: float = 3.0
    orange_days: float = 7.0
    yellow_days: float = 15.0
    order_soon_days: float = 7.0
    service_traffic: float = 0.98
    service_profit: float = 0.95
    service_long_tail: float = 0.90
    cover_traffic: float = 10.0
    cover_profit: float = 5.0
    cover_long_tail: float = 0.0
    holding_rate: float = 0.3
    order_budget: float | None = None
    simple_factor: float = 1.5
    show_factor: float = 4.0
    conversion: float = 0.03
    units_per_buyer: float = 1.0
    show_spread: float = 0.4
    production_days: float = 15.0
    sea_days_us: float = 30.0
    sea_days_eu: float = 40.0
    sea_days_jp: float = 10.0
    sea_days_sea: float = 12.0
    check_in_days: float = 3.0
    lead_spread: float = 0.2
    lead_spread_days: float = 2.0
    review_days: float = 7.0
    horizon_days: float = 90.0
    keep_days: float = 30.0
    transfer_payback: float = 1.5
    transfer_horizon_days: float = 30.0
    transfer_cartons: float = 1.0
    transfer_budget: float | None = None
    out_of_stock_share: float = 0.1
    overstock_days: float = 90.0
    late_days: float = 2.0
    lost_days: float = 30.0
    stock_check_days: float = 1.0
    stock_old_days: float = 3.0
    sales_check_days: float = 2.0
    sales_old_days: float = 7.0
    trust_days: float = 7.0
    new_full_days: float = 28.0
    new_end_days: float = 56.0
    round_up_days: float = 30.0
    show_in_level: float = 0.80
    show_limit_level: float = 0.50
    go_on_date: dt.date | None = None
    repeats_are_real: str | None = None
    sales_months: float = 18.0
    sales_archive: str | None = None

    def service_level(self, item_class: str) -> float:
        """The chance of not running out in a cycle for a class, in (0, 1)."""
        return float(getattr(self, f"service_{item_class}"))

    def highest_service(self) -> float:
        """The highest chance of not running out that any pair may be ordered by, in (0, 1)."""
        return max(self.service_traffic, self.service_profit, self.service_long_tail, 0.99)

    def minimum_cover(self, item_class: str) -> float:
        """The safety stock that a class has at least, in days of its sales."""
        return float(getattr(self, f"cover_{item_class}"))

    def knots(self) -> tuple[float, ...]:
        """The five days through which cumulative need is published, rising: the thresholds, 30 and 60 (§13)."""
        days = dict.fromkeys((self.red_days, self.orange_days, self.yellow_days, 30.0, 60.0, 90.0, 45.0, 21.0, 120.0))
        return tuple(sorted([day for day in days if day > 0][:5]))


DEFAULT_CURRENCY = {"en": "USD", "zh": "CNY"}
SETTINGS_BY_KEY = {setting.key: setting for setting in SETTINGS_LIST}
assert {field.name for field in fields(Settings)} == set(SETTINGS_BY_KEY)
