"""A new workbook: what people see on day one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from restock.errors import WorkbookError
from restock.schema.inputs import INPUT_TABLES
from restock.schema.outputs import OUTPUT_TABLES
from restock_xl.new import make_book
from restock_xl.package.book import Book

from .books import LAMP, make, recalculated, sheet_rows

ENGLISH = ["Start", "Today", "Stock", "Inbound", "Livestreams", "Orders", "Transfers", "Transfer orders", "Live picks",
           "Alerts", "Sales", "Catalog", "Suppliers", "Warehouses", "Routes", "Bundles", "Events", "Settings",
           "Forecast", "Accuracy", "Charts", "Explain", "Problems", "Run log", "SKU map", "Import log", "Functions",
           "Trend", "Trend lines"]  # fmt: skip
SHOWN = ["Start", "Today", "Stock", "Inbound", "Livestreams", "Orders", "Sales", "Settings"]


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("new") / "stock.xlsx")


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("new") / "stock.xlsx", "zh")


def test_tabs_stand_in_their_order(english: Path) -> None:
    """A new book has every sheet in its place, and shows eight of them."""
    book = openpyxl.load_workbook(english)
    assert book.sheetnames == ENGLISH
    assert [name for name in book.sheetnames if book[name].sheet_state == "visible"] == SHOWN


def test_chinese_book_has_chinese_tabs_and_english_table_names(english: Path, chinese: Path) -> None:
    """Tab names follow the language; table names never do."""
    assert all(not name.isascii() for name in Book(chinese).sheet_names)
    assert {table.name for table in Book(english).tables()} == {table.name for table in Book(chinese).tables()}


def test_every_table_is_an_excel_table(english: Path) -> None:
    """Every table that people or the button fill is an Excel table of its fixed name."""
    expected = (set(INPUT_TABLES) | set(OUTPUT_TABLES) | {"Functions"}) - {"History", "SoldOut"}
    assert {table.name for table in Book(english).tables()} == expected


def test_our_sheets_are_marked(english: Path) -> None:
    """Output sheets carry our mark, input sheets are the user's own."""
    owned = Book(english).owned()
    assert {"Today", "Forecast", "Orders", "Transfers", "Alerts", "Problems", "RunLog"} <= set(owned)
    assert not set(owned) & {"Stock", "Sales", "Settings", "Catalog"}


def test_calculated_columns_use_functions_of_excel_2007(english: Path) -> None:
    """No formula of ours needs a program newer than Excel 2007, and none ranges over Sales."""
    import re

    known = {"IF", "ISNUMBER", "ISERROR", "IFERROR", "TEXT", "TRIM", "MATCH", "INDEX", "SUBSTITUTE", "OR", "AND", "N",
             "INT", "ROUND", "MIN", "TODAY", "SUMPRODUCT"}  # fmt: skip
    sheet = openpyxl.load_workbook(english)["Stock"]
    formulas = [cell.value for cell in sheet[4] if isinstance(cell.value, str) and cell.value.startswith("=")]
    assert len(formulas) == 24
    used = {name for formula in formulas for name in re.findall(r"\b([A-Z][A-Z0-9.]*)\(", formula)}
    assert used <= known
    assert not any("Sales!" in formula or len(formula) > 8192 for formula in formulas)


def test_formula_cells_carry_values(english: Path) -> None:
    """A formula cell of an empty row shows an empty text in every program, never nothing or an error."""
    plain = openpyxl.load_workbook(english)["Stock"]
    shown = openpyxl.load_workbook(english, data_only=True)["Stock"]
    for row in plain.iter_rows(min_row=4):
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                assert shown[cell.coordinate].value in (None, "")


def test_lists_come_from_ranges(english: Path) -> None:
    """Every list to choose from is a range, so that people can add to it."""
    rules = openpyxl.load_workbook(english)["Catalog"].data_validations.dataValidation
    lists = [rule.formula1 for rule in rules if rule.type == "list"]
    assert lists
    assert all("!$" in formula for formula in lists)


def test_three_typed_columns_need_no_python(tmp_path: Path) -> None:
    """SKU, on hand and daily sales typed into a new book give tier and days left in LibreOffice, with no press."""
    data = {
        "Stock": [
            {"sku": f"S{k}", "on_hand": stock, "daily_sales": 20} for k, stock in enumerate((280, 60, 59, 141, 300, 0))
        ]
    }
    rows = sheet_rows(recalculated(make(tmp_path / "book.xlsx", data=data), tmp_path), "Stock")
    shown = [(row["Tier"], row["Days left"]) for row in rows if row["SKU*"]]
    assert shown == [("YELLOW", 14), ("ORANGE", 3), ("RED", 2.9), ("YELLOW", 7), ("GREEN", 15), ("RED", 0)]


