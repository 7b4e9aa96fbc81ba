"""Cells of one worksheet part: every way in which programs write values and formulas."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from restock.errors import WorkbookError
from restock.schema.raw import CellError
from restock_xl.package.cells import SheetCells
from restock_xl.package.read import read_book

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"


def book(path: Path, parts: dict[str, str | bytes]) -> Path:
    """Write a book with one empty sheet, some of whose parts are replaced."""
    workbook = xlsxwriter.Workbook(path)
    workbook.add_worksheet("Sheet1").write_string(0, 0, "replaced")
    workbook.close()
    with zipfile.ZipFile(path) as archive:
        content: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    content.update(parts)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def sheet(rows: str, encoding: str = "UTF-8") -> bytes:
    """Return a worksheet part."""
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>'
    text = f'{declaration}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return text.encode(encoding)


def cells(tmp_path: Path, part: str | bytes, strings: str = "", date1904: bool = False) -> SheetCells:
    """Return the cells of a sheet, given its part and the items of the shared texts."""
    parts: dict[str, str | bytes] = {SHEET: part}
    if strings:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    path = book(tmp_path / "book.xlsx", parts)
    if date1904:
        with zipfile.ZipFile(path) as archive:
            workbook = archive.read("xl/workbook.xml").replace(b"<workbookPr ", b'<workbookPr date1904="1" ')
        path = book(path, {**parts, "xl/workbook.xml": workbook})
    return read_book(path).cells("Sheet1")


VALUES = [
    ("blank", '<c r="A1" s="1"/>', None),
    ("number", '<c r="A1"><v>12.5</v></c>', 12.5),
    ("number with exponent", '<c r="A1" t="n"><v>1E-3</v></c>', 0.001),
    ("not finite", '<c r="A1"><v>NaN</v></c>', CellError("#NUM!")),
    ("true", '<c r="A1" t="b"><v>1</v></c>', True),
    ("error", '<c r="A1" t="e"><v>#N/A</v></c>', CellError("#N/A")),
    ("formula text", '<c r="A1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>', "ab"),
    ("formula that shows nothing", '<c r="A1" t="str"><f>""</f><v></v></c>', ""),
    ("formula without a result", '<c r="A1"><f>1+1</f></c>', ""),
    ("formula without a result, empty tag", '<c r="A1"><f>1+1</f><v/></c>', ""),
    ("inline text", '<c r="A1" t="inlineStr"><is><t>A&amp;B</t></is></c>', "A&B"),
    ("inline text, empty", '<c r="A1" t="inlineStr"><is><t/></is></c>', ""),
    (
        "inline runs",
        '<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r></is></c>',
        "a b",
    ),
    ("escaped character", '<c r="A1" t="str"><v>a_x000A_b_x005F_x000A_</v></c>', "a\nb_x000A_"),
    ("numeric entity", '<c r="A1" t="str"><v>&#24211;&#x5B58;</v></c>', "库存"),
    ("ISO date", '<c r="A1" t="d"><v>2026-11-23</v></c>', 46349.0),
    ("ISO date and time", '<c r="A1" t="d"><v>2026-11-23T12:00:00</v></c>', 46349.5),
    ("attributes in another order", "<c t='str' r='A1'><v>x</v></c>", "x"),
    ("CDATA", '<c r="A1" t="str"><v><![CDATA[a<b]]></v></c>', "a<b"),
    ("comment", '<c r="A1"><!-- note --><v>3</v></c>', 3.0),
    ("other elements", '<c r="A1"><v>3</v><extLst><ext uri="x"/></extLst></c>', 3.0),
]


@pytest.mark.parametrize(
    ("markup", "expected"), [case[1:] for case in VALUES], ids=[case[0] for case in VALUES]
)
def test_value_of_a_cell(tmp_path: Path, markup: str, expected: object) -> None:
    """A cell's value has the type that the cell shows, and only a truly blank cell is None."""
    value = cells(tmp_path, sheet(f'<row r="1">{markup}</row>')).value("A1")
    assert value == expected
    assert type(value) is type(expected)


