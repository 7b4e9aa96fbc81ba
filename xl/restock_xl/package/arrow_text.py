"""Text columns of an Arrow array as category codes, without a Python string per row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

_WORD = 8
_MOST_WORDS = 8  # longer texts are told apart by their remaining bytes one by one
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(_WORD + 1)], dtype=np.uint64)


def validity(bits: Array, offset: int, length: int) -> Array:
    """Return which values of an Arrow array are present, given its validity buffer (empty: all)."""
    if len(bits) == 0:
        return np.ones(length, dtype=bool)
    return np.unpackbits(bits, count=offset + length, bitorder="little")[offset:].astype(bool)


@dataclass(frozen=True)
class ArrowText:
    """Texts as slices of one buffer of UTF-8; `present` is false for nulls."""

    data: Array
    starts: Array
    lengths: Array
    present: Array

    @classmethod
    def of(cls, data: Array, offsets: Array, present: Array) -> ArrowText:
        """Return the texts of an Arrow string array, given its buffers."""
        padded = np.concatenate([data.view(np.uint8), np.zeros(_WORD, dtype=np.uint8)])
        offsets = offsets.astype(np.int64)
        return cls(padded, offsets[:-1], np.diff(offsets), present)

    def codes(self) -> tuple[Array, list[str]]:
        """Return (codes, texts): equal codes for equal texts, −1 for nulls; texts in order of appearance.

        Texts are compared eight bytes at a time as whole numbers, so the result is exact. No XML text holds
        the zero byte that fills up the last of them.
        """
        codes = np.full(len(self.starts), -1, dtype=np.int64)
        rows = slice(None) if self.present.all() else np.flatnonzero(self.present)
        starts, lengths = self.starts[rows], self.lengths[rows]
        if len(starts) == 0:
            return codes, []
        codes[rows] = found = self._factorized(starts, lengths)
        first = np.empty(int(found.max()) + 1, dtype=np.int64)
        # Written from the end: of several writes to one place the last stays.
        first[found[::-1]] = np.arange(len(found) - 1, -1, -1)
        texts = [self.data[starts[i] : starts[i] + lengths[i]].tobytes().decode() for i in first]
        return codes, texts

    def take(self, places: Array) -> ArrowText:
        """Return the texts at some places."""
        return ArrowText(self.data, self.starts[places], self.lengths[places], self.present[places])

    def part(self, begin: Array, length: Array) -> ArrowText:
        """Return the slices of the texts that begin at `begin` and have `length` bytes."""
        return ArrowText(self.data, self.starts + begin, length, self.present)

    def byte_at(self, place: int) -> Array:
        """Return the byte at a place of each text; 0 where the text is shorter."""
        at = np.minimum(self.starts + place, len(self.data) - 1)
        return np.where(self.lengths > place, self.data[at], 0)

    def _factorized(self, starts: Array, lengths: Array) -> Array:
        import pandas as pd

        words: Array = np.ndarray((len(self.data) - _WORD + 1,), dtype="<u8", buffer=self.data, strides=(1,))
        codes: Array = pd.factorize(words[starts] & _MASKS[np.minimum(lengths, _WORD)])[0]
        for word in range(1, _MOST_WORDS + 1):
            longer = np.flatnonzero(lengths > word * _WORD)
            if len(longer) == 0:
                break
            begin, left = starts[longer] + word * _WORD, lengths[longer] - word * _WORD
            if word < _MOST_WORDS:
                part, parts = pd.factorize(words[begin] & _MASKS[np.minimum(left, _WORD)])
            else:
                part, parts = pd.factorize(self._tails(begin, left))
            combined = codes * (len(parts) + 1)
            combined[longer] += part + 1
            codes = pd.factorize(combined)[0]
        return codes

    def _tails(self, begin: Array, left: Array) -> Array:
        tails = np.empty(len(begin), dtype=object)
        ends = (begin + left).tolist()
        tails[:] = [self.data[at:end].tobytes() for at, end in zip(begin.tolist(), ends, strict=True)]
        return tails
