"""What a given safety stock achieves: chance of not running out, and share of sales kept."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from restock.arithmetic.rounding import Floats, at_most_zero, round9
from restock.arithmetic.safety_stock import protection_sd


def standard_normal_loss(k: ArrayLike) -> Floats:
    """Return G(k) = φ(k) − k (1 − Φ(k)), the expected amount by which a standard normal number exceeds k.

    Source: Snyder and Shen, Fundamentals of Supply Chain Theory, standard normal loss function: G(0.3) =
    0.2668.

    >>> float(standard_normal_loss(0.3).round(4)), float(standard_normal_loss(-1.4).round(7))
    (0.2668, 1.4366681)
    """
    from scipy.special import ndtr

    z = np.asarray(k, dtype=np.float64)
    density = np.exp(-0.5 * np.square(z)) / np.sqrt(2 * np.pi)
    return np.asarray(density - z * ndtr(-z))


def cycle_service_level(
    safety_stock: ArrayLike,
    demand_sd: ArrayLike,
    lead_days: ArrayLike,
    lead_sd: ArrayLike = 0.0,
    daily_demand: ArrayLike = 0.0,
) -> Floats:
    """Return the probability of no stock-out in an order cycle, 0 to 1: Φ(SS / σ), σ = √(L σ_d² + d² σ_L²).

    Args:
        safety_stock: SS, units.
        demand_sd: σ_d, standard deviation of one day's demand, units, >= 0.
        lead_days: L, mean lead time, days, >= 0.
        lead_sd: σ_L, standard deviation of the lead time, days, >= 0.
        daily_demand: d, units per day, >= 0; matters only where σ_L > 0.

    Without any variation the answer is 1, or 0 for a negative safety stock. Source: Chopra and Meindl,
    reorder point 6,000: 1,000 units over two weeks of standard deviation 500 give 0.92.

    >>> float(cycle_service_level(1000, 500, 2).round(4)), float(cycle_service_level(0, 0, 9))
    (0.9214, 1.0)
    """
    from scipy.special import ndtr

    stock, sigma = np.broadcast_arrays(
        np.asarray(safety_stock, dtype=np.float64), protection_sd(daily_demand, demand_sd, lead_days, lead_sd)
    )
    steady = at_most_zero(sigma)
    chance = ndtr(stock / np.where(steady, 1.0, sigma))
    certain = np.where(np.isnan(stock), np.nan, (round9(stock) >= 0).astype(np.float64))
    return np.asarray(np.where(steady, certain, chance))


def fill_rate(
    order_quantity: ArrayLike, safety_stock: ArrayLike, demand_sd: ArrayLike, lead_days: ArrayLike
) -> Floats:
    """Return the share of demand met from stock, 0 to 1: 1 − σ G(SS / σ) / Q, σ = σ_d √L.

    Args:
        order_quantity: Q, units ordered per cycle, > 0.
        safety_stock: SS, units.
        demand_sd: σ_d, standard deviation of one day's demand, units, >= 0.
        lead_days: L, mean lead time, days, >= 0.

    Where the expected shortage exceeds Q the share is 0. Without variation the shortage is −SS for a negative
    safety stock, else 0. Source: Chopra and Meindl, product fill rate.

    >>> float(fill_rate(10_000, 1000, 500, 2).round(4))
    0.9975
    """
    stock, sigma = np.broadcast_arrays(
        np.asarray(safety_stock, dtype=np.float64), protection_sd(0.0, demand_sd, lead_days)
    )
    steady = at_most_zero(sigma)
    scale = np.where(steady, 1.0, sigma)
    short = np.where(steady, np.where(round9(stock) < 0, -stock, 0.0), scale * standard_normal_loss(stock / scale))
    return np.asarray(np.maximum(1.0 - short / np.asarray(order_quantity, dtype=np.float64), 0.0))
