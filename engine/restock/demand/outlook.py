"""The forecast of every pair: a normal day, the shows, and the need through each day of the horizon (§13)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from restock.demand.ageing import selling_pace, still_sells
from restock.demand.classes import item_classes
from restock.demand.events import event_days, event_factors
from restock.demand.history import History
from restock.demand.learned_calendar import LearnedCalendar, Reason, learn_calendar
from restock.demand.level import Level, estimate_level, weekdays
from restock.demand.livestream import plan_shows, show_units, show_variance
from restock.demand.new_items import Likeness, with_likeness
from restock.demand.pair_series import PairSeries, pair_series, with_series
from restock.demand.pairs import Pairs, pairs_of
from restock.demand.quantiles import demand_quantile
from restock.errors import DomainError
from restock.schema.settings import Settings
from restock.schema.tables import Tables

DAILY_DAYS = 30
"""The one number "daily sales" is the mean of this many days ahead."""
LEVEL_SPREAD = 0.10
"""How far the level may be off, as a share: this does not average out over a lead time as single days do."""

_Grid = NDArray[np.float64]
_BASIS_OF_MODEL = {"seasonal": "plan.basis_seasonal", "seldom": "plan.basis_seldom"}


@dataclass(frozen=True)
class Forecast:
    """What every pair of Stock is expected to sell; day index 0 is today.

    Attributes:
        daily: (n_pairs,), mean baseline units per day: as typed, else the mean of the next 30 days; NaN: NO
            DATA.
        daily_sd: (n_pairs,), standard deviation of a single day, units.
        baseline: (n_pairs, horizon), mean units per day without shows.
        shows: (n_pairs, horizon), expected units of shows ahead, on top of the baseline.
        need: (n_pairs, horizon + 1), need through day d, units: `need[:, 0]` is 0 and it never falls (§13).
        variance: (n_pairs, horizon), variance of the demand from today through each day, shows included, units squared.
        typed: (n_pairs,), whether daily sales is typed on Stock.
        classes: (n_pairs,) object: "traffic", "profit" or "long_tail".
        lines: The Livestreams lines by pair, see `plan_shows`.
        basis: (n_pairs,) object, the key and numbers of the sentence that says how the forecast was made.
        sales_days: Keys and numbers of the sentences about sales days in the next `DAILY_DAYS` days.
    """

    daily: _Grid
    daily_sd: _Grid
    baseline: _Grid
    shows: _Grid
    need: _Grid
    variance: _Grid
    typed: NDArray[np.bool_]
    classes: NDArray[np.object_]
    lines: pd.DataFrame
    basis: NDArray[np.object_]
    sales_days: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


def make_forecast(
    tables: Tables, today: dt.date, horizon: int, history: History, stock_dates: NDArray[np.datetime64]
) -> Forecast:
    """Return the forecast of every pair of Stock, in the order of Stock.

    Typed daily sales win: the baseline is then the same every day and need(d) = typed x d + expected shows.
    Otherwise need(d) is the quantile of demand through day d at the service level of the SKU's class, from a
    mean and a variance that hold the days, the level and the shows (`LEVEL_SPREAD`, `settings.show_spread`).

    Args:
        tables: Checked tables.
        today: Day 0 (§1).
        horizon: Days ahead, >= 1.
        history: Sales through yesterday.
        stock_dates: (n_pairs,) datetime64[D], the morning of each pair's count; it decides whether a show is
            ahead (§11).
    Raises:
        DomainError: horizon is below 1.
    """
    if horizon < 1:
        raise DomainError(f"horizon must be at least 1 day (got {horizon}).")
    pairs, settings = pairs_of(tables), tables.settings
    calendar = _calendar(tables, pairs, history)
    days = max(horizon, DAILY_DAYS)
    ahead_factors = event_factors(tables, pairs, today, days, calendar.factors(today, days) if calendar else None)
    ahead_factors *= _still_sells(tables, history)[:, None]
    own, series = _own_level(tables, pairs, history, calendar, ahead_factors)
    level, likeness = with_likeness(tables, pairs, history, own, today)
    daily_typed = tables.stock["daily_sales"].to_numpy(np.float64)
    typed = ~np.isnan(daily_typed)
    ahead = level.level[:, None] * ahead_factors * level.profile[:, weekdays(today, days)]
    by_core = np.zeros(len(pairs), bool)
    if series is not None:
        by_core[series.rows] = ~(typed | likeness.active)[series.rows]
        ahead[series.rows] = np.where(by_core[series.rows, None], series.mean, ahead[series.rows])
    daily = np.where(typed, daily_typed, ahead[:, :DAILY_DAYS].mean(axis=1))
    baseline = np.where(typed[:, None], daily_typed[:, None], ahead[:, :horizon])
    daily_sd = _daily_sd(level, daily_typed, settings)
    classes = item_classes(tables, pairs, daily)
    lines = plan_shows(tables, daily, stock_dates, today)
    shows = show_units(lines, len(pairs), horizon)
    show_spread = show_variance(lines, len(pairs), horizon)
    variance = _variance(baseline, daily_sd, level.level, show_spread)
    service = np.array([settings.service_level(item_class) for item_class in classes])
    need = _need(np.cumsum(baseline + shows, axis=1), variance, service, typed)
    variance[typed] = daily_sd[typed, None] ** 2 * np.arange(1, horizon + 1) + np.cumsum(show_spread[typed], axis=1)
    if series is not None:
        part = by_core[series.rows]
        rows = series.rows[part]
        need[rows] = _need_of_series(series, by_core, service, shows, show_spread, horizon)
        variance[rows] = series.variance[part, :horizon] + np.cumsum(show_spread[rows], axis=1)
    basis = _basis(typed, level, likeness, settings)
    if series is not None:
        _say_why(basis, series, by_core, settings, history)
    sales_days = calendar.sales_days_ahead(today, DAILY_DAYS) if calendar else []
    return Forecast(daily, daily_sd, baseline, shows, need, variance, typed, classes, lines, basis, sales_days)


def knot_values(curve: NDArray[np.float64], knots: ArrayLike) -> NDArray[np.float64]:
    """Return a cumulative curve at any days, (n_pairs, n_knots): linear between, the last slope beyond (§13).

    Args:
        curve: (n_pairs, horizon + 1), value through day d, for d = 0 to horizon, horizon >= 1.
        knots: (n_knots,), days, >= 0; fractions allowed.
    Raises:
        DomainError: a knot is negative.

    >>> knot_values(np.array([[0.0, 20.0, 60.0]]), [0.5, 2, 4])
    array([[ 10.,  60., 140.]])
    """
    days = np.asarray(knots, np.float64)
    if not (days >= 0).all():
        raise DomainError(f"knots must not be negative (got {days[~(days >= 0)][0]:g}).")
    left = np.minimum(days.astype(np.int64), curve.shape[1] - 2)
    return curve[:, left] + (days - left) * (curve[:, left + 1] - curve[:, left])


def _calendar(tables: Tables, pairs: Pairs, history: History) -> LearnedCalendar | None:
    """What past sales days and holidays taught; None without history."""
    if not history.days:
        return None
    return learn_calendar(tables, pairs, history, event_days(tables, pairs, history.start, history.days))


def _still_sells(tables: Tables, history: History) -> _Grid:
    """How far each pair still sells, (n_pairs,): below 1 only where Catalog says that it is being given up."""
    catalog = tables.catalog.drop_duplicates("sku").set_index("sku").reindex(tables.stock["sku"])
    status = catalog["status"].fillna("").to_numpy(object)
    leaving = np.isin(status, ("discontinued", "unsellable"))
    factor = np.ones(len(status))
    if leaving.any() and history.days:
        idle, share = selling_pace(history.units[leaving], history.usable[leaving])
        factor[leaving] = still_sells(status[leaving], idle, share)
    return factor


def _own_level(
    tables: Tables, pairs: Pairs, history: History, calendar: LearnedCalendar | None, ahead: _Grid
) -> tuple[Level, PairSeries | None]:
    """The level of every pair from its own sales, and the core's forecast of those that sold."""
    own = estimate_level(tables, pairs, history)
    rows = np.flatnonzero((np.nan_to_num(own.level) > 0) & (own.usable_days >= tables.settings.trust_days))
    if calendar is None or not len(rows):
        return own, None
    learned = calendar.factors(history.start, history.days)
    past = event_factors(tables, pairs, history.start, history.days, learned)
    settings = tables.settings
    chances = sorted({settings.service_level(name) for name in ("traffic", "profit", "long_tail")})
    series = pair_series(pairs, history, past, ahead, rows, chances)
    return with_series(own, series, history), series


