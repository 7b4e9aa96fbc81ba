"""Lines that have nothing to do with one another are planned apart."""

from __future__ import annotations

from collections.abc import Sequence

from restock.transfer.arcs import Network


def components(network: Network) -> list[list[int]]:
    """Return the lines that share a SKU, a shipment with a cost of its own, or the budget, each group in order."""
    if network.instance.terms.budget is not None:
        return [list(range(len(network.arcs)))] if network.arcs else []
    groups = _Groups(len(network.arcs))
    sku_of = network.instance.sku
    first_of_sku: dict[int, int] = {}
    first_of_shipment: dict[int, int] = {}
    for line, arc in enumerate(network.arcs):
        groups.join(line, first_of_sku.setdefault(int(sku_of[arc.receiver]), line))
        if network.shared[arc.shipment]:
            groups.join(line, first_of_shipment.setdefault(arc.shipment, line))
    found: dict[int, list[int]] = {}
    for line in range(len(network.arcs)):
        found.setdefault(groups.root(line), []).append(line)
    return list(found.values())


def part_of(network: Network, lines: Sequence[int]) -> Network:
    """Return the network of some of its lines only, in the same order."""
    arcs = tuple(network.arcs[line] for line in lines)
    needs = {place: network.needs[place] for place in dict.fromkeys(arc.receiver for arc in arcs)}
    release = {place: network.release[place] for place in dict.fromkeys(arc.sender for arc in arcs)}
    return Network(network.instance, arcs, needs, release, network.shipments)


class _Groups:
    """Disjoint sets of numbers."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def root(self, number: int) -> int:
        while self._above[number] != number:
            self._above[number] = self._above[self._above[number]]
            number = self._above[number]
        return number

    def join(self, one: int, other: int) -> None:
        one, other = self.root(one), self.root(other)
        self._above[max(one, other)] = min(one, other)
