"""What to show: worked cases, services in turn, edges, and what holds of random cases (§35)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from restock.plan import Plan, make_plan
from restock.replenish.live_picks import PICK_COLUMNS
from restock.replenish.projection import project
from restock.replenish.show_stock import ShowDemand, ShowStock, expected_sales, serve_shows, show_quantile
from restock.schema.outputs import LIVE_PICKS
from restock.schema.records import records

from .plan_books import TODAY, day, plan_of, tables_of, text

THURSDAY = dt.datetime(2026, 11, 26, 18)
LINE = {"show": "Thursday", "start": THURSDAY, "warehouse": "US-LA"}
EXACT = {"show_spread": 0.0}
"""A show that sells exactly what is planned, so that IN begins at the planned units."""
RANKS = {"OUT": 0, "LIMIT": 1, "IN": 2}


def stock(sku: str, on_hand: float | None, daily: float | None) -> dict[str, Any]:
    return {"sku": sku, "warehouse": "US-LA", "on_hand": on_hand, "daily_sales": daily}


def arriving(sku: str, units: int, on: dt.date) -> dict[str, Any]:
    return {"sku": sku, "warehouse": "US-LA", "ordered": units, "sellable_on": on}


def picked(plan: Plan, sku: str, show: str = "Thursday") -> dict[str, Any]:
    """The row of a SKU in a show."""
    found = plan.picks[(plan.picks["sku"] == sku) & (plan.picks["show"] == show)]
    assert len(found) == 1
    return records(found)[0]


LAMP: dict[str, Any] = {
    "Stock": [stock("LAMP-03", 280, 20)],
    "Inbound": [arriving("LAMP-03", 240, dt.date(2026, 12, 1))],
    "Livestreams": [LINE | {"sku": "LAMP-03", "planned_units": 75}],
}


def with_lamp(units: float, **settings: float) -> dict[str, Any]:
    book = LAMP | {"Livestreams": [LINE | {"sku": "LAMP-03", "planned_units": units}]}
    return book | ({"Settings": settings} if settings else {})


def test_the_walks_lamp() -> None:
    """280 - 3 × 20 = 220 on the morning; 26 to 30 Nov need 5 × 20 = 100 until 240 arrive; 120 may be promised.

    Planned 75 with a spread of 40 %: gamma of shape 1 / 0.4² = 6.25 and mean 75, whose 80 % point is 98.6 and whose
    median is 71.0; 120 is above both. If 75 sell, 145 are left: 7.25 days of 20.
    """
    row = picked(plan_of(**LAMP), "LAMP-03")
    assert (row["stock"], row["keep"], row["spare"], row["promise"]) == (220, 100, 120, 120)
    assert (row["likely"], row["good"], row["decision"]) == (72, 99, "IN")
    assert (row["keep_until"].date(), row["next_arrival"].date()) == (dt.date(2026, 12, 1), dt.date(2026, 12, 1))
    assert (row["days_left_after"], row["available"], row["planned"]) == (7.2, 280, 75)


LAMP_SAID = {
    "en": "Show LAMP-03 and promise up to 120 of 220 in US-LA. Normal sales need 100 until more arrive on 1 Dec.",
    "zh": "可播 LAMP-03：开播时US-LA有220件，最多承诺120件。日常留100件，卖到12月1日到货。",
}
MUG_SAID = {
    "en": "OUT of Thursday: MUG-11. All 30 in US-LA are needed for normal sales and none arrive in time. "
    "Show VASE-20 instead: 640 in stock, 160 days.",
    "zh": "Thursday不上 MUG-11：US-LA的30件只够日常销售，播前无到货。可换 VASE-20：库存640件，够卖160天。",
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_said_of_the_lamp(language: str) -> None:
    """What may be promised, of how many, and what the rest is for."""
    plan = plan_of(**LAMP)
    assert text(plan, picked(plan, "LAMP-03")["why"], language) == LAMP_SAID[language]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_walks_mug_is_out_and_the_vase_shown_instead(language: str) -> None:
    """30 at 12 a day are gone on Wednesday; VASE-20, 640 at 4 a day, lasts 160 days, more than 90."""
    book = {
        "Stock": [stock("MUG-11", 30, 12), stock("VASE-20", 640, 4), stock("TRAY-09", 360, 4)],
        "Livestreams": [LINE | {"sku": "MUG-11", "planned_units": 75}],
    }
    plan = plan_of(**book)
    row = picked(plan, "MUG-11")
    assert (row["decision"], row["promise"], row["instead"]) == ("OUT", 0, "VASE-20")
    assert (row["instead_units"], row["instead_days"]) == (640, 160)
    assert text(plan, row["why"], language) == MUG_SAID[language]


@pytest.mark.parametrize(
    ("planned", "decision", "promise"),
    [(119, "IN", 120), (120, "IN", 120), (121, "OUT", 0)],
)
def test_a_show_that_sells_exactly_its_plan(planned: float, decision: str, promise: float) -> None:
    """Without spread both chances stand at the planned units: 120 to spare are IN up to 120, then OUT."""
    row = picked(plan_of(**with_lamp(planned, **EXACT)), "LAMP-03")
    assert (row["decision"], row["promise"], row["likely"], row["good"]) == (decision, promise, planned, planned)


@pytest.mark.parametrize(
    ("on_hand", "decision", "promise"),
    [(212, "OUT", 0), (213, "LIMIT", 53), (281, "LIMIT", 121), (282, "IN", 122)],
)
def test_the_two_chances(on_hand: float, decision: str, promise: float) -> None:
    """An exponential show of 75 (spread 100 %): its median is 75 ln 2 = 51.99, its 80 % point 75 ln 5 = 120.71.

    To spare are on hand - 60 - 100. With 50 % raised to 50.5 %, -75 ln 0.495 = 52.74, LIMIT begins at 53 and IN at 121
    with 80 % lowered to 79.9 %, or at 122 with 80.2 %: -75 ln 0.198 = 121.46.
    """
    settings = {"show_spread": 1.0, "show_limit_level": 0.505, "show_in_level": 0.802}
    book = with_lamp(75, **settings) | {"Stock": [stock("LAMP-03", on_hand, 20)]}
    row = picked(plan_of(**book), "LAMP-03")
    assert (row["likely"], row["good"]) == (53, 122)
    assert (row["decision"], row["promise"]) == (decision, promise)


def test_two_shows_before_one_arrival() -> None:
    """Thursday takes its 75 of 120; Saturday (220 - 40 - 75 = 105, of which 60 are kept until Tuesday) has 45 to spare.

    Saturday's 40 are not kept back from Thursday, which may promise all 120.
    """
    saturday = LINE | {"show": "Saturday", "start": dt.datetime(2026, 11, 28, 20), "sku": "LAMP-03"}
    lines = [saturday | {"planned_units": 40}, *LAMP["Livestreams"]]
    plan = plan_of(**LAMP | {"Livestreams": lines, "Settings": EXACT})
    assert plan.picks["show"].tolist() == ["Thursday", "Saturday"]
    assert (picked(plan, "LAMP-03")["promise"], picked(plan, "LAMP-03")["decision"]) == (120, "IN")
    later = picked(plan, "LAMP-03", "Saturday")
    assert (later["stock"], later["keep"], later["promise"], later["decision"]) == (105, 60, 45, "IN")


def test_a_show_after_the_arrival_has_what_arrives() -> None:
    """On 2 Dec 280 - 180 + 240 - 75 are there; nothing more comes, and an order of today (48 days) lands 10 Jan."""
    later = LINE | {"show": "Later", "start": dt.datetime(2026, 12, 2, 18), "sku": "LAMP-03", "planned_units": 10}
    row = picked(plan_of(**LAMP | {"Livestreams": [*LAMP["Livestreams"], later]}), "LAMP-03", "Later")
    assert (row["stock"], row["keep"], row["decision"]) == (265, 39 * 20, "OUT")
    assert (row["keep_until"].date(), pd.isna(row["next_arrival"])) == (dt.date(2027, 1, 10), True)


def test_an_arrival_on_the_morning_of_the_show_counts() -> None:
    """Arrivals come before the day's demand (§2): 240 on the show's day are there, and are not the next arrival."""
    book = LAMP | {"Inbound": [arriving("LAMP-03", 240, THURSDAY.date()), arriving("LAMP-03", 1, day(5))]}
    row = picked(plan_of(**book), "LAMP-03")
    assert (row["stock"], row["keep"], row["next_arrival"].date()) == (460, 40, day(5))


def test_shows_of_one_day_share_what_can_be_spared() -> None:
    """At 10:00 75 of 120 go; at 18:00 45 are left to promise; by name where the hour is the same."""
    morning = LINE | {"show": "Morning", "start": dt.datetime(2026, 11, 26, 10), "sku": "LAMP-03", "planned_units": 75}
    twin = LINE | {"show": "A twin", "sku": "LAMP-03", "planned_units": 20}
    evening = LINE | {"sku": "LAMP-03", "planned_units": 25}
    plan = plan_of(**LAMP | {"Livestreams": [evening, twin, morning], "Settings": EXACT})
    assert plan.picks["show"].tolist() == ["Morning", "A twin", "Thursday"]
    assert plan.picks["promise"].tolist() == [120, 45, 25]
    assert plan.picks["decision"].tolist() == ["IN", "IN", "IN"]


def test_a_show_that_is_out_takes_nothing_from_a_later_one() -> None:
    """Thursday's 130 of 120 is OUT, so that Saturday's 40 can be shown from all that is left."""
    saturday = LINE | {"show": "Saturday", "start": dt.datetime(2026, 11, 28, 20), "sku": "LAMP-03"}
    lines = [LINE | {"sku": "LAMP-03", "planned_units": 130}, saturday | {"planned_units": 40}]
    plan = plan_of(**LAMP | {"Livestreams": lines, "Settings": EXACT})
    assert plan.picks["decision"].tolist() == ["OUT", "IN"]
    assert plan.picks["promise"].tolist() == [0, 120]


def test_an_earlier_show_takes_no_more_than_its_promise() -> None:
    """Exponential shows: of 150 planned (median 104) at most 120 may be promised, so that on Saturday 220 - 40 - 120
    are left, all of them for normal sales until Tuesday."""
    saturday = LINE | {"show": "Saturday", "start": dt.datetime(2026, 11, 28, 20), "sku": "LAMP-03"}
    lines = [LINE | {"sku": "LAMP-03", "planned_units": 150}, saturday | {"planned_units": 5}]
    plan = plan_of(**LAMP | {"Livestreams": lines, "Settings": {"show_spread": 1.0}})
    assert plan.picks["decision"].tolist() == ["LIMIT", "OUT"]
    assert plan.picks["stock"].tolist() == [220, 60]
    assert "All 60 left in US-LA by then are needed for normal sales." in text(plan, plan.picks["why"].iloc[1])


def test_a_bundle_and_its_part_are_one_row() -> None:
    """A set of two lamps planned 20 and the lamp itself planned 15 ask 55 lamps of one row."""
    lines = [LINE | {"sku": "LAMP-03", "planned_units": units} for units in (20, 15)]
    bundles = [{"bundle": "SET-2", "sku": "LAMP-03", "qty": 2}]
    tables = tables_of(**LAMP | {"Bundles": bundles, "Livestreams": lines, "Settings": EXACT})
    shows = tables.livestreams.assign(sku=["SET-2", "LAMP-03"])
    plan = make_plan(replace(tables, livestreams=shows), tables.settings, TODAY)
    row = picked(plan, "LAMP-03")
    assert len(plan.picks) == 1
    assert (row["planned"], row["good"], row["promise"]) == (55, 55, 120)


def test_unknown_stock_or_sales_decides_nothing() -> None:
    """NO DATA: the sentence asks for what is missing, and nothing is promised."""
    lines = [LINE | {"sku": sku, "planned_units": 5} for sku in ("A", "B")]
    plan = plan_of(Stock=[stock("A", None, 3), stock("B", 9, None), stock("C", 900, 1)], Livestreams=lines)
    for sku, asked in (("A", "type the quantity on hand"), ("B", "type daily sales")):
        row = picked(plan, sku)
        assert (row["decision"], row["instead"]) == ("NO DATA", "")
        assert pd.isna(row["promise"])
        assert asked in text(plan, row["why"])


def test_unsellable_is_out() -> None:
    """What may not be sold is not shown, whatever is there."""
    catalog = [{"sku": "LAMP-03", "status": "unsellable"}]
    plan = plan_of(**LAMP | {"Catalog": catalog})
    row = picked(plan, "LAMP-03")
    assert (row["decision"], row["promise"]) == ("OUT", 0)
    assert text(plan, row["why"]) == "OUT of Thursday: LAMP-03 is marked unsellable."


@pytest.mark.parametrize(("planned", "decision"), [(75, "IN"), (300, "LIMIT")])
def test_discontinued_is_sold_down(planned: float, decision: str) -> None:
    """Only the day's 20 are kept: 200 of 220 may be promised, even where the show would sell more."""
    book = with_lamp(planned, **EXACT) | {"Catalog": [{"sku": "LAMP-03", "status": "discontinued"}]}
    row = picked(plan_of(**book), "LAMP-03")
    assert (row["decision"], row["promise"], row["keep"]) == (decision, 200, 20)


