"""Functions that take texts apart at delimiters: TEXTBEFORE, TEXTAFTER, TEXTSPLIT."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from itertools import islice
from typing import Any

import numpy as np

from restock.formula.cells import (
    BLANK,
    NA,
    Cells,
    Codes,
    Scalar,
    Texts,
    aligned,
    block,
    chosen,
    error_block,
    first_codes,
    single,
    with_errors,
)
from restock.formula.frame import LaneByLane, Unsupported, Value
from restock.formula.kernels.mapping import BAD_VALUE, mapped
from restock.formula.kernels.registry import Request, answered, kernel
from restock.formula.kernels.text import flattened
from restock.functions.values import CellError

NOTHING_LEFT = CellError("#CALC!")

_Delimiters = tuple[str, ...]


@kernel("TEXTBEFORE", "TEXTAFTER", least=2, most=6)
def _text_beside(request: Request) -> Value:
    delimiters, delimiter_codes = _delimiters(request, 1)
    takes_after, is_counted = request.name == "TEXTAFTER", request.given(2)

    def beside(text: Any, *numbers: Any) -> Cells:
        return mapped(lambda *one: _beside(takes_after, is_counted, *one), text, delimiters, *numbers)

    operands = [request.cells(0), _optional(request, 2, 1.0), _optional(request, 3, 0.0), _optional(request, 4, 0.0)]
    found = with_errors(answered(beside, "snnn", operands), delimiter_codes)
    missing = found.kind == BLANK
    return _replaced(request, found, missing) if missing.any() else found


def _replaced(request: Request, found: Cells, missing: Any) -> Cells:
    """Put the last argument where no delimiter was found; a blank one is an empty text."""
    instead = request.cells(5) if len(request) > 5 else error_block(NA)
    instead = chosen(instead.kind == BLANK, single(""), instead)
    left, right, where = aligned(found, instead, block(missing.ravel().tolist(), missing.shape))
    return chosen(where.number != 0, right, left)


def _optional(request: Request, place: int, default: float) -> Cells:
    return request.cells(place) if request.given(place) else single(default)


def _delimiters(request: Request, place: int) -> tuple[Texts, Codes | None]:
    """Return all delimiters of an argument as one tuple a lane, and error codes; none where it was left out."""
    if not request.given(place):
        return _tuples([[]]), None
    found, codes = flattened(request, place, place + 1)
    return _tuples(found.tolist()), None if codes is None else codes.reshape(-1, 1, 1)


def _tuples(rows: list[list[str]]) -> Texts:
    found = np.empty((len(rows), 1, 1), dtype=object)
    for lane, row in enumerate(rows):
        found[lane, 0, 0] = tuple(row)
    return found


def _beside(takes_after: bool, is_counted: bool, text: str, delimiters: _Delimiters, instance: float, mode: float,
            end: float) -> Scalar:  # fmt: skip
    """Return what stands before or after a delimiter; None where it does not occur so often."""
    count = math.floor(instance)
    if count == 0 or int(mode) not in (0, 1) or int(end) not in (0, 1):
        return BAD_VALUE
    shortest = min(map(len, delimiters))
    if is_counted and _is_impossible(abs(count), len(text), shortest):
        return BAD_VALUE
    if shortest == 0:
        if abs(count) > 1:
            raise Unsupported("formula.function", "TEXTBEFORE")
        return text if takes_after is (count > 0) else ""
    place = _place(text, delimiters, count, mode != 0)
    if place is not None:
        return text[place[1] :] if takes_after else text[: place[0]]
    at_end = int(end) == 1 and _place(text, delimiters, count - (1 if count > 0 else -1), mode != 0) is not None
    if not at_end:
        return None
    return "" if takes_after is (count > 0) else text


def _is_impossible(count: int, length: int, delimiter: int) -> bool:
    """Return whether a delimiter cannot occur so often in a text of that length."""
    if delimiter > length or count > length:
        return True
    if delimiter > 1 and count > length - delimiter + 1:
        raise Unsupported("formula.function", "TEXTBEFORE")
    return False


def _place(text: str, delimiters: _Delimiters, count: int, any_case: bool) -> tuple[int, int] | None:
    """Return start and end of the delimiter that is counted, from the end where the count is negative."""
    if count == 0:
        return 0, 0
    if count < 0:
        found = _place(text[::-1], tuple(one[::-1] for one in delimiters), -count, any_case)
        return None if found is None else (len(text) - found[1], len(text) - found[0])
    match = next(islice(_expression(delimiters, any_case).finditer(text), count - 1, None), None)
    return None if match is None else match.span()


@lru_cache(maxsize=1024)
def _expression(delimiters: _Delimiters, any_case: bool) -> re.Pattern[str]:
    longest_first = sorted(delimiters, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE if any_case else 0)


@kernel("TEXTSPLIT", least=2, most=6)
def _textsplit(request: Request) -> Value:
    text, text_codes = request.text(0)
    (columns, column_codes), (rows, row_codes) = _delimiters(request, 1), _delimiters(request, 2)
    (ignored, ignore_codes), (mode, mode_codes) = request.truth(3), request.number(4)
    if text.shape[1:] != (1, 1) or ignored.shape[1:] != (1, 1) or mode.shape[1:] != (1, 1):
        raise Unsupported("formula.function", "TEXTSPLIT")
    codes = first_codes(*_per_lane(text_codes, column_codes, row_codes, ignore_codes, mode_codes))
    tables = _tables(text, columns, rows, ignored, mode)
    if len({(len(table), max(map(len, table))) for table in tables}) > 1:
        raise LaneByLane
    return with_errors(_rectangle(tables, _padding(request)), codes)


def _per_lane(*codes: Codes | None) -> list[Codes | None]:
    lanes = max((len(one) for one in codes if one is not None), default=1)
    return [None if one is None else np.broadcast_to(one, (lanes, 1, 1)) for one in codes]


def _padding(request: Request) -> Scalar:
    """Return what fills the gaps of short rows."""
    if not request.given(5):
        return CellError("#N/A")
    cells = request.cells(5)
    if cells.kind.size > 1:
        raise LaneByLane if len(cells.kind) > 1 else Unsupported("formula.function", "TEXTSPLIT")
    value = cells.scalar()
    return "" if value is None else value


def _tables(*columns: Any) -> list[list[list[Scalar]]]:
    shape = np.broadcast_shapes(*(column.shape for column in columns))
    lists = [np.broadcast_to(column, shape).ravel().tolist() for column in columns]
    try:
        return [_table(*one) for one in zip(*lists, strict=True)]
    except Unsupported:
        if shape[0] > 1:
            raise LaneByLane from None
        raise


def _table(text: str, columns: _Delimiters, rows: _Delimiters, ignored: bool, mode: float) -> list[list[Scalar]]:
    """Return a text as rows of pieces; one error where it cannot be split."""
    if not (columns or rows) or "" in columns or "" in rows or int(mode) not in (0, 1):
        return [[BAD_VALUE]]
    if not text:
        raise Unsupported("formula.function", "TEXTSPLIT")
    lines = _pieces(text, rows, ignored, mode != 0)
    table: list[list[Scalar]] = [[*_pieces(line, columns, ignored, mode != 0)] for line in lines]
    if not all(table):
        if len(table) > 1:
            raise Unsupported("formula.function", "TEXTSPLIT")
        return [[NOTHING_LEFT]]
    return table or [[NOTHING_LEFT]]


def _pieces(text: str, delimiters: _Delimiters, ignored: bool, any_case: bool) -> list[str]:
    found = _expression(delimiters, any_case).split(text) if delimiters else [text]
    return [piece for piece in found if piece] if ignored else found


def _rectangle(tables: list[list[list[Scalar]]], padding: Scalar) -> Cells:
    width = max(map(len, tables[0]))
    values = [value for table in tables for row in table for value in [*row, *[padding] * (width - len(row))]]
    return block(values, (len(tables), len(tables[0]), width))
