"""Functions of money: Excel's documented examples, values that Excel saved, and agreement with IronCalc."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from restock.functions.values import CellError

from .formula_books import Calculated, value_of

VALUE, NUM, NA, DIV0 = (CellError(text) for text in ("#VALUE!", "#NUM!", "#N/A", "#DIV/0!"))
CELLS = {"A1": -120000, "A2": 39000, "A4": 30000, "A5": "x", "A6": 21000, "A7": 37000, "A8": 46000, "B1": True}

LOANS = {
    "PV(0.08/12,12*20,500)": -59777.15, "FV(0.06/12,10,-200,-500,1)": 2581.40, "FV(-0.4,12.8,100)": -249.63836037,
    "FV(0,3,100,300,1)": -600, "FV(-1,-2,1)": DIV0, "FV(-3,-3.5,1)": NUM, "PV(-1,3,100)": DIV0,
    "PV(0.05,0,500,1000)": -1000,
    "PMT(0.08/12,10,10000)": -1037.03, "PMT(0.08/12,10,10000,0,1)": -1030.16, "PMT(0,4,100)": -25, "PMT(0.1,0,9)": NUM,
    'PMT("0.01","12","200","-300",TRUE)': 5.82661274043, "PMT(0.1,B3,9)": NUM, 'PMT(0.1,"x",9)': VALUE,
    "NPER(0.12/12,-100,-1000,10000,1)": 59.6738657, "NPER(0,-100,1000)": 10, "NPER(12,4500,100000,100000)": NUM,
    "RATE(4*12,-200,8000)": 0.00770147, "RATE(2,-200,8000,0,1)": -0.974358974357, "RATE(10,-100,1000)": 0,
    "RATE(10,-1200,2000,0,1)": NUM, "RATE(3300,-200,8000,0,1)": NUM, "RATE(12,100,100)": NUM,
    "IPMT(0.1/12,1,36,8000)": -66.67, "IPMT(0.1,3,3,8000)": -292.44712991, "IPMT(0.1,3.9,3,8000,10,1)": -26.8663646677,
    "IPMT(0.1,4,3,8000,10,1)": NUM, "PPMT(0.08,10,10,200000)": -27598.05, "PPMT(0.0083,1,36,8000,0,1)": -255.8636174416,
    "CUMIPMT(0.09/12,360,125000,13,24,0)": -11135.23, "CUMPRINC(0.09/12,360,125000,1,1,0)": -68.27827,
    "CUMIPMT(0.005333,120,737.17,1,120,1)": -257.4625489, "CUMIPMT(0.1,12,99,1,13,0)": NUM,
    "CUMIPMT(0.1,9,9,1,2,2)": NUM,
    "ISPMT(0.1,1,36,8000000)": -777777.78, "ISPMT(0.1,1,0,9)": DIV0,
    "EFFECT(0.0525,4)": 0.0535427, "NOMINAL(0.053543,4)": 0.05250032, "EFFECT(0.05,0.9)": NUM, "EFFECT(B1,4)": VALUE,
    "RRI(96,10000,11000)": 0.0009933, "RRI(5,0,0)": 0, "RRI(2,8,0)": -1, "RRI(2,0,10)": NUM, "RRI(5,0,-1)": NUM,
    "PDURATION(0.025,2000,2200)": 3.86, "PDURATION(0.025/12,1000,1200)": 87.6, "PDURATION(0,1,2)": NUM,
    "FVSCHEDULE(1,{0.09,0.11,0.1})": 1.33089, "FVSCHEDULE(1000,D1:D3)": 1000, "FVSCHEDULE(1,A4:A5)": VALUE,
    "DOLLARDE(1.02,16)": 1.125, "DOLLARDE(1.1,32)": 1.3125, "DOLLARFR(1.125,16)": 1.02, "DOLLARFR(1.125,32)": 1.04,
    "DOLLARDE(1,0.5)": DIV0, "DOLLARDE(1,-1)": NUM, "DOLLARDE(1,)": NA,
}  # fmt: skip
STREAMS = {
    "NPV(0.1,-10000,3000,4200,6800)": 1188.44, "NPV(0.08,A2:A6)": 39000 / 1.08 + 30000 / 1.08**2 + 21000 / 1.08**3,
    "NPV(-1,1)": DIV0, "NPV(0.1,1/0)": DIV0, "IRR({-70000,12000,15000,18000,21000})": -0.0212448482734,
    "IRR({-70000,12000,15000,18000,21000,26000})": 0.0866309480365, "IRR({-70000,12000,15000},-0.1)": -0.44350694,
    "IRR({-1,100})": 99, "IRR({-50,-100,600,300,-100})": 1.8544178285, "IRR({1,2})": NUM,
    "MIRR(A1:A8,0.1,0.12)": 0.1260941303659, "MIRR({-5,4},-1,0.2)": -0.2, "MIRR({5,6},0.1,0.2)": DIV0,
    "MIRR({-50,25,30},0.5,-12)": NUM, "MIRR({-6,-1,-2},0.1,0.2)": -1,
    "XNPV(0.09,{-10000,2750,4250,3250,2750},{39448,39508,39751,39859,39904})": 2086.647602,
    "XIRR({-10000,2750,4250,3250,2750},{39448,39508,39751,39859,39904})": 0.373362535,
    "XIRR({206101714.849377,-156650972.54265},{36585,36616},-0.1)": -0.960452195, "XNPV(0,{1,2},{1,2})": NUM,
    "XNPV(0.1,{1,2},{2,1})": NUM, "XNPV(0.1,{1,2},{1,2,3})": NUM, "IRR({-1,0,4})": 1,
}  # fmt: skip
ASSETS = {
    "SLN(30000,7500,10)": 2250, "SLN(1,0,0)": DIV0, "SYD(30000,7500,10,1)": 4090.909090909,
    "SYD(30000,7500,10,11)": NUM,
    "DB(1000000,100000,6,1,7)": 186083.3333333, "DB(1000000,100000,6,7,7)": 15845.09847385, "DB(100,10,6,7)": NUM,
    "DB(100,10,12.7,11.3,9)": 2.836995808815, "DB(100,50,1,0.3,9)": 37.5, "DB(100,0,13,2,4)": 66.66666666667,
    "DDB(2400,300,10,1,1.5)": 360, "DDB(2400,300,10,10)": 22.1225472, "DDB(100,10,13,0.3,3)": 23.07692307692,
    "DDB(100,50,12.7,2,4.5)": 14.56692913386, "DDB(100,50,13,10,1)": 0, "DDB(100,0,1,2)": NUM,
    "VDB(2400,300,10,0,1)": 480, "VDB(2400,300,120,6,18)": 396.306053265, "VDB(2400,300,120,6,18,1.5)": 311.808936658,
    "VDB(2400,300,10,0,0.875,1.5)": 315, "VDB(100,10,13,0,4.2,1)": 29.83431952663,
    "VDB(100,10,40,0,13,1)": 29.74404651228,
    "VDB(100,10,13,0,4.2,1,TRUE)": 28.51446162465, "VDB(100,10,12.7,2,3.3,4.5)": 17.63293213486, "VDB(9,1,5,3,6)": NUM,
    "VDB(100,0,5,3.5,4.5,2)": 11.52, "VDB(100,0,5,4.5,5,2)": 5.76,
}  # fmt: skip
PAPERS = {
    "TBILLEQ(39538,39600,0.0914)": 0.09415149, "TBILLPRICE(39538,39600,0.09)": 98.45,
    "TBILLYIELD(39538,39600,98.45)": 0.09141696,
    "TBILLEQ(45332,45650,0.1)": 0.10869554506360148, "TBILLEQ(2040,2400,0.8)": 2.5066048253748145,
    "TBILLEQ(1000,1366,0.5)": NUM, "TBILLPRICE(45332,45650,1.19)": NUM, "TBILLYIELD(2040,2040,9)": NUM,
    "DISC(43282,54058,97.975,100,1)": 0.000686384, "INTRATE(39493,39583,1000000,1014420,2)": 0.05768,
    "INTRATE(46433,46522,2000001,2040001.02,1)": 0.0820224719101, "RECEIVED(39493,39583,1000000,0.0575,2)": 1014584.65,
    "PRICEDISC(39494,39508,0.0525,100,2)": 99.795833, "YIELDDISC(39494,39508,99.795,100,2)": 0.052822571987,
    "PRICEMAT(39493,39551,39397,0.061,0.061,0)": 99.9844988755569,
    "YIELDMAT(39522,39755,39394,0.0625,100.0123,0)": 0.060954,
    "ACCRINTM(39539,39614,0.1,1000,3)": 20.54794521, "ACCRINTM(39614,39539,0.1,1000)": NUM, "DISC(1,2,90,100,5)": NUM,
    "ACCRINT(39508,39691,39569,0.1,1000,2,0)": 16.6666667, "ACCRINT(39508,39691,39569,0.1,1000,4)": 16.944444444446,
    "ACCRINT(42736,43070,42826,0.33,3000,4,1,FALSE)": -253.8763736263736, "ACCRINT(1,2,3,0.1,1000,3)": NUM,
    "COUPDAYBS(40568,40862,2,1)": 71, "COUPDAYS(40568,40862,2,1)": 181, "COUPDAYSNC(40568,40862,2,1)": 110,
    "COUPNCD(40568,40862,2,1)": 40678, "COUPPCD(40568,40862,2,1)": 40497, "COUPNUM(39107,39767,2,1)": 4,
    "COUPPCD(43388,44073,2)": 43342, "COUPNUM(40862,40568,2)": NUM,
    "PRICE(39493,43054,0.0575,0.065,100,2,0)": 94.6343616213,
    "YIELD(39493,42689,0.0575,95.04287,100,2,0)": 0.0650000069,
    "DURATION(43282,54058,0.08,0.09,2,1)": 10.9191453, "MDURATION(39448,42370,0.08,0.09,2,1)": 5.73567,
    "PRICE(39493,43054,-1,0.065,100,2,0)": NUM, "YIELD(39493,42689,0.05,0,100,2)": NUM, "PRICE(B1,2,1,1,1,1)": VALUE,
}  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "expected"), [*LOANS.items(), *STREAMS.items(), *ASSETS.items(), *PAPERS.items()]
)
def test_excel_answers(formula: str, expected: Any) -> None:
    """Functions of money answer as Excel's documentation, and cells that Excel saved, say."""
    wanted = expected if isinstance(expected, str) else pytest.approx(expected, rel=1e-8, abs=_rounding(expected))
    assert value_of(formula, CELLS) == wanted


