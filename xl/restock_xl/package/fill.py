"""Puts rows that were written apart into a sheet, and lets its tables reach down to them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from restock.errors import WorkbookError

from .references import column_letter

_SAMPLE = re.compile(rb'<c r="[A-Z]+\d+" s="(\d+)"/>')
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')


class Rows(Protocol):
    """The last rows of a sheet; rows and columns count from 0."""

    @property
    def first_row(self) -> int: ...
    @property
    def last_row(self) -> int: ...
    @property
    def last_column(self) -> int: ...
    @property
    def styles(self) -> Sequence[str]: ...
    def markup(self, numbers: Mapping[str, int]) -> bytes:
        """Return the `<row>` elements, given the number of each style."""


def fill_rows(xml: bytes, rows: Rows) -> bytes:
    """Return the sheet with `rows` in the place of its last row.

    Args:
        xml: A worksheet whose last row, the first of `rows`, holds blank cells: one in each of their styles.
    Raises:
        WorkbookError: The sheet has no such row.
    """
    start, end = xml.find(b'<row r="%d"' % (rows.first_row + 1)), xml.find(b"</sheetData>")
    samples = [int(number) for number in _SAMPLE.findall(xml, max(start, 0), end)]
    if not 0 <= start < end or len(samples) != len(rows.styles):
        raise WorkbookError("The new sheet has no row that shows its styles. Please report this as a fault of Restock.")
    markup = rows.markup(dict(zip(rows.styles, samples, strict=True)))
    area = f"A1:{column_letter(rows.last_column + 1)}{rows.last_row + 1}"
    head = _DIMENSION.sub(f'<dimension ref="{area}"/>'.encode(), xml[:start], count=1)
    return b"".join((head, markup, xml[end:]))


def with_range(xml: bytes, old: str, new: str) -> bytes:
    """Return the part of a table with another range, such as `A3:X503`, for the table and its filter."""
    return xml.replace(f'ref="{old}"'.encode(), f'ref="{new}"'.encode())
