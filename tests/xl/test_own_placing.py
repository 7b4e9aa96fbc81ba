"""Where cells of a person's own go when the keys of a sheet change: properties of the joining itself."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restock.schema.outputs import ALERTS, ORDERS, ORDERS_COMMITTED
from restock.text import Words
from restock.text.say import catalogue
from restock_xl.own.cell import OwnCell, Place, relative, text_cell
from restock_xl.own.found import KEPT, Continued, OwnSheet
from restock_xl.own.layout import Band, Key, SheetLayout, TableLayout
from restock_xl.own.moves import Moves
from restock_xl.own.placing import Placed, placed
from restock_xl.own.rows import band_rows
from restock_xl.package.cell_edit import CellMarkup

WORDS = Words("en")
KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=6)
COLUMNS = len(ALERTS.columns)
SKU, WAREHOUSE = (list(ALERTS.by_name).index(name) + 1 for name in ("sku", "warehouse"))


def _table(keys: list[str], own: int = 0, first: int = 3) -> TableLayout:
    names = (*ALERTS.by_name, *("",) * own)
    headers = (*ALERTS.by_name, *(f"own {k}" for k in range(own)))
    rows: dict[Key, int] = {(key, "us", "1"): first + 1 + k for k, key in enumerate(keys)}
    return TableLayout(ALERTS, first, 1, names, headers, first + max(1, len(keys)), rows.values(), lambda: rows)


def _layout(keys: list[str], own: int = 0) -> SheetLayout:
    return SheetLayout((Band((_table(keys, own),), 1),), frozenset({(1, 1), (2, 1)}))


def _sheet(layout: SheetLayout, texts: dict[Place, str], kept: dict[int, Key] | None = None) -> OwnSheet:
    cells = {place: OwnCell(*place, text_cell(text)) for place, text in texts.items()}
    table = layout.bands[0].tables[0]
    stated = {
        (row, column): OwnCell(row, column, text_cell(text))
        for key, row in table.keys.items()
        for column, text in ((SKU, key[0]), (WAREHOUSE, key[1]))
    }
    return OwnSheet("Alerts", "Alerts", layout, cells, stated, kept=kept or {})


def _join(sheet: OwnSheet, after: SheetLayout) -> Placed:
    assert isinstance(sheet.layout, SheetLayout)
    return placed(sheet, Moves(sheet, sheet.layout, after), after, WORDS)


def _text(markup: CellMarkup) -> str:
    return markup.inside.decode().removeprefix("<is><t>").removesuffix("</t></is>")


def _read_again(result: Placed) -> OwnSheet:
    """What the next press finds where this one has put everything."""
    layout = result.layout
    assert isinstance(layout, SheetLayout)
    texts = {place: _text(markup) for place, markup in result.cells.items() if markup.inside}
    marked = {row for (row, _), text in texts.items() if text == catalogue()[KEPT][0]}
    kept = {row: (texts[row, SKU], texts[row, WAREHOUSE], "1") for row in marked}
    return _sheet(layout, texts, kept)


@st.composite
def _sheets(draw: st.DrawFn) -> OwnSheet:
    layout = _layout(draw(KEYS), own := draw(st.integers(0, 2)))
    places = draw(st.sets(st.tuples(st.integers(1, 14), st.integers(1, COLUMNS + 5)), max_size=12))
    taken = {place for place in places if place[1] in layout.ours_in(place[0])}
    headers = {(3, COLUMNS + 1 + k): f"own {k}" for k in range(own)}
    return _sheet(layout, {place: f"t{place}" for place in places - taken} | headers)


@settings(max_examples=150, deadline=None)
@given(_sheets(), KEYS)
def test_nothing_is_lost_and_nothing_doubled(sheet: OwnSheet, keys: list[str]) -> None:
    """Every cell stands somewhere, once, and never on one of ours."""
    assert isinstance(sheet.layout, SheetLayout)
    own = len(sheet.layout.bands[0].tables[0].own)
    after = _layout(keys, own)
    result = _join(sheet, after)
    texts = Counter(_text(markup) for markup in result.cells.values() if markup.inside)
    assert all(texts[_text(cell.markup)] == 1 for cell in sheet.cells.values())
    assert not any(column in after.ours_in(row) for row, column in result.cells)


@settings(max_examples=150, deadline=None)
@given(_sheets(), KEYS)
def test_a_cell_beside_a_key_follows_it(sheet: OwnSheet, keys: list[str]) -> None:
    """A cell beside a key that is still there stands beside it, in its column."""
    assert isinstance(sheet.layout, SheetLayout)
    before = sheet.layout.bands[0].tables[0]
    after = _layout(keys, len(before.own))
    result = _join(sheet, after)
    now = after.bands[0].tables[0].keys
    for (row, column), cell in sheet.cells.items():
        key = before.rows.get(row)
        if key in now:
            assert _text(result.cells[now[key], column]) == _text(cell.markup)


@settings(max_examples=150, deadline=None)
@given(_sheets(), KEYS)
def test_joining_again_changes_nothing(sheet: OwnSheet, keys: list[str]) -> None:
    """With the same keys once more every cell stays where it is."""
    assert isinstance(sheet.layout, SheetLayout)
    after = _layout(keys, len(sheet.layout.bands[0].tables[0].own))
    first = _join(sheet, after)
    second = _join(_read_again(first), after)
    assert second.changed is False
    assert {place: _text(one) for place, one in second.cells.items() if one.inside} == {
        place: _text(one) for place, one in first.cells.items() if one.inside
    }


@settings(max_examples=100, deadline=None)
@given(_sheets(), KEYS)
def test_a_key_that_comes_back_gets_its_cells(sheet: OwnSheet, keys: list[str]) -> None:
    """After presses with other keys and with the first ones again, cells beside keys stand where they stood."""
    assert isinstance(sheet.layout, SheetLayout)
    before = sheet.layout.bands[0].tables[0]
    away = _join(sheet, _layout(keys, len(before.own)))
    back = _join(_read_again(away), sheet.layout)
    for (row, column), cell in sheet.cells.items():
        if row in before.rows:
            assert _text(back.cells[row, column]) == _text(cell.markup)


FORMULAS = [
    pytest.param("H5*2", 5, 4, "H4*2", id="own row"),
    pytest.param("$H5&AC5", 5, 4, "$H4&AC4", id="fixed column"),
    pytest.param("H4-H5", 5, 4, "H3-H4", id="the row above"),
    pytest.param("SUM(H$4:H5)", 5, 4, "SUM(H$4:H4)", id="running total"),
    pytest.param("H5/SUM(H$4:H$6)", 5, 4, "H4/SUM(H$4:H$7)", id="share of all rows"),
    pytest.param("H5*$Z$1", 5, 4, "H4*$Z$1", id="a rate above the table"),
    pytest.param("Stock!H5+'x y'!H5", 5, 4, "Stock!H5+'x y'!H5", id="other sheets"),
    pytest.param("Alerts!H5+SUM(H:H)", 5, 4, "Alerts!H4+SUM(H:H)", id="the sheet itself"),
    pytest.param('"H5"&Alerts[[#This Row],[Name]]', 5, 4, '"H5"&Alerts[[#This Row],[Name]]', id="text and names"),
    pytest.param("SUM(H4:H6)", 9, 10, "SUM(H4:H7)", id="sum below"),
    pytest.param("H5+H9", 10, 11, "H4+H10", id="single cells from below"),
    pytest.param("SUM(H9:H1048576)", 10, 11, "SUM(H10:H1048576)", id="to the end of the sheet"),
    pytest.param("H1048575+XFD9", 10, 11, "H1048576+XFD10", id="nearly at the end of the sheet"),
]


@pytest.mark.parametrize(("formula", "row", "new_row", "wanted"), FORMULAS)
def test_references(formula: str, row: int, new_row: int, wanted: str) -> None:
    """References follow the row, keep to all rows of a table, or follow the cell that they mean."""
    sheet = _sheet(_layout(["a", "b", "c"]), {(row, 25): "x", (9, 8): "y"})
    after = _layout(["b", "a", "c", "d"])
    assert isinstance(sheet.layout, SheetLayout)
    moves = Moves(sheet, sheet.layout, after)
    cell = OwnCell(row, 25, CellMarkup(inside=b"<f/>"), formula)
    assert moves.row(row, 25) == new_row
    assert moves.formula(cell, new_row) == wanted


def test_what_stands_at_the_end_of_a_sheet_stays_on_it() -> None:
    """A table that grows pushes nothing out of the last row or the last column."""
    corners = {(1_048_576, 8): "last row", (5, 16_384): "last column", (1_048_575, 9): "nearly"}
    sheet = _sheet(_layout(["a", "b"], own=1), corners)
    result = _join(sheet, _layout(["a", "b", "c", "d"], own=1))
    assert Counter(_text(markup) for markup in result.cells.values() if markup.inside) >= Counter(corners.values())
    assert all(row <= 1_048_576 and column <= 16_384 for row, column in result.cells)


def test_what_stands_under_accepted_lines_is_pushed_off() -> None:
    """A cell right under the accepted lines would be read as a line, so that it moves a row down."""
    names = tuple(ORDERS_COMMITTED.by_name)
    lower = TableLayout(ORDERS_COMMITTED, 10, 1, names, names, 11, {11}, lambda: {("", "", "", "", "1"): 11})
    upper = TableLayout(ORDERS, 3, 1, tuple(ORDERS.by_name), tuple(ORDERS.by_name), 4, (), dict)
    layout = SheetLayout((Band((upper,), 1), Band((lower,), 8)))
    sheet = OwnSheet("Orders", "Orders", layout, {(12, 2): OwnCell(12, 2, text_cell("sum"))})
    assert band_rows(sheet, layout, 1, layout.bands[1]).tail == {12: 2}


def test_filled_down_formulas_are_alike() -> None:
    """Formulas of a column are compared by what they mean from their own row."""
    assert relative("H4*$Z$1+I3", 4, "Alerts") == relative("H9*$Z$1+I8", 9, "Alerts")
    assert relative("H4", 4, "Alerts") != relative("H4", 5, "Alerts")


def test_a_column_of_one_formula_holds_no_row() -> None:
    """Rows that are gone need not wait for a formula that every new row gets anyway; what was typed holds its row."""
    layout = _layout(["a", "b"], own=1)
    column = COLUMNS + 1
    cells = {(row, column): OwnCell(row, column, CellMarkup(inside=b"<f/>"), f"H{row}*2") for row in (4, 5)}
    typed = {(5, column + 3): OwnCell(5, column + 3, text_cell("note"))}
    one = Continued(cells[4, column], frozenset({4, 5}))
    sheet = OwnSheet("Alerts", "Alerts", layout, cells | typed, continued={("Alerts", "own 0"): one})
    assert sheet.held_rows(layout.bands[0].tables[0]) == {5}
