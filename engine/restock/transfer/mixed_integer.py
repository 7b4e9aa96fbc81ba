"""The exact model of lines that share senders, receivers, shipments or the budget, solved by HiGHS.

Variables: cartons of each line; whether a line is used, where that costs or has a minimum; whether a shipment leaves;
its pallet slots; units served and units left over in each period of each receiver.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from restock.transfer.arcs import Network
from restock.transfer.tally import Tally

Array = np.ndarray[Any, Any]
_FEASIBLE, _SAME_WORTH = 2, 1e-5
_LINKED_SLOTS = 8.0
"""A shipment that could fill more slots than this has no use for the rows that tie each line to its first slot."""


@dataclass(frozen=True)
class Limits:
    """How far the solver goes.

    Attributes:
        nodes: Branch-and-bound nodes of a run: the limit that counts, since it gives the same plan on every machine.
        seconds: Of all runs of a plan together: a safety net, and the result says where it struck.
        gap: Relative gap to stop at; 0 asks for the optimum.
    """

    nodes: int = 2000
    seconds: float = 60.0
    gap: float = 1e-4


class SafetyNet:
    """The seconds that the solver has left, by its own count."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds
        self.struck = False


@dataclass(frozen=True)
class Solved:
    """Cartons by line, what the lines gain at most by the solver's proof, and whether the search was finished."""

    cartons: list[int]
    bound: float
    finished: bool


class _Model:
    """Columns and rows as they are added."""

    def __init__(self) -> None:
        self.cost: list[float] = []
        self.upper: list[float] = []
        self.whole: list[bool] = []
        self.start: list[float] = []
        self.rows: list[tuple[list[int], list[float], float, float]] = []

    def column(self, cost: float, upper: float, whole: bool, start: float) -> int:
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(whole)
        self.start.append(start)
        return len(self.cost) - 1

    def row(self, columns: Sequence[int], values: Sequence[float], low: float, high: float) -> None:
        self.rows.append((list(columns), list(values), low, high))


def solve(
    network: Network, lines: Sequence[int], start: Tally, limits: Limits, net: SafetyNet, relaxed: bool = False
) -> Solved:
    """Return the best plan of some lines, all others at 0, from the plan `start`.

    Args:
        lines: Positions of the lines that take part.
        relaxed: Leave out that cartons are whole: only the bound is of use.
    """
    model, carton = _Model(), {}
    for line in lines:
        arc = network.arcs[line]
        carton[line] = model.column(arc.unit_cost * arc.case, float(arc.most), True, float(start.cartons[line]))
    _line_use(model, network, lines, carton)
    _shipments(model, network, lines, carton, start)
    _senders(model, network, lines, carton)
    _receivers(model, network, lines, carton)
    _budget(model, network)
    return _run(model, carton, lines, network, limits, net, relaxed)


def _line_use(model: _Model, network: Network, lines: Sequence[int], carton: dict[int, int]) -> None:
    """A binary for each line that costs by itself or has a minimum of more than a carton."""
    for line in lines:
        arc = network.arcs[line]
        if arc.line_cost <= 0 and arc.least <= 1:
            continue
        used = model.column(arc.line_cost, 1.0, True, float(model.start[carton[line]] > 0))
        model.row([carton[line], used], [-1.0, float(arc.most)], 0.0, np.inf)
        if arc.least > 1:
            model.row([carton[line], used], [1.0, -float(arc.least)], 0.0, np.inf)


