"""The cells of a sheet as one block that a program takes at once: formulas, texts, numbers."""

from __future__ import annotations

from restock.schema.raw import CellError
from restock_xl.package.cells import SheetCells, Value

Cell = None | str | float | bool
_TRUTHS = ("TRUE", "FALSE")
_LEADS = tuple("=+-@'")
_LONGEST_NUMBER = 40
"""No text of a date or a number is longer; what a program reads as one would no longer be the text."""


def block_of(cells: SheetCells, rows: int, columns: int) -> list[list[Cell]]:
    """Return the cells from A1 on as they are typed: formulas with =, blanks as None.

    Args:
        rows, columns: Size of the block, at least what the sheet holds.
    """
    block: list[list[Cell]] = [[None] * columns for _ in range(rows)]
    for number, row in cells.rows.items():
        line = block[number - 1]
        for column, value in row.items():
            line[column - 1] = typed(value)
    for row_number, column in cells.formulas:
        text = cells.formulas.text(row_number, column)
        if text is not None:
            block[row_number - 1][column - 1] = f"={text}"
    return block


def typed(value: Value) -> Cell:
    """Return a value as it must be typed so that it stays what it is: text that looks like a number gets a '.

    >>> typed("00123"), typed("Lamp"), typed("=1"), typed(2.0), typed("")
    ("'00123", 'Lamp', "'=1", 2.0, None)
    """
    if isinstance(value, CellError):
        return value.code
    if not isinstance(value, str):
        return value
    if not value:
        return None
    looks = value[0] in _LEADS or value.upper() in _TRUTHS or value[0] == "#"
    number = len(value) <= _LONGEST_NUMBER and any(character.isdigit() for character in value)
    return f"'{value}" if looks or number else value


def size_of(*sheets: SheetCells | None) -> tuple[int, int]:
    """Return rows and columns of the smallest block from A1 that holds all of several sheets, at least one cell."""
    rows = columns = 1
    for cells in sheets:
        if cells is not None:
            rows = max(rows, cells.max_row, max((row for row, _ in cells.formulas), default=0))
            columns = max(columns, cells.max_column, max((column for _, column in cells.formulas), default=0))
    return rows, columns
