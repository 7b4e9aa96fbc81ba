"""How far off forecasts of past days would have been, beside simple rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from restock.demand import build_history
from restock.demand.accuracy import average_day, backtest, expected_at, known_days, origins_of, same_weekday, seen_again
from restock.demand.accuracy_rows import COLUMNS, MOST_PAIRS, accuracy_rows
from restock.demand.earlier_press import EarlierPress, earlier_press, held_against
from restock.demand.history import History
from restock.demand.pairs import pairs_of
from restock.schema.tables import Tables
from restock.text import Words, say

from .demand_tables import TODAY, book, daily_sales, day, spells
from .plan_books import plan_of, remembered

NO_PRESS = pd.DataFrame({"sku": [], "warehouse": []})


def histories(tables: Tables) -> History:
    return build_history(tables, TODAY, spells())


def profit(tables: Tables) -> np.ndarray[Any, Any]:
    return np.full(len(tables.stock), "profit", object)


def summed(tables: Tables) -> dict[str, float]:
    """The sums of the only pair of a book."""
    made = backtest(tables, profit(tables), seen_again(tables, histories(tables), profit(tables)))
    return {str(name): float(made[name].iloc[0]) for name in made}


def one(units: Sequence[float]) -> Tables:
    """A book with one SKU that sold so many units a day, yesterday last."""
    return book([{"sku": "LAMP"}], daily_sales("LAMP", units))


def rows_of(tables: Tables, press: pd.DataFrame = NO_PRESS) -> pd.DataFrame:
    earlier = earlier_press(pairs_of(tables), tables.stock, press, TODAY)
    history, classes = histories(tables), profit(tables)
    return accuracy_rows(tables, history, classes, earlier, seen_again(tables, history, classes))


@pytest.mark.parametrize(
    ("days", "pairs", "origins"),
    [
        (200, 1, [186, 172, 158, 144]), (200, 5000, [186, 172, 158, 144]), (200, 5001, [186, 172]),
        (70, 1, [56, 42]), (56, 1, [42]), (55, 1, []), (0, 1, []),
    ],
)  # fmt: skip
def test_origins_lie_a_fortnight_apart_with_six_weeks_before(days: int, pairs: int, origins: list[int]) -> None:
    """At most four fortnights, two for very large books, none with fewer than 42 days before it."""
    assert origins_of(days, pairs) == origins


def test_a_constant_series_is_off_by_nothing() -> None:
    """5 a day over 100 days: 4 fortnights of 70, forecast and both rules exact, the simple rule holds 105."""
    sums = summed(one([5.0] * 100))
    assert (sums["windows"], sums["sold"], sums["rule_stock"], sums["level"]) == (4, 280, 420, pytest.approx(3.8))
    assert (sums["average_error"], sums["weekday_error"], sums["held"], sums["rule_held"]) == (0, 0, 4, 4)
    assert sums["error"] == pytest.approx(0, abs=0.5)
    assert sums["made"] == pytest.approx(280, abs=0.5)


def test_rules_by_hand_after_a_jump() -> None:
    """56 days of which the last 14 sell 9 instead of 3: both rules say 42 of 126, and the rule's 63 run out."""
    sums = summed(one([3.0] * 42 + [9.0] * 14))
    assert (sums["windows"], sums["sold"]) == (1, 126)
    assert (sums["average_error"], sums["weekday_error"]) == (84, 84)
    assert (sums["rule_stock"], sums["rule_held"], sums["held"]) == (63, 0, 0)


def test_the_same_weekday_knows_the_week_and_the_average_does_not_lose_it() -> None:
    """14 on Mondays only: whole weeks have the same sum by every rule, a day alone only by its weekday."""
    tables = one([14.0 if day(back).weekday() == 0 else 0.0 for back in range(-70, 0)])
    before = histories(tables)
    ahead = same_weekday(before, average_day(before))[0]
    assert average_day(before).tolist() == [2.0]
    assert ahead.tolist() == [14.0 if day(k).weekday() == 0 else 0.0 for k in range(14)]


def test_the_average_reaches_back_over_days_that_do_not_count() -> None:
    """Ten sold-out days among the last: the mean is of the 28 usable days before yesterday, 20 of 4 and 8 of 11."""
    history = histories(one([4.0] * 50 + [11.0] * 8 + [0.0] * 10))
    usable = history.usable.copy()
    usable[:, -10:] = False
    history = replace(history, usable=usable)
    assert average_day(history).tolist() == [(20 * 4 + 8 * 11) / 28]
    assert same_weekday(history, average_day(history))[0].min() >= 4.0


