"""Exports of shops and warehouses that were pasted into a book, over an input table or on a sheet of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from restock.imports.reading import Imported, read_file
from restock.imports.recognise import recognise
from restock.imports.recognised import Recognised
from restock.imports.text_table import TextTable, text_table
from restock.schema.cell import shown
from restock.schema.columns import Kind
from restock.schema.date_cell import EPOCH
from restock.schema.inputs import INPUT_TABLES
from restock.schema.raw import RawColumn, RawTable

from .book import Book
from .cells import SheetCells, Value
from .iso_serial import DAYS_1904
from .references import column_letter

_HEADER_ROWS = 30
_FIELDS = {  # column of our table to the fields of a format from which it comes, for the cell that a sentence names
    "Stock": {
        "sku": ("sku", "seller_sku"), "warehouse": ("warehouse", "location"),
        "on_hand": ("on_hand", "available", "sellable", "balance", "quantity"), "reserved": ("reserved", "committed"),
        "stock_date": ("snapshot", "date"),
    },
    "Sales": {
        "date": ("date",), "sku": ("sku", "seller_sku"), "warehouse": ("warehouse",), "qty": ("quantity", "shipped"),
    },
    "Inbound": {
        "document": ("document",), "sku": ("sku",), "warehouse": ("warehouse",),
        "ordered": ("shipped", "on_the_way", "incoming"), "state": ("state",),
    },
}  # fmt: skip


@dataclass(frozen=True)
class PastedTable:
    """An export on a sheet: `found` counts its columns from 0, `row` is the row of its headers from 1."""

    sheet: str
    row: int
    found: Recognised
    table: TextTable

    def fingerprint(self) -> str:
        """A mark of what was pasted, wherever it stands."""
        digest = hashlib.sha256(repr(self.found.headers).encode())
        for place in self.found.wanted:
            digest.update("\0".join(map(str, self.table.columns[place])).encode())
        return digest.hexdigest()

    def read(self) -> Imported:
        """Its rows as in `restock.imports.reading`."""
        return read_file(self.found, self.table)


def pasted_tables(book: Book, cells: Callable[[str], SheetCells]) -> list[PastedTable]:
    """Return the exports of known platforms on the sheets that are not our output, one per sheet at most."""
    ours = {name.casefold() for name in book.owned().values()}
    tables = []
    for sheet in book.sheets:
        if sheet.part is None or sheet.name.casefold() in ours:
            continue
        head = cells(sheet.name).head(_HEADER_ROWS)
        found = recognise([_row(head.get(number, {})) for number in range(1, _HEADER_ROWS + 1)])
        if found is not None and not found.format.generic and not found.repeated:
            tables.append(_table(sheet.name, found, cells(sheet.name), book.date1904))
    return tables


def _row(cells: dict[int, Value]) -> list[str]:
    return [text if isinstance(text := cells.get(place), str) else "" for place in range(1, max(cells, default=0) + 1)]


def _table(sheet: str, found: Recognised, cells: SheetCells, date1904: bool) -> PastedTable:
    numbers = [number for number in sorted(cells.rows) if number > found.header_row + 1]
    days = {found.positions.get(field.name) for field in found.format.fields if field.kind is Kind.DATE}
    columns = {}
    for place in found.wanted:
        later = DAYS_1904 if date1904 and place in days else 0
        columns[place] = [_text(cells.at(number, place + 1), later) for number in numbers]
    return PastedTable(sheet, found.header_row + 1, found, text_table(columns, numbers))


def _text(value: Value, later: int) -> str:
    return shown(value + later) if isinstance(value, float) and later else shown(value)


def in_their_place(pasted: list[PastedTable], known: dict[str, RawTable]) -> dict[str, RawTable]:
    """Return the input tables that only exports give, in the form of ours."""
    found: dict[str, RawTable] = {}
    for one in pasted:
        imported = one.read()
        frames = {"Stock": imported.stock, "Sales": imported.sales, "Inbound": imported.inbound}
        for name, frame in frames.items():
            if name not in known and name not in found and len(frame):
                found[name] = _raw(name, _as_ours(name, frame), one)
    return found


def _as_ours(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Columns under our names; dates as serial numbers of a sheet."""
    found = frame.copy()
    if name == "Stock":
        reserved = found["reserved"].fillna(0.0)
        found["on_hand"] = found["on_hand"].where(found["available"].isna(), found["available"] + reserved)
        found["stock_date"] = _serials(found["stock_date"])
        how = {"on_hand": "sum", "reserved": "sum", "stock_date": "first", "row": "first"}
        found = found.groupby(["sku", "warehouse"], sort=False, as_index=False).agg(how)  # parts of one stock
    elif name == "Sales":
        found["date"] = _serials(found["date"])
    else:
        found = found[found["ordered"] > 0]
    return found


def _serials(days: pd.Series) -> pd.Series:
    return (pd.to_datetime(days) - pd.Timestamp(1970, 1, 1)) / pd.Timedelta(days=1) + EPOCH


def _raw(name: str, frame: pd.DataFrame, pasted: PastedTable) -> RawTable:
    table, fields = INPUT_TABLES[name], _FIELDS[name]
    columns = []
    for column in table.columns:
        if column.name in fields and column.name in frame:
            places = [pasted.found.positions[field] for field in fields[column.name] if field in pasted.found.positions]
            place = places[0] if places else pasted.found.wanted[0]
            values = np.array([_cell(value) for value in frame[column.name]], dtype=object)
            columns.append(RawColumn(column.en, column_letter(place + 1), values))
    rows = frame["row"].to_numpy(np.int64)
    return RawTable(name, pasted.sheet, pasted.row, rows, tuple(columns), "headers")


def _cell(value: Any) -> Any:
    """A value as a cell holds it."""
    if isinstance(value, str):
        return value or None
    return None if pd.isna(value) else float(value)
