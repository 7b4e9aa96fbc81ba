"""Functions of texts: Excel's documented examples, number formats, and its counting of characters."""

from __future__ import annotations

import random
from typing import Any

import pytest

from restock.formula.kernels.wildcards import has_wildcards, matcher
from restock.functions.values import CellError

from .formula_books import Calculated, value_of

VALUE, NUM, NA, DIV0, CALC = (CellError(text) for text in ("#VALUE!", "#NUM!", "#N/A", "#DIV/0!", "#CALC!"))
CELLS = {"A1": "Fabrica", "A2": 12.5, "A3": True, "A5": "2", "B1": "=1/0", "C1": "a", "C3": "", "D1": "x", "D2": "y"}

PIECES = {
    "LEN(A1)": 7, "LEN(A2)": 4, "LEN(A4)": 0, 'LEN("😀a")': 3, "LEN(1/3)": 17, "LENB(A1)": 7, "LEN(B1)": DIV0,
    "LEFT(A1)": "F", "LEFT(A1,A5)": "Fa", "LEFT(A1,99)": "Fabrica", "LEFT(A1,-1)": VALUE, "LEFT(A1,)": "",
    "RIGHT(A1,3)": "ica", "RIGHT(A1,0)": "", "RIGHT(A2,2)": ".5", "MID(A1,3,2)": "br", "MID(A1,9,2)": "",
    "MID(A1,0,2)": VALUE, 'MID("a😀b",4,1)': "b", 'REPLACE("abcdefghijk",6,5,"*")': "abcde*k",
    'REPLACE("2009",3,2,"10")': "2010", 'REPLACE("ab",0,1,"x")': VALUE, 'FIND("M","Miriam McGovern")': 1,
    'FIND("m","Miriam McGovern")': 6, 'FIND("M","Miriam McGovern",3)': 8, 'FIND("",A1)': 1, 'FIND("x",A1)': VALUE,
    'FIND("F",A1,0)': VALUE, 'SEARCH("e","Statements",6)': 7, 'SEARCH("margin","Profit Margin")': 8,
    'SEARCH("b?i",A1)': 3, 'SEARCH("c*",A1)': 6, 'SEARCH("~?","why?")': 4, 'SEARCH("?","")': VALUE,
    'SUBSTITUTE("Sales Data","Sales","Cost")': "Cost Data",
    'SUBSTITUTE("Quarter 1, 2011","1","2",3)': "Quarter 1, 2012", 'SUBSTITUTE(A1,"","x")': "Fabrica",
    'SUBSTITUTE(A1,"a","",0)': VALUE, 'REPT("*-",3)': "*-*-*-", 'REPT("ab",20000)': VALUE, 'REPT("a",-1)': VALUE,
    'UPPER("straße")': "STRAßE", 'LOWER("ΟΔΟΣ")': "οδοσ", 'PROPER("2-way o\'CLOCK 76BudGet")': "2-Way O'Clock 76Budget",
    'TRIM("  a   b ")': "a b", 'CLEAN(CHAR(9)&"a"&CHAR(10))': "a", 'EXACT("word","Word")': False,
    "EXACT(1,\"1\")": True, "T(A2)": "", "T(A1)": "Fabrica", "CHAR(128)": "€", "CHAR(0)": VALUE, 'CODE("€uro")': 128,
    'CODE("")': VALUE, "UNICHAR(66)": "B", "UNICHAR(0)": VALUE, "UNICHAR(55296)": NA, 'UNICODE("😀")': 128512,
    'CONCAT(C1:D3,"-",A3)': "axy-TRUE", "CONCAT(B1,A1)": DIV0, 'LEN(CONCAT(REPT("a",32767)))': 32767,
    'CONCAT(REPT("a",32767),"b")': VALUE, "CONCATENATE(A1,A2,A4)": "Fabrica12.5", 'TEXTJOIN(",",TRUE,C1:D3)': "a,x,y",
    'TEXTJOIN(",",FALSE,C1:D3)': "a,x,,y,,", 'TEXTJOIN({",";"+"},,"a","b","","c")': "a,b+c",
}  # fmt: skip
PARTS = {
    'TEXTBEFORE("Little Red Riding Hood\'s red hood","Red")': "Little ",
    'TEXTAFTER("Red riding red","red",,1)': " riding red", 'TEXTBEFORE("Red riding red","red",-1)': "Red riding ",
    'TEXTAFTER("a-b_c",{"_","-"},2)': "c", 'TEXTAFTER(A1,"z")': NA, 'TEXTAFTER(A1,"z",1,0,0,"none")': "none",
    'TEXTBEFORE(A1,"z",1,0,1)': "Fabrica", 'TEXTBEFORE(A1,"a",0)': VALUE, 'TEXTBEFORE(A1,"a",9)': VALUE,
    'TEXTAFTER(A1,"")': "Fabrica", 'INDEX(TEXTSPLIT("a,b;c",",",";"),2,1)': "c",
    'INDEX(TEXTSPLIT("a,b;c",",",";"),2,2)': NA, 'TEXTJOIN("|",FALSE,TEXTSPLIT("a,,b",",",,TRUE))': "a|b",
    'CONCAT(TEXTSPLIT("a,b;c",",",";",,,"x"))': "abcx", 'TEXTSPLIT(",",",",,TRUE)': CALC, 'TEXTSPLIT("a","")': VALUE,
    'REGEXTEST("alfalfa","A",1)': True, 'REGEXEXTRACT("SKU-0042 red","[0-9]+")': "0042", 'REGEXEXTRACT(A1,"[0-9]")': NA,
    'CONCAT(REGEXEXTRACT("ab-12","([a-z])b-(\\d+)",2))': "a12", 'REGEXREPLACE("a1b22","[0-9]+","<$0>")': "a<1>b<22>",
    'REGEXREPLACE("a1b22","[0-9]","#",-1)': "a1b2#", 'REGEXTEST(A1,"(")': VALUE,
    'ARRAYTOTEXT({1,"a";TRUE,2})': "1, a, TRUE, 2", 'ARRAYTOTEXT({1,"a";TRUE,2},1)': '{1,"a";TRUE,2}',
    "VALUETOTEXT(A1,1)": '"Fabrica"', "VALUETOTEXT(B1)": "#DIV/0!", "VALUETOTEXT(A1,2)": VALUE,
}  # fmt: skip
NUMBERS = {
    'VALUE("$1,000")': 1000, 'VALUE("16:48:00")': 0.7, "VALUE(A3)": VALUE, "VALUE(A4)": 0, 'VALUE("")': VALUE,
    'NUMBERVALUE("2.500,27",",",".")': 2500.27, 'NUMBERVALUE("3.5%")': 0.035, 'NUMBERVALUE("9%%")': 0.0009,
    'NUMBERVALUE("")': 0, 'NUMBERVALUE(" 3 000 ")': 3000, 'NUMBERVALUE("1.2.3")': VALUE, 'NUMBERVALUE("1.2,3")': VALUE,
    "FIXED(1234.567,1)": "1,234.6", "FIXED(-1234.567,-1,TRUE)": "-1230", "FIXED(44.332)": "44.33",
    "FIXED(1,128)": VALUE, "DOLLAR(-1234.567,-2)": "($1,200)", "DOLLAR(99.888)": "$99.89", "DOLLAR(0.123,4)": "$0.1230",
    "BASE(15,2,10)": "0000001111", "BASE(100,16)": "64", "BASE(-1,2)": NUM, "BASE(1,37)": NUM,
    'DECIMAL("zap",36)': 45745, 'DECIMAL("2",2)': NUM, "BIN2DEC(1111111111)": -1, "DEC2BIN(9,4)": "1001",
    "DEC2BIN(-100)": "1110011100", "DEC2BIN(512)": NUM, "DEC2HEX(-54)": "FFFFFFFFCA", "DEC2BIN(A3)": VALUE,
    "DEC2BIN(9,A4)": NUM, 'HEX2BIN("F",8)': "00001111", 'HEX2DEC("a5")': 165, 'HEX2DEC("G")': NUM,
    'HEX2OCT("3B4E")': "35516", "OCT2DEC(7777777533)": -165, "OCT2HEX(100,4)": "0040", "ROMAN(499)": "CDXCIX",
    "ROMAN(499,1)": "LDVLIV", "ROMAN(499,FALSE)": "ID", "ROMAN(0)": "", "ROMAN(4000)": VALUE, 'ARABIC("LVII")': 57,
    'ARABIC("-mm")': -2000, 'ARABIC("Z")': VALUE, "BITAND(13,25)": 9, "BITOR(23,10)": 31, "BITXOR(5,3)": 6,
    "BITLSHIFT(4,2)": 16, "BITRSHIFT(13,2)": 3, "BITLSHIFT(1,48)": NUM, "BITAND(1.5,1)": NUM, "DELTA(5,4)": 0,
    "DELTA(0.5,0.5)": 1, "DELTA(A3,1)": VALUE, "GESTEP(-4,-5)": 1, "GESTEP(-1)": 0,
}  # fmt: skip
FORMATS = [
    (1.005, "0.00", "1.01"), (-0.5, "0", "-1"), (-0.01, "0.0", "0.0"), (-0.01, "0.0;(0.0)", "(0.0)"),
    (0.0295, "0.0%", "3.0%"), (1234567.89, "#,##0", "1,234,568"), (1234567.89, "0.0,", "1234.6"), (6e6, '#,,"M"', "6M"),
    (0, "#.##", "."), (1, "0.##", "1."), (42, "00000", "00042"), (941051630, "00000-0000", "94105-1630"),
    (1, "0??", "0 1"), (1234, ".0", "1234.0"), (-5, "$0.00", "-$5.00"), (-1, "_($* #,##0_);_($* (#,##0)", " $(1)"),
    (5, "0 \\k\\g", "5 kg"), (0, '0;-0;"none"', "none"), (150, "[<100]0.0;0", "150"),
    (-3.96, "[>=100]0;[<=-100]-0;0.00", "-3.96"), (-6.3, '[<=-6]"B"0;"C"0', "B6"),
    (8675309, "[<=9999999]###-####;(###) ###-####", "867-5309"), (12345, "##0.0E+0", "12.3E+3"),
    (0.00012, "0.0E-0", "1.2E-4"), (999999, "0.00E+00", "1.00E+06"), (-1.2, "# ?/?", "-1 1/5"), (0.3, "# ?/?", " 2/7"),
    (5, "# ??/16", "5      "), (12.3456789, "??/??", "1000/81"), (1 / 3, "General", "0.333333333"),
    (123456789012, "General", "1.23457E+11"), (1.5, 'General" kg"', "1.5 kg"), (12, "[$€-407] 0.0", "€ 12.0"),
    (60, "yyyy-mm-dd", "1900-02-29"), (0, "yyyy-mm-dd", "1900-01-00"),
    (45000.75, "dddd, mmm d, yyyy h:mm AM/PM", "Wednesday, Mar 15, 2023 6:00 PM"),
    (45000, "yyyy年m月d日", "2023年3月15日"), (45000, "mmmmm-yy", "M-23"),
    (0.70707, "hh:mm:ss.000", "16:58:10.848"), (1.5, "[h]:mm:ss", "36:00:00"),
    (0.05, "[m]:ss", "72:00"), (-1, "[hh]", "-24"), (-1, "h:mm", VALUE), (2958466, "yyyy", VALUE),
    (0.99999, "h:mm", "23:59"), (45000.999995, "yyyy-mm-dd h:mm", "2023-03-16 0:00"), (1 / 3, "@", "0.333333333"),
    (1, "y 0", VALUE), (1, "0/", VALUE), ("abc", "0.0", "abc"),
    ("abc", '0;0;0;"<"@">"', "<abc>"), ("12", "0.0", "12.0"), (True, "0", "TRUE"), (None, "0.0", "0.0"), (5, ";;;", ""),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "expected"), [*PIECES.items(), *PARTS.items(), *NUMBERS.items()])
