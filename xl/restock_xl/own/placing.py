"""Puts what the user added into the model of a sheet that is about to be written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from restock.text import Words, say
from restock_xl.own.cell import OwnCell, Place, text_cell
from restock_xl.own.found import KEPT, OwnSheet
from restock_xl.own.layout import SheetLayout, TableLayout, free_header, is_called, layout_of_model
from restock_xl.own.moves import Moves, TextMoves
from restock_xl.own.rows import band_rows, label_column, stating_columns
from restock_xl.own.text_layout import TextLayout, text_layout_of, written_text
from restock_xl.package.cell_edit import CellMarkup
from restock_xl.sheets.model import ColumnModel, SheetModel, TableModel

_MOST_COLUMNS = 1 << 14
_WIDTH = 14.0


@dataclass(frozen=True)
class Placed:
    """What the user added to a sheet, at its new places.

    Attributes:
        cells: The cells to put into the sheet.
        changed: Whether any of them stands or says something else than before.
        layout: The sheet as it will be.
    """

    sheet: OwnSheet
    moves: Moves | TextMoves
    cells: dict[Place, CellMarkup]
    changed: bool
    layout: SheetLayout | TextLayout


def rows_below(sheet: OwnSheet | None, model: SheetModel, key: str, date1904: bool) -> int:
    """How many rows below the first table of a sheet the user's cells need."""
    if sheet is None or not isinstance(sheet.layout, SheetLayout) or not (sheet.cells or sheet.comments):
        return 0
    return band_rows(sheet, sheet.layout, 0, layout_of_model(model, key, date1904).bands[0]).length


def with_own(model: SheetModel, sheet: OwnSheet | None, words: Words, date1904: bool) -> SheetModel:
    """A sheet's model with the user's own columns in its tables, and everything else of his placed."""
    if not model.tables:
        model = replace(model, written=written_text(model))
    if sheet is None:
        return model
    if isinstance(sheet.layout, TextLayout):
        after = text_layout_of(model)
        return replace(model, own=placed(sheet, TextMoves(sheet, sheet.layout, after), after, words))
    model = _with_columns(model, sheet.layout)
    layout = layout_of_model(model, sheet.key, date1904)
    if not _are_the_same(sheet.layout, layout):
        return model
    return replace(model, own=placed(sheet, Moves(sheet, sheet.layout, layout), layout, words))


def _with_columns(model: SheetModel, layout: SheetLayout) -> SheetModel:
    """The user's own columns stand right of ours; a table beside makes room."""
    found = {table.table.name: table for band in layout.bands for table in band.tables}
    tables: list[TableModel] = []
    for table in model.tables:
        before = next((one for name, one in found.items() if is_called(table.name, name)), None)
        columns = list(table.columns)
        for header in before.own if before is not None else ():
            name = free_header(header, [column.header for column in columns])
            columns.append(ColumnModel(name, [None] * table.length, "input", "header_input", _WIDTH, own=True))
        moved = sum(len(one.columns) for one in tables if one.row == table.row)
        start = table.column if not moved else moved + 1
        tables.append(replace(table, columns=tuple(columns), column=start))
    return replace(model, tables=tuple(tables))


def _are_the_same(old: SheetLayout, new: SheetLayout) -> bool:
    """Whether the sheet held our tables; a lower one may be new."""
    names = [[[table.table.name for table in band.tables] for band in layout.bands] for layout in (old, new)]
    return names[0] == names[1][: len(names[0])]


def placed(
    sheet: OwnSheet, moves: Moves | TextMoves, layout: SheetLayout | TextLayout, words: Words
) -> Placed:  # fmt: skip
    """Every cell at its place; where something stands already, the next free one."""
    cells: dict[Place, CellMarkup] = {}
    changed = False
    for cell in sorted(sheet.cells.values(), key=lambda cell: (cell.is_blank, cell.row, cell.column)):
        if _states_joined(sheet, moves, cell) or moves.is_gone(cell.row, cell.column):
            changed |= not cell.is_blank
            continue
        place = moves.place(cell.row, cell.column)
        if cell.is_blank and (place in cells or _is_taken(layout, *place)):
            continue
        place = _free(layout, cells, place)
        formula = moves.formula(cell, place[0])
        cells[place] = _markup(cell, formula, place)
        changed |= not cell.is_blank and (place != (cell.row, cell.column) or formula != cell.formula)
    if isinstance(moves, Moves) and isinstance(layout, SheetLayout):
        renamed = dict(header_changes(sheet, layout))
        cells |= renamed
        changed |= bool(renamed)
        for place, markup in _added(sheet, moves, layout, words):
            if place not in cells or not cells[place].inside:
                changed |= bool(markup.inside)
                cells[place] = markup
    return Placed(sheet, moves, cells, changed, layout)


