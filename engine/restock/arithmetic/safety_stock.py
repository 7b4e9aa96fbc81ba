"""Stock held against uncertainty, and the levels at which and up to which one orders."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from restock.arithmetic.rounding import Floats
from restock.errors import DomainError


def safety_stock(
    service_level: ArrayLike,
    daily_demand: ArrayLike,
    demand_sd: ArrayLike,
    lead_days: ArrayLike,
    lead_sd: ArrayLike = 0.0,
    review_days: ArrayLike = 0.0,
) -> Floats:
    """Return the stock held against the variation of demand and lead time, in units.

    SS = z × √((L + R) σ² + d² σ_L²), z = Φ⁻¹(service level)

    Args:
        service_level: Probability of no stock-out per cycle, in (0, 1); below 0.5 the answer is negative.
        daily_demand: d, mean demand, units per day, >= 0.
        demand_sd: σ, standard deviation of one day's demand, units, >= 0.
        lead_days: L, mean lead time, days, >= 0.
        lead_sd: σ_L, standard deviation of the lead time, days, >= 0.
        review_days: R, days between two orders, >= 0; 0 where one may order on any day.
    Raises:
        DomainError: A service level is not strictly between 0 and 1.
    Source: Chopra and Meindl, Supply Chain Management, "Managing uncertainty"; Stevenson, Operations
    Management, "fixed order interval" for R. Assumes independent, normal demand (CONVENTIONS §15).

    >>> float(safety_stock(0.95, 20, 6, 9, 2).round(2)), float(safety_stock(0.95, 20, 6, 9, 2, 7).round(2))
    (72.15, 76.73)
    """
    chance = np.asarray(service_level, dtype=np.float64)
    sigma = protection_sd(daily_demand, demand_sd, lead_days, lead_sd, review_days)
    return np.asarray(normal_quantile(chance) * sigma)


def protection_sd(
    daily_demand: ArrayLike,
    demand_sd: ArrayLike,
    lead_days: ArrayLike,
    lead_sd: ArrayLike = 0.0,
    review_days: ArrayLike = 0.0,
) -> Floats:
    """Return the standard deviation of demand over lead time and review period, √((L + R) σ² + d² σ_L²), in
    units.

    Arguments and source as in `safety_stock`.

    >>> float(protection_sd(20, 6, 9)), float(protection_sd(20, 6, 9, 2).round(4))
    (18.0, 43.8634)
    """
    days = np.asarray(lead_days, dtype=np.float64) + np.asarray(review_days, dtype=np.float64)
    of_demand = days * np.square(np.asarray(demand_sd, dtype=np.float64))
    of_lead = np.square(np.asarray(daily_demand, dtype=np.float64) * np.asarray(lead_sd, dtype=np.float64))
    return np.asarray(np.sqrt(of_demand + of_lead))


def normal_quantile(chance: ArrayLike) -> Floats:
    """Return z with Φ(z) = chance, for the standard normal distribution.

    Raises:
        DomainError: A chance is not strictly between 0 and 1 (NaN passes through).

    >>> float(normal_quantile(0.975).round(6))
    1.959964
    """
    from scipy.special import ndtri

    share = np.asarray(chance, dtype=np.float64)
    bad = (share <= 0) | (share >= 1)
    if np.any(bad):
        raise DomainError(
            f"service_level must lie strictly between 0 and 1 (got {share[bad].flat[0]:g})."
            " Enter 95% or 0.95, not 95."
        )
    return np.asarray(ndtri(share), dtype=np.float64)


def base_stock(daily_demand: ArrayLike, lead_days: ArrayLike, volatility: ArrayLike = 1.0) -> Floats:
    """Return the stock that covers the lead time, daily demand × lead time × volatility factor, in units.

    Args:
        daily_demand: Units per day, >= 0.
        lead_days: Days from order to sellable, >= 0.
        volatility: Factor for uneven sales, > 0; 1 for even sales, 1.5 as a rule of thumb.

    Source: base stock, 20 a day × 14 days = 280.

    >>> float(base_stock(20, 14)), float(base_stock(20, 14, 1.5))
    (280.0, 420.0)
    """
    cover = np.asarray(daily_demand, dtype=np.float64) * np.asarray(lead_days, dtype=np.float64)
    return np.asarray(cover * np.asarray(volatility, dtype=np.float64))


def reorder_point(
    daily_demand: ArrayLike,
    lead_days: ArrayLike,
    safety_stock: ArrayLike,
    live_demand: ArrayLike = 0.0,
    review_days: ArrayLike = 0.0,
) -> Floats:
    """Return the position at which to order, in units: d × (L + R) + planned live demand + safety stock.

    Args:
        daily_demand: d, units per day, >= 0.
        lead_days: L, days from order to sellable, >= 0.
        safety_stock: Units held against uncertainty.
        live_demand: Units planned for livestreams within those days, >= 0.
        review_days: R, days between two orders, >= 0.

    Source: Stevenson, Operations Management, example 8: 50 expected over the lead time and 9.4 of safety give
    59.4.

    >>> float(reorder_point(5, 10, 9.4)), float(reorder_point(20, 9, 72.15, live_demand=75))
    (59.4, 327.15)
    """
    days = np.asarray(lead_days, dtype=np.float64) + np.asarray(review_days, dtype=np.float64)
    expected = np.asarray(daily_demand, dtype=np.float64) * days + np.asarray(live_demand, dtype=np.float64)
    return np.asarray(expected + np.asarray(safety_stock, dtype=np.float64))
