"""From a forecast to proposed transfers: the best plan of the book, and what it does to every pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from restock.demand.outlook import Forecast
from restock.replenish.lead_time import LeadTime
from restock.replenish.projection import Projection, project
from restock.schema.tables import Problem, Tables
from restock.transfer.mixed_integer import Limits
from restock.transfer.question import Question, transfer_question
from restock.transfer.transfer_plan import Move, TransferPlan, plan_transfers

Array = np.ndarray[Any, Any]
Rows = Array | slice
_ALL = slice(None)
PRESS = Limits(nodes=500, seconds=20.0, gap=1e-4)
"""How long a press may look for a better plan."""
_LISTED = 5
"""Problems of one kind that are told of a plan's routes."""


def project_expected(
    forecast: Forecast, available: Array, arrivals: Array, rows: Rows = _ALL, kept_days: int | None = None
) -> Projection:
    """Stock day by day under expected demand: what is likely lost, and left.

    A pair whose stock is not known (NO DATA) neither loses nor holds anything.

    Args:
        available: Units that can be sold on the morning of day 0, NaN where unknown, (n,).
        arrivals: Units that become sellable on each day, (m, horizon), for each of `rows`.
        rows: The pairs wanted, positions on Stock; else all.
        kept_days: Days for which `stock` is wanted; all where None.
    """
    known = ~np.isnan(available[rows])[:, None]
    demand = np.where(known, np.nan_to_num(forecast.baseline[rows]) + np.nan_to_num(forecast.shows[rows]), 0.0)
    return project(np.nan_to_num(available[rows]), demand, np.where(known, arrivals, 0.0), kept_days)


def project_safe(forecast: Forecast, available: Array, arrivals: Array, rows: Rows = _ALL) -> Projection:
    """The same along the need curve: when stock may run out. `stock` is left out."""
    known = ~np.isnan(available[rows])[:, None]
    demand = np.where(known, np.diff(np.nan_to_num(forecast.need[rows]), axis=1), 0.0)
    return project(np.nan_to_num(available[rows]), demand, np.where(known, arrivals, 0.0), kept_days=0)


@dataclass(frozen=True)
class Proposal:
    """Proposed transfers.

    Attributes:
        moves: Positions in them are rows of Stock and of Routes.
        moved: Their net effect on each pair, units, (n,).
        plan: The plan of those whose margin is known: what it costs, and how good it is; None without routes.
        problems: What could not be used.
    """

    moves: list[Move]
    moved: Array
    plan: TransferPlan | None
    problems: list[Problem]


def propose(
    tables: Tables, forecast: Forecast, available: Array, arrivals: Array, runout_day: Array, lead: LeadTime,
    safety_stock: Array, limits: Limits = PRESS,
) -> Proposal:  # fmt: skip
    """Return the transfers worth making this week (§39); arguments as in `transfer_question`."""
    question = transfer_question(tables, forecast, available, arrivals, runout_day, lead, safety_stock)
    if question.routes.empty:
        return Proposal([], np.zeros(len(tables.stock)), None, [])
    plan = _asked(question, question.stock, limits)
    moves = [_of_book(move, question) for move in (*plan.moves, *_without_margin(question, limits))]
    moves = _by_route([move for move in moves if round(move.saved_units) >= 1], tables)
    moved = np.zeros(len(tables.stock))
    for move in moves:
        moved[move.sender] -= move.units
        moved[move.receiver] += move.units
    return Proposal(moves, moved, plan, _problems(tables, question, plan))


def _asked(question: Question, stock: pd.DataFrame, limits: Limits, **terms: Any) -> TransferPlan:
    return plan_transfers(
        stock, question.routes.reset_index(drop=True), question.demand, question.arrivals,
        replace(question.terms, **terms), counted_days=question.counted_days, sender_days=question.sender_days,
        needed_by=question.needed_by, limits=limits,
    )  # fmt: skip


def _without_margin(question: Question, limits: Limits) -> Sequence[Move]:
    """Transfers of which nobody knows what they earn: full cartons of what would be lost, for the reader to judge.

    They are planned apart, as if any freight were worth paying, so that they take no shipment or budget from others.
    """
    stock = question.stock
    unknown = stock["margin"].isna()
    asked = stock["sku"].isin(stock.loc[unknown, "sku"])
    if not unknown.any():
        return ()
    numbers = question.routes[["cost_per_unit", "cost_per_line", "cost_per_shipment", "slot_cost"]]
    dear = 1.0 + float(numbers.sum(axis=1).max()) * max(1.0, question.terms.payback) * float(stock["case_pack"].max())
    only = stock.assign(
        margin=np.where(unknown, dear, 0.0), available=stock["available"].where(asked), out_of_stock_cost=0.0
    )
    plan = _asked(question, only, limits, payback=1.0, full_cartons=True, margin_alone=False)
    return [replace(move, saved_money=float("nan")) for move in plan.moves]


def _of_book(move: Move, question: Question) -> Move:
    return replace(move, route=int(question.routes.index[move.route]))


def _by_route(moves: list[Move], tables: Tables) -> list[Move]:
    """Routes by their earliest ship day, then their ends; within one by ship day, then what saves most, then SKU."""
    sku, place = tables.stock["sku"].tolist(), tables.stock["warehouse"].tolist()
    mode = tables.routes["mode"].to_dict()
    first: dict[tuple[str, ...], int] = {}
    ends = {move: (place[move.sender], place[move.receiver], mode[move.route]) for move in moves}
    for move in moves:
        first[ends[move]] = min(first.get(ends[move], move.ship_day), move.ship_day)

    def key(move: Move) -> tuple[Any, ...]:
        return first[ends[move]], *ends[move], move.ship_day, -np.nan_to_num(move.saved_money), sku[move.receiver]

    return sorted(moves, key=key)


def _problems(tables: Tables, question: Question, plan: TransferPlan) -> list[Problem]:
    """What the plan could not use, as problems of the book; what a table's checks report already is left out."""
    found = []
    for fault in plan.faults:
        if fault.key not in ("transfer.too_large", "transfer.minimum_over_budget"):
            continue
        large = fault.key == "transfer.too_large"
        row = question.routes.iloc[fault.params["route"] if large else fault.row]
        sku = question.stock["sku"].iloc[fault.row] if large else ""
        params = {"from": row["from"], "to": row["to"]}
        key = f"problem.{fault.key.replace('.', '_')}"
        found.append(Problem(key, "note", "Routes", sku=sku, params=params))
    return found[:_LISTED]


def landings(moves: list[Move], horizon: int) -> tuple[Array, Array]:
    """Pairs that proposed transfers concern, rising, (m,), and the units that each day adds or takes, (m, horizon)."""
    rows = np.array(sorted({move.sender for move in moves} | {move.receiver for move in moves}), dtype=int)
    place, change = {row: k for k, row in enumerate(rows.tolist())}, np.zeros((len(rows), horizon))
    for move in moves:
        if move.arrival_day < horizon:
            change[place[move.receiver], move.arrival_day] += move.units
        if move.ship_day < horizon:
            change[place[move.sender], move.ship_day] -= move.units
    return rows, change
