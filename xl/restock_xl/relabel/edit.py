"""Change the labels of a book in memory: names first, for formulas follow them, then cells, then our formulas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from restock.schema.inputs import INPUT_TABLES
from restock_xl.package.book import Book
from restock_xl.package.cell_edit import set_cells
from restock_xl.package.read import BookContents, contents_of
from restock_xl.package.scratch_book import renamed
from restock_xl.relabel.cells import Texts, new_headers, new_labels, new_words
from restock_xl.relabel.frames import relabel_buttons, rename_columns, with_messages
from restock_xl.relabel.names import NewNames
from restock_xl.relabel.pivots import pivots_of_ours, relabel_pivots
from restock_xl.relabel.stock import Ours, relabel_stock


@dataclass(frozen=True)
class Changes:
    """What will be changed in cells; by sheet under its old name."""

    headers: Mapping[str, Texts]
    words: Mapping[str, Texts]
    labels: Mapping[str, Texts]

    def __bool__(self) -> bool:
        """Whether any cell changes."""
        return any(texts for part in (self.headers, self.words, self.labels) for texts in part.values())

    def of_sheet(self, sheet: str) -> Texts:
        """The cells of one sheet."""
        return {**self.labels.get(sheet, {}), **self.words.get(sheet, {}), **self.headers.get(sheet, {})}

    def count(self, part: Mapping[str, Texts]) -> int:
        """How many cells change."""
        return sum(map(len, part.values()))


def changes_of(contents: BookContents, names: NewNames) -> Changes:
    """Return which cells say something else in the other language."""
    return Changes(new_headers(names), new_words(contents, names), new_labels(contents, names))


def relabelled(contents: BookContents, names: NewNames, changes: Changes, ours: Ours) -> BookContents:
    """Return the book in the other language; our output sheets are still to be written."""
    book = renamed(Book(contents.book.path, contents.book.archive.copy()), names.renaming)
    pivots = {part for _, _, part in pivots_of_ours(contents.book, names)}
    relabel_pivots(book, names, pivots)
    for sheet in contents.book.sheets:
        texts = changes.of_sheet(sheet.name)
        if texts and sheet.part is not None:
            book.archive.write(sheet.part, set_cells(book.archive.read(sheet.part), texts))
    for table in names.tables:
        if table.in_place and table.ref is not None:
            rename_columns(book, table, names.headers(table), names.target)
        if table.key in INPUT_TABLES:
            part = contents.book.part_of_sheet(table.sheet)
            data = book.archive.read(part)
            new = with_messages(data, part, table.key, names.target)
            if new is not data:
                book.archive.write(part, new)
    relabel_buttons(book, names)
    in_file = {new: old for old, new in names.sheets.items()}
    again = contents_of(Book(book.path, book.archive, in_file))
    if not ours:
        return again
    relabel_stock(again, ours)
    return contents_of(Book(book.path, book.archive, in_file))
