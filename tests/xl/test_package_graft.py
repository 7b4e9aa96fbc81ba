"""Writing our sheets into a user's workbook."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from restock.errors import WorkbookError
from restock_xl.package.book import Book
from restock_xl.package.grafting import graft_into
from restock_xl.package.ownership import ownership_text
from restock_xl.package.verify import verify_package

KEYS = {"Forecast": "Forecast", "Transfers": "Transfers"}
MAY_CHANGE = {
    "[content_types].xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/metadata.xml",
    "docprops/app.xml",
}
CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "files"


def image() -> io.BytesIO:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\xc8\x1e\x1e" * 8 for _ in range(8))
    header = struct.pack(">2I5B", 8, 8, 8, 2, 0, 0, 0)
    pieces = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + pieces)


def user_book(path: Path, *, sheets: tuple[str, ...] = ("Stock", "Notes"), date1904: bool = False) -> Path:
    """A user's workbook with most of what people put into one."""
    book = xlsxwriter.Workbook(str(path), {"date_1904": date1904})
    bold = book.add_format({"bold": True, "num_format": "0.000"})
    first, second = (book.add_worksheet(name) for name in sheets)
    first.add_table(
        "A1:C4", {"name": "Stock", "columns": [{"header": h} for h in ("SKU", "On hand", "Days")]}
    )
    for row in range(1, 4):
        first.write_row(row, 0, [f"SKU-{row}", row * 10], bold)
        first.write_formula(row, 2, f"=B{row + 1}/2", bold, row * 5)
    first.conditional_format("B2:B4", {"type": "cell", "criteria": "<", "value": 15, "format": bold})
    first.data_validation("B2:B4", {"validate": "integer", "criteria": ">=", "value": 0})
    first.write_comment("A1", "counted on Monday")
    first.insert_image("F1", "dot.png", {"image_data": image()})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": [sheets[0], 1, 1, 3, 1]})
    first.insert_chart("F5", chart)
    second.write("A1", "keep me")
    book.define_name("Tax", "=0.19")
    book.close()
    return path


def scratch_book(
    path: Path,
    names: tuple[str, ...] = ("Forecast", "Transfers"),
    *,
    rows: int = 3,
    table: str = "ForecastTable",
) -> Path:
    """Our sheets as a renderer writes them."""
    book = xlsxwriter.Workbook(str(path))
    number = book.add_format({"num_format": '#,##0.0 "units"', "bg_color": "#FFEE00"})
    red = book.add_format({"bg_color": "#FFC7CE", "num_format": '0.00 "d"'})
    sheet, *others = (book.add_worksheet(name) for name in names)
    sheet.add_table(
        0,
        0,
        rows,
        2,
        {
            "name": table,
            "columns": [{"header": "SKU"}, {"header": "Need", "format": number}, {"header": "Double"}],
        },
    )
    for row in range(1, rows + 1):
        sheet.write_string(row, 0, f"SKU-{row}")
        sheet.write_number(row, 1, row, number)
        sheet.write_formula(row, 2, f"=B{row + 1}*2", None, row * 2)
    sheet.write_string("E1", '=HYPERLINK("http://example.com")')
    sheet.write_string("E2", " lead & <tag> ")
    sheet.write_dynamic_array_formula("G1:G2", "=_xlfn._xlws.SORT(B2:B3)", None, 1)
    sheet.write_comment("A1", "written by Restock")
    sheet.insert_image("H1", "dot.png", {"image_data": image()})
    sheet.conditional_format(1, 1, rows, 1, {"type": "cell", "criteria": ">", "value": 2, "format": red})
    sheet.repeat_rows(0)
    sheet.autofilter("E1:E2")
    for other in others:
        other.write_url("A1", f"internal:'{names[0]}'!A1", string="to the forecast")
        other.hide()
    book.close()
    return path


def graft(book: Path, scratch: Path, out: Path, keys: dict[str, str], **options: Any) -> dict[str, set[str]]:
    """Write the sheets of a scratch book under the names that they have there."""
    user = Book(book)
    skipped = graft_into(user, scratch, keys, **options)
    user.archive.save(out)
    return skipped


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return user_book(tmp_path / "book.xlsx")


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    return scratch_book(tmp_path / "scratch.xlsx")


@pytest.fixture
def grafted(tmp_path: Path, book: Path, scratch: Path) -> Path:
    out = tmp_path / "grafted.xlsx"
    graft(book, scratch, out, KEYS)
    return out


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {
            name.replace("\\", "/").lower(): archive.read(name)
            for name in archive.namelist()
            if name[-1] != "/"
        }


