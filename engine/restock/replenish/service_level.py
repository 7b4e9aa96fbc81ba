"""How safely each pair is stocked: by its class, or by what a lost sale and a unit held cost."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from restock.arithmetic.rounding import floor9
from restock.demand.outlook import Forecast
from restock.replenish.money import unit_cost, unit_margin
from restock.schema.tables import Tables

Array = np.ndarray[Any, Any]
LOWEST, HIGHEST = 0.50, 0.99
"""Beyond these the money decides nothing: a chance of 99.9 % is not known so well."""
DAYS_OF_YEAR = 365.0


def class_levels(forecast: Forecast, tables: Tables) -> Array:
    """Return the cycle service level of each pair's class, in (0, 1), (n,)."""
    return np.array([tables.settings.service_level(name) for name in forecast.classes], dtype=float)


def service_levels(forecast: Forecast, tables: Tables) -> Array:
    """Return the cycle service level by which each pair is ordered, in (0, 1), (n,).

    Where price and cost are known it is Cu / (Cu + Co), in whole percents from 50 to 99: Cu the margin of a lost
    sale, Co what one unit costs to hold for one order cycle (`holding_rate` a year of its cost). A cycle is as long
    as a carton, the minimum order or the ordering rhythm lasts, whichever is longest. Goods that draw the traffic
    never get less than their class: a sale that is lost there loses others. Elsewhere, or where the margin is not
    positive or `holding_rate` is 0, the class decides.

    Source: newsvendor ratio, Snyder and Shen, Fundamentals of Supply Chain Theory; D11 and D9 in the terms of §15.
    """
    settings, of_class = tables.settings, class_levels(forecast, tables)
    margin, cost = unit_margin(tables), unit_cost(tables)
    holding = cost * settings.holding_rate * cycle_days(forecast, tables) / DAYS_OF_YEAR
    known = (np.nan_to_num(margin) > 0) & (np.nan_to_num(holding) > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = floor9(np.where(known, margin / (margin + holding), 0.0) * 100) / 100
    by_money = np.clip(ratio, LOWEST, HIGHEST)
    traffic = forecast.classes == "traffic"
    by_money = np.where(traffic, np.maximum(by_money, of_class), by_money)
    return np.where(known, by_money, of_class)


def cycle_days(forecast: Forecast, tables: Tables) -> Array:
    """Return how long one order lasts at least, days, (n,): carton, minimum order of the SKU, or ordering rhythm."""
    sku = tables.stock["sku"].to_numpy(object)
    catalog = tables.catalog.drop_duplicates("sku").set_index("sku").reindex(sku)
    daily = np.nan_to_num(forecast.daily)
    of_sku = pd.Series(daily).groupby(sku).transform("sum").to_numpy(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        carton = np.where(daily > 0, catalog["case_pack"].fillna(1.0).to_numpy(float) / daily, 0.0)
        minimum = np.where(of_sku > 0, catalog["moq"].fillna(1.0).to_numpy(float) / of_sku, 0.0)
    return np.asarray(np.maximum(np.maximum(carton, minimum), tables.settings.review_days))
