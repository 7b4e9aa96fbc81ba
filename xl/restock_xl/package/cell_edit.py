"""Plain value cells set in the bytes of a sheet: what a spilled formula leaves behind or newly fills."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from .cached_values import plain_sheet, prefix_of
from .references import column_letter, column_number
from .stored_values import space_attribute, stored

Place = tuple[int, int]
"""Row and column, both from 1."""


@dataclass(frozen=True)
class NewFormula:
    """A formula to put into a cell, without "=", still without a value; `style` is for a cell that has none."""

    text: str
    style: bytes = b""


@dataclass(frozen=True)
class NewValue:
    """A value to put into a cell; `style` is for a cell that has none."""

    value: object
    style: bytes = b""


_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Z]+)\d+["']""")
_VALUE_ATTRIBUTES = re.compile(rb"""\s(?:t|vm|cm)\s*=\s*(?:"[^"]*"|'[^']*')""")
_STYLE = re.compile(rb"""\ss\s*=\s*["'](\d+)["']""")
_SPANS = re.compile(rb"""\sspans\s*=\s*(?:"[^"]*"|'[^']*')""")


def set_cells(xml: bytes, values: Mapping[Place, object], styles: Mapping[Place, int] | None = None) -> bytes:
    """Return the sheet with values in cells that hold no formula; those that it lacks are added, styles stay.

    Args:
        xml: The bytes of a worksheet part.
        values: What each cell shows, see `stored`, or a `NewFormula`, a `NewValue` or a whole cell; None empties it.
        styles: Numbers of formats for cells that are made, blank ones too.

    >>> sheet = b'<worksheet><sheetData><row r="2"><c r="A2" s="4"><v>1</v></c></row></sheetData></worksheet>'
    >>> set_cells(sheet, {(2, 1): None, (2, 3): "x"})[22:-24]
    b'<row r="2"><c r="A2" s="4"/><c r="C2" t="str"><v>x</v></c></row>'
    """
    if not values and not styles:
        return xml
    xml = plain_sheet(xml)
    rows: dict[int, dict[int, object]] = {}
    for (row, column), value in (dict.fromkeys(styles or ()) | dict(values)).items():
        rows.setdefault(row, {})[column] = value
    sheet = _Sheet(prefix_of(xml), styles or {})
    pieces, position = [], 0
    ahead = sorted(rows, reverse=True)
    for found in sheet.row.finditer(xml):
        number = int(found.group(2))
        while ahead and ahead[-1] < number:
            missing = ahead.pop()
            pieces += [xml[position : found.start()], sheet.new_row(missing, rows.pop(missing))]
            position = found.start()
        if ahead and ahead[-1] == number:
            ahead.pop()
            pieces += [xml[position : found.start()], sheet.edited(found, rows.pop(number))]
            position = found.end()
        if not rows:
            break
    end = xml.find(b"</%bsheetData>" % sheet.prefix, position)
    added = [sheet.new_row(number, cells) for number, cells in sorted(rows.items())]
    return b"".join([*pieces, xml[position:end], *added, xml[end:]]) if end >= 0 else xml


class _Sheet:
    """How rows and cells are spelled in one sheet."""

    def __init__(self, prefix: bytes, styles: Mapping[Place, int] | None = None) -> None:
        self.prefix, self._styles = prefix, styles or {}
        self.row = re.compile(
            rb"""<%brow\b([^>]*?\sr\s*=\s*["'](\d+)["'][^>]*?)(?:/>|>(.*?)</%brow\s*>)""" % (prefix, prefix), re.DOTALL
        )
        self._cell = re.compile(rb"<%bc\b([^>]*?)(?:/>|>.*?</%bc\s*>)" % (prefix, prefix), re.DOTALL)

    def cells(self, row: re.Match[bytes]) -> Iterator[re.Match[bytes]]:
        """Yield the cells of a row that was found."""
        return self._cell.finditer(row.group(3) or b"")

    def new_row(self, number: int, cells: Mapping[int, object]) -> bytes:
        """Return a row that the sheet lacks; none where all its cells are blank."""
        made = b"".join(self._made(number, column, b"", value) for column, value in sorted(cells.items()))
        return b'<%brow r="%d">%b</%brow>' % (self.prefix, number, made, self.prefix) if made else b""

    def edited(self, found: re.Match[bytes], values: Mapping[int, object]) -> bytes:
        """Return a row with some cells set."""
        number, left = int(found.group(2)), dict(values)
        cells: list[bytes] = []
        for cell in self.cells(found):
            reference = _REFERENCE.search(cell.group(1))
            column = column_number(reference.group(1).decode()) if reference else 0
            for missing in sorted(one for one in left if one < column):
                cells.append(self._made(number, missing, b"", left.pop(missing)))
            if column in left:
                kept = _REFERENCE.sub(b"", _VALUE_ATTRIBUTES.sub(b"", cell.group(1)))
                cells.append(self._made(number, column, kept, left.pop(column)))
            else:
                cells.append(cell.group())
        cells += [self._made(number, column, b"", value) for column, value in sorted(left.items())]
        attributes = _SPANS.sub(b"", found.group(1))
        return b"<%brow%b>%b</%brow>" % (self.prefix, attributes.rstrip(), b"".join(cells), self.prefix)

    def _made(self, row: int, column: int, attributes: bytes, value: object) -> bytes:
        if isinstance(value, CellMarkup):
            return value.at(row, column, self.prefix)
        if (row, column) in self._styles:
            attributes = b' s="%d"%b' % (self._styles[row, column], _STYLE.sub(b"", attributes))
        if isinstance(value, NewFormula):
            return self._formula(row, column, attributes, value)
        if isinstance(value, NewValue):
            if not _STYLE.search(attributes) and value.style:
                attributes = b' s="%b"%b' % (value.style, attributes)
            value = value.value
        kept = stored(value)
        if kept is None and not attributes:
            return b""
        start = b'<%bc r="%b%d"%b' % (self.prefix, column_letter(column).encode(), row, attributes.rstrip())
        if kept is None:
            return start + b"/>"
        kind, text = kept
        space = space_attribute(text) if kind == "str" else ""
        typed = b' t="%b"' % kind.encode() if kind else b""
        shown = b"<%bv%b>%b</%bv>" % (self.prefix, space.encode(), text.encode(), self.prefix)
        return b"%b%b>%b</%bc>" % (start, typed, shown, self.prefix)

    def _formula(self, row: int, column: int, attributes: bytes, formula: NewFormula) -> bytes:
        place = column_letter(column).encode()
        if not _STYLE.search(attributes) and formula.style:
            attributes = b' s="%b"%b' % (formula.style, attributes)
        text = escape(formula.text).encode()
        content = b"<%bf>%b</%bf>" % (self.prefix, text, self.prefix)
        return b'<%bc r="%b%d"%b>%b</%bc>' % (self.prefix, place, row, attributes.rstrip(), content, self.prefix)


