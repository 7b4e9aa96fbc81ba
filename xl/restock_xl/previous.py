"""What the last press left in the book, and what people typed on our sheets since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from restock.ledger import Previous
from restock.ledger.lines import LINE_TYPES, key_text
from restock.schema.columns import Kind, Table, normal_header
from restock.schema.outputs import (
    ALERTS,
    HISTORY,
    LIVE_PICKS,
    ORDERS,
    RUN_LOG,
    SOLD_OUT,
    TRANSFER_ORDERS,
    TRANSFERS,
)
from restock.schema.raw import CellError, RawColumn, RawTable
from restock.schema.words import key_of
from restock_xl.package.iso_serial import DAYS_1904
from restock_xl.package.read import BookContents
from restock_xl.package.references import column_letter
from restock_xl.sheets.committed_table import COMMITTED_ON
from restock_xl.sheets.layout import CHOSEN_CELLS, DONE_COLUMN, LIST_COLUMN

if TYPE_CHECKING:
    from restock_xl.own.found import OwnSheet

BESIDE = "user:beside"
"""In what was typed: whether the user's own columns hold anything, or cells beside the table."""
_EPOCH = {False: dt.datetime(1899, 12, 30), True: dt.datetime(1904, 1, 1)}
_HISTORY_DATES = tuple(column.name for column in HISTORY.columns if column.kind is Kind.DATE)
_NOTED = (ORDERS, TRANSFERS, TRANSFER_ORDERS, LIVE_PICKS, ALERTS)
_LEDGER = tuple(table for kind in LINE_TYPES for table in (kind.suggested, kind.committed))


def read_previous(contents: BookContents, own: Mapping[str, OwnSheet] | None = None) -> Previous:
    """What the last press remembered; empty where the button was never pressed.

    Args:
        own: What the user added to each sheet: a suggestion that is gone stays if anything stands beside it.
    """
    none = Previous.none()
    epoch = _EPOCH[contents.book.date1904]
    history = _dated(_frame(contents, HISTORY), _HISTORY_DATES, epoch)
    sold_out = _dated(_frame(contents, SOLD_OUT), ("from", "to"), epoch)
    log = _dated(_frame(contents, RUN_LOG), ("today", "stock_date", "sales_through"), epoch)
    if not history.empty:
        for name in ("on_hand", "order_units", "daily", "earlier_daily", "before_on_hand"):
            history[name] = pd.to_numeric(history[name], errors="coerce")
        history = history.dropna(subset=["pressed_on"])
    typed = {table.name: _typed(contents, table, epoch, own or {}) for table in _NOTED}
    typed["Explain"] = _chosen(contents)
    typed["Today"] = _done_on_today(contents)
    found = {table.name: output_table(contents, table) for table in _LEDGER}
    return Previous(
        history if len(history) else none.history, sold_out if len(sold_out) else none.sold_out, log, typed,
        {name: raw for name, raw in found.items() if raw is not None},
    )  # fmt: skip


def _chosen(contents: BookContents) -> pd.DataFrame:
    """The SKU and warehouse chosen on Explain, one row; empty where none is."""
    sheet = contents.book.owned().get("Explain")
    cells = [contents.cells(sheet).value(reference) for reference in CHOSEN_CELLS] if sheet else [None, None]
    texts = ["" if value is None or isinstance(value, CellError) else _spelled(value) for value in cells]
    return pd.DataFrame({"sku": texts[:1], "warehouse": texts[1:]} if texts[0] else {"sku": [], "warehouse": []})


def _done_on_today(contents: BookContents) -> pd.DataFrame:
    """What stands in Done beside the lines of Today, which name their pair in two folded columns."""
    sheet = contents.book.owned().get("Today")
    rows = contents.cells(sheet).rows if sheet else {}
    sku, warehouse = LIST_COLUMN + 1, LIST_COLUMN + 2
    found = [
        (_spelled(cells[sku]), _spelled(cells[warehouse]), cells.get(DONE_COLUMN + 1))
        for cells in (rows[row] for row in sorted(rows))
        if cells.get(sku) and cells.get(warehouse) and not _is_head(cells.get(DONE_COLUMN + 1))
    ]  # fmt: skip
    frame = pd.DataFrame(found, columns=["sku", "warehouse", "done"], dtype=object)
    frame["done"] = [_plain(text) for text in frame["done"]]
    return frame.drop_duplicates(["sku", "warehouse"], ignore_index=True)


def _is_head(value: Any) -> bool:
    return isinstance(value, str) and normal_header(value) in ALERTS["done"].headers()


