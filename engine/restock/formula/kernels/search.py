"""Finding a value in a row or column of cells: what VLOOKUP, MATCH and XLOOKUP share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.formula.cells import BOOL, NUMBER, TEXT, Cells, Scalar
from restock.formula.kernels.wildcards import has_wildcards, matcher
from restock.functions.values import CellError

Places = NDArray[np.int64]

EXACT, SMALLER, LARGER, WILDCARD = 0, -1, 1, 2
"""How XLOOKUP matches; VLOOKUP and MATCH use EXACT with wildcards, or `Vector.sorted_places`."""


@dataclass
class Vector:
    """A row or column that is searched; what was learned about it is kept for the next column of keys."""

    cells: Cells
    _orders: dict[int, tuple[NDArray[Any], Places]] = field(default_factory=dict)

    def find(self, keys: Sequence[Scalar], match: int, from_last: bool = False, wildcards: bool = False) -> Places:
        """Return the place (from 0) of each key, −1 where it is not found.

        Args:
            match: EXACT, SMALLER (else the next smaller value), LARGER, or WILDCARD.
            from_last: Whether the last of several equal cells is wanted.
            wildcards: Whether texts with ? and * are patterns although `match` is EXACT.
        """
        places = np.full(len(keys), -1, dtype=np.int64)
        index = self._last if from_last else self._first
        patterns: dict[str, int] = {}
        for lane, key in enumerate(keys):
            if isinstance(key, str) and (wildcards or match == WILDCARD) and has_wildcards(key):
                if key not in patterns:
                    patterns[key] = self._pattern(key, from_last)
                places[lane] = patterns[key]
            else:
                places[lane] = index.get(typed_key(key), -1)
                if places[lane] < 0 and match in (SMALLER, LARGER):
                    places[lane] = self._neighbour(key, match, from_last)
        return places

    @cached_property
    def _first(self) -> dict[Any, int]:
        return self._index(reverse=True)

    @cached_property
    def _last(self) -> dict[Any, int]:
        return self._index(reverse=False)

    def _index(self, reverse: bool) -> dict[Any, int]:
        """Map each value to a place; of several equal ones the one met last stays."""
        scalars = self.cells.scalars()
        found: dict[Any, int] = {}
        places = range(len(scalars) - 1, -1, -1) if reverse else range(len(scalars))
        for place in places:
            found[typed_key(scalars[place])] = place
        found.pop("\0error", None)
        return found

    def _pattern(self, pattern: str, from_last: bool) -> int:
        fits = matcher(pattern)
        places = np.flatnonzero(self.cells.kind == TEXT)
        texts = self.cells.text
        if texts is None:
            return -1
        for place in places[::-1].tolist() if from_last else places.tolist():
            if fits(texts[place]):
                return place
        return -1

    def _ordered(self, kind: int) -> tuple[NDArray[Any], Places]:
        """Return the values of one kind in rising order, and their places."""
        if kind not in self._orders:
            places = np.flatnonzero(self.cells.kind == kind)
            values = self.values(kind, places)
            order = np.argsort(values, kind="stable")
            self._orders[kind] = values[order], places[order]
        return self._orders[kind]

    def values(self, kind: int, places: Places) -> NDArray[Any]:
        """Return cells of one kind as they compare."""
        if kind == TEXT and self.cells.text is not None:
            found = np.empty(len(places), dtype=object)
            found[:] = [text.lower() for text in self.cells.text[places]]
            return found
        return self.cells.number[places]

    def _neighbour(self, key: Scalar, match: int, from_last: bool) -> int:
        """Return the next smaller or larger cell: numbers come before texts, texts before truth values."""
        found = comparable(key)
        if found is None:
            return -1
        own, value = found
        kinds = range(own, -1, -1) if match == SMALLER else range(own, BOOL + 1)
        for kind in kinds:
            values, places = self._ordered(kind)
            if match == SMALLER:
                place = (int(np.searchsorted(values, value, "left")) if kind == own else len(values)) - 1
            else:
                place = int(np.searchsorted(values, value, "right")) if kind == own else 0
            if 0 <= place < len(values):
                if from_last:
                    return int(places[int(np.searchsorted(values, values[place], "right")) - 1])
                return int(places[int(np.searchsorted(values, values[place], "left"))])
        return -1

    def sorted_places(self, keys: Sequence[Scalar], descending: bool = False) -> Places:
        """Return where each key belongs in a sorted vector: the last value that is not larger (smaller if descending).

        Values of another type than the key's are passed over.
        """
        found = np.full(len(keys), -1, dtype=np.int64)
        by_kind: dict[int, list[int]] = {}
        read = [comparable(key) for key in keys]
        for lane, one in enumerate(read):
            if one is not None:
                by_kind.setdefault(one[0], []).append(lane)
        for kind, lanes in by_kind.items():
            wanted = np.empty(len(lanes), dtype=object if kind == TEXT else float)
            wanted[:] = [read[lane][1] for lane in lanes]  # type: ignore[index]
            found[lanes] = self._bisected(kind, wanted, descending)
        return found

    def _bisected(self, kind: int, wanted: NDArray[Any], descending: bool) -> Places:
        places = np.flatnonzero(self.cells.kind == kind)
        values = self.values(kind, places)
        if not len(values):
            return np.full(len(wanted), -1, dtype=np.int64)
        if descending:
            return self._descending(values, places, wanted)
        if len(values) == len(self.cells.kind) and (values[1:] >= values[:-1]).all():
            return np.asarray(np.searchsorted(values, wanted, "right") - 1)
        line: list[Any] = [None] * len(self.cells.kind)
        for place, value in zip(places.tolist(), values.tolist(), strict=True):
            line[place] = value
        found = {value: _halving(line, value) for value in dict.fromkeys(wanted.tolist())}
        return np.array([found[value] for value in wanted.tolist()], dtype=np.int64)

    def is_strictly_sorted(self, descending: bool) -> bool:
        """Return whether all cells are of one kind and rise (fall) from each to the next."""
        kinds = np.unique(self.cells.kind)
        if len(kinds) != 1 or kinds[0] not in (NUMBER, TEXT):
            return False
        values = self.values(int(kinds[0]), np.arange(len(self.cells.kind)))
        first, second = (values[1:], values[:-1]) if descending else (values[:-1], values[1:])
        return bool((first < second).all())

    @staticmethod
    def _descending(values: NDArray[Any], places: Places, wanted: NDArray[Any]) -> Places:
        found = []
        for value in wanted:
            last = -1
            for place, one in enumerate(values.tolist()):
                if one < value:
                    break
                last = place
                if one == value:
                    break
            found.append(int(places[last]) if last >= 0 else -1)
        return np.array(found, dtype=np.int64)


def _halving(line: list[Any], wanted: Any) -> int:
    """Search as a spreadsheet does where cells are mixed or not sorted: the answer is what halving comes upon.

    Cells of another type (None) are stepped over, towards the end.
    """
    low, high = -1, len(line)
    while high - low > 1:
        middle = (low + high) // 2
        if line[middle] is None:
            stepped = _next_of_type(line, middle, high, wanted)
            if stepped is None:
                high = middle
                continue
            middle = stepped
        if line[middle] == wanted:
            while middle + 1 < high and line[middle + 1] == wanted:
                middle += 1
            return middle
        if wanted < line[middle]:
            high = middle
        else:
            low = middle
    return low


def _next_of_type(line: list[Any], middle: int, high: int, wanted: Any) -> int | None:
    """Return the next cell of the type; None where there is none, or where it is the last one and too large."""
    for place in range(middle + 1, high):
        if place == high - 1 and line[place] is not None and wanted < line[place]:
            return None
        if line[place] is not None:
            return place
    return None


def typed_key(value: Scalar) -> Any:
    """Return what makes two cells equal in a lookup: a text without its case, a number in fifteen digits."""
    if isinstance(value, bool):
        return value, "truth"
    if isinstance(value, CellError):
        return "\0error"
    if isinstance(value, str):
        return "\0text" + value.lower()
    if value is None:
        return "\0blank"
    number = float(value)
    return number if number == int(number) else float(f"{number:.15g}")


def comparable(value: Scalar) -> tuple[int, Any] | None:
    """Return the kind of a key and the value it compares with; None for an error."""
    if isinstance(value, bool):
        return BOOL, float(value)
    if isinstance(value, CellError):
        return None
    if isinstance(value, str):
        return TEXT, value.lower()
    return NUMBER, 0.0 if value is None else float(value)
