"""Recalculating workbook files: what is found, what is written, and what is never touched."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import time
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

import restock_xl
from restock.errors import RestockError, WorkbookError
from restock.functions.values import CellError
from restock.text import Words
from restock_xl.recalculation import Recalculation, recalculate
from restock_xl.report import calculation_lines

from .books import parts
from .test_bad_input import run

DAY = dt.date(2026, 11, 23)
CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "files"
_CELL_VALUE = re.compile(
    rb'(<c r="[A-Z]+\d+"(?: s="\d+")?)(?: t="\w+")?((?: cm="\d+")?)(?: vm="\d+")?>(<f.*?)(?:<v.*?)?</c>'
)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A user's book whose formulas all show 0, as a program that does not compute leaves them."""
    path = tmp_path / "shop.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet, other = book.add_worksheet("Prices"), book.add_worksheet("My Notes")
    bold = book.add_format({"bold": True})
    sheet.write_row("A1", ["Item", "Units", "Price", "Sum", "Day"])
    for row in range(2, 6):
        sheet.write_row(row - 1, 0, [f"SKU-{row}", row, 1.5])
        sheet.write_formula(row - 1, 3, f"=B{row}*C{row}", bold, 0)
        sheet.write_formula(row - 1, 4, f"=TODAY()+B{row}", None, 0)
    sheet.write_formula("G1", '=CUBEVALUE("a","b")', None, 42)
    sheet.write_formula("G2", "=G1+1", None, 43)
    sheet.write_formula("G3", "=[1]Other!A1", None, "kept")
    other.write_formula("A1", '="Sum "&SUM(Prices!D2:D5)', None, "")
    other.write_array_formula("B1:B3", "{=Prices!B2:B4*10}", None, 0)
    book.close()
    return path


def test_what_every_formula_shows(shop: Path) -> None:
    """Every formula cell has its value by sheet and reference, whatever the case; other cells have none."""
    found = restock_xl.recalculate(shop, DAY)
    assert isinstance(found, Recalculation)
    assert [found.values["Prices", f"D{row}"] for row in range(2, 6)] == [3.0, 4.5, 6.0, 7.5]
    assert found.values["prices", "e2"] == 46351.0
    assert found.values["My Notes", "A1"] == "Sum 21"
    assert [found.values["My Notes", f"B{row}"] for row in (1, 2, 3)] == [20.0, 30.0, 40.0]
    assert ("Prices", "B2") not in found.values
    assert ("Nowhere", "A1") not in found.values
    assert ("Prices", "nonsense") not in found.values
    assert len(found.values) == len(list(found.values)) == 15


def test_changed_and_unsupported(shop: Path) -> None:
    """Cells that differ come with both values; what cannot be computed keeps its value and says why."""
    found = recalculate(shop, DAY)
    assert found.changed["Prices", "D3"] == (0.0, 4.5)
    assert found.changed["My Notes", "A1"] == (None, "Sum 21")
    assert found.differences == len(found.changed) == 12
    kept = {one.cell: one for one in found.unsupported}
    assert {cell: one.key for cell, one in kept.items()} == {
        "G1": "formula.function", "G2": "formula.depends", "G3": "formula.other_workbook",
    }  # fmt: skip
    assert kept["G1"].reason.startswith("Prices!G1: CUBEVALUE cannot be computed here")
    assert kept["G1"].sentence(Words("zh")).startswith("Prices表G1：")
    assert [found.values["Prices", f"G{row}"] for row in (1, 2, 3)] == [42.0, 43.0, "kept"]


def test_a_question_writes_nothing(shop: Path, tmp_path: Path) -> None:
    """Without being told to, nothing is written, no backup is made, and no file appears."""
    before = shop.read_bytes()
    found = recalculate(shop, DAY)
    assert (found.written, found.backup, found.path) == (False, None, shop)
    assert shop.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["shop.xlsx"]


