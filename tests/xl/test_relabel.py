"""A book in the other language: the same data, labels and formulas that follow, or a list and nothing written."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from restock.schema.inputs import INPUT_TABLES
from restock.text import Words, say
from restock_xl.package.read import BookContents, read_book
from restock_xl.relabel.relabel import Relabelled, relabel_book
from restock_xl.sheets import layout
from restock_xl.sheets.layout import tab_names

from .books import LAMP, NOW, TODAY, make, parts, press
from .macro_books import need_packages
from .own_books import bare

TYPED: dict[str, Any] = LAMP | {
    "Catalog": [row | {"class": word, "transferable": "no"}
                for row, word in zip(LAMP["Catalog"], ("profit", "slow"), strict=True)],
    "Inbound": [row | {"state": "shipped"} for row in LAMP["Inbound"]],
    "Sales": [{"date": dt.date(2026, 11, 20), "sku": "MUG-11", "warehouse": "US-LA", "qty": 4, "in_stock": "yes"}],
}  # fmt: skip
FOLLOWS = {
    "=SUM(Stock[On hand* (units)])": "SUM(Stock[[实物库存*(件)]])",
    "=Stock!C4*2": "库存!C4*2",
    "=SUMIFS(Sales[Quantity* (units)],Sales[SKU*],Stock!A5)": "SUMIFS(Sales[[销量*(件)]],Sales[[货号 SKU*]],库存!A5)",
    '=SUM(INDIRECT("Stock!C4:C6"))': 'SUM(INDIRECT("库存!C4:C6"))',
    '=IF(OR(Stock!H4="YELLOW",Stock!H4="黄"),1,0)': 'IF(OR(库存!H4="YELLOW",库存!H4="黄"),1,0)',
    "=COUNTA(Alerts[SKU])+Mine": "COUNTA(Alerts[货号 SKU])+Mine",
    '=IF(Stock!C4>5,"no","new")': 'IF(库存!C4>5,"no","new")',
}
"""Formulas of the user's that can follow, and what they become."""
STOPS = {
    '=IF(Stock!H4="RED",1,0)': "RED",
    '=COUNTIF(Stock[Tier],"<>NO SALES")': "NO SALES",
    '=MATCH("On hand* (units)",Stock!3:3,0)': "On hand* (units)",
    '=INDIRECT("\'"&"Stock"&"\'!C4")': "stock",
    '=SUM(A1:A2)+IF(A3="air",1)': "air",
}
"""Formulas of the user's that cannot, and what is named; the last reads what is ours through its own sheet."""


@pytest.fixture(autouse=True, scope="module")
def few_blank_rows() -> Iterator[None]:
    """New books with few rows made in advance, so that a press is quick."""
    with pytest.MonkeyPatch.context() as patch:
        for key in layout.PREMADE_ROWS:
            patch.setitem(layout.PREMADE_ROWS, key, 8)
        yield


def relabel(path: Path, language: str | None = None, **options: Any) -> Relabelled:
    return relabel_book(path, language, TODAY, NOW, **options)


def with_formulas(source: Path, target: Path, formulas: list[str]) -> Path:
    """A book with a sheet of the user's, formulas from A1 downwards, and the name Mine."""
    book = openpyxl.load_workbook(source)
    sheet = book.create_sheet("My sheet")
    for row, formula in enumerate(formulas, start=1):
        sheet[f"A{row}"] = formula
    book.defined_names["Mine"] = DefinedName("Mine", attr_text="SUM(Stock[Reserved (units)])")
    book.save(target)
    return target


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pressed book of ours in English, with formulas of the user's."""
    folder = tmp_path_factory.mktemp("english")
    path = with_formulas(make(folder / "made.xlsx", "en", TYPED), folder / "book.xlsx", list(FOLLOWS))
    press(path)
    return path


@pytest.fixture(scope="module")
def chinese(english: Path) -> Path:
    """The same book in Chinese."""
    path = english.with_name("chinese.xlsx")
    found = relabel(english, out=path)
    assert found.written, found.lines
    return path


