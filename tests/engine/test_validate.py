"""The check between raw tables and typed ones: what is required, dtypes, order and robustness."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from restock.errors import InputError
from restock.schema.columns import Kind
from restock.schema.inputs import INPUT_TABLES
from restock.schema.problem_log import LISTED
from restock.schema.raw import CellError, RawBook
from restock.schema.sentences import problem_sentence
from restock.schema.tables import Tables
from restock.schema.validate import validate
from restock.text import Words

from .raw_books import raw_book, raw_table

TODAY = dt.date(2026, 11, 23)
STOCK = ["SKU*", "Warehouse", "On hand* (units)", "Reserved (units)", "Daily sales, typed", "Stock date"]
ONE = (["sku", "on_hand", "daily_sales"], [["A-001", 5, 1]])
DTYPES = {
    Kind.TEXT: "str", Kind.CHOICE: "str", Kind.NUMBER: "float64", Kind.DATE: "datetime64[s]",
    Kind.TIME: "datetime64[s]", Kind.FLAG: "bool",
}  # fmt: skip


def check(book: RawBook) -> Tables:
    return validate(book, TODAY)


@pytest.mark.parametrize(
    ("stock", "english", "chinese"),
    [
        pytest.param(None, "no Stock table", "没有库存表", id="missing"),
        pytest.param((STOCK, []), "Stock has no rows yet", "还没有数据", id="empty"),
        pytest.param(
            (STOCK, [[None, "US", None, None, None, None]]), "no rows yet", "还没有", id="only-a-warehouse"
        ),
        pytest.param((["on_hand"], [[5]]), "no column SKU", "没有“货号 SKU”", id="no-sku-column"),
        pytest.param((["sku"], [["A"]]), "no column on hand", "没有“实物库存”", id="no-on-hand-column"),
        pytest.param((["sku", "on_hand"], [[None, 5]]), "SKU is empty", "是空的", id="no-sku-typed"),
        pytest.param((["sku", "on_hand"], [["A", None]]), "from B4 on", "从B4起", id="no-on-hand-typed"),
        pytest.param((["sku", "on_hand"], [["A", "many"]]), 'B4 shows "many"', "B4显示“many”", id="unusable"),
    ],
)
def test_stock_that_cannot_be_planned_at_all_is_an_error(stock: Any, english: str, chinese: str) -> None:
    """Only a Stock without usable SKUs or quantities stops the check, in the book's language."""
    for language, words in (("en", english), ("zh", chinese)):
        with pytest.raises(InputError, match=words):
            check(raw_book(language, **({} if stock is None else {"Stock": stock})))


@pytest.mark.parametrize(
    "name", [name for name in INPUT_TABLES if name not in ("Stock", "Sales", "Settings", "SkuMap")]
)
def test_missing_tables_are_empty_frames_with_every_column(name: str) -> None:
    """A book with Stock alone gives every other table with its columns and documented dtypes."""
    frame = getattr(check(raw_book(Stock=ONE)), name.lower())
    for column in INPUT_TABLES[name].columns:
        assert frame[column.name].dtype == DTYPES[column.kind], column.name
    assert frame["row"].dtype == "int64"


def test_stock_and_sales_have_their_documented_dtypes() -> None:
    """Text is str, numbers float64, dates datetime64[s]; Sales names are Categorical."""
    tables = check(raw_book(Stock=ONE, Sales=(["date", "sku", "qty"], [[dt.date(2026, 11, 1), "A-001", 2]])))
    assert [str(kind) for kind in tables.stock.dtypes] == [
        "str", "str", "float64", "float64", "float64", "datetime64[s]", "int64", "str", "str",
    ]  # fmt: skip
    assert [str(kind) for kind in tables.sales.dtypes] == [
        "datetime64[s]",
        "category",
        "category",
        "float64",
        "bool",
    ]
    assert [str(kind) for kind in tables.unplanned.dtypes] == ["str", "str", "str", "int64"]


def test_without_daily_sales_or_sales_one_note_says_what_to_type() -> None:
    """Stock without any demand is planned as NO DATA, and one note names the remedy."""
    tables = check(raw_book(Stock=(["sku", "on_hand"], [["A", 5], ["B", 6]])))
    assert [problem.key for problem in tables.problems] == ["problem.no_demand"]
    assert len(tables.stock) == 2


def test_twenty_of_a_kind_are_listed_and_the_rest_counted() -> None:
    """Of 50 bad cells of one kind 20 are listed, one more counts 30; each row points at one of them."""
    rows = [[f"A{n}", 1, "1,5" if n else 2] for n in range(51)]
    tables = check(raw_book(Stock=(["sku", "on_hand", "daily_sales"], rows)))
    assert [problem.key for problem in tables.problems] == ["problem.number_one"] * LISTED + ["problem.more"]
    assert tables.problems[-1].params["count"] == 30
    assert tables.unplanned["problem"].tolist() == [*range(20), *[20] * 30]


