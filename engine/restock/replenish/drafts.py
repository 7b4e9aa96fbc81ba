"""Transfer suggestions and alerts as tables: one row each, with its sentence."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from restock.arithmetic.cover import days_of_cover
from restock.arithmetic.rounding import floor9
from restock.ledger import unshipped
from restock.replenish.alerts import TROUBLED, Part, part, state_parts
from restock.replenish.order_lines import catalog_rows, day_of
from restock.schema.records import Records, records
from restock.schema.tables import Tables
from restock.transfer.transfer_plan import Move

Array = np.ndarray[Any, Any]


Row = dict[str, Any]


TRANSFER_COLUMNS = [
    "sku", "name", "from", "to", "units", "cartons", "ship_by", "arrives_on", "saves_units", "saves_money", "cost",
    "sender_keeps_days", "why", "mode", "volume", "sells_out_on", "shipment", "shipment_lines", "shipment_units",
    "shipment_volume", "shipment_pallets", "shipment_cost", "route_shipments", "route_cost",
]  # fmt: skip


def transfer_suggestions(
    tables: Tables, view: Records, moves: list[Move], sent: Array, today: dt.date
) -> pd.DataFrame:
    """Transfer lines by route and shipment, as they come (restock.transfer.propose), with the totals of both."""
    rows = []
    catalog, mode = catalog_rows(tables), tables.routes["mode"]
    concerned = view.some(place for move in moves for place in (move.sender, move.receiver))
    for move in moves:
        giver, taker = concerned[move.sender], concerned[move.receiver]
        left = giver["available"] - sent[move.sender]
        keeps = float(days_of_cover(left, giver["daily"]))
        line = {
            "sku": taker["sku"], "name": taker["name"], "from": giver["warehouse"], "to": taker["warehouse"],
            "units": move.units, "cartons": move.cartons, "ship_by": day_of(today, move.ship_day),
            "arrives_on": day_of(today, move.arrival_day), "saves_units": round(move.saved_units),
            "saves_money": move.saved_money, "cost": move.cost, "sender_keeps_days": float(floor9(keeps)),
            "sells_out_on": taker["sells_out_on"], "late_days": move.arrival_day - taker["runout_day"],
            "next_arrival": taker["next_arrival"], "mode": mode[move.route],
            "volume": move.units * np.nan_to_num(catalog[taker["sku"]]["volume"]), "shipment_pallets": move.slots,
        }  # fmt: skip
        line["why"] = _transfer_sentence(line)
        rows.append(line)
    return _with_totals(pd.DataFrame(rows, columns=TRANSFER_COLUMNS))


def _with_totals(frame: pd.DataFrame) -> pd.DataFrame:
    """Each line with the number, lines, units, volume and freight of its shipment, and the totals of its route."""
    if frame.empty:
        return frame
    route, shipment = ["from", "to", "mode"], ["from", "to", "mode", "ship_by"]
    together = frame.groupby(shipment, sort=False)
    frame["shipment"] = (together.ngroup() + 1).astype(float)
    frame["shipment_lines"] = together["units"].transform("size")
    for name, column in (("shipment_units", "units"), ("shipment_volume", "volume"), ("shipment_cost", "cost")):
        frame[name] = together[column].transform("sum").round(9)
    of_route = frame.groupby(route, sort=False)
    frame["route_shipments"] = of_route["ship_by"].transform("nunique")
    frame["route_cost"] = of_route["cost"].transform("sum").round(9)
    return frame


def _transfer_sentence(line: dict[str, Any]) -> tuple[Part, ...]:
    parts = [part("plan.move_head", line)]
    parts.append(part("plan.move_late" if line["late_days"] > 0 else "plan.move_in_time", line))
    if not pd.isna(line["next_arrival"]):
        parts.append(part("plan.move_next_arrival", line))
    known = not pd.isna(line["saves_money"])
    parts.append(part("plan.move_saves_money" if known else "plan.move_saves_units", line))
    parts.append(part("plan.move_keeps" if line["sender_keeps_days"] < 9999 else "plan.move_keeps_all", line))
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
    "rank", "tier", "since", "warned_on", "sku", "warehouse", "name", "available", "days_left", "sells_out_on",
    "next_arrival", "order_by", "order_status", "lost_units", "lost_money", "delay_units", "delay_money", "state",
    "action", "due", "order_units",
]  # fmt: skip


def alert_rows(view: pd.DataFrame, order: Array, unplanned: pd.DataFrame) -> pd.DataFrame:
    """One row per pair that is not fine, the most expensive first, then the rows of Stock that could not be planned.

    Args:
        order: Positions in `view`, the most expensive first (restock.replenish.alerts.rank).
    """
    rows: list[Row] = []
    late = (view["order_status"] != "FINE") & ((view["order_units"] > 0) | (view["gap_days"] > 0))
    listed = (view["tier"].isin(TROUBLED) | late).to_numpy()
    for row in Records(view.iloc[order[listed[order]]]):
        status: str = row["order_status"] if not pd.isna(row["order_by"]) else ""
        kept = {name: row[name] for name in ALERT_COLUMNS if name in row}
        rows.append(kept | {"state": state_parts(row), "order_status": status})
    for row in records(unplanned):
        rows.append({
            "tier": "NOT PLANNED", "sku": row["sku"], "warehouse": row["warehouse"], "name": "", "order_status": "",
            "state": (part("plan.not_planned", row),), "action": (Part("plan.do_fix"),), "order_units": 0.0,
        })  # fmt: skip
    for number, row in enumerate(rows, start=1):
        row["rank"] = number
    frame = pd.DataFrame(rows, columns=ALERT_COLUMNS)
    for name in ("since", "warned_on", "sells_out_on", "next_arrival", "order_by", "due"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    return frame
