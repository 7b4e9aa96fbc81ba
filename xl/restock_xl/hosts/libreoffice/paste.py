"""Copying what one range has to another, also between books, without the user's clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from restock.errors import WorkbookError

from .coverage import UnsupportedError
from .looks import copy_looks, copy_validation

if TYPE_CHECKING:
    from .ranges import Range


def paste_as(kind: str, source: Range | None, target: Range) -> None:
    """Paste what was copied: `all`, `formats`, `validation` or `column_widths`.

    Raises:
        WorkbookError: Nothing was copied.
        UnsupportedError: Another kind, or all of another book.
    """
    if source is None:
        raise WorkbookError("Nothing was copied, so nothing can be pasted. Copy a range first.")
    if kind == "all":
        everything(source, target)
    elif kind == "formats":
        copy_looks(source, target)
    elif kind == "validation":
        copy_validation(source, target)
    elif kind == "column_widths":
        _column_widths(source, target)
    else:
        raise UnsupportedError(f'Pasting "{kind}" is not available in LibreOffice. Paste all, or formats.')


def everything(source: Range, target: Range) -> None:
    """Copy contents and formats to the place that begins with the first cell of `target`."""
    if source.sheet.book != target.sheet.book:
        raise UnsupportedError("Cells of another book cannot be pasted in LibreOffice. Copy the sheet, or its values.")
    target.sheet.api.copyRange(target.api.getCellByPosition(0, 0).CellAddress, source.api.RangeAddress)


def _column_widths(source: Range, target: Range) -> None:
    theirs, own = source.api.Columns, target.sheet.api.Columns
    for index in range(source.shape[1]):
        column, wanted = own.getByIndex(target.column - 1 + index), theirs.getByIndex(index)
        if column.Width != wanted.Width:
            column.Width = wanted.Width
        if column.IsVisible != wanted.IsVisible:
            column.IsVisible = wanted.IsVisible


def remove_sheet(document: Any, name: str) -> None:
    """Remove a sheet from a place where that costs no tables.

    LibreOffice, when it removes a sheet, forgets the tables of the sheet before it (7.4). So it must follow one
    without tables, or none.
    """
    ranges = document.DatabaseRanges
    with_tables = {ranges.getByName(one).DataArea.Sheet for one in ranges.ElementNames}
    names = document.Sheets.ElementNames
    free = [place for place, one in enumerate(names, start=1) if place - 1 not in with_tables and one != name]
    document.Sheets.moveByName(name, free[-1] if free else 0)
    document.Sheets.removeByName(name)