def test_oversold_stock_is_served_first() -> None:
    """-50 and 240 on the day before the show: 190, of which that day's 20 go."""
    book = LAMP | {"Stock": [stock("LAMP-03", -50, 20)], "Inbound": [arriving("LAMP-03", 240, day(2))]}
    assert picked(plan_of(**book), "LAMP-03")["stock"] == 170
    late = LAMP | {"Stock": [stock("LAMP-03", -50, 20)], "Inbound": [arriving("LAMP-03", 40, day(3))]}
    assert picked(plan_of(**late), "LAMP-03")["stock"] == 0


def test_instead_is_taken_once_and_the_largest_value_first() -> None:
    """Value tied up: B 200 × $9, A 640 × $2, C 900 × $1. C is in the show itself, and D lasts only 80 days."""
    book = {
        "Stock": [stock("X", 1, 5), stock("Y", 2, 5), stock("Z", 3, 5), stock("A", 640, 4), stock("B", 200, 1),
                  stock("C", 900, 1), stock("D", 80, 1)],
        "Catalog": [{"sku": sku, "cost": cost} for sku, cost in (("A", 2), ("B", 9), ("C", 1), ("D", 99))],
        "Livestreams": [LINE | {"sku": sku, "planned_units": units}
                        for sku, units in (("X", 30), ("Y", 20), ("Z", 10), ("C", 5))],
    }  # fmt: skip
    plan = plan_of(**book)
    rows = plan.picks[plan.picks["decision"] == "OUT"]
    assert rows["sku"].tolist() == ["X", "Y", "Z"]
    assert rows["instead"].tolist() == ["B", "A", ""]


