"""The table of accuracy: our forecast beside simple averages and packages, on the research data."""

from __future__ import annotations

import statistics
from collections.abc import Iterable

from tests.bench.bench_forecast import MEAN, OURS, SHIFTS, WEEKDAY, Scored, models_of, scored, sets
from tests.bench.forecast_peers import STATSFORECAST
from tests.bench.rows import Pair
from tests.bench.table import Table, percent, same

TREES = "LightGBM"
NAMES: dict[str, Pair] = {
    "store_item": ("500 items of stores, five years", "门店 500 个货品，五年"),
    "uci_fast": ("400 fast items of an online shop, one year", "网店 400 个畅销货品，一年"),
    "uci_slow": ("400 slow items of an online shop", "网店 400 个慢销货品"),
    "stockout_uci": (
        "200 items of it, made to sell out on one day in seven",
        "其中 200 个货品，模拟约七分之一的日子断货",
    ),
    "bakery": ("86 items of a bakery", "面包店 86 个货品"),
}
HEADERS: tuple[Pair, ...] = (
    ("Loss, lower is better", "损失，越低越好"), ("restock", "restock"), ("mean of 28 days", "近 28 天均值"),
    ("same weekday last week", "上周同一天"), ("best of six of statsforecast", "statsforecast 六种中最好的"),
    ("LightGBM", "LightGBM"), ("enough at 95 %: restock", "按 95% 备货够用：restock"),
    ("mean of 28 days", "近 28 天均值"),
)  # fmt: skip
LOSS: Pair = (
    "Loss: what too little and too much stock for 14 days costs, as a share of what was asked for (pinball loss at 50, "
    "90, 95 and 98 %). Enough: how often the stock planned for 95 % was enough for 14 days.",
    "损失：14 天里备少和备多的代价占需求的比例（50、90、95、98% 的分位数损失）。"
    "够用：按 95% 备的 14 天的货，有多少次真的够卖。",
)
ORIGINS: Pair = (
    "Mean of six forecasts of every item, four weeks apart, each made only from what was sold before.",
    "每个货品预测六次，每次相隔四周，只用预测日之前的销售，取均值。",
)


def accuracy_table(quick: bool = False) -> Table:
    """Score every model on every set that is there, means over both shifts."""
    names = [name for name in NAMES if name in sets()]
    names = [name for name in names if name == "bakery"] if quick else names
    if not names:
        raise FileNotFoundError("the research data is not there: ../shared/data/*.parquet")
    found = list(scored(names, models_of(alone=quick)))
    cost = statistics.mean(one.score.cpu for one in found if one.model == OURS and one.score)
    trees = [one.score.cpu for one in found if one.model == TREES and one.score]
    speed = f"A forecast of 1,000 items takes restock {cost:.2g} CPU s"
    tempo = f"预测 1,000 个货品，restock 用处理器 {cost:.2g} 秒"
    if trees:
        speed += f", LightGBM {statistics.mean(trees):.2g}"
        tempo += f"，LightGBM 用 {statistics.mean(trees):.2g} 秒"
    notes = [LOSS, ORIGINS, (speed + ".", tempo + "。")]
    return Table("accuracy", HEADERS, [_row(name, found) for name in names], notes)


def _row(name: str, found: Iterable[Scored]) -> tuple[Pair, ...]:
    of_set = [one for one in found if one.name == name and one.score is not None]
    losses, enough = _means(of_set, "pinball"), _means(of_set, "service")
    packages = [losses[model] for model in STATSFORECAST if model in losses]
    numbers = [losses.get(OURS), losses.get(MEAN), losses.get(WEEKDAY), min(packages, default=None), losses.get(TREES)]
    shares = [enough.get(OURS), enough.get(MEAN)]
    cells = ["–" if value is None else f"{value:.3f}" for value in numbers]
    return NAMES[name], *map(same, cells), *(same("–") if share is None else percent(share) for share in shares)


def _means(found: list[Scored], measure: str) -> dict[str, float]:
    """Mean over the shifts, of models that finished both."""
    values: dict[str, list[float]] = {}
    for one in found:
        values.setdefault(one.model, []).append(getattr(one.score, measure))
    return {model: statistics.mean(ones) for model, ones in values.items() if len(ones) == len(SHIFTS)}