def test_sells_out_date_before_the_first_press(tmp_path: Path) -> None:
    """280 at 20 a day on 1 December sells out on 15 December, from the typed stock date alone."""
    stock = [{"sku": "A", "on_hand": 280, "daily_sales": 20, "stock_date": dt.date(2026, 12, 1)}]
    rows = sheet_rows(recalculated(make(tmp_path / "book.xlsx", data={"Stock": stock}), tmp_path), "Stock")
    assert rows[0]["Sells out on"] == dt.datetime(2026, 12, 15)


def test_inbound_shows_on_stock_before_the_first_press(tmp_path: Path) -> None:
    """Open units typed on Inbound stand in 'On the way' at once; received and cancelled rows do not."""
    inbound = [
        {"sku": "A", "ordered": 300, "received": 120, "state": "part received"},
        {"sku": "A", "ordered": 50},
        {"sku": "A", "ordered": 70, "state": "received"},
        {"sku": "A", "ordered": 90, "state": "cancelled"},
        {"sku": "B", "ordered": 5},
    ]
    data = {"Stock": [{"sku": "A", "on_hand": 10, "daily_sales": 1}], "Inbound": inbound}
    rows = sheet_rows(recalculated(make(tmp_path / "book.xlsx", data=data), tmp_path), "Stock")
    assert rows[0]["On the way (units)"] == 230
    assert rows[0]["Stock + on the way"] == 240


def test_typed_rows_stand_in_their_tables(tmp_path: Path) -> None:
    """Rows given to a new book are found again where people would have typed them."""
    rows = sheet_rows(make(tmp_path / "book.xlsx", data=LAMP), "Stock")
    assert [row["SKU*"] for row in rows if row["SKU*"]] == [row["sku"] for row in LAMP["Stock"]]


@pytest.mark.parametrize(
    ("name", "language", "says"),
    [
        ("book.xls", "en", "must end in .xlsx"),
        ("book.xlsx", "fr", "en or zh"),
        ("missing/book.xlsx", "en", "no folder"),
    ],
)
def test_what_cannot_be_made_is_refused(tmp_path: Path, name: str, language: str, says: str) -> None:
    """A name, folder or language that does not do gets one sentence, and no file."""
    with pytest.raises(WorkbookError, match=says):
        make_book(tmp_path / name, language)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    """A new book never takes the place of a file."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"mine")
    with pytest.raises(WorkbookError, match="left as it is"):
        make_book(path)
    assert path.read_bytes() == b"mine"


def test_native_book_calls_our_names(tmp_path: Path) -> None:
    """A book for Microsoft 365 calls our LAMBDA name in its cells, and IronCalc computes what the plan says."""
    import math

    ironcalc = pytest.importorskip("ironcalc", reason="IronCalc is not installed: LAMBDA names are not evaluated")
    from restock_xl.sheets.new_book import new_book

    from .books import press

    path = tmp_path / "native.xlsx"
    new_book(path, "en", LAMP, native=True)
    outcome = press(path)
    sheet = openpyxl.load_workbook(path)["Stock"]
    headers = [cell.value for cell in sheet[3]]
    column = headers.index("Days left, exact") + 1
    assert "RESTOCK_COVER_BY_NEED(" in sheet.cell(4, column).value
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    stock = Book(path).sheet_names.index("Stock")
    for row, cover in enumerate(outcome.plan.view["cover"], start=4):
        found = model.get_cell_value(stock, row, column)
        assert found in ("", None) if math.isnan(cover) else math.isclose(found, cover, rel_tol=1e-9), row


def test_new_books_carry_the_names_for_cells_of_ones_own(english: Path) -> None:
    """Every .xlsx carries the LAMBDA names, within the length that Excel takes."""
    names = openpyxl.load_workbook(english).defined_names
    assert {"RESTOCK_TIER", "RESTOCK_DAYS_OF_COVER", "RESTOCK_SAFETY_STOCK"} <= set(names)
    assert all(name.attr_text.startswith("_xlfn.LAMBDA(") and len(name.attr_text) <= 8192 for name in names.values())
