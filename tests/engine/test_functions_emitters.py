"""LAMBDA names, UDF module, VBA, LibreOffice description and help: what is derived from the catalogue."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import xlsxwriter

from restock import CATALOGUE
from restock.functions.addin import calc_addins_xcu, interface_idl, methods
from restock.functions.guide import HEADINGS, docs_page, guide_rows
from restock.functions.lambda_names import LambdaName, lambda_names
from restock.functions.udf import vba_module

NAMES = lambda_names()
XCU = "{http://openoffice.org/2001/registry}"


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name.name)
class TestLambdaNames:
    def test_encoding(self, name: LambdaName) -> None:
        """Optional parameters are _xlop. in the list only, everything else of ours is _xlpm., new functions _xlfn."""
        listed, body = name.text.removeprefix("_xlfn.LAMBDA(").split("_xlfn.LET(", 1)
        function = CATALOGUE[name.name]
        assert listed == "".join(f"_xl{'op' if a.is_optional else 'pm'}.{a.name}," for a in function.arguments)
        assert "_xlop." not in body
        assert set(re.findall(r"(\w+\.)?(LET|ISOMITTED|LAMBDA)\(", name.text)) <= {
            ("_xlfn.", w) for w in ("LET", "ISOMITTED", "LAMBDA")
        }
        assert "[" not in name.text
        assert not name.text.startswith("=")

    def test_every_name_is_declared(self, name: LambdaName) -> None:
        """A body uses only its parameters and the variables that its LETs bind."""
        bound = set(re.findall(r"_xlp?o?p?m?\.([a-z_]+),", name.text))
        assert set(re.findall(r"_xlpm\.([a-z_]+)", name.text)) <= bound

    def test_limits(self, name: LambdaName) -> None:
        """Text and comment are within what Excel takes."""
        assert len(name.text) <= 8192
        assert 20 < len(name.comment) <= 255


def test_lambda_names_are_balanced() -> None:
    """Parentheses close."""
    for name in NAMES:
        text = re.sub(r'"[^"]*"', "", name.text)
        assert text.count("(") == text.count(")"), name.name


@pytest.mark.parametrize("language", ["en", "zh"])
def test_vba_module(language: str) -> None:
    """VBA is ASCII with Windows line ends, has one wrapper per entry, and lines and descriptions within limits."""
    vba = vba_module("served", language=language)
    assert vba.isascii()
    assert "\n" not in vba.replace("\r\n", "")
    assert re.findall(r"^Function (\w+)\(", vba, re.MULTILINE) == list(CATALOGUE)
    assert max(map(len, vba.splitlines())) < 1023
    texts = re.findall(r'(RestockWide\()?"((?:[^"]|"")*)"', vba)
    assert max(len(text) // (4 if wide else 1) for wide, text in texts) <= 255
    assert vba.count("End Function") == len(CATALOGUE) + 3
    assert vba.count('XLPy.CallUDF("served", ') == len(CATALOGUE)
    assert "ActiveWorkbook" in vba_module("served", "ActiveWorkbook")
    continued = max((block.count(" _\r\n") for block in vba.split("    Application.MacroOptions")), default=0)
    assert continued <= 24


def test_calc_description() -> None:
    """The description is well-formed and names every function, argument and help text in both languages."""
    root = ET.fromstring(calc_addins_xcu().encode())
    functions = root.findall(f".//node[@{XCU}name='AddInFunctions']/node")
    assert [node.get(f"{XCU}name") for node in functions] == list(methods())
    for node, function in zip(functions, CATALOGUE.values(), strict=True):
        values = [value.text for value in node.iter("value")]
        assert function.name in values
        assert function.zh in values
        assert len(node.findall(f"node[@{XCU}name='Parameters']/node")) == len(function.arguments)


def test_interface() -> None:
    """The interface declares every method with one parameter per argument."""
    idl = interface_idl()
    for name, function in methods().items():
        line = next(line for line in idl.splitlines() if f" {name}(" in line)
        assert line.count("[in] any") == len(function.arguments)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_guide(language: str) -> None:
    """The Functions sheet has a row per function, the page a section, each with the reasons of its gaps."""
    rows = guide_rows(language)
    assert [row.call.split("(")[0] for row in rows] == list(CATALOGUE)
    assert all(row.returns and row.example.startswith("=") and row.gives for row in rows)
    assert docs_page(language).count("\n## ") == len(CATALOGUE)
    assert len(HEADINGS[language]) == 6
    reasons = [reason for f in CATALOGUE.values() for reason in (f.gaps_zh if language == "zh" else f.gaps).values()]
    assert all(docs_page(language).count(reason) == 1 for reason in reasons)


def test_chinese_help_is_chinese() -> None:
    """Sources with words have a Chinese form; authors, titles and numbers of rules need none."""
    for function, row in zip(CATALOGUE.values(), guide_rows("zh"), strict=True):
        words = re.sub(r"CONVENTIONS|RESTOCK_[A-Z_]+|[§\d\s,;.]", "", function.source)
        assert bool(words) == bool(function.source_zh), function.name
        assert row.source == (function.source_zh or function.source)
        assert not words or re.search(r"[\u4e00-\u9fff]", row.source), function.name
        assert not re.search(r" to |\bany\b", row.arguments), function.name


def test_a_book_of_lambda_names(tmp_path: Path) -> None:
    """A workbook written with the names calculates in IronCalc, with arguments left out at the end or in the middle."""
    ironcalc = pytest.importorskip("ironcalc", reason="IronCalc is not installed: LAMBDA names are not evaluated")
    calls = {
        "=RESTOCK_TIER(280,20)": "YELLOW",
        "=RESTOCK_TIER(280,20,,15)": "RED",
        '=RESTOCK_TIER(280,20,,,,,"zh")': "黄",
        "=RESTOCK_REORDER_POINT(5,10,9.4,,7)": 94.4,
        "=RESTOCK_BASE_STOCK(20,RESTOCK_BASE_STOCK(2,7))": 280.0,
        "=RESTOCK_SERVICE_LEVEL(0,1,4,1,2)": 0.5,
        "=RESTOCK_SERVICE_LEVEL(0,1,4,1)": "#N/A",
    }
    with xlsxwriter.Workbook(tmp_path / "names.xlsx") as book:
        for name in NAMES:
            book.define_name(name.name, f"={name.text}")
        sheet = book.add_worksheet()
        for row, formula in enumerate(calls):
            sheet.write_formula(row, 0, formula, None, "")
    model = ironcalc.load_from_xlsx(str(tmp_path / "names.xlsx"), "en", "UTC", "en")
    model.evaluate()
    found = [model.get_cell_value(0, row + 1, 1) for row in range(len(calls))]
    for value, (formula, expected) in zip(found, calls.items(), strict=True):
        assert value == pytest.approx(expected, abs=1e-9) if isinstance(expected, float) else value == expected, formula
