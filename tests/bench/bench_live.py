"""The button in LibreOffice on 1,000 SKUs × 3 warehouses, step by step, beside the same book recomputed as a file.

Run: python -m tests.bench.bench_live [days of sales]
"""

from __future__ import annotations

import datetime as dt
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench import bench_recompute
from tests.bench.bench_recompute import TODAY

NOW = dt.datetime(2026, 11, 23, 9, 0)


def timed(what: str, run: Callable[[], Any]) -> Any:
    """Run a step and print its wall and CPU seconds; LibreOffice's own CPU is in neither."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = run()
    print(f"{what:34}{time.perf_counter() - wall:8.2f}{time.process_time() - cpu:8.2f}")
    return found


def press_live(book: Any) -> None:
    """Press the button on an open book, and print when each step began."""
    from restock_xl.hosts.live import LiveHost
    from restock_xl.recompute import recompute

    begun = time.perf_counter()
    marks: list[tuple[str, float]] = []
    outcome = recompute(LiveHost(book), TODAY, NOW, lambda step: marks.append((step, time.perf_counter() - begun)))
    steps = " ".join(f"{step} from {at:.1f}" for step, at in marks)
    print(f"  {steps}; changed: {outcome.changed}")


def main(days: int) -> None:
    """Print what each step takes."""
    from restock_xl.hosts.headless import HeadlessHost
    from restock_xl.hosts.libreoffice.engine import connect
    from restock_xl.hosts.libreoffice.office import Office
    from restock_xl.recompute import recompute

    bench_recompute.DAYS = days
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "big.xlsx"
        rows = bench_recompute.build(path)
        print(f"{rows:,} sales rows, {path.stat().st_size / 1e6:.1f} MB\n{'':34}{'wall s':>8}{'CPU s':>8}")
        timed("recompute as a file", lambda: recompute(HeadlessHost(path, folder / "out.xlsx"), TODAY, NOW))
        with Office(folder / "profile") as office:
            app = connect(office.context, office.pid)
            book = timed("LibreOffice opens it", lambda: app.books.open(path))
            timed("LibreOffice calculates it", app.calculate)
            timed("the button", lambda: press_live(book))
            stock = book.sheets["Stock"]
            stock["C4"].value = 0
            timed("the button after one change", lambda: press_live(book))
            book.close()
            office_cpu = subprocess.run(
                ["ps", "-o", "cputimes=", "-g", str(office.pid)], capture_output=True, text=True, check=False
            ).stdout.split()
        print(f"CPU of LibreOffice: {sum(map(int, office_cpu))} s; memory of this process: "
              f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
