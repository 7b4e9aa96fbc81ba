"""Functions in cells through xlwings: the wrappers that it would generate, and its own dispatch of a call.

xlwings' modules of Windows run in a process of their own, with stand-ins for pywin32.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from restock import CATALOGUE
from restock.functions.udf import vba_module
from restock_xl.hosts.excel.macro_book import UDF_MODULE

from .macro_books import need_packages
from .udf_stand_ins import SERVED

need_packages("xlwings")

WRAPPERS = (
    SERVED
    + """
import io
text = io.StringIO()
udfs.generate_vba_wrapper(served.__name__, served, text, types.SimpleNamespace(Name="stock.xlsm"))
print(text.getvalue())
"""
)

CALLS = (
    SERVED
    + """
import json
from xlwings import conversion
sys.modules["xlwings.com_server"] = types.SimpleNamespace(loop=None)
never = lambda cell: False
xlwings._xlwindows = types.SimpleNamespace(Range=lambda xl: None, BOOK_CALLER=None, is_range_instance=never)
udfs.Range = lambda impl=None: None

class Impl:
    # what xlwings' engine of Windows does to values on their way: errors come as numbers, and leave as they are
    name, type, apps = "excel", "desktop", None
    errors = {-2146826281: "#DIV/0!", -2146826246: "#N/A", -2146826252: "#NUM!", -2146826273: "#VALUE!"}

    @classmethod
    def clean_value_data(cls, data, datetime_builder, empty_as, number_builder, err_to_str):
        def clean(value):
            if value is None:
                return empty_as
            if isinstance(value, int) and value in cls.errors:
                return cls.errors[value] if err_to_str else None
            return value
        return [[clean(value) for value in row] for row in data]

    @staticmethod
    def prepare_xl_data_element(value, options):
        return "" if value is None else value

xlwings.engines.add(xlwings.main.Engine(impl=Impl()))
xlwings.engines.engines_by_name["excel"] = xlwings.engines["excel"]
xlwings.engines.active = xlwings.engines["excel"]
def argument(one):
    return tuple(map(tuple, one)) if isinstance(one, list) else one

answers = [udfs.call_udf(served.__name__, name, [argument(one) for one in given])
           for name, given in json.loads(sys.stdin.read())]
print(json.dumps(answers, default=str))
"""
)

LEFT_OUT = -2147352572
NA, DIV = -2146826246, -2146826281


def run(code: str, given: str = "") -> str:
    """What a clean Python prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, input=given)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _wrappers(text: str) -> dict[str, list[str]]:
    """Each function's lines without indents, lines joined that were continued, the branch for Excel taken."""
    joined = re.sub(r" _\s*\n\s*", " ", text.replace("\r\n", "\n"))
    found = {}
    for name, body in re.findall(
        r"^Function (RESTOCK_\w+)\(.*?\)\n(.*?)^End Function", joined, re.MULTILINE | re.DOTALL
    ):
        head = re.search(rf"^Function {name}\(.*?\)$", joined, re.MULTILINE)
        assert head is not None
        body = re.sub(r"#If App = \"Microsoft Excel\" Then(.*?)#Else.*?#End If", r"\1", body, flags=re.DOTALL)
        found[name] = [head.group(), *(line.strip() for line in body.splitlines() if line.strip())]
    return found


def test_our_wrappers_are_those_of_xlwings() -> None:
    """Each wrapper is what xlwings generates, but that errors show as errors: its answer's, and its failure's."""
    generated, ours = _wrappers(run(WRAPPERS)), _wrappers(vba_module(UDF_MODULE))
    assert set(generated) == set(ours) == set(CATALOGUE)
    for name, lines in generated.items():
        expected = [re.sub(r"= (XLPy\.CallUDF\(.*\))$", r"= RestockAnswer(\1)", line) for line in lines]
        expected = [f"{name} = CVErr(2015)" if line == f"{name} = Err.Description" else line for line in expected]
        assert ours[name] == expected, name


def test_calls_as_excel_makes_them() -> None:
    """xlwings' dispatch calls our functions: cells and columns, arguments left out, blanks, and errors passed on."""
    column = [[280.0], [60.0], [None], [NA]]
    calls = [
        ("RESTOCK_TIER", [280.0, 20.0]),
        ("RESTOCK_TIER", [column, [[20.0], [20.0], [20.0], [20.0]]]),
        ("RESTOCK_BASE_STOCK", [20.0, 14.0, LEFT_OUT]),
        ("RESTOCK_DAYS_OF_COVER", [DIV, 20.0]),
        ("RESTOCK_BASE_STOCK", ["x", 14.0]),
        ("RESTOCK_TIER", [280.0, 20.0, LEFT_OUT, LEFT_OUT, LEFT_OUT, LEFT_OUT, "zh"]),
    ]
    answers = json.loads(run(CALLS, json.dumps(calls)))
    assert answers == [
        [["YELLOW"]],
        [["YELLOW"], ["ORANGE"], ["NO DATA"], ["#N/A"]],
        [[280.0]],
        [["#DIV/0!"]],
        [["#VALUE!"]],
        [["黄"]],
    ]


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_function_is_served_with_its_help(name: str) -> None:
    """A function of each name stands in the module, with the public arguments and the description of the wizard."""
    import inspect

    import restock_xl.hosts.excel.udfs as served

    function, entry = getattr(served, name), CATALOGUE[name]
    parameters = inspect.signature(function).parameters
    assert list(parameters) == [argument.name for argument in entry.arguments]
    assert [p.default is None for p in parameters.values()] == [a.is_optional for a in entry.arguments]
    assert function.__doc__ == entry.en[:255]


def test_what_the_first_formula_waits_for() -> None:
    """Beyond xlwings itself, the module of functions costs under 0.4 CPU seconds to import."""
    code = (
        "import time, xlwings; start = time.process_time(); import restock_xl.hosts.excel.udfs; "
        "print(time.process_time() - start)"
    )
    assert float(run(code)) < 0.4
