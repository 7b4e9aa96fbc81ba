"""Statistics of the formula engine against the examples of Microsoft's documentation, and against IronCalc."""

from __future__ import annotations

import itertools
import random
import re
from typing import Any

import numpy as np
import pytest

from restock.formula import ArrayFormula, book_of, recalculate
from restock.functions.values import CellError

from .formula_books import TODAY, Calculated, place, value_of

DIV0, NA, NUM, VALUE = map(CellError, ("#DIV/0!", "#N/A", "#NUM!", "#VALUE!"))
STRENGTH = "{1345,1301,1368,1322,1310,1370,1318,1350,1303,1299}"
SMALL_NUMBERS = "{3,4,5,2,3,4,5,6,4,7}"
Y, X = "{2,3,9,1,8,7,5}", "{6,5,11,7,5,4,4}"


def agrees(found: Any, expected: str) -> bool:
    """Whether a number agrees with all digits of a printed one, whether these were rounded or cut off."""
    decimals = len(expected.partition(".")[2])
    return isinstance(found, float) and abs(found - float(expected)) <= (1.01 * 10.0**-decimals if decimals else 1e-9)


@pytest.mark.parametrize(
    "case",
    [
        f"STDEV.S({STRENGTH}) 27.46391572", f"STDEV.P({STRENGTH}) 26.05455814", f"VAR.S({STRENGTH}) 754.2666667",
        f"VAR.P({STRENGTH}) 678.84", f"KURT({SMALL_NUMBERS}) -0.151799637", f"SKEW({SMALL_NUMBERS}) 0.359543071",
        f"SKEW.P({SMALL_NUMBERS}) 0.303193339", "GEOMEAN({4,5,8,7,11,4,3}) 5.476986970",
        "HARMEAN({4,5,8,7,11,4,3}) 5.028375962", "AVEDEV({4,5,6,7,5,4,3}) 1.020408", "DEVSQ({4,5,8,7,11,4,3}) 48",
        "MEDIAN(1,2,3,4,5,6) 3.5", "MODE.SNGL({5.6,4,4,3,2,4}) 4", "MODE({3,1,3,1}) 3",
        "TRIMMEAN({4,5,6,7,2,3,4,5,1,2,3},0.2) 3.778", "STANDARDIZE(42,40,1.5) 1.333333333",
        "LARGE({3,5,3,5,4;4,2,4,6,7},3) 5", "SMALL({3,4,5,2,3,4,6,4,7},4) 4", "PERCENTILE({1,2,3,4},0.3) 1.9",
        "QUARTILE({1,2,4,7,8,9,10,12},1) 3.5", "QUARTILE.EXC({6,7,15,36,39,40,41,42,43,47,49},1) 15",
        "PERCENTRANK.INC({13,12,11,8,4,3,2,1,1,1},5) 0.583", "PERCENTRANK.EXC({1,2,3,6,6,6,7,8,9},5.43) 0.381",
        "PERCENTRANK.EXC({1,2,3,6,6,6,7,8,9},5.43,1) 0.3",
        "SUM(FREQUENCY({79,85,78,85,50},{70,79,89})*{1;10;100;1000}) 221",
        "CORREL({3,2,4,5,6},{9,7,12,15,17}) 0.997054486", "PEARSON({9,7,5,3,1},{10,6,1,5,3}) 0.699379",
        "COVARIANCE.P({3,2,4,5,6},{9,7,12,15,17}) 5.2", "COVARIANCE.S({2,4,8},{5,11,12}) 9.666666667",
        f"SLOPE({Y},{X}) 0.305556", "INTERCEPT({2,3,9,1,8},{6,5,11,7,5}) 0.0483871", f"RSQ({Y},{X}) 0.05795",
        f"STEYX({Y},{X}) 3.305719", "FORECAST(30,{6,7,9,15,21},{20,28,31,38,40}) 10.607253", f"SUMX2MY2({Y},{X}) -55",
        f"SUMX2PY2({Y},{X}) 521", f"SUMXMY2({Y},{X}) 79", "PROB({0,1,2,3},{0.2,0.3,0.1,0.4},2) 0.1",
        "PROB({0,1,2,3},{0.2,0.3,0.1,0.4},1,3) 0.8",
        "CHISQ.TEST({58,35;11,25;10,23},{45.35,47.65;17.56,18.44;16.09,16.91}) 0.000308192",
        "F.TEST({6,7,9,15,21},{20,28,31,38,40}) 0.64831785", "Z.TEST({3,6,7,8,6,5,4,2,1,9},4) 0.090574",
        "T.TEST({3,4,5,8,9,1,2,4,5},{6,19,3,2,14,4,5,17,1},2,1) 0.196016", "CONFIDENCE.NORM(0.05,2.5,50) 0.692951912",
        "CONFIDENCE.T(0.05,1,50) 0.284196855", "NORM.DIST(42,40,1.5,TRUE) 0.9087888",
        "NORM.DIST(42,40,1.5,FALSE) 0.10934", "NORM.INV(0.908789,40,1.5) 42.000002",
        "NORM.S.DIST(1.333333,FALSE) 0.164010148", "NORM.S.INV(0.908789) 1.33333467", "GAUSS(2) 0.47725",
        "PHI(0.75) 0.301137432", "LOGNORM.DIST(4,3.5,1.2,TRUE) 0.0390836", "LOGNORM.DIST(4,3.5,1.2,FALSE) 0.0176176",
        "LOGNORM.INV(0.039084,3.5,1.2) 4.0000252", "T.DIST(60,1,TRUE) 0.99469533", "T.DIST(8,3,FALSE) 0.00073691",
        "T.DIST.2T(1.959999998,60) 0.054644930", "T.DIST.RT(1.959999998,60) 0.027322465", "T.INV(0.75,2) 0.8164966",
        "T.INV.2T(0.546449,60) 0.606533076", "TINV(0.05464,60) 1.960041", "CHISQ.DIST(0.5,1,TRUE) 0.52049988",
        "CHISQ.DIST(2,3,FALSE) 0.20755375", "CHISQ.DIST.RT(18.307,10) 0.0500006", "CHISQ.INV(0.6,2) 1.832581464",
        "CHISQ.INV.RT(0.050001,10) 18.306973", "F.DIST(15.2069,6,4,TRUE) 0.99", "F.DIST(15.2069,6,4,FALSE) 0.0012238",
        "F.INV(0.01,6,4) 0.10930991", "F.INV.RT(0.01,6,4) 15.20686486", "BETA.DIST(2,8,10,TRUE,1,3) 0.6854706",
        "BETA.DIST(2,8,10,FALSE,1,3) 1.4837646", "BETA.INV(0.685470581,8,10,1,3) 2.000000",
        "GAMMA.DIST(10.00001131,9,2,FALSE) 0.032639", "GAMMA.DIST(10.00001131,9,2,TRUE) 0.068094",
        "GAMMA.INV(0.068094,9,2) 10.0000112", "GAMMA(2.5) 1.329340388", "GAMMA(-3.75) 0.267866128",
        "GAMMALN(4) 1.7917595", "BINOM.DIST(6,10,0.5,FALSE) 0.2050781", "BINOM.DIST.RANGE(60,0.75,48) 0.083974967",
        "BINOM.DIST.RANGE(60,0.75,45,50) 0.523629793", "BINOM.INV(6,0.5,0.75) 4",
        "NEGBINOM.DIST(10,5,0.25,TRUE) 0.3135141", "NEGBINOM.DIST(10,5,0.25,FALSE) 0.0550487",
        "POISSON.DIST(2,5,TRUE) 0.124652", "POISSON(2,5,FALSE) 0.084224", "EXPON.DIST(0.2,10,TRUE) 0.86466472",
        "EXPON.DIST(0.2,10,FALSE) 1.35335283", "WEIBULL.DIST(105,20,100,TRUE) 0.929581",
        "WEIBULL(105,20,100,FALSE) 0.035589", "HYPGEOM.DIST(1,4,8,20,TRUE) 0.465428277",
        "HYPGEOMDIST(1,4,8,20) 0.363261094", "FISHER(0.75) 0.9729551", "FISHERINV(0.972955) 0.75",
        "TREND({133890,135000,135790,137300,138130,139100,139900,141120,141890,143230,144000,145290},,13) 146171.5152",
        "GROWTH({33100,47300,69000,102000,150000,220000},{11,12,13,14,15,16},17) 320196.72",
        "LOGEST({33100,47300,69000,102000,150000,220000},{11,12,13,14,15,16}) 1.4633", "LINEST({1,9,5,7},{0,4,2,3}) 2",
    ],
)  # fmt: skip
def test_documented_examples(case: str) -> None:
    """Each function gives the number that Microsoft's documentation prints, to its last digit."""
    formula, _, expected = case.rpartition(" ")
    assert agrees(value_of(formula), expected)