def test_only_values_of_formula_cells_change(shop: Path) -> None:
    """In the written book every part but the sheets is the same, and the sheets but for values and their types."""
    before = parts(shop)
    found = recalculate(shop, DAY, write=True)
    assert found.written
    assert found.backup is not None
    after = parts(shop)
    assert list(after) == list(before)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}
    first = "xl/worksheets/sheet1.xml"
    assert _without_values(before[first]) == _without_values(after[first])
    shown = openpyxl.load_workbook(shop, data_only=True)
    assert [shown["Prices"][f"D{row}"].value for row in range(2, 6)] == [3, 4.5, 6, 7.5]
    assert [shown["My Notes"][f"B{row}"].value for row in (1, 2, 3)] == [20, 30, 40]
    assert openpyxl.load_workbook(shop)["Prices"]["D2"].font.bold


def _without_values(sheet: bytes) -> bytes:
    return _CELL_VALUE.sub(rb"\1\2>\3</c>", sheet)


def test_a_book_that_is_right_is_not_written(shop: Path) -> None:
    """A second time nothing differs: no file is written and no backup made."""
    recalculate(shop, DAY, write=True)
    before = shop.read_bytes(), shop.stat().st_mtime_ns
    again = recalculate(shop, DAY, write=True)
    assert (again.differences, again.written, again.backup) == (0, False, None)
    assert (shop.read_bytes(), shop.stat().st_mtime_ns) == before
    assert len(list((shop.parent / "restock-backups").iterdir())) == 1


def test_another_file(shop: Path, tmp_path: Path) -> None:
    """With `out` the result is another file, the book stays; the book itself as `out` is written in place."""
    before = shop.read_bytes()
    found = recalculate(shop, DAY, out=tmp_path / "out.xlsx")
    assert (found.path, found.backup) == (tmp_path / "out.xlsx", None)
    assert shop.read_bytes() == before
    assert recalculate(found.path, DAY).differences == 0
    assert recalculate(shop, DAY, out=shop).backup is not None


def test_the_day_is_the_computers_unless_given(shop: Path) -> None:
    """TODAY() is the day that was given, else the computer's."""
    found = recalculate(shop)
    day = dt.date(1899, 12, 30) + dt.timedelta(days=float(str(found.values["Prices", "E2"])) - 2)
    assert abs((day - dt.date.today()).days) <= 1


def test_open_and_missing_books(shop: Path) -> None:
    """A book that is open elsewhere is not written, and is still read; a missing one is a sentence."""
    (shop.parent / "~$shop.xlsx").write_bytes(b"x")
    assert recalculate(shop, DAY).differences
    with pytest.raises(WorkbookError, match="open"):
        recalculate(shop, DAY, write=True)
    with pytest.raises(WorkbookError, match="no file"):
        recalculate(shop.parent / "nowhere.xlsx")
    with pytest.raises(WorkbookError, match="folder"):
        recalculate(shop.parent)


@pytest.fixture
def spilled(tmp_path: Path) -> Path:
    """A book with arrays that spill: one stored too short, one too long, one in the way of something typed."""
    path = tmp_path / "spilled.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("S")
    red = book.add_format({"font_color": "red"})
    sheet.write_column("A1", [3, 1, 2])
    sheet.write_dynamic_array_formula("C1:C2", "=SORT(A1:A3)", red, 9)
    sheet.write_dynamic_array_formula("E1:E5", "=FILTER(A1:A3,A1:A3>1)", red, 9)
    for row in range(1, 5):
        sheet.write_number(row, 4, 9, red)
    sheet.write_dynamic_array_formula("G1:G1", "=A1:A3*1", None, 3)
    sheet.write_string("G3", "typed")
    sheet.write_dynamic_array_formula("I1:I1", "=FILTER(A1:A3,A1:A3>9)", None, 0)
    sheet.write_formula("K1", "=SUM(_xlfn.ANCHORARRAY(C1))+C3", None, 0)
    book.close()
    return path


def test_arrays_that_change_their_size(spilled: Path) -> None:
    """A range that grows writes plain cells, one that shrinks empties them in their style; its reference follows."""
    recalculate(spilled, DAY, write=True)
    sheet = parts(spilled)["xl/worksheets/sheet1.xml"].decode()
    assert 'ref="C1:C3"' in sheet
    assert 'ref="E1:E2"' in sheet
    shown = openpyxl.load_workbook(spilled, data_only=True)["S"]
    assert [shown[f"C{row}"].value for row in range(1, 4)] == [1, 2, 3]
    assert [shown[f"E{row}"].value for row in range(1, 6)] == [3, 2, None, None, None]
    assert shown["E4"].font.color.rgb == "FFFF0000"
    assert (shown["G3"].value, shown["G2"].value) == ("typed", None)
    assert shown["K1"].value == 9
    again = recalculate(spilled, DAY, write=True)
    assert (again.differences, again.written) == (0, False)


