"""VLOOKUP, INDEX, MATCH, XLOOKUP: a whole column of keys against one range."""

from __future__ import annotations

from typing import Any

import numpy as np

from restock.formula.areas import Area
from restock.formula.cells import (
    BLANK,
    BOOL,
    ERROR,
    NA,
    NUMBER,
    REF,
    TEXT,
    VALUE,
    Cells,
    Codes,
    aligned,
    chosen,
    error_block,
    error_codes,
    first_codes,
    numbers_block,
    single,
    stacked,
    with_errors,
)
from restock.formula.frame import MOST_CELLS, LaneByLane, Union, Unsupported, Value
from restock.formula.kernels.registry import CellFailure, Request, codes_where, in_array_mode, kernel
from restock.formula.kernels.search import EXACT, LARGER, SMALLER, WILDCARD, Places, Vector


@kernel("VLOOKUP", "HLOOKUP", least=3, most=4)
def _vlookup(request: Request) -> Value:
    by_row = request.name == "HLOOKUP"
    keys, table = _zero_for_blank(request.cells(0)), _source(request, 1)
    order, order_codes = request.truth(3, True)
    if len(set(order.ravel().tolist())) > 1:
        raise LaneByLane
    index, index_codes = request.number(2)
    size = table.height if by_row else table.width
    where = np.trunc(index).astype(np.int64)
    codes = first_codes(error_codes(keys), index_codes, codes_where(where < 1, VALUE), codes_where(where > size, REF),
                        order_codes)  # fmt: skip
    vector = table.vector(0, by_row)
    if order.ravel()[0]:
        places = vector.sorted_places(keys.scalars())
    else:
        places = vector.find(keys.scalars(), EXACT, wildcards=True)
    if by_row:
        places = np.where(places >= table.width, -1, places)
    found = _picked_lines(table, places.reshape(keys.kind.shape), where, by_row)
    return with_errors(found, codes)


def _picked_lines(table: Source, places: Any, where: Any, by_row: bool) -> Cells:
    """Return the cell of each key in the column (row) asked for; #N/A where the key was not found."""
    asked = np.unique(where[(where >= 1) & (where <= (table.height if by_row else table.width))]).tolist()
    answer: Cells | None = None
    for number in asked:
        line = table.line(number - 1, by_row)
        cells = gathered(line, places)
        if answer is None and len(asked) == 1:
            return cells
        blocks = aligned(cells, numbers_block((where == number).astype(float)))
        answer = chosen(blocks[1].number != 0, blocks[0], error_block(NA) if answer is None else answer)
    return answer if answer is not None else error_block(NA)


def gathered(line: Cells, places: Places) -> Cells:
    """Return the cells of a line (n,) at some places; #N/A where the place is −1, blanks beyond the line's end."""
    beyond = int(places.max(initial=-1)) + 1 - len(line.kind)
    if beyond > 0:
        line = stacked([line.reshape(1, -1, 1), _blanks(beyond)], 1)
        line = line.reshape(line.kind.size)
    safe = np.maximum(places, 0)
    found = line[safe] if len(line.kind) else error_block(NA, places.shape)
    return with_errors(found, codes_where(places < 0, NA))


