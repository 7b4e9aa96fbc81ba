"""A snapshot of stock against the Stock table: its warehouses only, and never an empty cell over a number."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pandas as pd

from restock.imports.changes import Changes, ExistingRow, listed
from restock.schema.columns import normal_key
from restock.schema.date_cell import read_date
from restock.schema.records import records

Key = tuple[str, str]


def stock_changes(
    existing: list[ExistingRow], stock: pd.DataFrame, today: dt.date, only: str = "",
) -> Changes:  # fmt: skip
    """Return what a snapshot changes on Stock.

    Args:
        existing: Rows of Stock; sku and warehouse as text.
        stock: Rows as in `restock.imports.taken` under the book's names, one per SKU and warehouse.
        today: The day of a snapshot that names none.
        only: The book's only warehouse, which an empty cell means.
    """
    changes = Changes("Stock")
    rows: dict[Key, list[ExistingRow]] = defaultdict(list)
    for row in existing:
        rows[_key(row.cells.get("sku"), row.cells.get("warehouse") or only)].append(row)
    lines = records(stock)
    old = _older_warehouses(existing, lines, today, only)
    notes: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        key = _key(line["sku"], line["warehouse"] or only)
        if key[1] in old:
            continue
        found = rows.get(key, [])
        if len(found) > 1:
            notes["stock_twice"].append(line["sku"])
        elif found:
            _change(changes, found[0], line, today)
        elif math.isnan(line["available"]) and math.isnan(line["on_hand"]):
            notes["stock_missing"].append(line["sku"])
        else:
            changes.added.append(_new_row(line, today))
            notes["stock_new"].append(line["sku"])
    _note_absent(changes, rows, lines, only, old)
    changes.notes += [(f"import.{key}", {"names": listed(names), "count": len(names)}) for key, names in notes.items()]
    changes.notes += [("import.stock_older", {"warehouse": name, "day": day}) for name, day in old.values()]
    return changes


def _key(sku: Any, warehouse: Any) -> Key:
    return normal_key(str(sku or "")), normal_key(str(warehouse or ""))


def _day(line: dict[str, Any], today: dt.date) -> dt.date:
    day = line["stock_date"]
    return today if pd.isna(day) else pd.Timestamp(day).date()


def _older_warehouses(
    existing: list[ExistingRow], lines: list[dict[str, Any]], today: dt.date, only: str
) -> dict[str, tuple[str, dt.date]]:
    """Warehouses for which newer stock stands in the book than in the file, with the day of the book."""
    newest: dict[str, dt.date] = {}
    for row in existing:
        reading = read_date(row.cells.get("stock_date"))
        if reading.value is not None and row.cells.get("on_hand") is not None:
            key = normal_key(str(row.cells.get("warehouse") or only))
            newest[key] = max(newest.get(key, dt.date.min), reading.value.date())
    older = {}
    for line in lines:
        key = normal_key(line["warehouse"] or only)
        if key in newest and newest[key] > _day(line, today):
            older[key] = (line["warehouse"] or only, newest[key])
    return older


def _cells(line: dict[str, Any], before: Callable[[str], float], today: dt.date) -> dict[str, Any]:
    """New cells: on hand is what is available and reserved together."""
    found: dict[str, Any] = {}
    reserved = line["reserved"]
    if not math.isnan(reserved):
        found["reserved"] = reserved
    if not math.isnan(line["available"]):
        found["on_hand"] = line["available"] + (before("reserved") if math.isnan(reserved) else reserved)
    elif not math.isnan(line["on_hand"]):
        found["on_hand"] = line["on_hand"]
    if "on_hand" in found:
        found["stock_date"] = _day(line, today)
    return found


def _change(changes: Changes, row: ExistingRow, line: dict[str, Any], today: dt.date) -> None:
    def before(name: str) -> float:
        value = row.cells.get(name)
        return value if isinstance(value, float) else 0.0

    wanted = _cells(line, before, today)
    if row.cells.get("reserved") is None and wanted.get("reserved") == 0:
        del wanted["reserved"]
    stands = read_date(row.cells.get("stock_date")).value
    cells = {name: value for name, value in wanted.items() if name != "stock_date" and row.cells.get(name) != value}
    if "stock_date" in wanted and (stands is None or stands.date() != wanted["stock_date"]):
        cells["stock_date"] = wanted["stock_date"]
    if cells:
        changes.changed[row.row] = cells


def _new_row(line: dict[str, Any], today: dt.date) -> dict[str, Any]:
    cells = _cells(line, lambda name: 0.0, today)
    if cells.get("reserved") == 0:
        del cells["reserved"]
    names = {"sku": line["sku"]} | ({"warehouse": line["warehouse"]} if line["warehouse"] else {})
    return names | cells


def _note_absent(
    changes: Changes, rows: dict[Key, list[ExistingRow]], lines: list[dict[str, Any]], only: str, old: Any
) -> None:
    """SKUs of a warehouse that the snapshot does not name: they stay as they are, and are named."""
    named = {_key(line["sku"], line["warehouse"] or only) for line in lines}
    places = {key[1] for key in named} - set(old)
    absent = [
        str(row.cells.get("sku")) for key, group in rows.items() for row in group
        if key[1] in places and key not in named and row.cells.get("on_hand") not in (None, 0.0)
    ]  # fmt: skip
    if absent:
        changes.notes.append(("import.stock_absent", {"names": listed(absent), "count": len(absent)}))
