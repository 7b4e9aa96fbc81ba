"""What kind of thing a cell holds."""

from __future__ import annotations

import numpy as np

from restock.formula.cells import BLANK, BOOL, ERROR, NA, NUMBER, TEXT, VALUE, error_block, single
from restock.formula.coerce import numbers
from restock.formula.frame import Unsupported, Value
from restock.formula.kernels.registry import Request, as_cells, codes_where, kernel

_KINDS = {
    "ISBLANK": (BLANK,), "ISNUMBER": (NUMBER,), "ISTEXT": (TEXT,), "ISLOGICAL": (BOOL,), "ISERROR": (ERROR,),
    "ISNONTEXT": (NUMBER, BOOL, BLANK, ERROR),
}  # fmt: skip


@kernel(*_KINDS, least=1, most=1)
def _is_kind(request: Request) -> Value:
    cells = request.cells(0)
    return as_cells(np.isin(cells.kind, _KINDS[request.name]))


@kernel("ISNA", "ISERR", least=1, most=1)
def _is_error(request: Request) -> Value:
    cells = request.cells(0)
    is_na = (cells.kind == ERROR) & (cells.number == NA)
    return as_cells(is_na if request.name == "ISNA" else (cells.kind == ERROR) & ~is_na)


@kernel("ISEVEN", "ISODD", least=1, most=1)
def _parity(request: Request) -> Value:
    cells = request.cells(0)
    number, codes = numbers(cells)
    if codes is None and cells.has(BOOL):
        codes = codes_where(cells.kind == BOOL, VALUE)
    odd = np.trunc(np.abs(number)) % 2 == 1
    return as_cells(odd if request.name == "ISODD" else ~odd, codes)


@kernel("NA", most=0)
def _na(request: Request) -> Value:
    return error_block(NA)


@kernel("ERROR.TYPE", least=1, most=1)
def _error_type(request: Request) -> Value:
    cells = request.cells(0)
    is_error = cells.kind == ERROR
    known = np.where(cells.number <= 8, cells.number, {9: 9.0, 14: 14.0}.get(int(cells.number.max()), 0.0))
    return as_cells(np.where(is_error, known, 0.0), codes_where(~is_error, NA))


@kernel("TYPE", least=1, most=1)
def _type(request: Request) -> Value:
    cells = request.whole(0)
    if not cells.is_single:
        return single(64.0)
    table = np.array([1.0, 2.0, 4.0, 1.0, 16.0])
    return as_cells(table[cells.kind])


@kernel("CELL", "INFO", least=1, most=2)
def _cell(request: Request) -> Value:
    raise Unsupported("formula.function", request.name)
