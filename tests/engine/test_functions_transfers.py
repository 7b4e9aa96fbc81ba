"""RESTOCK_TRANSFERS: a table from a range of stock and a range of routes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest

from restock import CATALOGUE
from restock.functions import CellError
from restock.plan import make_plan
from restock.schema.validate import validate

from .raw_books import raw_book, raw_table

TODAY = dt.date(2026, 11, 23)
TRANSFERS = CATALOGUE["RESTOCK_TRANSFERS"].python
HEADERS = ["SKU", "Warehouse", "Available", "Daily sales", "Units per carton", "Unit cost", "Unit price"]
MUG = [HEADERS, ["MUG-11", "US-LA", 30, 12, 48, 3, 12], ["MUG-11", "DE-HAM", 900, 9, 48, 3, 12]]
ROUTES = [["From", "To", "Days", "Cost per unit"], ["DE-HAM", "US-LA", 8, 3.1]]


def rows(answer: Any) -> list[list[Any]]:
    """The rows under the header."""
    return [list(row) for row in answer[1:]]


def test_worked_example() -> None:
    """240 mugs leave Hamburg tomorrow, are sellable on day 9 and save 240 sales in Los Angeles."""
    assert rows(TRANSFERS(MUG, ROUTES)) == [["MUG-11", "DE-HAM", "US-LA", 240.0, 1.0, 9.0, 240.0]]


def test_chinese_headers_give_the_same() -> None:
    """Headers are understood in either language."""
    stock = [["货号", "仓库", "可售库存(件)", "日均销量", "箱规", "单件成本", "单件售价"], *MUG[1:]]
    routes = [["从", "到", "天数", "每件运费"], *ROUTES[1:]]
    assert rows(TRANSFERS(stock, routes)) == rows(TRANSFERS(MUG, ROUTES))


def test_without_routes_only_the_header() -> None:
    """Nothing is moved over a route that nobody typed."""
    assert TRANSFERS(MUG, ROUTES[:1]).tolist() == [list(TRANSFERS(MUG, ROUTES)[0])]


def test_a_transfer_must_pay() -> None:
    """At nine a unit the freight eats the margin."""
    assert rows(TRANSFERS(MUG, [ROUTES[0], ["DE-HAM", "US-LA", 8, 9.0]])) == []


def stock(*rows: list[Any], headers: list[str] = HEADERS) -> list[list[Any]]:
    """A stock range of the two mugs and these rows."""
    return [headers, *MUG[1:], *rows]


def with_cell(cells: list[list[Any]], header: str, value: Any, row: int = 1) -> list[list[Any]]:
    """A range with one cell changed."""
    found = [list(line) for line in cells]
    found[row][found[0].index(header)] = value
    return found


NO_NAME = ["", "US-LA", 5, 1, None, None, None]


@pytest.mark.parametrize(
    ("stock", "routes", "expected"),
    [
        (MUG[:1], ROUTES, "#N/A"),
        (None, ROUTES, "#N/A"),
        ([*MUG[:1], [None] * 7], ROUTES, "#N/A"),
        (MUG, None, "#N/A"),
        ([["SKU", "Available"], ["A", 5]], ROUTES, "#VALUE!"),
        ([["SKU", "Warehouse", "Reserved", "Daily sales"], ["A", "B", 5, 1]], ROUTES, "#VALUE!"),
        ([*MUG, MUG[1]], ROUTES, "#VALUE!"),
        (stock([" mug-11", "us-la", 5, 1, None, None, None]), ROUTES, "#VALUE!"),
        (MUG, [["From", "To"], ["DE-HAM", "US-LA"]], "#VALUE!"),
        (MUG, [["From", "To"]], "#VALUE!"),
        (MUG, [*ROUTES, ["de-ham", "us-la", 9, 1]], "#VALUE!"),
    ],
    ids=[
        "no rows", "no stock", "blank rows only", "no routes", "missing columns", "reserved without on hand", "twice",
        "twice in other letters", "routes without days", "no routes, without days", "route twice",
    ],
)  # fmt: skip
def test_bad_ranges(stock: Any, routes: Any, expected: str) -> None:
    """What cannot be read gives an error, never a plan that left something out."""
    assert TRANSFERS(stock, routes) == expected


@pytest.mark.parametrize("value", [CellError("#REF!"), "#REF!"], ids=["error", "its text"])
@pytest.mark.parametrize("header", HEADERS)
def test_an_error_cell_in_stock_passes_through(header: str, value: Any) -> None:
    """An error cell in any column that is read is the answer, also where a row lacks its SKU (§17)."""
    assert TRANSFERS(with_cell(stock(NO_NAME), header, value, 2), ROUTES) == "#REF!"


@pytest.mark.parametrize("value", [CellError("#DIV/0!"), "#DIV/0!"], ids=["error", "its text"])
@pytest.mark.parametrize("header", ROUTES[0])
def test_an_error_cell_in_routes_passes_through(header: str, value: Any) -> None:
    """The same for routes."""
    assert TRANSFERS(MUG, with_cell(ROUTES, header, value)) == "#DIV/0!"


def test_an_error_among_the_headers_passes_through() -> None:
    """A header that is an error might have been any column's."""
    assert TRANSFERS([[*HEADERS[:-1], CellError("#NAME?")], *MUG[1:]], ROUTES) == "#NAME?"


