"""A cell of the user's own on a sheet of ours, and how formulas are compared."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from restock_xl.package.cell_edit import CellMarkup
from restock_xl.package.references import Area, column_letter, column_number
from restock_xl.package.stored_values import text_markup

Place = tuple[int, int]
"""Row and column, both from 1."""

_REFERENCE = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})(?::(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7}))?")
_COLUMNS = re.compile(r"(\$?)([A-Za-z]{1,3}):(\$?)([A-Za-z]{1,3})")
_TYPED = re.compile(r"[A-Za-z]")


@dataclass(frozen=True)
class OwnCell:
    """One cell.

    Attributes:
        markup: As it stands in the file.
        formula: Without "=", written out; "" where there is none.
        filled: The range that an array formula fills.
    """

    row: int
    column: int
    markup: CellMarkup
    formula: str = ""
    filled: Area | None = None

    @property
    def is_blank(self) -> bool:
        """Whether it shows only its format."""
        return not self.markup.inside

    def with_formula(self, formula: str, row: int, column: int) -> CellMarkup:
        """The cell with another formula, to stand elsewhere; its value is worked out anew."""
        if not formula:
            return self.markup
        attributes = b""
        if self.filled is not None:
            last = (row + self.filled.bottom - self.filled.top, column + self.filled.right - self.filled.left)
            start, end = f"{column_letter(column)}{row}", f"{column_letter(last[1])}{last[0]}"
            attributes = f' t="array" ref="{start if start == end else f"{start}:{end}"}"'.encode()
        inside = b"<f%b>%b</f>" % (attributes, text_markup(formula).encode())
        value = self.markup.inside[self.markup.inside.find(b"<v") :] if b"<v" in self.markup.inside else b""
        return replace(self.markup, inside=inside + value)


def text_cell(text: str, style: bytes = b"") -> CellMarkup:
    """A cell that holds a text."""
    return CellMarkup(style, b"inlineStr", f"<is><t>{text_markup(text)}</t></is>".encode())


class End(NamedTuple):
    """One end of a reference: row and column, and whether each is fixed by a dollar."""

    row: int
    column: int
    row_fixed: bool
    column_fixed: bool

    def text(self) -> str:
        """As it stands in a formula; #REF! above the first row."""
        if self.row < 1 or self.column < 1:
            return "#REF!"
        column = f"{'$' if self.column_fixed else ''}{column_letter(self.column)}"
        return f"{column}{'$' if self.row_fixed else ''}{self.row}"


def rewritten(
    formula: str,
    sheet: str,
    cells: Callable[[list[End]], list[End]],
    columns: Callable[[int], int] = lambda column: column,
) -> str:
    """Return a formula with its references to cells of its own sheet changed; all others stay.

    Args:
        formula: Without "=".
        sheet: The name of that sheet.
        cells: Gives the new ends of a reference to a cell (one end) or a range (two).
        columns: Gives the new column of an end of a reference to whole columns.
    """
    from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError

    try:
        tokens = Tokenizer(f"={formula}").items
    except (TokenizerError, IndexError):
        return formula
    for token in tokens:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE and "[" not in token.value:
            token.value = _reference(token.value, sheet, cells, columns)
    return "".join(token.value for token in tokens)


def _reference(
    text: str, sheet: str, cells: Callable[[list[End]], list[End]], columns: Callable[[int], int]
) -> str:  # fmt: skip
    before, mark, place = text.rpartition("!")
    if mark and before.strip("'").replace("''", "'").casefold() != sheet.casefold():
        return text
    if found := _REFERENCE.fullmatch(place):
        ends = [_end(found.groups()[:4])] + ([_end(found.groups()[4:])] if found[5] is not None else [])
        return before + mark + ":".join(end.text() for end in cells(ends))
    if found := _COLUMNS.fullmatch(place):
        first, last = (column_letter(columns(column_number(found[group]))) for group in (2, 4))
        return f"{before}{mark}{found[1]}{first}:{found[3]}{last}"
    return text


def _end(parts: tuple[str | None, ...]) -> End:
    return End(int(parts[3] or 0), column_number(parts[1] or "A"), bool(parts[2]), bool(parts[0]))


def relative(formula: str, row: int, sheet: str) -> str:
    """A formula with rows stated from its own row: equal for cells that a person filled down.

    >>> relative("F4*$Z$1", 4, "Orders") == relative("F9*$Z$1", 9, "Orders") != relative("F4", 5, "Orders")
    True
    """
    if not _TYPED.search(formula):
        return formula
    far = 1 << 21

    def shifted(ends: list[End]) -> list[End]:
        return [end if end.row_fixed else end._replace(row=far + end.row - row) for end in ends]

    return rewritten(formula, sheet, shifted)
