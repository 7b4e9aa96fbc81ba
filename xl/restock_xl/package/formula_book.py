"""A workbook file as the formula engine takes it: typed columns, formulas, tables and names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass

from restock.formula import Column, Sheet, Table, Workbook

from .book import Book
from .dynamic_arrays import dynamic_array_numbers
from .escapes import decode
from .markup import damaged, parse, whole_number
from .references import area
from .shared_strings import SharedStrings
from .sheet_columns import hidden_rows, holds_plain_values, may_hold_formulas, read_columns
from .sheet_rows import SheetMarkup
from .typed_cells import CellReader

_FILTER = re.compile(rb'<autoFilter\s[^>]*?\bref="([^"]+)"[^>]*>\s*<filterColumn')
_KEPT_BYTES = 64 << 20  # a larger sheet without formulas is unpacked again when something reads it


@dataclass(frozen=True)
class FormulaBook:
    """A workbook for `restock.formula.recalculate`, and the sheets with formulas as they stand in the file.

    Attributes:
        parts: Sheet name → part, of every worksheet.
        markups: Sheet name → markup, of those that hold formulas.
    """

    book: Book
    workbook: Workbook
    parts: dict[str, str]
    markups: dict[str, SheetMarkup]


def formula_book(book: Book) -> FormulaBook:
    """Return a book as the engine takes it.

    A sheet without formulas is read only when the first formula that needs it is evaluated. Chart sheets are left out.

    Raises:
        WorkbookError: A part is damaged or missing.
    """
    strings = SharedStrings(book.archive, book.part_of_kind("sharedStrings"))
    reader, dynamic = CellReader(strings, book.date1904), _dynamic_numbers(book)
    worksheets = {relation.target for relation in book.relationships if relation.kind == "worksheet"}
    sheets, parts, markups = [], {}, {}
    for sheet in book.sheets:
        if sheet.part is None:
            raise damaged(f'the sheet "{sheet.name}"', "its part is missing")
        if sheet.part in worksheets:
            loaded, markup = _sheet(book, sheet.name, sheet.part, reader, dynamic)
            sheets.append(loaded)
            parts[sheet.name] = sheet.part
            if markup is not None:
                markups[sheet.name] = markup
    names, sheet_names = _names(book)
    workbook = Workbook(sheets, _tables(book), names, sheet_names, book.date1904)
    return FormulaBook(book, workbook, parts, markups)


class LazyColumns(MutableMapping[int, Column]):
    """The columns of a sheet without formulas, read when one of them is first asked for."""

    def __init__(self, read: Callable[[], dict[int, Column]]) -> None:
        self._read: Callable[[], dict[int, Column]] | None = read
        self._columns: dict[int, Column] = {}

    @property
    def is_loaded(self) -> bool:
        """Whether the sheet was read."""
        return self._read is None

    @property
    def loaded(self) -> dict[int, Column]:
        """The columns themselves."""
        if self._read is not None:
            read, self._read = self._read, None
            self._columns = read()
        return self._columns

    def __getitem__(self, number: int) -> Column:
        return self.loaded[number]

    def __setitem__(self, number: int, column: Column) -> None:
        self.loaded[number] = column

    def __delitem__(self, number: int) -> None:
        del self.loaded[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self.loaded)

    def __len__(self) -> int:
        return len(self.loaded)


def _sheet(
    book: Book, name: str, part: str, reader: CellReader, dynamic: frozenset[int]
) -> tuple[Sheet, SheetMarkup | None]:
    """Return a sheet, and its markup where it holds formulas."""
    if book.archive.unpacked_size(part) > _KEPT_BYTES and holds_plain_values(book.archive, part):
        return Sheet(name, LazyColumns(lambda: _later(book, part, reader, None))), None
    markup = SheetMarkup(book.archive.read(part), part)
    hidden, filtered = _hidden_rows(book, name, markup)
    if may_hold_formulas(markup):
        content = read_columns(markup, part, reader, dynamic)
        if content.formulas or content.shared or content.arrays:
            formulas: dict[int, tuple[Sequence[int], Sequence[str]]] = dict(content.formulas)
            sheet = Sheet(name, content.columns, formulas, content.shared, content.arrays, hidden, filtered)
            return sheet, markup
        return Sheet(name, content.columns, hidden_rows=hidden, filtered_rows=filtered), None
    columns = LazyColumns(lambda: _later(book, part, reader, markup))
    return Sheet(name, columns, hidden_rows=hidden, filtered_rows=filtered), None


def _hidden_rows(book: Book, name: str, markup: SheetMarkup) -> tuple[frozenset[int], frozenset[int]]:
    """Return the rows that a person hid, and those that a filter hides: hidden ones in the range of a filter in use."""
    hidden = hidden_rows(markup)
    if not hidden:
        return hidden, hidden
    ranges = [found.decode("utf-8", "replace") for found in _FILTER.findall(markup.data, markup.bounds[1])]
    ranges += [ref.ref for ref in book.tables() if ref.sheet == name and b"filterColumn" in book.archive.read(ref.part)]
    places = [place for place in map(area, ranges) if place is not None]
    filtered = frozenset(row for row in hidden if any(place.top < row <= place.bottom for place in places))
    return hidden - filtered, filtered


def _later(book: Book, part: str, reader: CellReader, kept: SheetMarkup | None) -> dict[int, Column]:
    return read_columns(kept or SheetMarkup(book.archive.read(part), part), part, reader).columns


def _dynamic_numbers(book: Book) -> frozenset[int]:
    part = book.part_of_kind("sheetMetadata")
    return frozenset() if part is None else dynamic_array_numbers(parse(book.archive.read(part), part))


def _tables(book: Book) -> list[Table]:
    found = []
    for ref in book.tables():
        place = area(ref.ref)
        if place is not None:
            found.append(Table(ref.name, ref.sheet, *place, ref.columns, ref.header_rows, ref.totals_rows))
    return found


def _names(book: Book) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """Return the names that hold everywhere, and those of single sheets."""
    names: dict[str, str] = {}
    local: dict[tuple[str, str], str] = {}
    for element in book.defined_names:
        key = decode(element.get("name") or "").upper()
        text = decode(element.text or "").strip().removeprefix("=")
        index = whole_number(element.get("localSheetId"), default=-1)
        if not key or not text:
            continue
        if index < 0:
            names[key] = text
        elif index < len(book.sheets):
            local[book.sheets[index].name.upper(), key] = text
    return names, local
