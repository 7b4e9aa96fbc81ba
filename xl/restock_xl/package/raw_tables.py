"""From a table found to the values the engine takes: which rows are its data, and its columns as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from restock.schema.columns import Kind, normal_header
from restock.schema.raw import RawColumn, RawTable
from restock.schema.settings import SETTINGS_LIST

from .book import Book
from .cells import SheetCells, Value
from .iso_serial import DAYS_1904
from .locate import Located
from .references import area, column_letter

LAST_ROW = 1_048_576
MAX_BLANK_ROWS = 5  # between an Excel table and what was typed under it

_DATE_SETTINGS = {
    normal_header(text)
    for one in SETTINGS_LIST
    if one.kind is Kind.DATE
    for text in (one.key, one.en, one.zh)
}


@dataclass(frozen=True)
class Extent:
    """The rows in which data of a table may stand.

    Attributes:
        first, last: Rows, inclusive.
        bottom: Last row of the Excel table, below which only rows close to it count; None where it is none.
        totals: Rows at its bottom that hold totals, not data.
    """

    first: int
    last: int = LAST_ROW
    bottom: int | None = None
    totals: int = 0

    def holds(self, filled: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """Return which of the filled rows, given as rising row numbers, are data."""
        held = (filled >= self.first) & (filled <= self.last)
        if self.bottom is None:
            return held
        held &= (filled <= self.bottom - self.totals) | (filled > self.bottom)
        under = np.flatnonzero(held & (filled > self.bottom))
        steps = np.diff(filled[under], prepend=self.bottom)
        far = np.flatnonzero(steps > MAX_BLANK_ROWS + 1)
        if len(far):
            held[under[far[0]] :] = False
        return held


def extent_of(located: Located, book: Book, others: list[Located]) -> Extent:
    """Return where the data of a table may stand, given the other tables found."""
    region, last = located.region, LAST_ROW
    tops = [
        (other.region.row, other.region.left, other.region.right)
        for other in others
        if other.region.sheet == region.sheet
    ]
    for ref in book.tables():
        place = area(ref.ref)
        if place is not None and ref.sheet == region.sheet and ref != region.table:
            tops.append((place.top, place.left, place.right))
    for top, left, right in tops:
        if top > region.row and left <= region.right and region.left <= right:
            last = min(last, top - 1)
    place = area(region.table.ref) if region.table is not None else None
    if region.table is None or place is None:
        return Extent(region.row + 1, last)
    return Extent(place.top + region.table.header_rows, last, place.bottom, region.table.totals_rows)


def is_blank(value: Value) -> bool:
    """Return whether a cell shows nothing: truly blank, or text of spaces only."""
    return value is None or (isinstance(value, str) and not value.strip())


def read_columns(located: Located) -> dict[int, str]:
    """Return sheet column → header of the columns to read, from left to right.

    These are the recognised ones; for stock with a column per warehouse all that have a header.
    """
    region = located.region
    wanted = set(located.columns.values())
    if located.found_by == "wide":
        wanted = {region.left + place for place, header in enumerate(region.headers) if header}
    return {column: region.headers[column - region.left] or "" for column in sorted(wanted)}


def raw_table(located: Located, extent: Extent, cells: SheetCells, date1904: bool) -> RawTable:
    """Return a table with object arrays, read from the cells themselves."""
    keys = {located.columns["sku"]} if located.found_by == "wide" else set(located.columns.values())
    filled = [
        number for number, row in cells.rows.items() if any(not is_blank(row.get(column)) for column in keys)
    ]
    numbers = np.array(sorted(filled), dtype=np.int64)
    rows = numbers[extent.holds(numbers)]
    columns = []
    for column, header in read_columns(located).items():
        values = cells.column(column_letter(column), rows.tolist())
        columns.append(RawColumn(header, column_letter(column), values))
    if date1904:
        _count_from_1900(located, columns)
    return RawTable(
        located.table.name, located.region.sheet, located.region.row, rows, tuple(columns), located.found_by
    )


def _count_from_1900(located: Located, columns: list[RawColumn]) -> None:
    """Make the serial numbers of dates those of a workbook that counts from 1900."""
    by_letter = {column.letter: column.values for column in columns}
    dates = [column.name for column in located.table.columns if column.kind in (Kind.DATE, Kind.TIME)]
    for name in dates:
        if name in located.columns:
            values = by_letter[column_letter(located.columns[name])]
            values[:] = [_later(value) for value in values]
    if located.table.name == "Settings":
        labels = by_letter[column_letter(located.columns["setting"])]
        values = by_letter[column_letter(located.columns["value"])]
        for place, label in enumerate(labels):
            if isinstance(label, str) and normal_header(label) in _DATE_SETTINGS:
                values[place] = _later(values[place])


def _later(value: Any) -> Any:
    return value + DAYS_1904 if isinstance(value, float) else value
