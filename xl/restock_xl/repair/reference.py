"""A new book in the language of the one to be repaired: what stands there by right."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from lxml import etree

from restock.schema.columns import Table, normal_header
from restock.schema.inputs import INPUT_TABLES
from restock_xl.checking.headers import columns_of
from restock_xl.package.book import Book
from restock_xl.package.cell_edit import styles_of_row
from restock_xl.package.markup import parse
from restock_xl.package.read import BookContents
from restock_xl.package.references import area
from restock_xl.package.sheet_frame_edit import frame_of
from restock_xl.sheets.layout import FIRST_ROW, HEADER_ROW
from restock_xl.sheets.new_book import new_book


@dataclass(frozen=True)
class Reference:
    """A new book."""

    language: str
    book: Book

    @classmethod
    def like(cls, contents: BookContents) -> Reference:
        """Make one in the language of most headers of the book's tables."""
        language = header_language(contents)
        return cls(language, _new_book(language))

    def frame(self, table: Table) -> etree._Element:
        """The sheet of a table, without its rows."""
        part = self._part(table)
        return frame_of(self.book.archive.read(part), part)

    def cell_styles(self, table: Table) -> dict[str, int]:
        """The number of the format of each column's cells, by column name."""
        return self._styles(table, FIRST_ROW + 1)

    def header_styles(self, table: Table) -> dict[str, int]:
        """The number of the format of each column's header."""
        return self._styles(table, HEADER_ROW + 1)

    @cached_property
    def stylesheet(self) -> etree._Element:
        """Its formats."""
        part = self.book.part_of_kind("styles") or ""
        return parse(self.book.archive.read(part), part)

    def _styles(self, table: Table, row: int) -> dict[str, int]:
        found = styles_of_row(self.book.archive.read(self._part(table)), row)
        return {column.name: int(found.get(k, b"0")) for k, column in enumerate(columns_of(table), start=1)}

    def _part(self, table: Table) -> str:
        return self.book.part_of_sheet(table.sheet_name(self.language))


@cache
def _new_book(language: str) -> Book:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new.xlsx"
        new_book(path, language)
        return Book(path)


def header_language(contents: BookContents) -> str:
    """Return the language in which most headers of ours stand."""
    votes = {"en": 0, "zh": 0}
    for ref in contents.book.tables():
        table = next((one for one in INPUT_TABLES.values() if one.name.casefold() == ref.name.casefold()), None)
        if table is None or area(ref.ref) is None:
            continue
        shown = {normal_header(header) for header in ref.columns}
        for column in columns_of(table):
            for language in votes:
                votes[language] += normal_header(column.header(language)) in shown
    return "zh" if votes["zh"] > votes["en"] else "en"
