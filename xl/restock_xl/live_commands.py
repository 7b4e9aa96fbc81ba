"""The commands of the buttons, on a book that is open in a spreadsheet program; each returns what to tell."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from restock.errors import InputError
from restock.schema.inputs import STOCK
from restock.schema.settings import SETTINGS_LIST
from restock.schema.validate import validate
from restock.schema.words import word
from restock.text import Words, say
from restock_xl.package.backups import last_backup as newest_backup
from restock_xl.sheets.layout import CHOSEN_CELLS

if TYPE_CHECKING:
    import xlwings

    from restock_xl.recompute import Progress

    Command = Callable[[xlwings.Book, dt.datetime, Progress], str]

_MOST_PROBLEMS = 5
_TEXT = "@"


def _host(book: xlwings.Book) -> Any:
    from restock_xl.hosts.live import LiveHost

    return LiveHost(book, _folder_of_excel())


def _folder_of_excel() -> Path | None:
    """Excel for Mac asks before it opens a file of any other folder than its own; elsewhere any will do."""
    folder = Path.home() / "Library" / "Containers" / "com.microsoft.Excel" / "Data"
    return folder if sys.platform == "darwin" and folder.is_dir() else None


def recompute(book: xlwings.Book, now: dt.datetime, tell: Progress) -> str:
    """Recompute the book where it is open; it is not saved."""
    from restock_xl.recompute import recompute as run
    from restock_xl.report import report_lines

    outcome = run(_host(book), now.date(), now, tell)
    lines = report_lines(outcome)
    if outcome.changed:
        lines.append(say("live.not_saved", outcome.words))
    return "\n".join(lines)


def export(book: xlwings.Book, now: dt.datetime, tell: Progress) -> str:
    """Make the teammates' copy of what the program shows now, beside the book's file."""
    from restock_xl.exports.export import export_book

    host = _host(book)
    tell("reading")
    contents = host.read()
    tell("copying")
    with tempfile.TemporaryDirectory() as folder:
        shown = Path(folder) / host.path.name
        contents.book.archive.save(shown)
        found = export_book(shown, host.path.parent, None, None, now.date(), now)
    return "\n".join(found.lines)


def check(book: xlwings.Book, now: dt.datetime, tell: Progress) -> str:
    """Say what is to be corrected in what is typed; nothing is written."""
    from restock.schema.sentences import problem_sentence

    tell("reading")
    contents = _host(book).read()
    tell("checking")
    tables = validate(contents.raw, now.date())
    words = Words(tables.settings.language, tables.settings.currency, now.date())
    wrong = [problem for problem in tables.problems if problem.effect != "note"]
    if not wrong:
        return say("live.no_problems", words, rows=len(tables.stock))
    lines = [say("live.problems", words, count=len(wrong))]
    lines += [problem_sentence(problem, words) for problem in wrong[:_MOST_PROBLEMS]]
    if len(wrong) > _MOST_PROBLEMS:
        lines.append(say("live.more_problems", words, others=len(wrong) - _MOST_PROBLEMS))
    return "\n".join(lines)


def explain(book: xlwings.Book, now: dt.datetime, tell: Progress) -> str:
    """Show on Explain how the numbers of the selected row come about."""
    words = Words(language_of(book))
    chosen = _selected_pair(book)
    if chosen is None:
        raise InputError(say("live.select_row", words))
    name = _host(book).read().book.owned().get("Explain")
    if name is None:
        raise InputError(say("live.explain_first", words))
    sheet = book.sheets[name]
    for cell, text in zip(CHOSEN_CELLS, chosen, strict=True):
        sheet.range(cell).number_format = _TEXT  # a SKU such as 00123 or =A stays what it is
        sheet.range(cell).value = text
    sheet.visible = True
    sheet.activate()
    return ""


def last_backup(book: xlwings.Book, now: dt.datetime, tell: Progress) -> str:
    """Open the newest backup beside the book."""
    path: Path | None = newest_backup(_host(book).path)
    if path is None:
        raise InputError(say("live.no_backup", Words(language_of(book))))
    book.app.books.open(str(path))
    return ""


COMMANDS: dict[str, Command] = {
    "recompute": recompute,
    "export": export,
    "check": check,
    "explain": explain,
    "last_backup": last_backup,
}


def _selected_pair(book: xlwings.Book) -> tuple[Any, Any] | None:
    """SKU and warehouse of the row that the selection begins in, where it lies in a table that has them."""
    selected = book.app.selection
    if selected is None:
        return None
    for table in selected.sheet.tables:
        area = table.range
        if not area.row < selected.row <= area.last_cell.row:
            continue
        titles = table.header_row_range
        headers = [] if titles is None else [str(text or "") for text in titles.options(ndim=1).value]
        found = STOCK.match_headers([*headers])
        if "sku" not in found:
            continue
        values = selected.sheet.range((selected.row, area.column), (selected.row, area.last_cell.column))
        row = values.options(ndim=1).value
        sku = row[found["sku"]]
        if sku not in (None, ""):
            return sku, row[found["warehouse"]] if "warehouse" in found else None
    return None


def language_of(book: xlwings.Book) -> str:
    """Return the language that the book's Settings name, "en" where they name none."""
    setting = next(setting for setting in SETTINGS_LIST if setting.key == "language")
    labels = {setting.key, setting.en, setting.zh}
    chinese = {"zh", *(word("language", "zh", shown) for shown in ("en", "zh"))}
    for sheet in book.sheets:
        for table in sheet.tables:
            if table.name == "Settings":
                rows = table.range.options(ndim=2).value
                return "zh" if any(row[0] in labels and row[1] in chinese for row in rows) else "en"
    return "en"
