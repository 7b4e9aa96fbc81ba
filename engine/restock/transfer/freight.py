"""Routes between two warehouses: days, and what a unit, a line, a shipment and a pallet cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from restock.arithmetic.rounding import ceil9
from restock.errors import InputError
from restock.schema.records import records

FREIGHT = {
    "cost_per_unit": np.nan, "cost_per_kg": 0.0, "cost_per_line": 0.0, "cost_per_shipment": 0.0, "minimum": 0.0,
    "slot_cost": 0.0, "slot_volume": 0.0, "slot_weight": 0.0,
}  # fmt: skip
"""Columns of a table of routes and what a blank one is; a blank cost per unit is a fault."""


@dataclass(frozen=True)
class TransferFault:
    """One thing that could not be used.

    Attributes:
        key, params: Make the sentence, with `row` (restock.text).
        table, row: "stock" or "routes", and the position of the row in the table that was given.
    """

    key: str
    table: str
    row: int
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Route:
    """A way from one warehouse to another.

    Attributes:
        row: Position in the table that was given.
        origin, destination: Numbers of the warehouses.
        days: Whole days from shipping to sellable, >= 1.
        unit_cost, kg_cost, line_cost, shipment_cost: Money per unit, kilogram, line and shipment.
        minimum: Units of a line at least.
        slot_cost: Money per pallet slot, of which a shipment has at least one.
        slot_volume, slot_weight: What a slot holds, litres and kilograms; 0 is no limit.
        domestic: Whether both warehouses stand in one country.
    """

    row: int
    origin: int
    destination: int
    days: int
    unit_cost: float
    kg_cost: float
    line_cost: float
    shipment_cost: float
    minimum: float
    slot_cost: float
    slot_volume: float
    slot_weight: float
    domestic: bool

    @property
    def shared(self) -> bool:
        """Whether lines of one shipment share a cost."""
        return self.shipment_cost > 0 or self.slot_cost > 0

    def slots(self, volume: float, weight: float) -> int:
        """Pallet slots that a shipment of so many litres and kilograms takes, at least one.

        >>> Route(0, 0, 1, 5, .5, 0., 0., 20., 0., 100., 1200., 0., False).slots(2400.1, 900.0)
        3
        """
        limits = ((volume, self.slot_volume), (weight, self.slot_weight))
        return max(1, *(int(ceil9(total / limit)) for total, limit in limits if limit > 0), 1)

    def too_large(self, volume: float, weight: float) -> bool:
        """Whether one unit of so many litres and kilograms is more than a slot holds."""
        return 0 < self.slot_volume < volume or 0 < self.slot_weight < weight


def read_routes(routes: pd.DataFrame, sites: Sequence[str], faults: list[TransferFault]) -> list[Route]:
    """Return the usable routes by origin, destination, mode and days; add what is wrong with the others to `faults`."""
    missing = [name for name in ("from", "to", "days") if name not in routes.columns]
    if missing:
        raise InputError(f"The routes table has no column {', '.join(missing)}. Add it.")
    number = {name: place for place, name in enumerate(sites)}
    found = []
    for position, row in enumerate(records(routes)):
        ends = {"origin": str(row["from"]), "destination": str(row["to"])}
        numbers = {name: _number(row.get(name), blank) for name, blank in FREIGHT.items()}
        fault = _fault(ends, _number(row["days"], np.nan), numbers, number)
        if fault:
            faults.append(TransferFault(fault, "routes", position, ends))
            continue
        route = _route(position, row, number, numbers)
        found.append(((*ends.values(), str(row.get("mode") or ""), route.days, *numbers.values()), route))
    return [route for _, route in sorted(found, key=lambda one: (one[0], one[1].row))]


def _fault(ends: dict[str, str], days: float, numbers: dict[str, float], known: dict[str, int]) -> str:
    if ends["origin"] == ends["destination"]:
        return "transfer.route_to_itself"
    if not set(ends.values()) <= set(known):
        return "transfer.route_unknown"
    if not days > 0:
        return "transfer.route_days"
    if np.isnan(numbers["cost_per_unit"]):
        return "transfer.route_cost"
    return "transfer.route_negative" if min(numbers.values()) < 0 else ""


def _route(position: int, row: dict[str, Any], number: dict[str, int], numbers: dict[str, float]) -> Route:
    origin, destination = number[str(row["from"])], number[str(row["to"])]
    return Route(
        position, origin, destination, max(1, int(ceil9(row["days"]))), numbers["cost_per_unit"],
        numbers["cost_per_kg"], numbers["cost_per_line"], numbers["cost_per_shipment"], numbers["minimum"],
        numbers["slot_cost"], numbers["slot_volume"], numbers["slot_weight"], bool(_number(row.get("domestic"), 0.0)),
    )  # fmt: skip


def _number(value: Any, blank: float) -> float:
    return blank if value is None or pd.isna(value) else float(value)
