"""The table of transfers: how far plans are from the best possible, beside greedy, and how long they take."""

from __future__ import annotations

import statistics
from functools import partial
from itertools import product
from typing import Any

from tests.bench.bench_transfer import CASES, SEEDS, measured_apart
from tests.bench.kept import Kept
from tests.bench.rows import Pair, seconds
from tests.bench.table import Table, percent, same

HEADERS: tuple[Pair, ...] = (
    ("SKUs × warehouses", "货号 × 仓库"), ("cost above the best possible, at most", "成本最多比最优高"),
    ("greedy: at most", "贪心法：最多高"), ("cost below greedy", "比贪心法省"),
    ("cost below moving nothing", "比不调拨省"),
    ("CPU", "处理器时间"), ("Wall", "实际时间"), ("Memory", "内存峰值"),
)  # fmt: skip
METHOD: Pair = (
    "Invented goods in warehouses of three regions, shows, goods on the way, cartons and pallets; greedy sends the "
    "best line first. The bound on the best cost is proven, so both distances are at most what stands here.",
    "虚构的货品，仓库分在三个区域，有直播、在途、整箱和托盘；贪心法每次先发最划算的一条。"
    "最优成本的下界是证明过的，所以两列差距都是上限。",
)


def transfers_table(kept: Kept, quick: bool = False) -> Table:
    """Plan every case with a few seeds; plans that are kept are not made again."""
    names, seeds = (["100x3"], SEEDS[:1]) if quick else (list(CASES), SEEDS)
    found = [
        kept.get(f"transfers-{name}-{seed}", partial(measured_apart, name, seed))
        for name, seed in product(names, seeds)
    ]
    count = (f"Median of {len(seeds)} books of each size, planning alone.",
             f"每种规模 {len(seeds)} 个工作簿，只算计划，取中位数。")  # fmt: skip
    return Table("transfers", HEADERS, [_row(name, found) for name in names], [METHOD, count])


def _row(name: str, found: list[dict[str, Any]]) -> tuple[Pair, ...]:
    plans = [plan for plan in found if plan["name"] == name]
    case = CASES[name]

    def median(key: str) -> float:
        return statistics.median(plan[key] for plan in plans)

    saved, against = (statistics.median(1 - plan["cost"] / plan[other] for plan in plans)
                      for other in ("greedy", "nothing"))  # fmt: skip
    cells = [
        same(f"{case.skus:,} × {case.places}"), _share(median("gap")), _share(median("greedy_gap")), _share(saved),
        _share(against), *map(same, (seconds(median("cpu")), seconds(median("seconds")), f"{median('mb'):,.0f} MB")),
    ]  # fmt: skip
    return tuple(cells)


def _share(value: float) -> Pair:
    return percent(max(value, 0.0), 2 if value < 0.1 else 0)
