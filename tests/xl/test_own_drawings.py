"""Charts, pictures, comments, tables and settings that a person put on our sheets outlive every press."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from restock_xl.package.book import Book
from restock_xl.package.relationships import dangling, relationships

from .books import parts, press, type_cells
from .own_books import YELLOW, by_key, copied, page_of, pressed

KEYS = ("SKU", "Warehouse")
MUG = ("MUG-11", "US-LA")
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
_PERSONS = (
    '<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<person displayName="Li" id="{11111111-1111-1111-1111-111111111111}" userId="Li" providerId="None"/></personList>'
)
_THREAD = (
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<threadedComment ref="E{row}" dT="2026-11-23T09:00:00.00" personId="{{11111111-1111-1111-1111-111111111111}}" '
    'id="{{22222222-2222-2222-2222-222222222222}}"><text>why so few?</text></threadedComment></ThreadedComments>'
)


@pytest.fixture(scope="module")
def decorated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A book with everything on Alerts, and the same after a press that moves its rows."""
    folder = tmp_path_factory.mktemp("drawings")
    path = copied(pressed(folder, "en"), folder)
    row = next(iter(by_key(page_of(path, "Alerts"), "Alerts", KEYS)[MUG].values())).row
    book = openpyxl.load_workbook(path)
    page = book["Alerts"]
    page[f"E{row}"].comment = Comment("ask the factory", "Li")
    last = range_boundaries(page.tables["Alerts"].ref)[3]
    _draw(page, last)
    _settings(page, row)
    book.save(path)
    _add_thread(path, row)
    before = Path(folder / "before.xlsx")
    before.write_bytes(path.read_bytes())
    _type_keeping_threads(path, {"C2": 100_000})
    press(path)
    return before, path


def _draw(page: Any, last: int) -> None:
    chart = BarChart()
    chart.add_data(Reference(page, min_col=8, min_row=3, max_row=last), titles_from_data=True)
    page.add_chart(chart, "AF3")
    page.add_image(Image(io.BytesIO(_PIXEL)), f"B{last + 4}")
    for row, cells in enumerate((["Day", "Who"], ["Mon", "Li"], ["Tue", "Wang"]), start=4):
        for column, text in enumerate(cells, start=28):
            page.cell(row, column, text)
    page.add_table(Table(displayName="Rota", ref="AB4:AC6"))


def _settings(page: Any, row: int) -> None:
    page[f"V{row}"] = "site"
    page[f"V{row}"].hyperlink = "https://example.com/"
    page.merge_cells(f"W{row}:X{row}")
    page[f"W{row}"] = "wide"
    page.conditional_formatting.add("W4:W9", CellIsRule(operator="equal", formula=['"wide"'], fill=YELLOW))
    rule = DataValidation(type="list", formula1='"a,b"')
    rule.add("Y4:Y9")
    page.add_data_validation(rule)
    page.column_dimensions["V"].width = 41
    page.column_dimensions["H"].width = 31
    page.column_dimensions["K"].hidden = True
    page.page_setup.orientation = "portrait"
    page.sheet_view.zoomScale = 80


def _add_thread(path: Path, row: int) -> None:
    """A threaded comment, as Excel stores it: beside the note that stands for it."""
    book = Book(path)
    sheet = book.part_of_sheet("Alerts")
    rels = f"xl/worksheets/_rels/{sheet.rpartition('/')[2]}.rels"
    files = dict(parts(path))
    kinds = "http://schemas.microsoft.com/office/2017/10/relationships"
    target = "/xl/threadedComments/threadedComment1.xml"
    thread = f'<Relationship Id="rIdT" Type="{kinds}/threadedComment" Target="{target}"/>'
    person = f'<Relationship Id="rIdP" Type="{kinds}/person" Target="/xl/persons/person.xml"/>'
    for name, added in ((rels, thread), ("xl/_rels/workbook.xml.rels", person)):
        files[name] = files[name].replace(b"</Relationships>", added.encode() + b"</Relationships>")
    files["xl/threadedComments/threadedComment1.xml"] = _THREAD.format(row=row).encode()
    files["xl/persons/person.xml"] = _PERSONS.encode()
    types = "".join(
        f'<Override PartName="/xl/{part}" ContentType="application/vnd.ms-excel.{kind}+xml"/>'
        for part, kind in ((target.removeprefix("/xl/"), "threadedcomments"), ("persons/person.xml", "person"))
    )
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(b"</Types>", types.encode() + b"</Types>")
    _pack(path, files)