def test_problems_stand_in_sheet_order() -> None:
    """Problems follow tables, rows and columns, whatever the order in which they were found."""
    book = raw_book(
        Stock=(
            STOCK,
            [
                ["A", None, "x", -1, "1,5", None],
                ["B", None, 1, None, 1, None],
                [None, None, 3, None, 1, None],
            ],
        ),
        Catalog=(["sku", "class", "cost"], [["A", "boat", "x"]]),
    )
    cells = [(problem.table, problem.cell) for problem in check(book).problems]
    assert cells == [
        ("Stock", "C4"), ("Stock", "D4"), ("Stock", "E4"), ("Stock", "A6"),
        ("Catalog", "B4"), ("Catalog", "C4"),
    ]  # fmt: skip


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(
        [
            "A-001",
            " a-001",
            "合计",
            "1,5",
            "1,500",
            "12 pcs",
            "2026-11-23",
            "11/12/2026",
            "yes",
            "3%",
            "US-LA",
        ]
    ),
    st.floats(allow_nan=True, allow_infinity=True),
    st.integers(-5, 60_000).map(float),
    st.booleans(),
    st.just(CellError("#N/A")),
)


@st.composite
def books(draw: st.DrawFn) -> RawBook:
    """Books of up to four rows a table, with anything in the cells."""
    tables = {}
    for table in INPUT_TABLES.values():
        if table.name == "Stock" or draw(st.booleans()):
            headers = [column.header(draw(st.sampled_from(["en", "zh"]))) for column in table.columns]
            row = st.tuples(*[CELLS] * len(headers))
            rows = draw(st.lists(row, max_size=4))
            found_by = draw(st.sampled_from(["name", "wide"])) if table.name == "Stock" else "name"
            tables[table.name] = raw_table(table.name, headers, rows, found_by=found_by)
    return RawBook(tables, draw(st.sampled_from(["en", "zh"])))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(books())
def test_arbitrary_cells_never_raise_anything_but_an_input_error(book: RawBook) -> None:
    """Whatever the cells hold, the check ends in tables or an InputError, and all problems can be said."""
    try:
        tables = check(book)
    except InputError:
        return
    for problem in tables.problems:
        for language in ("en", "zh"):
            assert problem_sentence(problem, Words(language, today=TODAY))
    assert tables.catalog["sku"].is_unique
    assert tables.warehouses["warehouse"].is_unique
    assert set(tables.stock["sku"]) <= set(tables.catalog["sku"])
    assert set(tables.stock["warehouse"]) <= set(tables.warehouses["warehouse"])


STOCK_ROWS = st.lists(
    st.tuples(
        st.sampled_from([f"SKU-{n}" for n in range(6)] + ["sku-1 ", "Total", None]),
        st.sampled_from(["US-LA", "JP-OSA", None]),
        st.sampled_from([1.0, 2.0, -3.0, "x", None, "1,5", CellError("#REF!")]),
        st.sampled_from([None, 0.0, -1.0]),
        st.sampled_from([None, 1.0, "12 pcs"]),
        st.sampled_from([None, "2026-11-20", "2027-01-01"]),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(STOCK_ROWS)
def test_every_filled_stock_row_ends_in_exactly_one_place(rows: list[tuple[Any, ...]]) -> None:
    """A row with a SKU or a number is planned, unplanned or skipped as a total; none is lost or doubled."""
    headers = ["sku", "warehouse", "on_hand", "reserved", "daily_sales", "stock_date"]
    try:
        tables = check(raw_book(Stock=(headers, rows)))
    except InputError:
        return
    filled = [
        place + 4 for place, row in enumerate(rows) if any(row[column] is not None for column in (0, 2, 3, 4))
    ]
    totals = [int(problem.params["row"]) for problem in tables.problems if problem.key == "problem.total_row"]
    unplanned = [int(cell.lstrip("ABCDEF")) for cell in tables.unplanned["cell"]]
    assert sorted([*tables.stock["row"], *unplanned, *totals]) == filled


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(8)))
def test_shuffled_rows_give_the_same_rows(order: list[int]) -> None:
    """The set of planned and unplanned rows does not depend on the order of rows (§16)."""
    rows = [[f"S{n}", "US-LA" if n % 2 else "JP-OSA", [n, "x", None][n % 3], None, n, None] for n in range(7)]
    rows.append(["S1", "US-LA", 4, None, 1, None])
    first, second = (
        check(raw_book(Stock=(STOCK, part))) for part in (rows, [rows[place] for place in order])
    )

    def known(frame: pd.DataFrame, columns: list[str]) -> set[tuple[Any, ...]]:
        return set(frame[columns].fillna(-1).itertuples(index=False, name=None))

    assert known(first.stock, ["sku", "warehouse", "on_hand"]) == known(
        second.stock, ["sku", "warehouse", "on_hand"]
    )
    assert known(first.unplanned, ["sku", "warehouse"]) == known(second.unplanned, ["sku", "warehouse"])