def edited(path: Path, part: str, old: str, new: str) -> Path:
    """Rewrite one part of a workbook, as another program would on saving."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    changed, count = re.subn(old.encode(), new.encode(), members[part])
    assert count, f"{old} does not occur in {part}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, changed if name == part else data)
    return path


def cell(path: Path, sheet: str, reference: str) -> Any:
    return openpyxl.load_workbook(path, data_only=True)[sheet][reference]


def test_untouched_parts_are_byte_identical(book: Path, grafted: Path) -> None:
    """Adding sheets leaves every part of the user's byte for byte as it was."""
    before, after = contents(book), contents(grafted)
    assert {name for name in before if after.get(name) != before[name]} <= MAY_CHANGE


def test_sheets_are_appended_and_owned(grafted: Path) -> None:
    """New sheets stand behind the user's, in order, and are recognised as ours."""
    result = Book(grafted)
    assert result.sheet_names == ["Stock", "Notes", "Forecast", "Transfers"]
    assert result.owned() == {"Forecast": "Forecast", "Transfers": "Transfers"}
    assert result.sheet("Transfers").state == "hidden"  # type: ignore[union-attr]
    assert [(table.name, table.sheet, table.ref) for table in result.tables()] == [
        ("Stock", "Stock", "A1:C4"),
        ("ForecastTable", "Forecast", "A1:C4"),
    ]
    verify_package(grafted)


def test_contents_survive(grafted: Path) -> None:
    """Values, formats, comments, print titles and formulas of the new sheets read back as written."""
    workbook = openpyxl.load_workbook(grafted)
    sheet = workbook["Forecast"]
    assert [sheet["B3"].value, sheet["B3"].number_format] == [2, '#,##0.0 "units"']
    assert sheet["C3"].value == "=B3*2"
    assert sheet["A1"].comment.text == "written by Restock"
    assert sheet.print_title_rows == "$1:$1"
    assert [rule.dxf.numFmt.formatCode for rules in sheet.conditional_formatting for rule in rules.rules] == [
        '0.00 "d"'
    ]
    assert workbook["Stock"]["B2"].number_format == "0.000"


def test_text_that_looks_like_a_formula_stays_text(grafted: Path) -> None:
    """Text beginning with an equals sign is stored as text, and odd text comes back as it was."""
    injected = openpyxl.load_workbook(grafted)["Forecast"]["E1"]
    assert (injected.value, b"<f>HYPERLINK" in contents(grafted)["xl/worksheets/sheet3.xml"]) == (
        '=HYPERLINK("http://example.com")',
        False,
    )
    assert cell(grafted, "Forecast", "E2").value == " lead & <tag> "
    assert "xl/sharedstrings.xml" in contents(grafted)


def test_second_run_changes_nothing(tmp_path: Path, grafted: Path, scratch: Path) -> None:
    """Writing the same sheets again gives the same file, byte for byte, and a third time too."""
    again = tmp_path / "again.xlsx"
    graft(grafted, scratch, again, KEYS)
    assert contents(again) == contents(grafted)
    third = tmp_path / "third.xlsx"
    graft(again, scratch, third, KEYS)
    assert third.read_bytes() == again.read_bytes()


def test_replacing_keeps_place_and_state(tmp_path: Path, grafted: Path) -> None:
    """A sheet of ours is replaced in place: same part, same tab, same hidden state, same table id."""
    edited(
        grafted,
        "xl/workbook.xml",
        'name="Forecast" sheetId="3"',
        'name="Forecast" sheetId="3" state="veryHidden"',
    )
    bigger, out = scratch_book(tmp_path / "bigger.xlsx", rows=9), tmp_path / "out.xlsx"
    graft(grafted, bigger, out, KEYS)
    before, after = Book(grafted), Book(out)
    assert after.sheets == before.sheets
    assert [t.number for t in after.tables()] == [t.number for t in before.tables()]
    assert after.tables()[1].ref == "A1:C10"
    assert len(contents(out)) == len(contents(grafted))


