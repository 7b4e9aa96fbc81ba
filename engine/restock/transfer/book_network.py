"""Who may send what to whom: lanes, what a sender can spare, what a receiver would lose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from restock.arithmetic.rounding import ceil9, floor9
from restock.demand.outlook import Forecast
from restock.replenish.money import unit_margin
from restock.replenish.projection import Projection
from restock.schema.records import records
from restock.schema.tables import Tables

Array = np.ndarray[Any, Any]
_NUMBERS = ("cost_per_unit", "cost_per_shipment", "minimum", "slot_cost", "slot_volume", "slot_weight")


@dataclass(frozen=True)
class Lane:
    """A route between two warehouses: whole days to sellable, cost per unit, shipment and pallet, least units per line.

    A pallet holds so many litres and so many kilograms; 0 is no limit.
    """

    origin: str
    destination: str
    mode: str
    days: int
    cost_per_unit: float
    cost_per_shipment: float
    minimum: float
    slot_cost: float
    slot_volume: float
    slot_weight: float
    domestic: bool

    def cost(self, units: float, volume: float, weight: float) -> float:
        """Freight of a line, in book money, with whole pallets of its own; `volume` and `weight` are of one unit.

        >>> Lane("A", "B", "sea", 5, 0.5, 20.0, 0.0, 100.0, 1200.0, 0.0, False).cost(240, 10.0, 0.0)
        340.0
        """
        limits = ((volume, self.slot_volume), (weight, self.slot_weight))
        pallets = max([1.0, *(float(ceil9(units * each / limit)) for each, limit in limits if limit > 0)])
        return self.cost_per_unit * units + self.cost_per_shipment + self.slot_cost * pallets


@dataclass(frozen=True)
class Network:
    """What a transfer plan is made from, in sheet order of Stock.

    Attributes:
        lanes: Lanes into each destination.
        release: Units each pair can spare now, (n,): 0 for one that is itself short.
        runout_day: First day on which each pair may be sold out, (n,).
        lost: Units each pair is expected to lose on each day if nothing is moved, (n, days).
        margin: Money earned by one more unit sold, (n,); NaN where price or cost is missing.
        case_pack: Units per carton, (n,).
        volume, weight: Litres and kilograms of one unit, (n,); 0 where unknown.
        movable: The SKU may be moved, (n,).
    """

    lanes: dict[str, list[Lane]]
    release: Array
    runout_day: Array
    lost: Array
    margin: Array
    case_pack: Array
    volume: Array
    weight: Array
    movable: Array


def warehouse_lanes(tables: Tables) -> dict[str, list[Lane]]:
    """Typed routes that join two warehouses, by destination: the cheapest first, then those within a country."""
    country = tables.warehouses.set_index("warehouse")["country"].to_dict()
    lanes: dict[str, list[Lane]] = {}
    for row in records(tables.routes):
        origin, destination = row["from"], row["to"]
        if origin not in country or destination not in country or origin == destination:
            continue
        domestic = bool(country[origin]) and country[origin] == country[destination]
        numbers = {name: _number(row[name]) for name in _NUMBERS}
        days = int(ceil9(row["days"]))
        lane = Lane(origin, destination, row["mode"], days, domestic=domestic, **numbers)
        lanes.setdefault(destination, []).append(lane)
    for group in lanes.values():
        group.sort(key=lambda lane: (lane.cost_per_unit, not lane.domestic, lane.days, lane.origin, lane.mode))
    return lanes


def _number(value: float) -> float:
    return 0.0 if pd.isna(value) else float(value)


def build_network(tables: Tables, forecast: Forecast, expected: Projection, runout_day: Array) -> Network:
    """Lanes, spare stock and expected losses for a transfer plan.

    Args:
        expected: Projection under mean demand over at least the transfer horizon.
        runout_day: First day on which each pair may be sold out, (n,): what ship dates are counted back from.
    Source: donor's release = max(0, min future stock − days kept × its own demand), a threshold policy; a location
    that is itself short never donates.
    """
    settings = tables.settings
    days = min(int(settings.transfer_horizon_days), expected.lost.shape[1])
    catalog = tables.catalog.drop_duplicates("sku").set_index("sku").reindex(tables.stock["sku"])
    keep_days = tables.warehouses.set_index("warehouse")["keep_days"].reindex(tables.stock["warehouse"])
    keep = np.where(np.isnan(keep_days.to_numpy(float)), settings.keep_days, keep_days.to_numpy(float))
    kept = _demand_through(forecast, keep)
    short = expected.lost[:, :days].sum(axis=1) > 0
    lowest = expected.stock[:, :days].min(axis=1) if days else np.zeros(len(kept))
    release = np.where(short | np.isnan(forecast.daily), 0.0, np.maximum(0.0, floor9(lowest - kept)))
    return Network(
        lanes=warehouse_lanes(tables),
        release=release,
        runout_day=runout_day,
        lost=expected.lost[:, :days],
        margin=unit_margin(tables),
        case_pack=np.maximum(1.0, catalog["case_pack"].fillna(1.0).to_numpy(float)),
        volume=catalog["volume"].fillna(0.0).to_numpy(float),
        weight=catalog["weight"].fillna(0.0).to_numpy(float),
        movable=catalog["transferable"].fillna(True).to_numpy(bool) & ~catalog["status"].eq("unsellable").to_numpy(),
    )


def _demand_through(forecast: Forecast, days: Array) -> Array:
    """Expected demand of each pair through its own whole number of days, shows included, (n,)."""
    daily = np.nan_to_num(forecast.baseline) + np.nan_to_num(forecast.shows)
    curve = np.concatenate([np.zeros((len(daily), 1)), np.cumsum(daily, axis=1)], axis=1)
    whole = np.minimum(np.ceil(days).astype(int), curve.shape[1] - 1)
    beyond = np.maximum(0.0, days - (curve.shape[1] - 1)) * np.nan_to_num(forecast.daily)
    return curve[np.arange(len(curve)), whole] + beyond
