"""A file whose format is known, and where its columns stand."""

from __future__ import annotations

from dataclasses import dataclass

from restock.imports.format import Format
from restock.schema.columns import Kind


@dataclass(frozen=True)
class Recognised:
    """A file's format and where its columns stand.

    Attributes:
        header_row: Index of the headers among the rows given, from 0.
        headers: The headers as they stand.
        positions: Field name to column, from 0.
        places: Columns whose headers name warehouses (`Format.open_columns`).
        repeated: Headers of fields that stand in more than one column: it cannot be told which counts.
        preamble: First and second cell of the rows above the headers.
    """

    format: Format
    header_row: int
    headers: tuple[str, ...]
    positions: dict[str, int]
    places: tuple[int, ...] = ()
    repeated: tuple[str, ...] = ()
    preamble: tuple[tuple[str, str], ...] = ()

    @property
    def wanted(self) -> tuple[int, ...]:
        """The columns to read; all others, such as names and addresses, stay in the file."""
        signs = {field.name for field in self.format.fields if field.evidence and field.kind is Kind.TEXT}
        read = {place for name, place in self.positions.items() if name not in signs}
        return tuple(sorted({*read, *self.places}))

    def header(self, name: str) -> str:
        """The header of a field in this file."""
        return self.headers[self.positions[name]] if name in self.positions else name
