"""Files into a book: read, held against the book, shown, and only then written, with the old book kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from restock.errors import InputError
from restock.imports.own_names import OwnNames, own_names
from restock.text import Words
from restock_xl.heal import heal_stock
from restock_xl.hosts.headless import HeadlessHost
from restock_xl.package.book import Book
from restock_xl.package.read import BookContents, contents_of

from .book_rows import BookTable, book_table, table_rows
from .log import day_of, log_sheet, read_log
from .one_file import FileImport, Wishes, find_changes, log_line, needed_tables, preview_lines, read_import
from .source_file import read_source
from .write import write_changes

_NAMING = ("Stock", "Catalog", "Bundles", "Warehouses", "SkuMap")
_CELL_BY_CELL = 1 << 62  # a sheet in memory is not read in bulk, which reads the file


@dataclass
class Import:
    """An import that is ready to be written, or was.

    Attributes:
        files: What each file changes.
        failed: A sentence for each file of which nothing can be used.
        backup: The book as it was, once it has been replaced.
    """

    words: Words
    host: HeadlessHost
    contents: BookContents
    wishes: Wishes
    files: list[FileImport] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    backup: Path | None = None

    @property
    def changes_anything(self) -> bool:
        """Whether anything would be written; a file that only confirms what stands is logged too."""
        return any(found.before is None for found in self.files)

    def lines(self) -> list[str]:
        """What is said before anything is written."""
        return [line for found in self.files for line in preview_lines(found, self.words)] + self.failed

    def write(self, now: dt.datetime) -> Path:
        """Write what the files change into the book and return it.

        Raises:
            WorkbookError: The book cannot be written; it is as it was.
            InputError: A sheet is full or ends in a row of totals.
        """
        contents, lines = self.contents, read_log(self.contents)
        for found in self.files:
            if found.before is None:
                contents = self._written(contents, found)
                lines.insert(0, log_line(found, self.wishes.today, self.words))
        log = log_sheet(contents, lines, self.words)
        draft = self.host.draft(contents, [log], {}, self.wishes.today, reveal=[log.name])
        path = self.host.apply(draft, now)
        self.backup = self.host.backup
        return path

    def _written(self, contents: BookContents, found: FileImport) -> BookContents:
        """The book after a file; its changes are found anew, since an earlier file may have moved rows."""
        tables, names = _tables(contents, found, self.words), _names(contents)
        anew = replace(found, changes={}, notes=[])
        find_changes(anew, tables, names, self.wishes, self.words)
        found.changes = anew.changes
        for name, changes in anew.changes.items():
            write_changes(contents, tables[name], changes, self.words)
        contents = _reread(contents)
        healed = heal_stock(contents)
        return _reread(contents) if healed else contents


def prepare_import(book: Path, files: Sequence[Path], wishes: Wishes) -> Import:
    """Return what some files would change in a book; nothing is written.

    Raises:
        WorkbookError: The book cannot be read or edited safely.
    """
    host = HeadlessHost(book)
    contents = host.read()
    words = Words(contents.raw.language, today=wishes.today)
    found = Import(words, host, contents, wishes)
    names, log, seen = _names(contents), read_log(contents), set[str]()
    for path in dict.fromkeys(files):
        try:
            one = read_import(read_source(path, words), names, wishes, words)
            one.before = wishes.today if one.fingerprint in seen else day_of(log, one.fingerprint)
            seen.add(one.fingerprint)
            find_changes(one, _tables(contents, one, words), names, wishes, words)
        except InputError as error:
            found.failed.append(str(error))
        else:
            found.files.append(one)
    return found


def _reread(contents: BookContents) -> BookContents:
    return contents_of(Book(contents.book.path, contents.book.archive), _CELL_BY_CELL)


def _names(contents: BookContents) -> OwnNames:
    return own_names({name: table_rows(contents, name) for name in _NAMING})


def _tables(contents: BookContents, found: FileImport, words: Words) -> dict[str, BookTable]:
    return {name: book_table(contents, name, words) for name in needed_tables(found)}
