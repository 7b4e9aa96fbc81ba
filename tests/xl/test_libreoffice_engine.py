"""The xlwings engine: what scripts do with books in LibreOffice, as they would in Excel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

if TYPE_CHECKING:
    import xlwings

WRITTEN: dict[str, tuple[Any, Any]] = {
    "a number": (3, 3.0),
    "a text": ("Lamp", "Lamp"),
    "a text of digits": ("'00123", "00123"),
    "a text that begins with =": ("'=1+1", "=1+1"),
    "a date": (dt.datetime(2026, 11, 23, 9, 30), dt.datetime(2026, 11, 23, 9, 30)),
    "nothing": (None, None),
    "a formula": ("=2*3", 6.0),
    "a row": ([1, "b", None], [1.0, "b", None]),
    "rows": ([[1, 2], [3, "=A1+B2"]], [[1.0, 2.0], [3.0, 1.0]]),
}


@pytest.fixture
def book(libreoffice: xlwings.App) -> Iterator[xlwings.Book]:
    made = libreoffice.books.add()
    yield made
    made.close()


@pytest.mark.parametrize("case", [case for case in WRITTEN if case != "rows"])
def test_values_come_back(book: xlwings.Book, case: str) -> None:
    """What is written is read again, dates as dates and blanks as None."""
    value, wanted = WRITTEN[case]
    cell = book.sheets[0]["C3"]
    cell.value = value
    shape = cell.resize(1, len(value)) if isinstance(value, list) else cell
    assert shape.value == wanted


def test_blocks_with_formulas(book: xlwings.Book) -> None:
    """A block takes formulas among numbers; formulas are read as Excel writes them."""
    sheet = book.sheets[0]
    sheet["A1"].value = [[1, 2, "x,y"], [3, '=IF(A1>0,SUM(A1:B1),"a;b")', "=C1"]]
    assert sheet["A1:C2"].value == [[1.0, 2.0, "x,y"], [3.0, 3.0, "x,y"]]
    assert sheet["A2:C2"].formula == (("3", '=IF(A1>0,SUM(A1:B1),"a;b")', "=C1"),)


def test_frames(book: xlwings.Book) -> None:
    """A table of pandas goes in and out."""
    frame = pd.DataFrame({"sku": ["a", "b"], "qty": [1.0, None], "day": pd.to_datetime(["2026-01-01", "2026-02-01"])})
    cell = book.sheets[0]["B2"]
    cell.options(index=False).value = frame
    back = cell.options(pd.DataFrame, expand="table", index=False).value
    assert back["sku"].tolist() == ["a", "b"]
    assert back["day"].tolist() == [dt.datetime(2026, 1, 1), dt.datetime(2026, 2, 1)]


def test_looks(book: xlwings.Book) -> None:
    """Fill, font, number format and sizes are set and read; pasted formats leave what stands in the cells."""
    sheet = book.sheets[0]
    sheet["A1"].value, sheet["A2"].value = 1, 2
    first = sheet["A1"]
    first.color, first.number_format, first.font.bold, first.font.size = (217, 45, 32), "#,##0.00", True, 14
    first.column_width, first.row_height = 20, 30
    first.copy()
    sheet["A2"].paste("formats")
    second = sheet["A2"]
    assert (second.value, second.color, second.number_format) == (2.0, (217, 45, 32), "#,##0.00")
    assert (second.font.bold, second.font.size) == (True, 14.0)
    assert (round(first.column_width), round(first.row_height)) == (20, 30)


def test_sheets_and_names(book: xlwings.Book) -> None:
    """Sheets are added, hidden, renamed and removed; names of a book and of a sheet are kept apart."""
    first = book.sheets[0]
    second = book.sheets.add("报表 2", after=first)
    book.names.add("rate", "=0.5")
    second.names.add("rate", "=0.7")
    first["A1"].formula, second["A1"].formula = "=rate", "=rate"
    second.visible = False
    assert [first["A1"].value, second["A1"].value] == [0.5, 0.7]
    assert ([sheet.name for sheet in book.sheets][-1], second.visible, second.index) == ("报表 2", False, 2)
    second.delete()
    assert len(book.sheets) == 1


def test_tables_move_and_grow(book: xlwings.Book) -> None:
    """A table keeps its name as it is moved and resized, and a formula that points into it follows."""
    sheet = book.sheets[0]
    sheet["A1"].value = [["sku", "qty"], ["a", 1], ["b", 2]]
    table = sheet.tables.add(sheet["A1:B3"], name="Goods")
    sheet["E1"].formula = "=SUM(B2:B3)"
    table.range.move(sheet["A5"])
    table.resize(sheet["A5:B9"])
    assert (sheet.tables["Goods"].range.address, sheet["E1"].value) == ("$A$5:$B$9", 3.0)
    assert sheet["E1"].formula == "=SUM(B6:B7)"


def test_a_removed_sheet_leaves_the_tables_of_its_neighbours(book: xlwings.Book) -> None:
    """LibreOffice forgets the tables of the sheet before a removed one; ours stay."""
    first = book.sheets[0]
    first["A1"].value = [["sku"], ["a"]]
    first.tables.add(first["A1:A2"], name="Goods")
    book.sheets.add("Gone", after=first)
    book.sheets["Gone"].delete()
    assert [table.name for table in first.tables] == ["Goods"]


def test_sheets_are_copied_between_books(book: xlwings.Book, libreoffice: xlwings.App) -> None:
    """A sheet goes to another open book with what it shows."""
    other = libreoffice.books.add()
    other.sheets[0]["A1"].value = [["a", 1], ["b", 2]]
    other.sheets[0].copy(after=book.sheets[-1], name="From there")
    other.close()
    assert book.sheets["From there"]["A1:B2"].value == [["a", 1.0], ["b", 2.0]]


def test_a_copy_leaves_the_book_where_it_is(book: xlwings.Book, libreoffice: xlwings.App, tmp_path: Path) -> None:
    """Saving goes to a path with Chinese characters and spaces; a copy changes neither name nor place."""
    path = tmp_path / "店铺 A" / "库存 book.xlsx"
    path.parent.mkdir()
    book.save(path)
    book.sheets[0]["A1"].value = 7
    book.impl.save_copy(str(path.with_name("copy.xlsx")))
    assert (book.fullname, book.name) == (str(path), "库存 book.xlsx")
    copy = libreoffice.books.open(path.with_name("copy.xlsx"))
    assert copy.sheets[0]["A1"].value == 7.0
    copy.close()


@pytest.mark.parametrize("member", ["charts", "shapes", "page_setup", "to_html"])
def test_the_rest_says_so(book: xlwings.Book, member: str) -> None:
    """What the engine does not do is one sentence that says what to do instead, not a traceback of UNO."""
    with pytest.raises(NotImplementedError, match=f"Sheet.{member} of xlwings is not available in LibreOffice"):
        getattr(book.sheets[0].impl, member)() if member == "to_html" else getattr(book.sheets[0].impl, member)
