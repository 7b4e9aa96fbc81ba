"""The sheets that a press writes, from the plan: the forecast and how good it was, orders, alerts, memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from restock.demand.outlook import basis_reasons
from restock.ledger import Previous
from restock.plan import Plan
from restock.replenish.alerts import Part
from restock.schema.columns import Table
from restock.schema.outputs import (
    ACCURACY,
    ALERTS,
    FORECAST,
    HISTORY,
    LIVE_PICKS,
    ORDERS,
    ORDERS_COMMITTED,
    OUTPUT_TABLES,
    PROBLEMS,
    RUN_LOG,
    SOLD_OUT,
    TRANSFER_ORDERS,
    TRANSFERS,
    TRANSFERS_COMMITTED,
)
from restock.schema.records import records
from restock.schema.sentences import problem_sentence
from restock.schema.tables import Problem
from restock.schema.words import word
from restock.text import Words, say
from restock.version import __version__
from restock_xl.sheets.committed_table import COMMITTED_ON, with_committed
from restock_xl.sheets.layout import FIRST_ROW, HEADER_ROW, TAB_BY_KEY, TABLES_OF_CHARTS
from restock_xl.sheets.ledger_cells import placed
from restock_xl.sheets.model import CellModel, ColumnModel, Highlight, SheetModel, TableModel
from restock_xl.sheets.sentences import compose
from restock_xl.sheets.stock_formulas import FORECAST_LETTERS
from restock_xl.sheets.stock_values import published
from restock_xl.sheets.style import PICK_STYLE, TAB_OUTPUT, TIER_STYLE
from restock_xl.sheets.table_sheet import (
    column_values,
    output_column,
    pick_highlights,
    status_highlights,
    table_sheet,
    tier_highlights,
)
from restock_xl.sheets.text_height import LINE_HEIGHT, text_height
from restock_xl.sheets.trend import trend_text

LOG_ROWS = 60
RowsBelow = Callable[[str, SheetModel], int]


@dataclass(frozen=True)
class Target:
    """Where one of our sheets goes in a book: its tab, its table's name, whether it is shown."""

    sheet: str
    table: str
    hidden: bool = False


Targets = dict[str, Target]


def new_targets(language: str) -> Targets:
    """The targets of a new book."""
    tabs = {key: Target(tab.name(language), key, not tab.visible) for key, tab in TAB_BY_KEY.items()}
    return tabs | {name: Target("", name) for name in TABLES_OF_CHARTS}


def output_sheet(
    table: Table, language: str, frame: pd.DataFrame, target: Target, extra: tuple[CellModel, ...] = (),
    highlights: tuple[Highlight, ...] = (), row_styles: dict[str, tuple[str, ...]] | None = None,
    freeze_columns: int = 1,
) -> SheetModel:  # fmt: skip
    """One output sheet: the table's columns from `frame`."""
    columns = []
    for column in table.columns:
        values = column_values(column, frame, language)
        model = output_column(column, language, values)
        styles = (row_styles or {}).get(column.name, ())
        columns.append(ColumnModel(**{**vars(model), "row_styles": styles}))
    heights = _row_heights(columns)
    return table_sheet(table, language, tuple(columns), len(frame), target.sheet, table.name, target.table, extra,
                       highlights, target.hidden, freeze_columns, heights)  # fmt: skip


def _row_heights(columns: list[ColumnModel]) -> dict[int, float]:
    """Room for wrapped text: no program makes it by itself in a file that it did not write."""
    heights: dict[int, float] = {}
    for column in columns:
        if column.style.endswith("_wrap"):
            for row, value in enumerate(column.values, start=FIRST_ROW):
                heights[row] = max(heights.get(row, 0.0), text_height(str(value or ""), column.width))
    return {row: height for row, height in heights.items() if height > LINE_HEIGHT + 4}


def plan_sheets(
    plan: Plan, previous: Previous, words: Words, targets: Targets, fingerprint: str, below: RowsBelow = lambda *_: 0
) -> dict[str, SheetModel]:
    """Every sheet that a press writes but Today, by key.

    Args:
        below: How many rows the user's cells need below the suggestions of a sheet, given its key and its model.
    """
    language = words.language
    previous = replace(previous, typed=plan.typed)
    orders = _orders(plan, previous, words, targets["Orders"])
    transfers = _transfers(plan, previous, words, targets["Transfers"])
    ledger = {
        "Orders": _with_committed(orders, ORDERS_COMMITTED, plan, words, targets, below("Orders", orders)),
        "Transfers": _with_committed(
            transfers, TRANSFERS_COMMITTED, plan, words, targets, below("Transfers", transfers)
        ),
    }
    problems = placed(plan.tables.problems, ledger)
    return ledger | {
        "Forecast": forecast_sheet(plan, words, targets["Forecast"]),
        "TransferOrders": output_sheet(
            TRANSFER_ORDERS,
            language,
            _with_typed(plan.transfer_orders, TRANSFER_ORDERS, previous, language),
            targets["TransferOrders"],
        ),
        "LivePicks": _live_picks(plan, previous, words, targets["LivePicks"]),
        "Alerts": _alerts(plan, previous, words, targets["Alerts"]),
        "Accuracy": _accuracy(plan, words, targets["Accuracy"]),
        "Problems": output_sheet(PROBLEMS, language, problem_rows(problems, words), targets["Problems"]),
        "RunLog": output_sheet(RUN_LOG, language, log_rows(plan, previous, fingerprint), targets["RunLog"]),
        "History": _history(plan, language, targets["History"], targets.get("SoldOut")),
    }


