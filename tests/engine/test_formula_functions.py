"""Functions of numbers, conditions, totals, lookups and arrays: one call, what a spreadsheet shows."""

from __future__ import annotations

from typing import Any

import pytest

from restock.formula import ArrayFormula, Column, Sheet, Workbook, recalculate
from restock.formula.kernels import KERNELS
from restock.functions import CATALOGUE
from restock.functions.values import CellError

from .formula_books import Calculated, value_of

NA, VALUE, REF, NUM, DIV0 = (CellError(code) for code in ("#N/A", "#VALUE!", "#REF!", "#NUM!", "#DIV/0!"))
CELLS: dict[str, Any] = {
    "A1": 1, "A2": 2, "A3": 3, "A4": 4, "A5": 5, "B1": "x", "B2": "y", "B3": "X", "B4": "", "B5": "x1",
    "C1": 10, "C2": "20", "C3": True, "C5": 50, "D1": 5, "D2": 4, "D3": 3, "D4": 2, "D5": 1, "E1": NA, "E2": 7,
}  # fmt: skip

SINGLE = [
    ("ROUND(1.005,2)", 1.01), ("N(ROUND(939.0138241923365,12)=ROUND(939.0138241923374,12))", 1),
    ("ROUND(2.5,0)", 3), ("ROUND(-2.5,0)", -3), ("ROUND(1234.5,-2)", 1200),
    ("ROUNDUP(1.001,2)", 1.01), ("ROUNDUP(-1.001,2)", -1.01), ("ROUNDDOWN(-1.999,1)", -1.9), ("TRUNC(-8.9)", -8),
    ("INT(-1.5)", -2), ("INT(3*1.1-0.3)", 3), ("MOD(-3,2)", 1), ("MOD(3,-2)", -1), ("MOD(5,0)", DIV0),
    ("CEILING(2.5,1)", 3), ("CEILING(-2.5,-2)", -4), ("CEILING(-2.5,2)", -2), ("CEILING(2.5,-2)", NUM),
    ("CEILING(1.1*3,1.1)", 3.3), ("FLOOR(0.3,0.1)", 0.3), ("FLOOR(5,0)", DIV0), ("CEILING.MATH(-5.5,2,-1)", -6),
    ("FLOOR.MATH(-8.1,2)", -10), ("MROUND(6.05,0.1)", 6.1), ("MROUND(5,-2)", NUM), ("POWER(-8,1/3)", NUM),
    ("SQRT(-1)", NUM), ("LN(0)", NUM), ("LOG(8,2)", 3), ("EXP(1)", 2.718281828459045), ("FACT(5)", 120),
    ("COMBIN(8,2)", 28), ("QUOTIENT(-10,3)", -3), ("EVEN(1.5)", 2), ("ODD(-1.5)", -3), ("SIGN(-0.1)", -1),
    ("ATAN2(1,1)", 0.7853981633974483), ("PI()", 3.141592653589793), ("N(\"7\")", 0),
]  # fmt: skip
LOGIC = [
    ('IF(A1>0,"yes","no")', "yes"), ("IF(A1>5,1)", False), ("IF(A1,,7)", 0), ('IF(FALSE,1/0,"safe")', "safe"),
    ('IF("x",1,2)', VALUE), ("IFERROR(1/0,5)", 5), ("IFERROR(A1,5)", 1), ("IFNA(#N/A,1)", 1), ("IFNA(1/0,1)", DIV0),
    ('IFS(A1>5,"big",A1>0,"small")', "small"), ("IFS(A1>5,1)", NA), ("IFS(1/0,1,TRUE,2)", DIV0),
    ('SWITCH(A2,1,"one",2,"two","other")', "two"), ('SWITCH(9,1,"one","other")', "other"), ("SWITCH(9,1,2,3,4)", NA),
    ("AND(TRUE,A1:A3)", True), ('AND(B1:B3,TRUE)', True), ("AND(B1:B3)", VALUE), ("OR(A1>5,A2>1)", True),
    ("XOR(TRUE,TRUE,TRUE)", True), ("NOT(0)", True), ("AND(TRUE,1/0)", DIV0), ('OR("TRUE")', True),
]  # fmt: skip
TOTALS = [
    ("SUM(A1:A5)", 15), ('SUM("3",TRUE,2)', 6), ("SUM(C1:C5)", 60), ("SUM(E1:E2)", NA), ("SUM(A1:A5,D1:D5)", 30),
    ("AVERAGE(C1:C5)", 30), ("AVERAGE(B1:B5)", DIV0), ("MIN(B1:B5)", 0), ("MAX(A1:A5,9)", 9), ("COUNT(C1:C5)", 2),
    ("COUNT(C1:C5,\"7\",TRUE)", 4), ("COUNTA(B1:B9)", 5), ("COUNTBLANK(B1:B9)", 5), ("PRODUCT(A1:A5)", 120),
    ("SUMSQ(A1:A3)", 14), ("AVERAGEA(C1:C3)", 11 / 3), ("MAXA(C3,0)", 1), ("SUMPRODUCT(A1:A5,D1:D5)", 35),
    ("SUMPRODUCT((A1:A5>2)*D1:D5)", 6), ("SUMPRODUCT(A1:A5,D1:D4)", VALUE), ("SUBTOTAL(9,A1:A5)", 15),
    ("SUBTOTAL(1,A1:A5)", 3), ("SUBTOTAL(12,A1:A5)", VALUE), ("AGGREGATE(9,6,E1:E2)", 7), ("SUM()", None),
    ("SUM((A1:A2,D1:D2))", 12),
]  # fmt: skip
CONDITIONS = [
    ('SUMIF(B1:B5,"x",A1:A5)', 4), ('SUMIF(B1:B5,"x*",A1:A5)', 9), ('SUMIF(A1:A5,">2")', 12),
    ('SUMIF(A1:A5,"<>3")', 12), ("SUMIF(C1:C5,20)", 0), ('COUNTIF(C1:C5,20)', 1), ('COUNTIF(C1:C5,"20")', 1),
    ('COUNTIF(B1:B5,"")', 1), ('COUNTIF(B1:B9,"")', 5), ('COUNTIF(B1:B9,"=")', 4), ('COUNTIF(B1:B9,"<>")', 5),
    ('COUNTIF(B1:B5,"~x")', 2), ('COUNTIF(C1:C5,TRUE)', 1), ('COUNTIF(E1:E2,"#N/A")', 1), ('COUNTIF(B1:B5,">w")', 4),
    ('COUNTIFS(A1:A5,">1",B1:B5,"x*")', 2), ('SUMIFS(D1:D5,A1:A5,">="&A2,A1:A5,"<5")', 9),
    ("SUMIFS(A1:A5,B1:B4,1)", VALUE),
    ('AVERAGEIF(A1:A5,">9")', DIV0), ('AVERAGEIFS(A1:A5,B1:B5,"x*")', 3), ('MAXIFS(A1:A5,B1:B5,"x")', 3),
    ('MINIFS(A1:A5,A1:A5,">9")', 0), ("COUNTIF(A:A,\"\")", 1048571), ('SUMIF(A1:A5,">2",D1)', 6),
    ('SUMIFS(E1:E2,A1:A2,1)', NA),
]  # fmt: skip
LOOKUPS = [
    ('VLOOKUP(3,A1:B5,2,FALSE)', "X"), ("VLOOKUP(9,A1:B5,2,FALSE)", NA), ("VLOOKUP(9,A1:B5,2)", "x1"),
    ("VLOOKUP(0,A1:B5,2)", NA), ("VLOOKUP(3,A1:B5,3,FALSE)", REF), ("VLOOKUP(3,A1:B5,0,FALSE)", VALUE),
    ('VLOOKUP("x?",B1:C5,2,FALSE)', 50), ("HLOOKUP(5,A5:D5,1,FALSE)", 5), ("MATCH(4,A1:A5,0)", 4),
    ("MATCH(4.5,A1:A5)", 4), ("MATCH(2.5,D1:D5,-1)", 3), ('MATCH("X1",B1:B5,0)', 5), ("MATCH(7,A1:A5,0)", NA),
    ("MATCH(1,A1:B2,0)", NA), ("INDEX(A1:B5,2,2)", "y"), ("INDEX(A1:A5,9)", REF), ("SUM(INDEX(A1:D5,0,1))", 15),
    ("SUM(A1:INDEX(A1:A5,3))", 6), ('XLOOKUP("zz",B1:B5,A1:A5,"none")', "none"), ("XLOOKUP(2.5,A1:A5,B1:B5,,-1)", "y"),
    ("XLOOKUP(2.5,A1:A5,B1:B5,,1)", "X"), ('XLOOKUP("x*",B1:B5,A1:A5,,2,-1)', 5), ("XLOOKUP(1,A1:A5,B1:B4)", VALUE),
    ("XMATCH(3,D1:D5)", 3), ('LOOKUP(2,1/(B1:B5="x"),A1:A5)', 3), ("LOOKUP(3.5,A1:A5,B1:B5)", "X"),
    ('CHOOSE(2,"a","b")', "b"), ("CHOOSE(3,1,2)", VALUE), ("CHOOSE(1,A1:A2,D1:D2)", None),
    ("MATCH(3,A:A,0)", 3), ("VLOOKUP(E1,A1:B5,2,FALSE)", NA),
]  # fmt: skip
PLACES = [
    ("ROW(A7)", 7), ("COLUMN(C1)", 3), ("ROWS(A1:C5)", 5), ("COLUMNS(A1:C5)", 3), ("SUM(OFFSET(A1,1,0,2,1))", 5),
    ("OFFSET(A1,-1,0)", REF), ('INDIRECT("A"&3)', 3), ('INDIRECT("nowhere!!")', REF), ("ADDRESS(2,3)", "$C$2"),
    ("ADDRESS(2,3,4)", "C2"), ('ADDRESS(1,1,1,TRUE,"My Sheet")', "'My Sheet'!$A$1"),
    ("SHEETS()", 1), ("AREAS((A1,B2))", 2),
    ("ISREF(A1)", True), ("ISREF(1)", False), ("ISBLANK(A9)", True), ("ISBLANK(B4)", False), ("ISTEXT(C2)", True),
    ("ISNUMBER(C2)", False), ("ISERROR(E1)", True), ("ISNA(E1)", True), ("ISERR(E1)", False), ("ISEVEN(2.9)", True),
    ("ISLOGICAL(C3)", True), ("TYPE({1,2})", 64), ("ERROR.TYPE(1/0)", 2), ("HYPERLINK(\"u\",\"text\")", "text"),
    ("FORMULATEXT(A1)", NA), ("ISFORMULA(Z1)", True),
]  # fmt: skip
ARRAYS = [
    ("SUM(SEQUENCE(3,2))", 21), ("SUM(FILTER(A1:A5,A1:A5>3))", 9), ('FILTER(A1:A5,A1:A5>9,"none")', "none"),
    ("FILTER(A1:A5,A1:A5>9)", CellError("#CALC!")), ("INDEX(SORT(D1:D5),2)", 2), ("INDEX(SORT(A1:A5,1,-1),1)", 5),
    ("ROWS(UNIQUE(B1:B5))", 4), ("INDEX(SORTBY(B1:B5,D1:D5),1)", "x1"), ("SUM(TRANSPOSE(A1:A5))", 15),
    ("COLUMNS(HSTACK(A1:A5,D1:D5))", 2), ("INDEX(VSTACK(A1:A2,D1:D2),3)", 5), ("SUM(TAKE(A1:A5,-2))", 9),
    ("SUM(DROP(A1:A5,2))", 12), ("SUM(CHOOSECOLS(A1:D5,1,4))", 30), ("COUNTA(TOCOL(A1:B5,1))", 10),
    ("INDEX(WRAPROWS(A1:A5,2),3,2)", NA), ("MDETERM({1,2;3,4})", -2), ("SUM(MMULT({1,2},{3;4}))", 11),
    ("SUM(EXPAND({1,2},2,2,5))", 13), ("LET(x,A2,y,x*3,x+y)", 8), ("LAMBDA(x,y,x-y)(5,3)", 2),
    ("SUM(MAP(A1:A3,LAMBDA(v,v^2)))", 14), ("REDUCE(1,A1:A5,LAMBDA(a,b,a*b))", 120),
    ("INDEX(SCAN(0,A1:A5,LAMBDA(a,b,a+b)),4)", 10), ("SUM(BYROW(A1:A3,LAMBDA(r,SUM(r)*2)))", 12),
    ("SUM(BYCOL(A1:A5,LAMBDA(c,MAX(c))))", 5), ("SUM(MAKEARRAY(2,2,LAMBDA(r,c,r*c)))", 9),
    ("LAMBDA(a,b,IF(ISOMITTED(b),1,2))(1)", 1), ("MAP(A1:A2,LAMBDA(v,IF(v=1,v,MAP(v,LAMBDA(w,w+10)))))", 1),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "expected"), [*SINGLE, *LOGIC, *TOTALS, *CONDITIONS, *LOOKUPS, *PLACES, *ARRAYS])
