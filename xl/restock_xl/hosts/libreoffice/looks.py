"""How cells look, copied from one book to another without touching what stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .bridge import properties, struct
from .formats import number_format, set_number_format

if TYPE_CHECKING:
    from .ranges import Range

_LOOKS = tuple(sorted((
    "CharFontName", "CharHeight", "CharWeight", "CharPosture", "CharUnderline", "CharColor", "CellBackColor",
    "IsCellBackgroundTransparent", "HoriJustify", "VertJustify", "IsTextWrapped", "ShrinkToFit", "ParaIndent",
    "CellProtection", "TopBorder2", "BottomBorder2", "LeftBorder2", "RightBorder2",
)))  # fmt: skip
_RULE_STYLE = "ConditionalStyle"
"""Stands in the names of the styles that LibreOffice makes for the colours by rule of a file."""
_RULE_LOOKS = ("CellBackColor", "CharColor", "CharWeight")


def copy_looks(source: Range, target: Range) -> None:
    """Copy formats and colours by rule, so that the cells from the first one of `target` on look like `source`."""
    document = target.sheet.book.api
    offset = target.row - source.row, target.column - source.column
    for cells in _alike(source.api.UniqueCellFormatRanges):
        own = _moved(document, target, cells.RangeAddresses, offset)
        own.setPropertyValues(_LOOKS, cells.getPropertyValues(_LOOKS))
        set_number_format(document, own, number_format(source.sheet.book.api, cells))
    place = target.sheet.range(target.first, _last(source, target))
    _copy_rules(source, place, offset)


def copy_validation(source: Range, target: Range) -> None:
    """Copy what may be typed."""
    document = target.sheet.book.api
    offset = target.row - source.row, target.column - source.column
    for cells in _alike(source.api.UniqueCellFormatRanges):
        _moved(document, target, cells.RangeAddresses, offset).Validation = cells.Validation


def _alike(groups: Any) -> Iterator[Any]:
    """Cells with the same formats, wherever they lie."""
    return (groups.getByIndex(index) for index in range(groups.Count))


def _moved(document: Any, target: Range, places: Any, offset: tuple[int, int]) -> Any:
    """The cells of other places on the target's sheet, moved by rows and columns."""
    sheet = target.sheet.index - 1
    found = document.createInstance("com.sun.star.sheet.SheetCellRanges")
    found.addRangeAddresses(tuple(_shifted(place, sheet, offset) for place in places), False)
    return found


def _shifted(place: Any, sheet: int, offset: tuple[int, int]) -> Any:
    down, right = offset
    return struct(
        "table.CellRangeAddress", Sheet=sheet, StartRow=place.StartRow + down, EndRow=place.EndRow + down,
        StartColumn=place.StartColumn + right, EndColumn=place.EndColumn + right,
    )  # fmt: skip


def _last(source: Range, target: Range) -> tuple[int, int]:
    return target.row + source.shape[0] - 1, target.column + source.shape[1] - 1


def _copy_rules(source: Range, target: Range, offset: tuple[int, int]) -> None:
    """Replace the colours by rule of the target by those that begin within the source."""
    bare = target.api.ConditionalFormat
    bare.clear()
    target.api.ConditionalFormat = bare
    document = target.sheet.book.api
    for rule in source.sheet.api.ConditionalFormats.getConditionalFormats():
        for place in rule.Range.RangeAddresses:
            if place.StartRow < source.last[0] and place.StartColumn < source.last[1]:
                theirs = source.sheet.api.getCellRangeByPosition(
                    place.StartColumn, place.StartRow, place.StartColumn, place.StartRow
                ).ConditionalFormat
                own = _moved(document, target, (place,), offset)
                own.ConditionalFormat = _rules(theirs, own.ConditionalFormat, source, target, offset)


def _rules(theirs: Any, own: Any, source: Range, target: Range, offset: tuple[int, int]) -> Any:
    own.clear()
    for index in range(theirs.Count):
        entry = theirs.getByIndex(index)
        at = entry.SourcePosition
        moved = struct(
            "table.CellAddress", Sheet=target.sheet.index - 1, Row=at.Row + offset[0], Column=at.Column + offset[1]
        )
        style = _style(source.sheet.book.api, target.sheet.book.api, entry.StyleName)
        formulas = {"Formula1": entry.Formula1, "Formula2": entry.Formula2}
        own.addNew(properties(Operator=entry.Operator, SourcePosition=moved, StyleName=style, **formulas))
    return own


def _style(source: Any, target: Any, name: str) -> str:
    """Return a cell style of the target that looks like one of the source: one that is there, else a new one.

    LibreOffice lets no style be made while any sheet of the book is protected.
    """
    values = source.StyleFamilies.getByName("CellStyles").getByName(name).getPropertyValues(_RULE_LOOKS)
    styles = target.StyleFamilies.getByName("CellStyles")
    for there in styles.ElementNames:
        if _RULE_STYLE in there and styles.getByName(there).getPropertyValues(_RULE_LOOKS) == values:
            return str(there)
    style, found = target.createInstance("com.sun.star.style.CellStyle"), f"Restock {_RULE_STYLE} {styles.Count + 1}"
    styles.insertByName(found, style)
    style.setPropertyValues(_RULE_LOOKS, values)
    return found