SHARED = [
    ("plain", "<si><t>SKU</t></si>", "SKU"),
    ("spaces kept", '<si><t xml:space="preserve"> a </t></si>', " a "),
    ("rich text", "<si><r><t>On </t></r><r><rPr><b/></rPr><t>hand</t></r></si>", "On hand"),
    (
        "reading left out",
        '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si>',
        "東京",
    ),
    ("empty", "<si><t/></si>", ""),
    ("empty item", "<si/>", ""),
    ("CDATA", "<si><t><![CDATA[A&B]]></t></si>", "A&B"),
]


@pytest.mark.parametrize(
    ("item", "expected"), [case[1:] for case in SHARED], ids=[case[0] for case in SHARED]
)
def test_shared_text(tmp_path: Path, item: str, expected: str) -> None:
    """A shared text is the text a person reads."""
    strings = f"<si><t>first</t></si>{item}"
    found = cells(tmp_path, sheet('<row r="1"><c r="A1" t="s"><v>1</v></c></row>'), strings)
    assert found.value("A1") == expected


def test_cells_without_references_follow_one_another(tmp_path: Path) -> None:
    """Rows and cells that do not say where they stand come right after those before them."""
    rows = (
        '<row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row>'
        '<row r="5"><c><v>4</v></c></row><row><c><v>5</v></c></row>'
    )
    found = cells(tmp_path, sheet(rows))
    assert found.rows == {1: {1: 1.0, 4: 2.0, 5: 3.0}, 5: {1: 4.0}, 6: {1: 5.0}}


PLAIN_ROWS = '<row r="2"><c r="B2" t="str"><v>库存 &lt;1</v></c><c r="C2"><f>B2*2</f><v>4</v></c></row>'


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "ISO-8859-1"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    """The encoding of a part does not matter."""
    rows = PLAIN_ROWS if encoding != "ISO-8859-1" else PLAIN_ROWS.replace("库存", "Größe")
    found = cells(tmp_path, sheet(rows, encoding))
    assert found.value("B2") == ("库存 <1" if encoding != "ISO-8859-1" else "Größe <1")
    assert (found.value("C2"), found.formula("C2")) == (4.0, "B2*2")


def test_namespace_prefix(tmp_path: Path) -> None:
    """Elements may have a prefix."""
    part = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>'
        '<x:row r="3"><x:c r="A3" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c>'
        '<x:c r="B3"><x:f t="shared" ref="B3:B4" si="0">A3*2</x:f><x:v>1</x:v></x:c></x:row>'
        '<x:row r="4"><x:c r="B4"><x:f t="shared" si="0"/><x:v>2</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    found = cells(tmp_path, part)
    assert found.rows == {3: {1: "a", 2: 1.0}, 4: {2: 2.0}}
    assert found.formula("B4") == "A4*2"


FORMULAS = (
    '<row r="1"><c r="A1"><f>SUM(B1:C1)&lt;3</f><v>1</v></c>'
    '<c r="B1"><f t="shared" ref="B1:C2" si="0">A1+$A1+A$1+$A$1+Sheet1!A1+LOG10(A1)+&quot;A1&quot;</f>'
    "<v>1</v></c>"
    '<c r="C1"><f t="shared" si="0"/><v>1</v></c></row>'
    '<row r="2"><c r="B2"><f t="shared" si="0"/><v>1</v></c>'
    '<c r="D2"><f t="array" ref="D2:D3">A1:A2*2</f><v>1</v></c>'
    '<c r="E2"><f t="dataTable" ref="E2:E3" dt2D="0" r1="A1"/><v>1</v></c></row>'
)

MOVED = {
    "A1": "SUM(B1:C1)<3",
    "B1": 'A1+$A1+A$1+$A$1+Sheet1!A1+LOG10(A1)+"A1"',
    "C1": 'B1+$A1+B$1+$A$1+Sheet1!B1+LOG10(B1)+"A1"',
    "B2": 'A2+$A2+A$1+$A$1+Sheet1!A2+LOG10(A2)+"A1"',
    "D2": "A1:A2*2",
    "D3": None,
    "E2": None,
    "Z9": None,
}


