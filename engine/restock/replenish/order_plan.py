"""Every order of a press: what is due, after cartons, minimum orders and budget, and what comes a faster way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from restock.arithmetic.rounding import ceil9, round9
from restock.replenish.expedite import Expedite, expedite
from restock.replenish.lead_time import LeadTime
from restock.replenish.orders import Levels, order_needs, order_units
from restock.replenish.terms import Lines, missing_value, topped_up, within_budget
from restock.schema.tables import Tables

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class OrderPlan:
    """Orders in sheet order of Stock, (n,), in units unless said otherwise.

    Attributes:
        needs: Wanted before cartons and minimum orders.
        units: Ordered.
        added: Ordered only to reach the supplier's minimum order value.
        missing: What is still missing to that value, money of the supplier.
        cut: Left out because the budget is used up.
        faster: The part that comes a faster way.
        delay_units: Sales lost if the order is placed a day later.
    """

    needs: Array
    units: Array
    added: Array
    missing: Array
    cut: Array
    faster: Expedite
    delay_units: Array


def plan_orders(
    view: pd.DataFrame, tables: Tables, levels: Levels, lead: LeadTime, lost: Array, safe_lost: Array, today: dt.date
) -> OrderPlan:
    """Decide what to order, from whom, by which way (§15, §34).

    Args:
        view: Rows of restock.replenish.view, with `moved` and `position_moved`: orders see the position after the
            proposed transfers.
        lost: Units expected to be lost each day with those transfers and without any order, (n, days).
        safe_lost: The same along the need curve.
    """
    catalog = tables.catalog.drop_duplicates("sku").set_index("sku").reindex(view["sku"])
    case = np.maximum(1.0, catalog["case_pack"].fillna(1.0).to_numpy(float))
    minimum = catalog["moq"].fillna(1.0).to_numpy(float)
    may_order = ~view["discontinued"].to_numpy() & ~view["unsellable"].to_numpy() & (levels.order_up_to > 0)
    position = view["position_moved"].to_numpy(float)
    daily, sku = np.nan_to_num(view["daily"].to_numpy(float)), view["sku"].to_numpy(object)
    batch = daily * tables.settings.review_days / 2
    worth_it = round9(levels.order_up_to - position) >= round9(batch)
    needs = order_needs(position, levels, may_order, worth_it & _must_not_wait(view, lead, safe_lost, tables))
    units = order_units(needs, daily, sku, minimum, case)
    supplier = view["supplier"].to_numpy(object)
    room = np.where(may_order, np.nan_to_num(np.maximum(ceil9(levels.order_up_to - position), 0.0)), 0.0)
    lines = Lines(
        supplier, sku, view["warehouse"].to_numpy(object), room, units, _urgency(view, today),
        catalog["cost"].to_numpy(float), case, minimum,
    )  # fmt: skip
    whole = topped_up(lines, tables)
    faster = expedite(tables, supplier, lead, lost, whole, today)
    lands = np.where(faster.units > 0, faster.day, ceil9(lead.mean))
    delay = np.where(whole > 0, lost_on(lost, lands), 0.0)
    worth = delay * np.nan_to_num(view["margin"].to_numpy(float))
    funded, pays_extra = within_budget(lines, whole, worth, faster.extra_cost, tables)
    if not (np.array_equal(funded, whole) and pays_extra.all()):
        faster = expedite(tables, supplier, lead, lost, np.where(pays_extra, funded, 0.0), today)
    added = np.where(units <= 0, funded, 0.0)
    regular = funded - np.where(faster.supplier != supplier, faster.units, 0.0)
    missing = missing_value(lines, regular, tables)
    return OrderPlan(np.where(added > 0, room, needs), funded, added, missing, whole - funded, faster, delay)


def _must_not_wait(view: pd.DataFrame, lead: LeadTime, safe_lost: Array, tables: Tables) -> Array:
    """Where stock may be short after an order of today could land and before one of the next review would, (n,).

    More stock never makes an order due. Goods on the way without a date may land in time: they are asked about first.
    Less than half of what sells between two reviews is left for the next one: else whoever presses the button every
    day would order a few units every day.
    """
    day = np.arange(safe_lost.shape[1])[None, :]
    lands = ceil9(lead.mean)[:, None]
    closed = lead.until_next - lead.mean - tables.settings.review_days
    waited = (view["lead_safe_days"].to_numpy(float) + tables.settings.order_soon_days + closed)[:, None]
    short = ((safe_lost > 0) & (day >= lands) & (day <= waited)).any(axis=1)
    return np.asarray(short & (view["undated"].to_numpy(float) == 0))


def _urgency(view: pd.DataFrame, today: dt.date) -> Array:
    days = (view["order_by"] - pd.Timestamp(today)).dt.days.to_numpy(float)
    return np.where(np.isnan(days), np.inf, days)


def lost_on(lost: Array, day: Array) -> Array:
    """Return the units lost on each pair's own day, (n,); past the days projected as on the last of them.

    Args:
        lost: Units lost each day, (n, days).
        day: Day index, >= 0, (n,).
    """
    last = lost.shape[1] - 1
    return np.asarray(lost[np.arange(len(lost)), np.clip(day, 0, last).astype(int)])
