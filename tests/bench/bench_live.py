"""The button in LibreOffice on 1,000 SKUs × 3 warehouses, step by step, beside the same book recomputed as a file.

Run: python -m tests.bench.bench_live [days of sales]
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.bench.bench_recompute import SKUS, TODAY, WAREHOUSES, built
from tests.bench.process import python, restock
from tests.bench.rows import Peer, Row, print_rows

MINUTES = 2
DAYS = 60
STEPS = {
    "open": ("LibreOffice opens a book", "LibreOffice 打开工作簿"),
    "calculate": ("LibreOffice calculates it", "LibreOffice 重算"),
    "button": ("the button on the open book", "在打开的工作簿上按按钮"),
    "again": ("the button after one change", "改一格后再按按钮"),
}
PRESSES = ("button", "again")


def press_live(book: Any) -> None:
    """Press the button on an open book."""
    import datetime as dt

    from restock_xl.hosts.live import LiveHost
    from restock_xl.recompute import recompute

    recompute(LiveHost(book), TODAY, dt.datetime(2026, 11, 23, 9, 0))


def measure(path: str) -> None:
    """Print as JSON the wall and CPU seconds of every step, LibreOffice's among them."""
    from restock_xl.hosts.libreoffice.engine import connect
    from restock_xl.hosts.libreoffice.office import Office

    found: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as folder, Office(Path(folder) / "profile") as office:

        def timed(name: str, run: Callable[[], Any]) -> Any:
            wall, own, others = time.perf_counter(), time.process_time(), _office_seconds(office.pid)
            made = run()
            cpu = time.process_time() - own + _office_seconds(office.pid) - others
            found[name] = (time.perf_counter() - wall, cpu)
            return made

        app = connect(office.context, office.pid)
        book = timed("open", lambda: app.books.open(path))
        timed("calculate", app.calculate)
        timed("button", lambda: press_live(book))
        book.sheets["Stock"]["C4"].value = 0
        timed("again", lambda: press_live(book))
        book.close()
    print(json.dumps(found))


def _office_seconds(group: int) -> float:
    """CPU seconds so far of the processes of LibreOffice."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # a process that has ended
            fields = path.read_text(encoding="utf-8", errors="replace").rsplit(")", 1)[1].split()
            ticks += (int(fields[11]) + int(fields[12])) * (int(fields[2]) == group)
    return ticks / os.sysconf("SC_CLK_TCK")


def rows(quick: bool = False, rounds: int = 1, days: int = DAYS) -> list[Row]:
    """Opening, calculating and the button, beside `restock recompute` of the same book; none without xlwings."""
    if not importlib.util.find_spec("xlwings"):
        return []
    with tempfile.TemporaryDirectory() as name:
        path, out = (Path(name) / f"{stem}.xlsx" for stem in ("big", "out"))
        count = built(path, 20 if quick else SKUS, WAREHOUSES, 10 if quick else days)
        as_file = restock("recompute", path, "--today", TODAY.isoformat(), "--out", out)
        used = python("import sys; from tests.bench.bench_live import measure; measure(sys.argv[1])", path)
    size = (f"{count:,} sales rows", f"{count:,} 行销售")
    peer = Peer(("`restock recompute` of the closed file", "对关闭的文件 `restock recompute`"), as_file.cpu)
    return [
        Row(what, size, *used.found[step], peers=(peer,) if step in PRESSES else (), minor=step not in PRESSES)
        for step, what in STEPS.items()
    ]


if __name__ == "__main__":
    print_rows(rows(days=int(sys.argv[1]) if len(sys.argv) > 1 else DAYS))
