"""Forecasters of other packages: statsforecast's, and one LightGBM model over all series."""

from __future__ import annotations

import importlib.util
from typing import Any

import numpy as np
import pandas as pd

from tests.engine.forecast_scores import HORIZON, LEAD, QUANTILES, Forecaster

STATSFORECAST = ("CrostonSBA", "TSB", "SimpleExponentialSmoothingOptimized", "ADIDA", "IMAPA", "WindowAverage")
ARGUMENTS: dict[str, dict[str, Any]] = {"TSB": {"alpha_d": 0.1, "alpha_p": 0.1}, "WindowAverage": {"window_size": 28}}
LOOK_BACK = pd.Timedelta(days=730)
MEANS = (7, 14, 28, 56, 91, 182, 364)
MOST_ROWS = 90_000


def peers() -> dict[str, Forecaster]:
    """The peers whose packages are installed, by name."""
    found: dict[str, Forecaster] = {}
    if importlib.util.find_spec("statsforecast"):
        found |= {name: _statsforecast(name) for name in STATSFORECAST}
    if importlib.util.find_spec("lightgbm"):
        found["LightGBM"] = lightgbm
    return found


def _statsforecast(name: str) -> Forecaster:
    def forecaster(history: pd.DataFrame, horizon: int, ahead: pd.DataFrame) -> pd.DataFrame:
        import statsforecast.models as models
        from statsforecast import StatsForecast

        recent = history[history["date"] > history["date"].max() - LOOK_BACK]
        rows = recent[["series_id", "date", "qty"]].set_axis(["unique_id", "ds", "y"], axis=1).astype({"y": float})
        model = getattr(models, name)(**ARGUMENTS.get(name, {}))
        fitted = StatsForecast(models=[model], freq="D", n_jobs=1, fallback_model=models.WindowAverage(7))
        made = fitted.forecast(df=rows, h=horizon)
        value = next(column for column in made.columns if column not in ("unique_id", "ds"))
        return made.rename(columns={"unique_id": "series_id", "ds": "date", value: "mean"})

    return forecaster


def lightgbm(history: pd.DataFrame, horizon: int, ahead: pd.DataFrame) -> pd.DataFrame:
    """A direct Tweedie model of days and quantile models of the 14-day sum, over all series at once."""
    import lightgbm as trees

    panel = _Panel(history, ahead)
    origins = panel.origins()
    day = [panel.days(origin) for origin in origins]
    total = [panel.sums(origin) for origin in origins]
    features, units, scale = (np.concatenate(column) for column in zip(*day, strict=True))
    quiet = {"num_threads": 1, "verbose": -1, "seed": 1, "bagging_fraction": 0.7, "bagging_freq": 1}
    daily = trees.train(
        {"objective": "tweedie", "tweedie_variance_power": 1.2, "num_leaves": 31, "min_data_in_leaf": 100,
         "feature_fraction": 0.7, "learning_rate": 0.1, **quiet},
        trees.Dataset(features, units, weight=scale), 120,
    )  # fmt: skip
    coming, _, level = panel.days(panel.last, known=False)
    mean = (np.maximum(daily.predict(coming), 0) * level).reshape(-1, horizon) * panel.open[:, panel.last :]
    through = np.cumsum(mean, axis=1)
    features, units, scale = (np.concatenate(column) for column in zip(*total, strict=True))
    coming, _, level = panel.sums(panel.last, known=False)
    frame, highest = ahead[["series_id", "date"]].assign(mean=mean.ravel()), np.zeros(len(mean))
    for chance in QUANTILES:
        model = trees.train(
            {"objective": "quantile", "alpha": chance, "num_leaves": 12, "min_data_in_leaf": 60,
             "feature_fraction": 0.6, "learning_rate": 0.08, **quiet},
            trees.Dataset(features, units, weight=scale), 80,
        )  # fmt: skip
        highest = np.maximum(highest, np.maximum(model.predict(coming), 0) * level)
        curve = through * (highest / np.maximum(through[:, LEAD - 1], 1e-9))[:, None]
        curve[:, LEAD - 1] = highest
        frame[f"cq{chance:g}"] = curve.ravel()
    return frame


