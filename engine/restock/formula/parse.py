"""From formula text to a tree; the text is cut into tokens by openpyxl's tokenizer."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError

from restock.errors import RestockError
from restock.formula.cells import Scalar
from restock.formula.tree import (
    LAST_COLUMN,
    LAST_ROW,
    PRECEDENCE,
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
    column_number,
)
from restock.functions.values import CellError

LONGEST = 8192
"""Characters that a formula may have."""

DEEPEST = 128
"""Levels of parentheses that are followed; Excel allows 64."""


class FormulaError(RestockError):
    """A formula that cannot be read; `reason` is a key of `restock.text`."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


_PREFIX = re.compile(r"(?:_xlfn\.|_xlws\.|_xludf\.|_xlpm\.|_xlop\.)+", re.IGNORECASE)
_CELL = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})")
_COLUMN = re.compile(r"(\$?)([A-Za-z]{1,3})")
_ROW = re.compile(r"(\$?)(\d{1,7})")
_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([^'!\[\]]+|\[[^\]]*\][^'!]*))!(.*)", re.DOTALL)
_OPERAND, _FUNC, _ARRAY, _PAREN, _SEP = Token.OPERAND, Token.FUNC, Token.ARRAY, Token.PAREN, Token.SEP
_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"}


def parse(text: str, row: int, column: int) -> Node:
    """Return the tree of a formula that stands in a cell (row and column from 1).

    Args:
        text: The formula as in a file or as typed in English, with or without "=".
    Raises:
        FormulaError: It is no formula, too long or nested too deeply.

    >>> parse("A1*2", 1, 3)
    Binary(operator='*', left=CellRef(sheet=None, row=Axis(value=0, absolute=False), column=Axis(value=-2, \
absolute=False)), right=Constant(value=2.0))
    """
    text = text.removeprefix("=")
    if len(text) > LONGEST:
        raise FormulaError("formula.too_long", str(len(text)))
    try:
        tokens = Tokenizer(f"={text}").items
    except (TokenizerError, IndexError) as error:
        raise FormulaError("formula.unreadable", str(error)) from error
    parser = _Parser(tokens, row, column)
    tree = parser.expression(0)
    parser.expect_end()
    return tree


