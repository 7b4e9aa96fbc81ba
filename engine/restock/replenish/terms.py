"""What a supplier and a budget ask of orders: a minimum value for the one, a limit for all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

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


def topped_up(lines: Lines, tables: Tables) -> Array:
    """Return the units of each order after the suppliers' minimum order values, (n,).

    An order below its supplier's minimum is filled with the supplier's next lines, those that must be ordered soonest
    first, each up to its order-up-to level and no further than the minimum needs; a line whose own minimum order is
    more than it has room for is passed over. An order with a line of unknown cost is left as it is.
    """
    units = lines.units.copy()
    for name, least in _minimum_values(tables):
        own = lines.supplier == name
        ordered = np.flatnonzero(own & (units > 0))
        if not len(ordered) or np.isnan(lines.cost[ordered]).any():
            continue
        short = least - float((units * np.nan_to_num(lines.cost))[ordered].sum())
        for row in _next_lines(lines, own & (units <= 0)):
            if round9(short) <= 0:
                break
            units[row] = _enough(lines, row, short, float(units[lines.sku == lines.sku[row]].sum()))
            short -= units[row] * lines.cost[row]
    return units


def missing_value(lines: Lines, units: Array, tables: Tables) -> Array:
    """Return what each line's order lacks to its supplier's minimum value, money of the supplier, (n,).

    Args:
        units: Units that the supplier gets to make, (n,).
    """
    missing = np.zeros(len(units))
    for name, least in _minimum_values(tables):
        ordered = np.flatnonzero((lines.supplier == name) & (units > 0))
        if len(ordered) and not np.isnan(lines.cost[ordered]).any():
            missing[ordered] = max(0.0, float(round9(least - (units * lines.cost)[ordered].sum())))
    return missing


def _minimum_values(tables: Tables) -> list[tuple[str, float]]:
    """Suppliers that ask for a minimum order value, and that value in their currency."""
    terms = tables.suppliers.drop_duplicates("supplier")
    pairs = zip(terms["supplier"], terms["minimum_order_value"], strict=True)
    return [(str(name), float(least)) for name, least in pairs if least > 0]


def _next_lines(lines: Lines, candidates: Array) -> list[int]:
    """Lines with room and a known cost, those that must be ordered soonest first."""
    rows = np.flatnonzero(candidates & (lines.room >= 1) & (np.nan_to_num(lines.cost) > 0))
    return sorted(rows.tolist(), key=lambda k: (lines.urgency[k], lines.sku[k], lines.warehouse[k]))


def _enough(lines: Lines, row: int, short: float, of_sku: float) -> float:
    """Whole cartons of a line that make up what is missing, at most what it has room for; 0 where it must take more.

    Args:
        of_sku: Units of the SKU that are ordered for other warehouses: they count for its minimum (§6).
    """
    case, room = float(lines.case_pack[row]), float(lines.room[row])
    wanted = min(float(ceil9(short / lines.cost[row])), room)
    units = float(order_quantity(wanted, max(0.0, float(lines.minimum[row]) - of_sku), case))
    return units if units <= float(order_quantity(room, 0.0, case)) else 0.0


def within_budget(lines: Lines, units: Array, worth: Array, extra: Array, tables: Tables) -> tuple[Array, Array]:
    """Return the units of each order that the budget pays for, and whether it pays for coming faster, each (n,).

    Orders are funded by the margin that a day's delay of theirs would lose, the largest first; then the one to be
    ordered soonest. One that does not fit whole comes the regular way, or gets the cartons that fit. A SKU whose
    orders then come to less than its minimum order is left out whole. An order of unknown cost is not counted.

    Args:
        units: Units to order, (n,).
        worth: Margin lost per day of delay, book money, (n,).
        extra: What coming faster costs more, book money, (n,).
    """
    pays_extra = np.ones(len(units), dtype=bool)
    budget = tables.settings.order_budget
    if budget is None:
        return units, pays_extra
    cost = lines.cost * buying_rate(tables, lines.supplier)
    funded, left = units.copy(), float(budget)
    for row in _by_worth(lines, units, worth):
        if np.isnan(cost[row]):
            continue
        price = units[row] * cost[row]
        pays_extra[row] = round9(price + max(0.0, extra[row])) <= round9(left)
        if pays_extra[row]:
            price += extra[row]
        elif round9(price) > round9(left):
            funded[row] = _affordable(lines, row, float(cost[row]), left, float(units[row]))
            price = funded[row] * cost[row]
        left -= price
    return _keeping_minimums(lines, units, funded), pays_extra


def _by_worth(lines: Lines, units: Array, worth: Array) -> list[int]:
    rows = np.flatnonzero(units > 0).tolist()
    return sorted(rows, key=lambda k: (-round(float(worth[k]), 6), lines.urgency[k], lines.sku[k], lines.warehouse[k]))


def _affordable(lines: Lines, row: int, cost: float, left: float, wanted: float) -> float:
    """Whole cartons of a line that `left` pays for."""
    case = float(lines.case_pack[row])
    return min(float(floor9(max(left, 0.0) / (cost * case)) * case), wanted) if cost > 0 else wanted


def _keeping_minimums(lines: Lines, units: Array, funded: Array) -> Array:
    """Leave out SKUs of which less than the minimum order, or than was wanted where that is less, is left (§6)."""
    cut = pd.DataFrame({"supplier": lines.supplier, "sku": lines.sku, "units": units, "funded": funded})
    sums = cut.groupby(["supplier", "sku"])[["units", "funded"]].transform("sum").to_numpy(float)
    least = np.minimum(lines.minimum, sums[:, 0])
    return np.where(round9(sums[:, 1]) < round9(least), 0.0, funded)
