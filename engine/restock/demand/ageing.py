"""Items that have stopped selling: how likely they still do."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from restock.errors import DomainError

ENDS_A_DAY = {"active": 1 / 365, "new": 1 / 365, "": 1 / 365, "discontinued": 1 / 30}
"""Chance per day that demand ends for good, by status: a year is an ordinary life of an item that is on sale, a month
that of one which is no longer reordered or advertised. Judgement; a day's sale overrules it."""
UNSELLABLE = "unsellable"
MOST_SHARE = 0.3
"""Days without a sale come in runs; an item that sells oftener than this is judged as if it did not, so that one quiet
day is no sign of an end. Judgement."""


def still_sells(status: ArrayLike, idle_days: ArrayLike, selling_share: ArrayLike) -> NDArray[np.float64]:
    """Return the chance that each item still sells, (n_series,), 0 to 1: a factor of its level.

    An item that is alive sells on a share p of days and ends with chance h a day. Of the ways not to have sold for t
    days, one is to be alive, (1 - h)^t (1 - p)^t = q^t; another to have ended after day j, h q^j for j = 0 to t - 1.
    So the chance is q^t / (q^t + h (1 - q^t) / (1 - q)). It is 1 on the day of a sale and falls with every idle day,
    faster the more often the item used to sell.

    Args:
        status: (n_series,), key of the status in Catalog; an unsellable item has 0.
        idle_days: (n_series,), usable days since the last sale, >= 0; sold-out days are not idle. NaN, never sold: 1.
        selling_share: (n_series,), share of usable days with a sale from the first sale to the last, 0 to 1;
            above `MOST_SHARE` it counts as that.
    Raises:
        DomainError: a number lies outside its range.
    Source: the chance to be alive of Fader, Hardie and Shang, "Customer-base analysis in a discrete-time noncontractual
        setting", Marketing Science 29 (2010), with known rates; the purpose is that of Teunter, Syntetos and Babai,
        "Intermittent demand: linking forecasting to inventory obsolescence", EJOR 214 (2011).
    Assumes a level through the last sale: one whose memory is short has already fallen on the idle days.

    An item that sold every fifth day and has been idle for 10 days: q = 364/365 x 4/5 = 0.7978, q^10 = 0.10447, so
    0.10447 / (0.10447 + 0.00274 x 0.89553 / 0.2022) = 0.896; discontinued, q = 29/30 x 4/5: 0.0765 / 0.2123.

    >>> still_sells(["active", "discontinued"], [10, 10], [0.2, 0.2]).round(3).tolist()
    [0.896, 0.36]
    """
    idle, share = np.asarray(idle_days, np.float64), np.asarray(selling_share, np.float64)
    _check("idle_days", idle, 0.0, np.inf)
    _check("selling_share", share, 0.0, 1.0)
    names = np.asarray(status, object)
    ends = np.array([ENDS_A_DAY.get(name, ENDS_A_DAY[""]) for name in names], np.float64)
    stays = (1 - ends) * (1 - np.minimum(np.nan_to_num(share), MOST_SHARE))
    alive = stays ** np.nan_to_num(idle)
    chance = alive / (alive + ends * (1 - alive) / (1 - stays))
    return np.where(names == UNSELLABLE, 0.0, np.where(np.isnan(idle), 1.0, chance))


def selling_pace(
    units: NDArray[np.float64], usable: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the usable days since the last sale, NaN where nothing was ever sold, and the share of usable days with a
    sale from the first sale to the last, both (n_series,): the arguments of `still_sells`.

    Args:
        units: (n_series, days), units per day, >= 0; the last column is yesterday.
        usable: (n_series, days), False on sold-out days and days of shows.

    >>> pace = selling_pace(np.array([[1.0, 0.0, 0.0, 2.0, 0.0, 0.0]]), np.ones((1, 6), bool))
    >>> [float(one[0]) for one in pace]
    [2.0, 0.5]
    """
    sale = units > 0
    begun = np.logical_or.accumulate(sale, axis=1)
    going = np.logical_or.accumulate(sale[:, ::-1], axis=1)[:, ::-1]
    idle = (usable & ~going).sum(axis=1).astype(np.float64)
    lived = usable & begun & going
    share = (lived & sale).sum(axis=1) / np.maximum(lived.sum(axis=1), 1)
    return np.where(sale.any(axis=1), idle, np.nan), share


def _check(name: str, values: NDArray[np.float64], least: float, most: float) -> None:
    wrong = (values < least) | (values > most)
    if wrong.any():
        raise DomainError(f"{name} must lie in {least:g} to {most:g} (got {values[wrong][0]:g}).")
