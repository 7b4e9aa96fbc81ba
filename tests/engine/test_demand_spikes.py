"""One-off bulk orders are capped and listed; demand that has jumped is not."""

from __future__ import annotations

import numpy as np
import pytest

from restock.demand.spikes import Spike, cap_spikes


def capped(units, usable=None, **how):
    """`cap_spikes` of one series."""
    grid = np.asarray(units, float)[None, :]
    marks = np.ones(grid.shape, bool) if usable is None else np.asarray(usable, bool)[None, :]
    kept, spikes = cap_spikes(grid, marks, **how)
    return kept[0], spikes


def flat(daily, **others):
    """Sixty days of `daily`, other units on the days named d10, d11 ..."""
    units = np.full(60, float(daily))
    for name, value in others.items():
        units[int(name[1:])] = value
    return units


@pytest.mark.parametrize(
    ("units", "kept"),
    [
        (flat(5, d30=500), 50.0), (flat(5, d30=51), 50.0), (flat(5, d30=50), 50.0), (flat(0, d30=300), 20.0),
        (flat(0, d30=20), 20.0), (flat(1, d30=21), 20.0), (flat(0.5, d30=18), 18.0), (flat(5, d59=500), 50.0),
        (flat(5, d0=500), 50.0),
    ],
    ids=["bulk", "just above", "ten times", "slow", "20 units", "1 a day", "below 20", "yesterday", "first day"],
)  # fmt: skip
def test_what_is_kept(units, kept):
    """Above 10 x daily and above 20 units, 10 x daily or 20 units are kept, whichever is more."""
    at = int(units.argmax())
    found, spikes = capped(units)
    assert found[at] == pytest.approx(kept)
    assert [(spike.day, spike.sold) for spike in spikes] == ([(at, units[at])] if kept < units[at] else [])
    assert np.delete(found, at).tolist() == np.delete(units, at).tolist()


def test_two_bulk_orders_do_not_hide_each_other():
    """Daily is what is left without both: 10 x 5."""
    found, spikes = capped(flat(5, d20=400, d40=600))
    assert spikes == [Spike(0, 20, 400.0, 50.0), Spike(0, 40, 600.0, 50.0)]
    assert found.max() == 50.0


def test_demand_that_jumped_is_left_alone():
    """From 2 to 60 a day for good, ten days ago: each of the ten says that the others were no accident."""
    units = np.r_[np.full(50, 2.0), np.full(10, 60.0)]
    assert capped(units)[1] == []


def test_little_history_says_nothing():
    """With six other days there is no ordinary day to compare with."""
    assert capped([1, 1, 1, 1, 1, 1, 500])[1] == []
    assert len(capped([1, 1, 1, 1, 1, 1, 1, 500])[1]) == 1


def test_unusable_and_expected_days_are_left_and_not_counted():
    """A show or a sales day is no bulk order; nor does it raise what an ordinary day is."""
    units = flat(2, d30=900, d31=300)
    show = np.ones(60, bool)
    show[30] = False
    assert capped(units, show)[1] == [Spike(0, 31, 300.0, 20.0)]
    assert capped(units, expected=~show[None, :])[1] == [Spike(0, 31, 300.0, 20.0)]


def test_settings_of_the_seller():
    """Three times and five units."""
    assert capped(flat(2, d30=9), times=3, least=5)[1] == [Spike(0, 30, 9.0, 6.0)]


def test_each_series_for_itself():
    """Series do not share what is ordinary; the list goes by series, then day."""
    units = np.stack([flat(5, d30=500), flat(100, d30=500), flat(1, d5=99, d50=88)])
    kept, spikes = cap_spikes(units, np.ones(units.shape, bool))
    assert [(spike.series, spike.day) for spike in spikes] == [(0, 30), (2, 5), (2, 50)]
    assert kept[1].tolist() == units[1].tolist()


def test_no_days():
    """An empty history has no bulk orders."""
    kept, spikes = cap_spikes(np.zeros((3, 0)), np.zeros((3, 0), bool))
    assert (kept.shape, spikes) == ((3, 0), [])
