"""What a supplier and a budget ask of orders: a minimum value for the one, a limit for all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from restock.arithmetic.order_quantity import order_quantity
from restock.arithmetic.rounding import ceil9, floor9, round9
from restock.replenish.money import buying_rate
from restock.schema.tables import Tables

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Lines:
    """What orders are made of, in sheet order of Stock, (n,).

    Attributes:
        supplier, sku, warehouse: Names.
        room: Units up to the order-up-to level, 0 where nothing may be ordered.
        units: Units ordered so far.
        urgency: Last day index to order, inf where there is none.
        cost: Of one unit, in the supplier's currency; NaN where unknown.
        case_pack, minimum: Units per carton; minimum order of the SKU.
    """

    supplier: Array
    sku: Array
    warehouse: Array
    room: Array
    units: Array
    urgency: Array
    cost: Array
    case_pack: Array
    minimum: Array


def topped_up(lines: Lines, tables: Tables) -> tuple[Array, Array]:
    """Return units of each order after the suppliers' minimum order values, and what is still missing, each (n,).

    An order below its supplier's minimum is filled with the supplier's next lines, those that must be ordered soonest
    first, each up to its order-up-to level and no further than the minimum needs. What is missing after that, money
    of the supplier, stands at every line of the order. An order with a line of unknown cost is left as it is.
    """
    units, missing = lines.units.copy(), np.zeros(len(lines.units))
    terms = tables.suppliers.drop_duplicates("supplier")
    for name, least in zip(terms["supplier"], terms["minimum_order_value"], strict=True):
        own = lines.supplier == name
        ordered = np.flatnonzero(own & (units > 0))
        if not (least > 0) or not len(ordered) or np.isnan(lines.cost[ordered]).any():
            continue
        short = least - float((units * np.nan_to_num(lines.cost))[ordered].sum())
        for row in _next_lines(lines, own & (units <= 0)):
            if round9(short) <= 0:
                break
            units[row] = _enough(lines, row, short)
            short -= units[row] * lines.cost[row]
        if round9(short) > 0:
            missing[own & (units > 0)] = round9(short)
    return units, missing


def _next_lines(lines: Lines, candidates: Array) -> list[int]:
    """Lines with room and a known cost, those that must be ordered soonest first."""
    rows = np.flatnonzero(candidates & (lines.room >= 1) & (np.nan_to_num(lines.cost) > 0))
    return sorted(rows.tolist(), key=lambda k: (lines.urgency[k], lines.sku[k], lines.warehouse[k]))


def _enough(lines: Lines, row: int, short: float) -> float:
    """Whole cartons of a line that make up what is missing, at least its minimum, at most what it has room for."""
    wanted = min(float(ceil9(short / lines.cost[row])), float(lines.room[row]))
    return float(order_quantity(wanted, lines.minimum[row], lines.case_pack[row]))


def within_budget(lines: Lines, units: Array, worth: Array, extra: Array, tables: Tables) -> Array:
    """Return the units of each order that the budget pays for, (n,), whole cartons.

    Orders are funded by the margin that a day's delay of theirs would lose, the largest first; then the one to be
    ordered soonest. One that does not fit whole gets the cartons that fit, if they are its minimum order. An order of
    unknown cost is not counted.

    Args:
        units: Units to order, (n,).
        worth: Margin lost per day of delay, book money, (n,).
        extra: What coming faster costs more, book money, (n,).
    """
    budget = tables.settings.order_budget
    if budget is None:
        return units
    cost = lines.cost * buying_rate(tables, lines.supplier)
    funded, left = units.copy(), float(budget)
    for row in _by_worth(lines, units, worth):
        if np.isnan(cost[row]):
            continue
        price = units[row] * cost[row] + extra[row]
        if round9(price) > round9(left):
            funded[row] = _affordable(lines, row, float(cost[row]), left, float(units[row]))
            price = funded[row] * cost[row]
        left -= price
    return funded


def _by_worth(lines: Lines, units: Array, worth: Array) -> list[int]:
    rows = np.flatnonzero(units > 0).tolist()
    return sorted(rows, key=lambda k: (-round(float(worth[k]), 6), lines.urgency[k], lines.sku[k], lines.warehouse[k]))


def _affordable(lines: Lines, row: int, cost: float, left: float, wanted: float) -> float:
    """Whole cartons of a line that `left` pays for; none where they are less than the minimum order."""
    case = float(lines.case_pack[row])
    units = min(float(floor9(max(left, 0.0) / (cost * case)) * case), wanted) if cost > 0 else wanted
    return units if units >= min(float(lines.minimum[row]), wanted) else 0.0
