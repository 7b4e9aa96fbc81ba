"""Raw books from plain lists, for tests: what a host would have read from a sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from restock.schema.columns import Kind
from restock.schema.inputs import INPUT_TABLES
from restock.schema.raw import CellError, RawBook, RawColumn, RawTable

EPOCH = dt.datetime(1970, 1, 1)


def serial(moment: dt.date | str) -> float:
    """The Excel serial number of a date, a date and time, or their ISO text."""
    if isinstance(moment, str):
        moment = dt.datetime.fromisoformat(moment)
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime(moment.year, moment.month, moment.day)
    return (moment - EPOCH) / dt.timedelta(days=1) + 25569


def letter(position: int) -> str:
    """The letters of a column, 0 for A.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    return (letter(position // 26 - 1) if position >= 26 else "") + chr(65 + position % 26)


def content(value: Any) -> Any:
    """A value as a host hands it over: numbers as float, dates as serial numbers, "#N/A" as an error."""
    if isinstance(value, dt.date):
        return serial(value)
    if isinstance(value, str) and value.startswith("#"):
        return CellError(value)
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def raw_table(
    name: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[Any]],
    sheet: str | None = None,
    header_row: int = 3,
    found_by: str = "name",
) -> RawTable:
    """A table as read cell by cell; `headers` may be column names. Data begin under the header."""
    columns = []
    for position, header in enumerate(headers):
        values = np.empty(len(rows), dtype=object)
        values[:] = [content(row[position]) for row in rows]
        columns.append(RawColumn(header, letter(position), values))
    numbers = np.arange(header_row + 1, header_row + 1 + len(rows), dtype=np.int64)
    return RawTable(name, sheet or name, header_row, numbers, tuple(columns), found_by)


def bulk_table(name: str, headers: Sequence[str], rows: Sequence[Sequence[Any]], **where: Any) -> RawTable:
    """The same table as a bulk read hands it over: arrays and Categoricals, doubtful cells on the side."""
    table = raw_table(name, headers, rows, **where)
    found = {place: column for column, place in INPUT_TABLES[name].match_headers(table.headers()).items()}
    columns = []
    for place, column in enumerate(table.columns):
        kind = INPUT_TABLES[name][found[place]].kind if place in found else Kind.TEXT
        columns.append(_bulk(column, kind))
    return RawTable(name, table.sheet, table.header_row, table.rows, tuple(columns), table.found_by)


def _bulk(column: RawColumn, kind: Kind) -> RawColumn:
    cells = list(column.values)
    if kind in (Kind.NUMBER, Kind.DATE):
        shift = 25569 if kind is Kind.DATE else 0
        values = np.array(
            [cell - shift if isinstance(cell, float) else np.nan for cell in cells], dtype=float
        )
        doubts = {
            place: cell
            for place, cell in enumerate(cells)
            if cell is not None and not isinstance(cell, float)
        }
        return RawColumn(column.header, column.letter, values, doubts)
    texts = [cell if isinstance(cell, str) else None for cell in cells]
    doubts = {
        place: cell for place, cell in enumerate(cells) if cell is not None and not isinstance(cell, str)
    }
    return RawColumn(column.header, column.letter, pd.Categorical(texts), doubts)


def raw_book(
    language: str = "en", **tables: RawTable | tuple[Sequence[str], Sequence[Sequence[Any]]]
) -> RawBook:
    """A book of tables, each a RawTable or (headers, rows), such as Stock=(["sku"], [["A"]])."""
    made = {
        name: table if isinstance(table, RawTable) else raw_table(name, *table)
        for name, table in tables.items()
    }
    return RawBook(made, language)
