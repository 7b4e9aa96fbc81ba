"""Changes written into the sheets of a book in memory; everything else in it stays as it lies in the file."""

from __future__ import annotations

import datetime as dt
from typing import Any

from restock.imports.changes import Changes
from restock.schema.date_cell import EPOCH
from restock.text import Words
from restock_xl.package.cell_edit import NewValue, Place, set_cells, styles_of_row
from restock_xl.package.iso_serial import DAYS_1904
from restock_xl.package.read import BookContents
from restock_xl.package.references import area
from restock_xl.package.table_edit import edit_table, stretched_rules

from .book_rows import BookTable, free_rows


def write_changes(contents: BookContents, table: BookTable, changes: Changes, words: Words) -> None:
    """Put the changes of a table into its sheet and let its Excel table reach over them."""
    book, part = contents.book, contents.book.part_of_sheet(table.sheet)
    data = book.archive.read(part)
    styles = styles_of_row(data, table.header_row + 1)
    cells: dict[Place, Any] = {
        (row, place): None for row in changes.cleared for place in table.columns.values()
    }
    for row, values in changes.changed.items():
        _set(cells, row, values, table, styles, book.date1904)
    last = table.bottom
    for row, values in zip(_rows(contents, table, changes, words), changes.added, strict=False):
        _set(cells, row, values, table, styles, book.date1904)
        last = max(last, row)
    data = set_cells(data, cells)
    place = None if table.ref is None else area(table.ref.ref)
    if table.ref is not None and place is not None and last > place.bottom and table.name != "Stock":
        edit_table(book, table.ref, last, {})
        data = stretched_rules(data, place, last)
    book.archive.write(part, data)


def _rows(contents: BookContents, table: BookTable, changes: Changes, words: Words) -> Any:
    return free_rows(contents, table, changes.cleared, words) if changes.added else iter(())


def _set(
    cells: dict[Place, Any], row: int, values: dict[str, Any], table: BookTable, styles: dict[int, bytes],
    date1904: bool,
) -> None:  # fmt: skip
    for name, value in values.items():
        place = table.columns.get(name)
        if place is not None:
            cells[row, place] = NewValue(_stored(value, date1904), styles.get(place, b""))


def _stored(value: Any, date1904: bool) -> Any:
    """A day as the number that the book's cells count."""
    if isinstance(value, dt.date):
        serial = (value - dt.date(1970, 1, 1)).days + EPOCH
        return float(serial - DAYS_1904 if date1904 else serial)
    return value
