"""A ledger of a million rows: reading it and writing it into a book, beside Python's csv module reading it.

    python -m tests.bench.bench_import [ROWS]

Whole processes; `csv` reads every row and keeps none.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from tests.bench.process import Used, in_turn, python, restock
from tests.bench.rows import START, Row, print_rows, process_row

MINUTES = 3
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


CSV = """
import csv, sys
with open(sys.argv[1], encoding="utf-8-sig", newline="") as stream:
    for _ in csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
        pass
"""
# Read and mapped as `restock import` does, and nothing written.
OURS = """
import json, sys, time
from pathlib import Path
from restock.imports.reading import read_file
from restock.text import Words
from restock_xl.imports.source_file import read_source
start = time.process_time()
source = read_source(Path(sys.argv[1]), Words("en"))
assert not read_file(source.found, source.table).refused
print(json.dumps({"reading": time.process_time() - start}))
"""


def rows(quick: bool = False, rounds: int = 3, count: int = ROWS) -> list[Row]:
    """A ledger read and mapped, and the whole command that writes it into an empty book."""
    count = 2_000 if quick else count
    with tempfile.TemporaryDirectory() as folder:
        ledger, empty, book = (Path(folder) / name for name in ("ledger.txt", "empty.xlsx", "book.xlsx"))
        write_ledger(ledger, count)
        restock("new", empty)

        def written() -> Used:
            shutil.copyfile(empty, book)
            return restock("import", book, ledger, "--today", "2026-11-23", "--yes")

        used = in_turn(
            {
                "csv": lambda: python(CSV, ledger),
                "reading": lambda: python(OURS, ledger),
                "restock import": written,
            },
            rounds,
        )
        megabytes = f"{ledger.stat().st_size / 1e6:.0f} MB"
    size = (f"a ledger of {count:,} rows, {megabytes}", f"{count:,} 行的流水，{megabytes}")
    floor = [(("Python's csv module reading it", "Python 自带的 csv 模块读完"), used.get("csv"))]
    reading = ("an export read and understood, nothing written", "读懂一份导出文件，不写入")
    whole = ("`restock import`, read and written into the book", "`restock import`，读懂并写入工作簿")
    without = used["reading"].found["reading"]
    parts = ((START, used["reading"].cpu - without), (("reading", "读懂"), without))
    return [
        replace(process_row(reading, size, used["reading"], floor), parts=parts),
        process_row(whole, size, used["restock import"], floor),
    ]


def main(count: int = ROWS) -> None:
    """Print, and fail where reading, its start apart, takes more than its goals."""
    found = rows(count=count)
    print_rows(found)
    reading = found[0]
    ratio, memory = reading.parts[1][1] / reading.peers[0].cpu, reading.memory or 0
    print(f"{ratio:.2f} times csv without the start (at most {TIMES:g}), {memory:.0f} MB (at most {MEGABYTES})")
    sys.exit(ratio > TIMES or memory > MEGABYTES)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
