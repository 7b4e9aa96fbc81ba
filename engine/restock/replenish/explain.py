"""The arithmetic of one SKU in one warehouse, step by step: what is there, how fast it sells, what to order and when.

`LINES` is the list of steps in their order; another number of the plan is explained by one more line in it. The sheet
Explain shows the same steps as formulas (restock_xl.sheets.explain_formulas); the tests compare the two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pandas as pd

from restock.arithmetic.cover import LONGEST_COVER
from restock.arithmetic.rounding import round9
from restock.demand.outlook import basis_reasons
from restock.replenish.alerts import Part, Sentence
from restock.schema.records import Record, records
from restock.schema.settings import Settings

KNOTS = 5
Said = Callable[[Record], str]
"""From the facts of a pair to the key of the sentence that fits; "" where nothing is to be said."""


class Planned(Protocol):
    """What is explained: a plan, see restock.plan."""

    @property
    def view(self) -> pd.DataFrame:
        """One row per pair."""

    @property
    def settings(self) -> Settings:
        """The settings in force."""


@dataclass(frozen=True)
class Line:
    """One step of every explanation.

    Attributes:
        name: Column of the plan's view, or a fact of `facts_of`.
        unit: "units", "units per day", "days", "cartons", "money", "share", "date", or "" for a word.
        says: Key of its sentence, or what chooses it.
        label: Key of its label; label.<name> where empty.
        choices: List of words that the value comes from (restock.schema.words), where it is one.
        aside: Left out of a printed explanation where it is blank or 0.
    """

    name: str
    section: str
    unit: str
    says: str | Said = ""
    label: str = ""
    choices: str = ""
    aside: bool = False


@dataclass(frozen=True)
class Step:
    """One step: its label, a value (None where there is none) with its unit, and how it comes about."""

    line: Line
    label: Part
    value: Any
    sentence: Sentence

    @property
    def matters(self) -> bool:
        """Whether it is worth a line of print."""
        return not (self.line.aside and (self.value is None or self.value == 0))


def explain(plan: Planned, sku: str, warehouse: str) -> list[Step]:
    """Return the steps from stock and sales to tier, dates and order of one pair, in the order of `LINES`.

    Raises:
        KeyError: The plan has no such SKU in that warehouse.
    """
    found = plan.view[(plan.view["sku"] == sku) & (plan.view["warehouse"] == warehouse)]
    if found.empty:
        raise KeyError((sku, warehouse))
    facts = facts_of(records(found)[0], plan.settings)
    return [_step(line, facts) for line in LINES]


def facts_of(row: Record, settings: Settings) -> Record:
    """The row of a pair and what its sentences name beside it: settings, knots, the two knots round its stock."""
    days = {f"day_{k}": day for k, day in enumerate(settings.knots(), start=1)}
    facts = row | days | {
        "red": settings.red_days, "orange": settings.orange_days, "yellow": settings.yellow_days,
        "horizon": settings.transfer_horizon_days, "soon": settings.order_soon_days, "review": settings.review_days,
        "position_press": row["position"],
    }  # fmt: skip
    facts["reserved"] = np.nan_to_num(row["reserved"])  # §5
    facts["show_units"] = row["show_units"] if row["show_units"] > 0 else np.nan
    if pd.isna(row["next_show"]):
        facts["days_without_show"] = np.nan
    if row["gap_days"] <= 0:
        facts["gap_units"] = facts["gap_lost"] = np.nan
    return facts | _between(facts)


def _between(facts: Record) -> Record:
    """The knots that enclose what is available (§13); past the last knot the last two, before the first (0, 0)."""
    names = ("low_day", "low_need", "high_day", "high_need")
    if _unknown(facts) or facts["available"] <= 0:
        return dict.fromkeys(names, np.nan)
    knots = [(0.0, 0.0)] + [(facts[f"day_{k}"], facts[f"need_{k}"]) for k in range(1, KNOTS + 1)]
    reached = sum(float(round9(need)) <= float(round9(facts["available"])) for _, need in knots) - 1
    low = min(reached, KNOTS - 1)
    return dict(zip(names, (*knots[low], *knots[low + 1]), strict=True))


def _unknown(facts: Record) -> bool:
    return bool(pd.isna(facts["available"]) or pd.isna(facts["need_1"]))


def _step(line: Line, facts: Record) -> Step:
    value = facts[line.name]
    if pd.isna(value) or value == "":
        value = None
    number = line.name.rpartition("_")[2]
    if line.name.startswith("need_"):
        facts = facts | {"day": facts[f"day_{number}"], "show": facts[f"show_{number}"], "need": facts[line.name]}
    label = Part(line.label or f"label.{line.name}", facts)
    return Step(line, label, value, _sentence(line, facts, value))


def _sentence(line: Line, facts: Record, value: Any) -> Sentence:
    if line.name == "daily":
        said = [*basis_reasons(facts["basis"]), facts.get("lesson")]
        return tuple(Part(*reason) for reason in said if reason is not None)
    key = line.says(facts) if callable(line.says) else line.says
    always = callable(line.says)
    return (Part(key, facts),) if key and (always or value is not None) else ()


def _says_available(facts: Record) -> str:
    return "explain.available_missing" if pd.isna(facts["available"]) else "explain.available"


def _says_service(facts: Record) -> str:
    return "explain.service_typed" if facts["typed_daily"] else "explain.service"


def _says_need(facts: Record) -> str:
    if pd.isna(facts["need"]):
        return ""
    return "explain.need_typed" if facts["typed_daily"] else "explain.need_forecast"


def _says_cover(facts: Record) -> str:
    if not pd.isna(facts["available"]) and facts["available"] <= 0:
        return "explain.cover_none"
    if _unknown(facts):
        return "explain.cover_missing"
    if facts["high_need"] <= facts["low_need"]:
        return "explain.cover_endless"
    return "explain.cover_longest" if facts["cover"] >= LONGEST_COVER else "explain.cover"


def _says_tier(facts: Record) -> str:
    special = {"NO DATA": "missing", "–": "gone", "NO SALES": "no_sales"}.get(facts["tier"])
    if special is None and facts["available"] <= 0:
        special = "empty"
    return f"explain.tier_{special}" if special else "explain.tier"


def _says_sells_out(facts: Record) -> str:
    if _unknown(facts):
        return ""
    return "explain.sells_out_never" if pd.isna(facts["sells_out_on"]) else "explain.sells_out_on"


def _says_lead(facts: Record) -> str:
    return "explain.lead_days_assumed" if facts["lead_assumed"] else "explain.lead_days"


def _says_order_by(facts: Record) -> str:
    return "explain.order_by_none" if pd.isna(facts["order_by"]) else "explain.order_by"


def _says_status(facts: Record) -> str:
    return {"LATE": "explain.status_late", "THIS WEEK": "explain.status_week"}.get(
        facts["order_status"], "explain.status_fine"
    )


def _says_needed(facts: Record) -> str:
    if pd.isna(facts["position_moved"]) or pd.isna(facts["fill_up_to"]):
        return ""
    return "explain.needed" if facts["needed"] > 0 else "explain.needed_none"


def _says_order(facts: Record) -> str:
    return "explain.order_units" if facts["order_units"] > 0 else "explain.order_none"


def _where_positive(name: str, key: str) -> Said:
    """The sentence `key` where the number `name` is above 0."""
    return lambda facts: key if facts[name] > 0 else ""


_STOCK, _SALES, _COVER, _SUPPLY = "section.stock", "section.sales", "section.cover", "section.supply"
_WHEN, _HOW_MANY, _MOVE = "section.when", "section.how_many", "section.move"
LINES: tuple[Line, ...] = (
    Line("on_hand", _STOCK, "units", "explain.on_hand"),
    Line("reserved", _STOCK, "units", "explain.reserved"),
    Line("stock_date", _STOCK, "date", "explain.stock_date"),
    Line("adjustment", _STOCK, "units", "explain.adjustment"),
    Line("available", _STOCK, "units", _says_available),
    Line("daily", _SALES, "units per day"),
    Line("class", _SALES, "", "explain.class", choices="class"),
    Line("service", _SALES, "share", _says_service),
    Line("next_show", _COVER, "date", "explain.next_show", aside=True),
    Line("show_units", _COVER, "units", "explain.show_units", aside=True),
    *(Line(f"need_{k}", _COVER, "units", _says_need, "label.need") for k in range(1, KNOTS + 1)),
    Line("low_day", _COVER, "days", "explain.low_day"),
    Line("low_need", _COVER, "units", "explain.low_need"),
    Line("high_day", _COVER, "days", "explain.high_day"),
    Line("high_need", _COVER, "units", "explain.high_need"),
    Line("cover", _COVER, "days", _says_cover),
    Line("days_left", _COVER, "days", "explain.days_left"),
    Line("days_without_show", _COVER, "days", "explain.days_without_show", aside=True),
    Line("tier", _COVER, "", _says_tier, choices="tier"),
    Line("since", _COVER, "date", "explain.since"),
    Line("on_the_way", _SUPPLY, "units", "explain.on_the_way"),
    Line("undated", _SUPPLY, "units", _where_positive("undated", "explain.undated"), aside=True),
    Line("next_arrival", _SUPPLY, "date", "explain.next_arrival", aside=True),
    Line("arrival_units", _SUPPLY, "units", _where_positive("arrival_units", "explain.arrival_units"), aside=True),
    Line("sells_out_on", _SUPPLY, "date", _says_sells_out),
    Line("gap_days", _SUPPLY, "days", _where_positive("gap_days", "explain.gap_days"), aside=True),
    Line("gap_until", _SUPPLY, "date", "explain.gap_until", aside=True),
    Line("gap_units", _SUPPLY, "units", _where_positive("gap_days", "explain.gap_units"), aside=True),
    Line("gap_lost", _SUPPLY, "units", _where_positive("gap_days", "explain.gap_lost"), aside=True),
    Line("lost_units", _SUPPLY, "units", "explain.lost_units"),
    Line("margin", _SUPPLY, "money", "explain.margin", aside=True),
    Line("lost_money", _SUPPLY, "money", "explain.lost_money", aside=True),
    Line("production_days", _WHEN, "days", "explain.production_days"),
    Line("route_days", _WHEN, "days", "explain.route_days"),
    Line("check_in_days", _WHEN, "days", "explain.check_in_days"),
    Line("lead_days", _WHEN, "days", _says_lead),
    Line("lead_safe_days", _WHEN, "days", "explain.lead_safe_days"),
    Line("order_by", _WHEN, "date", _says_order_by),
    Line("order_status", _WHEN, "", _says_status, choices="order_status"),
    Line("position", _HOW_MANY, "units", "explain.position"),
    Line("moved", _HOW_MANY, "units", lambda facts: "explain.moved" if facts["moved"] else "", aside=True),
    Line("position_moved", _HOW_MANY, "units", "explain.position_moved"),
    Line("order_service", _HOW_MANY, "share", "explain.order_service"),
    Line("safety_stock", _HOW_MANY, "units", "explain.safety_stock"),
    Line("reorder_at", _HOW_MANY, "units", "explain.reorder_at"),
    Line("fill_up_to", _HOW_MANY, "units", "explain.fill_up_to"),
    Line("needed", _HOW_MANY, "units", _says_needed),
    Line("moq", _HOW_MANY, "units", "explain.moq"),
    Line("case_pack", _HOW_MANY, "units", "explain.case_pack"),
    Line("cartons", _HOW_MANY, "cartons", _where_positive("order_units", "explain.cartons"), aside=True),
    Line("order_units", _HOW_MANY, "units", _says_order),
    Line("added_units", _HOW_MANY, "units", _where_positive("added_units", "explain.added_units"), aside=True),
    Line("cut_units", _HOW_MANY, "units", _where_positive("cut_units", "explain.cut_units"), aside=True),
    Line("fast_units", _HOW_MANY, "units", _where_positive("fast_units", "explain.fast_units"), aside=True),
    Line("fast_on", _HOW_MANY, "date", "explain.fast_on", aside=True),
    Line("fast_extra", _HOW_MANY, "money", _where_positive("fast_units", "explain.fast_extra"), aside=True),
    Line("delay_units", _HOW_MANY, "units", _where_positive("delay_units", "explain.delay_units"), aside=True),
    Line("move_units", _MOVE, "units", _where_positive("move_units", "explain.move_units"), aside=True),
    Line("move_by", _MOVE, "date", "explain.move_by", aside=True),
)
