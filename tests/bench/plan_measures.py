"""Tables of a large book in memory, and what a plan of them costs in this process."""

from __future__ import annotations

import datetime as dt
import json
import resource
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from restock.plan import make_plan
from restock.replenish import project
from restock.schema.frames import frame
from restock.schema.inputs import INPUT_TABLES
from restock.schema.settings import Settings
from restock.schema.tables import Tables
from restock_xl.collector import collector_paused

TODAY = dt.date(2026, 11, 23)
DAYS = 90
PLACES = ("US-LA", "DE-HAM", "JP-OSA", "UK-LON", "SG", "US-NY", "FR-PAR", "IT-MIL", "ES-MAD", "PL-WAW")


def tables(skus: int, places: int, seed: int = 1) -> Tables:
    """Checked tables of a book with typed daily sales, two shipments on the way for a third of it, and every term."""
    draw = np.random.default_rng(seed)
    n = skus * places
    names = np.array([f"S-{k:05}" for k in range(skus)], dtype=object)
    sku, place = np.repeat(names, places), np.tile(np.array(PLACES[:places], dtype=object), skus)
    daily = np.round(np.exp(draw.normal(0.5, 1.2, n)), 1)
    stock = pd.DataFrame({
        "sku": sku, "warehouse": place, "on_hand": np.round(daily * draw.uniform(0, 90, n)), "daily_sales": daily,
        "typed_sku": sku, "typed_warehouse": place,
    })  # fmt: skip
    at = draw.choice(n, n // 3, replace=False)
    inbound = pd.DataFrame({
        "document": [f"PO-{k}" for k in range(len(at))], "sku": sku[at], "warehouse": place[at],
        "ordered": np.ceil(daily[at] * 40),
        "sellable_on": pd.Timestamp(TODAY) + pd.to_timedelta(draw.integers(-5, 60, len(at)), unit="D"),
    })  # fmt: skip
    cost = np.round(draw.uniform(1, 20, skus), 2)
    suppliers = [f"Supplier {k}" for k in range(20)]
    catalog = pd.DataFrame({
        "sku": names, "cost": cost, "price": cost * 2.5, "supplier": draw.choice(suppliers, skus),
        "case_pack": draw.choice([1.0, 6.0, 12.0, 24.0], skus), "moq": draw.choice([1.0, 50.0, 200.0], skus),
    })  # fmt: skip
    routes = [
        {"from": origin, "to": end, "mode": mode, "days": days, "cost_per_unit": freight}
        for origin in suppliers for end in PLACES[:places]
        for mode, days, freight in (("sea", 33.0, 0.3), ("air", 8.0, 2.0))
    ] + [
        {"from": one, "to": two, "mode": "land", "days": 6.0, "cost_per_unit": 0.8, "cost_per_shipment": 5.0}
        for one in PLACES[:places] for two in PLACES[:places] if one != two
    ]  # fmt: skip
    given = {
        "Stock": stock, "Inbound": inbound, "Catalog": catalog, "Routes": pd.DataFrame(routes),
        "Suppliers": pd.DataFrame({"supplier": suppliers, "production_days": 12.0}),
        "Warehouses": pd.DataFrame({"warehouse": PLACES[:places], "country": [name[:2] for name in PLACES[:places]]}),
    }  # fmt: skip
    others = [name for name in INPUT_TABLES if name not in ("Settings", "Sales", "SkuMap")]
    made = {name: _filled(name, given.get(name)) for name in others}
    made["Stock"] = made["Stock"].assign(typed_sku=sku, typed_warehouse=place, row=np.arange(4, n + 4))
    made["Warehouses"] = made["Warehouses"].assign(region="us")
    return Tables(
        stock=made["Stock"], unplanned=pd.DataFrame(columns=["sku", "warehouse", "cell", "problem"]),
        sales=_no_sales(), inbound=made["Inbound"], livestreams=made["Livestreams"], catalog=made["Catalog"],
        bundles=made["Bundles"], warehouses=made["Warehouses"], suppliers=made["Suppliers"], routes=made["Routes"],
        events=made["Events"], settings=Settings(), problems=[],
    )  # fmt: skip


def _filled(name: str, given: pd.DataFrame | None) -> pd.DataFrame:
    """A table with every column of its kind, blank where nothing is given."""
    rows = len(given) if given is not None else 0
    blank = frame(INPUT_TABLES[name], [{}] * rows)
    for column in () if given is None else given.columns:
        blank[column] = given[column].astype(blank[column].dtype).to_numpy() if column in blank else given[column]
    return blank.assign(row=np.arange(4, rows + 4))


def _no_sales() -> pd.DataFrame:
    nothing = frame(INPUT_TABLES["Sales"], [])
    return nothing.assign(sku=nothing["sku"].astype("category"), warehouse=nothing["warehouse"].astype("category"))


def timed(run: Callable[[], object], repeats: int) -> tuple[float, float]:
    """Median CPU and wall seconds."""
    cpu, wall = [], []
    for _ in range(repeats):
        start, began = time.process_time(), time.perf_counter()
        run()
        cpu.append(time.process_time() - start)
        wall.append(time.perf_counter() - began)
    return statistics.median(cpu), statistics.median(wall)


def measure(skus: int, places: int, repeats: int) -> dict[str, Any]:
    """CPU and wall seconds of a plan, of the bare projection and of the floor, in this process, and its memory."""
    book = tables(skus, places)
    n, draw = skus * places, np.random.default_rng(2)
    demand, arrivals = draw.poisson(2.0, (n, DAYS)).astype(float), draw.poisson(0.1, (n, DAYS)) * 20.0
    available = draw.uniform(0, 100, n)

    def press() -> int:
        with collector_paused():
            plan = make_plan(book, book.settings, TODAY)
        return len(plan.orders) + len(plan.transfers) + len(plan.alerts)

    runs = {
        "plan": press,
        "projection": lambda: project(available, demand, arrivals),
        "floor": lambda: np.cumsum(demand - arrivals, axis=1) + available[:, None],
    }
    found: dict[str, Any] = {name: timed(run, repeats) for name, run in runs.items()}
    return found | {"lines": press(), "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def print_measures(skus: int, places: int, repeats: int) -> None:
    """Print measures as JSON."""
    print(json.dumps(measure(skus, places, repeats)))
