"""Recalculating books: order, shapes, circles, arrays, names, tables, and what is left as it was."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from restock.formula import ArrayFormula, SharedFormula, Table, book_of, recalculate
from restock.functions.values import CellError

from .formula_books import Calculated, value_of


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("0.1+0.2=0.3", True),
        ("1-0.9-0.1", 0.0),
        ("(1-0.9-0.1)*1=0", False),
        ("-2^2", 4.0),
        ("2^-1", 0.5),
        ("10%%", 0.001),
        ('"a"&1/3', "a0.333333333333333"),
        ('"a"="A"', True),
        ('1<"a"', True),
        ('"z"<TRUE', True),
        ("A9=0", True),
        ('A9=""', True),
        ("A9", 0.0),
        ('"3"+"4"', 7.0),
        ('"1,234.5"+0', 1234.5),
        ('"12:00"+0', 0.5),
        ('"2026-11-25"+0', 46351.0),
        ('"x"+1', CellError("#VALUE!")),
        ("1/0", CellError("#DIV/0!")),
        ("0^0", CellError("#NUM!")),
        ("0^-1", CellError("#DIV/0!")),
        ("1E+300*1E+300", CellError("#NUM!")),
        ("#N/A+1/0", CellError("#N/A")),
        ("1/0+#N/A", CellError("#DIV/0!")),
        ("NOSUCHNAME", CellError("#NAME?")),
        ("NoSheet!A1", CellError("#REF!")),
        ("A1:A3 C1:C3", CellError("#NULL!")),
        ("SUM(A1:B2 B1:C2)", 0.0),
        ("TRUE+1", 2.0),
    ],
)  # fmt: skip
def test_operators(formula: str, expected: Any) -> None:
    """Operators follow Excel in blanks, texts, comparison, fifteen digits and errors."""
    found = value_of(formula)
    assert found == expected
    assert isinstance(found, bool) == isinstance(expected, bool)


def test_a_filled_column_is_one_group() -> None:
    """Formulas that differ only in their row are evaluated together and give each row its own value."""
    cells = {f"A{row}": row for row in range(2, 50)} | {f"B{row}": f"=A{row}*$A$2+A{row + 1}" for row in range(2, 49)}
    book = Calculated(cells)
    assert [book[f"B{row}"] for row in (2, 30, 48)] == [2 * 2 + 3, 30 * 2 + 31, 48 * 2 + 49]
    assert book.result.tiers["own"] == 47


def test_mixed_shapes_in_one_column() -> None:
    """A column may hold formulas of several shapes, gaps and constants."""
    cells: dict[str, Any] = {f"A{row}": row for row in range(1, 21)}
    cells |= {f"B{row}": f"=A{row}*2" if row % 3 else f"=A{row}+100" for row in range(1, 21) if row != 7}
    cells["B7"] = "typed"
    book = Calculated(cells)
    assert [book["B3"], book["B4"], book["B7"], book["B20"]] == [103, 8, "typed", 40]


def test_running_columns() -> None:
    """A cell may use the one above it, also by way of another column, and the one below."""
    rows = range(2, 40)
    cells: dict[str, Any] = {"A1": 100, "D40": 1} | {f"B{row}": row for row in rows}
    cells |= {f"A{row}": f"=A{row - 1}-C{row - 1}+B{row}" for row in rows}
    cells |= {f"C{row}": f"=A{row}*0.1" for row in rows} | {"C1": 10}
    cells |= {f"D{row}": f"=D{row + 1}+B{row}" for row in rows}
    book = Calculated(cells)
    stock, sold = 100.0, 10.0
    for row in rows:
        stock = stock - sold + row
        sold = stock * 0.1
    assert book["A39"] == pytest.approx(stock)
    assert book["D2"] == 1 + sum(rows)
    assert not book.result.unevaluated


def test_moving_and_growing_windows() -> None:
    """Windows that move with the row, and ranges that grow with it, follow the row."""
    cells: dict[str, Any] = {f"A{row}": row for row in range(1, 31)}
    cells |= {f"B{row}": f"=SUM(A{row - 3}:A{row})" for row in range(4, 31)}
    cells |= {f"C{row}": f"=SUM(A$1:A{row})" for row in range(1, 31)}
    cells |= {f"D{row}": f'=COUNTIF(A$1:A{row},">"&5)' for row in range(1, 31)}
    book = Calculated(cells)
    assert [book["B10"], book["C10"], book["D10"], book["D30"]] == [7 + 8 + 9 + 10, 55, 5, 25]


def test_circles_are_reported() -> None:
    """Cells that depend on themselves keep their value and are reported, as are those that read them."""
    book = Calculated({"A1": "=B1+1", "B1": "=A1", "C1": "=C1", "D1": "=A1*2", "E1": "=1+1"})
    assert book.reasons == {"A1": "formula.circular", "B1": "formula.circular", "C1": "formula.circular",
                            "D1": "formula.depends"}  # fmt: skip
    assert book["E1"] == 2


def test_a_circle_in_a_branch_not_taken_is_none() -> None:
    """Only the branch that is needed is read."""
    assert Calculated({"A1": 2, "B1": '=CHOOSE(A1,B1,"free")', "C1": "=IF(A1>1,5,C1)"})["B1"] == "free"


def test_what_cannot_be_evaluated_keeps_its_value_with_all_that_read_it() -> None:
    """An unknown function leaves its cell as it was; rows that do not read it are evaluated."""
    values = {f"A{row}": row for row in range(1, 6)} | {f"C{row}": f"=B{row}+1" for row in range(1, 6)}
    formulas = {"B1": "=A1", "B2": "=MYUDF(A2)", "B3": "=A3", "B4": "=[1]Sheet1!A1", "B5": "=A5"}
    book = book_of({"S": {**{k: float(v) if isinstance(v, int) else v for k, v in values.items()}, **formulas}})
    book.sheets[0].columns[2].number[1] = 77.0
    book.sheets[0].columns[2].kind[1] = 0
    result = recalculate(book)
    assert {(one.row, one.column): one.reason for one in result.unevaluated} == {
        (2, 2): "formula.function",
        (4, 2): "formula.other_workbook",
        (2, 3): "formula.depends",
        (4, 3): "formula.depends",
    }
    assert [book.value("S", row, 3) for row in (1, 3, 5)] == [2, 4, 6]
    assert book.value("S", 2, 2) == 77.0


def test_today_is_an_argument() -> None:
    """TODAY() is the day that is given; without one the cell keeps its value."""
    assert value_of("TODAY()") == 46351.0
    assert value_of("NOW()") == pytest.approx(46351 + 9.5 / 24)
    book = book_of({"S": {"A1": "=TODAY()"}})
    assert [one.reason for one in recalculate(book, None).unevaluated] == ["formula.no_today"]
    assert recalculate(book, dt.date(2026, 11, 25)).unevaluated == []


def test_random_numbers_come_from_the_seed() -> None:
    """The same seed draws the same numbers, another seed others."""
    found = []
    for seed in (1, 1, 2):
        book = book_of({"S": {f"A{row}": "=RAND()" for row in range(1, 6)}})
        recalculate(book, None, seed)
        found.append([book.value("S", row, 1) for row in range(1, 6)])
    assert found[0] == found[1] != found[2]
    assert len(set(found[0])) == 5


def test_changed_are_the_cells_whose_value_is_another() -> None:
    """A value that was stored already, but for its last digits, counts as unchanged."""
    book = book_of({"S": {"A1": 3.0, "B1": "=A1/3", "B2": "=A1*2"}})
    book.sheets[0].columns[2].kind[:] = 0
    book.sheets[0].columns[2].number[:] = [1 + 1e-15, 5.0]
    changed = recalculate(book).changed
    assert {key: rows.tolist() for key, rows in changed.items()} == {("S", 2): [2]}


def test_names() -> None:
    """Names stand for cells, constants and functions; those of the formula's own sheet come first."""
    names = {"RATE_EU": "0.19", "BASE": "S!$A$1", "DOUBLE": "_xlfn.LAMBDA(_xlpm.x,_xlpm.x*2)", "ABOVE": "S!A1048576"}
    more = {"names": names, "sheet_names": {("S", "RATE_EU"): "0.2"}}
    book = Calculated({"A1": 50, "B1": "=BASE*RATE_EU", "B2": "=DOUBLE(BASE)", "B3": "=ABOVE"}, **more)
    assert [book["B1"], book["B2"], book["B3"]] == [10, 100, 100]


