"""Conditional formats as real fills: every kind of rule that is a matter of cells and numbers."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from restock_xl.exports.export import export_book
from tests.xl.books import with_part

RED, BLUE = "FFD92D20", "FF2E6BE6"
VALUES = [1, 5, 5, 9, None, "text", -2]  # A1 to A7
CASES: list[Any] = [
    pytest.param({"type": "cell", "criteria": ">", "value": 4}, {2, 3, 4, 6}, id="above (a text is more than numbers)"),
    pytest.param({"type": "cell", "criteria": "==", "value": 5}, {2, 3}, id="equal"),
    pytest.param({"type": "cell", "criteria": "<", "value": 1}, {5, 7}, id="below (a blank counts as 0)"),
    pytest.param({"type": "cell", "criteria": "between", "minimum": 1, "maximum": 5}, {1, 2, 3}, id="between"),
    pytest.param({"type": "cell", "criteria": "not between", "minimum": 1, "maximum": 9}, {5, 6, 7}, id="not between"),
    pytest.param({"type": "formula", "criteria": "=$B1=\"x\""}, {1, 4}, id="formula over another column"),
    pytest.param({"type": "formula", "criteria": "=A1=MAX($A$1:$A$7)"}, {4}, id="formula over a range"),
    pytest.param({"type": "formula", "criteria": "=Other!$A1>0"}, {2}, id="formula over another sheet"),
    pytest.param({"type": "text", "criteria": "containing", "value": "ex"}, {6}, id="text"),
    pytest.param({"type": "blanks"}, {5}, id="blanks"),
    pytest.param({"type": "no_blanks"}, {1, 2, 3, 4, 6, 7}, id="no blanks"),
    pytest.param({"type": "duplicate"}, {2, 3}, id="duplicates"),
    pytest.param({"type": "unique"}, {1, 4, 6, 7}, id="unique"),
    pytest.param({"type": "top", "value": 1}, {4}, id="top 1"),
    pytest.param({"type": "bottom", "value": 2}, {1, 7}, id="bottom 2"),
    pytest.param({"type": "top", "value": 40, "criteria": "%"}, {2, 3, 4}, id="two of five, ties included"),
    pytest.param({"type": "average", "criteria": "above"}, {2, 3, 4}, id="above the mean 3.6"),
    pytest.param({"type": "average", "criteria": "1 std dev below"}, {7}, id="below 3.6 - 4.2"),
]  # fmt: skip


def copy_of(path: Path, build: Any, part: str = "", change: Any = None, read: bool = True) -> Any:
    """The sheet of the copy of a book that `build` fills; `change` is made to one of its parts."""
    with xlsxwriter.Workbook(path) as made:
        sheet, other = made.add_worksheet("Mine"), made.add_worksheet("Other")
        for row, value in enumerate(VALUES):
            sheet.write(row, 0, value)
        sheet.write_column("B1", ["x", "", "", "x"])
        other.write_column("A1", [0, 3])
        build(made, sheet)
    if part:
        with_part(path, part, change)
    day = dt.date(2026, 11, 23)
    export_book(path, path.with_name("copy.xlsx"), None, None, day, dt.datetime(2026, 11, 23))
    return openpyxl.load_workbook(path.with_name("copy.xlsx"))["Mine"] if read else None


def filled(sheet: Any, color: str) -> set[int]:
    return {row for row in range(1, 8) if sheet.cell(row, 1).fill.fgColor.rgb == color}


@pytest.mark.parametrize(("rule", "rows"), CASES)
def test_a_rule_becomes_a_fill(tmp_path: Path, rule: dict[str, Any], rows: set[int]) -> None:
    """The cells that a rule applies to are filled with its colour, no others, and the rule is gone."""

    def build(made: Any, sheet: Any) -> None:
        sheet.conditional_format("A1:A7", rule | {"format": made.add_format({"bg_color": "#D92D20"})})

    sheet = copy_of(tmp_path / "book.xlsx", build)
    assert filled(sheet, RED) == rows
    assert not list(sheet.conditional_formatting)


def test_the_first_rule_is_on_top_and_others_add_what_it_leaves(tmp_path: Path) -> None:
    """Of two fills the first rule's shows; the font of the second one is laid beside it; a stop ends it."""

    def build(made: Any, sheet: Any) -> None:
        red, blue = made.add_format({"bg_color": "#D92D20"}), made.add_format({"bg_color": "#2E6BE6", "bold": True})
        sheet.conditional_format("A1:A7", {"type": "cell", "criteria": "==", "value": 9, "format": red,
                                           "stop_if_true": True})  # fmt: skip
        sheet.conditional_format("A1:A7", {"type": "cell", "criteria": "==", "value": 5, "format": red})
        sheet.conditional_format("A1:A7", {"type": "cell", "criteria": ">", "value": 0, "format": blue})

    sheet = copy_of(tmp_path / "book.xlsx", build)
    assert filled(sheet, RED) == {2, 3, 4}
    assert filled(sheet, BLUE) == {1, 6}
    assert [sheet.cell(row, 1).font.bold for row in (1, 2, 4)] == [True, True, False]


def test_what_a_rule_does_not_say_stays(tmp_path: Path) -> None:
    """The number format, borders and font of the cell are its own."""

    def build(made: Any, sheet: Any) -> None:
        sheet.write("A1", 1.5, made.add_format({"num_format": "0.00", "border": 1, "italic": True}))
        rule = {"type": "cell", "criteria": ">", "value": 0, "format": made.add_format({"bg_color": "#D92D20"})}
        sheet.conditional_format("A1:A2", rule)

    cell = copy_of(tmp_path / "book.xlsx", build)["A1"]
    assert (cell.number_format, cell.border.left.style, cell.font.italic) == ("0.00", "thin", True)
    assert cell.fill.fgColor.rgb == RED


