"""The catalogue as a whole: names, help, examples, declared gaps."""

from __future__ import annotations

import datetime as dt
import math
import re
import subprocess
import sys
from typing import Any

import pytest

from restock import CATALOGUE
from restock.functions import Argument, Function, Kind
from restock.functions.addin import methods
from restock.functions.body import names_in, with_parts
from restock.functions.entry import IRONCALC, LAMBDA, LIBREOFFICE, PLAIN, PYTHON
from restock.functions.lambda_names import lambda_name
from restock.functions.plain import expand_call
from restock.functions.words import STATUS_WORDS, TIER_WORDS

FUNCTIONS = list(CATALOGUE.values())
EXCEL_2007 = {
    "COLUMNS", "COUNT", "COUNTBLANK", "COUNTIF", "EXP", "IF", "INDEX", "INT", "ISTEXT", "LEN", "LOWER", "MAX", "MIN",
    "NA", "NORMSDIST", "NORMSINV", "PI", "REPT", "ROUND", "ROWS", "SQRT", "SUM", "SUMIF", "SUMPRODUCT", "TEXT",
}  # fmt: skip
VBA_WORDS = set(
    "Date Time Now Day Next Loop End Sub Function If Then Else Select Case Dim As Set Let Get".lower().split()
)


def by_name(function: Function) -> str:
    return function.name


@pytest.mark.parametrize("function", FUNCTIONS, ids=by_name)
class TestEachFunction:
    def test_name_is_legal_everywhere(self, function: Function) -> None:
        """A name is legal in VBA, as a defined name, is no cell address, and no R1C1 one (§24)."""
        assert re.fullmatch(r"RESTOCK_[A-Z][A-Z_]*[A-Z]", function.name)
        assert len(function.name) <= 31
        assert not re.fullmatch(r"[A-Z]{1,3}\d+|R\d*C\d*", function.name)

    def test_arguments_are_legal_names(self, function: Function) -> None:
        """Names of arguments are legal in VBA, in LAMBDA and in formula bodies, and optional ones come last."""
        names = [argument.name for argument in function.arguments]
        assert all(re.fullmatch(r"[a-z][a-z_]*[a-z]", name) and name not in VBA_WORDS for name in names)
        assert len(set(names)) == len(names)
        optional = [argument.is_optional for argument in function.arguments]
        assert optional == sorted(optional)

    def test_help_is_complete(self, function: Function) -> None:
        """Every function and argument is explained in both languages, with source and example."""
        assert function.en
        assert function.zh
        assert function.source
        assert all(argument.en and argument.zh for argument in function.arguments)
        assert function.example[0].startswith(f"{function.name}(")
        assert function.signature in function.doc

    def test_formula_uses_its_arguments_and_old_functions_only(self, function: Function) -> None:
        """A body uses every argument, no other name, and only functions that Excel 2007 had."""
        if function.formula is None:
            assert PLAIN in function.gaps
            assert LAMBDA in function.gaps
            return
        words = {argument.name for argument in function.arguments if argument.kind is not Kind.LANGUAGE}
        assert names_in(with_parts(function)) == words
        plain = expand_call(function.name, ["A1:B1" if a.kind.is_range else "A1" for a in function.arguments])
        without_texts = re.sub(r'"[^"]*"', "", plain)
        assert set(re.findall(r"([A-Z][A-Z0-9.]*)\(", without_texts)) <= EXCEL_2007

    def test_bodies_compare_no_bare_argument(self, function: Function) -> None:
        """Text of digits becomes a number in arithmetic or in a function, never in a comparison (§19)."""
        numbers = {argument.name for argument in function.arguments if argument.kind is Kind.NUMBER}
        body = re.sub(r'[a-z_]+=""', "", with_parts(function))
        for name in numbers:
            assert not re.search(rf"(?<![A-Za-z_+\-*/])\(?{name}\)?(?:<|>|=)", body), name
            assert not re.search(rf"[<>=]\(?{name}\)?(?![A-Za-z_+\-*/])", body), name

    def test_example_gives_what_help_says(self, function: Function) -> None:
        """The worked example is right."""
        if function.example[1] is None:
            return
        found = function.python(*example_arguments(function))
        expected = function.example[1]
        if isinstance(expected, float):
            assert math.isclose(found, expected, rel_tol=1e-4)
        else:
            assert found == expected

    def test_gaps_are_declared_with_a_reason(self, function: Function) -> None:
        """A gap names a host and says why in a sentence."""
        assert set(function.gaps) <= {PYTHON, PLAIN, LAMBDA, LIBREOFFICE, IRONCALC}
        assert list(function.gaps) == list(function.gaps_zh)
        assert all(len(reason) > 20 for reason in function.gaps.values())

    def test_no_undeclared_gap(self, function: Function) -> None:
        """A function has every body that it does not declare missing, and none that it does."""
        assert (function.compute is None) == (PYTHON in function.gaps)
        assert (function.formula is None) == (PLAIN in function.gaps) == (LAMBDA in function.gaps)
        if function.formula is not None:
            assert lambda_name(function).text.startswith("_xlfn.LAMBDA(")


