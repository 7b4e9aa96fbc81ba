"""The formulas of a worksheet; shared ones are written out for the cell that is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from .references import column_letter
from .shared_strings import unescape

if TYPE_CHECKING:
    from openpyxl.formula.translate import Translator

_ATTRIBUTE = re.compile(rb'\b(t|si|ref)="([^"]*)"')


class Formulas:
    """Formulas by (row, column), both from 1, kept as they stand in the file until asked for.

    Attributes:
        raw: (row, column) → (attributes, content) of the `<f>` element; filled by whoever reads the sheet.
    """

    def __init__(self) -> None:
        self.raw: dict[tuple[int, int], tuple[bytes, bytes]] = {}
        self._translators: dict[bytes, Translator] = {}

    def __len__(self) -> int:
        return len(self.raw)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self.raw)

    def __contains__(self, place: object) -> bool:
        return place in self.raw

    def text(self, row: int, column: int) -> str | None:
        """Return the formula of a cell without "=", or None where it has none.

        A member of a shared formula gets the formula of its group moved to its place. A cell inside an array
        formula has none, and neither has a cell of a data table.
        """
        attributes, text = self.raw.get((row, column), (b"", b""))
        if not attributes:
            return unescape(text) or None
        stated = _stated(attributes)
        if stated.get(b"t") == b"dataTable":
            return None
        if text or stated.get(b"t") != b"shared":
            return unescape(text) or None
        return self._moved(stated.get(b"si", b""), row, column)

    def array_range(self, row: int, column: int) -> str | None:
        """Return the range filled by the array formula of this cell, or None where it has no such formula."""
        stated = _stated(self.raw.get((row, column), (b"", b""))[0])
        return stated[b"ref"].decode() if stated.get(b"t") == b"array" and b"ref" in stated else None

    def column(self, column: int) -> dict[int, str]:
        """Return row → formula for every formula of a column."""
        texts = ((row, self.text(row, number)) for row, number in self.raw if number == column)
        return {row: text for row, text in texts if text is not None}

    @cached_property
    def _masters(self) -> dict[bytes, tuple[int, int]]:
        """The cell of each shared formula in which its text stands."""
        masters: dict[bytes, tuple[int, int]] = {}
        for place, (attributes, text) in self.raw.items():
            if text and attributes and (stated := _stated(attributes)).get(b"t") == b"shared":
                masters.setdefault(stated.get(b"si", b""), place)
        return masters

    def _moved(self, group: bytes, row: int, column: int) -> str | None:
        from openpyxl.formula.tokenizer import TokenizerError
        from openpyxl.formula.translate import Translator, TranslatorError

        place = self._masters.get(group)
        if place is None:
            return None
        text = unescape(self.raw[place][1])
        try:
            if group not in self._translators:
                self._translators[group] = Translator(f"={text}", f"{column_letter(place[1])}{place[0]}")
            moved: str = self._translators[group].translate_formula(f"{column_letter(column)}{row}")
        except TokenizerError:
            return text  # whoever evaluates it cannot read it either, and will report it
        except TranslatorError:
            return "#REF!"
        return moved.removeprefix("=")


def _stated(attributes: bytes) -> dict[bytes, bytes]:
    return dict(_ATTRIBUTE.findall(attributes))