def test_recursive_names() -> None:
    """A LAMBDA name may call itself; one that never ends is reported."""
    names = {"FACTORIAL": "LAMBDA(n,IF(n<2,1,n*FACTORIAL(n-1)))", "ENDLESS": "LAMBDA(n,ENDLESS(n+1))", "LOOP": "LOOP+1"}
    book = Calculated({f"A{n}": n for n in range(1, 8)} | {f"B{n}": f"=FACTORIAL(A{n})" for n in range(1, 8)}
                      | {"C1": "=ENDLESS(1)", "C2": "=LOOP"}, names=names)  # fmt: skip
    assert [book[f"B{n}"] for n in range(1, 8)] == [1, 2, 6, 24, 120, 720, 5040]
    assert book.reasons == {"C1": "formula.endless", "C2": "formula.endless"}


def test_tables() -> None:
    """Structured references find columns, headers, totals and the formula's own row."""
    table = Table("Stock", "S", 3, 1, 6, 3, ("SKU", "On hand", "Double"), totals_rows=1)
    cells: dict[str, Any] = {"A3": "SKU", "B3": "On hand", "C3": "Double", "A4": "a", "A5": "b", "B4": 4, "B5": 5}
    cells |= {"C4": "=Stock[[#This Row],[On hand]]*2", "C5": "=[@[On hand]]*2", "B6": "=SUM(Stock[On hand])"}
    cells |= {
        "E1": "=COUNTA(Stock[#Headers])",
        "E2": "=Stock[[#Totals],[On hand]]",
        "E3": "=SUM(Stock[[On hand]:[Double]])",
    }
    cells |= {"E4": "=Stock[Nope]", "E5": "=ROWS(Stock[#All])", "E6": "=Stock[[#This Row],[On hand]]"}
    book = Calculated(cells, tables=[table])
    assert [book["C4"], book["C5"], book["B6"], book["E1"], book["E2"], book["E3"]] == [8, 10, 9, 3, 9, 27]
    assert [book["E4"], book["E5"], book["E6"]] == [CellError("#REF!"), 4, CellError("#VALUE!")]


