"""Arguments that several functions share, so that one word means one thing."""

from __future__ import annotations

from dataclasses import replace

from restock.functions.entry import LARGEST, LONGEST_DAYS, SMALLEST, Argument, Kind

AVAILABLE = Argument(
    "available", "sellable units: on hand less reserved", "可售库存（件）：实物库存减已占用", low=-LARGEST
)
AVAILABLE_OR_UNKNOWN = replace(AVAILABLE, blank_means_unknown=True)
DAILY_DEMAND = Argument("daily_demand", "units sold per day", "日均销量（件）")
DAILY_OR_UNKNOWN = replace(DAILY_DEMAND, blank_means_unknown=True)
LIVE_FACTOR = Argument(
    "live_factor",
    "how many times a normal day is sold",
    "直播系数：平常一天的几倍",
    default=1.0,
    low=SMALLEST,
    high=1000.0,
)
TODAY = Argument("today", "the day to count from, a date", "从哪天算起（日期）", Kind.DATE)
LANGUAGE = Argument(
    "language", 'language of the words, "en" or "zh"', '文字语言，"en" 或 "zh"', Kind.LANGUAGE, default="en"
)
LEAD_DAYS = Argument("lead_days", "days from order to sellable", "补货周期：下单到可售的天数", high=LONGEST_DAYS)
LEAD_SD = Argument(
    "lead_sd",
    "standard deviation of the lead time, days",
    "补货周期的标准差（天）",
    default=0.0,
    high=LONGEST_DAYS,
)
REVIEW_DAYS = Argument("review_days", "days between two orders", "多久下一次单（天）", default=0.0, high=LONGEST_DAYS)
DEMAND_SD = Argument("demand_sd", "standard deviation of one day's demand, units", "单日销量的标准差（件）")
SAFETY_STOCK = Argument("safety_stock", "units held against uncertainty", "安全库存（件）", low=-LARGEST)


def threshold(name: str, color: str, word: str, days: float) -> Argument:
    """A threshold of the tiers, in days."""
    return Argument(
        name, f"below so many days of cover {color}", f"低于这个天数为{word}", default=days, high=LONGEST_DAYS
    )


def need(name: str, color: str, word: str) -> Argument:
    """Units needed through a threshold's day."""
    return Argument(
        name,
        f"units needed through the {color} day, planned shows included",
        f"到{word}线那天为止需要的件数，含直播",
        blank_means_unknown=True,
    )
