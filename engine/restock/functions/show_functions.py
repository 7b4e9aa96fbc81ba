"""Functions on livestreams."""

from __future__ import annotations

from restock.arithmetic import live_demand
from restock.functions.entry import SMALLEST, Argument, Function

_QUANTITY = "mean+sd*NORMSINV(unit_margin/(unit_margin+unit_overage_cost))"

FUNCTIONS = (
    Function(
        "RESTOCK_LIVE_DEMAND",
        (
            Argument("viewers", "total viewers of the show, not the peak", "场观（累计观看人数）"),
            Argument("conversion", "buyers per viewer, as 3% or 0.03", "转化率，如 3% 或 0.03", high=1.0),
            Argument(
                "units_per_buyer",
                "units that one buyer takes",
                "每单件数",
                default=1.0,
                low=SMALLEST,
                high=1000.0,
            ),
        ),
        live_demand.live_demand,
        "viewers*conversion*units_per_buyer",
        "Units that a whole show sells: viewers × conversion × units per buyer. Per show, not per SKU.",
        "一场直播预计卖出的件数：场观 × 转化率 × 每单件数。按整场算，不按货号。",
        "viewers × conversion, 10,000 viewers × 3 %",
        ("RESTOCK_LIVE_DEMAND(10000,3%)", 300.0),
        source_zh="场观 × 转化率：10,000 人 × 3%",
        result="units",
    ),
    Function(
        "RESTOCK_LIVE_STOCK",
        (
            Argument("mean", "expected units of the show", "直播预计件数"),
            Argument("sd", "standard deviation of those units", "直播件数的标准差"),
            Argument("unit_margin", "money lost per unit that is missing", "缺一件少赚的钱", low=SMALLEST),
            Argument("unit_overage_cost", "money lost per unit left over", "剩一件损失的钱", low=SMALLEST),
        ),
        live_demand.live_stock,
        f"IF({_QUANTITY}<0,0,{_QUANTITY})",
        "Units to set aside for one show, balancing lost margin against left-over units; not below 0.",
        "给一场直播备多少件：少赚与剩货之间的平衡点，不小于 0。",
        "newsvendor model, Porteus; SCperf's documented example. Assumes normal demand.",
        ("RESTOCK_LIVE_STOCK(100,30,3,1)", 120.2347),
        source_zh="报童模型，Porteus；SCperf 文档中的例子。假设需求服从正态分布。",
        result="units",
    ),
)
