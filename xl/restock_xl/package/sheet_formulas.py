"""The formulas of one sheet, sorted by how they are stored: each for itself, shared, for a range, data tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from restock.formula import ArrayFormula, SharedFormula

from .references import area, column_letter
from .shared_strings import unescape

DATA_TABLE = "TABLE()"
"""What stands for the formula of a what-if table, which no engine but Excel's evaluates."""

MOST_ARRAY_CELLS = 1 << 20
_ATTRIBUTE = re.compile(rb'\b(t|si|ref)="([^"]*)"')
_ORDINARY: dict[bytes, bytes] = {}


@dataclass
class SheetFormulas:
    """Formulas as they come in, some rows of one column at a time.

    Attributes:
        plain: Column → (rows, formulas) of those that stand in their own cell only.
    """

    plain: dict[int, tuple[list[int], list[str]]] = field(default_factory=dict)
    _masters: dict[bytes, list[tuple[int, int, str]]] = field(default_factory=dict)
    _members: dict[bytes, list[tuple[int, int]]] = field(default_factory=dict)
    _arrays: list[tuple[int, int, str, bytes]] = field(default_factory=list)
    _stated: dict[bytes, dict[bytes, bytes]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.plain or self._members or self._arrays)

    def take(self, column: int, rows: Sequence[int], attributes: Sequence[bytes], texts: Sequence[bytes]) -> None:
        """Add formulas of a column; a cell without formula has neither attributes nor text."""
        if not any(attributes):
            self._take_plain(column, rows, texts)
            return
        for row, stated, text in zip(rows, attributes, texts, strict=True):
            if stated or text:
                self._take_one(column, row, self._attributes(stated) if stated else _ORDINARY, text)

    def _take_plain(self, column: int, rows: Sequence[int], texts: Sequence[bytes]) -> None:
        if not all(texts):
            rows = [row for row, text in zip(rows, texts, strict=True) if text]
            texts = [text for text in texts if text]
        if texts:
            kept = self.plain.setdefault(column, ([], []))
            kept[0].extend(rows)
            kept[1].extend(unescape(b"\0".join(texts)).split("\0"))

    def _take_one(self, column: int, row: int, stated: dict[bytes, bytes], text: bytes) -> None:
        kind = stated.get(b"t")
        if kind == b"shared":
            group = stated.get(b"si", b"")
            self._members.setdefault(group, []).append((row, column))
            if text:
                self._masters.setdefault(group, []).append((row, column, unescape(text)))
        elif kind == b"array" and text:
            self._arrays.append((row, column, unescape(text), stated.get(b"ref", b"")))
        elif kind == b"dataTable":
            self._take_data_table(column, row, stated.get(b"ref", b""))
        elif text:
            self._add(column, row, unescape(text))

    def _take_data_table(self, column: int, row: int, reference: bytes) -> None:
        filled = area(reference.decode("utf-8", "replace"))
        if filled is None or (filled.bottom - filled.top + 1) * (filled.right - filled.left + 1) > MOST_ARRAY_CELLS:
            self._add(column, row, DATA_TABLE)
            return
        for one in range(filled.left, filled.right + 1):
            for place in range(filled.top, filled.bottom + 1):
                self._add(one, place, DATA_TABLE)

    def _add(self, column: int, row: int, text: str) -> None:
        rows, texts = self.plain.setdefault(column, ([], []))
        rows.append(row)
        texts.append(text)

    def _attributes(self, markup: bytes) -> dict[bytes, bytes]:
        found = self._stated.get(markup)
        if found is None:
            found = self._stated[markup] = dict(_ATTRIBUTE.findall(markup))
        return found

    def shared(self) -> list[SharedFormula]:
        """Return the shared formulas. A member follows the last text before it of its number, else the first."""
        found = []
        for group, masters in self._masters.items():
            masters.sort()
            cells: list[list[tuple[int, int]]] = [[] for _ in masters]
            for cell in self._members[group]:
                owner = sum(master[:2] <= cell for master in masters) if len(masters) > 1 else 1
                cells[max(owner, 1) - 1].append(cell)
            found += [SharedFormula(*master, tuple(own)) for master, own in zip(masters, cells, strict=True)]
        return found

    def arrays(self, dynamic: frozenset[str]) -> list[ArrayFormula]:
        """Return the formulas that fill a range; `dynamic` names the cells of those that spill."""
        found = []
        for row, column, text, reference in self._arrays:
            filled = area(reference.decode("utf-8", "replace"))
            if filled is None or filled[:2] != (row, column):
                filled = area(f"{column_letter(column)}{row}")
            assert filled is not None
            if (filled.bottom - row + 1) * (filled.right - column + 1) > MOST_ARRAY_CELLS:
                self._add(column, row, DATA_TABLE)
                continue
            spills = f"{column_letter(column)}{row}" in dynamic
            found.append(ArrayFormula(row, column, text, filled.bottom, filled.right, spills))
        return found
