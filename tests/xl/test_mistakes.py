"""Each mistake that people make with a book is named in one sentence, and the book is as it was."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from restock.errors import InputError, StopError
from restock_xl.checking.command import check_book

from .books import TODAY, make, press, saved_by_libreoffice
from .mistakes import (
    DATA,
    FIRST,
    LAST,
    SHEETS,
    as_date,
    cells_of,
    column,
    delete_column,
    delete_sheet,
    drag_away,
    filtered,
    merged,
    put_column,
    rename_header,
    rename_sheet,
    typed,
)

Make = Callable[[Path, dict[str, str]], object]
NEXT_DAY = TODAY + dt.timedelta(days=1)


@pytest.fixture(scope="module", params=["en", "zh"])
def pressed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A book in each language after a press on 23 Nov."""
    path = make(tmp_path_factory.mktemp("mistakes") / "book.xlsx", request.param, DATA)
    press(path)
    return path, request.param


@pytest.fixture
def book(pressed: tuple[Path, str], tmp_path: Path) -> tuple[Path, str]:
    """A copy of its own for each test."""
    return Path(shutil.copy(pressed[0], tmp_path / "book.xlsx")), pressed[1]


@dataclass(frozen=True)
class Case:
    """How the mistake is made, what is said in English and Chinese, and whether a press stops."""

    make: Make
    english: str
    chinese: str
    stops: bool = False


def _header(path: Path, sheets: dict[str, str], letter: str) -> str:
    return str(cells_of(path, sheets["Stock"]).value(f"{letter}3"))


def _sorted_alone(path: Path, sheets: dict[str, str]) -> None:
    put_column(path, sheets["Stock"], "C", sorted(column(path, sheets["Stock"], "C")))


def _shuffled(path: Path, sheets: dict[str, str]) -> None:
    put_column(path, sheets["Stock"], "B", sorted(column(path, sheets["Stock"], "B")))


def _ten_times(path: Path, sheets: dict[str, str]) -> None:
    put_column(path, sheets["Stock"], "C", [10 * value for value in column(path, sheets["Stock"], "C")])


def _rows_gone(path: Path, sheets: dict[str, str]) -> None:
    for letter in "ABCE":
        put_column(path, sheets["Stock"], letter, [None] * 16, FIRST + 8)


def _day_twice(path: Path, sheets: dict[str, str]) -> None:
    for letter in "ABCD":
        put_column(path, sheets["Sales"], letter, column(path, sheets["Sales"], letter, 160, 163), 164)


def _day_first(path: Path, sheets: dict[str, str]) -> None:
    """1 to 12 November typed day first into a program that reads the month first, below what was there."""
    days = [dt.date(2026, number, 11) for number in range(1, 13) if number != 11]
    put_column(path, sheets["Sales"], "A", days, 164)
    for letter, value in (("B", "SKU-01"), ("C", "US"), ("D", 2)):
        put_column(path, sheets["Sales"], letter, [value] * len(days), 164)


