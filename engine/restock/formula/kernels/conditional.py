"""SUMIFS and its relatives: one pass over the range for a whole column of criteria.

A criterion that is the same for all lanes becomes a mask over the range. Criteria that differ from lane to lane and ask
for equality are joined: the range's values and the lanes' are numbered together, and the sums are taken per number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    Codes,
    first_codes,
    stacked,
)
from restock.formula.coerce import number_of_text
from restock.formula.frame import LaneByLane, Value
from restock.formula.kernels.criteria import Mask, criterion_mask, wanted_value
from restock.formula.kernels.registry import CellFailure, Request, as_cells, codes_where, kernel
from restock.formula.kernels.wildcards import has_wildcards
from restock.functions.values import CODE

_MOST_CRITERIA = 64


@dataclass(frozen=True)
class Range:
    """One range of criteria: its cells in one row, and a key under which its numbering is kept."""

    cells: Cells
    key: Any


@dataclass(frozen=True)
class Criterion:
    """What is asked of a range, lane by lane, as plain values."""

    range: Range
    values: list[Any]


@kernel("SUMIFS", "AVERAGEIFS", "MAXIFS", "MINIFS", least=3)
def _over_ranges(request: Request) -> Value:
    if len(request) % 2 == 0:
        raise CellFailure(VALUE)
    summed, pairs = request.area(0), _pairs(request, 1)
    return _answer(request, request.name[:-3], summed, pairs)


@kernel("COUNTIFS", least=2)
def _count_over_ranges(request: Request) -> Value:
    if len(request) % 2:
        raise CellFailure(VALUE)
    return _answer(request, "COUNT", None, _pairs(request, 0))


@kernel("COUNTIF", least=2, most=2)
def _countif(request: Request) -> Value:
    return _answer(request, "COUNT", None, _pairs(request, 0))


@kernel("SUMIF", "AVERAGEIF", least=2, most=3)
def _sumif(request: Request) -> Value:
    first = request.area(0)
    summed = request.area(2) if request.given(2) else first
    summed = summed.moved(0, 0, first.height, first.width)  # only the corner of the third argument counts
    return _answer(request, request.name[:-2], summed, _pairs(request, 0)[:1])


def _pairs(request: Request, start: int) -> list[tuple[Area, Cells]]:
    last = len(request) if request.name.endswith("IFS") else start + 2
    return [(request.area(place), request.cells(place + 1)) for place in range(start, last, 2)]


def _answer(request: Request, kind: str, summed: Area | None, pairs: Sequence[tuple[Area, Cells]]) -> Cells:
    areas = [area for area, _ in pairs] + ([summed] if summed is not None else [])
    if len({(area.height, area.width) for area in areas}) != 1:
        raise CellFailure(VALUE)
    if any(area.lanes > 1 for area in areas):
        return _lane_ranges(request, kind, summed, pairs)
    areas, beyond = _used(areas)
    shape = np.broadcast_shapes(*(criteria.kind.shape for _, criteria in pairs))
    criteria = [
        Criterion(_range(request, area), cells.spread(shape).scalars() if cells.kind.size > 1 else cells.scalars())
        for area, (_, cells) in zip(areas, pairs, strict=False)
    ]
    values = None if summed is None else _flat(request.frame.load(areas[-1]))
    lanes = int(np.prod(shape))
    found, codes = _evaluated(request, kind, values, criteria, lanes)
    if kind == "COUNT" and beyond:
        found = found + beyond * _blanks_match(criteria, lanes)
    return as_cells(found.reshape(shape), None if codes is None else codes.reshape(shape))


def _lane_ranges(request: Request, kind: str, summed: Area | None, pairs: Sequence[tuple[Area, Cells]]) -> Cells:
    """Answer where every lane has ranges of its own, such as the months of its row."""
    shape = np.broadcast_shapes(*(cells.kind.shape[1:] for _, cells in pairs))
    if shape != (1, 1):
        return _each_criterion(request, kind, summed, pairs, shape)
    lanes = max(area.lanes for area, _ in pairs) if summed is None else max(summed.lanes, *(a.lanes for a, _ in pairs))
    size = pairs[0][0].height * pairs[0][0].width
    mask = np.ones((lanes, size), dtype=bool)
    for area, criteria in pairs:
        cells = request.frame.load(area)
        mask &= _lane_mask(cells.reshape(len(cells.kind), size), criteria, lanes)
    values = None
    if summed is not None:
        cells = request.frame.load(summed)
        values = cells.reshape(len(cells.kind), size).spread((lanes, size)).reshape(lanes * size)
    groups = np.where(mask, np.arange(lanes)[:, None], -1).ravel()
    found, codes = _totalled(kind, values, groups, lanes)
    return as_cells(found.reshape(-1, 1, 1), None if codes is None else codes.reshape(-1, 1, 1))


def _each_criterion(
    request: Request,
    kind: str,
    summed: Area | None,
    pairs: Sequence[tuple[Area, Cells]],
    shape: tuple[int, ...],
) -> Cells:
    """Answer an array of criteria, one place of it after the other."""
    if shape[0] * shape[1] > _MOST_CRITERIA:
        raise LaneByLane
    spread = [(area, cells.spread((len(cells.kind), *shape))) for area, cells in pairs]
    lines = []
    for row in range(shape[0]):
        found = [
            _lane_ranges(request, kind, summed, [(area, one[:, row : row + 1, k : k + 1]) for area, one in spread])
            for k in range(shape[1])
        ]
        lines.append(stacked(found, 2))
    return stacked(lines, 1)


def _lane_mask(cells: Cells, criteria: Cells, lanes: int) -> Mask:
    """Return which cells of each lane (lanes, places) meet the lane's criterion."""
    asked = criteria.scalars()
    if len(asked) == 1:
        flat = cells.reshape(cells.kind.size)
        return np.broadcast_to(criterion_mask(flat, asked[0]).reshape(cells.kind.shape), (lanes, cells.kind.shape[1]))
    spread = cells.spread((lanes, cells.kind.shape[1]))
    where: dict[Any, list[int]] = {}
    for lane, value in enumerate(asked):
        where.setdefault(_hashable(value), []).append(lane)
    mask = np.zeros(spread.kind.shape, dtype=bool)
    for (_, value), own in where.items():
        part = spread[own]
        mask[own] = criterion_mask(part.reshape(part.kind.size), value).reshape(part.kind.shape)
    return mask


