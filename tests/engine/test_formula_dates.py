"""Functions of dates, times and working days: Excel's documented examples and its calendar's quirks."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from restock.formula.kernels.serials import Dates, month_start
from restock.functions.values import CellError

from .formula_books import Calculated, value_of

VALUE, NUM, NA, DIV0 = (CellError(text) for text in ("#VALUE!", "#NUM!", "#N/A", "#DIV/0!"))
CELLS = {"A1": 45001, "A2": 45002, "B1": True, "B2": "2024-03-15", "B3": "x", "C1": 45005, "C2": 45006}

PARTS = {
    "DATE(2024,2,29)": 45351, "DATE(2024,14,1)": 45689, "DATE(2024,1,0)": 45291, "DATE(108,1,2)": 39449,
    "DATE(2025.9,6,15)": 45823, "DATE(2025.9999999,6,15)": 46188, "DATE(2025,6,-0.0000001)": 45808,
    "DATE(9999,12,31)": 2958465, "DATE(9999,13,-1)": NUM, "DATE(10000,1,1)": NUM, "DATE(-1,1,1)": NUM,
    "DATE(1900,1,0)": 0, "DATE(1900,2,29)": 60, "DATE(1900,3,1)": 61, "DATE(1900,222,1)": 6727, "DATE(1900,0,1)": NUM,
    "YEAR(0)": 1900, "MONTH(0)": 1, "DAY(0)": 0, "DAY(60)": 29, "MONTH(61)": 3, "YEAR(2958466)": NUM, "DAY(-1)": NUM,
    "DAY(40000.9)": 6, "DAY(40000.9999999)": 7, "DAY(41484.9999942129)": 29, "DAY(41484.9999942130)": 30,
    'YEAR("2024-05-06")': 2024, "YEAR(B1)": 1900, "YEAR(B3)": VALUE, "YEAR(1/0)": DIV0, "YEAR(D9)": 1900,
    "WEEKDAY(39492)": 5, "WEEKDAY(39492,2)": 4, "WEEKDAY(39492,3)": 3, "WEEKDAY(39492,16)": 6, "WEEKDAY(1,9)": NUM,
    "WEEKDAY(0)": 7, "WEEKNUM(40977)": 10, "WEEKNUM(40977,2)": 11, "WEEKNUM(40977,21)": 10, "WEEKNUM(40977,5)": NUM,
    "WEEKNUM(0)": NUM, "ISOWEEKNUM(40977)": 10, "ISOWEEKNUM(44197)": 53,
    "EDATE(40558,1)": 40589, "EDATE(40558,-1)": 40527, "EDATE(45322,1)": 45351, "EDATE(32112,-235.5)": 24959,
    "EDATE(0,5)": 152, "EDATE(61,-7)": NUM, "EDATE(B1,1)": VALUE, "EDATE(B2,1)": 45397, "EDATE(,5)": NA,
    "EDATE(A1:A2,1)": VALUE, "EDATE(2958465,1)": NUM,
    "EOMONTH(40544,1)": 40602, "EOMONTH(40544,-3)": 40482, "EOMONTH(0,0)": 31, "EOMONTH(D9,7)": 244,
    "TODAY()": 46351, "NOW()": 46351 + 9.5 / 24,
}  # fmt: skip
BETWEEN = {
    'DAYS("3/15/2021","2/1/2021")': 42, "DAYS(46000.999999,45992.000001)": 8, "DAYS(-5,1)": NUM,
    "DAYS360(40573,40575)": 1, "DAYS360(45351,45716)": 358, "DAYS360(45716,45747)": 30, "DAYS360(45838,45869,TRUE)": 30,
    "DAYS360(45658,45688,TRUE)": 29, "DAYS360(45658,45688)": 30, "DAYS360(45992.000001,46000.999999)": 9,
    'DATEDIF(DATE(2001,1,1),DATE(2003,1,1),"Y")': 2, 'DATEDIF(DATE(2001,6,1),DATE(2002,8,15),"d")': 440,
    'DATEDIF(DATE(2001,6,1),DATE(2002,8,15),"YD")': 75, 'DATEDIF(DATE(1988,6,22),DATE(2012,5,11),"YD")': 323,
    'DATEDIF(DATE(2000,2,15),DATE(2003,3,15),"YD")': 29, 'DATEDIF(DATE(2000,2,29),DATE(2002,3,8),"YD")': 7,
    'DATEDIF(DATE(2001,5,4),DATE(2020,5,3),"YM")': 11, 'DATEDIF(DATE(2017,7,31),DATE(2018,7,13),"MD")': 12,
    'DATEDIF(DATE(2009,1,31),DATE(2009,3,1),"MD")': -2, 'DATEDIF(2,1,"D")': NUM, 'DATEDIF(1,2,"W")': NUM,
    "YEARFRAC(40909,41120)": 0.58055556, "YEARFRAC(40909,41120,1)": 0.57650273, "YEARFRAC(40909,41120,3)": 0.57808219,
    "YEARFRAC(41120,40909,1)": 0.57650273, "YEARFRAC(40909,41120,5)": NUM, "YEARFRAC(1,2,B1)": VALUE,
    "YEARFRAC(36526,38352,1)": 1826 / (1827 / 5),
}  # fmt: skip
WORK = {
    "WORKDAY(39722,151)": 39933, "WORKDAY(39722,151,{39778,39786,39834})": 39938, "WORKDAY(0,10)": 13,
    "WORKDAY(45000,-1.5)": 44998, "WORKDAY(45003,0)": 45003, "WORKDAY(45003,1)": 45005, "WORKDAY(45003,-1)": 45002,
    "WORKDAY(A1,3,C1:C9)": 45008, "WORKDAY(A1,3,B1)": VALUE, "WORKDAY(A1,3,B1:B3)": VALUE, "WORKDAY(1,-9)": NUM,
    "NETWORKDAYS(41183,41334)": 110, "NETWORKDAYS(41183,41334,{41235,41247,41295})": 107,
    "NETWORKDAYS(41334,41183)": -110, "NETWORKDAYS(B1,A1)": VALUE,
    "WORKDAY.INTL(40909,30,0)": NUM, "WORKDAY.INTL(40909,90,11)": 41013, "WORKDAY.INTL(40909,30,17)": 40944,
    "WORKDAY.INTL(45667,10,TRUE)": 45681, "WORKDAY.INTL(45667,10,1.9999)": 45681, "WORKDAY.INTL(45667,10,D9)": NUM,
    "WORKDAY.INTL(45667,10,)": 45681, 'WORKDAY.INTL(45667,10,"1111111")': VALUE,
    "NETWORKDAYS.INTL(38718,38748)": 22, "NETWORKDAYS.INTL(38776,38748)": -21,
    "NETWORKDAYS.INTL(38718,38749,7,{38719,38733})": 22, 'NETWORKDAYS.INTL(38718,38749,"0010001",{38719,38733})': 20,
    'NETWORKDAYS.INTL(38718,38749,"1111111")': 0, 'NETWORKDAYS.INTL(38718,38749,"011")': VALUE,
}  # fmt: skip
CLOCK = {
    "TIME(12,0,0)": 0.5, "TIME(16,48,10)": 0.7001157, "TIME(27,0,0)": 0.125, "TIME(23,59,60)": 0,
    "TIME(0,750,0)": 0.520833333,
    "TIME(0,0,-1)": NUM, "TIME(40000,0,0)": NUM, "TIME(1,1,0.9999999)": 3661 / 86400, "TIME(0,-0.0000001,0)": 0,
    "HOUR(0.75)": 18, 'HOUR("7/18/2011 7:45")': 7, "MINUTE(0.53125)": 45, "SECOND(0.999)": 34, "HOUR(0.999999999)": 0,
    "HOUR(-0.5)": NUM, 'SECOND("4:48:18 PM")': 18, 'HOUR("25:00:00")': 1,
    'DATEVALUE("8/22/2011")': 40777, 'DATEVALUE("22-MAY-2011")': 40685, 'DATEVALUE("5-Jul")': 46208,
    'DATEVALUE("7/5")': 46208, 'DATEVALUE("2024-02")': 45323, 'DATEVALUE("29-Feb-1900")': 60, "DATEVALUE(45000)": VALUE,
    'DATEVALUE("45000")': VALUE, 'DATEVALUE("12:00")': 0, 'DATEVALUE("2026-01-01 24:00:00")': 46024,
    'TIMEVALUE("2:24 AM")': 0.1, 'TIMEVALUE("22-Aug-2011 6:35 AM")': 395 / 1440, 'TIMEVALUE(" 1:30 ")': 0.0625,
    'TIMEVALUE("24:00")': 0, "TIMEVALUE(0.5)": VALUE, "TIMEVALUE(1/0)": DIV0,
}  # fmt: skip


@pytest.mark.parametrize(("formula", "expected"), [*PARTS.items(), *BETWEEN.items(), *WORK.items(), *CLOCK.items()])
def test_excel_answers(formula: str, expected: Any) -> None:
    """Functions of dates answer as Excel does: its documentation, cells that it saved, and reports of its quirks."""
    found = value_of(formula, CELLS)
    assert found == (expected if isinstance(expected, str) else pytest.approx(expected, abs=1e-7))


def test_calendar_holds_every_day_once() -> None:
    """Every day from 0 on follows the one before it, and 1900-02-29 is one of them."""
    days = Dates.of(np.arange(0, 200_000))
    again = month_start(days.year * 12 + days.month - 1) + days.day - 1
    assert (again == days.serial).all()
    assert (np.diff(days.year * 512 + days.month * 32 + days.day) > 0).all()


def test_books_of_1904() -> None:
    """A book that counts from 1904 gives the same dates other numbers."""
    formulas = {
        "DATE(1904,1,1)": 0, "YEAR(0)": 1904, "WEEKDAY(0)": 6, "EDATE(0,1)": 31, "DATE(1903,12,31)": NUM,
        'DATEVALUE("2024-02-29")': 43889, 'YEAR("2024-02-29")': 2024, "TODAY()": 44889, "WORKDAY(0,1)": 3,
        'EDATE("2024-02-29",12)': 44254, "YEAR(2957004)": NUM, 'WORKDAY(43888,1,"2024-03-01")': 43889,
    }  # fmt: skip
    assert {one: value_of(one, date1904=True) for one in formulas} == formulas


def test_today_without_a_day() -> None:
    """Nothing is guessed where no day is given: the cell keeps its value."""
    from restock.formula import book_of, recalculate

    found = recalculate(book_of({"S": {"A1": "=TODAY()", "A2": '=DATEVALUE("5-Jul")'}}), None, long_tail=False)
    assert [one.reason for one in found.unevaluated] == ["formula.no_today"] * 2


def test_arrays_of_dates() -> None:
    """The oldest functions take ranges as arrays; those of the Analysis ToolPak take arrays, but no ranges."""
    formulas = {
        "SUMPRODUCT((MONTH(A1:A2)=3)*1)": 2, "SUMPRODUCT(EDATE(+A1:A2,1))": 45032 + 45033,
        "SUMPRODUCT(EDATE(A1:A2,1))": VALUE, "SUMPRODUCT(WORKDAY(+A1:A2,1,C1))": 45002 + 45006,
    }  # fmt: skip
    assert {one: value_of(one, CELLS) for one in formulas} == formulas


def test_holidays_of_each_row() -> None:
    """Holidays may stand in every row's own cells."""
    rows = range(1, 30)
    cells: dict[str, Any] = {f"A{row}": 45000 + row for row in rows} | {f"B{row}": 45001 + row for row in rows}
    cells |= {f"C{row}": f"=WORKDAY(A{row},1,B{row}:B{row})" for row in rows}
    book = Calculated(cells)
    assert [book[f"C{row}"] for row in (1, 2, 5)] == [45005, 45005, 45007]


