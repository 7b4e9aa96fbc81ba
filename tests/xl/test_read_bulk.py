"""Large Sales sheets: the bulk reader gives the same data as the cells, and says where it could not tell."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from restock.schema.columns import Kind
from restock.schema.inputs import SALES
from restock.schema.raw import CellError, RawColumn, RawTable
from restock_xl.package import bulk
from restock_xl.package.arrow_text import ArrowText
from restock_xl.package.read import read_book
from restock_xl.package.text_dates import iso_days

HEADERS = ["Date*", "SKU*", "Warehouse", "Quantity* (units)", "In stock?"]
ALWAYS, NEVER = 0, 1 << 40


def write(path: Path, rows: list[list[Any]], headers: list[str] = HEADERS, **options: Any) -> Path:
    """Write Sales at C4 below a title; numbers in the date column are formatted as dates, except 46003."""
    workbook = xlsxwriter.Workbook(path, options)
    sheet = workbook.add_worksheet("Sales")
    day = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.write_string(0, 0, "Sales of the year")
    for right, header in enumerate(headers):
        sheet.write_string(3, 2 + right, header)
    for down, values in enumerate(rows):
        for right, value in enumerate(values):
            place = (4 + down, 2 + right)
            if isinstance(value, CellError):
                sheet.write_formula(*place, "=1/0", None, value.code)
            elif value == "":
                sheet.write_formula(*place, '=""', None, "")
            elif isinstance(value, str):
                sheet.write_string(*place, value)
            elif value is not None:
                sheet.write(*place, value, *([day] if headers[right] == "Date*" and value != 46003 else []))
    workbook.close()
    return path


def sales(path: Path, bulk_bytes: int) -> RawTable:
    return read_book(path, bulk_bytes).raw.tables["Sales"]


def column(table: RawTable, name: str) -> RawColumn:
    return table.columns[SALES.match_headers(table.headers())[name]]


def seen(table: RawTable, name: str) -> list[Any]:
    """Return what the engine can know of a column, in one form for both readers."""
    raw, kind = column(table, name), SALES[name].kind
    values: list[Any] = list(raw.values)
    if isinstance(raw.values, pd.Categorical):
        values = [None if isinstance(value, float) else value for value in values]
    elif raw.values.dtype == float:
        offset = 25_569 if kind is Kind.DATE else 0
        values = [None if np.isnan(value) else value + offset for value in values]
    elif kind is Kind.DATE:
        values = [value // 1 if isinstance(value, float) else value for value in values]
    for place, value in raw.doubts.items():
        values[place] = value
    return values


ROWS = [
    [46000, "A-1", "US", 3, "yes"],
    [46000.75, "A-2", "DE", -1.5, "no"],
    [46001, "00123", None, 0, None],
    [None, None, None, None, None],
    [46002, "库存", "US", 7, None],
    [46003, "A-1", "US", 1, None],
    ["2026-01-05", "A-1", "US", 1, None],
    ["5 Jan", "A-1", "US", 1, None],
    [CellError("#N/A"), "A-1", "US", 1, None],
    [None, "A-1", "US", 1, None],
    ["", "A-1", "US", 1, None],
    [20260105, "A-1", "US", 1, None],
    [46004, None, "US", 1, None],
    [46004, "", "US", 1, None],
    [46004, CellError("#REF!"), "US", 1, None],
    [46004, "A-1", "US", None, None],
    [46004, "A-1", "US", "", None],
    [46004, "A-1", "US", "twelve", None],
    [46004, "A-1", "US", "1,5", None],
    [46004, "A-1", "US", CellError("#DIV/0!"), None],
    [None, "Total", None, 99, None],
]


def test_both_ways_of_reading_agree(tmp_path: Path) -> None:
    """The bulk reader and the cells give the same rows and, doubts included, the same values."""
    path = write(tmp_path / "book.xlsx", ROWS)
    fast, slow = sales(path, ALWAYS), sales(path, NEVER)
    assert isinstance(column(fast, "sku").values, pd.Categorical)
    assert column(slow, "sku").values.dtype == object
    assert fast.rows.tolist() == slow.rows.tolist() == [5, 6, 7, *range(9, 26)]
    assert (fast.header_row, fast.headers()) == (slow.header_row, slow.headers()) == (4, HEADERS)
    assert [c.letter for c in fast.columns] == [c.letter for c in slow.columns] == list("CDEFG")
    for name in ("date", "sku", "warehouse", "qty", "in_stock"):
        assert seen(fast, name) == seen(slow, name), name


def test_types_of_bulk_columns(tmp_path: Path) -> None:
    """Dates are whole days since 1970, quantities floats, texts categories; what was unclear is a doubt."""
    table = sales(write(tmp_path / "book.xlsx", ROWS), ALWAYS)
    date, sku, qty = (column(table, name) for name in ("date", "sku", "qty"))
    assert date.values[:4].tolist() == [20431.0, 20431.0, 20432.0, 20433.0]
    assert np.isnan(date.values[5:11]).all()
    assert date.doubts == {5: "2026-01-05", 6: "5 Jan", 7: CellError("#N/A"), 9: "", 10: 20260105.0}
    assert sku.doubts == {12: "", 13: CellError("#REF!")}
    assert sku.values.codes[11:14].tolist() == [-1, -1, -1]
    assert qty.doubts == {15: "", 16: "twelve", 17: "1,5", 18: CellError("#DIV/0!")}


def test_what_the_bulk_reader_converts(tmp_path: Path) -> None:
    """Numbers in a text column become text as shown; numeric text becomes a number."""
    rows = [[46000, 123, 5, "12", True], [46000, 12.5, None, 1, 0], [46000, 123456789012, None, 1, "no"]]
    table = sales(write(tmp_path / "book.xlsx", rows), ALWAYS)
    assert list(column(table, "sku").values) == ["123", "12.5", "123456789012"]
    assert column(table, "qty").values.tolist() == [12.0, 1.0, 1.0]
    assert list(column(table, "in_stock").values) == ["true", "0", "no"]
    assert column(table, "warehouse").values[0] == "5"


def test_columns_in_another_order_among_others(tmp_path: Path) -> None:
    """Only the recognised columns are read, wherever they stand."""
    headers = ["Order", "Quantity* (units)", "Buyer", "SKU*", "Date*"]
    rows = [[n, n + 0.5, "x", f"S-{n % 7}", 46000 + n % 5] for n in range(50)]
    path = write(tmp_path / "book.xlsx", rows, headers)
    fast, slow = sales(path, ALWAYS), sales(path, NEVER)
    assert fast.headers() == slow.headers() == ["Quantity* (units)", "SKU*", "Date*"]
    for name in ("date", "sku", "qty"):
        assert seen(fast, name) == seen(slow, name), name


@pytest.mark.parametrize("form", ["%Y-%m-%d", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M"])
def test_text_dates_at_the_top_are_read_as_text(tmp_path: Path, form: str) -> None:
    """A column of text dates becomes days without a doubt, real dates among them too."""
    start = dt.datetime(2026, 1, 5, 9, 30)
    rows: list[list[Any]] = [
        [(start + dt.timedelta(days=n)).strftime(form), "A", "US", 1, None] for n in range(40)
    ]
    rows[30][0], rows[31][0], rows[32][0] = 46000, "31/12/2025", 46003
    date = column(sales(write(tmp_path / "book.xlsx", rows), ALWAYS), "date")
    assert date.values[:2].tolist() == [20458.0, 20459.0]
    assert (date.values[30], date.values[32]) == (20431.0, 20434.0)
    assert date.doubts == {31: "31/12/2025"}


def test_many_doubts_are_read_as_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where most cells are unclear they are loaded once more as text, not looked up one by one."""
    monkeypatch.setattr(bulk, "MAX_DOUBTS", 5)
    rows: list[list[Any]] = [[46000, "A", "US", 1, None]] * 30
    rows += [["2026-01-05", "A", "US", 1, None]] * 10 + [["5 Jan", "A", "US", "two", None]] * 8
    table = sales(write(tmp_path / "book.xlsx", rows), ALWAYS)
    date, qty = column(table, "date"), column(table, "qty")
    assert date.values[30:40].tolist() == [20458.0] * 10
    assert date.doubts == dict.fromkeys(range(40, 48), "5 Jan")
    assert qty.doubts == dict.fromkeys(range(40, 48), "two")


