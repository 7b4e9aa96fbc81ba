"""Sheets of an open book written in place: never deleted, so that formulas and charts that point at them stay valid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from restock_xl.hosts.live.block import Cell, block_of, size_of
from restock_xl.hosts.live.live_tables import place_tables, show_filters
from restock_xl.package.book import Book as Package
from restock_xl.package.book import TableRef
from restock_xl.package.cells import SheetCells
from restock_xl.package.ownership import OWNERSHIP_NAME, ownership_text
from restock_xl.package.read import SheetStore
from restock_xl.package.references import area

if TYPE_CHECKING:
    from xlwings import Book, Range, Sheet

_NEAR_ROWS = 8
"""Writing so many rows along is quicker than another call to the program."""


@dataclass(frozen=True)
class State:
    """A book in memory, as it was or as it shall be."""

    package: Package
    store: SheetStore = field(repr=False)

    @classmethod
    def of(cls, package: Package) -> State:
        """The state that a package holds."""
        return cls(package, SheetStore(package))

    def cells(self, sheet: str) -> SheetCells | None:
        """The cells of a sheet; None where it has no such sheet."""
        return self.store.cells(sheet) if self.package.sheet(sheet) else None

    def tables(self, sheet: str) -> list[TableRef]:
        """The tables of a sheet."""
        return [ref for ref in self.package.tables() if ref.sheet.casefold() == sheet.casefold()]


@dataclass(frozen=True)
class Look:
    """Where the formats of sheets are copied from.

    Attributes:
        book: Has a sheet of each name with the formats.
        heights: The height of rows, in points, by sheet and row from 0.
        merges: First and last row and column of cells that are one, from 0, by sheet.
    """

    book: Book
    heights: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    merges: Mapping[str, Sequence[tuple[int, int, int, int]]] = field(default_factory=dict)


def overwrite(sheet: Sheet, before: State, after: State, look: Look, anew: bool = False) -> None:
    """Write a sheet of the open book as it is in `after`.

    Args:
        before: The book as it stands in the program, so that nothing of it is left over.
        look: Has a sheet of the same name with the new formats.
        anew: Write rows that do not differ too, where a failure left the sheet in between.
    """
    name = sheet.name
    then, now = after.cells(name), before.cells(name)
    assert then is not None
    assert now is not None
    rows, columns = size_of(then, now)
    block, old = block_of(then, rows, columns), block_of(now, rows, columns)
    first_moved = 1 if anew else _first_moved(before.tables(name), after.tables(name), rows)
    changed = changed_rows(old, block, first_moved)
    place_tables(sheet, after.tables(name))
    _copy_formats(look.book.sheets[name], sheet, rows, columns)
    for top, left, bottom, right in look.merges.get(name, ()):
        sheet.range((top + 1, left + 1), (bottom + 1, right + 1)).merge()
    _write_headers_apart(sheet, before.tables(name), after.tables(name))
    for first, last in changed:
        sheet.range((first, 1), (last, columns)).formula = block[first - 1 : last]
        _set_heights(sheet, look.heights.get(name, {}), first, last)
    show_filters(sheet)


def changed_rows(old: Sequence[object], new: Sequence[object], always_from: int) -> list[tuple[int, int]]:
    """Return the first and last of each stretch of rows to write, from 1; a few rows between two are written along.

    Args:
        old, new: The rows, as many of each.
        always_from: Rows from here on are written whatever they hold.

    >>> changed_rows("abcdefghijk", "Abcdefghijk", 11)
    [(1, 1), (11, 11)]
    """
    found: list[tuple[int, int]] = []
    for number, (before, after) in enumerate(zip(old, new, strict=True), start=1):
        if number < always_from and before == after:
            continue
        if found and number - found[-1][1] <= _NEAR_ROWS:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _first_moved(before: Sequence[TableRef], after: Sequence[TableRef], rows: int) -> int:
    """The first row, from 1, in which a table that moves stood or will stand; behind all rows where none moves."""
    old = {ref.name.casefold(): area(ref.ref) for ref in before}
    first = rows + 1
    for ref in after:
        then, now = area(ref.ref), old.get(ref.name.casefold())
        if then is not None and now is not None and (then.top, then.left) != (now.top, now.left):
            first = min(first, then.top, now.top)
    return first


def add_sheet(book: Book, name: str, key: str, after: State, look: Look) -> None:
    """Copy a sheet in behind all others and write it as it is in `after`."""
    source = look.book.sheets[name]
    sheet = source.copy(after=book.sheets[-1])
    if sheet.name != name:
        sheet.name = name
    then = after.cells(name)
    assert then is not None
    rows, columns = size_of(then)
    sheet.range((1, 1), (rows, columns)).formula = block_of(then, rows, columns)
    place_tables(sheet, after.tables(name))
    show_filters(sheet)
    wanted = after.package.sheet(name)
    sheet.visible = wanted is not None and wanted.state == "visible"
    sheet.names.add(OWNERSHIP_NAME, f"={ownership_text(key)}")


def write_new_formulas(sheet: Sheet, before: State, after: State) -> None:
    """Write formulas of a user's sheet that are missing in the program, and let its tables reach down to them."""
    name = sheet.name
    then, now = after.cells(name), before.cells(name)
    assert then is not None
    assert now is not None
    for new, old in zip(after.tables(name), before.tables(name), strict=True):
        if new.ref != old.ref:
            _stretch(sheet, old, new)
    missing = sorted((column, row) for row, column in then.formulas if (row, column) not in now.formulas)
    for column, first, last in _runs(missing):
        texts: list[list[Cell]] = [[f"={then.formulas.text(row, column)}"] for row in range(first, last + 1)]
        sheet.range((first, column), (last, column)).formula = texts


