"""Which tables are found in a book, where their data ends, and what the engine gets of them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xlsxwriter

from restock.schema.raw import CellError, RawTable
from restock_xl.package.locate import AlsoFound
from restock_xl.package.raw_tables import Extent
from restock_xl.package.read import BookContents, read_book

STOCK = ["SKU", "Warehouse", "On hand (units)", "Daily sales"]
STOCK_ROW = ["A-1", "US", 5, 1]
SALES = ["Date", "SKU", "Quantity"]
SALES_ROW = [46000, "A-1", 2]


class Writer:
    """A book under construction; `read` closes it and reads it back."""

    def __init__(self, path: Path, **options: Any) -> None:
        self.path = path
        self.workbook = xlsxwriter.Workbook(path, options)
        self.sheets: dict[str, Any] = {}

    def rows(self, sheet: str, rows: list[list[Any]], row: int = 1, column: int = 1) -> Writer:
        """Write rows from a cell on, both counted from 1; None leaves a cell blank."""
        if sheet not in self.sheets:
            self.sheets[sheet] = self.workbook.add_worksheet(sheet)
        for down, values in enumerate(rows):
            for right, value in enumerate(values):
                place = (row - 1 + down, column - 1 + right)
                if isinstance(value, CellError):
                    self.sheets[sheet].write_formula(*place, "=1/0", None, value.code)
                elif value == "":
                    self.sheets[sheet].write_formula(*place, '=""', None, "")
                elif value is not None:
                    write = (
                        self.sheets[sheet].write_string
                        if isinstance(value, str)
                        else self.sheets[sheet].write
                    )
                    write(*place, value)
        return self

    def table(
        self, sheet: str, name: str, headers: list[str], rows: list[list[Any]], size: int = 0, **options: Any
    ) -> Writer:
        """Write an Excel table at A1 with at least `size` rows of data."""
        self.rows(sheet, rows, row=2)
        columns = [{"header": header} for header in headers]
        bottom = max(size, len(rows)) + (1 if options.get("total_row") else 0)
        self.sheets[sheet].add_table(
            0, 0, bottom, len(headers) - 1, {"name": name, "columns": columns, **options}
        )
        return self

    def own(self, sheet: str) -> Writer:
        """Mark a sheet as our output."""
        self.workbook.define_name(f"'{sheet}'!_restock_owned", f'="{sheet}"')
        return self

    def read(self) -> BookContents:
        self.workbook.close()
        return read_book(self.path)


@pytest.fixture
def book(tmp_path: Path) -> Writer:
    return Writer(tmp_path / "book.xlsx")


def content(table: RawTable) -> dict[str | None, list[Any]]:
    """Return header → values."""
    return {column.header: list(column.values) for column in table.columns}


def test_found_by_name(book: Writer) -> None:
    """An Excel table of the right name is found on any sheet, in any case, with its columns in any order."""
    found = book.table("Blatt 7", "STOCK", ["Colour", *STOCK[::-1]], [["red", *STOCK_ROW[::-1]]]).read()
    stock = found.raw.tables["Stock"]
    assert (stock.sheet, stock.header_row, stock.found_by, stock.rows.tolist()) == ("Blatt 7", 1, "name", [2])
    assert content(stock) == {
        "Daily sales": [1.0],
        "On hand (units)": [5.0],
        "Warehouse": ["US"],
        "SKU": ["A-1"],
    }
    assert [column.letter for column in stock.columns] == ["B", "C", "D", "E"]


def test_a_table_of_the_right_name_without_required_columns_is_passed_over(book: Writer) -> None:
    """The headers of another sheet win over a table that has only the name."""
    book.table("Notes", "Stock", ["SKU", "Remark"], [["A-1", "x"]])
    stock = book.rows("Counts", [STOCK, STOCK_ROW]).read().raw.tables["Stock"]
    assert (stock.sheet, stock.found_by) == ("Counts", "headers")


@pytest.mark.parametrize("name", ["Stock_2", "Stock1", "MyStock"])
def test_only_the_exact_name_counts(book: Writer, name: str) -> None:
    """A table of a similar name is known by its headers only."""
    assert book.table("A", name, STOCK, [STOCK_ROW]).read().raw.tables["Stock"].found_by == "headers"


def test_found_by_headers_under_a_title(book: Writer) -> None:
    """Headers may stand below a title and off the edge, and blank columns may lie between them."""
    rows = [["Warehouse count of Monday"], [], [None, "SKU", None, "ON_HAND*"], [None, "A-1", "x", 7]]
    stock = book.rows("anything", rows, column=2).read().raw.tables["Stock"]
    assert (stock.header_row, stock.rows.tolist(), stock.found_by) == (3, [4], "headers")
    assert content(stock) == {"SKU": ["A-1"], "ON_HAND*": [7.0]}
    assert [column.letter for column in stock.columns] == ["C", "E"]


def test_chinese_headers(book: Writer) -> None:
    """Chinese headers are recognised and make the book's language Chinese."""
    book.rows("表1", [["货号", "仓库", "实物库存（件）", "日均销量"], ["A-1", "美国", 5, 1]])
    found = book.rows("表2", [["日期", "货号", "销量"], [46000, "A-1", 2]]).read()
    assert found.raw.language == "zh"
    assert {name: table.sheet for name, table in found.raw.tables.items()} == {"Stock": "表1", "Sales": "表2"}


