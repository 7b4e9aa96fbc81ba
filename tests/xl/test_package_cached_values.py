"""Cached values of formula cells, patched in the bytes of a sheet."""

from __future__ import annotations

import time

import pytest

from restock_xl.package.cached_values import has_formulas, patch_cached_values


def sheet(cells: str) -> bytes:
    return f'<worksheet xmlns="x"><sheetData><row r="1">{cells}</row></sheetData></worksheet>'.encode()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(None, '<c r="A1" s="3"><f>B1</f></c>', id="nothing"),
        pytest.param(True, '<c r="A1" s="3" t="b"><f>B1</f><v>1</v></c>', id="truth"),
        pytest.param(7, '<c r="A1" s="3"><f>B1</f><v>7</v></c>', id="whole number"),
        pytest.param(0.1, '<c r="A1" s="3"><f>B1</f><v>0.1</v></c>', id="number"),
        pytest.param(-0.0, '<c r="A1" s="3"><f>B1</f><v>0</v></c>', id="negative zero"),
        pytest.param(float("nan"), '<c r="A1" s="3" t="e"><f>B1</f><v>#NUM!</v></c>', id="not a number"),
        pytest.param("#N/A", '<c r="A1" s="3" t="e"><f>B1</f><v>#N/A</v></c>', id="error"),
        pytest.param("#SPILL!", '<c r="A1" s="3" t="e"><f>B1</f><v>#VALUE!</v></c>', id="newer error"),
        pytest.param("红 & <x>", '<c r="A1" s="3" t="str"><f>B1</f><v>红 &amp; &lt;x&gt;</v></c>', id="text"),
        pytest.param(
            " x", '<c r="A1" s="3" t="str"><f>B1</f><v xml:space="preserve"> x</v></c>', id="outer blank"
        ),
        pytest.param(
            "a\x07_x0041_", '<c r="A1" s="3" t="str"><f>B1</f><v>a_x0007__x005F_x0041_</v></c>', id="escapes"
        ),
    ],
)
def test_each_kind_of_value(value: object, expected: str) -> None:
    """Each kind of value is stored as Excel stores it, and the old type and rich value go."""
    xml, done = patch_cached_values(
        sheet('<c r="A1" s="3" t="e" vm="1"><f>B1</f><v>#REF!</v></c>'), {"A1": value}
    )
    assert (xml.decode(), done) == (sheet(expected).decode(), {"A1"})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            '<c r="A1"><f t="shared" si="0"/><v>1</v></c>',
            '<c r="A1"><f t="shared" si="0"/><v>5</v></c>',
            id="shared",
        ),
        pytest.param(
            '<c r="A1" cm="1"><f t="array" ref="A1:A2">B1:B2</f><v>1</v></c>',
            '<c r="A1" cm="1"><f t="array" ref="A1:A2">B1:B2</f><v>5</v></c>',
            id="array",
        ),
        pytest.param(
            "<c r='A1' t='str'><f/></c>", "<c r='A1'><f/><v>5</v></c>", id="single quotes, empty formula"
        ),
        pytest.param(
            '<c r="A1">\n  <f>B1</f>\n  <v>1</v>\n</c>', '<c r="A1"><f>B1</f><v>5</v></c>', id="indented"
        ),
        pytest.param(
            '<c r="A1" t="inlineStr"><f>B1</f><is><t>x</t></is></c>',
            '<c r="A1"><f>B1</f><v>5</v></c>',
            id="inline",
        ),
    ],
)
def test_each_kind_of_formula(before: str, after: str) -> None:
    """Shared, array and oddly written formulas keep their formula and take the value."""
    assert patch_cached_values(sheet(before), {"A1": 5}) == (sheet(after), {"A1"})


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param('<c r="A1"><v>1</v></c><c r="B1"><f>1</f></c>', id="no formula"),
        pytest.param('<c r="A1"/><c r="B1"><f>1</f></c>', id="empty cell"),
        pytest.param('<c r="AA1"><f>1</f></c>', id="another cell"),
    ],
)
def test_cells_without_formula_are_left_alone(cells: str) -> None:
    """A cell without a formula of its own is never changed, and is not among those set."""
    assert patch_cached_values(sheet(cells), {"A1": 5}) == (sheet(cells), set())


def test_equal_values_change_nothing() -> None:
    """A number that Excel wrote with other digits, and text already there, leave the bytes as they are."""
    xml = sheet('<c r="A1"><f>1/3</f><v>0.33333333333333331</v></c><c r="B1" t="str"><f>X</f><v>a</v></c>')
    assert patch_cached_values(xml, {"A1": 1 / 3, "B1": "a"}) == (xml, {"A1", "B1"})


def test_namespace_prefixes() -> None:
    """Sheets whose elements carry a prefix are patched with that prefix."""
    xml = b'<x:worksheet xmlns:x="m"><x:c r="A1"><x:f>B1</x:f></x:c></x:worksheet>'
    assert patch_cached_values(xml, {"A1": 1})[0] == xml.replace(b"</x:f>", b"</x:f><x:v>1</x:v>")


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_other_encodings(encoding: str) -> None:
    """A sheet in another encoding is rewritten in UTF-8, with its text kept."""
    xml = f'<?xml version="1.0" encoding="{encoding}"?><worksheet><c r="A1"><f>"é"</f></c></worksheet>'
    patched, done = patch_cached_values(xml.encode(encoding), {"A1": "红"})
    assert done == {"A1"}
    assert '<f>"é"</f><v>红</v>' in patched.decode("utf-8")


def test_comments_and_cdata_do_not_hide_formulas() -> None:
    """A formula written as CDATA, or with a comment beside it, is found."""
    xml = sheet('<c r="A1"><!-- x --><f><![CDATA[A2<1]]></f></c>')
    assert b"<f>A2&lt;1</f><v>1</v>" in patch_cached_values(xml, {"A1": 1})[0]


def test_formulas_are_told_from_formats() -> None:
    """Formulas of conditional formats and sparklines are not formula cells."""
    assert not has_formulas(sheet("<cfRule><formula>1</formula></cfRule><xm:f>A1</xm:f>"))
    assert has_formulas(sheet('<c r="A1"><f>1</f></c>'))


def test_dates_are_not_guessed() -> None:
    """A value of a type that a cell cannot store is an error of the caller."""
    with pytest.raises(TypeError, match="not list"):
        patch_cached_values(sheet('<c r="A1"><f>1</f></c>'), {"A1": []})


def test_large_sheets_are_quick() -> None:
    """75,000 formula cells are patched well within two CPU seconds on a slow machine."""
    cells = "".join(f'<c r="A{row}" s="3"><f>B{row}*2</f><v>1</v></c>' for row in range(1, 75_001))
    start = time.process_time()
    _, done = patch_cached_values(sheet(cells), {f"A{row}": row * 0.5 for row in range(1, 75_001)})
    assert (len(done), time.process_time() - start < 2) == (75_000, True)
