"""Price decomposition: each line bears its part of a shipment's cost, and SKUs are planned apart.

A shipment takes at least volume ÷ slot volume slots, and at least one where any line is used. Charging the lines for
that, and no more, never costs them more than the shipment itself would: the best plans of all SKUs under such prices
together gain at least as much as any plan does. That is a bound whatever the prices are.
"""

from __future__ import annotations

from dataclasses import replace

from restock.transfer.arcs import Arc, Network
from restock.transfer.freight import Route
from restock.transfer.tally import Tally


def priced(network: Network, plan: Tally) -> Network:
    """Return the network without shared costs, its lines charged for the shipments they would be part of.

    Args:
        plan: A good plan: where it fills several slots of a shipment, space is charged for; where it fills one, that
            slot is charged to the lines that are in it.
    """
    loads: dict[int, list[float]] = {}
    for line, count in enumerate(plan.cartons):
        arc = network.arcs[line]
        load = loads.setdefault(arc.shipment, [0.0, 0.0, 0.0])
        load[0] += count * arc.case
        load[1] += count * arc.volume
        load[2] += count * arc.weight
    arcs = tuple(
        replace(arc, unit_cost=arc.unit_cost + _charge(network, arc, count, loads[arc.shipment]))
        for arc, count in zip(network.arcs, plan.cartons, strict=True)
    )
    free = tuple(replace(route, shipment_cost=0.0, slot_cost=0.0) for route in network.instance.routes)
    return replace(network, arcs=arcs, instance=replace(network.instance, routes=free))


def _charge(network: Network, arc: Arc, count: int, load: list[float]) -> float:
    """Money per unit."""
    route = network.route_of(arc.shipment)
    if not route.shared:
        return 0.0
    payback = network.instance.terms.payback
    part = count * arc.case / load[0] if load[0] else 0.0
    once = part / (arc.most * arc.case)
    name, limit, slots = _binding(route, load)
    if slots > 1:
        space = getattr(arc, name) / limit / arc.case
        return payback * (route.shipment_cost * once + route.slot_cost * space)
    return payback * (route.shipment_cost + route.slot_cost) * once


def _binding(route: Route, load: list[float]) -> tuple[str, float, float]:
    """Which of volume and weight fills more slots, what a slot holds of it, and how many it fills."""
    by_volume = load[1] / route.slot_volume if route.slot_volume > 0 else 0.0
    by_weight = load[2] / route.slot_weight if route.slot_weight > 0 else 0.0
    if by_volume >= by_weight:
        return "volume", route.slot_volume, by_volume
    return "weight", route.slot_weight, by_weight
