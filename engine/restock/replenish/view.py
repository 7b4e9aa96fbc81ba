"""One row per SKU and warehouse with everything that is said about it, behind Stock, Forecast and Alerts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from restock.arithmetic.need import cover_by_need
from restock.arithmetic.order_date import order_status
from restock.arithmetic.rounding import floor9
from restock.arithmetic.tier import tier as tier_of
from restock.demand.outlook import Forecast, knot_values
from restock.ledger import Supply
from restock.replenish.lead_time import LeadTime
from restock.replenish.money import unit_margin
from restock.replenish.orders import Levels, through_days
from restock.replenish.projection import Projection
from restock.schema.settings import Settings
from restock.schema.tables import Tables

Array = np.ndarray[Any, Any]
KNOTS = 5
SHOW_DAYS = 15


def build_view(
    tables: Tables,
    forecast: Forecast,
    supply: Supply,
    lead: LeadTime,
    levels: Levels,
    available: Array,
    expected: Projection,
    safe: Projection,
    today: dt.date,
) -> pd.DataFrame:
    """Everything known of each planned pair, in sheet order of Stock; NaN and NaT where there is nothing to say."""
    settings = tables.settings
    view = tables.stock[["sku", "warehouse", "typed_sku", "typed_warehouse", "on_hand", "reserved", "row"]].copy()
    catalog = tables.catalog.drop_duplicates("sku").set_index("sku").reindex(view["sku"])
    view["name"] = catalog["name"].fillna("").to_numpy(object)
    view["supplier"] = catalog["supplier"].fillna("").to_numpy(object)
    view["discontinued"] = catalog["status"].eq("discontinued").to_numpy()
    view["unsellable"] = catalog["status"].eq("unsellable").to_numpy()
    view["class"] = forecast.classes
    view["available"] = available
    view["daily"], view["daily_sd"] = forecast.daily, forecast.daily_sd
    view["typed_daily"] = forecast.typed
    _add_cover(view, forecast, settings)
    _add_supply(view, forecast, supply, expected.lost, safe.runout_day, today)
    view["lead_days"], view["order_service"] = lead.mean, levels.service
    view["lead_safe_days"] = lead.safe(levels.service, _covered_days(forecast, lead))
    view["lead_assumed"] = lead.assumed
    view["mode"] = lead.mode
    view["production_days"], view["route_days"], view["check_in_days"] = lead.production, lead.route, lead.check_in
    view["service"] = [settings.service_level(name) for name in forecast.classes]
    view["safety_stock"] = levels.safety_stock
    view["reorder_at"], view["fill_up_to"] = levels.reorder_point, levels.order_up_to
    view["position"] = available + supply.on_order
    _add_orderdate_of(view, lead, settings, today)
    view["margin"] = unit_margin(tables)
    days = min(int(settings.transfer_horizon_days), expected.lost.shape[1])
    view["lost_units"] = np.where(np.isnan(available), 0.0, expected.lost[:, :days].sum(axis=1))
    view["lost_money"] = view["lost_units"] * view["margin"]
    _add_shows(view, forecast, today)
    return view


def _add_cover(view: pd.DataFrame, forecast: Forecast, settings: Settings) -> None:
    knots = np.array(settings.knots())
    needs = knot_values(forecast.need, knots)
    shows = knot_values(_cumulated(forecast.shows), knots)
    for k in range(KNOTS):
        view[f"need_{k + 1}"], view[f"show_{k + 1}"] = needs[:, k], shows[:, k]
    available = view["available"].to_numpy(float)
    cover = cover_by_need(available, knots, needs)
    demand = np.where(np.isnan(forecast.daily), np.nan, needs[:, -1])
    tiers = tier_of(
        available, demand, cover, settings.red_days, settings.orange_days, settings.yellow_days
    )
    gone = view["discontinued"].to_numpy() & (np.nan_to_num(available, nan=1.0) <= 0)
    view["tier"] = np.where(gone, "–", tiers)
    view["cover"] = cover
    view["days_left"] = floor9(cover * 10) / 10
    normal = np.maximum.accumulate(np.maximum(forecast.need - _cumulated(forecast.shows), 0.0), axis=1)
    view["days_without_show"] = floor9(cover_by_need(available, knots, knot_values(normal, knots)))


def _cumulated(daily: Array) -> Array:
    return np.concatenate([np.zeros((len(daily), 1)), np.cumsum(daily, axis=1)], axis=1)


def _add_supply(
    view: pd.DataFrame, forecast: Forecast, supply: Supply, lost: Array, runout: Array, today: dt.date
) -> None:
    """Run-out with dated arrivals on the need curve, the next arrival, and the gap until one that comes too late."""
    horizon = lost.shape[1]
    available = view["available"].to_numpy(float)
    known = ~np.isnan(available) & ~np.isnan(forecast.daily)
    runs_out = known & (runout < horizon)
    view["runout_day"] = np.where(runs_out, runout, -1)
    view["sells_out_on"] = date_of(today, runout, runs_out)
    first, view["arrival_units"] = _next_landing(supply, np.full(len(view), -1))
    view["next_arrival"] = date_of(today, first, first >= 0)
    until, view["gap_units"] = _next_landing(supply, runout)
    gap = np.where(runs_out & (until > 0), until - runout, 0)
    view["gap_days"], view["gap_until"] = gap, date_of(today, until, gap > 0)
    missed = np.where(np.arange(horizon)[None, :] < until[:, None], lost, 0.0).sum(axis=1)
    view["gap_lost"] = np.round(missed + np.maximum(until - horizon, 0) * np.nan_to_num(forecast.daily))
    plain = np.floor(np.maximum(np.nan_to_num(available), 0.0) / np.maximum(np.nan_to_num(forecast.daily), 1e-9))
    alone = (first < 0) | (first > runout)
    view["busy"] = runs_out & alone & ~forecast.typed & (plain - runout >= 1)
    view["on_the_way"] = supply.on_order
    dated = supply.lines[supply.lines["day"] >= 0]
    view["undated"] = supply.on_order - np.bincount(dated["pair"], weights=dated["units"], minlength=len(view))


def _next_landing(supply: Supply, after: Array) -> tuple[Array, Array]:
    """The first day later than `after` on which something lands, -1 where none does, and its units, each (n,)."""
    pair, day = supply.lines["pair"].to_numpy(int), supply.lines["day"].to_numpy(int)
    later = (day >= 0) & (day > after[pair])
    never = np.iinfo(np.int64).max
    first = np.full(len(after), never)
    np.minimum.at(first, pair[later], day[later])
    on_it = later & (day == first[pair])
    units = np.bincount(pair[on_it], weights=supply.lines["units"].to_numpy(float)[on_it], minlength=len(after))
    return np.where(first == never, -1, first), units


def date_of(today: dt.date, day: Array, valid: Array) -> Array:
    """The date of each day index, datetime64[s]; NaT where it is not valid."""
    dates = np.datetime64(today, "D") + np.where(valid, day, 0).astype("timedelta64[D]")
    return np.where(valid, dates, np.datetime64("NaT", "D")).astype("datetime64[s]")


def _add_orderdate_of(view: pd.DataFrame, lead: LeadTime, settings: Settings, today: dt.date) -> None:
    """Latest day to order: the run-out day less the days within which an order lands with the pair's chance (§14)."""
    runs_out = (view["runout_day"] >= 0).to_numpy()
    day = lead.latest_order(view["runout_day"].to_numpy(float), view["lead_safe_days"].to_numpy(float))
    orderable = runs_out & ~view["discontinued"].to_numpy() & ~view["unsellable"].to_numpy()
    view["order_by"] = date_of(today, day, orderable)
    status = order_status(0.0, np.where(orderable, day, np.inf), settings.order_soon_days)
    view["order_status"] = np.where(orderable, status, "FINE")


def _covered_days(forecast: Forecast, lead: LeadTime) -> Array:
    """Days of sales by which the need through the lead time exceeds what is expected to sell in it, (n,)."""
    expected = np.cumsum(np.nan_to_num(forecast.baseline) + np.nan_to_num(forecast.shows), axis=1)
    surplus = through_days(np.nan_to_num(forecast.need[:, 1:]) - expected, lead.mean)
    daily = np.nan_to_num(forecast.daily)
    return np.divide(np.maximum(surplus, 0.0), daily, out=np.zeros_like(daily), where=daily > 0)


def _add_shows(view: pd.DataFrame, forecast: Forecast, today: dt.date) -> None:
    shows = forecast.shows
    planned = shows > 0
    first = np.where(planned.any(axis=1), planned.argmax(axis=1), -1)
    view["next_show"] = date_of(today, first, first >= 0)
    view["show_units"] = np.round(shows[:, :SHOW_DAYS].sum(axis=1), 6)
    cover = np.nan_to_num(view["cover"].to_numpy(float))
    view["show_matters"] = (first >= 0) & (first < cover) & (view["days_without_show"].to_numpy() - cover >= 1)