def test_instead_ships_from_the_same_warehouse_and_can_fill_the_show() -> None:
    """640 in Hamburg do not ship a show from Los Angeles, and 5 units do not take the place of 30."""
    elsewhere = stock("VASE-20", 640, 4) | {"warehouse": "DE-HAM"}
    lines = [LINE | {"sku": "X", "planned_units": 30}]
    plan = plan_of(Stock=[stock("X", 1, 5), elsewhere, stock("FEW", 5, 0)], Livestreams=lines)
    assert picked(plan, "X")["instead"] == ""


def test_rows_stand_by_what_they_earn() -> None:
    """Exact shows of 10 units: at a margin of $9, $5 and, unknown, their median $7."""
    catalog = [{"sku": "A", "price": 10, "cost": 5}, {"sku": "B", "price": 12, "cost": 3}]
    rows = [stock(sku, 900, 1) for sku in "ABC"]
    lines = [LINE | {"sku": sku, "planned_units": 10} for sku in "ABC"]
    plan = plan_of(Stock=rows, Catalog=catalog, Livestreams=lines, Settings=EXACT)
    assert plan.picks["sku"].tolist() == ["B", "C", "A"]
    assert plan.picks["worth"].fillna(-1).tolist() == [90, -1, 50]


def test_no_shows_no_rows() -> None:
    """A book without shows, or with past ones only, has an empty frame with its columns."""
    plan = plan_of(Stock=LAMP["Stock"])
    past = plan_of(**LAMP | {"Livestreams": [LINE | {"sku": "LAMP-03", "planned_units": 5, "actual_units": 4}]})
    for picks in (plan.picks, past.picks):
        assert picks.empty
        assert list(picks.columns) == PICK_COLUMNS


