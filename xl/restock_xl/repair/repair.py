"""Put back what is ours in a workbook, step by step, and say each step."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from restock.schema.settings import Settings
from restock.text import Words, say
from restock_xl.evaluation import evaluated, repair_sentences
from restock_xl.hosts.headless import HeadlessHost
from restock_xl.package.book import Book
from restock_xl.package.grafting import graft_into
from restock_xl.package.read import BookContents, contents_of
from restock_xl.package.safe_write import appearance, replace_safely
from restock_xl.previous import last_press
from restock_xl.repair.columns import put_back_columns, put_back_tables
from restock_xl.repair.formats import put_back_formats
from restock_xl.repair.formulas import put_back_formulas, put_back_marks, put_back_names
from restock_xl.repair.reference import Reference
from restock_xl.repair.rules import put_back_rules
from restock_xl.sheets.charts_sheet import charts_sheet
from restock_xl.sheets.explain_sheet import empty_explain
from restock_xl.sheets.layout import TAB_BY_KEY, WRITTEN
from restock_xl.sheets.model import SheetModel
from restock_xl.sheets.output_sheets import empty_sheets, new_targets
from restock_xl.sheets.render import render
from restock_xl.sheets.today import empty_today


@dataclass(frozen=True)
class Repaired:
    """What a repair did, or would do: a sentence for each thing; whether it was written, and the backup made."""

    lines: list[str]
    words: Words
    path: Path
    written: bool = False
    backup: Path | None = None

    def report(self, dry_run: bool = False) -> list[str]:
        """Return the lines to print."""
        if not self.lines:
            return [say("repair.nothing", self.words, path=self.path)]
        ending = say("report.written", self.words, path=self.path) if self.written else ""
        kept = say("report.backup", self.words, path=self.backup) if self.backup is not None else ""
        would = say("repair.would", self.words) if dry_run else ""
        return [line for line in (*self.lines, ending, kept, would) if line]


def repair_book(path: Path, today: dt.date, now: dt.datetime, dry_run: bool = False) -> Repaired:
    """Put back columns, formulas, names, tables, formats and checks of ours; nothing of the user's is touched.

    Args:
        path: The book.
        today: What TODAY() answers, where no press says it.
        now: Names the backup.
        dry_run: Only say what would be done.
    Raises:
        WorkbookError: The book cannot be read or written safely; it is as it was.
    """
    host = HeadlessHost(path)
    contents = host.read()
    seen = appearance(path)
    words = Words(contents.raw.language, today=today)
    lines = host.healed.sentences(words)
    book = contents.book
    reference = Reference.like(contents)
    steps: list[Callable[[BookContents], list[str]]] = [
        lambda held: put_back_marks(held.book, words),
        lambda held: _put_back_sheets(held, words),
        lambda held: put_back_tables(held, words),
        lambda held: put_back_columns(held, reference, words),
        lambda held: put_back_formulas(held, words),
        lambda held: put_back_names(held.book, words),
        lambda held: put_back_formats(held, reference, words),
        lambda held: put_back_rules(held, reference, words),
    ]
    for step in steps:
        found = step(contents)
        if found:
            lines += found
            contents = contents_of(Book(path, book.archive))
    evaluation = evaluated(Book(path, book.archive), last_press(contents) or today)
    lines += repair_sentences(evaluation, words)
    if dry_run or not (lines and (book.archive.is_changed or evaluation.names)):
        return Repaired(lines, words, path)
    evaluation.store()
    backup = replace_safely(path, evaluation.book.book.archive.save, now=now, seen=seen)
    return Repaired(lines, words, path, True, backup)


def _put_back_sheets(contents: BookContents, words: Words) -> list[str]:
    """Make sheets of ours that were deleted, empty: the next press fills them."""
    book = contents.book
    owned = book.owned()
    missing = [key for key in WRITTEN if key not in owned and key != "History"] if owned else []
    models = {key: model for key, model in _premade(words).items() if key in missing} if missing else {}
    if not models:
        return []
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder) / "sheets.xlsx"
        render(list(models.values()), scratch, book.date1904, compressed=False)
        graft_into(book, scratch, {model.name: key for key, model in models.items()})
    return [say("repair.sheet", words, sheet=model.name) for model in models.values()]


def _premade(words: Words) -> dict[str, SheetModel]:
    """The sheets that a new book has."""
    return {
        **empty_sheets(words.language, words, Settings().knots()),
        "Today": empty_today(words.language, words, TAB_BY_KEY["Today"].name(words.language)),
        "Charts": charts_sheet(None, words, new_targets(words.language)),
        "Explain": empty_explain(TAB_BY_KEY["Explain"].name(words.language), words),
    }