class Source:
    """What is searched: a reference, of which only the needed columns are read, or an array."""

    def __init__(self, request: Request, value: Value) -> None:
        self._request = request
        if isinstance(value, Union) and len(value.areas) == 1:
            value = value.areas[0]
        self.area = value if isinstance(value, Area) else None
        self._cells = value if isinstance(value, Cells) else None
        if self.area is not None and self.area.lanes > 1:
            raise LaneByLane
        if self.area is None and self._cells is None:
            raise CellFailure(VALUE)
        if self._cells is not None and self._cells.kind.shape[0] > 1:
            raise LaneByLane
        shape = (self.area.height, self.area.width) if self.area is not None else self._cells.kind.shape[1:]  # type: ignore[union-attr]
        self.height, self.width = int(shape[0]), int(shape[1])

    def line(self, place: int, row: bool) -> Cells:
        """Return one column, or row, as cells of shape (n,); blanks at its end may be missing."""
        if self.area is not None:
            area = self.area.row(place) if row else self.area.column(place)
            cells = self._request.frame.load(_used_line(area))
        else:
            assert self._cells is not None
            cells = self._cells[:, place : place + 1, :] if row else self._cells[:, :, place : place + 1]
        return cells.reshape(cells.kind.size)

    def vector(self, place: int, row: bool) -> Vector:
        """Return one column, or row, to be searched."""
        if self.area is None:
            return Vector(self.line(place, row))
        area = self.area.row(place) if row else self.area.column(place)
        engine = self._request.frame.engine
        key = (area.sheet.name, area.top, area.left, area.height, area.width, engine.version(area))
        kept: Vector = engine.kept("vector", key, lambda: Vector(self.line(place, row)))
        return kept

    def flat(self) -> Vector:
        """Return a single row or column to be searched."""
        if self.width != 1 and self.height != 1:
            raise CellFailure(NA)
        return self.vector(0, self.width != 1)


def _used_line(area: Area) -> Area:
    """Cut a line behind the first cell that its sheet's cells do not reach: a blank may be searched for."""
    height = min(area.height, max(1, area.sheet.last_row - int(np.min(area.top)) + 2))
    width = min(area.width, max(1, area.sheet.last_column - area.left + 2))
    return Area(area.sheet, area.top, area.left, height, width)


def _source(request: Request, place: int) -> Source:
    value = request.value(place)
    if isinstance(value, Cells) and value.kind.size == 1 and error_codes(value) is not None:
        raise CellFailure(int(value.number.ravel()[0]))
    return Source(request, value)


def _zero_for_blank(keys: Cells) -> Cells:
    return Cells(np.where(keys.kind == BLANK, np.uint8(NUMBER), keys.kind), keys.number, keys.text)


@kernel("MATCH", least=2, most=3)
def _match(request: Request) -> Value:
    keys, value = _zero_for_blank(request.cells(0)), request.value(1)
    kind = np.sign(request.one_number(2, 1.0))
    if (value.lanes if isinstance(value, Area) else len(request.frame.all_cells(value).kind)) > 1:
        return _match_in_lanes(keys, request.frame.all_cells(value), kind)
    vector = _source(request, 1).flat()
    if kind == 0:
        places = vector.find(keys.scalars(), EXACT, wildcards=True)
    else:
        places = vector.sorted_places(keys.scalars(), descending=kind < 0)
    return _positions(keys, places)


def _match_in_lanes(keys: Cells, cells: Cells, kind: float) -> Cells:
    """Match numbers where every lane has a row or column of its own."""
    lanes = len(cells.kind)
    if min(cells.kind.shape[1:]) != 1 or not keys.is_single or cells.kind.any() or keys.has(TEXT) or keys.has(BOOL):
        raise LaneByLane
    line, wanted = cells.number.reshape(lanes, -1), keys.number.reshape(-1, 1)
    if kind == 0:
        hits = line == wanted
        places = np.where(hits.any(axis=1), hits.argmax(axis=1), -1)
    elif kind > 0 and (np.diff(line, axis=1) >= 0).all():
        places = (line <= wanted).sum(axis=1) - 1
    else:
        raise LaneByLane
    shape = (len(places), 1, 1)
    return _positions(keys.spread(shape), places)


def _positions(keys: Cells, places: Places) -> Cells:
    codes = first_codes(error_codes(keys), codes_where(places < 0, NA).reshape(keys.kind.shape))
    return numbers_block((places + 1.0).reshape(keys.kind.shape), codes)


@kernel("XMATCH", least=2, most=4)
def _xmatch(request: Request) -> Value:
    keys, vector = request.cells(0), _source(request, 1).flat()
    return _positions(keys, _x_places(request, keys, vector, 2, 3))