def test_the_first_start_with_a_time_is_the_shows() -> None:
    """Lines of one show on one day are one show, however its name and its hour are typed."""
    other = LINE | {"show": "thursday ", "start": THURSDAY.date(), "sku": "MUG-11", "planned_units": 5}
    plan = plan_of(**LAMP | {"Stock": [*LAMP["Stock"], stock("MUG-11", 900, 1)],
                             "Livestreams": [other, *LAMP["Livestreams"]]})  # fmt: skip
    assert set(plan.picks["show"]) == {"Thursday"}
    assert set(plan.picks["start"]) == {pd.Timestamp(THURSDAY)}
    assert set(plan.picks["group"]) == {0}


def many_shows(seed: int) -> dict[str, Any]:
    """Thirty SKUs of every kind in four shows."""
    random = np.random.default_rng(seed)
    skus = [f"S-{number:02}" for number in range(30)]
    rows = [
        stock(sku, [None, int(random.integers(0, 400))][int(random.random() < 0.95)], int(random.integers(0, 9)))
        for sku in skus
    ]
    inbound = [arriving(sku, int(random.integers(1, 90)), day(int(random.integers(0, 60)))) for sku in skus[::2]]
    kinds = [None, None, None, "discontinued", "unsellable"]
    catalog = [
        {"sku": sku, "cost": 3, "price": [None, 9 + at][at % 2], "status": kinds[int(random.integers(5))]}
        for at, sku in enumerate(skus)
    ]
    lines = [
        {"show": f"Show {at % 4}", "start": THURSDAY + dt.timedelta(at % 4 * 3), "warehouse": "US-LA", "sku": skus[at],
         "planned_units": [None, int(random.integers(1, 90))][at % 2]}
        for at in random.permutation(30).tolist()
    ]  # fmt: skip
    return {"Stock": rows, "Inbound": inbound, "Catalog": catalog, "Livestreams": lines}


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    """Shuffled tables give the same rows in the same order (§16)."""
    book = many_shows(seed)
    random = np.random.default_rng(99)
    shuffled = {name: [rows[at] for at in random.permutation(len(rows))] for name, rows in book.items()}
    one, two = plan_of(**book), plan_of(**shuffled)
    pd.testing.assert_frame_equal(one.picks.drop(columns="why"), two.picks.drop(columns="why"))
    assert [text(one, parts) for parts in one.picks["why"]] == [text(two, parts) for parts in two.picks["why"]]


