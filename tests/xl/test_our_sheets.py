"""Sheets of ours that are gone are named, those that a book never had are not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from restock_xl.checking import our_sheets
from restock_xl.sheets.layout import WRITTEN

CHARTS = {"Charts", "Trend", "TrendLines"}


@pytest.mark.parametrize(
    ("without", "named"),
    [
        (set(), set()),
        ({"Alerts"}, {"Alerts"}),
        (CHARTS, set()),
        (CHARTS | {"Alerts"}, {"Alerts"}),
        ({"Charts"}, {"Charts"}),
    ],
    ids=["all there", "one deleted", "made before there were charts", "that and one deleted", "charts deleted"],
)
def test_sheets_that_are_gone(monkeypatch: pytest.MonkeyPatch, without: set[str], named: set[str]) -> None:
    """A book of before has no sheets of charts: the press makes them and says nothing of it."""
    monkeypatch.setattr(our_sheets, "_was_pressed", lambda contents: True)
    owned = {key: key for key in WRITTEN if key not in without}
    contents: Any = SimpleNamespace(book=SimpleNamespace(owned=lambda: owned), raw=SimpleNamespace(language="en"))
    assert {problem.table for problem in our_sheets.sheet_problems(contents)} == named
