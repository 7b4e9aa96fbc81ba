"""Least squares with one or more variables: LINEST, LOGEST, TREND and GROWTH, for all lanes together.

Source: the normal equations by QR decomposition of the centred variables, as Excel has done since 2003.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from restock.formula.cells import ERROR, NA, NUM, REF, VALUE, Cells, Codes, first_codes, numbers_block
from restock.formula.frame import LaneByLane, Unsupported, Value
from restock.formula.kernels.registry import CellFailure, Request, as_cells, in_array_mode, kernel

Floats = NDArray[np.float64]
_COLLINEAR = 1e-10
_ROUNDS = 3  # the second and third round take back what the first one rounded


@dataclass(frozen=True)
class Known:
    """What a fit starts from.

    Attributes:
        y: (lanes, points).
        x: (lanes, points, variables).
        shape: Rows and columns of the known y.
        across: Whether each variable stands in a row instead of a column; None where there is one variable only.
    """

    y: Floats
    x: Floats
    shape: tuple[int, int]
    across: bool | None


@dataclass(frozen=True)
class Fit:
    """Coefficients (lanes, variables) and intercept (lanes,), and what is needed for their errors."""

    known: Known
    coefficients: Floats
    intercept: Floats
    has_intercept: bool
    inverse: Floats
    is_flat: NDArray[np.bool_]

    def statistics(self) -> Floats:
        """Return the five rows of LINEST, (lanes, 5, variables + 1); NaN where a row has nothing more to say."""
        y, x = self.known.y, self.known.x
        variables = x.shape[2]
        used = variables - self.is_flat.sum(axis=1)
        freedom = y.shape[1] - used - self.has_intercept
        rest = ((y - self.intercept[:, None] - (x @ self.coefficients[:, :, None])[:, :, 0]) ** 2).sum(axis=1)
        middle = y.mean(axis=1, keepdims=True) if self.has_intercept else 0.0
        total = ((y - middle) ** 2).sum(axis=1)
        variance = np.where(freedom > 0, rest / np.maximum(freedom, 1), 0.0)
        found = np.full((len(y), 5, variables + 1), np.nan)
        found[:, 0, :-1], found[:, 0, -1] = self.coefficients[:, ::-1], self.intercept
        found[:, 1] = self._errors(variance)
        found[:, 2, 0], found[:, 2, 1] = np.where(total > 0, 1 - rest / total, 1.0), np.sqrt(variance)
        found[:, 3, 0], found[:, 3, 1] = (total - rest) / used / variance, freedom
        found[:, 4, 0], found[:, 4, 1] = total - rest, rest
        return found

    def _errors(self, variance: Floats) -> Floats:
        """Standard errors of the coefficients from the last to the first, and of the intercept."""
        spread = np.einsum("lii->li", self.inverse)
        errors = np.sqrt(variance[:, None] * np.where(self.is_flat, 0.0, spread))
        if not self.has_intercept:
            return np.concatenate([errors[:, ::-1], np.full((len(errors), 1), np.nan)], axis=1)
        mean = self.known.x.mean(axis=1)
        around = np.einsum("li,lij,lj->l", mean, self.inverse, mean)
        of_intercept = np.sqrt(variance * (1 / self.known.y.shape[1] + np.where(self.is_flat.all(axis=1), 0.0, around)))
        return np.concatenate([errors[:, ::-1], of_intercept[:, None]], axis=1)


def _numeric(request: Request, place: int) -> Floats:
    """Return an argument that must hold nothing but numbers.

    Raises:
        CellFailure: It holds anything else: #VALUE!, or the error that stands there.
        LaneByLane: Only some lanes do.
    """
    cells = in_array_mode(request).whole(place)
    if cells.kind.any():
        if len(cells.kind) > 1:
            raise LaneByLane
        bad = cells.kind == ERROR
        raise CellFailure(int(cells.number[bad][0]) if bad.any() else VALUE)
    return cells.number


def _known(request: Request, logarithmic: bool) -> Known:
    """Read the known y, or their logarithms, and x.

    Raises:
        CellFailure: A logarithm of what is not positive is asked (#NUM!), or x does not fit y (#REF!).
    """
    y = _numeric(request, 0)
    if logarithmic:
        if (y <= 0).any():
            raise CellFailure(NUM) if len(y) == 1 else LaneByLane
        y = np.log(y)
    rows, columns = y.shape[1:]
    if not request.given(1):
        return _of_one(y, np.arange(1.0, rows * columns + 1).reshape(1, rows, columns))
    x = _numeric(request, 1)
    if x.shape[1:] == y.shape[1:]:
        return _of_one(y, x)
    if columns == 1 and x.shape[1] == rows:
        return Known(*_same_lanes(y[:, :, 0], x), (rows, columns), False)
    if rows == 1 and x.shape[2] == columns:
        return Known(*_same_lanes(y[:, 0, :], x.swapaxes(1, 2)), (rows, columns), True)
    raise CellFailure(REF)


def _of_one(y: Floats, x: Floats) -> Known:
    flat = y.reshape(len(y), -1), x.reshape(len(x), -1, 1)
    return Known(*_same_lanes(*flat), (y.shape[1], y.shape[2]), None)


def _same_lanes(y: Floats, x: Floats) -> tuple[Floats, Floats]:
    lanes = max(len(y), len(x))
    return np.broadcast_to(y, (lanes, *y.shape[1:])), np.broadcast_to(x, (lanes, *x.shape[1:]))


def _choice(request: Request, place: int, default: bool) -> bool:
    """Return a truth value that must be the same in all lanes."""
    if not request.given(place):
        return default
    truth, codes = request.truth(place)
    if truth.size > 1 and (codes is not None or truth.any() != truth.all()):
        raise LaneByLane
    if codes is not None:
        raise CellFailure(int(codes.max()))
    return bool(truth.any())


def _fitted(request: Request, known: Known, has_intercept: bool) -> Fit:
    """Fit by least squares.

    Raises:
        Unsupported: A variable follows from the others, so that any of them could be left out.
    """
    y, x = known.y, known.x
    y_mean, x_mean = y.mean(axis=1, keepdims=True), x.mean(axis=1, keepdims=True)
    if has_intercept:
        y, x = y - y_mean, x - x_mean
    points, variables = x.shape[1:]
    if points < variables:
        raise Unsupported("formula.function", request.name)
    q, r = np.linalg.qr(x)
    diagonal = np.abs(np.einsum("lii->li", r))
    is_flat = diagonal <= _COLLINEAR * np.sqrt((known.x**2).sum(axis=1))
    if is_flat.any() and variables > 1:
        raise Unsupported("formula.function", request.name) if len(x) == 1 else LaneByLane
    if is_flat.any():
        r = np.where(is_flat[:, :, None], 1.0, r)
    coefficients = np.zeros(is_flat.shape)
    for _ in range(_ROUNDS):
        rest = y - (x @ coefficients[:, :, None])[:, :, 0]
        step = np.linalg.solve(r, q.swapaxes(1, 2) @ rest[:, :, None])[:, :, 0]
        coefficients = np.where(is_flat, 0.0, coefficients + step)
    intercept = y_mean[:, 0] - (x_mean[:, 0] * coefficients).sum(axis=1) if has_intercept else np.zeros(len(y))
    half = np.linalg.inv(r)
    return Fit(known, coefficients, intercept, has_intercept, half @ half.swapaxes(1, 2), is_flat)


@kernel("LINEST", "LOGEST", least=1, most=4)
def _coefficients(request: Request) -> Value:
    logarithmic = request.name == "LOGEST"
    known = _known(request, logarithmic)
    fit = _fitted(request, known, _choice(request, 2, True))
    with np.errstate(all="ignore"):
        found = fit.statistics()
    if not fit.has_intercept:
        found[:, 0, -1] = 0.0
    if logarithmic:
        found[:, 0] = np.exp(found[:, 0])
    if not _choice(request, 3, False):
        return numbers_block(found[:, :1])
    empty = np.isnan(found)
    empty[:, 3, 0] = False
    return as_cells(np.where(empty, 0.0, found), np.where(empty, np.int8(NA), np.int8(0)))


@kernel("TREND", "GROWTH", least=1, most=4)
def _trend(request: Request) -> Value:
    logarithmic = request.name == "GROWTH"
    known = _known(request, logarithmic)
    fit = _fitted(request, known, _choice(request, 3, True))
    x, shape, codes = _asked(request, known)
    found = fit.intercept[:, None] + (x @ fit.coefficients[:, :, None])[:, :, 0]
    with np.errstate(over="ignore"):
        found = np.exp(found) if logarithmic else found
    return as_cells(found.reshape(len(found), *shape), codes)


def _asked(request: Request, known: Known) -> tuple[Floats, tuple[int, int], Codes | None]:
    """Return the variables for which y is asked, (lanes, points, variables), the shape of the answer, and errors."""
    if not request.given(2):
        return known.x, known.shape, None
    cells = in_array_mode(request).whole(2)
    x, codes = _with_codes(cells)
    rows, columns = x.shape[1:]
    variables = known.x.shape[2]
    if known.across is None:
        return x.reshape(len(x), -1, 1), (rows, columns), codes
    if (rows if known.across else columns) != variables:
        raise CellFailure(REF)
    if codes is not None:
        codes = first_codes(*(codes.take([one], axis=1 if known.across else 2) for one in range(variables)))
    return (x.swapaxes(1, 2), (1, columns), codes) if known.across else (x, (rows, 1), codes)


def _with_codes(cells: Cells) -> tuple[Floats, Codes | None]:
    """Return numbers, and #VALUE! where a cell is none."""
    if not cells.kind.any():
        return cells.number, None
    bad = np.where(cells.kind == ERROR, cells.number, np.where(cells.kind == 0, 0, VALUE)).astype(np.int8)
    return np.where(cells.kind == 0, cells.number, 0.0), bad
