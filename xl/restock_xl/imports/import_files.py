"""Files into a book: read, held against the book, shown, and only then written, with the old book kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from restock.errors import InputError
from restock.text import Words
from restock_xl.hosts.headless import HeadlessHost
from restock_xl.package.read import BookContents

from .book_changes import names_of, tables_of, with_changes
from .log import day_of, log_sheet, read_log
from .one_file import FileImport, Wishes, find_changes, log_line, preview_lines, read_import
from .source_file import read_source


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
                contents = with_changes(contents, found, self.wishes, self.words)
                lines.insert(0, log_line(found, self.wishes.today, self.words))
        log = log_sheet(contents, lines, self.words)
        draft = self.host.draft(contents, [log], {}, self.wishes.today, reveal=[log.name])
        path = self.host.apply(draft, now)
        self.backup = self.host.backup
        return path


def prepare_import(book: Path, files: Sequence[Path], wishes: Wishes) -> Import:
    """Return what some files would change in a book; nothing is written.

    Raises:
        WorkbookError: The book cannot be read or edited safely.
    """
    host = HeadlessHost(book)
    contents = host.read()
    words = Words(contents.raw.language, today=wishes.today)
    found = Import(words, host, contents, wishes)
    names, log, seen = names_of(contents), read_log(contents), set[str]()
    for path in dict.fromkeys(files):
        try:
            one = read_import(read_source(path, words), names, wishes, words)
            one.before = wishes.today if one.fingerprint in seen else day_of(log, one.fingerprint)
            seen.add(one.fingerprint)
            find_changes(one, tables_of(contents, one, words), names, wishes, words)
        except InputError as error:
            found.failed.append(str(error))
        else:
            found.files.append(one)
    return found
