"""Charts: what they draw, in which words, and the small charts of Stock."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from restock_xl.package.book import Book
from restock_xl.package.cell_edit import set_cells
from restock_xl.package.references import area, position
from restock_xl.package.sparklines import Sparkline, Sparklines, sparklines_of, with_sparklines
from restock_xl.recalculation import recalculate
from restock_xl.sheets.explain_chart import COLUMNS
from restock_xl.sheets.explain_sheet import HEADER_ROW, SERIES
from restock_xl.sheets.packed import whole

from .books import LAMP, TODAY, make, press
from .test_own_drawings import charts_on

LINES = "Trend lines"


@pytest.fixture(scope="module", params=["en", "zh"])
def lamp(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any, str]:
    """The lamp book after a press, its plan and its language."""
    path = make(tmp_path_factory.mktemp("charts") / "lamp.xlsx", request.param, LAMP)
    return path, press(path).plan, request.param


def typed_in(path: Path, sheet: str, cells: dict[str, Any], folder: Path) -> Path:
    """A copy with cells typed into and calculated, by a program that keeps what it does not know."""
    book = Book(path)
    archive, part = book.archive.copy(), book.part_of_sheet(sheet)
    archive.write(part, set_cells(archive.read(part), {position(at): value for at, value in cells.items()}))
    copy = folder / f"typed-{path.name}"
    archive.save(copy)
    recalculate(copy, TODAY, write=True)
    return copy


@pytest.mark.parametrize("pair", [("LAMP-03", "US-LA"), ("MUG-11", "DE-HAM")])
def test_explain_draws_the_chosen_pair(lamp: tuple[Path, Any, str], pair: tuple[str, str], tmp_path: Path) -> None:
    """The cells behind the chart say what the plan says of whichever pair is chosen, without Python."""
    path, plan, language = lamp
    sheet = {"en": "Explain", "zh": "算法说明"}[language]
    chosen = typed_in(path, sheet, {"B3": pair[0], "B4": pair[1]}, tmp_path)
    page = openpyxl.load_workbook(chosen, data_only=True)[sheet]
    found = {
        name: [page.cell(HEADER_ROW + 2 + day, SERIES.column + 1 + k).value for day in range(91)]
        for k, name in enumerate(COLUMNS)
    }
    place = [tuple(row) for row in plan.view[["sku", "warehouse"]].to_numpy()].index(pair)
    ahead = plan.ahead
    assert found["expected"] == whole(ahead.expected[place]).tolist()
    assert found["low"] == whole(ahead.low[place]).tolist()
    assert found["show_units"] == whole(ahead.shows[place]).tolist()
    assert found["arrival_units"] == whole(ahead.arrivals[place]).tolist()
    assert [one != "#N/A" for one in found["shows"]] == (ahead.shows[place] > 0).tolist()
    assert found["date"][0].date() == TODAY


def test_charts_speak_the_language_of_the_book(lamp: tuple[Path, Any, str]) -> None:
    """Titles and legends are Chinese in a Chinese book, and English in an English one."""
    path, _, language = lamp
    book = Book(path)
    for sheet in {"en": ("Explain", "Charts"), "zh": ("算法说明", "图表")}[language]:
        for chart in charts_on(book, sheet):
            texts = "".join(re.findall(r"<a:t>([^<]*)</a:t>|<c:tx><c:v>([^<]+)</c:v>", chart.decode())[0])
            assert texts
            assert texts.isascii() == (language == "en")


def test_no_chart_of_weeks_without_sales(lamp: tuple[Path, Any, str]) -> None:
    """Where daily sales are only typed, a sentence says why one chart is missing."""
    path, _, language = lamp
    sheet = {"en": "Charts", "zh": "图表"}[language]
    assert len(charts_on(Book(path), sheet)) == 1
    assert "56" in openpyxl.load_workbook(path)[sheet]["A3"].value


def drawn(path: Path, language: str = "en") -> dict[str, list[Any]]:
    """What each small chart of Stock draws, by its cell."""
    book = Book(path)
    stock, lines = {"en": ("Stock", LINES), "zh": ("库存", "走势线")}[language]
    values = openpyxl.load_workbook(path, data_only=True)[lines]
    found = {}
    for group in sparklines_of(book.archive.read(book.part_of_sheet(stock)), lines):
        for one in group:
            place = area(one.draws.rpartition("!")[2])
            assert place is not None
            row = values.iter_rows(place.top, place.bottom, place.left, place.right, values_only=True)
            found[one.cell] = list(next(row))
    return found


def weekly(plan: Any, sku: str, warehouse: str) -> list[float]:
    """Stock of a pair week by week."""
    place = [tuple(row) for row in plan.view[["sku", "warehouse"]].to_numpy()].index((sku, warehouse))
    return list(whole(plan.ahead.expected[place, ::7]))


def test_small_charts_follow_their_row(lamp: tuple[Path, Any, str], tmp_path: Path) -> None:
    """Each row of Stock shows its own item, also after rows were sorted and nothing was recomputed."""
    path, plan, language = lamp
    stock = {"en": "Stock", "zh": "库存"}[language]
    assert drawn(path, language)["AF4"] == weekly(plan, "LAMP-03", "US-LA")
    swapped = {"A4": "MUG-11", "B4": "DE-HAM", "A6": "LAMP-03", "B6": "US-LA"}
    after = drawn(typed_in(path, stock, swapped, tmp_path), language)
    assert after["AF4"] == weekly(plan, "MUG-11", "DE-HAM")
    assert after["AF6"] == weekly(plan, "LAMP-03", "US-LA")


def test_new_rows_get_their_charts(tmp_path: Path) -> None:
    """A press adds what is missing as the table grows, touches nothing else there, and the next one writes nothing."""
    rows = [{"sku": f"S-{k:03d}", "warehouse": "LA", "on_hand": k, "daily_sales": 2} for k in range(30)]
    path = make(tmp_path / "long.xlsx", data={"Stock": rows})
    book = Book(path)
    part = book.part_of_sheet("Stock")
    data = book.archive.read(part)
    cut = [[one for one in group if position(one.cell)[0] < 20] for group in sparklines_of(data, LINES)]
    archive = book.archive.copy()
    archive.write(part, with_sparklines(data, [Sparklines(LINES, "column", "#000000", tuple(g)) for g in cut], LINES))
    archive.save(path)
    assert len(drawn(path)) == 2 * 16
    plan = press(path).plan
    shown = drawn(path)
    assert len(shown) == 2 * 500
    assert shown["AF33"] == weekly(plan, "S-029", "LA")
    rest = [re.sub(rb"<extLst>.*", b"", re.sub(rb"<v[^>]*>[^<]*</v>|<v/>", b"", one))
            for one in (data, Book(path).archive.read(part))]  # fmt: skip
    assert re.sub(rb' t="\w+"', b"", rest[0]) == re.sub(rb' t="\w+"', b"", rest[1])
    assert press(path).changed is False


_OTHERS = (
    b'<worksheet><sheetData/><x:extLst xmlns:x="m"><x:ext uri="{A}"><keep/></x:ext>%b</x:extLst></worksheet>'
)
_THEIRS = (
    b'<x:ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"><y:sparklineGroups><y:sparklineGroup markers="1">'
    b"<y:sparklines><y:sparkline><z:f>Sales!A1:C1</z:f><z:sqref>K1</z:sqref></y:sparkline></y:sparklines></y:sparklineGroup>"
    b"</y:sparklineGroups></x:ext>"
)


@pytest.mark.parametrize("sheet", [b"<worksheet><sheetData/></worksheet>", _OTHERS % b"", _OTHERS % _THEIRS],
                         ids=["none", "another extension", "sparklines of the user's"])  # fmt: skip
def test_sparklines_of_others_stay(sheet: bytes) -> None:
    """Ours are put beside what a sheet has, replaced alone, and taken out without a trace of the others' being lost."""
    group = Sparklines(LINES, "column", "#1F7A8C", (Sparkline("'Trend lines'!B4:M4", "J4"),))
    once = with_sparklines(sheet, [group], LINES)
    assert sparklines_of(once, LINES) == [[Sparkline("'Trend lines'!B4:M4", "J4")]]
    assert with_sparklines(once, [group], LINES) == once
    for piece in (b"<keep/>", b'markers="1"', b"Sales!A1:C1"):
        assert (piece in once) == (piece in sheet)
    assert sparklines_of(with_sparklines(once, [], LINES), LINES) == []


def test_a_copied_chart_draws_no_other_item(tmp_path: Path) -> None:
    """Where two rows of Stock draw one row of lines, as after copying a row, neither keeps it."""
    path = make(tmp_path / "copied.xlsx", data=LAMP)
    book = Book(path)
    part, archive = book.part_of_sheet("Stock"), book.archive.copy()
    archive.write(part, archive.read(part).replace(b"'Trend lines'!N5:Z5", b"'Trend lines'!N4:Z4"))
    archive.save(path)
    plan = press(path).plan
    shown = drawn(path)
    assert shown["AF4"] == weekly(plan, "LAMP-03", "US-LA")
    assert shown["AF5"] == weekly(plan, "MUG-11", "US-LA")
    groups = sparklines_of(Book(path).archive.read(part), LINES)
    assert not any(one.draws.endswith((":Z4", ":M4")) for group in groups for one in group)
