"""What a plan costs without reading or writing: projection, orders, transfers, alerts, sentences.

    python -m tests.bench.bench_replenish [SKUS] [WAREHOUSES] [REPEATS]

Daily sales are typed, so that the forecast costs next to nothing; beside the whole plan stand the bare projection and
a pass over its inputs and outputs in memory, as a floor.
"""

from __future__ import annotations

import sys

from tests.bench.process import python
from tests.bench.rows import Peer, Row, print_rows

MINUTES = 0.5


def rows(quick: bool = False, rounds: int = 3, skus: int = 1000, places: int = 5) -> list[Row]:
    """A plan of tables in memory, beside the bare projection and one pass over the numbers."""
    code = "import sys; from tests.bench.plan_measures import print_measures; print_measures(*map(int, sys.argv[1:]))"
    found = python(code, 50 if quick else skus, places, 1 if quick else rounds).found
    pairs = 50 * places if quick else skus * places
    size = (f"{pairs:,} rows of stock", f"{pairs:,} 行库存")
    floor = Peer(("one pass of numpy over the same days", "numpy 把同样的天数算一遍"), found["floor"][0])
    bare = Peer(("the stock of 90 days alone", "只推算 90 天的库存"), found["projection"][0])
    count = f"{found['lines']:,}"
    what = (f"a plan of {count} orders, transfers and alerts in memory", f"在内存里做出 {count} 条采购、调拨和预警")
    cpu, wall = found["plan"]
    return [Row(what, size, wall, cpu, found["memory"], (bare, floor), minor=True)]


def main() -> None:
    """Measure one size."""
    numbers = [int(text) for text in sys.argv[1:]]
    skus, places, repeats = numbers + [1000, 5, 3][len(numbers) :]
    print_rows(rows(rounds=repeats, skus=skus, places=places))


if __name__ == "__main__":
    main()
