"""Cover with arrivals and shows on their own dates."""

from __future__ import annotations

from typing import Any

from restock.arithmetic.cover_dated import cover_dated
from restock.errors import RestockError
from restock.functions import arguments as a
from restock.functions.entry import LARGEST, Argument, Function, Kind


def _cover_dated(today: Any, available: Any, daily: Any, dates: Any, quantities: Any) -> Any:
    if dates.shape != quantities.shape:
        raise RestockError("dates and quantities must have one shape. Select as many cells of each.")
    if today.size != 1:
        raise RestockError("today must be one date for all rows. Select one cell.")
    return cover_dated(available, daily, dates - today.item(), quantities)


_DAY = 'INT("0"&dates)'
_SUPPLY = 'available-(SUMIF(dates,"<"&today,quantities)-SUMIF(dates,"<"&{},quantities))'
"""All supply before a day. The brackets take away what is past exactly, before it meets a stock much smaller than it;
a minus stands before them, since IronCalc drops brackets after a plus."""

FUNCTIONS = (
    Function(
        "RESTOCK_COVER_DATED",
        (
            a.TODAY,
            a.AVAILABLE,
            a.DAILY_DEMAND,
            Argument(
                "dates",
                "dates of arrivals and shows; earlier than today is left out",
                "到货和直播的日期；早于今天的不计",
                Kind.DATES,
            ),
            Argument(
                "quantities",
                "units that arrive; with a minus, units that a show takes",
                "到货件数；直播消耗写负数",
                Kind.NUMBERS,
                low=-LARGEST,
            ),
        ),
        _cover_dated,
        "IF((ROWS(dates)<>ROWS(quantities))+(COLUMNS(dates)<>COLUMNS(quantities)),#VALUE!,"
        "IF(ROUND(daily_demand,9)<=0,IF(ROUND(supply,9)<0,MIN(9999,since),9999),"
        "MIN(9999,MAX(since,supply/daily_demand))))",
        "Days until stock first runs out, each arrival (or, with a minus, each show) on its own date; 0 to 9999.",
        "可售天数，每笔到货（或负数的直播）按各自日期计入，0 到 9999。",
        "projected stock at a level rate, arrivals before demand; CONVENTIONS §2, §21",
        ("RESTOCK_COVER_DATED(DATE(2026,11,23),280,20,B1:C1,B2:C2)", 22.25),
        where={
            "short": f"1000000-SUMPRODUCT(MAX(({_DAY}>today)*({_SUPPLY.format(_DAY)}"
            f"-daily_demand*({_DAY}-today)<=-5E-10)*(1000000-{_DAY})))",
            "supply": _SUPPLY.format("(short)"),
            "since": f"MAX(0,SUMPRODUCT(MAX(({_DAY}<short)*{_DAY}))-today)",
        },
        source_zh="按固定日销推算库存，先到货后销售；CONVENTIONS §2、§21",
        result="days",
    ),
)
