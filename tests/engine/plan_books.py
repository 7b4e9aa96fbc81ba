"""Plans of small books, for tests: typed cells in, the plan and its sentences out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd

from restock.ledger import Previous
from restock.plan import Plan, make_plan
from restock.replenish.alerts import Sentence
from restock.schema.raw import RawTable
from restock.schema.tables import Tables
from restock.schema.validate import validate
from restock.text import Words, say

from .raw_books import raw_book

TODAY = dt.date(2026, 11, 23)
"""A Monday."""

STEADY = {
    "simple_factor": 0.0, "lead_spread": 0.0, "lead_spread_days": 0.0,
    "cover_traffic": 0.0, "cover_profit": 0.0, "cover_long_tail": 0.0,
}  # fmt: skip
"""Settings under which nothing varies, so that safety stock is 0 and levels can be worked out by hand."""


def day(offset: int, today: dt.date = TODAY) -> dt.date:
    """The date `offset` days after today."""
    return today + dt.timedelta(offset)


def tables_of(today: dt.date = TODAY, language: str = "en", **tables: Any) -> Tables:
    """Checked tables; a table is a list of dicts of cells, Settings a dict of values by key."""
    raw = {}
    for name, rows in tables.items():
        if name == "Settings":
            raw[name] = (["setting", "value"], [[key, value] for key, value in rows.items()])
        else:
            headers = list(dict.fromkeys(key for row in rows for key in row))
            raw[name] = (headers, [[row.get(key) for key in headers] for row in rows])
    return validate(raw_book(language, **raw), today)


def plan_of(today: dt.date = TODAY, previous: Previous | None = None, **tables: Any) -> Plan:
    """The plan of a book, see `tables_of`."""
    checked = tables_of(today, **tables)
    return make_plan(checked, checked.settings, today, previous)


def remembered(
    plan: Plan, typed: Mapping[str, pd.DataFrame] | None = None, sheets: Mapping[str, RawTable] | None = None
) -> Previous:
    """What the next press finds in the book."""
    return Previous(plan.history, plan.sold_out, pd.DataFrame(), dict(typed or {}), dict(sheets or {}))


def pair(plan: Plan, sku: str, warehouse: str = "Main") -> dict[str, Any]:
    """The row of the view of a SKU and warehouse."""
    return _only(plan.view[(plan.view["sku"] == sku) & (plan.view["warehouse"] == warehouse)])


def alert(plan: Plan, sku: str, warehouse: str = "Main") -> dict[str, Any]:
    """The alert of a SKU and warehouse."""
    return _only(plan.alerts[(plan.alerts["sku"] == sku) & (plan.alerts["warehouse"] == warehouse)])


def _only(found: pd.DataFrame) -> dict[str, Any]:
    assert len(found) == 1
    return {str(name): value for name, value in found.iloc[0].items()}


def text(plan: Plan, parts: Sentence, language: str = "en") -> str:
    """Sentences as they stand in a cell."""
    words = Words(language, plan.settings.currency, plan.today)
    return ("" if language == "zh" else " ").join(say(part.key, words, **part.params) for part in parts)


def spoken(frame: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """A frame of the plan with its sentences as text in both languages, so that two can be compared."""
    made = frame.copy()
    for name in ("state", "action", "why"):
        if name in made:
            both = [text(plan, parts, "en") + text(plan, parts, "zh") for parts in made[name]]
            made[name] = pd.Series(both, made.index, dtype="str")
    return made.assign(basis=made["basis"].map(repr)) if "basis" in made else made


def say_everything(plan: Plan) -> None:
    """Every sentence of a plan in both languages, none of them with a hole in it."""
    for language in ("en", "zh"):
        words = Words(language, plan.settings.currency, plan.today)
        said = [text(plan, parts, language) for parts in plan.view["action"]]
        said += [text(plan, a + b, language) for a, b in zip(plan.alerts["state"], plan.alerts["action"], strict=True)]
        frames = (plan.orders, plan.transfers, plan.picks)
        said += [text(plan, parts, language) for frame in frames for parts in frame["why"]]
        said += [say(key, words, **params) for key, params in plan.view["basis"]]
        assert not any("nan" in sentence.casefold() or "NaT" in sentence for sentence in said)
