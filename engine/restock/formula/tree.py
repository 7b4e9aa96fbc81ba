"""A formula as a tree, independent of the cell it stands in, and the tree as formula text again.

A relative row or column is stored as its distance from the cell of the formula, so that the formulas of a column that
was filled down are one and the same tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from restock.formula.cells import Scalar
from restock.functions.values import CellError

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


@dataclass(frozen=True, slots=True)
class Axis:
    """A row or column: its number where absolute, else its distance from the formula's own."""

    value: int
    absolute: bool = False

    def at(self, home: int) -> int:
        """Return the row or column for a formula that stands in `home`."""
        return self.value if self.absolute else home + self.value


class Node:
    """Any part of a formula."""

    __slots__ = ()

    def children(self) -> tuple[Node, ...]:
        """The parts below."""
        return ()


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """A literal: number, text, truth value or error."""

    value: Scalar


@dataclass(frozen=True, slots=True)
class Missing(Node):
    """An argument left empty, as in IF(a,,b)."""


@dataclass(frozen=True, slots=True)
class ArrayConstant(Node):
    """{1,2;3,4}."""

    rows: tuple[tuple[Scalar, ...], ...]


@dataclass(frozen=True, slots=True)
class CellRef(Node):
    """One cell; `sheet` is None for the formula's own."""

    sheet: str | None
    row: Axis
    column: Axis


@dataclass(frozen=True, slots=True)
class RangeRef(Node):
    """A rectangle. `whole` is "columns" for A:C, "rows" for 2:5, else ""."""

    sheet: str | None
    top: Axis
    left: Axis
    bottom: Axis
    right: Axis
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A defined name, or a variable of LET and LAMBDA; `sheet` where one is written before it."""

    name: str
    sheet: str | None = field(default=None)


@dataclass(frozen=True, slots=True)
class TableRef(Node):
    """A structured reference: which parts of a table, and from which to which column ("" for all)."""

    table: str
    items: tuple[str, ...] = ()
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Unary(Node):
    """A sign before, or % behind."""

    operator: str
    operand: Node

    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """Two parts joined: + - * / ^ & = <> < > <= >= and, for references, `:` ` ` `,`."""

    operator: str
    left: Node
    right: Node

    def children(self) -> tuple[Node, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function by its name, in capitals and without the prefixes of files."""

    name: str
    arguments: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        return self.arguments


@dataclass(frozen=True, slots=True)
class Invoke(Node):
    """A function that is a value: LAMBDA(x,x+1)(3)."""

    function: Node
    arguments: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        return (self.function, *self.arguments)


@dataclass(frozen=True, slots=True)
class Outside(Node):
    """Something that this engine does not follow, such as a link to another workbook; `reason` is a key."""

    text: str
    reason: str


