"""Our sheets written into an 18 MB workbook, beside openpyxl loading and saving it: CPU time and peak memory.

Run: python -m tests.bench.bench_graft [rounds]
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from tests.bench.process import Used, in_turn, python
from tests.bench.rows import Row, print_rows, process_row, times

MINUTES = 1.5
ROWS, COLUMNS, FORMULAS = 170_000, 10, 40_000
MOST_MEGABYTES, LEAST_RATIO = 60, 100


def build(path: Path, rows: int = ROWS) -> None:
    """A workbook of ten cells a row, 1.7 million in all, and 40,000 formulas."""
    import random

    import xlsxwriter

    draw = random.Random(7)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Sales")
    for row in range(rows):
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


BUILD = """
import sys
from pathlib import Path
from tests.bench import bench_graft
bench_graft.build(Path(sys.argv[1]), int(sys.argv[3]))
bench_graft.build_scratch(Path(sys.argv[2]))
"""
GRAFT = """
import sys
from restock_xl.package import graft
graft(sys.argv[1], sys.argv[2], sys.argv[3])
"""
OPENPYXL = """
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
book.create_sheet("Forecast")
book.save(sys.argv[3])
"""
IMPORTS = """
from restock_xl.package import graft
"""


def rows(quick: bool = False, rounds: int = 3) -> list[Row]:
    """Three sheets added, then replaced, beside openpyxl."""
    with tempfile.TemporaryDirectory() as folder:
        book, scratch, added, out = (Path(folder) / f"{name}.xlsx" for name in ("big", "scratch", "added", "out"))
        python(BUILD, book, scratch, 2000 if quick else ROWS)

        def add() -> Used:
            found = python(GRAFT, book, scratch, out)
            shutil.move(out, added)
            return found

        used = in_turn(
            {
                "imports": lambda: python(IMPORTS),
                "add": add,
                "replace": lambda: python(GRAFT, added, scratch, out),
            },
            rounds,
        )
        used |= in_turn({"openpyxl": lambda: python(OPENPYXL, book, scratch, out)}, 1)
        megabytes = f"{book.stat().st_size / 1e6:.1f} MB"
    size = (f"a workbook of {megabytes}", f"{megabytes} 的工作簿")
    other = (("openpyxl loading and saving it", "openpyxl 读入再存出"), used.get("openpyxl"))
    start = (("Python and the imports of it alone", "只启动 Python 并导入模块"), used.get("imports"))
    added_words = ("our sheets put into a workbook, all else kept", "把我们的表放进工作簿，其余原样保留")
    again_words = ("the same sheets replaced", "再次替换这些表")
    return [
        process_row(added_words, size, used["add"], [other, start]),
        replace(process_row(again_words, size, used["replace"], [other, start]), minor=True),
    ]


def main(rounds: int = 3) -> None:
    """Print medians, ratios and goals."""
    found = rows(rounds=rounds)
    print_rows(found)
    first = found[0]
    ratio = 1 / first.ratio(first.peers[0])
    print(f"openpyxl takes {times(ratio)} times the CPU (goal: at least {LEAST_RATIO})")
    print(f"graft peaks at {first.memory:.0f} MB (goal: under {MOST_MEGABYTES})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