@pytest.mark.parametrize(
    ("stored", "rows", "columns"),
    [("C1:D2", 3, 1), ("C1:C5", 1, 4), ("C1:F1", 4, 1), ("C1:F4", 1, 1), ("C1:C1", 4, 4), ("C1:D3", 3, 2)],
    ids=["taller, narrower", "a row now", "a column now", "one cell now", "from one cell", "as before"],
)
def test_arrays_that_change_their_shape(tmp_path: Path, stored: str, rows: int, columns: int) -> None:
    """Whatever shape an array had and has, its cells hold its values, those that it left are blank, others stay."""
    path = tmp_path / "shape.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("S")
    sheet.write_string("A1", "typed")
    sheet.write_dynamic_array_formula(stored, f"=SEQUENCE({rows},{columns})", None, 9)
    left, bottom = sheet.dim_colmax, sheet.dim_rowmax
    for row in range(bottom + 1):
        for column in range(2, left + 1):
            if (row, column) != (0, 2):
                sheet.write_number(row, column, 9)
    sheet.write_string("H6", "behind")
    book.close()
    recalculate(path, DAY, write=True)
    shown = openpyxl.load_workbook(path, data_only=True)["S"]
    values = {cell.coordinate: cell.value for line in shown.iter_rows() for cell in line if cell.value is not None}
    spill = {
        f"{'CDEF'[column]}{row + 1}": row * columns + column + 1 for row in range(rows) for column in range(columns)
    }
    assert values == {"A1": "typed", "H6": "behind"} | spill
    last = f"{'CDEF'[columns - 1]}{rows}"
    wanted = "C1" if last == "C1" else f"C1:{last}"
    assert f'ref="{wanted}"' in parts(path)["xl/worksheets/sheet1.xml"].decode().replace("C1:C1", "C1")
    assert recalculate(path, DAY, write=True).differences == 0


def test_newer_errors_are_stored_as_excel_stores_them(spilled: Path) -> None:
    """#SPILL! and #CALC! are values, stored as #VALUE!, which is then no difference."""
    found = recalculate(spilled, DAY, write=True)
    assert found.values["S", "G1"] == CellError("#SPILL!")
    assert found.values["S", "I1"] == CellError("#CALC!")
    sheet = parts(spilled)["xl/worksheets/sheet1.xml"].decode()
    assert re.search(r'<c r="I1"[^>]* t="e"[^>]*>.*?<v>#VALUE!</v></c>', sheet)


def test_a_function_of_the_books_own_wins(tmp_path: Path) -> None:
    """Where the book defines a function of our name that answers otherwise, its answer is stored and that is said."""
    path = tmp_path / "own.xlsx"
    book = xlsxwriter.Workbook(path)
    book.define_name("RESTOCK_DAYS_OF_COVER", "=_xlfn.LAMBDA(_xlpm.a,_xlpm.b,_xlpm.a+_xlpm.b)")
    book.add_worksheet("S").write_formula("A1", "=RESTOCK_DAYS_OF_COVER(280,20)", None, 0)
    book.close()
    found = recalculate(path, DAY)
    assert found.values["S", "A1"] == 300
    assert len(found.notes) == 1
    assert found.notes[0].startswith("S!A1: this book has a RESTOCK_DAYS_OF_COVER of its own")


def test_the_command_line(shop: Path) -> None:
    """calc --check lists both values of each cell and exits with 1 while any differ; calc writes; then all is well."""
    before = shop.read_bytes()
    check = run("calc", str(shop), "--check", "--today", "2026-11-23")
    assert check.returncode == 1
    assert "Prices!D3: shows 0, should show 4.5" in check.stdout
    assert "Prices!G1: CUBEVALUE cannot be computed here" in check.stdout
    assert shop.read_bytes() == before
    written = run("calc", str(shop), "--today", "2026-11-23")
    assert (written.returncode, "restock-backups" in written.stdout) == (0, True)
    right = run("calc", str(shop), "--check", "--today", "2026-11-23")
    assert (right.returncode, "0 different, 3 kept" in right.stdout) == (0, True)
    other = run("calc", str(shop), "--out", str(shop.parent / "copy.xlsx"), "--today", "2026-11-24")
    assert other.returncode == 0
    assert (shop.parent / "copy.xlsx").exists()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_report_speaks_both_languages(shop: Path, language: str) -> None:
    """What is printed is in the language asked for."""
    words = Words(language, today=DAY)
    lines = calculation_lines(recalculate(shop, DAY, words=words), words, check=True)
    chinese = [line for line in lines if re.search("[\u4e00-\u9fff]", line)]
    assert len(chinese) == (len(lines) if language == "zh" else 0)


