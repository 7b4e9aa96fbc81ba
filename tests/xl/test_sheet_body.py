"""The rows that we write ourselves, read back by two programs and compared with what XlsxWriter writes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from lxml import etree
from python_calamine import CalamineWorkbook

from restock.errors import WorkbookError
from restock_xl.package.book import Book
from restock_xl.package.cell_copy import CellCopier
from restock_xl.package.escapes import decode
from restock_xl.package.fill import fill_rows
from restock_xl.package.shared_strings import SharedStrings
from restock_xl.package.stored_values import stored
from restock_xl.package.styles import EMPTY_STYLESHEET, Styles
from restock_xl.sheets.body import Body
from restock_xl.sheets.model import CellModel, ColumnModel, Formula, SheetModel, TableModel
from restock_xl.sheets.render import render
from restock_xl.sheets.values import cell_value

MOMENT = dt.datetime(2026, 11, 23, 18, 30)
CASES: dict[str, Any] = {
    "markup": "a < b & c > d \"e\" 'f'",
    "looks escaped": "_x0041_ _x_ _x00g1_",
    "leading blank": "  two before",
    "trailing line": "one behind\n",
    "inner lines": "a\nb\tc",
    "control characters": "bell\x07 return\r end",
    "not a formula": "=1+1",
    "not a number": "00123",
    "looks like an error": "#N/A",
    "chinese": "今日补货，仅剩 3 天",
    "emoji": "📦",
    "like a cell": '<c r="A1" s="9"/></row>',
    "blank": None,
    "empty": "",
    "true": True,
    "false": False,
    "zero": 0,
    "negative zero": -0.0,
    "whole": 46349.0,
    "seventeen digits": 0.1 + 0.2,
    "third": 1 / 3,
    "large": 1e22,
    "small": 5e-324,
    "many digits": 123456789012345.0,
    "day": dt.date(2026, 11, 23),
    "moment": MOMENT,
    "timestamp": pd.Timestamp(MOMENT),
    "no day": pd.NaT,
    "no number": float("nan"),
    "formula": Formula("=IF(A1<2,\"a & b\",' x'!A1)", ""),
    "formula with text": Formula('="a"', " a < b "),
    "formula with number": Formula("=1/3", 1 / 3),
    "formula with truth": Formula("=TRUE", True),
    "formula with untruth": Formula("=FALSE", False),
    "formula with error": Formula("=NA()", "#N/A"),
    "formula with day": Formula("=TODAY()", dt.date(2026, 11, 23)),
}


def sheet(values: list[Any], row_styles: tuple[str, ...] = ()) -> SheetModel:
    column = ColumnModel("Value", values, "plain", row_styles=row_styles)
    table = TableModel("Data", 2, 0, (ColumnModel("Key", list(CASES)[: len(values)], "plain"), column), len(values))
    return SheetModel("Data", cells=(CellModel(0, 0, "Title", "title"),), tables=(table,))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The cases as we write them, and as XlsxWriter does."""
    folder = tmp_path_factory.mktemp("bodies")
    ours, theirs = folder / "ours.xlsx", folder / "theirs.xlsx"
    render([sheet(list(CASES.values()))], ours)
    book = xlsxwriter.Workbook(str(theirs), {"strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet("Data")
    for row, value in enumerate(CASES.values(), start=3):
        if isinstance(value, Formula):
            shown = cell_value(value.value)
            page.write_formula(row, 1, value.text, None, "" if shown is None else shown)
        else:
            page.write(row, 1, cell_value(value))
    book.close()
    return ours, theirs


@pytest.mark.parametrize("data_only", [True, False], ids=["values", "formulas"])
def test_openpyxl_reads_what_xlsxwriter_writes(written: tuple[Path, Path], data_only: bool) -> None:
    """Every kind of value reads back with the value and type that XlsxWriter gives it; numbers keep 17 digits."""
    ours, theirs = (openpyxl.load_workbook(path, data_only=data_only)["Data"] for path in written)
    for row, (name, value) in enumerate(CASES.items(), start=4):
        got, expected = ours.cell(row, 2).value, theirs.cell(row, 2).value
        if isinstance(expected, float):
            shown = value.value if isinstance(value, Formula) else value
            assert got == cell_value(shown), name
            assert got == pytest.approx(expected, rel=1e-14), name  # XlsxWriter keeps 16 digits only
        elif isinstance(value, str) and value:
            assert decode(got) == value, name  # openpyxl replaces escapes in shared texts alone
        else:
            assert (got, type(got)) == (expected, type(expected)), name


def test_calamine_reads_what_xlsxwriter_writes(written: tuple[Path, Path]) -> None:
    """A second, unrelated reader shows the same texts, truth values and blanks."""
    ours, theirs = (CalamineWorkbook.from_path(path).get_sheet_by_name("Data") for path in written)
    columns = [
        [row[-1] for row in page.to_python(skip_empty_area=False)][3 : 3 + len(CASES)] for page in (ours, theirs)
    ]
    for name, got, expected in zip(CASES, *columns, strict=True):
        if isinstance(expected, str | bool):
            assert got == expected, name


def test_days_and_moments(tmp_path: Path) -> None:
    """Days and moments read back as they were, in books that count from 1900 and from 1904."""
    values = [MOMENT, pd.Timestamp(MOMENT), dt.date(2026, 11, 23)]
    for date1904 in (False, True):
        path = tmp_path / f"{date1904}.xlsx"
        render([sheet(values, ("plain_time", "plain_time", "plain_date"))], path, date1904)
        page = openpyxl.load_workbook(path)["Data"]
        assert [page.cell(row, 2).value for row in (4, 5, 6)] == [MOMENT, MOMENT, dt.datetime(2026, 11, 23)]


def test_styles_reach_their_cells(tmp_path: Path) -> None:
    """Each cell has its own style, blank cells too, and styles may differ from row to row."""
    render([sheet([1, None, "x"], ("plain_date", "input", "tier_red"))], tmp_path / "styles.xlsx")
    page = openpyxl.load_workbook(tmp_path / "styles.xlsx")["Data"]
    cells = [page.cell(row, 2) for row in (4, 5, 6)]
    assert [cell.number_format for cell in cells] == ["yyyy-mm-dd", "@", "General"]
    assert [cell.fill.fgColor.rgb[2:] for cell in cells] == ["000000", "FFF9DB", "D92D20"]
    assert {cell.font.name for cell in (*cells, page["A4"])} == {"Arial"}


def test_a_long_text_is_cut_where_a_cell_ends(tmp_path: Path) -> None:
    """A text longer than a cell holds is cut at 32,767 characters."""
    render([sheet(["长" * 40_000])], tmp_path / "long.xlsx")
    assert openpyxl.load_workbook(tmp_path / "long.xlsx")["Data"]["B4"].value == "长" * 32_767


def test_table_rows_heights_and_neighbours(tmp_path: Path) -> None:
    """Two tables and loose cells side by side share rows; pre-made rows are styled; the table reaches the last one."""
    left = TableModel("Left", 2, 0, (ColumnModel("A", [1, 2, 3], "plain"),), 5)
    right = TableModel("Right", 2, 2, (ColumnModel("B", ["x"], "input", formula="=1+1"),), 1)
    loose = (CellModel(0, 0, "Title", "title"), CellModel(4, 4, "beside", "hint"), CellModel(9, 0, "below", "hint"))
    model = SheetModel("Data", cells=loose, tables=(left, right), row_heights={0: 24.0, 4: 30.5})
    path = tmp_path / "two.xlsx"
    render([model], path)
    page = openpyxl.load_workbook(path)["Data"]
    assert [cell.value for cell in page["A"]] == ["Title", None, "A", 1, 2, 3, None, None, None, "below"]
    assert (page["C4"].value, page["C5"].value, page["E5"].value) == ("x", None, "beside")
    assert (page["A8"].font.name, page["A8"].border.left.style) == ("Arial", "thin")
    assert (page.row_dimensions[1].height, page.row_dimensions[5].height) == (24, 30.5)
    assert page.dimensions == "A1:E10"
    assert [(table.name, table.ref) for table in Book(path).tables()] == [("Left", "A3:A8"), ("Right", "C3:C4")]
    assert page.tables["Left"].autoFilter.ref == "A3:A8"
    assert page.tables["Right"].tableColumns[0].calculatedColumnFormula.attr_text == "1+1"


def test_a_table_below_another(tmp_path: Path) -> None:
    """A second table further down has its own headers, range and filter; heights and texts between them stay."""
    upper = TableModel("Upper", 2, 0, (ColumnModel("A", [1, 2], "plain"), ColumnModel("B", [3, 4], "plain")), 2)
    lower = TableModel("Lower", 9, 0, (ColumnModel("C", ["x", "y"], "input", "header_input"),), 2)
    between = (CellModel(7, 0, "Second", "section"),)
    model = SheetModel("Data", cells=between, tables=(upper, lower), row_heights={9: 42.0})
    path = tmp_path / "below.xlsx"
    render([model], path)
    page = openpyxl.load_workbook(path)["Data"]
    column = [cell.value for cell in page["A"]]
    assert column == [None, None, "A", 1, 2, None, None, "Second", None, "C", "x", "y"]
    assert (page["A10"].fill.fgColor.rgb, page.row_dimensions[10].height) == ("FF8A6D00", 42)
    assert [(table.name, table.ref) for table in Book(path).tables()] == [("Upper", "A3:B5"), ("Lower", "A10:A12")]
    assert page.tables["Lower"].autoFilter.ref == "A10:A12"


def test_a_frame_without_samples_is_refused() -> None:
    """Rows are never put into a sheet that does not show the number of each of their styles."""
    frame = b'<worksheet><sheetData><row r="4"><c r="A4"/></row></sheetData></worksheet>'
    with pytest.raises(WorkbookError, match="shows its styles"):
        fill_rows(frame, Body(sheet([1, 2])))


def test_equal_models_are_equal_files(tmp_path: Path) -> None:
    """The same models give the same file, byte for byte."""
    for name in ("one.xlsx", "two.xlsx"):
        render([sheet(list(CASES.values()))], tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, ("b", "1")),
        (7, ("", "7")),
        (pd.Series([0.5])[0], ("", "0.5")),
        (float("inf"), ("e", "#NUM!")),
        ("#CALC!", ("e", "#VALUE!")),
        ("# of cartons", ("str", "# of cartons")),
    ],
)
def test_stored_values(value: object, expected: tuple[str, str] | None) -> None:
    """Numbers of numpy are written as plain digits, and only error codes are errors."""
    assert stored(value) == expected


