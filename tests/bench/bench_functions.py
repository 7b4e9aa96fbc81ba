"""One array call over 20,000 rows: `python tests/bench/bench_functions.py` prints milliseconds per function.

Columns come as Excel hands them over (rows of one value, with blanks) and as numpy columns.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from restock import CATALOGUE
from restock.functions import Argument, Function, Kind

ROWS = 20_000
LIMIT_MS = 20.0
KNOTS = [3.0, 7.0, 15.0, 30.0, 60.0]


def column(argument: Argument, rng: np.random.Generator) -> Any:
    """A column that an argument may hold; a range where the argument is one."""
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
    if not isinstance(values, np.ndarray) or values.size < ROWS:
        return values
    return [[value] for value in values.tolist()] if values.ndim == 1 else values.tolist()


def best_of(call: Callable[[], Any], times: int = 5) -> float:
    """The least milliseconds of a few calls."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        found.append((time.perf_counter() - start) * 1000)
    return min(found)


def measure(function: Function) -> tuple[float, float]:
    """Milliseconds with numpy columns and with cells, for the required arguments and two optional ones."""
    rng = np.random.default_rng(1)
    given = [argument for argument in function.arguments if argument.kind is not Kind.LANGUAGE]
    values = [column(argument, rng) for argument in given[: max(function.required, 4)]]
    cells = [as_cells(value) for value in values]
    return best_of(lambda: function.python(*values)), best_of(lambda: function.python(*cells))


def main() -> None:
    """Print the table; fail where a column call takes more than the limit."""
    slow = []
    for function in CATALOGUE.values():
        if function.result == "table":
            continue
        columns, cells = measure(function)
        slow += [function.name] if columns > LIMIT_MS else []
        print(f"{function.name:24} {columns:7.2f} ms columns {cells:7.2f} ms cells")
    if slow:
        raise SystemExit(f"over {LIMIT_MS:g} ms for {ROWS:,} rows: {', '.join(slow)}")


if __name__ == "__main__":
    main()