def _shipments(
    model: _Model, network: Network, lines: Sequence[int], carton: dict[int, int], start: Tally
) -> None:
    by_shipment: dict[int, list[int]] = {}
    for line in lines:
        by_shipment.setdefault(network.arcs[line].shipment, []).append(line)
    payback = network.instance.terms.payback
    for shipment, members in sorted(by_shipment.items()):
        route = network.route_of(shipment)
        if not route.shared:
            continue
        arcs = [network.arcs[line] for line in members]
        loaded = [model.start[carton[line]] for line in members]
        leaves = float(any(loaded))
        if route.shipment_cost > 0:
            sent = model.column(payback * route.shipment_cost, 1.0, True, leaves)
            for line, arc in zip(members, arcs, strict=True):
                model.row([carton[line], sent], [-1.0, float(arc.most)], 0.0, np.inf)
        if route.slot_cost > 0:
            total = [sum(each * count for each, count in zip(sizes, loaded, strict=True))
                     for sizes in ([arc.volume for arc in arcs], [arc.weight for arc in arcs])]  # fmt: skip
            most = [sum(arc.volume * arc.most for arc in arcs), sum(arc.weight * arc.most for arc in arcs)]
            slots = model.column(payback * route.slot_cost, float(route.slots(*most)), True,
                                 leaves * route.slots(*total))  # fmt: skip
            _slot_rows(model, route.slots(*most), slots, [carton[line] for line in members], arcs, route)


def _slot_rows(model: _Model, most: int, slots: int, cartons: list[int], arcs: list[Any], route: Any) -> None:
    for name, limit in (("volume", route.slot_volume), ("weight", route.slot_weight)):
        sizes = [getattr(arc, name) for arc in arcs]
        if limit > 0 and any(sizes):
            model.row([slots, *cartons], [1.0, *(-size / limit for size in sizes)], 0.0, np.inf)
    for column, arc in zip(cartons, arcs, strict=True):
        if most <= _LINKED_SLOTS or (arc.volume <= 0 and arc.weight <= 0):
            model.row([column, slots], [-1.0, float(arc.most)], 0.0, np.inf)


def _senders(model: _Model, network: Network, lines: Sequence[int], carton: dict[int, int]) -> None:
    """By each ship day a sender has sent no more than it can spare by then; limits that cannot bind are left out."""
    by_sender: dict[int, list[int]] = {}
    for line in lines:
        by_sender.setdefault(network.arcs[line].sender, []).append(line)
    for place, members in by_sender.items():
        limits = network.release[place]
        for ship in sorted({network.arcs[line].ship for line in members}):
            until = [line for line in members if network.arcs[line].ship <= ship]
            cases = [float(network.arcs[line].case) for line in until]
            most = sum(network.arcs[line].most * case for line, case in zip(until, cases, strict=True))
            if len(until) > 1 and most > limits[ship]:
                model.row([carton[line] for line in until], cases, -np.inf, limits[ship])


def _receivers(model: _Model, network: Network, lines: Sequence[int], carton: dict[int, int]) -> None:
    """Units arriving serve what would be lost from then on; worth never rises, so that the earliest is served first."""
    by_receiver: dict[int, list[int]] = {}
    for line in lines:
        by_receiver.setdefault(network.arcs[line].receiver, []).append(line)
    for place, members in by_receiver.items():
        need, left, before = network.needs[place], 0.0, -1
        first = min(network.arcs[line].period for line in members)
        for period in range(first, len(need.starts)):
            landing = [line for line in members if network.arcs[line].period == period]
            cases = [float(network.arcs[line].case) for line in landing]
            left += sum(case * model.start[carton[line]] for case, line in zip(cases, landing, strict=True))
            sold = min(left, need.units[period])
            left -= sold
            columns = [model.column(-need.worth[period], need.units[period], False, sold)]
            values = [1.0]
            if before >= 0:
                columns.append(before)
                values.append(-1.0)
            if period + 1 < len(need.starts):
                before = model.column(0.0, np.inf, False, left)
                columns.append(before)
                values.append(1.0)
            model.row([*columns, *(carton[line] for line in landing)], [*values, *(-case for case in cases)],
                      -np.inf, 0.0)  # fmt: skip


def _budget(model: _Model, network: Network) -> None:
    budget = network.instance.terms.budget
    if budget is None:
        return
    spent = [column for column, cost in enumerate(model.cost) if cost > 0]
    model.row(spent, [model.cost[column] for column in spent], -np.inf, budget * network.instance.terms.payback)


