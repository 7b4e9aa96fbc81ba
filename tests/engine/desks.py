"""A seller at work, for tests: presses, marks, states, counts; sheets are read back as the next press finds them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from restock.ledger.lines import LINE_TYPES
from restock.plan import Plan
from restock.schema.columns import Table
from restock.schema.raw import RawTable

from .plan_books import day, pair, plan_of, remembered
from .raw_books import raw_table

Cells = dict[str, Any]


class Desk:
    """A book with input tables that tests may change, and our sheets as they stand between two presses."""

    def __init__(self, **tables: Any) -> None:
        self.tables = tables
        self.plan: Plan | None = None
        self.sheets: dict[str, list[Cells]] = {kind.name: [] for kind in TABLES}

    def press(self, offset: int = 0) -> Plan:
        """Press the button `offset` days after the Monday of all tests."""
        before = self.plan
        raw = {table.name: sheet_of(table, self.sheets[table.name]) for table in TABLES} if before else {}
        typed = {name: self._typed(name) for name in ("Orders", "Transfers")} if before else {}
        previous = remembered(before, typed, raw) if before else None
        self.plan = plan_of(day(offset), previous, **self.tables)
        for name, frame in {"Orders": self.plan.orders, "Transfers": self.plan.transfers}.items():
            kept = self.plan.typed.get(name)
            self.sheets[name] = cells_of(frame if kept is None else _beside(frame, kept, name))
        self.sheets |= {name: cells_of(frame) for name, frame in self.plan.committed.tables.items()}
        return self.plan

    def mark(self, table: str, sku: str, accept: Any = "Y", own_units: Any = None, **cells: Any) -> None:
        """Type beside the suggestion of a SKU."""
        self._row(table, sku).update({"accept": accept, "own_units": own_units} | cells)

    def type(self, table: str, sku: str, **cells: Any) -> None:
        """Type into the accepted line of a SKU."""
        self._row(table, sku).update(cells)

    def count(self, sku: str, warehouse: str, **cells: Any) -> None:
        """Paste a new count of a SKU and warehouse."""
        next(row for row in self.tables["Stock"] if (row["sku"], row["warehouse"]) == (sku, warehouse)).update(cells)

    def lines(self, table: str) -> list[Cells]:
        """The rows of a table of ours as they stand."""
        return self.sheets[table]

    def row(self, sku: str, warehouse: str) -> Cells:
        """What the plan says of a SKU and warehouse."""
        assert self.plan is not None
        return pair(self.plan, sku, warehouse)

    def network(self, sku: str) -> float:
        """Units of a SKU that are available or on the way, over all warehouses."""
        assert self.plan is not None
        view = self.plan.view[self.plan.view["sku"] == sku]
        return float(view["available"].sum() + view["on_the_way"].sum())

    def _row(self, table: str, sku: str) -> Cells:
        return next(row for row in self.sheets[table] if row["sku"] == sku)

    def _typed(self, name: str) -> pd.DataFrame:
        table = next(table for table in TABLES if table.name == name)
        columns = [*table.key, *(column.name for column in table.columns if column.typed)]
        return pd.DataFrame(self.sheets[name], columns=columns)


TABLES = tuple(table for kind in LINE_TYPES for table in (kind.suggested, kind.committed))


def _beside(frame: pd.DataFrame, typed: pd.DataFrame, name: str) -> pd.DataFrame:
    key = list(next(table.key for table in TABLES if table.name == name))
    return frame.merge(typed, on=key, how="left")


def cells_of(frame: pd.DataFrame) -> list[Cells]:
    """The rows of a frame as a press writes them, without sentences."""
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items() if name != "why"} for row in rows]


def sheet_of(table: Table, rows: list[Cells]) -> RawTable:
    """A table of ours as the next press reads it."""
    own = [name for row in rows[:1] for name in row if name.startswith("user:")]
    headers = [*(column.name for column in table.columns), *own]
    cells = [[_moment(row.get(name)) for name in headers] for row in rows]
    return raw_table(table.name, [name.removeprefix("user:") for name in headers], cells)


def _moment(value: Any) -> Any:
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value
