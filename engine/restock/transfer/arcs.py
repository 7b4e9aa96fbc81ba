"""Candidate lines: a SKU on a route on a ship day, with what it may carry, serve and cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from restock.arithmetic.rounding import ceil9, floor9
from restock.transfer.freight import Route, TransferFault
from restock.transfer.instance import Instance

Array = np.ndarray[Any, Any]
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Arc:
    """One candidate line; money already times the payback.

    Attributes:
        sender, receiver: Places of the instance.
        route: Position of its route.
        ship: Position of its ship day.
        day, arrival: Day indices of leaving and of being sellable.
        case: Units per carton.
        least, most: Cartons, if any.
        unit_cost, line_cost: Freight of a unit and of the line.
        shipment: Number of the shipment that it is part of.
        volume, weight: Litres and kilograms of a carton.
        period: Position of its arrival among the receiver's periods.
        foreign: Whether it leaves the country.
    """

    sender: int
    receiver: int
    route: int
    ship: int
    day: int
    arrival: int
    case: int
    least: int
    most: int
    unit_cost: float
    line_cost: float
    shipment: int
    volume: float
    weight: float
    period: int = 0
    foreign: bool = False


@dataclass(frozen=True)
class Need:
    """What a receiver would lose from its first possible arrival on, by period: units, and money lost with each."""

    starts: tuple[int, ...]
    units: tuple[float, ...]
    worth: tuple[float, ...]


@dataclass(frozen=True)
class Network:
    """Candidate lines in the order of SKU, receiver, sender, route and day, and what they share.

    Attributes:
        needs: Of each receiver.
        release: Of each sender, units that may have left by each ship day.
        shipments: Route and ship day of each shipment.
    """

    instance: Instance
    arcs: tuple[Arc, ...]
    needs: dict[int, Need]
    release: dict[int, tuple[float, ...]]
    shipments: tuple[tuple[int, int], ...]
    faults: tuple[TransferFault, ...] = field(default=())

    @cached_property
    def shared(self) -> tuple[bool, ...]:
        """Whether the lines of each shipment share a cost."""
        return tuple(self.route_of(shipment).shared for shipment in range(len(self.shipments)))

    def route_of(self, shipment: int) -> Route:
        """The route of a shipment."""
        return self.instance.routes[self.shipments[shipment][0]]


def build_network(instance: Instance) -> Network:
    """Return the candidate lines: those that could pay for themselves alone, for others only lower what is saved."""
    suffix = np.zeros((len(instance.lost), instance.days + 1))
    suffix[:, :-1] = np.cumsum((instance.lost * (instance.worth > 0))[:, ::-1], axis=1)[:, ::-1]
    receives = np.flatnonzero((suffix[:, 0] > _NOTHING) & instance.movable)
    faults: list[TransferFault] = []
    days = [_ship_days(instance, position, receives) for position in range(len(instance.routes))]
    found: list[Arc] = []
    shipments: dict[tuple[int, int], int] = {}
    for position in range(len(instance.routes)):
        for ship, allowed in days[position]:
            number = shipments.setdefault((position, ship), len(shipments))
            found += _lines(instance, position, ship, number, allowed, suffix, faults)
    found.sort(key=lambda arc: (arc.sender, arc.receiver, arc.route, arc.ship))
    needs = _needs(instance, found)
    arcs = [replace(arc, period=needs[arc.receiver].starts.index(arc.arrival)) for arc in found]
    release = {place: tuple(instance.release[place].tolist()) for place in {arc.sender for arc in arcs}}
    return Network(instance, tuple(arcs), needs, release, tuple(shipments), tuple(_distinct(faults)))


def _ship_days(instance: Instance, position: int, receives: Array) -> Iterator[tuple[int, Array]]:
    """Ship days of a route and the receivers that they are meant for.

    Where a receiver says by when it needs the goods, they leave on the latest day that is in time, else on the first
    one; earlier only with a shipment that leaves for another receiver, and not at all where it can wait.
    """
    route, ship_days = instance.routes[position], np.array(instance.terms.ship_days)
    here = receives[instance.site[receives] == route.destination]
    ends = instance.needed_by[here]
    latest = np.where(ends < 0, ship_days[-1], np.maximum(ends - route.days, ship_days[0]))
    waits = latest > ship_days[-1]
    last = np.searchsorted(ship_days, latest, side="right") - 1
    wanted = sorted(set(last[~waits & (ends >= 0)].tolist()))
    for ship in range(len(ship_days)):
        own = ~waits & (last == ship)
        early = ~waits & (last > ship) & (ship in wanted) & route.shared
        free = ends < 0
        allowed = here[own | early | free]
        if len(allowed):
            yield ship, allowed


def _lines(
    instance: Instance, position: int, ship: int, shipment: int, receivers: Array, suffix: Array,
    faults: list[TransferFault],
) -> list[Arc]:  # fmt: skip
    route, day = instance.routes[position], int(instance.terms.ship_days[ship])
    arrival = day + route.days
    if arrival >= instance.days:
        return []
    sender = instance.place_at[instance.sku[receivers], route.origin]
    receivers, sender = receivers[sender >= 0], sender[sender >= 0]
    case = instance.case_pack[receivers]
    useful, spare = suffix[receivers, arrival], instance.release[sender, ship]
    least = np.maximum(np.maximum(ceil9(route.minimum / case), instance.terms.least_cartons), 1).astype(np.int64)
    whole = floor9(useful / case) if instance.terms.full_cartons else ceil9(useful / case)
    most = np.minimum(floor9(spare / case), np.maximum(whole, least)).astype(np.int64)
    payback = instance.terms.payback
    unit_cost = payback * (route.unit_cost + route.kg_cost * instance.weight[receivers])
    lost, worth = instance.lost[receivers, arrival:], instance.worth[receivers, arrival:]
    gain = (lost * np.maximum(worth - unit_cost[:, None], 0.0)).sum(axis=1) - payback * route.line_cost
    pays = (useful > _NOTHING) & (most >= least) & instance.movable[sender] & (gain >= -_NOTHING)
    large = pays & np.array([route.too_large(v, w) for v, w in zip(
        instance.volume[receivers], instance.weight[receivers], strict=True)], bool)  # fmt: skip
    faults += [TransferFault("transfer.too_large", "stock", int(instance.row[place]), {"route": route.row})
               for place in receivers[large]]  # fmt: skip
    budget = np.inf if instance.terms.budget is None else instance.terms.budget * payback
    fixed = payback * (route.line_cost + route.shipment_cost + route.slot_cost)
    over = pays & ~large & (least * case * unit_cost + fixed > budget + _NOTHING)
    faults += [TransferFault("transfer.minimum_over_budget", "routes", route.row) for _ in receivers[over][:1]]
    return [
        Arc(int(a), int(b), position, ship, day, arrival, int(k), int(lo), int(hi), float(cost),
            float(payback * route.line_cost), shipment, float(k * instance.volume[b]), float(k * instance.weight[b]),
            foreign=not route.domestic)
        for a, b, k, lo, hi, cost in zip(*(values[pays & ~large & ~over] for values in (
            sender, receivers, case, least, most, unit_cost)), strict=True)
    ]  # fmt: skip


def _needs(instance: Instance, arcs: list[Arc]) -> dict[int, Need]:
    """Needs by receiver: periods begin where something may arrive or where a lost unit's worth changes."""
    arrivals: dict[int, set[int]] = {}
    for arc in arcs:
        arrivals.setdefault(arc.receiver, set()).add(arc.arrival)
    needs = {}
    for place, days in arrivals.items():
        worth, lost = instance.worth[place], instance.lost[place]
        first = min(days)
        last = int(np.flatnonzero((lost > 0) & (worth > 0)).max()) + 1
        changes = np.flatnonzero(np.diff(worth[first:last])) + first + 1
        starts = sorted(days | set(changes.tolist()))
        ends = [*starts[1:], max(last, starts[-1] + 1)]
        units = tuple(float(lost[a:b].sum()) for a, b in zip(starts, ends, strict=True))
        needs[place] = Need(tuple(starts), units, tuple(float(worth[start]) for start in starts))
    return needs


def _distinct(faults: list[TransferFault]) -> list[TransferFault]:
    seen = {(fault.key, fault.table, fault.row, tuple(sorted(fault.params.items()))): fault for fault in faults}
    return [seen[key] for key in sorted(seen)]
