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
Rows = Array | slice
_ALL = slice(None)


def project_expected(
    forecast: Forecast, available: Array, arrivals: Array, rows: Rows = _ALL, kept_days: int | None = None
) -> Projection:
    """Stock day by day under expected demand: what is likely lost, and left.

    A pair whose stock is not known (NO DATA) neither loses nor holds anything.

    Args:
        available: Units that can be sold on the morning of day 0, NaN where unknown, (n,).
        arrivals: Units that become sellable on each day, (m, horizon), for each of `rows`.
        rows: The pairs wanted, positions on Stock; else all.
        kept_days: Days for which `stock` is wanted; all where None.
    """
    known = ~np.isnan(available[rows])[:, None]
    demand = np.where(known, np.nan_to_num(forecast.baseline[rows]) + np.nan_to_num(forecast.shows[rows]), 0.0)
    return project(np.nan_to_num(available[rows]), demand, np.where(known, arrivals, 0.0), kept_days)


def project_safe(forecast: Forecast, available: Array, arrivals: Array, rows: Rows = _ALL) -> Projection:
    """The same along the need curve: when stock may run out. `stock` is left out."""
    known = ~np.isnan(available[rows])[:, None]
    demand = np.where(known, np.diff(np.nan_to_num(forecast.need[rows]), axis=1), 0.0)
    return project(np.nan_to_num(available[rows]), demand, np.where(known, arrivals, 0.0), kept_days=0)


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


def landings(moves: list[Move], horizon: int) -> tuple[Array, Array]:
    """Pairs that proposed transfers concern, rising, (m,), and the units that each day adds or takes, (m, horizon)."""
    rows = np.array(sorted({move.sender for move in moves} | {move.receiver for move in moves}), dtype=int)
    place, change = {row: k for k, row in enumerate(rows.tolist())}, np.zeros((len(rows), horizon))
    for move in moves:
        if move.arrival_day < horizon:
            change[place[move.receiver], move.arrival_day] += move.units
        if move.ship_day < horizon:
            change[place[move.sender], move.ship_day] -= move.units
    return rows, change
