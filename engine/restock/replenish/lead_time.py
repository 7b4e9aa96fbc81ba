"""Days from order to sellable: production + route + check-in, with what had to be assumed."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from restock.arithmetic.rounding import ceil9
from restock.arithmetic.safety_stock import normal_quantile
from restock.schema.settings import Settings
from restock.schema.tables import Tables

Array = np.ndarray[Any, Any]
SLOWEST_FIRST = ("sea", "", "land", "air", "express")
"""Modes of transport; a blank one counts as sea."""
LONGEST_LEAD = 9999.0
"""Days, as for days left (§13): a slip of the keyboard must not reach beyond the calendar."""

LONGEST_HORIZON = 1000.0
"""Days: a longer lead time does not make the projection longer; demand goes on at its daily mean past the end."""

@dataclass(frozen=True)
class LeadTime:
    """Days from order to sellable of each pair, (n,).

    Attributes:
        mean, sd: Mean and standard deviation, days.
        mode: Mode of transport.
        assumed: Whether production or route come from Settings.
        production, route, check_in: The parts of the mean, days; production holds the days the factory is closed.
        pause: Days the factory is closed while it would make an order of today.
        until_next: Days until an order of the next review lands, R + L, more where the factory will be closed then.
        closed_from, closed_to: First and last day index of the factory's closure, NaN without one.
    """

    mean: Array
    sd: Array
    mode: Array
    assumed: Array
    production: Array
    route: Array
    check_in: Array
    pause: Array
    until_next: Array
    closed_from: Array
    closed_to: Array

    def safe(self, chance: Array, covered: Array | float = 0.0) -> Array:
        """Return the days within which an order lands with each pair's chance, whole, at least the mean, (n,).

        L + √(B² + (z σ_L)²) − B: the quantile of the lead time, less what is covered already. Demand and lead time
        vary independently, so that their squares add and not they themselves.

        Args:
            chance: In (0, 1), (n,).
            covered: B, days of sales by which the need through the lead time exceeds its mean, >= 0, (n,).
        Source: order-by date from the quantile of the lead time, taken as normal (D13, §14).
        """
        late = np.maximum(normal_quantile(chance), 0.0) * self.sd
        days = self.mean + np.hypot(covered, late) - covered
        return np.asarray(np.minimum(ceil9(days), LONGEST_LEAD))

    def latest_order(self, needed: Array, safe_days: Array) -> Array:
        """Return the last day index on which an order still lands by `needed` if it takes `safe_days`, whole, (n,).

        An order that would be made while the factory is closed must come earlier: by the days it is closed, or so
        early that it is finished before, whichever is later.

        Args:
            needed: Day index by which goods must be sellable, (n,).
            safe_days: What `safe` says of an order of today, days, (n,).
        Source: latest order day o with o + L_p <= run-out day (D13, §14).
        """
        day = needed - ceil9(safe_days - self.pause)
        making = np.maximum(ceil9(self.production - self.pause), 1.0)
        unfinished = day + making - self.closed_from
        meets = (unfinished > 0) & (day <= self.closed_to)
        return np.asarray(day - np.where(meets, np.minimum(unfinished, self.closed_to - self.closed_from + 1), 0.0))


def suppliers(tables: Tables) -> Array:
    """Name of each planned pair's supplier, "" where unknown, (n,) object."""
    catalog = tables.catalog.drop_duplicates("sku").set_index("sku")
    return catalog["supplier"].reindex(tables.stock["sku"]).fillna("").to_numpy(object)


def lead_times(tables: Tables, supplier: Array, today: dt.date) -> LeadTime:
    """Lead time of an order placed today for each planned pair, in days.

    The route from the supplier to the warehouse is the slowest regular one typed on Routes (sea before land before
    air; a blank mode is sea); without one it is the sea time of the warehouse's region in Settings, marked as
    assumed. A factory that is closed while it should produce, or send off, adds the days it is closed. The spread
    is the root of the sum of squares of production and the way; where neither is typed it is a share of the whole.

    Args:
        supplier: Name of each pair's supplier, "" where unknown, (n,).
    """
    settings, warehouses = tables.settings, tables.warehouses.set_index("warehouse")
    terms = tables.suppliers.drop_duplicates("supplier").set_index("supplier").reindex(supplier)
    typed = terms["production_days"].to_numpy(float)
    at_work = np.where(np.isnan(typed), settings.production_days, typed)
    production = production_days(at_work, terms, today)
    destination = tables.stock["warehouse"].to_numpy(object)
    days, days_sd, mode = _routes(tables, supplier, destination)
    region = warehouses["region"].reindex(destination).fillna("").to_numpy(object)
    unknown = np.isnan(days)
    days = np.where(unknown, [_sea_days(settings, name) for name in region], days)
    mode = np.where(unknown, "sea", mode)
    check_in = check_in_days(tables)
    mean = np.minimum(production + days + check_in, LONGEST_LEAD)
    sd = _spread(terms["production_sd"].to_numpy(float), production, days_sd, days + check_in, mean, settings)
    review = today + dt.timedelta(math.ceil(settings.review_days))
    until_next = mean + settings.review_days + np.maximum(production_days(at_work, terms, review) - production, 0.0)
    return LeadTime(
        mean, np.minimum(sd, LONGEST_LEAD), mode, unknown | np.isnan(typed), production, days, check_in,
        production - at_work, until_next, *_closure(terms, today),
    )  # fmt: skip


