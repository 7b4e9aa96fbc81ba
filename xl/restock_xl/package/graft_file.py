"""Sheets of a scratch book written into a workbook file, under names that are found in the book itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from restock.errors import WorkbookError

from .book import Book, TableRef
from .grafting import graft_into
from .read_back import ensure_reads_back
from .renaming import Renaming
from .safe_write import appearance, explained, replace_safely
from .scratch_book import ensure_plain_sheets, renamed, with_names_on_sheets

_SUFFIXES = (".xlsx", ".xlsm")


def graft(book: str | Path, scratch: str | Path, out: str | Path | None = None) -> dict[str, str]:
    """Write the sheets of a scratch book into a workbook, and return the name that each has there, by its key.

    A sheet that was written before, under whatever name it has now, is replaced where it stands: formulas and charts
    that point at it survive. Any other is appended behind the last tab; where a sheet that is not ours has its name,
    it becomes `Forecast (2)`, and the formulas, names, checks, colours and charts of the scratch book follow. Every
    other part of the workbook stays byte for byte. Formulas elsewhere keep the values they show until they are
    computed again.

    Args:
        book: The workbook, .xlsx or .xlsm.
        scratch: A workbook that holds only our sheets. The key of a sheet is its mark of ownership, see `ownership`;
            without one its name.
        out: The file to write; None writes the book itself and keeps a backup of it in `restock-backups`. A file that
            is there already gets a backup too.
    Raises:
        WorkbookError: The workbook cannot be edited safely, the scratch book does not fit it, or the file cannot be
            written; nothing was changed.
    """
    source, result = Path(book), Path(book if out is None else out)
    in_place = out is None or (result.exists() and source.exists() and result.samefile(source))
    if not in_place and result.suffix.lower() not in _SUFFIXES:
        raise WorkbookError(f"{result.name} must end in {source.suffix}, like the book that it is made from.")
    with explained(source):
        seen = appearance(source) if source.exists() else None
        user, ours = Book(source), with_names_on_sheets(Book(Path(scratch)))
    original = user.archive.copy()
    user.archive.ensure_whole()
    user.ensure_editable()
    ensure_plain_sheets(ours)
    keys = _keys(ours)
    renaming = Renaming(_sheet_names(user, ours, keys), _table_names(user, ours, keys))
    ours = renamed(ours, renaming)
    names = {key: renaming.sheet(name) for name, key in keys.items()}
    graft_into(user, ours, {name: key for key, name in names.items()})
    replace_safely(
        result,
        user.archive.save,
        lambda path: ensure_reads_back(path, ours, names),
        now=datetime.now(),
        seen=seen if in_place else None,
        source=original,
    )
    return names


def _keys(ours: Book) -> dict[str, str]:
    """Return the key of each scratch sheet by its name."""
    marked = {name: key for key, name in ours.owned().items()}
    keys = {sheet.name: marked.get(sheet.name, sheet.name) for sheet in ours.sheets}
    if len(set(keys.values())) < len(keys):
        raise WorkbookError(f"Two sheets of {ours.path.name} have the same key. Give each sheet its own.")
    return keys


def _sheet_names(user: Book, ours: Book, keys: Mapping[str, str]) -> dict[str, str]:
    """Return the name of each scratch sheet in the user's book: where its key lives now, else a free name."""
    owned = user.owned()
    names = {name: owned[key] for name, key in keys.items() if key in owned}
    for sheet in ours.sheets:
        if sheet.name not in names:
            taken = [*user.sheet_names, *names.values()]
            names[sheet.name] = user.free_sheet_name(sheet.name, keys[sheet.name], taken)
    return names


def _table_names(user: Book, ours: Book, keys: Mapping[str, str]) -> dict[str, str]:
    """Return the name of each scratch table: the one it has on the sheet that is replaced, else a free one."""
    owned = user.owned()
    replaced = [owned[key] for key in keys.values() if key in owned]
    names: dict[str, str] = {}
    for table in ours.tables():
        before = [old for old in user.tables() if old.sheet == owned.get(keys[table.sheet])]
        before = [old for old in before if old.name not in names.values()]
        kept = next((old.name for old in before if _is_earlier(old, table)), None)
        names[table.name] = kept or user.free_table_name(table.name, replaced, names.values())
    return names


def _is_earlier(old: TableRef, table: TableRef) -> bool:
    """Return whether a table on a sheet of ours is an earlier version of `table`, perhaps under a free name."""
    pattern = re.escape(table.name) + r"(?:_\d+)?"
    return re.fullmatch(pattern, old.name, re.IGNORECASE) is not None or old.columns == table.columns