def test_a_colour_scale_fills_by_number(tmp_path: Path) -> None:
    """Ends have the colours of the scale, the middle the mean of both: from -2 to 9, 5 lies 7/11 of the way."""

    def build(made: Any, sheet: Any) -> None:
        sheet.conditional_format("A1:A7", {"type": "2_color_scale", "min_color": "#000000", "max_color": "#0000FF"})

    sheet = copy_of(tmp_path / "book.xlsx", build)
    assert [sheet.cell(row, 1).fill.fgColor.rgb for row in (7, 4, 2)] == ["FF000000", "FF0000FF", "FF0000A2"]


def test_data_bars_stay_rules(tmp_path: Path) -> None:
    """They are no fill, and need nothing but the values."""

    def build(made: Any, sheet: Any) -> None:
        sheet.conditional_format("A1:A7", {"type": "data_bar"})

    assert len(list(copy_of(tmp_path / "book.xlsx", build).conditional_formatting)) == 1


def test_a_rule_without_a_format_ends_the_rules_below_it(tmp_path: Path) -> None:
    """Cells of a rule that only stops get nothing of the rules after it."""

    def build(made: Any, sheet: Any) -> None:
        red = made.add_format({"bg_color": "#D92D20"})
        sheet.conditional_format("A1:A7", {"type": "cell", "criteria": ">", "value": 6, "stop_if_true": True})
        sheet.conditional_format("A1:A7", {"type": "cell", "criteria": ">", "value": 2, "format": red})

    assert filled(copy_of(tmp_path / "book.xlsx", build), RED) == {2, 3}  # 9 and the text are more than 6


def test_a_number_format_of_a_rule_stays_with_its_cells(tmp_path: Path) -> None:
    """Rules and cells may give one number to different formats; cells beside those of the rule keep theirs."""

    def build(made: Any, sheet: Any) -> None:
        sheet.set_column("A:A", None, made.add_format({"num_format": '0"x"'}))
        for row in range(3):
            sheet.write(row, 0, row, made.add_format({"num_format": '0"x"', "bold": row == 2}))
        dozens = made.add_format({"num_format": '0"dozen"'})
        sheet.conditional_format("A1", {"type": "cell", "criteria": "==", "value": 0, "format": dozens})

    def one_number(data: bytes) -> bytes:
        return data.replace(b'numFmtId="165" formatCode="0&quot;dozen', b'numFmtId="164" formatCode="0&quot;dozen')

    sheet = copy_of(tmp_path / "book.xlsx", build, "xl/styles.xml", one_number)
    assert [sheet.cell(row, 1).number_format for row in (1, 2, 3)] == ['0"dozen"', '0"x"', '0"x"']


@pytest.mark.parametrize(
    "change",
    [
        pytest.param((b'dxfId="0"', b'dxfId="7"'), id="differential format"),
        pytest.param((b'dxfId="0"', b""), id="none"),
    ],
)
def test_a_rule_whose_format_is_missing_leaves_the_cell_as_it_is(tmp_path: Path, change: tuple[bytes, bytes]) -> None:
    """The cell keeps its own fill."""

    def build(made: Any, sheet: Any) -> None:
        sheet.write("A1", 1, made.add_format({"bg_color": BLUE[2:]}))
        red = made.add_format({"bg_color": "#D92D20"})
        sheet.conditional_format("A1", {"type": "cell", "criteria": ">", "value": 0, "format": red})

    sheet = copy_of(tmp_path / "book.xlsx", build, "xl/worksheets/sheet1.xml", lambda data: data.replace(*change))
    assert filled(sheet, BLUE) == {1}


@pytest.mark.parametrize("color", ['theme="4"', 'rgb="FFZZZZZZ"'], ids=["theme", "unreadable"])
def test_a_colour_scale_that_is_not_in_plain_colours_stays_a_rule(tmp_path: Path, color: str) -> None:
    """What cannot be drawn as fills is still shown by programs that draw rules."""

    def build(_: Any, sheet: Any) -> None:
        sheet.conditional_format("A1:A7", {"type": "2_color_scale"})

    def stated(data: bytes) -> bytes:
        return re.sub(rb'<color rgb="[^"]*"/>', f"<color {color}/>".encode(), data)

    copy_of(tmp_path / "book.xlsx", build, "xl/worksheets/sheet1.xml", stated, read=False)
    with zipfile.ZipFile(tmp_path / "copy.xlsx") as package:
        assert b'<cfRule type="colorScale"' in package.read("xl/worksheets/sheet1.xml")


def test_a_rule_over_a_whole_sheet_is_drawn_where_something_stands(tmp_path: Path) -> None:
    """With a cell in its far corner, seventeen thousand million blank cells are not looked at."""

    def build(made: Any, sheet: Any) -> None:
        sheet.write("XFD2", 5)
        sheet.write("B1048576", 5)
        red, blue = made.add_format({"bg_color": "#D92D20"}), made.add_format({"bold": True})
        sheet.conditional_format("A1:XFD1048576", {"type": "formula", "criteria": "=A1=5", "format": red})
        sheet.conditional_format("A1:XFD1048576", {"type": "duplicate", "format": blue})

    sheet = copy_of(tmp_path / "book.xlsx", build)
    assert filled(sheet, RED) == {2, 3}
    assert sheet["XFD2"].fill.fgColor.rgb == sheet["B1048576"].fill.fgColor.rgb == RED
    assert sheet["XFD2"].font.b
