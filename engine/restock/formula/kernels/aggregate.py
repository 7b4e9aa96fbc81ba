"""Sums, counts and extremes over everything in the arguments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.formula.areas import Area
from restock.formula.cells import (
    BLANK,
    BOOL,
    DIV0,
    ERROR,
    NUMBER,
    TEXT,
    VALUE,
    Cells,
    aligned,
    error_codes,
    first_codes,
    numbers_block,
)
from restock.formula.coerce import number_of_text
from restock.formula.frame import LaneByLane, Union, Value
from restock.formula.kernels.registry import (
    CellFailure,
    Request,
    Series,
    codes_where,
    in_array_mode,
    kernel,
    reduced,
    reducer,
    series,
    series_of,
)
from restock.formula.tree import Call
from restock.formula.workbook import Sheet


@reducer("SUM")
def total(found: Series) -> Any:
    """Return the sum of the numbers, added from the first to the last as a spreadsheet does."""
    if found.number.shape[1] == 0:
        return np.zeros(len(found.number))
    return np.cumsum(found.filled(0.0), axis=1)[:, -1]


@reducer("SUMSQ")
def _sum_of_squares(found: Series) -> Any:
    return (found.filled(0.0) ** 2).sum(axis=1)


@reducer("PRODUCT")
def _product(found: Series) -> Any:
    return np.where(found.size > 0, found.filled(1.0).prod(axis=1), 0.0)


@reducer("AVERAGE")
def _average(found: Series) -> Any:
    return total(found) / np.maximum(found.size, 1), codes_where(found.size == 0, DIV0)


@reducer("MIN")
def _least(found: Series) -> Any:
    return _extreme(found, np.inf, np.min)


@reducer("MAX")
def _largest(found: Series) -> Any:
    return _extreme(found, -np.inf, np.max)


def _extreme(found: Series, other: float, pick: Callable[..., Any]) -> Any:
    if not found.number.shape[1]:
        return np.zeros(len(found.number))
    return np.where(found.size > 0, pick(found.filled(other), axis=1), 0.0)


@kernel("AVERAGEA", "MINA", "MAXA", least=1)
def _with_words(request: Request) -> Value:
    functions = {"AVERAGEA": _average, "MINA": _least, "MAXA": _largest}
    return reduced(functions[request.name], series(request, words=True))


@kernel("COUNT", least=1)
def _count(request: Request) -> Value:
    return _counted(request, _numbers_in)


@kernel("COUNTA", least=1)
def _count_filled(request: Request) -> Value:
    return _counted(request, lambda cells, direct: cells.kind != BLANK if not direct else np.ones(cells.shape, bool))


@kernel("COUNTBLANK", least=1, most=1)
def _count_blank(request: Request) -> Value:
    area = request.area(0)
    cells = request.frame.load(area.used())
    empty = cells.kind == BLANK
    if cells.text is not None:
        empty = empty | ((cells.kind == TEXT) & (cells.text == ""))
    beyond = area.height * area.width - cells.kind[0].size
    return numbers_block(empty.reshape(len(empty), -1).sum(axis=1).reshape(-1, 1, 1) + float(beyond))


def _counted(request: Request, which: Callable[[Cells, bool], Any]) -> Value:
    number: Any = 0
    for node in request.nodes:
        value = request.frame.value(node)
        areas = value.areas if isinstance(value, Union) else (value,)
        for one in areas:
            cells = request.frame.all_cells(one.used() if isinstance(one, Area) else one)
            hits = which(cells, isinstance(one, Cells) and cells.is_single)
            number = number + hits.reshape(len(hits), -1).sum(axis=1)
    return numbers_block(np.asarray(number, dtype=float).reshape(-1, 1, 1))


def _numbers_in(cells: Cells, direct: bool) -> Any:
    hits = cells.kind == NUMBER
    if direct:
        hits = hits | (cells.kind == BOOL) | (cells.kind == BLANK)
        if cells.text is not None:
            readable = [number_of_text(text) is not None for text in cells.text.ravel()]
            hits = hits | ((cells.kind == TEXT) & np.array(readable).reshape(cells.kind.shape))
    return hits


@kernel("SUMPRODUCT", least=1)
def _sumproduct(request: Request) -> Value:
    request = in_array_mode(request)
    values = [request.value(place) for place in range(len(request))]
    blocks = [request.frame.all_cells(value) for value in _shortened(values)]
    if len({one.kind.shape[1:] for one in blocks}) > 1:
        raise CellFailure(VALUE)
    codes = None
    product: Any = 1.0
    for one in aligned(*blocks):
        codes = first_codes(codes, error_codes(one))
        product = product * np.where(one.kind == NUMBER, one.number, 0.0)
    lanes = product.shape[0]
    found = Series(product.reshape(lanes, -1), np.ones((lanes, product[0].size), dtype=bool))
    if codes is not None:
        flat = codes.reshape(lanes, -1)
        first = np.take_along_axis(flat, (flat > 0).argmax(axis=1)[:, None], axis=1)[:, 0]
        found = Series(found.number, found.counts, first)
    return reduced(total, found)


def _shortened(values: list[Value]) -> list[Value]:
    """Cut references of one size down to the rows that are used in any of them: blanks add nothing."""
    areas = [value for value in values if isinstance(value, Area)]
    if len(areas) < len(values) or len({(area.height, area.width) for area in areas}) != 1:
        return values
    used = [area.used() for area in areas]
    height, width = max(area.height for area in used), max(area.width for area in used)
    return [area.moved(0, 0, height, width) for area in areas]


_SUBTOTALS = {
    1: "AVERAGE", 2: "COUNT", 3: "COUNTA", 4: "MAX", 5: "MIN", 6: "PRODUCT", 7: "STDEV.S", 8: "STDEV.P", 9: "SUM",
    10: "VAR.S", 11: "VAR.P", 12: "MEDIAN", 13: "MODE.SNGL", 14: "LARGE", 15: "SMALL", 16: "PERCENTILE.INC",
    17: "QUARTILE.INC", 18: "PERCENTILE.EXC", 19: "QUARTILE.EXC",
}  # fmt: skip


@kernel("SUBTOTAL", least=2)
def _subtotal(request: Request) -> Value:
    number = int(request.one_number(0))
    name = _SUBTOTALS.get(number % 100 if number > 100 else number)
    if name is None or not (1 <= number <= 11 or 101 <= number <= 111):
        raise CellFailure(VALUE)
    parts = [_visible(request, place, number > 100, True, False) for place in range(1, len(request))]
    return _totals(request, name, parts, ())


@kernel("AGGREGATE", least=3)
def _aggregate(request: Request) -> Value:
    number, options = int(request.one_number(0)), int(request.one_number(1))
    name = _SUBTOTALS.get(number)
    if name is None or not 0 <= options <= 7:
        raise CellFailure(VALUE)
    takes_order = number >= 14
    if takes_order and len(request) != 4:
        raise CellFailure(VALUE)
    if takes_order:
        request = in_array_mode(request)
    last = 3 if takes_order else len(request)
    parts = [
        _visible(request, place, options in (1, 3, 5, 7), options <= 3, options in (2, 3, 6, 7))
        for place in range(2, last)
    ]
    return _totals(request, name, parts, request.nodes[3:4] if takes_order else ())


def _visible(request: Request, place: int, skip_hidden: bool, skip_totals: bool, skip_errors: bool) -> Cells:
    """Return an argument's cells in one row a lane, with what is to be left out as blanks."""
    value = request.value(place)
    if isinstance(value, Area):
        value = value.used()
        if value.lanes > 1 and (skip_hidden or skip_totals or value.sheet.filtered_rows):
            raise LaneByLane
    cells = request.frame.all_cells(value)
    left_out = np.zeros(cells.kind.shape, dtype=bool)
    if isinstance(value, Area):
        left_out = left_out | _hidden(value, skip_hidden) | (_totals_in(request, value) if skip_totals else False)
    if skip_errors:
        left_out = left_out | (cells.kind == ERROR)
    kind = np.where(left_out, np.uint8(BLANK), cells.kind)
    return Cells(kind, cells.number, cells.text).reshape(len(kind), 1, -1)


