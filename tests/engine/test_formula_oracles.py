"""Rows of formula columns against engines that share no code with this one: IronCalc, `formulas` and LibreOffice."""

from __future__ import annotations

import datetime as dt
import math
import shutil
import subprocess
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import to_excel

from restock.formula import recalculate
from restock.formula.cells import Scalar
from restock.formula.tree import column_letters
from restock.formula.workbook import Column, Sheet, Workbook

ROWS = 60
INPUTS = ("sku", "on hand", "daily", "deviation", "lead", "class", "note", "date")
SHAPES = {
    "arithmetic": "B{r}-C{r}*E{r}/7+D{r}^2",
    "percent and signs": "-B{r}*5%+-(C{r}-D{r})",
    "text": 'A{r}&"/"&B{r}&" "&IF(C{r}>5,"fast","slow")',
    "comparison": 'IF(AND(B{r}>=50,OR(F{r}="A",F{r}="b")),"keep",IF(NOT(B{r}=0),"sell","none"))',
    "rounding": "ROUND(C{r}*1.05,2)+ROUNDUP(D{r},1)-ROUNDDOWN(B{r}/7,1)+INT(-C{r})+MOD(B{r},7)",
    "multiples": "CEILING(B{r}+0.5,6)+FLOOR(C{r},0.5)+TRUNC(D{r}*10)",
    "safety stock": "NORMSINV(0.95)*SQRT(E{r}*D{r}^2+C{r}^2*4)",
    "nested": 'IF(B{r}<=0,"RED",IF(C{r}=0,"NO SALES",IF(B{r}/C{r}<3,"RED",IF(B{r}/C{r}<7,"ORANGE","GREEN"))))',
    "errors": 'IFERROR(B{r}/(C{r}-C{r}),"n/a")&IF(ISNUMBER(D{r}),1,0)',
    "sums by key": "SUMIFS(B$1:B$60,F$1:F$60,F{r},C$1:C$60,\">2\")",
    "counts by key": 'COUNTIFS(F$1:F$60,F{r})+COUNTIF(A$1:A$60,"SKU-0*")+COUNTBLANK(G$1:G$60)',
    "averages": "AVERAGEIF(F$1:F$60,F{r},C$1:C$60)+AVERAGE(B{r}:E{r})-MAX(B{r}:E{r})+MIN(B{r}:E{r})",
    "lookups": "VLOOKUP(A{r},A$1:E$60,3,FALSE)+INDEX(B$1:B$60,MATCH(A{r},A$1:A$60,0))",
    "approximate lookup": "LOOKUP(B{r},{{0,50,100,200}},{{1,2,3,4}})+MATCH(B{r},{{0,50,100,200}},1)",
    "running total": "SUM(B$1:B{r})",
    "window": "SUM(B{r}:C{r},E{r})+SUMPRODUCT(B{r}:C{r},D{r}:E{r})",
    "dates": "YEAR(H{r})*100+MONTH(H{r})+DAY(H{r})/100+WEEKDAY(H{r},2)",
    "date arithmetic": "EDATE(H{r},2)-EOMONTH(H{r},0)+DATE(2026,MONTH(H{r})+1,1)",
    "text functions": "UPPER(LEFT(A{r},3))&MID(A{r},5,2)&LEN(G{r})&TRIM(G{r})&SUBSTITUTE(A{r},\"-\",\"\")",
    "choose": "CHOOSE(MOD(E{r},3)+1,B{r},C{r},D{r})",
}  # fmt: skip

FORMULAS_DIFFERS = {
    "text functions": "TRIM leaves inner spaces",
}
"""Shapes in which the `formulas` package is known to answer otherwise."""


ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""


def inputs() -> dict[int, list[Scalar]]:
    """Columns of a small stock table, drawn from a seed: blanks, zeros, ties and negatives among them."""
    draw = np.random.default_rng(26)
    on_hand = draw.integers(-5, 250, ROWS).astype(float)
    daily = np.where(draw.random(ROWS) < 0.1, 0.0, np.round(draw.gamma(2, 4, ROWS), 2))
    return {
        1: [f"SKU-{k:03d}" for k in range(ROWS)],
        2: on_hand.tolist(),
        3: daily.tolist(),
        4: np.round(draw.random(ROWS) * 5, 3).tolist(),
        5: draw.integers(1, 45, ROWS).astype(float).tolist(),
        6: [("A", "b", "C")[k] for k in draw.integers(0, 3, ROWS)],
        7: [None if k % 4 == 0 else f" note  {k} " for k in range(ROWS)],
        8: (46000 + draw.integers(0, 700, ROWS)).astype(float).tolist(),
    }


@pytest.fixture(scope="module")
def book() -> Workbook:
    """The table with one column of formulas per shape, recalculated."""
    sheet = Sheet("S", {number: Column.of(values) for number, values in inputs().items()})
    for number, shape in enumerate(SHAPES.values(), start=10):
        sheet.formulas[number] = range(1, ROWS + 1), [shape.format(r=row) for row in range(1, ROWS + 1)]
    made = Workbook([sheet])
    assert recalculate(made, long_tail=False).unevaluated == []
    return made