def test_days_that_do_not_count_are_left_out_on_both_sides() -> None:
    """A fortnight with 7 usable days counts them alone; one with 6 is left out."""
    tables = one([5.0] * 56)
    pairs, history = pairs_of(tables), histories(tables)
    for days, counts, units in ((7, True, 35.0), (6, False, 0.0)):
        usable = history.usable.copy()
        usable[:, 42 + days :] = False
        seen = expected_at(tables, pairs, replace(history, usable=usable), 42, np.array([0.95]))
        assert (bool(seen.counts[0]), float(seen.sold[0]), float(seen.average[0])) == (counts, units, units)
        assert seen.made[0] == pytest.approx(units, abs=0.1)
        assert seen.stock[0] >= seen.made[0] - 0.1


def _shop() -> Tables:
    random = np.random.default_rng(4)
    sales = [row for k in range(6) for row in daily_sales(f"S{k}", random.poisson(2 + k, 120).tolist())]
    return book([{"sku": f"S{k}"} for k in range(6)], sales)


def test_no_forecast_sees_the_days_after_it() -> None:
    """Sales and marks from an origin on, changed at will, leave what was expected on its eve as it was."""
    tables = _shop()
    history, pairs, level = histories(tables), pairs_of(tables), np.full(6, 0.95)
    changed = history.units.copy()
    changed[:, 78:] = 7 * changed[:, 78:] + 3
    usable = history.usable.copy()
    usable[:, 92:] = False
    other = replace(history, units=changed, usable=usable, last_sale=None, later_rows=9)
    first, second = (expected_at(tables, pairs, one, 78, level) for one in (history, other))
    for name in ("counts", "made", "stock", "average", "weekday"):
        assert np.array_equal(getattr(first, name), getattr(second, name)), name
    assert not np.array_equal(first.sold, second.sold)


def test_an_earlier_origin_is_the_last_origin_of_an_earlier_day() -> None:
    """A forecast made again for a past day is the one of a history that ends there."""
    tables = _shop()
    history, pairs, level = histories(tables), pairs_of(tables), np.full(6, 0.95)
    short = replace(history, units=history.units[:, :92], usable=history.usable[:, :92])
    whole, cut = (expected_at(tables, pairs, one, 78, level) for one in (history, short))
    assert np.array_equal(whole.made, cut.made)


def test_days_without_pasted_sales_are_not_compared() -> None:
    """Sales pasted through nine days ago end the history there: the days since did not sell nothing."""
    tables = one([5.0] * 100 + [0.0] * 9)
    sales = tables.sales[tables.sales["qty"] > 0]
    tables = replace(tables, sales=sales)
    assert known_days(histories(tables)) == 100
    sums = summed(tables)
    assert (sums["sold"], sums["weekday_error"]) == (280, 0)


def test_all_is_the_sum_of_its_pairs_and_nothing_is_nan_but_blank() -> None:
    """All adds up the pairs; shares are of the units of all; classes stand between."""
    made = rows_of(_shop())
    assert made["group"].tolist() == ["all", "class"] + ["pair"] * 6
    assert list(made.columns) == list(COLUMNS)
    pairs, total = made[made["group"] == "pair"], made.iloc[0]
    assert total["sold"] == pairs["sold"].sum()
    assert total["windows"] == pairs["windows"].sum() == 24
    assert total["off_by"] == pytest.approx((pairs["off_by"] * pairs["sold"]).sum() / total["sold"], abs=1e-5)
    assert total["too_high"] == pytest.approx((pairs["too_high"] * pairs["sold"]).sum() / total["sold"], abs=1e-5)
    assert total["level"] == 0.95
    assert pairs["sold"].is_monotonic_decreasing
    assert made["reached"].between(0, 1).all()


def test_pairs_stand_by_money_where_every_price_is_known() -> None:
    """The dear one that sells less stands first; without its price it stands by units."""
    sales = daily_sales("CHEAP", [9.0] * 80) + daily_sales("DEAR", [2.0] * 80)
    stock = [{"sku": "CHEAP"}, {"sku": "DEAR"}]
    dear = {"sku": "DEAR", "price": 90.0, "name": "Vase"}
    priced = book(stock, sales, catalog=[{"sku": "CHEAP", "price": 1.0}, dear])
    half = book(stock, sales, catalog=[{"sku": "DEAR", "price": 90.0}])
    assert rows_of(priced)["sku"].tolist()[-2:] == ["DEAR", "CHEAP"]
    assert rows_of(priced)["name"].tolist()[-2:] == ["Vase", ""]
    assert rows_of(half)["sku"].tolist()[-2:] == ["CHEAP", "DEAR"]


