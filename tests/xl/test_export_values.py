"""Copies in values: what they show, what they leave behind, and what they are called."""

from __future__ import annotations

import datetime as dt
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import openpyxl.comments
import pytest
import xlsxwriter
from lxml import etree

from restock.errors import RestockError
from restock_xl.exports.export import export_book
from restock_xl.package.book import Book
from tests.xl.books import LAMP, NOW, TODAY, make, press, with_part
from tests.xl.graft_proof import VALIDATOR, sdk_errors

SHARED = Path(__file__).parents[3] / "shared"
SECRET = "Alice Example-Secret"
SALES = [
    {"date": TODAY - dt.timedelta(days=day), "sku": "LAMP-03", "warehouse": "US-LA", "quantity": 7777}
    for day in range(1, 15)
]  # fmt: skip
RISKY = ("=cmd|' /C calc'!A0", "@SUM(1)", "http://example.org/x")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pressed book with sales, texts that look like formulas, and an author in its properties."""
    path = tmp_path_factory.mktemp("export") / "shop.xlsx"
    catalog = [*LAMP["Catalog"], *({"sku": f"R-{k}", "name": text} for k, text in enumerate(RISKY))]
    make(path, data=LAMP | {"Sales": SALES, "Catalog": catalog})
    press(path)
    author = b"<dc:creator>" + SECRET.encode()
    return with_part(path, "docProps/core.xml", lambda data: data.replace(b"<dc:creator>", author))


def export(book: Path, to: Path | None, form: str | None = None, audience: str | None = None) -> Any:
    return export_book(book, to, form, audience, TODAY, NOW)


@pytest.fixture(scope="module")
def team(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = export(book, tmp_path_factory.mktemp("team")).path
    assert isinstance(path, Path)
    return path


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_copy_shows_every_value_and_holds_no_formula(book: Path, team: Path) -> None:
    """Each cell of the copy shows what the book shows, and none of its parts has a formula."""
    shown, copied = openpyxl.load_workbook(book, data_only=True), openpyxl.load_workbook(team)
    for sheet in copied:
        for row in sheet.iter_rows():
            for cell in row:
                expected = shown[sheet.title][cell.coordinate].value
                if cell.coordinate == "A1" or expected in (None, ""):
                    continue
                if "After changes: save" not in str(expected):
                    assert cell.value == expected, (sheet.title, cell.coordinate)
    assert not [name for name, data in parts(team).items() if b"<f>" in data or b"<f " in data]


def test_a_copy_opens_on_today_under_its_banner(team: Path) -> None:
    """Today comes first, is the tab that opens, and says of which day the copy is; so does the file's name."""
    copied = openpyxl.load_workbook(team)
    assert copied.sheetnames[0] == copied.active.title == "Today"
    assert copied["Today"]["A1"].value.startswith("COPY of 23 Nov · Restock")
    assert copied["Stock"]["A1"].value.startswith("COPY of 23 Nov · Stock")
    assert team.name == "shop copy 2026-11-23.xlsx"


def test_nothing_else_of_the_book_is_left_in_a_copy(book: Path, team: Path) -> None:
    """Sales, hidden sheets, names, the author, links and macros are not in any part."""
    found = parts(team)
    everything = b"".join(found.values())
    assert SECRET.encode() in b"".join(parts(book).values())
    for left in (SECRET.encode(), b"7777", b"History", b"RESTOCK_", b"_restock_owned", b"hyperlink"):
        assert left not in everything, left
    assert not {"Start", "Sales", "History"} & set(openpyxl.load_workbook(team).sheetnames)
    names = openpyxl.load_workbook(team).defined_names
    assert not list(names)


def test_texts_that_look_like_formulas_stay_texts(team: Path) -> None:
    """Data never becomes a formula or a link."""
    names = [row[1] for row in openpyxl.load_workbook(team)["Catalog"].iter_rows(min_row=4, max_col=2)]
    texts = [cell for cell in names if cell.value in RISKY]
    assert [cell.data_type for cell in texts] == ["s"] * len(RISKY)
    assert not [cell for cell in texts if cell.hyperlink]


