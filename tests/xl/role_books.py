"""A book with two suppliers and three warehouses, in which everything that must not leave is marked."""

from __future__ import annotations

import datetime as dt
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from restock_xl.package.book import Book
from restock_xl.package.cell_edit import NewFormula, Place, set_cells
from restock_xl.package.read import BookContents, read_book
from restock_xl.package.references import position
from restock_xl.sheets.model import SheetModel
from restock_xl.sheets.render import render
from restock_xl.sheets.values import serial

from .books import make, press

FORMULA = "=cmd|'/C calc'!A0"
LINK = "https://example.invalid/x"
SHEETS = {
    "en": {"Orders": "Orders", "Transfers": "Transfers", "Inbound": "Inbound", "TransferOrders": "Transfer orders"},
    "zh": {"Orders": "采购建议", "Transfers": "调拨建议", "Inbound": "在途", "TransferOrders": "调拨单"},
}
MARKED: dict[str, list[dict[str, Any]]] = {
    "Stock": [
        {"sku": "LAMP-03", "warehouse": "US-LA", "on_hand": 283.25, "reserved": 3.375, "daily_sales": 20.125},
        {"sku": "LAMP-03", "warehouse": "DE-HAM", "on_hand": 61.625, "daily_sales": 17.0625},
        {"sku": "MUG-11", "warehouse": "US-LA", "on_hand": 31.125, "daily_sales": 12.1875},
        {"sku": "MUG-11", "warehouse": "DE-HAM", "on_hand": 906.875, "daily_sales": 9.3125},
        {"sku": "VASE-QQ", "warehouse": "US-LA", "on_hand": 21.4375, "daily_sales": 8.5625},
        {"sku": "VASE-QQ", "warehouse": "JP-OSA", "on_hand": 23.5625, "daily_sales": 7.9375},
    ],
    "Catalog": [
        {"sku": "LAMP-03", "name": FORMULA, "cost": 6.1173, "price": 15.7317, "supplier": "Huamei", "case_pack": 48,
         "supplier_item": "+1+1", "barcode": "4006381333931"},
        {"sku": "MUG-11", "name": "Mug", "cost": 3.2291, "price": 12.9137, "supplier": "Huamei", "case_pack": 12,
         "supplier_item": "HM-9", "barcode": LINK},
        {"sku": "VASE-QQ", "name": "Vase of QQ", "cost": 4.4457, "price": 19.6619, "supplier": "Zenith-QQ",
         "case_pack": 6, "supplier_item": "ZN-QQ", "barcode": "4099999000017"},
    ],
    "Inbound": [
        {"document": "PO-7", "sku": "LAMP-03", "from": "Huamei", "warehouse": "US-LA", "ordered": 240, "received": 60,
         "sellable_on": dt.date(2026, 12, 1), "state": "shipped"},
        {"document": "PO-8", "sku": "MUG-11", "from": "Huamei", "warehouse": "US-LA", "ordered": 96,
         "sellable_on": dt.date(2027, 1, 12), "state": "ordered"},
        {"document": "PO-QQ-9", "sku": "VASE-QQ", "from": "Zenith-QQ", "warehouse": "JP-OSA", "ordered": 36,
         "sellable_on": dt.date(2026, 12, 20), "state": "ordered"},
    ],
    "Livestreams": [
        {"show": "show-QQ", "start": dt.datetime(2026, 11, 26, 18), "zone": "America/Los_Angeles", "host": "host-QQ",
         "sku": "LAMP-03", "warehouse": "US-LA", "planned_units": 77.25},
    ],
    "Suppliers": [
        {"supplier": "Huamei", "contact": "contact-QQ", "production_days": 12, "currency": "CNY",
         "currency_rate": 0.1387, "minimum_order_value": 111.77},
        {"supplier": "Zenith-QQ", "contact": "zenith-QQ@example.invalid", "language": "zh", "production_days": 9,
         "currency": "VND", "currency_rate": 0.0000392},
    ],
    "Routes": [
        {"from": "Huamei", "to": "US-LA", "mode": "sea", "days": 30, "cost_per_unit": 0.4133},
        {"from": "Huamei", "to": "DE-HAM", "mode": "sea", "days": 34, "cost_per_unit": 0.5177},
        {"from": "Zenith-QQ", "to": "JP-OSA", "mode": "sea", "days": 11, "cost_per_unit": 0.6211},
        {"from": "DE-HAM", "to": "US-LA", "mode": "air", "days": 8, "cost_per_unit": 3.1717},
    ],
    "Settings": [{"key": "currency", "value": "USD"}],
}  # fmt: skip
NOTE = "note-QQ"