BLOCK = {"A1": 3.0, "A2": "7", "A3": True, "A4": None, "A5": 5.0, "B1": 1.0, "B2": 2.0, "B3": "x", "B4": 4.0, "B5": 9.0,
         "C1": "=1/0", "C2": 2.0}  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("STDEV.P(A1:A5)", 1.0), ("STDEVPA(A1:A3)", np.std([3, 0, 1])), ('VAR.P("5",TRUE)', 4.0),
        ('VAR.P("x",1)', VALUE), ("STDEV.S(A1)", DIV0), ("STDEV.S(A1:A3,C1:C2)", DIV0), ("STDEV.S(0.1,0.1,0.1)", 0.0),
        ("VAR.P(A2:A4)", DIV0), ("MEDIAN(A4)", NUM), ("MODE.SNGL(A1:A5)", NA), ("GEOMEAN(1,0)", NUM),
        ("GEOMEAN(1E200,1E200)", 1e200), ("KURT(1,1,1,1)", DIV0), ("SKEW(1,2)", DIV0), ("LARGE(A1:A5,3)", NUM),
        ("LARGE(A1:A5,1.2)", 3.0), ("SMALL(A1:A5,0.9)", NUM), ("LARGE(C1:C2,1)", DIV0),
        ("PERCENTILE({1,2,3},1.01)", NUM), ("PERCENTILE.EXC({1,2,3},0.25)", 1.0),
        ("PERCENTILE.EXC({1,2,3},0.24)", NUM), ("QUARTILE.INC({1,2,3},1.9)", 1.5), ("PERCENTRANK({1,2,3},4)", NA),
        ("PERCENTRANK({1,2,3},2,0)", NUM), ("RANK(4,A1:A5)", NA), ("RANK(5,A1:A5)", 1.0), ("RANK(5,A1:A5,1)", 2.0),
        ("RANK.AVG(2,B1:B2,1)", 2.0), ('RANK("x",A1:A5)', VALUE), ("TRIMMEAN(B1:B5,1)", NUM),
        ("CORREL(A1:A5,B1:B5)", 1.0), ("CORREL(A1:A5,B1:B4)", NA), ("CORREL({1,1,1},{1,2,3})", DIV0),
        ("SLOPE(C1:C2,B1:B2)", DIV0), ("STEYX({1,2},{3,4})", DIV0), ("COVARIANCE.S({1},{2})", DIV0),
        ("SUMXMY2(A1:A5,B1:B5)", 20.0), ("PROB({1,2},{0.5,0.4},1)", NUM), ("F.TEST({1,1},{1,2})", DIV0),
        ("T.TEST({1,2,3},{1,2},2,1)", NA), ("T.TEST({1,2},{3,5},3,1)", NUM), ("CHISQ.TEST({1,2},{1;2})", NA),
        ("NORM.INV(0,0,1)", NUM), ("NORM.DIST(0,0,0,TRUE)", NUM), ("T.DIST.2T(-1,5)", NUM),
        ("T.DIST(1,0.9,TRUE)", NUM), ("T.INV.2T(1,5)", 0.0), ("CHISQ.INV(1,5)", NUM), ("CHISQ.DIST(0,1,FALSE)", NUM),
        ("F.DIST(0,2,3,FALSE)", 1.0), ("BETA.DIST(2,1,1,TRUE)", NUM), ("GAMMA(0)", NUM), ("GAMMALN(0)", NUM),
        ("BINOM.DIST(11,10,0.5,TRUE)", NUM), ("BINOM.DIST(2.9,10.9,0.5,TRUE)", 0.0546875),
        ("BINOM.INV(10,1,0.8)", NUM), ("POISSON.DIST(0,0,FALSE)", 1.0), ("HYPGEOM.DIST(5,4,8,20,TRUE)", NUM),
        ('NORM.S.DIST(0,"no")', VALUE), ("NORM.S.DIST(C1,TRUE)", DIV0), ("FISHER(1)", NUM),
        ("CONFIDENCE.T(0.05,1,1)", DIV0), ("LINEST({1,2,3},{5,5,5})", 0.0), ("GROWTH({1,-1},{1,2})", NUM),
        ("LINEST(A1:A5,B1:B5)", VALUE), ("TREND({1,2,3},{1,2})", CellError("#REF!")),
    ],
)  # fmt: skip
def test_edges(formula: str, expected: Any) -> None:
    """Text, truth values, blanks, errors and arguments outside the domain are treated as in Excel."""
    found = value_of(formula, BLOCK)
    assert found == (pytest.approx(expected, rel=1e-12) if isinstance(expected, float) else expected)