def styles_of_row(xml: bytes, number: int) -> dict[int, bytes]:
    """Return the style of each cell of a row, by column; cells in the plain style are absent."""
    sheet = _Sheet(prefix_of(xml))
    row = next((found for found in sheet.row.finditer(xml) if int(found.group(2)) == number), None)
    styles = {}
    for cell in sheet.cells(row) if row is not None else ():
        reference, style = _REFERENCE.search(cell.group(1)), _STYLE.search(cell.group(1))
        if reference and style and style.group(1) != b"0":
            styles[column_number(reference.group(1).decode())] = style.group(1)
    return styles


@dataclass(frozen=True)
class CellMarkup:
    """A cell as it stands in a sheet: style, type, what is in it, and its marks of a dynamic array and a picture."""

    style: bytes = b""
    kind: bytes = b""
    inside: bytes = b""
    cell_metadata: bytes = b""
    value_metadata: bytes = b""

    def at(self, row: int, column: int, prefix: bytes = b"") -> bytes:
        """Return the cell's element at a place of a sheet."""
        stated = ((b"s", self.style), (b"t", self.kind), (b"cm", self.cell_metadata), (b"vm", self.value_metadata))
        attributes = b"".join(b' %b="%b"' % pair for pair in stated if pair[1])
        start = b'<%bc r="%b%d"%b' % (prefix, column_letter(column).encode(), row, attributes)
        return start + (b">%b</%bc>" % (self.inside, prefix) if self.inside else b"/>")


_STATED = re.compile(rb"""\s(s|t|cm|vm)\s*=\s*["']([^"']*)["']""")


def cells_of(xml: bytes, passed: Callable[[int], Collection[int]]) -> Iterator[tuple[int, int, CellMarkup]]:
    """Yield row, column and markup of the cells of a sheet, their elements without prefix.

    Args:
        passed: The columns of a row that are passed over.
    """
    xml = plain_sheet(xml)
    prefix = prefix_of(xml)
    sheet = _Sheet(prefix)
    for row in sheet.row.finditer(xml):
        column, number = 0, int(row.group(2))
        without = passed(number)
        for cell in sheet.cells(row):
            reference = _REFERENCE.search(cell.group(1))
            column = column_number(reference.group(1).decode()) if reference else column + 1
            if column in without:
                continue
            stated = dict(_STATED.findall(cell.group(1)))
            inside = cell.group()[cell.end(1) - cell.start() :].partition(b">")[2].rpartition(b"</")[0]
            if prefix:
                inside = inside.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")
            style, kind, cell_mark, value_mark = (stated.get(name, b"") for name in (b"s", b"t", b"cm", b"vm"))
            yield number, column, CellMarkup(style, kind, inside, cell_mark, value_mark)


def styles_in_columns(xml: bytes, columns: set[int]) -> dict[Place, int]:
    """Return the style of every cell that stands in one of these columns, by row and column."""
    sheet, found = _Sheet(prefix_of(xml)), {}
    for row in sheet.row.finditer(xml):
        for cell in sheet.cells(row):
            reference, style = _REFERENCE.search(cell.group(1)), _STYLE.search(cell.group(1))
            column = column_number(reference.group(1).decode()) if reference else 0
            if column in columns:
                found[int(row.group(2)), column] = int(style.group(1)) if style else 0
    return found


def restyled(xml: bytes, styles: Mapping[Place, int]) -> bytes:
    """Return the sheet with other styles for cells that are there; what they hold stays.

    >>> restyled(b'<worksheet><c r="A2" s="4"><v>1</v></c></worksheet>', {(2, 1): 7})
    b'<worksheet><c r="A2" s="7"><v>1</v></c></worksheet>'
    """
    wanted = {f"{column_letter(column)}{row}".encode(): number for (row, column), number in styles.items()}

    def put(found: re.Match[bytes]) -> bytes:
        number = wanted.get(found.group(2))
        if number is None:
            return found.group()
        return b'%b s="%d"%b' % (found.group(1), number, _STYLE.sub(b"", found.group(3)))

    tag = rb"""(<%bc\b[^>]*?\sr\s*=\s*["']([A-Z]+\d+)["'])([^>]*)""" % prefix_of(xml)
    return re.sub(tag, put, xml)