def test_value(formula: str, expected: Any) -> None:
    """Each call shows what Excel documents; None: not evaluated, or another row's cell."""
    found = value_of(formula, CELLS)
    if isinstance(expected, float | int) and not isinstance(expected, bool):
        assert found == pytest.approx(expected, rel=1e-12, abs=1e-12)
        assert not isinstance(found, bool)
    elif expected is not None:
        assert found == expected
        assert isinstance(found, bool) == isinstance(expected, bool)


VECTOR_FORMULAS = [
    "IFERROR(VLOOKUP(B{r},A$1:D$40,4,FALSE),-1)",
    'SUMIFS(D$1:D$40,A$1:A$40,B{r},C$1:C$40,">"&C{r})',
    'COUNTIF(B$1:B$40,B{r}&"*")',
    "INDEX(C$1:D$40,E{r},1+MOD(E{r},2))",
    'XLOOKUP(B{r},A$1:A$40,D$1:D$40,"none",-1)',
    'IFS(C{r}>20,"high",C{r}>5,D{r},TRUE,1/0)',
    'SWITCH(MOD(E{r},4),0,"a",1,C{r},2,1/0,"z")',
    "CHOOSE(MOD(E{r},3)+1,C{r},B{r},1/0)",
    'AND(C{r}>3,D{r}<30,B{r}<>"k3")',
    "MATCH(C{r},E$1:E$40,1)",
    "SUM(OFFSET(C$1,E{r}-1,0,2,2))",
    'INDIRECT("D"&E{r})',
    "IF(C{r}>10,SUM(C$1:C{r}),COUNT(C{r}:D{r}))",
    'LET(a,C{r},b,D{r},IF(a>b,a&"",b))',
    "REDUCE(0,C{r}:D{r},LAMBDA(s,v,s+v*E{r}))",
    'AVERAGEIFS(D$1:D$40,C$1:C$40,">="&C{r})',
    "SUMPRODUCT((A$1:A$40=B{r})*D$1:D$40)",
    "MAX(C{r}:E{r})-MIN(C{r},7)",
    'COUNTIF(C{r}:E{r},">"&C{r})',
    "SUMIF(C{r}:D{r},7.5,D{r}:E{r})",
    'SUMIFS(C{r}:E{r},D{r}:F{r},D{r},C{r}:E{r},">3")',
    "MATCH(D{r},C{r}:E{r},0)",
    "INDEX(C{r}:E{r},1+MOD(E{r},3))",
    "INDEX(A{r}:E{r},1,IF(C{r}>10,9,2))",
]


