"""To which rows the user's cells go: with the key of their row, or below the table where they belong to none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from restock_xl.own.found import OwnSheet
from restock_xl.own.layout import Band, Key, SheetLayout, TableLayout
from restock_xl.sheets.committed_table import COMMITTED_ON

_FIRST_KEPT = 2
"""Rows below a table: the first would be taken for a part of it."""


@dataclass
class BandRows:
    """The rows of one band.

    Attributes:
        body: (place of the table in the band, old row) → rows below the new header.
        tail: Old row → rows below the new last row, from 1.
        labels: Rows below the new last row → the table and the old row whose key is to be stated there.
        joined: Old rows below the table whose key is back: what stated the key goes.
        shift: How far other rows below the table move away from it.
    """

    body: dict[tuple[int, int], int] = field(default_factory=dict)
    tail: dict[int, int] = field(default_factory=dict)
    labels: dict[int, tuple[TableLayout, int]] = field(default_factory=dict)
    joined: set[int] = field(default_factory=set)
    shift: int = 0

    @property
    def length(self) -> int:
        """How many rows are taken below the table."""
        return max(self.tail.values(), default=0)


def band_rows(sheet: OwnSheet, layout: SheetLayout, index: int, new: Band) -> BandRows:
    """Where the rows of a band go, given the band as it is about to be written."""
    old, result = layout.bands[index], BandRows()
    if not sheet.cells and not sheet.comments:
        return result
    for place, (table, after) in enumerate(zip(old.tables, new.tables, strict=True)):
        for key, row in table.keys.items():
            if key in after.keys:
                result.body[place, row] = after.keys[key] - after.header_row
    below = sorted(row for row in _own_rows(sheet) if row > old.last_row and layout.index_of(row) == index)
    # What stands right under a table of accepted lines is read as a line.
    shut = any(table.table.name in COMMITTED_ON for table in old.tables)
    result.shift = int(shut and below[:1] == [old.last_row + 1])
    _join(sheet, old, new, below, result)
    for row in below:
        if row not in result.joined:
            result.tail[row] = row - old.last_row + result.shift
    _keep(sheet, old, new, result)
    return result


def _own_rows(sheet: OwnSheet) -> set[int]:
    return {row for (row, _), cell in sheet.cells.items() if not cell.is_blank} | {row for row, _ in sheet.comments}


def _columns(sheet: OwnSheet, row: int) -> set[int]:
    """The columns in which something of the user's stands in a row, less what we wrote to state a key."""
    found = {column for (one, column), cell in sheet.cells.items() if one == row and not cell.is_blank}
    found |= {column for one, column in sheet.comments if one == row}
    return found - stating_columns(sheet, row)


def stating_columns(sheet: OwnSheet, row: int) -> frozenset[int]:
    """The columns of a row below a table in which a press stated a key that is gone."""
    if row not in sheet.kept or not isinstance(sheet.layout, SheetLayout):
        return frozenset()
    table = sheet.layout.band_of(row).tables[0]
    return frozenset({label_column(table), *(table.column_of.get(name, 0) for name in table.key_columns)})


def label_column(table: TableLayout) -> int:
    """Where a row that is gone is marked: the first column that is no key."""
    return min(column for name, column in table.column_of.items() if name not in table.key_columns)


def _join(sheet: OwnSheet, old: Band, new: Band, below: list[int], result: BandRows) -> None:
    """Rows below the table whose key is back go to it, unless something stands in their place there."""
    used: dict[Key, set[int]] = {}
    for row in below:
        key = sheet.kept.get(row)
        if key is None or key not in new.tables[0].keys:
            continue
        if key not in used:
            here = old.tables[0].keys.get(key)
            used[key] = _columns(sheet, here) if here is not None else set()
        columns = _columns(sheet, row)
        if not columns & used[key]:
            used[key] |= columns
            result.joined.add(row)
            result.body[0, row] = new.tables[0].keys[key] - new.header_row


def _keep(sheet: OwnSheet, old: Band, new: Band, result: BandRows) -> None:
    """Rows whose key is gone, and those of the table that state none, go below it."""
    at = {sheet.kept[row]: row for row in result.tail if row in sheet.kept}
    for table, row, key in _gone(sheet, old, new):
        same = at.get(key)
        if same is not None and not _columns(sheet, same) & _columns(sheet, row):
            result.tail[row] = result.tail[same]
            continue
        result.tail[row] = _next(sheet, result)
        result.labels[result.tail[row]] = (table, row)
    keyless = {row for row in _own_rows(sheet) if old.header_row < row <= old.last_row}
    for row in sorted(keyless - {row for table in old.tables for row in table.rows}):
        if any(column in table.ours for table in old.tables for column in _columns(sheet, row)):
            result.tail[row] = _next(sheet, result)


def _gone(sheet: OwnSheet, old: Band, new: Band) -> Iterator[tuple[TableLayout, int, Key]]:
    for table, after in zip(old.tables, new.tables, strict=True):
        columns = None if old.keyed is not None else range(table.left, table.right + 1)
        for row in sorted(sheet.held_rows(table)):
            key = table.rows[row]
            inside = columns is None or bool(_columns(sheet, row) & set(columns))
            if key not in after.keys and inside:
                yield table, row, (*key[:-1], "1")


def _next(sheet: OwnSheet, result: BandRows) -> int:
    """The next free row below the table; one stays blank behind what the user typed there."""
    last = result.length
    noted = {result.tail[row] for row in result.tail if row in sheet.kept} | set(result.labels)
    return max(_FIRST_KEPT, last + (1 if last in noted or not last else 2))
