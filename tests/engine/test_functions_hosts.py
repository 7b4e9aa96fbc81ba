"""Every function in every host that runs here: the same values and the same errors (CONVENTIONS §22).

Argument tuples are drawn once by a seeded, generate-only pass of hypothesis; named ones, which once differed, come
first. Each goes through the Python body, the plain expansion in LibreOffice and the LAMBDA name in IronCalc, from cells
of one workbook each.
"""

from __future__ import annotations

import math
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from xlsxwriter.utility import xl_col_to_name

from restock import CATALOGUE
from restock.formula import Column, Sheet, Workbook, recalculate
from restock.functions import Argument, CellError, Function, Kind
from restock.functions.entry import HEADLESS, IRONCALC, LIBREOFFICE
from restock.functions.lambda_names import lambda_names
from restock.functions.plain import expand_call

TUPLES = int(os.environ.get("RESTOCK_TUPLES", "2000"))
ABSOLUTE = {HEADLESS: 1e-12, LIBREOFFICE: 1e-12, IRONCALC: 1e-9}
"""IronCalc's NORMSDIST is right to eleven digits only (§22)."""

RANGE_CELLS = 5
ROW = "1048576"
"""Stands for a row of its own in formulas that are written out once and used in every row."""
Tuples = dict[str, list[tuple[Any, ...]]]
COMPARED = [function for function in CATALOGUE.values() if function.formula is not None]

NAMED: dict[str, tuple[str, tuple[Any, ...]]] = {
    "a sign before a power": ("RESTOCK_FILL_RATE", (11, 11, 11, 11)),
    "a square that underflows": ("RESTOCK_SAFETY_STOCK", (0.01, 2252, 912.5, 2252, 5e-324, 395.5)),
    "a deviation that is none": ("RESTOCK_SERVICE_LEVEL", (1e-262, 1e-145, 1e-145, 0.0)),
    "a negative stock that is none": ("RESTOCK_SERVICE_LEVEL", (-1.8e-50, 0.0, True, 0.0)),
    "a factor that leaves no demand": ("RESTOCK_TIER", (5000, 3072, 4.6e-28, 1905)),
    "needs that fall around the stock": ("RESTOCK_COVER_BY_NEED", (3, [3, 7, 15, 30, 60], [3, 4, 1, 2, 5])),
    "needs of numbers are no text": ("RESTOCK_COVER_BY_NEED", (25, [3, 7, 15, 30, 60], [1, 2, 3, 4, 5])),
    "an unknown tier before a bad language": ("RESTOCK_ACTION", ("blue", CellError("#N/A"))),
    "the largest number in a sentence": ("RESTOCK_EXPLAIN", (1e12, 1e12, 1)),
    "an event today before demand": ("RESTOCK_COVER_DATED", (46349, -4, 13, [46349, 46356], [14, 17])),
    "past arrivals beside a stock of almost nothing": (
        "RESTOCK_COVER_DATED",
        (46366, 5e-10, 5e-10, [46375, 46352.5, 46352.5, None, ""], ["", 0.5, 35, 0.5, None]),
    ),
    "exactly seven days": ("RESTOCK_TIER", (0.7, 0.1)),
    "half a unit of a text number": ("RESTOCK_TIER", ("007", "1.5")),
}
"""Calls in which a host once gave another answer, or might."""

errors = st.sampled_from([CellError(code) for code in ("#N/A", "#DIV/0!", "#VALUE!", "#NUM!", "#REF!", "#NAME?")])
blanks = st.sampled_from([None, None, ""])
texts = st.sampled_from(["abc", "12", "007", "1.5", "1,5", "-3", " 12", "12 pcs", "$5", "1e3", "2026-11-25"])
ties = st.sampled_from([0, 0.5, 1, 1.5, 3, 7, 15, 21, 45, 0.1, 0.7, 2.5, 14, 20, 280, 0.1 + 0.2, 6.9999999999])
strange = st.one_of(
    blanks, texts, errors, st.booleans(), st.sampled_from([-1, -0.5, 1e12, -1e12, 1e13, 1e300, 3651, 1e-12])
)


