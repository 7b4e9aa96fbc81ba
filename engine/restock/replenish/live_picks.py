"""Which SKUs to show in each show ahead, how many of each may be promised, and what to show instead."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from restock.arithmetic.rounding import round9
from restock.demand.outlook import Forecast
from restock.replenish.alerts import Part, Sentence
from restock.replenish.money import unit_margin
from restock.replenish.show_instead import propose_instead
from restock.replenish.show_stock import ShowDemand, expected_sales, serve_shows, show_quantile
from restock.replenish.view import date_of
from restock.schema.columns import normal_key
from restock.schema.records import Record, records
from restock.schema.tables import Tables

Array = np.ndarray[Any, Any]

PICK_COLUMNS = [
    "show", "start", "zone", "day", "sku", "warehouse", "name", "decision", "promise", "planned", "days_left_after",
    "available", "stock", "keep", "keep_until", "next_arrival", "spare", "likely", "good", "worth",
    "instead", "instead_units", "instead_days", "why", "total", "assumed", "group",
]  # fmt: skip
_SAID = ["stock", "keep", "spare", "promise", "days_left_after"]


def live_picks(
    tables: Tables,
    forecast: Forecast,
    available: Array,
    arrivals: Array,
    today: dt.date,
    cover_until: Array,
    days_left: Array,
) -> pd.DataFrame:
    """Return one row per show ahead and pair that it concerns, the earliest show first, then what earns most.

    Lines of one show that concern the same pair (a SKU and a bundle that holds it) are one row. Shows that start on
    or after the forecast's last day are left out. See `serve_shows` for what may be promised.

    Args:
        tables: Checked tables.
        forecast: Daily baseline, and `lines`: the Livestreams lines by pair.
        available: Units that can be sold on the morning of day 0, (n,); NaN where unknown.
        arrivals: Units that become sellable on each day, (n, horizon).
        today: Day 0 (§1).
        cover_until: Day index at which an order placed today can land, (n,).
        days_left: Days left of each pair (§13), (n,).

    Returns:
        Frame with the columns `PICK_COLUMNS`. Units: planned (expected on top of a normal day), promise, available
        (this morning), stock (on the morning of the show), keep (for normal sales), spare, likely and good (a show
        sells at most that with the two chances of Settings), instead_units, total (of the whole show). decision: "IN",
        "LIMIT", "OUT", or "NO DATA" where stock or daily sales is not known. start is local to zone. worth: expected
        margin in book money, NaN where price or cost is unknown. why: Parts. group: number of the show.
    """
    picks = _demand(tables, forecast, arrivals.shape[1])
    if picks.empty:
        return pd.DataFrame(columns=PICK_COLUMNS)
    pair, settings = picks["pair"].to_numpy(int), tables.settings
    status = _catalog(tables)["status"].fillna("").to_numpy(object)
    mean, sd = picks["planned"].to_numpy(float), np.sqrt(picks["variance"].to_numpy(float))
    good = show_quantile(mean, sd, settings.show_in_level)
    picks["good"], picks["likely"] = good, np.minimum(good, show_quantile(mean, sd, settings.show_limit_level))
    picks["available"] = available[pair]
    picks["unsellable"], picks["sells_down"] = (status == "unsellable")[pair], (status == "discontinued")[pair]
    picks["no_stock"], picks["no_sales"] = np.isnan(available)[pair], np.isnan(forecast.daily)[pair]
    picks["decision"] = np.where(picks["no_stock"] | picks["no_sales"], "NO DATA", "OUT")
    picks.loc[picks["unsellable"], "decision"] = "OUT"
    _serve(picks, forecast, available, arrivals, cover_until, status == "discontinued", today)
    picks["in_time"] = _arrives_in_time(picks, arrivals)
    picks["lands_before"] = cover_until[pair] <= picks["day"].to_numpy()
    picks = _ranked(picks, unit_margin(tables)[pair], mean, sd)
    _add_instead(picks, tables, available, days_left)
    picks["why"] = pd.Series([_why(row) for row in records(picks)], dtype=object)
    return picks[PICK_COLUMNS]


def _demand(tables: Tables, forecast: Forecast, horizon: int) -> pd.DataFrame:
    """One row per show ahead and pair, with planned units and their variance, in the order in which they are served."""
    lines = forecast.lines
    lines = lines[lines["ahead"] & (lines["day"] < horizon)] if len(lines) else lines
    if lines.empty:
        return pd.DataFrame()
    lines = lines.assign(key=lines["show"].map(normal_key), variance=(lines["spread"] * lines["units"]) ** 2)
    lines = lines.sort_values(["key", "local_date", "pair", "units", "variance"], kind="stable")
    found = lines.groupby(["key", "local_date", "pair"], as_index=False).agg(
        day=("day", "first"), planned=("units", "sum"), variance=("variance", "sum"), total=("total", "max"),
        assumed=("assumed", "any"),
    )  # fmt: skip
    found["planned"], found["total"] = round9(found["planned"]), round9(found["total"])
    found = found.merge(_shows(tables), on=["key", "local_date"], how="left")
    stock = tables.stock.iloc[found["pair"].to_numpy(int)]
    found["sku"], found["warehouse"] = stock["sku"].to_numpy(object), stock["warehouse"].to_numpy(object)
    found["name"] = _catalog(tables)["name"].fillna("").to_numpy(object)[found["pair"]]
    found = found.sort_values(["start", "show", "sku", "warehouse"], kind="stable", ignore_index=True)
    found["group"] = found.groupby(["start", "show", "local_date"], sort=False).ngroup()
    found = found.sort_values(["day", "group"], kind="stable", ignore_index=True)
    return found.drop(columns="key")  # a sentence's numbers must not be called like its key


def _shows(tables: Tables) -> pd.DataFrame:
    """Name, start and zone of each show: the earliest start with a time of day, and the zone that stands beside it."""
    rows = tables.livestreams[tables.livestreams["start"].notna()]
    rows = rows.assign(key=rows["show"].map(normal_key), local_date=rows["start"].dt.normalize())
    rows["timeless"] = rows["start"] == rows["local_date"]
    names = rows.groupby(["key", "local_date"], as_index=False)["show"].min()
    first = rows.sort_values(["timeless", "start", "zone"], kind="stable").drop_duplicates(["key", "local_date"])
    return names.merge(first[["key", "local_date", "start", "zone"]], on=["key", "local_date"])


def _catalog(tables: Tables) -> pd.DataFrame:
    return tables.catalog.drop_duplicates("sku").set_index("sku").reindex(tables.stock["sku"])


def _serve(
    picks: pd.DataFrame, forecast: Forecast, available: Array, arrivals: Array, cover_until: Array, sells_down: Array,
    today: dt.date,
) -> None:  # fmt: skip
    """Put beside each row whose stock is known and may be sold what can be promised; blanks beside the others."""
    rows = ~(picks["no_stock"] | picks["no_sales"] | picks["unsellable"]).to_numpy()
    for name in _SAID:
        picks[name] = np.nan
    picks["keep_until"] = picks["next_arrival"] = date_of(today, np.zeros(len(picks)), np.zeros(len(picks), bool))
    picks.loc[picks["unsellable"], "promise"] = 0.0
    picks["first"] = False
    if not rows.any():
        return
    part = picks[rows]
    shows = ShowDemand(*(part[name].to_numpy() for name in ("pair", "day", "planned", "likely", "good")))
    served = serve_shows(
        shows, np.nan_to_num(available), np.nan_to_num(forecast.baseline), arrivals, cover_until, sells_down
    )
    for name in _SAID:
        picks.loc[rows, name] = getattr(served, name)
    picks.loc[rows, "decision"] = served.decision
    picks.loc[rows, "keep_until"] = date_of(today, served.keep_until, served.keep_until >= 0)
    picks.loc[rows, "next_arrival"] = date_of(today, served.arrival, served.arrival >= 0)
    picks.loc[rows, "first"] = ~part.duplicated("pair").to_numpy()


def _arrives_in_time(picks: pd.DataFrame, arrivals: Array) -> Array:
    """Whether something arrives from today to the morning of the show, (k,)."""
    arrived = np.cumsum(arrivals[picks["pair"].to_numpy(int)], axis=1)
    return arrived[np.arange(len(picks)), picks["day"].to_numpy(int)] > 0


def _ranked(picks: pd.DataFrame, margin: Array, mean: Array, sd: Array) -> pd.DataFrame:
    """The rows with `worth`, by show, then by margin × expected sales; without a margin at the median one, or by units.

    What normal sales would lose is nothing, since a promise leaves them whole; so nothing is taken off the score.
    """
    units = expected_sales(mean, sd, picks["spare"].fillna(0.0).to_numpy(float))
    known = margin[~np.isnan(margin)]
    typical = float(np.median(known)) if len(known) else 1.0
    picks["worth"] = np.round(np.where(picks["decision"].isin(["IN", "LIMIT"]), units, 0.0) * margin, 2)
    score = np.round(units * np.where(np.isnan(margin), typical, margin), 6)
    order = np.lexsort(
        (picks["warehouse"].to_numpy(str), picks["sku"].to_numpy(str), -score, picks["group"].to_numpy(int))
    )
    return picks.iloc[order].reset_index(drop=True)


def _add_instead(picks: pd.DataFrame, tables: Tables, available: Array, days_left: Array) -> None:
    place = propose_instead(picks, tables, available, days_left)
    sku, found = tables.stock["sku"].to_numpy(object), place >= 0
    picks["instead"] = np.where(found, sku[place], "")
    picks["instead_units"] = np.where(found, available[place], np.nan)
    picks["instead_days"] = np.where(found, days_left[place], np.nan)


def _why(row: Record) -> Sentence:
    """Why a SKU is shown or not, how much is kept for normal sales, and what to show instead."""
    if row["decision"] == "NO DATA":
        return (Part("plan.pick_no_stock" if row["no_stock"] else "plan.pick_no_sales", row),)
    parts = [Part(_head(row), row)]
    if parts[0].key in ("plan.pick_in", "plan.pick_limit", "plan.pick_out_few", "plan.pick_out_then"):
        parts.append(Part(_until(row), row))
    if row["instead"]:
        key = "plan.pick_instead" if row["decision"] == "OUT" else "plan.pick_next"
        parts.append(Part(key if row["instead_days"] < 9999 else f"{key}_unsold", row))
    return tuple(parts)


def _head(row: Record) -> str:
    if row["unsellable"]:
        return "plan.pick_out_unsellable"
    if row["decision"] != "OUT":
        return "plan.pick_in" if row["decision"] == "IN" else "plan.pick_limit"
    if row["spare"] >= 1:
        return "plan.pick_out_few"
    if row["available"] > 0 and row["first"] and not row["in_time"]:
        return "plan.pick_out_needed"
    return "plan.pick_out_then" if row["stock"] > 0 else "plan.pick_out_nothing"


def _until(row: Record) -> str:
    """Until when normal sales are kept, and why until then."""
    if row["sells_down"]:
        return "plan.pick_sells_down"
    if not pd.isna(row["next_arrival"]):
        return "plan.pick_until_arrival"
    return "plan.pick_until_day" if row["lands_before"] else "plan.pick_until_order"