def _stretch(sheet: Sheet, old: TableRef, new: TableRef) -> None:
    """Let a table reach down, its new rows looking like its last."""
    table = sheet.tables[old.name]
    rows = table.range.shape[0]
    table.resize(sheet.range(new.ref))
    whole = table.range
    last = whole[rows - 1, :]
    for row in range(rows, whole.shape[0]):
        _paste(last, whole[row, :], ("formats", "validation"))


def _copy_formats(source: Sheet, target: Sheet, rows: int, columns: int) -> None:
    used = source.used_range
    last = max(rows, used.row + used.shape[0] - 1), max(columns, used.column + used.shape[1] - 1)
    whole = target.range((1, 1), last)
    whole.unmerge()
    _paste(source.range((1, 1), last), whole, ("formats", "validation", "column_widths"))


def _paste(source: Range, target: Range, kinds: Sequence[str]) -> None:
    source.copy()
    for kind in kinds:
        target.paste(kind)
    target.sheet.book.app.cut_copy_mode = False


def _set_heights(sheet: Sheet, heights: Mapping[int, float], first: int, last: int) -> None:
    """Set the heights of rows that were written, and let the others among them find their own."""
    own = [row + 1 for row in sorted(heights) if first <= row + 1 <= last]
    if not own:
        return
    sheet.range((first, 1), (last, 1)).rows.autofit()
    for height in sorted({heights[row - 1] for row in own}):
        for _, top, bottom in _runs([(1, row) for row in own if heights[row - 1] == height]):
            sheet.range((top, 1), (bottom, 1)).row_height = height


def _write_headers_apart(sheet: Sheet, before: Sequence[TableRef], after: Sequence[TableRef]) -> None:
    """Make way for headers that change: a program numbers a header that another column still has."""
    old = {ref.name.casefold(): ref.columns for ref in before}
    for ref in after:
        if old.get(ref.name.casefold(), ref.columns) != ref.columns:
            sheet.tables[ref.name].header_row_range.formula = [
                [f"restock column {number}" for number in range(len(ref.columns))]
            ]


def _runs(places: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Columns with the first and last row of each unbroken run.

    >>> _runs([(1, 4), (1, 5), (1, 9), (2, 4)])
    [(1, 4, 5), (1, 9, 9), (2, 4, 4)]
    """
    runs: list[tuple[int, int, int]] = []
    for column, row in places:
        if runs and runs[-1][0] == column and runs[-1][2] == row - 1:
            runs[-1] = (column, runs[-1][1], row)
        else:
            runs.append((column, row, row))
    return runs
