"""Columns of a worksheet through fastexcel and Arrow, without a Python object per cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import numpy as np

from .arrow_text import Array, ArrowText, validity

_MS_PER_DAY = 86_400_000
_FIRST_DAY, _LAST_DAY = -25_567, 2_932_896  # 1900-01-01 and 9999-12-31, counted from 1970


Loaded = Array | ArrowText
ArrowType = Literal["datetime", "float", "string"]


def load_columns(
    path: Path, sheet: str, first_row: int, types: dict[int, ArrowType]
) -> dict[int, Loaded] | None:
    """Return columns by their number on the sheet, all of one length; None where fastexcel cannot read them.

    A float column is float64, NaN for nulls. A datetime column is days since 1970-01-01, NaN for nulls and
    for days that no workbook can show.

    Args:
        path: The workbook.
        sheet: Name of the sheet.
        first_row: Sheet row of the first value.
        types: Column number, from 1 → datetime, float or string. A cell of another type becomes null.
    """
    import fastexcel
    import nanoarrow

    numbers = sorted(types)
    dtypes: dict[int | str, Any] = {number - 1: types[number] for number in numbers}
    try:
        loaded = fastexcel.read_excel(path).load_sheet(
            sheet,
            header_row=None,
            skip_rows=first_row - 1,  # with a number here, rows and columns are those of the sheet
            use_columns=[number - 1 for number in numbers],
            dtypes=dtypes,
        )
        array = nanoarrow.c_array(loaded)
    except fastexcel.FastExcelError:
        return None
    # Views do not keep the memory they look at: everything is copied while `array` is held here.
    views = {number: array.child(place).view() for place, number in enumerate(numbers)}
    return {number: _READERS[types[number]](view) for number, view in views.items()}


def _numbers(view: Any) -> Array:
    return np.where(_present(view), _buffer(view, 1), np.nan)


def _days(view: Any) -> Array:
    days = _buffer(view, 1) // _MS_PER_DAY
    return np.where(_present(view) & (days >= _FIRST_DAY) & (days <= _LAST_DAY), days, np.nan)


def _texts(view: Any) -> ArrowText:
    offsets = np.asarray(view.buffer(1))[view.offset : view.offset + view.length + 1]
    return ArrowText.of(np.asarray(view.buffer(2)), offsets, _present(view))


def _buffer(view: Any, number: int) -> Array:
    return np.asarray(view.buffer(number))[view.offset : view.offset + view.length]


def _present(view: Any) -> Array:
    return validity(np.asarray(view.buffer(0)), view.offset, view.length)


_READERS: dict[str, Callable[[Any], Loaded]] = {"float": _numbers, "datetime": _days, "string": _texts}
