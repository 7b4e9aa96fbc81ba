"""Sales, which can have a million rows: read through fastexcel and Arrow, without an object per cell.

That reader shows a blank cell, an error and text in a number column all as null. Rows with a null in a column
that matters are looked up in the sheet itself, so that the engine learns what really stands there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from restock.schema.columns import Kind
from restock.schema.raw import RawColumn, RawTable

from .arrow_columns import ArrowType, Loaded, load_columns
from .arrow_text import Array, ArrowText
from .cells import SheetCells, Value
from .locate import Located
from .raw_tables import Extent, read_columns
from .references import column_letter
from .text_dates import iso_days

BULK_BYTES = 200_000  # a smaller sheet is read cell by cell, which is as fast and keeps every type
MAX_DOUBTS = 20_000
_SAMPLE_ROWS = 20
_DAY_1970 = 25_569  # serial number of 1970-01-01
_FIRST_SERIAL, _LAST_SERIAL = 1, 2_958_465
_TEXT: ArrowType = "string"
_ARROW_TYPES: dict[Kind, ArrowType] = {Kind.DATE: "datetime", Kind.NUMBER: "float"}


@dataclass
class _Column:
    """One column while it is read; `texts` are its cells as text where they were loaded so."""

    number: int
    kind: Kind
    values: Any
    filled: Array
    texts: ArrowText | None = None
    doubts: dict[int, Any] = field(default_factory=dict)

    def missing(self) -> Array:
        """Return where there is no value: nothing, or something else than the column should hold."""
        return np.isnan(self.values) if isinstance(self.values, np.ndarray) else self.values.codes < 0

    def has_unread_cells(self) -> bool:
        """Return whether some cells may hold text that the column's type has hidden."""
        return isinstance(self.values, np.ndarray) and bool(self.missing().any())

    def keep(self, places: Array) -> None:
        """Drop all rows but those at `places`."""
        self.values, self.filled = self.values[places], self.filled[places]
        self.texts = None if self.texts is None else self.texts.take(places)

    def read_texts(self, texts: ArrowText) -> None:
        """Take the cells as text, and for a date column the days that can be read from it."""
        self.texts = texts
        if self.kind is Kind.DATE:
            self.values = np.where(np.isnan(self.values), iso_days(texts), self.values)


def bulk_table(
    path: Path, located: Located, extent: Extent, cells: SheetCells, sheet: str | None = None
) -> RawTable | None:
    """Return a table with numpy columns, or None where the bulk reader cannot read this file faithfully.

    Dates become days since 1970-01-01 (times of day dropped), numbers float64, texts categories. Rows in
    which the bulk reader sees nothing are left out. `sheet` is what the file calls the sheet, where it is another name.
    """
    sheet = sheet or located.region.sheet
    columns = _load(path, sheet, located, extent, _dates_are_text(located, extent, cells))
    if columns is None:
        return None
    rows, places = _keep_filled(columns, extent)
    if not _agrees(rows, columns, cells):
        return None

    def load_texts(numbers: list[int]) -> dict[int, ArrowText]:
        types = dict.fromkeys(numbers, _TEXT)
        loaded = load_columns(path, sheet, extent.first, types) or {}
        return {number: one.take(places) for number, one in loaded.items() if isinstance(one, ArrowText)}

    by_number = {column.number: column for column in columns}
    judged = [by_number[located.columns[name]] for name in located.table.signature]
    _settle_doubts(judged, rows, cells, load_texts)
    raw = tuple(
        RawColumn(header, column_letter(number), by_number[number].values, by_number[number].doubts)
        for number, header in read_columns(located).items()
    )
    return RawTable(located.table.name, located.region.sheet, located.region.row, rows, raw, located.found_by)


def _dates_are_text(located: Located, extent: Extent, cells: SheetCells) -> bool:
    """Return whether most dates at the top of the table are text, as many exports have them."""
    head = cells.head(extent.first + _SAMPLE_ROWS)
    dates = [row.get(located.columns["date"]) for number, row in head.items() if number >= extent.first]
    shown = [value for value in dates if value not in (None, "")]
    return 2 * sum(isinstance(value, str) for value in shown) > len(shown)


