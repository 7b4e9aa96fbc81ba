"""Our functions as names that hold a LAMBDA, in the exact encoding of a workbook file.

A parameter is `_xlpm.`; an optional one is `_xlop.` in the list and `_xlpm.` in the body. The stored text has no
equals sign.
"""

from __future__ import annotations

from dataclasses import dataclass

from restock.errors import RestockError
from restock.functions.body import DIGITS, check, checked, number_text, outside, quoted, render, unquoted
from restock.functions.catalogue import CATALOGUE
from restock.functions.entry import LAMBDA, Argument, Function, Kind

LONGEST_BODY = 8192
"""Characters of a defined name's formula (MS-OI29500 2.1.1085)."""

LONGEST_COMMENT = 255
"""Characters of a defined name's comment; Excel refuses the file beyond."""


class LambdaError(RestockError):
    """A LAMBDA that Excel would refuse."""


@dataclass(frozen=True)
class LambdaName:
    """One defined name: what stands in `definedName`, and its comment, which Excel shows while typing."""

    name: str
    text: str
    comment: str


def lambda_names() -> tuple[LambdaName, ...]:
    """Return the defined names of every function that has a formula body, in catalogue order.

    >>> [name.name for name in lambda_names()][:2]
    ['RESTOCK_TIER', 'RESTOCK_DAYS_OF_COVER']
    """
    return tuple(lambda_name(f) for f in CATALOGUE.values() if f.formula is not None and LAMBDA not in f.gaps)


def lambda_name(function: Function) -> LambdaName:
    """Return the defined name of one function.

    Raises:
        LambdaError: The text is longer than Excel takes.

    >>> from restock.functions import CATALOGUE
    >>> lambda_name(CATALOGUE["RESTOCK_BASE_STOCK"]).text[:64]
    '_xlfn.LAMBDA(_xlpm.daily_demand,_xlpm.lead_days,_xlop.volatility'
    """
    parameters = [f"_xl{'op' if argument.is_optional else 'pm'}.{argument.name}" for argument in function.arguments]
    bindings = [_binding(argument) for argument in function.arguments if not argument.kind.is_range]
    parts = [f"{_variable(part)},{_rendered(function, text)}" for part, text in function.where.items()]
    checks = [_check(argument) for argument in function.arguments]
    body = checked([formula for formula in checks if formula], _let(parts, _rendered(function, function.formula or "")))
    text = f"_xlfn.LAMBDA({','.join(parameters)},{_let(bindings, body)})"
    if len(text) > LONGEST_BODY:
        raise LambdaError(f"{function.name} as a LAMBDA has {len(text):,} characters; Excel takes {LONGEST_BODY:,}.")
    return LambdaName(function.name, text, _comment(function))


def _let(bindings: list[str], body: str) -> str:
    return f"_xlfn.LET({','.join(bindings)},{body})" if bindings else body


def _variable(name: str) -> str:
    return f"_xlpm.v_{name}"


def _binding(argument: Argument) -> str:
    """A variable with the value that the body uses: blank as "", a default filled in, digits read as a number."""
    x = f"_xlpm.{argument.name}"
    if argument.kind is Kind.LANGUAGE:
        return f'{_variable(argument.name)},IF(_xlfn.ISOMITTED({x}),"en",IF({x}="","en",LOWER({x})))'
    if argument.kind is Kind.TIER:
        return f'{_variable(argument.name)},IF({x}="","",{x})'
    blank = '""' if argument.default is None else number_text(float(argument.default))
    value = f"IF(ISTEXT({x}),IF({DIGITS.format(x=x)}={x},--{x},#VALUE!),--{x})"
    if argument.kind is Kind.DATE:
        value = f"IF(ISTEXT({x}),#VALUE!,INT({x}))"
    read = f'IF({x}="",{blank},{value})'
    return f"{_variable(argument.name)},{f'IF(_xlfn.ISOMITTED({x}),{blank},{read})' if argument.is_optional else read}"


def _check(argument: Argument) -> str:
    """The check of a variable, or of a range as it came; the binding has already refused text."""
    if argument.kind.is_range:
        return check(argument, f"_xlpm.{argument.name}")
    x = _variable(argument.name)
    if argument.kind is Kind.LANGUAGE:
        return f'IF(({x}="en")+({x}="zh"),0,#VALUE!)'
    if argument.kind is Kind.TIER:
        return check(argument, x)
    blank = "0" if argument.is_optional or argument.blank_means_unknown else "NA()"
    return f'IF({x}="",{blank},IF({outside(argument, x)},#NUM!,0))'


def _rendered(function: Function, body: str) -> str:
    ranges = {argument.name for argument in function.arguments if argument.kind.is_range}

    def name(word: str, blank: bool) -> str:
        spelled = f"_xlpm.{word}" if word in ranges else _variable(word)
        return f'{spelled}=""' if blank else spelled

    def text(literal: str) -> str:
        chinese = function.words.get(unquoted(literal))
        if chinese is None or quoted(chinese) == literal:
            return literal
        return f'IF({_variable("language")}="zh",{quoted(chinese)},{literal})'

    return render(body, name, text)


def _comment(function: Function) -> str:
    comment = f"{function.signature}: {function.en}"
    return comment if len(comment) <= LONGEST_COMMENT else f"{comment[: LONGEST_COMMENT - 1]}…"
