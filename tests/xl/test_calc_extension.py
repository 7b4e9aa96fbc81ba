"""The Calc extension in a real LibreOffice: functions in cells, names in files, commands of the menu."""

from __future__ import annotations

import json
import shutil
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import xlsxwriter

from restock.functions.addin import methods
from restock_xl.hosts.libreoffice.extension import build_oxt
from restock_xl.package.read import read_book
from restock_xl.sheets import layout
from tests.xl.books import LAMP, make
from tests.xl.offices import RunningOffice

if TYPE_CHECKING:
    import xlwings

TEMPLATES = Path(__file__).parent.parent.parent / "templates"
CALLS: dict[str, tuple[str, Any]] = {
    "a tier": ("=RESTOCK_TIER(30,10)", "ORANGE"),
    "in Chinese": ('=RESTOCK_TIER(30,10,,,,,"zh")', "橙"),
    "an argument left out": ("=RESTOCK_TIER(30,10,,2)", "ORANGE"),
    "a range": ("=RESTOCK_COVER_BY_NEED(5,{3;7;15},{2;6;20})", 6.0),
    "a blank in a range": ("=RESTOCK_TIER(B9:B9,10)", "NO DATA"),
    "text where a number belongs": ('=IF(ERROR.TYPE(RESTOCK_TIER("x",10))=3,"#VALUE!")', "#VALUE!"),
    "a number out of range": ('=IF(ERROR.TYPE(RESTOCK_DAYS_OF_COVER(-1E20,10))=6,"#NUM!")', "#NUM!"),
    "an error passed through": ('=IF(ISNA(RESTOCK_TIER(NA(),10)),"#N/A")', "#N/A"),
    "an answer that does not exist": ('=IF(ISNA(RESTOCK_RUNOUT_DATE(46349,5,0)),"#N/A")', "#N/A"),
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_template_and_the_function_agree(libreoffice: xlwings.App, tmp_path: Path, language: str) -> None:
    """Stock typed into the template shows its tier, and =RESTOCK_TIER() gives the same through the extension."""
    path = tmp_path / "补货 book.xlsx"
    shutil.copy(TEMPLATES / f"restock.{language}.xlsx", path)
    names = {name.get("name"): name.text for name in read_book(path).book.defined_names}
    book = libreoffice.books.open(path)
    stock = book.sheets["Stock" if language == "en" else "库存"]
    stock["A4:E4"].value = ["LAMP-03", None, 30, None, 10]
    stock["AG4"].formula = f'=RESTOCK_TIER(N4,O4,,,,,"{language}")'
    shown = stock["H4"].value, stock["AG4"].value
    book.save()
    book.close()
    assert shown == (("ORANGE",) * 2 if language == "en" else ("橙",) * 2)
    assert openpyxl.load_workbook(path)[stock_name(language)]["AG4"].value == f'=RESTOCK_TIER(N4,O4,,,,,"{language}")'
    kept = {name.get("name"): name.text for name in read_book(path).book.defined_names}
    ours = {name: text for name, text in names.items() if name and name.startswith("RESTOCK_")}
    assert ours.keys() <= kept.keys()
    assert all(str(kept[name]).startswith("_xlfn.LAMBDA(") for name in ours)


def stock_name(language: str) -> str:
    """The tab of Stock in a template."""
    return layout.TAB_BY_KEY["Stock"].name(language)


@pytest.fixture(scope="module")
def answers(libreoffice: xlwings.App, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the calls give in a file that another program wrote, before anything is typed again."""
    path = tmp_path_factory.mktemp("calls") / "calls.xlsx"
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet()
    for row, (formula, _) in enumerate(CALLS.values()):
        sheet.write_formula(row, 0, formula, None, "stored")
    made.close()
    book = libreoffice.books.open(path)
    book.app.calculate()
    values = book.sheets[0].range((1, 1), (len(CALLS), 1)).value
    texts = [row[0] for row in book.sheets[0].range((1, 1), (len(CALLS), 1)).formula]
    book.save()
    book.close()
    stored = [row[0] for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True)]
    return {"values": dict(zip(CALLS, values, strict=True)), "texts": texts, "stored": stored}


@pytest.mark.parametrize("case", CALLS)
def test_functions_of_an_opened_file_answer(answers: dict[str, Any], case: str) -> None:
    """Formulas of an .xlsx find our functions as the file is opened; errors are errors."""
    assert answers["values"][case] == CALLS[case][1]


def test_files_carry_the_names_that_excel_knows(answers: dict[str, Any]) -> None:
    """Neither what is read back nor what is saved has LibreOffice's own names for our functions."""
    assert not [text for text in (*answers["texts"], *answers["stored"]) if "ORG." in text or "restock_" in text]
    assert answers["stored"][0] == "=RESTOCK_TIER(30,10)"


def test_a_single_blank_cell_comes_as_nought(libreoffice: xlwings.App) -> None:
    """LibreOffice hands an add-in 0 for one blank cell (CONVENTIONS §22); as a range it is blank."""
    book = libreoffice.books.add()
    sheet = book.sheets[0]
    sheet["A1"].formula = "=RESTOCK_TIER(B9,10)"
    sheet["A2"].formula = "=RESTOCK_TIER(B9:B9,10)"
    found = sheet["A1:A2"].value
    book.close()
    assert found == ["RED", "NO DATA"]


def test_the_menu_runs_our_python(office: RunningOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check says what was read, Recompute writes the sheets into the open book, Explain shows the selected row."""
    for name in ("Stock", "Sales", "Catalog"):
        monkeypatch.setitem(layout.PREMADE_ROWS, name, 12)
    book = office.app.books.open(make(tmp_path / "库存 book.xlsx", "en", LAMP))
    checked = office.command("check", book)
    pressed = office.command("recompute", book)
    today = book.sheets["Today"]["A1"].value
    book.sheets["Stock"].activate()
    book.sheets["Stock"]["B5"].select()
    explained = office.command("explain", book)
    chosen = book.sheets["Explain"]["B3:B4"].value, book.sheets.active.name
    book.close()
    assert "6 rows of Stock" in checked
    assert "RED" in pressed
    assert str(tmp_path / "restock-backups") in pressed
    assert today.startswith("Restock · Today")
    assert (explained, chosen) == ("", (["MUG-11", "US-LA"], "Explain"))


def test_the_extension_shows_menu_and_toolbar_in_both_languages(tmp_path: Path) -> None:
    """Every command stands in the menu and in the toolbar, in English and Chinese, and calls our service."""
    pytest.importorskip("restock_xl.live_commands", reason="the buttons' names are not part of this build")
    oxt = build_oxt(tmp_path / "restock.oxt")
    space = "{http://openoffice.org/2001/registry}"
    with zipfile.ZipFile(oxt) as package:
        addons = ET.fromstring(package.read("Addons.xcu"))
        listed = ET.fromstring(package.read("META-INF/manifest.xml"))
        places = json.loads(package.read("places.json"))
        names = package.namelist()
        idl = package.read("XRestockFunctions.idl").decode()
    urls = [node.findtext("value") for node in addons.iter("prop") if node.get(f"{space}name") == "URL"]
    commands = ("recompute", "export", "check", "explain", "last_backup")
    assert urls == [f"service:org.restock.Commands?{command}" for command in commands] * 2
    titles = [len(list(node)) for node in addons.iter("prop") if node.get(f"{space}name") == "Title"]
    assert titles == [2] * 11
    assert {entry.get("{http://openoffice.org/2001/manifest}full-path") for entry in listed} <= set(names)
    assert all(f"any {method}(" in idl for method in methods())
    assert all(Path(folder).is_dir() for folder in (*places["sources"], *places["packages"]))
