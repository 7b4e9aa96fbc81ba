"""How a built-in function is written: its arguments are read and checked here, its numbers computed in one place each.

Three kinds of kernels:

* `@elementwise("ROUND", "nn")` computes one answer per cell from plain arrays. Letters say how arguments are read:
  n number, s text, b truth value, v any cell (a `Cells`). Small letters are required, those after "|" optional; a
  letter before "*" repeats. Errors in arguments pass through, the leftmost first. The function returns an array of
  numbers, of texts (object) or of truth values (bool), `Cells`, or a pair of these and error codes.
* `@reducer("SUM")` computes one number per lane from all numbers in its arguments, as `Series`.
* `@kernel("INDEX")` gets the `Request` itself and does everything.

All arrays have the shape (lanes, rows, columns), and any of these may be 1 where a value repeats.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.formula.areas import Area
from restock.formula.cells import (
    BOOL,
    ERROR,
    NUMBER,
    TEXT,
    VALUE,
    Cells,
    Codes,
    aligned,
    bools_block,
    error_block,
    error_codes,
    first_codes,
    numbers_block,
    single,
    texts_block,
    with_errors,
)
from restock.formula.coerce import numbers, texts, truths
from restock.formula.frame import Frame, Function, LaneByLane, Omitted, Union, Unsupported, Value
from restock.formula.tree import Missing, Node

Kernel = Callable[["Request"], Value]
KERNELS: dict[str, Kernel] = {}
"""Every built-in function that this engine evaluates itself, by name in capitals."""

_SIGNATURE = re.compile(r"([nsbv]*)\|?([nsbv]*)(?:([nsbv])\*)?")


@dataclass(frozen=True)
class Request:
    """A call of a built-in function: its name and the parts of the formula that are its arguments."""

    frame: Frame
    name: str
    nodes: tuple[Node, ...]

    def __len__(self) -> int:
        return len(self.nodes)

    def given(self, place: int) -> bool:
        """Return whether an argument was written and not left empty."""
        return place < len(self.nodes) and not isinstance(self.nodes[place], Missing)

    def value(self, place: int) -> Value:
        """Return an argument as it is: cells, or a reference to them."""
        return self.frame.value(self.nodes[place])

    def cells(self, place: int) -> Cells:
        """Return an argument as an operand: one cell a lane, or an array in an array formula."""
        return self.frame.cells(self.nodes[place])

    def whole(self, place: int) -> Cells:
        """Return every cell of an argument, evaluated as an array."""
        return self.frame.whole(self.nodes[place])

    def number(self, place: int, default: float = 0.0) -> tuple[NDArray[np.float64], Codes | None]:
        """Return an argument as numbers and error codes; `default` where it was left out."""
        return numbers(self.cells(place) if place < len(self.nodes) else single(default))

    def one_number(self, place: int, default: float = 0.0) -> float:
        """Return an argument that must be the same single number in all lanes.

        Raises:
            LaneByLane: It differs from lane to lane.
            CellFailure: It is an error or no number.
        """
        found, codes = self.number(place, default)
        if codes is not None:
            raise CellFailure(int(codes.max())) if found.size == 1 else LaneByLane
        if found.size != 1:
            if found.shape[0] > 1:
                raise LaneByLane
            found = found[:, :1, :1]
        return float(found.ravel()[0])

    def text(self, place: int, default: str = "") -> tuple[Any, Codes | None]:
        """Return an argument as texts and error codes."""
        return texts(self.cells(place)) if place < len(self.nodes) else texts(single(default))

    def truth(self, place: int, default: bool = False) -> tuple[NDArray[np.bool_], Codes | None]:
        """Return an argument as truth values and error codes."""
        return truths(self.cells(place)) if place < len(self.nodes) else truths(single(default))

    def area(self, place: int) -> Area:
        """Return an argument that must be a reference to one rectangle.

        Raises:
            CellFailure: It is none: #VALUE!, or the error that it is.
        """
        value = self.value(place)
        if isinstance(value, Union) and len(value.areas) == 1:
            value = value.areas[0]
        if isinstance(value, Area):
            return value
        if self.lanes > 1:
            raise LaneByLane
        if isinstance(value, Cells) and value.kind.size == 1 and value.has(ERROR):
            raise CellFailure(int(value.number.ravel()[0]))
        raise CellFailure(VALUE)

    @cached_property
    def lanes(self) -> int:
        """How many cells are evaluated together."""
        return len(self.frame.lanes.rows)


class CellFailure(Exception):
    """The answer is one error in all lanes; caught where kernels are called."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def kernel(*names: str, least: int = 0, most: int = 255) -> Callable[[Kernel], Kernel]:
    """Register a function that reads its arguments itself.

    Args:
        least, most: How many arguments it takes; other numbers of them are refused as no formula of Excel's.
    """

    def register(function: Kernel) -> Kernel:
        def checked(request: Request) -> Value:
            if not least <= len(request) <= most:
                raise Unsupported("formula.arguments", request.name)
            return function(request)

        for name in names:
            KERNELS[name] = checked
        return function

    return register