def _spelled(value: Any) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def last_press(contents: BookContents) -> dt.date | None:
    """The day of the last press; None where the button was never pressed."""
    pressed = _dated(_frame(contents, HISTORY), ("pressed_on",), _EPOCH[contents.book.date1904])["pressed_on"]
    return None if pressed.dropna().empty else pressed.max().date()


def table_on_owned(contents: BookContents, table: Table) -> str | None:
    """Name in the book of our output table, which may carry a number where its own name was taken."""
    owned = {sheet.casefold() for sheet in contents.book.owned().values()}
    for ref in contents.book.tables():
        stem, _, tail = ref.name.partition("_")
        if ref.sheet.casefold() in owned and stem.casefold() == table.name.casefold() and (not tail or tail.isdigit()):
            return ref.name
    return None


def output_table(contents: BookContents, table: Table) -> RawTable | None:
    """One of our tables as the engine takes input tables; None where it is missing. An empty one has its headers."""
    name = table_on_owned(contents, table)
    cells = contents.table_cells(name, table.name in COMMITTED_ON) if name else None
    if cells is None:
        return None
    dates = {place for column, place in table.match_headers(list(cells.headers)).items()
             if contents.book.date1904 and table[column].kind is Kind.DATE}  # fmt: skip
    columns = []
    for place, header in enumerate(cells.headers):
        values = np.empty(len(cells.rows), dtype=object)
        values[:] = [row[header] for row in cells.rows]
        if place in dates:
            values[:] = [value + DAYS_1904 if isinstance(value, float) else value for value in values]
        columns.append(RawColumn(header, column_letter(cells.left + place), values))
    numbers = np.array(cells.numbers, dtype=np.int64)
    return RawTable(table.name, cells.sheet, cells.header_row, numbers, tuple(columns))


def _frame(contents: BookContents, table: Table) -> pd.DataFrame:
    """An output table with our column names, by the row of the sheet."""
    name = table_on_owned(contents, table)
    cells = contents.table_cells(name) if name else None
    columns = [column.name for column in table.columns]
    if cells is None or not cells.rows:
        return pd.DataFrame(columns=columns)
    found = table.match_headers(list(cells.headers))
    rows = [[row[cells.headers[place]] for place in found.values()] for row in cells.rows]
    frame = pd.DataFrame(rows, index=cells.numbers, columns=list(found)).map(_plain)
    for column in table.columns:
        if column.name not in frame:
            frame[column.name] = None
        if column.kind is Kind.CHOICE:
            frame[column.name] = [_key(column.choices, value) for value in frame[column.name]]
    return frame[columns]


def _plain(value: Any) -> Any:
    if isinstance(value, CellError):
        return value.code
    return None if value == "" else value


def _key(choices: str, value: Any) -> Any:
    key = key_of(choices, value) if isinstance(value, str) else None
    return key if key is not None else value


def _dated(frame: pd.DataFrame, columns: tuple[str, ...], epoch: dt.datetime) -> pd.DataFrame:
    frame = frame.reset_index(drop=True)
    for name in columns:
        days = pd.to_numeric(frame[name], errors="coerce")
        dates = pd.Series(pd.Timestamp(epoch), frame.index) + pd.to_timedelta(days, unit="D")
        frame[name] = dates.dt.normalize().astype("datetime64[s]") if len(frame) else dates.astype("datetime64[s]")
    return frame


def _typed(contents: BookContents, table: Table, epoch: dt.datetime, own: Mapping[str, OwnSheet]) -> pd.DataFrame:
    """Key columns, the tier where there is one, what people typed, and whether more of theirs stands beside."""
    frame = _frame(contents, table)
    ours = [column.name for column in table.columns if column.typed]
    keep = [*table.key, *ours, BESIDE] + (["tier"] if table is ALERTS else [])
    held = own[table.name].rows_beside(table) if table.name in own else set()
    frame[BESIDE] = [True if row in held else None for row in frame.index]
    frame = frame.reset_index(drop=True)
    moments = [column.name for column in table.columns if column.name in table.key and column.kind is Kind.TIME]
    for name in moments:
        seconds = (pd.to_numeric(frame[name], errors="coerce") * 86400).round()
        frame[name] = (pd.Timestamp(epoch) + pd.to_timedelta(seconds, unit="s")).astype("datetime64[s]")
    for name in (name for name in table.key if name not in moments):
        frame[name] = [key_text(value, table[name]) for value in frame[name]]
    return frame[keep]
