"""What a sheet does to the rows of a table: hides them by a filter, or merges their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from restock.schema.raw import RawTable
from restock.schema.tables import Problem
from restock_xl.package.book import Book
from restock_xl.package.markup import parse
from restock_xl.package.read import BookContents
from restock_xl.package.references import Area, area, column_letter, column_number

LARGEST = 20_000_000
"""Bytes of a sheet that a press still looks through for this; a check on its own looks through all."""
_MERGED = re.compile(rb"""<(?:[\w.-]+:)?mergeCell\s[^>]*?\bref\s*=\s*["']([^"']+)["']""")
_FILTER = re.compile(rb"<(?:[\w.-]+:)?filterColumn\b")
_HIDDEN = re.compile(
    rb"""<(?:[\w.-]+:)?row\b(?=[^>]*?\shidden\s*=\s*["'](?:1|true)["'])[^>]*?\sr\s*=\s*["'](\d+)["']"""
)


def mark_problems(contents: BookContents, largest: int | None = LARGEST) -> list[Problem]:
    """Return filtered and merged rows of every input table.

    Args:
        largest: Bytes; larger sheets are passed over. None: no sheet is.
    """
    book, found = contents.book, []
    for name, table in contents.raw.tables.items():
        part = book.part_of_sheet(table.sheet)
        if largest is not None and book.archive.unpacked_size(part) > largest:
            continue
        xml = book.archive.read(part)
        place = _place(book, table)
        found += [*_hidden(book, name, table.sheet, xml, place), *_merged(name, table.sheet, xml, place)]
    return found


def _place(book: Book, table: RawTable) -> Area:
    """The columns of a table, calculated ones too, and its rows as far as they are filled."""
    last = int(table.rows.max(initial=table.header_row))
    for ref in book.tables():
        one = area(ref.ref)
        if ref.sheet == table.sheet and ref.name.casefold() == table.table.casefold() and one is not None:
            return Area(one.top, one.left, last, one.right)
    letters = [column_number(column.letter) for column in table.columns]
    return Area(table.header_row, min(letters, default=1), last, max(letters, default=1))


def _hidden(book: Book, name: str, sheet: str, xml: bytes, place: Area) -> Iterator[Problem]:
    if not _is_filtered(book, sheet, xml, place):
        return
    hidden = [int(row) for row in _HIDDEN.findall(xml) if place.top < int(row) <= place.bottom]
    if hidden:
        cell = f"{column_letter(place.left)}{hidden[0]}"
        yield Problem("check.filtered", "note", name, sheet, cell, params={"count": len(hidden), "row": hidden[0]})


def _is_filtered(book: Book, sheet: str, xml: bytes, place: Area) -> bool:
    tail = xml[xml.rfind(b"sheetData>") :]
    if _FILTER.search(tail):
        return True
    for ref in book.tables():
        one = area(ref.ref)
        if ref.sheet == sheet and one is not None and one.top == place.top:
            root = parse(book.archive.read(ref.part), ref.part)
            return root.find("{*}autoFilter/{*}filterColumn") is not None
    return False


def _merged(name: str, sheet: str, xml: bytes, place: Area) -> Iterator[Problem]:
    for reference in _MERGED.findall(xml, max(xml.rfind(b"sheetData>"), 0)):
        one = area(reference.decode())
        if one is not None and _overlap(one, place):
            first = f"{column_letter(one.left)}{one.top}"
            params = {"range": reference.decode()}
            yield Problem("check.merged", "note", name, sheet, first, params=params)


def _overlap(one: Area, other: Area) -> bool:
    rows = one.top <= other.bottom and other.top <= one.bottom
    return rows and one.left <= other.right and other.left <= one.right


