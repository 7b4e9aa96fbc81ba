"""Writing a scratch book's sheets into a workbook file under the names that are free or ours there."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from restock.errors import WorkbookError
from restock_xl.package import graft, graft_file
from restock_xl.package.book import Book
from restock_xl.package.ownership import OWNERSHIP_NAME, ownership_text
from restock_xl.package.read_back import ensure_reads_back
from restock_xl.package.renaming import Renaming

from .test_package_graft import contents, edited, image, user_book

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")


def our_book(path: Path, *, name: str = "Forecast", table: str = "Needs", rows: int = 3) -> Path:
    """Two sheets that name each other in every place where a sheet or a table can be named."""
    book = xlsxwriter.Workbook(str(path))
    first, second = book.add_worksheet(name), book.add_worksheet("Orders")
    double = {"header": "Double", "formula": f"={table}[[#This Row],[Units]]*2"}
    first.add_table(0, 0, rows, 2, {"name": table, "columns": [{"header": "SKU"}, {"header": "Units"}, double]})
    for row in range(1, rows + 1):
        first.write_string(row, 0, f"SKU-{row}")
        first.write_number(row, 1, row)
    second.write_formula("A1", f"=SUM({name}!B2:B9)+SUM({table}[Units])+Rate", None, 6)
    second.write_formula("A2", f'=INDIRECT("{name}!B2")&"{name}!B2"', None, "x")
    second.data_validation("B1", {"validate": "list", "source": f"={name}!$A$2:$A$4"})
    second.data_validation("B2", {"validate": "list", "source": f'=INDIRECT("{table}[SKU]")'})
    second.conditional_format("A1:B9", {"type": "formula", "criteria": f"={name}!$B$2>1"})
    second.conditional_format(
        "C1:C9", {"type": "2_color_scale", "min_type": "formula", "min_value": f"={name}!$B$2", "max_type": "max"}
    )
    second.write_url("D1", f"internal:'{name}'!A1", string="there")
    second.add_sparkline("E1", {"range": f"{name}!B2:B4"})
    second.insert_image("F1", "dot.png", {"image_data": image(), "url": f"internal:'{name}'!A1"})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"={name}!$B$2:$B$4", "name": f"={name}!$B$1"})
    second.insert_chart("H1", chart)
    second.insert_textbox("P1", "", {"textlink": f"={name}!$A$2"})
    second.repeat_rows(0)
    book.define_name("Rate", f"={name}!$B$2")
    book.define_name("Orders!Local", f"={name}!$B$3")
    book.close()
    return path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return user_book(tmp_path / "book.xlsx")


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    return our_book(tmp_path / "ours.xlsx")


def test_in_place_with_a_backup(book: Path, ours: Path) -> None:
    """Without another file the book itself gets the sheets, and the old one is kept as a backup."""
    old = book.read_bytes()
    assert graft(str(book), str(ours)) == {"Forecast": "Forecast", "Orders": "Orders"}
    assert Book(book).sheet_names == ["Stock", "Notes", "Forecast", "Orders"]
    assert [file.read_bytes() for file in (book.parent / "restock-backups").iterdir()] == [old]


def test_into_another_file(tmp_path: Path, book: Path, ours: Path) -> None:
    """With another file the book stays as it is, and the file is made."""
    old = book.read_bytes()
    graft(book, ours, tmp_path / "out.xlsx")
    assert book.read_bytes() == old
    assert Book(tmp_path / "out.xlsx").owned() == {"Forecast": "Forecast", "Orders": "Orders"}
    assert {file.name for file in tmp_path.iterdir()} == {"book.xlsx", "ours.xlsx", "out.xlsx"}


def test_a_name_that_is_not_ours(tmp_path: Path, ours: Path) -> None:
    """Where a sheet and a table of the user's have our names, ours get free ones and everything of ours follows."""
    book = user_book(tmp_path / "book.xlsx", sheets=("forecast", "Notes"))
    edited(book, "xl/tables/table1.xml", 'isplayName="Stock"', 'isplayName="needs"')
    before = contents(book)
    for _ in range(2):
        assert graft(book, ours) == {"Forecast": "Forecast (2)", "Orders": "Orders"}
    assert Book(book).sheet_names == ["forecast", "Notes", "Forecast (2)", "Orders"]
    assert contents(book)["xl/worksheets/sheet1.xml"] == before["xl/worksheets/sheet1.xml"]
    assert [table.name for table in Book(book).tables()] == ["needs", "Needs_2"]
    orders = openpyxl.load_workbook(book)["Orders"]
    assert orders["A1"].value == "=SUM('Forecast (2)'!B2:B9)+SUM(Needs_2[Units])+Rate"
    assert orders["A2"].value == "=INDIRECT(\"'Forecast (2)'!B2\")&\"Forecast!B2\""
    checks = {str(check.sqref): check.formula1 for check in orders.data_validations.dataValidation}
    assert checks == {"B1": "'Forecast (2)'!$A$2:$A$4", "B2": 'INDIRECT("Needs_2[SKU]")'}
    rules = [rule for ranges in orders.conditional_formatting for rule in ranges.rules]
    assert rules[0].formula == ["'Forecast (2)'!$B$2>1"]
    assert rules[1].colorScale.cfvo[0].val == "'Forecast (2)'!$B$2"
    assert orders["D1"].hyperlink.location == "'Forecast (2)'!A1"
    assert orders.defined_names["Rate"].attr_text == "'Forecast (2)'!$B$2"
    assert orders.defined_names["Local"].attr_text == "'Forecast (2)'!$B$3"
    ours_now = "".join(
        data.decode() for name, data in contents(book).items() if data != before.get(name) and name.endswith("xml")
    )
    for place in ("<xm:f>", "<c:f>", 'textlink="', "<calculatedColumnFormula>"):
        assert f"{place}Forecast!" not in ours_now
        assert f"{place}'Forecast (2)'!" in ours_now or f"{place}Needs_2[" in ours_now
    assert "#'Forecast (2)'!A1" in contents(book)["xl/drawings/_rels/drawing2.xml.rels"].decode()


