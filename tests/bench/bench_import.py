"""A ledger of a million rows: how long it takes to import, against Python's csv module reading it, and the memory.

    python -m tests.bench.bench_import [ROWS]

Processor time is compared, best of three, each in a process of its own: `csv` reads every row and keeps none.
"""

from __future__ import annotations

import csv
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = 1_000_000
TIMES, MEGABYTES = 3.0, 1500
HEADERS = (
    "Date", "FNSKU", "ASIN", "MSKU", "Title", "Event Type", "Reference ID", "Quantity", "Fulfillment Center",
    "Disposition", "Reason", "Country", "Reconciled Quantity", "Unreconciled Quantity", "Date and Time", "Store",
)  # fmt: skip


def write_ledger(path: Path, rows: int) -> None:
    """Write a ledger of two years and 800 SKUs."""
    dice = random.Random(7)
    events = ("Shipments",) * 8 + ("Receipts", "WhseTransfers")
    with open(path, "w", encoding="utf-8-sig", newline="") as stream:
        stream.write("\t".join(HEADERS) + "\r\n")
        for _ in range(rows):
            day = dice.randrange(730)
            month, own = day // 28 % 12 + 1, day % 28 + 1
            year, item = 2024 + day // 336, dice.randrange(800)
            cells = (
                f"{month:02}/{own:02}/{year}", f"X00{item:07}", f"B0{item:08}", f"SKU-{item:04}",
                f"Item {item} of the shop", dice.choice(events), f"FBA{dice.randrange(10**8):08}",
                str(-dice.randrange(1, 6)), f"FC{dice.randrange(40)}", "SELLABLE", "", dice.choice(("US", "CA", "MX")),
                "", "", f"{year}-{month:02}-{own:02}T00:00:00-0700", "",
            )  # fmt: skip
            stream.write("\t".join(cells) + "\r\n")


def read_csv(path: Path) -> int:
    """Read every row with the csv module."""
    count = 0
    with open(path, encoding="utf-8-sig", newline="") as stream:
        for _ in csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            count += 1
    return count


def read_ours(path: Path) -> int:
    """Read and map it as `restock import` does."""
    from restock.imports.reading import read_file
    from restock.text import Words
    from restock_xl.imports.source_file import read_source

    source = read_source(path, Words("en"))
    found = read_file(source.found, source.table)
    assert not found.refused
    return found.read


def measured(kind: str, path: Path) -> tuple[float, float]:
    """Processor seconds and the peak of memory in MB, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.bench_import", kind, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, megabytes = done.stdout.split()
    return float(seconds), float(megabytes)


def main() -> None:
    """Write, measure, print."""
    if len(sys.argv) == 3:
        import restock.imports.reading  # noqa: F401
        import restock_xl.imports.source_file  # noqa: F401

        start = time.process_time()
        {"csv": read_csv, "ours": read_ours}[sys.argv[1]](Path(sys.argv[2]))
        print(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.txt"
        write_ledger(path, rows)
        plain = min(measured("csv", path)[0] for _ in range(3))
        ours = [measured("ours", path) for _ in range(3)]
        seconds, megabytes = min(ours)[0], max(peak for _, peak in ours)
        print(f"{rows:,} rows, {path.stat().st_size >> 20} MB: csv {plain:.2f} s, import {seconds:.2f} s")
        print(f"{seconds / plain:.2f} times csv (at most {TIMES:g}), {megabytes:.0f} MB (at most {MEGABYTES})")
        sys.exit(seconds > TIMES * plain or megabytes > MEGABYTES)


if __name__ == "__main__":
    main()
