"""Checking Sales, a million rows at a time: names by their distinct spellings, the rest as arrays."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from restock.schema.bulk_columns import Numbers, Texts, first_positions, numbers, texts
from restock.schema.cell import BLANK, Reading, clipped, is_blank, read_text, shown
from restock.schema.checks import Checks
from restock.schema.date_cell import EPOCH, FIRST_SERIAL, LAST_SERIAL, read_date
from restock.schema.frames import categorical
from restock.schema.inputs import SALES
from restock.schema.names import Names, is_total_word
from restock.schema.number_cell import read_number
from restock.schema.raw import CellError
from restock.schema.sales_columns import Codes, Mask, SalesColumns, listed
from restock.schema.sales_notes import (
    check_day_month,
    drop_repeated_days,
    note_future,
    note_long_past,
    note_unknown,
    offer_tidying,
)
from restock.schema.table_view import TableView
from restock.schema.words import key_of


@dataclass(frozen=True)
class CheckedSales:
    """Sales row by row as they stand on the sheet; `columns.keep` says which rows can be used.

    Attributes:
        columns: Dates in days since 1970, quantities in units, and what could not be used.
        sku, warehouse: Names, and the code of each row into them; a blank warehouse has become the default one.
        in_stock: Whether the SKU could be bought that day, (n,).
        repeated: Rows left out because their day was pasted twice, (n,).
    """

    columns: SalesColumns
    sku: tuple[list[str], Codes]
    warehouse: tuple[list[str], Codes]
    in_stock: Mask
    repeated: Mask


def sales_rows(view: TableView, checks: Checks) -> pd.DataFrame:
    """Return the usable sales in sheet order: date, sku, warehouse (Categorical), qty, in_stock."""
    missing = [column.name for column in SALES.columns if column.required and column.name not in view.known]
    for name in missing if len(view) else ():
        checks.fault(view, name, f"A{view.raw.header_row}", None, Reading(fault="problem.no_column"), "row")
    if missing or not len(view):
        return _frame(
            np.empty(0),
            ([], np.empty(0, np.int64)),
            ([], np.empty(0, np.int64)),
            np.empty(0),
            np.empty(0, bool),
        )
    return kept_sales(checked_sales(view, checks))


def checked_sales(view: TableView, checks: Checks) -> CheckedSales:
    """Read and check every row of a Sales table that has its required columns, and report what is wrong."""
    sales = _read(view)
    _drop_blank_and_total_rows(view, checks, sales)
    _report_bad_cells(view, checks, sales)
    in_stock = _in_stock(view, checks, sales)
    warehouse = _places(view, checks, sales)
    sku = _spelled(view, checks, sales.sku, checks.skus, "sku", sales.keep)
    note_unknown(view, checks, sales, sku, "sku")
    note_unknown(view, checks, sales, warehouse, "warehouse")
    repeated = drop_repeated_days(view, checks, sales, sku[1], warehouse[1], in_stock)
    note_future(view, checks, sales)
    note_long_past(view, checks, sales)
    check_day_month(view, checks, sales)
    offer_tidying(view, checks)
    return CheckedSales(sales, sku, warehouse, in_stock, repeated)


def _read(view: TableView) -> SalesColumns:
    length, column = len(view), view.known.get
    days = (float(FIRST_SERIAL - EPOCH), np.nextafter(float(LAST_SERIAL + 1 - EPOCH), 0))
    finite = (-np.finfo(float).max, np.finfo(float).max)
    return SalesColumns(
        numbers(column("date"), length, _read_day, EPOCH, days),
        texts(column("sku"), length, read_text),
        texts(column("warehouse"), length, read_text),
        numbers(column("qty"), length, _read_quantity, 0, finite),
        texts(column("in_stock"), length, _read_word),
        np.ones(length, dtype=bool),
    )


def _read_day(content: Any) -> Reading:
    """A date as an Excel serial number; a text with the word for a total is left to the check of totals."""
    reading = read_date(content)
    if reading.value is None:
        return reading
    return Reading(float((reading.value - dt.datetime(1970, 1, 1)).days + EPOCH))


def _read_quantity(content: Any) -> Reading:
    return read_number(content, SALES["qty"], decimals_in_text=True)


def _read_word(content: Any) -> Reading:
    if isinstance(content, CellError):
        return Reading(fault="problem.error_cell")
    return BLANK if is_blank(content) else Reading(shown(content))


def _drop_blank_and_total_rows(view: TableView, checks: Checks, sales: SalesColumns) -> None:
    columns = (sales.date, sales.sku, sales.warehouse, sales.qty, sales.in_stock)
    if sales.sku.blank().any() or sales.date.blank().any():
        sales.keep &= ~np.logical_and.reduce([column.blank() for column in columns])
    for name, mask in _totals(sales).items():
        places = np.flatnonzero(mask & sales.keep) if mask.any() else np.empty(0, np.int64)
        for place, weight in listed(places):
            checks.note(
                view, "problem.total_row", view.cell(name, place), _total_word(sales, name, place), weight
            )
        sales.keep[places] = False


def _totals(sales: SalesColumns) -> dict[str, Mask]:
    """Where a column says that the row holds totals; in the date column such a word is an unusable date."""
    bad = sales.date.bad.items()
    dated = [place for place, (content, _) in bad if isinstance(content, str) and is_total_word(content)]
    masks = {"date": np.zeros(len(sales.keep), dtype=bool)}
    masks["date"][dated] = True
    masks["sku"] = sales.sku.where(map(is_total_word, sales.sku.texts))
    masks["warehouse"] = sales.warehouse.where(map(is_total_word, sales.warehouse.texts))
    return masks


def _total_word(sales: SalesColumns, name: str, place: int) -> Any:
    if name == "date":
        return sales.date.bad[place][0]
    column = sales.sku if name == "sku" else sales.warehouse
    return column.texts[int(column.codes[place])]


def _report_bad_cells(view: TableView, checks: Checks, sales: SalesColumns) -> None:
    """A row without a usable date, SKU or quantity, or with an unreadable warehouse, is left out (§4)."""
    present = sales.keep.copy()
    names = ("date", "sku", "warehouse", "qty")
    columns: list[Numbers | Texts] = [sales.date, sales.sku, sales.warehouse, sales.qty]
    for name, column in zip(names, columns, strict=True):
        _report_faults(view, checks, sales, name, column.bad, present, "row", until="left_out")
        sales.keep[list(column.bad)] = False
        if SALES[name].required:
            blank = column.blank() & present
            for place, weight in listed(np.flatnonzero(blank)):
                found = (None, Reading(fault="problem.blank"))
                _fault(view, checks, sales, name, place, found, "row", weight, until="left_out")
            sales.keep &= ~blank


def _report_faults(
    view: TableView,
    checks: Checks,
    sales: SalesColumns,
    name: str,
    bad: dict[int, tuple[Any, Reading]],
    present: Mask,
    effect: str,
    **more: Any,
) -> None:
    """Report unusable cells sentence by sentence, in sheet order."""
    kinds: dict[str, list[int]] = {}
    for place in sorted(bad):
        if present[place]:
            kinds.setdefault(bad[place][1].fault, []).append(place)
    for places in kinds.values():
        for place, weight in listed(np.array(places, dtype=np.int64)):
            _fault(view, checks, sales, name, place, bad[place], effect, weight, **more)


def _fault(
    view: TableView,
    checks: Checks,
    sales: SalesColumns,
    name: str,
    place: int,
    found: tuple[Any, Reading],
    effect: str,
    weight: int,
    **more: Any,
) -> None:
    code = int(sales.sku.codes[place])
    sku = sales.sku.texts[code].strip() if code >= 0 else ""
    checks.fault(view, name, view.cell(name, place), *found, effect, weight, sku=sku, **more)


def _in_stock(view: TableView, checks: Checks, sales: SalesColumns) -> Mask:
    """Whether the SKU could be bought that day: yes unless the cell says no; an unknown word is reported."""
    keys = [key_of("flag", text) for text in sales.in_stock.texts]
    unknown = sales.in_stock.where(key is None for key in keys)
    reading = Reading(fault="problem.not_in_list", params={"choices": "flag"})
    bad = dict(sales.in_stock.bad)
    for place in np.flatnonzero(unknown).tolist():
        bad[place] = (sales.in_stock.texts[int(sales.in_stock.codes[place])], reading)
    _report_faults(view, checks, sales, "in_stock", bad, sales.keep, "cell", until="default", default=True)
    return ~sales.in_stock.where(key == "no" for key in keys)


def _spelled(
    view: TableView, checks: Checks, column: Texts, names: Names, name: str, keep: Mask
) -> tuple[list[str], Codes]:
    """Names of the kept rows as they appear, and codes into them; folding is counted for the note (§10)."""
    codes = column.codes if keep.all() else np.where(keep, column.codes, -1)
    first = first_positions(codes, len(column.texts))
    counts = np.bincount(codes[codes >= 0] if (codes < 0).any() else codes, minlength=len(column.texts))
    spelled: dict[str, int] = {}
    new = np.full(len(column.texts) + 1, -1, dtype=np.int64)
    for code in np.argsort(first, kind="stable").tolist():
        if counts[code]:
            typed, cell = column.texts[code], view.cell(name, int(first[code]))
            spelling = names.learn(typed)
            new[code] = spelled.setdefault(spelling, len(spelled))
            checks.foldings.saw(SALES.name, view.raw.sheet, cell, typed, spelling, int(counts[code]))
    return list(spelled), new[codes]


def _places(view: TableView, checks: Checks, sales: SalesColumns) -> tuple[list[str], Codes]:
    """Warehouses; blank is the only one, else that of Settings, else the rows are left out and counted."""
    blank = (sales.warehouse.codes < 0) & sales.keep
    default = checks.default_warehouse()
    if default is None and blank.any():
        _report_without_warehouse(view, checks, np.flatnonzero(blank))
        sales.keep &= ~blank
    names, codes = _spelled(view, checks, sales.warehouse, checks.warehouses, "warehouse", sales.keep)
    if default is not None and blank.any():
        if default not in names:
            names.append(default)
        codes[blank] = names.index(default)
    return names, codes


def _report_without_warehouse(view: TableView, checks: Checks, places: Codes) -> None:
    names = [clipped(name) for name in list(checks.stock_warehouses)[:5]]
    params = {"count": len(places), "names": names, "setting": "default_warehouse"}
    reading = Reading(fault="problem.sales_without_warehouse", params=params)
    checks.fault(view, "warehouse", view.cell("warehouse", int(places[0])), None, reading, "row")


def kept_sales(sales: CheckedSales) -> pd.DataFrame:
    """Return the rows that can be used, as in `sales_rows`."""
    date, qty, keep = sales.columns.date.values, sales.columns.qty.values, sales.columns.keep
    if keep.all():
        return _frame(date, sales.sku, sales.warehouse, qty, sales.in_stock)
    skus, places = (sales.sku[0], sales.sku[1][keep]), (sales.warehouse[0], sales.warehouse[1][keep])
    return _frame(date[keep], skus, places, qty[keep], sales.in_stock[keep])


def _frame(
    date: np.ndarray[Any, Any],
    sku: tuple[list[str], Codes],
    warehouse: tuple[list[str], Codes],
    qty: np.ndarray[Any, Any],
    in_stock: Mask,
) -> pd.DataFrame:
    seconds = np.floor(date).astype(np.int64) * 86400
    return pd.DataFrame(
        {
            "date": seconds.view("datetime64[s]"),
            "sku": categorical(*sku),
            "warehouse": categorical(*warehouse),
            "qty": qty.astype(np.float64, copy=False),
            "in_stock": in_stock,
        },
        copy=False,
    )
