"""RESTOCK_FORECAST: a table from a column of sales."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from restock import CATALOGUE

FORECAST = CATALOGUE["RESTOCK_FORECAST"].python
LAST = 46348
DATES = np.arange(LAST - 55, LAST + 1.0)
LEVEL = np.full(56, 20.0)


def test_table_starts_the_day_after_the_last_date() -> None:
    """A header, then one row per day: serial number, units, units needed through it."""
    found = FORECAST(DATES, LEVEL, 3)
    assert found[0].tolist() == ["Date", "Units", "Need"]
    assert found[1:, 0].tolist() == [LAST + 1, LAST + 2, LAST + 3]
    assert found[1:, 1].tolist() == pytest.approx([20, 20, 20], rel=0.05)
    assert (np.diff(found[1:, 2].astype(float)) > 0).all()


def test_order_of_rows_and_blank_rows_do_not_matter() -> None:
    """Shuffled rows and rows without a date give the same table (§16)."""
    rng = np.random.default_rng(3)
    sold = rng.poisson(20, 56).astype(float)
    order = rng.permutation(56)
    shuffled = FORECAST([[day] for day in [*DATES[order].tolist(), None]], [[q] for q in [*sold[order].tolist(), 9]], 5)
    np.testing.assert_array_equal(shuffled, FORECAST(DATES, sold, 5))


def test_planned_show_comes_on_top() -> None:
    """A planned show adds its units on its day; a past one leaves the baseline (§11)."""
    sold = LEVEL.copy()
    sold[40] = 300.0
    show = FORECAST(DATES, sold, 5, [DATES[40], LAST + 3], [280, 75])[1:, 1].astype(float)
    assert show[2] - show[1] == pytest.approx(75, abs=3)
    assert show[0] == pytest.approx(20, rel=0.05)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (([], [], 7), "#N/A"),
        (([None], [5], 7), "#N/A"),
        ((DATES, LEVEL, 0), "#NUM!"),
        ((DATES, LEVEL, 2.5), "#NUM!"),
        ((DATES, LEVEL, None), "#N/A"),
        ((DATES, LEVEL[:5], 7), "#VALUE!"),
        ((["2026-11-25"], [5], 7), "#VALUE!"),
        ((DATES, LEVEL, 7, [LAST + 1], [5, 6]), "#VALUE!"),
    ],
)
def test_bad_arguments(arguments: tuple[Any, ...], expected: str) -> None:
    """Errors are those of §17 to §19."""
    assert FORECAST(*arguments) == expected
