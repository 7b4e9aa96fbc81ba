"""Days pasted twice count once; order lines that repeat by themselves are left alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restock.schema.day_month import out_of_order, swapped_run
from restock.schema.repeated_sales import Repeats, repeated_days

Rows = list[tuple[int, int, int]]
"""Day, SKU, units."""


def found(rows: Rows) -> Repeats:
    """What is found in rows in sheet order."""
    day, sku, units = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    warehouse = np.zeros(len(rows), dtype=np.int64)
    return repeated_days(day, sku.astype(np.int64), warehouse, units, np.ones(len(rows), dtype=bool))


def sums(days: range, skus: int = 4) -> Rows:
    """One row per day and SKU."""
    return [(day, sku, 1 + (day * 7 + sku * 3) % 5) for day in days for sku in range(skus)]


def order_lines(days: range, seed: int = 1, skus: int = 30, lines: int = 80) -> Rows:
    """Order lines of one unit, many of them alike."""
    random = np.random.default_rng(seed)
    return [(day, int(sku), 1) for day in days for sku in random.integers(0, skus, lines)]


@pytest.mark.parametrize(
    ("rows", "extra", "doubtful"),
    [
        (sums(range(20)), 0, 0),
        (sums(range(20)) + sums(range(19, 20)), 4, 0),
        (sums(range(20)) + sums(range(15, 20)) * 2, 40, 0),
        (sums(range(20), 2) + sums(range(19, 20), 2), 0, 1),
        (sums(range(6)) * 2, 24, 0),
        (order_lines(range(20)), 0, 0),
        (order_lines(range(20)) + order_lines(range(20))[-80:], 80, 0),
        ([*sums(range(20)), (19, 0, 1 + 19 * 7 % 5)], 0, 0),
        (sums(range(20)) + [(day, sku, 0) for day in (20, 20) for sku in range(12)], 0, 0),
    ],
    ids=["sums", "a day twice", "five days three times", "two rows twice", "all twice", "order lines",
         "their last day twice", "one row twice", "nothing sold, twice"],
)  # fmt: skip
def test_days_pasted_twice(rows: Rows, extra: int, doubtful: int) -> None:
    """Whole days that stand there more than once count once; what may be chance is asked about or left alone."""
    repeats = found(rows)
    assert (int(repeats.extra.sum()), len(repeats.doubtful)) == (extra, doubtful)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.booleans())
def test_the_order_of_rows_does_not_matter(seed: int, lines: bool) -> None:
    """A day of many rows that was pasted twice and sorted since counts once, in whatever order."""
    rows = order_lines(range(12), seed % 1000, 200, 60) if lines else sums(range(12), 15)
    once = [row for row in rows if row[0] == 11]
    shuffled = np.random.default_rng(seed).permutation(np.array(rows + once))
    repeats = found([(int(a), int(b), int(c)) for a, b, c in shuffled])
    kept = shuffled[~repeats.extra]
    assert sorted(map(tuple, kept.tolist())) == sorted(rows)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.integers(1, 30))
def test_order_lines_are_not_taken_for_repeats(seed: int, skus: int, lines: int) -> None:
    """Random order lines of any number of SKUs lose no row."""
    assert int(found(order_lines(range(30), seed, skus, lines)).extra.sum()) == 0


def _days(*dates: str) -> Any:
    return np.array(dates, dtype="datetime64[D]").astype(float)


TODAY = int(np.datetime64("2026-11-23", "D").astype(int))


@pytest.mark.parametrize(
    ("dates", "wrong"),
    [
        ([f"2026-{month:02}-11" for month in range(1, 11)], True),
        ([f"2026-11-{day:02}" for day in range(1, 13)], False),
        ([f"2026-{month:02}-01" for month in range(1, 12)], False),
        (["2026-10-29", "2026-10-30", "2026-10-31", *[f"2026-{month:02}-11" for month in range(1, 9)]], True),
        (["2026-10-29", "2026-10-30", "2026-10-31", "2026-11-01", "2026-11-02"], False),
        ([f"2026-{month:02}-05" for month in range(1, 4)], False),
    ],
    ids=["first twelve days", "as they should be", "firsts of months", "below right ones", "a new month",
         "three monthly ones"],
)  # fmt: skip
def test_day_and_month_exchanged(dates: list[str], wrong: bool) -> None:
    """Days that follow one another only with day and month exchanged are found, months of one day each are not."""
    assert (swapped_run(_days(*dates), TODAY) is not None) == wrong


def test_a_single_day_far_from_the_rows_above() -> None:
    """One pasted day that would be the next one the other way round is asked about."""
    days = _days("2026-11-03", "2026-11-04", "2026-05-11", "2026-05-11")
    run = out_of_order(days)
    assert run is not None
    assert (run.first, run.last) == (2, 3)
    assert out_of_order(_days("2026-11-03", "2026-11-04", "2026-11-05")) is None
