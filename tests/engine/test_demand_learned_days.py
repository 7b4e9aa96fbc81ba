"""What past sales days teach, and where it counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from restock.demand.calendar import NONE
from restock.demand.events import event_days, event_factors
from restock.demand.history import build_history
from restock.demand.learned_calendar import learn_calendar
from restock.demand.learned_days import day_factors, day_sums, ordinary_days
from restock.demand.pairs import pairs_of
from restock.schema.settings import Settings

from .demand_tables import TODAY, book, daily_sales, day, spells

US = [{"warehouse": "US-LA", "country": "US"}]
BLACK_FRIDAY = dt.date(2026, 11, 27)
LAST_BLACK_FRIDAY = (dt.date(2025, 11, 28) - TODAY).days


def sums_of(units, expected, code, year=0, group=0, n_keys=1, n_years=3, usable=True):
    """`day_sums` of series given as rows."""
    units = np.atleast_2d(np.asarray(units, float))
    shape = units.shape
    groups = np.broadcast_to(group, len(units))
    return day_sums(
        units, np.broadcast_to(np.asarray(expected, float), shape), np.broadcast_to(usable, shape),
        np.asarray(code), np.broadcast_to(year, np.shape(code)), groups,
        np.array([groups.max() + 1, n_keys, n_years]),
    )  # fmt: skip


def test_one_occasion():
    """300 sold where 100 were expected, once: (300 + 20 + 25) / (100 + 20 + 25)."""
    factors = day_factors(sums_of([10, 150, 150], [10, 50, 50], [NONE, 0, 0]))
    assert factors.factor[0, 0] == pytest.approx(345 / 145)
    assert (factors.occasions[0, 0], factors.sold[0, 0], factors.expected[0, 0]) == (1, 300.0, 100.0)


def test_a_second_year_is_trusted_more():
    """The same ratio seen twice: (600 + 45) / (200 + 45) is nearer to 3."""
    once = day_factors(sums_of([300], [100], [0]))
    twice = day_factors(sums_of([300, 300], [100, 100], [0, 0], year=[0, 1]))
    assert twice.factor[0, 0] == pytest.approx(645 / 245)
    assert once.factor[0, 0] < twice.factor[0, 0] < 3
    assert twice.occasions[0, 0] == 2


def test_what_was_never_seen_is_one():
    """No past occasion, no multiplier: also where it was sold out throughout, or belongs to another group."""
    sums = sums_of([[9, 50], [9, 50]], 10, [[NONE, 0], [NONE, 1]], group=[0, 1], n_keys=2, usable=[[True] * 2] * 2)
    factors = day_factors(sums)
    assert factors.factor[0, 1] == factors.factor[1, 0] == 1.0
    assert factors.occasions.tolist() == [[1, 0], [0, 1]]
    sold_out = day_factors(sums_of([50], [10], [0], usable=False))
    assert (sold_out.factor[0, 0], sold_out.occasions[0, 0]) == (1.0, 0)


def test_a_quiet_day_has_a_multiplier_below_one():
    """10 sold where 40 were expected: (10 + 20 + 10) / (40 + 20 + 10)."""
    assert day_factors(sums_of([10], [40], [0])).factor[0, 0] == pytest.approx(40 / 70)


def test_parts_of_a_group_add_up():
    """The sums of two halves are those of the whole."""
    rng = np.random.default_rng(5)
    units, expected = rng.poisson(5, (6, 30)).astype(float), rng.uniform(1, 9, (6, 30))
    code, year = rng.integers(-1, 3, (6, 30)), rng.integers(0, 3, (6, 30))
    group, shape, usable = np.array([0, 1, 0, 1, 1, 0]), np.array([2, 3, 3]), rng.random((6, 30)) < 0.8
    whole = day_sums(units, expected, usable, code, year, group, shape)
    halves = [
        day_sums(units[at], expected[at], usable[at], code[at], year[at], group[at], shape)
        for at in (slice(0, 2), slice(2, 6))
    ]
    np.testing.assert_allclose(halves[0] + halves[1], whole, atol=1e-8)


def test_multipliers_of_days_to_come():
    """Each series gets its group's; an ordinary day has 1."""
    factors = replace(day_factors(np.ones((2, 2, 2, 1))), factor=np.array([[2.0, 3.0], [4.0, 5.0]]))
    assert factors.of_days(np.array([1, 0]), np.array([0, NONE, 1])).tolist() == [[4, 1, 5], [2, 1, 3]]


def test_an_ordinary_day_follows_the_level_about_it_and_the_weekday():
    """10 on weekdays, 40 on Sundays; the 999 of one Sunday is not ordinary and does not count."""
    weekday = np.arange(84) % 7
    units = np.where(weekday == 6, 40.0, 10.0)[None, :]
    ordinary = np.ones((1, 84), bool)
    ordinary[0, 41] = False
    units[0, 41] = 999.0
    expected = ordinary_days(units, ordinary, np.array([0]), weekday)
    # Days 13 to 69 hold nine Sundays, of which day 41 is left out, and 48 other days.
    level = (units[0, 13:70].sum() - 999) / 56
    assert level == pytest.approx((48 * 10 + 8 * 40) / 56)
    assert expected[0, 41] / level == pytest.approx(expected[0, 34] / np.delete(units[0, 6:63], 35).mean())
    assert 30 < expected[0, 41] < 40
    assert 9.5 < expected[0, 43] < 11
    assert np.isnan(ordinary_days(units, ~ordinary & False, np.array([0]), weekday)).all()


