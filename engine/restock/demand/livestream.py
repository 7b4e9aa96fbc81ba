"""Planned shows: how many units each line is expected to sell on top of a normal day, and when."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from restock.demand.pairs import Pairs, pairs_of
from restock.demand.show_learning import ShowLessons, learn_shows, slot_of
from restock.schema.columns import normal_key
from restock.schema.settings import Settings
from restock.schema.tables import Tables

LINE_COLUMNS = (
    "show", "sku", "warehouse", "pair", "start", "local_date",
    "day", "ahead", "units", "assumed", "total", "conflict", "factor", "spread", "lesson",
)  # fmt: skip


def plan_shows(
    tables: Tables, daily: NDArray[np.float64], stock_dates: NDArray[np.datetime64], today: dt.date
) -> pd.DataFrame:
    """Return one row per Livestreams line and planned pair that it concerns, in sheet order (§11).

    Lines with the same show name and local date are one show. A line of a bundle concerns the pairs of its
    contents, and its own where it stands on Stock; a line whose SKU and warehouse are not on Stock takes its
    part of the show's units and concerns none. Viewers and conversion are the show's: the first that is typed
    counts; their product is multiplied by what past shows taught (`learn_shows`). What is left of the show's units
    after the planned ones is split over the other lines by typed share; lines without one split what the typed
    shares leave of the whole by their mean actual units in earlier shows (a SKU without any: like the average of
    the others), else equally. A line with neither planned units nor viewers sells (show factor - 1) x a normal day
    on top.

    The correction is not applied to units typed by line: "planned units win" (§11), and who types 200 after a show
    of 75 sold 200 has already learned, so that a correction would count the lesson twice. What was learned is said
    beside the typed plan, and how far shows may be from their plan is learned from both kinds.

    Args:
        tables: Checked tables.
        daily: (n_pairs,), units of a normal day; NaN where unknown.
        stock_dates: (n_pairs,) datetime64[D], the morning on which each pair was counted; NaT where unknown.
        today: Day 0 (§1).

    Returns:
        Frame with the columns `LINE_COLUMNS`: show; sku and warehouse as on Stock; pair (position on Stock);
        start (local, datetime64[s]); local_date (datetime64[s] at midnight); day (index from today, 0 where
        the date has passed); ahead (whether the show is still to come for this pair); units (expected, on top
        of the baseline); assumed (whether a default of Settings stands in for conversion or units); total
        (expected units of the whole show); conflict (two different viewers or conversions are typed for the
        show); factor (learned correction in `units`, 1 for none); spread (standard deviation of a line's units, as
        a share of them); lesson (key and numbers of the sentence that says what past shows taught; None for a show
        that is over).
    """
    pairs = pairs_of(tables)
    lines = _with_lessons(_lines(tables), tables.settings)
    lines = _by_pair(lines, tables, pairs)
    normal_day = np.nan_to_num(daily)[lines["pair"]]
    nothing_typed = lines["units"].isna()
    lines["units"] = lines["units"].fillna(
        (tables.settings.show_factor - 1.0) * pd.Series(normal_day, lines.index)
    )
    lines["assumed"] |= nothing_typed
    lines["total"] += lines["units"].where(nothing_typed, 0.0).groupby(lines["group"]).transform("sum")
    local = lines["local_date"].to_numpy().astype("datetime64[D]")
    lines["day"] = np.maximum((local - np.datetime64(today, "D")).astype(np.int64), 0)
    lines["ahead"] = ~lines["done"].to_numpy(bool) & ~(stock_dates[lines["pair"]] > local)
    return lines[list(LINE_COLUMNS)].reset_index(drop=True)


def show_units(lines: pd.DataFrame, n_pairs: int, horizon: int) -> NDArray[np.float64]:
    """Return the expected units of shows ahead by pair and day from today, (n_pairs, horizon).

    Args:
        lines: What `plan_shows` returned.
        n_pairs: Rows of the answer.
        horizon: Days of the answer; later shows are left out.
    """
    coming = lines[lines["ahead"] & (lines["day"] < horizon)]
    cells = coming["pair"].to_numpy(np.int64) * horizon + coming["day"].to_numpy(np.int64)
    units = np.zeros(n_pairs * horizon)
    np.add.at(units, cells, coming["units"].to_numpy(np.float64))
    return units.reshape(n_pairs, horizon)


def show_variance(lines: pd.DataFrame, n_pairs: int, horizon: int) -> NDArray[np.float64]:
    """Return the variance of the units of shows ahead by pair and day from today, (n_pairs, horizon), units squared.

    Args:
        lines: What `plan_shows` returned: each line has its own spread, and lines are taken as independent.
        n_pairs: Rows of the answer.
        horizon: Days of the answer; later shows are left out.
    """
    return show_units(lines.assign(units=(lines["spread"] * lines["units"]) ** 2), n_pairs, horizon)


def show_days(tables: Tables, pairs: Pairs, start: np.datetime64, days: int) -> NDArray[np.bool_]:
    """Return the days on which a show of the pair fell, (n_pairs, days), from the date `start` on."""
    lines = _by_pair(_lines(tables), tables, pairs)
    day = (lines["local_date"].to_numpy().astype("datetime64[D]") - start).astype(np.int64)
    inside = (day >= 0) & (day < days)
    found = np.zeros((len(pairs), days), bool)
    found[lines["pair"].to_numpy()[inside], day[inside]] = True
    return found


def _lines(tables: Tables) -> pd.DataFrame:
    """The Livestreams lines in sheet order, with `local_date`, and `group`: the number of the show."""
    lines = tables.livestreams[tables.livestreams["start"].notna()].sort_values("row", kind="stable")
    lines = lines.assign(local_date=lines["start"].dt.normalize())
    group = lines.groupby([lines["show"].map(normal_key), "local_date"], sort=False).ngroup()
    return lines.assign(group=group.astype(np.int64)).reset_index(drop=True)


def _by_pair(lines: pd.DataFrame, tables: Tables, pairs: Pairs) -> pd.DataFrame:
    """The lines once per planned pair that they concern, with `pair`, bundles opened."""
    rows, sku, factor = pairs.explode(lines["sku"], tables.bundles)
    pair = pairs.grid[sku, pairs.warehouse_codes(lines["warehouse"])[rows]]
    order = np.flatnonzero(pair >= 0)
    order = order[np.argsort(rows[order], kind="stable")]
    found = lines.iloc[rows[order]].reset_index(drop=True)
    if "units" in found:
        found["units"] *= factor[order]
    stock = tables.stock[["sku", "warehouse"]].iloc[pair[order]].reset_index(drop=True)
    return found.assign(pair=pair[order], sku=stock["sku"], warehouse=stock["warehouse"])


def _with_lessons(lines: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """The lines with the columns of `_with_units`, corrected by what past shows taught, and factor, spread, lesson."""
    lines = _with_traits(lines)
    plan = _with_units(lines, settings)
    lessons = learn_shows(_past_lines(plan), settings.show_spread)
    learned = lessons.correction(lines)
    by_viewers = lines["planned_units"].isna() & plan["units"].notna()
    corrected = _with_units(lines, settings, learned["factor"].where(~plan["done"], 1.0))
    said = pd.Series([_lesson(lessons, one) for one in learned.itertuples(index=False)], lines.index, dtype=object)
    typed = said.map(lambda lesson: (f"{lesson[0]}_typed", lesson[1]) if lessons.shows else lesson)
    nothing = pd.Series([("plan.show_nothing_typed", {"times": settings.show_factor})] * len(lines), dtype=object)
    said = said.where(by_viewers, typed.where(plan["units"].notna(), nothing))
    ahead = ~plan["done"]
    factor = learned["factor"].where(by_viewers & ahead, 1.0)
    return corrected.assign(factor=factor, spread=lessons.spread, lesson=said.where(ahead, None))


def _with_traits(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines with host and platform of their show, as first typed there and spelled alike, and its slot."""
    group = lines["group"]
    traits = {
        name: lines[name].map(normal_key).replace("", np.nan).groupby(group).transform("first").fillna("")
        for name in ("host", "platform")
    }
    return lines.assign(**traits, slot=slot_of(lines["start"].groupby(group).transform("first")))


