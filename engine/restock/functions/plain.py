"""Write our functions out in functions that Excel 2007 had, so that a formula works in every program."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from openpyxl.formula.tokenizer import Token, Tokenizer

from restock.errors import RestockError
from restock.functions.body import check, checked, number_text, quoted, render, unquoted, with_parts
from restock.functions.calling import out_of_range
from restock.functions.catalogue import CATALOGUE
from restock.functions.entry import PLAIN, Argument, Function, Kind
from restock.functions.words import LANGUAGES

LONGEST_FORMULA = 8192
"""Characters of one formula in Excel, with its equals sign."""

DEEPEST_NESTING = 64
"""Levels of functions within functions in Excel since 2007."""

_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?%?")
_MARK = "\x01"
_PLUS_NOTHING = re.compile(r"\*\x011\x01|\+\x010\x01(?![*^])")
_ROUNDED_LITERAL = re.compile(r"ROUND\((\x01[0-9.]{1,9}\x01),9\)")
_LONE_CELL = re.compile(r"(?<![A-Za-z0-9_.\]'])\((\$?[A-Z]{1,3}\$?\d{1,7})\)")


class ExpansionError(RestockError):
    """A formula that cannot be written out: a function without a plain body, wrong arguments, or a limit of Excel."""


def expand(formula: str) -> str:
    """Return a formula with every call of ours written out in plain functions, calls within calls too.

    Args:
        formula: As typed in a cell, in English with commas; A1 and structured references of any sheet.
    Raises:
        ExpansionError: An unknown or Python-only function of ours, too few or too many arguments, or a result over
            8,192 characters or 64 levels.

    >>> expand("=RESTOCK_BASE_STOCK(20,14)*2"), expand("=SUM(A1:A9)")
    ('=(20*14)*2', '=SUM(A1:A9)')
    """
    if "RESTOCK_" not in formula.upper():
        return formula
    tokens = Tokenizer(formula if formula.startswith("=") else f"={formula}").items
    written, calls = _expand_tokens(tokens)
    result = f"={written}" if formula.startswith("=") else written
    _check_limits(result, calls)
    return result


def expand_call(name: str, arguments: Sequence[str]) -> str:
    """Return one call written out, without an equals sign; an empty text is an argument left out.

    Raises:
        ExpansionError: As in `expand`.

    >>> expand_call("RESTOCK_LIVE_DEMAND", ["10000", "3%"])
    '10000*0.03'
    """
    written = _one_call(name, [argument.strip() for argument in arguments])
    _check_limits(f"={written}", [name])
    return written


def _expand_tokens(tokens: list[Token]) -> tuple[str, list[str]]:
    """Write tokens out from the inside; return the text and the names of our functions in it."""
    frames: list[list[str]] = [[""]]
    openings: list[str] = []
    calls: list[str] = []
    for token in tokens:
        if token.subtype == Token.OPEN:
            openings.append(token.value)
            frames.append([""])
        elif token.subtype == Token.CLOSE:
            arguments = frames.pop()
            frames[-1][-1] += _closed(openings.pop(), arguments, token.value, calls)
        elif token.type == Token.SEP and token.subtype == Token.ARG:
            frames[-1].append("")
        else:
            frames[-1][-1] += token.value
    return frames[0][0], calls


def _closed(opening: str, arguments: list[str], closing: str, calls: list[str]) -> str:
    name = opening[:-1].upper()
    if not name.startswith("RESTOCK_"):
        return f"{opening}{','.join(arguments)}{closing}"
    calls.append(name)
    given = [argument.strip() for argument in arguments]
    return _operand(_one_call(name, [] if given == [""] else given))


def _operand(text: str) -> str:
    """A text as one operand: in parentheses unless it is a reference, a literal, or one call."""
    return text if _is_operand(text) else f"({text})"


def _is_operand(text: str) -> bool:
    tokens = Tokenizer(f"={text}").items
    if len(tokens) == 1:
        return True
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token.subtype == Token.OPEN) - (token.subtype == Token.CLOSE)
        if depth == 0:
            return place == len(tokens) - 1
    return False


def _one_call(name: str, given: Sequence[str]) -> str:
    function = _function(name)
    if not function.required <= len(given) <= len(function.arguments):
        raise ExpansionError(
            f"{name} was given {len(given)} arguments and takes {function.required} to {len(function.arguments)}."
            f" Write {function.signature}."
        )
    texts = [*given, *[""] * (len(function.arguments) - len(given))]
    inputs = {a.name: _Input.of(a, text) for a, text in zip(function.arguments, texts, strict=True)}
    return _written(function, inputs)


def _function(name: str) -> Function:
    function = CATALOGUE.get(name.upper())
    if function is None:
        near = difflib.get_close_matches(name.upper(), CATALOGUE, n=1)
        raise ExpansionError(f"There is no function {name}." + (f" Write {near[0]}." if near else ""))
    if function.formula is None:
        raise ExpansionError(f"{name} has no plain formula: {function.gaps[PLAIN]}")
    return function


@dataclass(frozen=True)
class _Input:
    """One argument as it was typed: its operand, and its value where it is a literal that needs no check."""

    argument: Argument
    operand: str
    literal: str | None

    @classmethod
    def of(cls, argument: Argument, text: str) -> _Input:
        return cls(argument, _operand(text) if text else '""', _good_literal(argument, text))

    def spelled(self) -> str:
        """The argument where the body uses its value."""
        if self.literal is not None:
            return f"{_MARK}{self.literal}{_MARK}"
        if self.argument.kind is Kind.DATE:
            return f"INT({self.operand})"
        if self.argument.default is not None:
            return f'IF({self.operand}="",{number_text(float(self.argument.default))},{self.operand})'
        return self.operand


def _good_literal(argument: Argument, text: str) -> str | None:
    """The literal to write without a check, or None."""
    if argument.kind is Kind.LANGUAGE:
        word = unquoted(text).lower() if text.startswith('"') else text or str(argument.default)
        return word if word in LANGUAGES else None
    if argument.kind is not Kind.NUMBER:
        return None
    if not text and argument.is_optional:
        return '""' if argument.default is None else number_text(float(argument.default))
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text.rstrip("%")) / (100 if text.endswith("%") else 1)
    if out_of_range(argument, np.asarray(number)):
        return None
    return _operand(number_text(number) if "%" in text else text)


def _written(function: Function, inputs: Mapping[str, _Input]) -> str:
    """The checks of what is not a good literal, then the body."""
    checks = [check(given.argument, given.operand) for given in inputs.values() if given.literal is None]

    def name(word: str, blank: bool) -> str:
        return f'{inputs[word].operand}=""' if blank else inputs[word].spelled()

    def text(literal: str) -> str:
        return _in_language(function, literal, inputs.get("language"))

    body = render(with_parts(function), name, text)
    body = _LONE_CELL.sub(r"\1", _ROUNDED_LITERAL.sub(r"\1", _PLUS_NOTHING.sub("", body)))
    return checked(checks, body.replace(_MARK, ""))


def _in_language(function: Function, literal: str, language: _Input | None) -> str:
    chinese = function.words.get(unquoted(literal))
    if language is None or chinese is None or quoted(chinese) == literal:
        return literal
    if language.literal is None:
        return f'IF(LOWER({language.operand})="zh",{quoted(chinese)},{literal})'
    return quoted(chinese) if language.literal == "zh" else literal


def _check_limits(formula: str, calls: Sequence[str]) -> None:
    names = ", ".join(dict.fromkeys(calls))
    if len(formula) > LONGEST_FORMULA:
        raise ExpansionError(
            f"{names} written out has {len(formula):,} characters; Excel takes {LONGEST_FORMULA:,}."
            " Put an inner call into a cell of its own and refer to that cell."
        )
    levels = nesting(formula)
    if levels > DEEPEST_NESTING:
        raise ExpansionError(
            f"{names} written out nests {levels} levels deep; Excel takes {DEEPEST_NESTING}."
            " Put an inner call into a cell of its own and refer to that cell."
        )


def nesting(formula: str) -> int:
    """Return how many functions stand within one another at most.

    >>> nesting("=IF(SUM(A1:A2)>0,ROUND(SUM(A1),2),(1))")
    3
    """
    depth = deepest = 0
    for token in Tokenizer(formula).items:
        if token.type == Token.FUNC:
            depth += 1 if token.subtype == Token.OPEN else -1
            deepest = max(deepest, depth)
    return deepest
