"""Sales days by year, and where they are kept: what no package of holidays has.

Only dates that are known stand here. A year that is missing was not announced, or moved and is not known for these
countries; such a day is then an ordinary one. How many days before and after belong to a sales day is a choice of
ours: each stretch has a multiplier of its own, so that a stretch chosen too long costs sharpness, not truth.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Span = tuple[dt.date, dt.date]
"""First and last day."""


@dataclass(frozen=True)
class SalesDay:
    """One sales day. Two may have one key: the same occasion on other dates elsewhere.

    Attributes:
        key: Its name in code; en, zh: in sentences.
        spans: The first and last days of the occasions that begin in a year.
        where: Countries (two letters, UK as GB) that keep it.
        before, after: Days that belong to it on either side.
    """

    key: str
    en: str
    zh: str
    spans: Callable[[int], tuple[Span, ...]]
    where: frozenset[str]
    before: int = 0
    after: int = 0


def _places(codes: str) -> frozenset[str]:
    return frozenset(codes.split())


def _fixed(month: int, day: int, days: int = 1) -> Callable[[int], tuple[Span, ...]]:
    """The same days every year."""

    def spans(year: int) -> tuple[Span, ...]:
        first = dt.date(year, month, day)
        return ((first, first + dt.timedelta(days - 1)),)

    return spans


def _after_thanksgiving(offset: int) -> Callable[[int], tuple[Span, ...]]:
    """One day, so many days after the fourth Thursday of November (5 U.S.C. 6103, Thanksgiving)."""

    def spans(year: int) -> tuple[Span, ...]:
        november = dt.date(year, 11, 1)
        day = november + dt.timedelta((3 - november.weekday()) % 7 + 21 + offset)
        return ((day, day),)

    return spans


def _dated(typed: str) -> Callable[[int], tuple[Span, ...]]:
    """Days typed by year: `2024-07-16` or `2024-07-16/07-17`, the second of which may lie in the next year."""
    known: dict[int, tuple[Span, ...]] = {}
    for text in typed.split():
        start, _, end = text.partition("/")
        first = dt.date.fromisoformat(start)
        last = dt.date.fromisoformat(f"{first.year}-{end}") if end else first
        last = last.replace(year=last.year + 1) if last < first else last
        known[first.year] = (*known.get(first.year, ()), (first, last))
    return lambda year: known.get(year, ())


_EU = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE"
_SOUTH_EAST = "SG MY TH VN PH ID"

# Amazon's announcements at aboutamazon.com; 2026: itmagazine.cc, 2 June 2026. Left out: Canada in 2021, where it was
# put off; India, Australia, Singapore and the Gulf, whose dates differ.
_PRIME = (
    "2019-07-15/07-16 2020-10-13/10-14 2022-07-12/07-13 2023-07-11/07-12 2024-07-16/07-17 2025-07-08/07-11 "
    "2026-06-23/06-26"
)
_PRIME_2021 = "2021-06-21/06-22"
# amazon.co.jp; the days of the main sale, without those of early access. Not known for 2026.
_PRIME_JAPAN = (
    "2019-07-15/07-16 2020-10-13/10-14 2021-06-21/06-22 2022-07-12/07-13 2023-07-11/07-12 2024-07-16/07-17 "
    "2025-07-11/07-14"
)
# "Prime Early Access Sale" in 2022. No reliable date for 2026 was found. Japan: ryutsu-shisatsu.com, 19 September 2025.
_BIG_DEAL = "2022-10-11/10-12 2023-10-10/10-11 2024-10-08/10-09 2025-10-07/10-08"
_BIG_DEAL_JAPAN = "2023-10-14/10-15 2024-10-19/10-20 2025-10-07/10-10"

# First day of the first month, Hong Kong Observatory's conversion tables. Korea (2027, 2028) and Vietnam (2030) keep
# another day in some years and have it as a public holiday only.
_LUNAR_NEW_YEAR = (
    "2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 "
    "2029-02-13 2030-02-03"
)
# From the first day of fasting to the eve of Hari Raya, as declared in Malaysia; Indonesia and Singapore differ by a
# day in some years. From 2027 on as computed (the `holidays` package), which may be off by a day.
_RAMADAN = (
    "2019-05-06/06-04 2020-04-24/05-23 2021-04-13/05-12 2022-04-03/05-01 2023-03-23/04-21 2024-03-12/04-09 "
    "2025-03-02/03-30 2026-02-19/03-20 2027-02-08/03-09 2028-01-28/02-26 2029-01-16/02-14 2030-01-05/02-03 "
    "2030-12-26/01-24"
)
_HARI_RAYA = (
    "2019-06-05/06-06 2020-05-24/05-25 2021-05-13/05-14 2022-05-02/05-03 2023-04-22/04-23 2024-04-10/04-11 "
    "2025-03-31/04-01 2026-03-21/03-22 2027-03-10/03-11 2028-02-27/02-28 2029-02-15/02-16 2030-02-04/02-05"
)

_PRIME_PLACES = "US MX GB DE FR IT ES NL BE LU AT PT"
_BIG_DEAL_PLACES = "US CA GB DE FR IT ES NL LU AT PT PL SE"
_BLACK_FRIDAY = _places(f"US CA GB {_EU} CH NO BR AU NZ JP ZA")
_DOUBLE_DAYS = _places(f"{_SOUTH_EAST} TW")


def _double_day(month: int) -> SalesDay:
    """Shopee and Lazada sell on every day whose number is its month's (eMarketer, "Innovation in Asia", 2021)."""
    name = f"{month}.{month}"
    return SalesDay(f"double_{month}", name, name, _fixed(month, month), _DOUBLE_DAYS)


