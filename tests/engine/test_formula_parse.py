"""Formula text to a tree and back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from restock.formula import FormulaError, parse, print_tree
from restock.formula.cells import Scalar
from restock.formula.tree import (
    ArrayConstant,
    Axis,
    Binary,
    Call,
    CellRef,
    Constant,
    Invoke,
    Missing,
    Name,
    Node,
    Outside,
    RangeRef,
    TableRef,
    Unary,
    walk,
)
from restock.functions.values import CellError

HOME = (50, 30)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("-2^2%", "-2^2%"),
        ("(-2)^2", "-2^2"),
        ("2^3^2", "2^3^2"),
        ("1-(2-3)-4", "1-(2-3)-4"),
        ("A1 = B1", "A1=B1"),
        ("SUM( A1 , B1 )", "SUM(A1,B1)"),
        ("_xlfn.LET(_xlpm.x,1,_xlpm.x)", "LET(x,1,x)"),
        ("_xlfn._xlws.SORT(A1:A3)", "SORT(A1:A3)"),
        ("@A1", "SINGLE(A1)"),
        ("A1:INDEX(B:B,3)", "A1:INDEX(B:B,3)"),
        ("INDEX(A:A,1):B5", "INDEX(A:A,1):B5"),
        ("A1:B3 B2:C3", "A1:B3 B2:C3"),
        ("SUM((A1:A3,B2))", "SUM((A1:A3,B2))"),
        ("B7:A$2", "A$2:B7"),
        ("'My Sheet'!A1:B2", "'My Sheet'!A1:B2"),
        ("'a''b'!$A:$A", "'a''b'!$A:$A"),
        ("T[[#This Row],[a b]]", "T[[#This Row],[a b]]"),
        ("T[[#Headers],[x]:[y]]", "T[[#Headers],[x]:[y]]"),
        ("IF(A1,,3)", "IF(A1,,3)"),
        ('{1,2;"a",#N/A}', '{1,2;"a",#N/A}'),
        ("{-1,+2}", "{-1,2}"),
        ("LAMBDA(x,y,x+y)(3,4)", "LAMBDA(x,y,x+y)(3,4)"),
        ("Sheet1!#REF!", "#REF!"),
        ("1E-3+1.5e+3", "0.001+1500"),
        ("true", "TRUE"),
    ],
)
def test_printed(text: str, printed: str) -> None:
    """A formula is printed plainly, and what is printed reads as the same tree."""
    tree = parse(text, *HOME)
    assert print_tree(tree, *HOME) == printed
    assert parse(printed, *HOME) == tree


def test_one_tree_for_a_filled_column() -> None:
    """Relative references are kept as distances: the formulas of a column are one tree."""
    assert parse("A2*$B$1+SUM(C1:C2)", 2, 4) == parse("A9*$B$1+SUM(C8:C9)", 9, 4)
    assert parse("A2", 2, 4) != parse("A2", 3, 4)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1+", "formula.unreadable"),
        ("SUM(1", "formula.unreadable"),
        (")", "formula.unreadable"),
        ("A1 1", "formula.unreadable"),
        ("{1,2;3}", "formula.unreadable"),
        ("{A1}", "formula.unreadable"),
        ("#SPILT!", "formula.unreadable"),
        ("", "formula.unreadable"),
        ("1" * 9000, "formula.too_long"),
        ("(" * 300 + "1" + ")" * 300, "formula.too_deep"),
        ("-" * 3000 + "1", "formula.too_deep"),
    ],
    ids=["open", "unclosed", "closed", "two", "ragged", "reference", "error", "empty", "long", "deep", "signs"],
)
def test_refused(text: str, reason: str) -> None:
    """What is no formula is refused with a reason, in bounded depth."""
    with pytest.raises(FormulaError) as caught:
        parse(text, 1, 1)
    assert caught.value.reason == reason


@pytest.mark.parametrize("text", ["[1]Sheet1!A1", "'[Other.xlsx]My Sheet'!A1:B2", "[1]!Name", "Sheet1:Sheet3!A1"])
def test_outside(text: str) -> None:
    """Links to other workbooks and through several sheets are read, to be reported when they are evaluated."""
    assert isinstance(parse(text, 1, 1), Outside)


def test_long_sums_are_no_deep_recursion() -> None:
    """Two thousand terms are read, walked and printed."""
    text = "+".join(["A1"] * 2500)
    tree = parse(text, 1, 2)
    assert sum(1 for _ in walk(tree)) == 4999
    assert print_tree(tree, 1, 2) == text


axes = st.builds(Axis, st.integers(1, 60), st.just(True)) | st.builds(Axis, st.integers(-20, 20))
names = st.sampled_from(["Price", "tax_rate", "Größe", "库存", "x", "N.1"])
sheets = st.sampled_from([None, "Sales", "My Sheet", "it's", "A1", "库存", "2024"])
numbers = st.floats(0, 1e15, allow_nan=False).map(abs) | st.integers(0, 10**6).map(float)
texts = st.text(alphabet="ab\"'!#[]{}(),;: 中+-", max_size=6)
errors = st.sampled_from([CellError(code) for code in ("#N/A", "#DIV/0!", "#REF!", "#NAME?")])


def _range(sheet: str | None, rows: list[Axis], columns: list[Axis]) -> Node:
    top, bottom = sorted(rows, key=lambda axis: axis.at(HOME[0]))
    left, right = sorted(columns, key=lambda axis: axis.at(HOME[1]))
    return RangeRef(sheet, top, left, bottom, right)


pairs = st.lists(axes, min_size=2, max_size=2)
references = (
    st.builds(CellRef, sheets, axes, axes)
    | st.builds(_range, sheets, pairs, pairs)
    | st.builds(TableRef, st.just("Stock"), st.just(()), st.just("On hand"), st.just("On hand"))
    | st.builds(TableRef, st.just("T"), st.just(("#This Row",)), st.just("a]b"), st.just("a]b"))
)
constants = st.builds(Constant, numbers | texts | st.booleans() | errors)


def _arrays(rows: list[list[Scalar]]) -> Node:
    width = min(map(len, rows))
    return ArrayConstant(tuple(tuple(row[:width]) for row in rows))


cells = st.lists(numbers | texts | st.booleans() | errors, min_size=1, max_size=3)
leaves = constants | references | st.builds(Name, names) | st.builds(_arrays, st.lists(cells, min_size=1, max_size=3))
functions = st.sampled_from(["SUM", "IF", "NORM.S.INV", "RESTOCK_TIER"])
operators = st.sampled_from(["+", "-", "*", "/", "^", "&", "=", "<>", "<", ">", "<=", ">="])


def _larger(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    arguments = st.lists(inner | st.just(Missing()), max_size=4).map(_arguments)
    return (
        st.builds(Binary, operators, inner, inner)
        | st.builds(Unary, st.sampled_from("+-%"), inner)
        | st.builds(Call, functions, arguments)
        | st.builds(lambda x, y, body, given: Invoke(Call("LAMBDA", (Name(x), Name(y), body)), (given, given)),
                    names, names, inner, inner)
        | st.builds(lambda a, b: Call("SUM", (Binary(",", a, b),)), references, references)
        | st.builds(lambda a, b: Binary(" ", a, b), references, references)
    )  # fmt: skip


def _arguments(found: list[Node]) -> tuple[Node, ...]:
    return () if found == [Missing()] else tuple(found)


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.recursive(leaves, _larger, max_leaves=12))
def test_any_tree_survives_printing(tree: Node) -> None:
    """Whatever tree is printed reads back as itself."""
    assert parse(print_tree(tree, *HOME), *HOME) == tree


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(alphabet="A1$:!'\"#{}[](),;+-*/^&=<>% _xlfn.SUMIF$中", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text raises anything but a FormulaError."""
    try:
        tree = parse(text, 1, 1)
    except FormulaError:
        return
    print_tree(tree, 1, 1)
