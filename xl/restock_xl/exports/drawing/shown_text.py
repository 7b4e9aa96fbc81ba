"""What a cell shows: its value in its number format."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, to_excel

from restock.formula.frame import Unsupported
from restock.formula.kernels.format_dates import NoDate
from restock.formula.kernels.format_tokens import BadFormat
from restock.formula.kernels.number_format import number_format

_SHORT_DATE, _ISO_DATE = "mm-dd-yy", "yyyy-mm-dd"


def shown_text(value: Any, code: str = "General", date1904: bool = False) -> str:
    """Return the text that a cell with this value and number format shows.

    A short date, which each computer shows in its own order, is written year first. A number that a format cannot
    show is written as without one.

    >>> shown_text(1234.5, "#,##0"), shown_text(0.125, "0.0%"), shown_text(dt.date(2026, 11, 3), "yyyy-mm-dd")
    ('1,235', '12.5%', '2026-11-03')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    code = _ISO_DATE if code == _SHORT_DATE else code
    try:
        form = number_format(code, date1904)
        if isinstance(value, str):
            return form.word(value)
        return str(form.numbers(np.array([_number(value, date1904)]))[0])
    except (BadFormat, NoDate, Unsupported):
        return _plain(value)


def _number(value: Any, date1904: bool) -> float:
    if isinstance(value, int | float):
        return float(value)
    return float(to_excel(value, MAC_EPOCH if date1904 else WINDOWS_EPOCH))


def _plain(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d}" if value.time() == dt.time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, int | float):
        return str(number_format("General", False).numbers(np.array([float(value)]))[0])
    return str(value)