def _need_of_series(
    series: PairSeries,
    by_core: NDArray[np.bool_],
    service: _Grid,
    shows: _Grid,
    show_variance: _Grid,
    horizon: int,
) -> _Grid:
    """Need of the pairs that the core forecasts, from 0 on: the surplus of normal days and that of shows are
    independent, so that their squares add."""
    from scipy.special import ndtri

    part = by_core[series.rows]
    rows = series.rows[part]
    mean = np.cumsum(series.mean[part, :horizon], axis=1)
    surplus = series.at_level(service[series.rows])[part, :horizon] - mean
    of_shows = ndtri(service[rows])[:, None] * np.sqrt(np.cumsum(show_variance[rows], axis=1))
    together = np.sqrt(np.maximum(surplus, 0.0) ** 2 + of_shows**2) + np.minimum(surplus, 0.0)
    need = np.zeros((len(rows), horizon + 1))
    need[:, 1:] = mean + np.cumsum(shows[rows], axis=1) + together
    return np.asarray(np.maximum.accumulate(np.maximum(need, 0.0), axis=1))


def _daily_sd(level: Level, daily_typed: _Grid, settings: Settings) -> _Grid:
    """Day-to-day spread; for a typed number without history by the simple rule, never below Poisson's."""
    simple = np.where(level.level > 0, np.fmax(level.daily_sd, np.sqrt(daily_typed)), np.nan)
    simple = np.where(np.isnan(simple), settings.simple_factor * np.sqrt(daily_typed), simple)
    return np.where(np.isnan(daily_typed), level.daily_sd, simple)


