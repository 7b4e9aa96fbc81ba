"""Recalculation of restock books by column, beside a bare read of the same file and beside general engines, in one run.

Run: python -m tests.bench.bench_formula [rounds]

Its rows are whole processes: `restock calc` and what general engines need for the same file. The phases are measured in
CPU seconds without imports; backup and re-check, which only guard the user's file, are told apart from reading,
evaluating and storing.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from tests.bench.office import convert, profile_that_computes
from tests.bench.process import Used, in_turn, python, restock
from tests.bench.restock_book import COMPUTED
from tests.bench.rows import Pair, Row, print_rows, process_row

MINUTES = 2
TODAY = "2026-11-20"
SMALL, LARGE, FEW = 2_000, 20_000, 200
OTHER_ENGINES_SECONDS = 60

_START = """
import json, math, resource, sys, time
clock = time.process_time
def done(**found):
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({**found, "memory": used.ru_maxrss / 1024}))
"""
BUILD = """
from pathlib import Path
from tests.bench.restock_book import make_data, write_book
write_book(Path(sys.argv[1]), make_data(int(sys.argv[2])))
done()
"""
READ_ALL = """
import sys, python_calamine
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
"""
CALAMINE = "import python_calamine\nstart = clock()" + READ_ALL + "done(read=clock() - start)"
OURS = """
import datetime as dt
from pathlib import Path
import scipy.special
import restock.formula.kernels
import restock.formula
engine = sys.modules["restock.formula.recalculate"]
import restock_xl.package.safe_write as guard
from restock_xl.evaluation import evaluation_of
from restock_xl.package.book import Book
from restock_xl.package.formula_book import formula_book
spent = {}
def timed(name, call):
    def run(*arguments, **named):
        begun = clock()
        try:
            return call(*arguments, **named)
        finally:
            spent[name] = spent.get(name, 0.0) + clock() - begun
    return run
engine.groups_of = timed("group", engine.groups_of)
source, out = Path(sys.argv[1]), Path(sys.argv[2])
def read():
    book = formula_book(Book(source))
    for sheet in book.workbook.sheets:
        len(sheet.columns)  # a sheet without formulas is read when it is first asked for
    return book
book = timed("read", read)()
evaluation = timed("evaluate", evaluation_of)(book, dt.date(2026, 11, 20))
spent["evaluate"] -= spent["group"]
def patch(target):
    evaluation.store()
    book.book.archive.save(target)
def guarded():
    guard.replace_safely(out, timed("patch", patch), now=dt.datetime(2026, 11, 20), source=source)
timed("backup and re-check", guarded)()
spent["backup and re-check"] -= spent["patch"]
done(**spent, kept=len(evaluation.result.unevaluated), tiers=evaluation.result.tiers)
"""
CHECK = """
from pathlib import Path
from restock_xl.package.book import Book
from restock_xl.package.formula_book import formula_book
from tests.bench.restock_book import COMPUTED, FIRST_FORMULA, make_data, truth
rows = int(sys.argv[2])
expected = truth(make_data(rows))
book = formula_book(Book(Path(sys.argv[1]))).workbook
wrong = 0
for column, name in enumerate(COMPUTED, start=FIRST_FORMULA):
    for row, right in enumerate(expected[name], start=2):
        found = book.value("Stock", row, column)
        same = found == right if isinstance(right, str) else isinstance(found, float) and math.isclose(
            found, right, rel_tol=1e-9, abs_tol=1e-9)
        wrong += not same
