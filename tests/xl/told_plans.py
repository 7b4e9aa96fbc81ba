"""Small books of orders, terms, accepted lines and live picks, told so that every sentence about them is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from restock.schema.outputs import OUTPUT_TABLES
from restock_xl.sheets.layout import TAB_BY_KEY

from .books import LAMP, TODAY, press, type_beside, type_cells


def _day(offset: int) -> dt.date:
    return TODAY + dt.timedelta(days=offset)


def _settings(**values: float) -> list[dict[str, Any]]:
    """Nothing varies and nothing waits to be checked in, so that levels can be worked out by hand."""
    calm = dict.fromkeys(
        ("simple_factor", "lead_spread", "lead_spread_days", "cover_traffic", "cover_profit", "cover_long_tail",
         "check_in_days", "holding_rate"), 0.0,
    )  # fmt: skip
    return [{"key": key, "value": value} for key, value in (calm | values).items()]


def _route(origin: str, mode: str, days: int, cost: float) -> dict[str, Any]:
    return {"from": origin, "to": "US", "mode": mode, "days": days, "cost_per_unit": cost}


_WAYS: dict[str, tuple[dict[str, Any], dict[str, Any], list[tuple[str, int, float]]]] = {
    "AIR": ({}, {}, [("sea", 30, 1), ("air", 5, 3)]),
    "EXPRESS": ({"case_pack": None}, {}, [("sea", 30, 1), ("express", 3, 3.1)]),
    "LAND": ({}, {}, [("sea", 30, 1), ("land", 15, 1)]),
    "WHOLE": ({"case_pack": 500}, {}, [("sea", 30, 1), ("air", 5, 3)]),
    "BACKUP": ({}, {}, [("sea", 30, 1)]),
    "RUSH-AIR": ({}, {"rush_days": 2, "rush_premium": 1}, [("sea", 30, 1), ("air", 5, 3)]),
    "RUSH-SEA": ({}, {"rush_days": 1, "rush_premium": 1}, [("sea", 30, 1)]),
    "RUSH-LAND": ({}, {"rush_days": 1, "rush_premium": 1}, [("land", 20, 1)]),
    "SOON": ({}, {}, [("sea", 0, 1)]),
    "RUSH-EXPRESS": ({}, {"rush_days": 1, "rush_premium": 1, "production_days": 30}, [("express", 3, 1)]),
}
WAYS: dict[str, Any] = {
    "Stock": [
        {"sku": sku, "warehouse": "US", "on_hand": 115 if sku == "SOON" else 100, "daily_sales": 10} for sku in _WAYS
    ],
    "Catalog": [
        {"sku": sku, "supplier": f"Maker {sku}", "cost": 5, "price": 15, "case_pack": 10} | item
        for sku, (item, _, _) in _WAYS.items()
    ],
    "Suppliers": [
        *({"supplier": f"Maker {sku}", "production_days": 10} | terms for sku, (_, terms, _) in _WAYS.items()),
        {"supplier": "Near", "production_days": 1, "backup_of": "Maker BACKUP", "currency": "EUR"},
    ],
    "Routes": [
        *(_route(f"Maker {sku}", *way) for sku, (_, _, routes) in _WAYS.items() for way in routes),
        _route("Near", "land", 4, 2),
    ],
    "Settings": _settings(),
}
"""Sold out on day 10 and 40 days to come the regular way: something faster pays, each time another way.

SOON has enough for an order of today, not for one of next week.
"""


def _of_one_maker(stock: dict[str, float], makers: dict[str, str], items: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """One a day of each SKU, made in 10 days on the spot."""
    return {
        "Stock": [{"sku": sku, "warehouse": "US", "on_hand": left, "daily_sales": 1} for sku, left in stock.items()],
        "Catalog": [{"sku": sku, "supplier": makers[sku], "class": "slow"} | items[sku] for sku in stock],
        "Routes": [_route(maker, "sea", 0, 0) for maker in sorted(set(makers.values()))],
    }


_CHEAP = {"cost": 2, "price": 6}
TERMS: dict[str, Any] = _of_one_maker(
    {"A": 7, "B": 14, "C": 12, "D": 30, "LONELY": 7, "LARGE": 7, "CARTON": 7, "DEEP": 300, "WELL": 12},
    {"A": "Huamei", "B": "Huamei", "C": "Huamei", "D": "Huamei", "LONELY": "Lisheng", "LARGE": "Anda", "CARTON": "Anda",
     "DEEP": "Anda", "WELL": "Near"},
    dict.fromkeys(("A", "B", "C", "D", "LONELY", "WELL"), _CHEAP)
    | {"LARGE": {"moq": 50}, "CARTON": {"case_pack": 12}, "DEEP": {"class": "profit"}},
) | {
    "Suppliers": [
        {"supplier": "Huamei", "production_days": 10, "minimum_order_value": 21},
        {"supplier": "Lisheng", "production_days": 10, "minimum_order_value": 99, "currency": "CNY"},
        {"supplier": "Anda", "production_days": 10}, {"supplier": "Near", "production_days": 1},
    ],
    "Settings": _settings(order_soon_days=0, cover_profit=365),
}  # fmt: skip
"""A is due and C fills its supplier's minimum up; LONELY stays below it; LARGE and CARTON are rounded up."""

BUDGET: dict[str, Any] = _of_one_maker(
    {"A": 0, "B": 0, "C": 0}, dict.fromkeys("ABC", "Huamei"),
    {"A": _CHEAP, "B": {"cost": 4, "price": 12}, "C": {"cost": 1, "price": 2}},
) | {
    "Suppliers": [{"supplier": "Huamei", "production_days": 10}],
    "Settings": _settings(order_soon_days=0, order_budget=100),
}  # fmt: skip
"""B takes 68 of 100, A 16 of its 17 units, and nothing is left for C."""

