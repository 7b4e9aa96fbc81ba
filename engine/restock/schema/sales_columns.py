"""The columns of Sales while they are checked, and which of many alike cells are named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from restock.schema.bulk_columns import Numbers, Texts
from restock.schema.problem_log import LISTED

Mask = np.ndarray[Any, np.dtype[np.bool_]]
Codes = np.ndarray[Any, np.dtype[np.int64]]


@dataclass
class SalesColumns:
    """The columns of Sales by position, and which rows are still in."""

    date: Numbers
    sku: Texts
    warehouse: Texts
    qty: Numbers
    in_stock: Texts
    keep: Mask


def listed(places: Codes) -> Iterator[tuple[int, int]]:
    """Place and weight of what is reported of many alike: the first, and one that stands for the rest."""
    yield from ((place, 1) for place in places[:LISTED].tolist())
    if len(places) > LISTED:
        yield int(places[LISTED]), len(places) - LISTED
