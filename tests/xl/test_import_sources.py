"""Files as they are downloaded: any encoding and delimiter, cut, shuffled and broken, and never a wrong number."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from restock.errors import InputError
from restock.imports.reading import Imported, read_file
from restock.imports.recognise import recognise
from restock.text import Words
from restock_xl.imports.delimited import layout_of
from restock_xl.imports.source_file import read_source
from tests.engine.import_texts import EXPORTS, Export, inbound_of, sales_of, stock_of

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "gb18030", "cp932", "big5", "cp1252")
FILES = [export for export in EXPORTS if export.key not in ("amazon_ledger", "amazon_ledger_summary")]
"""The sums of a ledger are smaller where rows are refused, so they cannot be held against those of the whole."""


def read(path: Path, dates: str = "", decimal: str = "") -> Imported:
    """What a file gives."""
    source = read_source(path, Words("en"))
    return read_file(source.found, source.table, dates, decimal)


def taken(found: Imported) -> set[Any]:
    """Everything that a file gives, with its numbers."""
    return stock_of(found) | set(sales_of(found)) | inbound_of(found)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.key)
def test_the_encoding_is_found(export: Export, encoding: str, tmp_path: Path) -> None:
    """Each export gives the same in every encoding that can hold it."""
    path = tmp_path / "export.csv"
    try:
        path.write_bytes(export.text.encode(encoding))
    except UnicodeEncodeError:
        pytest.skip(f"{encoding} has no signs for it")
    found = read(path)
    assert found.found.format.key == export.key
    assert stock_of(found) == set(export.stock)
    assert sales_of(found) == sorted(export.sales)
    assert inbound_of(found) == set(export.inbound)


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.key)
def test_a_spreadsheet_gives_the_same(export: Export, tmp_path: Path) -> None:
    """Saved as .xlsx, behind a sheet of notes, an export gives the same."""
    book = openpyxl.Workbook()
    book.active.append(["Notes"])
    sheet = book.create_sheet("orders")
    for row in csv.reader(io.StringIO(export.text), delimiter=export.delimiter):
        sheet.append(row)
    book.save(tmp_path / "export.xlsx")
    found = read(tmp_path / "export.xlsx")
    assert taken(found) == set(export.stock) | set(export.sales) | set(export.inbound)


def test_numbers_in_a_spreadsheet_keep_their_zeros(tmp_path: Path) -> None:
    """A SKU that is a number shown with leading zeros is read as it is shown."""
    book = openpyxl.Workbook()
    book.active.append(["SKU", "On hand"])
    book.active.append([123, 5])
    book.active["A2"].number_format = "00000"
    book.save(tmp_path / "stock.xlsx")
    assert read(tmp_path / "stock.xlsx").stock[["sku", "on_hand"]].to_numpy().tolist() == [["00123", 5.0]]


@pytest.mark.parametrize(
    ("content", "sku", "units"),
    [
        (b'sep=;\r\nSKU;On hand\r\n="00123";5\r\n', "00123", 5.0), (b"SKU,On hand\r\n00123\t,5\t\r\n", "00123", 5.0),
        (b'SKU\tOn hand\tName\r\n00123\t5\t24" shelf\r\n', "00123", 5.0),
        (b'"SKU"\t"On hand"\r\n"Blue" mug\t2\r\n', '"Blue" mug', 2.0),
        (b"SKU,On hand,Note\r\n00123\t5\tx\r\n", "00123", 5.0), ("SKU,On hand\n１２３,−３\n".encode(), "１２３", -3.0),
        (b"SKU|On hand\r1|5\r", "1", 5.0), (b'SKU,On hand,Note\n=1+1,5,"two\nlines"\n', "=1+1", 5.0),
        (b"Stock list\n\nSKU,On hand\n\nA,5\nTotal,5\n", "A", 5.0), (b"SKU,On hand,\nA,5,\n", "A", 5.0),
        (b"SKU,On hand\nA,5,\n", "A", 5.0),
    ],
)  # fmt: skip
def test_odd_layouts(content: bytes, sku: str, units: float, tmp_path: Path) -> None:
    """Text marks, trailing tabs, quotes in tab files, tabs under commas and blank lines do no harm."""
    (tmp_path / "stock.txt").write_bytes(content)
    assert read(tmp_path / "stock.txt").stock[["sku", "on_hand"]].to_numpy().tolist() == [[sku, units]]


@pytest.mark.parametrize(
    ("content", "reasons"),
    [
        (b"SKU,On hand,Note\nA,1,200,x\nB,5,\n", {"long_row"}),
        (b"SKU,Name,On hand\nA,x\ny,5\nB,z,7\n", {"short_row", "near_break"}),
        (b"SKU,On hand\nA,12", {"cut_row"}),
    ],
    ids=["separator in a number", "line break in a cell", "cut"],
)  # fmt: skip
def test_broken_rows_are_refused(content: bytes, reasons: set[str], tmp_path: Path) -> None:
    """A row that does not fit its headers is refused, and so is one that the damage may have reached."""
    (tmp_path / "stock.csv").write_bytes(content)
    found = read(tmp_path / "stock.csv")
    assert {one.reason for one in found.refused} == reasons
    assert not set(found.stock["sku"]) & {"A", "x", "y"}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "empty.csv is empty."), ("odd.csv", b"a,b\n1,2\n", "Its headers begin: a, b."),
        ("twice.csv", b"SKU,Stock,Stock\nA,1,2\n", 'Two columns of twice.csv are called "Stock"'),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
         "locked.xlsx has a password."),
        ("open.csv", b'SKU,On hand,Note\nA,1,"x\nB,5,y\n', "open.csv has a quotation mark that is never closed"),
        ("torn.xlsx", b"PK\x03\x04 not a package", "torn.xlsx is no Excel file that can be read."),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old.xls is no Excel file that can be read."),
    ],
)  # fmt: skip
def test_files_that_cannot_be_used(name: str, content: bytes, says: str, tmp_path: Path) -> None:
    """A file that cannot be used is told why, in one sentence."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as error:
        read(tmp_path / name)
    assert says in str(error.value)


