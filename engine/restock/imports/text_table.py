"""The columns of an export that are wanted, as text; every other column was never read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray


@dataclass(frozen=True)
class TextTable:
    """What stands under the headers of a file.

    Attributes:
        columns: Position of each column read (from 0) to its cells, a Categorical of text; "" is blank.
        rows: The row of the file of each row, from 1.
        broken: Rows that do not fit the headers: "short_row", "long_row", "near_break", "cut_row", else "".
    """

    columns: dict[int, pd.Categorical[Any]]
    rows: NDArray[np.int64]
    broken: NDArray[np.object_]

    def __len__(self) -> int:
        return len(self.rows)


def text_table(
    columns: dict[int, list[str]], rows: list[int] | None = None, broken: list[str] | None = None
) -> TextTable:
    """A table from lists of cells, one row of the file after the other from row 2 unless told otherwise."""
    length = len(next(iter(columns.values()), []))
    return TextTable(
        {position: pd.Categorical(cells) for position, cells in columns.items()},
        np.arange(2, 2 + length, dtype=np.int64) if rows is None else np.array(rows, dtype=np.int64),
        np.array([""] * length if broken is None else broken, dtype=object),
    )
