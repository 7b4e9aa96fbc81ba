"""Blocks of cell values: what every step of an evaluation hands to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.functions.values import CODE, ERROR_CODES, CellError

NUMBER, TEXT, BOOL, BLANK, ERROR = range(5)
"""Kinds of a cell. NUMBER is 0, so that `not kind.any()` says that a block holds nothing but numbers."""

Floats = NDArray[np.float64]
Codes = NDArray[np.int8]
Kinds = NDArray[np.uint8]
Texts = NDArray[Any]

NULL, DIV0, VALUE, REF, NAME, NUM, NA = (
    CODE[text] for text in ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
)
SPILL, CALC = CODE["#SPILL!"], CODE["#CALC!"]

Scalar = float | str | bool | CellError | None
"""One cell outside a block; None is a true blank."""


class Cells:
    """A block of cells of shape (lanes, rows, columns).

    Lanes are the cells of a group that are evaluated together: a block that is the same for all of them has one lane.

    Attributes:
        kind: NUMBER, TEXT, BOOL, BLANK or ERROR.
        number: The number; 1 or 0 for a truth value, the error's code (`restock.functions.values.CODE`), else 0.
        text: Texts where the kind is TEXT; None where the block has none.
    """

    __slots__ = ("kind", "number", "text")

    def __init__(self, kind: Kinds, number: Floats, text: Texts | None = None) -> None:
        self.kind = kind
        self.number = number
        self.text = text

    @property
    def shape(self) -> tuple[int, ...]:
        """Lanes, rows, columns."""
        return self.kind.shape

    @property
    def is_single(self) -> bool:
        """Whether every lane holds one cell."""
        return self.kind.shape[1:] == (1, 1)

    def __getitem__(self, where: Any) -> Cells:
        return Cells(self.kind[where], self.number[where], None if self.text is None else self.text[where])

    def reshape(self, *shape: int) -> Cells:
        """Return the same cells in another shape."""
        text = None if self.text is None else self.text.reshape(shape)
        return Cells(self.kind.reshape(shape), self.number.reshape(shape), text)

    def spread(self, shape: tuple[int, ...]) -> Cells:
        """Return the block repeated to a shape that it broadcasts to."""
        if self.kind.shape == shape:
            return self
        text = None if self.text is None else np.broadcast_to(self.text, shape)
        return Cells(np.broadcast_to(self.kind, shape), np.broadcast_to(self.number, shape), text)

    def has(self, kind: int) -> bool:
        """Return whether any cell is of this kind."""
        return bool((self.kind == kind).any())

    def scalar(self, lane: int = 0, row: int = 0, column: int = 0) -> Scalar:
        """Return one cell as a plain value."""
        place = min(lane, len(self.kind) - 1), row, column
        kind, number = int(self.kind[place]), float(self.number[place])
        if kind == NUMBER:
            return number
        if kind == TEXT:
            return str(self.text[place]) if self.text is not None else ""
        if kind == BOOL:
            return bool(number)
        return None if kind == BLANK else CellError(ERROR_CODES[int(number) - 1])

    def scalars(self) -> list[Scalar]:
        """Return all cells as plain values, lane after lane, row after row."""
        found: list[Scalar] = list(self.number.ravel().tolist())
        kinds, codes = self.kind.ravel(), self.number.ravel()
        texts = None if self.text is None else self.text.ravel()
        for place in np.flatnonzero(kinds).tolist():
            kind = kinds[place]
            if kind == TEXT:
                found[place] = "" if texts is None else texts[place]
            elif kind == BOOL:
                found[place] = bool(found[place])
            elif kind == BLANK:
                found[place] = None
            else:
                found[place] = CellError(ERROR_CODES[int(codes[place]) - 1])
        return found


def single(value: Scalar) -> Cells:
    """Return one cell as a block.

    >>> single("a").scalar(), single(None).scalar(), single(CellError("#N/A")).scalar()
    ('a', None, CellError('#N/A'))
    """
    return block([value], (1, 1, 1))


def block(values: Sequence[Scalar], shape: tuple[int, ...]) -> Cells:
    """Return plain values as a block of the given shape.

    >>> block([1.0, "x", None, True], (1, 2, 2)).kind.tolist()
    [[[0, 1], [3, 2]]]
    """
    kind = np.zeros(len(values), dtype=np.uint8)
    number = np.zeros(len(values))
    text: Texts | None = None
    for place, value in enumerate(values):
        if isinstance(value, bool | np.bool_):
            kind[place], number[place] = BOOL, value
        elif isinstance(value, CellError):
            kind[place], number[place] = ERROR, CODE[value]
        elif isinstance(value, str):
            if text is None:
                text = np.full(len(values), "", dtype=object)
            kind[place], text[place] = TEXT, value
        elif value is None:
            kind[place] = BLANK
        else:
            number[place] = value
    return Cells(kind, number, text).reshape(*shape)


def numbers_block(number: Any, codes: Codes | None = None) -> Cells:
    """Return numbers as a block; a number that is not finite is #NUM!, and codes win over numbers."""
    number = np.asarray(number, dtype=np.float64)
    kind = np.zeros(number.shape, dtype=np.uint8)
    bad = ~np.isfinite(number)
    if bad.any():
        kind[bad] = ERROR
        number = np.where(bad, float(NUM), number)
    return with_errors(Cells(kind, number), codes)


