"""Air the gap, sea the rest: which part of an order should come a faster way, and what that costs and saves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from restock.arithmetic.rounding import ceil9, round9
from restock.replenish.lead_time import SLOWEST_FIRST, LeadTime, check_in_days, production_days
from restock.replenish.money import buying_rate, unit_margin
from restock.schema.records import records
from restock.schema.tables import Tables

Array = np.ndarray[Any, Any]
_COSTS = ("cost_per_unit", "cost_per_shipment", "slot_cost", "slot_volume", "slot_weight")


@dataclass(frozen=True)
class Way:
    """One way to get goods from a supplier to a warehouse faster than the regular one.

    `premium` and the freight are book money; `regular` is the freight of one unit the regular way.
    """

    supplier: str
    mode: str
    rush: bool
    production: float
    days: float
    premium: float
    regular: float
    cost_per_unit: float
    cost_per_shipment: float
    slot_cost: float
    slot_volume: float
    slot_weight: float

    def extra_cost(self, units: Array, volume: Array, weight: Array) -> Array:
        """What `units` cost more this way than the regular way, book money, (m,); own pallets where they are paid."""
        pallets = np.zeros(len(units))
        if self.slot_cost > 0:
            pallets += 1.0
            for each, limit in ((volume, self.slot_volume), (weight, self.slot_weight)):
                pallets = np.maximum(pallets, ceil9(units * each / limit)) if limit > 0 else pallets
        per_unit = self.cost_per_unit + self.premium - self.regular
        return np.asarray(per_unit * units + self.cost_per_shipment + self.slot_cost * pallets)


@dataclass(frozen=True)
class Expedite:
    """What of each order goes the faster way, (n,); `units` is 0 where nothing does.

    Attributes:
        units: Units that go faster, whole cartons.
        day: Day on which they are sellable.
        supplier, mode: Who sends them and how; "rush_" before the mode where production is rushed.
        extra_cost: What that costs more than the regular way, book money.
        saved_units, saved_money: Sales that would be lost otherwise, and their margin.
        short_days: Days without stock from then until the regular way would land.
    """

    units: Array
    day: Array
    supplier: Array
    mode: Array
    extra_cost: Array
    saved_units: Array
    saved_money: Array
    short_days: Array


def expedite(
    tables: Tables, supplier: Array, lead: LeadTime, lost: Array, ordered: Array, today: dt.date
) -> Expedite:
    """Return the part of each order that pays for coming faster, by the way that leaves most (D15).

    `units` that land on day e save the sales that would be lost from e until the regular way lands; they are worth
    it where the margin of those sales is more than the extra cost. Ways are the typed routes from the supplier, its
    rush terms, and the suppliers named as backup for it. Where the margin is not known nothing is expedited.

    Args:
        supplier: Name of each pair's supplier, (n,).
        lead: The regular way.
        lost: Units expected to be lost each day without the order, (n, days).
        ordered: Units to order, (n,); at most these go faster.
    Source: expedite against stock projected to the emergency lead time, Drent and Arts, "Expediting in two-echelon
        spare parts inventory systems" and "Effective dual-sourcing through inventory projection" (rule PEIP).
    """
    lines = _lines(tables, lead, lost, ordered)
    best = _nothing(len(ordered))
    gap, _ = _lost_between(lost, np.zeros(len(ordered)), lines.regular_day)
    at_risk = np.flatnonzero((ordered > 0) & (np.nan_to_num(lines.margin) > 0) & (gap >= 1))
    places = tables.stock["warehouse"].to_numpy(object)
    groups = pd.DataFrame({"supplier": supplier[at_risk], "warehouse": places[at_risk], "row": at_risk})
    for (name, place), group in groups.groupby(["supplier", "warehouse"], sort=True):
        rows = group["row"].to_numpy()
        for way in ways(tables, str(name), str(place), float(lead.route[rows[0]]), today):
            _take_better(best, way, rows, lines)
    _keep_minimums(best, tables, supplier, lines)
    return best


def _keep_minimums(best: Expedite, tables: Tables, supplier: Array, lines: _Lines) -> None:
    """Take back what goes to another supplier where the first one would get less than the SKU's minimum order (§6)."""
    moved = np.where((best.units > 0) & (best.supplier != supplier), best.units, 0.0)
    sku = tables.stock["sku"].to_numpy(object)
    sums = pd.DataFrame({"ordered": lines.ordered, "moved": moved}).groupby(sku).transform("sum").to_numpy(float)
    rest = sums[:, 0] - sums[:, 1]
    too_small = (moved > 0) & (rest > 0) & (rest < np.minimum(lines.minimum, sums[:, 0]))
    for name in ("units", "extra_cost", "saved_units", "saved_money", "short_days"):
        getattr(best, name)[too_small] = 0.0
    best.day[too_small] = -1
    best.supplier[too_small] = best.mode[too_small] = ""


@dataclass(frozen=True)
class _Lines:
    """What is known of each order, (n,); `lost` is (n, days)."""

    lost: Array
    ordered: Array
    margin: Array
    regular_day: Array
    check_in: Array
    case_pack: Array
    volume: Array
    weight: Array
    minimum: Array


