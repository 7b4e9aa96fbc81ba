"""Tables of a sheet that is overwritten: each keeps its name and identity, and moves and grows to its new place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from restock_xl.package.book import TableRef
from restock_xl.package.references import Area, area

if TYPE_CHECKING:
    from xlwings import Sheet
    from xlwings.main import Table


def place_tables(sheet: Sheet, wanted: Sequence[TableRef]) -> None:
    """Let the tables of a sheet stand where they are wanted.

    Each is first cut to what old and new have in common, so that none lies in the way of another; those that
    move down go from the lowest on, those that move up from the uppermost. Tables that are missing are made.
    """
    places = {ref.name.casefold(): _area(ref) for ref in wanted}
    found = {table.name.casefold(): table for table in sheet.tables}
    kept = {name: found[name] for name in places if name in found}
    for table in kept.values():
        if table.show_autofilter:
            table.show_autofilter = False  # hidden rows would be left out
    for name, table in kept.items():
        _shrink(sheet, table, places[name])
    tops = {name: table.range.row for name, table in kept.items()}
    down = sorted((name for name in kept if places[name].top > tops[name]), key=lambda name: -tops[name])
    others = sorted((name for name in kept if name not in down), key=lambda name: tops[name])
    for name in (*down, *others):
        _move(sheet, kept[name], places[name])
    for name, table in kept.items():
        table.resize(_range(sheet, places[name]))
    for ref in wanted:
        if ref.name.casefold() not in kept:
            sheet.tables.add(_range(sheet, _area(ref)), name=ref.name, has_headers=True, table_style_name=None)


def show_filters(sheet: Sheet) -> None:
    """Give the headers of all tables their buttons back."""
    for table in sheet.tables:
        if not table.show_autofilter:
            table.show_autofilter = True


def _shrink(sheet: Sheet, table: Table, wanted: Area) -> None:
    now = _area_of(table)
    rows = min(now.bottom - now.top, wanted.bottom - wanted.top)
    if rows < now.bottom - now.top:
        table.resize(_range(sheet, now._replace(bottom=now.top + rows)))


def _move(sheet: Sheet, table: Table, wanted: Area) -> None:
    now = _area_of(table)
    if (now.top, now.left) != (wanted.top, wanted.left):
        table.range.move(sheet.range((wanted.top, wanted.left)))


def _area_of(table: Table) -> Area:
    block = table.range
    return Area(block.row, block.column, block.row + block.shape[0] - 1, block.column + block.shape[1] - 1)


def _range(sheet: Sheet, place: Area) -> object:
    return sheet.range((place.top, place.left), (place.bottom, place.right))


def _area(ref: TableRef) -> Area:
    place = area(ref.ref)
    assert place is not None  # ours, written a moment ago
    return place