def test_tiers_are_real_fills(team: Path) -> None:
    """A phone's preview draws no conditional formats, so the tier's colour is the cell's own; no rule is left."""
    sheet = openpyxl.load_workbook(team)["Stock"]
    colors = {row[7].value: row[7].fill.fgColor.rgb for row in sheet.iter_rows(min_row=4, max_row=9)}
    assert colors["RED"] == "FFD92D20"
    assert not list(sheet.conditional_formatting)


def test_the_copy_of_a_chinese_book_is_chinese(tmp_path: Path) -> None:
    """Banner and file name are in the book's language."""
    path = make(tmp_path / "店.xlsx", "zh", LAMP)
    press(path)
    copy = export(path, tmp_path / "out")
    assert copy.path.name == "店 副本 2026-11-23.xlsx"
    assert openpyxl.load_workbook(copy.path)["今日补货"]["A1"].value.startswith("11月23日的副本 · ")


def test_a_phone_gets_five_columns_and_no_money(book: Path, tmp_path: Path) -> None:
    """Lists are cut to five columns, the table with them; no column of money is among them."""
    copied = openpyxl.load_workbook(export(book, tmp_path, audience="phone").path)
    assert copied.sheetnames == ["Today", "Alerts", "Orders", "Transfers", "Live picks"]
    for sheet in copied.worksheets[1:]:
        heads = [cell.value for cell in sheet[3]]
        assert len(heads) == 5
        assert [column.name for table in sheet.tables.values() for column in table.tableColumns] == heads
        assert not {"Amount", "Unit cost", "You may lose", "Freight", "Likely margin"} & set(heads)


def test_a_formula_without_a_value_gets_one(tmp_path: Path) -> None:
    """Programs that store no results leave previews blank; the copy shows them."""
    wild = openpyxl.Workbook()
    wild.active.append([2, "=A1*21"])
    wild.save(tmp_path / "wild.xlsx")
    copy = export(tmp_path / "wild.xlsx", tmp_path / "copy.xlsx").path
    assert [cell.value for cell in openpyxl.load_workbook(copy).active[1]] == [2, 42]


def test_a_copy_is_valid_and_whole(team: Path) -> None:
    """Every part fits the schema of the format."""
    if not (SHARED / "ooxml-xsd").is_dir():
        pytest.skip("the schemas are not beside the checkout")
    schema = etree.XMLSchema(etree.parse(SHARED / "ooxml-xsd" / "sml.xsd"))
    for name, data in parts(team).items():
        if name.startswith("xl/") and name.endswith(".xml") and "theme" not in name:
            schema.validate(etree.fromstring(data))
            errors = [error.message for error in schema.error_log if "}space'" not in error.message]
            assert not errors, (name, errors[0])


def test_the_sdk_finds_no_fault_in_a_copy(team: Path) -> None:
    """Microsoft's validator finds nothing, where it is installed."""
    if not VALIDATOR:
        pytest.skip("OOXML_VALIDATOR names no validator of the Open XML SDK")
    assert sdk_errors(team) == {}


def test_the_button_refuses_a_copy(team: Path) -> None:
    """What would be planned from a copy is wrong, for it has no sales."""
    with pytest.raises(RestockError, match="is a copy"):
        press(team)


def test_names_of_copies(book: Path, tmp_path: Path) -> None:
    """In a folder a dated name is made and never written over; a file name is used as given, its old file kept."""
    first, second = export(book, tmp_path), export(book, tmp_path)
    assert (first.path.name, second.path.name) == ("shop copy 2026-11-23.xlsx", "shop copy 2026-11-23 (2).xlsx")
    given = tmp_path / "for Li.xlsx"
    given.write_bytes(first.path.read_bytes())
    again = export(book, given)
    assert again.path == given
    assert len(list((tmp_path / "restock-backups").iterdir())) == 1


