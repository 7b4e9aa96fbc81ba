"""From the plan's keys and numbers to the text of a cell."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from restock.replenish.alerts import Sentence
from restock.text import Words, say


def compose(parts: Sentence, words: Words) -> str:
    """The sentences of `parts`, joined as the language joins them."""
    space = "" if words.language == "zh" else " "
    return space.join(say(part.key, words, **_plain(part.params)) for part in parts)


def _plain(params: dict[str, Any]) -> dict[str, Any]:
    """Timestamps as dates; everything else as it is."""
    return {name: _date(value) if isinstance(value, pd.Timestamp) else value for name, value in params.items()}


def _date(value: pd.Timestamp) -> dt.date:
    return value.date()
