"""Copying what one range has to another, also between books, without the user's clipboard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from restock.errors import WorkbookError

from .coverage import UnsupportedError

if TYPE_CHECKING:
    from .ranges import Range

_CONTENTS = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: VALUE, DATETIME, STRING, FORMULA


def paste_as(kind: str, source: Range | None, target: Range) -> None:
    """Paste what was copied: `all`, `formats` (colours by rule and what may be typed go with them) or `column_widths`.

    Raises:
        WorkbookError: Nothing was copied.
        UnsupportedError: Another kind.
    """
    if source is None:
        raise WorkbookError("Nothing was copied, so nothing can be pasted. Copy a range first.")
    if kind == "all":
        everything(source, target)
    elif kind == "formats":
        _formats(source, target)
    elif kind == "validation":
        _validation(source, target)
    elif kind == "column_widths":
        _column_widths(source, target)
    else:
        raise UnsupportedError(f'Pasting "{kind}" is not available in LibreOffice. Paste all, or formats.')


def everything(source: Range, target: Range) -> None:
    """Copy contents and formats to the place that begins with the first cell of `target`."""
    with _nearby(source, target) as area:
        target.sheet.api.copyRange(target.api.getCellByPosition(0, 0).CellAddress, area)


def _formats(source: Range, target: Range) -> None:
    """Copy all and put the old contents back: LibreOffice copies formats alone through the clipboard only."""
    place = target.sheet.range(target.first, _last(source, target))
    kept = place.api.getFormulaArray() if place.api.queryContentCells(_CONTENTS).Count else None
    everything(source, target)
    source.given.add((target.sheet, target.first))
    if kept is None:
        place.api.clearContents(_CONTENTS)
    else:
        place.api.setFormulaArray(kept)


def _validation(source: Range, target: Range) -> None:
    """Copy what may be typed, unless it went with the formats a moment ago."""
    if (target.sheet, target.first) in source.given:
        return
    for cells in _alike(source):
        place = cells.RangeAddress
        down, right = target.row - source.row, target.column - source.column
        own = target.sheet.api.getCellRangeByPosition(
            place.StartColumn + right, place.StartRow + down, place.EndColumn + right, place.EndRow + down
        )
        own.Validation = cells.Validation


def _alike(source: Range) -> Iterator[Any]:
    """Blocks of cells with the same formats."""
    blocks = source.api.CellFormatRanges.createEnumeration()
    while blocks.hasMoreElements():
        yield blocks.nextElement()


def _column_widths(source: Range, target: Range) -> None:
    theirs, own = source.api.Columns, target.sheet.api.Columns
    for index in range(source.shape[1]):
        column, wanted = own.getByIndex(target.column - 1 + index), theirs.getByIndex(index)
        if column.Width != wanted.Width:
            column.Width = wanted.Width
        if column.IsVisible != wanted.IsVisible:
            column.IsVisible = wanted.IsVisible


def _last(source: Range, target: Range) -> tuple[int, int]:
    return target.row + source.shape[0] - 1, target.column + source.shape[1] - 1


@contextmanager
def _nearby(source: Range, target: Range) -> Iterator[Any]:
    """Give the address of the source in the target's book: of another book's sheet a copy is taken in for a moment."""
    address = source.api.RangeAddress
    if source.sheet.book == target.sheet.book:
        yield address
        return
    document = target.sheet.book.api
    place = document.Sheets.importSheet(source.sheet.book.api, source.sheet.name, _safe_place(document))
    taken = document.Sheets.getByIndex(place)
    try:
        address.Sheet = place
        yield address
    finally:
        document.Sheets.removeByName(taken.Name)


def remove_sheet(document: Any, name: str) -> None:
    """Remove a sheet from a place where that costs no tables."""
    document.Sheets.moveByName(name, _safe_place(document, name))
    document.Sheets.removeByName(name)


def _safe_place(document: Any, leaving: str = "") -> int:
    """Return the last place for a sheet that can be removed again.

    LibreOffice, when it removes a sheet, forgets the tables of the sheet before it (7.4). So it must follow one
    without tables, or none.

    Args:
        leaving: A sheet that will be gone from its own place.
    """
    ranges = document.DatabaseRanges
    with_tables = {ranges.getByName(name).DataArea.Sheet for name in ranges.ElementNames}
    names = [name for name in document.Sheets.ElementNames]
    free = [place for place, name in enumerate(names, start=1) if place - 1 not in with_tables and name != leaving]
    return free[-1] if free else 0
