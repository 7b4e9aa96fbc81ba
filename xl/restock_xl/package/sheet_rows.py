"""The rows and cells of a worksheet part as tokens; parts in an unusual spelling are rewritten plainly first.

Nearly every program writes `<c r="A1" s="1" t="s"><f>…</f><v>…</v></c>` in UTF-8, which one pattern reads in
about a microsecond a cell. Whatever that pattern does not understand goes through an XML parser into the same
spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from .markup import elements, local_name, parse, whole_number
from .references import column_letter, column_number
from .shared_strings import is_plain_xml, run_markup

if TYPE_CHECKING:
    from lxml import etree

# Of a cell: column letters, type, attributes of the formula, formula, value, inline text. Of the start of a
# row, which goes before its cells: the row number.
Token = tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes]

_TOKEN = re.compile(
    rb'<(?:c r="([A-Z]{1,3})\d++"(?: s="\d++")?+(?: t="(\w++)")?+(?: s="\d++")?+(?: cm="\d++")?+(?: vm="\d++")?+'
    rb"(?:/>|>"
    rb"(?:<f([^>]*?)(?:/>|>([^<]*+)</f>))?+"
    rb'(?:<v(?: xml:space="preserve")?+>([^<]*+)</v>|<v/>)?+'
    rb"(?:<is>(.*?)</is>)?+"
    rb'</c>)|row\b[^>]*?\br="(\d++)"[^>]*+>)',
    re.DOTALL,
)
_STARTS = (b"<c ", b"<c>", b"<c/>", b"<row ", b"<row>", b"<row/>")
_CHUNK_BYTES = 1 << 18


class SheetMarkup:
    """The markup of one worksheet, or of its beginning, cut into tokens.

    Attributes:
        original: The part as it stands in the file.
        is_plain: Whether that is the plain spelling already.
    """

    def __init__(self, data: bytes, part: str, is_head: bool = False) -> None:
        self._part, self.original = part, data
        has_rows = b"<sheetData>" in data and (is_head or data.rfind(b"</sheetData>") >= 0)  # quick from the end
        self.is_plain = has_rows and is_plain_xml(data)
        self._data = data if self.is_plain or is_head else _rewritten(parse(data, part).find("{*}sheetData"))
        self._start = self._data.find(b"<sheetData>")
        end = self._data.rfind(b"</sheetData>", self._start)
        self._end = end if end >= 0 else self._data.rfind(b"</row>") + len(b"</row>")

    @property
    def data(self) -> bytes:
        """The markup itself, in the plain spelling."""
        return self._data

    @property
    def bounds(self) -> tuple[int, int]:
        """Where the rows begin and end in `data`."""
        return self._start, self._end

    def spans(self, size: int = _CHUNK_BYTES, first: int | None = None) -> Iterator[tuple[int, int]]:
        """Yield where parts of about `size` bytes begin and end; each holds whole rows.

        Args:
            first: The size of the first part, if another.
        """
        position, wanted = self._start, size if first is None else first
        while position < self._end:
            end = self._data.find(b"</row>", position + wanted, self._end)
            end = end + len(b"</row>") if end >= 0 else self._end
            yield position, end
            position, wanted = end, size

    def chunks(self) -> Iterator[list[Token]]:
        """Yield the tokens of some rows at a time, from the top; a row cut off at the end is left out."""
        last_row = 0
        for start, end in self.spans():
            tokens = self.tokens(self._data[start:end], last_row)
            last_row = next((int(token[-1]) for token in reversed(tokens) if token[-1]), last_row)
            yield tokens

    def rows_at(self, numbers: list[int]) -> Iterator[list[Token]]:
        """Yield the tokens of single rows, found without reading the others; absent rows yield nothing.

        Args:
            numbers: Row numbers, rising.
        """
        position = self._start
        for number in numbers:
            start = self._data.find(b'<row r="%d"' % number, position, self._end)
            if start >= 0:
                position = self._data.find(b"</row>", start, self._end)
                yield self.tokens(self._data[start : position + len(b"</row>")], number - 1)

    def tokens(self, markup: bytes, last_row: int) -> list[Token]:
        """Return the tokens of some whole rows; those that do not state a number are counted on from `last_row`."""
        tokens: list[Token] = _TOKEN.findall(markup)
        if len(tokens) == sum(map(markup.count, _STARTS)):
            return tokens
        opening = self._data[: self._start]
        # The tag of the root holds the namespaces that prefixes in the rows refer to.
        tag = opening[opening.rfind(b"<worksheet") :].partition(b">")[0]
        rows = markup.removeprefix(b"<sheetData>")
        sheet = parse(b"%b><sheetData>%b</sheetData></worksheet>" % (tag, rows), self._part)
        return _TOKEN.findall(_rewritten(sheet[0], last_row))


def _rewritten(sheet_data: etree._Element | None, last_row: int = 0) -> bytes:
    """Return the rows in the plain spelling, numbered on from `last_row` where they do not state a number."""
    rows = []
    for row in elements(sheet_data):
        if local_name(row) == "row":
            last_row = _row_number(row, last_row + 1)
            rows.append(b'<row r="%d">%b</row>' % (last_row, _plain_row(row, last_row)))
    return b"<sheetData>%b</sheetData>" % b"".join(rows)


def _row_number(row: etree._Element, default: int) -> int:
    """Return the number a row states, else the one its first cell states, else `default`."""
    stated = row.get("r") or next((cell.get("r") for cell in elements(row) if cell.get("r")), None)
    found = re.search(r"\d+", stated or "")
    return int(found.group()) if found else default


def _plain_row(row: etree._Element, number: int) -> bytes:
    cells, column = [], 0
    for cell in elements(row):
        if local_name(cell) == "c":
            stated = re.match("[A-Za-z]{1,3}", cell.get("r") or "")
            column = column_number(stated.group()) if stated else column + 1
            cells.append(_plain_cell(cell, f"{column_letter(column)}{number}"))
    return b"".join(cells)


def _plain_cell(cell: etree._Element, reference: str) -> bytes:
    inside: dict[str, bytes] = {}
    for child in elements(cell):
        name = local_name(child)
        if name == "is":
            inside[name] = b"<is>%b</is>" % run_markup(child)
        elif name in ("f", "v"):
            stated = [(key, child.get(key) or "") for key in ("t", "ref", "si") if child.get(key)]
            attributes = "".join(f" {key}={quoteattr(text)}" for key, text in stated) if name == "f" else ""
            inside[name] = f"<{name}{attributes}>{escape(child.text or '')}</{name}>".encode()
    kind = cell.get("t") or ""
    stated_kind = f' t="{kind}"' if kind.isalnum() else ""
    content = b"".join(inside.get(name, b"") for name in ("f", "v", "is"))
    metadata = whole_number(cell.get("cm"))
    dynamic = f' cm="{metadata}"' if metadata else ""
    return f'<c r="{reference}"{stated_kind}{dynamic}>'.encode() + content + b"</c>"
