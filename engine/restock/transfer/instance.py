"""What a transfer plan is made from: places, routes and money as sorted arrays; what cannot be used is listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from restock.arithmetic.rounding import floor9
from restock.errors import InputError
from restock.replenish.projection import project
from restock.transfer.freight import Route, TransferFault, read_routes

Array = np.ndarray[Any, Any]
STEP_DAYS = 7
"""The cost of an out-of-stock day falls by week: a day of the first week counts in full, one of the last hardly."""
_NUMBERS = {
    "available": np.nan, "margin": np.nan, "keep": 0.0, "case_pack": 1.0, "volume": 0.0, "weight": 0.0,
    "out_of_stock_cost": 0.0,
}  # fmt: skip


@dataclass(frozen=True)
class Terms:
    """What holds for a whole transfer plan.

    Attributes:
        ship_days: Day indices on which shipments may leave, rising, >= 0.
        payback: What a transfer must save, times its freight: freight counts so many times in the objective, so that
            whatever part of the plan is struck out saved at least that much. 1 is the plain cost.
        budget: Freight of the whole plan at most, money; None is no limit.
        least_cartons: Cartons that a line has at least.
        full_cartons: Whether a line carries only cartons that are sold entirely, but for its minimum.
        margin_alone: Whether the margin alone must come to the payback: lines and shipments for which out-of-stock days
            make up are struck out of the plan.
    """

    ship_days: Sequence[int] = (0,)
    payback: float = 1.0
    budget: float | None = None
    least_cartons: int = 1
    full_cartons: bool = False
    margin_alone: bool = False


@dataclass(frozen=True)
class Instance:
    """Places in the order of SKU and warehouse, (n,), and routes in the order of their names.

    Attributes:
        row: Position of each place in the table that was given.
        sku, site: Number of the SKU and of the warehouse.
        place_at: (SKUs, warehouses), the place of each, -1 where there is none.
        left, lost: (n, days), stock in the evening and units lost if nothing is moved.
        short: Whether a place would itself be short: it never sends.
        worth: (n, days), money lost with one unit that is lost on that day; it never rises.
        margin: Money earned by one more unit sold; 0 where unknown.
        release: (n, ship days), units that a place may have sent by then.
        case_pack, volume, weight, movable: Of the SKU at that place.
        needed_by: Day index by which a receiver should have the goods; -1 where that does not bind.
    """

    row: Array
    sku: Array
    site: Array
    place_at: Array
    left: Array
    lost: Array
    short: Array
    worth: Array
    margin: Array
    release: Array
    case_pack: Array
    volume: Array
    weight: Array
    movable: Array
    needed_by: Array
    routes: tuple[Route, ...]
    terms: Terms
    faults: tuple[TransferFault, ...] = field(default=())

    @property
    def days(self) -> int:
        """Days looked ahead."""
        return int(self.lost.shape[1])

    @property
    def cost_without(self) -> float:
        """What is lost if nothing is moved, money."""
        return float((self.worth * self.lost).sum())


def read_instance(
    stock: pd.DataFrame, routes: pd.DataFrame, demand: Array, arrivals: Array | None, terms: Terms,
    counted_days: Array | None = None, sender_days: Array | None = None, needed_by: Array | None = None,
) -> Instance:  # fmt: skip
    """Return the instance; arguments as in `restock.transfer.plan_transfers`.

    Raises:
        InputError: A column or a day is missing, or shapes do not agree.
    """
    _require(stock, demand, arrivals, terms)
    names = [np.asarray(stock[name].astype(str), dtype=object) for name in ("sku", "warehouse")]
    faults: list[TransferFault] = []
    order = _order(names, faults)
    (sku, skus), (site, sites) = (_numbered(column[order]) for column in names)
    numbers = {name: _column(stock, name, default)[order] for name, default in _NUMBERS.items()}
    place_at = np.full((len(skus), len(sites)), -1, np.int64)
    place_at[sku, site] = np.arange(len(order))
    asked = np.asarray(demand, float)[order]
    known = ~np.isnan(numbers["available"]) & ~np.isnan(asked).any(axis=1)
    asked = np.where(known[:, None], asked, 0.0)
    coming = np.zeros_like(asked) if arrivals is None else np.asarray(arrivals, float)[order]
    landing = np.where(known[:, None], coming, 0.0)
    expected = project(np.where(known, numbers["available"], 0.0), asked, landing)
    within = _days(sender_days, order, asked.shape[1])
    counted = _days(counted_days, order, asked.shape[1])
    faults += _place_faults(numbers["margin"], known, expected.lost, order, stock)
    day = np.arange(asked.shape[1])[None, :]
    short = np.asarray(((expected.lost > 0) & (day < np.maximum(within, counted)[:, None])).any(axis=1))
    movable = known & _flags(stock, order)
    read = read_routes(routes, sites, faults)
    worth = _worth(numbers["margin"], numbers["out_of_stock_cost"], asked, counted)
    ends = np.full(len(order), -1) if needed_by is None else np.asarray(needed_by, np.int64)[order]
    return Instance(
        row=order, sku=sku, site=site, place_at=place_at, left=expected.stock, lost=expected.lost, short=short,
        worth=worth, margin=np.maximum(np.nan_to_num(numbers["margin"]), 0.0),
        release=_release(expected.stock, numbers["keep"], short | ~movable, within, terms.ship_days),
        case_pack=np.maximum(1, np.ceil(numbers["case_pack"])).astype(np.int64),
        volume=np.maximum(numbers["volume"], 0.0), weight=np.maximum(numbers["weight"], 0.0), movable=movable,
        needed_by=ends, routes=tuple(read), terms=terms, faults=tuple(faults),
    )  # fmt: skip


def _require(stock: pd.DataFrame, demand: Array, arrivals: Array | None, terms: Terms) -> None:
    missing = [name for name in ("sku", "warehouse", "available", "margin") if name not in stock.columns]
    if missing:
        raise InputError(f"The stock table has no column {', '.join(missing)}. Add it.")
    if np.ndim(demand) != 2 or len(demand) != len(stock):
        raise InputError(f"demand must have a row per row of stock and a column per day (got {np.shape(demand)}).")
    if arrivals is not None and np.shape(arrivals) != np.shape(demand):
        raise InputError(f"arrivals must have the shape of demand (got {np.shape(arrivals)} and {np.shape(demand)}).")
    if not terms.ship_days or min(terms.ship_days) < 0 or list(terms.ship_days) != sorted(set(terms.ship_days)):
        raise InputError(f"ship_days must be rising day indices, 0 or later (got {list(terms.ship_days)}).")


def _order(names: list[Array], faults: list[TransferFault]) -> Array:
    """Rows by SKU and warehouse; of two rows of one place the first given counts and the other is a fault."""
    pairs = list(zip(*names, strict=True))
    order = sorted(range(len(pairs)), key=lambda row: (pairs[row], row))
    kept = [row for place, row in enumerate(order) if place == 0 or pairs[order[place - 1]] != pairs[row]]
    twice = sorted(set(order) - set(kept))
    faults += [TransferFault("transfer.place_twice", "stock", row, {"sku": pairs[row][0], "warehouse": pairs[row][1]})
               for row in twice]  # fmt: skip
    return np.array(kept, dtype=np.int64)


def _numbered(names: Array) -> tuple[Array, list[str]]:
    distinct = sorted(set(names.tolist()))
    number = {name: place for place, name in enumerate(distinct)}
    return np.array([number[name] for name in names], dtype=np.int64), distinct


def _column(stock: pd.DataFrame, name: str, default: float) -> Array:
    if name not in stock.columns:
        return np.full(len(stock), default)
    values = pd.to_numeric(stock[name], errors="coerce").to_numpy(float)
    return values if np.isnan(default) else np.where(np.isnan(values), default, values)


def _flags(stock: pd.DataFrame, order: Array) -> Array:
    if "transferable" not in stock.columns:
        return np.ones(len(order), bool)
    return stock["transferable"].fillna(True).to_numpy(bool)[order]


def _days(given: Array | None, order: Array, days: int) -> Array:
    if given is None:
        return np.full(len(order), days)
    return np.clip(np.asarray(given, float)[order], 0, days).astype(np.int64)


def _place_faults(
    margin: Array, known: Array, lost: Array, order: Array, stock: pd.DataFrame
) -> list[TransferFault]:
    """Places that lose sales of which nobody knows what they earn."""
    places = np.flatnonzero(np.isnan(margin) & known & (lost > 0).any(axis=1))
    return [
        TransferFault("transfer.no_margin", "stock", int(row),
                      {"sku": str(stock["sku"].iloc[row]), "warehouse": str(stock["warehouse"].iloc[row])})
        for row in sorted(order[places].tolist())
    ]  # fmt: skip


def _worth(margin: Array, out_of_stock_cost: Array, demand: Array, counted: Array) -> Array:
    """Money lost with one unit on each day, (n, days): its margin, and its part of what an out-of-stock day costs.

    A day without stock is as many units as a mean day asks for. Its cost falls week by week, so that a unit that comes
    late is worth less than one that comes early; without that, waiting for a shared pallet costs nothing as long as the
    shortage outlasts the quantity.
    """
    days = demand.shape[1]
    steps = -(-days // STEP_DAYS) if days else 1
    factor = (steps - np.arange(days) // STEP_DAYS) / steps
    mean = demand.mean(axis=1) if days else np.zeros(len(demand))
    per_unit = np.divide(np.maximum(out_of_stock_cost, 0.0), mean, out=np.zeros(len(mean)), where=mean > 0)
    per_unit = np.where(np.isnan(margin), 0.0, per_unit)
    worth = np.maximum(np.nan_to_num(margin), 0.0)[:, None] + per_unit[:, None] * factor[None, :]
    return np.where(np.arange(days)[None, :] < counted[:, None], worth, 0.0)


def _release(left: Array, keep: Array, blocked: Array, within: Array, ship_days: Sequence[int]) -> Array:
    """Units that may have left by each ship day: the lowest stock from then on, less what is kept (D17)."""
    days = left.shape[1]
    within = np.maximum(within, max(ship_days) + 1)
    result = np.zeros((len(left), len(ship_days)))
    for place, day in enumerate(ship_days):
        if day >= days:
            continue
        looked_at = (np.arange(days)[None, :] >= day) & (np.arange(days)[None, :] < within[:, None])
        lowest = np.where(looked_at, left, np.inf).min(axis=1)
        result[:, place] = np.where(blocked, 0.0, np.maximum(0.0, floor9(lowest - keep)))
    return result


