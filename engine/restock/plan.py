"""Tables in, plan out: the one pipeline behind the button, the command line and the tests. Pure: no files, no clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from restock.demand.accuracy import seen_again
from restock.demand.accuracy_rows import accuracy_rows
from restock.demand.earlier_press import EarlierPress, earlier_press
from restock.demand.history import History, build_history
from restock.demand.outlook import Forecast, make_forecast
from restock.demand.pairs import pairs_of
from restock.demand.weeks import forecast_weeks
from restock.ledger import (
    Committed,
    Previous,
    Supply,
    adjustment,
    changed_on,
    day_before,
    kept_answers,
    last_change,
    open_supply,
    settle,
    sold_out_spells,
    stock_dates,
    unsent_units,
    with_answers,
    without_accepted,
)
from restock.replenish.alerts import action_parts, due_date, rank, since, warnings
from restock.replenish.by_warehouse import warehouse_rows
from restock.replenish.changes import turns_red_on
from restock.replenish.drafts import alert_rows, transfer_orders, transfer_suggestions
from restock.replenish.lead_time import LeadTime, lead_times, planning_horizon, suppliers
from restock.replenish.live_picks import live_picks
from restock.replenish.order_lines import order_drafts
from restock.replenish.order_plan import OrderPlan, lost_on, plan_orders
from restock.replenish.orders import stock_levels
from restock.replenish.stock_ahead import StockAhead, stock_ahead
from restock.replenish.view import build_view, date_of
from restock.schema.records import Records, records
from restock.schema.settings import Settings
from restock.schema.tables import Tables
from restock.transfer.propose import Proposal, landings, project_expected, project_safe, propose
from restock.transfer.question import needed_by
from restock.transfer.transfer_plan import Move, TransferPlan

Array = np.ndarray[Any, Any]
TREND_DAYS = 60


@dataclass(frozen=True)
class Plan:
    """Everything a press of the button has to say.

    Attributes:
        view: One row per planned SKU and warehouse, in sheet order of Stock (restock.replenish.view).
        rows: The same as dictionaries.
        forecast: Daily baseline, shows and cumulative need behind it.
        orders, transfers, transfer_orders, alerts: Rows of the sheets of those names, sentences as keys and numbers.
        transfer_plan: What the proposed transfers come to, and how good they are; None without routes.
        supply: What is on the way.
        history, sold_out: What the next press needs to remember.
        trend: Units sold per 5 days over the last 60, (n, 12).
        ahead: What stock is expected to do (restock.replenish.stock_ahead).
        weeks: Forecast against actual (restock.demand.weeks).
        warehouses: How the rows of each warehouse stand (restock.replenish.by_warehouse).
        last_sale: Latest sale before today; None without sales.
        accuracy: Rows of the Accuracy sheet (restock.demand.accuracy_rows).
        picks: What to show in the shows ahead (restock.replenish.live_picks).
        committed: Accepted orders and transfers (restock.ledger.committed).
        typed: What people typed beside suggestions, as in Previous, less the marks that this press has followed.
    """

    today: dt.date
    tables: Tables
    view: pd.DataFrame
    rows: Records
    forecast: Forecast
    orders: pd.DataFrame
    transfers: pd.DataFrame
    transfer_plan: TransferPlan | None
    transfer_orders: pd.DataFrame
    alerts: pd.DataFrame
    supply: Supply
    history: pd.DataFrame
    sold_out: pd.DataFrame
    trend: Array
    ahead: StockAhead
    weeks: pd.DataFrame
    warehouses: pd.DataFrame
    last_sale: dt.date | None
    accuracy: pd.DataFrame
    picks: pd.DataFrame
    committed: Committed
    typed: dict[str, pd.DataFrame]

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.tables.settings


def make_plan(tables: Tables, settings: Settings, today: dt.date, previous: Previous | None = None) -> Plan:
    """Return the plan for `today`.

    Args:
        tables: Checked tables (restock.schema.validate).
        settings: The settings in force; they win over those in `tables`.
        today: Day 0 (§1).
        previous: What the last press remembered; None for the first.
    """
    tables = replace(tables, settings=settings)
    previous = with_answers(previous or Previous.none())
    changed = changed_on(tables, previous, today)
    dates = stock_dates(tables, last_change(changed, previous, today), tables.settings)
    committed = settle(tables, previous, dates, today)
    tables = replace(tables, problems=[*tables.problems, *committed.problems])
    history = build_history(tables, today, previous.sold_out)
    lead = lead_times(tables, suppliers(tables), today)
    horizon = planning_horizon(tables.settings, lead)
    forecast = make_forecast(tables, today, horizon, history, dates)
    supply = open_supply(tables, committed.lines, today, horizon)
    unsent = unsent_units(tables, committed.lines, dates)
    shift = adjustment(tables, committed.lines, dates, history.start, history.units, today) - unsent
    on_hand = tables.stock["on_hand"].to_numpy(float)
    available = on_hand - np.nan_to_num(tables.stock["reserved"].to_numpy(float)) + shift
    decided = decide(tables, forecast, supply, lead, available, today)
    view, moves, moved = decided.view, decided.moves, decided.proposal.moved
    tables = replace(tables, problems=[*tables.problems, *decided.proposal.problems])
    view["stock_date"], view["adjustment"], view["unsent"] = dates.astype("datetime64[s]"), shift, unsent
    _add_moves(view, moves, today)
    _add_past(view, previous, today)
    view["turns_red_on"] = turns_red_on(view, tables.settings.red_days, today)
    picks = live_picks(
        tables, forecast, available, supply.arrivals, today, np.ceil(lead.mean).astype(int),
        view["days_left"].to_numpy(float),
    )  # fmt: skip
    _add_left_out(view, picks, today)
    _add_actions(view, today)
    view["basis"] = forecast.basis
    view["lesson"] = _lessons(forecast)
    _add_coming_days(view, forecast)
    rows = Records(view)
    transfers = transfer_suggestions(tables, rows, moves, np.maximum(0.0, -moved), today)
    orders = order_drafts(tables, view, today)
    earlier = earlier_press(pairs_of(tables), tables.stock, previous.history, today)
    alerts = _alerts(view, tables, previous)
    seen = seen_again(tables, history, forecast.classes)
    return Plan(
        today=today, tables=tables, view=view, rows=rows, forecast=forecast,
        orders=orders,
        transfers=transfers,
        transfer_plan=decided.proposal.plan,
        transfer_orders=transfer_orders(tables, committed.tables["TransfersCommitted"]),
        alerts=alerts,
        supply=supply,
        history=_remember(view, changed, earlier, previous, today, alerts),
        sold_out=sold_out_spells(tables, available, previous, today),
        trend=_trend(history),
        ahead=stock_ahead(forecast, available, supply.arrivals, view["service"].to_numpy(float)),
        weeks=forecast_weeks(history, seen, forecast, today),
        warehouses=warehouse_rows(view),
        last_sale=history.last_sale,
        accuracy=accuracy_rows(tables, history, forecast.classes, earlier, seen),
        picks=picks,
        committed=committed,
        typed=without_accepted(previous.typed, committed.accepted, {"Orders": orders, "Transfers": transfers}),
    )  # fmt: skip


@dataclass(frozen=True)
class Decisions:
    """What to order and to move today.

    Attributes:
        view: One row per planned pair with what is known of it (restock.replenish.view) and its order.
        proposal: Proposed transfers and what they come to.
    """

    view: pd.DataFrame
    proposal: Proposal

    @property
    def moves(self) -> list[Move]:
        """Proposed transfers."""
        return self.proposal.moves


def decide(
    tables: Tables, forecast: Forecast, supply: Supply, lead: LeadTime, available: Array, today: dt.date
) -> Decisions:
    """Return what to order and to move, from a forecast, what is there and what is on the way.

    Args:
        available: Units that can be sold on the morning of today, NaN where unknown, (n,).
    """
    looked_at = int(tables.settings.transfer_horizon_days)
    expected = project_expected(forecast, available, supply.arrivals, kept_days=looked_at)
    safe = project_safe(forecast, available, supply.arrivals)
    levels = stock_levels(forecast, lead, tables)
    wanted = needed_by(expected.runout_day, safe.runout_day)
    proposal = propose(tables, forecast, available, supply.arrivals, wanted, lead, levels.safety_stock)
    moves, moved = proposal.moves, proposal.moved
    view = build_view(tables, forecast, supply, lead, levels, available, expected, safe, today)
    view["moved"], view["position_moved"] = moved, view["position"] + moved
    delayed = _lost_by_delay(moves, expected.lost)
    _count_moves(forecast, available, supply, moves, expected.lost, safe.lost)
    ordered = plan_orders(view, tables, levels, lead, expected.lost, safe.lost, today)
    _add_orders(view, tables, ordered, today)
    _add_delay(view, delayed, ordered)
    return Decisions(view, proposal)


def _lost_by_delay(moves: list[Move], lost: Array) -> dict[int, float]:
    """Units that each receiver of a proposed transfer loses if its first one comes a day later."""
    return {
        move.receiver: float(lost_on(lost[[move.receiver]], np.array([move.arrival_day]))[0])
        for move in reversed(moves)
    }


def _count_moves(
    forecast: Forecast, available: Array, supply: Supply, moves: list[Move], lost: Array, safe_lost: Array
) -> None:
    """Put the proposed transfers into the units lost each day, in place: only their pairs change."""
    if moves:
        rows, change = landings(moves, supply.arrivals.shape[1])
        arrivals = supply.arrivals[rows] + change
        lost[rows] = project_expected(forecast, available, arrivals, rows).lost
        safe_lost[rows] = project_safe(forecast, available, arrivals, rows).lost


def _add_orders(view: pd.DataFrame, tables: Tables, ordered: OrderPlan, today: dt.date) -> None:
    """Put the order beside each pair: units, cartons, what comes faster, what was added or cut (§15, §34)."""
    catalog, faster = tables.catalog.drop_duplicates("sku").set_index("sku").reindex(view["sku"]), ordered.faster
    view["moq"] = catalog["moq"].fillna(1.0).to_numpy(float)
    view["case_pack"] = np.maximum(1.0, catalog["case_pack"].fillna(1.0).to_numpy(float))
    view["cartons"] = ordered.units / view["case_pack"]
    view["needed"], view["order_units"] = ordered.needs, ordered.units
    view["added_units"], view["missing_value"], view["cut_units"] = ordered.added, ordered.missing, ordered.cut
    view["fast_units"], view["slow_units"] = faster.units, ordered.units - faster.units
    view["fast_on"] = date_of(today, faster.day, faster.units > 0)
    view["fast_supplier"], view["fast_mode"] = faster.supplier, faster.mode
    view["fast_extra"], view["fast_saves_units"] = faster.extra_cost, np.round(faster.saved_units)
    view["fast_saves_money"], view["fast_short_days"] = faster.saved_money, faster.short_days


def _add_past(view: pd.DataFrame, previous: Previous, today: dt.date) -> None:
    """Put beside each pair since when it is as it is, and how it was before."""
    view["since"] = since(
        view["tier"].to_numpy(object), view["sku"].to_numpy(object), view["warehouse"].to_numpy(object),
        previous.history, today,
    ).astype("datetime64[s]")  # fmt: skip
    _add_warnings(view, previous, today)
    _add_day_before(view, previous, today)


def _add_actions(view: pd.DataFrame, today: dt.date) -> None:
    """Put the one thing to do beside each pair, and by when."""
    said = [(action_parts(row), due_date(row, today)) for row in Records(view)]
    view["action"] = pd.Series([action for action, _ in said], dtype=object)
    view["due"] = pd.to_datetime(pd.Series([due for _, due in said])).astype("datetime64[s]")


def _alerts(view: pd.DataFrame, tables: Tables, previous: Previous) -> pd.DataFrame:
    """What is not fine, the most expensive first, with what people answered (§45)."""
    alerts = alert_rows(view, rank(view), tables.unplanned)
    alerts["done"] = pd.Series(kept_answers(alerts, previous), alerts.index, dtype=object)
    return alerts


def _add_warnings(view: pd.DataFrame, previous: Previous, today: dt.date) -> None:
    """Put beside each pair since when it is orange or red, and whether anybody answered."""
    done = previous.typed.get("Alerts", pd.DataFrame({"sku": [], "warehouse": [], "done": []}))
    on, view["answered"] = warnings(view, previous.history, done, today)
    view["warned_on"] = on.astype("datetime64[s]")
    view["warned_days"] = (pd.Timestamp(today) - view["warned_on"]).dt.days


def _add_day_before(view: pd.DataFrame, previous: Previous, today: dt.date) -> None:
    """Put beside each pair how it stood at the last press of an earlier day."""
    before = day_before(view, previous.history, today)
    view["before_tier"], view["before_on_hand"] = before.tier, before.on_hand
    view["before_on"] = before.on.astype("datetime64[s]")


def _add_left_out(view: pd.DataFrame, picks: pd.DataFrame, today: dt.date) -> None:
    """Put beside each pair the day of the first show that it should be left out of."""
    out = picks[picks["decision"] == "OUT"].drop_duplicates(["sku", "warehouse"])
    at = pd.MultiIndex.from_frame(view[["sku", "warehouse"]].astype(object))
    first = out.set_index(["sku", "warehouse"])["day"].reindex(at) if len(out) else pd.Series(np.nan, at)
    day = first.fillna(-1).to_numpy(int)
    view["leave_out_on"] = date_of(today, day, day >= 0)


def _add_delay(view: pd.DataFrame, delayed: dict[int, float], ordered: OrderPlan) -> None:
    """Put what a day of delay loses beside each pair: of its transfer, else its order, else of the late arrival."""
    delay = ordered.delay_units.copy()
    gap = view["gap_days"].to_numpy(float)
    waits = (delay == 0) & (gap > 0)
    delay[waits] = view["gap_lost"].to_numpy(float)[waits] / gap[waits]
    delay[list(delayed)] = list(delayed.values())
    view["delay_units"] = delay.round(6)
    view["delay_money"] = view["delay_units"] * view["margin"]


COMING_DAYS = (7, 14, 30, 60)


def _add_coming_days(view: pd.DataFrame, forecast: Forecast) -> None:
    """Put the expected units of the next days beside each pair, shows included."""
    through = np.cumsum(forecast.baseline + forecast.shows, axis=1)
    for days in COMING_DAYS:
        view[f"next_{days}"] = through[:, min(days, through.shape[1]) - 1].round(1)


def _lessons(forecast: Forecast) -> pd.Series[Any]:
    """What past shows taught about the next show of each pair: key and numbers of a sentence, None without one."""
    found: list[Any] = [None] * len(forecast.daily)
    lines = forecast.lines[forecast.lines["ahead"]] if len(forecast.lines) else forecast.lines
    for line in records(lines.sort_values("start", ascending=False, kind="stable")):
        found[int(line["pair"])] = line["lesson"]
    return pd.Series(found, dtype=object)


def _add_moves(view: pd.DataFrame, moves: list[Move], today: dt.date) -> None:
    """Put the first proposed transfer into each receiver beside it."""
    first = {move.receiver: move for move in reversed(moves)}
    received = [first.get(place) for place in range(len(view))]
    view["move_units"] = [float(move.units) if move else 0.0 for move in received]
    warehouse = view["warehouse"].tolist()
    view["move_from"] = pd.Series([warehouse[move.sender] if move else "" for move in received], dtype="str")
    days = np.array([move.ship_day if move else -1 for move in received], dtype=int)
    view["move_by"] = date_of(today, days, days >= 0)


def _remember(
    view: pd.DataFrame, changed: Array, earlier: EarlierPress, previous: Previous, today: dt.date, alerts: pd.DataFrame
) -> pd.DataFrame:
    """One row per pair for the next press; pairs that left Stock are kept as they were."""
    done = {(row["sku"], row["warehouse"]): row["done"] for row in records(alerts[["sku", "warehouse", "done"]])}
    now = pd.DataFrame({
        "sku": view["sku"], "warehouse": view["warehouse"], "on_hand": view["on_hand"],
        "changed_on": changed.astype("datetime64[s]"), "tier": view["tier"], "since": view["since"],
        "order_units": view["order_units"], "daily": view["daily"],
        "pressed_on": np.full(len(view), np.datetime64(today, "s")),
        "earlier_daily": earlier.daily, "earlier_on": earlier.on.astype("datetime64[s]"),
        "warned_on": view["warned_on"], "answered": view["answered"].map({True: "Y", False: ""}),
        "done": pd.Series([done.get(pair) for pair in zip(view["sku"], view["warehouse"], strict=True)], dtype=object),
        "before_tier": view["before_tier"], "before_on_hand": view["before_on_hand"], "before_on": view["before_on"],
    })  # fmt: skip
    old = previous.history
    if len(old):
        here = set(zip(now["sku"], now["warehouse"], strict=True))
        gone = [(a, b) not in here for a, b in zip(old["sku"], old["warehouse"], strict=True)]
        if any(gone):
            now = pd.concat([now, old.loc[gone].reindex(columns=now.columns).astype(now.dtypes.to_dict())])
    return now.sort_values(["sku", "warehouse"], kind="stable", ignore_index=True)


def _trend(history: History) -> Array:
    """Units per 5 days over the last 60, oldest first, (n, 12); 0 before the history starts."""
    n, days = history.units.shape
    recent = np.zeros((n, TREND_DAYS))
    taken = min(days, TREND_DAYS)
    if taken:
        recent[:, -taken:] = history.units[:, -taken:]
    return recent.reshape(n, TREND_DAYS // 5, 5).sum(axis=2)