def _used(areas: list[Area]) -> tuple[list[Area], int]:
    """Return the ranges without what lies below and right of every sheet's last cell, and how many cells that were."""
    used = [area.used() for area in areas]
    height, width = max(area.height for area in used), max(area.width for area in used)
    beyond = areas[0].height * areas[0].width - height * width
    return [area.moved(0, 0, height, width) for area in areas], beyond


def _range(request: Request, area: Area) -> Range:
    key = (area.sheet.name, area.top, area.left, area.height, area.width, request.frame.engine.version(area))
    return Range(_flat(request.frame.load(area)), key)


def _flat(cells: Cells) -> Cells:
    return cells.reshape(cells.kind.size)


def _evaluated(
    request: Request, kind: str, values: Cells | None, criteria: Sequence[Criterion], lanes: int
) -> tuple[NDArray[np.float64], Codes | None]:
    size = len(criteria[0].range.cells.kind)
    mask = np.ones(size, dtype=bool)
    joins: list[Criterion] = []
    for one in criteria:
        if len(one.values) == 1:
            mask &= _mask(request, one.range, one.values[0])
        else:
            joins.append(one)
    if not joins:
        found, codes = _totalled(kind, values, np.where(mask, 0, -1), 1)
        return np.broadcast_to(found, lanes), None if codes is None else np.broadcast_to(codes, lanes)
    simple = all(_asks_equality(value) for one in joins for value in set(map(_hashable, one.values)))
    if not simple:
        return _one_by_one(request, kind, values, mask, joins, lanes)
    groups, wanted, count = _joined(request, mask, joins)
    found, codes = _totalled(kind, values, groups, count)
    none = np.zeros(0, dtype=np.int64)
    nothing, empty = _totalled(kind, None if values is None else values[:0], none, 1)
    missing = wanted < 0
    safe = np.where(missing, 0, wanted)
    answer = np.where(missing, nothing[0], found[safe] if count else nothing[0])
    code = None
    if codes is not None or empty is not None:
        own = np.zeros(max(count, 1), dtype=np.int8) if codes is None else codes
        code = np.where(missing, 0 if empty is None else empty[0], own[safe]).astype(np.int8)
    return answer, code