def test_shared_formulas() -> None:
    """One text serves all its cells, across columns too."""
    book = book_of({"S": {f"A{row}": float(row) for row in range(1, 6)}})
    cells = tuple((row, column) for column in (2, 3) for row in range(1, 6))
    book.sheets[0].shared.append(SharedFormula(1, 2, "A1*2", cells))
    recalculate(book)
    assert [book.value("S", 5, 2), book.value("S", 5, 3)] == [10, 20]


def test_array_formulas() -> None:
    """An array formula fills its range: one row repeats, what lacks a value is #N/A."""
    book = book_of({"S": {"A1": 1.0, "A2": 2.0, "B1": 10.0, "B2": 20.0}})
    book.sheets[0].arrays += [
        ArrayFormula(1, 4, "A1:B1*2", 2, 6),
        ArrayFormula(4, 4, "SUM(A1:A2*B1:B2)", 4, 4),
    ]
    recalculate(book)
    na = CellError("#N/A")
    assert [[book.value("S", row, column) for column in (4, 5, 6)] for row in (1, 2)] == [[2, 20, na], [2, 20, na]]
    assert book.value("S", 4, 4) == 50


def test_spills_grow_and_shrink() -> None:
    """A dynamic array fills what it needs now; formulas that read it see the new size."""
    values = {f"A{row}": float(row) for row in range(1, 7)}
    book = book_of({"S": {**values, "E1": "=SUM(ANCHORARRAY(C1))", "E2": "=SUM(C1:C9)"}})
    book.sheets[0].arrays.append(ArrayFormula(1, 3, "FILTER(A1:A6,A1:A6>2)", 2, 3, dynamic=True))
    result = recalculate(book)
    assert [book.value("S", row, 3) for row in range(1, 6)] == [3, 4, 5, 6, None]
    assert [book.value("S", 1, 5), book.value("S", 2, 5)] == [18, 18]
    assert result.spills == {("S", 1, 3): (4, 1)}
    book.sheets[0].columns[1].number[:4] = 0.0
    book.sheets[0].arrays[0] = ArrayFormula(1, 3, "FILTER(A1:A6,A1:A6>2)", 4, 3, dynamic=True)
    recalculate(book)
    assert [book.value("S", row, 3) for row in range(1, 6)] == [5, 6, None, None, None]


