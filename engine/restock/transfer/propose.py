"""From a forecast to proposed transfers: what would be lost, who can spare it, what is worth moving."""

from __future__ import annotations

from typing import Any

import numpy as np

from restock.demand.outlook import Forecast
from restock.replenish.projection import Projection, project
from restock.schema.tables import Tables
from restock.transfer.greedy import Move, greedy_moves
from restock.transfer.network import build_network

Array = np.ndarray[Any, Any]


def project_forecast(forecast: Forecast, available: Array, arrivals: Array) -> tuple[Projection, Projection]:
    """Stock day by day under expected demand (what is likely lost) and along the need curve (when it may run out).

    A pair whose stock is not known (NO DATA) neither loses nor holds anything.

    Args:
        available: Units that can be sold on the morning of day 0, NaN where unknown, (n,).
        arrivals: Units that become sellable on each day, (n, horizon).
    """
    known = ~np.isnan(available)[:, None]
    start, landing = np.nan_to_num(available), np.where(known, arrivals, 0.0)
    expected = np.where(known, np.nan_to_num(forecast.baseline) + np.nan_to_num(forecast.shows), 0.0)
    safe = np.where(known, np.diff(np.nan_to_num(forecast.need), axis=1), 0.0)
    return project(start, expected, landing), project(start, safe, landing)


def propose(
    tables: Tables, forecast: Forecast, expected: Projection, runout_day: Array
) -> tuple[list[Move], Array]:
    """Proposed transfers and their net effect on each pair, in units, (n,).

    Args:
        expected: Projection under expected demand.
        runout_day: First day on which each pair may be sold out, (n,).
    """
    network = build_network(tables, forecast, expected, runout_day)
    moves = greedy_moves(tables, network, tables.settings) if network.lanes else []
    moved = np.zeros(len(tables.stock))
    for move in moves:
        moved[move.sender] -= move.units
        moved[move.receiver] += move.units
    return moves, moved


def landings(moves: list[Move], shape: tuple[int, int]) -> Array:
    """Units that proposed transfers add on each day at the receiver and take at the sender, (n, horizon)."""
    change = np.zeros(shape)
    for move in moves:
        if move.arrival_day < shape[1]:
            change[move.receiver, move.arrival_day] += move.units
        if move.ship_day < shape[1]:
            change[move.sender, move.ship_day] -= move.units
    return change
