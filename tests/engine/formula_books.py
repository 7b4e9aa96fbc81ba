"""Small books for the tests of the formula engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from restock.formula import Result, Workbook, book_of, recalculate
from restock.formula.cells import Scalar
from restock.formula.tree import column_number

TODAY = dt.datetime(2026, 11, 25, 9, 30)


def place(reference: str) -> tuple[int, int]:
    """Row and column of `B7`."""
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :]), column_number(letters)


class Calculated:
    """A book of one or more sheets after it was recalculated."""

    def __init__(self, cells: Mapping[str, Any], long_tail: bool = False, **more: Any) -> None:
        sheets = cells if cells and isinstance(next(iter(cells.values())), Mapping) else {"S": cells}
        plain = {name: {place: _plain(value) for place, value in own.items()} for name, own in sheets.items()}
        self.book: Workbook = book_of(plain, **more)
        self.result: Result = recalculate(self.book, TODAY, long_tail=long_tail)

    def __getitem__(self, reference: str) -> Scalar:
        sheet, _, cell = reference.rpartition("!")
        return self.book.value(sheet or self.book.sheets[0].name, *place(cell))

    @property
    def reasons(self) -> dict[str, str]:
        """Why cells keep their value, by `S!A1`-like reference without the first sheet's name."""
        from restock.formula.tree import column_letters

        return {f"{column_letters(one.column)}{one.row}": one.reason for one in self.result.unevaluated}


def _plain(value: Any) -> Scalar:
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def value_of(formula: str, cells: Mapping[str, Any] | None = None, **more: Any) -> Scalar:
    """What a formula in Z1 shows beside some cells."""
    return Calculated({**(cells or {}), "Z1": f"={formula}"}, **more)["Z1"]
