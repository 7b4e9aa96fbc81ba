"""Transfers worth making, from tables and a forecast: what the plan and the worksheet function share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from restock.demand.forecast import Forecast
from restock.replenish.projection import Projection
from restock.schema.tables import Tables
from restock.transfer.greedy import Move, greedy_moves
from restock.transfer.network import build_network

Array = np.ndarray[Any, Any]


def propose_moves(tables: Tables, forecast: Forecast, expected: Projection, safe: Projection) -> list[Move]:
    """Return the proposed transfers, in the order in which they were chosen.

    Args:
        tables: Checked tables; their settings are in force.
        forecast: Of every pair of Stock.
        expected: Projection under mean demand: what is likely lost.
        safe: Projection along the need curve: when a pair may run out.
    """
    network = build_network(tables, forecast, expected, safe.runout_day)
    return greedy_moves(tables, network, tables.settings) if network.lanes else []


def net_units(moves: Sequence[Move], pairs: int) -> Array:
    """Return what the transfers add to each pair, in units, (pairs,); a sender's are below 0."""
    moved = np.zeros(pairs)
    for move in moves:
        moved[move.sender] -= move.units
        moved[move.receiver] += move.units
    return moved


def in_shipping_order(moves: Sequence[Move], skus: Sequence[str]) -> list[Move]:
    """Return the transfers in the order in which to act on them: the earliest ship date, then the most money saved.

    Where the money is not known the transfer comes last within its day; ties by SKU, sender, receiver (§7).

    Args:
        skus: The SKU of every pair, in the order of Stock.
    """

    def place(move: Move) -> tuple[Any, ...]:
        saved = -np.inf if np.isnan(move.saved_money) else move.saved_money
        return (move.ship_day, -saved, skus[move.sender], move.lane.origin, move.lane.destination)

    return sorted(moves, key=place)
