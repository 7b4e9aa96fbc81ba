"""Forecasts of many series: what holds whatever the sales."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from restock.demand import forecast
from restock.demand.series import (
    SeriesForecast,
    TableForecast,
    forecast_panels,
    forecast_table,
    lead_time_quantile,
    learn,
    panel_of,
)
from restock.errors import DomainError

QUANTILES = ["cq0.5", "cq0.9", "cq0.95", "cq0.98"]


def rows(units: np.ndarray, start: str = "2025-01-01", **columns: np.ndarray) -> pd.DataFrame:
    """A table of sales from (n_series, days); further columns have the same shape."""
    count, days = units.shape
    frame = pd.DataFrame(
        {
            "series_id": np.repeat([f"S{k:03d}" for k in range(count)], days),
            "date": np.tile(pd.date_range(start, periods=days), count),
            "qty": units.ravel().astype(float),
        }
    )
    return frame.assign(**{name: values.ravel() for name, values in columns.items()})


def ahead(count: int, days: int, after: str, **columns: np.ndarray) -> pd.DataFrame:
    """What is known of the days ahead."""
    return rows(np.zeros((count, days)), after, **columns).drop(columns="qty")


def drawn(count: int = 30, days: int = 500, seed: int = 1) -> np.ndarray:
    """Poisson sales with weekdays and a yearly wave, (n_series, days)."""
    draw, day = np.random.default_rng(seed), np.arange(days)
    week = np.array([0.7, 0.8, 0.9, 1.0, 1.2, 1.5, 0.9])[day % 7]
    return draw.poisson(draw.gamma(1.0, 6.0, count)[:, None] * week * (1 + 0.4 * np.sin(day / 58.0)))


def parts_of(units: np.ndarray, horizon: int = 28, cut: int | None = None) -> list[SeriesForecast]:
    """The forecast of a whole group, or of two parts of it apart."""
    usable = np.ones(units.shape, bool)
    usable[::5, 30:60] = False
    promo = np.zeros((len(units), units.shape[1] + horizon), bool)
    promo[::2, ::9] = True
    pieces = [slice(None)] if cut is None else [slice(0, cut), slice(cut, None)]
    return forecast_panels([panel_of(units[one], usable[one], horizon, promo=promo[one]) for one in pieces])


@pytest.mark.parametrize("days", [120, 500, 900])
@pytest.mark.parametrize("cut", [1, 11])
def test_two_halves_apart_equal_the_whole(days: int, cut: int) -> None:
    """Parts forecast apart with merged statistics give the numbers of the whole group."""
    units = drawn(24, days)
    (whole,), halves = parts_of(units), parts_of(units, cut=cut)
    for name in ("mean", "quantiles", "variance"):
        apart = np.concatenate([getattr(half, name) for half in halves])
        np.testing.assert_allclose(apart, getattr(whole, name), rtol=1e-9, atol=1e-9)


def test_statistics_of_parts_add_up() -> None:
    """The statistics of two parts are those of the group, and small beside the sales."""
    units, usable = drawn(40, 900), np.ones((40, 900), bool)
    whole = learn([panel_of(units, usable, 28)])[0]
    merged = learn([panel_of(units[:13], usable[:13], 28), panel_of(units[13:], usable[13:], 28)])[0]
    assert whole.keys() == merged.keys()
    for name, values in whole.items():
        np.testing.assert_allclose(merged[name], values, rtol=1e-9, atol=1e-9, err_msg=name)
    assert sum(values.size for values in whole.values()) < 60_000


def test_parts_must_fit() -> None:
    """Parts with different histories are refused."""
    with pytest.raises(DomainError, match="same weeks"):
        learn(
            [
                panel_of(np.ones((1, 30)), np.ones((1, 30), bool), 7),
                panel_of(np.ones((1, 90)), np.ones((1, 90), bool), 7),
            ]
        )


SMALL = arrays(np.float64, st.tuples(st.integers(1, 4), st.integers(1, 120)), elements=st.integers(-5, 60).map(float))


@settings(max_examples=40, deadline=None)
@given(units=SMALL, horizon=st.integers(1, 40))
def test_quantiles_rise_and_nothing_is_missing(units: np.ndarray, horizon: int) -> None:
    """Means and quantiles are finite and not negative; quantiles never fall with the level or the day."""
    made = forecast(rows(units), horizon)
    values = made[QUANTILES].to_numpy().reshape(len(units), horizon, 4)
    assert np.isfinite(values).all()
    assert np.isfinite(made["mean"]).all()
    assert (made["mean"] >= 0).all()
    assert (values >= 0).all()
    assert (np.diff(values, axis=1) >= -1e-9).all()
    assert (np.diff(values, axis=2) >= -1e-9).all()


@settings(max_examples=15, deadline=None)
@given(units=SMALL, seed=st.integers(0, 99))
def test_order_of_rows_does_not_matter(units: np.ndarray, seed: int) -> None:
    """Shuffled rows give the same forecast, to the last bit."""
    table = rows(units)
    shuffled = table.sample(frac=1.0, random_state=seed)
    pd.testing.assert_frame_equal(forecast(table, 14), forecast(shuffled, 14), check_exact=True)


@pytest.mark.parametrize("times", [5, 40])
def test_scaling_units_scales_results(times: int) -> None:
    """Sales of many times as many pieces give that many times the need, to within three percent."""
    units = np.random.default_rng(2).poisson(60, (20, 300)) * 3.0
    plain, scaled = forecast(rows(units), 28), forecast(rows(units * times), 28)
    np.testing.assert_allclose(scaled["mean"], times * plain["mean"], rtol=0.03)
    np.testing.assert_allclose(scaled["cq0.95"], times * plain["cq0.95"], rtol=0.03)


def test_sold_out_days_are_no_demand_of_zero() -> None:
    """A flag "not available" that is not known ahead takes a day out: the level stays what it sold in stock."""
    units, there = np.full((12, 200), 10.0), np.ones((12, 200))
    units[:, 100::2], there[:, 100::2] = 0, 0
    told = forecast(rows(units, available=there), 14)
    untold = forecast(rows(units), 14)
    assert told["mean"].mean() == pytest.approx(10, rel=0.02)
    assert untold["mean"].mean() < 9


def test_closed_days_ahead_sell_nothing() -> None:
    """A day that events mark as closed has mean 0, and its neighbours keep their level."""
    units, there = np.full((12, 210), 10.0), np.ones((12, 210))
    units[:, 6::7], there[:, 6::7] = 0, 0
    coming = np.ones((12, 14))
    coming[:, 6::7] = 0
    made = forecast(rows(units, available=there), 14, ahead(12, 14, "2025-07-30", available=coming))
    mean = made["mean"].to_numpy().reshape(12, 14)
    assert (mean[:, 6::7] == 0).all()
    np.testing.assert_allclose(np.delete(mean, [6, 13], axis=1), 10, rtol=0.02)


def test_promotions_are_learned_from_the_group() -> None:
    """A series that never had a promotion sells more in one as its group does."""
    promo = np.zeros((20, 280))
    promo[:19, 3::9] = 1
    units = np.where(promo > 0, 30.0, 10.0)
    coming = np.zeros((20, 14))
    coming[:, 5] = 1
    made = forecast(rows(units, promo=promo), 14, ahead(20, 14, "2025-10-08", promo=coming))
    mean = made["mean"].to_numpy().reshape(20, 14)
    np.testing.assert_allclose(mean[:19, 5], 30, rtol=0.1)
    assert mean[19, 5] > 15
    np.testing.assert_allclose(mean[:, 1], 10, rtol=0.1)


def test_three_days_in_stock_do_not_explode() -> None:
    """Three in-stock days of 60 among a hundred sold-out ones do not make a level of 60 a day."""
    units, there = np.zeros((1, 100)), np.zeros((1, 100))
    units[0, [10, 50, 90]], there[0, [10, 50, 90]] = 60, 1
    mean = forecast(rows(units, available=there), 14)["mean"].mean()
    assert 100 * 1.8 / 100 <= mean <= 30


def test_bulk_orders_are_capped_and_listed() -> None:
    """A day twenty times the usual peak counts as three peaks, and the reasons say which and how much."""
    units = np.tile([2.0, 4.0, 0.0, 3.0, 5.0, 1.0, 2.0], (1, 30))
    units[0, 200] = 100
    why = forecast_table(rows(units), 14).series.reasons
    assert list(why.capped_series) == [0]
    assert list(why.capped_day) == [9]
    assert list(why.capped_units) == [85]


def test_reasons_name_the_model() -> None:
    """The reasons tell series that never sold, are new, sell seldom or steadily, and count ignored days."""
    units = np.zeros((4, 100))
    units[1, 95:] = 5
    units[2, ::9] = 2
    units[3] = 4
    there = np.ones((4, 100))
    there[3, 40:47] = 0
    table = rows(units, available=there)
    table = table[(table["series_id"] != "S001") | (table["date"] >= "2025-04-06")]
    why = forecast_table(table, 7).series.reasons
    assert list(why.model) == ["none", "few", "seldom", "steady"]
    assert list(why.ignored_days) == [0, 0, 0, 7]
    assert list(why.usable_days) == [100, 5, 100, 93]
    np.testing.assert_allclose(why.profile.mean(axis=1), 1)
    np.testing.assert_allclose(why.weights.sum(axis=1), 1)


@pytest.fixture(scope="module")
def table() -> TableForecast:
    """A forecast of thirty series."""
    return forecast_table(rows(drawn()), 28)


def test_lead_time_without_spread_is_the_quantile(table: TableForecast) -> None:
    """A certain lead time gives the forecast's own quantile of that day."""
    for place, level in enumerate(table.series.levels):
        got = lead_time_quantile(table.series, level, 14)
        np.testing.assert_allclose(got, table.series.quantiles[:, 13, place], rtol=1e-9)


@settings(max_examples=30, deadline=None)
@given(level=st.floats(0.5, 0.995), days=st.floats(0, 60), spread=st.floats(0, 10))
def test_lead_time_quantile_rises(table: TableForecast, level: float, days: float, spread: float) -> None:
    """More service, longer or less certain lead times (above the median) never ask for less."""
    low = lead_time_quantile(table.series, 0.9, days, spread)
    assert (low >= 0).all()
    assert (
        lead_time_quantile(table.series, min(level + 0.004, 0.999), days, spread)
        >= lead_time_quantile(table.series, level, days, spread) - 1e-9
    ).all()
    assert (lead_time_quantile(table.series, 0.9, days, spread + 1) >= low - 1e-9).all()


@pytest.mark.parametrize(
    ("level", "days", "spread"), [(0, 7, 0), (1, 7, 0), (95, 7, 0), (0.9, -1, 0), (0.9, 7, np.nan)]
)
def test_lead_time_is_checked(table: TableForecast, level: float, days: float, spread: float) -> None:
    """A level outside (0, 1) and a negative or missing lead time are refused."""
    with pytest.raises(DomainError):
        lead_time_quantile(table.series, level, days, spread)
