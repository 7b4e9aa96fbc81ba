"""Everything of a worksheet around its cells, as a copy keeps it: only what is known to be harmless.

What is not named here is not copied: drawings, comments, links, controls, extensions, rules with formulas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from restock_xl.exports.values.conditional import stays_a_rule
from restock_xl.exports.values.shown_styles import ShownStyles
from restock_xl.package.markup import MAIN, elements, local_name, main_tag, whole_number
from restock_xl.package.references import Area, area
from restock_xl.package.stored_values import text_markup

_VIEW = ("showGridLines", "showRowColHeaders", "showZeros", "rightToLeft", "zoomScale", "zoomScaleNormal")
_FORMAT = ("baseColWidth", "defaultColWidth", "defaultRowHeight", "customHeight", "zeroHeight", "outlineLevelRow",
           "outlineLevelCol")  # fmt: skip
_COLUMN = ("width", "hidden", "bestFit", "customWidth", "outlineLevel", "collapsed")
_PAGE = ("paperSize", "scale", "firstPageNumber", "fitToWidth", "fitToHeight", "pageOrder", "orientation",
         "useFirstPageNumber", "blackAndWhite")  # fmt: skip
_PAPER = {
    "printOptions": ("horizontalCentered", "verticalCentered", "headings", "gridLines"),
    "pageMargins": ("left", "right", "top", "bottom", "header", "footer"),
    "pageSetup": _PAGE,
}
_LITERAL = re.compile(r'"[^"]*"|-?\d+(\.\d+)?')
_PICTURE = re.compile("(&&)|&G")
_RULE_TYPES = ("list", "decimal", "whole", "date", "textLength", "time")


@dataclass(frozen=True)
class Cut:
    """Which cells of a sheet a copy shows.

    Attributes:
        columns: The columns to show, in their order; None shows all.
        first_row: With `columns`: rows above are titles, of which only the first column is shown.
        blanked: Areas whose cells are left out.
        dropped: Texts whose cells are left out.
        banner: What is put before the text of A1.
    """

    columns: tuple[int, ...] | None = None
    first_row: int = 1
    blanked: tuple[Area, ...] = ()
    dropped: frozenset[str] = frozenset()
    banner: str = ""

    def place(self, row: int, column: int) -> int | None:
        """Return the column where a cell stands in the copy; None where it is left out."""
        if any(one.top <= row <= one.bottom and one.left <= column <= one.right for one in self.blanked):
            return None
        if self.columns is None:
            return column
        if row < self.first_row:
            return column if column == 1 else None
        return self.columns.index(column) + 1 if column in self.columns else None


@dataclass(frozen=True)
class SheetFrame:
    """Makes the parts of a worksheet before and behind its rows.

    Args:
        root: The worksheet in the book.
        styles: Of the copy.
        cut: Which columns the copy shows.
    """

    root: etree._Element
    styles: ShownStyles
    cut: Cut

    def before(self, selected: bool) -> bytes:
        """Return what stands before the rows; `selected` says whether its tab is the one shown."""
        parts = (self._properties(), self._views(selected), self._copied("sheetFormatPr", _FORMAT), self._columns())
        return b"".join(parts)

    def behind(self, header: str) -> bytes:
        """Return what stands behind the rows, the list of tables excepted.

        Args:
            header: What stands on top of each printed page, where the sheet states nothing itself.
        """
        parts = [self._filter(), self._merges(), self._rules_by_value(), self._validations()]
        parts += [self._copied(name, attributes) for name, attributes in _PAPER.items()]
        return b"".join([*parts, self._page_header(header)])

    def _properties(self) -> bytes:
        old = self.root.find(main_tag("sheetPr"))
        kept = [] if old is None else [
            markup(local_name(child), dict(child.attrib))
            for child in elements(old)
            if local_name(child) in ("tabColor", "outlinePr", "pageSetUpPr")
        ]  # fmt: skip
        return b"<sheetPr>%b</sheetPr>" % b"".join(kept) if kept else b""

    def _views(self, selected: bool) -> bytes:
        view = self.root.find(f"{main_tag('sheetViews')}/{main_tag('sheetView')}")
        attributes = {} if view is None else {name: view.get(name, "") for name in _VIEW if view.get(name)}
        if selected:
            attributes["tabSelected"] = "1"
        pane = None if view is None else view.find(main_tag("pane"))
        inside = b"" if pane is None else self._pane(pane)
        return b"<sheetViews>%b</sheetViews>" % markup("sheetView", attributes | {"workbookViewId": "0"}, inside)

    def _pane(self, pane: etree._Element) -> bytes:
        if pane.get("state") not in ("frozen", "frozenSplit"):
            return b""
        if self.cut.columns is None:
            return markup("pane", dict(pane.attrib))
        rows = whole_number(pane.get("ySplit"))
        stated = {"ySplit": str(rows), "topLeftCell": f"A{rows + 1}", "activePane": "bottomLeft", "state": "frozen"}
        return markup("pane", stated) if rows else b""

    def _copied(self, name: str, attributes: tuple[str, ...]) -> bytes:
        old = self.root.find(main_tag(name))
        stated = {} if old is None else {key: old.get(key, "") for key in attributes if old.get(key) is not None}
        return markup(name, stated) if stated else b""

    def _columns(self) -> bytes:
        columns = sorted(
            (first, last, markup("col", {"min": str(first), "max": str(last)} | self._column_format(column)))
            for column in self.root.iterfind(f"{main_tag('cols')}/{main_tag('col')}")
            for first, last in self._column_spans(column)
        )
        return b"<cols>%b</cols>" % b"".join(made for _, _, made in columns) if columns else b""

    def _column_spans(self, column: etree._Element) -> Iterator[tuple[int, int]]:
        first, last = whole_number(column.get("min")), whole_number(column.get("max"))
        if self.cut.columns is None:
            yield first, last
            return
        for place, own in enumerate(self.cut.columns, start=1):
            if first <= own <= last:
                yield place, place

    def _column_format(self, column: etree._Element) -> dict[str, str]:
        stated = {key: column.get(key, "") for key in _COLUMN if column.get(key) is not None}
        if self.cut.columns is not None:
            stated = {key: text for key, text in stated.items() if key in ("width", "customWidth")}
        if column.get("style") is not None:
            stated["style"] = str(self.styles.shown(whole_number(column.get("style"))))
        return stated

    def _filter(self) -> bytes:
        old = self.root.find(main_tag("autoFilter"))
        usable = old is not None and self.cut.columns is None and area(old.get("ref") or "") is not None
        return markup("autoFilter", {"ref": old.get("ref") or ""}) if usable and old is not None else b""

    def _merges(self) -> bytes:
        if self.cut.columns is not None:
            return b""
        found = self.root.iterfind(f"{main_tag('mergeCells')}/{main_tag('mergeCell')}")
        merges = [one.get("ref") or "" for one in found if area(one.get("ref") or "")]
        inside = b"".join(markup("mergeCell", {"ref": one}) for one in merges)
        return b'<mergeCells count="%d">%b</mergeCells>' % (len(merges), inside) if inside else b""

    def _rules_by_value(self) -> bytes:
        """Data bars, icons and the like, which need only the values of their own cells."""
        made = []
        for block in self.root.findall(main_tag("conditionalFormatting")) if self.cut.columns is None else ():
            rules = [rule for rule in block.findall(main_tag("cfRule")) if stays_a_rule(rule)]
            inside = b"".join(_whole(rule, ("dxfId",)) for rule in rules)
            if inside:
                made.append(markup("conditionalFormatting", {"sqref": block.get("sqref") or ""}, inside))
        return b"".join(made)

    def _validations(self) -> bytes:
        """What may be typed, where it is said by words or numbers and not by other cells."""
        if self.cut.columns is not None:
            return b""
        made = []
        for rule in self.root.iterfind(f"{main_tag('dataValidations')}/{main_tag('dataValidation')}"):
            limits = [child.text or "" for child in elements(rule)]
            if rule.get("type") in _RULE_TYPES and limits and all(map(_LITERAL.fullmatch, limits)):
                made.append(_whole(rule, ()))
        return b'<dataValidations count="%d">%b</dataValidations>' % (len(made), b"".join(made)) if made else b""

    def _page_header(self, header: str) -> bytes:
        old = self.root.find(main_tag("headerFooter"))
        stated = {} if old is None else {local_name(child): child.text or "" for child in elements(old)}
        stated = {name: _PICTURE.sub(r"\1", text) for name, text in stated.items()}
        if not stated.get("oddHeader"):
            stated["oddHeader"] = "&L" + header.replace("&", "&&")
        order = ("oddHeader", "oddFooter")
        inside = "".join(f"<{name}>{text_markup(stated[name])}</{name}>" for name in order if stated.get(name))
        return f"<headerFooter>{inside}</headerFooter>".encode()


def markup(name: str, attributes: Mapping[Any, Any], inside: bytes = b"") -> bytes:
    """Return an element of the main namespace, without attributes of others."""
    element = etree.Element(name, {str(key): str(value) for key, value in attributes.items() if "}" not in str(key)})
    opening = etree.tostring(element)
    return opening if not inside else opening[:-2] + b">" + inside + f"</{name}>".encode()


def _whole(element: etree._Element, without: tuple[str, ...]) -> bytes:
    """An element with all below it, of the main namespace only and without extensions."""
    kept = {key: value for key, value in element.attrib.items() if str(key) not in without}
    children = [_whole(child, without) for child in elements(element) if str(child.tag).startswith(f"{{{MAIN}}}")
                and local_name(child) != "extLst"]  # fmt: skip
    text = text_markup(element.text) if element.text and not children else ""
    return markup(local_name(element), kept, b"".join(children) or text.encode())
