"""One worksheet as a copy shows it: values without formulas, real fills, and only what is known to be harmless.

What is not named here is not copied: drawings, comments, links, controls, formulas, extensions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from restock_xl.exports.conditional import DRAWN_BY_VALUE, Paints
from restock_xl.exports.shown_styles import ShownStyles
from restock_xl.exports.text_table import TextTable
from restock_xl.package.escapes import decode
from restock_xl.package.iso_serial import iso_serial
from restock_xl.package.markup import MAIN, RELATIONSHIPS, elements, is_true, local_name, main_tag, whole_number
from restock_xl.package.references import Area, area, column_letter, column_number
from restock_xl.package.shared_strings import SharedStrings
from restock_xl.package.stored_values import number_markup, text_markup

_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d+)")
_VIEW = ("showGridLines", "showRowColHeaders", "showZeros", "rightToLeft", "zoomScale", "zoomScaleNormal")
_FORMAT = ("baseColWidth", "defaultColWidth", "defaultRowHeight", "customHeight", "zeroHeight", "outlineLevelRow",
           "outlineLevelCol")  # fmt: skip
_COLUMN = ("width", "hidden", "bestFit", "customWidth", "outlineLevel", "collapsed")
_ROW = ("ht", "customHeight", "hidden", "outlineLevel", "collapsed")
_PAGE = ("paperSize", "scale", "firstPageNumber", "fitToWidth", "fitToHeight", "pageOrder", "orientation",
         "useFirstPageNumber", "blackAndWhite")  # fmt: skip
_LITERAL = re.compile(r'"[^"]*"|-?\d+(\.\d+)?')
_DECLARED = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
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


@dataclass
class ValueSheet:
    """Makes the markup of one sheet of a copy.

    Args:
        root: The worksheet in the book.
        strings: The shared texts of the book.
        styles, texts: Of the copy; what the sheet uses is put there.
        paints: What its conditional formats lay over its cells.
        filtered: Rows that a filter hides: the copy shows them.
        date1904: Whether the book counts dates from 1904.
    """

    root: etree._Element
    strings: SharedStrings
    styles: ShownStyles
    texts: TextTable
    paints: Paints = field(default_factory=dict)
    filtered: frozenset[int] = frozenset()
    date1904: bool = False
    cut: Cut = Cut()

    def markup(self, selected: bool, header: str, table_ids: Mapping[str, str]) -> bytes:
        """Return the worksheet.

        Args:
            selected: Whether its tab is the one shown.
            header: What stands on top of each printed page, where the sheet states nothing itself.
            table_ids: The ids of the relationships to its tables.
        """
        parts = [self._properties(), self._views(selected), self._copied("sheetFormatPr", _FORMAT), self._columns()]
        parts += [b"<sheetData>", *self._rows(), b"</sheetData>"]
        parts += [self._filter(), self._merges(), self._rules_by_value(), self._validations()]
        parts += [self._copied("printOptions", ("horizontalCentered", "verticalCentered", "headings", "gridLines")),
                  self._copied("pageMargins", ("left", "right", "top", "bottom", "header", "footer")),
                  self._copied("pageSetup", _PAGE), self._page_header(header)]  # fmt: skip
        if table_ids:
            inside = "".join(f'<tablePart r:id="{one}"/>' for one in table_ids.values())
            parts.append(f'<tableParts count="{len(table_ids)}">{inside}</tableParts>'.encode())
        opening = f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}">'.encode()
        return _DECLARED + opening + b"".join(parts) + b"</worksheet>"

    def _properties(self) -> bytes:
        old = self.root.find(main_tag("sheetPr"))
        kept = [] if old is None else [
            _markup(local_name(child), dict(child.attrib))
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
        return b"<sheetViews>%b</sheetViews>" % _markup("sheetView", attributes | {"workbookViewId": "0"}, inside)

    def _pane(self, pane: etree._Element) -> bytes:
        if pane.get("state") not in ("frozen", "frozenSplit"):
            return b""
        if self.cut.columns is None:
            return _markup("pane", dict(pane.attrib))
        rows = whole_number(pane.get("ySplit"))
        stated = {"ySplit": str(rows), "topLeftCell": f"A{rows + 1}", "activePane": "bottomLeft", "state": "frozen"}
        return _markup("pane", stated) if rows else b""

    def _copied(self, name: str, attributes: tuple[str, ...]) -> bytes:
        old = self.root.find(main_tag(name))
        stated = {} if old is None else {key: old.get(key, "") for key in attributes if old.get(key) is not None}
        return _markup(name, stated) if stated else b""

    def _columns(self) -> bytes:
        columns = sorted(
            (first, last, _markup("col", {"min": str(first), "max": str(last)} | self._column_format(column)))
            for column in self.root.iterfind(f"{main_tag('cols')}/{main_tag('col')}")
            for first, last in self._column_spans(column)
        )
        return b"<cols>%b</cols>" % b"".join(markup for _, _, markup in columns) if columns else b""

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

    def _rows(self) -> Iterator[bytes]:
        number = 0
        for row in self.root.iterfind(f"{main_tag('sheetData')}/{main_tag('row')}"):
            number = whole_number(row.get("r"), number + 1)
            stated = {key: row.get(key, "") for key in _ROW if row.get(key) is not None}
            if number in self.filtered:
                stated.pop("hidden", None)
            if row.get("s") is not None and is_true(row.get("customFormat")):
                stated |= {"s": str(self.styles.shown(whole_number(row.get("s")))), "customFormat": "1"}
            yield _markup("row", {"r": str(number)} | stated, b"".join(self._cells(row, number)))

    def _cells(self, row: etree._Element, number: int) -> list[bytes]:
        made: list[tuple[int, bytes]] = []
        column = 0
        for cell in row.iterfind(main_tag("c")):
            stated = _REFERENCE.match(cell.get("r") or "")
            column = column_number(stated.group(1)) if stated else column + 1
            place = self.cut.place(number, column)
            if place is not None:
                made.append((place, self._cell(cell, number, column, place)))
        if self.cut.columns is not None:
            made.sort()
        return [markup for _, markup in made]

    def _cell(self, cell: etree._Element, row: int, column: int, place: int) -> bytes:
        style = self.styles.shown(whole_number(cell.get("s")), self.paints.get((row, column), ()))
        kind, value = self._value(cell, row, column)
        head = f'<c r="{column_letter(place)}{row}" s="{style}"' + (f' t="{kind}"' if kind else "")
        return f"{head}/>".encode() if value is None else f"{head}><v>{value}</v></c>".encode()

    def _value(self, cell: etree._Element, row: int, column: int) -> tuple[str, str | None]:
        kind, value = cell.get("t") or "", cell.find(main_tag("v"))
        text = None if value is None else value.text or ""
        if kind in ("s", "str", "inlineStr"):
            number = self._text_number(cell, kind, text, row == column == 1)
            return ("", None) if number is None else ("s", str(number))
        if not text:
            return "", None
        if kind == "d":
            serial = iso_serial(text, self.date1904)
            return "", None if serial is None else number_markup(serial)
        return (kind if kind in ("b", "e") else ""), text_markup(text)

    def _text_number(self, cell: etree._Element, kind: str, text: str | None, is_title: bool) -> int | None:
        """The number of a cell's text in the copy; None where it shows none."""
        if kind == "s":
            if text is None:
                return None
            shown = self.strings[int(text)]
            if not self._is_plain(shown, is_title):
                return self._own(shown, is_title)
            return self.texts.item(self.strings.markup(int(text)))
        if kind == "inlineStr":
            text = "".join(run.text or "" for run in _runs(cell.find(main_tag("is"))))
        return self._own(decode(text), is_title) if text else None

    def _is_plain(self, shown: str, is_title: bool) -> bool:
        return not (is_title and self.cut.banner) and shown not in self.cut.dropped

    def _own(self, shown: str, is_title: bool) -> int | None:
        if shown in self.cut.dropped:
            return None
        return self.texts.plain(f"{self.cut.banner} · {shown}" if is_title and self.cut.banner else shown)

    def _filter(self) -> bytes:
        old = self.root.find(main_tag("autoFilter"))
        usable = old is not None and self.cut.columns is None and area(old.get("ref") or "") is not None
        return _markup("autoFilter", {"ref": old.get("ref") or ""}) if usable and old is not None else b""

    def _merges(self) -> bytes:
        if self.cut.columns is not None:
            return b""
        found = self.root.iterfind(f"{main_tag('mergeCells')}/{main_tag('mergeCell')}")
        merges = [one.get("ref") or "" for one in found if area(one.get("ref") or "")]
        inside = b"".join(_markup("mergeCell", {"ref": one}) for one in merges)
        return b'<mergeCells count="%d">%b</mergeCells>' % (len(merges), inside) if inside else b""

    def _rules_by_value(self) -> bytes:
        """Data bars and icons, which need only the values of their own cells."""
        made = []
        for block in self.root.findall(main_tag("conditionalFormatting")) if self.cut.columns is None else ():
            rules = [rule for rule in block.findall(main_tag("cfRule")) if _needs_values_only(rule)]
            inside = b"".join(_whole(rule, ("dxfId",)) for rule in rules)
            if inside:
                made.append(_markup("conditionalFormatting", {"sqref": block.get("sqref") or ""}, inside))
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
        stated = {name: re.sub("&G", "", text) for name, text in stated.items()}
        if not stated.get("oddHeader"):
            stated["oddHeader"] = "&L" + header.replace("&", "&&")
        order = ("oddHeader", "oddFooter")
        inside = "".join(f"<{name}>{text_markup(stated[name])}</{name}>" for name in order if stated.get(name))
        return f"<headerFooter>{inside}</headerFooter>".encode()