def _x_places(request: Request, keys: Cells, vector: Vector, match_at: int, search_at: int) -> Places:
    match = int(request.one_number(match_at)) if request.given(match_at) else EXACT
    search = int(request.one_number(search_at)) if request.given(search_at) else 1
    if match not in (EXACT, SMALLER, LARGER, WILDCARD) or search not in (1, -1, 2, -2):
        raise CellFailure(VALUE)
    if match == WILDCARD and abs(search) == 2:
        raise CellFailure(VALUE)
    if abs(search) == 2 and keys.has(BLANK):
        raise Unsupported("formula.arguments", request.name)
    if abs(search) == 2 and not vector.is_strictly_sorted(descending=search < 0):
        raise Unsupported("formula.function", f"{request.name} by halves")  # the answer depends on how it is halved
    return vector.find(keys.scalars(), match, from_last=search == -1)


@kernel("XLOOKUP", least=3, most=6)
def _xlookup(request: Request) -> Value:
    keys, searched, results = request.cells(0), _source(request, 1), _source(request, 2)
    by_row = searched.width != 1
    if (searched.width if by_row else searched.height) != (results.width if by_row else results.height):
        raise CellFailure(VALUE)
    places = _x_places(request, keys, searched.flat(), 4, 5).reshape(keys.kind.shape)
    codes = error_codes(keys)
    missing = (places < 0) & (True if codes is None else codes == 0)
    lines = results.height if by_row else results.width
    found = gathered(results.line(0, by_row), places) if lines == 1 else _whole_lines(results, places, by_row)
    if request.given(3) and missing.any():
        other = request.cells(3)
        if missing.all() and missing.size == 1:
            return other
        blocks = aligned(found, other, numbers_block(missing.astype(float)))
        found = chosen(blocks[2].number != 0, blocks[1], blocks[0])
    return with_errors(found, codes)


def _whole_lines(results: Source, places: Places, by_row: bool) -> Cells:
    """Return the whole row (column) of the results at the place of a single key, or of each lane's."""
    if places.shape[1:] != (1, 1):
        places = places[:, :1, :1]
    lines = results.height if by_row else results.width
    parts = [gathered(results.line(number, by_row), places) for number in range(lines)]
    return stacked(parts, 1 if by_row else 2)


@kernel("LOOKUP", least=2, most=3)
def _lookup(request: Request) -> Value:
    keys = _zero_for_blank(request.cells(0))
    request = in_array_mode(request)
    searched = _source(request, 1)
    by_row = searched.width > searched.height
    results = _source(request, 2) if request.given(2) else None
    places = searched.vector(0, by_row).sorted_places(keys.scalars()).reshape(keys.kind.shape)
    if results is None:
        line = searched.line((searched.height if by_row else searched.width) - 1, by_row)
    else:
        if results.width != 1 and results.height != 1:
            raise CellFailure(NA)
        line = results.line(0, results.width != 1)
    return with_errors(gathered(line, places), error_codes(keys))


def _blanks(count: int) -> Cells:
    return Cells(np.full((1, count, 1), BLANK, dtype=np.uint8), np.zeros((1, count, 1)))


@kernel("INDEX", least=2, most=4)
def _index(request: Request) -> Value:
    value = in_array_mode(request).value(0)
    if isinstance(value, Union):
        number = int(request.one_number(3, 1.0))
        if not 1 <= number <= len(value.areas):
            raise CellFailure(REF)
        value = value.areas[number - 1]
    if not isinstance(value, Area | Cells):
        raise CellFailure(VALUE)
    if isinstance(value, Cells) and value.kind.size == 1 and value.has(ERROR):
        return value
    height, width = (value.height, value.width) if isinstance(value, Area) else value.kind.shape[1:]
    (row, row_codes), (column, column_codes) = request.number(1), request.number(2)
    if len(request) == 2 and height == 1:
        (row, column), (row_codes, column_codes) = (np.zeros((1, 1, 1)) + (width == 1), row), (None, row_codes)
        if width == 1:
            row, column, row_codes, column_codes = column, np.ones((1, 1, 1)), column_codes, None
    elif len(request) == 2 and width == 1:
        column = np.ones((1, 1, 1))
    elif len(request) == 2:
        column = np.zeros((1, 1, 1))
    codes = first_codes(row_codes, column_codes)
    row, column = np.trunc(row).astype(np.int64), np.trunc(column).astype(np.int64)
    return _indexed(value, row, column, codes, height, width)


