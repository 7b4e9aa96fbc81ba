"""DSUM and its relatives: totals over the records of a list that meet the criteria in another range.

Each row of criteria is an alternative; all that stands in one row has to be met. A text asks for fields that begin
with it, "=text" for fields that are it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.formula.areas import Area
from restock.formula.cells import BLANK, BOOL, DIV0, NUM, NUMBER, TEXT, VALUE, Cells, Scalar, numbers_block
from restock.formula.coerce import number_of_text, texts
from restock.formula.frame import LaneByLane, Unsupported, Value
from restock.formula.kernels.aggregate import total
from restock.formula.kernels.criteria import criterion_mask
from restock.formula.kernels.registry import CellFailure, Request, Series, codes_where, kernel, reduced, series_of
from restock.formula.kernels.statistics import (
    population_deviation,
    population_variance,
    sample_deviation,
    sample_variance,
)
from restock.formula.parse import FormulaError, parse
from restock.formula.tree import CellRef, Name, RangeRef, TableRef, walk
from restock.functions.values import CellError

Mask = NDArray[np.bool_]
_TRUTHS = ("TRUE", "FALSE")


def _average(found: Series) -> Any:
    return total(found) / np.maximum(found.size, 1), codes_where(found.size == 0, DIV0)


_TOTALS: dict[str, Callable[[Series], Any]] = {
    "DSUM": total,
    "DAVERAGE": _average,
    "DPRODUCT": lambda found: np.where(found.size > 0, found.filled(1.0).prod(axis=1), 0.0),
    "DMAX": lambda found: np.where(found.size > 0, found.filled(-np.inf).max(axis=1), 0.0),
    "DMIN": lambda found: np.where(found.size > 0, found.filled(np.inf).min(axis=1), 0.0),
    "DSTDEV": sample_deviation,
    "DSTDEVP": population_deviation,
    "DVAR": sample_variance,
    "DVARP": population_variance,
}


@kernel(*_TOTALS, least=3, most=3)
def _total_of_records(request: Request) -> Value:
    field, chosen = _chosen(request)
    if field is None:
        raise CellFailure(VALUE)
    kind = np.where(chosen, field.kind, np.uint8(BLANK))
    return reduced(_TOTALS[request.name], series_of(Cells(kind, field.number).reshape(1, -1)))


@kernel("DCOUNT", "DCOUNTA", least=3, most=3)
def _count_of_records(request: Request) -> Value:
    field, chosen = _chosen(request)
    if field is not None:
        chosen = chosen & (field.kind == NUMBER if request.name == "DCOUNT" else field.kind != BLANK)
    return numbers_block(np.full((1, 1, 1), float(chosen.sum())))


@kernel("DGET", least=3, most=3)
def _one_record(request: Request) -> Value:
    field, chosen = _chosen(request)
    if field is None or not chosen.any():
        raise CellFailure(VALUE)
    if chosen.sum() > 1:
        raise CellFailure(NUM)
    if (field.kind[chosen] == BLANK).any():
        raise Unsupported("formula.function", request.name)
    return field[chosen].reshape(1, 1, 1)


def _chosen(request: Request) -> tuple[Cells | None, Mask]:
    """Return the cells of the field, None where it was left out, and which records meet the criteria.

    Raises:
        Unsupported: There are no criteria under the headers.
    """
    database, criteria = request.area(0).used(), request.area(2)
    if database.lanes > 1 or criteria.lanes > 1:
        raise LaneByLane
    if criteria.height < 2:
        raise Unsupported("formula.function", request.name)
    if database.height < 2:
        raise CellFailure(VALUE)
    cells = request.frame.load(database)
    headers, records = _words(cells[0, 0]), cells[0, 1:]
    field = _field(request, headers)
    chosen = _meeting(request, headers, records, criteria)
    return None if field is None else records[:, field], chosen


def _words(cells: Cells) -> list[str]:
    """Return headers as they are compared."""
    found, _ = texts(cells)
    return [text.lower() for text in found.tolist()]


def _field(request: Request, headers: list[str]) -> int | None:
    """Return the place of the column that is asked for, by its header or number."""
    if not request.given(1):
        return None
    value = request.value(1)
    cells = request.frame.all_cells(value)
    if not cells.is_single:
        raise CellFailure(VALUE)
    if len(cells.kind) > 1:
        raise LaneByLane
    found = cells.scalar()
    if isinstance(found, str) and cells.kind[0, 0, 0] == TEXT and found.lower() in headers:
        return headers.index(found.lower())
    if isinstance(found, float) and 1 <= int(found) <= len(headers):
        return int(found) - 1
    raise CellFailure(VALUE)


def _meeting(request: Request, headers: list[str], records: Cells, criteria: Area) -> Mask:
    """Return which records meet any row of the criteria; a row without any is met by all."""
    used = criteria.used()
    asked = request.frame.load(used)
    names = _words(asked[0, 0])
    count = len(records.kind)
    chosen = np.full(count, used.height < criteria.height)
    for row in range(1, used.height):
        met = np.ones(count, dtype=bool)
        for column, name in enumerate(names):
            if asked.kind[0, row, column] == BLANK:
                continue
            if name and name in headers:
                met &= _mask(records[:, headers.index(name)], asked.scalar(0, row, column), request.name)
            else:
                met &= _computed(request, used, asked, row, column)
        chosen |= met
    return chosen


def _mask(field: Cells, wanted: Scalar, name: str) -> Mask:
    """Return which fields meet a criterion.

    Raises:
        Unsupported: It is an empty text, as a formula may leave it.
    """
    if isinstance(wanted, str) and not isinstance(wanted, CellError):
        if wanted == "":
            raise Unsupported("formula.function", name)
        is_word = number_of_text(wanted) is None and wanted.upper() not in _TRUTHS
        if is_word and wanted[0] not in "<>=":
            wanted = f"{wanted}*"
    return criterion_mask(field, wanted)


def _computed(request: Request, area: Area, asked: Cells, row: int, column: int) -> bool:
    """Return whether a criterion without a field holds: a formula that says TRUE or not for all records alike.

    Raises:
        Unsupported: It is a formula about the fields of the record.
    """
    assert isinstance(area.top, int)
    if _refers_to_cells(area, area.top + row, area.left + column):
        raise Unsupported("formula.function", request.name)
    return bool(asked.kind[0, row, column] in (BOOL, NUMBER) and asked.number[0, row, column])


def _refers_to_cells(area: Area, row: int, column: int) -> bool:
    if any((row, column) in one.cells for one in area.sheet.shared):
        return True
    rows, formulas = area.sheet.formulas.get(column, ([], []))
    text = next((text for place, text in zip(rows, formulas, strict=True) if place == row), None)
    if text is None:
        return False
    try:
        return any(isinstance(node, CellRef | RangeRef | TableRef | Name) for node in walk(parse(text, row, column)))
    except FormulaError:
        return True
