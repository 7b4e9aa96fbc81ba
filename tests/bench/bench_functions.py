"""One array call over 20,000 rows: `python -m tests.bench.bench_functions` prints milliseconds per function.

Columns come as Excel hands them over (rows of one value) and as numpy columns. Beside two of the functions stands the
plain numpy expression of the same numbers, without checks of what is blank, wrong or out of range.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.bench.process import Used, in_turn, python
from tests.bench.rows import Pair, Peer, Row

if TYPE_CHECKING:  # a process that measures others stays small
    import numpy as np

    from restock.functions import Argument, Function

MINUTES = 0.3
ROWS = 20_000
LIMIT_MS = 20.0
PLAIN = ("RESTOCK_DAYS_OF_COVER", "RESTOCK_SAFETY_STOCK")
PLAIN_WORDS = ("a plain numpy expression, unchecked", "不作检查的 numpy 算式")
KNOTS = [3.0, 7.0, 15.0, 30.0, 60.0]


def column(argument: Argument, rng: np.random.Generator) -> Any:
    """A column that an argument may hold; a range where the argument is one."""
    import numpy as np

    from restock.functions import Kind

    if argument.kind is Kind.DATES:
        return np.array([46352.0, 46357.0, 46380.0])
    if argument.kind is Kind.NUMBERS:
        if argument.name == "days":
            return np.array(KNOTS)
        shape = (ROWS, len(KNOTS)) if argument.by_row else 3
        return np.cumsum(rng.integers(0, 50, shape), axis=-1).astype(float)
    if argument.kind is Kind.DATE:
        return 46349.0 if argument.name == "today" else rng.integers(46300, 46400, ROWS).astype(float)
    if argument.kind is Kind.TIER:
        return rng.choice(np.array(["RED", "ORANGE", "GREEN"], dtype=object), ROWS)
    high = min(argument.high, 100.0)
    return rng.integers(1, 90, ROWS) / 100 if high <= 1 else rng.integers(1, int(high), ROWS).astype(float)


def as_cells(values: Any) -> Any:
    """A column as Excel hands it over."""
    import numpy as np

    if not isinstance(values, np.ndarray) or values.size < ROWS:
        return values
    return [[value] for value in values.tolist()] if values.ndim == 1 else values.tolist()


def best_of(call: Callable[[], Any], times: int = 5) -> float:
    """The least milliseconds of a few calls."""
    found = []
    for _ in range(times):
        start = time.process_time()
        call()
        found.append((time.process_time() - start) * 1000)
    return min(found)


def values_of(function: Function) -> list[Any]:
    """Columns for the required arguments and two optional ones."""
    import numpy as np

    from restock.functions import Kind

    rng = np.random.default_rng(1)
    given = [argument for argument in function.arguments if argument.kind is not Kind.LANGUAGE]
    return [column(argument, rng) for argument in given[: max(function.required, 4)]]


def measure(function: Function) -> tuple[float, float]:
    """Milliseconds with numpy columns and with cells."""
    values = values_of(function)
    cells = [as_cells(value) for value in values]
    return best_of(lambda: function.python(*values)), best_of(lambda: function.python(*cells))


def plain(name: str) -> float:
    """Milliseconds of the plain numpy expression of a function, on the same columns."""
    import numpy as np
    from scipy.special import ndtri

    from restock import CATALOGUE

    values = values_of(CATALOGUE[name])
    expressions: dict[str, Callable[..., Any]] = {
        "RESTOCK_DAYS_OF_COVER": lambda available, daily, factor: np.maximum(available, 0) / (daily * factor),
        "RESTOCK_SAFETY_STOCK": lambda level, daily, sd, lead: ndtri(level) * np.sqrt(lead * sd * sd),
    }
    with np.errstate(all="ignore"):
        return best_of(lambda: expressions[name](*values))


def measure_all() -> None:
    """Print milliseconds of every function, and of the plain expressions, as JSON."""
    from restock import CATALOGUE

    functions = [function for function in CATALOGUE.values() if function.result != "table"]
    measures = {function.name: measure(function) for function in functions}
    columns, cells = ({name: both[place] for name, both in measures.items()} for place in (0, 1))
    print(json.dumps({"columns": columns, "cells": cells, "plain": {name: plain(name) for name in PLAIN}}))


def measured_once(rounds: int) -> Used:
    """The medians of a few processes."""
    code = "from tests.bench.bench_functions import measure_all; measure_all()"
    return in_turn({"functions": lambda: python(code)}, rounds)["functions"]


def rows(quick: bool = False, rounds: int = 3) -> list[Row]:
    """The median and the slowest function, and those that have a plain expression beside them."""
    found = measured_once(1 if quick else rounds).found
    columns, size = found["columns"], (f"{ROWS:,} rows in one call", f"一次调用 {ROWS:,} 行")
    slowest = max(columns, key=columns.get)
    middle = statistics.median(columns.values())
    cells = statistics.median(found["cells"].values())
    with_plain = [
        _row((f"`{name}`", f"`{name}`"), size, columns[name], Peer(PLAIN_WORDS, found["plain"][name] / 1000))
        for name in PLAIN
    ]
    count = len(columns)
    return [
        *with_plain,
        _row(
            (f"the slowest of {count} functions, `{slowest}`", f"{count} 个函数里最慢的 `{slowest}`"),
            size,
            columns[slowest],
        ),
        replace(_row(("their median", "它们的中位数"), size, middle), minor=True),
        replace(_row(("their median, from and to cells", "它们的中位数，数据来自单元格"), size, cells), minor=True),
    ]


def _row(what: Pair, size: Pair, milliseconds: float, *peers: Peer) -> Row:
    """Calls compute and never wait: wall and CPU seconds are the same."""
    return Row(what, size, milliseconds / 1000, milliseconds / 1000, None, peers)


def main() -> None:
    """Print the table; fail where a column call takes more than the limit."""
    found = measured_once(1).found
    for name, columns in found["columns"].items():
        beside = f", plain numpy {found['plain'][name]:.2f} ms" if name in found["plain"] else ""
        print(f"{name:24} {columns:7.2f} ms columns {found['cells'][name]:7.2f} ms cells{beside}")
    slow = [name for name, columns in found["columns"].items() if columns > LIMIT_MS]
    if slow:
        sys.exit(f"over {LIMIT_MS:g} ms for {ROWS:,} rows: {', '.join(slow)}")


if __name__ == "__main__":
    main()
