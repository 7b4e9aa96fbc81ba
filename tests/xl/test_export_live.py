"""Copies that still calculate: our functions written out or as LAMBDA names, and no macros."""

from __future__ import annotations

import datetime as dt
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from restock_xl.exports.export import Exported, export_book
from restock_xl.package.book import Book
from restock_xl.recalculation import recalculate
from restock_xl.sheets.new_book import new_book
from tests.xl.books import LAMP, NOW, TODAY, press, with_part

VBA = "application/vnd.ms-office.vbaProject"
MACRO_BOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PLAIN_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


@pytest.fixture(scope="module")
def native(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pressed book whose days left call our LAMBDA name."""
    path = tmp_path_factory.mktemp("live") / "shop.xlsx"
    new_book(path, "en", LAMP, native=True)
    press(path)
    return path


def export(book: Path, form: str) -> Exported:
    return export_book(book, book.with_name(f"{book.stem} {form}.xlsx"), form, None, TODAY, NOW)


def formulas(path: Path) -> dict[tuple[str, str], str]:
    found = {}
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            found.update({(sheet.title, cell.coordinate): str(cell.value) for cell in row if cell.data_type == "f"})
    return found


def with_macros(path: Path) -> Path:
    """The book as .xlsm: a project, a ribbon, a button that calls a macro."""
    target = path.with_name("shop.xlsm")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "[Content_Types].xml":
                data = data.replace(PLAIN_BOOK.encode(), MACRO_BOOK.encode())
                binary = f'<Default Extension="bin" ContentType="{VBA}"/><Default '
                data = data.replace(b"<Default ", binary.encode(), 1)
            elif name == "xl/_rels/workbook.xml.rels":
                kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
                relation = f'<Relationship Id="rId900" Type="{kind}" Target="vbaProject.bin"/></Relationships>'
                data = data.replace(b"</Relationships>", relation.encode())
            elif name == "_rels/.rels":
                kind = "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility"
                relation = f'<Relationship Id="rId901" Type="{kind}" Target="customUI/customUI.xml"/></Relationships>'
                data = data.replace(b"</Relationships>", relation.encode())
            new.writestr(name, data)
        new.writestr("xl/vbaProject.bin", b"Attribute VB_Name = Secret")
        new.writestr("customUI/customUI.xml", b'<customUI onLoad="Secret"/>')
        new.writestr("xl/drawings/drawing9.xml", b'<a macro="[0]!Secret" other="1"/>')
    return target


def test_a_plain_copy_calls_no_function_of_ours_and_calculates_the_same(native: Path) -> None:
    """Every call is written out; recalculated, no cell of the copy differs; our names are gone."""
    assert any("RESTOCK_" in text for text in formulas(native).values())
    copy = export(native, "plain").path
    assert copy is not None
    assert not [text for text in formulas(copy).values() if "RESTOCK_" in text]
    assert not [name for name in openpyxl.load_workbook(copy).defined_names if name.startswith("RESTOCK_")]
    assert b"RESTOCK_" not in b"".join(zipfile.ZipFile(copy).read(ref.part) for ref in Book(copy).tables())
    assert recalculate(copy, TODAY, write=False).differences == 0


def test_what_cannot_be_written_out_stands_as_its_value(native: Path, tmp_path: Path) -> None:
    """A function without a plain form leaves its value, and the cell is named."""
    book = tmp_path / "shop.xlsx"
    shutil.copy(native, book)
    loaded = openpyxl.load_workbook(book)
    loaded.create_sheet("Mine")["B2"] = "=SUM(RESTOCK_FORECAST(Sales!D4:D9,7))"
    loaded["Mine"]["B3"] = "=RESTOCK_BASE_STOCK(20,14)"
    loaded.save(book)
    said = export(book, "plain")
    assert said.path is not None
    cells = openpyxl.load_workbook(said.path)["Mine"]
    assert cells["B2"].data_type != "f"
    assert cells["B3"].value == "=(20*14)"
    assert openpyxl.load_workbook(said.path, data_only=True)["Mine"]["B3"].value == 280
    assert any("1 formula" in line and "Mine!B2" in line for line in said.lines)


def test_a_native_copy_has_the_names_and_no_macros(native: Path) -> None:
    """A book with macros becomes one without: project, ribbon and the button's call are gone, names are there."""
    book = with_macros(native)
    copy = export(book, "native").path
    assert copy is not None
    with zipfile.ZipFile(copy) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
        assert "xl/vbaProject.bin" not in package.namelist()
        assert PLAIN_BOOK.encode() in package.read("[Content_Types].xml")
    assert b"Secret" not in everything
    assert MACRO_BOOK.encode() not in everything
    assert "RESTOCK_TIER" in openpyxl.load_workbook(copy).defined_names
    assert formulas(copy) == formulas(native)


def test_a_plain_copy_of_a_book_without_our_functions_keeps_every_sheet(tmp_path: Path) -> None:
    """Sheets, formulas and values of the book stand as they were, byte for byte."""
    book = openpyxl.Workbook()
    book.active.append([1, "=A1+1"])
    book.save(tmp_path / "mine.xlsx")
    recalculate(tmp_path / "mine.xlsx", dt.date(2026, 11, 23), write=True)
    copy = export(tmp_path / "mine.xlsx", "plain").path
    assert copy is not None
    part = Book(copy).part_of_sheet("Sheet")
    assert zipfile.ZipFile(copy).read(part) == zipfile.ZipFile(tmp_path / "mine.xlsx").read(part)


def test_people_are_not_named_in_a_live_copy(tmp_path: Path) -> None:
    """Author and last editor are left out."""
    book = openpyxl.Workbook()
    book.properties.creator = book.properties.lastModifiedBy = "Alice Example"
    book.save(tmp_path / "mine.xlsx")
    copy = export(tmp_path / "mine.xlsx", "native").path
    assert copy is not None
    with zipfile.ZipFile(copy) as package:
        assert b"Alice" not in b"".join(map(package.read, package.namelist()))


def test_cells_that_share_a_formula_become_values_together(tmp_path: Path) -> None:
    """Excel writes a formula that was filled down once; where that cannot be kept, none of its cells is left calling
    it, and a rule of the sheet that is nothing without it is gone too."""
    with xlsxwriter.Workbook(tmp_path / "shop.xlsx") as made:
        sheet = made.add_worksheet("Mine")
        sheet.write_column("A1", [1, 2, 3])
        sheet.write_formula("B1", "=1", None, 5)
        sheet.write_formula("B2", "=2", None, 6)
        sheet.write_formula("B3", "=A3*2", None, 6)
        sheet.data_validation("C1", {"validate": "custom", "value": "=RESTOCK_FORECAST(A1:A3,7)>1"})
        rule = {"type": "formula", "criteria": "=RESTOCK_FORECAST(A1:A3,7)>1"}
        sheet.conditional_format("A1:A3", rule | {"format": made.add_format({"bold": True})})

    def shared(data: bytes) -> bytes:
        first = b'<f t="shared" ref="B1:B2" si="0">RESTOCK_FORECAST(A1:A3,7)</f>'
        return data.replace(b"<f>1</f>", first).replace(b"<f>2</f>", b'<f t="shared" si="0"/>')

    said = export(with_part(tmp_path / "shop.xlsx", "xl/worksheets/sheet1.xml", shared), "plain")
    assert said.path is not None
    cells = openpyxl.load_workbook(said.path)["Mine"]
    assert [cells[place].value for place in ("B1", "B2", "B3")] == [5, 6, "=A3*2"]
    assert any("2 formulas" in line for line in said.lines)
    assert not cells.data_validations.dataValidation
    assert not list(cells.conditional_formatting)


def test_a_text_that_speaks_of_macros_stays(tmp_path: Path) -> None:
    """Only what a button calls is taken away, however the file is called in which the macro stands."""
    with xlsxwriter.Workbook(tmp_path / "shop.xlsx") as made:
        made.add_worksheet()
    text = b'<row r="1"><c r="A1" t="inlineStr"><is><t>say macro="twice"</t></is></c></row>'
    button = b"<control macro=\"'My book.xlsm'!Secret\"/>"

    def changed(data: bytes) -> bytes:
        data = data.replace(b"<sheetData/>", b"<sheetData>%b</sheetData>" % text)
        return data.replace(b"</worksheet>", button + b"</worksheet>")

    copy = export(with_part(tmp_path / "shop.xlsx", "xl/worksheets/sheet1.xml", changed), "native").path
    assert copy is not None
    with zipfile.ZipFile(copy) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    assert b'say macro="twice"' in sheet
    assert b"Secret" not in sheet
