"""Our own rule: the plan's forecast, levels, orders and transfers, called as a press of the button calls them.

Everything here that depends on the engine's functions stands in this module.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from restock.demand.history import build_history
from restock.demand.livestream import show_variance
from restock.demand.outlook import Forecast, make_forecast
from restock.ledger import Previous, open_supply
from restock.plan import decide
from restock.replenish.lead_time import LeadTime, lead_times, planning_horizon, suppliers
from restock.schema.settings import Settings
from restock.schema.tables import Tables
from restock.simulate.frames import frame_of, sales_frame
from restock.simulate.world import Counts, Decision, Grid, Seen, Transfer, World
from restock.transfer.transfer_plan import Move

REFIT_DAYS = 7
SHIPS_TOMORROW = 1
"""A proposal leaves tomorrow at the earliest; one that may wait longer is proposed again tomorrow, or no more."""


@dataclass(frozen=True)
class _Fit:
    """A forecast, the day it was made on, the lead times of that day, and how many days ahead it is used."""

    day: int
    forecast: Forecast
    lead: LeadTime
    horizon: int


class Ours:
    """The plan's rule, pressed every morning; the forecast is made anew every `refit_days` and shifted between.

    Attributes:
        tables: What the plan sees on the latest morning, but for Sales.
    """

    def __init__(
        self,
        world: World,
        settings: Settings | None = None,
        transfers: bool = True,
        refit_days: int = REFIT_DAYS,
    ) -> None:
        """Prepare the tables.

        Args:
            settings: In the place of those in the world's tables.
            transfers: Whether goods may be moved between warehouses.
            refit_days: Days from one forecast to the next.
        """
        tables = replace(world.tables, settings=settings or world.tables.settings)
        if not transfers:
            between = tables.routes["from"].isin(tables.warehouses["warehouse"])
            tables = replace(tables, routes=tables.routes[~between].reset_index(drop=True))
        self.world, self.tables, self.refit_days = world, tables, refit_days
        self._shows = _ShowLines.of(world)
        self._fit: _Fit | None = None

    def decide(self, seen: Seen) -> Decision:
        """Order, and move, what the plan says this morning."""
        today = self.world.date(seen.day)
        if self._fit is None or seen.day - self._fit.day >= self.refit_days:
            self._fit = self._made(seen, today)
        fit = self._fit
        forecast = later(fit.forecast, seen.day - fit.day, fit.horizon, self.tables.settings)
        self.tables = replace(self.tables, inbound=_inbound(self.tables, seen, self.world))
        supply = open_supply(self.tables, self.tables.inbound.assign(source="Inbound"), today, fit.horizon)
        decided = decide(self.tables, forecast, supply, fit.lead, seen.stock.astype(float), today)
        orders = np.nan_to_num(decided.view["order_units"].to_numpy(float)).astype(np.int64)
        return Decision(orders, tuple(_transfer(move) for move in decided.moves if move.ship_day <= SHIPS_TOMORROW))

    def _made(self, seen: Seen, today: dt.date) -> _Fit:
        """The forecast of today, with as many days more as it is used."""
        tables = replace(
            self.tables,
            sales=_sales(self.tables, seen, self.world),
            livestreams=self._shows.as_of(self.tables.livestreams, seen),
        )
        lead = lead_times(tables, suppliers(tables), today)
        horizon = planning_horizon(tables.settings, lead)
        history = build_history(tables, today, Previous.none().sold_out)
        counted = np.full(len(self.world), np.datetime64(today, "D"))
        forecast = make_forecast(tables, today, horizon + self.refit_days - 1, history, counted)
        return _Fit(seen.day, forecast, lead, horizon)


def later(forecast: Forecast, days: int, horizon: int, settings: Settings) -> Forecast:
    """Return a forecast as of some days later, for `horizon` days, its level and its spread as they were.

    The surplus of normal days through day d stays that of d days ahead; shows that are over leave the sum.

    Args:
        forecast: Made for at least `days + horizon` days.
    """
    part = slice(days, days + horizon)
    baseline, shows = forecast.baseline[:, part], forecast.shows[:, part]
    lines = _shifted(forecast.lines, days)
    mean = np.cumsum(baseline + shows, axis=1)
    surplus = _normal_surplus(forecast, settings)[:, :horizon]
    of_shows = _show_surplus(forecast, lines, horizon, settings)
    together = np.sqrt(np.maximum(surplus, 0.0) ** 2 + of_shows**2) + np.minimum(surplus, 0.0)
    need = np.zeros((len(mean), horizon + 1))
    need[:, 1:] = mean + np.where(forecast.typed[:, None], 0.0, together)
    need = np.maximum.accumulate(np.maximum(need, 0.0), axis=1)
    variance = np.maximum(forecast.variance - _show_variance(forecast.lines, forecast.variance), 0.0)[:, :horizon]
    variance += _show_variance(lines, variance)
    return replace(forecast, baseline=baseline, shows=shows, need=need, variance=variance, lines=lines)


def _show_variance(lines: pd.DataFrame, like: Grid) -> Grid:
    """Variance of the shows through each day, units squared, in the shape of `like`."""
    return np.cumsum(show_variance(lines, *like.shape), axis=1)


def _shifted(lines: pd.DataFrame, days: int) -> pd.DataFrame:
    if days == 0 or lines.empty:
        return lines
    return lines.assign(day=np.maximum(lines["day"] - days, 0), ahead=lines["ahead"] & (lines["day"] >= days))


def _normal_surplus(forecast: Forecast, settings: Settings) -> Grid:
    """Need through each day beyond the mean, without the part of shows, (n, days): what `_show_surplus` is added to."""
    surplus = forecast.need[:, 1:] - np.cumsum(forecast.baseline + forecast.shows, axis=1)
    of_shows = _show_surplus(forecast, forecast.lines, surplus.shape[1], settings)
    normal = np.sqrt(np.maximum(surplus**2 - of_shows**2, 0.0))
    return np.asarray(np.where(surplus < 0, surplus, normal))


def _show_surplus(forecast: Forecast, lines: pd.DataFrame, days: int, settings: Settings) -> Grid:
    """What shows add to need beyond their mean if nothing else varied, (n, days), units."""
    from scipy.special import ndtri

    spread = np.sqrt(np.cumsum(show_variance(lines, len(forecast.daily), days), axis=1))
    service = np.array([settings.service_level(name) for name in forecast.classes], float)
    return np.asarray(ndtri(service)[:, None] * spread)


def shifted_service(settings: Settings, z: float) -> Settings:
    """Return settings whose three service levels are moved by z standard deviations, within 0.5 to 0.9999.

    They alone decide then how safely goods are stocked: neither money nor the days of sales that a class has at least.

    >>> round(shifted_service(Settings(), 0.5).service_profit, 3)
    0.984
    """
    from scipy.special import ndtr, ndtri

    names = ("service_traffic", "service_profit", "service_long_tail")
    moved = {name: float(np.clip(ndtr(ndtri(getattr(settings, name)) + z), 0.5, 0.9999)) for name in names}
    free = dict.fromkeys(("holding_rate", "cover_traffic", "cover_profit", "cover_long_tail"), 0.0)
    return replace(settings, **moved, **free)  # type: ignore[arg-type]


def _sales(tables: Tables, seen: Seen, world: World) -> pd.DataFrame:
    dates = np.datetime64(world.first_day, "D") + np.arange(seen.day)
    sku, warehouse = (tables.stock[name].tolist() for name in ("sku", "warehouse"))
    return sales_frame(sku, warehouse, dates, seen.sold, seen.in_stock)


def _inbound(tables: Tables, seen: Seen, world: World) -> pd.DataFrame:
    """What is on the way, as it would stand on Inbound."""
    way = seen.on_the_way
    sku, warehouse = (tables.stock[name].to_numpy(object)[way.pair] for name in ("sku", "warehouse"))
    day = np.datetime64(world.first_day, "D") + way.expected.astype("timedelta64[D]")
    return frame_of("Inbound", {"sku": sku, "warehouse": warehouse, "ordered": way.units, "sellable_on": day})


def _transfer(move: Move) -> Transfer:
    return Transfer(move.sender, move.receiver, move.units, move.arrival_day, move.cost)


@dataclass(frozen=True)
class _ShowLines:
    """Day and pair of every line of Livestreams, and the part of that day's demand that was the show's."""

    pair: Counts
    day: Counts
    share: Grid

    @classmethod
    def of(cls, world: World) -> _ShowLines:
        lines, stock = world.tables.livestreams, world.tables.stock
        at = pd.MultiIndex.from_arrays([stock["sku"].astype(object), stock["warehouse"].astype(object)])
        names = pd.MultiIndex.from_arrays([lines["sku"].astype(object), lines["warehouse"].astype(object)])
        pair: Counts = np.asarray(at.get_indexer(names), np.int64)
        day = (lines["start"].to_numpy("datetime64[D]") - np.datetime64(world.first_day, "D")).astype(np.int64)
        return cls(pair, day, world.show_share)

    def as_of(self, lines: pd.DataFrame, seen: Seen) -> pd.DataFrame:
        """The lines with what shows before today sold, and whether they sold out; nothing of later ones."""
        over = (self.day >= 0) & (self.day < seen.day) & (self.pair >= 0) & ~np.isnan(self.share)
        actual, out = np.full(len(lines), np.nan), np.zeros(len(lines), bool)
        place = self.pair[over], self.day[over]
        actual[over] = np.round(seen.sold[place] * self.share[over])
        out[over] = seen.empty_after[place]
        return lines.assign(actual_units=actual, sold_out=out)