@pytest.mark.parametrize("hidden", ["", ' hidden="1"'], ids=["flag dropped", "flag kept"])
@pytest.mark.parametrize("name", ["_restock_owned", "_Restock_Owned"])
def test_ownership_survives_another_program(grafted: Path, hidden: str, name: str) -> None:
    """Our sheet is known without the hidden flag, in any case, and after the user renamed it."""
    mark = f'<definedName name="{name}" localSheetId="2"{hidden}>'
    edited(
        grafted, "xl/workbook.xml", '<definedName name="_restock_owned" localSheetId="2" hidden="1">', mark
    )
    edited(grafted, "xl/workbook.xml", 'name="Forecast" sheetId', 'name="Prognose" sheetId')
    assert Book(grafted).owned()["Forecast"] == "Prognose"


def test_a_copy_of_our_sheet_is_the_users(tmp_path: Path, grafted: Path) -> None:
    """Where a person copied our sheet, with its mark, the original is still the one that is ours."""
    edited(
        grafted,
        "xl/workbook.xml",
        "</definedNames>",
        '<definedName name="_restock_owned" '
        f'localSheetId="0">{ownership_text("Forecast")}</definedName></definedNames>',
    )
    assert Book(grafted).owned()["Forecast"] == "Forecast"


def test_a_sheet_of_the_user_is_never_taken(tmp_path: Path, scratch: Path) -> None:
    """A same-named sheet that is not ours is left alone: ours gets the next free name, or is refused."""
    book = user_book(tmp_path / "book.xlsx", sheets=("forecast", "Notes"))
    assert Book(book).free_sheet_name("Forecast") == "Forecast (2)"
    assert Book(book).free_sheet_name("Transfers") == "Transfers"
    with pytest.raises(WorkbookError, match='already has a sheet called "Forecast"'):
        graft(book, scratch, tmp_path / "out.xlsx", KEYS)


def test_free_names_fit_excel(tmp_path: Path, grafted: Path) -> None:
    """A free sheet name has at most 31 characters; a free table name avoids tables and defined names."""
    long = "A sheet name of thirty-one char"
    book = user_book(tmp_path / "long.xlsx", sheets=(long, "Notes"))
    assert len(long) == 31
    assert Book(book).free_sheet_name(long) == "A sheet name of thirty-one  (2)"
    assert Book(grafted).free_sheet_name("Forecast") == "Forecast"
    assert Book(grafted).free_table_name("tax") == "tax_2"
    assert Book(grafted).free_table_name("FORECASTTABLE") == "FORECASTTABLE_2"
    assert Book(grafted).free_table_name("ForecastTable", ignoring_sheets=["Forecast"]) == "ForecastTable"


def test_a_taken_table_name_is_refused(tmp_path: Path, book: Path) -> None:
    """A table of ours that would share its name with one of the user's is refused."""
    scratch = scratch_book(tmp_path / "scratch.xlsx", table="STOCK")
    with pytest.raises(WorkbookError, match='a name called "STOCK"'):
        graft(book, scratch, tmp_path / "out.xlsx", KEYS)


def test_normal_style_does_not_leak(tmp_path: Path, book: Path, scratch: Path) -> None:
    """Cells without a format are plain Calibri without borders, whatever the user's Normal style is."""
    edited(book, "xl/styles.xml", "<border><left/>", '<border><left style="thick"/>')
    edited(book, "xl/styles.xml", '<name val="Calibri"/>', '<name val="Impact"/>')
    out = tmp_path / "out.xlsx"
    graft(book, scratch, out, KEYS)
    plain = cell(out, "Forecast", "A2")
    assert (plain.border.left.style, plain.font.name, plain.number_format) == (None, "Calibri", "General")
    assert cell(out, "Notes", "A1").border.left.style == "thick"


def test_styles_are_only_appended(book: Path, grafted: Path) -> None:
    """Every format of the user keeps its number."""
    before, after = (openpyxl.load_workbook(path) for path in (book, grafted))
    assert before._fonts == after._fonts[: len(before._fonts)]
    assert before._cell_styles == after._cell_styles[: len(before._cell_styles)]


def test_cached_values_are_patched(tmp_path: Path, book: Path, scratch: Path) -> None:
    """New values reach formula cells of the user's sheets; other cells are left alone and reported."""
    out = tmp_path / "out.xlsx"
    skipped = graft(book, scratch, out, KEYS, cached={"Stock": {"C2": 99, "C3": "#N/A", "B2": 1}})
    assert skipped == {"Stock": {"B2"}}
    assert [cell(out, "Stock", ref).value for ref in ("C2", "C3", "C4", "B2")] == [99, "#N/A", 15, 10]
    assert openpyxl.load_workbook(out)["Stock"]["C2"].value == "=B2/2"


