"""How long the command line takes to say anything, and Excel's functions to be there.

Run: python -m tests.bench.bench_start [rounds]
"""

from __future__ import annotations

import importlib.util
import sys

from tests.bench.process import in_turn, python, restock
from tests.bench.rows import Row, print_rows, process_row
from tests.xl.udf_stand_ins import SERVED, STAND_INS

MINUTES = 0.3


def rows(quick: bool = False, rounds: int = 9) -> list[Row]:
    """The help of the command line, and the module that Excel loads before its first formula."""
    runs = {"python": lambda: python("pass"), "help": lambda: restock("--help")}
    if importlib.util.find_spec("xlwings"):
        runs |= {"xlwings": lambda: python(STAND_INS), "functions": lambda: python(SERVED)}
    used = in_turn(runs, 1 if quick else max(rounds, 9))
    bare = [(("`python -c pass`", "`python -c pass`"), used.get("python"))]
    found = [process_row(("`restock --help`", "`restock --help`"), ("", ""), used["help"], bare)]
    if "functions" in used:
        words = ("our functions loaded for Excel on Windows", "为 Windows 版 Excel 载入我们的函数")
        other = (("xlwings alone, with what it loads", "只载入 xlwings"), used.get("xlwings"))
        found.append(process_row(words, ("", ""), used["functions"], [other, *bare]))
    return found


if __name__ == "__main__":
    print_rows(rows(rounds=int(sys.argv[1]) if len(sys.argv) > 1 else 9))
