"""What a replay comes to: service, stock, money."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from restock.simulate.replay import Replay
from restock.simulate.world import World

DAYS_A_YEAR = 365


@dataclass(frozen=True)
class Measures:
    """Over the days that count.

    Attributes:
        fill: Units sold / units asked for.
        show_fill: The same on days of a show of the pair; NaN without shows.
        out_days: Days with unmet demand per pair and year.
        stock: Mean units in the evening, those on their way between warehouses too.
        stock_value: The same at cost.
        lost_margin, holding, ordering, moving: Money over the days that count.
        order_lines, transfer_lines, transfer_units: Counts.
    """

    fill: float
    show_fill: float
    out_days: float
    stock: float
    stock_value: float
    lost_margin: float
    holding: float
    ordering: float
    moving: float
    order_lines: int
    transfer_lines: int
    transfer_units: int

    @property
    def cost(self) -> float:
        """Lost margin, holding, ordering and moving together."""
        return self.lost_margin + self.holding + self.ordering + self.moving

    def as_dict(self) -> dict[str, float]:
        """Every number by name, the cost too."""
        return {one.name: getattr(self, one.name) for one in fields(self)} | {"cost": self.cost}


def measure(world: World, played: Replay) -> Measures:
    """Return the measures of a replay."""
    counted = np.s_[:, world.warm_days :]
    asked, sold = world.demand[counted], played.sold[counted]
    lost, shows = asked - sold, world.show_day[counted]
    days = asked.shape[1]
    held = played.stock[counted] + played.moving[counted]
    lines = int((played.ordered[counted] > 0).sum())
    moves, moved = int(played.transfer_lines[world.warm_days :].sum()), int(played.sent[counted].sum())
    costs = world.costs
    value = float(world.unit_cost @ held.sum(axis=1)) / days
    return Measures(
        fill=_share(sold.sum(), asked.sum()),
        show_fill=_share(sold[shows].sum(), asked[shows].sum()) if shows.any() else float("nan"),
        out_days=float((lost > 0).mean()) * DAYS_A_YEAR,
        stock=float(held.sum()) / days,
        stock_value=value,
        lost_margin=float(world.margin @ lost.sum(axis=1)),
        holding=value * costs.holding * days / DAYS_A_YEAR,
        ordering=lines * costs.order_line,
        moving=float(played.freight[world.warm_days :].sum()),
        order_lines=lines,
        transfer_lines=moves,
        transfer_units=moved,
    )


def _share(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole else 1.0
