"""Writing our functions out in plain formulas."""

from __future__ import annotations

import pytest

from restock import CATALOGUE
from restock.functions.plain import ExpansionError, expand, expand_call, nesting


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=SUM(A1:A9)", "=SUM(A1:A9)"),
        ('="RESTOCK_TIER(1,2)"&A1', '="RESTOCK_TIER(1,2)"&A1'),
        ("=RESTOCK_BASE_STOCK(20,14)", "=(20*14)"),
        ("=2^restock_base_stock( 20 , 14 , 1.5 )+A1", "=2^(20*14*1.5)+A1"),
        ("=SUM({1,2;3,4},RESTOCK_BASE_STOCK(20,14))", "=SUM({1,2;3,4},(20*14))"),
        ("=RESTOCK_LIVE_DEMAND(10000,3%)", "=(10000*0.03)"),
        ("=RESTOCK_REORDER_POINT(5,10,9.4,,7)", "=(5*(10+7)+9.4)"),
    ],
    ids=["none of ours", "in a text", "a call", "nested, any case", "arrays stay", "percent", "left out in the middle"],
)
def test_expansion(formula: str, expected: str) -> None:
    """Calls are written out where they stand; good literals need no check, and what is left out is its default."""
    assert expand(formula) == expected


def test_the_articles_formula() -> None:
    """The tier in a condition becomes one plain formula over the two cells."""
    found = expand('=IF(RESTOCK_TIER(B2,C2)="RED","!","")')
    assert found.startswith('=IF(IF(IF(B2="",0,')
    assert found.endswith('IF(ROUND(B2/C2,9)<15,"YELLOW","GREEN")))))))))="RED","!","")')
    assert "RESTOCK" not in found


@pytest.mark.parametrize(
    "reference",
    ["Stock!$B$2", "'My stock'!B2", "Stock[[#This Row],[On hand* (units)]]", "Stock[@[On hand]]", "available", "B2:B9"],
)
def test_references_of_any_sheet_stay_as_they_are(reference: str) -> None:
    """References are one operand, without parentheses."""
    assert f"ROUND({reference}/C2,9)<3" in expand(f"=RESTOCK_TIER({reference},C2)")


@pytest.mark.parametrize("argument", ["B2-C2", "B2,C2".replace(",", "+"), "-B2", "B2%", "IF(A1,B2,C2)*2"])
def test_expressions_get_parentheses(argument: str) -> None:
    """What is more than one operand stands in parentheses."""
    assert f"({argument})/D2" in expand(f"=RESTOCK_TIER({argument},D2)")


def test_a_call_within_a_call() -> None:
    """The inner call is written out first and is one operand of the outer."""
    found = expand("=RESTOCK_REORDER_POINT(B2,C2,RESTOCK_BASE_STOCK(2,3))")
    assert found.endswith("B2*C2+(2*3))))")


@pytest.mark.parametrize(
    ("language", "expected"),
    [('"zh"', '"红"'), ('"ZH"', '"红"'), ("", '"RED"'), ("Z1", 'IF(LOWER(Z1)="zh","红","RED")')],
)
def test_language(language: str, expected: str) -> None:
    """A language that is written out leaves its words only; one in a cell leaves both."""
    found = expand(f"=RESTOCK_TIER(B2,C2,,,,,{language})")
    assert f"ROUND(B2,9)<=0,{expected}," in found


def test_a_bad_literal_is_checked() -> None:
    """95 for 95 % stays in the formula and shows #NUM!."""
    assert "--95>=1" in expand("=RESTOCK_SAFETY_STOCK(95,20,6,9)")


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("=RESTOCK_TEIR(B2,C2)", "There is no function RESTOCK_TEIR. Write RESTOCK_TIER."),
        ("=RESTOCK_TIER(B2)", "RESTOCK_TIER was given 1 arguments and takes 2 to 7. Write RESTOCK_TIER(available"),
        ("=RESTOCK_TIER_COLOR(A1,B1)", "takes 1 to 1"),
        ("=RESTOCK_TIER()", "was given 0 arguments"),
    ],
)
def test_wrong_calls(formula: str, message: str) -> None:
    """A wrong call says what to write."""
    with pytest.raises(ExpansionError) as caught:
        expand(formula)
    assert message in str(caught.value)


def test_a_formula_that_grows_too_long() -> None:
    """More characters than Excel takes is an error when the formula is written, with the function and the size."""
    inner = "RESTOCK_DAYS_OF_COVER(RESTOCK_DAYS_OF_COVER(RESTOCK_DAYS_OF_COVER(A1,B1),B1),B1)"
    with pytest.raises(
        ExpansionError, match=r"RESTOCK_DAYS_OF_COVER written out has [\d,]+ characters; Excel takes 8,192"
    ):
        expand(f"={inner}")


def test_a_formula_that_nests_too_deep() -> None:
    """More levels than Excel takes is an error too."""
    deep = "IF(1," * 60 + "RESTOCK_TIER(A1,B1)" + ")" * 60
    with pytest.raises(ExpansionError, match=r"RESTOCK_TIER written out nests \d+ levels deep; Excel takes 64"):
        expand(f"={deep}")


@pytest.mark.parametrize("name", [name for name, function in CATALOGUE.items() if function.formula is not None])
def test_lengths_leave_room(name: str) -> None:
    """With cells of one sheet every function stays far below the limits."""
    function = CATALOGUE[name]
    ranges = ["$A$10:$A$99" if argument.kind.is_range else "$A$1" for argument in function.arguments]
    written = expand_call(name, ranges)
    assert len(written) < 4096
    assert nesting(f"={written}") <= 24
