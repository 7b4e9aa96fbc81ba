"""Exports pasted on sheets of their own: a press takes them into the input tables, each once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from restock.errors import InputError
from restock.text import Words
from restock_xl.package.read import BookContents
from restock_xl.sheets.model import SheetModel

from .book_changes import names_of, tables_of, with_changes
from .log import day_of, log_sheet, read_log
from .one_file import (
    Wishes,
    find_changes,
    head_line,
    log_line,
    needed_tables,
    preview_lines,
    read_import,
    why_lines,
)
from .source_file import SourceFile


@dataclass(frozen=True)
class Pasted:
    """A book with what was pasted taken in; `log` is the new import log, None where nothing was taken."""

    contents: BookContents
    lines: list[str] = field(default_factory=list)
    log: SheetModel | None = None


def take_pasted(contents: BookContents, today: dt.date) -> Pasted:
    """Take the exports on sheets of their own into Stock, Sales and Inbound, in memory.

    What was taken before is not taken again. An export that cannot be used as a whole is named and left alone; one
    that stands in the place of an input table is read there by itself, and only what of it cannot be used is named.
    """
    words, wishes = Words(contents.raw.language, today=today), Wishes(today)
    log, lines = read_log(contents), list[str]()
    known = len(log)
    for one in contents.pasted:
        source = SourceFile(Path(one.sheet), one.found, one.table, one.fingerprint())
        try:
            found = read_import(source, names_of(contents), wishes, words)
            tables = tables_of(contents, found, words)
            if not tables or day_of(log, found.fingerprint) is not None:
                if not contents.standing.isdisjoint(needed_tables(found)):
                    lines += [head_line(found, words), *why_lines(found, words)]
                continue
            find_changes(found, tables, names_of(contents), wishes, words)
            lines += preview_lines(found, words)
            contents = with_changes(contents, found, wishes, words)
            log.insert(0, log_line(found, today, words))
        except InputError as error:
            lines.append(str(error))
    return Pasted(contents, lines, log_sheet(contents, log, words) if len(log) > known else None)