def _damaged(export: Export, draw: Any) -> bytes:
    """An export with its rows and columns in another order, one mark lost or too many, re-encoded and cut."""
    rows = list(csv.reader(io.StringIO(export.text), delimiter=export.delimiter))
    found = recognise(rows)
    assert found is not None
    top, width = found.header_row, len(rows[found.header_row])
    dice = random.Random(draw(st.integers(0, 10_000)))
    order = dice.sample(range(width), width) if draw(st.booleans()) else list(range(width))
    table = [[(row + [""] * width)[place] for place in order] for row in rows[top:]]
    under = dice.sample(table[1:], len(table) - 1) if draw(st.booleans()) else table[1:]
    stream = io.StringIO(newline="")
    for row in [*rows[:top], table[0], *under]:
        if export.delimiter == "\t":
            stream.write("\t".join(row) + "\r\n")
        else:
            csv.writer(stream, delimiter=export.delimiter).writerow(row)
    text = stream.getvalue()
    start = text.index(export.delimiter.join(table[0])) if export.delimiter == "\t" else 0
    kind = draw(st.sampled_from(("none", "insert", "drop")))
    marks = ("\n", export.delimiter, '"', "\t", "\r\n")
    place = draw(st.integers(start, len(text)))
    if kind == "insert":
        text = text[:place] + draw(st.sampled_from(marks)) + text[place:]
    elif kind == "drop" and text[place : place + 1] in marks:
        text = text[:place] + text[place + 1 :]
    encoding = draw(st.sampled_from(ENCODINGS))
    try:
        content = text.encode(encoding)
    except UnicodeEncodeError:
        content = text.encode()
    return content[: draw(st.integers(0, len(content)))] if draw(st.booleans()) else content


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_makes_a_wrong_number(data: Any, tmp_path: Path) -> None:
    """However a file is cut, shuffled, broken and re-encoded, no row that is used says anything else."""
    export = data.draw(st.sampled_from(FILES))
    path = tmp_path / "damaged.csv"
    path.write_bytes(_damaged(export, data.draw))
    try:
        found = read(path)
    except InputError:
        return
    if found.found.format.key != export.key:
        assert found.found.format.generic or not taken(found)
        return
    assert _told(taken(found)) <= _told(set(export.stock) | set(export.sales) | set(export.inbound))


def _told(rows: set[Any]) -> set[Any]:
    """Rows without the names that a wrong encoding spells otherwise, and without a quotation mark within a name."""
    return {
        tuple(cell.replace('"', "") if isinstance(cell, str) else cell for cell in row if str(cell).isascii())
        for row in rows
    }


@pytest.mark.parametrize("encoding", ["gb18030", "cp932", "big5", "cp1252"])
def test_likely_encodings_of_files_that_are_not_known(encoding: str, tmp_path: Path) -> None:
    """Without known headers the characters decide."""
    texts = {"gb18030": "名称,数量\n马克杯和水壶,5\n", "cp932": "商品の名前,数\nこれはマグカップです,5\n",
             "big5": "商品名稱,數量\n馬克杯與茶壺的組合,5\n",
             "cp1252": "Name,Zahl\nTasse groß für Café,5\n"}  # fmt: skip
    (tmp_path / "x.csv").write_bytes(texts[encoding].encode(encoding))
    assert layout_of(tmp_path / "x.csv")[0].encoding == encoding
