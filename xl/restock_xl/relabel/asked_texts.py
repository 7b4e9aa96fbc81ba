"""The texts in a formula that it compares with what cells hold; those that it only shows are not among them."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")|'(?:[^']|'')*'|(?P<call>[A-Za-z_][\w.]*)\(|(?P<open>[({])|(?P<close>[)}])"""
    r"""|(?P<compare><>|<=|>=|[=<>])|(?P<other>[^\s"'(){}<>=])"""
)
_ASKING = re.compile(
    r"(?:COUNT|SUM|AVERAGE|MIN|MAX)IFS?|X?MATCH|[HVX]?LOOKUP|SWITCH|FILTER|SEARCHB?|FINDB?|EXACT|SUBSTITUTE|GETPIVOTDATA"
    r"|D(?:SUM|GET|COUNTA?|AVERAGE|MAX|MIN|PRODUCT|STDEVP?|VARP?)",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"^(?:_xlfn\.|_xlws\.)+", re.IGNORECASE)


def asked_texts(formula: str) -> list[str]:
    """Return the texts that stand beside a comparison, in a list, or in a function that looks for them.

    >>> asked_texts('IF(A1="RED","stop",COUNTIF(B:B,"<>air"))'), asked_texts('OR(A1={"x","y"})&"no"')
    (['RED', '<>air'], ['x', 'y'])
    >>> asked_texts('"RED"'), asked_texts('"RED"&A1')
    (['RED'], [])
    """
    tokens = list(_TOKEN.finditer(formula))
    found, around = [], [""]
    for place, token in enumerate(tokens):
        if token["call"] or token["open"]:
            around.append(token["open"] or _PREFIX.sub("", token["call"]))
        elif token["close"]:
            around = around[:-1] or [""]
        elif token["text"] and (len(tokens) == 1 or _is_asked(tokens, place, around)):
            found.append(token["text"][1:-1].replace('""', '"'))
    return found


def _is_asked(tokens: list[re.Match[str]], place: int, around: list[str]) -> bool:
    beside = (tokens[one] for one in (place - 1, place + 1) if 0 <= one < len(tokens))
    inside = next((name for name in reversed(around) if name != "("), "")
    return inside == "{" or bool(_ASKING.fullmatch(inside)) or any(token["compare"] for token in beside)
