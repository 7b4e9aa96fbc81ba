"""LET, LAMBDA and the functions that call one for each cell, row or column of an array."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from restock.formula.cells import CALC, VALUE, Cells, aligned, error_block, single, stacked
from restock.formula.frame import Frame, Function, LaneByLane, Omitted, Value
from restock.formula.kernels.registry import CellFailure, Request, kernel
from restock.formula.tree import Call, CellRef, Name, Node


@kernel("LET", least=3)
def _let(request: Request) -> Value:
    if len(request) % 2 == 0:
        raise CellFailure(VALUE)
    frame = request.frame
    for place in range(0, len(request) - 1, 2):
        name = parameter(request.nodes[place])
        value = frame.value(request.nodes[place + 1])
        frame = replace(frame, variables={**frame.variables, name: value})
    return frame.value(request.nodes[-1])


def parameter(node: Node) -> str:
    """Return the name of a parameter, in capitals.

    Raises:
        CellFailure: It is no name.
    """
    if isinstance(node, Name) and node.sheet is None:
        return node.name.upper()
    if isinstance(node, CellRef | Call):
        raise CellFailure(VALUE)
    raise CellFailure(VALUE)


@kernel("LAMBDA", least=1)
def _lambda(request: Request) -> Value:
    names = []
    for node in request.nodes[:-1]:
        names.append(parameter(_without_brackets(node)))
    return Function(tuple(names), request.nodes[-1], request.frame.variables)


def _without_brackets(node: Node) -> Node:
    from restock.formula.tree import TableRef

    if isinstance(node, TableRef) and not node.table and node.first:
        return Name(node.first)  # [x], as people type an optional parameter
    return node


@kernel("ISOMITTED", least=1, most=1)
def _is_omitted(request: Request) -> Value:
    return single(isinstance(request.value(0), Omitted))


def _function(request: Request) -> Function:
    value = request.value(len(request) - 1)
    if not isinstance(value, Function):
        raise CellFailure(VALUE)
    return value


def _one_lane(request: Request) -> None:
    if request.lanes > 1:
        raise LaneByLane


def _as_lanes(cells: Cells) -> Cells:
    """Return the cells of an array as lanes of one cell each."""
    return cells.reshape(cells.kind.size, 1, 1)


def _answers(request: Request, function: Function, arguments: Sequence[Cells]) -> list[Cells] | Cells:
    """Call a function once for each lane of its arguments: all at once where that is possible, else one by one.

    Returns:
        One block with a lane a call, or a list of blocks of one lane.
    """
    count = len(arguments[0].kind)
    try:
        if not _needs_one_by_one(function):
            found = request.frame.operand(_in_lanes(request.frame, function, arguments))
            return found.spread((count, *found.kind.shape[1:]))
    except LaneByLane:
        pass
    answers = []
    for lane in range(count):
        value = request.frame.call(function, [argument[lane : lane + 1] for argument in arguments])
        answers.append(_cells_of(request.frame, value))
    return answers


def _needs_one_by_one(function: Function) -> bool:
    from restock.formula.tree import walk

    return any(isinstance(node, Call) and node.name in _BY_HAND for node in walk(function.body))


_BY_HAND = {"OFFSET", "INDIRECT", "MAP", "REDUCE", "SCAN", "BYROW", "BYCOL", "MAKEARRAY", "RAND", "ROW", "COLUMN"}


def _in_lanes(frame: Frame, function: Function, arguments: Sequence[Cells]) -> Value:
    return frame.call(function, list(arguments))


def _cells_of(frame: Frame, value: Value) -> Cells:
    return frame.all_cells(value) if not isinstance(value, Function) else error_block(CALC)


@kernel("MAP", least=2)
def _map(request: Request) -> Value:
    _one_lane(request)
    arrays = aligned(*[request.whole(place) for place in range(len(request) - 1)])
    shape = arrays[0].kind.shape
    answers = _answers(request, _function(request), [_as_lanes(one) for one in arrays])
    return _joined(answers).reshape(*shape)


def _joined(answers: list[Cells] | Cells) -> Cells:
    """Return single answers as one block of lanes; an array among them is an error."""
    if isinstance(answers, Cells):
        return answers if answers.is_single else error_block(CALC, (len(answers.kind), 1, 1))
    return stacked([one if one.kind.size == 1 else error_block(CALC) for one in answers], 0)


@kernel("BYROW", "BYCOL", least=2, most=2)
def _by_row(request: Request) -> Value:
    _one_lane(request)
    cells, function = request.whole(0), _function(request)
    rows, columns = cells.kind.shape[1:]
    if request.name == "BYROW":
        found = _joined(_answers(request, function, [cells.reshape(rows, 1, columns)]))
        return found.reshape(1, rows, 1)
    text = None if cells.text is None else cells.text.transpose(0, 2, 1)
    turned = Cells(cells.kind.transpose(0, 2, 1), cells.number.transpose(0, 2, 1), text).reshape(columns, rows, 1)
    return _joined(_answers(request, function, [turned])).reshape(1, 1, columns)


@kernel("MAKEARRAY", least=3, most=3)
def _make_array(request: Request) -> Value:
    _one_lane(request)
    rows, columns = int(request.one_number(0)), int(request.one_number(1))
    if rows < 1 or columns < 1:
        raise CellFailure(VALUE)
    row, column = np.divmod(np.arange(rows * columns), columns)
    numbers = [np.asarray(one, dtype=float).reshape(-1, 1, 1) + 1 for one in (row, column)]
    blocks = [Cells(np.zeros(one.shape, dtype=np.uint8), one) for one in numbers]
    return _joined(_answers(request, _function(request), blocks)).reshape(1, rows, columns)


def _steps(request: Request) -> tuple[Value | None, Cells]:
    _one_lane(request)
    has_start = len(request) == 3
    start = request.value(0) if has_start and request.given(0) else (single(None) if has_start else None)
    cells = request.whole(1 if has_start else 0)
    return start, cells


@kernel("REDUCE", "SCAN", least=2, most=3)
def _reduce(request: Request) -> Value:
    state, cells = _steps(request)
    function = _function(request)
    flat = cells.reshape(cells.kind.size, 1, 1)
    states: list[Cells] = []
    for place in range(cells.kind.size):
        item = flat[place : place + 1]
        state = item if state is None else request.frame.call(function, [state, item])
        if request.name == "SCAN":
            states.append(_cells_of(request.frame, state))
    if request.name == "REDUCE":
        return state if state is not None else error_block(CALC)
    return _joined(states).reshape(*cells.kind.shape)