def _variance(baseline: _Grid, daily_sd: _Grid, level: _Grid, show_variance: _Grid) -> _Grid:
    """Variance of demand through each day, (n_pairs, horizon); that of a day rises with its mean."""
    through = np.cumsum(baseline, axis=1)
    per_unit = np.divide(daily_sd**2, level, out=np.zeros_like(level), where=level > 0)[:, None]
    return per_unit * through + (LEVEL_SPREAD * through) ** 2 + np.cumsum(show_variance, axis=1)


def _need(mean: _Grid, variance: _Grid, service: _Grid, typed: NDArray[np.bool_]) -> _Grid:
    """Need through each day from 0 on, (n_pairs, horizon + 1): the mean where typed, else the quantile."""
    need = np.zeros((mean.shape[0], mean.shape[1] + 1))
    need[typed, 1:] = mean[typed]
    rest = ~typed
    need[rest, 1:] = demand_quantile(mean[rest], variance[rest], service[rest][:, None])
    return np.maximum.accumulate(need, axis=1)


def basis_reasons(basis: Reason) -> list[Reason]:
    """How one forecast was made, then what was left out of its history and capped in it, where there is any."""
    key, known = basis
    extra = {"plan.basis_left_out": known.get("ignored"), "plan.basis_capped": known.get("capped")}
    return [(key, known)] + [(more, known) for more, count in extra.items() if count]


def _basis(
    typed: NDArray[np.bool_], level: Level, likeness: Likeness, settings: Settings
) -> NDArray[np.object_]:
    """How each forecast was made: (key of restock.text, its numbers)."""
    basis = np.empty(len(typed), object)
    for pair in range(len(typed)):
        basis[pair] = _basis_of(pair, bool(typed[pair]), level, likeness, settings)
    return basis


def _say_why(
    basis: NDArray[np.object_], series: PairSeries, by_core: NDArray[np.bool_], settings: Settings, history: History
) -> None:
    """Put what the core chose in the place of the plain sentence; pairs with few days keep theirs."""
    why, largest = series.reasons, _largest_bulk(series, history)
    for place in np.flatnonzero(by_core[series.rows]).tolist():
        if why.usable_days[place] < settings.trust_days:
            continue
        known: dict[str, Any] = {
            "days": int(why.usable_days[place]),
            "half_life": float(np.round(why.half_life[place])),
            "season": float(np.round(why.season[place], 2)),
            "ignored": int(why.ignored_days[place]),
        }
        key = _BASIS_OF_MODEL.get(str(why.model[place]), "plan.basis_series")
        basis[series.rows[place]] = key, known | largest.get(place, {})


def _largest_bulk(series: PairSeries, history: History) -> dict[int, dict[str, Any]]:
    """How many bulk orders of a series are capped, and day, units and counted units of the largest, by its place."""
    bulk, found = series.bulk, dict[int, dict[str, Any]]()
    for place, day, sold, kept in zip(bulk.row, bulk.day, bulk.sold, bulk.kept, strict=True):
        before = found.get(int(place), {"capped": 0, "sold": -1.0})
        one = {"sold": float(sold), "kept": float(kept), "day": history.start + dt.timedelta(int(day))}
        found[int(place)] = {**(one if sold > before["sold"] else before), "capped": before["capped"] + 1}
    return found


def _basis_of(
    pair: int, typed: bool, level: Level, likeness: Likeness, settings: Settings
) -> tuple[str, dict[str, Any]]:
    days = int(level.usable_days[pair])
    if typed:
        return "plan.basis_typed", {}
    if likeness.active[pair]:
        return "plan.basis_new", {
            "like": likeness.like[pair],
            "times": float(likeness.times[pair]),
            "full_on": likeness.full_on[pair].astype(object),
            "ends_on": likeness.ends_on[pair].astype(object),
            "daily": float(likeness.daily[pair]),
        }
    if np.isnan(level.level[pair]):
        return "plan.basis_none", {}
    if days < settings.trust_days:
        return "plan.basis_few", {"days": days}
    return "plan.basis_history", {"days": days}
