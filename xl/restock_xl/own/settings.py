"""What a sheet holds besides its cells: what of it is the user's is kept when we write the sheet anew."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from lxml import etree

from restock_xl.own.layout import SheetLayout
from restock_xl.own.moves import Moves
from restock_xl.own.placing import Placed
from restock_xl.package.kept_parts import KeptParts
from restock_xl.package.markup import (
    MAIN,
    RELATIONSHIP_ID,
    elements,
    insert_ordered,
    local_name,
    main_tag,
    parse,
    serialise,
)
from restock_xl.package.references import Area, area, column_letter
from restock_xl.package.sheet_columns import LAST_COLUMN, LAST_ROW
from restock_xl.sheets.chart_model import CHART_NAME

_ORDER = [
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
    "AlternateContent", "webPublishItems", "tableParts", "extLst",
]  # fmt: skip
_ADDED = ("customProperties", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects",
          "controls", "AlternateContent", "extLst", "sheetProtection", "protectedRanges")  # fmt: skip
"""Kept as they are; our sheets have none of their own but, in a book with macros, the drawing of the
buttons."""
_REPLACED = ("printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks")
"""Those of the old sheet: we wrote them, and a person may have changed them since."""
_ZOOM = ("zoomScale", "zoomScaleNormal", "zoomScalePageLayoutView")
_START, _END = b"<sheetData", b"</sheetData>"


def keep_settings(before: bytes, after: bytes, placed: Placed, kept: KeptParts, tables: list[str]) -> bytes:
    """Return the new sheet with what the old one held of the user's.

    Args:
        before, after: The old sheet and the new one.
        kept: Brings the parts that kept elements name.
        tables: Relationships of the new sheet to tables of the user's.
    """
    old, (root, rows) = _without_rows(before)[0], _without_rows(after)
    root = _with_prefixes(root, old)
    for element in list(elements(old)):
        _keep(root, element, placed, kept)
    _keep_view(root, old)
    _add_tables(root, tables)
    return _with_rows(root, rows)


def _keep(root: etree._Element, element: etree._Element, placed: Placed, kept: KeptParts) -> None:
    name = local_name(element)
    there = root.find(main_tag(name))
    if name == "drawing":
        made = kept.keep_drawing(element, there, CHART_NAME)
        if made is not None:
            insert_ordered(root, made, _ORDER)
    elif name in _ADDED or name in _REPLACED:
        if there is not None and name == "legacyDrawing":
            kept.join_drawings(element.get(RELATIONSHIP_ID) or "", there.get(RELATIONSHIP_ID) or "")
        elif there is None or name in _REPLACED or name == "AlternateContent":
            made = copy.deepcopy(element)
            kept.name_again(made)
            if there is not None and name in _REPLACED:
                root.replace(there, made)
            else:
                insert_ordered(root, made, _ORDER)
    elif name == "cols" and _columns_stay(placed):
        made = copy.deepcopy(element)
        if there is not None:
            root.replace(there, made)
        else:
            insert_ordered(root, made, _ORDER)
    elif name == "conditionalFormatting" and (sqref := _moved_ranges(element, placed)):
        made = copy.deepcopy(element)
        made.set("sqref", sqref)
        insert_ordered(root, made, _ORDER)
    elif name in ("dataValidations", "mergeCells", "hyperlinks"):
        _keep_entries(root, element, placed, kept)


def _keep_entries(root: etree._Element, element: etree._Element, placed: Placed, kept: KeptParts) -> None:
    """The entries of a list that concern cells of the user's only."""
    name = local_name(element)
    for entry in elements(element):
        ranges = _moved_ranges(entry, placed)
        if not ranges:
            continue
        there = root.find(main_tag(name))
        if there is None:
            there = root.makeelement(main_tag(name), {})
            insert_ordered(root, there, _ORDER)
        made = copy.deepcopy(entry)
        made.set("sqref" if made.get("sqref") is not None else "ref", ranges)
        kept.name_again(made)
        there.append(made)
        if name != "hyperlinks":
            there.set("count", str(len(list(elements(there)))))


