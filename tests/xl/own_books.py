"""Our sheets as people change them: columns and cells of their own, comments, charts, pictures."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.table import TableColumn, TableFormula

from restock.schema.inputs import INPUT_TABLES

from .books import LAMP, press

SHEETS = {
    "en": {"Alerts": "Alerts", "Orders": "Orders", "Transfers": "Transfers", "Stock": "Stock", "Forecast": "Forecast"},
    "zh": {"Alerts": "预警", "Orders": "采购建议", "Transfers": "调拨建议", "Stock": "库存", "Forecast": "预测"},
}
YELLOW = PatternFill("solid", fgColor="FFFFFF00")


def bare(path: Path, language: str) -> Path:
    """The tables of LAMP on sheets of a person's own, from A1: no pre-made rows, so that a press is quick."""
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for name, rows in LAMP.items():
            table, sheet = INPUT_TABLES[name], book.add_worksheet(INPUT_TABLES[name].sheet_name(language))
            for place, column in enumerate(rows[0]):
                sheet.write(0, place, table[column].header(language))
            for number, row in enumerate(rows, start=1):
                for place, column in enumerate(rows[0]):
                    is_day = isinstance(row.get(column), dt.date)
                    sheet.write(number, place, row.get(column), day if is_day else None)
    return path


def pressed(folder: Path, language: str) -> Path:
    """Such a book pressed once, to be copied."""
    path = bare(folder / f"pressed-{language}.xlsx", language)
    press(path)
    return path


def copied(source: Path, folder: Path) -> Path:
    """A copy to change."""
    return Path(shutil.copy(source, folder / "book.xlsx"))


def add_column(
    path: Path, sheet: str, table: str, header: str, value: Callable[[int], Any], formula: str = "", at: int = 0
) -> str:
    """Add a column to one of our tables as Excel does; return its letter.

    Args:
        value: What its cells hold, by row.
        formula: What the table says of the whole column.
        at: The column before which it is inserted; 0: behind the last.
    """
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    ours = page.tables[table]
    left, top, right, bottom = range_boundaries(ours.ref)
    place = at or right + 1
    if at:
        for row in range(top, bottom + 1):  # Excel shifts the cells of the table only
            for column in range(right, at - 1, -1):
                cell, moved = page.cell(row, column), page.cell(row, column + 1)
                moved.value, moved._style = cell.value, cell._style
    page.cell(top, place, header)
    for row in range(top + 1, bottom + 1):
        cell = page.cell(row, place, value(row))
        cell.fill, cell.number_format, cell.font = YELLOW, "0.000", Font(bold=True)
    ours.ref = f"{get_column_letter(left)}{top}:{get_column_letter(right + 1)}{bottom}"
    ours.autoFilter.ref = ours.ref
    column = TableColumn(id=max(one.id for one in ours.tableColumns) + 1, name=header)
    if formula:
        column.calculatedColumnFormula = TableFormula(attr_text=formula)
    ours.tableColumns.insert(place - left, column)
    book.save(path)
    return get_column_letter(place)


def by_key(page: Any, table: str, keys: tuple[str, ...]) -> dict[Any, dict[str, Any]]:
    """The rows of a table by the cells of its key columns: header → cell."""
    left, top, right, bottom = range_boundaries(page.tables[table].ref)
    headers = [page.cell(top, column).value for column in range(left, right + 1)]
    rows = [
        dict(zip(headers, (page.cell(row, column) for column in range(left, right + 1)), strict=True))
        for row in range(top + 1, bottom + 1)
    ]
    return {tuple(row[key].value for key in keys): row for row in rows}


def page_of(path: Path, sheet: str) -> Any:
    """A sheet with its formulas."""
    return openpyxl.load_workbook(path)[sheet]


def found(page: Any, text: Any) -> list[str]:
    """Where something stands on a sheet."""
    return [cell.coordinate for row in page.iter_rows() for cell in row if cell.value == text]


def ends(page: Any, table: str) -> tuple[int, int]:
    """The rows of a table's headers and of its end."""
    bounds = range_boundaries(page.tables[table].ref)
    return bounds[1], bounds[3]
