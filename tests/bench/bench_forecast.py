"""Loss, service level and CPU of our forecasts beside those of packages, on the research data, at both origins.

Run: python -m tests.bench.bench_forecast [sets, comma-separated] [--alone]
Peers need the extra `bench` (statsforecast, lightgbm); what is missing is left out. Data: ../shared/data/*.parquet.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import pandas as pd

from restock.demand import forecast
from tests.bench.forecast_peers import peers
from tests.engine.forecast_scores import Forecaster, Score, mean_of_28_days, score

DATA = Path(__file__).parents[3] / "shared" / "data"
KNOWN = {"uci_fast": ("available",), "uci_slow": ("available",), "bakery": ("available",),
         "rossmann": ("promo", "available", "holiday")}  # fmt: skip
TARGETS = {
    "store_item": (0.0158, 0.0158),
    "uci_fast": (0.258, 0.281),
    "uci_slow": (0.408, 0.672),
    "bakery": (0.245, 0.162),
    "stockout_uci": (0.272, 0.327),
}
SHIFTS = (0, 84)
OURS, MEAN, WEEKDAY = "restock", "mean of 28 days", "same weekday"


def same_weekday(history: pd.DataFrame, horizon: int, ahead: pd.DataFrame) -> pd.DataFrame:
    """The naive rule: what the same weekday sold last."""
    last = history["date"].max()
    week = history[history["date"] > last - pd.Timedelta(days=7)].set_index(["series_id", "date"])["qty"]
    back = ((ahead["date"] - last).dt.days + 6) // 7 * 7
    days = pd.MultiIndex.from_arrays([ahead["series_id"], ahead["date"] - pd.to_timedelta(back, unit="D")])
    return ahead[["series_id", "date"]].assign(mean=week.reindex(days).fillna(0.0).to_numpy())


@dataclass(frozen=True)
class Scored:
    """What a model scored on a set, its last day shifted back by some days; None where it failed, with the reason."""

    name: str
    shift: int
    model: str
    score: Score | None
    failure: str = ""

    def line(self) -> str:
        """One row of the printed table."""
        start = f"{self.name:13s} {self.shift:5d}  {self.model:18s}"
        if self.score is None:
            return f"{start} failed: {self.failure}"
        goal = TARGETS.get(self.name, (np.nan, np.nan))[SHIFTS.index(self.shift)]
        return f"{start} {self.score.pinball:8.4f} {goal:8.4f} {self.score.service:8.3f} {self.score.cpu:10.2f}"


def scored(names: list[str], models: dict[str, Forecaster]) -> Iterator[Scored]:
    """Score every model on sets, at both shifts; a peer that fails says so."""
    for name in names:
        sales = pd.read_parquet(DATA / f"{name}.parquet").astype({"series_id": object})
        for shift in SHIFTS:
            for model, forecaster in models.items():
                try:
                    yield Scored(name, shift, model, score(sales, forecaster, KNOWN.get(name, ()), shift))
                except Exception as error:
                    yield Scored(name, shift, model, None, f"{error!r:.60}")


def sets() -> list[str]:
    """Names of the sets that are there."""
    return sorted(path.stem for path in DATA.glob("*.parquet"))


def models_of(alone: bool = False) -> dict[str, Forecaster]:
    """Ours, two simple rules, and the packages that are installed unless `alone`."""
    own: dict[str, Forecaster] = {OURS: forecast, MEAN: mean_of_28_days, WEEKDAY: same_weekday}
    return own if alone else own | peers()


def two_years(series: int = 1000, days: int = 731) -> pd.DataFrame:
    """Poisson sales of a thousand series over two years, in the same draw each time."""
    draw = np.random.default_rng(7)
    wave = 1 + 0.3 * np.sin(np.arange(days) / 58.0)
    units = draw.poisson(draw.gamma(0.8, 6.0, series)[:, None] * wave)
    dates = pd.date_range("2024-01-01", periods=days)
    names = np.repeat([f"S{k:04d}" for k in range(series)], days)
    return pd.DataFrame({"series_id": names, "date": np.tile(dates, series), "qty": units.ravel().astype(float)})


def main(arguments: list[str]) -> None:
    """Print the table, then CPU and memory of a thousand series of two years."""
    wanted = [one for one in arguments if not one.startswith("-")]
    names = wanted[0].split(",") if wanted else sets()
    print(f"{'set':13s} {'shift':>5s}  {'model':18s} {'loss':>8s} {'target':>8s} {'service':>8s} {'CPU s/1000':>10s}")
    for one in scored(names, models_of("--alone" in arguments)):
        print(one.line(), flush=True)
    sales, start = two_years(), time.process_time()
    forecast(sales, 28)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"1,000 series of two years: {time.process_time() - start:.2f} CPU s, peak {peak:.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