def copier() -> CellCopier:
    formats = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%b</styleSheet>' % (
        b'<fonts><font><name val="Arial"/></font></fonts><fills><fill/></fills><borders><border/></borders>'
        b'<cellXfs><xf fontId="0" fillId="0" borderId="0"/>'
        b'<xf numFmtId="14" fontId="0" fillId="0" borderId="0"/></cellXfs>'
    )
    styles = Styles(etree.fromstring(EMPTY_STYLESHEET), etree.fromstring(formats))
    assert [styles.cell_format(number) for number in (0, 1)] == [1, 2]
    return CellCopier(SharedStrings(None, None), styles, lambda: 5)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ('<c r="A1" s="1"><v>3</v></c>', '<c r="A1" s="2"><v>3</v></c>'),
        ('<c r="A1"/>', '<c r="A1" s="1"/>'),
        ("<c><v>3</v></c>", '<c s="1"><v>3</v></c>'),
        (
            '<c r="A1" s="1" t="inlineStr"><is><t> s="7" t="s" &lt;c r="A1" s="1"</t></is></c>',
            '<c r="A1" s="2" t="inlineStr"><is><t> s="7" t="s" &lt;c r="A1" s="1"</t></is></c>',
        ),
        ('<c r="A1" cm="1"><f t="array">B1</f></c>', '<c r="A1" s="1" cm="5"><f t="array">B1</f></c>'),
    ],
    ids=["format", "no format", "no reference", "text like a cell", "dynamic array"],
)
def test_cells_are_adapted(cells: str, expected: str) -> None:
    """Formats get the user's numbers wherever a cell states them, and never inside a text."""
    row = '<row r="1" s="1" customFormat="1">{}</row>'
    adapted = copier().adapted(row.format(cells).encode()).decode()
    assert adapted == row.format(expected).replace('r="1" s="1"', 'r="1" s="2"', 1)


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ('<c r="A1" t="n" s="1"><v>3</v></c>', "not spelled as ours"),
        ('<c r="A1" s="1" cm="1" t="s"><v>3</v></c>', "not spelled as ours"),
        ("<c r='A1' s='1'><v>3</v></c>", "not spelled as ours"),
        ('<c r="A1" s="1" t="e" vm="1"><v>#VALUE!</v></c>', "picture inside a cell"),
    ],
)
def test_other_spellings_are_refused(cell: str, sentence: str) -> None:
    """A cell spelled in another way than XlsxWriter's is refused, not spoiled."""
    with pytest.raises(WorkbookError, match=sentence):
        copier().adapted(f'<row r="1">{cell}</row>'.encode())
