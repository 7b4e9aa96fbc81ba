"""Which cells of a sheet are formatted as dates: what a program makes of 1.5 where 1.5 is the first of May."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from restock.schema.columns import Kind
from restock.schema.date_cell import FIRST_SERIAL, LAST_SERIAL, moment
from restock.schema.raw import RawTable

from .book import Book
from .iso_serial import DAYS_1904
from .locate import Located
from .markup import elements, parse, whole_number
from .references import column_letter, column_number

_STYLE = re.compile(rb"""\ss\s*=\s*["'](\d+)["']""")
Place = tuple[int, int]


def date_styles(book: Book) -> set[int]:
    """Return the numbers of the cell formats that show dates."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

    part = book.part_of_kind("styles")
    if part is None:
        return set()
    root = parse(book.archive.read(part), part)
    custom = elements(root.find("{*}numFmts"))
    codes = {whole_number(one.get("numFmtId")): one.get("formatCode") or "" for one in custom}
    found = set()
    for number, one in enumerate(elements(root.find("{*}cellXfs"))):
        code = whole_number(one.get("numFmtId"))
        is_local = 27 <= code <= 36 or 50 <= code <= 58  # dates of East Asian Excel, which have no code in the file
        if is_local or is_date_format(codes.get(code, BUILTIN_FORMATS.get(code, ""))):
            found.add(number)
    return found


def style_of(xml: bytes, row: int, column: int) -> int:
    """Return the number of a cell's format, 0 where it states none."""
    reference = f"{column_letter(column)}{row}".encode()
    found = re.search(rb"""<(?:[\w.-]+:)?c\b[^>]*?\sr\s*=\s*["']%b["'][^>]*>""" % reference, xml)
    style = _STYLE.search(found.group()) if found else None
    return int(style.group(1)) if style else 0


def formatted_as_dates(book: Book, sheet: str, places: Iterable[Place]) -> set[Place]:
    """Return which of some cells, by row and column, are formatted as dates."""
    styles, xml = date_styles(book), book.archive.read(book.part_of_sheet(sheet))
    return {place for place in places if style_of(xml, *place) in styles}


def with_dates_named(table: RawTable, located: Located, book: Book) -> RawTable:
    """Return the table with numbers that the sheet shows as dates as dates, where a column should hold numbers."""
    kinds = {column_letter(number): located.table[name].kind for name, number in located.columns.items()}
    suspects: dict[Place, tuple[int, int]] = {}
    for number, column in enumerate(table.columns):
        if kinds.get(column.letter) is Kind.NUMBER:
            for position in _like_dates(column.values):
                place = int(table.rows[position]), column_number(column.letter)
                suspects[place] = number, position
    if suspects:
        shift = DAYS_1904 if book.date1904 else 0
        for place in formatted_as_dates(book, table.sheet, suspects):
            number, position = suspects[place]
            values: Any = table.columns[number].values
            values[position] = _date(values[position] + shift)
    return table


def _like_dates(values: Any) -> list[int]:
    return [
        position
        for position, value in enumerate(values)
        if type(value) is float and FIRST_SERIAL <= value <= LAST_SERIAL and value.is_integer()
    ]


def _date(serial: float) -> dt.date:
    return moment(serial).date()
