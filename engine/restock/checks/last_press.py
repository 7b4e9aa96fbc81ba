"""What Stock says now against what it said at the last press, as problems (§41)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from restock.checks.compared import Compared, compared, last_rows
from restock.checks.sorted_alone import moved_alone, pairs_shuffled
from restock.ledger import Previous
from restock.schema.cell import clipped, shown
from restock.schema.inputs import STOCK
from restock.schema.problem_log import ProblemLog
from restock.schema.raw import RawTable
from restock.schema.tables import Problem, Tables

Array = np.ndarray[Any, Any]

LEAST = 5
"""Fewer quantities that are all 0, empty or ten times as large are looked at by people, not stopped."""
MOST = 0.5
"""From this share of them on it is the paste, not the business."""
TENFOLD = 9.0
"""Ten times, and a few sold."""
_COLUMNS = (("on_hand", "on_hand"), ("daily_sales", "daily"))


@dataclass(frozen=True)
class _Stock:
    """Where the Stock table stands."""

    sheet: str
    letters: dict[str, str]

    @classmethod
    def of(cls, table: RawTable) -> _Stock:
        found = STOCK.match_headers(table.headers())
        return cls(table.sheet, {name: table.columns[place].letter for name, place in found.items()})

    def problem(self, key: str, effect: str, column: str, row: int, **params: Any) -> Problem:
        cell = f"{self.letters.get(column) or self.letters.get('sku', 'A')}{row}"
        value = clipped(shown(params.pop("value", "")))
        return Problem(f"check.{key}", effect, STOCK.name, self.sheet, cell, value, params={"column": column, **params})


def against_last_press(stock: RawTable, tables: Tables, previous: Previous, today: dt.date) -> list[Problem]:
    """Return what cannot be true if the last press was: effect "stop" where the whole column is in doubt.

    Args:
        stock: Stock as it stands in the book.
        tables: The same, checked.
        previous: What the last press remembered; without a press there is nothing to say.
        today: Day 0 (§1).
    """
    history = last_rows(previous.history)
    if history.empty:
        return []
    place, log = _Stock.of(stock), ProblemLog()
    for problem in (*_pairs(place, tables, history), *_columns(place, tables, history, today)):
        log.add(problem)
    return log.finish()[0]


def _columns(place: _Stock, tables: Tables, history: pd.DataFrame, today: dt.date) -> Iterator[Problem]:
    for column, remembered in _COLUMNS:
        typed = tables.stock if column == "on_hand" else tables.stock[tables.stock[column].notna()]
        pairs = compared(typed, history, today, column, remembered)
        if moved := moved_alone(pairs):
            params = {"count": len(pairs.old), "moved": moved, "day": pairs.day}
            yield place.problem("sorted_alone", "stop", column, _first(pairs, pairs.changed), **params)
            continue
        if column == "on_hand":
            yield from _emptied(place, pairs)
        yield from _tenfold(place, column, pairs)


def _pairs(place: _Stock, tables: Tables, history: pd.DataFrame) -> Iterator[Problem]:
    """SKU or warehouse moved alone; else, rows of the last press that are gone."""
    names = ["sku", "warehouse"]
    now = pd.concat([tables.stock[names], tables.unplanned[names]])
    day = pd.Timestamp(history["pressed_on"].max()).date()
    first = int(tables.stock["row"].min()) if len(tables.stock) else 1
    if moved := pairs_shuffled(now, history[names]):
        yield place.problem("shuffled", "stop", "sku", first, moved=moved, day=day)
        return
    here = set(zip(now["sku"], now["warehouse"], strict=True))
    gone = [pair for pair in zip(history["sku"], history["warehouse"], strict=True) if pair not in here]
    if _is_most(len(gone), len(history)) and len(now) < len(history):
        params = {"count": len(gone), "had": len(history), "day": day, "name": clipped(gone[0][0])}
        yield place.problem("rows_gone", "stop", "sku", first, **params)


def _emptied(place: _Stock, pairs: Compared) -> Iterator[Problem]:
    """Most stock suddenly 0, or blank: the paste was cut."""
    had = pairs.old > 0
    for key, empty in (("became_zero", pairs.new == 0), ("became_blank", np.isnan(pairs.new))):
        found = had & empty
        if _is_most(int((found & pairs.surprising).sum()), int(had.sum())):
            params = {"count": int(found.sum()), "had": int(had.sum()), "day": pairs.day}
            yield place.problem(key, "stop", "on_hand", _first(pairs, found), **params)


def _tenfold(place: _Stock, column: str, pairs: Compared) -> Iterator[Problem]:
    """Most quantities ten times as large, or as small, as at the last press: a comma was lost, or came in."""
    had = (pairs.old > 0) & (pairs.new > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        times = pairs.new / pairs.old
    larger, smaller = had & (times >= TENFOLD), had & (times <= 1 / TENFOLD)
    if column == "on_hand":
        smaller &= pairs.surprising
    for key, found in (("ten_times", larger), ("a_tenth", smaller)):
        if _is_most(int(found.sum()), int((pairs.old > 0).sum())):
            params = {"count": int(found.sum()), "had": int((pairs.old > 0).sum()), "day": pairs.day}
            yield place.problem(key, "stop", column, _first(pairs, found), **params)
            return
    if column == "daily_sales":
        yield from _lost_comma(place, pairs)


def _lost_comma(place: _Stock, pairs: Compared) -> Iterator[Problem]:
    """Single daily sales that are the old ones without their decimal comma: 15 for 1.5, 125 for 1.25."""
    for position in np.flatnonzero(pairs.changed & (pairs.new > pairs.old)).tolist():
        old, new = float(pairs.old[position]), float(pairs.new[position])
        digits = shown(old).replace(".", "")
        if not old.is_integer() and digits.isdigit() and new == float(digits):
            params = {"was": shown(old), "day": pairs.day, "value": new}
            yield place.problem("lost_comma", "note", "daily_sales", int(pairs.rows[position]), **params)


def _is_most(count: int, of: int) -> bool:
    return count >= LEAST and count >= MOST * of


def _first(pairs: Compared, found: Array) -> int:
    return int(pairs.rows[int(np.argmax(found))])
