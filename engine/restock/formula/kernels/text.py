"""Functions that cut, join, search and change texts."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from restock.formula.areas import Area
from restock.formula.cells import TEXT, Cells, Codes, Scalar, Texts, error_codes, first_codes, texts_block
from restock.formula.coerce import texts
from restock.formula.frame import Union, Unsupported, Value
from restock.formula.kernels.mapping import (
    BAD_VALUE,
    LONGEST_TEXT,
    NOT_AVAILABLE,
    limited,
    mapped,
    mapped_once,
    mapped_units,
    too_long,
)
from restock.formula.kernels.registry import Request, as_cells, elementwise, first_cell, kernel
from restock.formula.kernels.wildcards import has_wildcards, searcher

ONE = np.ones((1, 1, 1))
_LETTERS = re.compile(r"[^\W\d_]+")
_UNPRINTED = dict.fromkeys(range(32))
_FEW = 16  # columns up to which adding them up is quicker than joining each row
_ASIAN = range(0x2E80, 0xFF00)  # letters that no Western code page has, not even as a likeness


@elementwise("LEN", "LENB", reads="s")
def _len(text: Any) -> Any:
    return mapped_units(len, text)


@elementwise("LEFT", "LEFTB", reads="s|n")
def _left(text: Any, count: Any = ONE) -> Any:
    return mapped_units(lambda t, n: t[: int(n)] if n >= 0 else BAD_VALUE, text, count)


@elementwise("RIGHT", "RIGHTB", reads="s|n")
def _right(text: Any, count: Any = ONE) -> Any:
    return mapped_units(lambda t, n: t[max(len(t) - int(n), 0) :] if n >= 0 else BAD_VALUE, text, count)


@elementwise("MID", "MIDB", reads="snn")
def _mid(text: Any, start: Any, count: Any) -> Any:
    def one(text: str, start: float, count: float) -> Scalar:
        first = int(start) - 1
        return text[first : first + int(count)] if first >= 0 and count >= 0 else BAD_VALUE

    return mapped_units(one, text, start, count)


@elementwise("REPLACE", "REPLACEB", reads="snns")
def _replace(text: Any, start: Any, count: Any, new: Any) -> Any:
    def one(text: str, start: float, count: float, new: str) -> Scalar:
        first = int(start) - 1
        if first < 0 or count < 0:
            return BAD_VALUE
        return limited(text[:first] + new + text[first + int(count) :])

    return mapped_units(one, text, start, count, new)


@elementwise("FIND", "FINDB", reads="ss|n")
def _find(sought: Any, text: Any, start: Any = ONE) -> Any:
    def one(sought: str, text: str, start: float) -> Scalar:
        first = int(start) - 1
        found = text.find(sought, first) if first >= 0 else -1
        return found + 1.0 if found >= 0 else BAD_VALUE

    return mapped_units(one, sought, text, start)


@elementwise("SEARCH", "SEARCHB", reads="ss|n")
def _search(sought: Any, text: Any, start: Any = ONE) -> Any:
    def one(sought: str, text: str, start: float) -> Scalar:
        first = int(start) - 1
        if not 0 <= first <= len(text):
            return BAD_VALUE
        if text.isascii() and sought.isascii() and not has_wildcards(sought):
            found = text.lower().find(sought.lower(), first)
        else:
            found = searcher(sought)(text, first)
        return found + 1.0 if found >= 0 else BAD_VALUE

    return mapped_units(one, sought, text, start)


@elementwise("SUBSTITUTE", reads="sss|n")
def _substitute(text: Any, old: Any, new: Any, instance: Any = None) -> Any:
    if instance is None:
        return mapped(lambda t, o, n: limited(t.replace(o, n)) if o else t, text, old, new)
    return mapped(_substituted_once, text, old, new, instance)


def _substituted_once(text: str, old: str, new: str, instance: float) -> Scalar:
    if instance < 1:
        return BAD_VALUE
    if not old:
        return text
    place = -len(old)
    for _ in range(min(int(instance), len(text) + 1)):
        place = text.find(old, place + len(old))
        if place < 0:
            return text
    return limited(text[:place] + new + text[place + len(old) :])


@elementwise("REPT", reads="sn")
def _rept(text: Any, count: Any) -> Any:
    def one(text: str, count: float) -> Scalar:
        return text * int(count) if count >= 0 and len(text) * int(count) <= LONGEST_TEXT else BAD_VALUE

    return mapped(one, text, count)


@elementwise("UPPER", reads="s")
def _upper(text: Any) -> Any:
    return mapped(_raised, text)


def _raised(text: str) -> str:
    """Letters whose capital would be two letters, as ß, stay what they are."""
    if text.isascii():
        return text.upper()
    return "".join(letter.upper() if len(letter.upper()) == 1 else letter for letter in text)


@elementwise("LOWER", reads="s")
def _lower(text: Any) -> Any:
    return mapped(_lowered, text)


def _lowered(text: str) -> str:
    return text.lower() if text.isascii() else "".join(letter.lower()[0] for letter in text)


@elementwise("PROPER", reads="s")
def _proper(text: Any) -> Any:
    return mapped_once(lambda t: _LETTERS.sub(lambda run: _raised(run[0][0]) + _lowered(run[0][1:]), t), text)


@elementwise("TRIM", reads="s")
def _trim(text: Any) -> Any:
    return mapped(lambda t: " ".join(filter(None, t.split(" "))), text)


@elementwise("CLEAN", reads="s")
def _clean(text: Any) -> Any:
    return mapped(lambda t: t if t.isprintable() else t.translate(_UNPRINTED), text)


@elementwise("EXACT", reads="ss")
def _exact(left: Any, right: Any) -> Any:
    return np.asarray(left == right, dtype=bool)


@kernel("T", least=1, most=1)
def _t(request: Request) -> Value:
    cells = first_cell(request, 0)
    found = np.full(cells.kind.shape, "", dtype=object)
    words = found if cells.text is None else np.where(cells.kind == TEXT, cells.text, found)
    return as_cells(words, error_codes(cells))


@elementwise("CHAR", reads="n")
def _char(code: Any) -> Any:
    def one(code: float) -> Scalar:
        if not 1 <= code < 256:
            return BAD_VALUE
        sign = bytes([int(code)])
        return sign.decode("cp1252", "ignore") or sign.decode("latin-1")

    return mapped_once(one, code)


@elementwise("CODE", reads="s")
def _code(text: Any) -> Any:
    return mapped_once(_ansi_code, text)


def _ansi_code(text: str) -> Scalar:
    """Letters that Windows would write as a likeness of themselves are left to others."""
    if not text:
        return BAD_VALUE
    sign = text[0].encode("cp1252", "ignore") or text[0].encode("latin-1", "ignore")
    if not sign and ord(text[0]) not in _ASIAN:
        raise Unsupported("formula.function", "CODE")
    return float(sign[0]) if sign else float(ord("?"))


@elementwise("UNICHAR", reads="n")
def _unichar(code: Any) -> Any:
    def one(code: float) -> Scalar:
        if not 1 <= code < 0x110000:
            return BAD_VALUE
        return NOT_AVAILABLE if 0xD800 <= int(code) < 0xE000 else chr(int(code))

    return mapped_once(one, code)


@elementwise("UNICODE", reads="s")
def _unicode(text: Any) -> Any:
    return mapped(lambda t: float(ord(t[0])) if t else BAD_VALUE, text)


@elementwise("CONCATENATE", reads="ss*")
def _concatenate(*parts: Any) -> Any:
    found = sum(parts[1:], start=parts[0])
    return found, too_long(found)


@kernel("CONCAT", least=1)
def _concat(request: Request) -> Value:
    found, codes = flattened(request, 0, blanks=False)
    if found.shape[1] <= _FEW:
        joined = sum((found[:, place] for place in range(1, found.shape[1])), start=found[:, 0])
    else:
        joined = _object_array(["".join(row) for row in found.tolist()])
    return _one_each(joined, codes)


@kernel("TEXTJOIN", least=3)
def _textjoin(request: Request) -> Value:
    ignored, ignoring_codes = request.truth(1) if request.given(1) else (np.ones((1, 1, 1), dtype=bool), None)
    separators, separator_codes = flattened(request, 0, last=1)
    found, codes = flattened(request, 2, blanks=not ignored.all())
    lanes = max(len(separators), len(found), len(ignored))
    columns = [np.broadcast_to(one.reshape(len(one), -1), (lanes, one.size // len(one))).tolist()
               for one in (separators, ignored, found)]  # fmt: skip
    joined = [_joined(between, skips[0], row) for between, skips, row in zip(*columns, strict=True)]
    ignoring = None if ignoring_codes is None else ignoring_codes.reshape(len(ignoring_codes), -1)[:, 0]
    return _one_each(_object_array(joined), first_codes(separator_codes, ignoring, codes))


def _joined(separators: list[str], skips_empty: bool, parts: list[str]) -> str:
    parts = [part for part in parts if part] if skips_empty else parts
    if len(separators) == 1:
        return separators[0].join(parts)
    between = [separators[place % len(separators)] for place in range(len(parts) - 1)]
    return "".join(part + after for part, after in zip(parts, [*between, ""], strict=False))


def flattened(request: Request, first: int, last: int | None = None, blanks: bool = True) -> tuple[Texts, Codes | None]:
    """Return all cells of some arguments as texts, (lanes, cells), and the first error of each lane.

    Args:
        blanks: Whether the blank cells below and beside what a sheet holds are wanted too.
    """
    parts = [part for place in range(first, len(request) if last is None else last)
             for part in _every_cell(request, place, blanks)]  # fmt: skip
    lanes = max(len(part.kind) for part in parts)
    pairs = [texts(part) for part in parts]
    found = [np.broadcast_to(text.reshape(len(text), -1), (lanes, text.size // len(text))) for text, _ in pairs]
    codes = first_codes(*(np.broadcast_to(_first_of_lane(code), (lanes,)) for _, code in pairs if code is not None))
    return np.concatenate(found, axis=1), codes


def _every_cell(request: Request, place: int, blanks: bool) -> list[Cells]:
    value = request.value(place)
    areas = value.areas if isinstance(value, Union) else (value,)
    return [request.frame.all_cells(area.used() if isinstance(area, Area) and not blanks else area) for area in areas]


def _first_of_lane(codes: Codes) -> Codes:
    flat = codes.reshape(len(codes), -1)
    return np.asarray(np.take_along_axis(flat, (flat > 0).argmax(axis=1)[:, None], axis=1)[:, 0])


def _object_array(values: list[str]) -> Texts:
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found


def _one_each(joined: Texts, codes: Codes | None) -> Cells:
    """Return one text a lane."""
    codes = first_codes(codes, too_long(joined))
    return texts_block(joined.reshape(-1, 1, 1), None if codes is None else codes.reshape(-1, 1, 1))
