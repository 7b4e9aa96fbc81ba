"""Formats of ours in the user's list of formats, and cells whose format hides what they hold."""

from __future__ import annotations

from restock.schema.columns import Kind, Table
from restock.schema.inputs import INPUT_TABLES
from restock.text import Words, cell_reference, say
from restock_xl.checking.headers import known_columns
from restock_xl.package.book import Book
from restock_xl.package.cell_edit import restyled, styles_in_columns
from restock_xl.package.date_formats import date_styles
from restock_xl.package.markup import parse, serialise
from restock_xl.package.read import BookContents
from restock_xl.package.references import area, column_letter
from restock_xl.package.styles import Styles
from restock_xl.repair.reference import Reference


class FormatMaker:
    """Numbers of the new book's formats in the book that is repaired; missing ones are appended on `store`."""

    def __init__(self, book: Book, reference: Reference) -> None:
        self._book, self._part = book, book.part_of_kind("styles") or ""
        self._styles = Styles(parse(book.archive.read(self._part), self._part), reference.stylesheet)

    def number(self, index: int) -> int:
        """The user's number of a cell format."""
        return self._styles.cell_format(index)

    def differential(self, index: int) -> int:
        """The user's number of a format that a rule lays over cells."""
        return self._styles.differential_format(index)

    def store(self) -> None:
        """Write the list of formats."""
        self._book.archive.write(self._part, serialise(self._styles.tree))


def put_back_formats(contents: BookContents, reference: Reference, words: Words) -> list[str]:
    """Show dates as dates where a column holds dates, and blank cells of numbers as numbers."""
    book, done = contents.book, []
    dates = date_styles(book)
    for ref in book.tables() if book.owned() else ():
        table = next((one for one in INPUT_TABLES.values() if one.name.casefold() == ref.name.casefold()), None)
        place = area(ref.ref)
        if table is None or place is None or table.name in ("Sales", "Settings"):
            continue
        known = known_columns(table, list(ref.columns))
        columns = {place.left + known[one.name]: one for one in table.columns if one.name in known}
        part = book.part_of_sheet(ref.sheet)
        xml = book.archive.read(part)
        cells = contents.cells(ref.sheet)
        wrong = {}
        for (row, number), style in styles_in_columns(xml, set(columns)).items():
            column, value = columns[number], cells.at(row, number)
            if place.top < row <= place.bottom and _hides(column.kind, value, style in dates):
                wrong[row, number] = column.name
        if wrong:
            formats, own = FormatMaker(book, reference), reference.cell_styles(table)
            styles = {at: formats.number(own[name]) for at, name in wrong.items()}
            formats.store()
            book.archive.write(part, restyled(xml, styles))
            done.append(_sentence(table, ref.sheet, wrong, words))
    return done


def _hides(kind: Kind, value: object, is_date: bool) -> bool:
    if kind is Kind.NUMBER:
        return is_date and value is None  # a number there stays as it is seen: it may be a 1.5 that became a date
    if kind in (Kind.DATE, Kind.TIME):
        return not is_date and isinstance(value, float)
    return False


def _sentence(table: Table, sheet: str, wrong: dict[tuple[int, int], str], words: Words) -> str:
    row, column = min(wrong)
    reference = cell_reference(sheet, f"{column_letter(column)}{row}", words)
    return say("repair.formats", words, ref=reference, count=len(wrong))