def shown(contents: BookContents, sheet: str) -> dict[tuple[int, int], Any]:
    """What the cells of a sheet show."""
    rows = contents.cells(sheet).rows
    return {(row, column): value for row, cells in rows.items() for column, value in cells.items() if value != ""}


def test_tabs_and_headers_are_in_the_other_language(chinese: Path) -> None:
    """Every tab of ours and every header is Chinese; what the user called by himself stays."""
    contents = read_book(chinese)
    names = tab_names("zh")
    assert set(contents.book.sheet_names) == {*names.values(), "My sheet"}
    for name, raw in contents.raw.tables.items():
        assert raw.sheet == names[name]
        assert {column.zh for column in INPUT_TABLES[name].columns} <= {column.header for column in raw.columns}
    assert contents.raw.language == "zh"


def test_words_that_were_typed_are_in_the_other_language(chinese: Path) -> None:
    """Classes, states, modes, yes and no follow; names do not."""
    tables = read_book(chinese).raw.tables

    def words(table: str, column: str) -> list[Any]:
        place = INPUT_TABLES[table].match_headers(tables[table].headers())[column]
        return [value for value in tables[table].columns[place].values if value is not None]

    assert words("Catalog", "class") == ["利润款", "长尾款"]
    assert words("Catalog", "transferable") == ["否", "否"]
    assert words("Inbound", "state") == ["已发运", "已发运"]
    assert words("Routes", "mode") == ["海运", "空运"]
    assert words("Sales", "in_stock") == ["是"]
    assert words("Catalog", "name") == ["Lamp", "Mug"]


def test_formulas_of_the_user_follow(english: Path, chinese: Path) -> None:
    """They name the new tabs and headers and show the same numbers."""
    before, after = read_book(english), read_book(chinese)
    formulas = after.cells("My sheet").formulas
    assert [formulas.text(row, 1) for row in range(1, len(FOLLOWS) + 1)] == list(FOLLOWS.values())
    assert shown(after, "My sheet") == shown(before, "My sheet")


def test_a_press_finds_nothing_to_change(chinese: Path, tmp_path: Path) -> None:
    """The book is as a press leaves it."""
    assert not press(Path(shutil.copy(chinese, tmp_path))).changed


def test_back_again_is_the_same_book(english: Path, chinese: Path, tmp_path: Path) -> None:
    """Every cell of every sheet shows what it showed, but for the press that is noted."""
    path = Path(shutil.copy(chinese, tmp_path))
    found = relabel(path, "en")
    assert found.written
    assert found.backup is not None
    assert found.backup.read_bytes() == chinese.read_bytes()
    before, after = read_book(english), read_book(path)
    assert after.book.sheet_names == before.book.sheet_names
    assert [ref.columns for ref in after.book.tables()] == [ref.columns for ref in before.book.tables()]
    for sheet in before.book.sheet_names:
        if sheet != "Run log":
            assert shown(after, sheet) == shown(before, sheet), sheet


def test_what_cannot_follow_is_listed_and_nothing_written(english: Path, tmp_path: Path) -> None:
    """Each formula that compares with a word, looks for a header or builds a reference is named by its cell."""
    path = with_formulas(make(tmp_path / "made.xlsx", "en", TYPED), tmp_path / "book.xlsx", list(STOPS))
    before = path.read_bytes()
    found = relabel(path)
    assert found.stopped
    assert path.read_bytes() == before
    assert not (tmp_path / "restock-backups").exists()
    for row, (line, value) in enumerate(zip(found.lines, STOPS.values(), strict=False), start=1):
        assert line.startswith(f"'My sheet'!A{row}")
        assert value in line
    assert found.lines[-1] == say("relabel.stopped", Words("en"), count=len(STOPS))