def _rounding(expected: float) -> float:
    """Half of the last decimal that an expected value was published with; whole numbers are exact."""
    digits = len(repr(float(expected)).partition(".")[2])
    return 0.51 * 10**-digits if isinstance(expected, float) and digits < 9 else 1e-9


def test_a_loan_is_paid_back() -> None:
    """Principal sums to the loan, interest and principal to the payments, and the rate comes back from them."""
    formulas = {
        "CUMPRINC(0.01,24,5000,1,24,1)": -5000,
        "CUMIPMT(0.01,24,5000,1,24,0)+CUMPRINC(0.01,24,5000,1,24,0)": -24 * 5000 * 0.01 / (1 - 1.01**-24),
        "RATE(24,PMT(0.01,24,5000,100,1),5000,100,1)": 0.01, "PV(0.01,24,PMT(0.01,24,5000,100),100)": 5000,
        "NPER(0.01,PMT(0.01,24,5000),5000)": 24, "FV(0.01,24,PMT(0.01,24,5000,-70,1),5000,1)": -70,
    }  # fmt: skip
    for formula, expected in formulas.items():
        assert value_of(formula) == pytest.approx(expected, rel=1e-9), formula


def test_yields_are_roots() -> None:
    """What IRR and XIRR find makes the stream worth nothing, far from the guess too."""
    draw = np.random.default_rng(3)
    for size in (1.0, 50.0, 1e4):
        flows = [-size * 100, *np.round(draw.random(9) * 60, 2).tolist()]
        row = ",".join(map(str, flows))
        days = ",".join(str(40000 + 97 * place) for place in range(10))
        assert _worth(flows, np.arange(10), value_of(f"IRR({{{row}}})")) == pytest.approx(0, abs=1e-6 * size)
        assert _worth(flows, np.arange(10) * 97 / 365, value_of(f"XIRR({{{row}}},{{{days}}})")) == pytest.approx(
            0, abs=1e-6 * size
        )