CASES = {
    "one column sorted": Case(
        _sorted_alone,
        "Stock: on hand holds the same 24 quantities as on 23 Nov, but 22 now stand beside another "
        "SKU, the first in C5. "
        "Was one column sorted alone? Undo the sort (Ctrl+Z), or open the last backup.",
        "库存表：“实物库存”还是11月23日那24个数，但有22个现在对着别的货号，第一处在C5。"
        "是不是只排序了一列？请撤销排序（Ctrl+Z），或打开最近的备份。",
        stops=True,
    ),
    "warehouses sorted": Case(
        _shuffled,
        "Stock: the same SKUs and warehouses as on 23 Nov, but 12 rows now pair them otherwise. Was "
        "one column sorted "
        "alone? Undo the sort (Ctrl+Z), or open the last backup.",
        "库存表：货号和仓库还是11月23日那些，但有12行的搭配变了。是不是只排序了一列？"
        "请撤销排序（Ctrl+Z），或打开最近的备份。",
        stops=True,
    ),
    "half a paste": Case(
        lambda path, sheets: put_column(path, sheets["Stock"], "C", [0] * 18, FIRST + 6),
        "Stock: 18 of 24 stocks became 0 since 23 Nov, the first in C10. Was the paste cut? Paste it again.",
        "库存表：自11月23日以来，24个库存里有18个变成了0，第一处在C10。是不是没贴全？请重新粘贴。",
        stops=True,
    ),
    "half a column": Case(
        lambda path, sheets: put_column(path, sheets["Stock"], "C", [None] * 18, FIRST + 6),
        "Stock: 18 of 24 stocks became empty since 23 Nov, the first in C10. Was the paste cut? Paste it again.",
        "库存表：自11月23日以来，24个库存里有18个变空了，第一处在C10。是不是没贴全？请重新粘贴。",
        stops=True,
    ),
    "rows gone": Case(
        _rows_gone,
        "Stock: 16 of the 24 rows of 23 Nov are gone, SKU-05 among them. Was the paste cut? Paste it again.",
        "库存表：11月23日的24行里有16行不见了，例如 SKU-05。是不是没贴全？请重新粘贴。",
        stops=True,
    ),
    "ten times yesterday": Case(
        _ten_times,
        "Stock: 24 of 24 cells of on hand are ten times those of 23 Nov or more, the first in C4. "
        "Was a decimal comma "
        "lost? Paste or type them again.",
        "库存表：“实物库存”的24格里有24格是11月23日的十倍或更多，第一处在C4。是不是丢了小数点？请重新粘贴或填写。",
        stops=True,
    ),
    "comma lost": Case(
        lambda path, sheets: typed(path, sheets["Stock"], {"E5": 15}),
        "Stock!E5: daily sales was 1.5 on 23 Nov and is 15 now. If a decimal comma was lost, type 1.5.",
        "库存表E5：“日均销量”11月23日是1.5，现在是15。如果丢了小数点，请填1.5。",
    ),
    "decimal comma": Case(
        lambda path, sheets: typed(path, sheets["Stock"], {"E6": "1,5"}),
        'Stock!E6, daily sales of SKU-02 in US: "1,5" is not a number. Type 1.5. This row is not planned until then.',
        "库存表E6（SKU-02 US 日均销量）：“1,5”不是数字，请填1.5。改好前这一行不参与计算。",
    ),
    "1.5 became a date": Case(
        lambda path, sheets: as_date(path, sheets["Stock"], "E6", dt.date(2026, 5, 1)),
        "Stock!E6, daily sales of SKU-02 in US: a program turned what was typed into the date "
        "2026-05-01. Format the cell "
        "as Number and type 1.5 again if that was meant. This row is not planned until then.",
        "库存表E6（SKU-02 US 日均销量）：输入的内容被程序变成了日期2026-05-01。"
        "请把单元格设为“数值”，再重新填（例如1.5）。改好前这一行不参与计算。",
    ),
    "sales day twice": Case(
        _day_twice,
        "Sales: 22 Nov: 4 rows stand there 2 times, identical, again from A164 on. They count once. "
        "If they are real, type "
        'yes in Settings, "Sales rows that stand twice are all real"; else delete the repeats.',
        "销售表：11月22日有4行一模一样地出现了2遍，从A164起是重复的，只算一遍。"
        "如果都是真的，请在设置的“重复的销售行都是真的”里填“是”；否则请删掉重复的行。",
    ),
    "day and month": Case(
        _day_first,
        "Sales: the dates in A164 to A174 (11 different days) fit only with day and month the other "
        "way round: A164 shows "
        "2026-01-11; is it 2026-11-01? Paste them again as year-month-day, or into cells formatted as Text.",
        "销售表：A164到A174的日期（11天）只有把日和月对调才连得上：A164现在是2026-01-11，应为2026-11-01？"
        "请按年-月-日重新粘贴，或先把单元格设为文本再贴。",
        stops=True,
    ),
    "two rows of a SKU": Case(
        lambda path, sheets: typed(path, sheets["Stock"], {"B5": "US"}),
        "Stock: SKU-01 in US stands in 2 rows (A4, A5). Keep one row of them. None of them is planned until then.",
        "库存表：US的 SKU-01 有2行（A4、A5），请只留一行。改好前这几行都不参与计算。",
    ),
    "ETA 2062": Case(
        lambda path, sheets: typed(path, sheets["Inbound"], {"I4": dt.date(2062, 12, 9)}),
        "Inbound!I4, sellable on: 2062-12-09 is 13,164 days ahead. Check the year.",
        "在途表I4（预计可售日）：2062-12-09在13,164天以后，请核对年份。",
    ),
    "sale tomorrow": Case(
        lambda path, sheets: typed(path, sheets["Sales"], {"A163": dt.date(2026, 11, 25)}),
        "Sales: rows dated today or later: 1, the first is A163 (2026-11-25). They are no history "
        "yet and are left out.",
        "销售表：1行的日期是今天或以后（第一处A163，2026-11-25），还不算历史，未计入。",
    ),
    "sale long past": Case(
        lambda path, sheets: typed(path, sheets["Sales"], {"A4": dt.date(2006, 10, 14)}),
        "Sales: rows of more than ten years ago: 1, the first is A4 (2006-10-14). Check the year.",
        "销售表：1行的日期在十年以前（第一处A4，2006-10-14），请核对年份。",
    ),
    "total row": Case(
        lambda path, sheets: typed(path, sheets["Stock"], {f"A{LAST + 1}": "Total", f"C{LAST + 1}": 3000}),
        'Stock!A28 ("Total") was skipped as a row of totals. If it is an item, type a SKU of its own.',
        "库存表A28（“Total”）看作合计行，已跳过。如果是商品，请填它自己的货号。",
    ),
    "filter on": Case(
        lambda path, sheets: filtered(path, sheets["Stock"], range(6, 9)),
        "Stock: a filter hides 3 rows, the first is row 6. They count all the same.",
        "库存表：筛选隐藏了3行（从第6行起），计算时照样算在内。",
    ),
    "merged cells": Case(
        lambda path, sheets: merged(path, sheets["Stock"], "G5:G6"),
        "Stock: G5:G6 is merged, so only its first cell holds a value. Unmerge it (Home > Merge & "
        "Center) and fill in each "
        "cell.",
        "库存表：G5:G6是合并单元格，只有第一格有值。请取消合并，每格都填上。",
    ),
    "formula overtyped": Case(
        lambda path, sheets: typed(path, sheets["Stock"], {"I5": 77}),
        'Stock!I5 (Days left) holds the typed value "77"; our formula is gone there. To have it '
        'back, close the book and '
        "run: restock repair (this book).",
        "库存表I5（可售天数）里是手填的“77”，公式没了。要恢复，请关闭本表后运行：restock repair（本表）。",
    ),
    "header renamed": Case(
        lambda path, sheets: rename_header(path, sheets["Stock"], _header(path, sheets, "E"), "Avg"),
        'Stock!E3: the header "Avg" is not one of ours, so the column is not read. It was "Daily '
        'sales, typed": type that, '
        "or run restock repair (this book).",
        "库存表E3：表头“Avg”认不出来，这一列没有读取。它原来是“日均销量(手填)”：请改回去，或运行 "
        "restock repair（本表）。",
    ),
    "needed header renamed": Case(
        lambda path, sheets: rename_header(path, sheets["Stock"], _header(path, sheets, "C"), "Menge"),
        'Stock!C3: the header "Menge" is not one of ours, so the column is not read. It was "On '
        'hand* (units)": type that, '
        "or run restock repair (this book).",
        "库存表C3：表头“Menge”认不出来，这一列没有读取。它原来是“实物库存*(件)”：请改回去，或运行 "
        "restock repair（本表）。",
        stops=True,
    ),
    "column deleted": Case(
        lambda path, sheets: delete_column(path, sheets["Stock"], "D"),
        'Stock: the column "Reserved (units)" is gone. Undo its deletion (Ctrl+Z), or copy it from '
        'the last backup; restock '
        "repair (this book) puts it back empty.",
        "库存表：“已占用(件)”这一列不见了。请撤销删除（Ctrl+Z），或从最近的备份复制；restock "
        "repair（本表）会补一列空的。",
    ),
    "our column deleted": Case(
        lambda path, sheets: delete_column(path, sheets["Stock"], "H"),
        'Stock: our column "Tier" is gone. To have it back, close the book and run: restock repair (this book).',
        "库存表：我们的“预警”列不见了。要恢复，请关闭本表后运行：restock repair（本表）。",
    ),
    "table dragged apart": Case(
        lambda path, sheets: drag_away(path, sheets["Stock"], "C", "AK"),
        'Stock!AK3: the column "On hand* (units)" stands outside its table. Undo the move (Ctrl+Z), '
        'or drag it back beside '
        "the other columns, over the column that was left empty.",
        "库存表AK3：“实物库存*(件)”这一列在表格外面。请撤销移动（Ctrl+Z），或拖回原来空出来的那一列。",
        stops=True,
    ),
    "our sheet deleted": Case(
        lambda path, sheets: delete_sheet(path, sheets["Forecast"]),
        "Our sheet Forecast was deleted. A press makes it again as the last tab; restock repair "
        "(this book) puts right the "
        "formulas on Stock that pointed at it.",
        "我们的“预测表”表被删了。下次计算会在最后补上；库存表里引用它的公式可用 restock repair（本表）修复。",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_each_mistake_is_named(book: tuple[Path, str], case: Case) -> None:
    """The sentence says what happened, in which cell, and what to do; checking leaves the book as it is."""
    path, language = book
    case.make(path, SHEETS[language])
    before = path.read_bytes()
    found = check_book(path, NEXT_DAY)
    wanted = case.chinese if language == "zh" else case.english
    assert wanted in found.sentences
    if case.stops:
        assert found.sentences[0] == wanted
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["half a paste", "day and month", "needed header renamed"])
def test_what_cannot_be_true_stops_a_press(book: tuple[Path, str], name: str) -> None:
    """A press stops before anything is written, with the sentence; the book is as it was, and no backup is made."""
    path, language = book
    case = CASES[name]
    case.make(path, SHEETS[language])
    before = path.read_bytes()
    with pytest.raises((StopError, InputError)) as caught:
        press(path, NEXT_DAY)
    assert str(caught.value).splitlines()[0] == (case.chinese if language == "zh" else case.english)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == ["book.xlsx"]


@pytest.mark.parametrize(
    "harmless",
    [
        lambda path, sheets: rename_sheet(path, sheets["Stock"], "Lager 1"),
        lambda path, sheets: rename_sheet(path, sheets["Forecast"], "Mine"),
        lambda path, sheets: typed(path, sheets["Stock"], {"C4": 0, "C6": 12, "C9": 400}),
        lambda path, sheets: typed(path, sheets["Stock"], {"AH2": "=1+1", "AH4": "a note of mine"}),
    ],
    ids=["input sheet renamed", "our sheet renamed", "a day of business", "notes beside the table"],
)
def test_what_is_no_mistake_is_not_named(book: tuple[Path, str], harmless: Make) -> None:
    """Renamed tabs, a usual day and notes of one's own are nothing to correct."""
    path, language = book
    harmless(path, SHEETS[language])
    assert check_book(path, NEXT_DAY).sentences == []


def test_going_on(book: tuple[Path, str]) -> None:
    """Who knows better goes on, by an option or by a date in Settings that counts on its day only."""
    path, language = book
    CASES["half a paste"].make(path, SHEETS[language])
    settings = next(sheet for sheet in ("Settings", "设置") if sheet in cells_names(path))
    row = next(row for row in range(4, 90) if cells_of(path, settings).value(f"A{row}") in GO_ON)
    typed(path, settings, {f"B{row}": TODAY})
    with pytest.raises(StopError, match="--anyway"):
        press(path, NEXT_DAY)
    typed(path, settings, {f"B{row}": NEXT_DAY})
    outcome = press(path, NEXT_DAY)
    assert [problem.effect for problem in outcome.plan.tables.problems] == ["note"]
    assert check_book(path, NEXT_DAY).sentences == []  # it is what the last press saw


GO_ON = ("Go on although a check stops (today's date)", "检查拦下也继续(填今天日期)")


def cells_names(path: Path) -> list[str]:
    """The names of the tabs."""
    from restock_xl.package.book import Book

    return Book(path).sheet_names


def test_many_of_a_kind_are_counted(book: tuple[Path, str]) -> None:
    """Twenty of a kind are listed, then one sentence counts the rest."""
    path, language = book
    typed(path, SHEETS[language]["Stock"], {f"I{row}": 1 for row in range(FIRST, LAST + 1)})
    sentences = check_book(path, NEXT_DAY).sentences
    assert len(sentences) == 21
    assert sentences[-1] == {
        "en": "Stock: 4 more with the same problem as I4, from I24 on.",
        "zh": "库存表：与I4同样的问题还有4处，从I24起。",
    }[language]


def test_after_libreoffice(pressed: tuple[Path, str], tmp_path: Path) -> None:
    """The same sentences come from a book with mistakes that a real LibreOffice has saved."""
    path, language = pressed
    if language == "zh":
        pytest.skip("once is enough: LibreOffice takes seconds to start")
    path = Path(shutil.copy(path, tmp_path / "book.xlsx"))
    names = ("one column sorted", "filter on", "merged cells", "formula overtyped")
    for name in names:
        CASES[name].make(path, SHEETS[language])
    saved = saved_by_libreoffice(path, tmp_path)
    sentences = check_book(saved, NEXT_DAY).sentences
    for name in names:
        assert CASES[name].english in sentences, name
