"""Whether the formulas of the user's show the same in the other language; texts of ours may be in the other one."""

from __future__ import annotations

import math
from collections.abc import Iterator

from restock.schema.cell import clipped, shown
from restock_xl.package.book import Book
from restock_xl.package.cells import Value
from restock_xl.package.sheet_store import SheetStore
from restock_xl.relabel.doubts import Doubt
from restock_xl.relabel.user_formulas import UserFormula


def changed_values(
    before: Book, after: Book, sheets: dict[str, str], formulas: list[UserFormula]
) -> Iterator[Doubt]:
    """Yield a doubt for each formula of the user's on a sheet that is not ours whose number, or kind, is another one.

    Args:
        before, after: The book pressed on the same day in either language.
        sheets: New names of sheets by their old ones.
    """
    ours = {sheet.casefold() for sheet in before.owned().values()}
    was, will = SheetStore(before), SheetStore(after)
    for formula in formulas:
        if formula.place is None or formula.sheet.casefold() in ours:
            continue
        old = was.cells(formula.sheet).at(*formula.place)
        new = will.cells(sheets.get(formula.sheet, formula.sheet)).at(*formula.place)
        if not _alike(old, new):
            yield Doubt("relabel.shows", formula, {"value": _said(old), "new": _said(new)})


def _alike(old: Value, new: Value) -> bool:
    if isinstance(old, float) and isinstance(new, float):
        return math.isclose(old, new, rel_tol=1e-9, abs_tol=1e-12)
    if isinstance(old, str) and isinstance(new, str):
        return bool(old) == bool(new)
    return old == new


def _said(value: Value) -> str:
    return clipped(shown(value)) if value not in (None, "") else '""'