@pytest.mark.parametrize(
    ("label", "value", "headers", "expected"),
    [
        ("Language", "Chinese", STOCK, "zh"),
        ("语言", "英文", ["货号", "实物库存"], "en"),
        ("language", "Klingon", STOCK, "en"),
        ("Currency", "Chinese", STOCK, "en"),
    ],
)
def test_language_of_settings(
    book: Writer, label: str, value: str, headers: list[str], expected: str
) -> None:
    """The Settings table decides the language; headers only where it says nothing understood."""
    book.rows("Settings", [["Setting", "Value"], [label, value]])
    assert book.rows("Stock", [headers, STOCK_ROW[: len(headers)]]).read().raw.language == expected


def test_the_better_of_two_sheets_is_taken_and_the_other_reported(book: Writer) -> None:
    """Of two sheets with the same headers the one named like the table counts; more columns count more."""
    book.rows("Old", [SALES, SALES_ROW]).rows("销售", [SALES, SALES_ROW])
    book.rows("Stock", [STOCK[:3], STOCK_ROW[:3]]).rows("Full", [STOCK, STOCK_ROW])
    found = book.read()
    assert {name: table.sheet for name, table in found.raw.tables.items()} == {
        "Sales": "销售",
        "Stock": "Full",
    }
    assert found.also_found == [AlsoFound("Stock", "Stock", 1), AlsoFound("Sales", "Old", 1)]


def test_headers_serve_one_table_only(book: Writer) -> None:
    """Headers that fit two tables serve the one they fit better, unless Stock would be missing."""
    both = ["SKU", "Name", "Units per carton", "Cost", "Stock"]
    found = book.rows("Goods", [both, ["A-1", "Lamp", 6, 2, 5]]).rows("Count", [STOCK, STOCK_ROW]).read()
    assert {name: table.sheet for name, table in found.raw.tables.items()} == {
        "Catalog": "Goods",
        "Stock": "Count",
    }


def test_stock_is_found_even_where_the_headers_fit_another_table_better(book: Writer) -> None:
    """A single sheet that is both Stock and Catalog is Stock."""
    both = ["SKU", "Name", "Units per carton", "Cost", "Stock"]
    found = book.rows("Goods", [both, ["A-1", "Lamp", 6, 2, 5]]).read()
    assert list(found.raw.tables) == ["Stock"]
    assert found.also_found == []


def test_two_tables_side_by_side(book: Writer) -> None:
    """Tables beside and below one another on a sheet are told apart."""
    book.rows("All", [STOCK, STOCK_ROW, ["A-2", "US", 6, 1]]).rows("All", [SALES, SALES_ROW], column=7)
    book.rows("All", [["Warehouse", "Country"], ["US", "US"]], row=8)
    tables = book.read().raw.tables
    assert {name: table.rows.tolist() for name, table in tables.items()} == {
        "Stock": [2, 3],
        "Sales": [2],
        "Warehouses": [9],
    }


def test_our_output_is_no_input(book: Writer) -> None:
    """Sheets of ours are not searched, and neither are tables that bear the name of an output."""
    book.rows("Result", [STOCK, STOCK_ROW]).own("Result")
    found = book.table("Past", "History", ["SKU", "On hand"], [["A-1", 5]]).read()
    assert found.raw.tables == {}