def _one_by_one(
    request: Request, kind: str, values: Cells | None, mask: Mask, joins: Sequence[Criterion], lanes: int
) -> tuple[NDArray[np.float64], Codes | None]:
    """Go through the different combinations of criteria; each costs a pass over the range."""
    seen: dict[tuple[Any, ...], tuple[float, int]] = {}
    answers, codes = np.zeros(lanes), np.zeros(lanes, dtype=np.int8)
    for lane, asked in enumerate(zip(*(one.values for one in joins), strict=True)):
        key = tuple(map(_hashable, asked))
        if key not in seen:
            here = mask
            for one, value in zip(joins, asked, strict=True):
                here = here & _mask(request, one.range, value)
            found, code = _totalled(kind, values, np.where(here, 0, -1), 1)
            seen[key] = float(found[0]), 0 if code is None else int(code[0])
        answers[lane], codes[lane] = seen[key]
    return answers, codes if codes.any() else None


def _hashable(value: Any) -> Any:
    return (type(value).__name__, value)


def _asks_equality(typed: tuple[str, Any]) -> bool:
    value = typed[1]
    if not isinstance(value, str) or value in CODE:
        return typed[0] != "CellError"
    return bool(value) and value[0] not in "<>=" and not has_wildcards(value)


def _totalled(
    kind: str, values: Cells | None, groups: NDArray[np.int64], count: int
) -> tuple[NDArray[np.float64], Codes | None]:
    """Return a total for each group number; −1 belongs to none."""
    hits = groups >= 0
    if kind == "COUNT" or values is None:
        return np.bincount(groups[hits], minlength=count).astype(float), None
    codes: Codes | None = None
    bad = hits & (values.kind == ERROR)
    if bad.any():
        codes = np.zeros(count, dtype=np.int8)
        codes[groups[bad][::-1]] = values.number[bad][::-1]
    hits = hits & (values.kind == NUMBER)
    number, place = values.number[hits], groups[hits]
    if kind in ("MAX", "MIN"):
        found = np.full(count, -np.inf if kind == "MAX" else np.inf)
        (np.maximum if kind == "MAX" else np.minimum).at(found, place, number)
        return np.where(np.isfinite(found), found, 0.0), codes
    sums = np.bincount(place, number, minlength=count).astype(np.float64)
    if kind == "SUM":
        return sums, codes
    sizes = np.bincount(place, minlength=count)
    return sums / np.maximum(sizes, 1), first_codes(codes, codes_where(sizes == 0, DIV0))


