"""Sales of a file against the Sales table: an order that stands there already gives way to its newer self."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from restock.imports.changes import Changes, ExistingRow
from restock.schema.columns import normal_key
from restock.schema.date_cell import read_date

Line = tuple[dt.date, str, str, float]


def sales_changes(
    existing: Iterable[ExistingRow], sales: pd.DataFrame, orders: set[str], spoiled: set[str], only: str = ""
) -> Changes:
    """Return what a file changes on Sales.

    Args:
        existing: Rows of Sales with date, sku, warehouse, qty and order.
        sales: Rows as in `restock.imports.taken` under the book's names.
        orders: Every order of the file, those included of which nothing counts, for example cancelled ones.
        spoiled: Orders of which a row was refused: where they stand in the book, they stay.
        only: The book's only warehouse, which an empty cell means.
    """
    changes = Changes("Sales")
    by_order: dict[str, list[ExistingRow]] = defaultdict(list)
    plain: Counter[Line | None] = Counter()
    for row in existing:
        order = str(row.cells.get("order") or "")
        if order:
            if order in orders:
                by_order[order].append(row)
        elif line := _line(row.cells, only):
            plain[line] += 1
    kept = {order for order in spoiled if order in by_order}
    wanted: dict[str, list[dict[str, Any]]] = defaultdict(list)
    columns = ["date", "sku", "warehouse", "qty", "order"]
    for values in sales[columns].itertuples(index=False, name=None):
        cells = dict(zip(columns, values, strict=True))
        cells["date"] = pd.Timestamp(cells["date"]).date()
        wanted[cells["order"]].append(cells)
    loose = wanted.pop("", [])
    for order in orders - kept - {""}:
        _replace(changes, by_order.get(order, []), wanted.get(order, []), only)
    _append_days(changes, loose, plain, only)
    changes.added.sort(key=lambda cells: (cells["date"], cells.get("order") or "", cells["sku"]))
    if kept:
        changes.notes.append(("import.orders_kept", {"count": len(kept)}))
    return changes


def _line(cells: Mapping[str, Any], only: str) -> Line | None:
    day, quantity = cells.get("date"), cells.get("qty")
    read = day if isinstance(day, dt.date) else getattr(read_date(day).value, "date", lambda: None)()
    if read is None or not isinstance(quantity, float):
        return None
    return read, normal_key(str(cells.get("sku") or "")), normal_key(str(cells.get("warehouse") or only)), quantity


def _replace(changes: Changes, rows: list[ExistingRow], lines: list[dict[str, Any]], only: str) -> None:
    """Put the lines of an order in the place of those that stand; nothing where they are the same."""
    if Counter(_line(row.cells, only) for row in rows) == Counter(_line(cells, only) for cells in lines):
        return
    for row, cells in zip(rows, lines, strict=False):
        changes.changed[row.row] = _written(cells)
    changes.cleared += [row.row for row in rows[len(lines) :]]
    changes.added += [_written(cells) for cells in lines[len(rows) :]]


def _append_days(changes: Changes, lines: list[dict[str, Any]], plain: Counter[Line | None], only: str) -> None:
    """Append lines without an order number, but no day that stands there with the very same lines."""
    days: dict[dt.date, list[dict[str, Any]]] = defaultdict(list)
    for cells in lines:
        days[cells["date"]].append(cells)
    repeated = 0
    for cells_of_day in days.values():
        if not Counter(_line(cells, only) for cells in cells_of_day) - plain:
            repeated += 1
        else:
            changes.added += [_written(cells) for cells in cells_of_day]
    if repeated:
        changes.notes.append(("import.days_stand", {"count": repeated}))


def _written(cells: dict[str, Any]) -> dict[str, Any]:
    return {name: value if value != "" else None for name, value in cells.items()}
