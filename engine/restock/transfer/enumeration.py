"""Few lines that share something: every plan of them at once, the best by cost and then by the order of preference."""

from __future__ import annotations

from typing import Any

import numpy as np

from restock.transfer.arcs import Network

Array = np.ndarray[Any, Any]
MOST_PLANS = 20_000
_CENT = 1e-6
_NOTHING = 1e-9


def plan_count(network: Network) -> int:
    """How many plans there are, whatever the sender can spare; more than `MOST_PLANS` is not counted on."""
    count = 1
    for arc in network.arcs:
        count *= arc.most - arc.least + 2
        if count > MOST_PLANS:
            break
    return count


def best_of_all(network: Network) -> list[int]:
    """Return the cartons by line of the best plan.

    Of plans that cost the same: the fewest units that leave a country, then those that leave latest, the fewest units,
    the fewest lines, the first in the order of lines.
    """
    plans = _plans(network)
    plans = plans[_allowed(network, plans)]
    freight = _freight(network, plans)
    budget = network.instance.terms.budget
    if budget is not None:
        fits = freight <= budget * network.instance.terms.payback + _NOTHING
        plans, freight = plans[fits], freight[fits]
    cost = np.rint((freight - _saved(network, plans)) / _CENT)
    arcs = network.arcs
    case = np.array([arc.case for arc in arcs])
    foreign = plans @ (case * np.array([arc.foreign for arc in arcs]))
    early = -(plans @ (case * np.array([arc.day for arc in arcs])))
    order = np.lexsort(((plans > 0).sum(axis=1), plans @ case, early, foreign, cost))
    return [int(count) for count in plans[order[0]]]


def _plans(network: Network) -> Array:
    options = [np.concatenate([[0], np.arange(arc.least, arc.most + 1)]) for arc in network.arcs]
    grid = np.meshgrid(*options, indexing="ij")
    return np.stack([axis.ravel() for axis in grid], axis=1)


def _allowed(network: Network, plans: Array) -> Array:
    fits = np.ones(len(plans), bool)
    for place, limits in network.release.items():
        for ship, limit in enumerate(limits):
            sent = np.array([arc.case if arc.sender == place and arc.ship <= ship else 0 for arc in network.arcs])
            fits &= plans @ sent <= limit + _NOTHING
    return fits


def _freight(network: Network, plans: Array) -> Array:
    arcs, payback = network.arcs, network.instance.terms.payback
    total = plans @ np.array([arc.unit_cost * arc.case for arc in arcs])
    total = total + (plans > 0) @ np.array([arc.line_cost for arc in arcs])
    for shipment in sorted({arc.shipment for arc in arcs}):
        route = network.route_of(shipment)
        if not route.shared:
            continue
        here = np.array([arc.shipment == shipment for arc in arcs])
        leaves = (plans[:, here] > 0).any(axis=1)
        slots = np.ones(len(plans))
        for name, limit in (("volume", route.slot_volume), ("weight", route.slot_weight)):
            if limit > 0:
                load = plans @ np.array([getattr(arc, name) if arc.shipment == shipment else 0.0 for arc in arcs])
                slots = np.maximum(slots, np.ceil(np.round(load / limit, 9)))
        total += payback * leaves * (route.shipment_cost + route.slot_cost * slots)
    return np.asarray(total)


def _saved(network: Network, plans: Array) -> Array:
    saved = np.zeros(len(plans))
    for place, need in sorted(network.needs.items()):
        left = np.zeros(len(plans))
        for period, (lost, worth) in enumerate(zip(need.units, need.worth, strict=True)):
            landing = np.array([
                arc.case if arc.receiver == place and arc.period == period else 0 for arc in network.arcs
            ])  # fmt: skip
            left += plans @ landing
            sold = np.minimum(left, lost)
            left -= sold
            saved += worth * sold
    return saved