def example_arguments(function: Function) -> list[Any]:
    """The arguments of a worked example, as Python values; ranges come from the sheet below."""
    text = function.example[0][len(function.name) + 1 : -1]
    pieces = re.findall(r'DATE\([^)]*\)|"[^"]*"|[^,]+', text)
    return [_value(piece, argument, function.name) for piece, argument in zip(pieces, function.arguments, strict=False)]


SHEETS: dict[str, dict[str, Any]] = {
    "RESTOCK_COVER_BY_NEED": {"days": [3, 7, 15], "needs": [135, 215, 375]},
    "RESTOCK_COVER_DATED": {"dates": [dt.date(2026, 11, 26), dt.date(2026, 12, 1)], "quantities": [-75, 240]},
}


def _value(piece: str, argument: Argument, name: str) -> Any:
    if argument.kind.is_range:
        return SHEETS[name][argument.name]
    if piece.startswith("DATE("):
        return dt.date(*map(int, re.findall(r"\d+", piece)))
    if piece.startswith('"'):
        return piece[1:-1]
    return float(piece.rstrip("%")) / (100 if piece.endswith("%") else 1)


def test_uno_methods_are_unique() -> None:
    """No two functions share a UNO method."""
    assert len(methods()) == len(CATALOGUE)
    assert all(re.fullmatch(r"restock[A-Za-z]+", name) for name in methods())


def test_loading_is_light() -> None:
    """`import restock` loads no numpy, the catalogue no scipy; to answer with a value takes scipy.special at most."""
    code = """
import sys, restock
assert "numpy" not in sys.modules
from restock import CATALOGUE
assert "scipy" not in sys.modules
import numpy, scipy.special
allowed = set(sys.modules)
for function in CATALOGUE.values():
    if function.result != "table":
        function.python(*[0.5] * function.required)
new = {name for name in set(sys.modules) - allowed if name.split(".")[0] not in {"restock", *sys.stdlib_module_names}}
assert not new, new
"""
    subprocess.run([sys.executable, "-c", code], check=True)


SIGNATURES = """
RESTOCK_TIER(available, daily_demand, [live_factor=1], [red=3], [orange=7], [yellow=15], [language="en"])
RESTOCK_DAYS_OF_COVER(available, daily_demand, [live_factor=1])
RESTOCK_COVER_BY_NEED(available, days, needs)
RESTOCK_TIER_BY_NEED(available, need_red, need_orange, need_yellow, [language="en"])
RESTOCK_RUNOUT_DATE(today, available, daily_demand, [live_factor=1])
RESTOCK_COVER_DATED(today, available, daily_demand, dates, quantities)
RESTOCK_SAFETY_STOCK(service_level, daily_demand, demand_sd, lead_days, [lead_sd=0], [review_days=0])
RESTOCK_BASE_STOCK(daily_demand, lead_days, [volatility=1])
RESTOCK_REORDER_POINT(daily_demand, lead_days, safety_stock, [live_demand=0], [review_days=0])
RESTOCK_ORDER_QTY(position, order_up_to, [moq=1], [case_pack=1])
RESTOCK_ORDER_BY(runout_date, lead_days, [buffer_days=0])
RESTOCK_ORDER_STATUS(today, order_by, [watch_days=7], [language="en"])
RESTOCK_LIVE_DEMAND(viewers, conversion, [units_per_buyer=1])
RESTOCK_LIVE_STOCK(mean, sd, unit_margin, unit_overage_cost)
RESTOCK_FILL_RATE(order_quantity, safety_stock, demand_sd, lead_days)
RESTOCK_SERVICE_LEVEL(safety_stock, demand_sd, lead_days, [lead_sd=0], [daily_demand])
RESTOCK_TIER_COLOR(tier)
RESTOCK_ACTION(tier, [language="en"])
RESTOCK_EXPLAIN(available, daily_demand, [live_factor=1], [language="en"])
RESTOCK_FORECAST(dates, quantities, horizon, [event_dates], [event_quantities])
RESTOCK_TRANSFERS(stock, routes)
"""


def test_order_and_defaults_of_arguments_are_public() -> None:
    """Names, order and defaults of arguments stay: users' cells rest on them; new ones come last (§24)."""
    assert sorted(function.signature for function in FUNCTIONS) == sorted(SIGNATURES.split("\n")[1:-1])


def test_words_are_public() -> None:
    """The words that formulas compare with are these."""
    assert TIER_WORDS == {
        "RED": "红", "ORANGE": "橙", "YELLOW": "黄", "GREEN": "绿", "NO SALES": "无销量", "NO DATA": "缺数据",
    }  # fmt: skip
    assert STATUS_WORDS == {"LATE": "已晚", "THIS WEEK": "本周", "FINE": "不急"}
