"""Functions on the stock to hold, and what it achieves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from restock.arithmetic import safety_stock, service
from restock.arithmetic.rounding import at_most_zero
from restock.functions import arguments as a
from restock.functions.entry import SMALLEST, Argument, Function

NORMAL = "Assumes independent, normal demand (CONVENTIONS §15)."
NORMAL_ZH = "假设每天的销量互相独立、服从正态分布（CONVENTIONS §15）。"
SIGMA = "SQRT((lead_days+review_days)*demand_sd*demand_sd+daily_demand*lead_sd*daily_demand*lead_sd)"


def _service_level(stock: Any, sd: Any, lead: Any, lead_sd: Any, daily: Any) -> Any:
    """The chance; not known where the lead time varies and daily demand is blank."""
    varies = ~at_most_zero(lead_sd)
    spread = np.where(varies, lead_sd, 0.0)
    chance = service.cycle_service_level(stock, sd, lead, spread, np.nan_to_num(daily))
    return np.where(varies & np.isnan(daily), np.nan, chance)


FUNCTIONS = (
    Function(
        "RESTOCK_SAFETY_STOCK",
        (
            Argument(
                "service_level",
                "chance of not running out in a cycle, as 95% or 0.95",
                "不断货概率，如 95% 或 0.95",
                high=1.0,
                open_low=True,
                open_high=True,
            ),
            a.DAILY_DEMAND,
            a.DEMAND_SD,
            a.LEAD_DAYS,
            a.LEAD_SD,
            a.REVIEW_DAYS,
        ),
        safety_stock.safety_stock,
        f"NORMSINV(service_level)*{SIGMA}",
        "Units held against uncertainty: z × √((lead + review) × sd² + demand² × lead_sd²).",
        "安全库存（件）：z × √((补货周期＋下单间隔) × 销量标准差² ＋ 日销² × 周期标准差²)。",
        f"Chopra and Meindl; Stevenson for the review period. {NORMAL}",
        ("RESTOCK_SAFETY_STOCK(95%,20,6,9,2)", 72.1479),
        source_zh=f"Chopra and Meindl；下单间隔见 Stevenson。{NORMAL_ZH}",
        result="units",
    ),
    Function(
        "RESTOCK_BASE_STOCK",
        (
            a.DAILY_DEMAND,
            a.LEAD_DAYS,
            Argument("volatility", "factor for uneven sales", "波动系数", default=1.0, low=SMALLEST, high=1000.0),
        ),
        safety_stock.base_stock,
        "daily_demand*lead_days*volatility",
        "Units that cover the lead time: daily demand × lead days × volatility.",
        "基础库存（件）：日均销量 × 补货周期 × 波动系数。",
        "base stock, 20 a day × 14 days",
        ("RESTOCK_BASE_STOCK(20,14)", 280.0),
        source_zh="基础库存：每天 20 件 × 14 天",
        result="units",
    ),
    Function(
        "RESTOCK_REORDER_POINT",
        (
            a.DAILY_DEMAND,
            a.LEAD_DAYS,
            a.SAFETY_STOCK,
            Argument(
                "live_demand",
                "units planned for livestreams in those days",
                "这些天里的直播件数",
                default=0.0,
            ),
            a.REVIEW_DAYS,
        ),
        safety_stock.reorder_point,
        "daily_demand*(lead_days+review_days)+live_demand+safety_stock",
        "Order when stock and what is on the way fall to this: demand over lead and review days, live demand, safety.",
        "补货点（件）：库存加在途降到这个数就下单。",
        "Stevenson, Operations Management, example 8",
        ("RESTOCK_REORDER_POINT(5,10,9.4)", 59.4),
        source_zh="Stevenson, Operations Management，例 8",
        result="units",
    ),
    Function(
        "RESTOCK_FILL_RATE",
        (
            Argument("order_quantity", "units ordered per cycle", "每次订货件数", low=SMALLEST),
            a.SAFETY_STOCK,
            a.DEMAND_SD,
            a.LEAD_DAYS,
        ),
        service.fill_rate,
        "IF(ROUND(sigma,9)=0,IF(certain<0,0,certain),IF(share<0,0,share))",
        "Share of sales kept, 0 to 1: 1 - expected shortage per cycle / order quantity.",
        "订单满足率，0 到 1：1 － 每个周期预计缺货件数 ÷ 订货件数。",
        f"Chopra and Meindl, product fill rate. {NORMAL}",
        ("RESTOCK_FILL_RATE(10000,1000,500,2)", 0.9975),
        source_zh=f"Chopra and Meindl，订单满足率（product fill rate）。{NORMAL_ZH}",
        where={
            "sigma": "demand_sd*SQRT(lead_days)",
            "k": "safety_stock/sigma",
            "certain": "1-IF(ROUND(safety_stock,9)<0,-safety_stock,0)/order_quantity",
            "share": "1-(sigma*EXP(-0.5*k*k)/SQRT(2*PI())-safety_stock*NORMSDIST(-k))/order_quantity",
        },
        result="share",
    ),
    Function(
        "RESTOCK_SERVICE_LEVEL",
        (
            a.SAFETY_STOCK,
            a.DEMAND_SD,
            a.LEAD_DAYS,
            a.LEAD_SD,
            replace(
                a.DAILY_DEMAND,
                optional=True,
                en="units sold per day, needed where the lead time varies",
                zh="日均销量（件），补货周期有波动时要填",
            ),
        ),
        _service_level,
        "IF(ROUND(lead_sd,9)<=0,IF(ROUND(steady,9)=0,certain,NORMSDIST(safety_stock/steady)),"
        'IF(daily_demand="",NA(),IF(ROUND(varying,9)=0,certain,NORMSDIST(safety_stock/varying))))',
        "Chance of not running out in an order cycle, 0 to 1, that a safety stock gives.",
        "这个安全库存下的不断货概率，0 到 1。",
        f"Chopra and Meindl, cycle service level. {NORMAL}",
        ("RESTOCK_SERVICE_LEVEL(1000,500,2)", 0.921350),
        source_zh=f"Chopra and Meindl，周期服务水平（cycle service level）。{NORMAL_ZH}",
        where={
            "certain": "IF(ROUND(safety_stock,9)<0,0,1)",
            "steady": "demand_sd*SQRT(lead_days)",
            "varying": "SQRT(lead_days*demand_sd*demand_sd+daily_demand*lead_sd*daily_demand*lead_sd)",
        },
        result="share",
    ),
)