def forecast_cells(plan: Plan | None, knots: tuple[float, ...], words: Words) -> tuple[CellModel, ...]:
    """The date of the press and the days of the knots, which formulas read from the first row."""
    column = {name: k for k, name in enumerate(FORECAST_LETTERS)}
    cells = [
        CellModel(0, 3, say("sheet.computed_for", words), "hint"),
        CellModel(0, 4, plan.today if plan else None, "plain_date"),
        CellModel(0, column["need_1"] - 1, say("sheet.knots", words), "hint"),
    ]
    cells += [CellModel(0, column[f"need_{k + 1}"], day, "plain_number") for k, day in enumerate(knots)]
    return tuple(cells)


def forecast_sheet(plan: Plan, words: Words, target: Target) -> SheetModel:
    """One row per planned row of Stock, in its order; Stock reads its numbers from here by key."""
    view = plan.view
    frame = view[[name for name in FORECAST_LETTERS if name in view.columns]].copy()
    frame["sku"], frame["warehouse"] = view["typed_sku"], view["typed_warehouse"]
    frame["row_key"] = view["typed_sku"] + "|" + view["typed_warehouse"]
    for name in ("discontinued", "typed_daily", "lead_assumed"):
        frame[name] = view[name].map({True: "Y", False: ""})
    for name, values in _reason_columns(view).items():
        frame[name] = values
    lines = [published(row, words) for row in plan.rows]
    for name in ("action", "order_units", "show_units"):
        frame[name] = [line[name] for line in lines]
    frame["trend"] = [trend_text(row) for row in plan.trend]
    reasons = zip(view["basis"], view["lesson"], strict=True)
    frame["basis"] = [_said([*basis_reasons(basis), lesson], words) for basis, lesson in reasons]
    extra = forecast_cells(plan, plan.settings.knots(), words)
    return output_sheet(FORECAST, words.language, frame, target, extra, freeze_columns=2)


_REASONS = {
    "basis_days": "days", "half_life": "half_life", "season": "season", "ignored": "ignored", "capped": "capped",
    "capped_on": "day", "capped_sold": "sold", "capped_kept": "kept", "like_times": "times", "like_daily": "daily",
    "full_on": "full_on", "ends_on": "ends_on",
}  # fmt: skip
_LESSONS = {
    "past_shows": "shows", "past_sold_out": "sold_out", "past_ratio": "ratio", "past_trust": "trust",
    "past_factor": "factor", "show_times": "times",
}  # fmt: skip
"""Columns of Forecast to the numbers of the sentences that say how it was made, and what past shows taught."""


def _reason_columns(view: pd.DataFrame) -> dict[str, list[Any]]:
    """The numbers in the sentences of "How it was made", each in a cell of its own."""
    basis = [params for _, params in view["basis"]]
    lessons = [lesson[1] if lesson is not None else {} for lesson in view["lesson"]]
    found = {name: [params.get(key) for params in basis] for name, key in _REASONS.items()}
    return found | {name: [params.get(key) for params in lessons] for name, key in _LESSONS.items()}


def _said(reasons: list[tuple[str, dict[str, Any]] | None], words: Words) -> str:
    """The sentences of some reasons, one after the other."""
    space = "" if words.language == "zh" else " "
    return space.join(say(reason[0], words, **reason[1]) for reason in reasons if reason is not None)


def _orders(plan: Plan, previous: Previous, words: Words, target: Target) -> SheetModel:
    frame = plan.orders.copy()
    frame["why"] = [compose(parts, words) for parts in frame["why"]]
    frame = _with_typed(frame, ORDERS, previous, words.language)
    column = [column.name for column in ORDERS.columns].index("order_status")
    lights = status_highlights(column, HEADER_ROW + max(1, len(frame)))
    return output_sheet(ORDERS, words.language, frame, target, highlights=lights, freeze_columns=3)


