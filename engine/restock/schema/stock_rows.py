"""Checking Stock, the one table that must be there: a row is planned or named, never silently gone."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from restock.errors import InputError
from restock.schema.cell import Reading, clipped, read_text, shown
from restock.schema.checks import Checks
from restock.schema.frames import blank_value, series
from restock.schema.inputs import STOCK
from restock.schema.rows import read_cell
from restock.schema.sentences import problem_sentence
from restock.schema.stock_lines import Line, stock_lines
from restock.schema.table_view import TableView
from restock.schema.tables import Problem
from restock.text import Words

_CELLS_NAMED = 4
_LONG_PAST = 365


@dataclass
class StockRow:
    """One line and what was read from it; `tickets`: cell and problem of all that keep it unplanned."""

    line: Line
    values: dict[str, Any] = field(default_factory=dict)
    tickets: list[tuple[str, int]] = field(default_factory=list)


def read_stock(view: TableView, checks: Checks, warehouses: TableView) -> list[StockRow]:
    """Return every row of Stock, in sheet order, and teach `checks` the names that stand there.

    Raises:
        InputError: Stock is missing or empty, or no SKU or no on-hand quantity can be used.
    """
    _require_columns(view, checks)
    rows = [StockRow(line) for line in stock_lines(view, checks, warehouses)]
    if not rows:
        raise _error(checks, view, "problem.stock_empty")
    for row in rows:
        _read(view, checks, row)
    for name in ("sku", "on_hand"):
        if all(row.values[name] is None for row in rows):
            worst = _first_bad(rows, name)
            empty = not shown(worst.line.typed.get(name)).strip()
            key = "problem.column_empty" if empty else "problem.column_unusable"
            raise _error(checks, view, key, name, worst)
    _reject_duplicates(view, checks, rows)
    return rows


def _require_columns(view: TableView, checks: Checks) -> None:
    if not view.raw.columns:
        raise _error(checks, view, "problem.stock_missing")
    needed = ("sku",) if view.raw.found_by == "wide" else ("sku", "on_hand")
    for name in needed:
        if name not in view.known:
            raise _error(checks, view, "problem.column_missing", name)


def _error(
    checks: Checks, view: TableView, key: str, name: str = "", row: StockRow | None = None
) -> InputError:
    cell = row.line.cell(name) if row else ""
    value = clipped(shown(row.line.typed.get(name))) if row else ""
    params = {"column": name} if name else {}
    problem = Problem(key, "row", STOCK.name, view.raw.sheet, cell, value, params=params)
    return InputError(problem_sentence(problem, Words(checks.language, today=checks.today)))


def _first_bad(rows: Sequence[StockRow], name: str) -> StockRow:
    """The row whose cell shows best what is wrong: one with something in it, where there is one."""
    return next((row for row in rows if shown(row.line.typed.get(name)).strip()), rows[0])


def _read(view: TableView, checks: Checks, row: StockRow) -> None:
    _read_names(view, checks, row)
    for name in ("on_hand", "reserved", "daily_sales", "stock_date"):
        reading = read_cell(row.line.typed.get(name), STOCK[name])
        if name == "stock_date" and reading.value is not None and reading.value.date() > checks.today:
            reading = Reading(fault="problem.stock_date_ahead", params={"today": checks.today})
        row.values[name] = blank_value(STOCK[name]) if reading.blank else reading.value
        if reading.fault:
            _reject(view, checks, row, name, reading)
        elif name == "stock_date" and reading.value is not None:
            _ask_about_year(view, checks, row, reading.value.date())


def _ask_about_year(view: TableView, checks: Checks, row: StockRow, counted: dt.date) -> None:
    """Ask about a count of more than a year ago: a year was typed wrongly."""
    days = (checks.today - counted).days
    if days > _LONG_PAST:
        cell, shown_day = row.line.cell("stock_date"), counted.isoformat()
        checks.note(view, "check.stock_long_past", cell, shown_day, column="stock_date", days=days)


def _read_names(view: TableView, checks: Checks, row: StockRow) -> None:
    typed = row.line.typed
    sku, warehouse = read_text(typed.get("sku")), read_text(typed.get("warehouse"))
    if warehouse.blank:
        row.values["warehouse"] = checks.warehouses.learn(checks.main())
    else:
        row.values["warehouse"] = _matched(view, checks, row, "warehouse", warehouse)
    row.values["sku"] = _matched(view, checks, row, "sku", sku)
    if row.values["warehouse"] is not None:
        checks.stock_warehouses.setdefault(row.values["warehouse"])
    if sku.blank or sku.fault:
        _reject(view, checks, row, "sku", sku if sku.fault else Reading(fault="problem.blank"))
    if warehouse.fault:
        _reject(view, checks, row, "warehouse", warehouse)
    _remember(checks, row)


def _matched(view: TableView, checks: Checks, row: StockRow, name: str, reading: Reading) -> str | None:
    if reading.value is None:
        return None
    names = checks.skus if name == "sku" else checks.warehouses
    typed = row.line.typed[name] if row.line.header is None or name == "sku" else reading.value
    return checks.match(names, view, row.line.cell(name), shown(typed))


def _remember(checks: Checks, row: StockRow) -> None:
    sku, warehouse = row.values["sku"], row.values["warehouse"]
    if sku is not None:
        checks.stock_skus.setdefault(sku)
        if warehouse is not None:
            checks.stock_pairs.add((sku, warehouse))


def _reject(view: TableView, checks: Checks, row: StockRow, name: str, reading: Reading, **more: Any) -> None:
    cell = row.line.cell(name)
    who: dict[str, Any] = {part: row.values.get(part) or "" for part in ("sku", "warehouse")}
    content = row.line.typed.get(name)
    ticket = checks.fault(view, name, cell, content, reading, "row", until="not_planned", **who, **more)
    row.tickets.append((cell, ticket))


def _reject_duplicates(view: TableView, checks: Checks, rows: Sequence[StockRow]) -> None:
    """Two rows of one SKU and warehouse: none is planned, one problem names the cells of both."""
    groups: dict[tuple[str, str], list[StockRow]] = defaultdict(list)
    for row in rows:
        if row.values["sku"] is not None and row.values["warehouse"] is not None:
            groups[row.values["sku"], row.values["warehouse"]].append(row)
    for group in groups.values():
        if len(group) > 1:
            _reject_group(view, checks, group)


def _reject_group(view: TableView, checks: Checks, group: Sequence[StockRow]) -> None:
    named = "on_hand" if group[0].line.header is not None else "sku"
    cells = [row.line.cell(named) for row in group]
    listed = cells[:_CELLS_NAMED] + ["…"] * (len(cells) > _CELLS_NAMED)
    reading = Reading(fault="problem.stock_twice", params={"cells": listed, "count": len(cells)})
    _reject(view, checks, group[0], named, reading)
    ticket = group[0].tickets[-1][1]
    for row, cell in zip(group[1:], cells[1:], strict=True):
        row.tickets.append((cell, ticket))


def stock_frame(rows: Sequence[StockRow]) -> pd.DataFrame:
    """The planned rows as documented in `restock.schema.tables`."""
    planned = [row for row in rows if not row.tickets]
    columns = {
        column.name: series([row.values[column.name] for row in planned], column.kind)
        for column in STOCK.columns
    }
    columns["row"] = pd.Series(np.array([row.line.row for row in planned], dtype=np.int64))
    columns["typed_sku"] = pd.Series([_typed(row, "sku") for row in planned], dtype="str")
    columns["typed_warehouse"] = pd.Series([_typed(row, "warehouse") for row in planned], dtype="str")
    return pd.DataFrame(columns)


def _typed(row: StockRow, name: str) -> str:
    content = row.line.typed.get(name)
    return row.line.header if name == "warehouse" and row.line.header is not None else shown(content)


def unplanned_frame(rows: Sequence[StockRow], places: Sequence[int]) -> pd.DataFrame:
    """The rows that cannot be planned; `places` maps a ticket to its position among the problems."""
    left: list[Mapping[str, Any]] = [_unplanned(row, places) for row in rows if row.tickets]
    columns = {
        name: pd.Series([row[name] for row in left], dtype="str") for name in ("sku", "warehouse", "cell")
    }
    columns["problem"] = pd.Series(np.array([row["problem"] for row in left], dtype=np.int64))
    return pd.DataFrame(columns)


def _unplanned(row: StockRow, places: Sequence[int]) -> dict[str, Any]:
    cell, ticket = row.tickets[0]
    sku = row.values["sku"]
    return {
        "sku": clipped(shown(row.line.typed.get("sku")).strip()) if sku is None else sku,
        "warehouse": row.values["warehouse"] or "",
        "cell": cell,
        "problem": places[ticket],
    }
