"""Functions that turn numbers into texts and texts into numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from restock.formula.cells import (
    BLANK,
    BOOL,
    NUMBER,
    TEXT,
    VALUE,
    Cells,
    Codes,
    Floats,
    Scalar,
    Texts,
    numbers_block,
)
from restock.formula.coerce import number_of_text, number_text
from restock.formula.frame import LaneByLane, Unsupported, Value
from restock.formula.kernels.arithmetic import round_half_away
from restock.formula.kernels.format_dates import NoDate
from restock.formula.kernels.format_tokens import BadFormat
from restock.formula.kernels.mapping import BAD_VALUE, mapped_once
from restock.formula.kernels.number_format import Format, number_format
from restock.formula.kernels.registry import Request, answered, codes_where, elementwise, kernel

_MOST_DECIMALS = 127
_TWO = np.full((1, 1, 1), 2.0)
_NO = np.zeros((1, 1, 1), dtype=bool)


@kernel("TEXT", least=2, most=2)
def _text(request: Request) -> Value:
    date1904 = request.frame.engine.book.date1904
    operands = [request.cells(0), request.cells(1)]
    return answered(lambda cells, formats: formatted(cells, formats, date1904), "vs", operands)


def formatted(cells: Cells, formats: Texts, date1904: bool = False) -> tuple[Texts, Codes | None]:
    """Return values as number formats show them, and error codes."""
    shape = np.broadcast_shapes(cells.kind.shape, formats.shape)
    spread, wanted = cells.spread(shape), np.broadcast_to(formats, shape)
    found, codes = np.full(shape, "", dtype=object), np.zeros(shape, dtype=np.int8)
    for text in dict.fromkeys(formats.ravel().tolist()):
        here = np.ones(shape, dtype=bool) if formats.size == 1 else np.asarray(wanted == text, dtype=bool)
        try:
            found[here], codes[here] = _in_one_format(spread[here], text, date1904)
        except Unsupported:
            if shape[0] > 1:
                raise LaneByLane from None
            raise
    return found, codes if codes.any() else None


def _in_one_format(cells: Cells, text: str, date1904: bool) -> tuple[Texts, Codes]:
    found, codes = np.full(cells.kind.shape, "", dtype=object), np.zeros(cells.kind.shape, dtype=np.int8)
    try:
        form = number_format(text, date1904)
    except BadFormat:
        return found, codes_where(np.ones(cells.kind.shape, dtype=bool), VALUE)
    numbers, is_number = _numbers(cells, form)
    if is_number.any():
        found[is_number], codes[is_number] = _shown(numbers[is_number], form)
    words = (cells.kind == TEXT) & ~is_number
    if words.any() and cells.text is not None:
        found[words] = [form.word(word) for word in cells.text[words].tolist()]
    truths = cells.kind == BOOL
    if truths.any():
        found[truths] = np.where(cells.number[truths] != 0, form.word("TRUE"), form.word("FALSE"))
    return found, codes


def _numbers(cells: Cells, form: Format) -> tuple[Floats, Any]:
    """Return numbers, and which cells are numbers or texts that look like them."""
    numbers, is_number = cells.number, (cells.kind == NUMBER) | (cells.kind == BLANK)
    places = np.flatnonzero(cells.kind == TEXT)
    if cells.text is None or not len(places):
        return numbers, is_number
    read = [number_of_text(word) for word in cells.text[places].tolist()]
    numbers = numbers.copy()
    numbers[places] = [0.0 if number is None else number for number in read]
    is_number[places] = [number is not None for number in read]
    if form.is_for_texts and any(number is not None and number_text(number) != word
                            for number, word in zip(read, cells.text[places].tolist(), strict=True)):  # fmt: skip
        raise Unsupported("formula.function", "TEXT")
    return numbers, is_number


def _shown(numbers: Floats, form: Format) -> tuple[Texts, Codes]:
    unique, back = np.unique(numbers, return_inverse=True)
    codes = np.zeros(unique.shape, dtype=np.int8)
    try:
        found = form.numbers(unique)
    except NoDate:
        found = np.full(unique.shape, "", dtype=object)
        for place in range(len(unique)):
            try:
                found[place] = form.numbers(unique[place : place + 1])[0]
            except NoDate:
                codes[place] = VALUE
    return found[back], codes[back]


@elementwise("FIXED", reads="n|nb")
def _fixed(number: Any, decimals: Any = _TWO, plain: Any = _NO) -> Any:
    def form(decimals: float, plain: bool) -> str:
        return ("0" if plain else "#,##0") + _decimals(decimals)

    return _rounded(number, decimals, mapped_once(form, decimals, plain).text)


@elementwise("DOLLAR", reads="n|n")
def _dollar(number: Any, decimals: Any = _TWO) -> Any:
    def form(decimals: float) -> str:
        places = _decimals(decimals)
        return f"$#,##0{places};($#,##0{places})"

    return _rounded(number, decimals, mapped_once(form, decimals).text)


def _decimals(decimals: float) -> str:
    places = min(int(decimals), _MOST_DECIMALS)
    return "." + "0" * places if places > 0 else ""


def _rounded(number: Any, decimals: Any, formats: Any) -> tuple[Texts, Codes | None]:
    """Return numbers in formats; digits before the decimal point that decimals below 0 take away are rounded first."""
    number = np.where(decimals < 0, round_half_away(number, np.trunc(decimals)), number)
    found, codes = formatted(numbers_block(number), formats)
    many = np.broadcast_to(codes_where(decimals >= _MOST_DECIMALS + 1, VALUE), found.shape)
    return found, many if many.any() else codes


@elementwise("VALUE", reads="v")
def _value(cells: Cells) -> Any:
    codes = codes_where(cells.kind == BOOL, VALUE)
    numbers = np.where(cells.kind == NUMBER, cells.number, 0.0)
    places = cells.kind == TEXT
    if cells.text is not None and places.any():
        read = [number_of_text(word) for word in cells.text[places].tolist()]
        numbers[places] = [0.0 if number is None else number for number in read]
        codes[places] = [VALUE if number is None else 0 for number in read]
    return numbers, codes


@elementwise("NUMBERVALUE", reads="s|ss")
def _numbervalue(text: Any, point: Any = None, group: Any = None) -> Any:
    point = np.full((1, 1, 1), ".", dtype=object) if point is None else point
    group = np.full((1, 1, 1), ",", dtype=object) if group is None else group
    return mapped_once(_number_between, text, point, group)


def _number_between(text: str, point: str, group: str) -> Scalar:
    if not point or not group or point[0] == group[0]:
        return BAD_VALUE
    whole, has_point, fraction = "".join(text.split()).partition(point[0])
    if group[0] in fraction or point[0] in fraction:
        return BAD_VALUE
    bare = whole.replace(group[0], "") + ("." if has_point else "") + fraction
    signs = len(bare) - len(bare.rstrip("%"))
    bare = bare.rstrip("%")
    if not bare:
        return BAD_VALUE if signs or has_point else 0.0
    number = number_of_text(bare)
    if number is None or "," in bare:
        return BAD_VALUE
    if any(sign in bare for sign in ":-/") and not _is_plain(bare):
        raise Unsupported("formula.function", "NUMBERVALUE")
    return number / 100**signs


def _is_plain(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
