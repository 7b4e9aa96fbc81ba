"""Numbers from outside: worked examples and published ones, each with its source (tests/cases/functions.csv)."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from restock import CATALOGUE

PATH = Path(__file__).parents[1] / "cases" / "functions.csv"
CASES = list(csv.DictReader(PATH.open(encoding="utf-8")))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['function']}{case['arguments']}")
def test_published_number(case: dict[str, str]) -> None:
    """A function gives the number that its source prints."""
    found = CATALOGUE[case["function"]].python(*json.loads(case["arguments"]))
    expected = json.loads(case["expected"])
    if isinstance(expected, str):
        assert found == expected, case["source"]
    else:
        assert found == pytest.approx(expected, rel=0, abs=float(case["tolerance"])), case["source"]


def test_every_case_has_a_source() -> None:
    """Every expected number says where it is from."""
    assert all(case["source"] for case in CASES)
