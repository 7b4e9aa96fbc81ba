"""Typed values put into cells of a book: nothing but the bytes of these cells changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from restock_xl.exports.returning.gathering import Change
from restock_xl.package.archive import Archive
from restock_xl.package.book import Book
from restock_xl.package.cell_edit import Place, set_cells, styles_of_row
from restock_xl.package.markup import elements, main_tag, parse, whole_number
from restock_xl.sheets.values import serial


def with_changes(book: Book, changes: Iterable[Change]) -> Archive:
    """The package of a book with the changes in it; the book itself stays as it was read."""
    by_sheet: dict[str, list[Change]] = {}
    for change in changes:
        by_sheet.setdefault(change.sheet, []).append(change)
    archive, dated = book.archive.copy(), date_styles(book)
    for sheet, found in by_sheet.items():
        part = book.part_of_sheet(sheet)
        data = archive.read(part)
        archive.write(part, set_cells(data, _values(data, found, dated, book.date1904)))
    return archive


def _values(data: bytes, changes: list[Change], dated: set[int], date1904: bool) -> dict[Place, Any]:
    styles: dict[int, dict[int, bytes]] = {}
    values: dict[Place, Any] = {}
    for change in changes:
        value = change.value
        if isinstance(value, dt.datetime):
            if change.row not in styles:
                styles[change.row] = styles_of_row(data, change.row)
            value = _day(value, int(styles[change.row].get(change.column, b"0")) in dated, date1904)
        values[change.row, change.column] = value
    return values


def _day(day: dt.datetime, shows_dates: bool, date1904: bool) -> float | str:
    """A date as its cell can show it: where the cell would show a number, as year-month-day, which counts too (§4)."""
    return float(serial(day.date(), date1904)) if shows_dates else f"{day:%Y-%m-%d}"


def date_styles(book: Book) -> set[int]:
    """The numbers of the cell formats that show a number as a date."""
    part = book.part_of_kind("styles")
    if part is None:
        return set()
    root = parse(book.archive.read(part), part)
    own = {
        whole_number(entry.get("numFmtId")): entry.get("formatCode") or ""
        for entry in elements(root.find(main_tag("numFmts")))
    }
    found = set()
    for place, entry in enumerate(elements(root.find(main_tag("cellXfs")))):
        number = whole_number(entry.get("numFmtId"))
        if is_date_format(own.get(number) or BUILTIN_FORMATS.get(number, "General")):
            found.add(place)
    return found
