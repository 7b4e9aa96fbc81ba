"""The transfer plan: which units to move, from where, on which day, what it costs and how good it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from restock.transfer.arcs import Arc, Network, build_network
from restock.transfer.freight import TransferFault
from restock.transfer.instance import Instance, Terms, read_instance
from restock.transfer.mixed_integer import Limits
from restock.transfer.optimise import optimise
from restock.transfer.preference import paying, preferred
from restock.transfer.tally import Tally

Array = np.ndarray[Any, Any]
_HALF_A_CENT = 0.005


@dataclass(frozen=True)
class Move:
    """One line of a transfer plan.

    Attributes:
        sender, receiver: Rows of the stock table.
        route: Row of the routes table.
        units, cartons: What is moved.
        ship_day, arrival_day: Day indices of leaving and of being sellable.
        saved_units: Units that are sold only because of this line; where several lines serve one place, each counts
            what those that arrive before it leave.
        saved_money: What those units earn.
        cost: Freight: its own, and its part of the shipment by volume, else by weight, else by units.
        slots: Pallet slots of the whole shipment.
    """

    sender: int
    receiver: int
    route: int
    units: int
    cartons: int
    ship_day: int
    arrival_day: int
    saved_units: float
    saved_money: float
    cost: float
    slots: int = 0


@dataclass(frozen=True)
class TransferPlan:
    """Proposed transfers and what they come to, money to the cent.

    Attributes:
        moves: By ship day, origin, destination and SKU.
        cost: Margin lost, out-of-stock days and freight, with these moves; freight counts `payback` times.
        cost_without: The same if nothing is moved.
        bound: What no plan costs less than, proven.
        cost_greedy: The cost of the plain greedy plan, which this one is never worse than.
        freight: Freight of all moves, money, counted once.
        faults: What could not be used; the plan is made from the rest.
        solver: Whether the solver was needed.
        finished: Whether the search was carried to its end.
        clock_struck: Whether its safety net of seconds ended it: the only case in which another machine may find
            another plan.
    """

    moves: tuple[Move, ...]
    cost: float
    cost_without: float
    bound: float
    cost_greedy: float
    freight: float
    faults: tuple[TransferFault, ...]
    solver: bool
    finished: bool
    clock_struck: bool

    @property
    def gap(self) -> float:
        """How far the cost may lie above the best possible, as a share of the cost, 0 or more."""
        return max(0.0, self.cost - self.bound) / self.cost if self.cost > 0 else 0.0


def plan_transfers(
    stock: pd.DataFrame,
    routes: pd.DataFrame,
    demand: Array,
    arrivals: Array | None = None,
    terms: Terms | None = None,
    *,
    counted_days: Array | None = None,
    sender_days: Array | None = None,
    needed_by: Array | None = None,
    limits: Limits | None = None,
) -> TransferPlan:
    """Return the transfers that cost least in lost margin, out-of-stock days and freight together.

    Within a day goods arrive first, then they are dispatched, then they are asked for; what is not there is lost. A
    place that would itself lose sales sends nothing; any other sends no more than the lowest stock it would have from
    the ship day on, less what it keeps. Lines are whole cartons, at least a route's minimum.

    Args:
        stock: A row per SKU and warehouse, in any order, (n,). Columns: sku, warehouse, available (units that can be
            sold on the morning of day 0; NaN takes no part), margin (money per unit; NaN is a fault), and if known keep
            (units a sender keeps), case_pack (units), volume (litres), weight (kg), transferable (bool) and
            out_of_stock_cost (money per day without stock beside the margin, falling to nothing over the days).
        routes: A row per route, in any order. Columns: from, to, days (>= 1), cost_per_unit, and if known mode,
            cost_per_kg, cost_per_line, cost_per_shipment, minimum (units per line), slot_cost (per pallet slot),
            slot_volume (litres), slot_weight (kg), domestic (bool: goes first where plans cost the same).
        demand: Units per day, >= 0, shows included, (n, days).
        arrivals: Units that become sellable on the morning of each day, (n, days); none where left out.
        terms: Ship days, payback, budget, least cartons (restock.transfer.instance.Terms).
        counted_days: First days on which lost sales count, per place, (n,); all where left out.
        sender_days: Days within which a sender's lowest stock is looked for, (n,); all where left out.
        needed_by: Day index by which each place should have the goods, -1 where that does not bind, (n,): shipments
            leave on the latest day that is in time, else on the first, and not yet where that is after the last.
        limits: Of the solver (restock.transfer.mixed_integer.Limits).
    Raises:
        InputError: A column or a day is missing, or shapes do not agree.
    Source: lateral transshipment as a mixed-integer program; the donor rule is the threshold policy of D17.

    >>> stock = pd.DataFrame({"sku": ["A", "A"], "warehouse": ["DE", "US"], "available": [90, 2], "margin": [9, 9]})
    >>> routes = pd.DataFrame({"from": ["DE"], "to": ["US"], "days": [2], "cost_per_unit": [3.0]})
    >>> plan = plan_transfers(stock, routes, np.full((2, 10), 1.0))
    >>> [(move.units, move.ship_day, move.arrival_day) for move in plan.moves], plan.cost_without, plan.cost, plan.gap
    ([(8, 0, 2)], 72.0, 24.0, 0.0)
    """
    instance = read_instance(
        stock, routes, np.asarray(demand), arrivals, terms or Terms(), counted_days, sender_days, needed_by
    )
    network = build_network(instance)
    found = optimise(network, limits or Limits())
    cartons = preferred(network, found.cartons)
    cartons = paying(network, cartons) if instance.terms.margin_alone else cartons
    without = instance.cost_without
    tally = Tally(network, cartons)
    cost = _cents(without - tally.gain)
    proven = found.most - tally.gain < _HALF_A_CENT
    return TransferPlan(
        moves=_moves(network, cartons), cost=cost, cost_without=_cents(without),
        bound=cost if proven else min(_cents(without - found.most), cost),
        cost_greedy=_cents(without - found.greedy_gain),
        freight=_cents(tally.freight / instance.terms.payback) if instance.terms.payback else 0.0,
        faults=(*instance.faults, *network.faults), solver=found.solver, finished=found.finished,
        clock_struck=found.clock_struck,
    )  # fmt: skip


def _cents(money: float) -> float:
    return round(money + 0.0, 2) + 0.0


def _moves(network: Network, cartons: Sequence[int]) -> tuple[Move, ...]:
    used = [line for line, count in enumerate(cartons) if count]
    saved = _saved(network, cartons, used)
    cost, slots = _cost(network, cartons, used)
    moves = [_move(network.instance, network.arcs[line], cartons[line], saved[line], cost[line], slots[line])
             for line in used]  # fmt: skip
    instance, key = network.instance, {}
    for line, move in zip(used, moves, strict=True):
        arc, route = network.arcs[line], instance.routes[network.arcs[line].route]
        key[move] = (move.ship_day, route.origin, route.destination, arc.route, int(instance.sku[arc.receiver]))
    return tuple(sorted(moves, key=lambda move: key[move]))


def _move(instance: Instance, arc: Arc, count: int, saved: float, cost: float, slots: int) -> Move:
    return Move(
        sender=int(instance.row[arc.sender]), receiver=int(instance.row[arc.receiver]),
        route=instance.routes[arc.route].row, units=count * arc.case, cartons=count, ship_day=arc.day,
        arrival_day=arc.arrival, saved_units=saved, saved_money=saved * float(instance.margin[arc.receiver]), cost=cost,
        slots=slots,
    )  # fmt: skip


def _saved(network: Network, cartons: Sequence[int], used: Sequence[int]) -> dict[int, float]:
    """Units sold because of each line, those that arrive first counted first."""
    lost = {place: network.instance.lost[place] * (network.instance.worth[place] > 0) for place in network.needs}
    saved = {}
    for line in sorted(used, key=lambda line: (network.arcs[line].arrival, line)):
        arc = network.arcs[line]
        open_losses = lost[arc.receiver][arc.arrival :]
        taken = np.diff(np.minimum(np.cumsum(open_losses), cartons[line] * arc.case), prepend=0.0)
        open_losses -= taken
        saved[line] = float(np.round(taken.sum(), 9))
    return saved


def _cost(network: Network, cartons: Sequence[int], used: Sequence[int]) -> tuple[dict[int, float], dict[int, int]]:
    """Freight of each line, and the slots of its shipment."""
    payback = network.instance.terms.payback or 1.0
    members: dict[int, list[int]] = {}
    for line in used:
        members.setdefault(network.arcs[line].shipment, []).append(line)
    cost, slots = {}, {}
    for shipment, lines in members.items():
        route = network.route_of(shipment)
        volume, weight, units = (
            [cartons[line] * getattr(network.arcs[line], name) for line in lines]
            for name in ("volume", "weight", "case")
        )
        taken = route.slots(sum(volume), sum(weight)) if route.slot_cost else 0
        shared = route.shipment_cost + route.slot_cost * taken
        sizes = volume if all(volume) else weight if all(weight) else units
        for line, size in zip(lines, sizes, strict=True):
            arc = network.arcs[line]
            own = (arc.unit_cost * arc.case * cartons[line] + arc.line_cost) / payback
            cost[line] = float(np.round(own + shared * size / sum(sizes), 9))
            slots[line] = taken
    return cost, slots