def test_linest_in_full() -> None:
    """The office buildings of Microsoft's documentation of LINEST: four variables, all five rows."""
    columns = ([2310 + 23 * row for row in range(11)], [2, 2, 3, 3, 2, 4, 2, 2, 3, 4, 2],
               [2, 2, 1.5, 2, 3, 2, 1.5, 2, 3, 4, 3], [20, 12, 33, 43, 53, 23, 99, 34, 23, 55, 22],
               [142000, 144000, 151000, 150000, 139000, 169000, 126000, 142900, 163000, 169000, 149000])  # fmt: skip
    cells = {f"{'ABCDE'[one]}{row}": float(x) for one, own in enumerate(columns) for row, x in enumerate(own, 1)}
    book = book_of({"S": cells})
    book.sheets[0].arrays.append(ArrayFormula(20, 1, "LINEST(E1:E11,A1:D11,TRUE,TRUE)", 24, 5))
    recalculate(book, TODAY)
    rows = ["-234.2371645 2553.21066 12529.76817 27.64138737 52317.83051",
            "13.26801148 530.6691519 400.0668382 5.429374042 12237.3616",
            "0.996747993 970.5784629", "459.7536742 6", "1732393319 5652135.3"]  # fmt: skip
    for row, numbers in enumerate(rows):
        expected = [float(number) for number in numbers.split()]
        found = [book.value("S", 20 + row, 1 + column) for column in range(len(expected))]
        assert found == pytest.approx(expected, rel=2e-8)
    assert book.value("S", 22, 3) == NA


