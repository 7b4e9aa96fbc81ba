"""Every performance table of the README, measured anew and written into it.

Run: python -m tests.bench [NAME ...] [--quick] [--no-update] [--rounds N] [--seeds 1-3] [--keep FOLDER]

NAME is a table (speed, accuracy, simulation, transfers; all of them when left out) or one benchmark of speed, which is
printed only. With --keep, what stands in the folder is not measured again.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from tests.bench import readme, tables
from tests.bench.kept import Kept
from tests.bench.rows import print_rows

ROOT = Path(__file__).parents[2]


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Make tables one by one; one that fails says so, and the next is made. Returns how many failed."""
    asked = _parsed(arguments)
    first, _, last = asked.seeds.partition("-")
    kept = Kept(None if asked.quick else asked.keep)
    seeds = list(range(int(first), int(last or first) + 1))
    wanted = tables.Wanted(asked.quick, 1 if asked.quick else asked.rounds, seeds, kept)
    failed = 0
    for name in asked.names or tables.TABLES:
        print(f"{name}, about {tables.minutes(name, wanted):g} minutes", flush=True)
        begun = time.perf_counter()
        try:
            _make(name, wanted, root if asked.update and not asked.quick else None)
        except Exception as error:
            failed += 1
            print(f"{name} was not made, and the README keeps what it has: {error}", flush=True)
        print(f"{name}: {(time.perf_counter() - begun) / 60:.1f} minutes\n", flush=True)
    return failed


def _make(name: str, wanted: tables.Wanted, root: Path | None) -> None:
    """Print a table or the rows of a benchmark, and write the table into the READMEs under `root`, if there is one."""
    if name not in tables.TABLES:
        print_rows(tables.rows_of(name, wanted))
        return
    made = tables.table(name, wanted)
    print(made.markdown("en"), flush=True)
    for sentence in () if root is None else readme.update(made, root):
        print(sentence, flush=True)


def _parsed(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join((*tables.TABLES, *tables.SPEED)))
    parser.add_argument("--quick", action="store_true", help="small sizes, once; the README is left as it is")
    parser.add_argument("--update", action=argparse.BooleanOptionalAction, default=True, help="write into the READMEs")
    parser.add_argument("--rounds", type=int, default=3, help="runs of which the median is taken")
    parser.add_argument("--seeds", default="1-3", help="worlds of the simulation, up to 1-10")
    parser.add_argument("--keep", type=Path, help="a folder for what is measured; what stands in it is taken")
    found = parser.parse_args(arguments)
    unknown = [name for name in found.names if name not in (*tables.TABLES, *tables.SPEED)]
    if unknown:
        parser.error(f"there is no table or benchmark {', '.join(unknown)}")
    return found


if __name__ == "__main__":
    raise SystemExit(main())
