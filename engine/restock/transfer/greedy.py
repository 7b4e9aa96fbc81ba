"""A quick transfer plan: the location that runs out first is served first, by the cheapest lane that pays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from restock.arithmetic.rounding import ceil9, floor9, round9
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
    receivers = [int(k) for k in np.flatnonzero(lost.sum(axis=1) > 0) if network.movable[k]]
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
    """The best whole number of cartons on one lane, the fewest of equals, or None where none pays."""
    latest = int(network.runout_day[receiver]) - lane.days
    if latest > settings.review_days:
        return None
    ship_day = max(1, latest)
    arrival = ship_day + lane.days
    wanted = float(lost[arrival:].sum())
    case = network.case_pack[receiver]
    moves = []
    for cartons in sorted({int(floor9(min(wanted, release) / case)), int(ceil9(max(wanted, lane.minimum) / case))}):
        units = cartons * case
        saved = min(units, wanted)
        if units > release or units < lane.minimum or round(saved) < 1:
            continue
        cost = lane.cost(units, network.volume[receiver], network.weight[receiver])
        worth = float(saved * network.margin[receiver])
        if _pays(worth, cost, settings):
            moves.append(Move(sender, receiver, lane, int(units), cartons, ship_day, arrival, saved, worth, cost))
    return max(moves, key=lambda move: np.nan_to_num(move.saved_money - move.cost), default=None)


def _pays(worth: float, cost: float, settings: Settings) -> bool:
    """Whether a move earns enough; one whose margin is not known is left to the reader, who sees its freight."""
    return bool(np.isnan(worth) or (worth > 0 and round9(worth) >= round9(settings.transfer_payback * cost)))


def _serve(lost: Array, move: Move) -> None:
    """Take the moved units off the receiver's expected losses, earliest first."""
    left = float(move.units)
    for day in range(move.arrival_day, len(lost)):
        served = min(left, lost[day])
        lost[day] -= served
        left -= served
