"""What to order: order-up-to with safety stock, minimum order and cartons, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from restock.arithmetic.order_quantity import share_moq
from restock.arithmetic.rounding import ceil9, round9
from restock.arithmetic.safety_stock import safety_stock
from restock.demand.outlook import Forecast
from restock.replenish.lead_time import LeadTime
from restock.schema.settings import Settings

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Levels:
    """Per pair (n,), in whole units: safety stock, reorder point and order-up-to level (§15); NaN without demand.

    They are rounded up here, so that what is decided follows from the numbers that are shown.
    """

    safety_stock: Array
    reorder_point: Array
    order_up_to: Array


def stock_levels(forecast: Forecast, lead: LeadTime, settings: Settings) -> Levels:
    """Safety stock, reorder point and order-up-to level of each pair, in units (§15).

    Source: Silver, Pyke & Thomas (R, s, S); z × √((L + R)σ² + d²σ_L²) with the class's cycle service level.
    """
    review = settings.review_days
    service = np.array([settings.service_level(name) for name in forecast.classes], dtype=float)
    known = ~np.isnan(forecast.daily)
    daily, spread = np.nan_to_num(forecast.daily), np.nan_to_num(forecast.daily_sd)
    safety = safety_stock(service, daily, spread, lead.mean, lead.sd, review) if len(daily) else daily
    over_lead = _mean_demand(forecast, lead.mean)
    over_review = _mean_demand(forecast, lead.mean + review)
    blank = np.where(known, 0.0, np.nan)
    return Levels(ceil9(safety + blank), ceil9(over_lead + safety + blank), ceil9(over_review + safety + blank))


def _mean_demand(forecast: Forecast, days: Array) -> Array:
    """Expected demand of each pair through its own number of days, shows included, (n,)."""
    daily = np.nan_to_num(forecast.baseline) + np.nan_to_num(forecast.shows)
    curve = np.concatenate([np.zeros((len(daily), 1)), np.cumsum(daily, axis=1)], axis=1)
    horizon = curve.shape[1] - 1
    inside = np.minimum(days, horizon)
    low = np.floor(inside).astype(int)
    high = np.minimum(low + 1, horizon)
    rows = np.arange(len(daily))
    value = curve[rows, low] + (inside - low) * (curve[rows, high] - curve[rows, low])
    return value + np.maximum(days - horizon, 0.0) * np.nan_to_num(forecast.daily)


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