class _Parser:
    """Precedence climbing over the tokens."""

    def __init__(self, tokens: list[Any], row: int, column: int) -> None:
        self._tokens = _joined_ranges(_with_intersections(tokens))
        self._place = 0
        self._row, self._column = row, column
        self._depth = 0
        self._comma_ends = False  # inside the parentheses of a call that is a value, a comma reads as a union

    def expect_end(self) -> None:
        if self._place < len(self._tokens):
            raise FormulaError("formula.unreadable", self._tokens[self._place].value)

    def expression(self, least: int) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise FormulaError("formula.too_deep")
        node = self._primary()
        while (token := self._peek()) is not None:
            if token.type == Token.OP_POST:
                if PRECEDENCE["%"] <= least:
                    break
                self._place += 1
                node = Unary("%", node)
                continue
            is_end = token.value == "," and self._comma_ends
            strength = PRECEDENCE.get(token.value, 0) if token.type == Token.OP_IN and not is_end else 0
            if strength <= least:
                break
            self._place += 1
            node = Binary(token.value, node, self.expression(strength))
        self._depth -= 1
        return node

    def _peek(self) -> Any:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def _next(self) -> Any:
        token = self._peek()
        if token is None:
            raise FormulaError("formula.unreadable", "it ends too early")
        self._place += 1
        return token

    def _primary(self) -> Node:
        token = self._next()
        if token.type == Token.OP_PRE:
            return Unary(token.value, self.expression(PRECEDENCE["sign"] - 1))
        if token.type == _OPERAND:
            node = self._operand(token)
        elif token.type == _FUNC and token.subtype == Token.OPEN:
            node = self._call(token.value[:-1])
        elif token.type == _PAREN and token.subtype == Token.OPEN:
            node = self._inside(False)
            self._close(_PAREN)
        elif token.type == _ARRAY and token.subtype == Token.OPEN:
            node = self._array()
        else:
            raise FormulaError("formula.unreadable", token.value)
        while (after := self._peek()) is not None and after.type == _PAREN and after.subtype == Token.OPEN:
            self._place += 1
            node = Invoke(node, self._arguments(_PAREN, Token.OP_IN))
        return node

    def _close(self, kind: str) -> None:
        token = self._next()
        if token.type != kind or token.subtype != Token.CLOSE:
            raise FormulaError("formula.unreadable", token.value)

    def _call(self, written: str) -> Node:
        if not written:
            raise FormulaError("formula.unreadable", "(")
        left, colon, name = written.rpartition(":")
        name = _PREFIX.sub("", name).strip()
        arguments = self._arguments(_FUNC, _SEP)
        call: Node = Call(name.upper(), arguments)
        if "!" in name or "[" in name:
            call = Outside(f"{written}()", "formula.other_workbook")
        elif colon and not name:
            call = arguments[0]
        elif name.startswith("@"):
            call = Call("SINGLE", (Call(name[1:].upper(), arguments),))
        return Binary(":", self._reference(left), call) if colon else call

    def _arguments(self, kind: str, separator: str) -> tuple[Node, ...]:
        found: list[Node] = []
        empty = True
        while True:
            token = self._next()
            if token.type == kind and token.subtype == Token.CLOSE:
                if empty and found:
                    found.append(Missing())
                return tuple(found)
            if token.type == separator and token.value == ",":
                if empty:
                    found.append(Missing())
                empty = True
            elif not empty:
                raise FormulaError("formula.unreadable", token.value)
            else:
                self._place -= 1
                found.append(self._inside(separator == Token.OP_IN))
                empty = False

    def _inside(self, comma_ends: bool) -> Node:
        before, self._comma_ends = self._comma_ends, comma_ends
        node = self.expression(0)
        self._comma_ends = before
        return node

    def _array(self) -> Node:
        rows: list[list[Scalar]] = [[]]
        while True:
            token = self._next()
            if token.type == _ARRAY and token.subtype == Token.CLOSE:
                break
            if token.type == _SEP:
                if token.subtype == Token.ROW:
                    rows.append([])
                continue
            sign = ""
            while token.type == Token.OP_PRE:
                sign = "-" if (token.value == "-") != (sign == "-") else ""
                token = self._next()
            value = self._operand(token)
            if not isinstance(value, Constant):
                raise FormulaError("formula.unreadable", token.value)
            rows[-1].append(-value.value if sign and isinstance(value.value, float) else value.value)
        if len({len(row) for row in rows}) != 1:
            raise FormulaError("formula.unreadable", "{}")
        return ArrayConstant(tuple(map(tuple, rows)))

    def _operand(self, token: Any) -> Node:
        if token.subtype == Token.NUMBER:
            return Constant(float(token.value))
        if token.subtype == Token.TEXT:
            return Constant(token.value[1:-1].replace('""', '"'))
        if token.subtype == Token.LOGICAL:
            return Constant(token.value.upper() == "TRUE")
        if token.subtype == Token.ERROR:
            return Constant(CellError(token.value.upper()))
        if token.type != _OPERAND:
            raise FormulaError("formula.unreadable", token.value)
        return self._reference(token.value)

    def _reference(self, text: str) -> Node:
        text = text.strip()
        if text.startswith("@"):
            return Call("SINGLE", (self._reference(text[1:]),))
        sheet, rest = _split_sheet(text)
        if sheet is not None and ("[" in sheet or ":" in sheet):
            return Outside(text, "formula.other_workbook" if "[" in sheet else "formula.many_sheets")
        if text.startswith("[") and sheet is None and "]" in text and not text.startswith("[["):
            return Outside(text, "formula.other_workbook") if text[1:2].isdigit() else _table_reference("", text)
        if rest.upper() in _ERRORS:
            return Constant(CellError(rest.upper()))
        return self._plain_reference(sheet, rest)

    def _plain_reference(self, sheet: str | None, text: str) -> Node:
        if "[" in text:
            table, bracket, content = text.partition("[")
            return _table_reference(table, bracket + content)
        parts = text.split(":")
        if len(parts) == 1:
            cell = _CELL.fullmatch(text)
            axes = self._axes(cell) if cell else None
            return CellRef(sheet, *axes) if axes else _name(text, sheet)
        if len(parts) == 2 and (found := self._rectangle(sheet, *parts)) is not None:
            return found
        nodes = [self._plain_reference(sheet if place == 0 else _split_sheet(part)[0], _split_sheet(part)[1])
                 for place, part in enumerate(parts)]  # fmt: skip
        joined = nodes[0]
        for node in nodes[1:]:
            joined = Binary(":", joined, node)
        return joined

    def _rectangle(self, sheet: str | None, first: str, last: str) -> Node | None:
        cells = _CELL.fullmatch(first), _CELL.fullmatch(last)
        if cells[0] and cells[1]:
            start, end = self._axes(cells[0]), self._axes(cells[1])
            if start and end:
                return RangeRef(sheet, *_ordered(start, end, self._row, self._column))
        columns = _COLUMN.fullmatch(first), _COLUMN.fullmatch(last)
        if columns[0] and columns[1]:
            left, right = (self._column_axis(found) for found in columns if found)
            if left and right:
                edges = Axis(1, True), left, Axis(LAST_ROW, True), right
                return RangeRef(sheet, *_sorted(edges, self._row, self._column), "columns")
        rows = _ROW.fullmatch(first), _ROW.fullmatch(last)
        if rows[0] and rows[1]:
            top, bottom = (self._row_axis(found) for found in rows if found)
            if top and bottom:
                edges = top, Axis(1, True), bottom, Axis(LAST_COLUMN, True)
                return RangeRef(sheet, *_sorted(edges, self._row, self._column), "rows")
        return None

    def _axes(self, found: re.Match[str]) -> tuple[Axis, Axis] | None:
        column, row = column_number(found[2]), int(found[4])
        if not (1 <= row <= LAST_ROW and column <= LAST_COLUMN):
            return None
        return _axis(row, self._row, found[3]), _axis(column, self._column, found[1])

    def _column_axis(self, found: re.Match[str]) -> Axis | None:
        number = column_number(found[2])
        return _axis(number, self._column, found[1]) if number <= LAST_COLUMN else None

    def _row_axis(self, found: re.Match[str]) -> Axis | None:
        number = int(found[2])
        return _axis(number, self._row, found[1]) if 1 <= number <= LAST_ROW else None


