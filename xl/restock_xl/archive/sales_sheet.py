"""The rows of the Sales table written anew into its sheet; everything else in the sheet stays the bytes that it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from restock.errors import WorkbookError
from restock.schema.date_cell import EPOCH
from restock.schema.inputs import SALES
from restock.schema.raw import RawTable
from restock.schema.words import word
from restock.text import Words, say
from restock_xl.package.cell_edit import styles_of_row
from restock_xl.package.iso_serial import DAYS_1904
from restock_xl.package.references import column_number
from restock_xl.package.sheet_rows import SheetMarkup
from restock_xl.package.stored_values import number_markup, space_attribute, text_markup

SPARE_ROWS = 200
"""Blank rows left at the end of the table, ready to be typed into."""
_ROW = re.compile(rb"""<row\b[^>]*?\br="(\d+)"[^>]*?(?:/>|>.*?</row>)""", re.DOTALL)


@dataclass(frozen=True)
class Place:
    """Where the Sales table stands: first row of data, last row that holds any, letters of its columns by name."""

    first: int
    last: int
    letters: dict[str, str]

    @classmethod
    def of(cls, table: RawTable) -> Place:
        """The place of a table as read."""
        found = SALES.match_headers(table.headers())
        letters = {name: table.columns[position].letter for name, position in found.items()}
        return cls(table.header_row + 1, int(table.rows.max()), letters)

    def number(self, name: str) -> int:
        """The number of a column."""
        return column_number(self.letters[name])


def cells_beside(xml: bytes, part: str, place: Place) -> dict[str, tuple[int, str]]:
    """Return columns other than the table's that show something on its rows: row and reference of the first cell.

    A blank cell with nothing but a format does not count.
    """
    markup = SheetMarkup(xml, part)
    ours = {letter.encode() for letter in place.letters.values()}
    found: dict[str, tuple[int, str]] = {}
    row = 0
    for tokens in markup.chunks():
        for letters, _, _, formula, stored, inline, number in tokens:
            if number:
                row = int(number)
            elif place.first <= row <= place.last and letters not in ours and (stored or inline or formula):
                found.setdefault(letters.decode(), (row, f"{letters.decode()}{row}"))
    return found


def first_formula(xml: bytes, part: str, place: Place) -> str | None:
    """Return the first cell of the table that holds a formula, None where there is none."""
    if b"<f" not in xml:
        return None
    ours = {letter.encode() for letter in place.letters.values()}
    row = 0
    for tokens in SheetMarkup(xml, part).chunks():
        for letters, _, attributes, formula, _, _, number in tokens:
            if number:
                row = int(number)
            elif place.first <= row <= place.last and letters in ours and (formula or attributes):
                return f"{letters.decode()}{row}"
    return None


def with_sales(
    xml: bytes, part: str, place: Place, sales: pd.DataFrame, left: np.ndarray[Any, Any], language: str, date1904: bool
) -> tuple[bytes, int]:
    """Return the sheet with these rows in the place of those of the table, and the table's last row.

    Args:
        sales: Rows to write, as in `restock.tidy.Tidied`.
        left: Rows of the sheet that go below them as they are.
    Raises:
        WorkbookError: The sheet is spelled as no spreadsheet program spells it.
    """
    markup = SheetMarkup(xml, part)
    if not markup.is_plain:
        raise WorkbookError(say("tidy.unusual", Words(language)))
    data, (start, end) = markup.data, markup.bounds
    top = _row_start(data, place.first, start, end)
    bottom = _row_start(data, place.last + 1, start, end)
    styles = styles_of_row(data[start:bottom], place.first)
    kept = _left_rows(data[top:bottom], left, place.first + len(sales))
    filled = place.first + len(sales) + len(left) - 1
    spare = max(filled + SPARE_ROWS, place.first)
    last = min(spare, max(place.last, place.first))
    rows = _markup(sales, place, styles, language, date1904) + kept
    blank = _blank_rows(range(filled + 1, last + 1), place, styles)
    return b"".join((data[:top], rows, blank, data[bottom:])), last


def _row_start(data: bytes, row: int, start: int, end: int) -> int:
    """Where the first row from number `row` on begins."""
    found = data.find(b'<row r="%d"' % row, start, end)
    if found >= 0:
        return found
    later = next((one for one in _ROW.finditer(data, start, end) if int(one.group(1)) >= row), None)
    return end if later is None else later.start()


def _left_rows(data: bytes, left: np.ndarray[Any, Any], first: int) -> bytes:
    """The rows that cannot be read, renumbered from `first` on."""
    if not len(left):
        return b""
    wanted = set(left.tolist())
    rows: list[bytes] = []
    for found in _ROW.finditer(data):
        if int(found.group(1)) in wanted:
            number = b"%d" % (first + len(rows))
            cells = re.sub(rb'(\sr=")([A-Z]*)\d+"', rb"\g<1>\g<2>" + number + b'"', found.group())
            rows.append(re.sub(rb'\sspans="[^"]*"', b"", cells, count=1))
    return b"".join(rows)


def _markup(
    sales: pd.DataFrame, place: Place, styles: dict[int, bytes], language: str, date1904: bool
) -> bytes:
    days = sales["date"].to_numpy("datetime64[D]").astype(int) + EPOCH - (DAYS_1904 if date1904 else 0)
    contents = {
        "date": [f"<v>{day}</v>" for day in days.tolist()],
        "sku": _texts(sales["sku"]),
        "warehouse": _texts(sales["warehouse"]),
        "qty": [f"<v>{number_markup(units)}</v>" for units in sales["qty"].tolist()],
        "in_stock": _texts(sales["in_stock"].map({True: "", False: word("flag", "no", language)})),
    }
    columns = []
    numbers = range(place.first, place.first + len(sales))
    for name in sorted(place.letters, key=place.number):
        style = _style(styles, place.number(name))
        kind = "" if name in ("date", "qty") else ' t="inlineStr"'
        letter = place.letters[name]
        columns.append([
            f'<c r="{letter}{row}"{style}{kind}>{content}</c>' if content else f'<c r="{letter}{row}"{style}/>'
            for row, content in zip(numbers, contents[name], strict=True)
        ])  # fmt: skip
    rows = zip(numbers, zip(*columns, strict=True), strict=True)
    return "".join([f'<row r="{row}">{"".join(cells)}</row>' for row, cells in rows]).encode()


def _texts(names: pd.Series) -> list[str]:
    known = {name: _text(name) for name in names.unique()}
    return [known[name] for name in names]


def _text(name: str) -> str:
    text = text_markup(name)
    return f"<is><t{space_attribute(text)}>{text}</t></is>" if name else ""


def _style(styles: dict[int, bytes], column: int) -> str:
    return f' s="{styles[column].decode()}"' if column in styles else ""


def _blank_rows(numbers: range, place: Place, styles: dict[int, bytes]) -> bytes:
    shown = [(letter, _style(styles, column_number(letter))) for letter in place.letters.values()]
    shown = sorted([one for one in shown if one[1]], key=lambda one: column_number(one[0]))
    if not shown:
        return b""
    return "".join(
        f'<row r="{row}">' + "".join(f'<c r="{letter}{row}"{style}/>' for letter, style in shown) + "</row>"
        for row in numbers
    ).encode()

