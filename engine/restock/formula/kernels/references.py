"""Functions about references themselves: ROW, OFFSET, INDIRECT and the like."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from restock.formula.areas import Area
from restock.formula.cells import NA, REF, VALUE, bools_block, error_block, numbers_block, single, texts_block
from restock.formula.frame import LaneByLane, Union, Unsupported, Value
from restock.formula.kernels.registry import CellFailure, Request, elementwise, kernel
from restock.formula.parse import FormulaError, parse
from restock.formula.tree import Call, CellRef, Name, RangeRef, TableRef, column_letters, print_tree, sheet_prefix
from restock.formula.workbook import Sheet

_NO_QUOTES = re.compile(r"(?:\[[\w.]+\])?[A-Za-z_]\w*")


@kernel("ROW", "COLUMN", most=1)
def _row(request: Request) -> Value:
    lanes = request.frame.lanes
    if not request.nodes:
        place = lanes.rows if request.name == "ROW" else np.array([lanes.column])
        return numbers_block(place.reshape(-1, 1, 1).astype(float))
    area = request.area(0)
    if not area.on_sheet():
        raise CellFailure(REF)
    if request.name == "ROW":
        height = area.height if request.frame.array else 1
        rows = np.reshape(area.top, (-1, 1, 1)) + np.arange(height).reshape(1, -1, 1)
        return numbers_block(rows.astype(float))
    width = area.width if request.frame.array else 1
    return numbers_block(area.left + np.arange(width, dtype=float).reshape(1, 1, -1))


@kernel("ROWS", "COLUMNS", least=1, most=1)
def _rows(request: Request) -> Value:
    value = request.value(0)
    if isinstance(value, Area):
        size = (value.height, value.width)
    else:
        cells = request.whole(0)
        if cells.kind.size == 1 and cells.has(4):
            return cells
        size = cells.kind.shape[1:]
    return single(float(size[request.name == "COLUMNS"]))


@kernel("AREAS", least=1, most=1)
def _areas(request: Request) -> Value:
    value = request.value(0)
    if isinstance(value, Union):
        return single(float(len(value.areas)))
    request.area(0)
    return single(1.0)


@kernel("SINGLE", least=1, most=1)
def _single(request: Request) -> Value:
    value = request.value(0)
    if isinstance(value, Area):
        return value if value.is_single else request.frame.intersect(value) or error_block(VALUE)
    cells = request.frame.all_cells(value)
    return cells[:, :1, :1]


@kernel("ANCHORARRAY", least=1, most=1)
def _anchor_array(request: Request) -> Value:
    area = request.area(0)
    if area.lanes > 1:
        raise LaneByLane
    return request.frame.engine.spilled(area) or error_block(REF)


@kernel("OFFSET", least=3, most=5)
def _offset(request: Request) -> Value:
    base = request.area(0)
    down, right = _distances(request, 1), _distances(request, 2)
    height = _size(request, 3, base.height)
    width = _size(request, 4, base.width)
    if isinstance(right, int) and (isinstance(down, int) or base.is_single or base.lanes == 1):
        area = base.moved(down, right, abs(height), abs(width))
        if height < 0 or width < 0:
            area = area.moved(height + 1 if height < 0 else 0, width + 1 if width < 0 else 0)
        if not height or not width:
            raise CellFailure(REF)
        if not area.on_sheet():
            if area.lanes > 1:
                raise LaneByLane
            raise CellFailure(REF)
        return area
    raise LaneByLane


def _distances(request: Request, place: int) -> Any:
    found, codes = request.number(place)
    if codes is not None or found.shape[1:] != (1, 1):
        if found.shape[0] > 1:
            raise LaneByLane
        raise CellFailure(VALUE if codes is None else int(codes.max()))
    whole = np.floor(found).astype(np.int64).ravel()
    if len(whole) == 1 or (whole == whole[0]).all():
        return int(whole[0])
    if place == 2:
        raise LaneByLane
    return whole


def _size(request: Request, place: int, default: int) -> int:
    return int(request.one_number(place)) if request.given(place) else default


@kernel("INDIRECT", least=1, most=2)
def _indirect(request: Request) -> Value:
    text, codes = request.text(0)
    if text.size > 1 and len(set(text.ravel().tolist())) > 1:
        raise LaneByLane
    if codes is not None:
        raise CellFailure(int(codes.max()))
    if request.given(1) and not request.one_number(1):
        return _from_rows_and_columns(request, str(text.ravel()[0]))
    lanes = request.frame.lanes
    try:
        node = parse(str(text.ravel()[0]), int(lanes.rows[0]), lanes.column)
    except FormulaError as error:
        raise CellFailure(REF) from error
    if not isinstance(node, CellRef | RangeRef | TableRef | Name):
        raise CellFailure(REF)
    if request.lanes > 1 and not isinstance(node, TableRef | Name):
        raise LaneByLane  # what it names does not move with the formula
    value = request.frame.value(node)
    return value if isinstance(value, Area | Union) else error_block(REF)


def _from_rows_and_columns(request: Request, text: str) -> Value:
    raise Unsupported("formula.function", "INDIRECT R1C1")


@elementwise("ADDRESS", reads="nn|nbs")
def _address(row: Any, column: Any, kind: Any = 1.0, a1: Any = True, sheet: Any = None) -> Any:
    if not np.all(a1):
        raise Unsupported("formula.function", "ADDRESS R1C1")
    shape = np.broadcast_shapes(row.shape, column.shape, np.shape(kind) or (1, 1, 1))
    parts = [np.broadcast_to(np.trunc(one), shape).ravel().tolist() for one in (row, column, kind)]
    found, codes = np.empty(int(np.prod(shape)), dtype=object), np.zeros(int(np.prod(shape)), dtype=np.int8)
    for place, (r, c, k) in enumerate(zip(*parts, strict=True)):
        if not (1 <= r <= 1048576 and 1 <= c <= 16384 and 1 <= k <= 4):
            found[place], codes[place] = "", VALUE
            continue
        found[place] = f"{'$' * (k in (1, 3))}{column_letters(int(c))}{'$' * (k in (1, 2))}{int(r)}"
    shaped: Any = found.reshape(shape)
    if sheet is not None:
        shaped = np.vectorize(_before_address, otypes=[object])(sheet) + shaped
    return shaped, codes.reshape(shape) if codes.any() else None


def _before_address(name: str) -> str:
    return f"{name}!" if not name or _NO_QUOTES.fullmatch(name) else sheet_prefix(name)


@kernel("SHEET", most=1)
def _sheet(request: Request) -> Value:
    names = [sheet.name.casefold() for sheet in request.frame.engine.book.sheets]
    if not request.nodes:
        return single(float(names.index(request.frame.lanes.sheet.name.casefold()) + 1))
    value = request.value(0)
    if isinstance(value, Area):
        return single(float(names.index(value.sheet.name.casefold()) + 1))
    text, codes = request.text(0)
    if codes is not None:
        raise CellFailure(int(codes.max()))
    wanted = str(text.ravel()[0]).casefold()
    table = request.frame.engine.book.table(wanted)
    wanted = table.sheet.casefold() if table else wanted
    return single(float(names.index(wanted) + 1)) if wanted in names else error_block(NA)


@kernel("SHEETS", most=1)
def _sheets(request: Request) -> Value:
    if request.nodes:
        request.area(0)
        return single(1.0)
    return single(float(len(request.frame.engine.book.sheets)))


@kernel("FORMULATEXT", "ISFORMULA", least=1, most=1)
def _formula_text(request: Request) -> Value:
    area = request.area(0)
    if area.lanes > 1 or area.height * area.width > 10_000:
        raise LaneByLane if area.lanes > 1 else Unsupported("formula.too_large")
    if not request.frame.array:
        area = Area(area.sheet, area.top, area.left)
    texts = [
        formula_at(request, area.sheet, int(np.min(area.top)) + row, area.left + column)
        for row in range(area.height)
        for column in range(area.width)
    ]
    shape = (1, area.height, area.width)
    if request.name == "ISFORMULA":
        return bools_block(np.array([text is not None for text in texts]).reshape(shape))
    found = np.empty(len(texts), dtype=object)
    found[:] = ["" if text is None else f"={text}" for text in texts]
    codes = np.array([NA if text is None else 0 for text in texts], dtype=np.int8)
    return texts_block(found.reshape(shape), codes.reshape(shape))


def formula_at(request: Request, sheet: Sheet, row: int, column: int) -> str | None:
    """Return the formula of a cell as a person sees it, without "=", or None."""
    places = request.frame.engine.kept("formulas", sheet.name, lambda: _formula_places(sheet))
    text: str | None = places.get((row, column))
    if isinstance(text, str):
        return _without_prefixes(text)
    if text is None:
        return None
    raise Unsupported("formula.function", "FORMULATEXT")


def _formula_places(sheet: Sheet) -> dict[tuple[int, int], str]:
    found = {
        (row, column): text
        for column, (rows, texts) in sheet.formulas.items()
        for row, text in zip(rows, texts, strict=True)
    }
    for array in sheet.arrays:
        found[array.row, array.column] = array.text
    for one in sheet.shared:
        try:
            tree = parse(one.text, one.row, one.column)
        except FormulaError:
            continue
        found.update({(row, column): print_tree(tree, row, column) for row, column in one.cells})
    return found


def _without_prefixes(text: str) -> str:
    for prefix in ("_xlfn._xlws.", "_xlfn.", "_xlws.", "_xlpm.", "_xlop."):
        text = text.replace(prefix, "")
    return text


@kernel("HYPERLINK", least=1, most=2)
def _hyperlink(request: Request) -> Value:
    return request.value(len(request) - 1)


@kernel("ISREF", least=1, most=1)
def _isref(request: Request) -> Value:
    node = request.nodes[0]
    if isinstance(node, Call) and request.lanes > 1:
        raise LaneByLane
    return single(isinstance(request.value(0), Area | Union))