@pytest.mark.parametrize("reference", MOVED)
def test_formula(tmp_path: Path, reference: str) -> None:
    """A shared formula is written out for the cell that is asked for."""
    assert cells(tmp_path, sheet(FORMULAS)).formula(reference) == MOVED[reference]


def test_array_range(tmp_path: Path) -> None:
    """An array formula says which cells it fills."""
    found = cells(tmp_path, sheet(FORMULAS))
    assert (found.array_range("D2"), found.array_range("A1"), found.array_range("D3")) == (
        "D2:D3",
        None,
        None,
    )


def test_formulas_of_a_column(tmp_path: Path) -> None:
    """All formulas of a column can be had at once."""
    found = cells(tmp_path, sheet(FORMULAS))
    assert found.formulas.column(2) == {1: MOVED["B1"], 2: MOVED["B2"]}
    assert len(found.formulas) == 6


def test_uncomputed_formulas_are_known(tmp_path: Path) -> None:
    """A formula that no program has calculated yet can be told from one that shows nothing."""
    rows = (
        '<row r="1"><c r="A1"><f>1+1</f></c><c r="B1" t="str"><f>""</f><v></v></c>'
        '<c r="C1"><f>1</f><v>1</v></c></row>'
    )
    found = cells(tmp_path, sheet(rows))
    assert found.row(1) == {1: "", 2: "", 3: 1.0}
    assert found.uncomputed == {(1, 1)}


def test_dates_of_a_1904_book_are_its_own_serials(tmp_path: Path) -> None:
    """An ISO date becomes the serial number that the book itself would show."""
    found = cells(tmp_path, sheet('<row r="1"><c r="A1" t="d"><v>2026-11-23</v></c></row>'), date1904=True)
    assert found.value("A1") == 46349.0 - 1462


def test_size_and_column(tmp_path: Path) -> None:
    """The used size counts cells that show something; a column can be read for any rows."""
    found = cells(
        tmp_path,
        sheet('<row r="2"><c r="B2"><v>1</v></c><c r="H2" s="1"/></row><row r="9"><c r="A9" s="1"/></row>'),
    )
    assert (found.max_row, found.max_column) == (2, 2)
    assert found.column("B", [1, 2, 9]).tolist() == [None, 1.0, None]


def test_empty_sheet(tmp_path: Path) -> None:
    """A sheet without cells has no size."""
    found = cells(tmp_path, f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>')
    assert (found.max_row, found.max_column, found.rows) == (0, 0, {})


def long_sheet(count: int) -> bytes:
    return sheet(
        "".join(
            f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}" t="str"><v>text {n}</v></c></row>'
            for n in range(1, count)
        )
    )


def test_head_and_single_rows_of_a_large_sheet(tmp_path: Path) -> None:
    """The beginning and single rows are the same whether or not the rest has been read."""
    found = cells(tmp_path, long_sheet(20_000))
    head, some = found.head(30), found.rows_at([15_000, 5, 30_000])
    assert list(head) == list(range(1, 31))
    assert some == {5: {1: 5.0, 2: "text 5"}, 15_000: {1: 15_000.0, 2: "text 15000"}}
    assert found.head(10_000)[10_000] == {1: 10_000.0, 2: "text 10000"}
    assert len(found.rows) == 19_999
    assert (found.head(30), found.rows_at([15_000, 5, 30_000])) == (head, some)


DAMAGED = [
    ("cut off", sheet('<row r="1"><c r="A1"><v>1</v>')[:-30]),
    ("no such shared text", sheet('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')),
    ("not text", sheet('<row r="1"><c r="A1" t="str"><v>x</v></c></row>').replace(b"<v>x", b"<v>\xff\xfe")),
    ("document type", b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + sheet('<row r="1"><c r="A1"><v>1</v></c></row>')),
]


@pytest.mark.parametrize("part", [case[1] for case in DAMAGED], ids=[case[0] for case in DAMAGED])
def test_damaged_part(tmp_path: Path, part: bytes) -> None:
    """A part that cannot be read is refused with a sentence."""
    path = book(tmp_path / "book.xlsx", {SHEET: part})
    with pytest.raises(WorkbookError, match=r"sheet1\.xml"):
        read_book(path)