class _Panel:
    """Series as arrays with the features that trees are given."""

    def __init__(self, history: pd.DataFrame, ahead: pd.DataFrame) -> None:
        wide = history.pivot(index="series_id", columns="date", values="qty")
        self.units, self.last = wide.to_numpy(float), wide.shape[1]
        days = wide.columns.append(pd.DatetimeIndex(np.sort(ahead["date"].unique())))
        self.date = pd.DatetimeIndex(days)
        both = pd.concat([history, ahead])
        shape = (len(wide), len(days))

        def column(name: str, default: float) -> np.ndarray:
            if name not in ahead:
                return np.full(shape, default)
            return both.pivot(index="series_id", columns="date", values=name).fillna(default).to_numpy(float)

        self.open, self.promo, self.holiday = column("available", 1), column("promo", 0), column("holiday", 0)
        self.seen = np.where(self.open[:, : self.last] > 0, self.units, np.nan)
        self.sold_out = "available" in history and "available" not in ahead
        if self.sold_out:
            stock = history.pivot(index="series_id", columns="date", values="available").fillna(1).to_numpy()
            self.seen = np.where(stock > 0, self.seen, np.nan)

    def origins(self) -> list[int]:
        """Weekly origins of the latest year and a half, no more than `MOST_ROWS` allow."""
        every = list(range(self.last - HORIZON, max(60, self.last - HORIZON - 546), -7))
        most = max(6, min(len(every), MOST_ROWS // (len(self.units) * HORIZON)))
        return [every[place] for place in np.unique(np.linspace(0, len(every) - 1, most).astype(int))]

    def state(self, origin: int) -> tuple[np.ndarray, np.ndarray]:
        """What is known of each series before an origin, (n_series, n_features), and its scale."""
        before = self.seen[:, :origin]
        means = [_mean(before[:, -days:]) for days in MEANS]
        scale = np.nan_to_num(means[2]) + 0.05 * np.nan_to_num(_mean(before)) + 0.02
        sold = before > 0
        since = np.where(sold.any(axis=1), np.argmax(sold[:, ::-1], axis=1), origin)
        age = np.minimum((~np.isnan(self.units[:, :origin])).sum(axis=1), 730)
        rest = [_mean((before[:, -56:] > 0).astype(float)), since, age, np.log(scale)]
        return np.column_stack([*(mean / scale for mean in means), *rest]), scale

    def days(self, origin: int, known: bool = True) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Features, scaled units and scale of every series and day after an origin."""
        state, scale = self.state(origin)
        step = np.arange(HORIZON)
        when = self.date[origin : origin + HORIZON]
        recent = np.stack([self._weekday(origin, day, weeks) for day in step for weeks in (2, 4, 13)], axis=1)
        recent = recent.reshape(len(state), HORIZON, 3) / scale[:, None, None]
        calendar = np.column_stack([step, when.day_of_week, when.day_of_year, when.day])
        flags = [grid[:, origin : origin + HORIZON] for grid in (self.promo, self.open, self.holiday)]
        features = np.concatenate(
            [
                np.repeat(state[:, None], HORIZON, axis=1),
                recent,
                np.stack([self._last_year(origin, scale), *flags], axis=2),
                np.repeat(calendar[None], len(state), axis=0),
            ],
            axis=2,
        ).reshape(len(state) * HORIZON, -1)
        weight = np.repeat(scale, HORIZON)
        if not known:
            return features, np.empty(0), weight
        units = self.seen[:, origin : origin + HORIZON].ravel()
        there = ~np.isnan(units)
        return features[there], units[there] / weight[there], weight[there]

    def sums(self, origin: int, known: bool = True) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Features, scaled units and scale of every series' demand of LEAD days after an origin."""
        state, scale = self.state(origin)
        ahead = slice(origin, origin + LEAD)
        flags = [grid[:, ahead].sum(axis=1) for grid in (self.promo, self.open)]
        season = [_mean(self._last_year(origin, scale)[:, :LEAD]), np.full(len(state), self.date[origin].day_of_year)]
        features = np.column_stack([state, *flags, *season])
        if not known:
            return features, np.empty(0), scale
        units = self.seen[:, ahead]
        there = (~np.isnan(units)).sum(axis=1) >= 5
        total = np.nansum(units, axis=1)
        if self.sold_out:
            total *= LEAD / np.maximum((~np.isnan(units)).sum(axis=1), 1)
        return features[there], total[there] / scale[there], scale[there]

    def _weekday(self, origin: int, day: int, weeks: int) -> np.ndarray:
        latest = origin + day - 7 * (day // 7 + 1)
        return _mean(self.seen[:, np.arange(latest, -1, -7)[:weeks]])

    def _last_year(self, origin: int, scale: np.ndarray) -> np.ndarray:
        """The same fortnight of last year over the four weeks before it, (n_series, HORIZON); NaN without."""
        start = origin - 364
        if start < 28:
            return np.full((len(scale), HORIZON), np.nan)
        level = np.maximum(_mean(self.seen[:, start - 28 : start]), 1e-3)
        around = [_mean(self.seen[:, max(start + day - 7, 0) : start + day + 8]) for day in range(HORIZON)]
        return np.stack(around, axis=1) / level[:, None]


def _mean(grid: np.ndarray) -> np.ndarray:
    """Mean over what is known of each row, (n_rows,); NaN where nothing is."""
    known = ~np.isnan(grid)
    count = known.sum(axis=1)
    total = np.where(known, grid, 0.0).sum(axis=1)
    return np.divide(total, count, out=np.full(len(grid), np.nan), where=count > 0)