def _joined(
    request: Request, mask: Mask, joins: Sequence[Criterion]
) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Number the combinations of values in the ranges; return each cell's and each lane's number, −1 for none."""
    cell_codes = np.zeros(len(mask), dtype=np.int64)
    lane_codes = np.zeros(len(joins[0].values), dtype=np.int64)
    known = np.ones(len(joins[0].values), dtype=bool)
    for one in joins:
        numbering, codes = numbered(request, one.range)
        asked = np.array([numbering.get(_sought(value), -1) for value in one.values], dtype=np.int64)
        known &= asked >= 0
        cell_codes = cell_codes * len(numbering) + codes
        lane_codes = lane_codes * len(numbering) + np.maximum(asked, 0)
        cell_codes, lane_codes = _compressed(cell_codes, lane_codes)
    present, back = np.unique(cell_codes[mask], return_inverse=True)
    groups = np.full(len(mask), -1, dtype=np.int64)
    groups[mask] = back
    place = np.searchsorted(present, lane_codes)
    place[place == len(present)] = 0
    hit = known & (present[place] == lane_codes) if len(present) else np.zeros(len(known), dtype=bool)
    return groups, np.where(hit, place, -1), len(present)


def _compressed(cells: NDArray[np.int64], lanes: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number the codes anew where their product could outgrow 64 bits."""
    if not len(cells) or cells.max() < 2**31:
        return cells, lanes
    _, back = np.unique(np.concatenate([cells, lanes]), return_inverse=True)
    return back[: len(cells)], back[len(cells) :]


def _sought(value: Any) -> Any:
    """The key of a criterion that asks for equality: "5" and 5 ask for the same."""
    if value is None:
        return 0.0
    if isinstance(value, bool):
        return value, "truth"
    if isinstance(value, str):
        wanted = wanted_value(value)
        return (wanted, "truth") if isinstance(wanted, bool) else _text_key(value)
    return _rounded(value)


def _text_key(text: str) -> Any:
    number = number_of_text(text)
    return text.lower() if number is None else _rounded(number)


def _rounded(number: float) -> float:
    return number if number == int(number) else float(f"{number:.15g}")


def numbered(request: Request, found: Range) -> tuple[dict[Any, int], NDArray[np.int64]]:
    """Return a number for each different value of a range, and the numbers of its cells; kept for later formulas."""
    kept: tuple[dict[Any, int], NDArray[np.int64]]
    kept = request.frame.engine.kept("numbered", found.key, lambda: _numbered(found.cells))
    return kept


def _numbered(cells: Cells) -> tuple[dict[Any, int], NDArray[np.int64]]:
    numbering: dict[Any, int] = {}
    codes = np.empty(len(cells.kind), dtype=np.int64)
    numeric = cells.kind == NUMBER
    if numeric.any():
        unique, back = np.unique(cells.number[numeric], return_inverse=True)
        own = np.array([numbering.setdefault(_rounded(number), len(numbering)) for number in unique.tolist()])
        codes[numeric] = own[back]
    wordy = cells.kind == TEXT
    if wordy.any() and cells.text is not None:
        seen: dict[str, int] = {}
        texts = cells.text[wordy].tolist()
        for text in dict.fromkeys(texts):
            seen[text] = numbering.setdefault(_text_key(text), len(numbering))
        codes[wordy] = [seen[text] for text in texts]
    for place in np.flatnonzero(~(numeric | wordy)).tolist():
        kind, value = int(cells.kind[place]), float(cells.number[place])
        key = {BOOL: (bool(value), "truth"), BLANK: "\0blank"}.get(kind, ("error", value))
        codes[place] = numbering.setdefault(key, len(numbering))
    return numbering, codes


def _blanks_match(criteria: Sequence[Criterion], lanes: int) -> NDArray[np.float64]:
    """Return 1 where the criteria of a lane hold for cells that are blank in every range."""
    blank = Cells(np.array([BLANK], dtype=np.uint8), np.zeros(1))
    found = np.ones(lanes)
    for one in criteria:
        answers = {_hashable(value): float(criterion_mask(blank, value)[0]) for value in one.values}
        hits = np.array([answers[_hashable(value)] for value in one.values])
        found = found * (hits if len(hits) > 1 else hits[0])
    return found


def _mask(request: Request, found: Range, value: Any) -> Mask:
    key = found.key, _hashable(value)
    kept: Mask = request.frame.engine.kept("mask", key, lambda: criterion_mask(found.cells, value))
    return kept