def _transfers(plan: Plan, previous: Previous, words: Words, target: Target) -> SheetModel:
    frame = plan.transfers.copy()
    frame["why"] = [compose(parts, words) for parts in frame["why"]]
    frame = _with_typed(frame, TRANSFERS, previous, words.language)
    said = transfer_summary(plan, words)
    extra = (CellModel(0, 3, said, "hint"),) if said else ()
    return output_sheet(TRANSFERS, words.language, frame, target, extra, freeze_columns=2)


def transfer_summary(plan: Plan, words: Words) -> str:
    """What the proposed transfers come to, and how good they are; "" without any route that could be used."""
    found, lines = plan.transfer_plan, plan.transfers
    if found is None:
        return ""
    totals = {"lines": len(lines), "shipments": lines["shipment"].nunique(), "units": lines["units"].sum(),
              "volume": lines["volume"].sum(), "freight": lines["cost"].sum()}  # fmt: skip
    parts = [Part("transfer.totals", totals)] if len(lines) else []
    within = {"gap": found.gap, "cost": found.cost, "bound": found.bound}
    parts.append(Part("transfer.within", within) if found.gap > 0 else Part("transfer.best", {}))
    if found.clock_struck:
        parts.append(Part("transfer.clock", {}))
    return compose(tuple(parts), words)


def _with_committed(
    model: SheetModel, table: Table, plan: Plan, words: Words, targets: Targets, between: int
) -> SheetModel:
    target = targets[table.name]
    return with_committed(model, table, plan.committed.tables[table.name], words.language, target.table, between)


def _live_picks(plan: Plan, previous: Previous, words: Words, target: Target) -> SheetModel:
    """What to show, with real fills; a start without a time of day is a date."""
    frame = plan.picks.copy()
    frame["why"] = [compose(parts, words) for parts in frame["why"]]
    frame = _with_typed(frame, LIVE_PICKS, previous, words.language)
    column = [column.name for column in LIVE_PICKS.columns].index("decision")
    lights = pick_highlights(column, HEADER_ROW + max(1, len(frame)))
    starts = pd.to_datetime(frame["start"])
    styles = {
        "decision": tuple(PICK_STYLE.get(code, "plain") for code in frame["decision"]),
        "start": tuple("plain_date" if start == start.normalize() else "plain_time" for start in starts),
    }
    return output_sheet(
        LIVE_PICKS, words.language, frame, target, highlights=lights, row_styles=styles, freeze_columns=3
    )


def _alerts(plan: Plan, previous: Previous, words: Words, target: Target) -> SheetModel:
    frame = plan.alerts.copy()
    frame["action"] = [compose(a + b, words) for a, b in zip(frame["state"], frame["action"], strict=True)]
    frame = _with_typed(frame, ALERTS, previous, words.language)
    names = [column.name for column in ALERTS.columns]
    last = HEADER_ROW + max(1, len(frame))
    lights = tier_highlights(names.index("tier"), last, 0, tint=False)
    lights += status_highlights(names.index("order_status"), last)
    tiers = tuple(TIER_STYLE.get(code, "plain") for code in frame["tier"])
    return output_sheet(ALERTS, words.language, frame, target, highlights=lights, row_styles={"tier": tiers})


def _accuracy(plan: Plan, words: Words, target: Target) -> SheetModel:
    frame = plan.accuracy.copy()
    frame["sku"] = [_accuracy_label(row, words) for row in records(frame)]
    for name in ("says", "earlier"):
        frame[name] = [compose(tuple(Part(*part) for part in parts), words) for parts in frame[name]]
    empty = (CellModel(0, 3, say("plan.accuracy_no_sales", words), "hint"),) if frame.empty else ()
    return output_sheet(ACCURACY, words.language, frame, target, empty, freeze_columns=2)


def _accuracy_label(row: dict[str, Any], words: Words) -> str:
    """What stands in the SKU column: groups of pairs are named."""
    if row["group"] == "pair":
        return str(row["sku"])
    name = word("class", row["class"], words.language) if row["group"] == "class" else ""
    return say(f"plan.accuracy_{row['group']}", words, **{"class": name, "pairs": row["sku"]})


def _with_typed(frame: pd.DataFrame, table: Table, previous: Previous, language: str) -> pd.DataFrame:
    """`frame` with what the user typed beside the same keys before. Rows that are gone but hold notes stay, marked."""
    typed = previous.typed.get(table.name)
    if typed is None or typed.empty:
        return frame
    key = list(table.key)
    ours = {column.name for column in table.columns if column.typed}
    keep = [name for name in typed.columns if name in ours or name.startswith("user:")]
    if table is ALERTS:
        tiers = frame[[*key, "tier"]].merge(typed[[*key, "tier"]], on=key, how="left", suffixes=("", "_before"))
        same = dict(zip(map(tuple, tiers[key].to_numpy()), tiers["tier"] == tiers["tier_before"], strict=True))
        typed = typed[np.array([same.get(tuple(k), False) for k in typed[key].to_numpy()], dtype=bool)]
    merged = frame.merge(typed[key + keep].drop_duplicates(key), on=key, how="left")
    return merged if table in (ALERTS, TRANSFER_ORDERS) else _add_vanished(merged, typed, keep, key, language)


