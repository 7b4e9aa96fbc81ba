"""Which days are sales days and public holidays, and where."""

from __future__ import annotations

import datetime as dt

import holidays
import pytest

from restock.demand.calendar import NONE, day_name, mark_days
from restock.demand.sales_days import SALES_DAYS
from restock.schema.geography import COUNTRIES


def key_on(country: str, date: str) -> str:
    """The occasion of one day."""
    return mark_days(country, dt.date.fromisoformat(date), 1).key(0)


@pytest.mark.parametrize(
    ("country", "date", "key"),
    [
        ("US", "2026-11-27", "black_friday"), ("US", "2019-11-29", "black_friday"),
        ("DE", "2024-11-29", "black_friday"),
        ("US", "2026-11-30", "cyber_monday"), ("US", "2024-12-02", "cyber_monday"),
        ("US", "2026-11-26", "holiday:Thanksgiving Day"), ("US", "2026-11-23", "black_friday:before"),
        ("US", "2026-11-22", ""), ("US", "2026-11-28", "black_friday:after"), ("CN", "2026-11-27", ""),
        ("US", "2019-07-15", "prime_day"), ("US", "2020-10-14", "prime_day"), ("US", "2021-06-21", "prime_day"),
        ("CA", "2021-06-21", ""), ("US", "2024-07-15", "prime_day:before"), ("US", "2024-07-16", "prime_day"),
        ("US", "2024-07-17", "prime_day"), ("US", "2024-07-18", "prime_day:after"), ("US", "2025-07-11", "prime_day"),
        ("JP", "2025-07-11", "prime_day"), ("JP", "2025-07-14", "prime_day"), ("US", "2025-07-14", ""),
        ("US", "2026-06-26", "prime_day"), ("US", "2022-10-11", "big_deal"), ("US", "2024-10-09", "big_deal"),
        ("JP", "2024-10-19", "big_deal"), ("US", "2024-10-19", ""),
        ("CN", "2026-06-18", "6.18"), ("CN", "2025-11-11", "singles_day"), ("MY", "2025-11-11", "singles_day"),
        ("US", "2025-11-11", "holiday:Veterans Day"), ("MY", "2025-08-08", "double_8"),
        ("PH", "2025-09-09", "double_9"),
        ("TW", "2025-10-10", "double_10"), ("TH", "2025-12-12", "double_12"), ("CN", "2025-12-12", "double_12"),
        ("CN", "2026-02-17", "lunar_new_year"), ("SG", "2025-01-29", "lunar_new_year"),
        ("CN", "2026-02-03", "lunar_new_year:before"), ("CN", "2026-02-02", ""),
        ("MY", "2025-03-02", "ramadan"), ("MY", "2025-03-30", "ramadan"), ("ID", "2025-03-31", "hari_raya"),
        ("GB", "2025-12-26", "boxing_day"), ("DE", "2025-12-26", "holiday:Second Day of Christmas"),
        ("GB", "2025-12-31", "boxing_day:after"), ("JP", "2026-05-05", "golden_week"), ("TH", "2026-04-13", "songkran"),
        ("DE", "2026-10-03", "holiday:German Unity Day"), ("JP", "2026-11-03", "holiday:Culture Day"),
    ],
)  # fmt: skip
def test_known_days(country, date, key):
    """Dates as announced, by law or by the calendar."""
    assert key_on(country, date) == key


def test_a_sales_day_comes_before_a_holiday_and_that_before_the_days_about_a_sales_day():
    """Chinese New Year is a public holiday too; its second day is one only; Boxing Day in Britain is both."""
    marks = mark_days("SG", dt.date(2026, 2, 16), 4)
    assert [marks.key(day) for day in range(4)] == [
        "lunar_new_year:before", "lunar_new_year", "holiday:Chinese New Year", "ramadan",
    ]  # fmt: skip


def test_the_year_is_that_of_the_occasion():
    """The days before Chinese New Year 2023, on 22 January, begin on 8 January; an ordinary day has its own year."""
    marks = mark_days("TW", dt.date(2023, 1, 8), 1)
    assert (marks.key(0), marks.year[0]) == ("lunar_new_year:before", 2023)
    assert mark_days("TW", dt.date(2022, 3, 10), 1).year.tolist() == [2022]


@pytest.mark.parametrize("country", ["", "XX", "EU"])
def test_an_unknown_country_has_no_days(country):
    """It is not an error, and no other country's days are taken instead."""
    marks = mark_days(country, dt.date(2025, 11, 1), 90)
    assert (marks.keys, set(marks.code.tolist())) == ((), {NONE})


def test_no_days_are_no_marks():
    """An empty history has no occasions."""
    assert mark_days("US", dt.date(2025, 11, 1), 0).code.shape == (0,)


def test_uk_is_gb():
    """Sellers write UK."""
    assert mark_days("UK", dt.date(2025, 1, 1), 365).keys == mark_days("GB", dt.date(2025, 1, 1), 365).keys


def test_any_stretch_of_days_gives_the_same_marks():
    """A day's occasion does not depend on where the asked stretch begins."""
    whole = mark_days("MY", dt.date(2024, 1, 1), 800)
    for start in range(0, 800, 40):
        part = mark_days("MY", dt.date(2024, 1, 1) + dt.timedelta(start), 40)
        assert [part.key(day) for day in range(40)] == [whole.key(start + day) for day in range(40)]


@pytest.mark.parametrize("year", range(2019, 2031))
def test_moving_feasts_agree_with_the_package_of_holidays(year):
    """Our typed dates of Chinese New Year and Hari Raya are Malaysia's public holidays; fasting lasts 29 or 30 days."""
    public = holidays.country_holidays("MY", years=year, language="en_US")
    spans = {day.key: day.spans(year) for day in SALES_DAYS}
    assert "Chinese New Year" in public[spans["lunar_new_year"][0][0]]
    assert "Eid al-Fitr" in public[spans["hari_raya"][0][0]]
    first, last = spans["ramadan"][0]
    assert last + dt.timedelta(1) == spans["hari_raya"][0][0]
    assert (last - first).days + 1 in (29, 30)


def test_every_place_is_a_country():
    """No sales day names a country that no warehouse can have; Britain is GB."""
    places = frozenset().union(*(day.where for day in SALES_DAYS))
    assert places <= COUNTRIES - {"UK", "EU"}


def test_one_country_keeps_one_set_of_dates_of_an_occasion():
    """Two lists of Prime Days never concern the same country."""
    kept = [(day.key, place) for day in SALES_DAYS for place in day.where]
    assert len(kept) == len(set(kept))


@pytest.mark.parametrize(
    ("key", "english", "chinese"),
    [
        ("black_friday", "Black Friday", "黑色星期五"),
        ("boxing_day:after", "the days after Boxing Day", "节礼日后几天"),
        ("holiday:Thanksgiving Day", "Thanksgiving Day", "感恩节"),
        ("holiday:Culture Day", "Culture Day", "Culture Day"),
    ],
)
def test_names(key, english, chinese):
    """Every occasion has a name in both languages; public holidays without a Chinese one keep the English."""
    assert (day_name(key, "en"), day_name(key, "zh")) == (english, chinese)