def test_a_renamed_sheet_keeps_its_name(tmp_path: Path, book: Path, ours: Path) -> None:
    """A sheet of ours that the user renamed is replaced under that name, with its table's name too."""
    graft(book, ours)
    edited(book, "xl/workbook.xml", 'name="Forecast" sheetId', 'name="Needs &amp; plans" sheetId')
    edited(book, "xl/tables/table2.xml", 'name="Needs" displayName="Needs"', 'name="Mine" displayName="Mine"')
    assert graft(book, our_book(tmp_path / "more.xlsx", rows=9)) == {"Forecast": "Needs & plans", "Orders": "Orders"}
    assert Book(book).sheet_names == ["Stock", "Notes", "Needs & plans", "Orders"]
    assert [(table.name, table.ref) for table in Book(book).tables()][1] == ("Mine", "A1:C10")
    assert openpyxl.load_workbook(book)["Orders"]["A1"].value == "=SUM('Needs & plans'!B2:B9)+SUM(Mine[Units])+Rate"


def test_keys_come_from_marks(tmp_path: Path, book: Path) -> None:
    """A scratch sheet with a mark of ownership has that key, whatever it is called."""
    scratch = our_book(tmp_path / "one.xlsx", name="Plan")
    mark = f'<definedName name="{OWNERSHIP_NAME}" localSheetId="0">{ownership_text("Forecast")}</definedName>'
    edited(scratch, "xl/workbook.xml", "<definedNames>", f"<definedNames>{mark}")
    assert graft(book, scratch) == {"Forecast": "Plan", "Orders": "Orders"}
    assert graft(book, our_book(tmp_path / "two.xlsx")) == {"Forecast": "Plan", "Orders": "Orders"}
    assert Book(book).sheet_names == ["Stock", "Notes", "Plan", "Orders"]


def test_a_book_by_another_library(tmp_path: Path, book: Path) -> None:
    """A scratch book that openpyxl wrote is taken as well."""
    other = openpyxl.Workbook()
    other.active.title = "Forecast"
    other.active.append(["SKU", 1.5, True, "=B1*2"])
    other.save(tmp_path / "other.xlsx")
    graft(book, tmp_path / "other.xlsx")
    sheet = openpyxl.load_workbook(book)["Forecast"]
    assert [cell.value for cell in sheet[1]] == ["SKU", 1.5, True, "=B1*2"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("<(/?)(?=[a-zA-Z])", r"<\1x:", id="a prefix"),
        pytest.param('<c r="A1" s="1" t="s">', '<c t="s" s="1" r="A1">', id="another order"),
        pytest.param('(<c r="A1" s="1" t="s">)(<v>0</v>)', r"\1<!-- a -->\2 ", id="a comment"),
    ],
)
def test_a_book_in_another_spelling(tmp_path: Path, book: Path, old: str, new: str) -> None:
    """A scratch sheet that spells its cells otherwise comes in with the same texts, numbers and formats."""
    scratch = xlsxwriter.Workbook(str(tmp_path / "odd.xlsx"))
    sheet, red = scratch.add_worksheet("Forecast"), scratch.add_format({"font_color": "red", "num_format": "0.00"})
    sheet.write_row("A1", ["first text", 2, "second"], red)
    scratch.close()
    edited(tmp_path / "odd.xlsx", "xl/worksheets/sheet1.xml", old, new)
    if "x:" in new:
        edited(tmp_path / "odd.xlsx", "xl/worksheets/sheet1.xml", "<x:worksheet xmlns=", "<x:worksheet xmlns:x=")
    graft(book, tmp_path / "odd.xlsx")
    found = openpyxl.load_workbook(book)["Forecast"]
    assert [cell.value for cell in found[1]] == ["first text", 2, "second"]
    assert [found["A1"].font.color.rgb, found["B1"].number_format] == ["FFFF0000", "0.00"]


