"""Older sales that were moved to a file beside the book, joined to those that stand in it (§42)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from restock.schema.checks import Checks
from restock.schema.names import Names
from restock.schema.sales_columns import Mask
from restock.schema.table_view import TableView

COLUMNS = ("date", "sku", "warehouse", "qty", "in_stock")
_KEY = ["date", "sku", "warehouse"]


def with_archived(sales: pd.DataFrame, archived: pd.DataFrame, view: TableView, checks: Checks) -> pd.DataFrame:
    """Return sales with older ones before them, names spelled as everywhere in the book (§10).

    Rows of the book in archived months are added, unless a whole day of them says just what was archived: then the day
    was pasted again. Both are said.

    Args:
        sales: The usable rows of the book, as in `restock.schema.tables`.
        archived: The same columns, names as they were spelled when they were moved.
    """
    if archived.empty:
        return sales
    old = archived.assign(
        sku=_spelled(archived["sku"], checks.skus), warehouse=_spelled(archived["warehouse"], checks.warehouses)
    )
    late = sales["date"].to_numpy() <= _end_of_month(old["date"].max())
    again = _same_days(sales[late], old) if late.any() else np.zeros(0, dtype=bool)
    dropped = np.zeros(len(sales), dtype=bool)
    dropped[np.flatnonzero(late)[again]] = True
    _report(sales[dropped], view, checks, "check.archived_again")
    _report(sales[late & ~dropped], view, checks, "check.archived_more")
    return _joined(old, sales[~dropped])


def _spelled(names: pd.Series, known: Names) -> pd.Categorical:
    held = names.astype("category")
    spelled = [known.learn(str(name)) for name in held.cat.categories]
    order = sorted(set(spelled))
    codes = np.array([order.index(name) for name in spelled], dtype=np.int64)
    return pd.Categorical.from_codes(codes[held.cat.codes.to_numpy()], pd.Index(order, dtype="str"))


def _end_of_month(day: pd.Timestamp) -> np.datetime64:
    return np.datetime64(day + pd.offsets.MonthEnd(0), "s")


def _same_days(late: pd.DataFrame, old: pd.DataFrame) -> Mask:
    """Which rows belong to days that say just what was archived of them."""
    days = late["date"].unique()
    mine, theirs = (_units(frame[frame["date"].isin(days)]) for frame in (late, old))
    both = mine.to_frame("mine").join(theirs.to_frame("theirs"), how="outer").fillna(0.0)
    differ = both.index.get_level_values("date")[~np.isclose(both["mine"], both["theirs"])]
    return (~late["date"].isin(differ.unique())).to_numpy()


def _units(frame: pd.DataFrame) -> pd.Series:
    texts = frame.assign(sku=frame["sku"].astype(object), warehouse=frame["warehouse"].astype(object))
    return texts.groupby(_KEY)["qty"].sum()


def _report(rows: pd.DataFrame, view: TableView, checks: Checks, key: str) -> None:
    if rows.empty:
        return
    first, last = (day.date().isoformat() for day in (rows["date"].min(), rows["date"].max()))
    count = rows["date"].nunique() if key == "check.archived_again" else len(rows)
    checks.note(view, key, "", count=count, first=first, last=last)


def _joined(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """One frame, names in code point order whatever the order of rows (§16)."""
    columns = {}
    for name in ("sku", "warehouse"):
        categories = sorted({*old[name].cat.categories, *new[name].cat.categories})
        index = pd.Index(categories, dtype="str")
        codes = [frame[name].cat.set_categories(index).cat.codes.to_numpy() for frame in (old, new)]
        columns[name] = pd.Categorical.from_codes(np.concatenate(codes).astype(np.int64), index)
    return pd.DataFrame(
        {
            "date": np.concatenate([frame["date"].to_numpy("datetime64[s]") for frame in (old, new)]),
            **columns,
            "qty": np.concatenate([frame["qty"].to_numpy(float) for frame in (old, new)]),
            "in_stock": np.concatenate([frame["in_stock"].to_numpy(bool) for frame in (old, new)]),
        }
    )
