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
_MODES = ("sea", "land", "air", "express", "")


@dataclass(frozen=True)
class LeadTime:
    """Per pair (n,): mean and standard deviation in days, the mode, and which part was assumed."""

    mean: Array
    sd: Array
    mode: Array
    assumed: Array


def lead_times(tables: Tables, supplier: Array, today: dt.date) -> LeadTime:
    """Lead time of an order placed today for each planned pair, in days.

    The route from the supplier to the warehouse is the slowest regular one typed on Routes (sea before land before
    air); without one it is the sea time of the warehouse's region in Settings, marked as assumed. A factory that is
    closed while it should produce adds the days it is closed.

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
    mean = production + days + check_in
    typed_sd = np.sqrt(np.nan_to_num(production_sd) ** 2 + np.nan_to_num(days_sd) ** 2)
    default_sd = np.maximum(settings.lead_spread * mean, settings.lead_spread_days)
    neither = np.isnan(production_sd) & np.isnan(days_sd)
    return LeadTime(mean, np.where(neither, default_sd, typed_sd), mode, unknown | production_assumed)


def _production(tables: Tables, supplier: Array, today: dt.date) -> tuple[Array, Array, Array]:
    suppliers = tables.suppliers.drop_duplicates("supplier").set_index("supplier").reindex(supplier)
    days = suppliers["production_days"].to_numpy(float)
    assumed = np.isnan(days)
    days = np.where(assumed, tables.settings.production_days, days)
    now = np.datetime64(today, "D")
    closed_from = suppliers["closed_from"].to_numpy("datetime64[D]")
    closed_to = suppliers["closed_to"].to_numpy("datetime64[D]")
    start = np.maximum(closed_from, now)
    meets = ~np.isnat(closed_from) & ~np.isnat(closed_to) & (closed_to >= now)
    meets &= np.where(np.isnat(closed_from), now, closed_from) < now + np.ceil(days).astype("timedelta64[D]")
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