def test_the_first_of_two_errors_passes_through() -> None:
    """Row by row, from left to right, whatever the order of columns."""
    swapped = [[line[6], *line[1:6], line[0]] for line in MUG]
    both = with_cell(with_cell(swapped, "SKU", CellError("#REF!")), "Unit price", CellError("#NULL!"))
    assert TRANSFERS(both, ROUTES) == "#NULL!"
    assert TRANSFERS(with_cell(both, "Unit price", CellError("#N/A"), 2), ROUTES) == "#NULL!"


def test_an_error_in_another_column_does_not_matter() -> None:
    """A column that is not read may hold anything: notes, a date of the count, on hand beside available."""
    extra = [["Note", "Stock date", "On hand", "Reserved"], ["#N/A", 46349, "#REF!", -5], [None, None, None, "x"]]
    beside = [[*line, *more] for line, more in zip(MUG, extra, strict=True)]
    assert rows(TRANSFERS(beside, ROUTES)) == rows(TRANSFERS(MUG, ROUTES))


@pytest.mark.parametrize(
    ("header", "value", "expected"),
    [
        ("Available", "1,5", "#VALUE!"),
        ("Available", True, "#VALUE!"),
        ("Available", 1e13, "#NUM!"),
        ("Available", -1e13, "#NUM!"),
        ("Available", np.inf, "#NUM!"),
        ("Daily sales", -1, "#NUM!"),
        ("Daily sales", 1.1e12, "#NUM!"),
        ("Daily sales", "10000000000000", "#NUM!"),
        ("Daily sales", "12 pcs", "#VALUE!"),
        ("Units per carton", 2.5, "#NUM!"),
        ("Units per carton", 0, "#NUM!"),
        ("Units per carton", "one", "#VALUE!"),
        ("Unit cost", -3, "#NUM!"),
        ("Unit price", 1e13, "#NUM!"),
        ("SKU", None, "#N/A"),
        ("Warehouse", "", "#N/A"),
        ("SKU", True, "#VALUE!"),
    ],
)
def test_bad_cells_of_stock(header: str, value: Any, expected: str) -> None:
    """Text where a number belongs, a number outside its range, a blank name (§17, §18)."""
    assert TRANSFERS(with_cell(MUG, header, value), ROUTES) == expected


@pytest.mark.parametrize(
    ("header", "value", "expected"),
    [
        ("From", None, "#N/A"),
        ("To", " ", "#N/A"),
        ("Days", None, "#N/A"),
        ("Days", -1, "#NUM!"),
        ("Days", 3651, "#NUM!"),
        ("Days", "soon", "#VALUE!"),
        ("Cost per unit", -0.1, "#NUM!"),
        ("Cost per unit", "3,1", "#VALUE!"),
    ],
)
def test_bad_cells_of_routes(header: str, value: Any, expected: str) -> None:
    """The same for routes; days of a route end where lead times end (§18)."""
    assert TRANSFERS(MUG, with_cell(ROUTES, header, value)) == expected


def test_the_first_bad_argument_decides() -> None:
    """Stock comes before routes; within a range errors, then text, then numbers outside, then blanks (§17, §19)."""
    bad_routes = with_cell(ROUTES, "Days", CellError("#REF!"))
    assert TRANSFERS(with_cell(MUG, "SKU", None), bad_routes) == "#N/A"
    assert TRANSFERS([*MUG, MUG[1]], bad_routes) == "#VALUE!"
    bad = with_cell(with_cell(MUG, "SKU", None), "Available", 1e13)
    assert TRANSFERS(bad, ROUTES) == "#NUM!"
    bad = with_cell(bad, "Unit price", "dear", 2)
    assert TRANSFERS(bad, ROUTES) == "#VALUE!"
    assert TRANSFERS(with_cell(bad, "Unit price", CellError("#NULL!"), 2), ROUTES) == "#NULL!"


