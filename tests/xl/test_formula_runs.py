"""Formulas that run down a column alike are put into LibreOffice at once, and read as if written one by one."""

from __future__ import annotations

import pytest

from restock_xl.hosts.libreoffice import formula_runs
from restock_xl.hosts.libreoffice.formula_runs import moved


@pytest.mark.parametrize(
    ("text", "below"),
    [
        ("=A4+$B4", "=A7+$B7"),
        ("=A$4+$B$4", "=A$4+$B$4"),
        ("=SUM(A$1:A4)", "=SUM(A$1:A7)"),
        ("='Trend lines'!C4*2", "='Trend lines'!C7*2"),
        ("=LOG10(C4)+DEC2HEX(4)", "=LOG10(C7)+DEC2HEX(4)"),
        ("=Sales_2!C4", "=Sales_2!C7"),
        ("=4", "=4"),
    ],
)
def test_moved(text: str, below: str) -> None:
    """Only rows without a $ follow; numbers and the names of functions and sheets stay."""
    assert moved(text, 3) == below


def test_runs_end_where_a_formula_is_another_one() -> None:
    """A run is one column's rows without a gap, each like the one above."""
    column = [(row, 0, f"=B{row + 1}") for row in range(5)]
    other = [(5, 0, "=C6"), (7, 0, "=C8"), (8, 0, "=C9")]
    beside = [(row, 1, f"=A{row + 1}") for row in range(3)]
    runs = [[placed[0] for placed in run] for run in formula_runs._runs([*beside, *other, *column])]
    assert sorted(runs) == [[0, 1, 2], [0, 1, 2, 3, 4], [5], [7, 8]]
