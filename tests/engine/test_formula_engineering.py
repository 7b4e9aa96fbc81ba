"""Engineering functions, units, complex numbers and databases of the formula engine."""

from __future__ import annotations

import random
from typing import Any

import pytest

from restock.functions.values import CellError

from .formula_books import Calculated, place, value_of

DIV0, NA, NUM, VALUE = map(CellError, ("#DIV/0!", "#N/A", "#NUM!", "#VALUE!"))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("ERF(0.745)", 0.70792892), ("ERF(1)", 0.84270079), ("ERF(0,1)", 0.84270079), ("ERFC(1)", 0.15729921),
        ("ERF(3,10)", 2.209049699858544e-05), ("BESSELI(1.5,1)", 0.981666428), ("BESSELJ(1.9,2)", 0.329925829),
        ("BESSELK(1.5,1)", 0.277387804), ("BESSELY(2.5,1)", 0.145918138), ("GCD(24,36)", 12.0), ("GCD(7,1)", 1.0),
        ("GCD(5,0)", 5.0), ("LCM(24,36)", 72.0), ("MULTINOMIAL(2,3,4)", 1260.0),
        ("SERIESSUM(PI()/4,0,2,{1,-0.5,0.041666667,-0.001388889})", 0.707103), ('CONVERT(1,"lbm","kg")', 0.4535924),
        ('CONVERT(68,"F","C")', 20.0), ('CONVERT(CONVERT(100,"ft","m"),"ft","m")', 9.290304),
        ('CONVERT(1,"kibyte","bit")', 8192.0), ('CONVERT(2,"km2","m^2")', 2e6), ('CONVERT(0,"K","F")', -459.67),
        ('IMABS("5+12i")', 13.0), ('IMARGUMENT("3+4i")', 0.92729522), ('IMREAL("6-9i")', 6.0),
        ('IMAGINARY("0-j")', -1.0),
    ],
)  # fmt: skip
def test_documented_numbers(formula: str, expected: float) -> None:
    """Each function gives the number of Microsoft's documentation, or one that follows from its definition."""
    assert value_of(formula) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("COMPLEX(3,4)", "3+4i"), ('COMPLEX(3,4,"j")', "3+4j"), ("COMPLEX(0,1)", "i"), ("COMPLEX(1,0)", "1"),
        ('IMCONJUGATE("3+4i")', "3-4i"), ('IMDIV("-238+240i","10+24i")', "5+12i"), ('IMSUM("3+4i","5-3i")', "8+i"),
        ('IMSUB("13+4i","5+3i")', "8+i"), ('IMPRODUCT("3+4i","5-3i")', "27+11i"), ('IMPRODUCT("1+2i",30)', "30+60i"),
        ('IMPOWER("2+3i",3)', "-46+9.00000000000001i"), ('IMSQRT("1+i")', "1.09868411346781+0.455089860562227i"),
        ('IMEXP("1+i")', "1.46869393991589+2.28735528717884i"), ('IMLN("3+4i")', "1.6094379124341+0.927295218001612i"),
        ('IMLOG2("3+4i")', "2.32192809488736+1.33780421245098i"),
        ('IMSIN("4+3i")', "-7.61923172032141-6.548120040911i"),
        ('IMLOG10("3+4i")', "0.698970004336019+0.402719196273373i"),
        ('IMCOS("1+i")', "0.833730025131149-0.988897705762865i"), ('IMSUM("2j",1)', "1+2j"),
    ],
)  # fmt: skip
def test_complex_texts(formula: str, expected: str) -> None:
    """Complex numbers are written as in Microsoft's documentation, digit for digit."""
    assert value_of(formula) == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("ERF(TRUE)", VALUE), ('ERF("1")', pytest.approx(0.84270079)), ("ERF(,1)", NA), ("BESSELJ(1,-1)", NUM),
        ("BESSELK(0,1)", NUM), ("GCD(-1,5)", NUM), ("GCD(TRUE,4)", VALUE), ("GCD(,5)", NA), ("GCD(A1:A3)", 6.0),
        ("LCM(A1:A4)", 0.0), ("LCM(A1,A4)", 18.0), ("GCD(A4)", VALUE), ("LCM(9007199254740991,2)", NUM),
        ("GCD(7.9,2.1)", 1.0), ("MULTINOMIAL(-1)", NUM), ("SERIESSUM(0,0,1,{1,2})", NUM), ('CONVERT(1,"mi","kg")', NA),
        ('CONVERT(1,"MI","km")', NA), ('CONVERT(1,"kft","m")', NA), ('CONVERT("x","mi","km")', VALUE),
        ('CONVERT(TRUE,"mi","km")', VALUE), ('IMABS("x")', NUM), ("IMABS(TRUE)", VALUE), ('IMSUM("1+i","1+j")', VALUE),
        ('IMDIV("1+i",0)', NUM), ('IMARGUMENT("0")', DIV0), ('COMPLEX(1,2,"I")', VALUE), ("IMREAL(A4)", 0.0),
        ('IMPOWER("i","x")', VALUE), ("IMLN(0)", NUM), ("IMABS(A5)", DIV0), ("ERF(A5)", DIV0),
        ("CONVERT(A4,A6,A6)", 0.0),
    ],
)  # fmt: skip
def test_edges(formula: str, expected: Any) -> None:
    """Truth values are refused, empty arguments are #N/A, and what lies outside a function's domain is an error."""
    cells = {"A1": 18.0, "A2": "12", "A3": 6.0, "A4": None, "A5": "=1/0", "A6": "m"}
    assert value_of(formula, cells) == expected


