"""A book as a transfer question: routes between its warehouses, what a sender keeps, which lost sales count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from restock.arithmetic.rounding import ceil9
from restock.demand.outlook import Forecast
from restock.replenish.lead_time import LeadTime
from restock.replenish.money import unit_margin
from restock.replenish.orders import through_days
from restock.schema.settings import Settings
from restock.schema.tables import Tables
from restock.transfer.freight import FREIGHT
from restock.transfer.instance import Terms

Array = np.ndarray[Any, Any]
_AS_TYPED = 1 - 1e-9
"""What saves exactly so many times its freight is worth moving: a product's last digit must not decide."""


SLACK_DAYS = 3
"""Days before the expected run-out by which goods should be there (D18): what is sent earlier is sent on a
guess that more days of sales would have corrected."""


def needed_by(expected_runout: Array, safe_runout: Array) -> Array:
    """Return the day by which each pair needs goods: when it may be sold out, not long before it is likely to be, (n,).

    Args:
        expected_runout: First day with unmet demand under expected demand, (n,).
        safe_runout: The same along the need curve, (n,).
    """
    return np.asarray(np.maximum(safe_runout, expected_runout - SLACK_DAYS))


@dataclass(frozen=True)
class Question:
    """What `plan_transfers` is asked, in sheet order of Stock; days without an end are those of the transfer horizon.

    Attributes:
        stock, routes, demand, arrivals, terms: As there; `routes` keeps the index of the table of routes.
        counted_days: Lost sales count until an order of today would land: from then on an order serves them.
        sender_days: A sender's stock is looked at until an order of today would land.
        needed_by: Day by which each pair needs goods.
    """

    stock: pd.DataFrame
    routes: pd.DataFrame
    demand: Array
    arrivals: Array
    terms: Terms
    counted_days: Array
    sender_days: Array
    needed_by: Array


def transfer_question(
    tables: Tables, forecast: Forecast, available: Array, arrivals: Array, runout_day: Array, lead: LeadTime,
    safety_stock: Array,
) -> Question:  # fmt: skip
    """Return the question that a book asks (§39).

    Args:
        available: Units that can be sold on the morning of day 0, NaN where unknown, (n,).
        arrivals: Units that become sellable on each day, (n, horizon).
        runout_day: Day by which each pair needs goods, as `needed_by` says, (n,).
        safety_stock: Units of each pair, NaN where unknown, (n,).
    """
    settings = tables.settings
    demand = np.nan_to_num(forecast.baseline) + np.nan_to_num(forecast.shows)
    days = min(int(settings.transfer_horizon_days), demand.shape[1])
    catalog = tables.catalog.drop_duplicates("sku").set_index("sku").reindex(tables.stock["sku"])
    orders_end = catalog["status"].isin(["discontinued", "unsellable"]).to_numpy()
    lands = np.where(orders_end, days, np.clip(ceil9(lead.mean), 1, days)).astype(np.int64)
    margin = unit_margin(tables)
    daily = np.nan_to_num(forecast.daily)
    known = ~np.isnan(available) & ~np.isnan(forecast.daily)
    stock = pd.DataFrame({
        "sku": tables.stock["sku"].to_numpy(object), "warehouse": tables.stock["warehouse"].to_numpy(object),
        "available": np.where(known, available, np.nan), "margin": margin,
        "keep": _kept(tables, forecast, demand, lead, lands, orders_end, safety_stock),
        "case_pack": np.maximum(1.0, catalog["case_pack"].fillna(1.0).to_numpy(float)),
        "volume": catalog["volume"].fillna(0.0).to_numpy(float),
        "weight": catalog["weight"].fillna(0.0).to_numpy(float),
        "transferable": catalog["transferable"].fillna(True).to_numpy(bool)
        & ~catalog["status"].eq("unsellable").to_numpy(),
        "out_of_stock_cost": settings.out_of_stock_share * np.maximum(np.nan_to_num(margin), 0.0) * daily,
    })  # fmt: skip
    return Question(
        stock, _routes(tables), demand[:, :days], np.nan_to_num(arrivals[:, :days]), _terms(settings), lands, lands,
        np.minimum(runout_day, demand.shape[1]),
    )  # fmt: skip


def _terms(settings: Settings) -> Terms:
    """A proposal leaves tomorrow at the earliest, and within the ordering rhythm, else it is left for a later press."""
    last = max(1, int(settings.review_days))
    return Terms(
        ship_days=tuple(range(1, last + 1)), payback=settings.transfer_payback * _AS_TYPED,
        budget=settings.transfer_budget, least_cartons=max(1, int(settings.transfer_cartons)), margin_alone=True,
    )  # fmt: skip


def _routes(tables: Tables) -> pd.DataFrame:
    """Typed routes that join two warehouses; a blank cost is none."""
    country = tables.warehouses.set_index("warehouse")["country"]
    routes = tables.routes
    between = routes[routes["from"].isin(country.index) & routes["to"].isin(country.index)]
    numbers = between[[name for name in FREIGHT if name in between.columns]].fillna(0.0)
    ends = [between[name].map(country).fillna("").to_numpy(object) for name in ("from", "to")]
    return pd.concat([between[["from", "to", "mode", "days"]], numbers], axis=1).assign(
        domestic=(ends[0] == ends[1]) & (ends[0] != "")
    )


def _kept(
    tables: Tables, forecast: Forecast, demand: Array, lead: LeadTime, lands: Array, orders_end: Array,
    safety_stock: Array,
) -> Array:  # fmt: skip
    """Units that a sender keeps beyond the lowest stock until an order of today would land, (n,).

    It keeps its demand of so many days from today, shows included. Where its supplier is quicker, an order of today
    makes up for what leaves: it keeps its safety stock beyond the day on which that order lands. Days within those
    that are looked at anyway are not counted twice.
    Source: hold-back level of the donor, D17; transfers from stock above what the replenishment rule protects.
    """
    settings = tables.settings
    typed = tables.warehouses.set_index("warehouse")["keep_days"].reindex(tables.stock["warehouse"]).to_numpy(float)
    days = np.where(np.isnan(typed), settings.keep_days, typed)
    horizon = demand.shape[1]
    curve = np.cumsum(demand, axis=1)

    def through(end: Array) -> Array:
        beyond = np.maximum(0.0, end - horizon) * np.nan_to_num(forecast.daily)
        return through_days(curve, np.minimum(ceil9(end), horizon)) + beyond

    wanted = through(days)
    replaced = np.where(orders_end, np.inf, through(ceil9(lead.mean)) + np.nan_to_num(safety_stock))
    return np.asarray(np.maximum(0.0, np.minimum(wanted, replaced) - through(lands.astype(float))))
