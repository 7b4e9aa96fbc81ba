"""The generated world: a seller of three kinds of goods in three warehouses, with shows. Its parameters are fixed.

Rankings of rules in it are evidence, not a promise. Weekly pattern and drift, overdispersed demand, shows that sell
three to five times a normal day into one region, plans of shows that are wrong, lead times that vary, cartons.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restock.schema.settings import Settings
from restock.schema.tables import Tables
from restock.simulate.frames import tables_of
from restock.simulate.world import Counts, Grid, World

SEEDS = tuple(range(1, 11))
"""The seeds that goals are judged by."""
FIRST_DAY = dt.date(2024, 1, 1)
"""A Monday. The warehouses have no country, so that no holiday is known."""
WARM_DAYS, YEAR, AHEAD = 120, 365, 60
"""Days before counting begins, days counted, and days after the end for which shows are planned and leads drawn."""
FIRST_DECISION = 28
START_DAYS = 30
"""Stock on day 0, in days of mean demand."""
CLASSES = ("traffic", "profit", "long_tail")
_MIX = (0.15, 0.35, 0.50)
_LOG_UNITS, _LOG_SD = (3.4, 2.2, 0.2), 0.5
"""Logarithm of a SKU's units per day over all warehouses, by class, and its spread."""
_DISPERSION = (0.15, 0.3, 1.0)
"""Of the gamma factor on a day's mean: variance = mean + dispersion x mean squared."""
_SHOW_GAP = (10, 21, 60)
"""Mean days between shows of a SKU."""
_SHOW_TIMES = (3.0, 5.0)
_SHOW_REGION = 0.8
"""Part of a show's units that one warehouse ships."""
_SHOW_ERROR = 0.4
"""Spread of the logarithm of actual / planned."""
_DRIFT, _WEEK = 0.01, 0.2
_REVIEW_DAYS = 14.0
"""The seller's ordering rhythm: an order adds as many days of sales as those of `NormalRule` do. It is a setting of the
plan, not of the world: with the default of 7, pressed daily, it holds less stock and pays for more order lines."""
_TRANSFER_PAYBACK = 2.5
"""Where plans of shows are wrong and demand varies as here, a transfer saves less than it promised when it left:
at 1.5 times the freight, the default of the plan, gain and freight come out about even in some worlds."""
_LEAD_MEANS, LEAD_SD, _LEAD_RANGE = (9, 18), 3.0, (7, 21)
_CASES, _CASE_MIX, _SLOW, _SLOW_CASE = (1, 6, 12, 24), (0.3, 0.3, 0.25, 0.15), 3.0, 6
TRANSFER_LINE, _TRANSFER_UNIT = 6.0, 0.8
_TRANSIT = ((0, 5, 6), (5, 0, 5), (6, 5, 0))
WAREHOUSES = ("East", "North", "West")


@dataclass(frozen=True)
class _Shows:
    """Units of shows as planned and as they will be asked for, (n_skus, n_warehouses, days)."""

    planned: Grid
    real: Grid


def generated_world(seed: int, skus: int = 300, warehouses: int = 3, days: int = YEAR) -> World:
    """Return the generated world of a seed: `warm_days` of 120, then `days` that count.

    Args:
        seed: Of every draw.
        skus: How many.
        warehouses: How many, 1 to 3.
        days: Days that count.
    """
    draw = np.random.default_rng(seed)
    total = WARM_DAYS + days + AHEAD
    kind = draw.choice(3, skus, p=_MIX)
    daily = np.exp(draw.normal(np.array(_LOG_UNITS)[kind], _LOG_SD))
    mean = daily[:, None] * draw.dirichlet(np.ones(warehouses) * 3, skus)
    base = mean[:, :, None] * _season(draw, skus, total)[:, None, :]
    shows = _shows(draw, kind, mean, total)
    rate = base + shows.real
    spread = np.array(_DISPERSION)[kind][:, None, None]
    demand = draw.poisson(draw.gamma(1 / np.broadcast_to(spread, rate.shape), rate * spread))
    margin = np.exp(draw.normal(2.1, 0.4, skus))
    cost = margin * draw.uniform(0.8, 1.6, skus)
    lead_mean = draw.integers(*_LEAD_MEANS, skus)
    lead = np.rint(lead_mean[:, None, None] + draw.normal(0, LEAD_SD, (skus, warehouses, total)))
    case = draw.choice(_CASES, skus, p=_CASE_MIX)
    case = np.where(daily < _SLOW, np.minimum(case, _SLOW_CASE), case)
    end, pairs = WARM_DAYS + days, skus * warehouses
    per_pair = {"margin": margin, "cost": cost, "case": case, "lead": lead_mean.astype(float), "kind": kind}
    of_pair: dict[str, NDArray[Any]] = {name: values.repeat(warehouses) for name, values in per_pair.items()}
    planned = shows.planned.reshape(pairs, total)
    share = np.divide(shows.real, rate, out=np.zeros_like(rate), where=rate > 0).reshape(pairs, total)
    place, day = np.nonzero(planned)
    return World(
        tables=_tables(kind, margin, cost, lead_mean, case, warehouses, (place, day, planned[place, day])),
        first_day=FIRST_DAY,
        demand=demand.reshape(pairs, total)[:, :end].astype(np.int64),
        lead=np.clip(lead, *_LEAD_RANGE).astype(np.int64).reshape(pairs, total)[:, :end],
        start_stock=np.rint(mean * START_DAYS).astype(np.int64).ravel(),
        lead_mean=of_pair["lead"],
        lead_sd=np.full(pairs, LEAD_SD),
        margin=of_pair["margin"],
        unit_cost=of_pair["cost"],
        case_pack=of_pair["case"].astype(np.int64),
        moq=np.ones(pairs, np.int64),
        classes=np.array(CLASSES, object)[of_pair["kind"]],
        show_day=(planned > 0)[:, :end],
        show_share=share[place, day],
        warm_days=WARM_DAYS,
        first_decision=FIRST_DECISION,
    )


