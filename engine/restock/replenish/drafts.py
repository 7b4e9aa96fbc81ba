"""Order drafts, transfer suggestions and alerts as tables: one row each, with its sentence."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from restock.arithmetic.cover import days_of_cover
from restock.arithmetic.rounding import floor9
from restock.ledger import unshipped
from restock.replenish.alerts import TROUBLED, Part, state_parts
from restock.schema.records import records
from restock.schema.tables import Tables
from restock.transfer.greedy import Move

Array = np.ndarray[Any, Any]


def _day(today: dt.date, days: float) -> pd.Timestamp:
    return pd.Timestamp(today) + pd.Timedelta(days=int(days))


Row = dict[str, Any]


def catalog_rows(tables: Tables) -> dict[str, Row]:
    """The catalog's row of each SKU."""
    return {row["sku"]: row for row in records(tables.catalog.drop_duplicates("sku"))}


def order_drafts(tables: Tables, view: list[Row], needs: Array, today: dt.date) -> pd.DataFrame:
    """Order lines, the earliest order date first, then supplier, SKU, warehouse.

    Args:
        view: The rows of restock.replenish.view.
        needs: Units wanted before cartons and minimum order, (n,).
    """
    catalog = catalog_rows(tables)
    currencies = dict(zip(tables.suppliers["supplier"], tables.suppliers["currency"], strict=True))
    rows = []
    for k, row in enumerate(view):
        if row["order_units"] <= 0:
            continue
        item = catalog[row["sku"]]
        case = max(1.0, float(np.nan_to_num(item["case_pack"], nan=1.0)))
        currency = currencies.get(row["supplier"], "") or tables.settings.currency
        line = row | {
            "units": row["order_units"], "cartons": row["order_units"] / case, "case_pack": case,
            "needed": needs[k], "sellable_on": _day(today, np.ceil(row["lead_days"])),
            "supplier_item": item["supplier_item"], "unit_cost": item["cost"],
            "amount": item["cost"] * row["order_units"], "currency": currency,
        }  # fmt: skip
        line["why"] = _order_sentence(line, tables)
        rows.append(line)
    frame = pd.DataFrame(rows, columns=ORDER_COLUMNS)
    return frame.sort_values(["order_by", "supplier", "sku", "warehouse"], kind="stable", ignore_index=True)


ORDER_COLUMNS = [
    "supplier", "sku", "name", "supplier_item", "warehouse", "mode", "units", "cartons", "order_by", "order_status",
    "sellable_on", "position", "fill_up_to", "needed", "unit_cost", "amount", "currency", "why",
]  # fmt: skip


def _order_sentence(line: dict[str, Any], tables: Tables) -> tuple[Part, ...]:
    head = "plan.order_cartons" if line["case_pack"] > 1 else "plan.order_units"
    parts = [Part(head if line["supplier"] else f"{head}_unassigned", line)]
    parts.append(Part("plan.order_why_moved" if line["moved"] else "plan.order_why", line))
    if line["position_moved"] > line["reorder_at"]:
        parts.append(Part("plan.order_soon", line))
    extra = line["units"] - line["needed"]
    if line["daily"] > 0 and extra / line["daily"] > tables.settings.round_up_days:
        parts.append(Part("plan.order_rounding", {"extra": extra, "days": extra / line["daily"]}))
    if line["lead_assumed"]:
        parts.append(Part("plan.order_lead_assumed", line))
    return tuple(parts)


TRANSFER_COLUMNS = [
    "sku", "name", "from", "to", "units", "cartons", "ship_by", "arrives_on", "saves_units", "saves_money", "cost",
    "sender_keeps_days", "why",
]  # fmt: skip