SALES_DAYS: tuple[SalesDay, ...] = (
    # The Friday after Thanksgiving; Amazon and most shops sell from the Monday before it.
    SalesDay("black_friday", "Black Friday", "黑色星期五", _after_thanksgiving(1), _BLACK_FRIDAY, 4, 2),
    # The Monday after it (National Retail Federation, 2005).
    SalesDay("cyber_monday", "Cyber Monday", "网络星期一", _after_thanksgiving(4), _BLACK_FRIDAY),
    SalesDay("prime_day", "Prime Day", "Prime会员日", _dated(f"{_PRIME} {_PRIME_2021}"), _places(_PRIME_PLACES), 1, 1),
    SalesDay("prime_day", "Prime Day", "Prime会员日", _dated(_PRIME), _places("CA"), 1, 1),
    SalesDay("prime_day", "Prime Day", "Prime会员日", _dated(_PRIME_JAPAN), _places("JP"), 3, 1),
    SalesDay("big_deal", "Prime Big Deal Days", "Prime会员大促", _dated(_BIG_DEAL), _places(_BIG_DEAL_PLACES), 1, 1),
    SalesDay("big_deal", "Prime Big Deal Days", "Prime会员大促", _dated(_BIG_DEAL_JAPAN), _places("JP"), 3, 1),
    # JD.com's anniversary; the sale runs from early June.
    SalesDay("6.18", "6.18", "618", _fixed(6, 18), _places("CN"), 3, 2),
    # Alibaba since 2009, Lazada and Shopee after it; pre-sales run for days.
    SalesDay("singles_day", "11.11 Singles' Day", "双11", _fixed(11, 11), _places(f"CN HK MO {_SOUTH_EAST} TW"), 3, 1),
    # Taobao since 2012, Lazada since 2012, Shopee since 2016.
    SalesDay("double_12", "12.12 Double 12", "双12", _fixed(12, 12), _places(f"CN {_SOUTH_EAST} TW"), 1, 1),
    *(_double_day(month) for month in range(3, 11)),
    # Gifts are bought in the two weeks before; parcels rest in the week after.
    SalesDay("lunar_new_year", "Chinese New Year", "春节", _dated(_LUNAR_NEW_YEAR),
             _places("CN HK MO TW SG MY ID PH BN"), 14, 6),
    SalesDay("ramadan", "Ramadan sales", "斋月大促", _dated(_RAMADAN), _places("MY ID SG BN")),
    SalesDay("hari_raya", "Hari Raya", "开斋节", _dated(_HARI_RAYA), _places("MY ID SG BN"), 0, 5),
    # The day after Christmas; shops sell through New Year's Eve.
    SalesDay("boxing_day", "Boxing Day", "节礼日", _fixed(12, 26), _places("GB IE CA AU NZ"), 0, 5),
    # Showa Day to Children's Day, Act on National Holidays (Japan, 1948, as amended 2005).
    SalesDay("golden_week", "Golden Week", "黄金周", _fixed(4, 29, 7), _places("JP"), 3, 1),
    # 13 to 15 April (Thailand, Office of the Prime Minister); the public holiday was moved in 2020, the season was not.
    SalesDay("songkran", "Songkran", "泼水节", _fixed(4, 13, 3), _places("TH"), 5, 1),
)  # fmt: skip

NAMES: Mapping[str, tuple[str, str]] = {day.key: (day.en, day.zh) for day in SALES_DAYS}

HOLIDAYS_IN_CHINESE: Mapping[str, str] = {
    "New Year's Day": "元旦", "Good Friday": "耶稣受难日", "Easter Sunday": "复活节", "Easter Monday": "复活节星期一",
    "Labor Day": "劳动节", "Memorial Day": "阵亡将士纪念日", "Independence Day": "独立日", "Thanksgiving Day": "感恩节",
    "Thanksgiving": "感恩节", "Christmas Eve": "平安夜", "Christmas Day": "圣诞节", "National Day": "国庆节",
    "Tomb-Sweeping Day": "清明节", "Dragon Boat Festival": "端午节", "Mid-Autumn Festival": "中秋节",
    "Substitute Holiday": "补假",
}  # fmt: skip
"""Public holidays by the English name of the `holidays` package; others keep that name."""
