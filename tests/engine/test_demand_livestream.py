"""Viewers, conversion, shares and planned units become units per pair and day (§11)."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from restock.demand import plan_shows, show_units
from restock.schema.settings import Settings

from .demand_tables import TODAY, book, day

THURSDAY = dt.datetime(2026, 11, 26, 18)


def planned(lines, stock=("A", "B", "C", "D"), daily=10.0, stock_date=TODAY, **tables):
    """The lines of one show (unless named otherwise) over SKUs in one warehouse."""
    rows = [{"show": "Show", "start": THURSDAY, "warehouse": "US-LA", **line} for line in lines]
    made = book([{"sku": sku} for sku in stock], livestreams=rows, **tables)
    dates = np.full(len(stock), stock_date, "datetime64[D]")
    return plan_shows(made, np.broadcast_to(np.asarray(daily, float), len(stock)), dates, TODAY)


def test_viewers_count_once_per_show():
    """10,000 viewers x 3 % = 300 over 12 SKUs, though both are typed on each of the 12 rows."""
    skus = [f"S{at:02}" for at in range(12)]
    lines = planned([{"sku": sku, "viewers": 10000, "conversion": 0.03} for sku in skus], stock=skus)
    assert lines["units"].tolist() == pytest.approx([25.0] * 12)
    assert lines["total"].tolist() == pytest.approx([300.0] * 12)
    assert not lines["assumed"].any()
    assert not lines["conflict"].any()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ([{"planned_units": 100}, {}, {}], [100, 100, 100]),
        ([{"planned_units": 280}, {"planned_units": 50}, {}], [280, 50, 0]),
        ([{"share": 0.5}, {"share": 0.3}, {"share": 0.2}], [150, 90, 60]),
        ([{"share": 0.2}, {"share": 0.2}, {"share": 0.1}], [120, 120, 60]),
        ([{"share": 0.5}, {}, {}], [150, 75, 75]),
        ([{"share": 1.0}, {}, {}], [300, 0, 0]),
        ([{"planned_units": 100, "share": 0.9}, {"share": 0.3}, {"share": 0.1}], [100, 150, 50]),
        ([{"share": 0.0}, {"share": 0.0}, {"share": 0.0}], [100, 100, 100]),
    ],
    ids=[
        "planned wins", "planned above the total", "shares", "shares under 1", "one share", "whole share",
        "planned and shares", "all shares 0",
    ],
)  # fmt: skip
def test_the_split_of_300_units(typed, expected):
    """Planned units first, then typed shares, then the rest."""
    typed[0] = {"viewers": 10000, "conversion": 0.03, **typed[0]}
    lines = planned([{"sku": sku, **line} for sku, line in zip("ABC", typed, strict=True)])
    assert lines["units"].tolist() == pytest.approx(expected)
    assert lines["total"].tolist() == pytest.approx([sum(expected)] * 3)


def test_past_shows_split_what_is_not_typed():
    """A sold 60 and 20 (mean 40), B 20: A gets two thirds, and C, never shown, the mean of the two."""
    earlier = {"start": dt.datetime(2026, 11, 12, 18)}
    before = {"start": dt.datetime(2026, 11, 5, 18)}
    later = {"start": dt.datetime(2026, 12, 3, 18)}
    lines = planned(
        [
            {"sku": "A", **before, "actual_units": 60},
            {"sku": "A", **earlier, "actual_units": 20},
            {"sku": "B", **earlier, "actual_units": 20},
            {"sku": "B", **later, "actual_units": 999},
            {"sku": "A", "viewers": 9000, "conversion": 0.02},
            {"sku": "B"},
            {"sku": "C"},
        ]
    )
    ahead = lines[lines["local_date"] == np.datetime64("2026-11-26")]
    assert ahead["units"].tolist() == pytest.approx([80.0, 40.0, 60.0])


def test_nothing_typed_is_three_normal_days_on_top():
    """Show factor 4 x a normal day of 10, of which 30 are the show's; 0 where no normal day is known."""
    lines = planned([{"sku": "A"}, {"sku": "B"}], daily=[10.0, np.nan, 1.0, 1.0])
    assert lines["units"].tolist() == [30.0, 0.0]
    assert lines["total"].tolist() == [30.0, 30.0]
    assert lines["assumed"].all()


def test_a_line_without_anything_beside_planned_lines_is_assumed():
    """Without viewers there is nothing to split: the blank line sells three normal days on top."""
    lines = planned([{"sku": "A", "planned_units": 75}, {"sku": "B"}])
    assert lines["units"].tolist() == [75.0, 30.0]
    assert lines["assumed"].tolist() == [False, True]