def test_what_cannot_follow_stays_when_told_to_go_on(tmp_path: Path) -> None:
    """With --anyway the formulas that are listed keep their words, and the rest follows."""
    path = with_formulas(bare(tmp_path / "bare.xlsx", "en"), tmp_path / "book.xlsx", ['=IF(Stock!A1="air",1,0)'])
    assert relabel(path).stopped
    assert relabel(path, anyway=True).written
    assert read_book(path).cells("My sheet").formulas.text(1, 1) == 'IF(库存!A1="air",1,0)'


def test_a_formula_that_would_show_another_number_stops(tmp_path: Path) -> None:
    """What no rule foresees is found by comparing what every formula of the user's shows."""
    path = with_formulas(bare(tmp_path / "bare.xlsx", "en"), tmp_path / "book.xlsx", ["=LEN(Stock!C1)"])
    found = relabel(path)
    assert found.stopped
    assert found.lines[0].startswith("'My sheet'!A1 shows 16")


def test_a_book_of_other_people_changes_only_where_it_is_ours(tmp_path: Path) -> None:
    """Headers and tabs that are exactly ours are renamed; their own headers and parts keep their bytes."""
    path = bare(tmp_path / "bare.xlsx", "en")
    book = openpyxl.load_workbook(path)
    book["Stock"]["C1"], book["Catalog"].title = "on hand", "Our goods"
    book.create_sheet("Mine")["A1"] = "RED"
    book.save(path)
    kept = parts(path)["xl/worksheets/sheet7.xml"]
    assert relabel(path).written
    contents = read_book(path)
    assert {"库存", "Our goods", "Mine"} < set(contents.book.sheet_names)
    assert [contents.cells("库存").at(1, column) for column in (1, 2, 3)] == ["货号 SKU*", "仓库", "on hand"]
    assert parts(path)["xl/worksheets/sheet7.xml"] == kept
    assert contents.book.owned() == {}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_new_book_becomes_the_new_book_of_the_other_language(language: str, tmp_path: Path) -> None:
    """Before the first press every cell, message and table is as if the book had been made so."""
    other = {"en": "zh", "zh": "en"}[language]
    path, wanted = make(tmp_path / "made.xlsx", language), make(tmp_path / "wanted.xlsx", other)
    assert relabel(path).written
    found, made = read_book(path), read_book(wanted)
    assert found.book.sheet_names == made.book.sheet_names
    money = {(5, 2)}  # the currency that nobody has typed is that of the old language
    for sheet in made.book.sheet_names:
        differing = shown(found, sheet).items() ^ shown(made, sheet).items()
        assert {place for place, _ in differing} <= (money if sheet == tab_names(other)["Settings"] else set()), sheet
    assert prompts(path) == prompts(wanted)


def prompts(path: Path) -> list[tuple[str, str, str]]:
    """What the checks of cells say and refer to."""
    pages = openpyxl.load_workbook(path).worksheets
    return [(str(rule.sqref), str(rule.promptTitle), str(rule.prompt), str(rule.formula1).replace("'", ""))
            for page in pages for rule in page.data_validations.dataValidation]  # fmt: skip


def test_a_book_that_speaks_it_already_is_left_alone(chinese: Path) -> None:
    """Nothing is written where nothing is to change."""
    before = chinese.read_bytes()
    assert relabel(chinese, "zh").lines == [say("relabel.same", Words("zh"), path=chinese)]
    assert chinese.read_bytes() == before


def test_buttons_speak_the_other_language(tmp_path: Path) -> None:
    """Captions on Start and Today and in the ribbon change; the macros read the language in Settings."""
    need_packages()
    from restock_xl.new import make_book

    path = tmp_path / "book.xlsm"
    make_book(path)
    macros = parts(path)["xl/vbaProject.bin"]
    assert relabel(path).written
    found = parts(path)
    drawn = b"".join(data for name, data in found.items() if "/drawings/" in name)
    assert drawn.count(">重新计算<".encode()) == 2
    assert b">Recompute<" not in drawn
    assert "重新计算".encode() in found["customUI/customUI.xml"]
    assert found["xl/vbaProject.bin"] == macros