def _run(
    model: _Model, carton: dict[int, int], lines: Sequence[int], network: Network, limits: Limits, net: SafetyNet,
    relaxed: bool,
) -> Solved:  # fmt: skip
    if net.left <= 0:
        net.struck = True
        return Solved([0] * len(network.arcs), _everything_saved(model), False)
    import highspy

    solver = _searched(model, highspy, limits, net, relaxed)
    if not relaxed and not _consistent(model, solver):
        solver = _searched(model, highspy, limits, net, relaxed, presolve="off")
    info, finished = solver.getInfo(), solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    if relaxed:
        return Solved([], -info.objective_function_value if finished else _everything_saved(model), finished)
    values = list(solver.getSolution().col_value)
    cartons = [0] * len(network.arcs)
    if len(values) == len(model.cost) and info.primal_solution_status == _FEASIBLE:
        for line in lines:
            cartons[line] = round(values[carton[line]])
    bound = -info.mip_dual_bound if np.isfinite(info.mip_dual_bound) else np.inf
    return Solved(cartons, min(bound, _everything_saved(model)), finished)


def _searched(
    model: _Model, highspy: Any, limits: Limits, net: SafetyNet, relaxed: bool, presolve: str = "choose"
) -> Any:
    solver = _silent(highspy)
    for name, value in _options(limits, net).items():
        solver.setOptionValue(name, value)
    solver.setOptionValue("presolve", presolve)
    solver.passModel(_program(model, highspy, relaxed))
    if not relaxed:
        solution = highspy.HighsSolution()
        solution.col_value = model.start
        solver.setSolution(solution)
    solver.run()
    net.left -= solver.getRunTime()
    net.struck |= solver.getModelStatus() == highspy.HighsModelStatus.kTimeLimit
    return solver


def _consistent(model: _Model, solver: Any) -> bool:
    """Whether the plan that is returned is worth what the solver says: 1.16.0 may return the start instead."""
    value = solver.getInfo().objective_function_value
    values = list(solver.getSolution().col_value)
    if not np.isfinite(value) or len(values) != len(model.cost):
        return True
    worth = sum(cost * amount for cost, amount in zip(model.cost, values, strict=True))
    return abs(worth - value) <= _SAME_WORTH * max(1.0, abs(value))


def _everything_saved(model: _Model) -> float:
    """A bound that needs no solver: all that arrives in time is saved, and no freight is paid."""
    return -sum(cost * upper for cost, upper in zip(model.cost, model.upper, strict=True) if cost < 0)


def _silent(highspy: Any) -> Any:
    """A solver that says nothing: making `Highs` itself writes a line to the screen from 1.16 on, unasked."""
    return highspy.Highs.__base__()


def _options(limits: Limits, net: SafetyNet) -> dict[str, Any]:
    return {
        "output_flag": False, "threads": 1, "parallel": "off", "random_seed": 0, "mip_max_nodes": limits.nodes,
        "time_limit": float(net.left), "mip_rel_gap": float(limits.gap), "mip_abs_gap": 1e-4,
    }  # fmt: skip


def _program(model: _Model, highspy: Any, relaxed: bool) -> Any:
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(model.cost), len(model.rows)
    program.col_cost_ = np.array(model.cost)
    program.col_lower_ = np.zeros(len(model.cost))
    program.col_upper_ = np.array(model.upper)
    program.row_lower_ = np.array([row[2] for row in model.rows])
    program.row_upper_ = np.array([row[3] for row in model.rows])
    matrix = program.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    sizes = [len(row[0]) for row in model.rows]
    matrix.start_ = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    matrix.index_ = np.array([column for row in model.rows for column in row[0]], dtype=np.int32)
    matrix.value_ = np.array([value for row in model.rows for value in row[1]], dtype=float)
    if not relaxed:
        kinds = highspy.HighsVarType
        program.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in model.whole]
    return program
