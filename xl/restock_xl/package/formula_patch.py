"""Results of a recalculation, set in the bytes of a sheet: `<v>` and `t` of formula cells, and nothing else.

In a sheet in the usual spelling the cells with formulas are cut out many at a time and their values exchanged by
column; any other sheet goes through `patch_cached_values` cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.formula.cells import BLANK, BOOL, ERROR, NUMBER, TEXT, Cells, Scalar, block
from restock.functions.values import CODE, ERROR_CODES, CellError

from .cached_values import patch_cached_values
from .references import column_letter, position
from .sheet_rows import SheetMarkup
from .stored_values import space_attribute, stored, text_markup

_VALUE_ATTRIBUTES = re.compile(rb' (?:t|vm)="\w*+"')

Columns = Mapping[int, tuple[NDArray[np.int64], Cells]]
"""Column number → rows, and what their cells show."""

# What stands before a cell's attributes with its reference, attributes, formula, value.
_CELL = re.compile(
    rb'(<c r="[A-Z]++\d++")((?: [a-z]++="\w*+")*+)(><f[^>]*?(?:/>|>[^<]*+</f>))'
    rb"((?:<v/>|<v(?: [^>]*+)?>[^<]*+</v>)?+)(?=</c>)"
)
_PIECES = 5  # of each cell: what lies between it and the one before, and the groups of the pattern
_REFERENCE, _ATTRIBUTES, _VALUE = 1, 2, 4
_BEFORE = len('<c r="')
_SPAN_BYTES = 1 << 19
_TYPES = {NUMBER: b"", TEXT: b' t="str"', BOOL: b' t="b"', ERROR: b' t="e"', BLANK: b""}


def patch_columns(markup: SheetMarkup, columns: Columns) -> tuple[bytes, dict[int, NDArray[np.int64]]]:
    """Return the sheet with new values in its formula cells, and the rows of cells that hold no formula.

    Args:
        markup: A worksheet part.
        columns: What cells show now; rows rise.

    >>> sheet = b'<worksheet><sheetData><row r="2"><c r="B2"><f>A1</f><v>1</v></c></row></sheetData></worksheet>'
    >>> number = Cells(np.zeros(1, np.uint8), np.array([2.5]))
    >>> patch_columns(SheetMarkup(sheet, "a sheet"), {2: (np.array([2]), number)})[0][33:68]
    b'<c r="B2"><f>A1</f><v>2.5</v></c></'
    """
    if not markup.is_plain:
        return _patch_slowly(markup.original, columns)
    data, found = markup.data, {column: np.zeros(len(rows), dtype=bool) for column, (rows, _) in columns.items()}
    parts, end = [data[: markup.bounds[0]]], markup.bounds[0]
    for start, end in markup.spans(_SPAN_BYTES):
        part = data[start:end]
        pieces = _CELL.split(part)
        if len(pieces) // _PIECES != part.count(b"<f"):
            return _patch_slowly(markup.original, columns)
        parts.append(_patched(pieces, columns, found) if len(pieces) > 1 else part)
    left = {column: rows[~found[column]] for column, (rows, _) in columns.items() if not found[column].all()}
    return b"".join([*parts, data[end:]]), left


def patch_values(xml: bytes, values: Mapping[str, Any]) -> tuple[bytes, set[str]]:
    """Return the sheet with new values in its formula cells, by reference such as `B7`, and the references set."""
    by_column: dict[int, dict[int, Any]] = {}
    for reference, value in values.items():
        row, column = position(reference)
        by_column.setdefault(column, {})[row] = value
    columns = {}
    for column, shown in by_column.items():
        rows = np.array(sorted(shown), dtype=np.int64)
        columns[column] = rows, block([_scalar(shown[row]) for row in rows.tolist()], (len(rows),))
    patched, left = patch_columns(SheetMarkup(xml, "a sheet"), columns)
    missing = {f"{column_letter(column)}{row}" for column, rows in left.items() for row in rows.tolist()}
    return patched, values.keys() - missing


def _scalar(value: Any) -> Scalar:
    """Return a value with error codes as errors, as `stored` takes them."""
    return CellError(value) if isinstance(value, str) and value in CODE else value


def _patched(pieces: list[bytes], columns: Columns, found: Mapping[int, NDArray[np.bool_]]) -> bytes:
    """Return some rows with new values, and note in `found` which cells were set."""
    flat: NDArray[Any] = np.empty(len(pieces) - 1, dtype=object)
    flat[:] = pieces[:-1]
    cells: NDArray[Any] = flat.reshape(-1, _PIECES)
    places = _Places(cells[:, _REFERENCE])
    for column, (rows, shown) in columns.items():
        here = slice(*np.searchsorted(rows, [places.first_row, places.last_row + 1]).tolist())
        at, known = places.of(column, rows[here])
        if len(at):
            now = shown[here][known]
            cells[at, _ATTRIBUTES] = _attributes(cells[at, _ATTRIBUTES].tolist(), now)
            cells[at, _VALUE] = value_markup(now)
            found[column][here] |= known
    return b"".join([*flat.tolist(), pieces[-1]])


class _Places:
    """Where each cell stands among those that were cut out, told by `<c r="B7"`."""

    def __init__(self, references: NDArray[Any]) -> None:
        written = np.array(references.tolist())
        characters = written.view(np.uint8).reshape(len(written), -1)[:, _BEFORE:].astype(np.int64)
        column, row = np.zeros(len(written), dtype=np.int64), np.zeros(len(written), dtype=np.int64)
        for one in characters.T:
            column = np.where(one >= ord("A"), column * 26 + one - ord("A") + 1, column)
            row = np.where((one >= ord("0")) & (one <= ord("9")), row * 10 + one - ord("0"), row)
        self.first_row, self.last_row = int(row.min()), int(row.max())
        self._keys = (column << 32) + row
        self._order = np.argsort(self._keys, kind="stable")
        self._sorted = self._keys[self._order]

    def of(self, column: int, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return the places of those cells of a column that were found, and which of them were."""
        wanted = (column << 32) + rows
        near = np.minimum(np.searchsorted(self._sorted, wanted), len(self._sorted) - 1)
        found = self._sorted[near] == wanted
        return self._order[near[found]], found