def transfer_suggestions(view: list[Row], moves: list[Move], sent: Array, today: dt.date) -> pd.DataFrame:
    """Transfer lines in the order in which they should be acted on: the earliest ship date, then the most saved."""
    rows = []
    for move in moves:
        giver, taker = view[move.sender], view[move.receiver]
        left = giver["available"] - sent[move.sender]
        keeps = float(days_of_cover(left, giver["daily"]))
        line = {
            "sku": taker["sku"], "name": taker["name"], "from": giver["warehouse"], "to": taker["warehouse"],
            "units": move.units, "cartons": move.cartons, "ship_by": _day(today, move.ship_day),
            "arrives_on": _day(today, move.arrival_day), "saves_units": round(move.saved_units),
            "saves_money": move.saved_money, "cost": move.cost, "sender_keeps_days": float(floor9(keeps)),
            "sells_out_on": taker["sells_out_on"], "late_days": move.arrival_day - taker["runout_day"],
            "next_arrival": taker["next_arrival"],
        }  # fmt: skip
        line["why"] = _transfer_sentence(line)
        rows.append(line)
    frame = pd.DataFrame(rows, columns=TRANSFER_COLUMNS)
    return frame.sort_values(
        ["ship_by", "saves_money", "sku", "from", "to"], ascending=[True, False, True, True, True],
        kind="stable", ignore_index=True,
    )  # fmt: skip


def _transfer_sentence(line: dict[str, Any]) -> tuple[Part, ...]:
    parts = [Part("plan.move_head", line)]
    parts.append(Part("plan.move_late" if line["late_days"] > 0 else "plan.move_in_time", line))
    if not pd.isna(line["next_arrival"]):
        parts.append(Part("plan.move_next_arrival", line))
    known = not pd.isna(line["saves_money"])
    parts.append(Part("plan.move_saves_money" if known else "plan.move_saves_units", line))
    parts.append(Part("plan.move_keeps" if line["sender_keeps_days"] < 9999 else "plan.move_keeps_all", line))
    return tuple(parts)


def transfer_orders(tables: Tables, committed: pd.DataFrame) -> pd.DataFrame:
    """The accepted transfers that have not been shipped, as lines for the warehouse that ships them.

    Args:
        committed: The table of accepted transfers (restock.ledger.committed).
    """
    catalog = catalog_rows(tables)
    rows = [
        line | {"barcode": catalog[line["sku"]]["barcode"] if line["sku"] in catalog else ""}
        for line in records(unshipped(committed))
    ]
    columns = ["document", "from", "to", "ship_by", "sku", "name", "barcode", "units", "cartons"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values(["from", "to", "document", "sku"], kind="stable", ignore_index=True)


ALERT_COLUMNS = [
    "rank", "tier", "since", "sku", "warehouse", "name", "available", "days_left", "sells_out_on", "next_arrival",
    "order_by", "order_status", "lost_units", "lost_money", "state", "action", "due", "order_units",
]  # fmt: skip


def alert_rows(view: list[Row], order: Array, unplanned: pd.DataFrame) -> pd.DataFrame:
    """One row per pair that is not fine, the most expensive first, then the rows of Stock that could not be planned.

    Args:
        order: Positions in `view`, the most expensive first (restock.replenish.alerts.rank).
    """
    rows: list[Row] = []
    for k in order:
        row = view[k]
        late = row["order_status"] != "FINE" and (row["order_units"] > 0 or row["gap_days"] > 0)
        if row["tier"] in TROUBLED or late:
            status = row["order_status"] if not pd.isna(row["order_by"]) else ""
            rows.append(row | {"state": state_parts(row), "order_status": status})
    for row in records(unplanned):
        part = Part("plan.not_planned", row)
        rows.append({
            "tier": "NOT PLANNED", "sku": row["sku"], "warehouse": row["warehouse"], "name": "", "order_status": "",
            "state": (part,), "action": (Part("plan.do_fix"),), "order_units": 0.0,
        })  # fmt: skip
    for number, row in enumerate(rows, start=1):
        row["rank"] = number
    frame = pd.DataFrame(rows, columns=ALERT_COLUMNS)
    for name in ("since", "sells_out_on", "next_arrival", "order_by", "due"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    return frame
