"""Small books that between them make the plan say everything it can say."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

from .books import TODAY


def _day(offset: int) -> dt.date:
    return TODAY + dt.timedelta(days=offset)


def _sales(sku: str, warehouse: str, days: int, units: Any) -> list[dict[str, Any]]:
    """One row a day through yesterday; `units` of the days ago."""
    lines = ((k, units(k) if callable(units) else units) for k in range(days, 0, -1))
    return [{"date": _day(-k), "sku": sku, "warehouse": warehouse, "qty": sold} for k, sold in lines if sold]


_STOCK = [
    ("GAP", 20, 5), ("GAP-SMALL", 20, 5), ("NEXT-GAP", 20, 5), ("UNDATED", 4, 2), ("NOTHING", 3, 2), ("EMPTY", 0, 4),
    ("EMPTY-UNASKED", 0, 0), ("NO-COUNT", None, 3), ("NO-SALES", 50, None), ("BROKEN", "1,5", 3), ("OLD", 6, 2),
    ("UNSELLABLE", 6, 2), ("WAITS", 4, 2), ("WELL", 10, 1), ("BIG-CARTON", 3, 1), ("LATE", 40, 4), ("LOST", 40, 4),
    ("NEW", 8, None), ("BULK", 30, None), ("FEW", 9, None), ("SELDOM", 2, None), ("STEADY", 200, None),
    ("HAS-SOLD-OUT", 10, None), ("SHIP", 40, None), ("BUSY", 60, None), ("MOVED", 10, 10), ("SOON", 55, 1),
    ("IN-TIME", 60, 10), ("PLENTY", 12, 1), ("DEAD", 0, 0.5), ("SOLD-SINCE", 60, None),
]  # fmt: skip
STORY: dict[str, Any] = {
    "Stock": [
        {"sku": sku, "warehouse": "US", "on_hand": on_hand, "daily_sales": daily} for sku, on_hand, daily in _STOCK
    ] + [
        {"sku": "MOVED", "warehouse": "DE", "on_hand": 5000, "daily_sales": 1},
        {"sku": "IN-TIME", "warehouse": "DE", "on_hand": 5000, "daily_sales": 1},
        {"sku": "SHIP", "warehouse": "DE", "on_hand": 900, "daily_sales": 0},
        {"sku": "MUG", "warehouse": "US", "on_hand": 30, "daily_sales": 12},
        {"sku": "MUG", "warehouse": "DE", "on_hand": 900, "daily_sales": 9},
        {"sku": "STEADY", "warehouse": "DE", "on_hand": 50, "stock_date": _day(-6)},
    ],
    "Catalog": [
        {"sku": "OLD", "status": "discontinued"}, {"sku": "UNSELLABLE", "status": "unsellable"},
        {"sku": "BIG-CARTON", "case_pack": 500, "supplier": "Huamei"},
        {"sku": "NEW", "similar_sku": "STEADY", "multiplier": 0.6}, {"sku": "GAP", "case_pack": 12},
        {"sku": "MUG", "name": "Mug", "cost": 3, "price": 12, "supplier": "Huamei", "case_pack": 12},
        {"sku": "SOON", "supplier": "Huamei"}, {"sku": "MOVED", "supplier": "Nobody knows"},
        {"sku": "IN-TIME", "supplier": "Nobody knows"},
    ],
    "Suppliers": [{"supplier": "Huamei", "production_days": 12}, {"supplier": "Nobody knows"}],
    "Routes": [
        {"from": "Huamei", "to": "US", "mode": "sea", "days": 30},
        {"from": "DE", "to": "US", "mode": "air", "days": 4, "cost_per_unit": 0.1},
    ],
    "Inbound": [
        {"document": "PO-1", "sku": "GAP", "warehouse": "US", "ordered": 100, "sellable_on": _day(10)},
        {"document": "PO-2", "sku": "GAP-SMALL", "warehouse": "US", "ordered": 100, "sellable_on": _day(5)},
        {"document": "PO-3", "sku": "NEXT-GAP", "warehouse": "US", "ordered": 10, "sellable_on": _day(2)},
        {"document": "PO-4", "sku": "NEXT-GAP", "warehouse": "US", "ordered": 90, "sellable_on": _day(20)},
        {"document": "PO-5", "sku": "UNDATED", "warehouse": "US", "ordered": 500},
        {"document": "PO-6", "sku": "WAITS", "warehouse": "US", "ordered": 500, "sellable_on": _day(1)},
        {"document": "PO-7", "sku": "LATE", "warehouse": "US", "ordered": 50, "received": 10, "sellable_on": _day(-8)},
        {"document": "PO-8", "sku": "LOST", "warehouse": "US", "ordered": 50, "sellable_on": _day(-40)},
        {"document": "PO-9", "sku": "MUG", "warehouse": "US", "ordered": 96, "sellable_on": _day(50)},
        {"document": "PO-10", "sku": "STEADY", "warehouse": "DE", "ordered": 40, "received": 40, "state": "received",
         "received_on": _day(-2)},
        {"document": "PO-11", "sku": "PLENTY", "warehouse": "US", "ordered": 900},
    ],
    "Sales": [
        *_sales("STEADY", "US", 120, lambda k: 8 + k % 5), *_sales("STEADY", "DE", 120, lambda k: 4 + k % 3),
        *_sales("BULK", "US", 120, lambda k: 600 if k == 40 else 300 if k == 70 else 6 + k % 4),
        *[row | {"in_stock": "no" if 30 <= k < 36 else "yes"} for k, row in
          enumerate(_sales("HAS-SOLD-OUT", "US", 90, lambda k: 5 + k % 4))],
        *_sales("FEW", "US", 5, 3), *_sales("SELDOM", "US", 120, lambda k: 2 if k % 9 == 0 else 0),
        *_sales("SHIP", "US", 60, lambda k: 9 + k % 3), *_sales("BUSY", "US", 60, lambda k: (k * 7) % 12),
        *_sales("SOLD-SINCE", "US", 12, lambda k: 3 + k % 2),
    ],
}  # fmt: skip



def _shows(*sold_out: str) -> dict[str, Any]:
    """Two past shows, sold out or not, and three to come: by viewers, typed, and with nothing typed."""
    past = [
        {"show": f"Past {k}", "start": dt.datetime(2026, 11, 2 + 7 * k, 18), "sku": f"S{k + 1}", "warehouse": "US",
         "host": "Li", "viewers": 3000, "actual_units": 120 + 20 * k, "sold_out": answer}
        for k, answer in enumerate(sold_out)
    ]  # fmt: skip
    return {
        "Stock": [{"sku": f"S{k}", "warehouse": "US", "on_hand": 150, "daily_sales": 10} for k in range(1, 6)]
        + [{"sku": "UNKNOWN", "warehouse": "US", "on_hand": 5}],
        "Livestreams": [
            *past,
            {"show": "Viewers", "start": dt.datetime(2026, 11, 25, 18), "sku": "S1", "warehouse": "US",
             "viewers": 4000},
            {"show": "Viewers", "start": dt.datetime(2026, 11, 25, 18), "sku": "S2", "warehouse": "US"},
            {"show": "Typed", "start": dt.datetime(2026, 11, 27, 18), "sku": "S3", "warehouse": "US",
             "planned_units": 60},
            {"show": "Nothing", "start": dt.datetime(2026, 11, 29, 18), "sku": "S4", "warehouse": "US"},
        ],
    }  # fmt: skip


SHOWS, SHOWS_KEPT, SHOWS_SOLD_OUT = _shows("no", "yes"), _shows("no", "no"), _shows("yes", "yes")

CALM: dict[str, Any] = {
    "Stock": [
        {"sku": "A", "warehouse": "US", "on_hand": 70, "daily_sales": 1},
        {"sku": "B", "warehouse": "US", "on_hand": 900, "daily_sales": 1},
        {"sku": "QUICK", "warehouse": "US", "on_hand": 16, "daily_sales": 1},
    ],
    "Catalog": [{"sku": "A", "supplier": "Huamei"}, {"sku": "QUICK", "supplier": "Near"}],
    "Suppliers": [{"supplier": "Huamei", "production_days": 12}, {"supplier": "Near", "production_days": 0}],
    "Routes": [
        {"from": "Huamei", "to": "US", "mode": "sea", "days": 30},
        {"from": "Near", "to": "US", "mode": "land", "days": 1},
    ],
    "Settings": [{"key": "order_soon_days", "value": 3}],
}  # fmt: skip


def _of_season(ago: int) -> int:
    """Far more in winter than in summer, and three times as much on Black Friday (the fourth Thursday's morrow)."""
    day = _day(-ago)
    winter = round(30 + 25 * math.cos(2 * math.pi * (day.timetuple().tm_yday - 15) / 365))
    return winter * 3 if day.month == 11 and day.weekday() == 4 and 23 <= day.day <= 29 else winter


YEARS: dict[str, Any] = {
    "Stock": [
        {"sku": "SCARF", "warehouse": "US", "on_hand": 300}, {"sku": "GLOVES", "warehouse": "US", "on_hand": 900},
    ],
    "Sales": _sales("SCARF", "US", 800, _of_season) + _sales("GLOVES", "US", 800, _of_season),
}  # fmt: skip