def _add_vanished(
    frame: pd.DataFrame, typed: pd.DataFrame, keep: list[str], key: list[str], language: str
) -> pd.DataFrame:
    here = set(map(tuple, frame[key].to_numpy()))
    filled = typed[keep].map(lambda value: value not in (None, "") and not pd.isna(value)).any(axis=1)
    absent = np.array([tuple(k) not in here for k in typed[key].to_numpy()], dtype=bool)
    gone = typed[filled.to_numpy() & absent]
    if gone.empty:
        return frame
    rows = gone[key + keep].drop_duplicates(key)
    text = word("line_state", "not_suggested", language)
    rows["why"] = text[:1].upper() + text[1:]
    return pd.concat([frame.astype(object), rows.astype(object)], ignore_index=True)


def problem_rows(problems: list[Problem], words: Words) -> pd.DataFrame:
    """The problems as rows; those that leave something out come first."""
    order = {"row": 0, "cell": 1, "note": 2}
    problems = sorted(problems, key=lambda problem: order[problem.effect])
    return pd.DataFrame(
        [
            {"no": k, "effect": say(f"sheet.effect_{problem.effect}", words), "sheet": problem.sheet,
             "cell": problem.cell, "value": problem.value, "message": problem_sentence(problem, words)}
            for k, problem in enumerate(problems, start=1)
        ],
        columns=[column.name for column in PROBLEMS.columns],
    )  # fmt: skip


def log_rows(plan: Plan, previous: Previous, fingerprint: str) -> pd.DataFrame:
    """The log with this press on top; a press for the same day on the same data is the same row."""
    tiers = plan.view["tier"].value_counts()
    row = {
        "today": pd.Timestamp(plan.today), "fingerprint": fingerprint, "stock_date": plan.view["stock_date"].max(),
        "sales_through": pd.Timestamp(plan.last_sale) if plan.last_sale else pd.NaT, "rows": len(plan.view),
        "red": tiers.get("RED", 0), "orange": tiers.get("ORANGE", 0), "yellow": tiers.get("YELLOW", 0),
        "orders": len(plan.orders), "transfers": len(plan.transfers), "problems": len(plan.tables.problems),
        "version": __version__, **_transfer_log(plan),
    }  # fmt: skip
    rows = [row]
    for old in records(previous.run_log):
        if pd.Timestamp(old["today"]) != row["today"] or old["fingerprint"] != fingerprint:
            rows.append(old)
    return pd.DataFrame(rows[:LOG_ROWS], columns=[column.name for column in RUN_LOG.columns])


def _transfer_log(plan: Plan) -> dict[str, Any]:
    """What the proposed transfers cost and what they cost at best; blank without routes."""
    found = plan.transfer_plan
    if found is None:
        return {}
    return {"transfer_cost": found.cost, "transfer_bound": found.bound,
            "transfer_clock": "Y" if found.clock_struck else ""}  # fmt: skip


def _history(plan: Plan, language: str, target: Target, sold_out: Target | None) -> SheetModel:
    model = output_sheet(HISTORY, language, plan.history, Target(target.sheet, target.table, True))
    second = output_sheet(SOLD_OUT, language, plan.sold_out, Target("", sold_out.table if sold_out else "SoldOut"))
    start = len(HISTORY.columns) + 1
    columns = second.tables[0].columns
    table = TableModel(second.tables[0].name, HEADER_ROW, start, columns, max(1, len(plan.sold_out)))
    return SheetModel(model.name, model.key, model.cells, (model.tables[0], table), freeze=(FIRST_ROW, 0),
                      tab_color=TAB_OUTPUT, hidden=True)  # fmt: skip


def empty_sheets(language: str, words: Words, knots: tuple[float, ...]) -> dict[str, SheetModel]:
    """The output sheets of a new book, pre-made and empty."""
    targets = new_targets(language)
    sheets = {}
    for key, table in OUTPUT_TABLES.items():
        if key in ("SoldOut", "History", *COMMITTED_ON, *TABLES_OF_CHARTS):
            continue
        frame = pd.DataFrame(columns=[column.name for column in table.columns])
        extra = forecast_cells(None, knots, words) if key == "Forecast" else ()
        sheets[key] = output_sheet(table, language, frame, targets[key], extra)
    for name, key in COMMITTED_ON.items():
        table = OUTPUT_TABLES[name]
        frame = pd.DataFrame(columns=[column.name for column in table.columns])
        sheets[key] = with_committed(sheets[key], table, frame, language, name)
    return sheets