def test_excel_answers(formula: str, expected: Any) -> None:
    """Functions of texts answer as Excel's documentation says, with its errors where it has them."""
    found = value_of(formula, CELLS)
    assert type(found) is type(expected) or isinstance(found, float)
    assert found == (pytest.approx(expected) if isinstance(expected, int | float) else expected)


@pytest.mark.parametrize(("value", "form", "shown"), FORMATS)
def test_number_formats(value: Any, form: str, shown: str) -> None:
    """TEXT shows what a cell of Excel with that format shows; a format that is none is #VALUE!."""
    assert value_of("TEXT(A1,B1)", {"A1": value, "B1": form}) == shown


def test_dates_from_1904() -> None:
    """In a book whose dates count from 1904, day 0 is the first of that year."""
    assert value_of('TEXT(A1,"ddd yyyy-mm-dd")', {"A1": 0}, date1904=True) == "Fri 1904-01-01"


@pytest.mark.parametrize(
    "formula", ['LEFT("😀",1)', 'TEXT(1,"[DBNum1]0")', 'TEXT(45000,"[$-804]mmmm")', 'TEXT("012","@")']
)
def test_what_is_not_known_is_left(formula: str) -> None:
    """Half a character, other numerals, other languages and the like keep the cell's last value."""
    assert Calculated({"A1": f"={formula}"}).reasons == {"A1": "formula.function"}


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [("SKU-*", "sku-1", True), ("?", "", False), ("a~*", "a*", True), ("a~*", "ab", False), ("*b*b", "aabab", True),
     ("~", "~", True), ("a*a*a*a*b", "a" * 5000, False)],
)  # fmt: skip
def test_wildcards(pattern: str, text: str, fits: bool) -> None:
    """A whole text fits a pattern without regard to case; ~ takes a sign's meaning away."""
    assert has_wildcards(pattern)
    assert matcher(pattern)(text) is fits


