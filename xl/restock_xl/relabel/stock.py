"""The calculated columns of Stock: our formulas in the other language, where ours stand."""

from __future__ import annotations

import re

from restock_xl.package.book import Book
from restock_xl.package.cell_edit import NewFormula, set_cells
from restock_xl.package.read import BookContents
from restock_xl.package.references import area
from restock_xl.package.table_make import set_column_formulas
from restock_xl.sheets.stock_formulas import FormulaRows
from restock_xl.stock_cells import OurFormulas, folded_formula
from restock_xl.stock_place import computed_columns, stock_place

_GROUP = re.compile(rb'\bsi="(\d+)"')

Ours = dict[tuple[int, int], str]
"""The name of our column, by row and column of each cell that holds our formula."""


def our_cells(contents: BookContents) -> Ours:
    """Return the cells of Stock that hold our formulas."""
    table, forecast = contents.raw.tables.get("Stock"), contents.book.owned().get("Forecast")
    if table is None or forecast is None:
        return {}
    cells = contents.cells(table.sheet)
    computed = computed_columns(cells, table)
    place = stock_place(contents, table, computed, forecast)
    if place is None:
        return {}
    ours = OurFormulas(FormulaRows(place), cells)
    return {(row, column): computed[column] for row, column in cells.formulas
            if column in computed and ours.stands_at(row, column, computed[column])}  # fmt: skip


def relabel_stock(contents: BookContents, ours: Ours) -> None:
    """Write our formulas anew in a book whose sheets and headers are renamed already."""
    book, table, forecast = contents.book, contents.raw.tables.get("Stock"), contents.book.owned().get("Forecast")
    if not ours or table is None or forecast is None:
        return
    place = stock_place(contents, table, computed_columns(contents.cells(table.sheet), table), forecast)
    assert place is not None  # it was found under the old names
    patterns = FormulaRows(place)
    part = book.part_of_sheet(table.sheet)
    new = _shared_with(contents, table.sheet, ours)
    new |= {at: NewFormula(patterns.text(name, at[0])[1:]) for at, name in ours.items()}
    book.archive.write(part, set_cells(book.archive.read(part), new))
    _tell_table(book, patterns, ours)


def _shared_with(contents: BookContents, sheet: str, ours: Ours) -> dict[tuple[int, int], NewFormula]:
    """Formulas of the user's that are stored as copies of one of ours: they get their own text."""
    formulas = contents.cells(sheet).formulas
    groups = {_group(formulas.raw[at][0]) for at in ours} - {b""}
    shared = [at for at, (stated, _) in formulas.raw.items() if at not in ours and _group(stated) in groups]
    return {at: NewFormula(text) for at in shared if (text := formulas.text(*at))}


def _group(stated: bytes) -> bytes:
    found = _GROUP.search(stated) if stated else None
    return found[1] if found else b""


def _tell_table(book: Book, patterns: FormulaRows, ours: Ours) -> None:
    ref = next((one for one in book.tables() if one.name.casefold() == "stock"), None)
    place = area(ref.ref) if ref is not None else None
    if ref is None or place is None:
        return
    first = place.top + ref.header_rows
    texts = {column - place.left: patterns.text(name, first)[1:] for (_, column), name in ours.items()}
    set_column_formulas(book, ref, texts, lambda one, two: folded_formula(one) == folded_formula(two))
