"""Patterns with ? for any one character, * for any number of them, and ~ before a sign that stands for itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

_PART = re.compile(r"~(.)|([?*])|(~$|[^~?*]+)", re.DOTALL)
_FLAGS = re.IGNORECASE | re.DOTALL
_SIGNS = re.compile(r"[?*~]")


def has_wildcards(pattern: str) -> bool:
    """Return whether a pattern says anything but its own letters.

    >>> has_wildcards("A-1"), has_wildcards("A-*"), has_wildcards("A-~*")
    (False, True, True)
    """
    return _SIGNS.search(pattern) is not None


@lru_cache(maxsize=65536)
def matcher(pattern: str) -> Callable[[str], bool]:
    """Return a test of whole texts against a pattern, without regard to case.

    >>> [matcher("a?-*")(text) for text in ("A1-red", "AB-", "A-red")]
    [True, True, False]
    >>> matcher("5~*")("5*"), matcher("5~*")("55"), matcher("*")("")
    (True, False, True)
    """
    match = re.compile(_whole_expression(pattern), _FLAGS).fullmatch
    return lambda text: match(text) is not None


@lru_cache(maxsize=4096)
def searcher(pattern: str) -> Callable[[str, int], int]:
    """Return a search for the first place in a text, from a given place on, where a pattern fits; -1 where none is.

    >>> searcher("c*a")("Fabrica", 0), searcher("x")("Fabrica", 0)
    (5, -1)
    """
    first, *others = _fixed_parts(pattern)
    search = re.compile(first + "".join(f"(?>.*?{part})" for part in others if part), _FLAGS).search

    def place(text: str, start: int) -> int:
        found = search(text, start)
        return -1 if found is None else found.start()

    return place


def _whole_expression(pattern: str) -> str:
    """Each part after a star is sought once, so that many stars take no longer than few."""
    first, *others = _fixed_parts(pattern)
    if not others:
        return first
    return first + "".join(f"(?>.*?{part})" for part in others[:-1]) + ".*" + others[-1]


def _fixed_parts(pattern: str) -> list[str]:
    """Return the expressions between the stars of a pattern."""
    parts = [""]
    for escaped, sign, plain in _PART.findall(pattern):
        if sign == "*":
            parts.append("")
        else:
            parts[-1] += "." if sign else re.escape(escaped or plain)
    return parts
