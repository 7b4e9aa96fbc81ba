"""Functions on how long stock lasts, at one daily rate or against a curve of need."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.arithmetic import cover, need, tier
from restock.arithmetic.rounding import at_most_zero, round9
from restock.errors import RestockError
from restock.functions import arguments as a
from restock.functions.entry import LONGEST_DAYS, Argument, Function, Kind
from restock.functions.words import TIER_WORDS, in_language

ARTICLE = "warning levels at 3, 7 and 15 days; CONVENTIONS §8"
ARTICLE_ZH = "3、7、15 天三级预警；CONVENTIONS §8"
NEED = "CONVENTIONS §13"


def _tier(available: Any, daily: Any, factor: Any, red: Any, orange: Any, yellow: Any, chinese: Any) -> Any:
    return in_language(tier.tier_by_demand(available, daily, factor, red, orange, yellow), chinese, TIER_WORDS)


def _tier_by_need(available: Any, red: Any, orange: Any, yellow: Any, chinese: Any) -> Any:
    return in_language(tier.tier_by_need(available, red, orange, yellow), chinese, TIER_WORDS)


def _runout_date(today: Any, available: Any, daily: Any, factor: Any) -> Any:
    return today + cover.runout_day(available, daily, factor)


def _cover_by_need(available: NDArray[np.float64], days: Any, needs: Any) -> NDArray[np.float64]:
    """The inverse, where the curve rises at the knots that the answer lies between; infinity where it does not."""
    stock, knots = available.reshape(-1), days.reshape(-1)
    curve = needs.reshape(1, -1) if needs.size == len(knots) else needs
    if curve.ndim != 2 or curve.shape[1] != len(knots) or len(knots) < 2:
        raise RestockError("needs must have one cell per knot day, and at least two. Select as many cells of each.")
    if len(curve) > 1 and len(stock) not in (1, len(curve)):
        raise RestockError("needs must have one row per available. Select as many rows of each.")
    stock, curve = np.broadcast_to(stock, max(len(stock), len(curve))), np.atleast_2d(curve)
    curve = np.broadcast_to(curve, (len(stock), len(knots)))
    found = need.cover_by_need(stock, knots, curve)
    if np.isnan(knots).any():
        found = np.where(at_most_zero(stock), found, np.nan)
    found = np.where(np.isnan(found) | at_most_zero(stock) | _rises(stock, knots, curve), found, np.inf)
    return found.reshape(available.shape) if found.size == available.size else found


def _rises(stock: NDArray[np.float64], days: NDArray[np.float64], needs: NDArray[np.float64]) -> Any:
    """Whether the answer's two knots enclose the stock and their days rise (CONVENTIONS §20)."""
    knots = np.concatenate([[0.0], days])
    curve = np.concatenate([np.zeros((len(needs), 1)), needs], axis=1)
    reached = round9(curve) <= round9(stock)[:, None]
    count = reached[:, 1:].sum(axis=1)
    rows, last = np.arange(len(stock)), len(knots) - 1
    left, right = np.minimum(count, last - 1), np.minimum(count, last - 1) + 1
    enclosed = reached[rows, left] & (reached[rows, right] == (count == last))
    return enclosed & (knots[right] > knots[left]) & (round9(curve[rows, right]) >= round9(curve[rows, left]))


COVER = "available/(daily_demand*live_factor)"

