"""Adapts the cells of a scratch sheet to the user's book: numbers of formats, texts, marks of dynamic arrays."""

from __future__ import annotations

import re
from collections.abc import Callable

from restock.errors import WorkbookError

from .shared_strings import SharedStrings
from .styles import Styles

# All three groups of a cell always take part, so that cutting the rows at them gives four pieces a cell. A format
# or a text that stands elsewhere in the tag is no match, and so is noticed.
_CELL = re.compile(
    rb'(<c(?: r="[A-Z]+\d+")?)( s="\d+"|)( t="s"><v>\d+</v>|(?=[\s/>])(?![^>]*\s(?:s\s*=|t\s*=\s*["\']s["\'])))'
)
_PIECES = 4
_STARTS = (b"<c ", b"<c>", b"<c/>")
_ROW_FORMAT = re.compile(rb'(<row [^>]*? s=")(\d+)')
_METADATA = re.compile(rb'(<c [^>]*? cm=")(\d+)')
_RICH_VALUE = re.compile(rb'<c [^>]*? vm="')


class OddSpelling(WorkbookError):
    """Rows in which the cells cannot be told as bytes, see `respelled`."""


class CellCopier:
    """Adapts rows as bytes, as XlsxWriter spells them.

    Args:
        strings: The shared texts of the scratch book.
        styles: Maps its cell formats to those of the user.
        cell_metadata: Gives the user's `cm` for dynamic arrays; called only where a sheet has one.
    """

    def __init__(self, strings: SharedStrings, styles: Styles, cell_metadata: Callable[[], int]) -> None:
        self._styles = styles
        self._cell_metadata = cell_metadata
        self._formats = _Table(lambda piece: b' s="%d"' % styles.cell_format(_number(piece)))
        self._texts = _Table(lambda piece: b' t="inlineStr"><is>%b</is>' % strings.markup(_number(piece)))
        self._texts[b""] = b""

    def adapted(self, rows: bytes) -> bytes:
        """Return `<row>` elements for the user's book.

        Every cell gets a format, and texts stand in the cells, so that the user's shared texts stay as they are.

        Raises:
            OddSpelling: A cell is not spelled as XlsxWriter does.
            WorkbookError: A cell holds a picture.
        """
        if b' vm="' in rows and _RICH_VALUE.search(rows):
            raise WorkbookError("A picture inside a cell cannot be written. Place it over cells.")
        pieces = _CELL.split(rows)
        if len(pieces) // _PIECES != sum(map(rows.count, _STARTS)):
            raise OddSpelling("The new sheets are not spelled as ours are. Please report this as a fault of Restock.")
        pieces[2::_PIECES] = map(self._formats.__getitem__, pieces[2::_PIECES])
        pieces[3::_PIECES] = map(self._texts.__getitem__, pieces[3::_PIECES])
        rows = b"".join(pieces)
        if b' cm="' in rows:
            rows = _METADATA.sub(lambda found: found.group(1) + b"%d" % self._cell_metadata(), rows)
        return _ROW_FORMAT.sub(self._row, rows)

    def _row(self, found: re.Match[bytes]) -> bytes:
        return found.group(1) + b"%d" % self._styles.cell_format(int(found.group(2)))


class _Table(dict[bytes, bytes]):
    """What each piece of a cell becomes, worked out once."""

    def __init__(self, work_out: Callable[[bytes], bytes]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, piece: bytes) -> bytes:
        self[piece] = result = self._work_out(piece)
        return result


def _number(piece: bytes) -> int:
    digits = re.search(rb"\d+", piece)
    return int(digits.group()) if digits else 0
