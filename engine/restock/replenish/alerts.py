"""What is not fine, since when, what it may cost, and the one thing to do about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from restock.ledger.answers import is_typed
from restock.schema.records import records
from restock.text.say import names_in

Array = np.ndarray[Any, Any]
SEVERITY = {"RED": 0, "ORANGE": 1, "NO DATA": 2, "YELLOW": 3, "GREEN": 4, "NO SALES": 5, "–": 6, "NOT PLANNED": 7}
SHORT = ("RED", "ORANGE", "YELLOW")
TROUBLED = (*SHORT, "NO DATA")


@dataclass(frozen=True)
class Part:
    """One sentence as a key and its numbers; prose is made by restock.text."""

    key: str
    params: dict[str, Any] = field(default_factory=dict)


Sentence = tuple[Part, ...]


def part(key: str, row: Mapping[str, Any]) -> Part:
    """The sentence `key` with the numbers of a row that it needs, and no others: rows are many and wide."""
    return Part(key, {name: row[name] for name in names_in(key)})


def since(tier: Array, sku: Array, warehouse: Array, history: pd.DataFrame, today: dt.date) -> Array:
    """The day on which each pair's tier began, datetime64[D], (n,): carried on while the tier stays the same."""
    known = {(row["sku"], row["warehouse"]): (row["tier"], row["since"]) for row in records(history)}
    result = np.full(len(tier), np.datetime64(today, "D"))
    for position, key in enumerate(zip(sku, warehouse, strict=True)):
        old = known.get(key)
        if old is not None and old[0] == tier[position] and not pd.isna(old[1]):
            result[position] = min(np.datetime64(old[1], "D"), result[position])
    return result


URGENT = ("RED", "ORANGE")


def warnings(view: pd.DataFrame, history: pd.DataFrame, done: pd.DataFrame, today: dt.date) -> tuple[Array, Array]:
    """Since when each pair is orange or red without a break, datetime64[D], and whether anybody answered, each (n,).

    An answer is anything typed in Done since then; it counts until the pair is out of both tiers.

    Args:
        done: What was typed on Alerts: sku, warehouse, done.
    """
    known = {(row["sku"], row["warehouse"]): row for row in records(history)}
    typed = {(row["sku"], row["warehouse"]) for row in records(done) if is_typed(row["done"])}
    on, answered = np.full(len(view), np.datetime64("NaT", "D")), np.zeros(len(view), dtype=bool)
    for k, row in enumerate(records(view[["sku", "warehouse", "tier", "since"]])):
        if row["tier"] not in URGENT:
            continue
        key = (row["sku"], row["warehouse"])
        old = known.get(key)
        goes_on = old is not None and old["tier"] in URGENT and not pd.isna(old["warned_on"])
        first = np.datetime64(old["warned_on"], "D") if old is not None and goes_on else np.datetime64(today, "D")
        on[k] = min(first, np.datetime64(row["since"], "D"), np.datetime64(today, "D"))
        answered[k] = old is not None and goes_on and (old["answered"] == "Y" or key in typed)
    return on, answered


def state_parts(row: dict[str, Any]) -> Sentence:
    """Where a pair stands: what is left, how fast it goes, when it is gone, what arrives."""
    tier = row["tier"]
    if tier == "NO DATA":
        return (part("plan.no_data_stock" if pd.isna(row["available"]) else "plan.no_data_sales", row),)
    parts = [part(_left_key(row), row)]
    if pd.isna(row["next_arrival"]):
        parts.append(part("plan.undated", row) if row["undated"] > 0 else Part("plan.nothing_coming"))
    elif row["gap_days"] > 0 and row["gap_until"] == row["next_arrival"]:
        parts.append(part("plan.arrives_late" if row["gap_lost"] >= 1 else "plan.arrives_after", row))
    else:
        parts.append(part("plan.arrives", row))
        if row["gap_days"] > 0:
            parts.append(part("plan.then_gap", row))
    return tuple(parts)


def _left_key(row: dict[str, Any]) -> str:
    if row["available"] <= 0:
        return "plan.nothing_left" if row["daily"] > 0 else "plan.nothing_left_unasked"
    if pd.isna(row["sells_out_on"]):
        return "plan.left_beyond"
    if row["show_matters"]:
        return "plan.left_show"
    return "plan.left_busy" if row["busy"] else "plan.left"