def marked_book(path: Path, language: str) -> Path:
    """The marked book, pressed, with some suggestions accepted and pressed again; a note stands beside a draft."""
    path.write_bytes(_marked_bytes(language))
    return path


@cache
def _marked_bytes(language: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return _made(Path(folder) / "book.xlsx", language).read_bytes()


def _made(path: Path, language: str) -> Path:
    make(path, language, MARKED)
    press(path)
    book = openpyxl.load_workbook(path)
    orders, transfers = (book[SHEETS[language][name]] for name in ("Orders", "Transfers"))
    transfers["A4"] = "Y"
    for row in range(4, orders.max_row + 1):
        goods = (orders.cell(row, 2).value, orders.cell(row, 3).value, orders.cell(row, 6).value)
        if goods in {("Huamei", "LAMP-03", "DE-HAM"), ("Zenith-QQ", "VASE-QQ", "JP-OSA")}:
            orders.cell(row, 1).value = "Y"
        elif goods[0] == "Huamei":
            orders.cell(row, 21).value = NOTE
    book.save(path)
    press(path)
    return path


def read(path: Path) -> BookContents:
    """A book as it is read for copies."""
    return read_book(path)


def write(models: list[SheetModel], path: Path) -> Path:
    """A copy as a file."""
    render(models, path)
    return path


def table_rows(path: Path, sheet: str) -> list[dict[str, Any]]:
    """The rows of a copy's sheet by header."""
    page = openpyxl.load_workbook(path)[sheet]
    rows = [list(row) for row in page.iter_rows(min_row=3, values_only=True)]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:] if any(cell is not None for cell in row)]


def type_quickly(path: Path, sheet: str, cells: dict[str, Any]) -> None:
    """Type into cells without reading the rest of the book; text that begins with = is a formula."""
    book = Book(path)
    part, values = book.part_of_sheet(sheet), dict[Place, Any]()
    for reference, value in cells.items():
        is_formula = isinstance(value, str) and value.startswith("=")
        typed = float(serial(value)) if isinstance(value, dt.date) else value
        values[position(reference)] = NewFormula(value[1:]) if is_formula else typed
    book.archive.write(part, set_cells(book.archive.read(part), values))
    book.archive.save(path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def rows(path: Path, table: str) -> list[dict[str, Any]]:
    """The filled rows of a book's table by header; dates are serial numbers."""
    cells = read_book(path).table_cells(table)
    assert cells is not None
    return cells.rows


def type_under(path: Path, sheet: str, goods: dict[str, Any], cells: dict[str, Any]) -> None:
    """Type into the row of a sheet that says what `goods` does, under the headers given."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    headers: dict[str, int] = {}
    for row in page.iter_rows(max_row=page.max_row):
        texts = {cell.value: cell.column for cell in row if isinstance(cell.value, str)}
        if set(goods) <= set(texts):
            headers = texts
        elif headers and all(page.cell(row[0].row, headers[name]).value == value for name, value in goods.items()):
            for name, value in cells.items():
                cell = page.cell(row[0].row, headers[name])
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"
            book.save(path)
            return
    raise AssertionError(f"no row of {goods} on {sheet}")
