"""Recompute of 1,000 SKUs × 3 warehouses × 340 days, a second press and a copy, beside bare reads of the same file.

Run: python -m tests.bench.bench_recompute [rounds]
"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.bench.process import Used, in_turn, python, restock
from tests.bench.rows import START, Row, print_rows, process_row

MINUTES = 3
TODAY = dt.date(2026, 11, 23)
SKUS, WAREHOUSES, DAYS = 1000, ("US-LA", "DE-HAM", "JP-OSA"), 340
FLOOR = ("python-calamine reading its sales", "python-calamine 读出其中的销售")


def build(path: Path, skus: int = SKUS, warehouses: Sequence[str] = WAREHOUSES, days: int = DAYS) -> int:
    """A book with one sales row for each SKU, warehouse and day; returns the number of sales rows."""
    import numpy as np

    from restock_xl.sheets.new_book import new_book

    draw = np.random.default_rng(7)
    pairs = [(f"SKU-{k:04d}", name) for k in range(skus) for name in warehouses]
    rate = draw.gamma(0.8, 4, len(pairs))
    dates = [TODAY - dt.timedelta(days=days - k) for k in range(days)]
    units = draw.poisson(rate[None, :] * (1 + 0.3 * np.sin(np.arange(days) * 2 * np.pi / 7))[:, None])
    sales = [
        {"date": day, "sku": sku, "warehouse": name, "qty": int(units[t, k])}
        for t, day in enumerate(dates)
        for k, (sku, name) in enumerate(pairs)
    ]
    stock = [
        {"sku": sku, "warehouse": name, "on_hand": int(rate[k] * draw.uniform(2, 90)), "stock_date": TODAY}
        for k, (sku, name) in enumerate(pairs)
    ]
    catalog = [
        {"sku": f"SKU-{k:04d}", "name": f"Product {k}", "cost": 4, "price": 9.5, "supplier": f"Supplier {k % 12}",
         "case_pack": 12, "moq": 24}
        for k in range(skus)
    ]  # fmt: skip
    routes = [
        {"from": a, "to": b, "mode": "sea", "days": 12, "cost_per_unit": 0.8, "cost_per_shipment": 20}
        for a in warehouses
        for b in warehouses
        if a != b
    ]
    new_book(path, "en", {"Sales": sales, "Stock": stock, "Catalog": catalog, "Routes": routes})
    return len(sales)


BUILD = """
import json, sys
from pathlib import Path
from tests.bench.bench_recompute import build
path, skus, warehouses, days = sys.argv[1:]
print(json.dumps({"rows": build(Path(path), int(skus), warehouses.split(","), int(days))}))
"""
BARE_FASTEXCEL = """
import sys, fastexcel
fastexcel.read_excel(sys.argv[1]).load_sheet("Sales", header_row=2)
"""
BARE_CALAMINE = """
import sys, python_calamine
python_calamine.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_name("Sales").to_python()
"""
# The command itself, told when each step begins.
PRESS = """
import json, time
import restock_xl.recompute as pipeline
from restock_xl.cli import main
pressed, marks = pipeline.recompute, []
def press(host, today, now, tell=None, anyway=False):
    return pressed(host, today, now, lambda step: marks.append((step, time.process_time())), anyway)
pipeline.recompute = press
try:
    main()
finally:
    ends = [begun for _, begun in marks[1:]] + [time.process_time()]
    print(json.dumps({"steps": {step: end - begun for (step, begun), end in zip(marks, ends)}}))
"""
STEPS = {
    "reading": ("reading", "读表"), "checking": ("checking", "检查"), "planning": ("planning", "预测和计划"),
    "writing": ("writing, with every formula", "写回（含全部公式）"),
}  # fmt: skip


def press(book: Path) -> Used:
    """What a press of the button takes, and how long each step."""
    return python(PRESS, "recompute", book, "--today", TODAY.isoformat())


def built(path: Path, skus: int, warehouses: Sequence[str], days: int) -> int:
    """Build a book in a process of its own, and return the number of sales rows."""
    return int(python(BUILD, path, skus, ",".join(warehouses), days).found["rows"])


def rows(quick: bool = False, rounds: int = 3) -> list[Row]:
    """A press, a second press, and a copy for the team."""
    skus, days = (20, 30) if quick else (SKUS, DAYS)
    with tempfile.TemporaryDirectory() as folder:
        book, work, copy = (Path(folder) / f"{name}.xlsx" for name in ("big", "work", "copy"))
        count = built(book, skus, WAREHOUSES, days)

        def first() -> Used:
            shutil.copyfile(book, work)
            return press(work)

        used = in_turn(
            {
                "fastexcel": lambda: python(BARE_FASTEXCEL, book),
                "python-calamine": lambda: python(BARE_CALAMINE, book),
                "first press": first,
                "second press": lambda: press(work),
                "export": lambda: restock("export", work, "--to", copy, "--today", TODAY.isoformat()),
            },
            rounds,
        )
    size = (f"{count:,} sales rows", f"{count:,} 行销售")
    floor, arrow = used.get("python-calamine"), used.get("fastexcel")
    other = ("fastexcel reading them as columns", "fastexcel 按列读出")
    peers = [(FLOOR, floor), (other, arrow)]
    words = ("`restock recompute`, the first press", "`restock recompute`，第一次")
    again = ("`restock recompute` again, nothing changed", "再次 `restock recompute`，没有变化")
    team = ("`restock export`, a copy of values for the team", "`restock export`，给同事的数值副本")
    return [
        _with_steps(process_row(words, size, used["first press"], peers), used["first press"]),
        _with_steps(process_row(again, size, used["second press"], peers), used["second press"]),
        process_row(team, size, used["export"], [(FLOOR, floor)]),
    ]


def _with_steps(row: Row, used: Used) -> Row:
    steps = [(STEPS[step], cpu) for step, cpu in used.found["steps"].items()]
    start = (START, row.cpu - sum(cpu for _, cpu in steps))
    return replace(row, parts=(start, *steps))


if __name__ == "__main__":
    print_rows(rows(rounds=int(sys.argv[1]) if len(sys.argv) > 1 else 3))
