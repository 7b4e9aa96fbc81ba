"""Tables of sales in any state give a forecast, and what was mended is counted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from restock.demand import forecast
from restock.demand.series.reading import LONGEST_DAYS
from restock.errors import DomainError


def sales(days: int = 60, start: str = "2026-01-01", **columns: Any) -> pd.DataFrame:
    """One series with 0 to 4 sold a day."""
    dates = pd.date_range(start, periods=days)
    return pd.DataFrame({"series_id": "A", "date": dates, "qty": np.arange(days) % 5.0}).assign(**columns)


def with_cell(column: str, value: Any) -> pd.DataFrame:
    """The same with one odd cell."""
    table = sales().astype({"qty": object})
    table.loc[20, column] = value
    return table


def known(name: str, value: Any, series: str = "A") -> pd.DataFrame:
    """What is known of four weeks ahead."""
    dates = pd.date_range("2026-03-02", periods=28)
    return pd.DataFrame({"series_id": series, "date": dates, name: value})


TABLES = {
    "nothing": pd.DataFrame(),
    "no rows": sales().iloc[:0],
    "one day": sales(1),
    "all zero": sales(qty=0),
    "constant": sales(qty=7),
    "twenty years": sales(7305, "2006-03-01"),
    "not a number": with_cell("qty", np.nan),
    "infinite": with_cell("qty", np.inf),
    "beyond any number": sales(qty=1e300),
    "text": with_cell("qty", "twelve"),
    "no date": with_cell("date", pd.NaT),
    "no name": with_cell("series_id", None),
    "all returned": sales(qty=-3),
    "names of two types": pd.concat([sales(), sales(series_id=5)]),
    "categories": sales().astype({"series_id": "category"}),
    "time zone": sales().assign(date=lambda rows: rows["date"].dt.tz_localize("UTC")),
    "dates as text": sales().assign(date=lambda rows: rows["date"].astype(str)),
    "never in stock": sales(available=0),
    "no column of quantities": sales().drop(columns="qty"),
}
EVENTS = {
    "none": None,
    "empty": pd.DataFrame(),
    "empty columns": pd.DataFrame(columns=["series_id", "date", "promo"]),
    "blank": known("available", np.nan),
    "another series": known("promo", 1, "B"),
    "always closed": known("available", 0),
}


@pytest.mark.parametrize("ahead", EVENTS.values(), ids=EVENTS)
@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_any_table_gives_numbers(table: pd.DataFrame, ahead: pd.DataFrame | None) -> None:
    """Whatever the table, every series has a finite forecast of every day."""
    made = forecast(table, 28, ahead)
    assert len(made) % 28 == 0
    numbers = made.drop(columns=["series_id", "date"]).to_numpy(float)
    assert np.isfinite(numbers).all()
    assert (numbers >= 0).all()


def test_returns_are_netted_by_day() -> None:
    """A return lowers its day, at most to 0, and days below 0 are counted."""
    back = sales(1, "2026-02-10").assign(qty=-50.0)
    small = sales(1, "2026-02-08").assign(qty=-1.0)
    made = forecast(pd.concat([sales(), back, small]), 7)
    plain = sales()
    plain.loc[40, "qty"], plain.loc[38, "qty"] = 0.0, 2.0
    pd.testing.assert_frame_equal(made, forecast(plain, 7), check_exact=True)
    assert made.attrs["report"] == {
        "returns_below_zero": 1, "duplicate_days": 2, "unreadable": 0, "after_origin": 0, "too_old": 0
    }  # fmt: skip


def test_duplicate_days_are_summed() -> None:
    """Two rows of a day count as their sum."""
    doubled = pd.concat([sales(), sales()])
    twice = sales().assign(qty=lambda rows: rows["qty"] * 2)
    np.testing.assert_allclose(forecast(doubled, 7)["mean"], forecast(twice, 7)["mean"])
    assert forecast(doubled, 7).attrs["report"]["duplicate_days"] == 60


def test_gaps_are_zeros_inside_the_selling_period_only() -> None:
    """Days without a row count as 0 after the first row, not before it."""
    whole = pd.concat([sales(), sales(series_id="B")])
    gaps = whole[(whole["qty"] > 0) | whole["date"].isin(pd.to_datetime(["2026-01-01", "2026-03-01"]))]
    np.testing.assert_allclose(forecast(gaps, 7)["mean"], forecast(whole, 7)["mean"])
    late = pd.concat([sales(), sales(10, "2026-02-20").assign(series_id="B", qty=6.0)])
    mean = forecast(late, 7).groupby("series_id")["mean"].mean()
    assert mean["B"] > 4


def test_days_between_the_last_row_and_the_forecast_are_unknown() -> None:
    """A forecast that starts three months after the last row of any series does not take them for zeros."""
    far = known("promo", 0).assign(date=lambda rows: rows["date"] + pd.Timedelta(days=92))
    assert forecast(sales(), 28, far)["mean"].mean() == pytest.approx(2, rel=0.1)


def test_rows_after_the_origin_are_left_out() -> None:
    """Rows dated on days that are being forecast are counted and not read."""
    later = sales(5, "2026-03-10").assign(qty=99.0)
    made = forecast(pd.concat([sales(), later]), 28, known("promo", 0))
    np.testing.assert_array_equal(made["mean"], forecast(sales(), 28, known("promo", 0))["mean"])
    assert made.attrs["report"]["after_origin"] == 5


def test_old_rows_are_counted() -> None:
    """Of twenty years the latest four are used."""
    assert forecast(sales(7305, "2006-03-01"), 7).attrs["report"]["too_old"] == 7305 - LONGEST_DAYS


def test_names_stand_in_order_with_every_day() -> None:
    """Rows are sorted by series and date, series known ahead only included."""
    made = forecast(pd.concat([sales(series_id="C"), sales()]), 28, known("promo", 0, "B"))
    assert list(made["series_id"].unique()) == ["A", "B", "C"]
    assert list(made["date"][:28]) == list(pd.date_range("2026-03-02", periods=28))
    assert (made.loc[made["series_id"] == "B", "mean"] == 0).all()


def test_a_horizon_has_a_day() -> None:
    """A horizon of 0 days is refused."""
    with pytest.raises(DomainError, match="at least 1 day"):
        forecast(sales(), 0)