def _axis(number: int, home: int, dollar: str) -> Axis:
    return Axis(number, True) if dollar else Axis(number - home)


def _ordered(start: tuple[Axis, Axis], end: tuple[Axis, Axis], row: int, column: int) -> tuple[Axis, Axis, Axis, Axis]:
    return _sorted((start[0], start[1], end[0], end[1]), row, column)


def _sorted(edges: tuple[Axis, Axis, Axis, Axis], row: int, column: int) -> tuple[Axis, Axis, Axis, Axis]:
    """Top before bottom, left before right."""
    top, left, bottom, right = edges
    if top.at(row) > bottom.at(row):
        top, bottom = bottom, top
    if left.at(column) > right.at(column):
        left, right = right, left
    return top, left, bottom, right


def _name(text: str, sheet: str | None) -> Node:
    plain = _PREFIX.sub("", text)
    if not plain or any(character in plain for character in "!:#"):
        raise FormulaError("formula.unreadable", text)
    if plain.upper() in ("TRUE", "FALSE") and sheet is None:
        return Constant(plain.upper() == "TRUE")
    return Name(plain, sheet)


@lru_cache(maxsize=4096)
def _split_sheet(text: str) -> tuple[str | None, str]:
    found = _SHEET.fullmatch(text)
    if found is None:
        return None, text
    return (found[1].replace("''", "'") if found[1] is not None else found[2]), found[3]


_ITEMS = {"#all": "#All", "#data": "#Data", "#headers": "#Headers", "#totals": "#Totals", "#this row": "#This Row"}


@lru_cache(maxsize=4096)
def _table_reference(table: str, brackets: str) -> Node:
    """Return a structured reference, given its table and what stands in brackets."""
    if not brackets.endswith("]"):
        raise FormulaError("formula.unreadable", table + brackets)
    inside = brackets[1:-1].strip()
    items: list[str] = []
    if inside.startswith("@"):
        items, inside = ["#This Row"], inside[1:].strip()
    parts = _bracket_parts(inside)
    columns: list[str] = []
    for part in parts:
        if part.strip().lower() in _ITEMS:
            items.append(_ITEMS[part.strip().lower()])
        elif part:
            columns.append(re.sub(r"'(.)", r"\1", part))
    if len(columns) > 2:
        raise FormulaError("formula.unreadable", table + brackets)
    first, last = (columns[0], columns[-1]) if columns else ("", "")
    return TableRef(table, tuple(items), first, last)


def _bracket_parts(inside: str) -> list[str]:
    """Return what stands in the inner brackets, or the whole where there are none."""
    if "[" not in re.sub(r"'.", "", inside):
        return [inside] if inside else []
    return re.findall(r"\[((?:[^\[\]']|'.)*)\]", inside)


def _with_intersections(tokens: list[Any]) -> list[Any]:
    """Drop white space, and keep it as an operator where it stands between two references."""
    found: list[Any] = []
    for place, token in enumerate(tokens):
        if token.type != Token.WSPACE:
            found.append(token)
            continue
        before = found[-1] if found else None
        after = next((one for one in tokens[place + 1 :] if one.type != Token.WSPACE), None)
        if before is not None and after is not None and _ends(before) and _begins(after):
            found.append(Token(" ", Token.OP_IN))
    return found


def _ends(token: Any) -> bool:
    return token.subtype == Token.RANGE or (token.type in (_FUNC, _PAREN) and token.subtype == Token.CLOSE)


def _begins(token: Any) -> bool:
    return token.subtype == Token.RANGE or (token.type in (_FUNC, _PAREN) and token.subtype == Token.OPEN)


def _joined_ranges(tokens: list[Any]) -> list[Any]:
    """Cut the colon off an operand that begins with one, as in INDEX(A:A,1):B5."""
    found: list[Any] = []
    for token in tokens:
        if token.type == _OPERAND and token.subtype == Token.RANGE and token.value.startswith(":"):
            found += [Token(":", Token.OP_IN), Token(token.value[1:], _OPERAND, Token.RANGE)]
        else:
            found.append(token)
    return found
