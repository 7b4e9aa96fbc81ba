"""Formula bodies: text over argument names, the checks before it, and how a host spells each name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from restock.functions.entry import FIRST_DAY, LARGEST, LAST_DAY, Argument, Function, Kind
from restock.functions.words import TIER_WORDS

DIGITS = 'TEXT(--{x},REPT("0",LEN({x})))'
"""What a text is where it holds digits only, in every program and locale; `--"1.5"` is not (CONVENTIONS
§19)."""

_PART = re.compile(
    r'(?P<text>"(?:[^"]|"")*")|(?<![A-Za-z0-9_.$!])(?P<name>[a-z][a-z_]*)(?P<blank>="")?(?![A-Za-z0-9_.(!])'
)


def render(body: str, name: Callable[[str, bool], str], text: Callable[[str], str]) -> str:
    """Return a body with every name and every quoted text replaced.

    Names are the words in small letters; functions stand in capitals. `name` gets the word and whether it is
    tested for being blank (`name=""`); what it returns replaces that test too.

    >>> render('IF(a="","x",a)', lambda word, blank: "ISBLANK(B2)" if blank else "B2", str.upper)
    'IF(ISBLANK(B2),"X",B2)'
    """

    def replace(match: re.Match[str]) -> str:
        if match["text"] is not None:
            return text(match["text"])
        return name(match["name"], match["blank"] is not None)

    return _PART.sub(replace, body)


def names_in(body: str) -> set[str]:
    """Return the names that a body uses.

    >>> sorted(names_in('IF(red="","blue",SUM(green,red))'))
    ['green', 'red']
    """
    return {match["name"] for match in _PART.finditer(body) if match["name"]}


def with_parts(function: Function) -> str:
    """Return a function's body with its named parts written out.

    >>> from restock.functions import CATALOGUE
    >>> "ROUND(available/(daily_demand*live_factor),9)<ROUND(red,9)" in with_parts(CATALOGUE["RESTOCK_TIER"])
    True
    """
    return without_doubled_parentheses(_written_out(function.formula or "", function.where))


def _written_out(body: str, where: Mapping[str, str]) -> str:
    def name(word: str, blank: bool) -> str:
        part = f"({_written_out(where[word], where)})" if word in where else word
        return f'{part}=""' if blank else part

    return render(body, name, str)


def without_doubled_parentheses(body: str) -> str:
    """Return a formula in which no parentheses hold nothing but another pair, or one operand or one call.

    >>> without_doubled_parentheses("ROUND(((a+1)),9)<(ROUND(b,9))*((c)+2)")
    'ROUND((a+1),9)<ROUND(b,9)*(c+2)'
    """
    partner = _partners(body)
    dropped: set[int] = set()
    for left, right in partner.items():
        calls = left > 0 and (body[left - 1].isalnum() or body[left - 1] == "_")
        inner = body[left + 1 : right]
        if not calls and (re.fullmatch(r"[A-Za-z_]+", inner) or _is_one_group(inner)):
            dropped |= {left, right}
    return "".join(letter for place, letter in enumerate(body) if place not in dropped)


def _is_one_group(text: str) -> bool:
    """Whether a text is one call or one pair of parentheses."""
    opening = re.match(r"[A-Z]*\(", text)
    return opening is not None and _partners(text).get(opening.end() - 1) == len(text) - 1


def _partners(body: str) -> dict[int, int]:
    """The place of each opening parenthesis outside texts, to that of its closing one."""
    found: dict[int, int] = {}
    opened: list[int] = []
    inside_text = False
    for place, letter in enumerate(body):
        inside_text ^= letter == '"'
        if letter == "(" and not inside_text:
            opened.append(place)
        elif letter == ")" and not inside_text and opened:
            found[opened.pop()] = place
    return found


def check(argument: Argument, x: str) -> str:
    """Return a formula that is 0 where the argument in `x` is good, and else its error (CONVENTIONS §17 to §19)."""
    blank = "0" if argument.is_optional or argument.blank_means_unknown else "NA()"
    if argument.kind.is_range:
        return _range_check(argument, x)
    if argument.kind is Kind.TIER:
        known = "+".join(f'({x}="{word}")' for pair in TIER_WORDS.items() for word in pair)
        return f'IF({x}="",{blank},IF({known},0,#VALUE!))'
    if argument.kind is Kind.LANGUAGE:
        return f'IF({x}="",0,IF((LOWER({x})="en")+(LOWER({x})="zh"),0,#VALUE!))'
    if argument.kind is Kind.DATE:
        return f'IF({x}="",{blank},IF(ISTEXT({x}),#VALUE!,IF({outside(argument, f"INT({x})")},#NUM!,0)))'
    bad_text = f"IF(ISTEXT({x}),{DIGITS.format(x=x)}<>{x})"
    return f'IF({x}="",{blank},IF({bad_text},#VALUE!,IF({outside(argument, f"--{x}")},#NUM!,0)))'


def outside(argument: Argument, number: str) -> str:
    """Return the condition that a number lies outside the argument's range."""
    dated = argument.kind in (Kind.DATE, Kind.DATES)
    low, high = (FIRST_DAY, LAST_DAY) if dated else (argument.low, argument.high)
    tests = [
        f"({number}{'<=' if argument.open_low else '<'}{number_text(low)})",
        f"({number}{'>=' if argument.open_high else '>'}{number_text(high)})",
    ]
    if argument.whole:
        tests.append(f"({number}<>INT({number}))")
    return "+".join(tests)


def _range_check(argument: Argument, x: str) -> str:
    """Errors by SUM, which passes them on; then text; then numbers outside (CONVENTIONS §19)."""
    low, high, below = argument.low, argument.high, "<=" if argument.open_low else "<"
    if argument.kind is Kind.DATES:
        low, high = FIRST_DAY, LAST_DAY + 1
    above = ">=" if argument.kind is Kind.DATES else ">"
    numbers = f'COUNTIF({x},"{below}{low:.0f}")+COUNTIF({x},"{above}{high:.0f}")'
    text = f"ROWS({x})*COLUMNS({x})-COUNT({x})-COUNTBLANK({x})"
    return f"IF(SUM({x})*0+{text}>0,#VALUE!,IF({numbers}>0,#NUM!,0))"


def checked(checks: list[str], body: str) -> str:
    """Return a body that is reached only where every check is 0; the first other one shows its error.

    >>> checked(["p", "q"], "a+b")
    'IF(p=0,IF(q=0,a+b))'
    """
    for formula in reversed(checks):
        body = f"IF({formula}=0,{body})"
    return body


def number_text(number: float) -> str:
    """Return a number as a formula literal.

    >>> number_text(1.0), number_text(-1e12), number_text(0.95)
    ('1', '-1E+12', '0.95')
    """
    if abs(number) >= LARGEST:
        return f"{'-' if number < 0 else ''}1E+12"
    return f"{number:.15g}"


def quoted(text: str) -> str:
    """Return a text as a formula literal."""
    return '"' + text.replace('"', '""') + '"'


def unquoted(literal: str) -> str:
    """Return the text of a formula literal."""
    return literal[1:-1].replace('""', '"')