@pytest.mark.parametrize(
    ("to", "form", "audience", "words"),
    [
        pytest.param("shop.xlsx", None, None, "the book itself", id="the book"),
        pytest.param("copy.pdf", None, None, "or add --as pdf", id="ending"),
        pytest.param(None, None, None, "--to FOLDER", id="nowhere"),
        pytest.param("x.xlsx", "doc", None, "is no form", id="form"),
        pytest.param("x.xlsx", None, "boss", "names nobody", id="audience"),
        pytest.param("x.xlsx", None, "supplier:", "names nobody", id="no name"),
        pytest.param("x.xlsx", "plain", "phone", "cannot be cut", id="whole book for one"),
        pytest.param("x.csv", "csv", None, "one warehouse or supplier", id="csv of everything"),
        pytest.param("x.txt", "text", "supplier:A", "for the group chat", id="text for a role"),
    ],
)
def test_what_does_not_fit_is_said(
    book: Path, tmp_path: Path, to: str | None, form: str | None, audience: str | None, words: str
) -> None:
    """A wish that cannot be met is one sentence, and no file."""
    target = None if to is None else book if to == "shop.xlsx" else tmp_path / to
    before = book.read_bytes()
    with pytest.raises(RestockError, match=words):
        export(book, target, form, audience)
    assert book.read_bytes() == before
    assert not list(tmp_path.iterdir())


def test_a_book_that_was_never_pressed_says_so(tmp_path: Path) -> None:
    """There is no text for the chat before the first press."""
    path = make(tmp_path / "new.xlsx", data=LAMP)
    with pytest.raises(RestockError, match="Recompute it first"):
        export(path, None, "text")


def test_text_for_the_group_chat(book: Path, tmp_path: Path) -> None:
    """The text is the one on Today, at most 600 characters, and a file of it is UTF-8."""
    said = export(book, tmp_path / "chat.txt", "text")
    cells = [cell.value for (cell,) in openpyxl.load_workbook(book)["Today"].iter_rows(max_col=1)]
    assert said.text == cells[cells.index("Text for the group chat") + 1]
    assert 0 < len(said.text) <= 600
    assert (tmp_path / "chat.txt").read_text("utf-8") == said.text + "\n"


def test_a_pdf_through_libreoffice(book: Path, tmp_path: Path) -> None:
    """With LibreOffice installed a PDF is made; without it the sentence names another way."""
    if shutil.which("soffice") is None:
        with pytest.raises(RestockError, match="--as png"):
            export(book, tmp_path / "today.pdf", "pdf", "phone")
    else:
        export(book, tmp_path / "today.pdf", "pdf", "phone")
        assert (tmp_path / "today.pdf").read_bytes().startswith(b"%PDF")


def test_charts_and_comments_that_stay_behind_are_named(tmp_path: Path) -> None:
    """What a copy in values cannot show is said, with the sheet."""
    wild = openpyxl.Workbook()
    wild.active.title = "Mine"
    wild.active["A1"].value = "x"
    wild.active["A1"].comment = openpyxl.comments.Comment("psst", "Bo")
    wild.save(tmp_path / "wild.xlsx")
    said = export(tmp_path / "wild.xlsx", tmp_path / "copy.xlsx")
    assert any("comments stay in your book" in line and "Mine" in line for line in said.lines)
    assert b"psst" not in b"".join(parts(said.path).values())


def test_the_book_is_only_read(book: Path, tmp_path: Path) -> None:
    """An export changes neither the book nor its folder."""
    before, names = book.read_bytes(), sorted(book.parent.iterdir())
    export(book, tmp_path)
    assert book.read_bytes() == before
    assert sorted(book.parent.iterdir()) == names
    assert Book(book).owned()


SOLD = [["Date", "SKU", "Warehouse", "Quantity", "Customer"], ["2026-11-01", "A-1", "UK", 7777, SECRET]]