def _past_lines(plan: pd.DataFrame) -> pd.DataFrame:
    """The lines of past shows that say how a plan turned out, see `learn_shows`.

    A line without a plan says nothing. Nor does a show of several lines with actual units on one: they may be that
    line's or, typed once, the show's.
    """
    typed = plan["actual_units"].groupby(plan["group"]).transform("count")
    size = plan.groupby("group")["row"].transform("size")
    kept = plan[plan["actual_units"].notna() & (plan["units"] > 0) & ((typed > 1) | (size == 1))]
    return kept.rename(columns={"units": "planned", "actual_units": "actual"})


def _lesson(lessons: ShowLessons, learned: Any) -> tuple[str, dict[str, Any]]:
    """What is said of the correction of one line."""
    if not lessons.shows:
        return "plan.show_no_lesson", {}
    sold_out = int(lessons.sold_out.sum())
    some = "sold_out" if sold_out == lessons.shows else "some_sold_out"
    return f"plan.show_{some if sold_out else 'learned'}", {
        "shows": lessons.shows,
        "ratio": float(learned.ratio),
        "trust": float(learned.trust),
        "factor": float(learned.factor),
        "sold_out": sold_out,
    }


def _with_units(lines: pd.DataFrame, settings: Settings, factor: pd.Series | float = 1.0) -> pd.DataFrame:
    """The lines with units (NaN: nothing typed), assumed, total, conflict and done; viewers count `factor` times."""
    by_show = lines.groupby("group")
    viewers, conversion = by_show["viewers"].transform("first"), by_show["conversion"].transform("first")
    whole = viewers * conversion.fillna(settings.conversion) * settings.units_per_buyer * factor
    planned = by_show["planned_units"].transform("sum")
    split = (whole - planned).clip(lower=0.0) * _parts(lines)
    units = lines["planned_units"].fillna(split)
    return lines.assign(
        units=units,
        assumed=lines["planned_units"].isna() & conversion.isna(),
        total=units.groupby(lines["group"]).transform("sum"),
        conflict=(by_show["viewers"].transform("nunique") > 1)
        | (by_show["conversion"].transform("nunique") > 1),
        done=by_show["actual_units"].transform("count") > 0,
    )


