"""Our sheets written into an 18 MB workbook, beside openpyxl loading and saving it: CPU time and peak memory.

Run: python -m tests.bench.bench_graft [rounds]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from .bench_recompute import measured

ROWS, COLUMNS, FORMULAS = 170_000, 10, 40_000
MOST_MEGABYTES, LEAST_RATIO = 60, 100


def build(path: Path) -> None:
    """A workbook of 1.7 million cells and 40,000 formulas."""
    import random

    import xlsxwriter

    draw = random.Random(7)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Sales")
    for row in range(ROWS):
        sheet.write_string(row, 0, f"SKU-{draw.randrange(5000):05d}")
        for column in range(1, COLUMNS):
            sheet.write_number(row, column, draw.randrange(10**11) / 100)
        if row < FORMULAS:
            sheet.write_formula(row, COLUMNS, f"=B{row + 1}*2", None, row)
    book.close()


def build_scratch(path: Path) -> None:
    """Three sheets of ours, a table each."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    for name in ("Forecast", "Orders", "Transfers"):
        sheet = book.add_worksheet(name)
        data = [[f"SKU-{row:05d}", row, row * 1.5] for row in range(1000)]
        columns = [{"header": header} for header in ("SKU", "Units", "Days")]
        sheet.add_table(0, 0, 1000, 2, {"name": f"{name}Table", "data": data, "columns": columns})
        sheet.write_formula("E1", "=SUM(B2:B1001)", None, 499500)
    book.close()


# In processes of their own: a child starts with the peak memory of its parent.
BUILD = """
import sys
from pathlib import Path
from tests.bench import bench_graft
bench_graft.build(Path(sys.argv[1]))
bench_graft.build_scratch(Path(sys.argv[2]))
"""
GRAFT = """
from restock_xl.package import graft
graft(sys.argv[1], sys.argv[2], sys.argv[3])
"""
OPENPYXL = """
import openpyxl
book = openpyxl.load_workbook(sys.argv[1])
book.create_sheet("Forecast")
book.save(sys.argv[3])
"""
IMPORTS = """
from restock_xl.package import graft
"""


def main(rounds: int = 3) -> None:
    """Print medians and ratios."""
    with tempfile.TemporaryDirectory() as folder:
        book, scratch, added, out = (Path(folder) / f"{name}.xlsx" for name in ("big", "scratch", "added", "out"))
        subprocess.run([sys.executable, "-c", BUILD, str(book), str(scratch)], check=True)
        print(f"{book.stat().st_size / 1e6:.1f} MB")
        runs = {
            "imports alone": (IMPORTS, book, rounds),
            "graft, add 3 sheets": (GRAFT, book, rounds),
            "graft, replace them": (GRAFT, added, rounds),
            "openpyxl, load + add + save": (OPENPYXL, book, 1),
        }
        print(f"{'':30}{'wall s':>8}{'CPU s':>8}{'peak MB':>9}")
        median = {}
        for name, (code, source, count) in runs.items():
            values = []
            for _ in range(count):
                out.unlink(missing_ok=True)
                values.append(measured(code, str(source), str(scratch), str(out)))
                if name == "graft, add 3 sheets":
                    added.write_bytes(out.read_bytes())
            median[name] = [statistics.median(value[k] for value in values) for k in range(3)]
            wall, cpu, peak = median[name]
            print(f"{name:30}{wall:8.2f}{cpu:8.2f}{peak:9.0f}", flush=True)
        ratio = median["openpyxl, load + add + save"][1] / median["graft, add 3 sheets"][1]
        print(f"openpyxl takes {ratio:.0f} times the CPU (goal: at least {LEAST_RATIO})")
        print(f"graft peaks at {median['graft, add 3 sheets'][2]:.0f} MB (goal: under {MOST_MEGABYTES})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
