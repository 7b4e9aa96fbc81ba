"""Criteria such as ">=3", "red" or "A*": which cells meet one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.formula.cells import BLANK, BOOL, ERROR, NUMBER, TEXT, Cells, single
from restock.formula.coerce import number_of_text, order, same_digits
from restock.formula.kernels.wildcards import matcher
from restock.functions.values import CODE

Mask = NDArray[np.bool_]
_CRITERION = re.compile(r"(<>|<=|>=|=|<|>)?(.*)", re.DOTALL)


def criterion_mask(cells: Cells, value: Any) -> Mask:
    """Return which cells meet a criterion such as 5, "red", ">=3", "<>", "A*".

    >>> from restock.formula.cells import block
    >>> criterion_mask(block([1.0, 5.0, "x", None], (4,)), ">1").tolist()
    [False, True, False, False]
    """
    operator, wanted = "=", value
    if isinstance(value, str) and value not in CODE:
        found = _CRITERION.fullmatch(value)
        assert found is not None
        operator, text = found[1] or "=", found[2]
        if text == "":
            return _emptiness(cells, operator, found[1] is not None)
        wanted = wanted_value(text)
    if wanted is None:
        wanted = 0.0
    if isinstance(wanted, bool):
        return _compare_kind(cells, BOOL, operator, cells.number - float(wanted))
    if isinstance(wanted, str) and wanted in CODE:
        hits = (cells.kind == ERROR) & (cells.number == CODE[wanted])
        return ~hits if operator == "<>" else hits
    if isinstance(wanted, str):
        return _compare_text(cells, operator, wanted)
    return _compare_number(cells, operator, float(wanted))


def wanted_value(text: str) -> Any:
    """Return what a criterion asks for: a number, a truth value or a text."""
    number = number_of_text(text)
    if number is not None:
        return number
    return {"TRUE": True, "FALSE": False}.get(text.upper(), text)


def _emptiness(cells: Cells, operator: str, stated: bool) -> Mask:
    blank = cells.kind == BLANK
    if operator == "<>":
        return ~blank
    if operator != "=":
        return np.zeros(blank.shape, dtype=bool)
    if stated or cells.text is None:
        return blank
    return blank | ((cells.kind == TEXT) & (cells.text == ""))


_COMPARE: dict[str, Callable[[Any], Any]] = {
    "=": lambda sign: sign == 0, "<": lambda sign: sign < 0, ">": lambda sign: sign > 0,
    "<=": lambda sign: sign <= 0, ">=": lambda sign: sign >= 0,
}  # fmt: skip


def _compare_kind(cells: Cells, kind: int, operator: str, difference: Any) -> Mask:
    own = cells.kind == kind
    if operator == "<>":
        return np.asarray(~(own & (difference == 0)))
    return np.asarray(own & _COMPARE[operator](difference))


def _compare_number(cells: Cells, operator: str, wanted: float) -> Mask:
    difference = cells.number - wanted
    near = (difference != 0) & (np.abs(difference) <= 1e-14 * abs(wanted)) & (cells.kind == NUMBER)
    if near.any():
        difference = difference.copy()
        same = same_digits(cells.number[near], np.full(int(near.sum()), wanted))
        difference[near] = np.where(same, 0.0, difference[near])
    found = _compare_kind(cells, NUMBER, operator, difference)
    if operator == "=" and cells.text is not None and (cells.kind == TEXT).any():
        alike = np.zeros(cells.kind.shape, dtype=bool)
        places = cells.kind == TEXT
        alike[places] = [number_of_text(text) == wanted for text in cells.text[places]]
        found = found | alike
    return found


def _compare_text(cells: Cells, operator: str, wanted: str) -> Mask:
    wordy = cells.kind == TEXT
    found = np.zeros(cells.kind.shape, dtype=bool)
    if cells.text is None or not wordy.any():
        return ~found if operator == "<>" else found
    texts = cells.text[wordy].tolist()
    if operator in ("=", "<>"):
        fits = matcher(wanted)
        answers = {text: fits(text) for text in dict.fromkeys(texts)}
        found[wordy] = [answers[text] for text in texts]
        return ~found if operator == "<>" else found
    signs, _ = order(Cells(cells.kind, cells.number, cells.text).reshape(1, -1, 1), single(wanted))
    return wordy & np.asarray(_COMPARE[operator](signs)).reshape(wordy.shape)
