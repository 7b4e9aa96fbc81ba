"""What is worth knowing about Sales as a whole, once every cell has been read."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from restock.schema.bulk_columns import first_positions
from restock.schema.cell import clipped
from restock.schema.checks import Checks
from restock.schema.day_month import Swapped, order_of, out_of_order, swapped_run
from restock.schema.inputs import SALES
from restock.schema.problem_log import LISTED
from restock.schema.repeated_sales import RepeatedDay, repeated_days
from restock.schema.sales_columns import Codes, Mask, SalesColumns
from restock.schema.table_view import TableView
from restock.schema.tables import Problem

_EXAMPLES = 3
NEARLY_FULL_ROW = 900_000
"""From this row on tidying is offered: a sheet ends at row 1,048,576."""
_OLDEST_DAYS = 3653
"""A sale longer ago than ten years has probably been typed with a wrong year."""


def note_unknown(
    view: TableView, checks: Checks, sales: SalesColumns, column: tuple[list[str], Codes], name: str
) -> None:
    """One note about the SKUs, or the warehouses, that stand in Sales but not on Stock."""
    names, codes = column
    known = {*checks.stock_skus, *checks.bundles} if name == "sku" else set(checks.stock_warehouses)
    unknown = [code for code, text in enumerate(names) if text not in known]
    if not unknown:
        return
    mask = np.isin(codes, unknown) & sales.keep
    first = first_positions(np.where(mask, codes, -1), len(names))
    order = sorted((code for code in unknown if first[code] < len(codes)), key=lambda code: int(first[code]))
    if order:
        place = int(first[order[0]])
        units = float(sales.qty.values[mask].sum())
        examples = [clipped(names[code]) for code in order[:_EXAMPLES]]
        params: dict[str, Any] = {"count": len(order), "units": units, "names": examples, "column": name}
        checks.note(view, f"problem.sales_{name}", view.cell(name, place), names[order[0]], **params)


def note_future(view: TableView, checks: Checks, sales: SalesColumns) -> None:
    """One note about sales dated today or later, which are no history yet (§3)."""
    future = (sales.date.values >= (checks.today - dt.date(1970, 1, 1)).days) & sales.keep
    if future.any():
        place = int(np.argmax(future))
        day = _date(sales.date.values[place])
        params: dict[str, Any] = {"count": int(future.sum()), "day": day, "column": "date"}
        checks.note(view, "problem.sales_ahead", view.cell("date", place), day.isoformat(), **params)


def drop_repeated_days(
    view: TableView, checks: Checks, sales: SalesColumns, sku: Codes, warehouse: Codes, in_stock: Mask
) -> Mask:
    """Count a day that was pasted twice once, and say so; ask where it is not certain (§41).

    Returns the rows that do not count, (n,).
    """
    dropped = np.zeros(len(sales.keep), dtype=bool)
    if checks.settings.repeats_are_real == "yes":
        return dropped
    kept = np.flatnonzero(sales.keep)
    found = repeated_days(
        np.floor(sales.date.values[kept]), sku[kept], warehouse[kept], sales.qty.values[kept], in_stock[kept]
    )
    dropped[kept[found.extra]] = True
    sales.keep &= ~dropped
    for key, days in (("check.day_twice", found.counted_once), ("check.day_twice_perhaps", found.doubtful)):
        for number, one in enumerate(days):
            if number <= LISTED:
                weight = 1 if number < LISTED else len(days) - LISTED
                _note_repeated(view, checks, key, one, int(kept[one.place]), weight)
    return dropped


def _note_repeated(view: TableView, checks: Checks, key: str, one: RepeatedDay, place: int, weight: int) -> None:
    params = {"day": _date(one.day), "count": one.rows, "times": one.times, "column": "date"}
    cell = view.cell("date", place)
    value = _date(one.day).isoformat()
    checks.note(view, key, cell, value, weight, setting="repeats_are_real", **params)


def _date(day: float) -> dt.date:
    return dt.date(1970, 1, 1) + dt.timedelta(days=int(day))


def note_long_past(view: TableView, checks: Checks, sales: SalesColumns) -> None:
    """One note about sales of more than ten years ago: a year was typed wrongly."""
    oldest = (checks.today - dt.date(1970, 1, 1)).days - _OLDEST_DAYS
    past = (sales.date.values < oldest) & sales.keep
    if past.any():
        place = int(np.argmax(past))
        day = _date(sales.date.values[place])
        cell = view.cell("date", place)
        params: dict[str, Any] = {"count": int(past.sum()), "column": "date"}
        checks.note(view, "check.sales_long_past", cell, day.isoformat(), **params)


def check_day_month(view: TableView, checks: Checks, sales: SalesColumns) -> None:
    """Dates that a program read the wrong way round stop the press; a single day, and texts, are asked about (§41)."""
    days = np.where(np.isnan(sales.date.values), np.nan, np.floor(sales.date.values))
    texts = {place: content for place, (content, _) in sales.date.bad.items() if isinstance(content, str)}
    order = order_of(texts.values())
    today = (checks.today - dt.date(1970, 1, 1)).days
    if found := swapped_run(days, today, order != ""):
        _report_swapped(view, checks, "check.day_month_cells", "stop", found)
    elif last := out_of_order(days):
        _report_swapped(view, checks, "check.day_month_last", "note", last)
    unclear = [place for place, (_, reading) in sales.date.bad.items() if reading.fault == "problem.date_two"]
    if len(unclear) > LISTED:
        _ask_for_order(view, checks, sales, sorted(unclear), order, texts)


def _report_swapped(view: TableView, checks: Checks, key: str, effect: str, found: Swapped) -> None:
    first, other = _date(found.first_day), _date(found.first_swapped)
    params: dict[str, Any] = {
        "to": view.cell("date", found.last), "day": first, "swapped": other, "days": found.days, "column": "date",
    }  # fmt: skip
    cell = view.cell("date", found.first)
    checks.log.add(Problem(key, effect, SALES.name, view.raw.sheet, cell, first.isoformat(), params=params))


def _ask_for_order(
    view: TableView, checks: Checks, sales: SalesColumns, places: list[int], order: str, texts: dict[int, str]
) -> None:
    """One question about a whole paste of texts such as 05/11/2026."""
    readings = [sales.date.bad[place][1].params for place in places]
    ranges = [sorted(str(params[name]) for params in readings) for name in ("type", "or")]
    params: dict[str, Any] = {
        "count": len(places), "to": view.cell("date", places[-1]), "column": "date",
        "first": ranges[0][0], "last": ranges[0][-1], "or_first": ranges[1][0], "or_last": ranges[1][-1],
    }  # fmt: skip
    key = "check.day_month_texts"
    if order:
        telling = next(place for place, text in sorted(texts.items()) if order_of([text]))
        key, params["like"] = f"check.day_month_texts_{order}", view.cell("date", telling)
        params["telling"] = clipped(texts[telling])
    checks.note(view, key, view.cell("date", places[0]), texts.get(places[0], ""), **params)


def offer_tidying(view: TableView, checks: Checks) -> None:
    """Say that the sheet is nearly full, once it is; it is never tidied unasked."""
    last = view.row(len(view) - 1)
    if last >= NEARLY_FULL_ROW:
        checks.note(view, "check.nearly_full", view.cell("sku", len(view) - 1), column="sku", row=last)
