"""Days from order to sellable: production + route + check-in, with what had to be assumed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from restock.schema.settings import Settings
from restock.schema.tables import Tables

Array = np.ndarray[Any, Any]
_MODES = ("sea", "", "land", "air", "express")
"""The slowest first; a blank mode counts as sea."""
LONGEST_LEAD = 9999.0
"""Days, as for days left (§13): a slip of the keyboard must not reach beyond the calendar."""


@dataclass(frozen=True)
class LeadTime:
    """Per pair (n,): mean and standard deviation in days, the mode, whether any part was assumed, and the parts of
    the mean in days: production with the days the factory is closed, the route, the check-in."""

    mean: Array
    sd: Array
    mode: Array
    assumed: Array
    production: Array
    route: Array
    check_in: Array


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
    production, production_sd, production_assumed = _production(tables, supplier, today)
    destination = tables.stock["warehouse"].to_numpy(object)
    days, days_sd, mode = _routes(tables, supplier, destination)
    region = warehouses["region"].reindex(destination).fillna("").to_numpy(object)
    unknown = np.isnan(days)
    days = np.where(unknown, [_sea_days(settings, name) for name in region], days)
    mode = np.where(unknown, "sea", mode)
    check_in = warehouses["check_in_days"].reindex(destination).to_numpy(float)
    check_in = np.where(np.isnan(check_in), settings.check_in_days, check_in)
    mean = np.minimum(production + days + check_in, LONGEST_LEAD)
    apart = np.hypot(
        _typed_or_default(production_sd, production, settings), _typed_or_default(days_sd, days + check_in, settings)
    )
    neither = np.isnan(production_sd) & np.isnan(days_sd)
    sd = np.where(neither, _typed_or_default(days_sd, mean, settings), apart)
    assumed = unknown | production_assumed
    return LeadTime(mean, np.minimum(sd, LONGEST_LEAD), mode, assumed, production, days, check_in)


def _typed_or_default(sd: Array, days: Array, settings: Settings) -> Array:
    """The typed spread of a stretch of days, else the share of it that Settings names, at least their least."""
    return np.where(np.isnan(sd), np.maximum(settings.lead_spread * days, settings.lead_spread_days), sd)


def _production(tables: Tables, supplier: Array, today: dt.date) -> tuple[Array, Array, Array]:
    suppliers = tables.suppliers.drop_duplicates("supplier").set_index("supplier").reindex(supplier)
    days = suppliers["production_days"].to_numpy(float)
    assumed = np.isnan(days)
    days = np.where(assumed, tables.settings.production_days, days)
    now = np.datetime64(today, "D")
    closed_from = suppliers["closed_from"].to_numpy("datetime64[D]")
    closed_to = suppliers["closed_to"].to_numpy("datetime64[D]")
    start = np.maximum(closed_from, now)
    meets = (closed_to >= now) & (closed_to >= closed_from)
    at_work = np.maximum(np.ceil(np.minimum(days, LONGEST_LEAD)), 1.0).astype("timedelta64[D]")
    meets &= closed_from < now + at_work
    pause = np.where(meets, (closed_to - start).astype("timedelta64[D]").astype(float) + 1, 0.0)
    return days + pause, suppliers["production_sd"].to_numpy(float), assumed


def _routes(tables: Tables, supplier: Array, destination: Array) -> tuple[Array, Array, Array]:
    """Days, their spread and the mode of the regular route from each supplier to each destination; NaN where none."""
    routes = tables.routes.assign(rank=tables.routes["mode"].map({name: k for k, name in enumerate(_MODES)}))
    best = routes.sort_values(["from", "to", "rank", "days"], kind="stable").drop_duplicates(["from", "to"])
    keyed = best.set_index(["from", "to"])[["days", "days_sd", "mode"]]
    wanted = keyed.reindex(pd.MultiIndex.from_arrays([supplier, destination]))
    mode = wanted["mode"].fillna("").replace("", "sea").to_numpy(object)
    return wanted["days"].to_numpy(float), wanted["days_sd"].to_numpy(float), mode


def _sea_days(settings: Settings, region: str) -> float:
    return float(getattr(settings, f"sea_days_{region or 'us'}"))
