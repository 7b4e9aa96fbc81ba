"""Exports pasted into a book: over an input table, or on a sheet of their own."""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
from pathlib import Path

import openpyxl
import pytest

from restock.schema.validate import validate
from restock_xl.hosts.headless import HeadlessHost
from restock_xl.package.read import read_book
from restock_xl.recompute import Outcome
from tests.engine.import_texts import EXPORTS, Export

from .books import LAMP, TODAY, make, press, sheet_rows

MABANG = "库存SKU编号,仓库,仓位库存,在途量,未发货量,可用库存量\nLAMP-03,US-LA,250,500,6,244\nCUP-1,US-LA,40,20,0,40\n"


def paste(book: Path, sheet: str, text: str, row: int = 1, delimiter: str = ",", clear: bool = False) -> None:
    """Paste a text as Excel does: digits become numbers, dates stay as they are shown."""
    file = openpyxl.load_workbook(book)
    page = file[sheet] if sheet in file.sheetnames else file.create_sheet(sheet)
    if clear:
        page.tables.clear()
        for cells in page.iter_rows():
            for cell in cells:
                cell.value = None
    for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=row):
        for place, value in enumerate(cells, start=1):
            page.cell(number, place).value = float(value) if value.isdigit() and value[:1] != "0" else value or None
    file.save(book)


@pytest.fixture(scope="module")
def pressed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome, Outcome]:
    """A book with an export on a sheet of its own, after two presses."""
    book = make(tmp_path_factory.mktemp("pasted") / "stock.xlsx", "en", LAMP)
    paste(book, "today's stock", MABANG)
    return book, press(book), press(book)


def test_a_sheet_of_its_own_is_taken_into_stock(pressed: tuple[Path, Outcome, Outcome]) -> None:
    """A press writes what the export says into Stock and Inbound, logs it, and says so."""
    book, first, _ = pressed
    stock = {(row["SKU*"], row["Warehouse"]): row for row in sheet_rows(book, "Stock") if row["SKU*"]}
    assert (stock["LAMP-03", "US-LA"]["On hand* (units)"], stock["LAMP-03", "US-LA"]["Reserved (units)"]) == (250, 6)
    assert stock["CUP-1", "US-LA"]["Stock date"] == dt.datetime.combine(TODAY, dt.time())
    assert stock["MUG-11", "DE-HAM"]["On hand* (units)"] == 900
    assert [row["SKU*"] for row in sheet_rows(book, "Inbound") if row["Document"] == "马帮 在途"] == ["CUP-1"]
    assert first.healed[0] == "today's stock: Mabang stock. 2 rows read, 2 used, 0 left out, 0 refused."
    assert [row["File"] for row in sheet_rows(book, "Import log")] == ["today's stock"]


def test_a_second_press_takes_it_no_second_time(pressed: tuple[Path, Outcome, Outcome]) -> None:
    """What was taken is known by its content: the next press changes nothing."""
    _, _, second = pressed
    assert (second.changed, second.healed) == (False, ())


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("empty") / "stock.xlsx", "en")


PLATFORMS = [one for one in EXPORTS if one.stock and not one.key.endswith("_table") and one.key != "amazon_reserved"]
"""Tables of no platform are read by our own headers; reserved units alone are no stock."""


@pytest.mark.parametrize("export", PLATFORMS, ids=lambda export: export.key)
def test_an_export_over_stock_is_read_as_stock(export: Export, empty: Path, tmp_path: Path) -> None:
    """Pasted over the Stock sheet, an export of a platform is planned from as the rows that it means."""
    book = Path(shutil.copy(empty, tmp_path))
    paste(book, "Stock", export.text, delimiter=export.delimiter, clear=True)
    tables = validate(read_book(book).raw, TODAY)
    expected: dict[str, float] = {}
    for sku, _, available, _ in export.stock:
        expected[sku] = expected.get(sku, 0) + available
    planned = tables.stock.assign(available=tables.stock["on_hand"] - tables.stock["reserved"])
    assert planned.groupby("sku")["available"].sum().to_dict() == expected
    assert tables.unplanned.empty


def test_what_cannot_be_used_of_an_export_over_stock_is_told(tmp_path: Path) -> None:
    """Rows of an export in the place of Stock that Excel destroyed are named at the press."""
    book = make(tmp_path / "stock.xlsx", "en")
    text = "库存SKU编号,仓库,仓位库存,未发货量,可用库存量\nLAMP-03,US-LA,250,6,244\n1-Mar,US-LA,7,0,7\n"
    paste(book, "Stock", text, clear=True)
    host = HeadlessHost(book)
    host.read(TODAY)
    assert host.pasted == [
        "Stock: Mabang stock. 2 rows read, 1 used, 0 left out, 1 refused.",
        'Row 3, 库存SKU编号, "1-Mar": Excel has turned this code into a date and it cannot be restored. '
        "Download the file again and do not open it in Excel.",
    ]


def test_orders_over_sales_are_read_as_sales(tmp_path: Path) -> None:
    """Orders pasted over Sales, headers and all, are sales; cancelled ones are not."""
    book = make(tmp_path / "stock.xlsx", "en", {"Stock": [{"sku": sku, "on_hand": 5} for sku in ("CUP-1", "POT-2")]})
    export = next(one for one in EXPORTS if one.key == "shopify_orders")
    paste(book, "Sales", export.text, row=3)
    tables = validate(read_book(book).raw, TODAY)
    sold = zip(tables.sales["sku"].astype(str), tables.sales["qty"], strict=True)
    assert sorted(sold) == [("CUP-1", 2.0), ("POT-2", 1.0)]


def test_an_export_that_must_ask_is_named_and_left(tmp_path: Path) -> None:
    """Where dates of a pasted sheet may be read in two ways, the press says so and takes nothing of it."""
    book = make(tmp_path / "stock.xlsx", "en", {"Stock": [{"sku": "CUP-1", "on_hand": 5, "daily_sales": 1}]})
    head = "Order ID,Order Status,Cancelation/Return Type,SKU ID,Seller SKU,Quantity,Created Time\n"
    paste(book, "TikTok", head + "57,Shipped,,1,CUP-1,2,03/04/2026 09:00:00\n")
    host = HeadlessHost(book)
    host.read(TODAY)
    assert host.pasted == [
        "TikTok: it cannot be told whether 03/04 is 3 April or 4 March, so nothing of it was used. Say "
        "--dates dmy (day first) or --dates mdy (month first)."
    ]  # fmt: skip
