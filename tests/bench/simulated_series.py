"""Real series as worlds: UCI Online Retail (CC0), with assumed lead times, margins and cartons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from restock.ledger import Previous
from restock.schema.settings import Settings
from restock.simulate.frames import sales_frame, tables_of
from restock.simulate.own_history import own_world
from restock.simulate.world import World
from restock_xl.demo.build import load_sales

DATA = Path(__file__).parents[3] / "shared" / "data"
LEAD_DAYS, LEAD_SD, REVIEW_DAYS = 14.0, 3.0, 14.0
COST_SHARE = 0.5
"""Cost as a share of price; the rest is margin."""


def series_worlds() -> Iterator[tuple[str, World]]:
    """Name and world of each set of series: the package's own, and those of ../shared/data where these are."""
    sales = load_sales()
    yield "online_retail", _world(sales.rename(columns={"wh": "warehouse"}))
    for name in ("uci_fast", "uci_slow"):
        path = DATA / f"{name}.parquet"
        if path.exists():
            frame = pd.read_parquet(path).rename(columns={"series_id": "sku"}).assign(warehouse="Main")
            yield name, _world(frame.astype({"sku": str}))


def _world(sales: pd.DataFrame) -> World:
    """The last year of sales, every SKU from one supplier 14 days away."""
    daily = sales.pivot_table(index=["sku", "warehouse"], columns="date", values="qty", aggfunc="sum", observed=True)
    days = pd.date_range(daily.columns.min(), daily.columns.max())
    units = np.maximum(daily.reindex(columns=days).fillna(0.0).to_numpy(float), 0.0)
    sku, warehouse = (list(daily.index.get_level_values(level)) for level in (0, 1))
    prices = sales.groupby("sku", observed=True)["price"].median()
    names, sites = sorted(set(sku)), sorted(set(warehouse))
    price = prices.reindex(names).to_numpy(float)
    tables = tables_of(
        {"sku": sku, "warehouse": warehouse, "on_hand": np.zeros(len(sku))},
        Settings(check_in_days=0.0, review_days=REVIEW_DAYS),
        catalog={"sku": names, "price": price, "cost": price * COST_SHARE, "supplier": ["Maker"] * len(names)},
        warehouses={"warehouse": sites},
        suppliers={
            "supplier": ["Maker"], "production_days": np.array([LEAD_DAYS]), "production_sd": np.array([LEAD_SD]),
        },
        routes={
            "from": ["Maker"] * len(sites), "to": sites, "mode": ["land"] * len(sites),
            "days": np.zeros(len(sites)), "days_sd": np.zeros(len(sites)),
        },
    )  # fmt: skip
    sold = sales_frame(sku, warehouse, days.to_numpy(), units, np.ones(units.shape, bool))
    last = days[-1].date() + pd.Timedelta(days=1)
    return own_world(replace(tables, sales=sold[sold["qty"] > 0]), last, Previous.none().sold_out).world