def _moved_ranges(entry: etree._Element, placed: Placed) -> str:
    """The new ranges of an entry; "" where any of its cells is ours."""
    found = []
    for text in (entry.get("sqref") or entry.get("ref") or "").split():
        place = area(text)
        if place is None or _touches_ours(placed, place):
            return ""
        top, left = placed.moves.place(place.top, place.left)
        bottom = LAST_ROW if place.bottom == LAST_ROW else min(place.bottom + top - place.top, LAST_ROW)
        right = LAST_COLUMN if place.right == LAST_COLUMN else min(place.right + left - place.left, LAST_COLUMN)
        if place.bottom > place.top and _is_beside(placed, place):
            top, bottom = place.top, place.bottom
        start, end = f"{column_letter(left)}{top}", f"{column_letter(right)}{bottom}"
        found.append(start if start == end else f"{start}:{end}")
    return " ".join(found)


def _is_beside(placed: Placed, place: Area) -> bool:
    layout = placed.sheet.layout
    return isinstance(layout, SheetLayout) and place.top <= layout.band_of(place.top).last_row


def _touches_ours(placed: Placed, place: Area) -> bool:
    """Whether a range holds a cell that we write, or reaches into the columns of our tables beside their rows."""
    layout = placed.sheet.layout
    if not isinstance(layout, SheetLayout):
        if layout.areas is None:
            return place.left <= layout.columns
        return any(one.left <= place.right and place.left <= one.right and one.top <= place.bottom
                   and place.top <= one.bottom for one in layout.areas)  # fmt: skip
    for row, column in layout.single:
        if place.top <= row <= place.bottom and place.left <= column <= place.right:
            return True
    return any(
        place.top <= table.last_row and table.header_row <= place.bottom
        and any(place.left <= column <= place.right for column in table.ours)
        for band in layout.bands
        for table in band.tables
    )  # fmt: skip


def _columns_stay(placed: Placed) -> bool:
    """Whether every column keeps its place, so that widths and hidden columns of the old sheet do for the new one."""
    layout = placed.sheet.layout
    if not isinstance(layout, SheetLayout):
        return layout.areas is not None and not layout.is_new
    assert isinstance(placed.moves, Moves)
    return all(
        placed.moves.column(band.header_row, column) == column
        for band in layout.bands
        for column in range(1, band.right + 2)
    )


def _keep_view(root: etree._Element, old: etree._Element) -> None:
    """How large the sheet is shown, and the colour of its tab."""
    views = [next(elements(one.find(main_tag("sheetViews"))), None) for one in (old, root)]
    if views[0] is not None and views[1] is not None:
        for name in _ZOOM:
            if views[0].get(name) is not None:
                views[1].set(name, str(views[0].get(name)))
    colors = [one.find(f"{main_tag('sheetPr')}/{main_tag('tabColor')}") for one in (old, root)]
    properties = root.find(main_tag("sheetPr"))
    if colors[0] is not None and colors[1] is not None and properties is not None:
        properties.replace(colors[1], copy.deepcopy(colors[0]))


def _add_tables(root: etree._Element, identifiers: Iterable[str]) -> None:
    for identifier in identifiers:
        parts = root.find(main_tag("tableParts"))
        if parts is None:
            parts = root.makeelement(main_tag("tableParts"), {})
            insert_ordered(root, parts, _ORDER)
        etree.SubElement(parts, main_tag("tablePart")).set(RELATIONSHIP_ID, identifier)
        parts.set("count", str(len(list(elements(parts)))))


def _with_prefixes(root: etree._Element, old: etree._Element) -> etree._Element:
    """The root with the prefixes of the old one, which kept elements may mention in their values."""
    others = {prefix: uri for prefix, uri in old.nsmap.items() if prefix is not None and uri != MAIN}
    prefixes: Any = others | root.nsmap
    made: etree._Element = etree.Element(root.tag, {str(k): str(v) for k, v in root.attrib.items()}, nsmap=prefixes)
    ignorable = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
    if old.get(ignorable) is not None and made.get(ignorable) is None:
        made.set(ignorable, str(old.get(ignorable)))
    made.extend(list(root))
    return made


def _without_rows(data: bytes) -> tuple[etree._Element, bytes]:
    """A sheet without its rows, and the rows: they are most of it, and stay bytes."""
    start, end = data.find(_START), data.rfind(_END)
    if start < 0 or end < 0:
        root = parse(data, "a sheet")
        for rows in root.findall(main_tag("sheetData")):
            rows.clear()
        return root, b""
    start = data.find(b">", start) + 1
    return parse(data[:start] + data[end:], "a sheet"), data[start:end]


def _with_rows(root: etree._Element, rows: bytes) -> bytes:
    if not rows:
        return serialise(root)
    before, _, behind = serialise(root).partition(b"<sheetData/>")
    return b"".join((before, b"<sheetData>", rows, _END, behind))