def test_a_blocked_spill_is_an_error() -> None:
    """Nothing of the user's is overwritten by a spill."""
    book = book_of({"S": {"A1": 1.0, "C3": "mine"}})
    book.sheets[0].arrays.append(ArrayFormula(1, 3, "SEQUENCE(4)", 1, 3, dynamic=True))
    recalculate(book)
    assert [book.value("S", 1, 3), book.value("S", 3, 3)] == [CellError("#SPILL!"), "mine"]


def test_computed_references_wait_for_what_they_read() -> None:
    """OFFSET, INDIRECT and A1:INDEX() read cells that are evaluated first."""
    cells = {"A1": "=OFFSET(D1,1,0)", "A2": '=INDIRECT("D"&2)+1', "A3": "=SUM(D1:INDEX(D1:D9,3))",
             "D1": 1, "D2": "=D1*10", "D3": "=D2+5"}  # fmt: skip
    book = Calculated(cells)
    assert [book["A1"], book["A2"], book["A3"]] == [10, 11, 26]
    assert Calculated({"A1": "=OFFSET(A1,0,0)"}).reasons == {"A1": "formula.circular"}


def test_running_columns_by_offset() -> None:
    """A column in which each cell finds the one above by OFFSET is no circle."""
    cells: dict[str, Any] = {f"A{row}": row for row in range(1, 30)} | {"B1": 100}
    cells |= {f"B{row}": f"=OFFSET(B{row},-1,0)+A{row}" for row in range(2, 30)}
    book = Calculated(cells)
    assert (book["B29"], book.reasons) == (100 + sum(range(2, 30)), {})


def test_implicit_intersection_and_arrays() -> None:
    """A plain formula takes the cell of its own row from a range; an array formula takes all."""
    cells: dict[str, Any] = {f"A{row}": row for row in range(1, 4)}
    book = Calculated({**cells, "C2": "=A1:A3*10", "C9": "=A1:A3*10", "D1": "=SUMPRODUCT(A1:A3*A1:A3)"})
    assert [book["C2"], book["C9"], book["D1"]] == [20, CellError("#VALUE!"), 14]


def test_sheets_and_whole_columns() -> None:
    """References to other sheets and to whole columns and rows work from anywhere."""
    sheets = {"S": {"A1": "=SUM(Data!B:B)", "A2": "=SUM(Data!2:2)", "A3": "=COUNTBLANK(Data!B:B)", "A4": "=ROWS(A:A)"},
              "Data": {"B1": "head", "B2": 4, "B9": 5, "C2": 6}}  # fmt: skip
    book = Calculated(sheets)
    assert [book["A1"], book["A2"], book["A3"], book["A4"]] == [9, 10, 1048576 - 3, 1048576]


