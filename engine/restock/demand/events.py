"""Sales days and holidays: by how much a day sells more than a normal one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from restock.demand.pairs import Pairs
from restock.schema.tables import Tables


def event_factors(
    tables: Tables, pairs: Pairs, start: dt.date, days: int, learned: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Return the multiplier of a normal day, (n_pairs, days), >= 0; 1 on a day without an event.

    Args:
        tables: Its Events table: uplift by date range, for one warehouse or all, one SKU or all. Without a
            last day an event lasts one day; without an uplift or a first day it does nothing. Overlapping
            events multiply.
        pairs: The planned pairs.
        start: Date of the first column.
        days: How many days.
        learned: (n_pairs, days), multipliers of sales days and holidays (`LearnedCalendar.factors`). They count where
            the user typed no event: what is typed wins.
    """
    factors = np.ones((len(pairs), days)) if learned is None else learned.copy()
    if learned is not None:
        factors[event_days(tables, pairs, start, days)] = 1.0
    for rows, part, uplift in _events(tables, pairs, start, days):
        factors[rows, part] *= uplift
    return factors


def event_days(tables: Tables, pairs: Pairs, start: dt.date, days: int) -> NDArray[np.bool_]:
    """Return the days on which an event that the user typed concerns the pair, (n_pairs, days)."""
    found = np.zeros((len(pairs), days), bool)
    for rows, part, _ in _events(tables, pairs, start, days):
        found[rows, part] = True
    return found


def _events(
    tables: Tables, pairs: Pairs, start: dt.date, days: int
) -> Iterator[tuple[NDArray[np.bool_], slice, float]]:
    """The pairs, the days and the uplift of each typed event that falls on these days."""
    events = tables.events[tables.events["uplift"].notna() & tables.events["start"].notna()]
    first = _offset(events["start"].to_numpy(), start)
    last = _offset(events["end"].fillna(events["start"]).to_numpy(), start)
    rows = _concerned(pairs.sku, pairs.sku_codes(events["sku"]), (events["sku"] == "").to_numpy(bool))
    rows &= _concerned(
        pairs.warehouse,
        pairs.warehouse_codes(events["warehouse"]),
        (events["warehouse"] == "").to_numpy(bool),
    )
    uplift = events["uplift"].to_numpy(np.float64)
    for event in np.flatnonzero((last >= 0) & (first < days) & (first <= last)):
        yield rows[event], slice(max(first[event], 0), last[event] + 1), float(uplift[event])


def _offset(dates: NDArray[np.datetime64], start: dt.date) -> NDArray[np.int64]:
    return (dates.astype("datetime64[D]") - np.datetime64(start, "D")).astype(np.int64)


def _concerned(
    own: NDArray[np.int64], wanted: NDArray[np.int64], everyone: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Which pairs each event concerns by one of its two names, (n_events, n_pairs)."""
    return everyone[:, None] | (wanted[:, None] == own[None, :])