def test_results_that_spill() -> None:
    """LARGE of several ranks, the modes and the counts between bounds fill as many cells as they have."""
    book = book_of({"S": {f"A{row}": float(x) for row, x in enumerate([4, 2, 2, 4, 9, 1], 1)}})
    for column, text in ((3, "LARGE(A1:A6,{1;3})"), (4, "MODE.MULT(A1:A6)"), (5, "FREQUENCY(A1:A6,{2,4,4})")):
        book.sheets[0].arrays.append(ArrayFormula(1, column, text, 1, column, dynamic=True))
    recalculate(book, TODAY)
    found = [[book.value("S", row, column) for row in range(1, 5)] for column in (3, 4, 5)]
    assert found == [[9.0, 4.0, None, None], [4.0, 2.0, None, None], [3.0, 2.0, 0.0, 1.0]]


def test_columns_and_single_cells_agree() -> None:
    """A whole column gives each row what the same formula gives alone."""
    draw = np.random.default_rng(7)
    cells: dict[str, Any] = {f"{c}{row}": float(draw.integers(1, 9)) for c in "ABCDEF" for row in range(1, 31)}
    cells |= {"B4": "x", "C5": None, "D6": True, "A7": "=1/0"}
    formulas = [
        "STDEV.S(A#:F#)", "MODE.SNGL(A#:F#)", "MEDIAN(A#:F#)", "LARGE(A#:F#,2)", "PERCENTRANK(A#:F#,D#)",
        "RANK(A#,A$1:A$6)", "RANK.AVG(C#,A#:F#)", "CORREL(A#:C#,D#:F#)", "FORECAST(A#,A#:C#,D#:F#)",
        "TRIMMEAN(A#:F#,0.4)", "KURT(A#:F#)", "T.TEST(A#:C#,D#:F#,2,3)", "INDEX(LINEST(A#:C#,D#:F#,TRUE,TRUE),1,2)",
        "TREND(A#:C#,D#:F#,B#)", "SUMXMY2(A#:C#,D#:F#)",
    ]  # fmt: skip
    for formula in formulas:
        together = Calculated(cells | {f"H{row}": "=" + formula.replace("#", str(row)) for row in range(1, 31)})
        for row in range(1, 12):
            alone = value_of(formula.replace("#", str(row)), cells)
            expected = pytest.approx(alone, rel=1e-12) if isinstance(alone, float) else alone
            assert together[f"H{row}"] == expected, formula


