"""What to order: order-up-to with safety stock, minimum order and cartons, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from restock.arithmetic.order_quantity import share_moq
from restock.arithmetic.rounding import ceil9, round9
from restock.demand.outlook import Forecast
from restock.demand.quantiles import demand_quantile
from restock.replenish.lead_time import LeadTime
from restock.replenish.service_level import service_levels
from restock.schema.tables import Tables

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Levels:
    """Per pair (n,), in whole units: safety stock, reorder point and order-up-to level (§15); NaN without demand.

    They are rounded up here, so that what is decided follows from the numbers that are shown. `service` is the cycle
    service level behind them.
    """

    service: Array
    safety_stock: Array
    reorder_point: Array
    order_up_to: Array


def stock_levels(forecast: Forecast, lead: LeadTime, tables: Tables) -> Levels:
    """Safety stock, reorder point and order-up-to level of each pair, in units (§15).

    Safety stock is what the demand until an order of the next review lands, L + R days, exceeds its mean by with the
    pair's cycle service level, at least `minimum_cover` days of sales of its class. That demand is gamma with the
    forecast's mean and variance over those days, shows included, and d² σ_L² for the spread of the lead time.

    Source: (R, s, S), Silver, Pyke and Thomas, Inventory and Production Management in Supply Chains; a quantile and
    not z × σ, for lead times are skewed and slow goods lumpy (Chopra, Reinhardt and Dada); gamma as in Burgin.
    """
    settings = tables.settings
    service = service_levels(forecast, tables)
    daily, protected = np.nan_to_num(forecast.daily), lead.until_next
    over_lead, over_review = _mean_demand(forecast, lead.mean), _mean_demand(forecast, protected)
    variance = _variance(forecast, protected) + np.square(daily * lead.sd)
    safety = np.where(variance > 0, _surplus(over_review, variance, service), 0.0)
    least = np.array([settings.minimum_cover(name) for name in forecast.classes], dtype=float)
    safety = np.maximum(safety, least * daily)
    blank = np.where(np.isnan(forecast.daily), np.nan, 0.0)
    return Levels(
        service, ceil9(safety + blank), ceil9(over_lead + safety + blank), ceil9(over_review + safety + blank)
    )


def _surplus(mean: Array, variance: Array, service: Array) -> Array:
    """What demand exceeds its mean by with the chance `service`, never below 0, (n,)."""
    return np.asarray(np.maximum(demand_quantile(mean, variance, service) - mean, 0.0))


def _mean_demand(forecast: Forecast, days: Array) -> Array:
    """Expected demand of each pair through its own number of days, shows included, (n,)."""
    daily = np.nan_to_num(forecast.baseline) + np.nan_to_num(forecast.shows)
    beyond = np.maximum(days - daily.shape[1], 0.0) * np.nan_to_num(forecast.daily)
    return through_days(np.cumsum(daily, axis=1), days) + beyond


def _variance(forecast: Forecast, days: Array) -> Array:
    """Variance of each pair's demand through its own number of days, (n,); past the horizon it grows with them."""
    horizon = forecast.variance.shape[1]
    return through_days(np.nan_to_num(forecast.variance), days) * np.maximum(days / horizon, 1.0)


def through_days(curve: Array, days: Array) -> Array:
    """Return a cumulative curve at each pair's own number of days, (n,): linear between, its last value beyond.

    Args:
        curve: (n, horizon), value through day 1, 2, …
        days: (n,), >= 0.

    >>> through_days(np.array([[10.0, 30.0]]), np.array([1.5])).tolist()
    [20.0]
    """
    whole = np.concatenate([np.zeros((len(curve), 1)), curve], axis=1)
    horizon = whole.shape[1] - 1
    inside = np.minimum(days, horizon)
    low = np.floor(inside).astype(int)
    rows = np.arange(len(whole))
    first, second = whole[rows, low], whole[rows, np.minimum(low + 1, horizon)]
    return np.asarray(first + (inside - low) * (second - first))


def order_needs(position: Array, levels: Levels, may_order: Array, too_late_soon: Array) -> Array:
    """Units wanted before cartons and minimum order, whole, (n,): up to the order-up-to level where an order is due.

    An order is due where the position is at or below the reorder point, or where stock runs out before more of what
    is on the way lands, and the last day to order is near or past (`too_late_soon`, (n,) bool).
    """
    wanted = ceil9(levels.order_up_to - position)
    due = may_order & ((round9(position) <= round9(levels.reorder_point)) | too_late_soon)
    return np.where(due & (wanted > 0), np.nan_to_num(wanted), 0.0)


def order_units(needs: Array, daily: Array, sku: Array, moq: Array, case_pack: Array) -> Array:
    """Units to order per pair after minimum order (per SKU, over its warehouses) and cartons (per line), (n,) (§6)."""
    result = np.zeros(len(needs))
    wanted = pd.DataFrame({"sku": sku, "position": np.arange(len(needs))})[needs > 0]
    for _, group in wanted.groupby("sku", sort=True):
        rows = group["position"].to_numpy()
        first = rows[0]
        result[rows] = share_moq(needs[rows], np.nan_to_num(daily[rows]), moq[first], case_pack[first])
    return result