def test_many_pairs_end_in_a_row_for_the_rest() -> None:
    """Of 203 pairs 200 have a row, and the last row counts three."""
    names = [f"S{k:03}" for k in range(MOST_PAIRS + 3)]
    tables = book([{"sku": name} for name in names], [row for name in names for row in daily_sales(name, [1.0] * 60)])
    made = rows_of(tables)
    assert (made["group"] == "pair").sum() == MOST_PAIRS
    assert (made.iloc[-1]["group"], made.iloc[-1]["sku"], made.iloc[-1]["windows"]) == ("rest", 3, 3)
    assert made[made["group"] == "pair"]["sku"].tolist() == names[:MOST_PAIRS]


def said(row: pd.Series, name: str = "says", language: str = "en") -> str:
    return " ".join(say(key, Words(language, "USD", TODAY), **params) for key, params in row[name])


def test_what_a_row_means() -> None:
    """No better than a rule, too little history, one fortnight, nothing sold: each in plain words."""
    busy_week = rows_of(one([5.0] * 42 + [12.0] * 7 + [5.0] * 14))
    average = "In the last 2 weeks the forecast was no better than the 28-day average (off by "
    assert said(busy_week.iloc[0]).startswith(average)
    assert said(busy_week.iloc[0], language="zh").startswith("近2周的预测不比28天平均更准")
    rising = rows_of(one([1.0 + at // 7 for at in range(140)]))
    week = "In the last 8 weeks the forecast was no better than the same weekday of the week before (off by "
    assert said(rising.iloc[0]).startswith(week)
    assert said(rows_of(one([3.0] * 60)).iloc[-1]) == "Only one fortnight to compare so far: nothing can be said yet."
    few = rows_of(one([3.0] * 30))
    assert said(few.iloc[0]) == "Too little history: 30 days of sales, 56 are needed. Nothing can be said yet."
    assert len(few) == 1
    sales = daily_sales("OLD", [4.0] * 40 + [0.0] * 70) + daily_sales("NEW", [2.0] * 110)
    gone = book([{"sku": "OLD"}, {"sku": "NEW"}], sales)
    made = rows_of(gone)
    old = made[made["sku"] == "OLD"].iloc[0]
    assert said(old) == "Nothing was sold in the last 8 weeks."
    assert np.isnan(old["off_by"])


def test_a_forecast_that_is_better_says_by_how_much() -> None:
    """Twenty items of which each sells 3 a day by chance: the forecast remembers longer than either rule."""
    random = np.random.default_rng(3)
    sales = [row for k in range(20) for row in daily_sales(f"S{k:02}", random.poisson(3, 200).tolist())]
    total = rows_of(book([{"sku": f"S{k:02}"} for k in range(20)], sales)).iloc[0]
    assert total["off_by"] < total["average_off"] < total["weekday_off"]
    assert abs(total["too_high"]) < 0.05
    assert total["reached"] == pytest.approx(0.95, abs=0.05)
    assert said(total) == (
        f"In the last 8 weeks the forecast was off by {total['off_by']:.0%}, the 28-day average by "
        f"{total['average_off']:.0%}, the same weekday of the week before by {total['weekday_off']:.0%}."
    )


def test_a_forecast_as_good_as_a_rule_is_not_called_better() -> None:
    """A constant series leaves nothing to be better at."""
    expected = "In the last 8 weeks the forecast was as good as the best simple rule, no better (off by 0%)."
    assert said(rows_of(one([5.0] * 100)).iloc[0]) == expected


def test_stock_that_ran_out_too_often_is_said() -> None:
    """Twenty items that all doubled two weeks ago run out of what was planned for a quarter of fortnights and more."""
    sales = [row for k in range(20) for row in daily_sales(f"S{k:02}", [3.0, 4.0] * 45 + [9.0] * 14)]
    total = rows_of(book([{"sku": f"S{k:02}"} for k in range(20)], sales)).iloc[0]
    assert (total["windows"], total["reached"]) == (80, 0.75)
    assert "Stock as planned lasted in 75% of fortnights, 95% was wanted" in said(total)


def test_the_order_of_rows_changes_nothing() -> None:
    """Stock in another order gives the same rows (§16)."""
    tables = _shop()
    turned = replace(tables, stock=tables.stock.iloc[::-1].reset_index(drop=True))
    pd.testing.assert_frame_equal(rows_of(tables), rows_of(turned))


def test_without_sales_there_are_no_rows() -> None:
    """A book without sales, and one whose sales are all returns, has nothing to compare."""
    assert rows_of(book([{"sku": "LAMP", "daily_sales": 4.0}])).empty
    assert rows_of(one([-2.0] * 90)).empty


# what an earlier press forecast


def press_row(**cells: Any) -> pd.DataFrame:
    return pd.DataFrame([{"sku": "LAMP", "warehouse": "US-LA", "daily": 5.0, "earlier_daily": np.nan,
                          "earlier_on": pd.NaT, **cells}])  # fmt: skip


def found(remembered_rows: pd.DataFrame, units: Sequence[float] = (6.0,) * 60) -> tuple[EarlierPress, pd.Series]:
    tables = one(units)
    press = earlier_press(pairs_of(tables), tables.stock, remembered_rows, TODAY)
    history = histories(tables)
    return press, held_against(press, history, known_days(history)).iloc[0]


def test_a_press_a_week_ago_is_held_against_sales() -> None:
    """5 a day planned 10 days ago, 6 a day sold: 50 against 60."""
    press, since = found(press_row(pressed_on=pd.Timestamp(day(-10))))
    assert press.on[0] == np.datetime64(day(-10))
    assert (since["planned"], since["sold"], since["days"]) == (50, 60, 10)
    row = rows_of(one([6.0] * 70), press_row(pressed_on=pd.Timestamp(day(-10)))).iloc[-1]
    assert said(row, "earlier") == "Since 13 Nov: 50 planned, 60 sold (10 days)."


@pytest.mark.parametrize(
    ("pressed", "kept", "taken"),
    [
        (-7, None, -7), (-1, None, -1), (0, None, None), (-1, -3, -3), (0, -10, -10), (-8, -10, -8), (-1, -27, -27),
        (-1, -28, -1), (0, -40, -40), (3, None, None),
    ],
)  # fmt: skip
def test_which_press_is_held_against_sales(pressed: int, kept: int | None, taken: int | None) -> None:
    """The last press from a week back on; else the one kept, for four weeks; else the last before today."""
    cells: dict[str, Any] = {"pressed_on": pd.Timestamp(day(pressed))}
    if kept is not None:
        cells |= {"earlier_on": pd.Timestamp(day(kept)), "earlier_daily": 4.0}
    press, _ = found(press_row(**cells))
    assert press.on[0] == np.datetime64(day(taken) if taken is not None else "NaT", "D") or taken is None
    assert np.isnat(press.on[0]) == (taken is None)
    assert np.isnan(press.daily[0]) == (taken is None)


def test_fewer_than_seven_days_say_nothing() -> None:
    """Six days after a press nothing is compared, nor where the press lies before the history."""
    assert np.isnan(found(press_row(pressed_on=pd.Timestamp(day(-6))))[1]["planned"])
    assert np.isnan(found(press_row(pressed_on=pd.Timestamp(day(-90))))[1]["planned"])
    assert np.isnan(found(press_row(pressed_on=pd.Timestamp(day(-9)), daily=np.nan))[1]["planned"])


def test_a_history_sheet_of_an_older_version_is_enough() -> None:
    """Without the columns of an earlier press the last press alone is taken."""
    row = press_row(pressed_on=pd.Timestamp(day(-9))).drop(columns=["earlier_daily", "earlier_on"])
    assert found(row)[0].on[0] == np.datetime64(day(-9))


def test_pressing_every_day_keeps_one_press_until_it_says_something() -> None:
    """Presses on ten days in a row: from the eighth on each pair is held against the first."""
    stock = [{"sku": "LAMP", "on_hand": 500}]
    first = TODAY - dt.timedelta(9)
    previous, shown = None, []
    for offset in range(10):
        today = first + dt.timedelta(offset)
        sales = [{"date": today - dt.timedelta(back), "sku": "LAMP", "qty": 6} for back in range(1, 71)]
        plan = plan_of(today, previous, Stock=stock, Sales=sales)
        again = plan_of(today, remembered(plan), Stock=stock, Sales=sales)
        pd.testing.assert_frame_equal(plan.accuracy, again.accuracy)
        pd.testing.assert_frame_equal(plan.history, again.history)
        previous = remembered(plan)
        shown.append(bool(plan.accuracy.iloc[-1]["earlier"]))
    assert shown == [False] * 7 + [True] * 3