def test_our_functions_are_known_and_the_book_comes_first() -> None:
    """RESTOCK_ functions answer by the catalogue; a LAMBDA of that name in the book wins."""
    cells = {"A1": "=RESTOCK_TIER(280,20)", "A2": "=RESTOCK_DAYS_OF_COVER(280,20)"}
    book = Calculated(cells, names={"RESTOCK_TIER": 'LAMBDA(a,b,"mine")'})
    assert [book["A1"], book["A2"]] == ["mine", 14]
    assert book.result.notes == [("RESTOCK_TIER", "S", 1, 1)]


def test_million_shapes_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a number of different formulas the rest is reported instead of read."""
    monkeypatch.setattr("restock.formula.groups.MOST_SHAPES", 5)
    book = Calculated({f"A{row}": f"={row}*{row}+{row}" for row in range(1, 20)})
    assert len(book.result.unevaluated) == 13
    assert set(book.reasons.values()) == {"formula.too_many"}


def test_bad_formulas_are_reported_cells() -> None:
    """A formula that is too long, too deep or no formula is one reported cell."""
    cells = {
        "A1": "=" + "1+" * 5000 + "1",
        "A2": "=" + "(" * 200 + "1" + ")" * 200,
        "A3": "=1+",
        "A4": "=" + "1+" * 4000 + "1",
    }
    book = Calculated(cells)
    assert book.reasons == {"A1": "formula.too_long", "A2": "formula.too_deep", "A3": "formula.unreadable"}
    assert book["A4"] == 4001


def test_shuffled_rows_give_the_same() -> None:
    """Lanes do not know of each other: a column in another order gives the same values."""
    draw = np.random.default_rng(3)
    numbers = draw.integers(0, 50, 200).astype(float)
    order = draw.permutation(200)
    formula = "ROUND(IF(A{r}>25,A{r}/3,SQRT(A{r})),2)&VLOOKUP(A{r},$A$1:$A$200,1,FALSE)"

    def column(values: Any) -> list[Any]:
        cells = {f"A{r}": v for r, v in enumerate(values, 1)} | {
            f"B{r}": "=" + formula.format(r=r) for r in range(1, 201)
        }
        book = Calculated(cells)
        return [book[f"B{r}"] for r in range(1, 201)]

    straight, shuffled = column(numbers), column(numbers[order])
    assert [straight[k] for k in order] == shuffled


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ('"straße"="STRASSE"', False),
        ('"É"="é"', True),
        ('MATCH("STRASSE",A1:A2,0)', 2),
        ('COUNTIF(A1:A2,"strasse")', 1),
    ],
)
def test_case_and_nothing_else_is_ignored(formula: str, expected: Any) -> None:
    """Letters are equal in both cases, but a sharp s is no double s."""
    assert value_of(formula, {"A1": "straße", "A2": "strasse"}) == expected


def test_many_single_arrays_are_evaluated_together() -> None:
    """Dynamic arrays of one cell each are one group, until one of them needs more room."""
    sheet_values = {f"A{row}": float(row) for row in range(1, 6)}
    book = book_of({"S": sheet_values})
    book.sheets[0].arrays += [ArrayFormula(row, 3, f"SUM(A$1:A$5*A{row})", row, 3, dynamic=True) for row in range(1, 6)]
    result = recalculate(book)
    assert [book.value("S", row, 3) for row in range(1, 6)] == [15, 30, 45, 60, 75]
    assert (result.spills, result.tiers["own"]) == ({}, 5)
    book.sheets[0].arrays[:] = [ArrayFormula(row, 5, f"SEQUENCE(1,A{row})", row, 5, dynamic=True) for row in (1, 3)]
    result = recalculate(book)
    assert [book.value("S", 3, column) for column in (5, 6, 7, 8)] == [1, 2, 3, None]
    assert result.spills == {("S", 3, 5): (1, 3)}
