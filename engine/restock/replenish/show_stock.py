"""What a show may sell on top of normal sales: stock at the show, what normal sales keep, what is left to promise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from restock.arithmetic.rounding import ceil9, floor9, round9
from restock.demand.quantiles import demand_quantile
from restock.replenish.projection import project

Array = np.ndarray[Any, Any]
LONGEST = 9999.0
"""Days, as for days left (§13)."""
_SAME = 1e-9


@dataclass(frozen=True)
class ShowDemand:
    """What each show is expected to sell of a pair on top of a normal day, (k,), in the order in which they are served.

    Attributes:
        pair: Position of the pair on Stock. The rows of a pair stand in the order of its shows.
        day: Day index, 0 to horizon - 1, never falling within a pair.
        units: Expected units, >= 0.
        likely, good: Whole units that the show sells at most with the chances of Settings, likely <= good.
    """

    pair: Array
    day: Array
    units: Array
    likely: Array
    good: Array


@dataclass(frozen=True)
class ShowStock:
    """What may be promised in each show, (k,), in the order of `ShowDemand`.

    Attributes:
        stock: Whole units that can be sold on the morning of the show, earlier shows taken off.
        keep: Whole units that normal sales need from the show's day on until `keep_until`.
        keep_until: Day index: next arrival, else when an order placed today can land; the day after the show where
            nothing more is bought.
        arrival: Day index of the next arrival after the show's day, -1 where none is dated.
        spare: stock - keep, not below 0: available to promise.
        decision: "IN", "LIMIT" or "OUT".
        promise: `spare`, 0 where the decision is OUT.
        days_left_after: Days of normal sales that are left when the show has sold as planned, at most `promise`;
            arrivals not counted, rounded down to 0.1, at most 9999.
    """

    stock: Array
    keep: Array
    keep_until: Array
    arrival: Array
    spare: Array
    decision: Array
    promise: Array
    days_left_after: Array


def serve_shows(
    shows: ShowDemand, available: Array, baseline: Array, arrivals: Array, cover_until: Array, sells_down: Array
) -> ShowStock:
    """Return what each show may promise so that normal sales lack nothing until the next arrival.

    Day order: arrivals, then demand (§2). Available to promise on show day s with the next arrival on day a is the
    least of the projected stock without this show over the days s to a - 1, and since nothing arrives between, it is
    the stock of that morning less the normal sales of the days s to a - 1. Both are made whole to the safe side, so
    that the three numbers on the sheet add up.
    Shows of a pair are served one after the other: of an earlier one the planned units, at most its promise, are taken
    off (nothing where it is OUT). A later show's units are not kept back from an earlier one, only normal sales are.

    IN where `good` units can be promised, LIMIT where `likely` ones can, else OUT; OUT too where not one unit can be
    spared. What sells down keeps the normal sales of the show's day only, and is shown with whatever is left.

    Args:
        available: Units that can be sold on the morning of day 0, (n,).
        baseline: Normal sales in units per day, (n, horizon).
        arrivals: Units that become sellable at the start of each day, (n, horizon).
        cover_until: Day index until which normal sales must last where nothing arrives after the show, (n,): when an
            order placed today can land. Taken as at least the day after the show and at most the horizon.
        sells_down: Nothing more is bought of the pair, (n,) bool.
    Source: available to promise as in the master production schedule (Vollmann et al., Manufacturing Planning and
        Control Systems), cumulative with look-ahead to the next receipt.
    """
    places, row = np.unique(shows.pair, return_inverse=True)
    stock_now, normal, coming = available[places], baseline[places], arrivals[places]
    cumulated = np.concatenate([np.zeros((len(places), 1)), np.cumsum(normal, axis=1)], axis=1)
    arrival = _next_arrival(coming[row], shows.day)
    until = np.clip(cover_until[shows.pair], shows.day + 1, normal.shape[1])
    until = np.where(arrival >= 0, arrival, until)
    until = np.where(sells_down[shows.pair], shows.day + 1, until).astype(int)
    keep = ceil9(cumulated[row, until] - cumulated[row, shows.day])
    morning, spare, taken = np.zeros(len(row)), np.zeros(len(row)), np.zeros_like(normal)
    decision = np.full(len(row), "OUT", dtype=object)
    turn = _turn(shows.pair)
    for number in range(int(turn.max(initial=-1)) + 1):
        now = np.flatnonzero(turn == number)
        here, day = row[now], shows.day[now]
        morning[now] = _morning(stock_now[here], normal[here], coming[here], taken[here], day)
        spare[now] = np.maximum(0.0, floor9(morning[now]) - keep[now])
        decision[now] = _decision(spare[now], shows.likely[now], shows.good[now], sells_down[shows.pair[now]])
        sold = np.where(decision[now] == "OUT", 0.0, np.minimum(shows.units[now], spare[now]))
        taken[here, day] += sold
        morning[now] = round9(morning[now])
    promise = np.where(decision == "OUT", 0.0, spare)
    left = morning - np.minimum(shows.units, promise)
    days = floor9(_days_of(left, cumulated[row], shows.day) * 10) / 10
    return ShowStock(floor9(morning), keep, until, arrival, spare, decision, promise, days)


def show_quantile(mean: Array, sd: Array, level: float) -> Array:
    """Whole units that a show sells at most with chance `level`, rounded up; the mean where nothing varies.

    >>> show_quantile(np.array([75.0, 75.0]), np.array([0.0, 75.0]), 0.5).tolist()
    [75.0, 52.0]

    75 x ln 2 = 51.99 is the median of an exponential show.
    """
    return ceil9(np.where(sd > 0, demand_quantile(mean, sd**2, level), mean))


def expected_sales(mean: Array, sd: Array, most: Array) -> Array:
    """Expected units sold of normal demand of which at most `most` can be sold, E[min(D, A)] = μ − σ·G((A − μ)/σ).

    Source: the standard normal loss function G(z) = φ(z) − z(1 − Φ(z)), Silver, Pyke & Thomas.

    >>> expected_sales(np.array([75.0, 75.0]), np.array([0.0, 30.0]), np.array([60.0, 75.0])).round(3).tolist()
    [60.0, 63.032]
    """
    from scipy.special import ndtr

    spread = np.where(sd > 0, sd, 1.0)
    z = (most - mean) / spread
    missed = spread * (np.exp(-z * z / 2) / np.sqrt(2 * np.pi) - z * ndtr(-z))
    return np.clip(np.where(sd > 0, mean - missed, mean), 0.0, np.minimum(mean, most))


def _turn(pair: Array) -> Array:
    """How many rows of the same pair stand before each row, (k,)."""
    order = np.argsort(pair, kind="stable")
    sizes = np.unique(pair, return_counts=True)[1]
    turn = np.empty(len(pair), dtype=int)
    turn[order] = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return turn


def _next_arrival(arrivals: Array, day: Array) -> Array:
    """First day later than `day` with an arrival, -1 where there is none, (k,)."""
    later = (arrivals > 0) & (np.arange(arrivals.shape[1]) > day[:, None])
    return np.where(later.any(axis=1), later.argmax(axis=1), -1)


def _morning(available: Array, normal: Array, arrivals: Array, taken: Array, day: Array) -> Array:
    """Stock of the morning of `day`, its arrivals included, what that day's earlier shows take off, (k,), >= 0.

    An oversold start is served first by what arrives.
    """
    rows = np.arange(len(day))
    evening = project(available, normal + taken, arrivals).stock
    before = np.where(day > 0, evening[rows, day - 1], np.maximum(available, 0.0))
    arrived = np.concatenate([np.zeros((len(day), 1)), np.cumsum(arrivals, axis=1)], axis=1)[rows, day]
    owed = np.minimum(0.0, available + arrived)
    return np.maximum(0.0, before + owed + arrivals[rows, day] - taken[rows, day])


def _decision(spare: Array, likely: Array, good: Array, sells_down: Array) -> Array:
    shown = (spare >= likely) | sells_down
    word = np.where(spare >= good, "IN", np.where(shown, "LIMIT", "OUT"))
    return np.where(spare >= 1, word, "OUT").astype(object)


def _days_of(units: Array, cumulated: Array, day: Array) -> Array:
    """Days from `day` on that `units` last, (k,): linear within a day, at the mean past the horizon, at most 9999."""
    rows, horizon = np.arange(len(day)), cumulated.shape[1] - 1
    target = cumulated[rows, day] + np.maximum(units, 0.0)
    last = (cumulated <= target[:, None] + _SAME).sum(axis=1) - 1
    mean = cumulated[:, -1] / max(horizon, 1)
    step = np.where(last < horizon, cumulated[rows, np.minimum(last + 1, horizon)] - cumulated[rows, last], mean)
    over = np.maximum(target - cumulated[rows, last], 0.0)
    more = np.divide(over, step, out=np.full(len(day), LONGEST), where=step > 0)
    return np.clip(last - day + more, 0.0, LONGEST)
