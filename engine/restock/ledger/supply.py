"""What is on the way: dated arrivals, what counts as on order, and what has yet to leave a sender's count."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from restock.ledger.counts import pair_index, positions
from restock.schema.tables import Tables

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Supply:
    """Lines of Inbound, and accepted ones, that still count (§12, §33).

    Attributes:
        lines: One row per open line of a planned pair: pair, document, units, day (arrival as day index, -1 where it
            is not sellable), sellable_on, late_days (0 where in time), flagged (asked about), row, source (the table
            in which it stands).
        arrivals: Units that become sellable on each day, (n, horizon).
        on_order: Open units counted in the inventory position, (n,).
    """

    lines: pd.DataFrame
    arrivals: Array
    on_order: Array


def open_supply(tables: Tables, inbound: pd.DataFrame, today: dt.date, horizon: int) -> Supply:
    """What is on the way: dated arrivals, and what counts as on order (§12).

    Args:
        inbound: Every line that counts (restock.ledger.committed).
    """
    settings, n = tables.settings, len(tables.stock)
    found = positions(inbound, pair_index(tables))
    units = inbound["ordered"].to_numpy(float) - np.nan_to_num(inbound["received"].to_numpy(float))
    closed = inbound["state"].isin(["received", "cancelled"]).to_numpy()
    keep = (found >= 0) & ~closed & (np.nan_to_num(units) > 0)
    lines = inbound.loc[keep, ["document", "sku", "warehouse", "sellable_on", "row", "source"]].reset_index(drop=True)
    lines["pair"], lines["units"] = found[keep], units[keep]
    day = (lines["sellable_on"].to_numpy("datetime64[D]") - np.datetime64(today, "D")).astype(float)
    day[np.isnat(lines["sellable_on"].to_numpy())] = np.nan
    late = np.maximum(0.0, np.nan_to_num(-day))
    lines["late_days"] = late
    lines["flagged"] = late > settings.late_days
    sellable = ~np.isnan(day) & ~lines["flagged"].to_numpy()
    lines["day"] = np.where(sellable, np.maximum(np.nan_to_num(day), 0), -1).astype(int)
    arrivals, on_order = np.zeros((n, horizon)), np.zeros(n)
    inside = sellable & (lines["day"].to_numpy() < horizon)
    np.add.at(arrivals, (lines["pair"].to_numpy()[inside], lines["day"].to_numpy()[inside]), lines["units"][inside])
    counted = sellable | (late <= settings.lost_days)
    np.add.at(on_order, lines["pair"].to_numpy()[counted], lines["units"].to_numpy()[counted])
    return Supply(lines, arrivals, on_order)


def unsent_units(tables: Tables, lines: pd.DataFrame, dates: Array) -> Array:
    """Units that a sender's count still holds although they go to another warehouse, (n,) (§33).

    A line that has not been shipped, or was shipped on the sender's stock date or later, lies in its count; one
    shipped before does not, nor does one of Inbound that says neither.

    Args:
        lines: Every line that counts, those between warehouses with their `donor`.
        dates: Stock date of each pair, datetime64[D], (n,).
    """
    result = np.zeros(len(tables.stock))
    sent = lines[(lines["donor"] != "").to_numpy()]
    found = positions(sent[["sku", "donor"]].rename(columns={"donor": "warehouse"}), pair_index(tables))
    on = sent["shipped_on"].to_numpy("datetime64[D]")
    cancelled = (sent["state"] == "cancelled").to_numpy()
    units = np.where(cancelled, sent["received"].to_numpy(float), sent["ordered"].to_numpy(float))
    reserved = np.isnat(on) & sent["state"].isin(["planned", "ordered"]).to_numpy()
    counts = found >= 0
    later = np.zeros(len(sent), dtype=bool)
    later[counts] = on[counts] >= dates[found[counts]]
    holds = counts & (reserved | later)
    np.add.at(result, found[holds], np.nan_to_num(units[holds]))
    return result
