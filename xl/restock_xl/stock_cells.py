"""The calculated columns of the user's Stock sheet: which cells are ours, and what they show after a press."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name

from restock.plan import Plan
from restock.schema.inputs import STOCK
from restock.schema.raw import RawTable
from restock.text import Words
from restock_xl.package.cells import SheetCells
from restock_xl.package.read import BookContents
from restock_xl.package.references import column_number
from restock_xl.sheets.stock_formulas import FormulaRows
from restock_xl.sheets.stock_values import BLANK_ROW, planned_values, unplanned_values
from restock_xl.sheets.values import cell_value
from restock_xl.stock_place import computed_columns, stock_place

_WHOLE_COLUMN = re.compile(r"\$([A-Z]+)\$1:\$([A-Z]+)\$1048576")
_SHARED = re.compile(rb'\bt="shared"')
_GROUP = re.compile(rb'\bsi="(\d+)"')


@dataclass(frozen=True)
class StockCells:
    """New cached values by reference, and how many formula cells hold something else than our formula."""

    values: dict[str, Any]
    foreign: list[str]


def stock_cells(contents: BookContents, plan: Plan, words: Words, forecast_sheet: str) -> StockCells:
    """What every calculated cell of Stock shows after this press."""
    table = contents.raw.tables["Stock"]
    cells = contents.cells(table.sheet)
    computed = computed_columns(cells, table)
    place = stock_place(contents, table, computed, forecast_sheet)
    if not computed or place is None:
        return StockCells({}, [])
    ours = OurFormulas(FormulaRows(place), cells)
    planned = planned_values(plan, words, place.language)
    rows = sorted({row for row, column in cells.formulas if column in computed and row > table.header_row})
    letters = {column: xl_col_to_name(column - 1) for column in computed}
    date1904 = contents.book.date1904
    values: dict[str, Any] = {}
    foreign: list[str] = []
    for row in rows:
        shown = planned.get(row) or _unplanned(cells, table, row, plan, place.language)
        for column, name in computed.items():
            if (row, column) not in cells.formulas:
                continue
            reference = f"{letters[column]}{row}"
            if ours.stands_at(row, column, name):
                value = cell_value(shown[name], date1904)
                values[reference] = "" if value is None else value
            else:
                foreign.append(reference)
    return StockCells(values, foreign)


class OurFormulas:
    """Whether a cell holds our formula: spacing and quoting aside, as the book's programs may have rewritten it."""

    def __init__(self, rows: FormulaRows, cells: SheetCells) -> None:
        self._rows, self._cells = rows, cells
        self._markup: dict[str, list[bytes]] = {}
        self._groups: dict[tuple[bytes, int], bool] = {}

    def stands_at(self, row: int, column: int, name: str) -> bool:
        """Whether our formula of column `name` stands in a cell that has a formula."""
        attributes, text = self._cells.formulas.raw[row, column]
        if attributes and _SHARED.search(attributes):
            group = _GROUP.search(attributes)
            key = (group.group(1) if group else b"", column)
            if key not in self._groups:
                self._groups[key] = self._equal(row, column, name)
            return self._groups[key]
        return text == self._as_written(row, name) or self._equal(row, column, name)

    def _as_written(self, row: int, name: str) -> bytes:
        """Our formula as it stands in a file that we wrote: nearly every cell is answered by this alone."""
        if name not in self._markup:
            pieces = [escape(piece).encode() for piece in self._rows.pieces(name)]
            self._markup[name] = [pieces[0].removeprefix(b"="), *pieces[1:]]
        return (b"%d" % row).join(self._markup[name])

    def _equal(self, row: int, column: int, name: str) -> bool:
        stored = self._cells.formulas.text(row, column) or ""
        wanted = self._rows.text(name, row)[1:]
        return stored == wanted or folded_formula(stored) == folded_formula(wanted)


def folded_formula(formula: str) -> str:
    """Return a formula without spaces and quotes round names, whole columns in one spelling."""
    plain = _WHOLE_COLUMN.sub(r"$\1:$\2", formula.lstrip("="))
    return plain.replace(" ", "").replace("'", "").replace("FALSE()", "FALSE")


def _unplanned(cells: SheetCells, table: RawTable, row: int, plan: Plan, language: str) -> dict[str, Any]:
    found = STOCK.match_headers(table.headers())
    typed = {name: cells.at(row, column_number(table.columns[position].letter)) for name, position in found.items()}
    if typed.get("sku") in (None, ""):
        return BLANK_ROW
    values = unplanned_values(typed, plan.settings, plan.today, language)
    catalog = plan.tables.catalog[plan.tables.catalog["row"] > 0]
    names = dict(zip(catalog["sku"], catalog["name"], strict=True))
    return values | {"name": names.get(typed["sku"], "")}
