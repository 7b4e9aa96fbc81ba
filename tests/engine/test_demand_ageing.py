"""Items that have stopped selling fade, discontinued ones faster."""

from __future__ import annotations

import numpy as np
import pytest

from restock.demand.ageing import selling_pace, still_sells
from restock.errors import DomainError


def one(status, idle, share):
    """The chance of one item."""
    return float(still_sells([status], [idle], [share])[0])


def test_counted_by_hand():
    """Idle for two days at p = 0.1: alive q², ended before the first or the second day h + h q."""
    end = 1 / 365
    stay = (1 - end) * 0.9
    assert one("active", 2, 0.1) == pytest.approx(stay**2 / (stay**2 + end + end * stay))


@pytest.mark.parametrize("status", ["active", "new", "", "discontinued"])
def test_a_sale_yesterday_is_full_life(status):
    """Nothing is taken off an item that sells."""
    assert one(status, 0, 0.3) == 1.0


def test_it_falls_with_every_idle_day_and_faster_for_quick_sellers():
    """One month of silence says more of an item that sold daily than of one that sold monthly."""
    chances = still_sells(["active"] * 100, np.arange(100), [0.2] * 100)
    assert (np.diff(chances) < 0).all()
    assert one("active", 30, 1.0) < 0.02 < 0.8 < one("active", 30, 1 / 30)


def test_one_quiet_day_of_a_daily_seller_is_no_sign():
    """An item that sold every day loses under 1 % by a day without a sale."""
    assert one("active", 1, 1.0) > 0.99


def test_discontinued_fades_faster():
    """The same silence."""
    assert one("discontinued", 14, 0.1) < one("active", 14, 0.1)


def test_never_sold_and_unsellable():
    """Never sold says nothing of an end; what cannot be sold does not sell."""
    assert one("active", np.nan, 0.0) == 1.0
    assert one("unsellable", 0, 0.3) == 0.0


@pytest.mark.parametrize(("idle", "share"), [(-1, 0.1), (1, 1.1), (1, -0.1)])
def test_ranges(idle, share):
    """A number outside its range is named."""
    with pytest.raises(DomainError, match="must lie in"):
        one("active", idle, share)


def test_the_pace_leaves_out_days_that_say_nothing():
    """Sales on days 1 and 4; day 2 sold out, day 6 a show: 2 sales on 3 usable days, one idle day since."""
    units = np.array([[0, 3, 0, 0, 1, 0, 0], [0.0] * 7])
    usable = np.ones((2, 7), bool)
    usable[:, [2, 6]] = False
    idle, share = selling_pace(units, usable)
    assert (idle[0], share[0]) == (1.0, pytest.approx(2 / 3))
    assert np.isnan(idle[1])
    assert share[1] == 0.0
