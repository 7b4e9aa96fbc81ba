"""Everything the engine needs of a workbook file, and what the sheets show and calculate."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from restock.schema.columns import normal_header
from restock.schema.raw import RawBook, RawTable
from restock.schema.settings import SETTINGS_BY_KEY
from restock.schema.words import key_of

from .book import Book, TableRef
from .bulk import BULK_BYTES, bulk_table
from .cells import SheetCells, Value
from .date_formats import with_dates_named
from .locate import AlsoFound, Findings, Located, header_regions, locate
from .pasted import PastedTable, in_their_place, pasted_tables
from .raw_tables import extent_of, raw_table
from .references import area
from .sheet_store import SheetStore
from .wide_stock import find_wide_stock

_CHINESE = re.compile("[\u4e00-\u9fff]")
_LANGUAGE = SETTINGS_BY_KEY["language"]


@dataclass(frozen=True)
class TableCells:
    """The content of an Excel table: `rows` map headers to values, `numbers` are their rows on the sheet.

    `left` is the column of the first header.
    """

    sheet: str
    header_row: int
    left: int
    headers: tuple[str, ...]
    rows: list[dict[str, Value]]
    numbers: list[int]


@dataclass
class BookContents:
    """What was read from a workbook; sheets are parsed when their cells are first asked for.

    Attributes:
        raw: The input tables, as the engine takes them.
        book: The workbook as a package.
        also_found: Headers that would have done for a table for which better ones were taken.
        pasted: Exports of known platforms on sheets of the book.
        standing: Input tables in whose place such an export stands.
    """

    raw: RawBook
    book: Book
    also_found: list[AlsoFound]
    _sheets: SheetStore = field(repr=False)
    pasted: list[PastedTable] = field(default_factory=list)
    standing: frozenset[str] = frozenset()

    def cells(self, sheet_name: str) -> SheetCells:
        """Return the cells of a sheet.

        Raises:
            WorkbookError: There is no such sheet.
        """
        return self._sheets.cells(sheet_name)

    def table_cells(self, table_name: str, under: bool = False) -> TableCells | None:
        """Return the content of an Excel table without blank rows and totals, or None where there is none.

        Args:
            under: Also read rows right under the table, which programs other than Excel do not make part of it.
        """
        for ref in self.book.tables():
            if ref.name.casefold() == table_name.casefold():
                return _table_cells(ref, self.cells(ref.sheet), under and not ref.totals_rows)
        return None


def read_book(path: Path | str, bulk_bytes: int = BULK_BYTES) -> BookContents:
    """Return the input tables of a workbook and access to its cells.

    Args:
        path: An .xlsx or .xlsm file; it is only read.
        bulk_bytes: Sales on a sheet with at least this much XML is read in bulk.
    Raises:
        WorkbookError: The file is no workbook that can be read safely.
    """
    return contents_of(Book(Path(path)), bulk_bytes)


def contents_of(book: Book, bulk_bytes: int = BULK_BYTES) -> BookContents:
    """Return the input tables of a book in memory and access to its cells; Sales in bulk comes from its file."""
    sheets = SheetStore(book)
    pasted = pasted_tables(book, sheets.cells)
    taken = {one.sheet for one in pasted}
    regions = [region for region in header_regions(book, sheets.cells) if region.sheet not in taken]
    findings = locate(regions, lambda found: find_wide_stock(regions, found, sheets.cells))
    tables = _read_tables(book, sheets, findings, bulk_bytes)
    standing = in_their_place(pasted, tables)
    raw = RawBook(tables | standing, _language(tables | standing))
    return BookContents(raw, book, findings.also_found, sheets, pasted, frozenset(standing))


def _read_tables(book: Book, sheets: SheetStore, findings: Findings, bulk_bytes: int) -> dict[str, RawTable]:
    tables = {}
    for name, located in findings.tables.items():
        others = [other for other in findings.tables.values() if other is not located]
        extent = extent_of(located, book, others)
        cells = sheets.cells(located.region.sheet)
        table = None
        if _is_bulk(book, located, bulk_bytes):
            in_file = book.names_in_file.get(located.region.sheet, located.region.sheet)
            table = bulk_table(book.path, located, extent, cells, in_file)
        if table is None:
            table = with_dates_named(raw_table(located, extent, cells, book.date1904), located, book)
        tables[name] = table
    return tables


def _is_bulk(book: Book, located: Located, bulk_bytes: int) -> bool:
    if located.table.name != "Sales" or book.date1904:
        return False
    return book.archive.unpacked_size(book.part_of_sheet(located.region.sheet)) >= bulk_bytes


def _language(tables: dict[str, RawTable]) -> str:
    """Return what Settings says, else the language of most headers of Stock, else English."""
    stated = _stated_language(tables["Settings"]) if "Settings" in tables else None
    if stated is not None:
        return stated
    headers = [header for header in tables["Stock"].headers() if header] if "Stock" in tables else []
    telling = [header for header in headers if normal_header(header) != "sku"]
    chinese = sum(_CHINESE.search(header) is not None for header in telling)
    return "zh" if 2 * chinese > len(telling) else "en"


def _stated_language(settings: RawTable) -> str | None:
    by_name = {column.header: column.values for column in settings.columns}
    labels, values = (by_name[header] for header in _setting_headers(settings))
    wanted = {normal_header(text) for text in (_LANGUAGE.key, _LANGUAGE.en, _LANGUAGE.zh)}
    for label, value in zip(labels, values, strict=True):
        if isinstance(label, str) and normal_header(label) in wanted and isinstance(value, str):
            return key_of("language", value)
    return None


def _setting_headers(settings: RawTable) -> tuple[str, str]:
    from restock.schema.inputs import SETTINGS

    headers = settings.headers()
    found = SETTINGS.match_headers(headers)
    return str(headers[found["setting"]]), str(headers[found["value"]])


def _table_cells(ref: TableRef, cells: SheetCells, under: bool) -> TableCells | None:
    place = area(ref.ref)
    if place is None:
        return None
    first, last = place.top + ref.header_rows, place.bottom - ref.totals_rows
    while under and _shows(cells.row(last + 1), place.left, place.right):
        last += 1
    numbers = [
        number for number in range(first, last + 1) if _shows(cells.row(number), place.left, place.right)
    ]
    rows = [_named_row(cells.row(number), ref.columns, place.left) for number in numbers]
    return TableCells(ref.sheet, place.top, place.left, ref.columns, rows, numbers)


def _shows(row: dict[int, Value], left: int, right: int) -> bool:
    return any(left <= column <= right for column in row)


def _named_row(row: dict[int, Value], headers: Iterable[str], left: int) -> dict[str, Any]:
    return {header: row.get(left + place) for place, header in enumerate(headers)}