def _indexed(value: Area | Cells, row: Any, column: Any, codes: Codes | None, height: int, width: int) -> Value:
    if codes is None and row.size == 1 and column.size == 1:
        return _one_part(value, int(row.ravel()[0]), int(column.ravel()[0]), height, width)
    if codes is not None and row.size == 1 and column.size == 1:
        return error_block(int(codes.max()))
    shape = np.broadcast_shapes(row.shape, column.shape)
    row, column = np.broadcast_to(row, shape), np.broadcast_to(column, shape)
    bad = codes_where((row < 0) | (column < 0), VALUE)
    codes = first_codes(codes, bad, codes_where((row > height) | (column > width), REF))
    if ((row == 0) & (height > 1)).any() or ((column == 0) & (width > 1)).any():
        raise LaneByLane
    rows = np.clip(np.where(row == 0, 1, row) - 1, 0, height - 1)
    columns = np.clip(np.where(column == 0, 1, column) - 1, 0, width - 1)
    return with_errors(_scattered(value, rows, columns), codes)


def _scattered(value: Area | Cells, rows: Any, columns: Any) -> Cells:
    """Return single cells at places that differ from lane to lane."""
    if isinstance(value, Cells):
        if value.kind.shape[0] == 1:
            return value[0][rows, columns]
        if rows.shape[1:] != (1, 1):
            raise LaneByLane
        return value[np.arange(len(value.kind)), rows.ravel(), columns.ravel()].reshape(-1, 1, 1)
    if value.lanes > 1:
        if rows.shape[1:] != (1, 1) or value.lanes * value.height * value.width > MOST_CELLS:
            raise LaneByLane
        cells = value.load()
        return cells[np.arange(len(cells.kind)), rows.ravel(), columns.ravel()].reshape(-1, 1, 1)
    answer: Cells | None = None
    wanted = np.unique(columns).tolist()
    for column in wanted:
        cells = Area(value.sheet, value.top + rows.ravel(), value.left + column).load().reshape(*rows.shape)
        answer = cells if answer is None else chosen(columns == column, cells, answer)
    return answer if answer is not None else error_block(REF)


def _one_part(value: Area | Cells, row: int, column: int, height: int, width: int) -> Value:
    """Return one cell, a whole row or column (0), or everything."""
    if row < 0 or column < 0:
        return error_block(VALUE)
    if row > height or column > width:
        return error_block(REF)
    if isinstance(value, Area):
        down, right = max(row - 1, 0), max(column - 1, 0)
        return value.moved(down, right, 1 if row else height, 1 if column else width)
    rows = slice(row - 1, row) if row else slice(None)
    columns = slice(column - 1, column) if column else slice(None)
    return value[:, rows, columns]


@kernel("CHOOSE", least=2)
def _choose(request: Request) -> Value:
    index, codes = request.number(0)
    number = np.trunc(index).astype(np.int64)
    codes = first_codes(codes, codes_where((number < 1) | (number >= len(request)), VALUE))
    if number.size == 1:
        if codes is not None:
            return error_block(int(codes.max()))
        place = int(number.ravel()[0])
        return request.value(place) if request.given(place) else single(0.0)
    answer: Cells = error_block(VALUE)
    for place in np.unique(number[(number >= 1) & (number < len(request))]).tolist():
        blocks = aligned(request.cells(place), numbers_block((number == place).astype(float)), answer)
        answer = chosen(blocks[1].number != 0, blocks[0], blocks[2])
    return with_errors(answer, codes)
