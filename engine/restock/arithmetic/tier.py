"""The colour of a row: how close stock is to running out (CONVENTIONS §8)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from restock.arithmetic.cover import days_of_cover
from restock.arithmetic.rounding import at_most_zero, round9

RED, ORANGE, YELLOW, GREEN = "RED", "ORANGE", "YELLOW", "GREEN"
NO_SALES, NO_DATA = "NO SALES", "NO DATA"
TIERS = (RED, ORANGE, YELLOW, GREEN, NO_SALES, NO_DATA)

_CODES = np.array(TIERS, dtype=object)
_NUMBER = {code: number for number, code in enumerate(TIERS)}


def tier(
    available: ArrayLike,
    daily_demand: ArrayLike,
    cover: ArrayLike,
    red: ArrayLike = 3.0,
    orange: ArrayLike = 7.0,
    yellow: ArrayLike = 15.0,
) -> NDArray[np.object_]:
    """Return the tier code of each row: RED, ORANGE, YELLOW, GREEN, NO SALES or NO DATA.

    Tested in this order: available not known NO DATA; available <= 0 RED; demand not known NO DATA; demand 0
    NO SALES; then cover strictly below each threshold, rounded to 9 decimals.

    Args:
        available: Sellable units; NaN where not known.
        daily_demand: Units per day; NaN where not known.
        cover: Days left, as `days_of_cover` or `cover_by_need` gives them; NaN counts as NO DATA.
        red, orange, yellow: Thresholds in days.

    Source: warning levels at 3, 7 and 15 days; CONVENTIONS §8.

    >>> tier([21, 20.9, 50, 0], [3, 3, 0, 3], [7, 6.9667, 9999, 0]).tolist()
    ['YELLOW', 'ORANGE', 'NO SALES', 'RED']
    """
    stock, demand = np.asarray(available, dtype=np.float64), np.asarray(daily_demand, dtype=np.float64)
    days = round9(cover)
    tests = [
        (np.isnan(stock), NO_DATA),
        (at_most_zero(stock), RED),
        (np.isnan(demand), NO_DATA),
        (at_most_zero(demand), NO_SALES),
        (np.isnan(days), NO_DATA),
        (days < round9(red), RED),
        (days < round9(orange), ORANGE),
        (days < round9(yellow), YELLOW),
    ]
    return _first_true(tests)


def tier_by_demand(
    available: ArrayLike,
    daily_demand: ArrayLike,
    live_factor: ArrayLike = 1.0,
    red: ArrayLike = 3.0,
    orange: ArrayLike = 7.0,
    yellow: ArrayLike = 15.0,
) -> NDArray[np.object_]:
    """Return the tier code of each row whose stock sells at one daily rate; cover = available / (daily ×
    factor).

    Arguments and codes as in `tier`; `live_factor` > 0 is how many times a normal day is sold.

    >>> tier_by_demand([280, 280, 280], [20, 40, 100]).tolist(), tier_by_demand(280, 20, 2).item()
    (['YELLOW', 'YELLOW', 'RED'], 'YELLOW')
    """
    rate = np.asarray(daily_demand, dtype=np.float64) * np.asarray(live_factor, dtype=np.float64)
    return tier(available, rate, days_of_cover(available, rate), red, orange, yellow)


def tier_by_need(
    available: ArrayLike, need_red: ArrayLike, need_orange: ArrayLike, need_yellow: ArrayLike
) -> NDArray[np.object_]:
    """Return the tier code of each row from the units needed through the red, orange and yellow days.

    Days left fall below a threshold exactly where available < need(threshold), since need never falls
    (CONVENTIONS §13); so this agrees with `tier` on `cover_by_need`. The order of the tests is that of §8:
    available not known NO DATA, available <= 0 RED, a need not known NO DATA, nothing needed through the
    yellow day NO SALES.

    >>> tier_by_need([280, 214.9, 135, 134], 135, 215, 375).tolist()
    ['YELLOW', 'ORANGE', 'ORANGE', 'RED']
    """
    stock = round9(available)
    needs = [round9(need) for need in (need_red, need_orange, need_yellow)]
    tests = [
        (np.isnan(stock), NO_DATA),
        (stock <= 0, RED),
        (np.isnan(needs[0]) | np.isnan(needs[1]) | np.isnan(needs[2]), NO_DATA),
        (needs[2] <= 0, NO_SALES),
        (stock < needs[0], RED),
        (stock < needs[1], ORANGE),
        (stock < needs[2], YELLOW),
    ]
    return _first_true(tests)


def _first_true(tests: list[tuple[NDArray[np.bool_], str]]) -> NDArray[np.object_]:
    """The code of the first test that holds, else GREEN."""
    flags = np.broadcast_arrays(*(flag for flag, _ in tests))
    numbers = np.select(list(flags), [np.int8(_NUMBER[code]) for _, code in tests], np.int8(_NUMBER[GREEN]))
    return np.asarray(_CODES[numbers], dtype=object)
