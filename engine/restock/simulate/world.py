"""A world to replay: what will be asked for, how long orders take, what things cost."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.schema.tables import Tables

Grid = NDArray[np.float64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Costs:
    """Money per order line, and the yearly cost of a unit of money in stock. Freight of transfers is that of Routes."""

    order_line: float = 15.0
    holding: float = 0.30


@dataclass(frozen=True)
class World:
    """Demand and lead times that every rule meets alike (common random numbers), and the tables it is planned with.

    Days are counted from `first_day`, 0. Rules decide from `first_decision` on; the days from `warm_days` on count.

    Attributes:
        tables: Everything but what happens: Stock rows (the pairs), Catalog, Suppliers, Routes, Warehouses, Settings,
            and Livestreams as planned, those after the last day too. Sales and Inbound are empty.
        first_day: Date of day 0.
        demand: (n, days), units asked for.
        lead: (n, days), days from order to sellable of an order placed on that day, >= 1.
        start_stock: (n,), units on the morning of day 0.
        lead_mean, lead_sd: (n,), what suppliers say of their lead time, days.
        margin, unit_cost: (n,), money earned by a sale, and bound in a unit of stock.
        case_pack, moq: (n,), units per carton, and the least order of a line.
        classes: (n,) object, "traffic", "profit" or "long_tail".
        show_day: (n, days), a show of the pair falls on the day.
        show_share: (n_lines,), part of the day's demand that was the show's, by row of Livestreams; NaN where unknown.
        warm_days, first_decision: See above.
        notice_days: An order is expected after the supplier's usual days; this long before it lands its day is known.
    """

    tables: Tables
    first_day: dt.date
    demand: Counts
    lead: Counts
    start_stock: Counts
    lead_mean: Grid
    lead_sd: Grid
    margin: Grid
    unit_cost: Grid
    case_pack: Counts
    moq: Counts
    classes: NDArray[np.object_]
    show_day: Flags
    show_share: Grid
    warm_days: int
    first_decision: int
    notice_days: int = 7
    costs: Costs = field(default_factory=Costs)

    def __len__(self) -> int:
        return len(self.demand)

    @property
    def days(self) -> int:
        """All days, those that do not count too."""
        return self.demand.shape[1]

    def date(self, day: int) -> dt.date:
        """The date of a day."""
        return self.first_day + dt.timedelta(day)


@dataclass(frozen=True)
class Open:
    """What is on the way on some morning, one element per order or transfer.

    Attributes:
        pair: Position on Stock of the pair that it goes to.
        units: Units.
        expected: Day on which it is expected to be sellable, as far as anyone can know.
    """

    pair: Counts
    units: Counts
    expected: Counts


@dataclass(frozen=True)
class Seen:
    """What a rule can know on the morning of a day, after what arrives: never anything of that day or later.

    Attributes:
        day: Today.
        stock: (n,), units that can be sold.
        sold: (n, day), units sold on each day before.
        in_stock: (n, day), whether there was anything to sell on the morning of each day before.
        empty_after: (n, day), whether nothing was left in the evening.
        on_the_way: Orders and transfers that have not arrived.
    """

    day: int
    stock: Counts
    sold: Counts
    in_stock: Flags
    empty_after: Flags
    on_the_way: Open

    @property
    def position(self) -> Counts:
        """Inventory position: stock and everything on the way, units, (n,)."""
        return self.stock + np.bincount(
            self.on_the_way.pair, weights=self.on_the_way.units, minlength=len(self.stock)
        ).astype(np.int64)


@dataclass(frozen=True)
class Transfer:
    """Units that leave one pair today and can be sold at another one `days` days later, and the freight."""

    sender: int
    receiver: int
    units: int
    days: int
    cost: float


@dataclass(frozen=True)
class Decision:
    """What a rule does on a morning: units ordered per pair, (n,), and transfers."""

    orders: Counts
    transfers: tuple[Transfer, ...] = ()


def whole_cartons(needs: NDArray[Any], world: World) -> Counts:
    """Units to order: at least the minimum order, whole cartons; 0 where nothing is needed, (n,) (§6)."""
    wanted = np.where(needs > 0, np.maximum(needs, world.moq), 0.0)
    cartons = np.ceil(np.round(wanted / world.case_pack, 9))
    return np.asarray((cartons * world.case_pack).astype(np.int64))