def _season(draw: np.random.Generator, skus: int, total: int) -> Grid:
    """Factor on a SKU's mean by day, (n_skus, days): the weekday, and a drift whose mean is 1."""
    drift = np.exp(np.cumsum(draw.normal(0, _DRIFT, (skus, total)), axis=1))
    week = 1 + _WEEK * np.sin(2 * np.pi * np.arange(total) / 7)
    return np.asarray(week * (drift / drift.mean(axis=1, keepdims=True)))


def _shows(draw: np.random.Generator, kind: Counts, mean: Grid, total: int) -> _Shows:
    """Shows of every SKU: the first on a random day, then after exponential gaps of at least two days."""
    planned = np.zeros((*mean.shape, total))
    real = np.zeros_like(planned)
    for sku, gap in enumerate(np.array(_SHOW_GAP)[kind]):
        day = int(draw.integers(0, gap))
        while day < total:
            region = int(draw.choice(mean.shape[1], p=mean[sku] / mean[sku].sum()))
            units = (draw.uniform(*_SHOW_TIMES) - 1) * mean[sku].sum() * _SHOW_REGION + 0.5
            planned[sku, region, day] += units
            real[sku, region, day] += units * np.exp(draw.normal(0, _SHOW_ERROR))
            day += max(2, int(draw.exponential(gap)))
    return _Shows(planned, real)


def _tables(
    kind: Counts, margin: Grid, cost: Grid, lead: Counts, case: Counts, warehouses: int,
    shows: tuple[Counts, Counts, Grid],
) -> Tables:  # fmt: skip
    """What the seller would type. A lead time is typed as production, since the way adds nothing to it."""
    names = [f"SKU-{number:04d}" for number in range(1, len(kind) + 1)]
    sites = list(WAREHOUSES[:warehouses])
    stock = {"sku": np.repeat(names, warehouses).tolist(), "warehouse": sites * len(names)}
    makers = sorted(set(lead.tolist()))
    lanes = [(a, b) for a in range(warehouses) for b in range(warehouses) if a != b]
    place, day, units = shows
    return tables_of(
        {**stock, "on_hand": np.zeros(len(stock["sku"]))},
        Settings(check_in_days=0.0, review_days=_REVIEW_DAYS, transfer_payback=_TRANSFER_PAYBACK),
        catalog={
            "sku": names, "class": [CLASSES[code] for code in kind], "cost": cost, "price": margin + cost,
            "supplier": [f"Maker {days}" for days in lead], "case_pack": case,
        },
        warehouses={"warehouse": sites},
        suppliers={
            "supplier": [f"Maker {days}" for days in makers],
            "production_days": np.array(makers, float), "production_sd": np.full(len(makers), LEAD_SD),
        },
        routes={
            "from": [f"Maker {days}" for days in makers for _ in sites] + [sites[a] for a, _ in lanes],
            "to": sites * len(makers) + [sites[b] for _, b in lanes],
            "mode": ["land"] * (len(makers) * warehouses + len(lanes)),
            "days": np.array([0.0] * (len(makers) * warehouses) + [_TRANSIT[a][b] for a, b in lanes], float),
            "days_sd": np.zeros(len(makers) * warehouses + len(lanes)),
            "cost_per_unit": np.array([0.0] * (len(makers) * warehouses) + [_TRANSFER_UNIT] * len(lanes)),
            "cost_per_line": np.array([0.0] * (len(makers) * warehouses) + [TRANSFER_LINE] * len(lanes)),
        },
        livestreams={
            "show": [f"Show {number}" for number in range(1, len(place) + 1)],
            "start": np.datetime64(FIRST_DAY, "s") + day.astype("timedelta64[D]"),
            "sku": [stock["sku"][pair] for pair in place],
            "warehouse": [stock["warehouse"][pair] for pair in place],
            "planned_units": units,
        },
    )  # fmt: skip
