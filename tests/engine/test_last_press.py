"""Stock against what the last press remembered: what cannot be true stops, a day of business does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restock.checks import against_last_press
from restock.ledger import Previous
from restock.schema.validate import validate

from .raw_books import raw_book

DAY = dt.date(2026, 11, 22)
TODAY = dt.date(2026, 11, 23)
HEADERS = ["sku", "warehouse", "on_hand", "daily_sales"]


def keys_of(old: list[float], new: list[float | None], daily: float = 1.0, days: int = 1) -> list[str]:
    """What is said where Stock had `old` at the last press, `days` ago, and has `new` now."""
    skus = [f"S{k:03}" for k in range(len(old))]
    rows = [[sku, "US", quantity, daily] for sku, quantity in zip(skus, new, strict=True)]
    book = raw_book(Stock=(HEADERS, rows))
    tables = validate(book, TODAY)
    history = pd.DataFrame(
        {
            "sku": skus, "warehouse": "US", "on_hand": old, "daily": daily,
            "pressed_on": np.datetime64(TODAY - dt.timedelta(days=days), "s"),
        }
    )  # fmt: skip
    previous = Previous(history, pd.DataFrame(), pd.DataFrame(), {})
    found = against_last_press(book.tables["Stock"], tables, previous, TODAY)
    return [problem.key.removeprefix("check.") for problem in found]


MANY = [float(20 + 7 * k) for k in range(20)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda old: old, []),
        (lambda old: old[::-1], ["sorted_alone"]),
        (lambda old: [*old[:6], *reversed(old[6:])], ["sorted_alone"]),
        (lambda old: [old[1], old[0], *old[2:]], []),
        (lambda old: [quantity - 1 for quantity in old], []),
        (lambda old: [quantity * 10 for quantity in old], ["ten_times"]),
        (lambda old: [quantity / 10 for quantity in old], ["a_tenth"]),
        (lambda old: [0.0] * 10 + old[10:], ["became_zero"]),
        (lambda old: [0.0] * 4 + old[4:], []),
        (lambda old: [None] * 12 + old[12:], ["became_blank"]),
        (lambda old: [9.0 * quantity if k % 3 else quantity for k, quantity in enumerate(old)], ["ten_times"]),
        (lambda old: [9.0 * quantity if k % 3 == 0 else quantity for k, quantity in enumerate(old)], []),
    ],
    ids=["same", "sorted down", "part sorted", "two exchanged", "a day of sales", "ten times", "a tenth", "half are 0",
         "a fifth is 0", "most are blank", "most are nine times", "a third is nine times"],
)  # fmt: skip
def test_a_column_in_doubt(change: Callable[[list[float]], list[float | None]], said: list[str]) -> None:
    """A column moved, cut or scaled as a whole is named once; single quantities that differ are not."""
    assert keys_of(MANY, change(MANY)) == said


def test_goods_that_were_sold_out_are_no_cut_paste() -> None:
    """Where the last stock cannot have lasted until today, 0 is what to expect."""
    assert keys_of([float(3 + k % 5) for k in range(20)], [0.0] * 20, daily=2.0, days=5) == []


def test_a_quantity_typed_after_sorting_hides_nothing() -> None:
    """The same quantities but for one that was corrected, beside other SKUs: still sorted."""
    new = sorted(MANY, key=lambda quantity: quantity % 11)
    assert keys_of(MANY, [new[0] + 3, *new[1:]]) == ["sorted_alone"]


def test_nothing_is_said_before_the_first_press() -> None:
    """Without a last press there is nothing to hold Stock against."""
    book = raw_book(Stock=(HEADERS, [["A", "US", 0, 1.0]] * 1))
    assert against_last_press(book.tables["Stock"], validate(book, TODAY), Previous.none(), TODAY) == []


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_slow_shop_is_never_stopped(seed: int) -> None:
    """Small stocks that sell a few units, some of them restocked, are a day of business."""
    random = np.random.default_rng(seed)
    old = random.integers(0, 8, 60).astype(float)
    new = np.maximum(0, old - random.poisson(0.3, 60)) + np.where(random.random(60) < 0.05, 12, 0)
    assert keys_of(old.tolist(), new.tolist(), daily=0.3) == []
