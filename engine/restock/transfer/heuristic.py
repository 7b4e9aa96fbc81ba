"""A good plan without a solver: the most urgent first, then what does not earn its shipment goes, then trifles."""

from __future__ import annotations

from collections.abc import Iterable

from restock.arithmetic.rounding import ceil9, floor9
from restock.transfer.arcs import Network
from restock.transfer.tally import Tally

_BETTER = 1e-7


def greedy(network: Network, litre_price: float = 0.0) -> Tally:
    """The plain greedy plan: who runs out first is served first, by the cheapest line that pays without its shipment.

    Args:
        litre_price: Part of a slot's cost per litre that a line bears beforehand, 0 to 1.
    """
    tally = Tally(network)
    for line in _by_urgency(network):
        count = best_count(tally, line, _price(network, line, litre_price))
        if count:
            tally.put(line, count)
    return tally


def _by_urgency(network: Network) -> list[int]:
    """Lines by what their receiver loses first and at most, then the cheapest, those within a country first."""
    instance, arcs = network.instance, network.arcs
    first = {place: int((instance.lost[place] > 0).argmax()) for place in network.needs}

    def key(line: int) -> tuple[float, ...]:
        arc = arcs[line]
        worth = network.needs[arc.receiver].worth[0]
        return (first[arc.receiver], -worth, arc.receiver, arc.unit_cost, arc.foreign, arc.arrival, -arc.day, line)

    return sorted(range(len(arcs)), key=key)


def _price(network: Network, line: int, share: float) -> float:
    """Money per carton that a line bears of its shipment's slots beforehand."""
    arc = network.arcs[line]
    route = network.route_of(arc.shipment)
    filled = max((arc.volume / route.slot_volume if route.slot_volume else 0.0),
                 (arc.weight / route.slot_weight if route.slot_weight else 0.0))  # fmt: skip
    return share * filled * route.slot_cost * network.instance.terms.payback


def best_count(tally: Tally, line: int, carton_price: float = 0.0) -> int:
    """Cartons that pay best on a line whose shipment leaves anyway, the fewest of equals; 0 where none pays."""
    arc = tally.arcs[line]
    cost, room = arc.unit_cost + carton_price / arc.case, tally.room(line)
    if tally.cartons[line] or room < arc.least:
        return tally.cartons[line]
    open_losses = tally.open_losses(line)
    wanted = sum(units for units, worth in open_losses if worth > cost) / arc.case
    best, best_gain = 0, _BETTER
    for count in sorted({_between(int(round_to(wanted)), arc.least, room) for round_to in (floor9, ceil9)}):
        gain = _worth_of(open_losses, count * arc.case) - cost * count * arc.case - arc.line_cost
        if gain > best_gain and tally.allowed(line, count):
            best, best_gain = count, gain
    return best


def _between(count: int, least: int, most: int) -> int:
    return max(least, min(count, most))


def _worth_of(losses: Iterable[tuple[float, float]], units: float) -> float:
    worth = 0.0
    for lost, value in losses:
        taken = min(units, lost)
        worth += taken * value
        units -= taken
    return worth


def prune(tally: Tally) -> None:
    """Strike out shipments that do not earn what they cost, the worst first."""
    loaded = _loaded(tally)
    closing = {shipment: _closing(tally, lines) for shipment, lines in loaded.items()}
    while closing:
        worst = min(closing, key=lambda shipment: (closing[shipment], shipment))
        if closing[worst] >= -_BETTER:
            return
        served = {tally.arcs[line].receiver for line in loaded[worst]}
        for line in loaded.pop(worst):
            tally.put(line, 0)
        del closing[worst]
        for shipment, lines in loaded.items():
            if any(tally.arcs[line].receiver in served for line in lines):
                closing[shipment] = _closing(tally, lines)


def _loaded(tally: Tally) -> dict[int, list[int]]:
    """The lines of every shipment that carries something and has a cost of its own."""
    found: dict[int, list[int]] = {}
    for line, count in enumerate(tally.cartons):
        if count and tally.network.shared[tally.arcs[line].shipment]:
            found.setdefault(tally.arcs[line].shipment, []).append(line)
    return found


def _closing(tally: Tally, lines: list[int]) -> float:
    """What the cost rises by where a shipment is struck out."""
    before, counts = tally.gain, [tally.cartons[line] for line in lines]
    for line in lines:
        tally.put(line, 0)
    change = before - tally.gain
    for line, count in zip(lines, counts, strict=True):
        tally.put(line, count)
    return change


def improve(tally: Tally, passes: int = 3) -> None:
    """Change one line at a time, then open and close whole shipments, as long as that pays."""
    for _ in range(passes):
        changed = _change_lines(tally)
        changed |= _open_shipments(tally)
        if not changed:
            return


def _change_lines(tally: Tally) -> bool:
    changed = False
    for line, arc in enumerate(tally.arcs):
        now, room = tally.cartons[line], tally.room(line)
        wanted = sum(units for units, worth in tally.open_losses(line) if worth > arc.unit_cost) / arc.case
        full = now + int(ceil9(wanted))
        options = {0, arc.least, now - 1, now + 1, full, full - 1, room} - {now}
        found = [(tally.change(line, count), count) for count in sorted(options)
                 if (count == 0 or arc.least <= count <= room) and tally.allowed(line, count)]  # fmt: skip
        best = min(found, default=(0.0, now))
        if best[0] < -_BETTER:
            tally.put(line, best[1])
            changed = True
    return changed


def _open_shipments(tally: Tally) -> bool:
    """Try every shipment that carries nothing or little: filled by all that pays once it leaves."""
    by_shipment: dict[int, list[int]] = {}
    for line, arc in enumerate(tally.arcs):
        if tally.network.shared[arc.shipment]:
            by_shipment.setdefault(arc.shipment, []).append(line)
    changed = False
    for lines in by_shipment.values():
        before, counts = tally.gain, [tally.cartons[line] for line in lines]
        for line in lines:
            count = best_count(tally, line)
            if count != tally.cartons[line]:
                tally.put(line, count)
        if tally.gain > before + _BETTER:
            changed = True
            continue
        for line, count in zip(lines, counts, strict=True):
            tally.put(line, count)
    return changed
