"""What a file changes, put into a book in memory."""

from __future__ import annotations

from dataclasses import replace

from restock.imports.own_names import OwnNames, own_names
from restock.text import Words
from restock_xl.heal import heal_stock
from restock_xl.package.book import Book
from restock_xl.package.read import BookContents, contents_of

from .book_rows import BookTable, book_table, table_rows
from .one_file import FileImport, Wishes, find_changes, needed_tables
from .write import write_changes

_NAMING = ("Stock", "Catalog", "Bundles", "Warehouses", "SkuMap")
_CELL_BY_CELL = 1 << 62  # a sheet in memory is not read in bulk, which reads the file


def names_of(contents: BookContents) -> OwnNames:
    """The SKUs, warehouses and SKU map of a book."""
    return own_names({name: table_rows(contents, name) for name in _NAMING})


def tables_of(contents: BookContents, found: FileImport, words: Words) -> dict[str, BookTable]:
    """The tables of the book that a file concerns; none in whose place a pasted export stands.

    Raises:
        InputError: The book lacks one of them.
    """
    names = [name for name in needed_tables(found) if name not in contents.standing]
    return {name: book_table(contents, name, words) for name in names}


def with_changes(contents: BookContents, found: FileImport, wishes: Wishes, words: Words) -> BookContents:
    """Return the book after a file; what it changes is found anew, since an earlier file may have moved rows.

    Raises:
        InputError: A sheet is full or ends in a row of totals.
    """
    anew = replace(found, changes={}, notes=[])
    tables = tables_of(contents, found, words)
    find_changes(anew, tables, names_of(contents), wishes, words)
    found.changes = anew.changes
    for name, changes in anew.changes.items():
        write_changes(contents, tables[name], changes, words)
    contents = _reread(contents)
    return _reread(contents) if heal_stock(contents) else contents


def _reread(contents: BookContents) -> BookContents:
    return contents_of(Book(contents.book.path, contents.book.archive), _CELL_BY_CELL)
