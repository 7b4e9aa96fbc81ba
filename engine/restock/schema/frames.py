"""From checked rows to a frame with the documented dtypes (see `restock.schema.tables`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from restock.schema.columns import Column, Kind, Table

_TEXTS = (Kind.TEXT, Kind.CHOICE)
_DATES = (Kind.DATE, Kind.TIME)


def blank_value(column: Column) -> Any:
    """What a blank cell becomes: the column's default, else "" (text), False (flag), None (NaN, NaT)."""
    if column.default is not None:
        return column.default
    if column.kind in _TEXTS:
        return ""
    return False if column.kind is Kind.FLAG else None


def series(values: Sequence[Any], kind: Kind) -> pd.Series[Any]:
    """One column: text str, number float64, date datetime64[s], flag bool."""
    if kind in _TEXTS:
        return pd.Series(list(values), dtype="str")
    if kind in _DATES:
        return pd.Series(np.array(list(values), dtype="datetime64[s]"))
    if kind is Kind.FLAG:
        return pd.Series(np.array(list(values), dtype=bool))
    return pd.Series(np.array([np.nan if value is None else value for value in values], dtype=np.float64))


def frame(table: Table, rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Return a frame with every column of `table`, and `row`: the sheet row, 0 where we added one."""
    columns = {
        column.name: series([row.get(column.name, blank_value(column)) for row in rows], column.kind)
        for column in table.columns
    }
    columns["row"] = pd.Series(np.array([row.get("row", 0) for row in rows], dtype=np.int64))
    return pd.DataFrame(columns)


def categorical(names: list[str], codes: np.ndarray[Any, np.dtype[np.int64]]) -> pd.Categorical:
    """A Categorical whose categories stand in code point order (§16), whatever the order of rows."""
    order = sorted(range(len(names)), key=lambda place: names[place])
    rank = np.empty(len(names), dtype=np.int64)
    rank[order] = np.arange(len(names))
    categories = pd.Index([names[place] for place in order], dtype="str")
    return pd.Categorical.from_codes(rank[codes], categories=categories)
