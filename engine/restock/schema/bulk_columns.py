"""Columns of Sales as arrays, read in bulk or cell by cell alike: only doubtful cells are looped over."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from restock.schema.cell import BLANK, Reading, is_blank, shown
from restock.schema.raw import CellError, RawColumn

Read = Callable[[Any], Reading]


@dataclass
class Numbers:
    """Numbers by position, NaN where blank or unusable; `bad` holds what stands in the unusable ones."""

    values: np.ndarray[Any, np.dtype[np.float64]]
    bad: dict[int, tuple[Any, Reading]] = field(default_factory=dict)

    def blank(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Where there is nothing at all."""
        mask = np.isnan(self.values)
        mask[list(self.bad)] = False
        return mask


@dataclass
class Texts:
    """Texts by position as codes into `texts`, -1 where blank or unusable; texts stand as typed."""

    codes: np.ndarray[Any, np.dtype[np.int64]]
    texts: list[str]
    bad: dict[int, tuple[Any, Reading]] = field(default_factory=dict)

    def blank(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Where there is nothing at all."""
        mask = self.codes < 0
        mask[list(self.bad)] = False
        return mask

    def first(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """The first position of each text, the length where it does not occur."""
        return first_positions(self.codes, len(self.texts))

    def where(self, wanted: Iterable[bool]) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Where the text is one of the wanted ones; `wanted` holds a flag per text."""
        flags = np.append(np.fromiter(wanted, dtype=bool, count=len(self.texts)), False)
        return flags[self.codes] if flags.any() else np.zeros(len(self.codes), dtype=bool)


def first_positions(codes: np.ndarray[Any, Any], count: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The first position of each code from 0 to count - 1, the number of codes where it does not occur.

    >>> first_positions(np.array([1, -1, 0, 1]), 3).tolist()
    [2, 0, 4]
    """
    first = np.full(count + 1, len(codes), dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)  # of repeated indices the last one assigned stays
    return first[:count]


def numbers(
    column: RawColumn | None, length: int, read: Read, shift: float, usual: tuple[float, float]
) -> Numbers:
    """Read a column of numbers.

    Args:
        column: As read by the host; None where the sheet has none.
        length: Number of rows.
        read: What a cell says that is not plainly a number within `usual`.
        shift: Taken off what `read` is given and returns (dates: serial number of 1970-01-01).
        usual: Inclusive range, after the shift, of numbers that need no second look.
    """
    if column is None:
        return Numbers(np.full(length, np.nan))
    values, doubts = _split_numbers(column, shift)
    with np.errstate(invalid="ignore"):
        strange = ~np.isnan(values) & ~((values >= usual[0]) & (values <= usual[1]))
    for position in np.flatnonzero(strange).tolist():
        doubts.setdefault(position, float(values[position]) + shift)
    result = Numbers(values)
    remembered: dict[tuple[type, Any], Reading] = {}
    for position, content in doubts.items():
        reading = _remember(remembered, content, read)
        values[position] = np.nan if reading.value is None else reading.value - shift
        if reading.fault:
            result.bad[position] = (content, reading)
    return result


def _split_numbers(
    column: RawColumn, shift: float
) -> tuple[np.ndarray[Any, np.dtype[np.float64]], dict[int, Any]]:
    """Plain numbers as an array, everything else by position."""
    doubts = {position: _plain(content) for position, content in column.doubts.items()}
    if not isinstance(column.values, pd.Categorical) and column.values.dtype != object:
        return column.values.astype(np.float64), doubts
    cells = [_plain(content) for content in np.asarray(column.values, dtype=object).tolist()]
    values = np.array(
        [content - shift if type(content) in (float, int) else np.nan for content in cells], dtype=float
    )
    found = {
        place: content for place, content in enumerate(cells) if type(content) not in (float, int, type(None))
    }
    return values, found | doubts


def texts(column: RawColumn | None, length: int, read: Read) -> Texts:
    """Read a column of texts; `read` says what a cell means that is not plainly a text."""
    if column is None:
        return Texts(np.full(length, -1, dtype=np.int64), [])
    codes, contents = _factorized(column)
    pool = _Pool(read)
    new = [pool.code(content) for content in contents]
    result = Texts(_recoded(codes, new), pool.texts)
    faulty = [code for code, content in enumerate(contents) if pool.reading(content).fault]
    for position in np.flatnonzero(np.isin(codes, faulty)).tolist() if faulty else ():
        content = contents[int(codes[position])]
        result.bad[position] = (content, pool.reading(content))
    for position, content in column.doubts.items():
        content = _plain(content)
        result.codes[position] = pool.code(content)
        result.bad.pop(position, None)
        if pool.reading(content).fault:
            result.bad[position] = (content, pool.reading(content))
    return result


_TEXT = Reading("text")


class _Pool:
    """The distinct texts of a column, and what each distinct content says."""

    def __init__(self, read: Read) -> None:
        self.texts: list[str] = []
        self._read = read
        self._codes: dict[str, int] = {}
        self._readings: dict[tuple[type, Any], Reading] = {}

    def reading(self, content: Any) -> Reading:
        if isinstance(content, str):
            return BLANK if is_blank(content) else _TEXT
        return _remember(self._readings, content, self._read)

    def code(self, content: Any) -> int:
        """The code of a content's text, -1 where it is blank or unusable."""
        if self.reading(content).value is None:
            return -1
        text = shown(content)
        if text not in self._codes:
            self._codes[text] = len(self.texts)
            self.texts.append(text)
        return self._codes[text]


def _recoded(codes: np.ndarray[Any, Any], new: list[int]) -> np.ndarray[Any, np.dtype[np.int64]]:
    if new == list(range(len(new))):
        return codes.astype(np.int64)
    return np.array([*new, -1], dtype=np.int64)[codes]


def _factorized(column: RawColumn) -> tuple[np.ndarray[Any, Any], list[Any]]:
    """Codes and the contents they stand for; -1 is blank."""
    values = column.values
    if isinstance(values, pd.Categorical):
        return values.codes, [str(text) for text in values.categories]
    if values.dtype != object:
        codes, unique = pd.factorize(values)
        return codes, unique.tolist()
    cells = np.empty(len(values), dtype=object)
    cells[:] = [_distinct(_plain(content)) for content in values.tolist()]
    codes, unique = pd.factorize(cells)
    return codes, [content[1] if isinstance(content, tuple) else content for content in unique]


def _distinct(content: Any) -> Any:
    """A content that is equal to another only where both are of one type: True is not 1."""
    return content if content is None or isinstance(content, str) else (type(content).__name__, content)


def _plain(content: Any) -> Any:
    return content.item() if isinstance(content, np.generic) else content


def _remember(remembered: dict[tuple[type, Any], Reading], content: Any, read: Read) -> Reading:
    """Read a content once, however often it occurs."""
    if not isinstance(content, str | float | int | bool | CellError):
        return BLANK if content is None else read(content)
    key = (type(content), content)
    if key not in remembered:
        remembered[key] = read(content)
    return remembered[key]
