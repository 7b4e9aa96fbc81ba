"""Calculated cells of Stock in which something else stands than our formula."""

from __future__ import annotations

from restock.schema.cell import clipped, shown
from restock.schema.inputs import STOCK
from restock.schema.outputs import STOCK_COMPUTED
from restock.schema.tables import Problem
from restock_xl.package.read import BookContents
from restock_xl.package.references import column_letter
from restock_xl.stock_place import computed_columns

_BY_NAME = {column.name: column for column in STOCK_COMPUTED}


def overtyped_cells(contents: BookContents) -> dict[tuple[int, int], str]:
    """Return the calculated cells of filled rows, by row and column, that hold a typed value; its column's name."""
    table = contents.raw.tables.get("Stock")
    if table is None or not contents.book.owned():
        return {}
    cells = contents.cells(table.sheet)
    computed = computed_columns(cells, table)
    return {
        (row, column): name
        for row in table.rows.tolist()
        for column, name in computed.items()
        if (row, column) not in cells.formulas and cells.at(row, column) not in (None, "")
    }


def overtyped_problems(contents: BookContents) -> list[Problem]:
    """Return a note for each calculated cell that holds a typed value."""
    found = overtyped_cells(contents)
    if not found:
        return []
    table = contents.raw.tables["Stock"]
    cells, language = contents.cells(table.sheet), contents.raw.language
    return [
        Problem(
            "check.overtyped", "note", STOCK.name, table.sheet, f"{column_letter(column)}{row}",
            clipped(shown(cells.at(row, column))), params={"header": _BY_NAME[name].header(language)},
        )
        for (row, column), name in found.items()
    ]  # fmt: skip
