"""The workbook with macros: its flavours, its buttons and ribbon, and what a recompute without Excel leaves alone."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from restock.errors import WorkbookError
from restock.functions.lambda_names import lambda_names
from restock_xl.exports.export import export_book
from restock_xl.new import make_book
from restock_xl.package.book import Book
from restock_xl.package.macro_project import has_our_macros
from restock_xl.package.relationships import ROOT, relationships
from restock_xl.sheets.buttons import MACROS

from .books import LAMP, NOW, press
from .graft_proof import VALIDATOR, sdk_errors
from .macro_books import need_packages, project_of

need_packages()

from restock_xl.hosts.excel.macro_book import write_macro_book  # noqa: E402
from restock_xl.sheets.new_book import new_book  # noqa: E402

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A new book of each flavour, by path of a person who writes Chinese."""
    folder = tmp_path_factory.mktemp("我的 库存")
    books = {flavour: folder / f"{flavour} 库存.xlsm" for flavour in ("python", "native")}
    for flavour, path in books.items():
        make_book(path, "zh" if flavour == "python" else "en", flavour)
    return books


@pytest.fixture(scope="module")
def pressed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A python book with rows as it was made, and after a press without Excel."""
    folder = tmp_path_factory.mktemp("pressed")
    plain, before, after = folder / "plain.xlsx", folder / "before.xlsm", folder / "after.xlsm"
    new_book(plain, "en", LAMP, native=True, named=False, buttons=True)
    write_macro_book(plain, before, "en")
    shutil.copyfile(before, after)
    assert press(after).changed
    return before, after


def _buttons(book: Path, key: str) -> list[tuple[str, str]]:
    """Macro and caption of each button on a sheet of ours."""
    found = Book(book)
    name = found.owned().get(key) or next(name for name in found.sheet_names if name in (key, "开始"))
    part = found.part_of_sheet(name)
    drawings = [one.target for one in relationships(found.archive, part) if one.kind == "vmlDrawing"]
    text = "".join(found.archive.read(drawing).decode() for drawing in drawings)
    macros = re.findall(r"<x:FmlaMacro>\[0\]!(\w+)</x:FmlaMacro>", text)
    return list(zip(macros, re.findall(r"<font[^>]*>([^<]*)</font>", text), strict=True))


@pytest.mark.parametrize("flavour", ["python", "native"])
@pytest.mark.parametrize("key", ["Start", "Today"])
def test_buttons_call_macros_that_are_there(made: dict[str, Path], flavour: str, key: str) -> None:
    """Start and Today show every command in the book's language, each bound to a macro of the project."""
    found = _buttons(made[flavour], key)
    assert [macro for macro, _ in found] == list(MACROS.values())
    assert all(caption.isascii() == (flavour == "native") for _, caption in found)


@pytest.mark.parametrize("flavour", ["python", "native"])
def test_the_ribbon_shows_the_same_commands(made: dict[str, Path], flavour: str) -> None:
    """The package leads to a ribbon with a button and an icon for each command."""
    archive = Book(made[flavour]).archive
    part = next(one.target for one in relationships(archive, ROOT) if one.kind == "extensibility")
    text = archive.read(part).decode()
    assert re.findall(r'<button id="restock_(\w+)"', text) == list(MACROS)
    assert len(re.findall(r'imageMso="\w+" onAction="RestockRibbon"', text)) == len(MACROS)
    assert text.isascii() == (flavour == "native")


def test_a_name_and_a_vba_function_never_share_a_file(made: dict[str, Path]) -> None:
    """A native book carries the LAMBDA names and no VBA functions, a python book the reverse."""
    names = {name.name for name in lambda_names()}
    carried = {flavour: set(openpyxl.load_workbook(path).defined_names) for flavour, path in made.items()}
    assert names <= carried["native"]
    assert not names & carried["python"]
    assert "RestockFunctions".encode("utf-16-le") in project_of(made["python"])
    assert "RestockFunctions".encode("utf-16-le") not in project_of(made["native"])


@pytest.mark.parametrize("flavour", ["python", "native"])
def test_excel_has_no_reason_to_calculate_on_opening(made: dict[str, Path], flavour: str) -> None:
    """The file names a recent engine and asks for no full calculation: without Python the last values stay."""
    book = Book(made[flavour])
    calculation = next(book.tree.iter(f"{MAIN}calcPr"))
    assert int(calculation.get("calcId", "0")) >= 191029
    assert calculation.get("fullCalcOnLoad") in (None, "0")


@pytest.mark.parametrize("flavour", ["python", "native"])
def test_only_a_python_book_asks_in_its_columns(made: dict[str, Path], flavour: str) -> None:
    """A column of Stock asks Python in a python book; a native book's columns are plain and need no name."""
    path = made[flavour]
    sheet = openpyxl.load_workbook(path)[Book(path).sheet_names[2]]
    assert any("RESTOCK_COVER_BY_NEED(" in str(cell.value) for cell in sheet[4]) == (flavour == "python")
    assert any(str(cell.value).startswith("=") for cell in sheet[4])


