"""Done typed on Alerts or on Today is one answer; what changed since an earlier day; when a pair turns red."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest

from restock.ledger import Previous, day_before, kept_answers, with_answers
from restock.replenish.changes import changes, turns_red_on

TODAY = dt.date(2026, 11, 23)
KEY = {"sku": "A", "warehouse": "US"}


def previous(on_alerts: Any, on_today: Any, shown: Any) -> Previous:
    """One pair, orange, with something typed on either sheet and what the last press showed."""
    history = pd.DataFrame([KEY | {"tier": "ORANGE", "done": shown}])
    typed = {"Alerts": pd.DataFrame([KEY | {"tier": "ORANGE", "done": on_alerts}], dtype=object),
             "Today": pd.DataFrame([KEY | {"done": on_today}], dtype=object)}  # fmt: skip
    return Previous(history, pd.DataFrame(), pd.DataFrame(), typed)


CASES = [
    pytest.param(None, "Amy", None, "Amy", id="typed on Today"),
    pytest.param("Amy", None, None, "Amy", id="typed on Alerts"),
    pytest.param("Amy", "Amy", "Amy", "Amy", id="left as it was"),
    pytest.param("Amy", "Bob", "Amy", "Bob", id="changed on Today"),
    pytest.param("Bob", "Amy", "Amy", "Bob", id="changed on Alerts"),
    pytest.param("Amy", None, "Amy", None, id="cleared on Today"),
    pytest.param(None, "Amy", "Amy", None, id="cleared on Alerts"),
    pytest.param("Amy", "Bob", None, "Amy; Bob", id="typed on both"),
    pytest.param("Y", "Y", None, "Y", id="the same typed on both"),
    pytest.param(None, 1.0, None, 1.0, id="a number"),
]


@pytest.mark.parametrize(("on_alerts", "on_today", "shown", "kept"), CASES)
def test_the_cell_that_was_changed_wins(on_alerts: Any, on_today: Any, shown: Any, kept: Any) -> None:
    """Of Done on Alerts and on Today the one that differs from what was shown counts; where both do, both are kept."""
    joined = with_answers(previous(on_alerts, on_today, shown))
    alerts = pd.DataFrame([KEY | {"tier": "ORANGE"}])
    assert kept_answers(alerts, joined) == [kept]


def test_an_answer_goes_with_its_tier() -> None:
    """Once the tier is another one the answer is gone."""
    joined = with_answers(previous(None, "Amy", None))
    assert kept_answers(pd.DataFrame([KEY | {"tier": "RED"}]), joined) == [None]


def test_an_answer_on_today_needs_no_row_on_alerts() -> None:
    """A line that somebody deleted on Alerts keeps what was typed beside it on Today."""
    found = previous(None, "Amy", None)
    found.typed["Alerts"] = found.typed["Alerts"].iloc[:0]
    assert kept_answers(pd.DataFrame([KEY | {"tier": "ORANGE"}]), with_answers(found)) == ["Amy"]


def _history(pressed: int, **cells: Any) -> pd.DataFrame:
    day = pd.Timestamp(TODAY) - pd.Timedelta(days=pressed)
    return pd.DataFrame([KEY | {"tier": "RED", "on_hand": 5.0, "pressed_on": day} | cells])


VIEW = pd.DataFrame([KEY])


def test_the_day_before_is_the_last_press_of_an_earlier_day() -> None:
    """A press yesterday counts; a second press of today finds what the first one of today found."""
    found = day_before(VIEW, _history(1), TODAY)
    assert (found.tier[0], found.on_hand[0], found.on[0]) == ("RED", 5.0, np.datetime64("2026-11-22"))
    kept = {"before_tier": "GREEN", "before_on_hand": 9.0, "before_on": pd.Timestamp("2026-11-20")}
    found = day_before(VIEW, _history(0, **kept), TODAY)
    assert (found.tier[0], found.on_hand[0], found.on[0]) == ("GREEN", 9.0, np.datetime64("2026-11-20"))


@pytest.mark.parametrize("history", [pd.DataFrame(), _history(0), _history(-1)])
def test_there_may_be_no_day_before(history: pd.DataFrame) -> None:
    """The first press, a first press today, and a press for a later day know of none."""
    assert np.isnat(day_before(VIEW, history, TODAY).on[0])


def _row(now: str, before: str, on_hand: float = 10, was: float = 10) -> pd.DataFrame:
    return pd.DataFrame([KEY | {"tier": now, "before_tier": before, "on_hand": on_hand, "before_on_hand": was,
                                "before_on": pd.Timestamp("2026-11-20")}])  # fmt: skip


CHANGES = [
    (_row("RED", "ORANGE"), ["red"]),
    (_row("RED", "RED"), []),
    (_row("ORANGE", "GREEN"), ["orange"]),
    (_row("ORANGE", "RED"), ["eased"]),
    (_row("GREEN", "RED"), ["eased"]),
    (_row("YELLOW", "GREEN"), []),
    (_row("GREEN", "GREEN", 4.9), ["moved"]),
    (_row("GREEN", "GREEN", 5), []),
    (_row("GREEN", "GREEN", 15.1), ["moved"]),
    (_row("GREEN", "GREEN", 10, 0), []),
]


@pytest.mark.parametrize(("view", "kinds"), CHANGES)
def test_changes(view: pd.DataFrame, kinds: list[str]) -> None:
    """Newly red, newly orange, eased, and stock that moved by more than half."""
    found = changes(view)
    assert found is not None
    assert [kind for kind in ("red", "orange", "eased", "moved") if getattr(found, kind)] == kinds
    assert found.any == bool(kinds)
    assert found.since == dt.date(2026, 11, 20)


REDS = [
    (10.0, "YELLOW", None, 8),  # 10, 9 … 3 days left after seven days: not below 3 yet
    (9.5, "YELLOW", None, 7),
    (3.0, "ORANGE", None, 1),
    (2.9, "RED", None, None),
    (10.0, "YELLOW", 8, None),
    (10.0, "YELLOW", 9, 8),
    (float("nan"), "NO DATA", None, None),
    (9999.0, "NO SALES", None, None),
]


@pytest.mark.parametrize(("cover", "tier", "arrives", "red_in"), REDS)
def test_a_pair_turns_red_when_its_days_left_fall_below(
    cover: float, tier: str, arrives: int | None, red_in: int | None
) -> None:
    """Days left fall by one a day; what arrives before that day keeps it from turning red."""
    day = pd.NaT if arrives is None else pd.Timestamp(TODAY) + pd.Timedelta(days=arrives)
    view = pd.DataFrame({"cover": [cover], "tier": [tier], "next_arrival": pd.Series([day], dtype="datetime64[s]")})
    found = turns_red_on(view, 3.0, TODAY)[0]
    assert (None if pd.isna(found) else (found.date() - TODAY).days) == red_in
