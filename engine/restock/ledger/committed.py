"""Accepted orders and transfers from press to press: what joins them, what leaves, how they count (§33).

A line of this ledger is state, not derived: the next table is what stood there, with what people typed, and what was
accepted, less what is closed. It counts as a line of Inbound does until Inbound has its document, SKU and place.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from restock.ledger.accepting import Key, accept
from restock.ledger.lines import (
    LINE_TYPES,
    TRANSFER,
    Line,
    LineType,
    not_on_stock,
    read_lines,
    spelled,
    stock_pairs,
)
from restock.ledger.previous import Previous
from restock.schema.columns import normal_key
from restock.schema.frames import frame
from restock.schema.inputs import INBOUND
from restock.schema.raw import RawTable
from restock.schema.table_view import TableView
from restock.schema.tables import Problem, Tables

Array = np.ndarray[Any, Any]
_TELLING = ("state", "units", "shipped_on", "received", "received_on")
"""A line in which one of these cannot be read never leaves by itself; of a cancelled one the last two matter."""
_UNDER_WAY = ("shipped", "part_received", "received")


@dataclass(frozen=True)
class Committed:
    """What a press makes of the accepted lines.

    Attributes:
        tables: The next tables of accepted lines by name: the columns of restock.schema.outputs and the user's own.
        lines: Every line of supply that counts, shaped as tables.inbound, Inbound's first; also `source` (the table in
            which it stands), `counted` (units of it that the receiver's count holds), `donor` (the warehouse that
            sends it, "" for a supplier).
        accepted: Keys of the suggestions accepted by this press, by table.
        problems: What could not be read.
    """

    tables: dict[str, pd.DataFrame]
    lines: pd.DataFrame
    accepted: dict[str, set[Key]]
    problems: list[Problem]


def settle(tables: Tables, previous: Previous, dates: Array, today: dt.date) -> Committed:
    """Carry the accepted lines over to this press.

    Args:
        tables: Checked tables; Inbound decides which lines have been replaced.
        previous: The sheets as the last press wrote them and people typed into them.
        dates: Stock date of each pair, datetime64[D], (n,).
    """
    names = spelled(tables)
    read = [read_lines(kind, previous.sheets.get(kind.committed.name), names) for kind in LINE_TYPES]
    inbound = (tables.inbound[name] for name in ("document", "sku", "warehouse"))
    replaced = {tuple(map(normal_key, key)) for key in zip(*inbound, strict=True) if key[0]}
    taken = {key[0] for key in replaced}
    taken |= {normal_key(line.values["document"]) for lines, _ in read for line in lines}
    counts = dict(zip(zip(tables.stock["sku"], tables.stock["warehouse"], strict=True), dates, strict=True))
    result = Committed({}, pd.DataFrame(), {}, [])
    rows = []
    for kind, (lines, problems) in zip(LINE_TYPES, read, strict=True):
        raw = previous.sheets.get(kind.committed.name)
        new = accept(kind, previous.sheets.get(kind.suggested.name), tables, names, today, taken)
        standing = [line for line in lines if _key(kind, line) not in replaced]
        kept = [line for line in [*standing, *new.lines] if _stays(kind, line, counts, today)]
        rows += [_as_inbound(kind, line, today) for line in kept if line.usable]
        result.tables[kind.committed.name] = _frame(kind, kept, raw)
        result.accepted[kind.suggested.name] = new.keys
        asked = [*problems, *_off_stock(kind, kept, raw, tables, today)]
        result.problems.extend([*_where_they_stand(asked, kept), *new.problems])
    return Committed(result.tables, _all_lines(tables, rows), result.accepted, result.problems)


def _off_stock(
    kind: LineType, lines: list[Line], raw: RawTable | None, tables: Tables, today: dt.date
) -> list[Problem]:
    """Open lines that cannot be planned, for Stock has no row for them."""
    if raw is None:
        return []
    pairs = stock_pairs(tables)
    off = [line for line in lines if (line.values["sku"], line.values[kind.destination]) not in pairs]
    return [
        not_on_stock(kind, line, kind.committed.name, raw.sheet, line.row)
        for line in off
        if line.row and line.usable and not _is_closed(line, today)
    ]


def _where_they_stand(problems: list[Problem], lines: list[Line]) -> list[Problem]:
    """The problems of lines that stay, with the place of each in the next table, where the cell will be."""
    place = {line.row: k for k, line in enumerate(lines) if line.row}
    return [
        replace(problem, params=problem.params | {"line": place[problem.params["row"]]})
        for problem in problems
        if problem.params["row"] in place
    ]


def _key(kind: LineType, line: Line) -> tuple[str, ...]:
    """What tells the line on Inbound that takes its place: document, goods and where they go."""
    return tuple(normal_key(line.values[name]) for name in ("document", "sku", kind.destination))


def received_units(line: Line, today: dt.date) -> float:
    """Units of a line that have arrived by today; those of a date to come have not."""
    values = line.values
    if values["received_on"] is not None and values["received_on"].date() > today:
        return float(values["counted"] or 0.0)
    so_far = float(values["received"] or 0.0)
    return float(values["units"] or 0.0) if values["state"] == "received" and not so_far else so_far


def _is_closed(line: Line, today: dt.date) -> bool:
    """Whether nothing more will arrive of a line."""
    values, on = line.values, line.values["received_on"]
    if values["state"] == "cancelled":
        return True
    ahead = on is not None and on.date() > today
    return not ahead and (values["state"] == "received" or received_units(line, today) >= values["units"] > 0)


def _stays(kind: LineType, line: Line, counts: dict[tuple[str, str], Any], today: dt.date) -> bool:
    """Bring a line up to this press, and say whether it stays: until nothing of it is open or outside a count."""
    values = line.values
    if not line.usable:
        return bool(values["state"] != "cancelled")
    count = counts.get((values["sku"], values[kind.destination]))
    _remember_counted(line, count, today)
    received = received_units(line, today)
    _date_of_shipping(line, received, today)
    cancelled = values["state"] == "cancelled"
    if not _is_closed(line, today) or set(_TELLING[-2:] if cancelled else _TELLING) & set(line.kept):
        return True
    if received > 0 and _not_yet_counted(values["received_on"], count):
        return True
    sender = counts.get((values["sku"], values[kind.origin])) if kind is TRANSFER else None
    return (received if cancelled else values["units"]) > 0 and _not_yet_counted(values["shipped_on"], sender)


def _remember_counted(line: Line, count: Any, today: dt.date) -> None:
    """Note how many of the received units the receiver's count of the day `count` holds.

    That is all of them once a count is younger than the receipt. Then more may be received: the count holds what it
    held. A receipt moved behind the count, with nothing more received, was a wrong date: the count holds none.
    """
    values, on = line.values, line.values["received_on"]
    if on is None or on.date() > today or {"received", "received_on", "state"} & set(line.kept):
        return
    received, counted = received_units(line, today), values["counted"] or 0.0
    if not _not_yet_counted(on, count):
        counted = received
    elif received <= counted:
        counted = 0.0
    values["counted"] = counted or None


def _date_of_shipping(line: Line, received: float, today: dt.date) -> None:
    """A line found shipped without a date was shipped by this press, and before it was received."""
    values = line.values
    under_way = values["state"] in _UNDER_WAY or received > 0
    if under_way and values["shipped_on"] is None and "shipped_on" not in line.kept:
        now = dt.datetime.combine(today, dt.time())
        values["shipped_on"] = min(now, values["received_on"] or now)


def _not_yet_counted(moment: dt.datetime | None, count: Any) -> bool:
    """Whether something happened on the morning of a count or later, so that the count does not know of it (§2)."""
    return moment is not None and count is not None and bool(np.datetime64(moment, "D") >= count)


def _as_inbound(kind: LineType, line: Line, today: dt.date) -> dict[str, Any]:
    """A line as a row of Inbound, whose state says whether it is open and whether it has left."""
    values, received = line.values, received_units(line, today)
    state = "shipped" if values["shipped_on"] is not None else "ordered"
    if _is_closed(line, today):
        state = "cancelled" if values["state"] == "cancelled" else "received"
    return {
        "document": values["document"], "sku": values["sku"], "from": values[kind.origin],
        "warehouse": values[kind.destination], "ordered": values["units"], "received": received,
        "received_on": values["received_on"], "shipped_on": values["shipped_on"], "state": state, "row": line.row,
        "sellable_on": None if "received" in line.kept else values["sellable_on"],
        "source": kind.committed.name, "counted": values["counted"] or 0.0,
        "donor": values[kind.origin] if kind is TRANSFER else "",
    }  # fmt: skip


def _all_lines(tables: Tables, rows: list[dict[str, Any]]) -> pd.DataFrame:
    inbound = tables.inbound.assign(source=INBOUND.name, counted=0.0)
    warehouses = set(tables.warehouses["warehouse"]) | set(tables.stock["warehouse"])
    inbound["donor"] = inbound["from"].where(inbound["from"].isin(warehouses), "")
    ours = frame(INBOUND, rows)
    for name in ("source", "counted", "donor"):
        ours[name] = pd.Series([row[name] for row in rows], dtype=inbound[name].dtype)
    lines = pd.concat([inbound, ours], ignore_index=True) if rows else inbound
    return lines.assign(donor=lines["donor"].where(lines["donor"] != lines["warehouse"], ""))


def _frame(kind: LineType, lines: list[Line], raw: RawTable | None) -> pd.DataFrame:
    """The next table: cells that could not be read as they stand, columns of the user's own behind ours."""
    others = TableView.of(raw, kind.committed).others if raw is not None else ()
    own = [f"user:{column.header}" for column in others if column.header]
    names = [*(column.name for column in kind.committed.columns), *own]
    return pd.DataFrame([line.cells() for line in lines], columns=names, dtype=object)


def unshipped(transfers: pd.DataFrame) -> pd.DataFrame:
    """Accepted transfers that have not left, of the table of accepted transfers."""
    waits = transfers["state"].isin(["accepted", "ordered", ""]) & transfers["shipped_on"].isna()
    return transfers[waits & transfers["units"].map(lambda units: isinstance(units, float)).astype(bool)]