def test_many_dates_that_can_be_read_leave_the_rest_to_the_cells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When text dates explain most doubts, the few that remain are looked up in the sheet."""
    monkeypatch.setattr(bulk, "MAX_DOUBTS", 5)
    rows: list[list[Any]] = [[46000, "A", "US", 1, None]] * 30 + [["2026-01-05", "A", "US", 1, None]] * 10
    rows += [["5 Jan", "A", "US", CellError("#N/A"), None]]
    table = sales(write(tmp_path / "book.xlsx", rows), ALWAYS)
    assert column(table, "date").doubts == {40: "5 Jan"}
    assert column(table, "qty").doubts == {40: CellError("#N/A")}


@pytest.mark.parametrize("bulk_bytes", [ALWAYS, NEVER])
def test_end_of_an_excel_table(tmp_path: Path, bulk_bytes: int) -> None:
    """Totals and what stands far below an Excel table are no sales; rows typed right under it are."""
    workbook = xlsxwriter.Workbook(tmp_path / "book.xlsx")
    sheet = workbook.add_worksheet("Data")
    rows = [[46000, "A", 1], [46001, "B", 2]]
    columns = [{"header": header} for header in ("Date", "SKU", "Quantity")]
    sheet.add_table(0, 0, 8, 2, {"name": "Sales", "columns": columns, "data": rows, "total_row": True})
    sheet.write_row(8, 0, [46009, "Total", 3])
    sheet.write_row(10, 0, [46002, "C", 4])
    sheet.write_row(40, 0, [46003, "D", 5])
    workbook.close()
    table = sales(tmp_path / "book.xlsx", bulk_bytes)
    assert table.rows.tolist() == [2, 3, 11]
    assert seen(table, "sku") == ["A", "B", "C"]


def test_small_and_1904_books_are_read_cell_by_cell(tmp_path: Path) -> None:
    """A small sheet keeps every type; a 1904 book is never read in bulk."""
    small = write(tmp_path / "small.xlsx", ROWS[:3])
    assert column(read_book(small).raw.tables["Sales"], "date").values.dtype == object
    old = write(tmp_path / "old.xlsx", ROWS[:3], date_1904=True)
    assert column(sales(old, ALWAYS), "date").values.dtype == object


def test_a_large_sheet_is_read_in_bulk_by_default(tmp_path: Path) -> None:
    """Above two hundred thousand bytes of XML the bulk reader is used."""
    path = write(
        tmp_path / "book.xlsx", [[46000 + n % 9, f"S-{n % 50}", "US", n, "yes"] for n in range(3000)]
    )
    table = read_book(path).raw.tables["Sales"]
    assert column(table, "date").values.dtype == float
    assert column(table, "qty").values.tolist() == list(range(3000))


def test_an_encoding_that_the_bulk_reader_does_not_know(tmp_path: Path) -> None:
    """What the bulk reader cannot read is read cell by cell."""
    path = write(tmp_path / "book.xlsx", ROWS[:3])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].decode().replace("UTF-8", "UTF-16").encode("utf-16")
    with zipfile.ZipFile(path, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    assert seen(sales(path, ALWAYS), "sku") == ["A-1", "A-2", "00123"]


def arrow(texts: list[str | None]) -> ArrowText:
    data = [(text or "").encode() for text in texts]
    offsets = np.cumsum([0, *map(len, data)]).astype(np.int32)
    present = np.array([text is not None for text in texts], dtype=bool)
    return ArrowText.of(np.frombuffer(b"".join(data), dtype=np.uint8), offsets, present)


LONG = "x" * 64
TEXTS: list[list[str | None]] = [
    [],
    [None, None],
    ["", None, "", "a"],
    ["a", "aa", "a" * 7, "a" * 8, "a" * 9, "a" * 8, "a"],
    ["SKU-00001-RED", "SKU-00001-BLUE", "SKU-00001-RED", "SKU-00002-RED"],
    ["库存" * 5, "库存" * 5 + "件", "库", "库存" * 5],
    [LONG, LONG + "a", LONG + "b", LONG + "a", LONG[:-1], LONG + "a" * 100],
    ["abcdefgh1", "1", "abcdefgh", "abcdefgh1"],
]


@pytest.mark.parametrize("texts", TEXTS, ids=range(len(TEXTS)))
def test_codes_of_texts(texts: list[str | None]) -> None:
    """Equal texts and only those share a code, in the order of their first appearance."""
    codes, found = arrow(texts).codes()
    assert found == list(dict.fromkeys(text for text in texts if text is not None))
    assert [found[code] if code >= 0 else None for code in codes] == texts


@given(st.lists(st.none() | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))))
def test_codes_of_any_texts(texts: list[str | None]) -> None:
    """The texts come back from their codes, whatever they are."""
    codes, found = arrow(texts).codes()
    assert [found[code] if code >= 0 else None for code in codes] == texts
    assert len(set(found)) == len(found)


DATES = {
    "2026-01-05": 20458,
    "2026/1/5": 20458,
    "2026/01/05 18:30": 20458,
    "2026/1/5 9:05": 20458,
    "2026-01-05T23:59:59.999": 20458,
    "1999-12-31": 10956,
    "2026-1/5": None,
    "2026-02-30": None,
    "05/01/2026": None,
    "2026-01-05 25:00": None,
    "2026-01-05T10:00:00Z": None,
    "2026-01-05 10:00:00 -0500": None,
    "20260105": None,
    "46003": None,
    " 2026-01-05": None,
    "": None,
}


def test_text_dates() -> None:
    """Only dates that can be read in one way are read; a time with a zone is not."""
    days = iso_days(arrow([*DATES, None]))
    assert [None if np.isnan(day) else day for day in days] == [*DATES.values(), None]