def sold_on(uplift, days=380, start=LAST_BLACK_FRIDAY, length=1, units=20.0):
    """Sales of 20 a day, times `uplift` on Black Friday 2025."""
    sold = np.full(days, units)
    sold[days + start : days + start + length] *= uplift
    return daily_sales("LAMP-03", sold)


def learned_from(tables):
    """The learned calendar of a book, with its pairs."""
    pairs = pairs_of(tables)
    history = build_history(tables, TODAY, spells())
    typed = event_days(tables, pairs, history.start, history.days)
    return learn_calendar(tables, pairs, history, typed), pairs


def factor_on(tables, date):
    """The factor of the first pair on a date to come, with events."""
    calendar, pairs = learned_from(tables)
    learned = calendar.factors(TODAY, 60)
    return event_factors(tables, pairs, TODAY, 60, learned)[0, (date - TODAY).days]


def test_last_black_friday_teaches_the_next():
    """60 on one day of 20: (60 + 20 + 5) / (20 + 20 + 5); the day after was ordinary."""
    tables = book([{"sku": "LAMP-03"}], sold_on(3), warehouses=US)
    assert factor_on(tables, BLACK_FRIDAY) == pytest.approx(85 / 45, rel=1e-3)
    assert factor_on(tables, BLACK_FRIDAY + dt.timedelta(1)) == pytest.approx(1, abs=1e-3)
    assert factor_on(tables, dt.date(2026, 12, 10)) == 1.0


def test_a_typed_event_wins_on_its_days():
    """Typed 5 on Black Friday: 5, not 5 times the learned one; the other days keep theirs."""
    event = {"event": "Mine", "start": BLACK_FRIDAY, "uplift": 5.0}
    tables = book([{"sku": "LAMP-03"}], sold_on(3, length=3), warehouses=US, events=[event])
    assert factor_on(tables, BLACK_FRIDAY) == 5.0
    assert factor_on(tables, BLACK_FRIDAY + dt.timedelta(1)) > 1.5


def test_days_of_a_typed_past_event_teach_nothing():
    """The user's own multiplier already explains them."""
    event = {"event": "Mine", "start": day(LAST_BLACK_FRIDAY), "uplift": 3.0}
    tables = book([{"sku": "LAMP-03"}], sold_on(3), warehouses=US, events=[event])
    assert factor_on(tables, BLACK_FRIDAY) == 1.0


@pytest.mark.parametrize("warehouses", [[], [{"warehouse": "US-LA", "country": "CN"}]], ids=["unknown", "elsewhere"])
def test_without_the_country_there_is_no_black_friday(warehouses):
    """A warehouse whose country is unknown, or does not keep the day, has ordinary days."""
    assert factor_on(book([{"sku": "LAMP-03"}], sold_on(3), warehouses=warehouses), BLACK_FRIDAY) == 1.0


def test_the_reasons_say_what_was_seen_and_what_was_not():
    """Black Friday was seen once; with 100 days of history it was not, and that is said."""
    tables = book([{"sku": "LAMP-03"}], sold_on(3), warehouses=US, settings=Settings(language="zh"))
    said = {params["day"]: (key, params) for key, params in learned_from(tables)[0].reasons("US", TODAY, 10)}
    key, params = said[BLACK_FRIDAY]
    assert (key, params["times"], params["name"]) == ("plan.day_learned", 1, "黑色星期五")
    assert params["factor"] == pytest.approx(85 / 45, rel=1e-3)
    short = book([{"sku": "LAMP-03"}], daily_sales("LAMP-03", [20] * 100), warehouses=US)
    reasons = learned_from(short)[0].reasons("US", BLACK_FRIDAY, 1)
    assert reasons == [("plan.day_unseen", {"name": "Black Friday", "day": BLACK_FRIDAY})]


def test_a_book_without_sales_or_pairs_has_ordinary_days():
    """Nothing to learn from is no error."""
    calendar, _ = learned_from(book([{"sku": "A"}], warehouses=US))
    assert calendar.factors(TODAY, 30).tolist() == np.ones((1, 30)).tolist()
    calendar, _ = learned_from(book([], warehouses=US))
    assert calendar.factors(TODAY, 30).shape == (0, 30)


def test_the_order_of_stock_changes_nothing():
    """Sums over pairs are the same in any order (§16)."""
    sales = sold_on(3, units=7.3) + [(date, "B", place, qty / 3) for date, _, place, qty in sold_on(2, units=1.7)]
    one = factor_on(book([{"sku": "LAMP-03"}, {"sku": "B"}], sales, warehouses=US), BLACK_FRIDAY)
    other = factor_on(book([{"sku": "B"}, {"sku": "LAMP-03"}], sales[::-1], warehouses=US), BLACK_FRIDAY)
    assert one == other


def test_the_sales_days_ahead_are_told_once_each_in_order():
    """Black Friday with what last year taught, then the days after; no public holiday; nothing said twice."""
    tables = book([{"sku": "LAMP-03"}], sold_on(3), warehouses=US)
    calendar, _ = learned_from(tables)
    told = calendar.sales_days_ahead(TODAY, 60)
    days = [said["day"] for _, said in told]
    assert days == sorted(days)
    assert BLACK_FRIDAY in days
    assert len({(key, str(said)) for key, said in told}) == len(told)
    assert "Thanksgiving" not in " ".join(str(said["name"]) for _, said in told)
