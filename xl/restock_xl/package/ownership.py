"""The mark on each sheet that is ours: a name of the sheet's own scope whose text is the sheet's key.

The mark survives renaming and moving the sheet. LibreOffice drops its `hidden` flag on saving, so the flag
means nothing here. Excel copies the mark when a person copies the sheet, so two sheets can carry one key.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

OWNERSHIP_NAME = "_restock_owned"
WRITTEN_NAME = "_restock_written"
"""On a sheet of ours without tables: the cells that a press wrote."""


class Mark(NamedTuple):
    """One mark found in a workbook: `age` is the sheet's id, which is lower for a sheet made earlier."""

    key: str
    sheet: str
    age: int


def ownership_text(key: str) -> str:
    """Return the text of the mark for the sheet `key`: a text constant, as in a formula.

    >>> ownership_text("Forecast")
    '"Forecast"'
    """
    return '"' + key.replace('"', '""') + '"'


def key_of(text: str) -> str:
    """Return the key that the text of a mark states.

    >>> key_of('"Forecast"'), key_of('="Forecast"')
    ('Forecast', 'Forecast')
    """
    text = text.strip().removeprefix("=").strip()
    if len(text) >= 2 and text[0] == text[-1] == '"':
        text = text[1:-1].replace('""', '"')
    return text


def owners(marks: Iterable[Mark]) -> dict[str, str]:
    """Return the sheet that owns each key: of several, the one named like the key, else the oldest."""
    best: dict[str, Mark] = {}
    for mark in sorted(marks, key=lambda mark: (mark.sheet.casefold() != mark.key.casefold(), mark.age)):
        best.setdefault(mark.key, mark)
    return {key: mark.sheet for key, mark in best.items()}