FAMILIES = {
    "STDEV.S STDEV.P VAR.S VAR.P MEDIAN GEOMEAN HARMEAN AVEDEV DEVSQ KURT SKEW SKEW.P STDEVA VARPA": (
        "A1:A9 C1:C9 E1:E9",),
    "LARGE SMALL PERCENTILE.INC PERCENTILE.EXC QUARTILE.EXC TRIMMEAN PERCENTRANK.INC PERCENTRANK.EXC": (
        "A1:A9 C1:C9", "0.2 1 2 0.7 3"),
    "CORREL SLOPE INTERCEPT RSQ STEYX COVARIANCE.P COVARIANCE.S": ("A1:A9 B1:B9 C1:C9", "B1:B9 C1:C9 A1:A9"),
    "NORM.INV LOGNORM.INV BETA.INV GAMMA.INV F.INV F.INV.RT": ("0.01 0.3 0.975 1 -1", "1 2.5 7 -1 0", "0.5 3 8 0"),
    "NORM.DIST LOGNORM.DIST GAMMA.DIST WEIBULL.DIST F.DIST BETA.DIST": (
        "0.3 0.9 2 -1", "1 2.5 7 0", "3 8.5 0", "TRUE FALSE"),
    "T.INV T.INV.2T CHISQ.INV CHISQ.INV.RT": ("0.01 0.3 0.975 0 2", "1 2 7.9 50 0"),
    "BINOM.DIST NEGBINOM.DIST": ("0 3 7.9 12 -1", "1 5 12 40", "0.1 0.5 0.97 2", "TRUE FALSE"),
    "HYPGEOM.DIST": ("0 2 5", "4 9", "6 8", "10 30", "TRUE FALSE"),
    "POISSON.DIST EXPON.DIST T.DIST CHISQ.DIST": ("0.5 2 9 -1", "0.7 3 12", "TRUE FALSE"),
}  # fmt: skip
CASES = sorted(
    f"{name}({','.join(chosen)})"
    for names, given in FAMILIES.items()
    for name in names.split()
    for chosen in random.Random(11).sample(list(itertools.product(*map(str.split, given))), 3 if len(given) > 1 else 2)
)


def test_agrees_with_ironcalc() -> None:
    """Another engine finds the same numbers, and errors where we find errors."""
    ironcalc = pytest.importorskip("ironcalc")
    draw = random.Random(5)
    cells: dict[str, Any] = {f"{c}{row}": round(draw.uniform(1, 9), 2) for c in "ABC" for row in range(1, 10)}
    cells |= {"E1": 4.0, "E2": "x", "E3": True, "E5": 2.5, "E6": 7.0, "E7": 1.0}
    cells |= {f"Z{row}": f"={formula}" for row, formula in enumerate(CASES, 1)}
    model = ironcalc.create("test", "en", "UTC")
    for reference, value in cells.items():
        text = "TRUE" if value is True else re.sub(r"^(?=[a-z])", "'", str(value))
        model.set_user_input(0, *place(reference), text)
    model.evaluate()
    book = Calculated(cells)
    for row, formula in enumerate(CASES, 1):
        found, other = book[f"Z{row}"], model.get_cell_value(0, row, 26)
        if isinstance(other, str):
            assert isinstance(found, CellError), formula
        else:
            assert found == pytest.approx(other, rel=1e-6, abs=1e-12), formula
