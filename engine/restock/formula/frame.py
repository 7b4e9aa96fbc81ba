"""One evaluation: a formula's tree over the lanes of a group."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from restock.formula.areas import Area
from restock.formula.cells import (
    ERROR,
    NAME,
    NULL,
    REF,
    VALUE,
    Cells,
    block,
    error_block,
    numbers_block,
    single,
)
from restock.formula.coerce import numbers
from restock.formula.operators import operate
from restock.formula.tree import (
    LAST_COLUMN,
    LAST_ROW,
    ArrayConstant,
    Axis,
    Binary,
    Call,
    CellRef,
    Constant,
    Invoke,
    Missing,
    Name,
    Node,
    Outside,
    RangeRef,
    TableRef,
    Unary,
    spine,
    wrapped,
)
from restock.formula.workbook import Sheet

if TYPE_CHECKING:
    from restock.formula.engine import Engine

MOST_CELLS = 4_000_000
"""Cells that one block may have; larger ones are refused, so that memory stays bounded."""

DEEPEST_CALLS = 400
"""Levels to which functions of the book may call themselves."""


class Unsupported(Exception):
    """A formula, or a part of it, that this engine cannot evaluate; `reason` is a key of `restock.text`."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class LaneByLane(Exception):
    """What was asked cannot be answered for all lanes together; the caller goes through them one by one."""


@dataclass(frozen=True)
class Union:
    """Several rectangles in one argument: (A1:A3,C5)."""

    areas: tuple[Area, ...]


@dataclass(frozen=True)
class Function:
    """A LAMBDA with the variables that it saw where it stands, or a built-in function by its name."""

    parameters: tuple[str, ...]
    body: Node
    variables: Mapping[str, Value]
    builtin: str = ""


@dataclass(frozen=True)
class Omitted:
    """An argument of a LAMBDA that was left out."""


Value = Cells | Area | Union | Function | Omitted


@dataclass(frozen=True)
class Lanes:
    """The cells that are evaluated together: rows (L,) of one column."""

    sheet: Sheet
    rows: NDArray[np.int64]
    column: int

    def one(self, place: int) -> Lanes:
        """Return a single lane."""
        return Lanes(self.sheet, self.rows[place : place + 1], self.column)