def test_calculation_chain_is_dropped_with_formulas(tmp_path: Path, book: Path, scratch: Path) -> None:
    """The calculation chain goes when formulas are written, with its relationship and content type."""
    edited(
        book,
        "[Content_Types].xml",
        "</Types>",
        '<Override PartName="/xl/calcChain.xml" ContentType="chain"/></Types>',
    )
    link = '<Relationship Id="rId99" Type="http://x/calcChain" Target="calcChain.xml"/></Relationships>'
    edited(book, "xl/_rels/workbook.xml.rels", "</Relationships>", link)
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr("xl/calcChain.xml", "<calcChain/>")
    out = tmp_path / "out.xlsx"
    graft(book, scratch, out, KEYS)
    assert "xl/calcchain.xml" not in contents(out)
    assert (
        b"calcChain" not in contents(out)["xl/_rels/workbook.xml.rels"] + contents(out)["[content_types].xml"]
    )


def test_document_properties_list_the_sheets(grafted: Path) -> None:
    """The list of titles in the document properties names the new sheets and their print titles."""
    titles = re.findall(rb"<vt:lpstr>([^<]*)</vt:lpstr>", contents(grafted)["docprops/app.xml"])
    assert titles == [
        *(b"Worksheets", b"Named Ranges"),
        *(b"Stock", b"Notes", b"Forecast", b"Transfers", b"Forecast!Print_Titles"),
    ]


@pytest.mark.parametrize(("selected", "active"), [("Stock", None), ("none", "2")])
def test_activation_never_groups_sheets(
    tmp_path: Path, book: Path, scratch: Path, selected: str, active: str | None
) -> None:
    """A sheet of ours is shown first only where no sheet of the user's stays selected beside it."""
    if selected == "none":
        edited(book, "xl/worksheets/sheet1.xml", ' tabSelected="1"', "")
    out = tmp_path / "out.xlsx"
    graft(book, scratch, out, KEYS, activate="Forecast")
    found = re.search(rb'activeTab="(\d+)"', contents(out)["xl/workbook.xml"])
    assert (found.group(1).decode() if found else None) == active
    assert (
        sum(b'tabSelected="1"' in data for name, data in contents(out).items() if "/worksheets/" in name) == 1
    )


def test_names_a_person_gave_stay(tmp_path: Path, grafted: Path, scratch: Path) -> None:
    """A name a person gave a cell of our sheet survives the next run; print titles are not doubled."""
    name = '<definedName name="total" localSheetId="2">Forecast!\\$B\\$2</definedName></definedNames>'
    edited(grafted, "xl/workbook.xml", "</definedNames>", name)
    out = tmp_path / "out.xlsx"
    graft(grafted, scratch, out, KEYS)
    names = [element.get("name") for element in Book(out).defined_names if element.get("localSheetId") == "2"]
    assert sorted(names) == ["_restock_owned", "_xlnm.Print_Titles", "_xlnm._FilterDatabase", "total"]


def test_macro_names_of_sheets_stay(tmp_path: Path, grafted: Path, scratch: Path) -> None:
    """The name by which macros know our sheet survives its replacement."""
    edited(grafted, "xl/worksheets/sheet3.xml", "<dimension", '<sheetPr codeName="Sheet7"/><dimension')
    out = tmp_path / "out.xlsx"
    graft(grafted, scratch, out, KEYS)
    assert b'<sheetPr codeName="Sheet7"/>' in contents(out)["xl/worksheets/sheet3.xml"]


def test_a_lost_part_is_not_replaced_by_ours(tmp_path: Path, book: Path, scratch: Path) -> None:
    """Where the user's workbook names a part it lost, no new part of ours turns up under that name."""
    target = "/xl/drawings/drawing2.xml"
    link = f'<Relationship Id="rId98" Type="http://x/drawing" Target="{target}"/></Relationships>'
    edited(book, "xl/worksheets/_rels/sheet1.xml.rels", "</Relationships>", link)
    out = tmp_path / "out.xlsx"
    graft(book, scratch, out, KEYS)
    assert "xl/drawings/drawing2.xml" not in contents(out)


def test_another_date_system_is_refused(tmp_path: Path, scratch: Path) -> None:
    """Sheets with dates from 1900 are not written into a workbook that counts from 1904."""
    book = user_book(tmp_path / "mac.xlsx", date1904=True)
    with pytest.raises(WorkbookError, match="counts dates from 1904"):
        graft(book, scratch, tmp_path / "out.xlsx", KEYS)
