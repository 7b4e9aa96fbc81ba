"""VALUETOTEXT and ARRAYTOTEXT: values as they would be typed."""

from __future__ import annotations

import numpy as np

from restock.formula.cells import VALUE, Scalar, texts_block
from restock.formula.coerce import number_text
from restock.formula.frame import Value
from restock.formula.kernels.mapping import too_long
from restock.formula.kernels.registry import CellFailure, Request, kernel
from restock.functions.values import CellError


@kernel("VALUETOTEXT", least=1, most=2)
def _valuetotext(request: Request) -> Value:
    cells, strict = request.cells(0), _is_strict(request)
    found = np.array([written(value, strict) for value in cells.scalars()], dtype=object).reshape(cells.kind.shape)
    return texts_block(found, too_long(found))


@kernel("ARRAYTOTEXT", least=1, most=2)
def _arraytotext(request: Request) -> Value:
    cells, strict = request.frame.all_cells(request.value(0)), _is_strict(request)
    lanes, rows, columns = cells.kind.shape
    words = [written(value, strict) for value in cells.scalars()]
    lines = [words[first : first + columns] for first in range(0, len(words), columns)]
    found = np.empty((lanes, 1, 1), dtype=object)
    found[:, 0, 0] = [_together(lines[first : first + rows], strict) for first in range(0, len(lines), rows)]
    return texts_block(found, too_long(found))


def _together(lines: list[list[str]], strict: bool) -> str:
    if strict:
        return "{" + ";".join(",".join(line) for line in lines) + "}"
    return ", ".join(word for line in lines for word in line)


def _is_strict(request: Request) -> bool:
    """Return whether the second argument is 1.

    Raises:
        CellFailure: It is neither 0 nor 1.
    """
    form = int(request.one_number(1))
    if form not in (0, 1):
        raise CellFailure(VALUE)
    return form == 1


def written(value: Scalar, strict: bool = False) -> str:
    """Return a value as a text; strict puts texts in quotes.

    >>> written(True), written(0.5), written('5" nail', strict=True), written(None)
    ('TRUE', '0.5', '"5"" nail"', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return number_text(value)
    return '"' + value.replace('"', '""') + '"' if strict and not isinstance(value, CellError) else str(value)
