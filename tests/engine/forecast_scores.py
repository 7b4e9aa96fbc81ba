"""Rolling-origin scores of forecasts of daily sales, as in the research: pinball loss of 14 days of demand."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

HORIZON, ORIGINS, LEAD = 28, 3, 14
QUANTILES = (0.5, 0.9, 0.95, 0.98)
Z_SCORES = (0.0, 1.2815516, 1.6448536, 2.0537489)
FEWEST_DAYS = 14

Forecaster = Callable[[pd.DataFrame, int, pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True)
class Split:
    """History up to an origin, what is known of the days ahead, and what sold then, (n_series, HORIZON)."""

    history: pd.DataFrame
    ahead: pd.DataFrame
    sold: np.ndarray


@dataclass(frozen=True)
class Score:
    """Pinball loss as a share of demand, service level at the .95 stock, CPU seconds per 1,000 series."""

    pinball: float
    service: float
    cpu: float


def splits(sales: pd.DataFrame, known: tuple[str, ...] = (), shift: int = 0) -> Iterator[Split]:
    """Three origins, four weeks apart; the last horizon ends `shift` days before the last date.

    Args:
        sales: series_id, date, qty and more; every series has a row on every day from its first on. `qty_true`
            is what would have sold without stock-outs, where that is known.
        known: Columns known ahead.
        shift: Days.
    """
    last = sales["date"].max() - pd.Timedelta(days=shift)
    truth = "qty_true" if "qty_true" in sales else "qty"
    for back in range(ORIGINS, 0, -1):
        origin = last - pd.Timedelta(days=HORIZON * back)
        history = sales[sales["date"] <= origin]
        days = history.groupby("series_id").size()
        members = sales["series_id"].isin(days.index[days >= FEWEST_DAYS])
        after = (sales["date"] > origin) & (sales["date"] <= origin + pd.Timedelta(days=HORIZON))
        test = sales[members & after].sort_values(["series_id", "date"]).reset_index(drop=True)
        sold = test[truth].to_numpy(float).reshape(-1, HORIZON)
        history = history[members.loc[history.index]].drop(columns=["qty_true"], errors="ignore")
        yield Split(history.reset_index(drop=True), test[["series_id", "date", *known]], sold)


def score(sales: pd.DataFrame, forecaster: Forecaster, known: tuple[str, ...] = (), shift: int = 0) -> Score:
    """The score over the three origins; without quantiles of its own a forecaster gets z x sd x sqrt(days)."""
    sold, stock, cpu = [], [], 0.0
    for split in splits(sales, known, shift):
        start = time.process_time()
        made = forecaster(split.history, HORIZON, split.ahead.copy())
        cpu += time.process_time() - start
        made = split.ahead[["series_id", "date"]].merge(made, how="left", on=["series_id", "date"])
        sold.append(split.sold[:, :LEAD].sum(axis=1))
        stock.append(_stock(made, split.history))
    demand, levels = np.concatenate(sold), np.concatenate(stock)
    short = demand[:, None] - levels
    loss = np.maximum(np.array(QUANTILES) * short, (np.array(QUANTILES) - 1) * short)
    service = float(np.mean(short[:, QUANTILES.index(0.95)] <= 1e-9))
    return Score(2 * float(loss.sum(axis=0).mean() / demand.sum()), service, cpu / len(demand) * 1000)


def _stock(made: pd.DataFrame, history: pd.DataFrame) -> np.ndarray:
    """Quantiles of the demand of LEAD days, (n_series, n_quantiles)."""
    if "cq0.95" in made:
        through = made[[f"cq{level:g}" for level in QUANTILES]].to_numpy(float)
        return np.maximum(through.reshape(-1, HORIZON, len(QUANTILES))[:, LEAD - 1], 0.0)
    mean = np.nan_to_num(made["mean"].to_numpy(float)).reshape(-1, HORIZON).clip(0)[:, :LEAD].sum(axis=1)
    recent = history.groupby("series_id", sort=True)["qty"].apply(lambda qty: np.std(qty.to_numpy()[-91:]))
    spread = recent.to_numpy(float)[:, None] * np.sqrt(LEAD)
    return np.maximum(mean[:, None] + np.array(Z_SCORES) * spread, 0.0)


def mean_of_28_days(history: pd.DataFrame, horizon: int, ahead: pd.DataFrame) -> pd.DataFrame:
    """The naive rule: the mean of the latest 28 days."""
    recent = history[history["date"] > history["date"].max() - pd.Timedelta(days=28)]
    return ahead[["series_id", "date"]].assign(
        mean=ahead["series_id"].map(recent.groupby("series_id")["qty"].mean()).fillna(0.0)
    )
