"""One column sorted alone: the same quantities as at the last press, beside other SKUs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from restock.checks.compared import Compared

Array = np.ndarray[Any, Any]

LEAST_MOVED = 8
"""Fewer quantities beside another SKU are a day's business, or a swap that somebody meant."""
_SHARE_MOVED = 0.3
_SHARE_SAME = 0.9
_MOST_ALIKE = 0.5


def moved_alone(pairs: Compared) -> int:
    """Return how many quantities stand beside another SKU than at the last press; 0 where the column was not moved.

    The quantities must be the very same ones, or nearly (somebody typed after sorting) and then no longer go with the
    old ones: on a day of business a SKU that had much still has much.
    """
    changed = int(pairs.changed.sum())
    if changed < max(LEAST_MOVED, _SHARE_MOVED * len(pairs.old)):
        return 0
    same = shared(_keys(pairs.old), _keys(pairs.new))
    if same == len(pairs.old):
        return changed
    nearly = same >= _SHARE_SAME * len(pairs.old)
    return changed if nearly and _alike(pairs.old, pairs.new) < _MOST_ALIKE else 0


def pairs_shuffled(now: pd.DataFrame, then: pd.DataFrame) -> int:
    """Return how many pairs are new although SKUs and warehouses, each for itself, are those of the last press.

    Args:
        now: sku, warehouse of every row of Stock, planned or not.
        then: The same of the last press.
    """
    if len(then) < LEAST_MOVED:
        return 0
    for name in ("sku", "warehouse"):
        if shared(now[name].tolist(), then[name].tolist()) < _SHARE_SAME * max(len(now), len(then)):
            return 0
    kept = shared(_pairs(now), _pairs(then))
    moved = len(now) - kept
    return moved if moved >= max(LEAST_MOVED, _SHARE_MOVED * len(now)) else 0


def shared(one: Iterable[Any], other: Iterable[Any]) -> int:
    """Return how many items two collections have in common, each counted as often as both have it.

    >>> shared([1, 1, 2], [1, 2, 2])
    2
    """
    return (Counter(one) & Counter(other)).total()


def _pairs(frame: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(frame["sku"], frame["warehouse"], strict=True))


def _keys(values: Array) -> list[float | None]:
    return [None if np.isnan(value) else value for value in values.tolist()]


def _alike(old: Array, new: Array) -> float:
    """Correlation of ranks, 1 where either is the same for all."""
    known = ~(np.isnan(old) | np.isnan(new))
    before, after = (pd.Series(values[known]).rank() for values in (old, new))
    if before.nunique() < 2 or after.nunique() < 2:
        return 1.0
    return float(before.corr(after))
