"""Of plans that cost the same: routes within a country first, then the latest ship day. Of a plan: what margins pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from restock.transfer.arcs import Arc, Need, Network
from restock.transfer.heuristic import prune
from restock.transfer.tally import Tally

_SAME = 1e-7


def preferred(network: Network, cartons: Sequence[int]) -> list[int]:
    """Return a plan that costs no more and uses domestic routes and later days where nothing is lost by that."""
    tally = Tally(network, cartons)
    beside: dict[int, list[int]] = {}
    for line, arc in enumerate(network.arcs):
        beside.setdefault(arc.receiver, []).append(line)
    _later_shipments(network, tally)
    for line, count in enumerate(cartons):
        if tally.cartons[line] == count > 0:
            _replace(network, tally, line, beside[network.arcs[line].receiver])
    return list(tally.cartons)


def paying(network: Network, cartons: Sequence[int]) -> list[int]:
    """Return a plan without lines and shipments that the margin alone does not pay, the least paying first."""
    margin = network.instance.margin
    needs = {
        place: Need(need.starts, need.units, tuple(min(worth, float(margin[place])) for worth in need.worth))
        for place, need in network.needs.items()
    }
    tally = Tally(replace(network, needs=needs), cartons)
    waiting = [line for line, count in enumerate(cartons) if count]
    while waiting:
        worst = min((round(tally.change(line, 0), 9), line) for line in waiting)
        if worst[0] >= -_SAME:
            break
        tally.put(worst[1], 0)
        waiting.remove(worst[1])
    prune(tally)
    return list(tally.cartons)


def _rank(arc: Arc) -> tuple[bool, int]:
    return arc.foreign, -arc.day


def _replace(network: Network, tally: Tally, line: int, others: Sequence[int]) -> None:
    """Let a better liked line into the same place carry what this one does."""
    count, arc = tally.cartons[line], network.arcs[line]
    better = [other for other in others if _rank(network.arcs[other]) < _rank(arc) and not tally.cartons[other]]
    for other in sorted(better, key=lambda one: (*_rank(network.arcs[one]), one)):
        before = tally.gain
        tally.put(line, 0)
        if tally.allowed(other, count):
            tally.put(other, count)
            if tally.gain >= before - _SAME:
                return
            tally.put(other, 0)
        tally.put(line, count)


def _later_shipments(network: Network, tally: Tally) -> None:
    """Let whole shipments leave on a later day of the same route."""
    at = {(arc.sender, arc.receiver, arc.route, arc.ship): line for line, arc in enumerate(network.arcs)}
    loaded: dict[tuple[int, int], list[int]] = {}
    for line, count in enumerate(tally.cartons):
        if count and network.route_of(network.arcs[line].shipment).shared:
            loaded.setdefault((network.arcs[line].route, network.arcs[line].ship), []).append(line)
    last = len(network.instance.terms.ship_days)
    for (route, ship), lines in sorted(loaded.items(), reverse=True):
        for later in range(last - 1, ship, -1):
            arcs = [network.arcs[line] for line in lines]
            others = [at.get((arc.sender, arc.receiver, route, later)) for arc in arcs]
            if _moved(tally, lines, others):
                break


def _moved(tally: Tally, lines: Sequence[int], others: Sequence[int | None]) -> bool:
    """Whether all lines could be moved to the others without losing anything; nothing is changed where not."""
    if any(other is None or tally.cartons[other] for other in others):
        return False
    before, counts = tally.gain, [tally.cartons[line] for line in lines]
    for line in lines:
        tally.put(line, 0)
    placed: list[int] = []
    for other, count in zip(others, counts, strict=True):
        if other is not None and tally.allowed(other, count):
            tally.put(other, count)
            placed.append(other)
    if len(placed) == len(lines) and tally.gain >= before - _SAME:
        return True
    for other in placed:
        tally.put(other, 0)
    for line, count in zip(lines, counts, strict=True):
        tally.put(line, count)
    return False
