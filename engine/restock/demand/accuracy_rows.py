"""The rows of the Accuracy sheet: all, each class, the pairs that sell most, and the rest."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from restock.demand.accuracy import CLASSES, FEWEST_DAYS_BEFORE, WINDOW_DAYS, Expected, backtest, known_days
from restock.demand.earlier_press import EarlierPress, held_against
from restock.demand.history import History
from restock.demand.pairs import pairs_of
from restock.schema.tables import Tables

MOST_PAIRS = 200
"""So many pairs get a row of their own."""
FEWEST_WINDOWS = 2
"""A single fortnight says too little of one pair."""
MANY_WINDOWS = 20
"""From so many fortnights on a chance that was missed is said."""
SMALLEST_MISS = 0.02
COLUMNS = (
    "group", "sku", "warehouse", "name", "class", "sold", "windows", "off_by", "too_high", "average_off", "weekday_off",
    "level", "reached", "rule_reached", "rule_stock", "earlier", "says",
)  # fmt: skip

Reason = tuple[str, dict[str, Any]]
"""Key of restock.text and its numbers."""
_Row = dict[str, Any]


def accuracy_rows(
    tables: Tables, history: History, classes: NDArray[np.object_], press: EarlierPress, seen: list[Expected]
) -> pd.DataFrame:
    """Return the rows of the Accuracy sheet, columns `COLUMNS`; none without sales.

    `group` is "all", "class", "pair" or "rest" (`sku` then holds how many pairs the row stands for). `off_by`,
    `too_high`, `average_off` and `weekday_off` are shares of what was sold, NaN where nothing was; `level`,
    `reached` and `rule_reached` shares of fortnights; `rule_stock` the rule's stock over ours. `earlier` and
    `says` are keys and numbers of sentences. Pairs stand by money sold where every price is known, else by units.

    Args:
        tables: Checked tables.
        history: Sales through yesterday.
        classes: (n_pairs,) object, class of each pair.
        press: What an earlier press planned with.
        seen: The forecasts made again, see `restock.demand.accuracy.seen_again`.
    """
    if not history.days or not history.units.any():
        return pd.DataFrame(columns=list(COLUMNS))
    sums = backtest(tables, classes, seen)
    rows = [_row(sums, {"group": "all"})]
    if not rows[0]["windows"]:
        needed = FEWEST_DAYS_BEFORE + WINDOW_DAYS
        rows[0]["says"] = (("plan.accuracy_too_little", {"days": known_days(history), "needed": needed}),)
        return pd.DataFrame(rows, columns=list(COLUMNS))
    judged = sums["windows"].to_numpy() > 0
    for name in CLASSES:
        members = judged & (classes == name)
        if members.any():
            rows.append(_row(sums[members], {"group": "class", "class": name}))
    ranked = _ranked(tables, sums, judged)
    since = held_against(press, history, known_days(history))
    names = dict(zip(tables.catalog["sku"], tables.catalog["name"], strict=True))
    pairs = pairs_of(tables)
    for pair in ranked[:MOST_PAIRS].tolist():
        sku = str(pairs.skus[pairs.sku[pair]])
        place = {"sku": sku, "warehouse": str(pairs.warehouses[pairs.warehouse[pair]]), "name": names.get(sku, "")}
        row = _row(sums.iloc[[pair]], {"group": "pair", **place, "class": classes[pair]})
        rows.append({**row, "earlier": _earlier(since.iloc[pair], press.on[pair])})
    if len(ranked) > MOST_PAIRS:
        rest = ranked[MOST_PAIRS:]
        rows.append(_row(sums.iloc[np.sort(rest)], {"group": "rest", "sku": len(rest)}))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _ranked(tables: Tables, sums: pd.DataFrame, judged: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The judged pairs, those that sold most first, by name where they sold alike."""
    price = tables.catalog.drop_duplicates("sku").set_index("sku")["price"].reindex(tables.stock["sku"]).to_numpy(float)
    worth = (sums["sold"].to_numpy() * (price if np.isfinite(price[judged]).all() else 1.0)).round(6).tolist()
    rows = np.flatnonzero(judged).tolist()
    sku, warehouse = tables.stock["sku"].tolist(), tables.stock["warehouse"].tolist()
    rows.sort(key=lambda row: (-worth[row], sku[row], warehouse[row]))
    return np.array(rows, np.int64)


def _row(members: pd.DataFrame, labels: _Row) -> _Row:
    """One row from the sums of its pairs."""
    total = {name: round(float(value), 9) for name, value in members.sum().items()}
    row = {
        "sku": "", "warehouse": "", "name": "", "class": "", "earlier": (), **labels,
        "sold": total["sold"], "windows": int(total["windows"]),
        "off_by": _share(total["error"], total["sold"]),
        "too_high": _share(total["made"] - total["sold"], total["sold"]),
        "average_off": _share(total["average_error"], total["sold"]),
        "weekday_off": _share(total["weekday_error"], total["sold"]),
        "level": _share(total["level"], total["windows"]),
        "reached": _share(total["held"], total["windows"]),
        "rule_reached": _share(total["rule_held"], total["windows"]),
        "rule_stock": _share(total["rule_stock"], total["stock"]),
    }  # fmt: skip
    most = int(members["windows"].max()) if len(members) else 0
    return {**row, "says": _says(row, most * WINDOW_DAYS // 7)}


def _share(part: float, whole: float) -> float:
    return round(part / whole, 6) if whole > 0 else float("nan")


def _says(row: _Row, weeks: int) -> tuple[Reason, ...]:
    """What a row means: no better than a simple rule, better, or too little to say."""
    if row["group"] == "pair" and row["windows"] < FEWEST_WINDOWS:
        return (("plan.accuracy_one", {}),)
    if not row["sold"]:
        return (("plan.accuracy_unsold", {"weeks": weeks}),)
    numbers = {"weeks": weeks} | {
        name: round(row[name], 2) for name in ("off_by", "average_off", "weekday_off", "level", "reached")
    }
    best = min(numbers["average_off"], numbers["weekday_off"])
    if numbers["off_by"] <= best:
        key = "plan.accuracy_better" if numbers["off_by"] < best else "plan.accuracy_alike"
    elif numbers["average_off"] <= numbers["weekday_off"]:
        key = "plan.accuracy_average"
    else:
        key = "plan.accuracy_weekday"
    parts: tuple[Reason, ...] = ((key, numbers),)
    # Two standard errors of a share: a smaller distance may be chance; one below two points is not worth a word.
    doubt = max(2 * (row["level"] * (1 - row["level"]) / row["windows"]) ** 0.5, SMALLEST_MISS)
    if row["windows"] >= MANY_WINDOWS and row["reached"] < row["level"] - doubt:
        parts += (("plan.accuracy_ran_out", numbers),)
    return parts


def _earlier(since: pd.Series, on: np.datetime64) -> tuple[Reason, ...]:
    """What an earlier press planned for a pair and what was sold since."""
    if not np.isfinite(since["planned"]):
        return ()
    numbers = {name: round(float(since[name]), 1) for name in ("planned", "sold", "days")}
    return (("plan.accuracy_since", {"since": on.astype(object), **numbers}),)
