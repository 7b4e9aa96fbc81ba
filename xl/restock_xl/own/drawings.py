"""Charts and pictures on our sheets: those below our tables go down and up with what stands around them."""

from __future__ import annotations

from lxml import etree

from restock_xl.own.layout import SheetLayout
from restock_xl.own.placing import Placed
from restock_xl.package.archive import Archive
from restock_xl.package.markup import elements, local_name, parse, serialise, whole_number
from restock_xl.package.relationships import relationships
from restock_xl.sheets.chart_model import CHART_NAME


def move_drawings(archive: Archive, part: str, placed: Placed) -> None:
    """Shift what is anchored below a table by as much as the table's end has moved; all else stays at its cells,
    our charts too."""
    for relation in relationships(archive, part):
        if relation.kind == "drawing" and archive.has(relation.target):
            root = parse(archive.read(relation.target), relation.target)
            moved = [_moved(anchor, placed) for anchor in elements(root)]
            if any(moved):
                archive.write(relation.target, serialise(root))


def _moved(anchor: etree._Element, placed: Placed) -> bool:
    if any((one.get("name") or "").startswith(CHART_NAME) for one in anchor.iter() if local_name(one) == "cNvPr"):
        return False
    ends = [child for child in elements(anchor) if local_name(child) in ("from", "to")]
    rows = [row for end in ends for row in elements(end) if local_name(row) == "row"]
    columns = [column for end in ends for column in elements(end) if local_name(column) == "col"]
    if not rows or not columns:
        return False
    row, column = whole_number(rows[0].text) + 1, whole_number(columns[0].text) + 1
    shift = placed.moves.row(row, column) - row if _is_below(placed, row) else 0
    for one in rows:
        one.text = str(whole_number(one.text) + shift)
    return shift != 0


def _is_below(placed: Placed, row: int) -> bool:
    layout = placed.sheet.layout
    if isinstance(layout, SheetLayout):
        return row > layout.band_of(row).last_row
    return 0 < layout.last_row < row
