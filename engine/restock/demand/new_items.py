"""New SKUs: sold like another one until their own sales can speak."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from restock.demand.history import History
from restock.demand.level import Level
from restock.demand.pairs import Pairs
from restock.schema.tables import Tables


@dataclass(frozen=True)
class Likeness:
    """Which pairs are planned like another SKU, and how.

    Attributes:
        active: (n_pairs,), whether the assumption is in force.
        like: (n_pairs,) object, the SKU that each is like; "" where none is typed.
        times: (n_pairs,), the typed multiplier.
        daily: (n_pairs,), the assumed units per day: times x the other SKU's level; NaN where unknown.
        own_days: (n_pairs,), usable days since the pair's first sale.
        full_on: (n_pairs,) datetime64[D], the earliest day on which own sales count fully.
        ends_on: (n_pairs,) datetime64[D], the day on which the assumption ends in any case.
    """

    active: NDArray[np.bool_]
    like: NDArray[np.object_]
    times: NDArray[np.float64]
    daily: NDArray[np.float64]
    own_days: NDArray[np.int64]
    full_on: NDArray[np.datetime64]
    ends_on: NDArray[np.datetime64]


def with_likeness(
    tables: Tables, pairs: Pairs, history: History, own: Level, today: dt.date
) -> tuple[Level, Likeness]:
    """Return the level with the assumptions about new SKUs mixed in, and those assumptions.

    Catalog says which SKU an item sells like, and how many times as well. Its level there is the other SKU's
    own level in the same warehouse, else its mean over the warehouses where it is known. Own sales weigh
    usable days since the first sale / `new_full_days`; the assumption ends `new_end_days` after the first
    sale. While nothing was sold yet both count from today. A pair that is marked new, never sold and is like
    nothing has no level (NO DATA).
    """
    catalog = tables.catalog.drop_duplicates("sku").set_index("sku").reindex(tables.stock["sku"])
    never = np.isnat(history.first_sale)
    nothing_known = never & (catalog["status"] == "new").to_numpy(bool)
    own = replace(
        own,
        level=np.where(nothing_known, np.nan, own.level),
        daily_sd=np.where(nothing_known, np.nan, own.daily_sd),
    )
    likeness = _likeness(tables, pairs, history, own, catalog, today)
    return _mixed(own, pairs, likeness, tables.settings.new_full_days), likeness


def _likeness(
    tables: Tables, pairs: Pairs, history: History, own: Level, catalog: pd.DataFrame, today: dt.date
) -> Likeness:
    settings = tables.settings
    never = np.isnat(history.first_sale)
    like = catalog["similar_sku"].fillna("").reset_index(drop=True)
    times = catalog["multiplier"].fillna(1.0).to_numpy(np.float64)
    daily = times * _of_other(own.level, like, pairs)
    own_days = np.where(never, 0, own.usable_days)
    day0 = np.full(len(pairs), today, "datetime64[D]")
    ends_on = _after(np.where(never, day0, history.first_sale), settings.new_end_days)
    full_on = np.minimum(_after(day0, np.maximum(settings.new_full_days - own_days, 0.0)), ends_on)
    active = (own_days < settings.new_full_days) & (ends_on > day0) & np.isfinite(daily)
    return Likeness(active, like.to_numpy(object), times, daily, own_days, full_on, ends_on)


def _of_other(values: NDArray[np.float64], other: pd.Series, pairs: Pairs) -> NDArray[np.float64]:
    """The value of the SKU `other` here, else its mean over warehouses, (n_pairs,); NaN for itself."""
    code = pairs.sku_codes(other)
    known = np.isfinite(values)
    total = np.bincount(pairs.sku[known], weights=values[known], minlength=len(pairs.skus) + 1)
    count = np.bincount(pairs.sku[known], minlength=len(pairs.skus) + 1)
    mean = np.divide(total.round(9), count, out=np.full(len(total), np.nan), where=count > 0)
    here = np.append(values, np.nan)[pairs.grid[code, pairs.warehouse]]
    return np.where(code == pairs.sku, np.nan, np.where(np.isnan(here), mean[code], here))


def _mixed(own: Level, pairs: Pairs, likeness: Likeness, full_days: float) -> Level:
    """Own and assumed level and variance, weighted; the assumed variance is in proportion to the level."""
    weight = np.where(np.isfinite(own.level), likeness.own_days / full_days, 0.0)
    spread_per_unit = _of_other(
        own.daily_sd**2 / np.maximum(own.level, 1e-12), pd.Series(likeness.like), pairs
    )
    assumed = np.maximum(np.nan_to_num(spread_per_unit), 1.0) * likeness.daily
    level = weight * np.nan_to_num(own.level) + (1 - weight) * likeness.daily
    variance = weight * np.nan_to_num(own.daily_sd) ** 2 + (1 - weight) * assumed
    return replace(
        own,
        level=np.where(likeness.active, level, own.level),
        daily_sd=np.where(likeness.active, np.sqrt(np.maximum(variance, level)), own.daily_sd),
    )


def _after(start: NDArray[np.datetime64], days: NDArray[np.float64] | float) -> NDArray[np.datetime64]:
    """The date that many days later, fractions counting as whole days."""
    return start + np.ceil(days).astype(np.int64).astype("timedelta64[D]")
