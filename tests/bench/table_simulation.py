"""The table of the simulator: rules of ordering on invented years, and what follows from them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from restock.simulate.conclusions import OTHERS, stock_for_target
from restock.simulate.generated import YEAR, generated_world
from restock.simulate.study import TARGET_FILL, Trial, article_trials, clairvoyant_trial, classic_trials, our_trials
from tests.bench.bench_simulate import run, run_series
from tests.bench.rows import Pair
from tests.bench.table import Table, percent, same

OURS, TURNED_DOWN = "ours_moves", -2.0
SHOWN = ["fill", "show_fill", "stock", "cost"]
HEADERS: tuple[Pair, ...] = (
    ("Rule", "规则"), ("sold of what was asked for", "满足的需求"), ("on show days", "直播日"),
    ("mean stock", "平均库存"), ("cost of the year", "一年成本"),
)  # fmt: skip
METHOD: Pair = (
    "{goods} invented goods × 3 warehouses, {years}, random lead times, shows three to five times a normal day, plans "
    "of shows off by 40 %. Every rule meets the same demand and knows only what was sold before. Cost is margin lost, "
    "stock held at 30 % a year, $15 an order line, and freight of transfers.",
    "虚构的 {goods} 个货品 × 3 个仓库，{years}，补货周期随机，直播日销量是平日的三到五倍，直播计划误差 40%。"
    "每条规则面对同样的需求，只知道此前的销售。成本是损失的毛利、每年 30% 的库存占用、每条采购行 15 美元和调拨运费。",
)


def trials() -> list[Trial]:
    """The rules of the table; the plan without transfers is not among them."""
    return [*article_trials(), *classic_trials(), clairvoyant_trial(), *our_trials()]


def simulation_table(seeds: list[int], kept: Path | None = None, quick: bool = False) -> Table:
    """Replay the rules, or take what stands in `kept` already."""
    goods, days = (20, 60) if quick else (300, YEAR)
    rows = run(seeds, kept, trials(), lambda seed: generated_world(seed, goods, days=days))
    rows = rows[rows["seed"].isin(seeds)]
    years = (f"{len(seeds)} invented years", f"{len(seeds)} 个虚构的年份") if len(seeds) > 1 else ("one year", "一年")
    method = tuple(text.format(goods=goods, years=year) for text, year in zip(METHOD, years, strict=True))
    said = conclusions(rows)
    if not quick:
        said.append(real_sales(run_series(None, ("online_retail",))))
    return Table("simulation", HEADERS, rule_rows(rows), [(method[0], method[1])], said)


def rule_rows(rows: pd.DataFrame) -> list[tuple[Pair, ...]]:
    """Means over the worlds: a simple rule, the textbook, also at its best, and ours."""
    classic = rows[(rows["rule"] == "classic") & ~rows["natural"].astype(bool)]
    best = classic.loc[classic.groupby("seed")["cost"].idxmin()]
    ours = rows[rows["rule"] == OURS]
    parts: list[tuple[Pair, pd.DataFrame]] = [
        (("order below 15 days of average × 1.5", "低于 15 天均销 × 1.5 就补"), _natural(rows, "article_15")),
        (("textbook safety stock, 98/95/90 %", "教科书安全库存，98/95/90%"), _natural(rows, "classic")),
        (("textbook safety stock, the cheapest of six settings", "教科书安全库存，六档中成本最低的"), best),
        (("restock as set", "restock，默认设置"), _natural(rows, OURS)),
        (("restock, service levels two standard deviations lower", "restock，服务水平调低两个标准差"),
         ours[ours["dial"] == TURNED_DOWN]),
    ]  # fmt: skip
    return [(name, *_cells(part[SHOWN].mean())) for name, part in parts]


def conclusions(rows: pd.DataFrame) -> list[Pair]:
    """Stock for 97 %, cost against the textbook, and what no rule can cost less than."""
    needed = stock_for_target(rows)
    less = 1 - needed[OURS] / needed[list(OTHERS)].min(axis=1)
    worlds, between = len(needed), _range(less.min(), less.max())
    target = percent(TARGET_FILL)
    wins = int((_natural(rows, OURS).set_index("seed")["cost"] < _cheapest(rows, "classic")).sum())
    least = f"{rows.groupby('seed')['least_cost'].max().mean():,.0f}"
    return [
        (f"For {target[0]} it needs {between[0]} less stock than the better of two simple rules; as set it costs less "
         f"than every textbook setting in {wins} of {worlds} worlds.",
         f"要满足 {target[1]} 的需求，库存比两条简单规则里较好的一条少 {between[1]}；"
         f"默认设置的成本在 {worlds} 个世界里有 {wins} 个低于教科书的每一档。"),
        (f"Knowing everything beforehand could not cost less than about {least}.",
         f"就算事先知道一切，成本也不会低于约 {least}。"),
    ]  # fmt: skip


def _range(low: float, high: float) -> Pair:
    """From one share to another, in whole percent."""
    if round(low, 2) == round(high, 2):
        return percent(low)
    return f"{100 * low:.0f} to {percent(high)[0]}", f"{percent(low)[1]} 到 {percent(high)[1]}"


def real_sales(rows: pd.DataFrame) -> Pair:
    """What the demo's own sales say, of rules as they are meant to be used."""
    ours, textbook = (_natural(rows, rule)[SHOWN].iloc[0] for rule in (OURS, "classic"))
    english, chinese = [], []
    for part in (ours, textbook):
        sold, units, cost = percent(part["fill"], 1), f"{part['stock']:,.0f}", f"{part['cost']:,.0f}"
        english.append(f"{sold[0]} with {units} units at a cost of {cost}")
        chinese.append(f"{sold[1]}，库存 {units} 件，成本 {cost}")
    return (
        f"On the demo's real sales restock sells {english[0]}, the textbook {english[1]}.",
        f"在演示工作簿的真实销售上，restock 满足 {chinese[0]}；教科书满足 {chinese[1]}。",
    )


def _natural(rows: pd.DataFrame, rule: str) -> pd.DataFrame:
    return rows[(rows["rule"] == rule) & rows["natural"].astype(bool)]


def _cheapest(rows: pd.DataFrame, rule: str) -> pd.Series:
    return rows[rows["rule"] == rule].groupby("seed")["cost"].min()


def _cells(means: pd.Series) -> list[Pair]:
    shares = [percent(means[name], 1) for name in ("fill", "show_fill")]
    return [*shares, *(same(f"{means[name]:,.0f}") for name in ("stock", "cost"))]