def _states_joined(sheet: OwnSheet, moves: Moves | TextMoves, cell: OwnCell) -> bool:
    """Whether a cell only states the key of cells that are back beside it."""
    joined = isinstance(moves, Moves) and any(cell.row in rows.joined for rows in moves.rows)
    return joined and cell.column in stating_columns(sheet, cell.row)


def _markup(cell: OwnCell, formula: str, place: Place) -> CellMarkup:
    if formula:
        return cell.with_formula(formula, *place)
    if place != (cell.row, cell.column) and b"<f" in cell.markup.inside:  # a what-if table says where it stands
        return replace(cell.markup, inside=cell.markup.inside[max(cell.markup.inside.find(b"<v"), 0) :])
    return cell.markup


def _is_taken(layout: SheetLayout | TextLayout, row: int, column: int) -> bool:
    """Whether we write a cell ourselves."""
    if column in layout.ours_in(row):
        return True
    return isinstance(layout, SheetLayout) and any(
        table.header_row <= row <= table.last_row and column in table.ours
        for band in layout.bands
        for table in band.tables
    )


def _free(layout: SheetLayout | TextLayout, cells: dict[Place, CellMarkup], place: Place) -> Place:
    """The place itself, else the next one to the right; below the text on a sheet of text."""
    row, column = place
    while place in cells or _is_taken(layout, *place):
        if isinstance(layout, TextLayout) and column <= layout.columns:
            row = max(row + 1, layout.last_row + 2)
        elif column >= _MOST_COLUMNS:
            row += 1
        else:
            column += 1
        place = (row, column)
    return place


def _added(
    sheet: OwnSheet, moves: Moves, layout: SheetLayout, words: Words
) -> Iterator[tuple[Place, CellMarkup]]:  # fmt: skip
    """Keys that are gone, headers that had to change, and the user's columns in rows that are new."""
    assert isinstance(sheet.layout, SheetLayout)
    for old, new, rows in zip(sheet.layout.bands, layout.bands, moves.rows, strict=False):
        for offset, (table, row) in rows.labels.items():
            label = label_column(table)
            yield (new.last_row + offset, moves.column(row, label)), text_cell(say(KEPT, words))
            for name in table.key_columns:
                cell = sheet.stated.get((row, table.column_of.get(name, 0)))
                if cell is not None:
                    yield (new.last_row + offset, moves.column(row, cell.column)), cell.markup
        for table, after in zip(old.tables, new.tables, strict=True):
            yield from _in_new_rows(sheet, moves, table, after)


def _in_new_rows(
    sheet: OwnSheet, moves: Moves, table: TableLayout, after: TableLayout
) -> Iterator[tuple[Place, CellMarkup]]:  # fmt: skip
    for (header, column), place in zip(table.own.items(), after.own.values(), strict=True):
        here = [sheet.cells[row, column] for row in table.rows if (row, column) in sheet.cells]
        continued = sheet.continued.get((table.table.name, header))
        style = Counter(cell.markup.style for cell in here).most_common(1)
        for key, row in after.keys.items():
            if key in table.keys:
                continue
            if continued is not None:
                sample = continued.sample
                made = sample.with_formula(moves.formula(sample, row), row, place)
                bare = made.inside[: made.inside.find(b"</f>") + len(b"</f>")]
                yield (row, place), CellMarkup(style=made.style, inside=bare)
            elif style:
                yield (row, place), CellMarkup(style[0][0])


def header_changes(sheet: OwnSheet, layout: SheetLayout) -> Iterator[tuple[Place, CellMarkup]]:
    """Headers of the user's that had to be called otherwise."""
    assert isinstance(sheet.layout, SheetLayout)
    for old, new in zip(sheet.layout.bands, layout.bands, strict=False):
        for table, after in zip(old.tables, new.tables, strict=True):
            for (header, column), (name, place) in zip(table.own.items(), after.own.items(), strict=True):
                cell = sheet.cells.get((table.header_row, column))
                if name != header:
                    yield (after.header_row, place), text_cell(name, cell.markup.style if cell else b"")
