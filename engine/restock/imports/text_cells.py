"""Cells as text: what exports and Excel put round a value is taken off, and what Excel destroyed is told."""

from __future__ import annotations

import re
import unicodedata

_AS_TEXT = re.compile(r'=\s*"((?:[^"]|"")*)"')
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060"))
_EXPONENT = re.compile(r"\d(?:[.,]\d+)?E[+-]\d{1,3}", re.IGNORECASE)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DAY_MONTH = re.compile(rf"(?:[0-3]?\d-({_MONTHS})(?:-\d\d)?|\d{{1,2}}月\d{{1,2}}日)", re.IGNORECASE)
_MONTH_YEAR = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-\d\d")
_DAMAGED = frozenset("\ufffd\t\n\r\0")


def clean(text: str) -> str:
    r"""Take off blanks, tabs, invisible characters, `="…"` and quotes that stand round a whole cell.

    >>> clean('="00123"'), clean("577000000000000001\t"), clean('"a ""b"" c"'), clean('24" shelf')
    ('00123', '577000000000000001', 'a "b" c', '24" shelf')
    """
    if not text:
        return ""
    bare = text.translate(_INVISIBLE).strip()
    found = _AS_TEXT.fullmatch(bare) or (_QUOTED.fullmatch(bare) if len(bare) > 1 else None)
    return found[1].replace('""', '"').strip() if found else bare


def text_fault(text: str) -> str:
    r"""Why a name cannot be used as it stands: a sign was lost in it, or a tab or line break stands in it.

    >>> text_fault("US\tLA"), text_fault("US-LA")
    ('unreadable', '')
    """
    return "unreadable" if _DAMAGED.intersection(text) else ""


def code_fault(text: str) -> str:
    """Why a number of an item or an order cannot be used as it stands; "" where it can.

    >>> code_fault("5.77E+17"), code_fault("1-Mar"), code_fault("MAR-1"), code_fault("1E10")
    ('destroyed_number', 'destroyed_date', '', '')
    """
    folded = unicodedata.normalize("NFKC", text)
    if _EXPONENT.fullmatch(folded):
        return "destroyed_number"
    if _DAY_MONTH.fullmatch(folded) or _MONTH_YEAR.fullmatch(folded):
        return "destroyed_date"
    return "error_cell" if text[:1] == "#" and text.rstrip("!?").isupper() and text[-1:] in "!?A" else ""