def _calls(draw: random.Random) -> dict[str, str]:
    ends = [1, 15, 28, 29, 30, 31]
    day = [f"DATE({draw.randint(1995, 2035)},{draw.randint(1, 12)},{draw.choice(ends)})" for _ in "ab"]
    free = ",".join(str(draw.randint(44000, 45000)) for _ in range(20))
    start, steps, clock = draw.randint(44000, 45000), draw.randint(-300, 300), f"{draw.randint(0, 86399)}/86400+45000"
    first, second = f"MIN({day[0]},{day[1]})", f"MAX({day[0]},{day[1]})"
    return {
        "DATE": f"DATE({draw.randint(1901, 2100)},{draw.randint(1, 60)},{draw.randint(-90, 500)})",
        "parts": f"YEAR({start * 9})*400+MONTH({start * 9})*32+DAY({start * 9})",
        "clock": f"HOUR({clock})*10000+MINUTE({clock})*100+SECOND({clock})",
        "WEEKDAY": f"WEEKDAY({start},{draw.choice([1, 2, 3, 11, 12, 13, 14, 15, 16, 17])})",
        "WEEKNUM": f"WEEKNUM({start},{draw.choice([1, 2, 11, 12, 13, 14, 15, 16, 17, 21])})",
        "months": f"EDATE({day[0]},{steps})-EOMONTH({day[1]},{steps})",
        "DAYS360": f"DAYS360({day[0]},{day[1]},{draw.choice(['TRUE', 'FALSE'])})",
        "DATEDIF": f'DATEDIF({first},{second},"{draw.choice(["Y", "M", "D", "YM"])}")',
        "YEARFRAC": f"YEARFRAC({first},{second},{draw.randint(0, 4)})",
        "WORKDAY": f"WORKDAY.INTL({start},{steps},{draw.choice([1, 2, 3, 4, 5, 6, 7, 11, 15, 17])},{{{free}}})",
        "NETWORKDAYS": f'NETWORKDAYS.INTL({start},{start + steps},"{draw.randint(0, 126):07b}",{{{free}}})',
    }


def test_against_ironcalc() -> None:
    """Calls drawn from a seed agree with IronCalc, an engine that shares no code with ours."""
    ironcalc = pytest.importorskip("ironcalc")
    draw = random.Random(1)
    formulas = [call for _ in range(20) for call in _calls(draw).values()]
    model = ironcalc.create("a", "en", "UTC")
    for row, formula in enumerate(formulas, start=1):
        model.set_user_input(0, row, 1, f"={formula}")
    model.evaluate()
    ours = Calculated({f"A{row}": f"={formula}" for row, formula in enumerate(formulas, start=1)})
    differing = {
        formula: (ours[f"A{row}"], model.get_cell_value(0, row, 1))
        for row, formula in enumerate(formulas, start=1)
        if ours[f"A{row}"] != pytest.approx(model.get_cell_value(0, row, 1), rel=1e-12)
    }
    assert differing == {}
