"""A workbook file as the formula engine takes it: every kind of cell and formula, whichever program wrote it."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from restock.errors import WorkbookError
from restock.formula import ArrayFormula, SharedFormula, Workbook
from restock.functions.values import CODE, CellError
from restock_xl.package.book import Book
from restock_xl.package.cells import SheetCells
from restock_xl.package.formula_book import LazyColumns, formula_book
from restock_xl.package.shared_strings import SharedStrings

from .test_read_cells import MAIN, SHEET, book, sheet

METADATA = (
    f'<metadata xmlns="{MAIN}"><metadataTypes count="1"><metadataType name="XLDAPR"/></metadataTypes>'
    '<cellMetadata count="1"><bk><rc t="1" v="0"/></bk></cellMetadata></metadata>'
)
STRINGS = "<si><t>Lamp</t></si><si><t/></si><si><r><t>Mug </t></r><r><t>red</t></r></si>"


def load(tmp_path: Path, rows: str) -> Workbook:
    """Return the workbook with one sheet of these rows."""
    content: dict[str, str | bytes] = {SHEET: sheet(rows)}
    content["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{STRINGS}</sst>'
    return formula_book(Book(book(tmp_path / "book.xlsx", content))).workbook


CELLS: list[tuple[str, str, Any]] = [
    ("styled blank", '<c r="A1" s="1"/>', None),
    ("number", '<c r="A1"><v>12.5</v></c>', 12.5),
    ("number with exponent", '<c r="A1" t="n"><v>1E-3</v></c>', 0.001),
    ("style behind the type", '<c r="A1" t="s" s="3"><v>0</v></c>', "Lamp"),
    ("not finite", '<c r="A1"><v>INF</v></c>', CellError("#NUM!")),
    ("truth value", '<c r="A1" t="b"><v>1</v></c>', True),
    ("error", '<c r="A1" t="e"><v>#DIV/0!</v></c>', CellError("#DIV/0!")),
    ("unknown error", '<c r="A1" t="e"><v>#PYTHON!</v></c>', CellError("#VALUE!")),
    ("newer error with its rich value", '<c r="A1" t="e" vm="1"><v>#VALUE!</v></c>', CellError("#VALUE!")),
    ("shared text", '<c r="A1" t="s"><v>0</v></c>', "Lamp"),
    ("shared empty text", '<c r="A1" t="s"><v>1</v></c>', ""),
    ("rich shared text", '<c r="A1" t="s"><v>2</v></c>', "Mug red"),
    ("inline text", '<c r="A1" t="inlineStr"><is><t>a&amp;b</t></is></c>', "a&b"),
    ("empty inline text", '<c r="A1" t="inlineStr"><is><t/></is></c>', ""),
    ("formula that shows an empty text", '<c r="A1" t="str"><f>""</f><v></v></c>', ""),
    ("formula that was never computed", '<c r="A1"><f>1+1</f></c>', None),
    ("formula text", '<c r="A1" t="str"><f>B1</f><v xml:space="preserve"> x</v></c>', " x"),
    ("escaped character", '<c r="A1" t="str"><v>a_x000A_b</v></c>', "a\nb"),
    ("ISO date", '<c r="A1" t="d"><v>2026-11-23</v></c>', 46349.0),
    ("single quotes", "<c t='str' r='A1'><v>x</v></c>", "x"),
    ("comment", '<c r="A1"><!-- note --><v>3</v></c>', 3.0),
]


def same(found: Any, expected: Any) -> bool:
    """Equal in value and in type."""
    return found == expected and type(found) is type(expected)


@pytest.mark.parametrize(("markup", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CELLS])
def test_each_kind_of_cell(tmp_path: Path, markup: str, expected: Any) -> None:
    """A blank stays apart from an empty text, and every other kind keeps its type."""
    found = load(tmp_path, f'<row r="1">{markup}</row>').value("Sheet1", 1, 1)
    assert same(found, expected), found


@pytest.mark.parametrize(("markup", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CELLS])
def test_each_kind_among_thousands_of_another(tmp_path: Path, markup: str, expected: Any) -> None:
    """A cell unlike all others of its column is read as exactly as in a small sheet."""
    odd = 2_900
    cells = {row: f'<c r="A{row}"><v>{row}</v></c>' for row in range(1, 3_000)}
    cells[odd] = markup.replace("A1", f"A{odd}")
    rows = "".join(f'<row r="{row}">{cell}<c r="C{row}" t="s"><v>0</v></c></row>' for row, cell in cells.items())
    found = load(tmp_path, rows)
    assert same(found.value("Sheet1", odd, 1), expected)
    assert found.value("Sheet1", odd - 1, 1) == odd - 1
    assert found.value("Sheet1", 2_999, 3) == "Lamp"


def test_two_kinds_of_rows_in_turn(tmp_path: Path) -> None:
    """Where rows of two kinds alternate, both are read, in about the time that one kind takes."""
    kinds = (
        '<c r="A{0}"><v>{0}</v></c>',
        '<c r="A{0}" t="str"><f>B{0}</f><v>t{0}</v></c><c r="B{0}" t="b"><v>1</v></c>',
    )
    rows = "".join(f'<row r="{row}">{kinds[row % 2].format(row)}</row>' for row in range(1, 20_001))
    start = time.process_time()
    found = load(tmp_path, rows)
    assert time.process_time() - start < 3
    assert [found.value("Sheet1", row, 1) for row in (19_999, 20_000)] == ["t19999", 20_000.0]
    assert len(found.sheets[0].formulas[1][0]) == 10_000


def test_dates_of_1904_count_as_the_book_counts(tmp_path: Path) -> None:
    """ISO dates become serial numbers of a 1904 book."""
    path = tmp_path / "book.xlsx"
    xlsxwriter.Workbook(path, {"date_1904": True}).close()
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    content[SHEET] = sheet('<row r="1"><c r="A1" t="d"><v>2026-11-23</v></c></row>')
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    found = formula_book(Book(path)).workbook
    assert (found.date1904, found.value("Sheet1", 1, 1)) == (True, 46349.0 - 1462)


def test_formulas_by_column(tmp_path: Path) -> None:
    """Each formula stands with its row, entities replaced, attributes of other programs passed over."""
    rows = (
        '<row r="2"><c r="B2"><f>A2&lt;&quot;x&#10;&quot;&amp;1</f><v>1</v></c></row>'
        '<row r="5"><c r="B5" t="str"><f aca="false">A5</f><v></v></c><c r="C5"><f ca="1">NOW()</f><v>1</v></c></row>'
    )
    found = load(tmp_path, rows).sheets[0].formulas
    assert found == {2: ([2, 5], ['A2<"x\n"&1', "A5"]), 3: ([5], ["NOW()"])}


def test_shared_formulas_stay_shared(tmp_path: Path) -> None:
    """A shared formula is one text with its cells; a second text of the same number serves the cells after it."""
    rows = (
        '<row r="1"><c r="B1"><f t="shared" ref="B1:B2" si="0">A1*2</f><v>1</v></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="0"/><v>1</v></c></row>'
        '<row r="3"><c r="B3"><f t="shared" ref="B3:B4" si="0">A3*5</f><v>1</v></c></row>'
        '<row r="4"><c r="B4"><f t="shared" si="0"></f><v>1</v></c><c r="C4"><f t="shared" si="9"/><v>7</v></c></row>'
    )
    found = load(tmp_path, rows).sheets[0]
    assert found.shared == [
        SharedFormula(1, 2, "A1*2", ((1, 2), (2, 2))),
        SharedFormula(3, 2, "A3*5", ((3, 2), (4, 2))),
    ]
    assert not found.formulas


def test_array_formulas_and_those_that_spill(tmp_path: Path) -> None:
    """A formula with the mark of dynamic arrays spills; one entered with Ctrl+Shift+Enter fills its range."""
    rows = (
        '<row r="1"><c r="B1" cm="1"><f t="array" ref="B1:B3">A1:A3</f><v>1</v></c>'
        '<c r="C1"><f t="array" ref="C1:D1">A1:A3</f><v>1</v></c><c r="E1"><f t="array">A1</f><v>1</v></c></row>'
    )
    path = book(tmp_path / "book.xlsx", {SHEET: sheet(rows), "xl/metadata.xml": METADATA})
    with zipfile.ZipFile(path) as archive:
        relations = archive.read("xl/_rels/workbook.xml.rels").decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sheetMetadata"
    added = f'<Relationship Id="rId99" Type="{kind}" Target="metadata.xml"/></Relationships>'
    relations = relations.replace("</Relationships>", added)
    parts = {SHEET: sheet(rows), "xl/metadata.xml": METADATA, "xl/_rels/workbook.xml.rels": relations}
    found = formula_book(Book(book(path, parts))).workbook.sheets[0]
    assert found.arrays == [
        ArrayFormula(1, 2, "A1:A3", 3, 2, dynamic=True),
        ArrayFormula(1, 3, "A1:A3", 1, 4),
        ArrayFormula(1, 5, "A1", 1, 5),
    ]


def test_what_if_tables_are_formulas_that_nobody_knows(tmp_path: Path) -> None:
    """Every cell of a what-if table is a formula, so that it is reported and what reads it is not computed."""
    rows = (
        '<row r="1"><c r="B1"><f t="dataTable" ref="B1:C2" dt2D="1" dtr="1" r1="A1" r2="A2"/><v>1</v></c>'
        '<c r="C1"><v>2</v></c></row><row r="2"><c r="B2"><v>3</v></c><c r="C2"><v>4</v></c></row>'
    )
    found = load(tmp_path, rows)
    assert found.sheets[0].formulas == {2: ([1, 2], ["TABLE()"] * 2), 3: ([1, 2], ["TABLE()"] * 2)}
    assert found.value("Sheet1", 2, 3) == 4


def test_tables_names_and_rows(tmp_path: Path) -> None:
    """Tables come with header and totals rows, names in capitals, hidden rows apart from filtered ones."""
    path = tmp_path / "book.xlsx"
    workbook = xlsxwriter.Workbook(path)
    first, second = workbook.add_worksheet("Prices"), workbook.add_worksheet("My Sheet")
    chart = workbook.add_chart({"type": "line"})
    chart.add_series({"values": "=Prices!$A$2:$A$4"})
    workbook.add_chartsheet("Chart").set_chart(chart)
    first.write_column("A1", ["a", 1, 2, 3])
    first.add_table("C2:D6", {"name": "Cost", "total_row": True, "columns": [{"header": "Item"}, {"header": "EUR"}]})
    second.write_column("A1", ["x", 5, 6, 7, 8])
    second.autofilter("A1:A5")
    second.filter_column("A", "x > 6")
    second.set_row(1, None, None, {"hidden": True})
    second.set_row(9, None, None, {"hidden": True})
    workbook.define_name("Rate", "=1.19")
    workbook.define_name("'My Sheet'!Rate", "='My Sheet'!$A$2")
    workbook.close()
    found = formula_book(Book(path)).workbook
    table = found.table("cost")
    assert table is not None
    assert (table.sheet, table.top, table.left, table.bottom, table.right) == ("Prices", 2, 3, 6, 4)
    assert (table.columns, table.header_rows, table.totals_rows) == (("Item", "EUR"), 1, 1)
    assert found.names == {"RATE": "1.19"}
    assert found.sheet_names["MY SHEET", "RATE"] == "'My Sheet'!$A$2"
    assert "_XLNM._FILTERDATABASE" in {name for _, name in found.sheet_names}
    assert [sheet.name for sheet in found.sheets] == ["Prices", "My Sheet"]
    assert (found.sheets[1].filtered_rows, found.sheets[1].hidden_rows) == ({2}, {10})


def test_sheets_without_formulas_are_read_when_needed(tmp_path: Path) -> None:
    """A sheet without formulas is not read before a cell of it is asked for."""
    path = tmp_path / "book.xlsx"
    workbook = xlsxwriter.Workbook(path)
    workbook.add_worksheet("Plain").write_row(0, 0, ["a", 2.5])
    workbook.add_worksheet("Computed").write_formula(0, 0, "=1+1", None, 2)
    workbook.close()
    found = formula_book(Book(path)).workbook
    plain, computed = (sheet.columns for sheet in found.sheets)
    assert isinstance(plain, LazyColumns)
    assert not isinstance(computed, LazyColumns)
    assert not plain.is_loaded
    assert found.value("Plain", 1, 2) == 2.5
    assert plain.is_loaded


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param('<row r="1"><c r="A1" t="s"><v>99</v></c></row>', id="unknown shared text"),
        pytest.param('<row r="1"><c r="A1" t="s"><v>one</v></c></row>', id="shared text without a number"),
        pytest.param('<row r="1048577"><c r="A1048577"><v>1</v></c></row>', id="row beyond the sheet"),
        pytest.param('<row r="1"><c r="ZZZ1"><v>1</v></c></row>', id="column beyond the sheet"),
        pytest.param('<row r="1"><c r="A1"><v>1</v></row>', id="cell that does not end"),
    ],
)
def test_damaged_rows(tmp_path: Path, rows: str) -> None:
    """A sheet that cannot be read is a sentence, whether or not it holds formulas."""
    for more in ("", '<row r="2"><c r="A2"><f>A1</f></c></row>'):
        with pytest.raises(WorkbookError, match="damaged"):
            load(tmp_path, rows + more).value("Sheet1", 1, 1)


def test_far_flung_cells_do_not_fill_the_memory(tmp_path: Path) -> None:
    """A cell at the end of each of hundreds of columns is refused before anything is made of it."""
    from restock_xl.package.references import column_letter

    cells = "".join(f'<c r="{column_letter(column)}1048576"><v>1</v></c>' for column in range(1, 800))
    with pytest.raises(WorkbookError, match="far apart"):
        load(tmp_path, f'<row r="1"><c r="A1"><f>B1</f></c></row><row r="1048576">{cells}</row>')


_VALUES = st.one_of(
    st.none(),
    st.just("<v/>"),
    st.integers(-9, 99999).map(lambda number: f"<v>{number}</v>"),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda number: f"<v>{number!r}</v>"),
    st.sampled_from(["s0", "s2", "i", "b", "e", "str", "f", "fs"]),
)


def _cell(place: str, value: str | None) -> str:
    if value is None:
        return ""
    kinds = {
        "s0": f'<c r="{place}" s="4" t="s"><v>0</v></c>',
        "s2": f'<c r="{place}" t="s"><v>2</v></c>',
        "i": f'<c r="{place}" t="inlineStr"><is><t>t{place}</t></is></c>',
        "b": f'<c r="{place}" t="b"><v>0</v></c>',
        "e": f'<c r="{place}" t="e"><v>#N/A</v></c>',
        "str": f'<c r="{place}" t="str"><v>x &lt; y</v></c>',
        "f": f'<c r="{place}"><f>A1+{place}</f><v>7</v></c>',
        "fs": f'<c r="{place}" t="str"><f>A1&amp;""</f><v></v></c>',
    }
    return kinds.get(value, f'<c r="{place}" s="2">{value}</c>')


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pattern=st.lists(_VALUES, min_size=1, max_size=5),
    odd=st.dictionaries(st.tuples(st.integers(1, 400), st.integers(0, 5)), _VALUES, max_size=12),
)
def test_the_quick_way_reads_what_the_careful_one_reads(
    tmp_path: Path, pattern: list[str | None], odd: dict[tuple[int, int], str | None]
) -> None:
    """Rows read in one step each show what the reader of single cells sees, with any odd cells among them."""
    rows, pieces = 400, []
    for row in range(1, rows + 1):
        values = [odd.get((row, k), value) for k, value in enumerate([*pattern, None])]
        cells = "".join(_cell(f"{'ABCDEF'[k]}{row}", value) for k, value in enumerate(values))
        pieces.append(f'<row r="{row}" spans="1:6">{cells}</row>' if cells else f'<row r="{row}" ht="12"/>')
    filler = "".join(f'<row r="{rows + k}"><c r="A{rows + k}"><v>{k}</v></c></row>' for k in range(1, 900))
    path = book(
        tmp_path / "book.xlsx",
        {SHEET: sheet(filler + "".join(pieces)), "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{STRINGS}</sst>'},
    )
    one = Book(path)
    found, careful = formula_book(one).workbook, _careful(one)
    for row in range(1, rows + 900):
        for column in range(1, 7):
            expected = None if (row, column) in careful.uncomputed else careful.at(row, column)
            if isinstance(expected, str | float | bool) or expected is None:
                assert same(found.value("Sheet1", row, column), expected), (row, column)
            else:
                assert str(found.value("Sheet1", row, column)) == expected.code


def _careful(one: Book) -> SheetCells:
    return SheetCells(one.archive, SHEET, SharedStrings(one.archive, one.part_of_kind("sharedStrings")))


def test_every_error_of_a_file_is_known() -> None:
    """The errors that a file may store are errors of the engine."""
    assert {"#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA"} <= set(CODE)
