"""One worksheet as a copy shows it: values without formulas, and real fills."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from restock_xl.exports.values.conditional import Paints
from restock_xl.exports.values.sheet_frame import Cut, SheetFrame, markup
from restock_xl.exports.values.shown_styles import ShownStyles
from restock_xl.exports.values.text_table import TextTable
from restock_xl.package.escapes import MAX_CELL_TEXT, decode
from restock_xl.package.iso_serial import iso_serial
from restock_xl.package.markup import MAIN, RELATIONSHIPS, elements, is_true, local_name, main_tag, whole_number
from restock_xl.package.references import column_letter, column_number
from restock_xl.package.shared_strings import SharedStrings
from restock_xl.package.stored_values import number_markup, text_markup

_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d+)")
_ROW = ("ht", "customHeight", "hidden", "outlineLevel", "collapsed")
_DECLARED = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


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
    cut: Cut = field(default_factory=Cut)

    def markup(self, selected: bool, header: str, table_ids: Sequence[str]) -> bytes:
        """Return the worksheet.

        Args:
            selected: Whether its tab is the one shown.
            header: What stands on top of each printed page, where the sheet states nothing itself.
            table_ids: The ids of the relationships to its tables.
        """
        frame = SheetFrame(self.root, self.styles, self.cut)
        parts = [frame.before(selected), b"<sheetData>", *self._rows(), b"</sheetData>", frame.behind(header)]
        if table_ids:
            inside = "".join(f'<tablePart r:id="{one}"/>' for one in table_ids)
            parts.append(f'<tableParts count="{len(table_ids)}">{inside}</tableParts>'.encode())
        opening = f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}">'.encode()
        return _DECLARED + opening + b"".join(parts) + b"</worksheet>"

    def _rows(self) -> Iterator[bytes]:
        painted: dict[int, list[int]] = {}
        for row_number, column in sorted(self.paints):
            painted.setdefault(row_number, []).append(column)
        number = 0
        for row in self.root.iterfind(f"{main_tag('sheetData')}/{main_tag('row')}"):
            number = whole_number(row.get("r"), number + 1)
            for missing in [one for one in painted if one < number]:
                yield self._painted_row(missing, painted.pop(missing))
            stated = {key: row.get(key, "") for key in _ROW if row.get(key) is not None}
            if number in self.filtered:
                stated.pop("hidden", None)
            if row.get("s") is not None and is_true(row.get("customFormat")):
                stated |= {"s": str(self.styles.shown(whole_number(row.get("s")))), "customFormat": "1"}
            cells = self._cells(row, number, painted.pop(number, []))
            yield markup("row", {"r": str(number)} | stated, b"".join(cells))

    def _painted_row(self, number: int, columns: list[int]) -> bytes:
        """A row that is not in the book, of blank cells that rules fill."""
        made = [(place, self._blank(number, column, place)) for column in columns
                if (place := self.cut.place(number, column)) is not None]  # fmt: skip
        return markup("row", {"r": str(number)}, b"".join(cell for _, cell in sorted(made)))

    def _cells(self, row: etree._Element, number: int, painted: list[int]) -> list[bytes]:
        made: list[tuple[int, bytes]] = []
        missing = set(painted)
        column = 0
        for cell in row.iterfind(main_tag("c")):
            stated = _REFERENCE.match(cell.get("r") or "")
            column = column_number(stated.group(1)) if stated else column + 1
            missing.discard(column)
            place = self.cut.place(number, column)
            if place is not None:
                made.append((place, self._cell(cell, number, column, place)))
        for column in missing:
            place = self.cut.place(number, column)
            if place is not None:
                made.append((place, self._blank(number, column, place)))
        if self.cut.columns is not None or missing:
            made.sort()
        return [cell for _, cell in made]

    def _cell(self, cell: etree._Element, row: int, column: int, place: int) -> bytes:
        style = self.styles.shown(whole_number(cell.get("s")), self.paints.get((row, column), ()))
        kind, value = self._value(cell, row, column)
        head = f'<c r="{column_letter(place)}{row}" s="{style}"' + (f' t="{kind}"' if kind else "")
        return f"{head}/>".encode() if value is None else f"{head}><v>{value}</v></c>".encode()

    def _blank(self, row: int, column: int, place: int) -> bytes:
        """A cell that is not in the book, in the format of its column."""
        styles = (one.get("style") for one in self.root.iterfind(f"{main_tag('cols')}/{main_tag('col')}")
                  if whole_number(one.get("min")) <= column <= whole_number(one.get("max")))  # fmt: skip
        style = self.styles.shown(whole_number(next(styles, None)), self.paints[row, column])
        return f'<c r="{column_letter(place)}{row}" s="{style}"/>'.encode()

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
        told = f"{self.cut.banner} · {shown}" if is_title and self.cut.banner else shown
        return self.texts.plain(told[:MAX_CELL_TEXT])


def _runs(item: etree._Element | None) -> Iterator[etree._Element]:
    """The texts of an inline item; readings are left out."""
    for child in elements(item):
        if local_name(child) == "t":
            yield child
        elif local_name(child) == "r":
            yield from child.iterfind(main_tag("t"))