FUNCTIONS = (
    Function(
        "RESTOCK_TIER",
        (
            a.AVAILABLE_OR_UNKNOWN,
            a.DAILY_OR_UNKNOWN,
            a.LIVE_FACTOR,
            a.threshold("red", "RED", "红", 3.0),
            a.threshold("orange", "ORANGE", "橙", 7.0),
            a.threshold("yellow", "YELLOW", "黄", 15.0),
            a.LANGUAGE,
        ),
        _tier,
        'IF(available="","NO DATA",IF(ROUND(available,9)<=0,"RED",IF(daily_demand="","NO DATA",'
        'IF(ROUND(daily_demand*live_factor,9)<=0,"NO SALES",IF(cover<ROUND(red,9),"RED",'
        'IF(cover<ROUND(orange,9),"ORANGE",IF(cover<ROUND(yellow,9),"YELLOW","GREEN")))))))',
        "How urgent: RED, ORANGE, YELLOW, GREEN, NO SALES or NO DATA, by days of cover strictly below each threshold.",
        "预警等级：红、橙、黄、绿、无销量或缺数据；可售天数小于各阈值时触发。",
        ARTICLE,
        ("RESTOCK_TIER(280,20)", "YELLOW"),
        where={"cover": f"ROUND({COVER},9)"},
        words=TIER_WORDS,
        source_zh=ARTICLE_ZH,
        result="tier",
    ),
    Function(
        "RESTOCK_DAYS_OF_COVER",
        (a.AVAILABLE, replace(a.DAILY_DEMAND, blank_means_unknown=True), a.LIVE_FACTOR),
        cover.days_of_cover,
        'IF(ROUND(available,9)<=0,0,IF(daily_demand="",NA(),IF(ROUND(daily_demand*live_factor,9)<=0,9999,'
        f"IF({COVER}>9999,9999,{COVER}))))",
        "Days that the available stock lasts: available / (daily demand × live factor), from 0 to 9999.",
        "可售天数：可售库存 ÷（日均销量 × 直播系数），0 到 9999。",
        "stock over sales; 9999 without demand as in SAP's days' supply; CONVENTIONS §5",
        ("RESTOCK_DAYS_OF_COVER(280,20)", 14.0),
        source_zh="库存除以日销；没有销量时为 9999，与 SAP 的可供应天数相同；CONVENTIONS §5",
        result="days",
    ),
    Function(
        "RESTOCK_COVER_BY_NEED",
        (
            a.AVAILABLE,
            Argument(
                "days",
                "knot days, rising, at least two",
                "节点天数，递增，至少两个",
                Kind.NUMBERS,
                high=LONGEST_DAYS,
                open_low=True,
            ),
            Argument(
                "needs",
                "units needed through each knot day, never falling",
                "到各节点天为止需要的件数，只增不减",
                Kind.NUMBERS,
                by_row=True,
            ),
        ),
        _cover_by_need,
        "IF((ROWS(days)*COLUMNS(days)<>ROWS(needs)*COLUMNS(needs))+(ROWS(needs)*COLUMNS(needs)<2),#VALUE!,"
        "IF(ROUND(available,9)<=0,0,IF(COUNT(days)+COUNT(needs)<2*ROWS(needs)*COLUMNS(needs),NA(),"
        "IF(passed=0,available*INDEX(days,1)/INDEX(needs,1),IF((right_day<=left_day)+(ROUND(left,9)>ROUND(available,9))"
        "+(ROUND(right,9)<=ROUND(available,9))*(passed<COUNT(needs))+(ROUND(right-left,9)<0),#NUM!,"
        "IF(ROUND(right-left,9)<=0,9999,MIN(9999,left_day+(available-left)*(right_day-left_day)/(right-left))))))))",
        "Days left: the day at which the units needed equal what is available, straight between the knot days.",
        "可售天数：累计需求等于可售库存的那一天，节点之间按直线计算。",
        NEED,
        ("RESTOCK_COVER_BY_NEED(280,B1:D1,B2:D2)", 10.25),
        where={
            "passed": "SUMPRODUCT(--(needs<=ROUND(available,9)+5E-10))",
            "segment": "MIN(passed,COUNT(needs)-1)",
            "left": "INDEX(needs,segment)",
            "right": "INDEX(needs,segment+1)",
            "left_day": "INDEX(days,segment)",
            "right_day": "INDEX(days,segment+1)",
        },
        result="days",
    ),
    Function(
        "RESTOCK_TIER_BY_NEED",
        (
            a.AVAILABLE_OR_UNKNOWN,
            a.need("need_red", "red", "红"),
            a.need("need_orange", "orange", "橙"),
            a.need("need_yellow", "yellow", "黄"),
            a.LANGUAGE,
        ),
        _tier_by_need,
        'IF(available="","NO DATA",IF(ROUND(available,9)<=0,"RED",IF((need_red="")+(need_orange="")+(need_yellow=""),'
        '"NO DATA",IF(ROUND(need_yellow,9)<=0,"NO SALES",IF(ROUND(available,9)<ROUND(need_red,9),"RED",'
        'IF(ROUND(available,9)<ROUND(need_orange,9),"ORANGE",'
        'IF(ROUND(available,9)<ROUND(need_yellow,9),"YELLOW","GREEN")))))))',
        "How urgent, by the units needed through the red, the orange and the yellow day.",
        "预警等级，按到红、橙、黄线那天为止需要的件数。",
        NEED,
        ("RESTOCK_TIER_BY_NEED(280,135,215,375)", "YELLOW"),
        words=TIER_WORDS,
        result="tier",
    ),
    Function(
        "RESTOCK_RUNOUT_DATE",
        (a.TODAY, a.AVAILABLE, replace(a.DAILY_DEMAND, blank_means_unknown=True), a.LIVE_FACTOR),
        _runout_date,
        'IF(ROUND(available,9)<=0,today,IF(daily_demand="",NA(),IF(ROUND(daily_demand*live_factor,9)<=0,NA(),'
        f"IF(ROUND({COVER},9)>=9999,NA(),today+INT(ROUND({COVER},9))))))",
        "The first day with unmet demand, a date; #N/A where stock never runs out.",
        "预计售罄日：第一个不够卖的日子；永远卖不完时为 #N/A。",
        "CONVENTIONS §14",
        ("RESTOCK_RUNOUT_DATE(DATE(2026,12,1),280,20)", 46371.0),
        result="date",
    ),
)
