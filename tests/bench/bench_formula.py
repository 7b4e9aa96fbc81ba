"""Recalculation of restock books by column, beside a bare read of the same file and beside general engines, in one run.

Run: python -m tests.bench.bench_formula [rounds]

Every step runs in a process of its own and is measured in CPU seconds without its imports. Backup and re-check, which
only guard the user's file, are told apart from reading, evaluating and storing.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SMALL, LARGE, FEW = 2_000, 20_000, 200
OTHER_ENGINES_SECONDS = 600

_START = """
import json, math, resource, sys, time
clock = time.process_time
def done(**found):
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({**found, "memory": used.ru_maxrss / 1024}))
"""
# In a process of its own: a child starts with the peak memory of its parent.
BUILD = """
from pathlib import Path
from tests.bench.restock_book import make_data, write_book
write_book(Path(sys.argv[1]), make_data(int(sys.argv[2])))
done()
"""
CALAMINE = """
import python_calamine
start = clock()
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
done(read=clock() - start)
"""
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
import ironcalc
start = clock()
model = ironcalc.load_from_xlsx(sys.argv[1], "en", "UTC", "en")
read = clock() - start
model.evaluate()
done(read=read, evaluate=clock() - start - read)
"""
FORMULAS = """
import formulas
start = clock()
model = formulas.ExcelModel().loads(sys.argv[1]).finish()
read = clock() - start
model.calculate()
done(read=read, evaluate=clock() - start - read)
"""
# Stored values are kept on loading, so that every formula is computed on order.
LIBREOFFICE = """
import subprocess
profile = sys.argv[2] + "/profile"
command = ["soffice", "--headless", "-env:UserInstallation=file://" + profile, "--convert-to", "xlsx", "--outdir",
           sys.argv[2] + "/lo"]
subprocess.run([*command, sys.argv[3]], check=True, capture_output=True)  # the profile is made, the program loaded once
setting = ('<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">'
           '<value>0</value></prop></item></oor:items>')
path = profile + "/user/registrymodifications.xcu"
text = open(path, encoding="utf-8").read()
open(path, "w", encoding="utf-8").write(text.replace("</oor:items>", setting))
before = resource.getrusage(resource.RUSAGE_CHILDREN)
subprocess.run([*command, sys.argv[1]], check=True, capture_output=True)
after = resource.getrusage(resource.RUSAGE_CHILDREN)
spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
print(json.dumps({"evaluate": spent, "memory": after.ru_maxrss / 1024}))
"""


def run(code: str, *arguments: object, limit: float | None = None) -> dict[str, Any]:
    """Return what a snippet measured in a process of its own."""
    command = [sys.executable, "-c", _START + code, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=limit)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def medians(code: str, rounds: int, *arguments: object) -> dict[str, float]:
    """Return the median of every number over some runs."""
    runs = [run(code, *arguments) for _ in range(rounds)]
    return {name: statistics.median(one[name] for one in runs) for name in runs[0] if name != "tiers"}


def ours_against_a_bare_read(folder: Path, rows: int, rounds: int) -> tuple[float, float]:
    """Print our phases and their ratio to python-calamine's read; return the total and the ratio."""
    book, out = folder / f"restock-{rows}.xlsx", folder / f"out-{rows}.xlsx"
    runs: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for _ in range(rounds):  # in turn, so that both meet the same machine
        out.unlink(missing_ok=True)
        runs.append((run(CALAMINE, book), run(OURS, book, out)))
    bare = statistics.median(one["read"] for one, _ in runs)
    phases = {name: statistics.median(one[name] for _, one in runs) for name in ("read", "group", "evaluate", "patch")}
    total = statistics.median(sum(one[name] for name in phases) for _, one in runs)
    ratio = statistics.median(sum(one[name] for name in phases) / bare["read"] for bare, one in runs)
    checked, last = run(CHECK, out, rows), runs[-1][1]
    print(f"{rows:,} rows, {checked['cells']:,} formula cells, {book.stat().st_size / 1e6:.1f} MB")
    print(f"  python-calamine, every sheet read   {bare:7.3f} s")
    for name, seconds in phases.items():
        print(f"  {name:35} {seconds:7.3f} s")
    print(f"  {'read + group + evaluate + patch':35} {total:7.3f} s, {ratio:.2f} times the bare read")
    guard = statistics.median(one["backup and re-check"] for _, one in runs)
    memory = statistics.median(one["memory"] for _, one in runs)
    print(f"  {'backup and re-check, apart':35} {guard:7.3f} s")
    tiers = ", ".join(f"{name} {count:,}" for name, count in last["tiers"].items())
    print(f"  peak memory {memory:.0f} MB; wrong cells {checked['wrong']}; kept {last['kept']}; evaluated by {tiers}")
    return total, ratio


def other_engines(folder: Path, ours: float) -> None:
    """Print what general engines need for the same files, beside ours."""
    small, few = folder / f"restock-{SMALL}.xlsx", folder / f"restock-{FEW}.xlsx"
    for name, code, rows, arguments in (
        ("IronCalc", IRONCALC, SMALL, (small,)),
        ("LibreOffice, load, compute, save", LIBREOFFICE, SMALL, (small, folder, few)),
        ("formulas", FORMULAS, FEW, (few,)),
    ):
        try:
            found = run(code, *arguments, limit=OTHER_ENGINES_SECONDS)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired, FileNotFoundError) as error:
            print(f"  {name:35} did not finish ({type(error).__name__})")
            continue
        seconds = found.get("read", 0.0) + found["evaluate"]
        share = f"{seconds / ours:.0f} times ours" + ("" if rows == SMALL else f" at {SMALL:,} rows")
        print(f"  {name + f', {rows:,} rows':35} {seconds:7.2f} s, {share}, {found['memory']:.0f} MB")


def main(rounds: int = 3) -> None:
    """Print medians, ratios and the growth from 2,000 to 20,000 rows."""
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for rows in (FEW, SMALL, LARGE):
            run(BUILD, folder / f"restock-{rows}.xlsx", rows)
        small, _ = ours_against_a_bare_read(folder, SMALL, rounds)
        large, _ = ours_against_a_bare_read(folder, LARGE, rounds)
        print(f"growth: {large / small:.1f} times the time for {LARGE // SMALL} times the rows")
        print(f"other engines, reading and evaluating only (ours at {SMALL:,} rows, stored too: {small:.2f} s)")
        other_engines(folder, small)
    print(f"done in {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