def _pack(path: Path, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)


def _type_keeping_threads(path: Path, cells: dict[str, Any]) -> None:
    """Type into Stock without a program that drops threaded comments."""
    from restock_xl.package.cell_edit import set_cells
    from restock_xl.package.references import position

    book = Book(path)
    part = book.part_of_sheet("Stock")
    files = parts(path)
    files[part] = set_cells(files[part], {position(reference): value for reference, value in cells.items()})
    _pack(path, files)


def charts_on(book: Book, sheet: str) -> list[bytes]:
    """The chart parts that a sheet shows."""
    drawings = [one.target for one in relationships(book.archive, book.part_of_sheet(sheet)) if one.kind == "drawing"]
    shown = [one.target for part in drawings for one in relationships(book.archive, part) if one.kind == "chart"]
    return [book.archive.read(part) for part in shown]


def _row(path: Path) -> int:
    return int(next(iter(by_key(page_of(path, "Alerts"), "Alerts", KEYS)[MUG].values())).row)


def test_the_rows_have_moved(decorated: tuple[Path, Path]) -> None:
    """The press that the other tests look at has put the mug into another row."""
    assert _row(decorated[0]) != _row(decorated[1])


def test_comments_follow_their_key(decorated: tuple[Path, Path]) -> None:
    """A note and the thread behind it stand at the key's cell in its new row."""
    row = _row(decorated[1])
    page = openpyxl.load_workbook(decorated[1])["Alerts"]
    noted = {cell.coordinate: cell.comment.text for line in page.iter_rows() for cell in line if cell.comment}
    assert noted == {f"E{row}": "ask the factory"}
    files = parts(decorated[1])
    assert f'ref="E{row}"'.encode() in files["xl/threadedComments/threadedComment1.xml"]
    assert b'displayName="Li"' in files["xl/persons/person.xml"]
    drawing = next(data for name, data in files.items() if name.endswith(".vml"))
    assert re.findall(rb"Row>(\d+)<", drawing) == [str(row - 1).encode()]


def test_charts_and_pictures_stay(decorated: tuple[Path, Path]) -> None:
    """A chart beside the table keeps its cells; a picture below it keeps its distance from the table's end."""
    before, after = (openpyxl.load_workbook(path)["Alerts"] for path in decorated)
    assert after._charts[0].anchor._from.row == before._charts[0].anchor._from.row == 2
    ends = [range_boundaries(page.tables["Alerts"].ref)[3] for page in (before, after)]
    places = [page._images[0].anchor._from.row for page in (before, after)]
    assert places[1] - ends[1] == places[0] - ends[0]
    assert after._images[0]._data() == _PIXEL
    theirs, now = (charts_on(Book(path), "Alerts") for path in decorated)
    assert theirs == now


def test_a_table_of_ones_own_stays(decorated: tuple[Path, Path]) -> None:
    """An Excel table beside ours keeps its rows together, its name and its place."""
    page = openpyxl.load_workbook(decorated[1])["Alerts"]
    assert page.tables["Rota"].ref == "AB4:AC6"
    assert [[cell.value for cell in row] for row in page["AB4:AC6"]] == [["Day", "Who"], ["Mon", "Li"], ["Tue", "Wang"]]
    numbers = [table.number for table in Book(decorated[1]).tables()]
    assert len(numbers) == len(set(numbers))


