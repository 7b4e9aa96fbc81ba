"""What people typed into Done, on Alerts or on Today: one answer for each pair, kept until its tier changes (§45)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from restock.ledger.previous import Previous
from restock.schema.records import records

Key = tuple[str, str]


def with_answers(previous: Previous) -> Previous:
    """Return what the last press left, with what was typed on Today joined to what was typed on Alerts.

    Of the two cells the one that differs from what the last press showed wins; where both do, both are kept.
    """
    on_alerts, on_today = previous.typed.get("Alerts"), previous.typed.get("Today")
    if on_today is None or on_today.empty:
        return previous
    alerts = on_alerts if on_alerts is not None else pd.DataFrame(columns=["sku", "warehouse", "done", "tier"])
    shown = {_key(row): (row["done"], row["tier"]) for row in records(previous.history)}
    today = {_key(row): row["done"] for row in records(on_today)}
    done = [
        _merged(row["done"], today.get(_key(row), row["done"]), shown.get(_key(row), (None, None))[0])
        for row in records(alerts)
    ]
    here = {_key(row) for row in records(alerts)}
    more = pd.DataFrame(
        [{"sku": key[0], "warehouse": key[1], "done": text, "tier": shown.get(key, (None, None))[1]}
         for key, text in today.items() if key not in here and is_typed(text)]
    )  # fmt: skip
    alerts = alerts.assign(done=pd.Series(done, alerts.index, dtype=object))
    merged = pd.concat([alerts.astype(object), more.astype(object)], ignore_index=True) if len(more) else alerts
    return replace(previous, typed=previous.typed | {"Alerts": merged})


def kept_answers(alerts: pd.DataFrame, previous: Previous) -> list[Any]:
    """Return what stands in Done beside each alert: what was typed while the tier was the same, else None."""
    typed = previous.typed.get("Alerts")
    known = {} if typed is None else {(*_key(row), row["tier"]): row["done"] for row in records(typed)}
    found = [known.get((*_key(row), row["tier"])) for row in records(alerts[["sku", "warehouse", "tier"]])]
    return [text if is_typed(text) else None for text in found]


def is_typed(value: Any) -> bool:
    """Whether a cell holds an answer."""
    return value is not None and not pd.isna(value) and str(value).strip() != ""


def _merged(on_alerts: Any, on_today: Any, shown: Any) -> Any:
    alerts, today, before = (str(text).strip() if is_typed(text) else "" for text in (on_alerts, on_today, shown))
    if alerts == today or today == before:
        return on_alerts
    if alerts == before:
        return on_today
    return "; ".join(text for text in (alerts, today) if text)


def _key(row: dict[str, Any]) -> Key:
    return str(row["sku"]), str(row["warehouse"])