def texts_block(text: Any, codes: Codes | None = None) -> Cells:
    """Return texts (an object array of str) as a block."""
    text = np.asarray(text, dtype=object)
    return with_errors(Cells(np.full(text.shape, TEXT, dtype=np.uint8), np.zeros(text.shape), text), codes)


def bools_block(truth: Any, codes: Codes | None = None) -> Cells:
    """Return truth values as a block."""
    truth = np.asarray(truth)
    return with_errors(Cells(np.full(truth.shape, BOOL, dtype=np.uint8), truth.astype(np.float64)), codes)


def error_block(code: int, shape: tuple[int, ...] = (1, 1, 1)) -> Cells:
    """Return one error in every cell."""
    return Cells(np.full(shape, ERROR, dtype=np.uint8), np.full(shape, float(code)))


def with_errors(cells: Cells, codes: Codes | None) -> Cells:
    """Return the block with errors put where `codes` is not 0; both broadcast."""
    if codes is None or not codes.any():
        return cells
    shape = np.broadcast_shapes(cells.kind.shape, codes.shape)
    spread, codes = cells.spread(shape), np.broadcast_to(codes, shape)
    bad = codes > 0
    return Cells(np.where(bad, np.uint8(ERROR), spread.kind), np.where(bad, codes, spread.number), spread.text)


def error_codes(cells: Cells) -> Codes | None:
    """Return the error of every cell, 0 where it has none; None where no cell has one."""
    bad = cells.kind == ERROR
    return np.where(bad, cells.number, 0).astype(np.int8) if bad.any() else None


def first_codes(*codes: Codes | None) -> Codes | None:
    """Return the first error of each place, arguments from left to right; None where there is none at all."""
    found: Codes | None = None
    for one in codes:
        if one is not None:
            found = one if found is None else np.where(found > 0, found, one)
    return found if found is not None and found.any() else None


def aligned(*blocks: Cells) -> list[Cells]:
    """Return blocks of one shape, as Excel pairs arrays: one row or column repeats, what lacks a partner is #N/A."""
    shapes = {one.kind.shape for one in blocks}
    if len(shapes) == 1:
        return list(blocks)
    lanes, rows, columns = (max(shape[axis] for shape in shapes) for axis in range(3))
    return [_fitted(one, (lanes, rows, columns)) for one in blocks]


def _fitted(cells: Cells, shape: tuple[int, int, int]) -> Cells:
    rows, columns = cells.kind.shape[1:]
    if rows in (1, shape[1]) and columns in (1, shape[2]):
        return cells.spread(shape)
    wide = (cells.kind.shape[0], shape[1] if rows == 1 else rows, shape[2] if columns == 1 else columns)
    inside = cells.spread(wide)
    outside = error_block(NA, (wide[0], shape[1], shape[2]))
    outside.kind[:, : wide[1], : wide[2]] = inside.kind
    outside.number[:, : wide[1], : wide[2]] = inside.number
    if inside.text is not None:
        outside.text = np.full(outside.kind.shape, "", dtype=object)
        outside.text[:, : wide[1], : wide[2]] = inside.text
    return outside.spread(shape)


def stacked(blocks: Sequence[Cells], axis: int) -> Cells:
    """Return blocks side by side along an axis; they must fit along the others."""
    lanes = max(one.kind.shape[0] for one in blocks)
    spread = list(blocks) if axis == 0 else [one.spread((lanes, *one.kind.shape[1:])) for one in blocks]
    text: Texts | None = None
    if any(one.text is not None for one in spread):
        text = np.concatenate(
            [np.full(one.kind.shape, "", dtype=object) if one.text is None else one.text for one in spread], axis
        )
    kind = np.concatenate([one.kind for one in spread], axis)
    return Cells(kind, np.concatenate([one.number for one in spread], axis), text)


def chosen(where: NDArray[np.bool_], yes: Cells, no: Cells) -> Cells:
    """Return `yes` where the condition holds, else `no`; all three broadcast."""
    shape = np.broadcast_shapes(where.shape, yes.kind.shape, no.kind.shape)
    text: Texts | None = None
    if yes.text is not None or no.text is not None:
        text = np.where(where, "" if yes.text is None else yes.text, "" if no.text is None else no.text)
        text = np.broadcast_to(text, shape)
    kind = np.broadcast_to(np.where(where, yes.kind, no.kind), shape)
    return Cells(kind, np.broadcast_to(np.where(where, yes.number, no.number), shape), text)
