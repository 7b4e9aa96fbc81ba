"""One file from its cells to rows of our tables: which rows are used, which are left out, which are refused and why."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from restock.imports.cells import Cells
from restock.imports.recognised import Recognised
from restock.imports.taken import INBOUND_COLUMNS, SALES_COLUMNS, STOCK_COLUMNS
from restock.imports.text_table import TextTable

_UNCLEAR = {"date_unclear": "dates", "unclear": "decimal"}
_EXAMPLES = 3


@dataclass(frozen=True)
class Refusal:
    """Rows of one kind that cannot be used: the first rows of the file, how many there are, and an example.

    `reason` is a key of `restock.text.imports` without its beginning; `column` is the header as it stands in the file.
    """

    reason: str
    rows: tuple[int, ...]
    count: int
    column: str = ""
    value: str = ""


@dataclass(frozen=True)
class Imported:
    """What one file gives.

    Attributes:
        stock, sales, inbound: Rows as in `restock.imports.taken`, `row` is the row of the file; names as in the file.
        read: Rows under the headers that are not blank.
        used: Rows of the file from which something was taken.
        left_out: Reason → how many rows are no rows of ours.
        refused: Rows that should count and cannot be used.
        asks: "dates" or "decimal" where the file cannot be used before the user has said how it writes them.
        several: Rows of one SKU and warehouse on Stock are added.
        orders: Every order number of the file, of cancelled orders too.
        spoiled: Order numbers of refused rows.
    """

    found: Recognised
    stock: pd.DataFrame
    sales: pd.DataFrame
    inbound: pd.DataFrame
    read: int = 0
    used: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    refused: tuple[Refusal, ...] = ()
    asks: str = ""
    several: bool = False
    orders: frozenset[str] = frozenset()
    spoiled: frozenset[str] = frozenset()


def read_file(found: Recognised, table: TextTable, dates: str = "", decimal: str = "") -> Imported:
    """Return the rows of a recognised file.

    Args:
        dates: "dmy" or "mdy" where the user said what comes first; else the file must tell.
        decimal: "point" or "comma", likewise.
    """
    cells = Cells(table, found, dates, decimal)
    taken = found.format.read(cells)
    cells.finish()
    kept = (cells.left_out == "") & (cells.refused == "")
    stock = _of(taken.stock, STOCK_COLUMNS, cells, kept)
    sales = _of(taken.sales, SALES_COLUMNS, cells, kept)
    inbound = _of(taken.inbound, INBOUND_COLUMNS, cells, kept)
    inbound = inbound[inbound["ordered"].to_numpy(float) >= 0]
    if not taken.several:
        stock, kept = _without_repeated(stock, cells, kept)
    if taken.folded:
        sales = _added(sales, ["date", "sku", "warehouse", "order"], "qty")
    asks = _question(cells)
    refused = _refusals(cells)
    if asks:
        stock, sales, inbound, kept = stock[:0], sales[:0], inbound[:0], np.zeros(len(cells), dtype=bool)
    counts = pd.Series(cells.left_out[cells.left_out != ""], dtype=object).value_counts().to_dict()
    blank = counts.pop("blank", 0)
    left_out = {str(reason): int(count) for reason, count in counts.items()}
    orders, spoiled = _orders(taken.sales, cells)
    return Imported(
        found, stock, sales, inbound, len(cells) - blank, int(kept.sum()), left_out, refused, asks, taken.several,
        orders, spoiled,
    )  # fmt: skip


def _orders(frames: list[pd.DataFrame], cells: Cells) -> tuple[frozenset[str], frozenset[str]]:
    """All order numbers, and those of rows that are refused though they should count."""
    refused = (cells.refused != "") & (cells.left_out == "")
    every: set[str] = set()
    spoiled: set[str] = set()
    for frame in frames:
        orders, places = frame["order"].to_numpy(object), frame["place"].to_numpy(np.int64)
        broken = refused[places]
        every |= set(pd.unique(orders[~broken]))
        spoiled |= set(pd.unique(orders[broken]))
    return frozenset(every - {""}), frozenset(spoiled - {""})


def _of(frames: list[pd.DataFrame], columns: tuple[str, ...], cells: Cells, kept: np.ndarray) -> pd.DataFrame:
    """The usable rows of some frames, with the row of the file."""
    found = [frame[kept[frame["place"].to_numpy()]] for frame in frames]
    whole = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=[*columns])
    whole["row"] = cells.rows()[whole["place"].to_numpy(np.int64)]
    return whole


def _added(frame: pd.DataFrame, keys: list[str], amount: str) -> pd.DataFrame:
    if frame.empty:
        return frame
    coded = frame.assign(**{key: pd.Categorical(frame[key]) for key in keys})
    added = coded.groupby(keys, observed=True, sort=False).agg({amount: "sum", "place": "first", "row": "first"})
    found = added.reset_index()
    return found.astype({key: frame[key].dtype for key in keys})


def _without_repeated(stock: pd.DataFrame, cells: Cells, kept: np.ndarray) -> tuple[pd.DataFrame, np.ndarray]:
    """Refuse every row of a SKU that stands twice for one warehouse: it cannot be told which one counts."""
    twice = stock.duplicated(["sku", "warehouse"], keep=False)
    if not twice.any():
        return stock, kept
    places = stock.loc[twice, "place"].to_numpy(np.int64)
    reasons = np.full(len(cells), "", dtype=object)
    reasons[places] = "twice"
    cells.refuse(reasons, "sku")
    return stock[~twice], kept & (reasons == "")


def _question(cells: Cells) -> str:
    """What must be asked: only where rows that should count depend on it and the file has no other answer."""
    open_rows = cells.refused[cells.left_out == ""]
    for reason, question in _UNCLEAR.items():
        if (open_rows == reason).any() and not cells.contradicts(question):
            return question
    return ""


def _refusals(cells: Cells) -> tuple[Refusal, ...]:
    rows = np.flatnonzero((cells.refused != "") & (cells.left_out == ""))
    groups: dict[tuple[str, str], list[int]] = {}
    for place in rows.tolist():
        groups.setdefault((cells.refused[place], cells.column[place]), []).append(place)
    found = []
    for (reason, column), places in groups.items():
        numbers = tuple(cells.rows()[places[:_EXAMPLES]].tolist())
        found.append(Refusal(reason, numbers, len(places), column, str(cells.value[places[0]])))
    return tuple(sorted(found, key=lambda refusal: refusal.rows))
