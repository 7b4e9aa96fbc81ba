"""What a host hands to the engine: tables as they stand in the book, before anything is believed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


@dataclass(frozen=True)
class CellError:
    """A cell that shows an error such as #N/A."""

    code: str

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True)
class RawColumn:
    """One column as read.

    `values` is an object array of None (truly blank), str, float, bool, CellError, or, in a column of numbers where
    the cell is formatted as a date, that date; or, for bulk columns, a float64
    array (NaN blank; dates as days since 1970-01-01) or a pandas.Categorical of text. `doubts` maps a position to the
    cell's true content where the bulk read could not tell. Dates in object arrays are Excel serial numbers made
    independent of the book's 1904 flag (day 1 is 1900-01-01).
    """

    header: str
    letter: str
    values: np.ndarray[Any, Any] | pd.Categorical
    doubts: dict[int, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RawTable:
    """A table found in a book: where it stands and its columns from left to right. `rows` are sheet rows, 1-based."""

    table: str
    sheet: str
    header_row: int
    rows: np.ndarray[Any, Any]
    columns: tuple[RawColumn, ...]
    found_by: str = "name"

    def headers(self) -> list[str | None]:
        """The headers from left to right."""
        return [column.header for column in self.columns]


@dataclass(frozen=True)
class RawBook:
    """Everything the engine needs of a book: input tables, our own earlier output tables, the language."""

    tables: dict[str, RawTable]
    language: str = "en"
