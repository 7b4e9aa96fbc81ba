"""Order drafts as a table: one row each, with its sentence."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from restock.replenish.alerts import Part, part
from restock.schema.records import Records, records
from restock.schema.tables import Tables

Row = dict[str, Any]
ORDER_COLUMNS = [
    "supplier", "sku", "name", "supplier_item", "warehouse", "mode", "units", "cartons", "order_by", "order_status",
    "sellable_on", "position", "fill_up_to", "needed", "unit_cost", "amount", "currency", "case_pack", "moq",
    "extra_cost", "short_days", "saves_units", "saves_money", "cut_units", "delay_money", "why",
]  # fmt: skip
_KEPT = (*ORDER_COLUMNS, "first_supplier")
_OF_THE_FASTER = ("extra_cost", "short_days", "saves_units", "saves_money")


def day_of(today: dt.date, days: float) -> pd.Timestamp:
    """The date of a day index."""
    return pd.Timestamp(today + dt.timedelta(int(days)))


def catalog_rows(tables: Tables) -> dict[str, Row]:
    """The catalog's row of each SKU."""
    return {row["sku"]: row for row in records(tables.catalog.drop_duplicates("sku"))}


def order_drafts(tables: Tables, view: pd.DataFrame, today: dt.date) -> pd.DataFrame:
    """Order lines, the earliest order date first, then supplier, SKU, warehouse and day; what was left out comes last.

    An order of which a part comes faster is two lines. One that the budget left out is a line of 0 units.

    Args:
        view: The rows of restock.replenish.view, with the orders beside them.
    """
    catalog = catalog_rows(tables)
    suppliers = {row["supplier"]: row for row in records(tables.suppliers.drop_duplicates("supplier"))}
    rows = []
    for row in Records(view[(view["order_units"] > 0) | (view["cut_units"] > 0)]):
        rows += _lines(row | _terms(row, catalog[row["sku"]], suppliers, tables), tables, suppliers, today)
    frame = pd.DataFrame(rows, columns=[*ORDER_COLUMNS, "nothing", "first_supplier"])
    keys = ["nothing", "order_by", "first_supplier", "sku", "warehouse", "sellable_on"]
    return frame.sort_values(keys, kind="stable", ignore_index=True)[ORDER_COLUMNS]


def _terms(row: Row, item: Row, suppliers: dict[str, Row], tables: Tables) -> Row:
    """What supplier and catalog say of a line."""
    supplier = suppliers.get(row["supplier"], {})
    return {
        "case_pack": max(1.0, float(np.nan_to_num(item["case_pack"], nan=1.0))),
        "moq": float(np.nan_to_num(item["moq"], nan=1.0)),
        "supplier_item": item["supplier_item"], "unit_cost": item["cost"],
        "currency": supplier.get("currency", "") or tables.settings.currency,
        "minimum_value": supplier.get("minimum_order_value", np.nan),
        "order_budget": tables.settings.order_budget,
        "first_supplier": row["supplier"],
        "slow_way": f"plan.way_{row['mode']}", "fast_way": f"plan.way_{row['fast_mode']}",
    }  # fmt: skip


def _lines(row: Row, tables: Tables, suppliers: dict[str, Row], today: dt.date) -> list[Row]:
    """The one or two lines of an order."""
    lines = []
    if row["fast_units"] > 0:
        fast = row | {
            "units": row["fast_units"], "mode": row["fast_mode"], "way": row["fast_way"], "sellable_on": row["fast_on"],
            "supplier": row["fast_supplier"],
        } | {name: row[_fast_name(name)] for name in _OF_THE_FASTER}  # fmt: skip
        if fast["supplier"] != row["supplier"]:
            other = suppliers.get(fast["supplier"], {}).get("currency", "")
            fast |= {"unit_cost": np.nan, "supplier_item": "", "currency": other or tables.settings.currency}
        fast["cartons"] = fast["units"] / fast["case_pack"]
        lines.append(_line(fast, _fast_sentence(fast, row, tables)))
    if row["slow_units"] > 0 or row["order_units"] <= 0:
        slow = row | {"units": row["slow_units"], "way": row["slow_way"]}
        slow |= {"sellable_on": day_of(today, np.ceil(row["lead_days"]))} | dict.fromkeys(_OF_THE_FASTER, np.nan)
        slow["cartons"] = slow["units"] / slow["case_pack"]
        lines.append(_line(slow, _slow_sentence(slow, tables)))
    return lines


def _fast_name(name: str) -> str:
    return "fast_extra" if name == "extra_cost" else f"fast_{name}"


def _line(line: Row, why: tuple[Part, ...]) -> Row:
    return {name: line.get(name) for name in _KEPT} | {
        "amount": line["unit_cost"] * line["units"],
        "cut_units": line["cut_units"] if line["cut_units"] > 0 else np.nan, "nothing": line["units"] <= 0,
        "delay_money": line["delay_money"] if line["delay_money"] > 0 else np.nan,
        "why": why,
    }  # fmt: skip


def _head(line: Row) -> Part:
    kind = "cartons" if line["case_pack"] > 1 else "units"
    if line["fast_units"] > 0:
        return part(f"plan.order_way_{kind}", line)
    return part(f"plan.order_{kind}" if line["supplier"] else f"plan.order_{kind}_unassigned", line)


def _fast_sentence(fast: Row, row: Row, tables: Tables) -> tuple[Part, ...]:
    parts = [_head(fast), part("plan.order_gap" if fast["fast_extra"] > 0 else "plan.order_gap_free", fast)]
    if fast["supplier"] != row["supplier"]:
        parts.append(part("plan.order_other_price", fast))
    return tuple(parts if row["slow_units"] > 0 else parts + _reasons(row, tables))


def _slow_sentence(line: Row, tables: Tables) -> tuple[Part, ...]:
    if line["order_units"] <= 0:
        return (part("plan.order_left_out", line), *_delay(line))
    rest = [part("plan.order_rest", line)] if line["fast_units"] > 0 else []
    return (_head(line), *rest, *_reasons(line, tables))


def _reasons(line: Row, tables: Tables) -> list[Part]:
    """Why this much, and what to know of it."""
    parts = [part("plan.order_why_moved" if line["moved"] else "plan.order_why", line)]
    if line["added_units"] > 0:
        parts.append(part("plan.order_added", line))
    elif line["position_moved"] > line["reorder_at"]:
        parts.append(part("plan.order_given" if pd.isna(line["order_by"]) else "plan.order_soon", line))
    extra = line["order_units"] + line["cut_units"] - line["needed"]
    if extra > 0 and line["cut_units"] <= 0:
        cartons = extra < line["case_pack"]
        parts.append(part("plan.order_to_cartons" if cartons else "plan.order_to_minimum", line))
    if line["daily"] > 0 and extra / line["daily"] > tables.settings.round_up_days:
        parts.append(part("plan.order_rounding", {"extra": extra, "days": extra / line["daily"]}))
    if line["missing_value"] > 0:
        parts.append(part("plan.order_below_minimum", line))
    if line["cut_units"] > 0:
        parts.append(part("plan.order_cut", line))
    if line["lead_assumed"]:
        parts.append(part("plan.order_lead_assumed", line))
    return parts


def _delay(line: Row) -> list[Part]:
    return [part("plan.order_delay", line)] if line["delay_money"] > 0 else []