def numbers(argument: Argument) -> st.SearchStrategy[Any]:
    """Mostly good numbers of an argument, often at a tie, at times something strange."""
    low, high = max(argument.low, -1000.0), min(argument.high, 5000.0)
    if argument.high <= 1:
        usual = st.sampled_from([0.01, 0.03, 0.5, 0.8, 0.9, 0.95, 0.98, 0.999]) | st.floats(0.001, 0.999)
    else:
        usual = ties | st.integers(math.ceil(low), math.floor(high)) | st.integers(0, 40) | st.floats(low, high)
    if argument.whole:
        usual = st.integers(1, 100)
    return _mostly(usual, strange)


def _mostly(usual: st.SearchStrategy[Any], other: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(*[usual.map(_same)] * 11, other.map(_same))


def _same(value: Any) -> Any:
    return value


def days(argument: Argument) -> st.SearchStrategy[Any]:
    """Dates around one day, some with a time, at times out of range."""
    usual = st.integers(46340, 46400) | st.sampled_from([46349.5, 36526, 73050, 73050.75])
    return _mostly(
        usual,
        st.one_of(blanks, errors, st.sampled_from(["abc", "2026-11-25", "46349", -1, 36525, 73051, 1e9])),
    )


def range_cells(argument: Argument) -> st.SearchStrategy[Any]:
    """One row of cells, the same length for every range."""
    size = {"min_size": RANGE_CELLS, "max_size": RANGE_CELLS}
    odd = st.one_of(blanks, errors, st.sampled_from(["abc", -5, 1e13]))
    if argument.kind is Kind.DATES:
        row = st.lists(st.integers(46345, 46375) | st.sampled_from([None, "", 46352.5]), **size)
    elif argument.name == "days":
        row = st.just([3, 7, 15, 30, 60]) | st.lists(st.integers(1, 9), **size).map(lambda steps: _running(steps, 1))
    elif argument.name == "needs":
        row = st.lists(st.sampled_from([0, 0, 1, 5, 20.5, 100]), **size).map(lambda steps: _running(steps, 0))
    else:
        row = st.lists(st.integers(-100, 300) | st.sampled_from([None, "", 0.5]), **size)
    spoiled = st.tuples(row, st.integers(0, RANGE_CELLS - 1), odd).map(
        lambda t: [*t[0][: t[1]], t[2], *t[0][t[1] + 1 :]]
    )
    return _mostly(row, spoiled | st.permutations([1, 2, 3, 4, 5]))


def _running(steps: list[float], least: float) -> list[float]:
    total, out = 0.0, []
    for step in steps:
        total += max(step, least)
        out.append(total)
    return out


def cells(argument: Argument) -> st.SearchStrategy[Any]:
    """Cells that an argument may be given."""
    if argument.kind is Kind.LANGUAGE:
        return _mostly(st.sampled_from(["en", "zh", "ZH"]), blanks | errors | st.sampled_from(["fr", 5, True]))
    if argument.kind is Kind.TIER:
        known = [
            "RED",
            "orange",
            "YELLOW",
            "Green",
            "NO SALES",
            "NO DATA",
            "红",
            "橙",
            "黄",
            "绿",
            "无销量",
            "缺数据",
        ]
        return _mostly(st.sampled_from(known), blanks | errors | st.sampled_from(["blue", 5, True, "12"]))
    if argument.kind is Kind.DATE:
        return days(argument)
    return range_cells(argument) if argument.kind.is_range else numbers(argument)


def arguments(function: Function) -> st.SearchStrategy[tuple[Any, ...]]:
    """A call's cells, optional arguments left out from some place on."""
    each = [cells(argument) for argument in function.arguments]
    counts = range(function.required, len(each) + 1)
    return st.one_of(*(st.tuples(*each[:count]) for count in counts))


def draw(function: Function, count: int) -> list[tuple[Any, ...]]:
    """The argument tuples of a function, the same on every run of one code: hypothesis tries its constants too."""
    found: list[tuple[Any, ...]] = []

    @seed(20261123)
    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(arguments(function))
    def collect(values: tuple[Any, ...]) -> None:
        found.append(values)

    collect()
    return found


@pytest.fixture(scope="module")
def tuples() -> Tuples:
    named = {
        function.name: [values for name, values in NAMED.values() if name == function.name] for function in COMPARED
    }
    return {function.name: named[function.name] + draw(function, TUPLES) for function in COMPARED}


def write_book(
    path: Path,
    tuples: Tuples,
    formula: Callable[[Function, list[str]], str],
    names: bool,
) -> None:
    """One sheet per function, one row per tuple: its cells, then the formula in column A."""
    with xlsxwriter.Workbook(path) as book:
        if names:
            for name in lambda_names():
                book.define_name(name.name, f"={name.text}")
        for function in COMPARED:
            sheet = book.add_worksheet(function.name[8:][:31])
            for row, values in enumerate(tuples[function.name]):
                places = _write_cells(sheet, row, values)
                sheet.write_formula(row, 0, formula(function, places).replace(ROW, str(row + 1)), None, "")


@cache
def plain_formula(name: str, places: tuple[str, ...]) -> str:
    """The plain expansion of a call; written out once for all rows."""
    return f"={expand_call(name, places)}"


def _write_cells(sheet: Any, row: int, values: tuple[Any, ...]) -> list[str]:
    places, column = [], 1
    for value in values:
        block = value if isinstance(value, list) else [value]
        for offset, cell in enumerate(block):
            _write_cell(sheet, row, column + offset, cell)
        first = f"{xl_col_to_name(column)}{ROW}"
        last = f"{xl_col_to_name(column + len(block) - 1)}{ROW}"
        places.append(first if len(block) == 1 else f"{first}:{last}")
        column += len(block)
    return places


def _write_cell(sheet: Any, row: int, column: int, cell: Any) -> None:
    if isinstance(cell, CellError):
        sheet.write_formula(row, column, f"={cell}", None, str(cell))
    elif cell == "" and isinstance(cell, str):
        sheet.write_formula(row, column, '=""', None, "")
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif cell is not None:
        sheet.write_number(row, column, cell)


def differ(found: Any, expected: Any, absolute: float) -> bool:
    """Whether two answers differ: texts and errors exactly, numbers by more than 1e-9 of their size."""
    if isinstance(found, (int, float)) and isinstance(expected, (int, float)):
        return not math.isclose(found, expected, rel_tol=1e-9, abs_tol=absolute)
    return bool(found != expected)


def compare(tuples: Tuples, answers: Callable[[Function], Iterator[Any]], host: str) -> None:
    """Fail with the first calls whose answers differ, or where a declared gap has closed; print the counts."""
    failures, compared = [], 0
    for function in COMPARED:
        wrong = [
            f"{function.name}{values}: {host} {found!r}, Python {expected!r}"
            for values, found in zip(tuples[function.name], answers(function), strict=True)
            if differ(found, expected := function.python(*values), ABSOLUTE[host])
        ]
        if host in function.gaps:
            assert wrong, f"{function.name} answers in {host}: take the gap away ({function.gaps[host]})"
            continue
        compared += len(tuples[function.name])
        failures += wrong
    print(f"{host}: {compared:,} calls of {len(COMPARED)} functions, {len(failures)} differ")
    assert not failures, f"{len(failures)} of {compared} differ:\n" + "\n".join(failures[:40])


def one_call(host: str | None) -> tuple[Function, Tuples]:
    """A function that may declare a gap, and one call of it; the others have none."""
    function = replace(CATALOGUE["RESTOCK_TIER"], gaps={host: "declared for this test"} if host else {})
    return function, {other.name: [] for other in COMPARED} | {function.name: [(280, 20)]}


@pytest.mark.parametrize(
    ("declared", "answer", "message"),
    [(None, "GREEN", "1 of 1 differ"), (IRONCALC, "YELLOW", "take the gap away")],
    ids=["undeclared gap opens", "declared gap closes"],
)
def test_gaps_are_strict(monkeypatch: Any, declared: str | None, answer: str, message: str) -> None:
    """A host that differs without a declared gap fails the comparison, and so does a declared gap that has closed."""
    function, calls = one_call(declared)
    others = [other for other in COMPARED if other.name != function.name]
    monkeypatch.setattr(sys.modules[__name__], "COMPARED", [function, *others])
    with pytest.raises(AssertionError, match=message):
        compare(calls, lambda other: iter([answer][: len(calls[other.name])]), IRONCALC)


@pytest.fixture(scope="module")
def libreoffice(tuples: Tuples, tmp_path_factory: Any) -> Any:
    """The batch workbook of plain expansions, calculated by LibreOffice."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed: the plain expansion is not compared with it")
    openpyxl = pytest.importorskip("openpyxl")
    folder = tmp_path_factory.mktemp("libreoffice")
    write_book(folder / "plain.xlsx", tuples, lambda f, places: plain_formula(f.name, tuple(places)), names=False)
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    command = [
        "soffice",
        f"-env:UserInstallation=file://{profile.parent}",
        "--headless",
        "--convert-to",
        "xlsx",
    ]
    command += ["--outdir", str(folder / "out"), str(folder / "plain.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return openpyxl.load_workbook(folder / "out" / "plain.xlsx", read_only=True, data_only=True)


ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""


def test_plain_expansion_in_libreoffice(tuples: Tuples, libreoffice: Any) -> None:
    """Plain functions written out give what Python gives, in a real spreadsheet program."""

    def answers(function: Function) -> Iterator[Any]:
        sheet = libreoffice[function.name[8:][:31]]
        for (value,) in sheet.iter_rows(max_col=1, max_row=len(tuples[function.name]), values_only=True):
            yield value

    compare(tuples, answers, LIBREOFFICE)


def test_lambda_names_in_ironcalc(tuples: Tuples, tmp_path: Path) -> None:
    """LAMBDA names read from a file give what Python gives."""
    ironcalc = pytest.importorskip("ironcalc", reason="IronCalc is not installed: LAMBDA names are not evaluated")
    path = tmp_path / "lambda.xlsx"
    write_book(path, tuples, lambda f, places: f"={f.name}({','.join(places)})", names=True)
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    sheets = {function.name: number for number, function in enumerate(COMPARED)}

    def answers(function: Function) -> Iterator[Any]:
        for row in range(len(tuples[function.name])):
            yield model.get_cell_value(sheets[function.name], row + 1, 1)

    compare(tuples, answers, IRONCALC)


def engine_book(tuples: Tuples, formula: Callable[[Function, list[str]], str], names: bool) -> Workbook:
    """The same sheets for the headless engine, without a file."""
    sheets = []
    for function in COMPARED:
        sheet, texts = Sheet(function.name), []
        columns: list[list[Any]] = []
        for row, values in enumerate(tuples[function.name], start=1):
            cells = [cell for value in values for cell in (value if isinstance(value, list) else [value])]
            columns += [[None] * (row - 1) for _ in range(len(cells) - len(columns))]
            for column, stored in enumerate(columns):
                stored.append(cells[column] if column < len(cells) else None)
            texts.append(formula(function, _places(values)).replace(ROW, str(row))[1:])
        sheet.columns.update({number: Column.of(cells) for number, cells in enumerate(columns, start=2)})
        sheet.formulas[1] = range(1, len(texts) + 1), texts
        sheets.append(sheet)
    stored_names = {name.name: name.text for name in lambda_names()} if names else {}
    return Workbook(sheets, names=stored_names)


def _places(values: tuple[Any, ...]) -> list[str]:
    places, column = [], 1
    for value in values:
        size = len(value) if isinstance(value, list) else 1
        first, last = (f"{xl_col_to_name(number)}{ROW}" for number in (column, column + size - 1))
        places.append(first if size == 1 else f"{first}:{last}")
        column += size
    return places


HEADLESS_BODIES: dict[str, tuple[Callable[[Function, list[str]], str], bool]] = {
    "plain expansion": (lambda function, places: plain_formula(function.name, tuple(places)), False),
    "LAMBDA name": (lambda function, places: f"={function.name}({','.join(places)})", True),
    "built in": (lambda function, places: f"={function.name}({','.join(places)})", False),
}


@pytest.mark.parametrize("body", HEADLESS_BODIES)
def test_in_the_headless_engine(tuples: Tuples, body: str) -> None:
    """Written out, as a LAMBDA name of the book and as a built-in function, the engine answers as Python does."""
    formula, names = HEADLESS_BODIES[body]
    book = engine_book(tuples, formula, names)
    result = recalculate(book, long_tail=False)
    assert not result.unevaluated, result.unevaluated[:5]

    def answers(function: Function) -> Iterator[Any]:
        for row in range(len(tuples[function.name])):
            yield book.value(function.name, row + 1, 1)

    compare(tuples, answers, HEADLESS)
    assert not result.notes