def _runs(item: etree._Element | None) -> Iterator[etree._Element]:
    """The texts of an inline item; readings are left out."""
    for child in elements(item):
        if local_name(child) == "t":
            yield child
        elif local_name(child) == "r":
            yield from child.iterfind(main_tag("t"))


def _needs_values_only(rule: etree._Element) -> bool:
    values = list(rule.iter(main_tag("cfvo")))
    return rule.get("type") in DRAWN_BY_VALUE and all(value.get("type") != "formula" for value in values)


def _markup(name: str, attributes: Mapping[Any, Any], inside: bytes = b"") -> bytes:
    """An element of the main namespace, without attributes of others."""
    element = etree.Element(name, {str(key): str(value) for key, value in attributes.items() if "}" not in str(key)})
    opening = etree.tostring(element)
    return opening if not inside else opening[:-2] + b">" + inside + f"</{name}>".encode()


def _whole(element: etree._Element, without: tuple[str, ...]) -> bytes:
    """An element with all below it, of the main namespace only and without extensions."""
    kept = {key: value for key, value in element.attrib.items() if str(key) not in without}
    children = [_whole(child, without) for child in elements(element) if str(child.tag).startswith(f"{{{MAIN}}}")
                and local_name(child) != "extLst"]  # fmt: skip
    text = text_markup(element.text) if element.text and not children else ""
    return _markup(local_name(element), kept, b"".join(children) or text.encode())
