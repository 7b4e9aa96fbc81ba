"""The best transfer plan, with its proof: groups of lines apart, exactly where that can be done, else with a bound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from restock.transfer.arcs import Network
from restock.transfer.components import components, part_of
from restock.transfer.enumeration import MOST_PLANS, best_of_all, plan_count
from restock.transfer.heuristic import best_count, greedy, improve, prune
from restock.transfer.mixed_integer import Limits, SafetyNet, solve
from restock.transfer.priced import priced
from restock.transfer.tally import Tally

EXACT_LINES = 6_000
"""Lines of one group up to which the joint model is solved; above it prices take its place."""
BLOCK_LINES = 100
"""Lines of SKUs that share nothing are given to the solver together up to this many: a call costs more than they do."""
LARGE_LINES = 40_000
"""Lines of one group above which the start is not changed by trifles: prices find a better plan in the same time."""
_PRICED_GAP, _PRICED_NODES = 2e-3, 50
"""SKUs under prices are a bound and a hint: to solve them to the last cent would take longer than it tells."""


@dataclass(frozen=True)
class Optimum:
    """A plan of a network.

    Attributes:
        cartons: By line.
        gain: Money saved less freight, freight times the payback.
        most: What no plan gains more than.
        greedy_gain: What the plain greedy plan gains.
        solver: Whether the solver was needed.
        finished: Whether every group was solved to the end.
        clock_struck: Whether the safety net of seconds ended a search.
    """

    cartons: list[int]
    gain: float
    most: float
    greedy_gain: float
    solver: bool
    finished: bool
    clock_struck: bool


def optimise(network: Network, limits: Limits) -> Optimum:
    """Return the best plan that can be found, never worse than greedy, and what no plan can beat."""
    plain, net = _pruned_greedy(network), SafetyNet(limits.seconds)
    found = _by_parts(network, limits, net)
    best = found if found.gain >= plain.gain - 1e-7 else replace(found, cartons=plain.cartons, gain=plain.gain)
    return replace(best, most=max(found.most, best.gain), greedy_gain=plain.gain, clock_struck=net.struck)


def _by_parts(network: Network, limits: Limits, net: SafetyNet) -> Optimum:
    """Groups that share nothing, one after the other."""
    parts: list[tuple[list[int], Optimum]] = []
    waiting: list[int] = []
    for lines in components(network):
        small = _small(network, lines)
        if small is not None:
            parts.append((lines, small))
        elif any(network.shared[network.arcs[line].shipment] for line in lines) or _has_budget(network):
            parts.append((lines, _shared(part_of(network, lines), limits, net)))
        else:
            waiting += lines
            if len(waiting) >= BLOCK_LINES:
                parts.append((waiting, _joint(part_of(network, waiting), limits, net)))
                waiting = []
    if waiting:
        parts.append((waiting, _joint(part_of(network, waiting), limits, net)))
    return _together(network, parts)


def _has_budget(network: Network) -> bool:
    return network.instance.terms.budget is not None


def _pruned_greedy(network: Network, share: float = 0.0) -> Tally:
    tally = greedy(network, share)
    prune(tally)
    return tally


def _small(network: Network, lines: Sequence[int]) -> Optimum | None:
    """One line in closed form, a few by looking at every plan; None where there are too many."""
    part = part_of(network, lines)
    if len(lines) == 1 and not network.shared[part.arcs[0].shipment] and not _has_budget(network):
        tally = Tally(part)
        cartons = [best_count(tally, 0)]
    elif plan_count(part) <= MOST_PLANS:
        cartons = best_of_all(part)
    else:
        return None
    gain = Tally(part, cartons).gain
    return Optimum(cartons, gain, gain, gain, False, True, False)


def _shared(network: Network, limits: Limits, net: SafetyNet) -> Optimum:
    """Lines that share shipments or the budget."""
    if len(network.arcs) > LARGE_LINES:
        return _by_prices(network, _pruned_greedy(network, 1.0), limits, net)
    start = _start(network)
    if len(network.arcs) <= EXACT_LINES:
        return _joint(network, limits, net, start)
    return _by_prices(network, start, limits, net)


def _start(network: Network) -> Tally:
    """The best of a few heuristic plans."""
    plans = []
    for share in (0.0, 0.5, 1.0):
        tally = _pruned_greedy(network, share)
        improve(tally)
        plans.append(tally)
    return max(plans, key=lambda tally: round(tally.gain, 6))


def _joint(network: Network, limits: Limits, net: SafetyNet, start: Tally | None = None) -> Optimum:
    start = start if start is not None else _start(network)
    found = solve(network, range(len(network.arcs)), start, limits, net)
    best = _repaired(network, found.cartons, start)
    return Optimum(best.cartons, best.gain, max(found.bound, best.gain), 0.0, True, found.finished, False)


def _repaired(network: Network, cartons: Sequence[int], start: Tally) -> Tally:
    """The solver's plan where it is allowed to the unit and better than the start, and small changes to it."""
    tally = Tally(network)
    for line, count in enumerate(cartons):
        if count and tally.allowed(line, count):
            tally.put(line, count)
    best = tally if tally.gain > start.gain else start
    improve(best, 1)
    return best


def _by_prices(network: Network, start: Tally, limits: Limits, net: SafetyNet) -> Optimum:
    """A group too large for one model: SKUs under prices give a bound, and a plan for the shipments that it opens."""
    if _has_budget(network):
        relaxed = solve(network, range(len(network.arcs)), start, limits, net, relaxed=True)
        return Optimum(start.cartons, start.gain, max(relaxed.bound, start.gain), 0.0, True, False, False)
    apart = _by_parts(priced(network, start), replace(limits, gap=_PRICED_GAP, nodes=_PRICED_NODES), net)
    tally = Tally(network, apart.cartons)
    prune(tally)
    improve(tally, 1)
    best = _opened_only(network, max(start, tally, key=lambda one: round(one.gain, 6)), limits, net)
    return Optimum(best.cartons, best.gain, max(apart.most, best.gain), 0.0, True, False, False)


def _opened_only(network: Network, start: Tally, limits: Limits, net: SafetyNet) -> Tally:
    """The joint model of the lines on shipments that a plan uses, where they are few enough."""
    opened = {network.arcs[line].shipment for line, count in enumerate(start.cartons) if count}
    lines = [line for line, arc in enumerate(network.arcs) if arc.shipment in opened]
    if len(lines) > EXACT_LINES:
        return start
    return _repaired(network, solve(network, lines, start, limits, net).cartons, start)


def _together(network: Network, parts: Sequence[tuple[list[int], Optimum]]) -> Optimum:
    cartons = [0] * len(network.arcs)
    for lines, found in parts:
        for line, count in zip(lines, found.cartons, strict=True):
            cartons[line] = count
    most = sum(found.most for _, found in parts)
    solver, finished = any(found.solver for _, found in parts), all(found.finished for _, found in parts)
    return Optimum(cartons, Tally(network, cartons).gain, most, 0.0, solver, finished, False)
