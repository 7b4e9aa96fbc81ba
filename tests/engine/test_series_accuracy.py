"""How well forecasts do on sales that anybody may use (UCI Online Retail, CC0)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from restock.demand import forecast

from .forecast_scores import Score, mean_of_28_days, score

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "xl" / "restock_xl" / "demo" / "online_retail_sales.csv.gz"
SHARED = ROOT.parent / "shared" / "data"
CLOSED_KNOWN = ("available",)


@pytest.fixture(scope="module")
def demo() -> pd.DataFrame:
    """The sales of the demo book, a row for each day from an item's first sale on."""
    if not DEMO.exists():
        pytest.skip("the demo's sales are not part of this installation")
    rows = pd.read_csv(DEMO, parse_dates=["date"])
    rows["series_id"] = rows["sku"].astype(str) + "@" + rows["wh"]
    wide = rows.pivot_table(index="date", columns="series_id", values="qty", aggfunc="sum")
    wide = wide.reindex(pd.date_range(wide.index.min(), wide.index.max(), name="date"))
    sold = wide.fillna(0.0).where(wide.notna().cumsum() > 0)
    return sold.melt(ignore_index=False, value_name="qty").reset_index().dropna(subset="qty")


def test_demo_beats_the_naive_rule(demo: pd.DataFrame) -> None:
    """On the demo's sales the loss is a tenth below the 28-day mean's, and 95 % of stock-ups suffice."""
    ours, naive = score(demo, forecast), score(demo, mean_of_28_days)
    assert ours.pinball < 0.9 * naive.pinball
    assert 0.90 <= ours.service <= 0.98


@pytest.mark.parametrize(
    ("name", "known", "shift", "loss", "service"),
    [
        ("uci_fast", CLOSED_KNOWN, 0, 0.258, 0.93),
        ("uci_fast", CLOSED_KNOWN, 84, 0.281, 0.93),
        ("uci_slow", CLOSED_KNOWN, 0, 0.408, 0.90),
        ("uci_slow", CLOSED_KNOWN, 84, 0.672, 0.90),
        ("stockout_uci", (), 0, 0.272, 0.88),
        ("stockout_uci", (), 84, 0.327, 0.88),
    ],
)
def test_loss_of_14_days(name: str, known: tuple[str, ...], shift: int, loss: float, service: float) -> None:
    """The pinball loss of two weeks' demand and the service level reach what the issue asks, at both origins."""
    path = SHARED / f"{name}.parquet"
    pytest.importorskip("pyarrow", reason="reading the research data needs pyarrow")
    if not path.exists():
        pytest.skip("the research data are not beside this checkout")
    sales = pd.read_parquet(path)
    got: Score = score(sales, forecast, known, shift)
    assert got.pinball <= loss
    assert service <= got.service <= 0.97


def test_seasons_are_found() -> None:
    """Two years of a yearly wave: the coming quarter's rise is foreseen to within a tenth."""
    days = np.arange(760)
    draw = np.random.default_rng(3)
    wave = 1 + 0.6 * np.sin(2 * np.pi * days / 364)
    units = draw.poisson(np.linspace(8, 30, 40)[:, None] * wave[None, :])
    dates = pd.date_range("2024-01-01", periods=760)
    rows = pd.DataFrame(units, index=[f"S{k:02d}" for k in range(40)], columns=dates).stack().reset_index()
    rows.columns = ["series_id", "date", "qty"]
    known, coming = rows[rows["date"] < dates[732]], rows[rows["date"] >= dates[732]]
    made = forecast(known, 28)
    assert made["mean"].sum() == pytest.approx(coming["qty"].sum(), rel=0.1)