def _parts(lines: pd.DataFrame) -> pd.Series:
    """The part of each unplanned line in the rest of its show, summing to 1 per show; 0 for planned lines."""
    unplanned = lines["planned_units"].isna()
    typed = lines["share"].where(unplanned)
    left = (1.0 - typed.groupby(lines["group"]).transform("sum")).clip(lower=0.0)
    without = unplanned & typed.isna()
    weight = typed.fillna(left * _normalised(_past_units(lines), lines["group"], without))
    return _normalised(weight, lines["group"], unplanned)


def _normalised(weight: pd.Series, group: pd.Series, member: pd.Series) -> pd.Series:
    """Weights of the members, summing to 1 per group; a blank counts as the group's mean, all 0 as equal."""
    weight = weight.where(member)
    weight = weight.fillna(weight.groupby(group).transform("mean")).fillna(1.0).where(member, 0.0)
    total = weight.groupby(group).transform("sum")
    equal = member / member.groupby(group).transform("sum").clip(lower=1)
    return (weight / total.where(total > 0)).fillna(equal)


def _past_units(lines: pd.DataFrame) -> pd.Series:
    """Mean actual units of each line's SKU over the lines of earlier shows; NaN without any."""
    past = lines.loc[lines["actual_units"].notna(), ["sku", "local_date", "actual_units"]]
    every = (
        lines[["sku", "local_date"]].reset_index(names="line").merge(past, on="sku", suffixes=("", "_past"))
    )
    earlier = every[every["local_date_past"] < every["local_date"]]
    return earlier.groupby("line")["actual_units"].mean().reindex(lines.index)
