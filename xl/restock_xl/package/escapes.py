"""Text as workbook parts store it: what XML cannot hold is written `_xHHHH_` (ECMA-376 ST_Xstring)."""

from __future__ import annotations

import re

MAX_CELL_TEXT = 32_767

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
# XML parsers turn a carriage return into a line feed, so it is escaped too.
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def decode(text: str) -> str:
    r"""Return the text a person sees.

    >>> decode("On hand_x000a_(units)"), decode("_x005F_x000a_")
    ('On hand\n(units)', '_x000a_')
    """
    return _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), text) if "_x" in text else text


def encode(text: str) -> str:
    r"""Return the text as a part stores it, cut at the 32,767 characters a cell can hold.

    >>> encode("a\x07b"), encode("_x0041_")
    ('a_x0007_b', '_x005F_x0041_')
    """
    text = text[:MAX_CELL_TEXT]
    if text.isprintable() and "_x" not in text:
        return text  # nearly every text; nothing printable is illegal
    text = _LOOKS_ESCAPED.sub("_x005F_", text)
    return _ILLEGAL.sub(lambda found: f"_x{ord(found.group()):04X}_", text)