WARNED: dict[str, Any] = {"Stock": [{"sku": "A", "warehouse": "US", "on_hand": 18, "daily_sales": 5}]}


GIVEN: dict[str, Any] = {
    "Stock": [
        {"sku": "CUP-9", "warehouse": "DE-HAM", "on_hand": 1312, "daily_sales": 11.3},
        {"sku": "CUP-9", "warehouse": "US-LA", "on_hand": 0, "daily_sales": 16},
    ],
    "Catalog": [{"sku": "CUP-9", "cost": 3, "price": 12, "supplier": "Huamei", "case_pack": 12}],
    "Suppliers": [{"supplier": "Huamei", "production_days": 12}],
    "Routes": [{"from": "DE-HAM", "to": "US-LA", "mode": "air", "days": 8, "cost_per_unit": 1.1}],
}  # fmt: skip
"""A sender that does not run out while anybody looks, and must order all the same because of what it gives."""


CHANGED: dict[str, Any] = {
    "Stock": [
        {"sku": sku, "warehouse": "US", "on_hand": left, "daily_sales": 1}
        for sku, left in (("A-1", 5), ("B-2", 20), ("C-3", 2), ("D-4", 900))
    ]
}


def _change(path: Path, language: str) -> None:
    """One more red, one more orange, one eased, and half a shelf gone since yesterday."""
    press(path, _day(-1))
    type_cells(path, TAB_BY_KEY["Stock"].name(language), {"C4": 2, "C5": 6, "C6": 60, "D7": 0, "C7": 100})


def _press_yesterday(path: Path, language: str) -> None:
    """Something is so since yesterday."""
    press(path, _day(-1))


def _warn(path: Path, language: str) -> None:
    """Orange on the day before, and red today."""
    press(path, _day(-1))
    type_cells(path, TAB_BY_KEY["Stock"].name(language), {"C4": 9})


def _accept(path: Path, language: str) -> None:
    """Two orders and a transfer accepted; the orders are overdue today, one of them for long."""
    press(path, _day(-2))
    header = {name: next(column for column in OUTPUT_TABLES["Orders"].columns if column.name == name).header(language)
              for name in ("accept", "sellable_on")}  # fmt: skip
    orders, transfers = (TAB_BY_KEY[key].name(language) for key in ("Orders", "Transfers"))
    for row in (0, 1):
        type_beside(path, orders, {header["accept"]: "Y"}, row=row)
    type_beside(path, transfers, {header["accept"]: "Y"})
    press(path, _day(-2))
    for row, due in enumerate((-5, -60)):
        type_beside(path, orders, {header["sellable_on"]: _day(due)}, row=row, committed=True)


BEFORE: dict[str, Callable[[Path, str], None]] = {
    "story": _press_yesterday, "warned": _warn, "changed": _change, "accepted": _accept,
}  # fmt: skip
"""What happened to a book before the press that is read."""


def _show(name: str, day: int, **units: int | None) -> list[dict[str, Any]]:
    start = dt.datetime.combine(_day(day), dt.time(18))
    return [
        {"show": name, "start": start, "sku": sku.replace("_", "-"), "warehouse": "US-LA", "planned_units": planned}
        for sku, planned in units.items()
    ]


_PICKS = {
    "LAMP-03": (280, 20), "MUG-11": (30, 12), "CUP-01": (300, 4), "CAP-01": (300, 4), "CAP-02": (300, 4),
    "NEW-1": (None, 3), "NO-SALES": (9, None), "UNSELLABLE": (90, 1), "LAST": (220, 20), "FEW": (280, 20),
    "THEN": (10, 10), "TRAY": (5000, 0), "POT": (700, 3), "VASE": (640, 4),
} | {f"GONE-{k}": (1, 5) for k in range(1, 5)} | {f"WELL-{k}": (900, 1) for k in range(1, 6)}  # fmt: skip
PICKS: dict[str, Any] = {
    "Stock": [
        {"sku": sku, "warehouse": "US-LA", "on_hand": left, "daily_sales": daily}
        for sku, (left, daily) in _PICKS.items()
    ],
    "Catalog": [
        *LAMP["Catalog"], {"sku": "UNSELLABLE", "status": "unsellable"}, {"sku": "LAST", "status": "discontinued"},
    ],
    "Suppliers": LAMP["Suppliers"], "Routes": LAMP["Routes"],
    "Inbound": [
        {"document": f"PO-{sku}", "sku": sku, "warehouse": "US-LA", "ordered": units, "sellable_on": _day(days)}
        for sku, units, days in (("LAMP-03", 240, 8), ("FEW", 240, 8), ("THEN", 50, 2))
    ],
    "Livestreams": [
        *_show("Thursday", 3, LAMP_03=75, MUG_11=75, CUP_01=100, NEW_1=75, NO_SALES=75, UNSELLABLE=10, LAST=75, FEW=300,
               THEN=30, GONE_1=20, GONE_2=20, GONE_3=20, GONE_4=20,
               WELL_1=30, WELL_2=30, WELL_3=30, WELL_4=30, WELL_5=30),
        *_show("Saturday", 5, CAP_01=100, CAP_02=100, CUP_01=5),
        *_show("Sunday", 6, MUG_11=5, NEW_1=None, WELL_1=30),
        *_show("January", 58, POT=50),
    ],
}  # fmt: skip
"""One show with more SKUs than Today lists, one of limits, one with what is gone by then, one past the lead time."""