ORCHARD = """Tree Height Age Yield Profit|Apple 18 20 14 105|Pear 12 12 10 96|Cherry 13 14 9 105
             |Apple 14 15 10 75|Pear 9 8 8 76.8|Apple 8 9 6 45"""
CRITERIA = {
    "H1": "Tree", "I1": "Height", "J1": "Height", "H2": '="=Apple"', "I2": ">10", "J2": "<16", "H3": '="=Pear"',
    "L1": "tree", "L2": "A", "M1": "Yield", "M2": 10.0, "N1": "Tree", "N2": "*r*", "O1": "Tree", "O3": "x",
    "P1": "Tree", "P2": "Cherry", "Q1": "Tree", "Q2": "Plum", "R1": "Rule", "R2": "=D2>9", "S1": "Rule", "S2": "=1=1",
}  # fmt: skip


def orchard() -> dict[str, Any]:
    """The database of trees of Microsoft's documentation, in A1:E7, and criteria beside it."""
    rows = [line.split() for line in ORCHARD.split("|")]
    cells: dict[str, Any] = {f"{'ABCDE'[one]}{row}": own[one] for row, own in enumerate(rows, 1) for one in range(5)}
    return {key: float(text) if text[0].isdigit() else text for key, text in cells.items()} | CRITERIA


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ('DCOUNT(A1:E7,"Age",H1:J2)', 1.0), ('DCOUNTA(A1:E7,"Profit",H1:J2)', 1.0), ("DCOUNT(A1:E7,,L1:L2)", 3.0),
        ('DMAX(A1:E7,"Profit",H1:J3)', 96.0), ('DMIN(A1:E7,"Profit",H1:I2)', 75.0),
        ('DSUM(A1:E7,"Profit",H1:H2)', 225.0), ('DSUM(A1:E7,"Profit",H1:J2)', 75.0),
        ('DPRODUCT(A1:E7,"Yield",H1:J2)', 10.0), ("DAVERAGE(A1:E7,4,H1:I2)", 12.0), ("DAVERAGE(A1:E7,3,O1:O3)", 13.0),
        ('DSTDEV(A1:E7,"Yield",H1:H3)', 2.96648), ('DVARP(A1:E7,"Yield",H1:H3)', 7.04),
        ('DSTDEVP(A1:E7,"Yield",H1:H3)', 2.65330), ('DVAR(A1:E7,"Yield",H1:H3)', 8.8),
        ('DGET(A1:E7,"Yield",H1:H3)', NUM), ('DGET(A1:E7,"Yield",P1:P2)', 9.0), ('DGET(A1:E7,"Yield",Q1:Q2)', VALUE),
        ('DSUM(A1:E7,"Yield",Q1:Q2)', 0.0), ('DAVERAGE(A1:E7,"Yield",Q1:Q2)', DIV0),
        ('DMAX(A1:E7,"Yield",Q1:Q2)', 0.0), ("DCOUNT(A1:E7,1,L1:L2)", 0.0), ("DSUM(A1:E7,5,M1:M2)", 171.0),
        ("DCOUNTA(A1:E7,1,N1:N2)", 3.0), ("DSUM(A1:E7,6,L1:L2)", VALUE), ('DSUM(A1:E7,"Rent",L1:L2)', VALUE),
        ("DSUM(A1:E7,,L1:L2)", VALUE), ("DSUM(A1:E1,1,L1:L2)", VALUE), ("DSUM(A1:E7,4,S1:S2)", 57.0),
    ],
)  # fmt: skip
def test_databases(formula: str, expected: Any) -> None:
    """Rows of criteria are alternatives, columns go together, and a text matches what begins with it."""
    found = value_of(formula, orchard())
    assert found == (pytest.approx(expected, rel=1e-5) if isinstance(expected, float) else expected)


def test_rules_about_a_record_are_left_alone() -> None:
    """A criterion that is a formula about a record's fields keeps the cell as it was."""
    assert Calculated(orchard() | {"Z1": "=DSUM(A1:E7,4,R1:R2)"}).reasons == {"Z1": "formula.function"}


def test_agrees_with_ironcalc() -> None:
    """Another engine finds the same numbers."""
    ironcalc = pytest.importorskip("ironcalc")
    draw = random.Random(3)
    units = ["g lbm ozm stone ton", "m mi in ft yd Nmi km mm", "l gal cup m3 ft^3 uk_pt", "J cal BTU kWh", "m/s mph kn"]
    formulas = [
        f'CONVERT({draw.uniform(-5, 50):.2f},"{a}","{b}")' for own in units for a in own.split() for b in own.split()
    ]
    formulas += [f"{name}({draw.uniform(0.2, 9):.2f},{draw.randint(0, 5)})"
                 for name in ["BESSELI", "BESSELJ", "BESSELK", "BESSELY"] for _ in range(6)]  # fmt: skip
    formulas += [f"{name}({draw.randint(1, 400)},{draw.randint(1, 400)})" for name in ("GCD", "LCM") for _ in range(9)]
    formulas += [f'{name}("{draw.randint(-9, 9)}{draw.randint(1, 9):+d}i")'
                 for name in ["IMABS", "IMARGUMENT", "IMREAL", "IMAGINARY"] for _ in range(5)]  # fmt: skip
    book = Calculated({f"A{row}": f"={formula}" for row, formula in enumerate(formulas, 1)})
    model = ironcalc.create("test", "en", "UTC")
    for row, formula in enumerate(formulas, 1):
        model.set_user_input(0, *place(f"A{row}"), f"={formula}")
    model.evaluate()
    for row, formula in enumerate(formulas, 1):
        assert book[f"A{row}"] == pytest.approx(model.get_cell_value(0, row, 1), rel=1e-6, abs=1e-9), formula
