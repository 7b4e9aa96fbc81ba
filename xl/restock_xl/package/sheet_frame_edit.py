"""What stands before and behind the rows of a sheet, changed while the rows stay the bytes that they are."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from .markup import parse, serialise

ORDER = [
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
    "webPublishItems", "tableParts", "extLst",
]  # fmt: skip
"""Order of the elements of a worksheet (ECMA-376 part 1, §18.3.1.99)."""

_TAG = b"sheetData>"


def frame_of(xml: bytes, part: str) -> etree._Element:
    """Return a sheet without its rows."""
    return parse(_split(xml)[0], part)


def with_frame(xml: bytes, part: str, edit: Callable[[etree._Element], bool]) -> bytes:
    """Return the sheet as `edit` leaves it, which is given the sheet without rows and says whether it changed it."""
    plain, rows = _split(xml)
    root = parse(plain, part)
    if not edit(root):
        return xml
    data = root.find("{*}sheetData")
    if not rows or data is None:
        return serialise(root)
    marker = b"rows go here"
    data.text = marker.decode()
    before, _, behind = serialise(root).partition(marker)
    return before + rows + behind


def _split(xml: bytes) -> tuple[bytes, bytes]:
    """Return the sheet without rows, and the rows."""
    start = xml.find(_TAG)
    end = xml.rfind(b"</", 0, max(xml.rfind(_TAG), 0))
    if start < 0 or end <= start:
        return xml, b""
    start += len(_TAG)
    return xml[:start] + xml[end:], xml[start:end]