def _load(path: Path, sheet: str, located: Located, extent: Extent, text_dates: bool) -> list[_Column] | None:
    kinds = {number: located.table[name].kind for name, number in located.columns.items()}
    types = {number: _ARROW_TYPES.get(kind, _TEXT) for number, kind in kinds.items()}
    if text_dates:
        types[located.columns["date"]] = _TEXT
    loaded = load_columns(path, sheet, extent.first, types)
    if loaded is None:
        return None
    return [_column(number, kinds[number], data) for number, data in loaded.items()]


def _column(number: int, kind: Kind, data: Loaded) -> _Column:
    if not isinstance(data, ArrowText):
        return _Column(number, kind, data, ~np.isnan(data))
    if kind is not Kind.DATE:
        return _Column(number, kind, _categorical(data), data.present)
    column = _Column(number, kind, np.full(len(data.starts), np.nan), data.present)
    column.read_texts(data)
    return column


def _categorical(texts: ArrowText) -> Any:
    import pandas as pd

    codes, categories = texts.codes()
    return pd.Categorical.from_codes(codes, pd.Index(categories, dtype=object))


def _keep_filled(columns: list[_Column], extent: Extent) -> tuple[Array, Array]:
    """Drop the rows that hold nothing or are no data; return the sheet rows kept and their places."""
    filled = np.logical_or.reduce([column.filled for column in columns])
    places = np.flatnonzero(filled)
    places = places[extent.holds(places + extent.first)]
    if len(places) < len(filled):
        for column in columns:
            column.keep(places)
    return places + extent.first, places


def _agrees(rows: Array, columns: list[_Column], cells: SheetCells) -> bool:
    """Return whether the numbers at the top are those of the sheet itself: a guard against shifted rows."""
    if len(rows) == 0:
        return True
    head = cells.head(int(rows[0]) + _SAMPLE_ROWS)
    for place, row in enumerate(rows[:_SAMPLE_ROWS].tolist()):
        for column in columns:
            value = head.get(row, {}).get(column.number)
            if column.kind is Kind.NUMBER and isinstance(value, float) and value != column.values[place]:
                return False
    return True


def _settle_doubts(
    judged: list[_Column],
    rows: Array,
    cells: SheetCells,
    load_texts: Callable[[list[int]], dict[int, ArrowText]],
) -> None:
    """Find out what stands where the bulk reader saw nothing: in the sheet or, if much, as text.

    Args:
        load_texts: Reads columns, by number, a second time as text.
    """
    if np.count_nonzero(_doubtful(judged)) > MAX_DOUBTS:
        unknown = [column for column in judged if column.texts is None and column.has_unread_cells()]
        texts = load_texts([column.number for column in unknown])
        for column in unknown:
            if column.number in texts:
                column.read_texts(texts[column.number])
    places = np.flatnonzero(_doubtful(judged))
    if len(places) > MAX_DOUBTS:
        for column in judged:
            _doubts_from_texts(column)
    elif len(places):
        content = cells.rows_at(rows[places].tolist())
        for column in judged:
            _doubts_from_cells(column, places, rows, content)


def _doubtful(judged: list[_Column]) -> Array:
    return np.logical_or.reduce([column.missing() for column in judged])


def _doubts_from_texts(column: _Column) -> None:
    if column.texts is not None:
        places = np.flatnonzero(column.missing() & column.texts.present)
        codes, texts = column.texts.take(places).codes()
        column.doubts.update(zip(places.tolist(), [texts[code] for code in codes.tolist()], strict=True))


def _doubts_from_cells(
    column: _Column, places: Array, rows: Array, content: dict[int, dict[int, Value]]
) -> None:
    missing, is_date = column.missing(), column.kind is Kind.DATE
    for place in places[missing[places]].tolist():
        value = content.get(int(rows[place]), {}).get(column.number)
        if is_date and isinstance(value, float) and _FIRST_SERIAL <= value <= _LAST_SERIAL:
            column.values[place] = value // 1 - _DAY_1970
        elif value is not None:
            column.doubts[place] = value