def test_rows_typed_under_a_table(book: Writer) -> None:
    """Rows under an Excel table count, also after a few blank rows; what stands further down does not."""
    book.table("Stock", "Stock", STOCK, [STOCK_ROW])
    book.rows("Stock", [["A-2", "US", 6, 1], [], [], ["A-3", "US", 7, 1]], row=3).rows(
        "Stock", [["note"]], row=40
    )
    stock = book.read().raw.tables["Stock"]
    assert stock.rows.tolist() == [2, 3, 6]


def test_blank_rows_are_left_out(book: Writer) -> None:
    """Rows prepared in the table, with formulas of ours or blank texts only, are no data."""
    headers = [*STOCK, "Tier"]
    rows = [
        [*STOCK_ROW, "GREEN"],
        [None, None, None, None, ""],
        ["", None, " ", None, "RED"],
        ["A-2", None, None, None, ""],
    ]
    stock = book.table("Stock", "Stock", headers, rows, size=50).read().raw.tables["Stock"]
    assert stock.rows.tolist() == [2, 5]
    assert content(stock)["On hand (units)"] == [5.0, None]


def test_totals_row_is_no_data(book: Writer) -> None:
    """The totals row of an Excel table is left out; a row typed under it is not."""
    book.table("Stock", "Stock", STOCK, [STOCK_ROW], total_row=True)
    book.rows("Stock", [["Total", None, 5]], row=3).rows("Stock", [["A-2", "US", 6, 1]], row=4)
    assert book.read().raw.tables["Stock"].rows.tolist() == [2, 4]


def test_values_are_kept_as_they_stand(book: Writer) -> None:
    """Text that looks like a number stays text; blank, nothing shown and error are three things."""
    odd = [["00123", "US", "1,5", None], [123, "", CellError("#DIV/0!"), "12"], ["A-3", None, True, 3]]
    found = content(book.rows("Stock", [STOCK, *odd]).read().raw.tables["Stock"])
    assert found == {
        "SKU": ["00123", 123.0, "A-3"],
        "Warehouse": ["US", "", None],
        "On hand (units)": ["1,5", CellError("#DIV/0!"), True],
        "Daily sales": [None, "12", 3.0],
    }


def test_first_of_a_repeated_header(book: Writer) -> None:
    """Where a header appears twice the first column counts."""
    found = content(
        book.rows("Stock", [["SKU", "On hand", "On hand"], ["A-1", 5, 9]]).read().raw.tables["Stock"]
    )
    assert found == {"SKU": ["A-1"], "On hand": [5.0]}


def test_dates_of_a_1904_book(tmp_path: Path) -> None:
    """Dates count from 1900 in every book; other numbers are not touched."""
    book = Writer(tmp_path / "book.xlsx", date_1904=True)
    book.rows("Stock", [["SKU", "On hand", "Stock date"], ["A-1", 5, 44538]]).rows(
        "Sales", [SALES, [44538, "A-1", 2]]
    )
    book.rows("Settings", [["Setting", "Value"], ["Stock date", 44538], ["Red below (days)", 3]])
    tables = book.read().raw.tables
    assert content(tables["Stock"]) == {"SKU": ["A-1"], "On hand": [5.0], "Stock date": [46000.0]}
    assert content(tables["Sales"]) == {"Date": [46000.0], "SKU": ["A-1"], "Quantity": [2.0]}
    assert content(tables["Settings"])["Value"] == [46000.0, 3.0]


WIDE = ["SKU", "Name", "US-LA", "DE-HAM"]
WIDE_ROWS = [["A-1", "Lamp", 5, 6], ["A-2", "Mug", None, 7], [None, "sum", 5, 13]]


def test_wide_stock_by_the_names_of_warehouses(book: Writer) -> None:
    """Without Stock, headers with an SKU and names of warehouses are Stock, returned as they stand."""
    book.rows("Counts", [["as of today"], WIDE, *WIDE_ROWS])
    found = book.rows("Places", [["Warehouse", "Country"], ["us-la ", "US"], ["JP", "JP"]]).read()
    stock = found.raw.tables["Stock"]
    assert (stock.sheet, stock.header_row, stock.found_by, stock.rows.tolist()) == (
        "Counts",
        2,
        "wide",
        [3, 4],
    )
    assert content(stock) == {
        "SKU": ["A-1", "A-2"],
        "Name": ["Lamp", "Mug"],
        "US-LA": [5.0, None],
        "DE-HAM": [6.0, 7.0],
    }


