"""The best transfer plan, with its proof: groups of lines apart, exactly where that can be done, else with a bound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from restock.transfer.arcs import Network
from restock.transfer.components import components, part_of
from restock.transfer.enumeration import MOST_PLANS, best_of_all, plan_count
from restock.transfer.heuristic import best_count, greedy, improve, prune
from restock.transfer.mixed_integer import Limits, solve
from restock.transfer.priced import priced
from restock.transfer.tally import Tally

EXACT_LINES = 6_000
"""Lines of one group up to which the joint model is solved; above it prices take its place."""
BLOCK_LINES = 400
"""Lines of SKUs that share nothing are given to the solver together up to this many: a call costs more than they do."""
_LONG_SEARCH = 40_000


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
    plain = _greedy(network)
    parts: list[tuple[list[int], Optimum]] = []
    waiting: list[int] = []
    for lines in components(network):
        small = _small(network, lines)
        if small is not None:
            parts.append((lines, small))
        elif any(network.route_of(network.arcs[line].shipment).shared for line in lines) or _has_budget(network):
            parts.append((lines, _shared(part_of(network, lines), limits)))
        else:
            waiting += lines
            if len(waiting) >= BLOCK_LINES:
                parts.append((waiting, _joint(part_of(network, waiting), limits)))
                waiting = []
    if waiting:
        parts.append((waiting, _joint(part_of(network, waiting), limits)))
    return _together(network, parts, plain)


def _has_budget(network: Network) -> bool:
    return network.instance.terms.budget is not None


def _greedy(network: Network) -> Tally:
    tally = greedy(network)
    prune(tally)
    return tally


def _small(network: Network, lines: Sequence[int]) -> Optimum | None:
    """One line in closed form, a few by looking at every plan; None where there are too many."""
    part = part_of(network, lines)
    if len(lines) == 1 and not network.route_of(part.arcs[0].shipment).shared and not _has_budget(network):
        tally = Tally(part)
        cartons = [best_count(tally, 0)]
    elif plan_count(part) <= MOST_PLANS:
        cartons = best_of_all(part)
    else:
        return None
    gain = Tally(part, cartons).gain
    return Optimum(cartons, gain, gain, gain, False, True, False)


def _shared(network: Network, limits: Limits) -> Optimum:
    """Lines that share shipments or the budget."""
    start = _start(network)
    if len(network.arcs) <= EXACT_LINES:
        return _joint(network, limits, start)
    return _by_prices(network, start, limits)


def _start(network: Network) -> Tally:
    """The best of a few heuristic plans."""
    plans = []
    for share in (0.0, 0.5, 1.0):
        tally = greedy(network, share)
        prune(tally)
        improve(tally, 3 if len(network.arcs) <= _LONG_SEARCH else 1)
        plans.append(tally)
    return max(plans, key=lambda tally: round(tally.gain, 6))


def _joint(network: Network, limits: Limits, start: Tally | None = None) -> Optimum:
    start = start if start is not None else _start(network)
    found = solve(network, range(len(network.arcs)), start, limits)
    best = _repaired(network, found.cartons, start)
    most = max(found.bound, best.gain)
    return Optimum(best.cartons, best.gain, most, 0.0, True, found.finished, found.clock_struck)


def _repaired(network: Network, cartons: Sequence[int], start: Tally) -> Tally:
    """The solver's plan where it is allowed to the unit and better than the start, and small changes to it."""
    tally = Tally(network)
    for line, count in enumerate(cartons):
        if count and tally.allowed(line, count):
            tally.put(line, count)
    best = tally if tally.gain > start.gain else start
    improve(best, 1)
    return best


def _by_prices(network: Network, start: Tally, limits: Limits) -> Optimum:
    """A group too large for one model: SKUs under prices, then what shipments really cost."""
    charged = priced(network, start)
    apart = optimise(charged, limits) if not _has_budget(network) else None
    relaxed = solve(network, range(len(network.arcs)), start, limits, relaxed=True)
    best, most = start, relaxed.bound
    if apart is not None:
        tally = Tally(network, apart.cartons)
        prune(tally)
        improve(tally, 1)
        best = max(start, tally, key=lambda one: round(one.gain, 6))
        most = min(most, apart.most)
    struck = relaxed.clock_struck or (apart is not None and apart.clock_struck)
    return Optimum(best.cartons, best.gain, max(most, best.gain), 0.0, True, False, struck)


def _together(network: Network, parts: Sequence[tuple[list[int], Optimum]], plain: Tally) -> Optimum:
    cartons = [0] * len(network.arcs)
    for lines, found in parts:
        for line, count in zip(lines, found.cartons, strict=True):
            cartons[line] = count
    tally = Tally(network, cartons)
    most = sum(found.most for _, found in parts)
    if plain.gain > tally.gain + 1e-7:
        tally = plain
    return Optimum(
        tally.cartons, tally.gain, max(most, tally.gain), plain.gain, any(found.solver for _, found in parts),
        all(found.finished for _, found in parts), any(found.clock_struck for _, found in parts),
    )  # fmt: skip
