"""What knowing the future is worth: a rule that lands each unit when it is asked for, and the least cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from restock.simulate.measures import DAYS_A_YEAR
from restock.simulate.world import Counts, Decision, Flags, Seen, World, whole_cartons


@dataclass(frozen=True)
class Clairvoyant:
    """A rule that knows demand and the lead time of every order, and lands units just before they are asked for.

    Orders can land only on days that some order day reaches. On each of these it lands what is asked for until the
    next of them, less what is left, in whole cartons. From the first landing on nothing is lost; where the least order
    is one carton no other way to lose nothing without moving goods between warehouses leaves less in any evening: its
    stock is a lower bound at a fill of 100 %. It pays no heed to the cost of orders; `least_cost` bounds that.

    Attributes:
        orders: (n, days), units ordered on each day.
    """

    orders: Counts

    @classmethod
    def of(cls, world: World) -> Clairvoyant:
        """Work out every order of a world."""
        order_day = _order_day(world)
        reach = order_day >= 0
        orders = np.zeros_like(world.demand)
        until = _asked_until_next(world.demand, reach)
        stock, rows = world.start_stock.copy(), np.arange(len(world))
        for day in range(world.days):
            wanted = np.where(reach[:, day], until[:, day] - stock, 0)
            landed = whole_cartons(wanted, world)
            some = landed > 0
            orders[rows[some], order_day[some, day]] = landed[some]
            stock = np.maximum(stock + landed - world.demand[:, day], 0)
        return cls(orders)

    def decide(self, seen: Seen) -> Decision:
        """Order what was worked out."""
        return Decision(self.orders[:, seen.day])


def least_cost(world: World, transfer_line: float = 0.0) -> float:
    """Return a cost over the days that count that no rule can beat, in money, however much it knows.

    For every pair the cheapest way to land lots of any size on any day, and to lose sales where that is cheaper, by
    the recursion over the day on which the latest lot landed. Lots that land within the longest lead time of the first
    day that counts are free, since their order line may have been paid before. Any other lot costs a line at least:
    that of an order, or of a transfer where that is cheaper.

    Args:
        transfer_line: What the cheapest transfer costs before its first unit; infinite where nothing may be moved.

    Source: Wagner & Whitin, "Dynamic version of the economic lot size model", Management Science 5 (1958), with lost
    sales.
    """
    demand = world.demand[:, world.warm_days :].astype(float)
    costs, days = world.costs, demand.shape[1]
    line = min(costs.order_line, transfer_line)
    a_day = world.unit_cost * costs.holding / DAYS_A_YEAR
    free = int(world.lead.max())
    through = np.full((len(world), days), np.inf)
    best = np.zeros(len(world))
    for day in range(days):
        through[:, day] = best + (0.0 if day < free else line)
        held = a_day[:, None] * (day - np.arange(day + 1))
        through[:, : day + 1] += np.minimum(held, world.margin[:, None]) * demand[:, day, None]
        best = through[:, : day + 1].min(axis=1)
    return float(best.sum())


def _order_day(world: World) -> Counts:
    """The latest day on which an order lands on each day, (n, days); -1 where none does."""
    latest = np.full(world.demand.shape, -1)
    rows = np.arange(len(world))
    for day in range(world.first_decision, world.days):
        lands = day + world.lead[:, day]
        inside = lands < world.days
        latest[rows[inside], lands[inside]] = day
    return latest


def _asked_until_next(demand: Counts, reach: Flags) -> Counts:
    """Units asked for from each day on until the day before the next one that can be reached, (n, days)."""
    asked = np.zeros_like(demand)
    after = np.zeros(len(demand), np.int64)
    for day in range(demand.shape[1] - 1, -1, -1):
        asked[:, day] = demand[:, day] + after
        after = np.where(reach[:, day], 0, asked[:, day])
    return asked
