"""Functions whose result is an array: FILTER, SORT, UNIQUE, SEQUENCE, stacking, matrices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from restock.formula.areas import Area
from restock.formula.cells import (
    BLANK,
    CALC,
    ERROR,
    NA,
    NUM,
    NUMBER,
    TEXT,
    VALUE,
    Cells,
    error_block,
    error_codes,
    numbers_block,
    single,
    stacked,
)
from restock.formula.coerce import numbers, truths
from restock.formula.frame import LaneByLane, Value
from restock.formula.kernels.registry import CellFailure, Request, kernel
from restock.formula.kernels.search import typed_key

MOST_MADE = 2_000_000
"""Cells that SEQUENCE, EXPAND and their like may make."""


def table(request: Request, place: int) -> Cells:
    """Return an argument as an array of one lane; blanks at the end of whole columns are left out."""
    value = request.value(place)
    if isinstance(value, Area):
        value = value.used()
    cells = request.frame.all_cells(value) if not isinstance(value, Cells) else value
    if not isinstance(value, Cells | Area):
        cells = request.whole(place)
    if cells.kind.shape[0] > 1:
        raise LaneByLane
    return cells


def whole_table(request: Request, place: int) -> Cells:
    """Return an argument with arrays inside it evaluated as arrays, see `table`."""
    frame_value = request.frame.value(request.nodes[place])
    cells = table(request, place) if isinstance(frame_value, Area) else request.whole(place)
    if cells.kind.shape[0] > 1:
        raise LaneByLane
    return cells


def _count(request: Request, place: int, default: int) -> int:
    return int(request.one_number(place)) if request.given(place) else default


@kernel("FILTER", least=2, most=3)
def _filter(request: Request) -> Value:
    cells, condition = _same_length(request)
    truth, codes = truths(condition)
    if codes is not None:
        return error_block(int(codes[codes > 0].ravel()[0]))
    rows, columns = cells.kind.shape[1:]
    if truth.shape[2] == 1 and truth.shape[1] == rows:
        found = cells[:, truth[0, :, 0], :]
    elif truth.shape[1] == 1 and truth.shape[2] == columns:
        found = cells[:, :, truth[0, 0, :]]
    else:
        raise CellFailure(VALUE)
    if found.kind.size:
        return found
    return request.whole(2) if request.given(2) else error_block(CALC)


def _same_length(request: Request) -> tuple[Cells, Cells]:
    cells, condition = request.whole(0), request.whole(1)
    if cells.kind.shape[0] > 1 or condition.kind.shape[0] > 1:
        raise LaneByLane
    return cells, condition


def sort_keys(cells: Cells, descending: bool) -> tuple[Any, Any]:
    """Return two arrays by which cells sort: their type, and their place within it; blanks come last.

    `cells` is of shape (n,).
    """
    rank = np.array([0, 1, 2, 9, 3])[cells.kind].astype(float)
    value = np.array(cells.number)
    if cells.text is not None and (cells.kind == TEXT).any():
        words = [text.lower() for text in cells.text[cells.kind == TEXT]]
        places = {word: float(place) for place, word in enumerate(sorted(set(words)))}
        value[cells.kind == TEXT] = [places[word] for word in words]
    if descending:
        rank, value = np.where(rank == 9, 9.0, -rank), -value
    return rank, value


def _sorted_by(columns: Sequence[tuple[Cells, bool]]) -> Any:
    keys = []
    for cells, descending in reversed(columns):
        rank, value = sort_keys(cells, descending)
        keys += [value, rank]
    return np.lexsort(keys)


@kernel("SORT", least=1, most=4)
def _sort(request: Request) -> Value:
    cells = request.whole(0)
    if cells.kind.shape[0] > 1:
        raise LaneByLane
    by_column = bool(request.given(3) and request.one_number(3))
    indexes = _flat_numbers(request, 1, 1.0)
    orders = _flat_numbers(request, 2, 1.0)
    if len(orders) == 1:
        orders = orders * len(indexes)
    size = cells.kind.shape[1 if by_column else 2]
    if len(orders) != len(indexes) or any(not 1 <= index <= size for index in indexes):
        raise CellFailure(VALUE)
    if any(order not in (1.0, -1.0) for order in orders):
        raise CellFailure(VALUE)
    pairs = []
    for index, order in zip(indexes, orders, strict=True):
        line = cells[0, int(index) - 1, :] if by_column else cells[0, :, int(index) - 1]
        pairs.append((line, order < 0))
    places = _sorted_by(pairs)
    return cells[:, :, places] if by_column else cells[:, places, :]


def _flat_numbers(request: Request, place: int, default: float) -> list[float]:
    if not request.given(place):
        return [default]
    number, codes = numbers(request.whole(place))
    if codes is not None:
        raise CellFailure(int(codes.max()))
    found: list[float] = number.ravel().tolist()
    return found


@kernel("SORTBY", least=2)
def _sortby(request: Request) -> Value:
    cells = request.whole(0)
    pairs = []
    by_column = False
    for place in range(1, len(request), 2):
        line = request.whole(place)
        if line.kind.shape[0] > 1 or cells.kind.shape[0] > 1:
            raise LaneByLane
        by_column = line.kind.shape[1] == 1 and line.kind.shape[2] > 1
        if line.kind.size != cells.kind.shape[2 if by_column else 1]:
            raise CellFailure(VALUE)
        order = request.one_number(place + 1) if request.given(place + 1) else 1.0
        if order not in (1.0, -1.0):
            raise CellFailure(VALUE)
        pairs.append((line.reshape(line.kind.size), order < 0))
    places = _sorted_by(pairs)
    return cells[:, :, places] if by_column else cells[:, places, :]


@kernel("UNIQUE", least=1, most=3)
def _unique(request: Request) -> Value:
    cells = request.whole(0)
    if cells.kind.shape[0] > 1:
        raise LaneByLane
    by_column = bool(request.given(1) and request.one_number(1))
    once = bool(request.given(2) and request.one_number(2))
    rows, columns = cells.kind.shape[1:]
    keys = [typed_key(value) for value in cells.scalars()]
    lines = (
        [tuple(keys[place::columns]) for place in range(columns)]
        if by_column
        else [tuple(keys[place * columns : (place + 1) * columns]) for place in range(rows)]
    )
    first: dict[Any, int] = {}
    seen: dict[Any, int] = {}
    for place, line in enumerate(lines):
        first.setdefault(line, place)
        seen[line] = seen.get(line, 0) + 1
    places = [place for line, place in first.items() if not once or seen[line] == 1]
    if not places:
        return error_block(CALC)
    return cells[:, :, places] if by_column else cells[:, places, :]


@kernel("SEQUENCE", least=1, most=4)
def _sequence(request: Request) -> Value:
    rows, columns = _count(request, 0, 1), _count(request, 1, 1)
    start = request.one_number(2) if request.given(2) else 1.0
    step = request.one_number(3) if request.given(3) else 1.0
    _check_size(rows, columns)
    return numbers_block((start + step * np.arange(rows * columns)).reshape(1, rows, columns))


def _check_size(rows: int, columns: int) -> None:
    if rows < 0 or columns < 0:
        raise CellFailure(VALUE)
    if rows == 0 or columns == 0:
        raise CellFailure(CALC)
    if rows * columns > MOST_MADE:
        raise CellFailure(NUM)


@kernel("RANDARRAY", most=5)
def _randarray(request: Request) -> Value:
    rows, columns = _count(request, 0, 1), _count(request, 1, 1)
    low = request.one_number(2) if request.given(2) else 0.0
    high = request.one_number(3) if request.given(3) else 1.0
    _check_size(rows, columns)
    if low > high:
        raise CellFailure(VALUE)
    found = low + (high - low) * request.frame.engine.random.random((1, rows, columns))
    if request.given(4) and request.one_number(4):
        found = np.floor(low + (high - low + 1) * request.frame.engine.random.random((1, rows, columns)))
    return numbers_block(found)


@kernel("RAND", most=0)
def _rand(request: Request) -> Value:
    return numbers_block(request.frame.engine.random.random((request.lanes, 1, 1)))


@kernel("RANDBETWEEN", least=2, most=2)
def _randbetween(request: Request) -> Value:
    low, high = np.ceil(request.one_number(0)), np.floor(request.one_number(1))
    if low > high:
        raise CellFailure(NUM)
    drawn = request.frame.engine.random.random((request.lanes, 1, 1))
    return numbers_block(np.floor(low + (high - low + 1) * drawn))


@kernel("TRANSPOSE", least=1, most=1)
def _transpose(request: Request) -> Value:
    cells = request.whole(0)
    text = None if cells.text is None else cells.text.transpose(0, 2, 1)
    return Cells(cells.kind.transpose(0, 2, 1), cells.number.transpose(0, 2, 1), text)


@kernel("VSTACK", "HSTACK", least=1)
def _stack(request: Request) -> Value:
    axis = 1 if request.name == "VSTACK" else 2
    blocks = [request.whole(place) for place in range(len(request))]
    if any(one.kind.shape[0] > 1 for one in blocks):
        raise LaneByLane
    size = max(one.kind.shape[3 - axis] for one in blocks)
    padded = [_padded(one, *((one.kind.shape[1], size) if axis == 1 else (size, one.kind.shape[2])), error_block(NA))
              for one in blocks]  # fmt: skip
    return stacked(padded, axis)


def _padded(cells: Cells, rows: int, columns: int, filler: Cells) -> Cells:
    """Return the cells with a filler to the right and below, up to a size."""
    high, wide = cells.kind.shape[1:]
    if wide < columns:
        cells = stacked([cells, filler.spread((1, high, columns - wide))], 2)
    if high < rows:
        cells = stacked([cells, filler.spread((1, rows - high, columns))], 1)
    return cells


@kernel("TOCOL", "TOROW", least=1, most=3)
def _to_line(request: Request) -> Value:
    cells = request.whole(0)
    if cells.kind.shape[0] > 1:
        raise LaneByLane
    ignore = _count(request, 1, 0)
    if ignore not in (0, 1, 2, 3):
        raise CellFailure(VALUE)
    if request.given(2) and request.one_number(2):
        text = None if cells.text is None else cells.text.transpose(0, 2, 1)
        cells = Cells(cells.kind.transpose(0, 2, 1), cells.number.transpose(0, 2, 1), text)
    flat = cells[0:1].reshape(cells.kind.size)
    keep = np.ones(cells.kind.size, dtype=bool)
    if ignore in (1, 3):
        keep &= flat.kind != BLANK
    if ignore in (2, 3):
        keep &= flat.kind != ERROR
    flat = flat[keep]
    if not len(flat.kind):
        return error_block(CALC)
    return flat.reshape(1, -1, 1) if request.name == "TOCOL" else flat.reshape(1, 1, -1)


@kernel("WRAPROWS", "WRAPCOLS", least=2, most=3)
def _wrap(request: Request) -> Value:
    cells, size = request.whole(0), _count(request, 1, 1)
    if cells.kind.shape[0] > 1:
        raise LaneByLane
    if cells.kind.shape[1] > 1 and cells.kind.shape[2] > 1:
        raise CellFailure(VALUE)
    if size < 1:
        raise CellFailure(NUM)
    filler = request.whole(2) if request.given(2) else error_block(NA)
    count = cells.kind.size
    lines = -(-count // size)
    flat = _padded(cells.reshape(1, 1, count), 1, lines * size, filler).reshape(1, lines, size)
    if request.name == "WRAPROWS":
        return flat
    text = None if flat.text is None else flat.text.transpose(0, 2, 1)
    return Cells(flat.kind.transpose(0, 2, 1), flat.number.transpose(0, 2, 1), text)


@kernel("TAKE", "DROP", least=2, most=3)
def _take(request: Request) -> Value:
    cells = request.whole(0)
    rows, columns = cells.kind.shape[1:]
    spans = []
    for place, size in ((1, rows), (2, columns)):
        if not request.given(place):
            spans.append(slice(None))
            continue
        number = int(request.one_number(place))
        spans.append(_part_taken(number, size) if request.name == "TAKE" else _part_left(number, size))
    found = cells[:, spans[0], spans[1]]
    return found if found.kind.size else error_block(CALC)


def _part_taken(number: int, size: int) -> slice:
    return slice(0, number) if number >= 0 else slice(max(size + number, 0), size)


def _part_left(number: int, size: int) -> slice:
    return slice(min(number, size), size) if number >= 0 else slice(0, max(size + number, 0))


@kernel("CHOOSEROWS", "CHOOSECOLS", least=2)
def _choose_lines(request: Request) -> Value:
    cells = request.whole(0)
    size = cells.kind.shape[1 if request.name == "CHOOSEROWS" else 2]
    places = []
    for place in range(1, len(request)):
        for number in _flat_numbers(request, place, 1.0):
            index = int(number)
            if not 1 <= abs(index) <= size:
                raise CellFailure(VALUE)
            places.append(index - 1 if index > 0 else size + index)
    return cells[:, places, :] if request.name == "CHOOSEROWS" else cells[:, :, places]


@kernel("EXPAND", least=2, most=4)
def _expand(request: Request) -> Value:
    cells = request.whole(0)
    if cells.kind.shape[0] > 1:
        raise LaneByLane
    rows, columns = _count(request, 1, cells.kind.shape[1]), _count(request, 2, cells.kind.shape[2])
    if rows < cells.kind.shape[1] or columns < cells.kind.shape[2]:
        raise CellFailure(VALUE)
    _check_size(rows, columns)
    return _padded(cells, rows, columns, request.whole(3) if request.given(3) else error_block(NA))


def _matrix(request: Request, place: int) -> Any:
    cells = request.whole(place)
    if cells.kind.shape[0] > 1:
        raise LaneByLane
    codes = error_codes(cells)
    if codes is not None:
        raise CellFailure(int(codes[codes > 0].ravel()[0]))
    if (cells.kind != NUMBER).any():
        raise CellFailure(VALUE)
    return cells.number[0]


@kernel("MMULT", least=2, most=2)
def _mmult(request: Request) -> Value:
    left, right = _matrix(request, 0), _matrix(request, 1)
    if left.shape[1] != right.shape[0]:
        raise CellFailure(VALUE)
    return numbers_block((left @ right)[None])


@kernel("MDETERM", "MINVERSE", least=1, most=1)
def _square(request: Request) -> Value:
    matrix = _matrix(request, 0)
    if matrix.shape[0] != matrix.shape[1]:
        raise CellFailure(VALUE)
    if request.name == "MDETERM":
        return single(float(np.linalg.det(matrix)))
    try:
        return numbers_block(np.linalg.inv(matrix)[None])
    except np.linalg.LinAlgError as error:
        raise CellFailure(NUM) from error


@kernel("MUNIT", least=1, most=1)
def _munit(request: Request) -> Value:
    size = int(request.one_number(0))
    if size < 1:
        raise CellFailure(VALUE)
    _check_size(size, size)
    return numbers_block(np.eye(size)[None])