def planning_horizon(settings: Settings, lead: LeadTime) -> int:
    """Days looked ahead: as set, never under lead time + ordering rhythm + 14, nor under any other day asked about."""
    longest = float(lead.safe(np.full(len(lead.mean), settings.highest_service())).max()) if len(lead.mean) else 0.0
    lead_ends = min(longest + max(settings.review_days + 14, settings.order_soon_days + 1), LONGEST_HORIZON)
    return int(np.ceil(max(settings.horizon_days, settings.transfer_horizon_days, lead_ends, *settings.knots())))


def production_days(days: Array, terms: pd.DataFrame, today: dt.date) -> Array:
    """Days until an order of today leaves the factory, (m,): production and the days closed in between.

    Args:
        days: Days of production, >= 0, (m,).
        terms: The supplier's row of each line: closed_from and closed_to.
    """
    now = np.datetime64(today, "D")
    closed_from = terms["closed_from"].to_numpy("datetime64[D]")
    closed_to = terms["closed_to"].to_numpy("datetime64[D]")
    meets = (closed_to >= now) & (closed_to >= closed_from)
    at_work = np.maximum(np.ceil(np.minimum(days, LONGEST_LEAD)), 1.0).astype("timedelta64[D]")
    meets &= closed_from < now + at_work
    pause = (closed_to - np.maximum(closed_from, now)).astype("timedelta64[D]").astype(float) + 1
    return np.asarray(days + np.where(meets, pause, 0.0))


def _closure(terms: pd.DataFrame, today: dt.date) -> tuple[Array, Array]:
    """First and last day index on which each supplier is closed, from today on, NaN where it is not."""
    now = np.datetime64(today, "D")
    days = [(terms[name].to_numpy("datetime64[D]") - now).astype(float) for name in ("closed_from", "closed_to")]
    for day, name in zip(days, ("closed_from", "closed_to"), strict=True):
        day[np.isnat(terms[name].to_numpy("datetime64[D]"))] = np.nan
    ahead = (days[1] >= 0) & (days[1] >= days[0])
    return np.where(ahead, days[0], np.nan), np.where(ahead, days[1], np.nan)


def check_in_days(tables: Tables) -> Array:
    """Days from the gate to sellable at each pair's warehouse, (n,)."""
    typed = tables.warehouses.set_index("warehouse")["check_in_days"].reindex(tables.stock["warehouse"])
    return typed.fillna(tables.settings.check_in_days).to_numpy(float)


def _spread(
    production_sd: Array, production: Array, way_sd: Array, way: Array, mean: Array, settings: Settings
) -> Array:
    apart = np.hypot(_typed_or_default(production_sd, production, settings), _typed_or_default(way_sd, way, settings))
    neither = np.isnan(production_sd) & np.isnan(way_sd)
    return np.where(neither, _typed_or_default(way_sd, mean, settings), apart)


def _typed_or_default(sd: Array, days: Array, settings: Settings) -> Array:
    """The typed spread of a stretch of days, else the share of it that Settings names, at least their least."""
    return np.where(np.isnan(sd), np.maximum(settings.lead_spread * days, settings.lead_spread_days), sd)


def _routes(tables: Tables, supplier: Array, destination: Array) -> tuple[Array, Array, Array]:
    """Days, their spread and the mode of the regular route from each supplier to each destination; NaN where none."""
    rank = {name: place for place, name in enumerate(SLOWEST_FIRST)}
    routes = tables.routes.assign(rank=tables.routes["mode"].map(rank))
    best = routes.sort_values(["from", "to", "rank", "days"], kind="stable").drop_duplicates(["from", "to"])
    keyed = best.set_index(["from", "to"])[["days", "days_sd", "mode"]]
    wanted = keyed.reindex(pd.MultiIndex.from_arrays([supplier, destination]))
    mode = wanted["mode"].fillna("").replace("", "sea").to_numpy(object)
    return wanted["days"].to_numpy(float), wanted["days_sd"].to_numpy(float), mode


def _sea_days(settings: Settings, region: str) -> float:
    return float(getattr(settings, f"sea_days_{region or 'us'}"))
