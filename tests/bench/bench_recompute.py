"""Recompute of 1,000 SKUs × 3 warehouses × 340 days beside bare reads of the same file, in one run.

Run: python -m tests.bench.bench_recompute [rounds]
"""

from __future__ import annotations

import datetime as dt
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

TODAY = dt.date(2026, 11, 23)
SKUS, WAREHOUSES, DAYS = 1000, ("US-LA", "DE-HAM", "JP-OSA"), 340


def build(path: Path) -> int:
    """A book with one sales row for each SKU, warehouse and day; returns the number of sales rows."""
    import numpy as np

    from restock_xl.sheets.new_book import new_book

    draw = np.random.default_rng(7)
    pairs = [(f"SKU-{k:04d}", name) for k in range(SKUS) for name in WAREHOUSES]
    rate = draw.gamma(0.8, 4, len(pairs))
    days = [TODAY - dt.timedelta(days=DAYS - k) for k in range(DAYS)]
    units = draw.poisson(rate[None, :] * (1 + 0.3 * np.sin(np.arange(DAYS) * 2 * np.pi / 7))[:, None])
    sales = [
        {"date": day, "sku": sku, "warehouse": name, "qty": int(units[t, k])}
        for t, day in enumerate(days)
        for k, (sku, name) in enumerate(pairs)
    ]
    stock = [
        {"sku": sku, "warehouse": name, "on_hand": int(rate[k] * draw.uniform(2, 90)), "stock_date": TODAY}
        for k, (sku, name) in enumerate(pairs)
    ]
    catalog = [
        {"sku": f"SKU-{k:04d}", "name": f"Product {k}", "cost": 4, "price": 9.5, "supplier": f"Supplier {k % 12}",
         "case_pack": 12, "moq": 24}
        for k in range(SKUS)
    ]  # fmt: skip
    routes = [
        {"from": a, "to": b, "mode": "sea", "days": 12, "cost_per_unit": 0.8, "cost_per_shipment": 20}
        for a in WAREHOUSES
        for b in WAREHOUSES
        if a != b
    ]
    new_book(path, "en", {"Sales": sales, "Stock": stock, "Catalog": catalog, "Routes": routes})
    return len(sales)


def measured(code: str, *arguments: str) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak MB of a Python snippet in a process of its own, start-up included."""
    script = (
        "import resource, sys, time\nstart = time.perf_counter()\n"
        + code
        + "\nused = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print('measured', time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)"
    )
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
    line = next(line for line in done.stdout.splitlines() if line.startswith("measured"))
    wall, cpu, peak = map(float, line.split()[1:])
    return wall, cpu, peak


# In a process of its own: a child starts with the peak memory of its parent.
BUILD = """
import sys
from pathlib import Path
from tests.bench.bench_recompute import build
print(build(Path(sys.argv[1])))
"""
BARE_FASTEXCEL = """
import fastexcel
fastexcel.read_excel(sys.argv[1]).load_sheet('Sales', header_row=2)
"""
BARE_CALAMINE = """
import python_calamine
python_calamine.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_name('Sales').to_python()
"""
RECOMPUTE = """
import datetime as dt
from pathlib import Path
from restock_xl.hosts.headless import HeadlessHost
from restock_xl.recompute import recompute
marks = []
recompute(HeadlessHost(Path(sys.argv[1]), Path(sys.argv[2])), dt.date(2026, 11, 23), dt.datetime(2026, 11, 23, 9, 0),
          lambda step: marks.append((step, time.perf_counter())))
"""


def main(rounds: int = 3) -> None:
    """Print medians and ratios."""
    with tempfile.TemporaryDirectory() as folder:
        book, out = Path(folder) / "big.xlsx", Path(folder) / "out.xlsx"
        start = time.perf_counter()
        rows = int(subprocess.run([sys.executable, "-c", BUILD, str(book)], capture_output=True, check=True).stdout)
        print(f"{rows:,} sales rows, {book.stat().st_size / 1e6:.1f} MB, built in {time.perf_counter() - start:.0f} s")
        runs: dict[str, Callable[[], tuple[float, float, float]]] = {
            "fastexcel, bare read": lambda: measured(BARE_FASTEXCEL, str(book)),
            "python-calamine, bare read": lambda: measured(BARE_CALAMINE, str(book)),
            "restock recompute, everything": lambda: measured(RECOMPUTE, str(book), str(out)),
        }
        results: dict[str, list[tuple[float, float, float]]] = {name: [] for name in runs}
        for _ in range(rounds):
            for name, run in runs.items():
                out.unlink(missing_ok=True)
                results[name].append(run())
        floor = statistics.median(cpu for _, cpu, _ in results["fastexcel, bare read"])
        print(f"{'median of ' + str(rounds):34}{'wall s':>8}{'CPU s':>8}{'peak MB':>9}{'x fastexcel':>13}")
        for name, values in results.items():
            wall, cpu, peak = (statistics.median(value[k] for value in values) for k in range(3))
            print(f"{name:34}{wall:8.2f}{cpu:8.2f}{peak:9.0f}{cpu / floor:13.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
