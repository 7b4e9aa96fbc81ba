"""CSV and tab files, read once from top to bottom, only the wanted columns kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from restock.errors import InputError
from restock.imports.recognise import HEADER_ROWS, recognise
from restock.imports.recognised import Recognised
from restock.imports.text_table import TextTable
from restock.text import Words, say
from restock_xl.collector import collector_paused

from .encoding import encoding_of

DELIMITERS = ("\t", ",", ";", "|")
Codes = NDArray[np.int32]
_CHUNK = 500  # rows that stay in the processor's cache
_SAME_LENGTH = 16
"""Excel leaves out empty cells at the end of rows for blocks of this many rows."""


@dataclass(frozen=True)
class Layout:
    """How a text file is laid out: the delimiter of its headers and that of its rows, which may differ."""

    encoding: str
    delimiter: str
    row_delimiter: str
    skip: int = 0


def layout_of(path: Path) -> tuple[Layout, list[list[str]]]:
    """Return the layout of a text file and its first rows."""
    encoding = encoding_of(path, lambda text: recognise(_head(text)[1]) is not None)
    with open(path, encoding=encoding, errors="replace", newline="") as stream:
        start = "".join(islice(_lines(stream), HEADER_ROWS + 5))
    delimiter, rows, skip = _named_delimiter(start)
    if not delimiter:
        delimiter, rows = _head(start)
    found = recognise(rows)
    row_delimiter = delimiter
    if found is not None and len(rows) > found.header_row + 1:
        row_delimiter = _row_delimiter(rows[found.header_row + 1], len(found.headers), delimiter)
    return Layout(encoding, delimiter, row_delimiter, skip), rows


def _lines(stream: io.TextIOBase) -> Iterator[str]:
    """Lines, but never more than a little of a file without line ends."""
    while line := stream.readline(1 << 16):
        yield line


def _named_delimiter(start: str) -> tuple[str, list[list[str]], int]:
    """The delimiter that a first line `sep=;` names."""
    first, _, rest = start.lstrip("\ufeff").partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter = first.strip()[4]
        return delimiter, [[], *_rows(rest, delimiter)], 1
    return "", [], 0


def _head(text: str) -> tuple[str, list[list[str]]]:
    """The delimiter under which the headers are recognised, else the one that makes the most columns."""
    lines = "".join(text.splitlines(keepends=True)[: HEADER_ROWS + 5])
    found = {delimiter: _rows(lines, delimiter) for delimiter in DELIMITERS}
    for delimiter, rows in found.items():
        if recognise(rows) is not None:
            return delimiter, rows
    widest = max(found, key=lambda delimiter: max(map(len, found[delimiter]), default=0))
    return widest, found[widest]


def _rows(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(_reader(io.StringIO(text, newline=""), delimiter))
    except csv.Error:
        return []


def _reader(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """Rows of cells. In tab files a quotation mark is an inch or a nickname, never a bracket round a cell."""
    if delimiter == "\t":
        return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    return csv.reader(lines, delimiter=delimiter)


def _row_delimiter(cells: Sequence[str], width: int, delimiter: str) -> str:
    """The delimiter of the rows: a copy from a spreadsheet has tabs under headers with commas."""
    joined = delimiter.join(cells)
    return "\t" if len(cells) < width <= joined.count("\t") + 1 else delimiter


def read_columns(path: Path, layout: Layout, found: Recognised, words: Words) -> TextTable:
    """Return the wanted columns of a recognised text file.

    Raises:
        InputError: A quotation mark is never closed.
    """
    with open(path, encoding=layout.encoding, errors="replace", newline="") as stream:
        for _ in range(layout.skip):
            stream.readline()
        top = _reader(stream, layout.delimiter)
        try:
            for _ in range(found.header_row + 1 - layout.skip):
                next(top)
            rows = top if layout.row_delimiter == layout.delimiter else _reader(stream, layout.row_delimiter)
            with collector_paused():
                return _collected(rows, found, _is_cut(path, layout.encoding))
        except csv.Error as error:
            raise InputError(say("import.quote_open", words, name=path.name)) from error


def _is_cut(path: Path, encoding: str) -> bool:
    """Whether the last line has no end, as in a download that broke off."""
    with open(path, "rb") as stream:
        stream.seek(0, io.SEEK_END)
        stream.seek(max(0, stream.tell() - 4))
        end = stream.read()
    return not end.rstrip(b"\0").endswith((b"\n", b"\r"))


def _collected(rows: Iterator[list[str]], found: Recognised, cut: bool) -> TextTable:
    wanted, width = found.wanted, len(found.headers)
    parts: dict[int, list[Codes]] = {place: [] for place in wanted}
    texts = {place: _Numbered() for place in wanted}
    sizes: list[NDArray[np.int64]] = []
    fuller, last = False, ""
    while chunk := list(islice(rows, _CHUNK)):
        last = chunk[-1][-1] if chunk[-1] else ""
        lengths = np.fromiter(map(len, chunk), dtype=np.int64, count=len(chunk))
        for place in np.flatnonzero(lengths != width).tolist():
            fuller |= any(cell.strip() for cell in chunk[place][width:])
            chunk[place] = (chunk[place] + [""] * width)[:width]
        for place in wanted:
            codes = map(texts[place].__getitem__, map(itemgetter(place), chunk))
            parts[place].append(np.fromiter(codes, dtype=np.int32, count=len(chunk)))
        sizes.append(lengths)
    if last.endswith(("\n", "\r")):
        raise csv.Error("the file ends within quotation marks")
    every = np.concatenate([np.empty(0, dtype=np.int64), *sizes])
    columns = {place: _column(parts[place], texts[place]) for place in wanted}
    broken = _broken(every, width, fuller, cut, width - 1 in wanted)
    return TextTable(columns, np.arange(len(every), dtype=np.int64) + found.header_row + 2, broken)


def _column(parts: list[Codes], texts: dict[str, int]) -> pd.Categorical[Any]:
    codes = np.concatenate([np.empty(0, dtype=np.int32), *parts])
    return pd.Categorical.from_codes(codes, pd.Index(list(texts), dtype=object))


class _Numbered(dict[str, int]):
    """The number of each text, new ones numbered as they are asked for."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number


def _broken(
    sizes: NDArray[np.int64], width: int, fuller: bool, cut: bool, last_used: bool
) -> NDArray[np.object_]:
    """What is wrong with rows whose cells are not as many as the headers.

    A line break within a cell leaves a short row and damages the one after it, and where the last column is used
    the one before it too. Blank lines are no rows; a block of rows without their empty ends is whole.
    """
    broken = np.full(len(sizes), "", dtype=object)
    long = sizes > width
    if fuller or len(set(sizes[sizes > 0].tolist())) > 1:
        broken[long] = "long_row"
    short = (sizes < width) & (sizes > 0)
    edges = np.flatnonzero(np.diff(sizes)) + 1
    for start, end in zip(np.r_[0, edges], np.r_[edges, len(sizes)], strict=True):
        if start < len(sizes) and short[start] and end - start < _SAME_LENGTH:
            first = max(0, start - 1) if last_used and sizes[max(0, start - 1)] else start
            broken[first : end + 1] = np.where(broken[first : end + 1] == "", "near_break", broken[first : end + 1])
            broken[start:end] = "short_row"
    if cut and last_used and len(sizes) and not broken[-1]:
        broken[-1] = "cut_row"
    return broken