def _attributes(stated: list[bytes], shown: Cells) -> list[bytes]:
    """Return the attributes of cells with the types of new values; a rich value goes."""
    kept = {attributes: _VALUE_ATTRIBUTES.sub(b"", attributes) for attributes in set(stated)}
    if not shown.kind.any():
        return [kept[attributes] for attributes in stated]
    types = [_TYPES[kind] for kind in shown.kind.tolist()]
    return [kept[attributes] + kind for attributes, kind in zip(stated, types, strict=True)]


def value_markup(cells: Cells) -> list[bytes]:
    """Return the `<v>` of each cell; b"" for a blank."""
    if not cells.kind.any():
        return _numbers(cells.number)
    found: list[bytes] = [b""] * len(cells.kind)
    for kind in (NUMBER, TEXT, BOOL, ERROR):
        places = np.flatnonzero(cells.kind == kind)
        if len(places):
            for place, value in zip(places.tolist(), _of_kind(kind, cells, places), strict=True):
                found[place] = value
    return found


def _of_kind(kind: int, cells: Cells, places: NDArray[np.int64]) -> list[bytes]:
    number = cells.number[places]
    if kind == NUMBER:
        return _numbers(number)
    if kind == TEXT:
        return _texts([""] * len(places) if cells.text is None else cells.text[places].tolist())
    if kind == BOOL:
        return [b"<v>1</v>" if truth else b"<v>0</v>" for truth in number.tolist()]
    return [_error(int(code)) for code in number.tolist()]


def _numbers(number: NDArray[np.float64]) -> list[bytes]:
    digits = "</v>|<v>".join(map(repr, (number + 0.0).tolist()))
    return f"<v>{digits}</v>".replace(".0</v>", "</v>").encode().split(b"|")


def _texts(texts: list[str]) -> list[bytes]:
    known: dict[str, bytes] = {}
    for text in set(texts):
        markup = text_markup(text)
        known[text] = f"<v{space_attribute(markup)}>{markup}</v>".encode()
    return [known[text] for text in texts]


def _error(code: int) -> bytes:
    kept = stored(ERROR_CODES[code - 1])
    return f"<v>{kept[1]}</v>".encode() if kept else b""


def _patch_slowly(xml: bytes, columns: Columns) -> tuple[bytes, dict[int, NDArray[np.int64]]]:
    values: dict[str, Any] = {}
    for column, (rows, cells) in columns.items():
        shown = cells.reshape(1, len(rows), 1).scalars()
        values.update((f"{column_letter(column)}{row}", value) for row, value in zip(rows.tolist(), shown, strict=True))
    patched, done = patch_cached_values(xml, values)
    left = {}
    for column, (rows, _) in columns.items():
        missing = np.array([f"{column_letter(column)}{row}" not in done for row in rows.tolist()], dtype=bool)
        if missing.any():
            left[column] = rows[missing]
    return patched, left
