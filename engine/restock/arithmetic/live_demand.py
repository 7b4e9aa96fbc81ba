"""What a livestream sells, and how much stock to set aside for it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from restock.arithmetic.rounding import Floats
from restock.arithmetic.safety_stock import normal_quantile


def live_demand(viewers: ArrayLike, conversion: ArrayLike, units_per_buyer: ArrayLike = 1.0) -> Floats:
    """Return the units that a whole show sells: viewers × conversion × units per buyer.

    Args:
        viewers: Total viewers of the show (not the peak), >= 0.
        conversion: Buyers per viewer, a share in 0 to 1.
        units_per_buyer: Units that one buyer takes, > 0.

    Source: viewers × conversion, 10,000 viewers × 3 % = 300 units.

    >>> float(live_demand(10_000, 0.03)), float(live_demand(10_000, 0.03, 1.2))
    (300.0, 360.0)
    """
    buyers = np.asarray(viewers, dtype=np.float64) * np.asarray(conversion, dtype=np.float64)
    return np.asarray(buyers * np.asarray(units_per_buyer, dtype=np.float64))


def live_stock(
    mean: ArrayLike, sd: ArrayLike, unit_margin: ArrayLike, unit_overage_cost: ArrayLike
) -> Floats:
    """Return the stock for one show that balances lost margin against left-over units, in units, never below
    0.

    Q = μ + σ × Φ⁻¹(Cu / (Cu + Co))

    Args:
        mean: μ, expected units of the show, >= 0.
        sd: σ, standard deviation of those units, >= 0.
        unit_margin: Cu, money lost per unit that is missing, > 0.
        unit_overage_cost: Co, money lost per unit left over, > 0.
    Raises:
        DomainError: Cu / (Cu + Co) is not strictly between 0 and 1.
    Source: the newsvendor model, Porteus, Foundations of Stochastic Inventory Theory; SCperf documents μ 100,
    σ 30, margin 3 and overage 1 as 120.23. Assumes normal demand.

    >>> float(live_stock(100, 30, 3, 1).round(2))
    120.23
    """
    under, over = np.asarray(unit_margin, dtype=np.float64), np.asarray(unit_overage_cost, dtype=np.float64)
    extra = np.asarray(sd, dtype=np.float64) * normal_quantile(under / (under + over))
    return np.asarray(np.maximum(np.asarray(mean, dtype=np.float64) + extra, 0.0))