done(wrong=wrong, cells=rows * len(COMPUTED))
"""
IRONCALC = """
import sys, ironcalc
ironcalc.load_from_xlsx(sys.argv[1], "en", "UTC", "en").evaluate()
"""
FORMULAS = """
import sys, formulas
formulas.ExcelModel().loads(sys.argv[1]).finish().calculate()
"""
READ: Pair = ("python-calamine reading every sheet", "python-calamine 读出每张表")
OFFICE: Pair = ("LibreOffice opening, computing and saving it", "LibreOffice 打开、计算并保存")


def run(code: str, *arguments: object) -> dict[str, Any]:
    """Return what a snippet measured in a process of its own."""
    return python(_START + code, *arguments).found


def phases(folder: Path, rows: int, rounds: int) -> float:
    """Print our phases and their ratio to python-calamine's read, without imports; return the total."""
    book, out = folder / f"restock-{rows}.xlsx", folder / f"out-{rows}.xlsx"
    runs: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for _ in range(rounds):  # in turn, so that both meet the same machine
        out.unlink(missing_ok=True)
        runs.append((run(CALAMINE, book), run(OURS, book, out)))
    bare = statistics.median(one["read"] for one, _ in runs)
    steps = {name: statistics.median(one[name] for _, one in runs) for name in ("read", "group", "evaluate", "patch")}
    total = statistics.median(sum(one[name] for name in steps) for _, one in runs)
    ratio = statistics.median(sum(one[name] for name in steps) / bare["read"] for bare, one in runs)
    checked, last = run(CHECK, out, rows), runs[-1][1]
    print(f"{rows:,} rows, {checked['cells']:,} formula cells, {book.stat().st_size / 1e6:.1f} MB, imports left out")
    print(f"  python-calamine, every sheet read   {bare:7.3f} s")
    for name, seconds in steps.items():
        print(f"  {name:35} {seconds:7.3f} s")
    print(f"  {'read + group + evaluate + patch':35} {total:7.3f} s, {ratio:.2f} times the bare read")
    guard = statistics.median(one["backup and re-check"] for _, one in runs)
    memory = statistics.median(one["memory"] for _, one in runs)
    print(f"  {'backup and re-check, apart':35} {guard:7.3f} s")
    tiers = ", ".join(f"{name} {count:,}" for name, count in last["tiers"].items())
    print(f"  peak memory {memory:.0f} MB; wrong cells {checked['wrong']}; kept {last['kept']}; evaluated by {tiers}")
    return total


def rows(quick: bool = False, rounds: int = 3) -> list[Row]:
    """`restock calc` at three sizes, each beside the engines that finish such a book within a minute."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sizes = (20, 50, 100) if quick else (FEW, SMALL, LARGE)
        few, small, large = (folder / f"restock-{rows}.xlsx" for rows in sizes)
        for path, count in zip((few, small, large), sizes, strict=True):
            run(BUILD, path, count)
        at_large = _in_turn(folder, large, {READ: lambda: python(READ_ALL, large)}, rounds)
        office = partial(_office, folder, few)
        ironcalc: Pair = ("IronCalc reading and computing it", "IronCalc 读入并计算")
        formulas: Pair = ("the library formulas reading and computing it", "formulas 库读入并计算")
        others = {OFFICE: lambda: office(small), ironcalc: lambda: python(IRONCALC, small, limit=OTHER_ENGINES_SECONDS)}
        at_small = _in_turn(folder, small, others, 1)
        last = {formulas: lambda: python(FORMULAS, few, limit=OTHER_ENGINES_SECONDS)}
        at_few = _in_turn(folder, few, last, 1)
    return [_row(count, used) for count, used in zip(reversed(sizes), (at_large, at_small, at_few), strict=True)]


def _in_turn(
    folder: Path, book: Path, peers: dict[Pair, Callable[[], Used]], rounds: int
) -> tuple[Used, list[tuple[Pair, Used | None]]]:
    """What `restock calc` took, and each peer."""
    out = folder / f"out-{book.name}"

    def ours() -> Used:
        out.unlink(missing_ok=True)
        return restock("calc", book, "--out", out, "--today", TODAY)

    used = in_turn({"restock calc": ours} | {name[0]: run for name, run in peers.items()}, rounds)
    return used["restock calc"], [(name, used.get(name[0])) for name in peers]


def _office(folder: Path, any_book: Path, book: Path) -> Used:
    profile = folder / "profile"
    if not profile.exists():
        profile_that_computes(folder, any_book)
    return convert(profile, book, folder / "computed", "xlsx", OTHER_ENGINES_SECONDS)


def _row(count: int, used: tuple[Used, list[tuple[Pair, Used | None]]]) -> Row:
    cells = count * len(COMPUTED)
    size = (f"{cells:,} formulas, {10 * count:,} sales rows", f"{cells:,} 个公式、{10 * count:,} 行销售")
    return process_row(("`restock calc`, every formula of a book", "`restock calc`，工作簿的全部公式"), size, *used)


def main(rounds: int = 3) -> None:
    """Print phases and the growth from 2,000 to 20,000 rows, then whole processes beside other engines."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count in (SMALL, LARGE):
            run(BUILD, folder / f"restock-{count}.xlsx", count)
        small, large = (phases(folder, count, rounds) for count in (SMALL, LARGE))
        print(f"growth: {large / small:.1f} times the time for {LARGE // SMALL} times the rows")
    print_rows(rows(rounds=rounds))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
