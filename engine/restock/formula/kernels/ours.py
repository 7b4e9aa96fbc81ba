"""The RESTOCK_ functions: the catalogue's Python bodies, called once for a whole column."""

from __future__ import annotations

from typing import Any

import numpy as np

from restock.formula.areas import Area
from restock.formula.cells import Cells, block
from restock.formula.coerce import numbers
from restock.formula.frame import LaneByLane, Value
from restock.formula.kernels.registry import Request, kernel
from restock.functions import CATALOGUE
from restock.functions.entry import Argument, Function
from restock.functions.values import CellError


def _register(function: Function) -> None:
    @kernel(function.name, least=function.required, most=len(function.arguments))
    def run(request: Request) -> Value:
        return answer_of(function, request)


def answer_of(function: Function, request: Request) -> Cells:
    """Return what a function of the catalogue answers for all lanes."""
    given = function.arguments[: len(request)]
    values = [_given(request, argument, place) for place, argument in enumerate(given)]
    found = function.python(*values)
    if isinstance(found, np.ndarray):
        if function.result == "table":
            return block(found.ravel().tolist(), (1, *found.shape))
        return _column(found)
    return block([found], (1, 1, 1))


def _column(found: Any) -> Cells:
    if found.ndim > 1 and found.shape[-1] != 1:
        raise LaneByLane
    flat = found.ravel()
    if flat.dtype.kind == "f":
        return Cells(np.zeros((len(flat), 1, 1), dtype=np.uint8), flat.reshape(-1, 1, 1))
    return block([_plain(value) for value in flat.tolist()], (len(flat), 1, 1))


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | bool | CellError) else float(value)


def _given(request: Request, argument: Argument, place: int) -> Any:
    """Return an argument as the catalogue reads it: a scalar, a column for the lanes, or a range."""
    if argument.kind.is_range:
        value = request.value(place)
        cells = request.frame.all_cells(value.used() if isinstance(value, Area) else value)
        if cells.kind.shape[0] > 1:
            if not argument.by_row:
                raise LaneByLane
            return _values(cells).reshape(cells.kind.shape[0], -1)
        return _values(cells).reshape(cells.kind.shape[1:])
    cells = request.cells(place)
    if cells.kind.shape[1:] != (1, 1):
        if request.lanes > 1:
            raise LaneByLane
        return _values(cells).reshape(cells.kind.shape[1:])
    if len(cells.kind) == 1:
        return cells.scalar()
    return _values(cells).ravel()


def _values(cells: Cells) -> Any:
    """Return the cells as an array of numbers where they are nothing else, else of plain values."""
    if not cells.kind.any():
        return np.array(numbers(cells)[0])
    found = np.empty(cells.kind.size, dtype=object)
    found[:] = cells.scalars()
    return found.reshape(cells.kind.shape)


for _function in CATALOGUE.values():
    _register(_function)