def sold_beside_stock(path: Path, as_table: bool = False) -> Path:
    """A book with Stock and Sales side by side on one sheet, and older sales on another."""
    with xlsxwriter.Workbook(path) as made:
        page, old = made.add_worksheet("All"), made.add_worksheet("Sales 2025")
        for row, values in enumerate([["SKU", "Warehouse", "On hand"], ["A-1", "UK", 100]], start=2):
            page.write_row(row, 0, values)
        for row, values in enumerate(SOLD, start=2):
            page.write_row(row, 5, values)
            old.write_row(row - 2, 0, values)
        if as_table:
            columns = [{"header": header} for header in SOLD[0]]
            page.add_table("F3:J5", {"name": "Sales", "columns": columns, "total_row": True})
            page.write("I5", 7777)
    return path


@pytest.mark.parametrize("as_table", [False, True], ids=["cells", "table with totals"])
def test_sales_beside_stock_are_left_out_with_all_that_stands_in_them(tmp_path: Path, as_table: bool) -> None:
    """The customer's name, a totals row and a second sheet of sales go with Sales; Stock on the same sheet stays."""
    copied = export(sold_beside_stock(tmp_path / "shop.xlsx", as_table), tmp_path / "copy.xlsx").path
    everything = b"".join(parts(copied).values())
    assert openpyxl.load_workbook(copied).sheetnames == ["All"]
    assert openpyxl.load_workbook(copied)["All"]["C4"].value == 100
    assert SECRET.encode() not in everything
    assert b"7777" not in everything


def test_a_font_that_the_book_lacks_is_the_first_one(tmp_path: Path) -> None:
    """A format that names a missing font does not stop the copy."""
    with xlsxwriter.Workbook(tmp_path / "shop.xlsx") as made:
        made.add_worksheet().write("A1", "shown", made.add_format({"bold": True, "bg_color": "#FFEE00"}))
    path = with_part(tmp_path / "shop.xlsx", "xl/styles.xml", lambda data: data.replace(b'fontId="1"', b'fontId="9"'))
    cell = openpyxl.load_workbook(export(path, tmp_path / "copy.xlsx").path).active["A1"]
    assert (cell.value, cell.fill.fgColor.rgb) == ("shown", "FFFFEE00")


def test_fonts_say_what_they_are_in_the_order_of_the_schema(book: Path, tmp_path: Path) -> None:
    """openpyxl writes a font's name first, which strict readers refuse; the copy does not take that over."""
    openpyxl.load_workbook(book).save(tmp_path / "saved.xlsx")
    styles = etree.fromstring(parts(export(tmp_path / "saved.xlsx", tmp_path / "copy.xlsx").path)["xl/styles.xml"])
    order = ["b", "i", "u", "sz", "color", "name", "family", "charset"]
    for font in styles.iter("{*}font"):
        found = [order.index(etree.QName(child).localname) for child in font]
        assert found == sorted(found)


def test_a_printed_header_keeps_its_ampersands(tmp_path: Path) -> None:
    """A picture in a header is left out; an ampersand before a G is none."""
    made = openpyxl.Workbook()
    made.active["A1"], made.active.oddHeader.left.text = 1, "&GR&&GD &P"
    made.save(tmp_path / "shop.xlsx")
    copied = openpyxl.load_workbook(export(tmp_path / "shop.xlsx", tmp_path / "copy.xlsx").path)
    assert copied.active.oddHeader.left.text == "R&&GD &P"


def test_a_name_that_is_too_long_for_the_disk_is_said(book: Path, tmp_path: Path) -> None:
    """No name that a file system refuses ends in an error of the program."""
    with pytest.raises(RestockError, match="was not saved"):
        export(book, tmp_path / ("n" * 300))
    with pytest.raises(RestockError, match="was not saved"):
        export(book, tmp_path / ("n" * 300 + ".xlsx"))
