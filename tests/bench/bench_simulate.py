"""The generated worlds that goals are judged by, replayed by every rule along its dial; the CC0 series too.

Run: python -m tests.bench.bench_simulate [seeds] [results.jsonl]
     python -m tests.bench.bench_simulate series [results.jsonl]
`seeds` as 1-10 (all of them when left out). Rows that stand in the results file already are not computed again.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from restock.simulate.clairvoyant import least_cost
from restock.simulate.conclusions import stock_for_target
from restock.simulate.generated import SEEDS, TRANSFER_LINE, generated_world
from restock.simulate.study import (
    AS_SET,
    Trial,
    article_trials,
    clairvoyant_trial,
    classic_trials,
    natural_trials,
    our_trials,
    study,
)
from restock.simulate.world import World
from restock_xl.simulation import seeds_of


def trials() -> list[Trial]:
    """The rules, those that matter most first."""
    return [
        *article_trials(), *classic_trials(), clairvoyant_trial(), *our_trials(),
        *our_trials([AS_SET], transfers=False),
    ]  # fmt: skip


def run(
    seeds: list[int],
    path: Path | None,
    chosen: list[Trial] | None = None,
    world_of: Callable[[int], World] = generated_world,
) -> pd.DataFrame:
    """Replay what is not known yet, a line of JSON per trial; all of them where none are chosen."""
    rows = _known(path)
    done = {(row["seed"], row["rule"], str(row["dial"])) for row in rows}
    for seed in seeds:
        world = world_of(seed)
        for trial in chosen or trials():
            if (seed, trial.rule, str(trial.dial)) in done:
                continue
            start = time.perf_counter()
            row = study(world, [trial]).to_dict("records")[0]
            row |= {"seconds": round(time.perf_counter() - start, 1)}
            row |= {"seed": seed, "least_cost": least_cost(world, TRANSFER_LINE)}
            _tell(row, path)
            rows.append(row)
    return pd.DataFrame(rows)


def _known(path: Path | None) -> list[dict[str, Any]]:
    if path is None or not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _tell(row: dict[str, Any], path: Path | None) -> None:
    line = json.dumps(row, default=float)
    numbers = f"{row['fill']:.4f} {row['stock']:,.0f} {row['cost']:,.0f}"
    print(f"{row['seed']} {row['rule']} {row['dial']:g}: {numbers}", flush=True)
    if path is not None:
        with path.open("a", encoding="utf-8") as stream:
            stream.write(line + "\n")


def report(rows: pd.DataFrame) -> None:
    """Print means along the dials, then the goals by seed."""
    pd.set_option("display.width", 200, "display.max_columns", 30, "display.max_rows", 500)
    shown = [
        "fill", "show_fill", "out_days", "stock", "stock_value", "cost", "lost_margin", "holding", "ordering", "moving",
        "order_lines", "transfer_lines", "transfer_units",
    ]  # fmt: skip
    means = rows.groupby(["rule", "dial", "natural"], dropna=False, sort=False)[shown].mean()
    print(means.round({"fill": 4, "show_fill": 4, "out_days": 2}).round(dict.fromkeys(shown[3:], 0)).to_string())
    print(goals(rows).round(3).to_string())


def goals(rows: pd.DataFrame) -> pd.DataFrame:
    """What each seed says of the goals: stock for 97 %, show-day fill and cost as set, beside the others."""
    needed = stock_for_target(rows)
    natural = rows[rows["natural"]].set_index(["seed", "rule"])
    found = []
    for seed, part in rows.groupby("seed"):
        at, curve = natural.loc[seed], part.groupby("rule")["cost"].min()
        article = needed.loc[seed, [name for name in ("article_7", "article_15") if name in needed]].min()
        row: dict[str, Any] = {"seed": seed, "article": article}
        for rule in ("classic", "ours", "ours_moves"):
            if rule not in at.index:
                continue
            stock = needed.loc[seed].get(rule, math.nan)
            row |= {f"{rule}_97": stock, f"{rule}_less": 1 - stock / article, f"{rule}_show": at.loc[rule, "show_fill"],
                    f"{rule}_cost": at.loc[rule, "cost"], f"{rule}_best": curve[rule]}  # fmt: skip
        if {"ours", "ours_moves"} <= set(at.index):
            row["moves_save"] = 1 - at.loc["ours_moves", "cost"] / at.loc["ours", "cost"]
        row["least_cost"] = part["least_cost"].max()
        found.append(row)
    return pd.DataFrame(found).set_index("seed").T


def run_series(path: Path | None, names: tuple[str, ...] = ()) -> pd.DataFrame:
    """Replay the CC0 series, or those of `names`: the textbook along its dial, every other rule as set."""
    from .simulated_series import series_worlds

    found = []
    for name, world in series_worlds():
        if names and name not in names:
            continue
        others = [trial for trial in natural_trials() if trial.rule != "classic"]
        for trial in [*classic_trials(), *others]:
            row = study(world, [trial]).to_dict("records")[0] | {"seed": name, "least_cost": least_cost(world)}
            _tell(row, path)
            found.append(row)
    return pd.DataFrame(found)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    results = Path(arguments[1]) if len(arguments) > 1 else None
    if arguments[:1] == ["series"]:
        run_series(results)
    else:
        report(run(seeds_of(arguments[0]) if arguments else list(SEEDS), results))
