"""What an import wants to change in a table of the book, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Note = tuple[str, dict[str, Any]]
"""Key of a sentence of `restock.text.imports`, and what it needs."""


@dataclass(frozen=True)
class ExistingRow:
    """A row of a table as it stands: `row` on the sheet, and its cells by column name; None is blank."""

    row: int
    cells: dict[str, Any]


@dataclass
class Changes:
    """Changes of one table.

    Attributes:
        changed: Row on the sheet → new cells by column name.
        added: Cells of new rows by column name. Days are `datetime.date`.
        cleared: Rows on the sheet that hold nothing any more.
        notes: What people should know, as sentences.
        handled: Rows of the file that the book already agrees with.
    """

    table: str
    changed: dict[int, dict[str, Any]] = field(default_factory=dict)
    added: list[dict[str, Any]] = field(default_factory=list)
    cleared: list[int] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.changed or self.added or self.cleared)


def listed(names: list[str], most: int = 8) -> str:
    """Some names for a sentence, the rest as "…".

    >>> listed(["A", "B", "C"], 2)
    'A, B, …'
    """
    return ", ".join([*names[:most], *(["…"] if len(names) > most else [])])
