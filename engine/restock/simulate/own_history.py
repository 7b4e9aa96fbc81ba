"""A seller's own sales as a world: had you followed this last year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from restock.demand.classes import item_classes
from restock.demand.history import History, build_history
from restock.demand.livestream import show_days
from restock.demand.pairs import pairs_of
from restock.errors import InputError
from restock.replenish.lead_time import lead_times, suppliers
from restock.replenish.money import unit_margin
from restock.schema.tables import Tables
from restock.simulate.world import Costs, Counts, Grid, World
from restock.text import Words, say

LEAST_DAYS = 180
LONGEST_DAYS = 365
WARM_DAYS = 120
START_DAYS = 30
"""Stock left when the first order lands, in days of the mean of the days before counting begins."""
FIRST_DECISION = 60
"""From here on rules order: what a pair sold in its first weeks may be one large order."""
SEED = 1
"""Of the lead times."""


@dataclass(frozen=True)
class OwnWorld:
    """The world of a book.

    Attributes:
        world: To replay.
        filled: Pair-days that were sold out and are filled with the pair's mean.
        money: Whether prices and costs are known; else margins and costs are 0.
    """

    world: World
    filled: int
    money: bool


def own_world(tables: Tables, today: dt.date, sold_out: pd.DataFrame, costs: Costs | None = None) -> OwnWorld:
    """Return the world of a book's own sales, at most a year of it, after the days that only teach.

    What was asked for is what was sold; a sold-out day is filled with the mean of the pair's other days. Typed daily
    sales are left out, since they are of today. A pair whose price or cost is missing counts with the median.

    Args:
        tables: Checked tables.
        today: The day after the last one that is replayed.
        sold_out: Spells without stock that the book remembers (restock.ledger.Previous).
    Raises:
        InputError: The sales go back fewer than `LEAST_DAYS`, or nothing was sold.
    """
    history = build_history(tables, today, sold_out).latest(LONGEST_DAYS + WARM_DAYS)
    words = Words(tables.settings.language, tables.settings.currency, today)
    if history.days < LEAST_DAYS:
        raise InputError(say("simulate.too_short", words, days=history.days, least=LEAST_DAYS))
    pairs = pairs_of(tables)
    on_show = show_days(tables, pairs, np.datetime64(history.start, "D"), history.days)
    asked, filled = _asked(history, on_show)
    warm = min(WARM_DAYS, history.days // 3)
    if not asked[:, warm:].any():
        raise InputError(say("simulate.nothing_sold", words))
    catalog = tables.catalog.drop_duplicates("sku").set_index("sku").reindex(tables.stock["sku"])
    margin, cost = _known(unit_margin(tables)), _known(catalog["cost"].to_numpy(float))
    lead = lead_times(tables, suppliers(tables), today)
    mean, first = asked[:, :warm].mean(axis=1), min(FIRST_DECISION, warm)
    share = _show_share(tables, history, asked)
    world = World(
        tables=replace(_planned(tables), settings=replace(tables.settings, stock_date=None)),
        first_day=history.start,
        demand=asked,
        lead=_drawn(lead.mean, lead.sd, history.days),
        start_stock=np.rint((first + np.ceil(lead.mean) + START_DAYS) * mean).astype(np.int64),
        lead_mean=lead.mean,
        lead_sd=lead.sd,
        margin=np.maximum(margin, 0.0),
        unit_cost=cost,
        case_pack=np.maximum(catalog["case_pack"].fillna(1.0).to_numpy(float), 1.0).astype(np.int64),
        moq=np.ceil(np.maximum(catalog["moq"].fillna(1.0).to_numpy(float), 1.0)).astype(np.int64),
        classes=item_classes(tables, pairs, mean),
        show_day=on_show,
        show_share=share,
        warm_days=warm,
        first_decision=first,
        costs=costs or Costs(),
    )
    return OwnWorld(world, filled, bool(margin.any() and cost.any()))


def _asked(history: History, on_show: Any) -> tuple[Counts, int]:
    """Units asked for, (n, days), whole: a running sum of filled days is rounded, so that its total is kept."""
    first = history.first_sale.astype("datetime64[D]")
    dates = np.datetime64(history.start, "D") + np.arange(history.days)
    on_sale = dates[None, :] >= np.where(np.isnat(first), dates[-1] + 1, first)[:, None]
    out = ~history.usable & ~on_show & on_sale
    days = np.maximum(history.usable.sum(axis=1), 1)
    mean = np.where(history.usable, history.units, 0.0).sum(axis=1) / days
    through = np.cumsum(np.where(out, np.maximum(mean[:, None] - history.units, 0.0), 0.0), axis=1)
    added = np.diff(np.floor(through.round(9)), axis=1, prepend=0.0)
    return np.rint(history.units + added).astype(np.int64), int(out.sum())


def _known(values: Grid) -> Grid:
    """The values, the median in the place of those that are missing; 0 where all are."""
    known = values[~np.isnan(values)]
    return np.where(np.isnan(values), np.median(known) if len(known) else 0.0, values)


def _drawn(mean: Grid, sd: Grid, days: int) -> Counts:
    """Days from order to sellable of an order on each day, (n, days): normal, within half and double the mean."""
    draw = np.random.default_rng(SEED).normal(size=(len(mean), days))
    found = np.rint(mean[:, None] + draw * sd[:, None])
    return np.clip(found, np.maximum(np.ceil(mean / 2), 1)[:, None], np.maximum(2 * mean, 1)[:, None]).astype(np.int64)


def _planned(tables: Tables) -> Tables:
    """The tables without what happens in a replay: sales, what is on the way, typed daily sales, stock dates."""
    count = len(tables.stock)
    stock = tables.stock.assign(
        on_hand=np.zeros(count), reserved=np.zeros(count), daily_sales=np.full(count, np.nan),
        stock_date=np.full(count, np.datetime64("NaT", "s")),
    )  # fmt: skip
    return replace(tables, stock=stock, inbound=tables.inbound.iloc[:0], sales=tables.sales.iloc[:0])


def _show_share(tables: Tables, history: History, asked: Counts) -> Grid:
    """Part of a day's demand that was a show's, by line of Livestreams; NaN where its actual units are not typed."""
    lines = tables.livestreams
    share = np.full(len(lines), np.nan)
    at = pairs_of(tables).find(lines["sku"], lines["warehouse"])
    start = lines["start"].to_numpy("datetime64[D]")
    day = np.where(np.isnat(start), -1, (start - np.datetime64(history.start, "D")).astype(np.int64))
    known = (at >= 0) & (day >= 0) & (day < history.days) & lines["actual_units"].notna().to_numpy()
    units = asked[at[known], day[known]]
    actual = lines["actual_units"].to_numpy(float)[known]
    share[known] = np.divide(np.minimum(actual, units), units, out=np.zeros(len(units)), where=units > 0)
    return share
