"""A transfer plan while it is made: how many cartons each line carries, what that costs, whether it is allowed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from restock.transfer.arcs import Network

_LITTLE = 1e-9


def served(units: Sequence[float], worth: Sequence[float], arriving: Sequence[float]) -> float:
    """Return the money saved where `arriving` units come in at the start of each period: the earliest loss first.

    >>> served([10.0, 10.0], [2.0, 1.0], [12.0, 5.0])
    27.0
    """
    left = saved = 0.0
    for lost, value, more in zip(units, worth, arriving, strict=True):
        left += more
        sold = left if left < lost else lost
        left -= sold
        saved += value * sold
    return saved


class Tally:
    """Cartons by line, and every sum that they enter.

    Attributes:
        cartons: Of each line of the network.
        saved: Money that is no longer lost.
        freight: Freight of all lines and shipments, times the payback.
    """

    def __init__(self, network: Network, cartons: Iterable[int] = ()) -> None:
        self.network = network
        self.arcs = network.arcs
        self.cartons = [0] * len(self.arcs)
        self._arriving = {place: [0.0] * len(need.starts) for place, need in network.needs.items()}
        self._saved = dict.fromkeys(network.needs, 0.0)
        self.saved = 0.0
        self._sent = {place: [0.0] * len(units) for place, units in network.release.items()}
        self._load = [[0.0, 0.0, 0.0] for _ in network.shipments]
        self.freight = 0.0
        payback = network.instance.terms.payback
        self._payback = payback
        budget = network.instance.terms.budget
        self._limit = math.inf if budget is None else budget * payback
        for line, count in enumerate(cartons):
            if count:
                self.put(line, int(count))

    @property
    def gain(self) -> float:
        """Money saved less freight."""
        return self.saved - self.freight

    def allowed(self, line: int, count: int) -> bool:
        """Whether a line may carry so many cartons, the others as they are: its limits, the sender's, the budget."""
        arc = self.arcs[line]
        if count and not arc.least <= count <= arc.most:
            return False
        more = (count - self.cartons[line]) * arc.case
        if more > 0:
            sent = self._sent[arc.sender]
            if any(sent[ship] + more > limit + _LITTLE for ship, limit in
                   enumerate(self.network.release[arc.sender]) if ship >= arc.ship):  # fmt: skip
                return False
        return self._limit == math.inf or self.freight + self.freight_change(line, count) <= self._limit + _LITTLE

    def room(self, line: int) -> int:
        """Cartons that a line may carry at most, by its own limit and what its sender can still spare."""
        arc = self.arcs[line]
        sent, limits = self._sent[arc.sender], self.network.release[arc.sender]
        spare = min(limits[ship] - sent[ship] for ship in range(arc.ship, len(limits)))
        return min(arc.most, self.cartons[line] + int((spare + _LITTLE) // arc.case))

    def freight_change(self, line: int, count: int) -> float:
        """What freight rises by where a line carries so many cartons."""
        arc, before = self.arcs[line], self.cartons[line]
        lines = (count > 0) - (before > 0)
        change = arc.unit_cost * arc.case * (count - before) + arc.line_cost * lines
        if self.network.shared[arc.shipment]:
            number, volume, weight = self._load[arc.shipment]
            more = count - before
            after = self._shared(arc.shipment, number + lines, volume + more * arc.volume, weight + more * arc.weight)
            change += after - self._shared(arc.shipment, number, volume, weight)
        return change

    def _shared(self, shipment: int, lines: float, volume: float, weight: float) -> float:
        if not lines:
            return 0.0
        route = self.network.route_of(shipment)
        slots = route.slots(volume, weight) if route.slot_cost else 0
        return self._payback * (route.shipment_cost + route.slot_cost * slots)

    def change(self, line: int, count: int) -> float:
        """What the cost rises by where a line carries so many cartons, money; it falls by what is saved."""
        arc = self.arcs[line]
        need, arriving = self.network.needs[arc.receiver], self._arriving[arc.receiver]
        more = (count - self.cartons[line]) * arc.case
        arriving[arc.period] += more
        saved = served(need.units, need.worth, arriving)
        arriving[arc.period] -= more
        return self.freight_change(line, count) - (saved - self._saved[arc.receiver])

    def put(self, line: int, count: int) -> None:
        """Let a line carry so many cartons."""
        arc, before = self.arcs[line], self.cartons[line]
        if count == before:
            return
        self.freight += self.freight_change(line, count)
        more = count - before
        need, arriving = self.network.needs[arc.receiver], self._arriving[arc.receiver]
        arriving[arc.period] += more * arc.case
        saved = served(need.units, need.worth, arriving)
        self.saved += saved - self._saved[arc.receiver]
        self._saved[arc.receiver] = saved
        sent = self._sent[arc.sender]
        for ship in range(arc.ship, len(sent)):
            sent[ship] += more * arc.case
        load = self._load[arc.shipment]
        load[0] += (count > 0) - (before > 0)
        load[1] += more * arc.volume
        load[2] += more * arc.weight
        if not load[0]:
            load[1] = load[2] = 0.0
        self.cartons[line] = count

    def open_losses(self, line: int) -> list[tuple[float, float]]:
        """What is still lost from a line's arrival on: units and money of each, the earliest first."""
        arc = self.arcs[line]
        need, left, found = self.network.needs[arc.receiver], 0.0, []
        for period, (lost, worth) in enumerate(zip(need.units, need.worth, strict=True)):
            left += self._arriving[arc.receiver][period]
            sold = min(left, lost)
            left -= sold
            if period >= arc.period:
                found.append((lost - sold, worth))
        return found
