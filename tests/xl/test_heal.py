"""What a save by LibreOffice broke in a book of ours is put right, and said."""

from __future__ import annotations

import datetime as dt
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from restock_xl.package.book import Book
from restock_xl.package.cell_edit import NewFormula, set_cells
from restock_xl.package.function_names import restored
from restock_xl.recalculation import recalculate

from .books import LAMP, NOW, TODAY, make, parts, press, recalculated, saved_by_libreoffice
from .test_recompute import _alike

UNDER = 504
TYPED: dict[tuple[int, int], Any] = {
    (UNDER, 1): "LAMP-03", (UNDER, 2): "DE-HAM", (UNDER, 3): 90.0, (UNDER, 5): 4.0,
    (UNDER + 2, 1): "NEW-9", (UNDER + 2, 2): "US-LA", (UNDER + 2, 3): 12.0, (UNDER + 2, 5): 6.0,
}  # fmt: skip


def edit(path: Path, sheet: str, cells: dict[tuple[int, int], Any]) -> None:
    """Set cells in a sheet of a file, as a person would in a program that does not let tables grow."""
    part = Book(path).part_of_sheet(sheet)
    content = parts(path)
    content[part] = set_cells(content[part], cells)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)


@pytest.fixture(scope="module")
def libre(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pressed book of ours, a function of ours in a cell of the user's, saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("libre")
    path = make(folder / "lamp.xlsx", data=LAMP)
    press(path)
    edit(path, "Start", {(20, 1): NewFormula("RESTOCK_TIER(280,20)"), (21, 1): NewFormula('A20&"!"')})
    recalculate(path, TODAY, write=True)
    return saved_by_libreoffice(path, folder)


@pytest.fixture
def book(libre: Path, tmp_path: Path) -> Path:
    """A copy of its own for each test."""
    return Path(shutil.copy(libre, tmp_path / "lamp.xlsx"))


def test_what_libreoffice_does(book: Path) -> None:
    """The damage is there: names in small letters, no formulas in the table, an error in the user's cell."""
    content = parts(book)
    assert b"_xlfn.lambda(" in content["xl/workbook.xml"]
    assert not any(b"calculatedColumnFormula" in data for name, data in content.items() if "tables/" in name)
    assert openpyxl.load_workbook(book, data_only=True)["Start"]["A20"].value in ("#NAME?", "#VALUE!", "Err:508")


def test_names_and_table_are_put_right(book: Path) -> None:
    """Names stand in capitals again, the table knows its formulas, and each repair is a sentence."""
    found = recalculate(book, TODAY, write=True)
    assert any("capital" in sentence or "small letters" in sentence for sentence in found.healed)
    assert any("table knows the formulas" in sentence for sentence in found.healed)
    assert any("Start!A20" in sentence for sentence in found.healed)
    content = parts(book)
    assert b"_xlfn.lambda(" not in content["xl/workbook.xml"]
    assert b"_xlfn.LAMBDA(_xlpm.tier,_xlop.language" in content["xl/workbook.xml"]
    assert sum(data.count(b"<calculatedColumnFormula>") for name, data in content.items() if "tables/" in name) == 24
    shown = openpyxl.load_workbook(book, data_only=True)["Start"]
    assert (shown["A20"].value, shown["A21"].value) == ("YELLOW", "YELLOW!")


def test_a_second_time_there_is_nothing_to_mend(book: Path) -> None:
    """What was put right stays so: the second run says and writes nothing."""
    recalculate(book, TODAY, write=True)
    before = book.read_bytes()
    again = recalculate(book, TODAY, write=True)
    assert (again.healed, again.written) == ([], False)
    assert book.read_bytes() == before


def test_rows_typed_under_the_table(book: Path, tmp_path: Path) -> None:
    """Rows under the table get formulas in the style of the last row, the table reaches over them, and all agree."""
    edit(book, "Stock", TYPED)
    found = recalculate(book, TODAY, write=True)
    assert any(f"down to row {UNDER + 2}" in sentence for sentence in found.healed)
    table = next(ref for ref in Book(book).tables() if ref.name == "Stock")
    assert table.ref == f"A3:AF{UNDER + 2}"
    shown, formulas = (openpyxl.load_workbook(book, data_only=flag)["Stock"] for flag in (True, False))
    assert str(formulas[f"H{UNDER}"].value).startswith(f'=IF($A{UNDER}="",')
    assert [shown[f"I{row}"].value for row in (UNDER, UNDER + 1, UNDER + 2)] == [22.5, None, 2]
    assert [shown[f"H{row}"].value for row in (UNDER, UNDER + 2)] == ["GREEN", "RED"]
    assert formulas[f"H{UNDER}"].number_format == formulas["H503"].number_format
    computed = openpyxl.load_workbook(recalculated(book, tmp_path), data_only=True)["Stock"]
    for row in (4, UNDER, UNDER + 1, UNDER + 2):
        for cell, other in zip(shown[row], computed[row], strict=True):
            assert _alike(cell.value, other.value), cell.coordinate


def test_colours_and_checks_follow_the_table(book: Path) -> None:
    """What coloured and checked the table down to its end reaches its new end."""
    part = Book(book).part_of_sheet("Stock")
    before = parts(book)[part].decode()
    edit(book, "Stock", TYPED)
    recalculate(book, TODAY, write=True)
    after = parts(book)[part].decode()
    assert before.count(":L503") == after.count(f":L{UNDER + 2}") > 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_press_mends_too(tmp_path: Path, language: str) -> None:
    """The button mends the book before it plans, says so, and a second press writes nothing."""
    path = make(tmp_path / "lamp.xlsx", language, LAMP)
    press(path)
    book = saved_by_libreoffice(path, tmp_path)
    sheet = {"en": "Stock", "zh": "库存"}[language]
    edit(book, sheet, TYPED)
    outcome = press(book)
    assert outcome.changed
    assert len(outcome.healed) >= 3
    assert str(UNDER + 2) in " ".join(outcome.healed)
    shown = openpyxl.load_workbook(book, data_only=True)[sheet]
    assert shown[f"H{UNDER + 2}"].value == {"en": "RED", "zh": "红"}[language]
    again = press(book, now=NOW + dt.timedelta(minutes=1))
    assert (again.changed, again.healed) == (False, ())


def test_formulas_that_were_deleted_come_back(tmp_path: Path) -> None:
    """Calculated cells in which nothing stands get their formulas; what a person typed over them stays."""
    path = make(tmp_path / "lamp.xlsx", data=LAMP)
    press(path)
    part = Book(path).part_of_sheet("Stock")
    content = parts(path)[part].decode()
    for reference, put in (("H4", '<c r="H4" s="14"/>'), ("I5", '<c r="I5"><v>77</v></c>')):
        start = content.index(f'<c r="{reference}"')
        content = content[:start] + put + content[content.index("</c>", start) + 4 :]
    with_gap = parts(path) | {part: content.encode()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in with_gap.items():
            archive.writestr(name, data)
    found = recalculate(path, TODAY, write=True)
    assert found.healed == ["Stock: the formulas of 1 calculated cell that were missing or overwritten by their values "
                            "were put back."]  # fmt: skip
    shown = openpyxl.load_workbook(path, data_only=True)["Stock"]
    assert (shown["H4"].value, shown["I5"].value) == ("YELLOW", 77)


def test_other_peoples_tables_are_not_touched(tmp_path: Path) -> None:
    """A table called Stock in a book that is not ours stays as it is."""
    import xlsxwriter

    path = tmp_path / "own.xlsx"
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("Mine")
    sheet.add_table("A1:B3", {"name": "Stock", "columns": [{"header": "SKU"}, {"header": "Tier"}]})
    sheet.write_row("A5", ["x", "=A5"])
    workbook.close()
    before = path.read_bytes()
    found = recalculate(path, TODAY, write=True)
    assert found.healed == []
    assert path.read_bytes() == before or found.differences


@pytest.mark.parametrize(
    ("formula", "right"),
    [
        ("_xlfn.lambda(_xlop.y,_xlfn.isomitted(_xlpm.y))", "_xlfn.LAMBDA(_xlop.y,_xlfn.ISOMITTED(_xlpm.y))"),
        ("_xlfn.norm.s.inv(A1)", "_xlfn.NORM.S.INV(A1)"),
        ("_xlfn._xlws.filter(A1:A3,'_xlfn.let'!A1)", "_xlfn._xlws.FILTER(A1:A3,'_xlfn.let'!A1)"),
        ('"_xlfn.let ""x"" "&_xlfn.let(_xlpm.a,1,_xlpm.a)', '"_xlfn.let ""x"" "&_xlfn.LET(_xlpm.a,1,_xlpm.a)'),
        ("sum(A1)+_xlfn.IFS(A1,1)", "sum(A1)+_xlfn.IFS(A1,1)"),
    ],
)  # fmt: skip
def test_names_of_functions(formula: str, right: str) -> None:
    """Only names behind the prefix change, never variables, texts or sheet names."""
    assert restored(formula) == right