def test_settings_of_ones_own(decorated: tuple[Path, Path]) -> None:
    """Widths, hidden columns, links, merged cells, colours, lists to choose from, paper and zoom are kept."""
    row = _row(decorated[1])
    page = openpyxl.load_workbook(decorated[1])["Alerts"]
    widths = {letter: page.column_dimensions[letter].width for letter in "HV"}
    assert (widths, page.column_dimensions["K"].hidden) == ({"H": 31, "V": 41}, True)
    assert (page[f"V{row}"].value, page[f"V{row}"].hyperlink.target) == ("site", "https://example.com/")
    assert f"W{row}:X{row}" in [str(merged) for merged in page.merged_cells.ranges]
    assert "W4:W9" in [str(one.sqref) for one in page.conditional_formatting]
    assert "Y4:Y9" in [str(one.sqref) for one in page.data_validations.dataValidation]
    assert (page.page_setup.orientation, page.sheet_view.zoomScale) == ("portrait", 80)


def test_the_package_is_whole(decorated: tuple[Path, Path]) -> None:
    """Every relationship leads somewhere, each part once, and another press writes nothing."""
    book = Book(decorated[1])
    assert not any(dangling(book.archive).values())
    used = [one.target for one in relationships(book.archive, book.part_of_sheet("Alerts"))]
    assert len(used) == len(set(used))
    before = decorated[1].read_bytes()
    assert press(decorated[1]).changed is False
    assert decorated[1].read_bytes() == before


def test_a_chart_on_today(tmp_path: Path, decorated: tuple[Path, Path]) -> None:
    """A chart on Today outlives a press that writes Today anew."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(decorated[0].read_bytes())
    book = openpyxl.load_workbook(path)
    chart = BarChart()
    chart.add_data(Reference(book["Stock"], min_col=3, min_row=1, max_row=6), titles_from_data=True)
    book["Today"].add_chart(chart, "H2")
    book.save(path)
    type_cells(path, "Stock", {"C3": 900})
    press(path)
    assert len(openpyxl.load_workbook(path)["Today"]._charts) == 1


def _frames(book: Book, sheet: str) -> list[str]:
    """The names of what is drawn on a sheet."""
    drawings = [one.target for one in relationships(book.archive, book.part_of_sheet(sheet)) if one.kind == "drawing"]
    return [name.decode() for part in drawings for name in re.findall(rb'cNvPr id="\d+" name="([^"]*)"',
                                                                      book.archive.read(part))]  # fmt: skip


@pytest.fixture(scope="module")
def beside_ours(decorated: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A book with a person's chart beside ours on Explain and Charts, saved by a program that calls charts anew."""
    path = tmp_path_factory.mktemp("beside") / "book.xlsx"
    path.write_bytes(decorated[0].read_bytes())
    book = openpyxl.load_workbook(path)
    for name in ("Explain", "Charts"):
        chart = BarChart()
        chart.add_data(Reference(book["Stock"], min_col=3, min_row=3, max_row=6), titles_from_data=True)
        book[name].add_chart(chart, "F40")
    book["Stock"]["C4"] = 901
    book.save(path)
    before = path.with_name("before.xlsx")
    before.write_bytes(path.read_bytes())
    press(path)
    return before, path


@pytest.mark.parametrize(("sheet", "ours"), [("Explain", 1), ("Charts", 1)])
def test_a_chart_beside_ours_stays(beside_ours: tuple[Path, Path], sheet: str, ours: int) -> None:
    """A press draws our charts anew, once each, and leaves a person's chart on the same sheet byte for byte."""
    before, after = (Book(path) for path in beside_ours)
    names = _frames(after, sheet)
    assert [name.startswith("restock ") for name in names].count(True) == ours
    assert len(names) == ours + 1
    theirs = [chart for chart in charts_on(before, sheet) if b"'Stock'!" in chart]
    assert len(theirs) == 1
    assert theirs[0] in charts_on(after, sheet)
    assert not any(dangling(after.archive).values())


def test_our_charts_are_drawn_once(beside_ours: tuple[Path, Path], tmp_path: Path) -> None:
    """Press after press there is one of each."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(beside_ours[1].read_bytes())
    first = {sheet: _frames(Book(path), sheet) for sheet in ("Explain", "Charts")}
    _type_keeping_threads(path, {"C2": 100_001})
    press(path)
    assert {sheet: _frames(Book(path), sheet) for sheet in ("Explain", "Charts")} == first
