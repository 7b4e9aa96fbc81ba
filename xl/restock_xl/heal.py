"""What another program's save broke in a book of ours, put right in memory, and a sentence for each repair.

LibreOffice forgets the formulas of a table's calculated columns and does not let a table grow over rows that are typed
under it; then these rows have no tier and no days left. Only the Stock table of a book of ours is touched, and only
cells in which nothing stands.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from restock.formula import Column, Workbook
from restock.formula.cells import BLANK, TEXT
from restock.schema.columns import normal_header
from restock.schema.inputs import STOCK
from restock.schema.outputs import STOCK_COMPUTED
from restock.text import Words, say
from restock_xl.package.book import Book, TableRef
from restock_xl.package.cell_edit import NewFormula, set_cells, styles_of_row
from restock_xl.package.formula_book import FormulaBook
from restock_xl.package.markup import parse
from restock_xl.package.raw_tables import MAX_BLANK_ROWS
from restock_xl.package.read import BookContents
from restock_xl.package.references import Area, area
from restock_xl.package.table_edit import edit_table, stretched_rules
from restock_xl.package.workbook_edit import WorkbookEdit
from restock_xl.sheets.stock_formulas import FormulaRows
from restock_xl.stock_place import computed_columns, stock_place

_STOCK = STOCK.name.casefold()
_LABELS = {normal_header(text) for column in STOCK_COMPUTED for text in (column.en, column.zh)}
_SKU = {normal_header(text) for text in (STOCK["sku"].en, STOCK["sku"].zh)}


@dataclass(frozen=True)
class Healed:
    """Repairs of the Stock table: its sheet, cells that got a formula, whether columns did, its new last row."""

    sheet: str = ""
    formulas: int = 0
    columns: bool = False
    bottom: int = 0

    def __bool__(self) -> bool:
        return bool(self.formulas or self.columns or self.bottom)

    def sentences(self, words: Words) -> list[str]:
        """Return what was done."""
        found = []
        if self.columns:
            found.append(say("heal.columns", words, sheet=self.sheet))
        if self.bottom:
            found.append(say("heal.range", words, sheet=self.sheet, row=self.bottom))
        if self.formulas:
            found.append(say("heal.formulas", words, sheet=self.sheet, count=self.formulas))
        return found


def heal_stock(contents: BookContents) -> Healed:
    """Put the Stock table right in the package in memory; what was read of the book is stale if anything was."""
    book, table = contents.book, contents.raw.tables.get("Stock")
    ref, forecast = _stock_table(book), book.owned().get("Forecast")
    place = None if ref is None else area(ref.ref)
    if table is None or ref is None or place is None or forecast is None or ref.sheet != table.sheet:
        return Healed()
    cells = contents.cells(table.sheet)
    computed = computed_columns(cells, table)
    found = stock_place(contents, table, computed, forecast)
    if found is None:
        return Healed()
    bottom = max(place.bottom, int(table.rows.max(initial=0))) if ref.totals_rows == 0 else place.bottom
    rows = sorted({*table.rows.tolist(), *range(place.bottom + 1, bottom + 1)})
    patterns = FormulaRows(found)
    missing = {
        (row, column): patterns.text(name, row)[1:]
        for row in rows
        for column, name in computed.items()
        if (row, column) not in cells.formulas and cells.at(row, column) is None
    }
    first = place.top + ref.header_rows
    headers = {ref.columns[column - place.left]: patterns.text(name, first)[1:] for column, name in computed.items()}
    columns = edit_table(book, ref, bottom, headers)
    _write(book, ref, place, bottom, missing)
    return Healed(ref.sheet, len(missing), columns, bottom if bottom > place.bottom else 0)


def stock_is_broken(loaded: FormulaBook) -> bool:
    """Return whether `heal_stock` has something to do, from what an evaluation has read anyway."""
    ref = _stock_table(loaded.book)
    place = None if ref is None else area(ref.ref)
    if ref is None or place is None or "Forecast" not in loaded.book.owned():
        return False
    headers = {normal_header(name): place.left + k for k, name in enumerate(ref.columns)}
    calculated = [column for header, column in headers.items() if header in _LABELS]
    sku = next((column for header, column in headers.items() if header in _SKU), 0)
    if len(calculated) < len(STOCK_COMPUTED) or not sku:
        return False
    if _known_formulas(loaded.book, ref) < len(calculated):
        return True
    rows = _filled_rows(loaded.workbook, ref, place, sku)
    if len(rows) and int(rows[-1]) > place.bottom and not ref.totals_rows:
        return True
    return any(_lacks_formula(loaded.workbook, ref.sheet, column, rows) for column in calculated)


def _stock_table(book: Book) -> TableRef | None:
    return next((ref for ref in book.tables() if ref.name.casefold() == _STOCK), None)


def _known_formulas(book: Book, ref: TableRef) -> int:
    root = parse(book.archive.read(ref.part), ref.part)
    return len(root.findall("{*}tableColumns/{*}tableColumn/{*}calculatedColumnFormula"))


def _filled_rows(workbook: Workbook, ref: TableRef, place: Area, sku: int) -> NDArray[np.int64]:
    """Return the rows of the table in which a SKU stands, those typed close under it included."""
    column = _column(workbook, ref.sheet, sku)
    if column is None:
        return np.empty(0, dtype=np.int64)
    shown = column.kind != BLANK
    if column.text is not None:
        shown &= (column.kind != TEXT) | (column.text != "")
    rows = np.flatnonzero(shown) + 1
    last = place.bottom - ref.totals_rows
    rows = rows[(rows >= place.top + ref.header_rows) & ((rows > place.bottom) | (rows <= last))]
    under = np.flatnonzero(rows > place.bottom)
    far = np.flatnonzero(np.diff(rows[under], prepend=place.bottom) > MAX_BLANK_ROWS + 1)
    return rows if not len(far) else rows[: under[far[0]]]


def _lacks_formula(workbook: Workbook, name: str, column: int, rows: NDArray[np.int64]) -> bool:
    sheet = workbook.sheet(name)
    assert sheet is not None
    held = list(sheet.formulas.get(column, ((), ()))[0])
    held += [row for one in sheet.shared for row, own in one.cells if own == column]
    bare = rows[~np.isin(rows, held)]
    found = sheet.columns.get(column)
    if found is None or not len(bare):
        return len(bare) > 0
    inside = bare[bare <= len(found.kind)]
    return len(inside) < len(bare) or bool((found.kind[inside - 1] == BLANK).any())


def _column(workbook: Workbook, name: str, column: int) -> Column | None:
    sheet = workbook.sheet(name)
    return None if sheet is None else sheet.columns.get(column)


def _write(book: Book, ref: TableRef, place: Area, bottom: int, missing: dict[tuple[int, int], str]) -> None:
    """Put the formulas into the sheet, in the style of the last row; colours and checks follow the table."""
    if not missing and bottom == place.bottom:
        return
    part = book.part_of_sheet(ref.sheet)
    data = book.archive.read(part)
    styles = styles_of_row(data, place.bottom)
    formulas = {cell: NewFormula(text, styles.get(cell[1], b"")) for cell, text in missing.items()}
    data = set_cells(data, formulas)
    book.archive.write(part, stretched_rules(data, place, bottom) if bottom > place.bottom else data)
    if missing:
        edit = WorkbookEdit(book)
        if edit.has_calculation_chain():
            edit.drop_calculation_chain()
            edit.store()