def _worth(flows: list[float], times: Any, rate: Any) -> float:
    return float((np.array(flows) * (1 + rate) ** -np.asarray(times, dtype=float)).sum())


def test_price_and_yield_undo_each_other() -> None:
    """A bond priced at a yield has that yield, in its last period too."""
    for basis in range(5):
        for maturity in (40100, 40300, 52000):
            price = f"PRICE(40000,{maturity},0.05,0.083,101,2,{basis})"
            assert value_of(f"YIELD(40000,{maturity},0.05,{price},101,2,{basis})") == pytest.approx(0.083, abs=1e-10)


def _calls(draw: random.Random) -> list[str]:
    rate, periods, kind = round(draw.uniform(0.001, 0.3), 4), draw.randint(2, 36), draw.choice([0, 1])
    period, pv, fv = draw.randint(1, periods), draw.randint(100, 900), draw.randint(-300, 300)
    issue, settlement, maturity = sorted(draw.randint(36000, 48000) // 31 * 31 for _ in "abc")
    maturity += 40 + (settlement == issue)
    bond, basis, often = f"{settlement + 1},{maturity}", draw.randint(0, 4), draw.choice([1, 2, 4])
    flows = ",".join(str(draw.randint(1, 90)) for _ in range(5))
    same = [f"{name}({rate},{periods},{-pv},{fv},{kind})" for name in ("PV", "FV", "PMT")]
    parts = [f"{name}({rate},{period},{periods},{pv},{fv},{kind})" for name in ("IPMT", "PPMT")]
    sums = [f"{name}({rate},{periods},{pv},{period},{periods},{kind})" for name in ("CUMIPMT", "CUMPRINC")]
    due = [f"{name}({bond},{pv},{pv + 9},{basis})" for name in ("DISC", "INTRATE", "YIELDDISC")]
    late = [f"{name}({bond},{issue},{rate},{price},{basis})" for name, price in (("PRICEMAT", rate), ("YIELDMAT", 98))]
    lives = [f"DB({pv},9,{periods},{period},5)", f"DDB({pv},9,{periods},{period})", f"SYD({pv},9,{periods},{period})"]
    coupons = [f"{name}({bond},{often},{basis})" for name in ("COUPNUM", "COUPDAYBS", "COUPDAYS", "COUPDAYSNC")]
    return [
        *same, *parts, *sums, *due, *late, *lives, *(coupons if _day_of(maturity) <= 28 else []),
        f"VDB({pv},9,{periods},{period - 1},{period},1.7)", f"NPV({rate},{flows})", f"IRR({{{-pv},{flows}}})",
        f"MIRR({{{-pv},{flows}}},{rate},0.07)", f"RATE({periods},{-pv / periods * 1.1},{pv},0,{kind})",
    ]  # fmt: skip


def _day_of(serial: int) -> int:
    return int(str(np.datetime64("1899-12-30") + serial)[8:])


def test_against_ironcalc() -> None:
    """Calls drawn from a seed agree with IronCalc; it moves coupons of a 29th or later for good after a February."""
    ironcalc = pytest.importorskip("ironcalc")
    draw = random.Random(4)
    formulas = [call for _ in range(12) for call in _calls(draw)]
    model = ironcalc.create("a", "en", "UTC")
    for row, formula in enumerate(formulas, start=1):
        model.set_user_input(0, row, 1, f"={formula}")
    model.evaluate()
    ours = Calculated({f"A{row}": f"={formula}" for row, formula in enumerate(formulas, start=1)})
    theirs = {formula: model.get_cell_value(0, row, 1) for row, formula in enumerate(formulas, start=1)}
    found = {formula: ours[f"A{row}"] for row, formula in enumerate(formulas, start=1)}
    differing = [one for one, value in theirs.items() if found[one] != pytest.approx(value, rel=1e-9)]
    assert {one: (found[one], theirs[one]) for one in differing} == {}