def _lines(tables: Tables, lead: LeadTime, lost: Array, ordered: Array) -> _Lines:
    catalog = tables.catalog.drop_duplicates("sku").set_index("sku").reindex(tables.stock["sku"])
    return _Lines(
        lost, ordered, unit_margin(tables), ceil9(lead.mean), check_in_days(tables),
        np.maximum(1.0, catalog["case_pack"].fillna(1.0).to_numpy(float)),
        catalog["volume"].fillna(0.0).to_numpy(float), catalog["weight"].fillna(0.0).to_numpy(float),
        catalog["moq"].fillna(1.0).to_numpy(float),
    )  # fmt: skip


def _nothing(n: int) -> Expedite:
    zero = np.zeros(n)
    blank = np.full(n, "", dtype=object)
    return Expedite(zero, np.full(n, -1), blank, blank.copy(), *(zero.copy() for _ in range(4)))


def _lost_between(lost: Array, start: Array, end: Array) -> tuple[Array, Array]:
    """Units lost from day `start` to the day before `end`, and the days on which any is, each (m,)."""
    day = np.arange(lost.shape[1])[None, :]
    inside = np.where((day >= start[:, None]) & (day < end[:, None]), lost, 0.0)
    return round9(inside.sum(axis=1)), (inside > 0).sum(axis=1)


def _take_better(best: Expedite, way: Way, rows: Array, lines: _Lines) -> None:
    """Put `way` in the place of what was found so far, where it leaves more."""
    ordered, margin = lines.ordered[rows], lines.margin[rows]
    day = ceil9(way.production + way.days + lines.check_in[rows])
    gap, short_days = _lost_between(lines.lost[rows], day, lines.regular_day[rows])
    units = np.minimum(ceil9(gap / lines.case_pack[rows]) * lines.case_pack[rows], ordered)
    saved = np.minimum(gap, units)
    extra = way.extra_cost(units, lines.volume[rows], lines.weight[rows])
    gain = round9(margin * saved - extra)
    better = (day < lines.regular_day[rows]) & (np.round(saved) >= 1) & (gain > 0)
    better &= gain > round9(best.saved_money[rows] - best.extra_cost[rows])
    values = {"units": units, "day": day, "extra_cost": extra, "saved_units": saved, "saved_money": margin * saved,
              "short_days": short_days}  # fmt: skip
    for name, value in values.items():
        getattr(best, name)[rows[better]] = value[better]
    best.supplier[rows[better]] = way.supplier
    best.mode[rows[better]] = ("rush_" if way.rush else "") + way.mode


def ways(tables: Tables, supplier: str, warehouse: str, regular_days: float, today: dt.date) -> list[Way]:
    """The ways from a supplier, its rush terms and its backups to a warehouse, slowest first.

    Args:
        regular_days: Days on the regular route, for rush terms where no route is typed.
    """
    routes = _routes(tables, supplier, warehouse)
    regular = routes[0]["cost_per_unit"] if routes else 0.0
    unknown = {"mode": "sea", "days": regular_days, "slot_volume": 0.0, "slot_weight": 0.0}
    without = [unknown | dict.fromkeys(_COSTS[:3], 0.0)]
    usual = (routes[0]["mode"] or "sea") if routes else "sea"
    others = [route for route in routes if (route["mode"] or "sea") != usual]
    found = [way for route in others if (way := _way(tables, supplier, route, False, regular, today))]
    found += [way for route in routes or without if (way := _way(tables, supplier, route, True, regular, today))]
    backups = tables.suppliers.loc[tables.suppliers["backup_of"] == supplier, "supplier"] if supplier else ()
    for name in sorted(backups):
        for route in _routes(tables, name, warehouse):
            found += [way for rush in (False, True) if (way := _way(tables, name, route, rush, regular, today))]
    return sorted(found, key=lambda way: (-(way.production + way.days), way.supplier, way.mode, way.rush))


def _routes(tables: Tables, origin: str, destination: str) -> list[dict[str, Any]]:
    """Typed routes between two places, the regular one first."""
    between = tables.routes[(tables.routes["from"] == origin) & (tables.routes["to"] == destination)]
    rows = [
        row | {name: 0.0 if pd.isna(row[name]) else float(row[name]) for name in _COSTS} for row in records(between)
    ]
    return sorted(rows, key=lambda row: (SLOWEST_FIRST.index(row["mode"]), row["days"], row["cost_per_unit"]))


def _way(
    tables: Tables, supplier: str, route: dict[str, Any], rush: bool, regular: float, today: dt.date
) -> Way | None:
    """One way; None where rush terms are asked for and not typed."""
    terms = tables.suppliers[tables.suppliers["supplier"] == supplier].head(1)
    typed = float(terms["rush_days" if rush else "production_days"].iloc[0]) if len(terms) else np.nan
    if rush and np.isnan(typed):
        return None
    days = np.array([tables.settings.production_days if np.isnan(typed) else typed])
    production = float(production_days(days, terms, today)[0]) if len(terms) else float(days[0])
    premium = float(np.nan_to_num(terms["rush_premium"].iloc[0])) if rush else 0.0
    premium *= float(buying_rate(tables, np.array([supplier], dtype=object))[0])
    freight = {name: route[name] for name in _COSTS}
    return Way(supplier, route["mode"] or "sea", rush, production, float(route["days"]), premium, regular, **freight)