@dataclass(frozen=True)
class Frame:
    """Where a tree is evaluated.

    Attributes:
        array: Whether ranges stand for all their cells where one value is asked; else the cell of the formula's own
            row or column is taken from them (implicit intersection).
        variables: Values of LET and LAMBDA, by name in capitals.
    """

    engine: Engine
    lanes: Lanes
    array: bool = False
    variables: Mapping[str, Value] = field(default_factory=dict)
    depth: int = 0

    def value(self, node: Node) -> Value:
        """Return what a part of the formula stands for: cells, or a reference to them."""
        return _EVALUATE[type(node)](self, node)

    def cells(self, node: Node) -> Cells:
        """Return the value of an operand: one cell a lane, or an array where arrays are asked for."""
        return self.operand(self.value(node))

    def operand(self, value: Value) -> Cells:
        """Return a value as an operand, see `cells`."""
        if isinstance(value, Cells):
            return value
        if isinstance(value, Area):
            found = value if self.array or value.is_single else self.intersect(value)
            return error_block(VALUE) if found is None else self.load(found)
        return self.all_cells(value)

    def all_cells(self, value: Value) -> Cells:
        """Return every cell that a value stands for."""
        if isinstance(value, Cells):
            return value
        if isinstance(value, Area):
            return self.load(value)
        if isinstance(value, Union) and len(value.areas) == 1:
            return self.load(value.areas[0])
        return single(None) if isinstance(value, Omitted) else error_block(VALUE)

    def whole(self, node: Node) -> Cells:
        """Return a part of the formula with arrays evaluated as arrays, whatever the formula is."""
        frame = self if self.array else replace(self, array=True)
        return frame.all_cells(frame.value(node))

    def load(self, area: Area) -> Cells:
        """Return the cells of a reference.

        Raises:
            Unsupported: It is too large.
        """
        if not area.on_sheet():
            return error_block(REF)
        if area.lanes * area.height * area.width > MOST_CELLS:
            raise LaneByLane if area.lanes > 1 else Unsupported("formula.too_large")
        self.engine.before_reading(area)
        return area.load()

    def intersect(self, area: Area) -> Area | None:
        """Return the cell of a range in the formula's own row or column, as in `=A1:A9` typed beside it, or None."""
        rows, column = self.lanes.rows, self.lanes.column
        if area.width == 1 and isinstance(area.top, int):
            inside = (rows >= area.top) & (rows < area.top + area.height)
            if inside.all():
                return Area(area.sheet, rows, area.left)
            if inside.any():
                raise LaneByLane
        elif area.height == 1 and area.left <= column <= area.right:
            return Area(area.sheet, area.top, column)
        elif area.lanes > 1:
            raise LaneByLane
        return None

    def call(self, function: Function, arguments: list[Value]) -> Value:
        """Return what a LAMBDA answers."""
        if self.depth > DEEPEST_CALLS:
            raise LaneByLane if len(self.lanes.rows) > 1 else Unsupported("formula.endless")
        if function.builtin:
            names = tuple(f"\0{place}" for place in range(len(arguments)))
            body = Call(function.builtin, tuple(Name(name) for name in names))
            function = Function(names, body, {})
        if len(arguments) > len(function.parameters):
            return error_block(VALUE)
        given: list[Value] = [*arguments, *[Omitted()] * (len(function.parameters) - len(arguments))]
        variables = {**function.variables, **dict(zip(function.parameters, given, strict=True))}
        return replace(self, variables=variables, depth=self.depth + 1).value(function.body)

    def axis(self, axis: Axis, home: Any, last: int) -> Any:
        """Return a row or column, counted on from the other side where it ran over the edge."""
        if axis.absolute:
            return axis.value
        found = home + axis.value
        return wrapped(found, last) if np.min(found) < 1 or np.max(found) > last else found


def _constant(frame: Frame, node: Constant) -> Value:
    return single(node.value)


def _missing(frame: Frame, node: Missing) -> Value:
    return single(None)


def _array_constant(frame: Frame, node: ArrayConstant) -> Value:
    cells = [value for row in node.rows for value in row]
    return block(cells, (1, len(node.rows), len(node.rows[0])))


def _outside(frame: Frame, node: Outside) -> Value:
    raise Unsupported(node.reason, node.text)


def _sheet(frame: Frame, name: str | None) -> Sheet | None:
    return frame.lanes.sheet if name is None else frame.engine.book.sheet(name)


def _one_top(rows: Any, axis: Axis) -> Any:
    """One row where it is the same for all lanes, so that absolute references are read once."""
    return rows if axis.absolute or isinstance(rows, int) else rows if len(rows) > 1 else int(rows[0])


def _cell_ref(frame: Frame, node: CellRef) -> Value:
    sheet = _sheet(frame, node.sheet)
    if sheet is None:
        return error_block(REF)
    top = _one_top(frame.axis(node.row, frame.lanes.rows, LAST_ROW), node.row)
    return Area(sheet, top, frame.axis(node.column, frame.lanes.column, LAST_COLUMN))


def _range_ref(frame: Frame, node: RangeRef) -> Value:
    sheet = _sheet(frame, node.sheet)
    if sheet is None:
        return error_block(REF)
    top = frame.axis(node.top, frame.lanes.rows, LAST_ROW)
    bottom = frame.axis(node.bottom, frame.lanes.rows, LAST_ROW)
    left = frame.axis(node.left, frame.lanes.column, LAST_COLUMN)
    right = frame.axis(node.right, frame.lanes.column, LAST_COLUMN)
    return rectangle(sheet, top, left, bottom, right)


