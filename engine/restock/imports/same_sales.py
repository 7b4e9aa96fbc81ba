"""Sales that two reports of Amazon tell: the ledger's sums of a day, and the orders of that day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

import pandas as pd

from restock.imports.changes import ExistingRow
from restock.schema.columns import normal_key
from restock.schema.date_cell import read_date

_SUM = re.compile(r"FBA\S* \d{4}-\d\d-\d\d")
_ORDER = re.compile(r"[A-Z\d]\d\d-\d{7}-\d{7}")
Place = tuple[dt.date, str]


def without_told(sales: pd.DataFrame, existing: Iterable[ExistingRow]) -> tuple[pd.DataFrame, int]:
    """Return the rows that the other report has not told yet, and how many days and warehouses it has.

    Args:
        sales: Rows as in `restock.imports.taken`.
        existing: Rows of Sales.
    """
    orders = [str(order) for order in sales["order"].unique()]
    other = _ORDER if any(map(_SUM.fullmatch, orders)) else _SUM if any(map(_ORDER.fullmatch, orders)) else None
    if other is None:
        return sales, 0
    told: set[Place] = set()
    for row in existing:
        reading = read_date(row.cells.get("date")) if other.fullmatch(str(row.cells.get("order") or "")) else None
        if reading is not None and reading.value is not None:
            told.add((reading.value.date(), normal_key(str(row.cells.get("warehouse") or ""))))
    days = pd.to_datetime(sales["date"]).dt.date
    places = list(zip(days, map(normal_key, sales["warehouse"]), strict=True))
    twice = [place in told for place in places]
    return sales[[not one for one in twice]], len(set(places) & told)
