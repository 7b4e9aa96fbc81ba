"""Rows of a frame as plain dictionaries."""

from __future__ import annotations

from typing import Any

import pandas as pd

Record = dict[str, Any]


def records(frame: pd.DataFrame) -> list[Record]:
    """The rows of `frame`, each a dictionary by column name."""
    return frame.to_dict("records")  # type: ignore[return-value]
