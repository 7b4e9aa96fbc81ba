"""From the markup of cell values to typed arrays, many cells at a time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.formula.cells import BLANK, BOOL, ERROR, NUMBER, TEXT, VALUE, Cells, Kinds, Texts
from restock.functions.values import CODE

from .iso_serial import iso_serial
from .shared_strings import SharedStrings, plain_text, rich_text

_NOT_FINITE = CODE["#NUM!"]
_MOST_DECODED = 1 << 17


class CellReader:
    """Turns what stands in cells into `Cells` of shape (cells,); texts that recur are one object.

    Raises:
        ValueError, IndexError: A number of a shared text that is none; the part is damaged.
    """

    def __init__(self, strings: SharedStrings, date1904: bool = False) -> None:
        self._date1904 = date1904
        self._plain = _Decoded(plain_text)
        self._rich = _Decoded(rich_text)
        self._number = _Decoded(float)
        self._shared = _Decoded(lambda number: strings[int(number)])

    def numbers(self, values: Sequence[bytes]) -> Cells:
        """Return cells without a type; b"" is a blank."""
        kind: Kinds = np.zeros(len(values), dtype=np.uint8)
        if b"" in values:
            filled = np.fromiter(map(bool, values), dtype=bool, count=len(values))
            kind[~filled] = BLANK
            number = np.zeros(len(values))
            found = self.numbers(list(compress(values, filled.tolist())))
            kind[filled], number[filled] = found.kind, found.number
            return Cells(kind, number, _spread(found.text, filled))
        try:
            number = np.fromiter(map(self._number.__getitem__, values), dtype=np.float64, count=len(values))
        except ValueError:
            return self._odd_numbers(values)
        finite = np.isfinite(number)
        if not finite.all():
            kind[~finite], number[~finite] = ERROR, _NOT_FINITE
        return Cells(kind, number)

    def shared(self, values: Sequence[bytes]) -> Cells:
        """Return cells whose values are numbers of shared texts; b"" is a blank."""
        if b"" in values:
            filled = np.fromiter(map(bool, values), dtype=bool, count=len(values))
            found = self.shared(list(compress(values, filled.tolist())))
            kind = np.where(filled, np.uint8(TEXT), np.uint8(BLANK))
            return Cells(kind, np.zeros(len(values)), _spread(found.text, filled))
        return _texts(_objects(map(self._shared.__getitem__, values), len(values)))

    def inline(self, values: Sequence[bytes]) -> Cells:
        """Return texts that stand in the cells themselves as plain characters."""
        return _texts(_objects(map(self._plain.__getitem__, values), len(values)))

    def typed(self, types: Sequence[bytes], values: Sequence[bytes], inline: Sequence[bytes]) -> Cells:
        """Return cells of any type; one without a value is blank, unless its type says that it is a text.

        Args:
            types: The `t` of each cell.
            values: The content of its `<v>`.
            inline: The content of its `<is>`.
        """
        distinct = set(types)
        if distinct <= {b"", b"n"}:
            return self.numbers(values)
        if len(distinct) == 1:
            kind = types[0]
            return self._of_type(kind, inline if kind == b"inlineStr" else values)
        count = len(types)
        found = Cells(np.full(count, BLANK, dtype=np.uint8), np.zeros(count), np.full(count, "", dtype=object))
        of_type = np.array(types)
        for kind in distinct:
            places = np.flatnonzero(of_type == kind)
            at = places.tolist()
            source = inline if kind == b"inlineStr" else values
            part = self._of_type(kind, [source[place] for place in at])
            found.kind[places], found.number[places] = part.kind, part.number
            if part.text is not None and found.text is not None:
                found.text[places] = part.text
        return found

    def _of_type(self, kind: bytes, values: Sequence[bytes]) -> Cells:
        if kind in (b"", b"n"):
            return self.numbers(values)
        if kind == b"s":
            return self.shared(values)
        if kind == b"str":
            return self.inline(values)
        if kind == b"inlineStr":
            return _texts(_objects(map(self._rich.__getitem__, values), len(values)))
        found = self._rarer(kind, list(map(self._plain.__getitem__, values)))
        found.kind[[place for place, value in enumerate(values) if not value]] = BLANK
        return found

    def _rarer(self, kind: bytes, texts: list[str]) -> Cells:
        if kind == b"b":
            truth = np.array([text.strip() in ("1", "true") for text in texts], dtype=np.float64)
            return Cells(np.full(len(texts), BOOL, dtype=np.uint8), truth)
        if kind == b"e":
            codes = np.array([CODE.get(text.strip(), VALUE) for text in texts], dtype=np.float64)
            return Cells(np.full(len(texts), ERROR, dtype=np.uint8), codes)
        return self._dates(texts) if kind == b"d" else _texts(_objects(texts, len(texts)))

    def _dates(self, texts: list[str]) -> Cells:
        serials = [iso_serial(text, self._date1904) for text in texts]
        return _mixed([text if serial is None else serial for serial, text in zip(serials, texts, strict=True)])

    def _odd_numbers(self, values: Sequence[bytes]) -> Cells:
        """Return cells of which some say something that is no number, although they state no type."""
        found: list[float | str] = []
        for value in values:
            try:
                found.append(float(value))
            except ValueError:
                found.append(self._plain[value])
        return _mixed(found)


class _Decoded(dict[bytes, Any]):
    """Values by their markup, decoded once as long as they recur."""

    def __init__(self, decode: Callable[[bytes], Any]) -> None:
        super().__init__()
        self._decode = decode

    def __missing__(self, markup: bytes) -> Any:
        if len(self) >= _MOST_DECODED:
            self.clear()
        value = self[markup] = self._decode(markup)
        return value


def _objects(texts: Iterable[str], count: int) -> Texts:
    return np.fromiter(texts, dtype=object, count=count)


def _texts(texts: Texts) -> Cells:
    return Cells(np.full(len(texts), TEXT, dtype=np.uint8), np.zeros(len(texts)), texts)


def _mixed(values: Sequence[float | str]) -> Cells:
    is_text = np.array([isinstance(value, str) for value in values], dtype=bool)
    number = np.array([0.0 if isinstance(value, str) else value for value in values])
    bad = np.array([not math.isfinite(value) for value in number.tolist()], dtype=bool)
    kind = np.where(is_text, np.uint8(TEXT), np.where(bad, np.uint8(ERROR), np.uint8(NUMBER)))
    text = _objects((value if isinstance(value, str) else "" for value in values), len(values))
    return Cells(kind, np.where(bad, float(_NOT_FINITE), number), text if is_text.any() else None)


def _spread(text: Texts | None, filled: NDArray[np.bool_]) -> Texts | None:
    if text is None:
        return None
    found: Texts = np.full(len(filled), "", dtype=object)
    found[filled] = text
    return found
