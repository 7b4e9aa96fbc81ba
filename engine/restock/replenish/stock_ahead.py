"""What stock is expected to do, day by day: the line, the band round it, arrivals and shows (CONVENTIONS §43)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from restock.demand.outlook import Forecast
from restock.demand.quantiles import demand_quantile
from restock.replenish.projection import project

Array = np.ndarray[Any, Any]
AHEAD_DAYS = 91
"""Today and 90 days more; fewer where the plan looks less far ahead."""


@dataclass(frozen=True)
class StockAhead:
    """Stock at the end of each day from today on, units; NaN in every column of a pair that cannot be planned (§5).

    Attributes:
        expected: If sales are as expected, (n, days).
        low: If they are as high as they are not with the pair's chance of not running out, (n, days).
        high: If they are as low as they are not with the same chance, (n, days).
        arrivals: Units that become sellable in the morning, (n, days).
        shows: Units expected of shows, (n, days).
    """

    expected: Array
    low: Array
    high: Array
    arrivals: Array
    shows: Array


def stock_ahead(forecast: Forecast, available: Array, arrivals: Array, service: Array) -> StockAhead:
    """Return stock day by day; proposals are not in it, for they are no supply (§12).

    The low line follows the need curve, as run-out does (§13, §14); where daily sales is typed all three are one.

    Args:
        available: Units that can be sold on the morning of day 0, NaN where unknown, (n,).
        arrivals: Units that become sellable at the start of each day, (n, horizon).
        service: Chance of not running out of each pair, in (0, 1), (n,).
    """
    days = min(AHEAD_DAYS, arrivals.shape[1])
    landed, shows = arrivals[:, :days], forecast.shows[:, :days]
    mean = np.nan_to_num(forecast.baseline[:, :days]) + np.nan_to_num(shows)
    most = np.diff(np.nan_to_num(forecast.need[:, : days + 1]), axis=1)
    known = ~(np.isnan(available) | np.isnan(forecast.daily))
    stock = [
        np.where(known[:, None], project(np.nan_to_num(available), demand, landed).stock, np.nan)
        for demand in (mean, most, _least(forecast, mean, service))
    ]
    # Lines of which one is a mean and one a quantile may cross by a hair; the band never turns inside out.
    low, high = np.minimum(stock[1], stock[0]), np.maximum(stock[2], stock[0])
    return StockAhead(stock[0], low, high, landed, np.nan_to_num(shows))


def _least(forecast: Forecast, mean: Array, service: Array) -> Array:
    """Units per day where few are sold, (n, days): the quantile of demand through each day, day by day."""
    through = np.cumsum(mean, axis=1)
    least = demand_quantile(through, np.nan_to_num(forecast.variance[:, : mean.shape[1]]), 1 - service[:, None])
    curve = np.maximum.accumulate(np.where(forecast.typed[:, None], through, np.minimum(least, through)), axis=1)
    return np.diff(curve, axis=1, prepend=0.0)