NUMBER = re.compile(r"(?<![\w-])\d[\d,]*(?:\.\d+)?(?![\w-])")
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
DAY_EN = re.compile(rf"(\d+) ({'|'.join(MONTHS)})( \d{{4}})?")
DAY_ZH = re.compile(r"(?:(\d{4})年)?(\d+)月(\d+)日")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_number_said_stands_in_the_row(seed: int, language: str) -> None:
    """Sentences are short, and each of their numbers and dates is a cell of the Live picks row."""
    plan = plan_of(**many_shows(seed))
    cells = [column.name for column in LIVE_PICKS.columns if column.name not in ("why", "note")]
    assert set(plan.picks["decision"]) >= {"IN", "OUT"}
    for row in records(plan.picks):
        said = text(plan, row["why"], language)
        assert len(said) <= (90 if language == "zh" else 200), said
        for name in ("show", "sku", "warehouse", "instead"):
            said = said.replace(row[name], "X") if row[name] else said
        days = (DAY_ZH if language == "zh" else DAY_EN).findall(said)
        dates = {(value.day, value.month) for value in (row["keep_until"], row["next_arrival"]) if not pd.isna(value)}
        assert all(_day_month(found, language) in dates for found in days), said
        rest = (DAY_ZH if language == "zh" else DAY_EN).sub("", said)
        values = {round(float(row[name]), 1) for name in cells if isinstance(row[name], float) and row[name] >= 0}
        assert all(float(number.replace(",", "")) in values for number in NUMBER.findall(rest)), (said, row)


def _day_month(found: tuple[str, ...], language: str) -> tuple[int, int]:
    if language == "zh":
        return int(found[2]), int(found[1])
    return int(found[0]), MONTHS.index(found[1]) + 1


CASES, DAYS = 2000, 30


def random_cases(seed: int) -> tuple[ShowDemand, tuple[np.ndarray[Any, Any], ...]]:
    """One to three shows of each of 2,000 pairs with whole and fractional sales, and up to three arrivals."""
    random = np.random.default_rng(seed)
    available = random.integers(-30, 300, CASES).astype(float)
    daily = random.choice([0.0, 0.3, 2.5, 8.0, 17.1], CASES)
    baseline = daily[:, None] * random.choice([0.0, 0.5, 1.0, 2.0], (CASES, DAYS))
    arrivals = np.where(random.random((CASES, DAYS)) < 0.07, random.integers(1, 120, (CASES, DAYS)), 0).astype(float)
    count = random.integers(1, 4, CASES)
    pair = np.repeat(np.arange(CASES), count)
    day_of = random.integers(0, DAYS, len(pair))
    order = np.lexsort((day_of, pair))
    units = random.choice([0.0, 5.0, 30.5, 120.0], len(pair))
    sd = units * random.choice([0.0, 0.4, 1.0], len(pair))
    good = show_quantile(units, sd, 0.8)
    likely = np.minimum(good, show_quantile(units, sd, 0.5))
    shows = ShowDemand(pair, day_of[order], units, likely, good)
    return shows, (available, baseline, arrivals, random.integers(0, DAYS + 9, CASES), random.random(CASES) < 0.1)


