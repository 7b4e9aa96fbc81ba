"""Past shows correct planned ones, little by little, and a sold-out show is "at least"."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pandas as pd
import pytest

from restock.demand import plan_shows, show_variance
from restock.demand.show_learning import ShowLessons, learn_shows, slot_of
from restock.schema.settings import Settings
from restock.text import Words, say

from .demand_tables import TODAY, book, day

THURSDAY = dt.datetime(2026, 11, 26, 18)
TRUST = 0.3
"""One like show: 1 / (1 + 7/3)."""


def lessons_of(*shows, spread=0.4) -> ShowLessons:
    """Lessons of shows of one line each: (planned, actual[, sold out][, traits])."""
    rows = []
    for group, (planned, actual, *rest) in enumerate(shows):
        row = {"group": group, "host": "", "platform": "", "slot": "", "sold_out": False}
        for one in rest:
            row |= one if isinstance(one, dict) else {"sold_out": one}
        rows.append({**row, "planned": float(planned), "actual": float(actual)})
    columns = ["group", "host", "platform", "slot", "planned", "actual", "sold_out"]
    return learn_shows(pd.DataFrame(rows, columns=columns).astype({"planned": float, "actual": float}), spread)


def correction(lessons, **traits):
    """The correction of one planned show."""
    show = pd.DataFrame([{"host": "", "platform": "", "slot": "", **traits}])
    return lessons.correction(show).iloc[0]


def test_without_past_shows_nothing_is_corrected():
    """Factor 1, trust 0, and the spread of Settings exactly."""
    lessons = lessons_of()
    assert correction(lessons).to_dict() == {"factor": 1.0, "trust": 0.0, "ratio": 1.0}
    assert (lessons.shows, lessons.spread) == (0, 0.4)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_like_shows_are_trusted_by_their_number(count):
    """n shows that sold twice the plan: factor 2 to the power n / (n + 7/3)."""
    found = correction(lessons_of(*[(100, 200)] * count))
    assert found["trust"] == pytest.approx(count / (count + 7 / 3))
    assert found["factor"] == pytest.approx(2 ** (count / (count + 7 / 3)))
    assert found["ratio"] == pytest.approx(2)


def test_another_host_learns_the_shops_part_only():
    """Of 30 % a quarter each is the shop's, the host's, the platform's and the slot's."""
    lessons = lessons_of((100, 200, {"host": "ann", "platform": "tiktok", "slot": "Thursday 18"}))
    same = correction(lessons, host="ann", platform="tiktok", slot="Thursday 18")
    other = correction(lessons, host="bob", platform="shopee", slot="Friday 18")
    half = correction(lessons, host="ann", platform="shopee", slot="Thursday 18")
    assert (same["trust"], half["trust"], other["trust"]) == pytest.approx((TRUST, TRUST * 3 / 4, TRUST / 4))
    assert other["ratio"] == pytest.approx(2)
    assert other["factor"] == pytest.approx(2 ** (TRUST / 4))


def test_hosts_are_told_apart():
    """Ann sells twice her plan, Bob half of his, three times each: a host's part, believed to be 3/28 of a show's
    variance, is 3 / (3 + 28/3) of log 2; all that they have in common is 0."""
    shows = [(100, 200, {"host": "ann"})] * 3 + [(100, 50, {"host": "bob"})] * 3
    lessons = lessons_of(*shows)
    assert correction(lessons, host="ann")["factor"] == pytest.approx(2 ** (3 / (3 + 28 / 3)))
    assert correction(lessons, host="bob")["factor"] == pytest.approx(1 / correction(lessons, host="ann")["factor"])
    assert correction(lessons, host="new")["factor"] == pytest.approx(1.0)


def test_many_unlike_hosts_make_traits_count_for_more():
    """From eight shows on the strength is chosen: hosts that plainly differ are believed to."""
    few = lessons_of(*[(100, 300, {"host": "ann"})] * 3, *[(100, 33, {"host": "bob"})] * 3)
    many = lessons_of(*[(100, 300, {"host": "ann"})] * 8, *[(100, 33, {"host": "bob"})] * 8)
    base = 8 / (8 + 7 / 3)
    assert correction(few, host="ann")["trust"] < correction(many, host="ann")["trust"]
    assert correction(many, host="ann")["factor"] > 3 ** (base * 0.8)


def test_a_sold_out_show_is_at_least():
    """75 planned, 200 sold, sold out: at least x 2.67, trusted 30 %."""
    lessons = lessons_of((75, 200, True))
    assert correction(lessons)["factor"] == pytest.approx((200 / 75) ** TRUST)
    assert lessons.sold_out.tolist() == [True]


@pytest.mark.parametrize("actual", [1, 40, 75])
def test_a_sold_out_show_never_lowers(actual):
    """Sold out below the plan: it could not sell more, so the plan stands; the same without selling out lowers it."""
    assert correction(lessons_of((75, actual, True)))["factor"] == pytest.approx(1.0)
    assert correction(lessons_of((75, actual)))["factor"] <= 1.0


def test_sold_out_shows_leave_the_estimate_of_the_others():
    """One show sold three times its plan; ten that sold out at half of theirs change nothing."""
    alone = correction(lessons_of((100, 300)))["factor"]
    with_others = correction(lessons_of((100, 300), *[(100, 50, True)] * 5))["factor"]
    assert with_others == pytest.approx(alone, rel=1e-6)
    assert correction(lessons_of((100, 300), (100, 500, True)))["factor"] > alone


def test_one_sold_out_line_does_not_hide_the_rest():
    """Line A sold out at 10 of 100, B sold 30 of 100: A counts as corrected, so the show is 0.65 or less, not 0.2."""
    lines = pd.DataFrame(
        {"group": 0, "host": "", "platform": "", "slot": "", "planned": 100.0, "actual": [10.0, 30.0],
         "sold_out": [True, False]}
    )  # fmt: skip
    factor = correction(learn_shows(lines, 0.4))["factor"]
    # The fixed point of log f = 0.3 x log((100 f + 30) / 200).
    assert math.log(factor) == pytest.approx(TRUST * math.log((100 * factor + 30) / 200))
    assert 0.2**TRUST < factor < 1


def test_a_small_show_counts_in_proportion():
    """Planned 5 of the 20 that count fully: a quarter of a show, trusted 0.25 / (0.25 + 7/3)."""
    assert correction(lessons_of((5, 10)))["trust"] == pytest.approx(0.25 / (0.25 + 7 / 3))


def test_a_correction_has_bounds():
    """A plan of 1 for shows of 10,000 is a slip: never more than ten times."""
    assert correction(lessons_of(*[(20, 400000)] * 7))["factor"] == 10.0
    assert 0.1 <= correction(lessons_of(*[(20, 0)] * 7))["factor"] < 1


def test_the_spread_is_learned_and_never_below_settings():
    """One show at twice the plan: error 0.7 log 2; (4 log 1.16 + 0.2354) / 5 is the variance of the logarithm."""
    variance = (4 * math.log(1.16) + (0.7 * math.log(2)) ** 2) / 5
    assert lessons_of((100, 200)).spread == pytest.approx(max(0.4, math.sqrt(math.exp(variance) - 1)))
    wild = lessons_of((100, 400), (100, 20), (100, 300), (100, 30))
    assert wild.spread > 0.8
    assert lessons_of(*[(100, 100)] * 9).spread == 0.4
    assert lessons_of(*[(100, 10, True)] * 9).spread == 0.4
    assert lessons_of(*[(100, 100)] * 9, spread=0.0).spread == 0.0


def test_the_order_of_shows_changes_nothing():
    """Shuffled rows teach the same (§16)."""
    rng = np.random.default_rng(1)
    shows = [
        (float(rng.integers(10, 300)), float(rng.integers(0, 500)), bool(rng.random() < 0.3), {"host": "abc"[at % 3]})
        for at in range(12)
    ]
    one, other = lessons_of(*shows), lessons_of(*shows[::-1])
    for host in "abcd":
        assert correction(one, host=host).to_dict() == pytest.approx(correction(other, host=host).to_dict())
    assert one.spread == pytest.approx(other.spread)


def test_slots():
    """Weekday and quarter of the day; a date without a time is the weekday alone."""
    sunday = dt.datetime(2026, 11, 29)
    starts = pd.Series([THURSDAY, THURSDAY.replace(hour=23), sunday.replace(hour=5, minute=59), sunday])
    assert slot_of(starts).tolist() == ["Thursday 18", "Thursday 18", "Sunday 0", "Sunday"]


# On the sheet


def planned(lines, settings=None, daily=10.0, stock=("LAMP-03", "B")):
    """The planned lines that are ahead; past ones are a week before today."""
    week = dt.datetime.combine(day(-7), dt.time(18)) + dt.timedelta(3)
    here = {"show": "Show", "warehouse": "US-LA", "sku": "LAMP-03"}
    rows = [{**here, "start": week if "actual_units" in line else THURSDAY, **line} for line in lines]
    tables = book([{"sku": sku} for sku in stock], livestreams=rows, settings=settings)
    made = plan_shows(tables, np.full(len(stock), daily), np.full(len(stock), TODAY, "datetime64[D]"), TODAY)
    return made[made["ahead"]].reset_index(drop=True)


def sentence(line, language="en"):
    """What is said of a line."""
    key, params = line["lesson"]
    return say(key, Words(language, "USD", TODAY), **params)


PAST = {"planned_units": 75, "actual_units": 200, "sold_out": True}


def test_viewers_are_corrected_by_past_shows():
    """3,000 x 3 % = 90, times 2.667 to the power 0.3; the sentence says what it rests on."""
    line = planned([PAST, {"viewers": 3000, "conversion": 0.03}]).iloc[0]
    assert line["units"] == pytest.approx(90 * (200 / 75) ** 0.3)
    assert line["total"] == line["units"]
    assert sentence(line) == "1 past show: at least ×2.7, sold out, trusted 30%. Planned from viewers × 1.3."
    assert sentence(line, "zh") == "往期1场直播：至少×2.7，已售罄，采信30%。按场观计划×1.3。"


def test_typed_units_win_and_the_lesson_is_said():
    """The plan of 75 stays 75."""
    line = planned([PAST, {"planned_units": 75}]).iloc[0]
    assert (line["units"], line["factor"]) == (75.0, 1.0)
    assert sentence(line) == "1 past show: at least ×2.7, sold out, trusted 30%. Your planned units are kept."


def test_without_history_the_show_of_75_is_75():
    """The worked example, with the spread of Settings."""
    line = planned([{"planned_units": 75}]).iloc[0]
    assert (line["units"], line["spread"], line["factor"]) == (75.0, 0.4, 1.0)
    assert sentence(line) == "No past show to learn from: taken as planned."
    assert planned([{"viewers": 3000, "conversion": 0.03}]).iloc[0]["units"] == pytest.approx(90.0)


def test_a_line_with_nothing_typed_is_not_corrected():
    """It has no plan: three normal days on top, and that is said."""
    line = planned([PAST, {}]).iloc[0]
    assert line["units"] == 30.0
    assert sentence(line) == "Nothing typed: 4 times a normal day."


def test_planned_lines_come_off_the_corrected_total():
    """90 x 1.342 = 120.8 for the show, of which 30 are planned for B."""
    lines = planned([PAST, {"viewers": 3000, "conversion": 0.03}, {"sku": "B", "planned_units": 30}])
    whole = 90 * (200 / 75) ** 0.3
    assert lines["units"].tolist() == pytest.approx([whole - 30, 30.0])


def test_viewers_of_a_past_show_are_a_plan_too():
    """1,000 x 10 % = 100 planned, 50 sold: a factor of 0.5 to the power 0.3."""
    past = {"viewers": 1000, "conversion": 0.1, "actual_units": 50}
    line = planned([past, {"viewers": 1000, "conversion": 0.1}]).iloc[0]
    assert line["units"] == pytest.approx(100 * 0.5**0.3)


@pytest.mark.parametrize(
    "past",
    [
        [{"actual_units": 200}],
        [{"planned_units": 0, "actual_units": 200}],
        [{"viewers": 1000, "actual_units": 200}, {"sku": "B", "start": None}],
    ],
    ids=["nothing planned", "planned 0", "once for a show of two"],
)
def test_what_teaches_nothing(past):
    """No plan, no lesson; nor from one number that may be a line's or the show's."""
    past = [{**line, "start": dt.datetime(2026, 11, 19, 18)} for line in past]
    line = planned([*past, {"viewers": 1000, "conversion": 0.1}]).iloc[0]
    assert line["lesson"][0] == "plan.show_no_lesson"
    assert line["units"] == pytest.approx(100.0)


def test_hosts_match_however_they_are_typed():
    """"Ann " and "ann" are one host (§10), and one typed host is the whole show's."""
    same = planned([{**PAST, "host": "Ann "}, {"host": "ann", "viewers": 3000}]).iloc[0]
    other = planned([{**PAST, "host": "Ann"}, {"host": "Bob", "viewers": 3000}]).iloc[0]
    assert same["lesson"][1]["trust"] == pytest.approx(0.3)
    assert other["lesson"][1]["trust"] == pytest.approx(0.225)


def test_a_show_has_its_own_variance():
    """75 units give or take 40 %: variance 900, on its day."""
    lines = planned([{"planned_units": 75}], settings=Settings())
    variance = show_variance(lines, 2, 5)
    assert variance[0].tolist() == pytest.approx([0, 0, 0, 900, 0])
    assert variance[1].tolist() == [0] * 5
