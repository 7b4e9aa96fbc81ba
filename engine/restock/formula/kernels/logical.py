"""IF and its relatives: only the branch that is needed is evaluated where all lanes agree."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.formula.areas import Area
from restock.formula.cells import (
    BOOL,
    ERROR,
    NA,
    NUMBER,
    TEXT,
    VALUE,
    Cells,
    Codes,
    aligned,
    chosen,
    error_block,
    first_codes,
    single,
    with_errors,
)
from restock.formula.coerce import order, truths
from restock.formula.frame import Value
from restock.formula.kernels.registry import CellFailure, Request, as_cells, codes_where, elementwise, kernel


@kernel("IF", least=1, most=3)
def _if(request: Request) -> Value:
    condition, codes = truths(request.cells(0))
    return pick(request, condition, codes, 1, 2)


def pick(request: Request, condition: NDArray[np.bool_], codes: Codes | None, yes: int, no: int) -> Value:
    """Return one argument where a condition holds, another where it does not."""
    if codes is None and condition.all():
        return _branch(request, yes, condition.shape)
    if codes is None and not condition.any():
        return _branch(request, no, condition.shape)
    operands = [_operand(request, place) for place in (yes, no)]
    blocks = aligned(as_cells(condition), *operands)
    return with_errors(chosen(blocks[0].number != 0, blocks[1], blocks[2]), codes)


def _branch(request: Request, place: int, shape: tuple[int, ...]) -> Value:
    if place >= len(request):
        return single(place == 1)
    if shape[1:] == (1, 1):
        return request.value(place) if request.given(place) else single(0.0)
    return aligned(_operand(request, place), Cells(np.zeros(shape, np.uint8), np.zeros(shape)))[0]


def _operand(request: Request, place: int) -> Cells:
    if place >= len(request):
        return single(False)
    return request.cells(place) if request.given(place) else single(0.0)


@kernel("IFERROR", "IFNA", least=2, most=2)
def _iferror(request: Request) -> Value:
    value = request.value(0)
    cells = request.frame.operand(value)
    bad = cells.kind == ERROR
    if request.name == "IFNA":
        bad = bad & (cells.number == NA)
    if not bad.any():
        return value if isinstance(value, Area) and cells.is_single else cells
    if bad.all() and bad.shape[1:] == (1, 1):
        return request.cells(1) if request.given(1) else single(0.0)
    blocks = aligned(cells, _operand(request, 1), as_cells(bad))
    return chosen(blocks[2].number != 0, blocks[1], blocks[0])


@kernel("IFS", least=2)
def _ifs(request: Request) -> Value:
    if len(request) % 2:
        raise CellFailure(NA)
    return _first_true(request, [lambda p=place: truths(request.cells(p)) for place in range(0, len(request), 2)],
                       list(range(1, len(request), 2)), None)  # fmt: skip


@kernel("SWITCH", least=3)
def _switch(request: Request) -> Value:
    value = request.cells(0)
    pairs = (len(request) - 1) // 2
    tests = [lambda p=place: _is_same(value, request.cells(p)) for place in range(1, 2 * pairs, 2)]
    other = len(request) - 1 if len(request) % 2 == 0 else None
    return _first_true(request, tests, list(range(2, 2 * pairs + 1, 2)), other)


def _is_same(value: Cells, other: Cells) -> tuple[Any, Codes | None]:
    found, codes = order(value, other)
    return found == 0, codes


def _first_true(request: Request, tests: list[Any], places: list[int], other: int | None) -> Value:
    """Return the value beside the first test that holds; an error in a test before that is the answer."""
    done: Any = None
    answer: Cells | None = None
    for test, place in zip(tests, places, strict=True):
        truth, codes = test()
        here = truth if codes is None else truth | (codes > 0)
        fresh = here if done is None else here & ~done
        if done is None and codes is None and here.all() and here.shape[1:] == (1, 1):
            return request.value(place) if request.given(place) else single(0.0)
        if fresh.any():
            answer = _merged(answer, fresh, with_errors(_operand(request, place), codes))
        done = here if done is None else done | here
        if done.all():
            break
    if answer is None:
        return request.value(other) if other is not None else error_block(NA)
    if not done.all():
        answer = _merged(answer, ~done, error_block(NA) if other is None else _operand(request, other))
    return answer


def _merged(answer: Cells | None, where: Any, value: Cells) -> Cells:
    blocks = aligned(error_block(NA) if answer is None else answer, value, as_cells(where))
    return chosen(blocks[2].number != 0, blocks[1], blocks[0])


@elementwise("NOT", reads="b")
def _not(truth: Any) -> Any:
    return ~truth


@kernel("TRUE", most=0)
def _true(request: Request) -> Value:
    return single(True)


@kernel("FALSE", most=0)
def _false(request: Request) -> Value:
    return single(False)


@kernel("AND", "OR", "XOR", least=1)
def _junction(request: Request) -> Value:
    truths_found, counted, codes = [], [], []
    for place in range(len(request)):
        truth, counts, code = _logicals(request, place)
        truths_found.append(truth)
        counted.append(counts)
        codes.append(code)
    lanes = max(len(truth) for truth in truths_found)
    truth = np.concatenate([np.broadcast_to(one, (lanes, one.shape[1])) for one in truths_found], axis=1)
    counts = np.concatenate([np.broadcast_to(one, (lanes, one.shape[1])) for one in counted], axis=1)
    code = first_codes(*(None if one is None else np.broadcast_to(one, (lanes,)) for one in codes))
    code = first_codes(code, codes_where(~counts.any(axis=1), VALUE))
    if request.name == "AND":
        found = (truth | ~counts).all(axis=1)
    else:
        hits = truth & counts
        found = hits.any(axis=1) if request.name == "OR" else hits.sum(axis=1) % 2 == 1
    return as_cells(found.reshape(-1, 1, 1), None if code is None else code.reshape(-1, 1, 1))


def _logicals(request: Request, place: int) -> tuple[Any, Any, Codes | None]:
    """Truth values (lanes, places) of an argument, which of them count, and the first error of each lane."""
    value = request.value(place)
    is_reference = not isinstance(value, Cells)
    cells = request.frame.all_cells(value.used() if isinstance(value, Area) else value)
    lanes = cells.kind.shape[0]
    kind, number = cells.kind.reshape(lanes, -1), cells.number.reshape(lanes, -1)
    counts = (kind == NUMBER) | (kind == BOOL)
    bad = kind == ERROR
    code: Codes | None = None
    if bad.any():
        first = np.take_along_axis(number, bad.argmax(axis=1)[:, None], axis=1)[:, 0]
        code = np.where(bad.any(axis=1), first, 0).astype(np.int8)
    if not is_reference and cells.is_single and (kind == TEXT).any():
        number, code = _words(cells, number.copy(), code)
        counts = counts | ((kind == TEXT) & (np.asarray(cells.text) != "").reshape(kind.shape))
    return number != 0, counts, code


def _words(cells: Cells, number: Any, code: Codes | None) -> tuple[Any, Codes | None]:
    """A text given directly must say TRUE or FALSE."""
    codes = np.zeros(len(number), dtype=np.int8)
    for lane in np.flatnonzero(cells.kind.ravel() == TEXT).tolist():
        word = str(cells.text.ravel()[lane]).upper() if cells.text is not None else ""
        number[lane, 0] = word == "TRUE"
        codes[lane] = 0 if word in ("TRUE", "FALSE", "") else VALUE
    return number, first_codes(code, codes if codes.any() else None)
