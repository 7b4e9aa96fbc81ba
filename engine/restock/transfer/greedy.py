"""A quick transfer plan: the location that runs out first is served first, by the cheapest lane that pays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from restock.schema.settings import Settings
from restock.schema.tables import Tables
from restock.transfer.network import Lane, Network

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Move:
    """One proposed transfer. Positions are rows of Stock; days are day indices; money is in the book's currency."""

    sender: int
    receiver: int
    lane: Lane
    units: int
    cartons: int
    ship_day: int
    arrival_day: int
    saved_units: float
    saved_money: float
    cost: float


def greedy_moves(tables: Tables, network: Network, settings: Settings) -> list[Move]:
    """Transfers worth making this week, in the order in which they were chosen.

    A receiver is a pair that is expected to lose sales within the transfer horizon. Each takes whole cartons from the
    cheapest lane that pays, again and again until nothing pays. A move ships on the latest day that still arrives
    before the receiver runs out, at the earliest tomorrow, and is left for later where that day is further away than
    the ordering rhythm.
    """
    sku, warehouse = tables.stock["sku"].to_numpy(object), tables.stock["warehouse"].to_numpy(object)
    at = {(a, b): k for k, (a, b) in enumerate(zip(sku, warehouse, strict=True))}
    release, lost = network.release.copy(), network.lost.copy()
    margin = np.nan_to_num(network.margin)
    receivers = [k for k in np.flatnonzero(lost.sum(axis=1) > 0) if network.movable[k]]
    receivers.sort(key=lambda k: (network.runout_day[k], -margin[k], sku[k], warehouse[k]))
    moves: list[Move] = []
    for receiver in receivers:
        for lane in network.lanes.get(warehouse[receiver], ()):
            sender = at.get((sku[receiver], lane.origin))
            if sender is None or release[sender] <= 0:
                continue
            move = _move(network, settings, sender, receiver, lane, release[sender], lost[receiver])
            if move is not None:
                moves.append(move)
                release[sender] -= move.units
                _serve(lost[receiver], move)
    return moves


def _move(
    network: Network, settings: Settings, sender: int, receiver: int, lane: Lane, release: float, lost: Array
) -> Move | None:
    """The best whole number of cartons on one lane, or None where none pays."""
    latest = int(network.runout_day[receiver]) - lane.days
    if latest > settings.review_days:
        return None
    ship_day = max(1, latest)
    arrival = ship_day + lane.days
    wanted = float(lost[arrival:].sum())
    case = network.case_pack[receiver]
    best: Move | None = None
    for cartons in {int(np.floor(round(min(wanted, release) / case, 9))), int(np.ceil(round(wanted / case, 9)))}:
        units = cartons * case
        if cartons < 1 or units > release or units < lane.minimum:
            continue
        saved = min(units, wanted)
        cost = lane.cost_per_unit * units + lane.cost_per_shipment
        worth = saved * network.margin[receiver]
        pays = cost == 0 or np.isnan(worth) or worth >= settings.transfer_payback * cost
        move = Move(
            sender, receiver, lane, int(units), cartons, ship_day, arrival, saved, float(worth), float(cost)
        )
        if pays and (best is None or np.nan_to_num(worth - cost) > np.nan_to_num(best.saved_money - best.cost)):
            best = move
    return best


def _serve(lost: Array, move: Move) -> None:
    """Take the moved units off the receiver's expected losses, earliest first."""
    left = float(move.units)
    for day in range(move.arrival_day, len(lost)):
        served = min(left, lost[day])
        lost[day] -= served
        left -= served
