"""Dates that a program exported as text, where they can be read in one way only."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import numpy as np

from .arrow_text import ArrowText

_EPOCH = dt.date(1970, 1, 1)
_DATE = re.compile(r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})")
_TIME = re.compile(r"[ T]([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?")
_SEPARATORS = (ord(" "), ord("T"))


def iso_days(texts: ArrowText) -> np.ndarray[Any, Any]:
    """Return the days since 1970-01-01 of texts such as `2026-11-22` or `2026/1/9 18:30`, NaN for all others.

    The time of day is dropped. A time with a zone is not read: which day it means depends on the shop.
    """
    cut = texts.lengths.copy()
    for place in (10, 9, 8):
        cut[np.isin(texts.byte_at(place), _SEPARATORS)] = place
    date_codes, dates = texts.part(np.zeros_like(cut), cut).codes()
    time_codes, times = texts.part(cut, texts.lengths - cut).codes()
    days = np.array([*map(_day, dates), np.nan])  # code −1, a null, takes the last
    is_time = np.array([*(not text or _TIME.fullmatch(text) is not None for text in times), False])
    return np.where(is_time[time_codes], days[date_codes], np.nan)


def _day(text: str) -> float:
    found = _DATE.fullmatch(text)
    if found is None:
        return np.nan
    try:
        return float((dt.date(int(found[1]), int(found[3]), int(found[4])) - _EPOCH).days)
    except ValueError:
        return np.nan
