"""Every performance table of the README, by name: how long it takes, and how it is made."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from types import ModuleType

from tests.bench.kept import Kept
from tests.bench.machine import machine
from tests.bench.process import DidNotFinish
from tests.bench.rows import Pair, Row, row_of
from tests.bench.table import Table, speed_table, table_of

SPEED = ("recompute", "formula", "replenish", "import", "graft", "functions", "start", "office", "live")
"""Benchmarks of which the table of speed is made, each a module bench_NAME with `rows` and `MINUTES`."""
MINUTES = {"transfers": 16.0, "accuracy": 2.0, "simulation": 13.0}
TABLES = ("speed", *MINUTES)
QUICK_MINUTES = 0.3


@dataclass(frozen=True)
class Wanted:
    """How a table is made.

    Attributes:
        quick: Small sizes once, only to see that everything runs.
        rounds: Of which the median is taken.
        seeds: Worlds of the simulation.
    """

    quick: bool
    rounds: int
    seeds: list[int]
    kept: Kept


def module(name: str) -> ModuleType:
    """The module of a benchmark of speed."""
    return importlib.import_module(f"tests.bench.bench_{name}")


def minutes(name: str, wanted: Wanted) -> float:
    """About how many minutes a table or a benchmark takes."""
    if wanted.quick:
        return QUICK_MINUTES
    if name == "speed":
        return float(sum(module(one).MINUTES for one in SPEED))
    if name == "simulation":
        return 0.5 + 4 * len(wanted.seeds)
    return MINUTES[name] if name in MINUTES else float(module(name).MINUTES)


def rows_of(name: str, wanted: Wanted) -> list[Row]:
    """The rows of a benchmark of speed."""

    def measured() -> list[dict[str, object]]:
        return [row.as_dict() for row in module(name).rows(wanted.quick, wanted.rounds)]

    return [row_of(found) for found in wanted.kept.get(name, measured)]


def table(name: str, wanted: Wanted) -> Table:
    """Make a table.

    Raises:
        DidNotFinish: Something in it could not be measured; the rest is kept, where a folder for it is given.
    """
    made = _speed(wanted) if name == "speed" else _other(name, wanted)
    here = machine()
    seeds = f" --seeds {wanted.seeds[0]}-{wanted.seeds[-1]}" if name == "simulation" else ""
    command = f"`python -m tests.bench {name}{seeds}`"
    made.notes.append((f"Measured with {command} on {here[0]}.", f"用 {command} 测于 {here[1]}。"))
    return made


def _speed(wanted: Wanted) -> Table:
    rows: list[Row] = []
    missing = []
    for name in SPEED:
        print(f"  {name}, about {minutes(name, wanted):g} minutes", flush=True)
        try:
            rows += rows_of(name, wanted)
        except Exception as error:
            print(f"  {name} could not be measured: {error}", flush=True)
            missing.append(name)
    if missing:
        raise DidNotFinish(f"{', '.join(missing)} could not be measured")
    rounds = 1 if wanted.quick else wanted.rounds
    return speed_table(rows, [_METHOD, _median(rounds)])


_METHOD: Pair = (
    "Whole processes, their start included: CPU is user and system time of all that a process starts, memory its peak; "
    "a plan and a call of a function are measured inside one. Ratios are of CPU.",
    "测的是整个进程，含启动：处理器时间是进程及其子进程的用户和系统时间，内存是峰值；计划和函数调用在进程内部测。倍数按处理器时间算。",
)


def _median(rounds: int) -> Pair:
    return (
        f"Median of {rounds}; once: openpyxl, other engines of formulas, the press of the largest book, the button.",
        f"取 {rounds} 次的中位数；openpyxl、其他公式引擎、最大工作簿的重算和按钮只测一次。",
    )


def _other(name: str, wanted: Wanted) -> Table:
    if name == "simulation":
        from tests.bench.table_simulation import simulation_table

        seeds = wanted.seeds[:1] if wanted.quick else wanted.seeds
        return simulation_table(seeds, wanted.kept.path("simulation.jsonl"), wanted.quick)
    if name == "transfers":
        from tests.bench.table_transfers import transfers_table

        return transfers_table(wanted.kept, wanted.quick)
    return table_of(wanted.kept.get(name, lambda: _accuracy(wanted.quick).as_dict()))


def _accuracy(quick: bool) -> Table:
    from tests.bench.table_accuracy import accuracy_table

    return accuracy_table(quick)
