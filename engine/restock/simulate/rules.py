"""The rules that others use: a multiple of average sales, and (R, s, S) with normal safety stock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from restock.simulate.world import Decision, Grid, Seen, World, whole_cartons

COVER_FACTOR = 1.5
"""What the article multiplies average sales by before it counts days of cover."""
AVERAGE_DAYS, WINDOW_DAYS = 30, 60
LOT_DAYS = 14
"""(R, s, S) orders this many days of sales above its reorder point."""
_NEVER = 1e-9


@dataclass(frozen=True)
class ArticleRule:
    """Order when stock lasts fewer than `below_days` at 1.5 times average sales, up to (1 + factor) lead times of it.

    Attributes:
        below_days: 7 is its orange, 15 its yellow.
        factor: Stock for a lead time of average sales, times this, is held on top of that for the lead time itself.
    """

    world: World
    below_days: float
    factor: float = COVER_FACTOR

    def decide(self, seen: Seen) -> Decision:
        """Order at once what is missing."""
        average = seen.sold[:, -AVERAGE_DAYS:].mean(axis=1)
        short = seen.stock / np.maximum(average * COVER_FACTOR, _NEVER) < self.below_days
        target = average * self.world.lead_mean * (1 + self.factor)
        return Decision(whole_cartons(np.where(short, target - seen.position, 0.0), self.world))


@dataclass(frozen=True)
class NormalRule:
    """Order when the position is at or below s, up to S: mean and normal safety stock of the last 60 days' sales.

    Attributes:
        z: Standard deviations held against demand over lead time and review, one for all pairs or (n,).

    Source: Silver, Pyke & Thomas, (R, s, S) with z x sqrt((L + R) sigma^2 + d^2 sigma_L^2), reviewed daily.
    """

    world: World
    z: float | Grid
    review_days: float = 1.0

    def decide(self, seen: Seen) -> Decision:
        """Order at once what is missing."""
        window = seen.sold[:, -WINDOW_DAYS:]
        mean, spread = window.mean(axis=1), window.std(axis=1)
        days = self.world.lead_mean + self.review_days
        safety = self.z * np.sqrt(days * spread**2 + mean**2 * self.world.lead_sd**2)
        reorder_point = mean * days + safety
        due = seen.position <= reorder_point
        needs = np.where(due, reorder_point + mean * LOT_DAYS - seen.position, 0.0)
        return Decision(whole_cartons(needs, self.world))


def class_z(world: World, service: dict[str, float]) -> Grid:
    """Return the normal quantile of each pair's class, (n,)."""
    from scipy.special import ndtri

    found: Any = ndtri(np.array([service[name] for name in world.classes], float))
    return np.asarray(found, np.float64)
