"""What is there: the date of each count, what was sold and received since, and spells without stock (§2)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from restock.ledger.previous import Previous
from restock.schema.settings import Settings
from restock.schema.tables import Tables

Array = np.ndarray[Any, Any]


def pair_index(tables: Tables) -> pd.Series:
    """Position of each planned SKU and warehouse, by (sku, warehouse)."""
    keys = pd.MultiIndex.from_arrays([tables.stock["sku"], tables.stock["warehouse"]])
    return pd.Series(np.arange(len(keys)), index=keys)


def positions(frame: pd.DataFrame, index: pd.Series) -> Array:
    """Position in `index` of each row's SKU and warehouse, -1 where it is not planned."""
    if frame.empty:
        return np.zeros(0, dtype=int)
    keys = pd.MultiIndex.from_arrays([frame["sku"].astype(object), frame["warehouse"].astype(object)])
    return np.asarray(index.index.get_indexer(keys), dtype=int)


def changed_on(tables: Tables, previous: Previous, today: dt.date) -> Array:
    """The press at which each on-hand quantity was first seen as it is now, datetime64[D], (n,)."""
    dates = np.full(len(tables.stock), np.datetime64(today, "D"))
    if len(previous.history):
        found = positions(previous.history, pair_index(tables))
        known = found >= 0
        old = np.full(len(tables.stock), np.nan)
        old_dates = dates.copy()
        old[found[known]] = previous.history["on_hand"].to_numpy(float)[known]
        old_dates[found[known]] = previous.history["changed_on"].to_numpy("datetime64[D]")[known]
        now = tables.stock["on_hand"].to_numpy(float)
        seen = np.zeros(len(dates), dtype=bool)
        seen[found[known]] = True
        same = seen & ((old == now) | (np.isnan(old) & np.isnan(now))) & ~np.isnat(old_dates)
        dates[same] = np.minimum(old_dates[same], np.datetime64(today, "D"))
    return dates


def last_change(changed: Array, previous: Previous, today: dt.date) -> np.datetime64:
    """The last press at which any on-hand quantity changed (§2), also that of a row which has left Stock since."""
    gone = previous.history["changed_on"].to_numpy("datetime64[D]")
    dates = np.concatenate([changed, np.minimum(gone, np.datetime64(today, "D"))])
    known = dates[~np.isnat(dates)]
    return np.datetime64(known.max() if len(known) else today, "D")


def stock_dates(tables: Tables, changed: np.datetime64, settings: Settings) -> Array:
    """Each row's stock date, datetime64[D], (n,): its own, else the one in Settings, else the last change (§2)."""
    own = tables.stock["stock_date"].to_numpy("datetime64[D]")
    fallback = changed if settings.stock_date is None else np.datetime64(settings.stock_date, "D")
    return np.where(np.isnat(own), fallback, own)


def adjustment(
    tables: Tables, lines: pd.DataFrame, dates: Array, history_start: dt.date, units: Array, today: dt.date
) -> Array:
    """Units to add to on hand − reserved so that stock of `dates` becomes stock of today, (n,) (§2).

    Args:
        lines: Every line of supply that counts (restock.ledger.committed).
        dates: Stock date of each pair, datetime64[D], (n,).
        history_start: Day of the first column of `units`.
        units: Net units sold per day from history_start through yesterday, (n, days).
    """
    n, days = units.shape
    first = (dates - np.datetime64(history_start, "D")).astype(int)
    after = np.arange(days)[None, :] >= first[:, None]
    sold = np.where(after, units, 0.0).sum(axis=1) if days else np.zeros(n)
    received = _received_since(tables, lines, dates, today)
    return received - sold


def _received_since(tables: Tables, inbound: pd.DataFrame, dates: Array, today: dt.date) -> Array:
    """Units received since the count of each pair, (n,); what arrived of a line that was cancelled later is there."""
    result = np.zeros(len(dates))
    found = positions(inbound, pair_index(tables))
    on = inbound["received_on"].to_numpy("datetime64[D]")
    units = np.nan_to_num(inbound["received"].to_numpy(float))
    whole = (inbound["state"] == "received").to_numpy() & (units == 0)
    units = np.where(whole, np.nan_to_num(inbound["ordered"].to_numpy(float)), units)
    units = np.maximum(0.0, units - inbound["counted"].to_numpy(float))
    counts = (found >= 0) & (on <= np.datetime64(today, "D"))
    counts[counts] &= on[counts] >= dates[found[counts]]
    np.add.at(result, found[counts], units[counts])
    return result


def sold_out_spells(tables: Tables, available: Array, previous: Previous, today: dt.date) -> pd.DataFrame:
    """Sold-out spells through today: sku, warehouse, from, to (inclusive). A spell that goes on is one row."""
    out = tables.stock.loc[np.nan_to_num(available, nan=1.0) <= 0, ["sku", "warehouse"]]
    was_out = _open_spells(previous)
    now = np.datetime64(today, "s")
    rows = previous.sold_out[["sku", "warehouse", "from", "to"]].to_dict("records")
    for sku, warehouse in out.itertuples(index=False):
        position = was_out.get((sku, warehouse))
        if position is None:
            rows.append({"sku": sku, "warehouse": warehouse, "from": now, "to": now})
        else:
            rows[position]["to"] = max(now, np.datetime64(rows[position]["to"], "s"))
    frame = pd.DataFrame(rows, columns=["sku", "warehouse", "from", "to"])
    for name in ("from", "to"):
        frame[name] = frame[name].astype("datetime64[s]")
    return frame.sort_values(["sku", "warehouse", "from"], kind="stable", ignore_index=True)


def _open_spells(previous: Previous) -> dict[tuple[str, str], int]:
    """Spells that lasted until the last press, by key: those of pairs that were still short then."""
    if previous.sold_out.empty or previous.history.empty:
        return {}
    last = previous.history["pressed_on"].astype("datetime64[s]").max()
    spells = previous.sold_out.reset_index(drop=True)
    open_ones = spells[spells["to"].astype("datetime64[s]") >= last]
    short = previous.history[previous.history["tier"].isin(["RED", "–"])]
    were_short = set(zip(short["sku"], short["warehouse"], strict=True))
    keys = zip(open_ones["sku"], open_ones["warehouse"], strict=True)
    return {key: int(row) for key, row in zip(keys, open_ones.index, strict=True) if key in were_short}