def same(found: Any, expected: Any) -> bool:
    """Texts and errors are equal, numbers to 1e-9 of their size."""
    if isinstance(found, bool) or isinstance(expected, bool) or isinstance(found, str) or isinstance(expected, str):
        return bool(found == expected)
    return math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9)


@pytest.mark.parametrize("shape", SHAPES)
def test_as_ironcalc(book: Workbook, shape: str) -> None:
    """Every row of every shape answers as IronCalc does."""
    ironcalc = pytest.importorskip("ironcalc", reason="IronCalc is not installed: nothing to compare with")
    model = ironcalc.create("book", "en", "UTC", "en")
    for number, values in inputs().items():
        for row, value in enumerate(values, start=1):
            if isinstance(value, str):
                model.update_cell_with_text(0, row, number, value)
            elif value is not None:
                model.update_cell_with_number(0, row, number, value)
    for row in range(1, ROWS + 1):
        model.set_user_input(0, row, 10, "=" + SHAPES[shape].format(r=row))
    model.evaluate()
    column = list(SHAPES).index(shape) + 10
    answers = [(row, book.value("S", row, column), model.get_cell_value(0, row, 10)) for row in range(1, ROWS + 1)]
    wrong = [answer for answer in answers if not same(answer[1], answer[2])]
    assert not wrong, f"{column_letters(column)}: {SHAPES[shape]}: {wrong[:5]}"


@pytest.mark.parametrize("shape", SHAPES)
def test_as_formulas(book: Workbook, shape: str) -> None:
    """Sampled rows of every shape answer as the `formulas` package does, but where it is known not to."""
    formulas = pytest.importorskip("formulas", reason="the package formulas is not installed: nothing to compare with")
    column, wrong = list(SHAPES).index(shape) + 10, []
    for row in range(1, ROWS + 1, 7):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            expected = _with_formulas(formulas, SHAPES[shape].format(r=row))
        found = book.value("S", row, column)
        if not same(found, expected):
            wrong.append((row, found, expected))
    if shape in FORMULAS_DIFFERS:
        assert wrong, f"the declared difference has closed: {FORMULAS_DIFFERS[shape]}"
        return
    assert not wrong, f"{SHAPES[shape]}: {wrong}"


@pytest.fixture(scope="module")
def in_libreoffice(tmp_path_factory: Any) -> Any:
    """The same table as a file, every formula computed by LibreOffice."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed: nothing to compare with")
    folder = tmp_path_factory.mktemp("libreoffice")
    with xlsxwriter.Workbook(folder / "book.xlsx") as file:
        sheet = file.add_worksheet("S")
        for number, values in inputs().items():
            sheet.write_column(0, number - 1, values)
        for number, shape in enumerate(SHAPES.values(), start=10):
            for row in range(1, ROWS + 1):
                sheet.write_formula(row - 1, number - 1, "=" + shape.format(r=row), None, "")
    _convert(folder)
    return openpyxl.load_workbook(folder / "out" / "book.xlsx", data_only=True)["S"]


def _convert(folder: Path) -> None:
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    command = ["soffice", f"-env:UserInstallation=file://{profile.parent}", "--headless", "--convert-to", "xlsx"]
    command += ["--outdir", str(folder / "out"), str(folder / "book.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=300)


@pytest.mark.parametrize("shape", SHAPES)
def test_as_libreoffice(book: Workbook, in_libreoffice: Any, shape: str) -> None:
    """Every row of every shape answers as LibreOffice does."""
    column = list(SHAPES).index(shape) + 10
    shown = [in_libreoffice.cell(row, column).value for row in range(1, ROWS + 1)]
    serials = [to_excel(value) if isinstance(value, dt.datetime) else value for value in shown]
    answers = [(row, book.value("S", row, column), value) for row, value in enumerate(serials, start=1)]
    wrong = [answer for answer in answers if not same(answer[1], answer[2])]
    assert not wrong, f"{column_letters(column)}: {SHAPES[shape]}: {wrong[:5]}"


def _with_formulas(formulas: Any, text: str) -> Any:
    function = formulas.Parser().ast(f"={text}")[1].compile()
    values = inputs()
    arguments = [_block(reference, values) for reference in function.inputs]
    found = np.asarray(function(*arguments)).ravel()[0]
    found = found.item() if isinstance(found, np.generic) else found
    return float(found) if isinstance(found, int) and not isinstance(found, bool) else found


def _block(reference: str, values: dict[int, list[Scalar]]) -> Any:
    from openpyxl.utils.cell import range_boundaries
    from schedula import EMPTY

    left, top, right, bottom = range_boundaries(reference)
    rows = [
        [EMPTY if (cell := values[column][row - 1]) is None else cell for column in range(left, right + 1)]
        for row in range(top, bottom + 1)
    ]
    return np.array(rows, dtype=object)
