"""What the calculated columns of Stock show, from the plan: the cached values that teammates see."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from restock.arithmetic.need import cover_by_need
from restock.arithmetic.tier import tier
from restock.plan import Plan
from restock.schema.outputs import STOCK_COMPUTED
from restock.schema.settings import Settings
from restock.schema.words import word
from restock.text import Words
from restock_xl.sheets.layout import FIRST_ROW
from restock_xl.sheets.sentences import compose
from restock_xl.sheets.trend import trend_text

COMPUTED = tuple(column.name for column in STOCK_COMPUTED)
BLANK_ROW: dict[str, Any] = dict.fromkeys(COMPUTED, "")
_FETCHED = ("sells_out_on", "order_by", "order_units", "next_show", "show_units", "on_the_way", "next_arrival",
            "safety_stock", "reorder_at")  # fmt: skip


def planned_values(plan: Plan, words: Words, language: str) -> dict[int, dict[str, Any]]:
    """Values of every planned row by sheet row; text in `language`, the language of the Stock sheet's formulas."""
    result = {}
    for k, row in enumerate(plan.rows):
        values = {name: _shown(row[name]) for name in _FETCHED} | published(row, words)
        values |= {
            "name": row["name"],
            "tier": word("tier", row["tier"], language),
            "days_left": _shown(row["days_left"]),
            "available": _shown(row["available"]),
            "daily_used": _shown(row["daily"]),
            "position": _shown(row["position"]),
            "trend": trend_text(plan.trend[k]),
            "forecast_row": FIRST_ROW + 1 + k,
            "cover": _shown(row["cover"]),
        }
        values |= {f"need_{i}": _shown(row[f"need_{i}"]) for i in range(1, 6)}
        result[int(row["row"])] = values
    return result


def published(row: dict[str, Any], words: Words) -> dict[str, Any]:
    """What Forecast publishes of a row beside its numbers: order only where there is one, the action as a sentence."""
    order = row["order_units"] > 0
    return {
        "action": compose(row["action"], words),
        "order_units": row["order_units"] if order else "",
        "show_units": row["show_units"] if row["show_units"] > 0 else "",
    }


def _shown(value: Any) -> Any:
    return "" if value is pd.NaT or (isinstance(value, float) and np.isnan(value)) else value


def unplanned_values(cells: dict[str, Any], settings: Settings, today: dt.date, language: str) -> dict[str, Any]:
    """Values of a row of Stock that is not on Forecast: what its formulas make of the typed cells alone (§4, §5).

    Args:
        cells: What stands in the row's input cells, by column name.
    """
    on_hand, daily = _typed(cells.get("on_hand")), _typed(cells.get("daily_sales"), 0)
    blank = cells.get("reserved") in (None, "")
    reserved = 0.0 if blank else _typed(cells.get("reserved"), 0)
    knots = np.array(settings.knots())
    available = on_hand - reserved
    needs = daily * knots
    cover = float(cover_by_need(np.array([available]), knots, needs[None, :])[0])
    code = str(tier(np.array([available]), np.array([daily]), np.array([cover]), settings.red_days,
                    settings.orange_days, settings.yellow_days)[0])  # fmt: skip
    known = not np.isnan(cover)
    sells_out = today + dt.timedelta(days=int(cover)) if known and cover < 9999 else ""
    numbers = {"available": available, "daily_used": daily, "cover": cover, "position": available}
    numbers |= {f"need_{k + 1}": need for k, need in enumerate(needs)}
    numbers["days_left"] = np.floor(round(cover * 10, 9)) / 10 if known else np.nan
    texts = {"tier": word("tier", code, language), "sells_out_on": sells_out, "on_the_way": 0.0}
    return BLANK_ROW | {name: _shown(float(value)) for name, value in numbers.items()} | texts


def _typed(value: Any, least: float | None = None) -> float:
    """The number that a cell holds for a formula; NaN where there is none."""
    if isinstance(value, str) and value.strip().lstrip("-").isdigit() and str(int(value)) == value.strip():
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return float("nan")
    return float("nan") if least is not None and value < least else float(value)