def test_wide_stock_by_columns_of_numbers(book: Writer) -> None:
    """Without a list of warehouses two unknown headers above numbers will do, in an Excel table too."""
    stock = book.table("Counts", "Stock", WIDE, WIDE_ROWS[:2]).read().raw.tables["Stock"]
    assert (stock.found_by, stock.headers()) == ("wide", WIDE)


@pytest.mark.parametrize(
    ("headers", "row"),
    [
        (["SKU", "US-LA", "Colour"], ["A-1", 5, "red"]),
        (["SKU", "Unit cost", "Unit price"], ["A-1", 5, 9]),
        (["Item", "US-LA", "DE-HAM"], ["A-1", 5, 9]),
    ],
    ids=["one column of numbers", "known columns", "no SKU"],
)
def test_what_is_no_wide_stock(book: Writer, headers: list[str], row: list[Any]) -> None:
    """Numbers beside an SKU are not taken for stock without need."""
    assert book.rows("Counts", [headers, row]).read().raw.tables == {}


def test_wide_stock_gives_way_to_stock(book: Writer) -> None:
    """A sheet with a column per warehouse is ignored where there is Stock in long form."""
    found = book.rows("Wide", [WIDE, *WIDE_ROWS]).rows("Long", [STOCK[:3:2], STOCK_ROW[:3:2]]).read()
    assert found.raw.tables["Stock"].sheet == "Long"


def test_shared_formulas_of_a_sheet(book: Writer) -> None:
    """After reading, the pipeline can ask for formulas and shown values of any sheet."""
    book.rows("Stock", [[*STOCK, "Double"], [*STOCK_ROW, 10], [*STOCK_ROW, 12]])
    book.workbook.close()
    with zipfile.ZipFile(book.path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    sheet = sheet.replace(b'<c r="E2"><v>', b'<c r="E2"><f t="shared" ref="E2:E3" si="0">C2*2</f><v>')
    sheet = sheet.replace(b'<c r="E3"><v>', b'<c r="E3"><f t="shared" si="0"/><v>')
    with zipfile.ZipFile(book.path, "w") as archive:
        for name, data in {**parts, "xl/worksheets/sheet1.xml": sheet}.items():
            archive.writestr(name, data)
    cells = read_book(book.path).cells("stock")
    assert (cells.formula("E2"), cells.formula("E3"), cells.value("E3")) == ("C2*2", "C3*2", 12.0)


def test_table_cells(book: Writer) -> None:
    """An Excel table can be had as rows by header, without blank rows and totals."""
    headers = ["SKU", "Your note"]
    book.table(
        "History", "History", headers, [["A-1", "ask Li"], [None, None], ["A-2", None]], total_row=True
    )
    found = book.rows("History", [["Total", 2]], row=5).read()
    table = found.table_cells("history")
    assert table is not None
    assert (table.sheet, table.header_row, table.headers, table.numbers) == (
        "History",
        1,
        ("SKU", "Your note"),
        [2, 4],
    )
    assert table.rows == [{"SKU": "A-1", "Your note": "ask Li"}, {"SKU": "A-2", "Your note": None}]
    assert found.table_cells("Orders") is None


def test_empty_tables(book: Writer) -> None:
    """Headers without data give a table without rows."""
    tables = book.rows("Sales", [SALES]).table("Stock", "Stock", STOCK, [], size=3).read().raw.tables
    assert {name: len(table.rows) for name, table in tables.items()} == {"Sales": 0, "Stock": 0}
    assert content(tables["Sales"]) == {"Date": [], "SKU": [], "Quantity": []}


@pytest.mark.parametrize(
    ("extent", "held"),
    [
        (Extent(2), [2, 3, 9, 30]),
        (Extent(3, last=9), [3, 9]),
        (Extent(2, bottom=3), [2, 3, 9]),
        (Extent(2, bottom=3, totals=1), [2, 9]),
        (Extent(2, bottom=2), [2, 3, 9]),
        (Extent(10, bottom=24), [30]),
        (Extent(10, bottom=23), []),
        (Extent(2, bottom=24), [2, 3, 9, 30]),
    ],
)
def test_extent(extent: Extent, held: list[int]) -> None:
    """A table ends at its last filled row; under an Excel table more than five blank rows end it."""
    filled = np.array([1, 2, 3, 9, 30])
    assert filled[extent.holds(filled)].tolist() == held