def elementwise(*names: str, reads: str = "n") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function of single cells; see the head of this module for `reads`.

    An optional argument that was left out is not passed, so that the function's own default stands.
    """
    found = _SIGNATURE.fullmatch(reads)
    assert found is not None, reads
    required, optional, repeated = found[1], found[2], found[3] or ""
    most = 255 if repeated else len(required) + len(optional)

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        def run(request: Request) -> Value:
            letters = required + optional + repeated * (len(request) - len(required) - len(optional))
            return answered(function, letters, [request.cells(place) for place in range(len(request))])

        kernel(*names, least=len(required), most=most)(run)
        return function

    return register


def answered(function: Callable[..., Any], letters: str, operands: list[Cells]) -> Cells:
    """Return what an elementwise function makes of its operands."""
    shapes = {cells.kind.shape for cells in operands}
    if len(shapes) > 1 and not _broadcast_together(shapes):
        operands = aligned(*operands)
    pairs = [_READ[letter](cells) for letter, cells in zip(letters, operands, strict=False)]
    codes = first_codes(*_same_shape([codes for _, codes in pairs]))
    with np.errstate(all="ignore"):
        result = function(*(values for values, _ in pairs))
    return as_cells(result, codes)


def as_cells(result: Any, codes: Codes | None = None) -> Cells:
    """Return what a kernel computed as a block: an array, `Cells`, or a pair with error codes."""
    own: Codes | None = None
    if isinstance(result, tuple):
        result, own = result
    codes = first_codes(*_same_shape([codes, own]))
    if isinstance(result, Cells):
        return with_errors(result, codes)
    if result.dtype == object:
        return texts_block(result, codes)
    return bools_block(result, codes) if result.dtype == bool else numbers_block(result, codes)


def _same_shape(found: list[Codes | None]) -> list[Codes | None]:
    shapes = [codes.shape for codes in found if codes is not None]
    if len(set(shapes)) <= 1:
        return found
    shape = np.broadcast_shapes(*shapes)
    return [None if codes is None else np.broadcast_to(codes, shape) for codes in found]


def _broadcast_together(shapes: set[tuple[int, ...]]) -> bool:
    return all(len({shape[axis] for shape in shapes} - {1}) <= 1 for axis in (1, 2))


_READ: dict[str, Callable[[Cells], tuple[Any, Codes | None]]] = {
    "n": numbers,
    "s": texts,
    "b": truths,
    "v": lambda cells: (cells, error_codes(cells)),
}


@dataclass(frozen=True)
class Series:
    """The numbers of a function's arguments, lane by lane.

    Attributes:
        number: (lanes, places).
        counts: Which of them are numbers that count, (lanes, places).
        codes: The first error of each lane, (lanes,); None where there is none.
    """

    number: NDArray[np.float64]
    counts: NDArray[np.bool_]
    codes: Codes | None = None

    @property
    def size(self) -> NDArray[np.int64]:
        """How many numbers each lane has."""
        return np.asarray(self.counts.sum(axis=1))

    def filled(self, value: float) -> NDArray[np.float64]:
        """Return the numbers with `value` wherever nothing counts."""
        return self.number if self.counts.all() else np.where(self.counts, self.number, value)

    def compact(self) -> NDArray[np.float64]:
        """Return the numbers with NaN wherever nothing counts."""
        return self.filled(np.nan)


def series(request: Request, first: int = 0, last: int | None = None, words: bool = False) -> Series:
    """Return the numbers in some arguments of a call, as SUM reads them.

    Of references and arrays only numbers count; a value given directly counts as what it can be read as.

    Args:
        first, last: Which arguments.
        words: Whether truth values count as 1 and 0 and texts as 0 in references too (SUMA-like functions).
    """
    parts = [_part(request, node, words) for node in request.nodes[first:last]]
    return joined(parts)


def joined(parts: list[Series]) -> Series:
    """Return several series as one."""
    if len(parts) == 1:
        return parts[0]
    lanes = max((part.number.shape[0] for part in parts), default=1)
    number = [np.broadcast_to(part.number, (lanes, part.number.shape[1])) for part in parts]
    counts = [np.broadcast_to(part.counts, (lanes, part.counts.shape[1])) for part in parts]
    codes = first_codes(*_same_shape([part.codes for part in parts]))
    if not parts:
        return Series(np.zeros((1, 0)), np.zeros((1, 0), dtype=bool))
    return Series(np.concatenate(number, axis=1), np.concatenate(counts, axis=1), codes)


def _part(request: Request, node: Node, words: bool) -> Series:
    value = request.frame.value(node)
    if isinstance(value, Union):
        return joined([series_of(request.frame.load(area.used()), words) for area in value.areas])
    if isinstance(value, Area):
        return series_of(request.frame.load(value.used()), words)
    if isinstance(value, Function | Omitted):
        return series_of(error_block(VALUE))
    if not value.is_single:
        return series_of(value, words)
    number, codes = numbers(value)
    lanes = value.kind.shape[0]
    return Series(number.reshape(lanes, 1), np.ones((lanes, 1), dtype=bool),
                  None if codes is None else codes.reshape(lanes))  # fmt: skip


def series_of(cells: Cells, words: bool = False) -> Series:
    """Return the numbers of a block."""
    lanes = cells.kind.shape[0]
    kind, number = cells.kind.reshape(lanes, -1), cells.number.reshape(lanes, -1)
    if not kind.any():
        return Series(number, np.ones(kind.shape, dtype=bool))
    counts = (kind == NUMBER) | ((kind == BOOL) | (kind == TEXT) if words else False)
    bad = kind == ERROR
    codes: Codes | None = None
    if bad.any():
        first = bad.argmax(axis=1)
        found = np.take_along_axis(number, first[:, None], axis=1)[:, 0]
        codes = np.where(bad.any(axis=1), found, 0).astype(np.int8)
    return Series(number, counts, codes)


def reducer(*names: str) -> Callable[[Callable[[Series], Any]], Callable[[Series], Any]]:
    """Register a function of all numbers in its arguments, such as SUM.

    It returns numbers of shape (lanes,), or a pair of these and error codes.
    """

    def register(function: Callable[[Series], Any]) -> Callable[[Series], Any]:
        def run(request: Request) -> Value:
            return reduced(function, series(request))

        kernel(*names, least=1)(run)
        return function

    return register


def reduced(function: Callable[[Series], Any], found: Series) -> Cells:
    """Return what a reducer makes of a series, as one cell a lane."""
    with np.errstate(all="ignore"):
        result = function(found)
    number, codes = result if isinstance(result, tuple) else (result, None)
    number = np.asarray(number, dtype=np.float64).reshape(-1, 1, 1)
    shaped = [None if one is None else np.asarray(one).reshape(-1, 1, 1) for one in (found.codes, codes)]
    return as_cells(number, first_codes(*_same_shape(shaped)))


def codes_where(where: Any, code: int) -> Codes:
    """Return an error code where a condition holds, else 0."""
    return np.where(where, np.int8(code), np.int8(0))


def first_cell(request: Request, place: int) -> Cells:
    """Return the first cell of a reference, or an operand as it is, as T and N read their argument."""
    value = request.value(place)
    if isinstance(value, Area) and not request.frame.array:
        return request.frame.load(Area(value.sheet, value.top, value.left))
    return request.frame.operand(value)


def in_array_mode(request: Request) -> Request:
    """Return the same call with its arguments evaluated as arrays, as SUMPRODUCT does."""
    return request if request.frame.array else replace(request, frame=replace(request.frame, array=True))
