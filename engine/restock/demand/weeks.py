"""Forecast against actual, week by week: what was made before each week beside what it sold, and the weeks ahead."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from restock.demand.accuracy import Expected
from restock.demand.history import History
from restock.demand.outlook import Forecast

COLUMNS = ("week", "sold", "made", "ahead")
WEEKS_AHEAD = 8
_DECIMALS = 6


def forecast_weeks(history: History, seen: list[Expected], forecast: Forecast, today: dt.date) -> pd.DataFrame:
    """Return the weeks that were forecast on an earlier day and those to come, oldest first, columns `COLUMNS`.

    `week` is its first day (datetime64[s]). `sold` and `made` are units of past weeks, both over the days that count
    for the accuracy: no shows, no days without stock, only pairs with enough history. `ahead` is the forecast of the
    same pairs, shows apart. NaN where a column does not speak of a week. No row where nothing could be compared.

    Args:
        seen: The forecasts made again, the latest first (restock.demand.accuracy).
        forecast: Today's.
        today: Day 0 (§1).
    """
    judged = [one for one in seen if one.counts.any()]
    if not judged:
        return pd.DataFrame(columns=list(COLUMNS))
    rows = [
        (history.start + dt.timedelta(one.origin + 7 * week), sold, made, np.nan)
        for one in reversed(judged)
        for week, (sold, made) in enumerate(one.weeks.tolist())
    ]
    normal = np.nan_to_num(forecast.baseline[judged[0].counts])
    weeks = min(WEEKS_AHEAD, normal.shape[1] // 7)
    ahead = normal[:, : 7 * weeks].reshape(len(normal), weeks, 7).sum(axis=(0, 2)).round(_DECIMALS)
    rows += [(today + dt.timedelta(7 * week), np.nan, np.nan, units) for week, units in enumerate(ahead.tolist())]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame["week"] = pd.to_datetime(frame["week"]).astype("datetime64[s]")
    return frame
