"""Puts what the user added to our sheets back into the package, once they are written anew."""

from __future__ import annotations

import re
from collections.abc import Iterable

from restock_xl.own.cell import OwnCell
from restock_xl.own.comments import move_comments
from restock_xl.own.drawings import move_drawings
from restock_xl.own.layout import SheetLayout, is_called, tables_on
from restock_xl.own.moves import Moves
from restock_xl.own.placing import Placed
from restock_xl.own.settings import keep_settings
from restock_xl.package.book import Book, TableRef
from restock_xl.package.cell_edit import CellMarkup, set_cells
from restock_xl.package.escapes import decode
from restock_xl.package.kept_parts import KeptParts
from restock_xl.package.markup import elements, local_name, main_tag, parse, serialise
from restock_xl.package.references import area, column_letter
from restock_xl.package.relationships import relationships
from restock_xl.sheets.model import SheetModel

_DIMENSION = re.compile(rb"""(<dimension\s+ref=["'])([A-Z0-9:]+)""")
_RANGED = tuple(main_tag(name) for name in ("table", "autoFilter", "sortState", "location"))
_KEPT_OF_A_COLUMN = ("dataDxfId",)


def put_back(before: Book, after: Book, models: Iterable[SheetModel]) -> None:
    """Put the user's cells, drawings, comments and settings of our sheets into a package in memory.

    Args:
        before: The book as it was.
        after: The book with the sheets of `models` written anew.
    """
    for model in models:
        placed, old, new = model.own, before.sheet(model.name), after.sheet(model.name)
        if isinstance(placed, Placed) and old is not None and new is not None and old.part and new.part:
            _put_back(before, after, placed, old.part, new.part)


def _put_back(before: Book, after: Book, placed: Placed, old_part: str, part: str) -> None:
    archive, moves = after.archive, placed.moves
    cells: dict[tuple[int, int], object] = dict(placed.cells.items())
    archive.write(part, _with_dimension(set_cells(archive.read(part), cells), cells))
    kept = KeptParts(before.archive, archive, old_part, part)
    ours = _ours(before, placed)
    tables = kept.tables({ref.part for ref in ours.values()})
    kept.keep_unstated()
    settings = keep_settings(before.archive.read(old_part), archive.read(part), placed, kept, list(tables.values()))
    archive.write(part, settings)
    kept.store()
    pivots = [one.target for one in relationships(archive, part) if one.kind == "pivotTable"]
    for moved in (*map(kept.part_of, tables.values()), *pivots):
        _move_table(after, moved, placed)
    move_comments(archive, part, moves.place)
    move_drawings(archive, part, placed)
    if isinstance(moves, Moves) and isinstance(placed.layout, SheetLayout):
        _restate_columns(before, after, placed, ours)


def _with_dimension(data: bytes, cells: Iterable[tuple[int, int]]) -> bytes:
    """The sheet with the range that it states reaching to all cells; some programs read no further."""
    found = _DIMENSION.search(data)
    place = area(found[2].decode()) if found is not None else None
    if found is None or place is None:
        return data
    bottom, right = (max([end, *(cell[k] for cell in cells)]) for k, end in enumerate(place[2:]))
    return data[: found.start(2)] + f"A1:{column_letter(right)}{bottom}".encode() + data[found.end(2) :]


def _ours(before: Book, placed: Placed) -> dict[str, TableRef]:
    """Our tables on the old sheet, by our name."""
    names = [table.name for table in tables_on(placed.sheet.key)]
    here = [ref for ref in before.tables() if ref.sheet.casefold() == placed.sheet.name.casefold()]
    return {name: ref for ref in here for name in names if is_called(ref.name, name)}


def _move_table(after: Book, part: str, placed: Placed) -> None:
    """A table or pivot table of the user's goes where its cells go."""
    root = parse(after.archive.read(part), part)
    changed = False
    for element in root.iter(*_RANGED):
        place = area(element.get("ref") or "")
        if place is None:
            continue
        top, left = placed.moves.place(place.top, place.left)
        if (top, left) != place[:2]:
            bottom, right = place.bottom + top - place.top, place.right + left - place.left
            element.set("ref", f"{column_letter(left)}{top}:{column_letter(right)}{bottom}")
            changed = True
    if changed:
        after.archive.write(part, serialise(root))


def _restate_columns(before: Book, after: Book, placed: Placed, ours: dict[str, TableRef]) -> None:
    """What the file says of the user's columns in our tables: the formula of new rows, and their format."""
    assert isinstance(placed.sheet.layout, SheetLayout)
    assert isinstance(placed.layout, SheetLayout)
    for old_band, new_band in zip(placed.sheet.layout.bands, placed.layout.bands, strict=False):
        for old, new in zip(old_band.tables, new_band.tables, strict=True):
            ref = ours.get(old.table.name)
            now = next((one for one in after.tables() if ref is not None and one.name == ref.name), None)
            if old.own and ref is not None and now is not None:
                names = dict(zip(old.own, new.own, strict=True))
                _restate(before, after, ref, now, names, placed, (old.header_row + 1, new.header_row + 1))


def _restate(
    before: Book, after: Book, ref: TableRef, now: TableRef, names: dict[str, str], placed: Placed,
    first: tuple[int, int],
) -> None:  # fmt: skip
    tree = parse(after.archive.read(now.part), now.part)
    columns = {decode(one.get("name") or ""): one for one in elements(tree.find(main_tag("tableColumns")))}
    stated = elements(parse(before.archive.read(ref.part), ref.part).find(main_tag("tableColumns")))
    for column in stated:
        target = columns.get(names.get(decode(column.get("name") or ""), ""))
        if target is None:
            continue
        for name in _KEPT_OF_A_COLUMN:
            if column.get(name) is not None:
                target.set(name, str(column.get(name)))
        for child in elements(column):
            if local_name(child) == "calculatedColumnFormula":
                cell = OwnCell(first[0], 1, CellMarkup(), child.text or "")
                attributes = {str(name): str(value) for name, value in child.attrib.items()}
                made = target.makeelement(main_tag("calculatedColumnFormula"), attributes)
                made.text = placed.moves.formula(cell, first[1])
                target.insert(0, made)
    after.archive.write(now.part, serialise(tree))
