"""Tiny transfer questions, and their answer by trying every plan and living through it day by day.

Nothing here knows of the model: a plan is a list of cartons, its cost what happens when the days are played.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

PLACES = ("DE", "PL", "US")
MOST_PLANS = 8_000


@dataclass
class World:
    """A question as `plan_transfers` takes it: tables, days and terms, all units and cents whole."""

    stock: pd.DataFrame
    routes: pd.DataFrame
    demand: np.ndarray[Any, Any]
    arrivals: np.ndarray[Any, Any]
    ship_days: tuple[int, ...] = (0,)
    payback: float = 1.0
    budget: float | None = None
    extra: dict[str, Any] = field(default_factory=dict)


def random_world(seed: int, skus: int = 2, days: int = 12) -> World:
    """A question of a few SKUs in three warehouses; every feature of a route is there now and then."""
    draw = np.random.default_rng(seed)
    names = [(f"S{sku}", place) for sku in range(skus) for place in PLACES]
    n = len(names)
    daily = draw.integers(0, 4, n)
    demand = np.maximum(0, daily[:, None] + draw.integers(-1, 2, (n, days))) * (draw.random((n, days)) < 0.85)
    show = draw.integers(0, days, n)
    demand[np.arange(n), show] += (draw.random(n) < 0.25) * draw.integers(2, 9, n)
    arrivals = np.zeros((n, days), int)
    lands = draw.random(n) < 0.4
    arrivals[np.arange(n), draw.integers(1, days, n)] = lands * draw.integers(3, 25, n)
    case = draw.choice([2, 3, 4, 6, 8], skus)
    stock = pd.DataFrame({
        "sku": [sku for sku, _ in names], "warehouse": [place for _, place in names],
        "available": np.rint(daily * draw.gamma(1.1, 9, n)).astype(int),
        "margin": draw.integers(100, 1500, skus).repeat(len(PLACES)) / 100,
        "keep": daily * int(draw.integers(0, 3)), "case_pack": case.repeat(len(PLACES)),
        "volume": draw.integers(1, 9, skus).repeat(len(PLACES)),
        "weight": draw.integers(1, 6, skus).repeat(len(PLACES)),
        "out_of_stock_cost": (draw.integers(0, 900, n) if draw.random() < 0.5 else np.zeros(n)) / 100,
    })  # fmt: skip
    return World(
        stock, _routes(draw), demand.astype(float), arrivals.astype(float),
        ship_days=(0,) if draw.random() < 0.5 else (1, 4), payback=float(draw.choice([1.0, 1.5])),
        budget=float(draw.integers(5, 60)) if draw.random() < 0.25 else None,
    )  # fmt: skip


def _routes(draw: np.random.Generator) -> pd.DataFrame:
    rows = []
    fixed, slots, lines = draw.random(3) < 0.4
    for origin, end in itertools.permutations(PLACES, 2):
        if draw.random() < 0.4:
            continue
        rows.append({
            "from": origin, "to": end, "mode": "land", "days": int(draw.integers(1, 5)),
            "cost_per_unit": int(draw.integers(10, 300)) / 100, "cost_per_kg": int(draw.integers(0, 30)) / 100,
            "cost_per_line": int(lines) * int(draw.integers(0, 300)) / 100,
            "cost_per_shipment": int(fixed) * int(draw.integers(0, 2500)) / 100,
            "minimum": int(draw.choice([0, 0, 2, 5])), "slot_cost": int(slots) * int(draw.integers(100, 2000)) / 100,
            "slot_volume": int(draw.choice([0, 20, 60])), "slot_weight": int(draw.choice([0, 0, 30])),
            "domestic": bool({origin, end} == {"DE", "PL"}),
        })  # fmt: skip
    columns = ["from", "to", "days", "cost_per_unit"]
    return pd.DataFrame(rows, columns=None if rows else columns)


@dataclass(frozen=True)
class Line:
    """A line that might be sent: positions of places and route, the ship day, and cartons at most."""

    sender: int
    receiver: int
    route: int
    day: int
    most: int


def every_line(world: World) -> list[Line]:
    """Every line that is physically possible, whether it makes sense or not."""
    stock = world.stock
    at = {(row["sku"], row["warehouse"]): place for place, row in stock.iterrows()}
    held = stock["available"].to_numpy() + world.arrivals.sum(axis=1)
    lines = []
    for (sku, place), sender in at.items():
        for number, route in world.routes.iterrows():
            receiver = at.get((sku, route["to"]))
            if route["from"] != place or receiver is None:
                continue
            asked = world.demand[receiver].sum()
            case = stock["case_pack"][sender]
            most = int(min(held[sender] // case, max(asked, route.get("minimum", 0)) // case + 1))
            for day in world.ship_days:
                if most > 0 and day + route["days"] < world.demand.shape[1]:
                    lines.append(Line(int(sender), int(receiver), int(number), day, most))
    return lines


def plans_of(lines: list[Line]) -> np.ndarray[Any, Any] | None:
    """Every plan, cartons of each line, (plans, lines); None where there are too many."""
    if not lines or np.prod([line.most + 1.0 for line in lines]) > MOST_PLANS:
        return None
    return np.array(list(itertools.product(*(range(line.most + 1) for line in lines))), dtype=int)


def played(world: World, lines: list[Line], plans: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Cents that each plan costs; infinity where not allowed: only a place that is not short sends to one that is."""
    stock, days = world.stock, world.demand.shape[1]
    case = stock["case_pack"].to_numpy()
    freight, allowed = _freight(world, lines, plans)
    cents = np.rint(freight * 100 * 100) / 100 * world.payback
    nothing = np.zeros((1, 0), int)
    short = _lost(world, [], nothing, case)[0].sum(axis=2)[0] > 0
    for number, line in enumerate(lines):
        allowed &= (plans[:, number] == 0) | (not short[line.sender] and bool(short[line.receiver]))
    lost, stays = _lost(world, lines, plans, case)
    weeks = -(-days // 7)
    mean = world.demand.mean(axis=1)
    each = np.divide(stock["out_of_stock_cost"], mean, out=np.zeros(len(stock)), where=mean > 0)
    for day in range(days):
        worth = stock["margin"].to_numpy() + each * (weeks - day // 7) / weeks
        cents = cents + lost[:, :, day] @ worth * 100
    return np.where(allowed & stays, cents, np.inf)


def _lost(
    world: World, lines: list[Line], plans: np.ndarray[Any, Any], case: np.ndarray[Any, Any]
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Units lost per plan, place and day, and whether every sender keeps what it must from its first ship day on."""
    days = world.demand.shape[1]
    left = np.tile(world.stock["available"].to_numpy(float), (len(plans), 1))
    lost, stays = np.zeros((len(plans), len(world.stock), days)), np.ones(len(plans), bool)
    sending = np.zeros((len(plans), len(world.stock)), bool)
    keep = world.stock["keep"].to_numpy(float)
    for day in range(days):
        left = left + world.arrivals[:, day]
        for number, line in enumerate(lines):
            units = plans[:, number] * case[line.sender]
            if line.day + int(world.routes["days"][line.route]) == day:
                left[:, line.receiver] += units
            if line.day == day:
                left[:, line.sender] -= units
                sending[:, line.sender] |= units > 0
        stays &= (left >= 0).all(axis=1)
        sold = np.minimum(np.maximum(left, 0), world.demand[:, day])
        lost[:, :, day] = world.demand[:, day] - sold
        left = left - sold
        stays &= ~(sending & ((left < keep) | (lost[:, :, day] > 0))).any(axis=1)
    return lost, stays


def _freight(
    world: World, lines: list[Line], plans: np.ndarray[Any, Any]
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Money of each plan, and whether minimums and budget are kept."""
    stock, total, allowed = world.stock, np.zeros(len(plans)), np.ones(len(plans), bool)
    loads: dict[tuple[int, int], list[tuple[np.ndarray[Any, Any], float, float]]] = {}
    for number, line in enumerate(lines):
        route = world.routes.loc[line.route]
        units = plans[:, number] * stock["case_pack"][line.sender]
        weight = stock["weight"][line.sender]
        total += units * (route["cost_per_unit"] + route["cost_per_kg"] * weight)
        total += (units > 0) * route["cost_per_line"]
        allowed &= (units == 0) | (units >= route["minimum"])
        loads.setdefault((line.route, line.day), []).append((units, stock["volume"][line.sender], weight))
    for (number, _), load in loads.items():
        route = world.routes.loc[number]
        leaves = sum(units for units, _, _ in load) > 0
        slots = np.ones(len(plans))
        for limit, total_size in (
            (route["slot_volume"], sum(units * volume for units, volume, _ in load)),
            (route["slot_weight"], sum(units * weight for units, _, weight in load)),
        ):
            if limit:
                slots = np.maximum(slots, np.ceil(total_size / limit))
        total += leaves * (route["cost_per_shipment"] + slots * route["slot_cost"])
    if world.budget is not None:
        allowed &= total <= world.budget + 1e-9
    return total, allowed