def action_parts(row: dict[str, Any]) -> Sentence:
    """The one thing to do about a pair."""
    if row["tier"] == "NO DATA":
        return (part("plan.do_type_stock" if pd.isna(row["available"]) else "plan.do_type_sales", row),)
    if row["tier"] == "–":
        return ()
    parts: list[Part] = []
    if row["move_units"] > 0:
        parts.append(part("plan.do_move", row))
    if row["order_units"] > 0:
        parts += _order(row)
    if row["cut_units"] > 0:
        parts.append(part("plan.do_over_budget", row))
    if _chases(row):
        parts.append(part("plan.do_chase", row))
    if row["tier"] in SHORT and not pd.isna(row["leave_out_on"]):
        parts.append(part("plan.do_leave_out", row))
    if not parts and row["tier"] in SHORT:
        parts.append(_idle(row))
    return (*parts, *_unanswered(row))


def _unanswered(row: dict[str, Any]) -> Sentence:
    """Since when a warning goes unanswered: an orange must not become a red that surprises."""
    if row["answered"] or pd.isna(row["warned_on"]) or row["warned_days"] < 1:
        return ()
    return (part("plan.was_orange" if row["warned_on"] < row["since"] else "plan.unanswered", row),)


def _chases(row: dict[str, Any]) -> bool:
    """Whether to ask the forwarder: the next arrival comes too late, and no order or transfer can help so soon."""
    soon = row["tier"] in ("RED", "ORANGE") or row["order_units"] == 0
    return bool(row["gap_days"] > 0 and row["move_units"] == 0 and soon)


def due_date(row: dict[str, Any], today: dt.date) -> pd.Timestamp | None:
    """The day by which the one thing should be done; None where there is nothing to do."""
    dates = [row["move_by"]] if row["move_units"] > 0 else []
    if row["order_units"] > 0 and not pd.isna(row["order_by"]):
        dates.append(max(row["order_by"], pd.Timestamp(today)))
    asks = not dates and row["tier"] in SHORT and row["undated"] > 0 and pd.isna(row["next_arrival"])
    if _chases(row) or asks or row["tier"] == "NO DATA":
        dates.append(pd.Timestamp(today))
    return min(dates) if dates else None


def _order(row: dict[str, Any]) -> list[Part]:
    """The order, and which part of it comes a faster way."""
    parts = [part(_order_key(row), row)]
    if row["fast_units"] > 0:
        way = {"fast_units": row["fast_units"], "fast_way": f"plan.way_{row['fast_mode']}"}
        parts.append(part("plan.do_order_split" if row["slow_units"] > 0 else "plan.do_order_fast", way))
    return parts


def _order_key(row: dict[str, Any]) -> str:
    if pd.isna(row["order_by"]):
        return "plan.do_order"
    return "plan.do_order_late" if row["order_status"] == "LATE" else "plan.do_order_by"


def _idle(row: dict[str, Any]) -> Part:
    """What to say of a pair in trouble for which nothing is proposed, and why."""
    if row["unsellable"]:
        return Part("plan.do_unsellable")
    if row["discontinued"]:
        return Part("plan.do_sell_down")
    if pd.isna(row["daily"]):
        return Part("plan.do_type_sales")
    if not pd.isna(row["next_arrival"]):
        return part("plan.do_wait", row)
    if row["undated"] > 0:
        return Part("plan.do_ask_date")
    return Part("plan.do_nothing_planned" if row["fill_up_to"] > 0 else "plan.do_no_demand")


def rank(view: pd.DataFrame) -> Array:
    """Order of the alerts: what a day of delay loses, then what may be lost at all, then tier, days left, name (§7).

    Money counts where price and cost are known; elsewhere a lost unit counts as the median known margin, or 1.
    """
    margin = view["margin"].to_numpy(float)
    known = margin[~np.isnan(margin)]
    each = np.where(np.isnan(margin), float(np.median(known)) if len(known) else 1.0, margin)
    per_day, worth = (np.round(view[name].to_numpy(float) * each, 6) for name in ("delay_units", "lost_units"))
    severity = view["tier"].map(SEVERITY).to_numpy(float)
    days = np.nan_to_num(view["days_left"].to_numpy(float), nan=-1.0)
    return np.lexsort((view["warehouse"].to_numpy(str), view["sku"].to_numpy(str), days, severity, -worth, -per_day))