def test_a_million_shapes_do_not_hang(tmp_path: Path) -> None:
    """A sheet of formulas that all differ ends in bounded time; those beyond the limit are reported."""
    path = tmp_path / "shapes.xlsx"
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    for row in range(3_000):
        sheet.write_formula(row, 0, f"={row}+{'+'.join(f'B{row * 7 + k}' for k in range(1, 3))}", None, 0)
    book.close()
    start = time.process_time()
    assert len(recalculate(path, DAY).values) == 3_000
    assert time.process_time() - start < 20


def corpus() -> list[Any]:
    """Workbooks that nobody here wrote."""
    if not CORPUS.is_dir():
        absent = pytest.mark.skip(reason="../shared/corpus is not here: no workbooks of other programs to try")
        return [pytest.param(None, marks=absent, id="absent")]
    files = (file for file in sorted(CORPUS.iterdir()) if file.suffix.startswith(".xls"))
    return [pytest.param(file, id=file.name[:60]) for file in files]


@pytest.mark.parametrize("file", corpus())
def test_real_workbooks(tmp_path: Path, file: Path) -> None:
    """Every real workbook is recalculated or refused with a sentence; it stays as it is, and its copy is right."""
    before = file.read_bytes()
    try:
        found = recalculate(file, DAY)
    except WorkbookError:
        assert file.read_bytes() == before
        return
    assert all(one.reason for one in found.unsupported)
    out = tmp_path / f"out{file.suffix}"
    try:
        recalculate(file, DAY, out=out)
    except WorkbookError:
        return
    assert file.read_bytes() == before
    assert recalculate(out, DAY).changed == {}
    changed = {name for name, data in _parts(file).items() if _parts(out).get(name) != data}
    assert all("worksheets/" in name for name in changed - ({"xl/workbook.xml"} if found.healed else set()))


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}


def damages(data: bytes) -> list[bytes]:
    """Return what becomes of a part on a bad disk or in bad hands."""
    middle = len(data) // 2
    return [
        data[:middle],
        data[:middle] + b"\xff\xfe<&" + data[middle:],
        data.replace(b"</c>", b"", 1),
        data.replace(b'r="A', b'r="XFE', 3),
        data.replace(b"<v>", b"<v>x", 5),
        data.replace(b"<row ", b"<row <", 1),
        b'<!DOCTYPE a [<!ENTITY b "c">]>' + data,
        re.sub(rb'ref="[^"]*"', b'ref="A1:XFD1048576"', data),
        re.sub(rb'si="\d+"', b'si="7"', data),
        re.sub(rb"<f>([^<]*)</f>", rb"<f>((((\1</f>", data),
        re.sub(rb"<f>([^<]*)</f>", lambda found: b"<f>" + found[1] * 300 + b"</f>", data, count=20),
    ]


@pytest.mark.parametrize("file", corpus()[::12])
def test_damaged_workbooks(tmp_path: Path, file: Path) -> None:
    """A damaged copy is recalculated or refused with a sentence, in bounded time, and nothing else is raised."""
    try:
        content = _parts(file)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
        pytest.skip("no zip file to begin with")
    names = [name for name in content if re.search(r"sheet\d*\.xml$|workbook\.xml$|sharedStrings\.xml$|table", name)]
    start = time.process_time()
    for name in names[:4]:
        for place, data in enumerate(damages(content[name])):
            path = tmp_path / f"damaged-{place}{file.suffix}"
            with zipfile.ZipFile(path, "w") as archive:
                for other, kept in content.items():
                    archive.writestr(other, data if other == name else kept)
            with contextlib.suppress(RestockError):
                recalculate(path, DAY)
    assert time.process_time() - start < 120
