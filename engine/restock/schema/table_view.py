"""A raw table seen through its columns: contents by column name and position, and the cell each stands in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from restock.schema.columns import Column, Kind, Table, normal_header
from restock.schema.date_cell import EPOCH
from restock.schema.raw import RawColumn, RawTable


@dataclass(frozen=True)
class TableView:
    """A raw table whose headers have been matched with the columns of `table`.

    Attributes:
        known: The recognised columns by name.
        others: The columns that are not recognised, from left to right.
    """

    table: Table
    raw: RawTable
    known: dict[str, RawColumn] = field(default_factory=dict)
    others: tuple[RawColumn, ...] = ()

    @classmethod
    def of(cls, raw: RawTable, table: Table) -> TableView:
        """Match the headers of a raw table."""
        found = table.match_headers(raw.headers())
        taken = set(found.values())
        others = tuple(column for place, column in enumerate(raw.columns) if place not in taken)
        return cls(table, raw, {name: raw.columns[place] for name, place in found.items()}, others)

    def __len__(self) -> int:
        return len(self.raw.rows)

    def row(self, position: int) -> int:
        """The sheet row of a position."""
        return int(self.raw.rows[position])

    def cell(self, name: str, position: int) -> str:
        """The reference of a cell, such as E47; the row alone where the column is missing."""
        letter = self.known[name].letter if name in self.known else ""
        return f"{letter}{self.row(position)}"

    def contents(self, name: str) -> list[Any]:
        """Every cell of a column as None, str, float, bool or CellError, dates as Excel serial numbers."""
        column = self.known.get(name)
        return [None] * len(self) if column is None else contents(column, self.table[name])

    def named(self, headers: set[str]) -> RawColumn | None:
        """The first unrecognised column under one of these normalised headers."""
        return next((column for column in self.others if normal_header(column.header or "") in headers), None)


def contents(raw: RawColumn, column: Column) -> list[Any]:
    """The cells of a raw column, whether it was read in bulk or one by one."""
    values = raw.values
    if isinstance(values, pd.Categorical):
        texts = [str(text) for text in values.categories]
        cells: list[Any] = [texts[code] if code >= 0 else None for code in values.codes.tolist()]
    elif values.dtype == object:
        cells = [_plain(value) for value in values.tolist()]
    else:
        shift = EPOCH if column.kind in (Kind.DATE, Kind.TIME) else 0
        numbers = values.astype(np.float64) + shift
        cells = [
            None if blank else value for value, blank in zip(numbers.tolist(), np.isnan(numbers), strict=True)
        ]
    for position, content in raw.doubts.items():
        cells[position] = _plain(content)
    return cells


def _plain(value: Any) -> Any:
    """A cell's content without numpy's own types."""
    return value.item() if isinstance(value, np.generic) else value