def test_a_chart_sheet_is_refused(tmp_path: Path, book: Path) -> None:
    """A tab that is a chart cannot be written; the sentence says what to do."""
    scratch = xlsxwriter.Workbook(str(tmp_path / "chart.xlsx"))
    scratch.add_worksheet("Data").write("A1", 1)
    chart = scratch.add_chart({"type": "line"})
    chart.add_series({"values": "=Data!$A$1:$A$2"})
    scratch.add_chartsheet("Picture").set_chart(chart)
    scratch.close()
    with pytest.raises(WorkbookError, match=r'"Picture" in chart\.xlsx is no worksheet'):
        graft(book, tmp_path / "chart.xlsx")


def test_a_damaged_part_is_refused(tmp_path: Path, book: Path, ours: Path) -> None:
    """A part of the user's that does not fit its checksum is found although it would only be copied."""
    with zipfile.ZipFile(book) as archive:
        info = archive.getinfo("xl/theme/theme1.xml")
    data = bytearray(book.read_bytes())
    data[info.header_offset + 200] ^= 0xFF
    book.write_bytes(data)
    with pytest.raises(WorkbookError, match=r"xl/theme/theme1\.xml"):
        graft(book, ours)
    assert book.read_bytes() == data


NEW = Renaming({"Plan": "Plan (2)", "Q1": "Start"}, {"Needs": "Needs_2"})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Plan!A1:Plan!B2", "'Plan (2)'!A1:'Plan (2)'!B2"),
        ("'PLAN'!$A:$A", "'Plan (2)'!$A:$A"),
        ("Q1:Q4!A1", "'Start:Q4'!A1"),
        ("'Q1:Q4'!A1", "'Start:Q4'!A1"),
        ("Plan!A1:INDEX(Plan!A:A,3)", "'Plan (2)'!A1:INDEX('Plan (2)'!A:A,3)"),
        ("[1]Plan!A1+'[b.xlsx]Plan'!A1", "[1]Plan!A1+'[b.xlsx]Plan'!A1"),
        ("needs[[#This Row],[Needs]]+[@Needs]", "Needs_2[[#This Row],[Needs]]+[@Needs]"),
        ("SUM(Needs)+Needs(1)", "SUM(Needs_2)+Needs(1)"),
        ("Needs['[Plan'!]", "Needs_2['[Plan'!]"),
        ('"Plan!A1"&INDIRECT("Plan!A1")', "\"Plan!A1\"&INDIRECT(\"'Plan (2)'!A1\")"),
        ("Plan!#REF!+Plan!A1#", "'Plan (2)'!#REF!+'Plan (2)'!A1#"),
        ("Plans!A1+OldPlan!A1+'My Plan'!A1", "Plans!A1+OldPlan!A1+'My Plan'!A1"),
    ],
    ids=lambda text: text[:24],
)
def test_names_in_formulas(before: str, after: str) -> None:
    """Sheets and tables get their new names wherever a formula means them, and nowhere else."""
    assert NEW.formula(before) == after


def test_sheets_that_do_not_read_back_are_not_put_in_place(
    tmp_path: Path, book: Path, ours: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a value, a table or a mark differs in the new file, the old one stays."""
    scratch = Book(ours)
    names = {"Forecast": "Forecast", "Orders": "Orders"}
    graft(book, ours, tmp_path / "good.xlsx")
    ensure_reads_back(tmp_path / "good.xlsx", scratch, names)
    for part, old, new in (
        ("xl/worksheets/sheet3.xml", "<v>2</v>", "<v>3</v>"),
        ("xl/tables/table2.xml", 'ref="A1:C4"', 'ref="A1:C3"'),
        ("xl/workbook.xml", "_restock_owned", "_restock_lost"),
    ):
        graft(book, ours, tmp_path / "bad.xlsx")
        edited(tmp_path / "bad.xlsx", part, old, new)
        with pytest.raises(WorkbookError, match="does not read back"):
            ensure_reads_back(tmp_path / "bad.xlsx", scratch, names)
    before = book.read_bytes()
    monkeypatch.setattr(graft_file, "graft_into", lambda *_: {})
    with pytest.raises(WorkbookError, match=r"does not read back|no sheet called"):
        graft(book, ours)
    assert book.read_bytes() == before