def test_blank_rows_and_totals_are_skipped() -> None:
    """A row that is blank in all columns that are read is none, and a row of totals is no item."""
    padded = [HEADERS, [None] * 7, MUG[1], [""] * 7, MUG[2], ["Total", None, 930, 21, None, None, None]]
    routes = [ROUTES[0], [None] * 4, ROUTES[1], ["", " ", None, ""]]
    assert rows(TRANSFERS(padded, routes)) == rows(TRANSFERS(MUG, ROUTES))


@pytest.mark.parametrize("header", ["Available", "Daily sales"])
@pytest.mark.parametrize("row", [1, 2])
def test_unknown_stock_or_sales_takes_no_part(header: str, row: int) -> None:
    """A pair whose stock or daily sales is blank neither gives nor takes (§5, NO DATA); others are not disturbed."""
    cup = [["CUP", *line[1:]] for line in MUG[1:]]
    blank = [*with_cell(MUG, header, None, row), *cup]
    assert rows(TRANSFERS(blank, ROUTES)) == rows(TRANSFERS([HEADERS, *cup], ROUTES)) != []


@pytest.mark.parametrize("header", ["Available", "Daily sales"])
def test_nothing_known_moves_nothing(header: str) -> None:
    """Where no pair takes part there is only the header."""
    assert rows(TRANSFERS(with_cell(with_cell(MUG, header, None), header, None, 2), ROUTES)) == []


def test_available_wins_over_on_hand_less_reserved() -> None:
    """On hand less reserved is what can be sold; beside Available neither is read, so nothing is taken off twice."""
    headers = ["SKU", "Warehouse", "On hand", "Reserved", "Available", "Daily sales"]
    both = [headers, ["A", "US", 40, 10, 30, 12], ["A", "DE", 1000, 100, 900, 9]]
    counted = [[*line[:4], line[5]] for line in both]
    ready = [[*line[:2], *line[4:]] for line in both]
    routes = [["From", "To", "Days"], ["DE", "US", 8]]
    assert rows(TRANSFERS(both, routes)) == rows(TRANSFERS(counted, routes)) == rows(TRANSFERS(ready, routes)) != []
    assert TRANSFERS(with_cell(counted, "On hand", CellError("#N/A")), routes) == "#N/A"
    assert TRANSFERS(with_cell(counted, "Reserved", -1), routes) == "#NUM!"


FACTS = {
    "Units per carton": (48, 24),
    "Unit cost": (3, 4),
    "Unit price": (12, 13),
    "Class": ("profit", "slow"),
    "Status": ("active", "unsellable"),
    "May be moved?": ("yes", "no"),
    "Volume (litres per unit)": (1, 2),
    "Weight (kg per unit)": (1, 2),
}


@pytest.mark.parametrize("header", FACTS)
def test_facts_of_an_item_agree_in_any_order(header: str) -> None:
    """A fact may stand in either row of its SKU; two that differ are an error, whatever the order of rows (§16)."""
    first, other = FACTS[header]
    headers = [*HEADERS[:4], header]
    pair = [[*line[:4], None] for line in MUG[1:]]

    def answers(us: Any, de: Any) -> list[Any]:
        lines = [[*pair[0][:4], us], [*pair[1][:4], de]]
        return [np.asarray(TRANSFERS([headers, *order], ROUTES)).tolist() for order in (lines, lines[::-1])]

    assert answers(first, other) == ["#VALUE!", "#VALUE!"]
    same = answers(first, first)
    assert answers(first, None) == answers(None, first) == same == [same[0], same[0]]


@pytest.mark.parametrize(("header", "value"), [("May be moved?", "no"), ("May be moved?", False), ("Status", "不可售")])
def test_what_may_not_be_moved_stays(header: str, value: Any) -> None:
    """One row that says so keeps the item where it is."""
    lines = [[*MUG[1], None], [*MUG[2], value]]
    assert rows(TRANSFERS([[*HEADERS, header], *lines], ROUTES)) == []