def walk(tree: Node) -> Iterator[Node]:
    """Yield every part of a tree, without recursion: long sums are deep trees."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(node.children())


def spine(tree: Binary) -> tuple[Node, list[Binary]]:
    """Return the leftmost part of a chain of operators, and the chain from the inside out."""
    chain: list[Binary] = []
    node: Node = tree
    while isinstance(node, Binary):
        chain.append(node)
        node = node.left
    return node, chain[::-1]


PRECEDENCE = {
    "=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5,
    "%": 6, "sign": 7, ",": 8, " ": 9, ":": 10,
}  # fmt: skip
"""How tightly operators bind; a sign binds tighter than a power: -2^2 is 4 in a spreadsheet."""

_PLAIN_SHEET = re.compile(r"[A-Za-z_\u0080-\uffff][\w.]*")
_LIKE_CELL = re.compile(r"(?:[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*|[Rr]|[Cc])")
_COLUMN_ESCAPES = re.compile(r"(['\[\]#@])")


def print_tree(tree: Node, row: int = 1, column: int = 1) -> str:
    """Return a tree as formula text, without "=", for a cell; parsing it there gives the same tree.

    >>> from restock.formula.parse import parse
    >>> print_tree(parse("-(1+A1)^2 & B$2%", 1, 1), 5, 3)
    '-(1+C5)^2&D$2%'
    """
    return _Printer(row, column).text(tree)


class _Printer:
    def __init__(self, row: int, column: int) -> None:
        self._row, self._column = row, column

    def text(self, node: Node, above: int = 0) -> str:
        if isinstance(node, Binary):
            return self._chain(node, above)
        if isinstance(node, Unary):
            return self._unary(node, above)
        if isinstance(node, Call):
            return f"{node.name}({self._list(node.arguments)})"
        if isinstance(node, Invoke):
            function = self.text(node.function)
            called = function if isinstance(node.function, Call | Invoke) else f"({function})"
            return f"{called}({self._list(node.arguments)})"
        return self._leaf(node)

    def _leaf(self, node: Node) -> str:
        if isinstance(node, Constant):
            return literal(node.value)
        if isinstance(node, ArrayConstant):
            return "{" + ";".join(",".join(map(literal, row)) for row in node.rows) + "}"
        if isinstance(node, CellRef):
            return sheet_prefix(node.sheet) + self._cell(node.row, node.column)
        if isinstance(node, RangeRef):
            return sheet_prefix(node.sheet) + self._range(node)
        if isinstance(node, Name):
            return sheet_prefix(node.sheet) + node.name
        if isinstance(node, TableRef):
            return _table_text(node)
        return node.text if isinstance(node, Outside) else ""

    def _list(self, arguments: tuple[Node, ...]) -> str:
        return ",".join(map(self.text, arguments))

    def _chain(self, node: Binary, above: int) -> str:
        leaf, chain = spine(node)
        text, inner = "", PRECEDENCE["sign"] + 9
        for place, one in enumerate(chain):
            strength = PRECEDENCE[one.operator]
            if place == 0:
                text = self.text(leaf, strength - 1)
            elif inner < strength:
                text = f"({text})"
            text += one.operator + self._right(one)
            inner = strength
        return f"({text})" if inner <= above or chain[-1].operator == "," else text

    def _right(self, node: Binary) -> str:
        text = self.text(node.right, PRECEDENCE[node.operator])
        is_cell = node.operator == ":" and isinstance(node.right, CellRef) and not isinstance(node.left, Call | Invoke)
        return f"({text})" if is_cell else text  # A1:(B2) joins two cells, A1:B2 is one range

    def _unary(self, node: Unary, above: int) -> str:
        if node.operator == "%":
            text = self.text(node.operand, PRECEDENCE["%"] - 1) + "%"
            return f"({text})" if PRECEDENCE["%"] <= above else text
        text = node.operator + self.text(node.operand, PRECEDENCE["sign"] - 1)
        return f"({text})" if PRECEDENCE["sign"] <= above else text

    def _cell(self, row: Axis, column: Axis) -> str:
        return _column_text(column, self._column) + _row_text(row, self._row)

    def _range(self, node: RangeRef) -> str:
        if node.whole == "columns":
            return f"{_column_text(node.left, self._column)}:{_column_text(node.right, self._column)}"
        if node.whole == "rows":
            return f"{_row_text(node.top, self._row)}:{_row_text(node.bottom, self._row)}"
        return f"{self._cell(node.top, node.left)}:{self._cell(node.bottom, node.right)}"


def column_letters(number: int) -> str:
    """Return the letters of a column.

    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column.

    >>> column_number("A"), column_number("xfd")
    (1, 16384)
    """
    number = 0
    for character in letters.upper():
        number = number * 26 + ord(character) - 64
    return number


def _column_text(axis: Axis, home: int) -> str:
    return ("$" if axis.absolute else "") + column_letters(wrapped(axis.at(home), LAST_COLUMN))


def _row_text(axis: Axis, home: int) -> str:
    return ("$" if axis.absolute else "") + str(wrapped(axis.at(home), LAST_ROW))


def wrapped(number: int, last: int) -> int:
    """Return a row or column that ran over the sheet's edge, counted on from the other side."""
    return (number - 1) % last + 1


def literal(value: Scalar) -> str:
    """Return a constant as it is written in a formula.

    >>> literal(2.0), literal('a"b'), literal(True), literal(CellError("#N/A"))
    ('2', '"a""b"', 'TRUE', '#N/A')
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, CellError):
        return str(value)
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if value is None:
        return ""
    text = repr(float(value))
    return text.removesuffix(".0").upper()


def sheet_prefix(sheet: str | None) -> str:
    """Return a sheet's name as it stands before a reference, quoted where it must be.

    >>> sheet_prefix("Sales"), sheet_prefix("My Sheet"), sheet_prefix("A1"), sheet_prefix(None)
    ('Sales!', "'My Sheet'!", "'A1'!", '')
    """
    if sheet is None:
        return ""
    if _PLAIN_SHEET.fullmatch(sheet) and not _LIKE_CELL.fullmatch(sheet):
        return f"{sheet}!"
    return "'" + sheet.replace("'", "''") + "'!"


def _table_text(node: TableRef) -> str:
    parts = [f"[{item}]" for item in node.items]
    if node.first:
        columns = [_COLUMN_ESCAPES.sub(r"'\1", name) for name in (node.first, node.last)]
        parts.append(f"[{columns[0]}]" if node.first == node.last else f"[{columns[0]}]:[{columns[1]}]")
    if not parts:
        return f"{node.table}[]"
    if len(parts) == 1 and ":" not in parts[0]:
        return node.table + parts[0]
    return f"{node.table}[{','.join(parts)}]"