@pytest.mark.parametrize("shape", VECTOR_FORMULAS)
def test_a_column_answers_as_its_cells_alone(shape: str) -> None:
    """Evaluating forty rows together gives what evaluating each row by itself gives."""
    columns: dict[int, list[Any]] = {
        1: [f"k{n}" for n in range(40)],
        2: [("k3", "K7", None, "zz", 5.0, True, "k1")[n % 7] for n in range(40)],
        3: [float(n * 37 % 23) for n in range(40)],
        4: [None if n % 9 == 4 else float(n % 13) * 2.5 for n in range(40)],
        5: [float(n + 1) for n in range(40)],
    }

    def answers(rows: list[int]) -> list[Any]:
        sheet = Sheet("S", {number: Column.of(values) for number, values in columns.items()})
        sheet.formulas[9] = rows, [shape.format(r=row) for row in rows]
        book = Workbook([sheet])
        assert recalculate(book, long_tail=False).unevaluated == []
        return [book.value("S", row, 9) for row in rows]

    assert answers(list(range(1, 41))) == [answers([row])[0] for row in range(1, 41)]


def test_subtotals_leave_out_subtotals_and_hidden_rows() -> None:
    """A SUBTOTAL among the cells counts nowhere twice; rows that a filter hides never count, others only for 9."""
    cells = {"A1": 1, "A2": 2, "A3": "=SUBTOTAL(9,A1:A2)", "A4": 4, "A5": "=SUBTOTAL(9,A1:A4)"}
    assert Calculated(cells)["A5"] == 7
    formulas = {2: ([1, 2], ["SUBTOTAL(109,A1:A4)", "SUBTOTAL(9,A1:A4)"])}
    sheet = Sheet("S", {1: Column.of([1.0, 2.0, 4.0, 8.0])}, formulas)
    sheet.hidden_rows, sheet.filtered_rows = frozenset([2]), frozenset([3])
    book = Workbook([sheet])
    recalculate(book)
    assert [book.value("S", 1, 2), book.value("S", 2, 2)] == [9, 11]


def test_map_over_an_array_formula() -> None:
    """A LAMBDA over an array fills the array's size."""
    sheet = Sheet("S", {1: Column.of([1.0, 2.0, 3.0])})
    sheet.arrays.append(ArrayFormula(1, 3, 'MAP(A1:A3,LAMBDA(v,IF(v>1,v*10,"low")))', 3, 3, dynamic=True))
    book = Workbook([sheet])
    recalculate(book)
    assert [book.value("S", row, 3) for row in (1, 2, 3)] == ["low", 20, 30]


def test_every_catalogue_function_is_a_kernel() -> None:
    """The engine knows each of our functions by its Python body."""
    assert set(CATALOGUE) <= set(KERNELS)
