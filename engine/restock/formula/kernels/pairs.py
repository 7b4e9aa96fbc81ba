"""Functions of two ranges whose cells belong together in pairs: correlation, the line through them, sums of pairs.

A pair counts where both of its cells are numbers. All lanes are computed together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.formula.areas import Area
from restock.formula.cells import DIV0, ERROR, NA, NUM, NUMBER, Cells, Codes, first_codes
from restock.formula.frame import Unsupported, Value
from restock.formula.kernels.registry import (
    CellFailure,
    Request,
    Series,
    as_cells,
    codes_where,
    in_array_mode,
    kernel,
    reduced,
    series_of,
)
from restock.formula.kernels.statistics import deviations

Floats = NDArray[np.float64]
_CLOSE_TO_ONE = 1e-7


@dataclass(frozen=True)
class Pairs:
    """Two rows of numbers of each lane.

    Attributes:
        first, second: (lanes, places).
        counts: Which pairs count.
        codes: The first error of each lane, (lanes,).
    """

    first: Floats
    second: Floats
    counts: NDArray[np.bool_]
    codes: Codes | None

    @property
    def size(self) -> NDArray[np.int64]:
        """How many pairs each lane has."""
        return np.asarray(self.counts.sum(axis=1))


@dataclass(frozen=True)
class Line:
    """What is needed for a line through pairs: sums of products of distances from the means, lane by lane."""

    size: NDArray[np.int64]
    means: tuple[Floats, Floats]
    first_squares: Floats
    second_squares: Floats
    products: Floats

    @property
    def slope(self) -> Floats:
        """How much the first numbers rise for each 1 of the second."""
        return self.products / np.where(self.second_squares > 0, self.second_squares, np.nan)

    @property
    def intercept(self) -> Floats:
        """The first number where the second is 0."""
        return self.means[0] - self.slope * self.means[1]


def blocks_of_pairs(request: Request, first: int, second: int, cut: bool = True) -> tuple[Cells, Cells]:
    """Return two arguments as arrays.

    Args:
        cut: Whether references of one size are cut to the rows that are used.

    Raises:
        CellFailure: One of them is an error.
    """
    request = in_array_mode(request)
    values = [request.value(place) for place in (first, second)]
    areas = [value for value in values if isinstance(value, Area)]
    if cut and len(areas) == 2 and (areas[0].height, areas[0].width) == (areas[1].height, areas[1].width):
        used = [area.used() for area in areas]
        height, width = max(area.height for area in used), max(area.width for area in used)
        values = [area.moved(0, 0, height, width) for area in areas]
    found = [request.frame.all_cells(value) for value in values]
    for cells in found:
        if cells.kind.size == 1 and cells.has(ERROR):
            raise CellFailure(int(cells.number.ravel()[0]))
    return found[0], found[1]


def pairs(request: Request, first: int, second: int) -> Pairs:
    """Return two arguments as pairs.

    Raises:
        CellFailure: They have not as many cells (#N/A), or one is an error.
    """
    found = blocks_of_pairs(request, first, second)
    if found[0].kind[0].size != found[1].kind[0].size:
        raise CellFailure(NA)
    return paired(*found)


def paired(first: Cells, second: Cells) -> Pairs:
    """Return two blocks with as many cells as pairs."""
    lanes = max(len(first.kind), len(second.kind))
    flat = [cells.reshape(len(cells.kind), -1).spread((lanes, cells.kind[0].size)) for cells in (first, second)]
    counts = (flat[0].kind == NUMBER) & (flat[1].kind == NUMBER)
    codes = first_codes(*(series_of(cells).codes for cells in flat))
    return Pairs(flat[0].number, flat[1].number, counts, codes)


def line(found: Pairs) -> Line:
    """Return the line through pairs."""
    first_mean, first = deviations(found.first, found.counts)
    second_mean, second = deviations(found.second, found.counts)
    return Line(found.size, (first_mean, second_mean), (first**2).sum(axis=1), (second**2).sum(axis=1),
                (first * second).sum(axis=1))  # fmt: skip


def correlation(found: Line) -> tuple[Floats, Codes]:
    """Return how closely pairs follow a line, −1 to 1; #DIV/0! where one side does not vary."""
    spread = np.sqrt(found.first_squares) * np.sqrt(found.second_squares)
    flat = spread == 0
    return np.clip(found.products / np.where(flat, 1.0, spread), -1.0, 1.0), codes_where(flat, DIV0)


def _rsq(found: Line) -> Any:
    related, codes = correlation(found)
    return related**2, codes


def _slope(found: Line) -> Any:
    return found.slope, codes_where(found.second_squares == 0, DIV0)


def _intercept(found: Line) -> Any:
    return found.intercept, codes_where(found.second_squares == 0, DIV0)


def _standard_error(found: Line) -> Any:
    rest = np.maximum(found.first_squares - found.products * found.slope, 0.0)
    bad = (found.size < 3) | (found.second_squares == 0)
    return np.sqrt(rest / np.maximum(found.size - 2, 1)), codes_where(bad, DIV0)


_OF_A_LINE: dict[str, Callable[[Line], Any]] = {
    "CORREL": correlation,
    "PEARSON": correlation,
    "RSQ": _rsq,
    "SLOPE": _slope,
    "INTERCEPT": _intercept,
    "STEYX": _standard_error,
    "COVAR": lambda found: (found.products / np.maximum(found.size, 1), codes_where(found.size < 1, DIV0)),
    "COVARIANCE.P": lambda found: (found.products / np.maximum(found.size, 1), codes_where(found.size < 1, DIV0)),
    "COVARIANCE.S": lambda found: (found.products / np.maximum(found.size - 1, 1), codes_where(found.size < 2, DIV0)),
}


@kernel(*_OF_A_LINE, least=2, most=2)
def _of_a_line(request: Request) -> Value:
    found = pairs(request, 0, 1)
    return _lanes(found, _OF_A_LINE[request.name](line(found)))


def _lanes(found: Pairs, result: Any) -> Cells:
    return reduced(lambda _: result, Series(found.first, found.counts, found.codes))


@kernel("FORECAST", "FORECAST.LINEAR", least=3, most=3)
def _forecast(request: Request) -> Value:
    number, codes = request.number(0)
    found = pairs(request, 1, 2)
    through = line(found)
    slope, intercept = (one.reshape(-1, 1, 1) for one in (through.slope, through.intercept))
    flat = codes_where(through.second_squares == 0, DIV0).reshape(-1, 1, 1)
    own = None if found.codes is None else found.codes.reshape(-1, 1, 1)
    return as_cells(intercept + slope * number, first_codes(codes, own, flat))


_SUMS: dict[str, Callable[[Floats, Floats], Floats]] = {
    "SUMX2MY2": lambda x, y: x**2 - y**2,
    "SUMX2PY2": lambda x, y: x**2 + y**2,
    "SUMXMY2": lambda x, y: (x - y) ** 2,
}


@kernel(*_SUMS, least=2, most=2)
def _sum_of_pairs(request: Request) -> Value:
    found = pairs(request, 0, 1)
    terms = np.where(found.counts, _SUMS[request.name](found.first, found.second), 0.0)
    return _lanes(found, (terms.sum(axis=1), codes_where(found.size == 0, DIV0)))


@kernel("PROB", least=3, most=4)
def _probability(request: Request) -> Value:
    found = pairs(request, 0, 1)
    last = 3 if request.given(3) else 2
    (low, low_codes), (high, high_codes) = request.number(2), request.number(last)
    if low.shape[1:] != (1, 1) or high.shape[1:] != (1, 1):
        raise Unsupported("formula.function", request.name)
    inside = found.counts & (found.first >= low[:, :, 0]) & (found.first <= high[:, :, 0])
    chance = np.where(inside, found.second, 0.0).sum(axis=1).reshape(-1, 1, 1)
    own = None if found.codes is None else found.codes.reshape(-1, 1, 1)
    wrong = codes_where(~_are_chances(found), NUM).reshape(-1, 1, 1)
    return as_cells(chance, first_codes(own, low_codes, high_codes, wrong))


def _are_chances(found: Pairs) -> NDArray[np.bool_]:
    """Whether the second numbers of each lane are chances that sum up to 1.

    Raises:
        Unsupported: A chance is 0, which Excel's documentation forbids and Excel allows.
    """
    outside = found.counts & ((found.second < 0) | (found.second > 1))
    if (found.counts & (found.second == 0)).any():
        raise Unsupported("formula.function", "PROB")
    total = np.where(found.counts, found.second, 0.0).sum(axis=1)
    return np.asarray(~outside.any(axis=1) & (np.abs(total - 1) < _CLOSE_TO_ONE))