def test_promises_keep_normal_sales_whole() -> None:
    """2,000 cases day by day: all promises of a show sold, no normal sale is lost before the kept day that would not be
    lost without the show."""
    shows, book = random_cases(1)
    served = serve_shows(shows, *book)
    available, baseline, arrivals = book[:3]
    first = np.flatnonzero(~pd.Series(shows.pair).duplicated().to_numpy())
    rows = shows.pair[first]
    demand = baseline[rows].copy()
    demand[np.arange(len(first)), shows.day[first]] += served.promise[first]
    with_show = project(available[rows], demand, arrivals[rows])
    alone = project(available[rows], baseline[rows], arrivals[rows])
    days = np.arange(DAYS)
    inside = (days >= shows.day[first][:, None]) & (days < served.keep_until[first][:, None])
    lost = np.where(inside & (served.promise[first] > 0)[:, None], with_show.lost, 0.0)
    assert (served.promise[first] > 0).sum() > 300
    assert lost.max() < 1e-6
    assert np.allclose(np.where(days < shows.day[first][:, None], with_show.lost - alone.lost, 0.0), 0.0)


def test_one_more_than_spared_would_be_missed() -> None:
    """The promise is no smaller than it need be: two units more (both sides are made whole) and normal sales lose."""
    shows, book = random_cases(2)
    served = serve_shows(shows, *book)
    available, baseline, arrivals, _, sells_down = book
    first = np.flatnonzero(~pd.Series(shows.pair).duplicated().to_numpy() & ~sells_down[shows.pair])
    rows, at = shows.pair[first], np.arange(len(first))
    demand = baseline[rows].copy()
    demand[at, shows.day[first]] += served.spare[first] + 2
    lost = project(available[rows], demand, arrivals[rows]).lost
    days = np.arange(DAYS)
    inside = (days >= shows.day[first][:, None]) & (days < served.keep_until[first][:, None])
    assert (np.where(inside, lost, 0.0).sum(axis=1) > 0).all()


@pytest.mark.parametrize("more", [1, 7, 60])
def test_more_stock_never_promises_less(more: int) -> None:
    """Of each pair, the first show whose promise changes gets more, with a decision that is no worse."""
    shows, book = random_cases(3)
    few, many = serve_shows(shows, *book), serve_shows(shows, book[0] + more, *book[1:])
    rank_few, rank_many = (np.array([RANKS[word] for word in served.decision]) for served in (few, many))
    changed = np.flatnonzero((few.promise != many.promise) | (rank_few != rank_many))
    first = changed[~pd.Series(shows.pair[changed]).duplicated().to_numpy()]
    assert len(first) > 500
    assert (many.promise[first] >= few.promise[first]).all()
    assert (rank_many[first] >= rank_few[first]).all()


def test_all_numbers_of_a_row_agree() -> None:
    """To spare is stock less what is kept; a promise is that or nothing; decisions follow from published numbers."""
    shows, book = random_cases(4)
    served: ShowStock = serve_shows(shows, *book)
    assert (served.spare == np.maximum(served.stock - served.keep, 0)).all()
    assert (served.promise == np.where(served.decision == "OUT", 0, served.spare)).all()
    assert (served.promise == np.floor(served.promise)).all()
    shown = served.decision == "IN"
    assert (served.spare[shown] >= shows.good[shown]).all()
    normal = ~book[4][shows.pair]
    out = (served.decision == "OUT") & normal
    assert ((served.spare[out] < shows.likely[out]) | (served.spare[out] < 1)).all()


def test_expected_sales_by_the_normal_loss() -> None:
    """μ = 50, σ = 10, A = 60: G(1) = 0.0833155, so that 50 - 0.833 sell; far above the mean all do, σ = 0 the least."""
    made = expected_sales(np.array([50.0, 50.0, 50.0]), np.array([10.0, 10.0, 0.0]), np.array([60.0, 500.0, 40.0]))
    assert made == pytest.approx([49.166845, 50.0, 40.0], abs=1e-6)


def test_today_is_a_day_of_a_show() -> None:
    """A show of today starts from what is there this morning."""
    lines = [LINE | {"start": dt.datetime.combine(TODAY, dt.time(18)), "sku": "LAMP-03", "planned_units": 75}]
    row = picked(plan_of(**LAMP | {"Livestreams": lines}), "LAMP-03")
    assert (row["stock"], row["keep"], row["promise"]) == (280, 160, 120)