def rectangle(sheet: Sheet, top: Any, left: int, bottom: Any, right: int) -> Area:
    """Return the rectangle between two corners.

    Raises:
        LaneByLane: Its height differs from lane to lane.
    """
    heights = np.abs(bottom - top) + 1
    first = np.minimum(top, bottom)
    if np.ndim(heights) and (heights != heights[0]).any():
        raise LaneByLane
    height = int(heights[0]) if np.ndim(heights) else int(heights)
    if np.ndim(first) == 0:
        first = int(first)
    elif len(first) == 1:
        first = int(first[0])
    return Area(sheet, first, min(left, right), height, abs(right - left) + 1)


def _name(frame: Frame, node: Name) -> Value:
    key = node.name.upper()
    if node.sheet is None and key in frame.variables:
        return frame.variables[key]
    tree = frame.engine.name_tree(key, node.sheet, frame.lanes.sheet.name)
    if tree is None:
        return Function((), Missing(), {}, key) if frame.engine.knows(key) else error_block(NAME)
    if frame.depth > DEEPEST_CALLS:
        raise Unsupported("formula.endless", node.name)
    return replace(frame, variables={}, depth=frame.depth + 1, array=True).value(tree)


def _table_ref(frame: Frame, node: TableRef) -> Value:
    return frame.engine.table_area(node, frame.lanes)


def _unary(frame: Frame, node: Unary) -> Value:
    value = frame.value(node.operand)
    if node.operator == "+":
        return value
    number, codes = numbers(frame.operand(value))
    return numbers_block(-number + 0.0 if node.operator == "-" else number / 100.0, codes)


def _binary(frame: Frame, node: Binary) -> Value:
    leaf, chain = spine(node)
    left: Value = frame.value(leaf)
    for one in chain:
        operator = one.operator
        if operator in ":, ":
            left = _join_references(frame, operator, left, frame.value(one.right))
        else:
            is_last = one is node and frame.depth == 0
            left = operate(operator, frame.operand(left), frame.cells(one.right), is_last)
    return left


def _join_references(frame: Frame, operator: str, left: Value, right: Value) -> Value:
    first, second = _rectangles(left), _rectangles(right)
    if not first or not second:
        if len(frame.lanes.rows) > 1:
            raise LaneByLane
        bad = (value for value in (left, right) if isinstance(value, Cells) and value.has(ERROR))
        return next(bad, error_block(VALUE))
    if operator == ",":
        return Union((*first, *second))
    a, b = first[0], second[0]
    if operator == " ":
        if a.lanes > 1 or b.lanes > 1:
            raise LaneByLane
        return a.intersection(b) or error_block(NULL)
    if a.sheet is not b.sheet and frame.lanes.sheet is not b.sheet:
        return error_block(REF)
    top, bottom = np.minimum(a.top, b.top), np.maximum(a.bottom, b.bottom)
    found = rectangle(a.sheet, top, min(a.left, b.left), bottom, max(a.right, b.right))
    frame.engine.before_reading(found)
    return found


def _rectangles(value: Value) -> tuple[Area, ...]:
    if isinstance(value, Union):
        return value.areas
    return (value,) if isinstance(value, Area) else ()


def _call(frame: Frame, node: Call) -> Value:
    own = frame.variables.get(node.name)
    if isinstance(own, Function):
        return frame.call(own, [frame.value(one) for one in node.arguments])
    return frame.engine.call(frame, node)


def _invoke(frame: Frame, node: Invoke) -> Value:
    function = frame.value(node.function)
    if not isinstance(function, Function):
        return error_block(VALUE)
    return frame.call(function, [frame.value(one) for one in node.arguments])


_EVALUATE: dict[type, Callable[[Frame, Any], Value]] = {
    Constant: _constant,
    Missing: _missing,
    ArrayConstant: _array_constant,
    CellRef: _cell_ref,
    RangeRef: _range_ref,
    Name: _name,
    TableRef: _table_ref,
    Unary: _unary,
    Binary: _binary,
    Call: _call,
    Invoke: _invoke,
    Outside: _outside,
}