def test_a_recompute_without_excel_leaves_the_macros_alone(pressed: tuple[Path, Path]) -> None:
    """After a press of the command line the project, the ribbon and the content types of both are as they were."""
    before, after = pressed
    assert project_of(before) == project_of(after)
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after) as new:
        assert old.read("customUI/customUI.xml") == new.read("customUI/customUI.xml")
        for text in (b"vnd.ms-office.vbaProject", b"sheet.macroEnabled.main+xml"):
            assert text in new.read("[Content_Types].xml")
    code_names = [re.search(rb'codeName="(\w+)"', Book(after).archive.read(Book(after).part_of_sheet(name)))
                  for name in Book(after).sheet_names]  # fmt: skip
    count = len(Book(before).sheets)
    assert [found.group(1).decode() for found in code_names if found] == [f"Sheet{k}" for k in range(1, count + 1)]


def test_today_keeps_its_buttons_after_a_press(pressed: tuple[Path, Path]) -> None:
    """Today is written anew with its buttons, and its sentences name them."""
    _, after = pressed
    assert [macro for macro, _ in _buttons(after, "Today")] == list(MACROS.values())
    shown = [str(cell.value) for row in openpyxl.load_workbook(after)["Today"].iter_rows() for cell in row]
    assert any("press Recompute" in text for text in shown)
    assert not any("restock recompute" in text for text in shown)


def test_a_second_press_changes_nothing(pressed: tuple[Path, Path]) -> None:
    """The same press again finds everything as it is."""
    _, after = pressed
    assert not press(after, now=NOW + dt.timedelta(minutes=5)).changed


def test_the_days_left_are_those_of_a_plain_book(pressed: tuple[Path, Path], tmp_path: Path) -> None:
    """The column that asks Python shows what the plain formulas of an .xlsx show."""
    _, after = pressed
    plain = tmp_path / "plain.xlsx"
    new_book(plain, "en", LAMP)
    press(plain)

    def column(path: Path) -> list[Any]:
        sheet = openpyxl.load_workbook(path, data_only=True)["Stock"]
        place = [cell.value for cell in sheet[3]].index("Days left")
        return [row[place].value for row in sheet.iter_rows(min_row=4, max_row=12)]

    assert column(after) == column(plain)


def test_a_copy_of_values_has_no_macros_and_misses_no_buttons(pressed: tuple[Path, Path], tmp_path: Path) -> None:
    """The teammates' copy carries neither project nor ribbon, and says nothing of buttons as if they were charts."""
    _, after = pressed
    found = export_book(after, tmp_path, None, None, NOW.date(), NOW)
    assert found.path is not None
    with zipfile.ZipFile(found.path) as package:
        assert not [name for name in package.namelist() if "vba" in name or "customUI" in name]
    assert len(found.lines) == 2
    assert "Charts, Explain" in found.lines[1]
    assert "Today" not in found.lines[1]


@pytest.mark.parametrize("form", ["plain", "native"])
def test_a_copy_that_calculates_has_no_dead_buttons(pressed: tuple[Path, Path], tmp_path: Path, form: str) -> None:
    """A copy without macros shows no buttons of ours, which nothing would answer."""
    found = export_book(pressed[1], tmp_path, form, None, NOW.date(), NOW)
    assert found.path is not None
    assert _buttons(found.path, "Today") == _buttons(found.path, "Start") == []
    with zipfile.ZipFile(found.path) as package:
        assert not any(b"Recompute</font>" in package.read(name) for name in package.namelist())


def test_a_plain_book_has_no_buttons(tmp_path: Path) -> None:
    """An .xlsx gets none of it, before and after a press."""
    path = tmp_path / "book.xlsx"
    new_book(path, "en", LAMP)
    press(path)
    assert not has_our_macros(Book(path))
    assert _buttons(path, "Today") == []


@pytest.mark.parametrize(
    ("name", "flavour", "says"),
    [
        ("b.xlsm", "plain", "flavour python"),
        ("b.xlsx", "python", "only an .xlsm"),
        ("b.xls", None, "must end in .xlsx"),
    ],
)
def test_flavours_that_do_not_fit_are_refused(tmp_path: Path, name: str, flavour: str | None, says: str) -> None:
    """A flavour that the file cannot have gets a sentence and no file."""
    with pytest.raises(WorkbookError, match=says):
        make_book(tmp_path / name, "en", flavour)
    assert list(tmp_path.iterdir()) == []


def test_missing_packages_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyOpenVBA the sentence says what to install, and no file is left."""

    def refuse(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr("restock_xl.hosts.excel.macro_book.import_module", refuse)
    with pytest.raises(WorkbookError, match=r'pip install "restock\[excel\]"'):
        make_book(tmp_path / "b.xlsm")
    assert list(tmp_path.iterdir()) == []


def test_open_xml_validator(made: dict[str, Path], pressed: tuple[Path, Path]) -> None:
    """Microsoft's own validator of the file format finds nothing, where it is installed."""
    if not VALIDATOR:
        pytest.skip("OOXML_VALIDATOR names no validator of the Open XML SDK")
    assert {book.name: sdk_errors(book) for book in (*made.values(), pressed[1])} == {
        book.name: {} for book in (*made.values(), pressed[1])
    }
