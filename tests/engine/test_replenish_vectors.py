"""Projection and cover against numbers that others published (planr's tests, textbooks)."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from restock.arithmetic.need import cover_by_need
from restock.replenish import project, worst_shortage

VECTORS = Path(__file__).parents[3] / "shared" / "inventory_vectors.csv"
pytestmark = pytest.mark.skipif(not VECTORS.exists(), reason="the cited cases stand in ../shared/inventory_vectors.csv")


def cases(function: str) -> list[tuple[dict[str, Any], Any, float]]:
    """Inputs, expected answer and tolerance of every row of a function."""
    with VECTORS.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["function"] == function]
    return [(json.loads(row["inputs"]), json.loads(row["expected"]), float(row["tolerance"] or 0)) for row in rows]


def test_projection_is_planrs_until_the_first_shortage() -> None:
    """The unclipped projection of planr and ours are the same until the first minus: the run-out day."""
    for given, expected, tolerance in cases("projected_inventory_and_forward_cover"):
        demand, supply = np.array([given["demand"]], float), np.array([given["supply"]], float)
        opening, inventory = np.array([sum(given["opening"])], float), np.array(expected["inventory"])
        ours = project(opening, demand, supply)
        first = int(np.flatnonzero(inventory < 0)[0])
        assert ours.runout_day.tolist() == [first]
        assert np.allclose(ours.stock[0, :first], inventory[:first], atol=tolerance)
        assert ours.lost[0, first] == pytest.approx(-inventory[first])


def test_lost_units_are_the_deepest_minus_of_planr() -> None:
    """Sales lost over the year are the deepest point of the unclipped projection (D12)."""
    for given, expected, _ in cases("projected_inventory_and_forward_cover"):
        demand, supply = np.array([given["demand"]], float), np.array([given["supply"]], float)
        opening = np.array([sum(given["opening"])], float)
        deepest = -min(expected["inventory"])
        assert worst_shortage(opening, demand, supply).tolist() == [deepest]
        assert project(opening, demand, supply).lost_units.tolist() == [deepest]


def test_forward_cover_is_planrs() -> None:
    """Days left against the coming demand equal planr's forward cover, to its one decimal."""
    for given, expected, tolerance in cases("projected_inventory_and_forward_cover"):
        demand = np.array(given["demand"], float)
        for period in range(len(demand) - 1):
            ahead = np.cumsum(demand[period + 1 :])[None, :]
            stock = np.array([expected["inventory"][period]], float)
            cover = float(cover_by_need(stock, np.arange(1.0, ahead.shape[1] + 1), ahead)[0])
            assert cover == pytest.approx(expected["cover_periods"][period], abs=tolerance + 1e-9), period
