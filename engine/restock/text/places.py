"""How a sentence names a sheet and a cell."""

from __future__ import annotations

import re

from restock.text.say import Words, say

_PLAIN_SHEET = re.compile(r"[^\W\d]\w*")


def cell_reference(sheet: str, cell: str, words: Words) -> str:
    """Return a cell as it is named in a sentence.

    >>> cell_reference("Stock", "E47", Words("en")), cell_reference("库存", "E47", Words("zh"))
    ('Stock!E47', '库存表E47')
    """
    if not cell or not sheet:
        return sheet_label(sheet, words)
    quoted = sheet if _PLAIN_SHEET.fullmatch(sheet) else f"'{sheet}'"
    return say("problem.ref", words, sheet=sheet_label(sheet, words) if words.language == "zh" else quoted, cell=cell)


def sheet_label(sheet: str, words: Words) -> str:
    """Return a sheet's name; in Chinese it ends in 表."""
    return sheet if words.language != "zh" or sheet.endswith("表") or not sheet else f"{sheet}表"