def _hidden(area: Area, also_by_hand: bool) -> Any:
    """Return which rows are hidden: by a filter, and where asked also by hand."""
    sheet = area.sheet
    hidden = sheet.filtered_rows | sheet.hidden_rows if also_by_hand else sheet.filtered_rows
    top = int(np.min(area.top))
    if not hidden:
        return False
    return np.array([row in hidden for row in range(top, top + area.height)]).reshape(1, -1, 1)


def _totals_in(request: Request, area: Area) -> Any:
    """Return where cells are subtotals themselves: those never count twice."""
    places = subtotal_cells(request, area.sheet)
    found = np.zeros((1, area.height, area.width), dtype=bool)
    top = int(np.min(area.top))
    for row, column in places:
        if top <= row < top + area.height and area.left <= column <= area.right:
            found[0, row - top, column - area.left] = True
    return found


def subtotal_cells(request: Request, sheet: Sheet) -> list[tuple[int, int]]:
    """Return the cells of a sheet whose formula is a SUBTOTAL or AGGREGATE."""
    found: list[tuple[int, int]] = request.frame.engine.kept("subtotals", sheet.name, lambda: _subtotals(sheet))
    return found


def _subtotals(sheet: Sheet) -> list[tuple[int, int]]:
    found = [
        (row, column)
        for column, (rows, texts) in sheet.formulas.items()
        for row, text in zip(rows, texts, strict=True)
        if _is_subtotal(text)
    ]
    for one in sheet.shared:
        if _is_subtotal(one.text):
            found += one.cells
    return found


def _is_subtotal(text: str) -> bool:
    return "SUBTOTAL(" in text or "AGGREGATE(" in text


def _totals(request: Request, name: str, parts: list[Cells], further: Any) -> Value:
    """Call a function by its name on blocks that were read already."""
    from dataclasses import replace

    from restock.formula.tree import Name

    variables = {**request.frame.variables, **{f"\0{place}": part for place, part in enumerate(parts)}}
    nodes = tuple(Name(f"\0{place}") for place in range(len(parts)))
    frame = replace(request.frame, variables=variables, array=True)
    return frame.value(Call(name, nodes + tuple(further)))


def numbers_of(cells: Cells) -> NDArray[np.float64]:
    """Return the numbers of a block in one row a lane, NaN where there is none."""
    return series_of(cells).compact()