def test_a_fact_in_other_words_is_the_same_fact() -> None:
    """What two rows say is compared as it is read: text of digits, either language."""
    headers = [*HEADERS[:5], "Class"]
    lines = [[*MUG[1][:5], "profit"], [*MUG[2][:4], "48", "利润款"]]
    assert isinstance(TRANSFERS([headers, *lines], ROUTES), np.ndarray)


def test_names_in_other_letters_are_one_item_in_any_order() -> None:
    """Spellings that match are one name, shown as the one that comes first in code point order (§10, §16)."""
    lines = [["mug-11", *MUG[1][1:]], MUG[2]]
    expected = [["MUG-11", "DE-HAM", "US-LA", 240.0, 1.0, 9.0, 240.0]]
    assert rows(TRANSFERS([HEADERS, *lines], ROUTES)) == rows(TRANSFERS([HEADERS, *lines[::-1]], ROUTES)) == expected


HEADERS_OF_A_BOOK = ["SKU", "Warehouse", "On hand", "Reserved", "Daily sales"]
HEADERS_OF_FACTS = ["Units per carton", "Unit cost", "Unit price", "Class", "Status", "Weight (kg per unit)"]
HEADERS_OF_ROUTES = [
    "From", "To", "Mode", "Days", "Cost per unit", "Cost per shipment", "At least", "Cost per pallet", "Kg per pallet",
]  # fmt: skip


def random_book(seed: int) -> tuple[list[list[Any]], dict[str, list[Any]], list[list[Any]]]:
    """Rows of stock, what is known of each SKU, and routes."""
    draw = np.random.default_rng(seed)
    places = ["US", "DE", "JP", "cn"]

    def maybe(value: Any, chance: float = 0.1) -> Any:
        return None if draw.random() < chance else value

    items = {
        f"S{k}": [
            (1, 6, 12, None)[k % 4], maybe(round(float(draw.uniform(1, 4)), 2)), maybe(9),
            maybe(str(draw.choice(["profit", "slow", "traffic-drawing"])), 0.5),
            (None, None, None, "discontinued", "unsellable")[k % 5], maybe(round(float(draw.uniform(0.1, 3)), 1)),
        ]
        for k in range(25)
    }  # fmt: skip
    stock = [
        [sku, place, maybe(int(draw.integers(-5, 400))), maybe(int(draw.integers(0, 9))),
         maybe(round(float(draw.uniform(0, 20)), 1))]
        for sku in items
        for place in places
    ]  # fmt: skip
    routes = [
        [a, b, mode, int(draw.integers(2, 12)), round(float(draw.uniform(0.1, 1)), 2), maybe(20), maybe(24, 0.7),
         maybe(30, 0.5), maybe(50, 0.5)]
        for a in places
        for b in places
        for mode in ("air", "sea")
        if a != b
    ]  # fmt: skip
    return stock, items, routes


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_same_rows_as_the_plan_in_any_order(seed: int) -> None:
    """On a random book the function gives the plan's transfers, cell by cell, whatever the order of rows (§16)."""
    stock, items, routes = random_book(seed)
    lines = [[*row, *items[row[0]]] for row in stock]
    headers = [*HEADERS_OF_A_BOOK, *HEADERS_OF_FACTS]
    found = rows(TRANSFERS([headers, *lines], [HEADERS_OF_ROUTES, *routes]))
    order = np.random.default_rng(seed).permutation(len(lines))
    assert rows(TRANSFERS([headers, *[lines[k] for k in order]], [HEADERS_OF_ROUTES, *routes[::-1]])) == found
    book = raw_book(
        Stock=raw_table("Stock", HEADERS_OF_A_BOOK, stock),
        Catalog=raw_table("Catalog", ["SKU", *HEADERS_OF_FACTS], [[sku, *facts] for sku, facts in items.items()]),
        Routes=raw_table("Routes", HEADERS_OF_ROUTES, routes),
    )
    tables = validate(book, TODAY)
    assert found == plan_rows(make_plan(tables, tables.settings, TODAY).transfers) != []


def plan_rows(transfers: pd.DataFrame) -> list[list[Any]]:
    """Rows of the plan's Transfers as the function gives them: dates as days from today."""
    days = [(transfers[name] - pd.Timestamp(TODAY)).dt.days.astype(float) for name in ("ship_by", "arrives_on")]
    columns = [transfers["sku"], transfers["from"], transfers["to"], transfers["units"].astype(float), *days,
               transfers["saves_units"].astype(float)]  # fmt: skip
    return [list(row) for row in zip(*columns, strict=True)]