def test_blank_conversion_is_assumed():
    """3 % of Settings, times units per buyer; planned lines are not an assumption."""
    lines = planned(
        [{"sku": "A", "viewers": 1000}, {"sku": "B", "planned_units": 10}],
        settings=Settings(units_per_buyer=2),
    )
    assert lines["units"].tolist() == pytest.approx([50.0, 10.0])
    assert lines["assumed"].tolist() == [True, False]


def test_two_viewer_numbers_are_a_conflict_and_the_first_counts():
    """It is never guessed which was meant: the first is taken and reported."""
    lines = planned([{"sku": "A", "viewers": 1000, "conversion": 0.1}, {"sku": "B", "viewers": 5000}])
    assert lines["units"].tolist() == pytest.approx([50.0, 50.0])
    assert lines["conflict"].all()


def test_the_same_name_on_another_day_is_another_show():
    """A weekly show under one name: each date has its own viewers."""
    next_week = dt.datetime(2026, 12, 3, 18)
    lines = planned(
        [
            {"sku": "A", "viewers": 1000, "conversion": 0.1},
            {"sku": "A", "start": next_week, "viewers": 2000, "conversion": 0.1},
        ]
    )
    assert lines["units"].tolist() == pytest.approx([100.0, 200.0])
    assert lines["day"].tolist() == [3, 10]
    assert not lines["conflict"].any()


@pytest.mark.parametrize(
    ("offset", "line", "stock_offset", "ahead", "index"),
    [
        (3, {}, 0, True, 3),
        (0, {}, 0, True, 0),
        (-1, {}, -1, True, 0),
        (-1, {}, 0, False, 0),
        (-1, {}, None, True, 0),
        (-1, {"actual_units": 200}, -1, False, 0),
        (3, {"actual_units": 0}, 0, False, 3),
    ],
    ids=["later", "today", "stock older", "stock newer", "stock of no date", "actual typed", "actual of 0"],
)
def test_when_a_show_is_ahead(offset, line, stock_offset, ahead, index):
    """Until its actual units are typed or the stock was counted after its local date (§11)."""
    start = dt.datetime.combine(day(offset), dt.time(18))
    counted = None if stock_offset is None else day(stock_offset)
    lines = planned([{"sku": "A", "start": start, "planned_units": 75, **line}], stock_date=counted)
    assert (lines["ahead"].tolist(), lines["day"].tolist()) == ([ahead], [index])


def test_actual_units_may_be_typed_once_per_show():
    """One typed number says that the whole show is over."""
    lines = planned([{"sku": "A", "actual_units": 200}, {"sku": "B"}])
    assert not lines["ahead"].any()


def test_a_line_that_is_not_on_stock_takes_its_part_and_is_left_out():
    """300 over three SKUs is 100 each, though one of them is not planned here."""
    lines = planned([{"sku": "A", "viewers": 10000, "conversion": 0.03}, {"sku": "Z"}, {"sku": "B"}])
    assert lines["sku"].tolist() == ["A", "B"]
    assert lines["units"].tolist() == pytest.approx([100.0, 100.0])


def test_a_bundle_in_a_show_needs_its_contents():
    """40 sets of 1 A and 2 B."""
    bundles = [{"bundle": "SET", "sku": "B", "qty": 2}, {"bundle": "SET", "sku": "A", "qty": 1}]
    lines = planned([{"sku": "SET", "planned_units": 40}], bundles=bundles)
    assert dict(zip(lines["sku"], lines["units"], strict=True)) == {"A": 40.0, "B": 80.0}
    assert lines["total"].tolist() == [40.0, 40.0]


def test_units_by_pair_and_day():
    """Shows of one day add up; past shows and shows beyond the horizon are left out."""
    far = dt.datetime(2027, 3, 1, 12)
    lines = planned(
        [
            {"sku": "B", "planned_units": 75},
            {"sku": "B", "show": "Second", "planned_units": 5},
            {"sku": "C", "show": "Over", "planned_units": 9, "actual_units": 9},
            {"sku": "D", "start": far, "planned_units": 9},
        ]
    )
    units = show_units(lines, 4, 5)
    assert units[1].tolist() == [0, 0, 0, 80, 0]
    assert units.sum() == 80


def test_no_shows_is_an_empty_frame():
    """Without Livestreams there are no lines and no units."""
    lines = planned([])
    assert len(lines) == 0
    assert show_units(lines, 4, 5).tolist() == np.zeros((4, 5)).tolist()
