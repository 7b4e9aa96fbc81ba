"""Results stored in the bytes of a sheet: values of formula cells, and the ranges that formulas spill into."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restock.formula.cells import Scalar, block
from restock.functions.values import CellError
from restock_xl.package.cached_values import patch_cached_values
from restock_xl.package.cell_edit import NewFormula, set_cells, styles_of_row
from restock_xl.package.formula_patch import patch_columns, patch_values
from restock_xl.package.sheet_rows import SheetMarkup


def sheet(rows: str) -> bytes:
    return f'<worksheet xmlns="x"><sheetData>{rows}</sheetData><pageMargins/></worksheet>'.encode()


def patched(rows: str, values: dict[str, Scalar]) -> str:
    """The rows after new values were set."""
    data, _ = patch_values(sheet(rows), values)
    found = re.search(rb"<sheetData>(.*)</sheetData><pageMargins/></worksheet>$", data, re.DOTALL)
    assert found is not None
    return found[1].decode()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(2.0, '<c r="A1" s="3"><f>B1</f><v>2</v></c>', id="whole number"),
        pytest.param(0.1, '<c r="A1" s="3"><f>B1</f><v>0.1</v></c>', id="number"),
        pytest.param(-0.0, '<c r="A1" s="3"><f>B1</f><v>0</v></c>', id="negative zero"),
        pytest.param(1e22, '<c r="A1" s="3"><f>B1</f><v>1e+22</v></c>', id="large number"),
        pytest.param(True, '<c r="A1" s="3" t="b"><f>B1</f><v>1</v></c>', id="truth"),
        pytest.param(None, '<c r="A1" s="3"><f>B1</f></c>', id="nothing"),
        pytest.param("", '<c r="A1" s="3" t="str"><f>B1</f><v></v></c>', id="empty text"),
        pytest.param(
            " a<b\x07", '<c r="A1" s="3" t="str"><f>B1</f><v xml:space="preserve"> a&lt;b_x0007_</v></c>', id="text"
        ),
        pytest.param("1|2", '<c r="A1" s="3" t="str"><f>B1</f><v>1|2</v></c>', id="text with a bar"),
        pytest.param(CellError("#N/A"), '<c r="A1" s="3" t="e"><f>B1</f><v>#N/A</v></c>', id="error"),
        pytest.param(CellError("#CALC!"), '<c r="A1" s="3" t="e"><f>B1</f><v>#VALUE!</v></c>', id="newer error"),
    ],
)  # fmt: skip
def test_each_kind_of_value(value: Scalar, expected: str) -> None:
    """Each kind of value is stored as Excel stores it, and the old type and rich value go."""
    assert patched('<row r="1"><c r="A1" s="3" t="e" vm="1"><f>B1</f><v>#REF!</v></c></row>', {"A1": value}) == (
        f'<row r="1">{expected}</row>'
    )


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" cm="1"{t}><f t="array" ref="A1:A2">B1:B2</f>{v}</c>',
        '<c r="A1"{t}><f t="shared" si="0"/>{v}</c>',
        '<c r="A1" s="9"{t}><f aca="false">B1</f>{v}</c>',
    ],
)
def test_formulas_stay_as_they_are(cell: str) -> None:
    """Attributes and formulas of every kind stay byte for byte."""
    before = cell.format(t=' t="str"', v="<v>x</v>")
    assert patched(f'<row r="1">{before}</row>', {"A1": 5.0}) == f'<row r="1">{cell.format(t="", v="<v>5</v>")}</row>'


def test_only_wanted_cells_change() -> None:
    """Cells without a new value, and cells without a formula, stay; the latter are named."""
    rows = '<row r="1"><c r="A1"><f>B1</f><v>1.50</v></c><c r="B1"><v>2</v></c><c r="C1"><f>B1</f><v>1</v></c></row>'
    data, done = patch_values(sheet(rows), {"C1": 3.0, "B1": 9.0, "D7": 1.0})
    assert done == {"C1"}
    assert data == sheet(rows.replace("<v>1</v>", "<v>3</v>"))


def test_sheets_in_other_spellings() -> None:
    """A sheet with a prefix goes the careful way and ends as right."""
    rows = b'<x:row r="1"><x:c r="A1"><x:f>B1</x:f></x:c></x:row>'
    data = b'<x:worksheet xmlns:x="y"><x:sheetData>%b</x:sheetData></x:worksheet>' % rows
    one = block([4.0], (1,))
    assert b"<x:f>B1</x:f><x:v>4</x:v>" in patch_columns(SheetMarkup(data, "s"), {1: (np.array([1]), one)})[0]


_SCALARS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.text(max_size=6),
    st.sampled_from([CellError("#DIV/0!"), CellError("#N/A")]),
)


@settings(max_examples=50)
@given(values=st.lists(_SCALARS, min_size=1, max_size=40), step=st.integers(1, 3))
def test_the_quick_way_stores_what_the_careful_one_stores(values: list[Scalar], step: int) -> None:
    """Setting whole columns and setting cell by cell give the same bytes."""
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><v>1</v></c>'
        f'<c r="C{row}" s="1" t="str"><f>A{row}&amp;"|"</f><v>old</v></c></row>'
        for row in range(1, len(values) * step + 1)
    )
    wanted = {f"C{place * step + 1}": value for place, value in enumerate(values)}
    assert patch_values(sheet(rows), wanted)[0] == patch_cached_values(sheet(rows), wanted)[0]


@pytest.mark.parametrize(
    ("rows", "values", "expected"),
    [
        pytest.param("", {(2, 1): 1.0}, '<row r="2"><c r="A2"><v>1</v></c></row>', id="no rows yet"),
        pytest.param(
            '<row r="1"/><row r="3"><c r="A3"><v>3</v></c></row>', {(2, 2): "x"},
            '<row r="1"/><row r="2"><c r="B2" t="str"><v>x</v></c></row><row r="3"><c r="A3"><v>3</v></c></row>',
            id="a row between",
        ),
        pytest.param(
            '<row r="1" spans="1:1" ht="9"><c r="A1"/><c r="C1"/></row>', {(1, 2): True, (1, 4): 2.0},
            '<row r="1" ht="9"><c r="A1"/><c r="B1" t="b"><v>1</v></c><c r="C1"/><c r="D1"><v>2</v></c></row>',
            id="cells between and behind",
        ),
        pytest.param(
            '<row r="1"><c r="A1" s="4" t="str"><v>old</v></c><c r="B1" t="str"><v>y</v></c></row>',
            {(1, 1): None, (1, 2): None}, '<row r="1"><c r="A1" s="4"/></row>', id="emptied, style kept",
        ),
        pytest.param('<row r="5"/>', {(5, 1): 1.0}, '<row r="5"><c r="A5"><v>1</v></c></row>', id="an empty row"),
    ],
)  # fmt: skip
def test_plain_cells(rows: str, values: dict[tuple[int, int], Scalar], expected: str) -> None:
    """Cells are set, added and emptied where they belong, and the rest stays."""
    assert set_cells(sheet(rows), values) == sheet(expected)


def test_new_formulas_take_a_style_where_they_have_none() -> None:
    """A formula put into a cell keeps the cell's style, or gets the one that was given."""
    rows = '<row r="1"><c r="A1" s="7"/><c r="B1"/></row>'
    data = set_cells(sheet(rows), {(1, 1): NewFormula('IF(C1<2,"a",1)', b"5"), (1, 2): NewFormula("C1", b"5")})
    assert data == sheet(
        '<row r="1"><c r="A1" s="7"><f>IF(C1&lt;2,"a",1)</f></c><c r="B1" s="5"><f>C1</f></c></row>'
    )
    assert styles_of_row(data, 1) == {1: b"7", 2: b"5"}