def test_one_formula_for_many_rows() -> None:
    """Rows of one formula give the texts that they give alone, whatever kinds of values stand in them."""
    values = [1234.5, -0.004, True, None, "07", "x", 45000.25, 0.0, "=1/0"]
    calls = [
        'TEXT(A{0},"#,##0.00;(0.0)")', "LEFT(A{0},2)", 'SUBSTITUTE(A{0},"0","-")', 'CONCAT(A{0},"-",A$1)',
        'TEXTJOIN("/",TRUE,A$1:A{0})', 'TEXTBEFORE(A{0},".",1,0,1)', "FIXED(A{0},1)", 'SEARCH("?0",A{0})',
    ]  # fmt: skip
    cells = {f"A{row}": value for row, value in enumerate(values, start=1)}
    places = {(call, row): f"{'BCDEFGHI'[n]}{row}" for n, call in enumerate(calls) for row in range(1, len(values) + 1)}
    together = Calculated({**cells, **{place: "=" + call.format(row) for (call, row), place in places.items()}})
    for (call, row), place in places.items():
        assert together[place] == value_of(call.format(row), cells), (call, row)


def _calls(draw: random.Random) -> list[str]:
    """One call of each function with drawn arguments, of kinds that IronCalc reads as Excel does."""
    text, letter = (
        '"' + "".join(draw.choice("abAB -.x1") for _ in range(size)) + '"' for size in (draw.randint(1, 12), 1)
    )
    start, count, number = draw.randint(1, 6), draw.randint(0, 6), draw.randint(0, 511)
    size, form = draw.uniform(2, 1e6), draw.choice(["0.0", "#,##0.00", "0%", "yyyy-mm-dd", "h:mm", "0.00E+00"])
    return [
        f"LEN({text})", f"LEFT({text},{count})", f"RIGHT({text},{count})", f"MID({text},{start},{count})",
        f"UPPER({text})", f"LOWER({text})", f"PROPER({text})", f"TRIM({text})", f"REPT({text},{count})",
        f"SUBSTITUTE({text},{letter},\"-\")", f"SUBSTITUTE({text},{letter},\"-\",{start})",
        f"REPLACE({text},{start},{count},{letter})", f"EXACT({text},{letter})", f"IFERROR(FIND({letter},{text}),0)",
        f"IFERROR(SEARCH({letter},{text}),0)", f"CONCAT({text},{number},TRUE)", f'TEXTJOIN("+",TRUE,{text},{letter})',
        f"TEXT({size!r},\"{form}\")", f"FIXED({size!r},{count})", f"DOLLAR({size!r},{count})",
        f"BASE({number},{start + 1},{count})", f"DEC2BIN({number})", f"DEC2HEX({-number})",
        f"DEC2OCT({number},{count + 4})", f"ROMAN({number},{count % 5})", f"ARABIC(ROMAN({number}))",
        f"BITXOR({number},{count})", f"BITLSHIFT({number},{count})", f"CHAR({number % 255 + 1})", f"CODE({text})",
        f"UNICHAR({number + 1})", f"GESTEP({number},{count})",
    ]  # fmt: skip


def test_against_ironcalc() -> None:
    """Calls drawn from a seed agree with IronCalc, which shows some numbers of format General with more digits."""
    ironcalc = pytest.importorskip("ironcalc")
    draw = random.Random(7)
    formulas = [call for _ in range(15) for call in _calls(draw)]
    model = ironcalc.create("a", "en", "UTC")
    for row, formula in enumerate(formulas, start=1):
        model.set_user_input(0, row, 1, f"={formula}")
    model.evaluate()
    numbered = list(enumerate(formulas, start=1))
    ours = Calculated({f"A{row}": f"={formula}" for row, formula in numbered})
    pairs = {formula: (ours[f"A{row}"], model.get_cell_value(0, row, 1)) for row, formula in numbered}
    assert {formula: pair for formula, pair in pairs.items() if pair[0] != pair[1]} == {}
