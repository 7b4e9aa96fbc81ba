"""Many daily series as arrays of whole weeks that end on the last day of history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.errors import DomainError

Grid = NDArray[np.float64]
Flags = NDArray[np.bool_]

NORMAL, PROMO, HOLIDAY, NEAR_HOLIDAY, NEAR_CLOSED, AFTER_PROMO = range(6)
KINDS = 6
"""Each day is of one kind; where several apply the order is holiday, promotion, near a holiday, near a
closed day, after a promotion."""
AFTER_PROMO_DAYS = 7
"""Who bought at the promotion does not buy in the week after it."""


@dataclass(frozen=True)
class Panel:
    """What was sold and what is known of each day; a week is seven days that end on the weekday of the last.

    Attributes:
        sold: (n_series, weeks, 7), units per day, >= 0; 0 where `weight` is 0.
        weight: (n_series, weeks, 7), 1 where the day says what demand was, 0 where it was sold out, closed or
            before the selling period.
        open: (n_series, weeks + weeks_ahead, 7), 0 on days on which nothing can be sold, else 1.
        kind: (n_series, weeks + weeks_ahead, 7) int8, the kind of day.
        all_sold: (n_series,), units of every day of the selling period, unusable days too.
        all_days: (n_series,), open days of the selling period.
        selling_days: (n_series,), all its days.
        horizon: Days ahead, >= 1.
    """

    sold: Grid
    weight: Grid
    open: Grid
    kind: NDArray[np.int8]
    all_sold: Grid
    all_days: Grid
    selling_days: NDArray[np.int64]
    horizon: int

    @property
    def weeks(self) -> int:
        """Whole weeks of history."""
        return self.sold.shape[1]

    @property
    def weeks_ahead(self) -> int:
        """Weeks that hold the horizon."""
        return self.open.shape[1] - self.weeks

    def __len__(self) -> int:
        return len(self.sold)


def panel_of(
    units: Grid,
    usable: Flags,
    horizon: int,
    *,
    selling: Flags | None = None,
    open_days: Flags | None = None,
    promo: Flags | None = None,
    holiday: Flags | None = None,
) -> Panel:
    """Return the panel of daily arrays.

    Args:
        units: (n_series, days), units per day; what is negative or not finite counts as 0.
        usable: (n_series, days), False on sold-out days and outside the selling period.
        selling: (n_series, days), the selling period; left out: from the first usable day on.
        horizon: Days ahead, >= 1.
        open_days: (n_series, days + horizon), False on closed days; left out: always open.
        promo: Same shape, days with a promotion.
        holiday: Same shape, public holidays.
    Raises:
        DomainError: horizon is below 1.
    """
    if horizon < 1:
        raise DomainError(f"horizon must be at least 1 day (got {horizon}).")
    units = np.clip(np.nan_to_num(np.asarray(units, np.float64), nan=0.0, posinf=0.0, neginf=0.0), 0.0, 1e12)
    if units.shape[1] == 0:  # a week of which nothing is known stands for no history at all
        units, usable = np.zeros((len(units), 7)), np.zeros((len(units), 7), bool)
        return panel_of(units, usable, horizon)
    count, days = units.shape
    none = np.zeros((count, days + horizon), bool)
    is_open = ~none if open_days is None else np.asarray(open_days, bool)
    kind = _kinds(is_open, none if promo is None else promo, none if holiday is None else holiday)
    weight = (np.asarray(usable, bool) & is_open[:, :days]).astype(np.float64)
    period = np.cumsum(weight > 0, axis=1) > 0 if selling is None else np.asarray(selling, bool)
    return Panel(
        sold=_weeks(units * weight, days),
        weight=_weeks(weight, days),
        open=_weeks(is_open.astype(np.float64), days),
        kind=_weeks(kind, days),
        all_sold=(units * period).sum(axis=1),
        all_days=(period & is_open[:, :days]).sum(axis=1).astype(np.float64),
        selling_days=period.sum(axis=1),
        horizon=horizon,
    )


def _weeks(grid: NDArray[Any], days: int) -> NDArray[Any]:
    """Days as whole weeks, (n_series, weeks, 7), with zeros before the first and after the last day."""
    after = days - grid.shape[1]
    padded = np.pad(grid, ((0, 0), (-days % 7, after % 7)))
    return padded.reshape(len(grid), padded.shape[1] // 7, 7)


def _kinds(is_open: Flags, promo: Flags, holiday: Flags) -> NDArray[np.int8]:
    """The kind of every day, (n_series, days); a day of several kinds is of the first that applies."""
    near_holiday = _shifted(holiday, -2) | _shifted(holiday, -1) | _shifted(holiday, 1)
    after = np.zeros_like(promo, bool)
    if promo.any():
        after = np.logical_or.reduce([_shifted(promo, days) for days in range(1, AFTER_PROMO_DAYS + 1)])
    cases = [holiday, promo, near_holiday, _near_closed(is_open), after]
    kinds = (HOLIDAY, PROMO, NEAR_HOLIDAY, NEAR_CLOSED, AFTER_PROMO)
    return np.select(cases, [np.int8(kind) for kind in kinds], np.int8(NORMAL)).astype(np.int8)


def _near_closed(is_open: Flags) -> Flags:
    """Days next to a day on which a shop that is usually open then is closed."""
    if is_open.all():
        return np.zeros_like(is_open)
    usually = np.zeros_like(is_open)
    for start in range(7):
        usually[:, start::7] = is_open[:, start::7].mean(axis=1, keepdims=True) > 0.5
    odd = usually & ~is_open
    return is_open & (_shifted(odd, 1) | _shifted(odd, -1))


def _shifted(flags: Flags, days: int) -> Flags:
    """The flags that many days later (earlier where negative)."""
    moved = np.zeros_like(flags, bool)
    if days > 0:
        moved[:, days:] = flags[:, :-days]
    else:
        moved[:, :days] = flags[:, -days:]
    return moved
