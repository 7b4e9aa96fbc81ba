"""What the checks of all tables share: language, names met so far, log, and how a bad cell is reported."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from restock.schema.cell import Reading, clipped, shown
from restock.schema.columns import Kind
from restock.schema.date_cell import shown_date
from restock.schema.names import Foldings, Names
from restock.schema.problem_log import ProblemLog
from restock.schema.settings import SETTINGS_BY_KEY, Settings
from restock.schema.table_view import TableView
from restock.schema.tables import Problem


@dataclass
class Checks:
    """The state of one check of a book.

    Attributes:
        skus, warehouses, suppliers: The spelling of every name; Stock is read first, so its spelling stands.
        stock_skus, stock_warehouses: What stands on Stock, planned or not, in order of appearance.
        stock_pairs: SKU and warehouse of every row of Stock.
        bundles: SKUs that stand for others.
        settings: In force once they are read.
    """

    language: str
    today: dt.date
    log: ProblemLog = field(default_factory=ProblemLog)
    foldings: Foldings = field(default_factory=Foldings)
    skus: Names = field(default_factory=Names)
    warehouses: Names = field(default_factory=Names)
    suppliers: Names = field(default_factory=Names)
    stock_skus: dict[str, None] = field(default_factory=dict)
    stock_warehouses: dict[str, None] = field(default_factory=dict)
    stock_pairs: set[tuple[str, str]] = field(default_factory=set)
    bundles: dict[str, None] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)

    def main(self) -> str:
        """The name of the warehouse of a book that names none."""
        return "主仓" if self.language == "zh" else "Main"

    def only_warehouse(self) -> str | None:
        """The warehouse that a blank means: the only one on Stock; None with several."""
        return next(iter(self.stock_warehouses)) if len(self.stock_warehouses) == 1 else None

    def default_warehouse(self) -> str | None:
        """The warehouse of sales and shows that name none: the only one, else the one in Settings."""
        return self.only_warehouse() or self.settings.default_warehouse

    def fault(
        self,
        view: TableView,
        name: str,
        cell: str,
        content: Any,
        reading: Reading,
        effect: str,
        weight: int = 1,
        **more: Any,
    ) -> int:
        """Report the cell of column `name` that could not be used, and return the problem's ticket.

        `more` holds the row's sku and warehouse, and whatever else the sentence needs.
        """
        params = {**reading.params, "column": name, **more}
        sku, warehouse = clipped(params.pop("sku", "")), clipped(params.pop("warehouse", ""))
        value = clipped(_as_shown(view, name, content, params))
        table, sheet = view.table.name, view.raw.sheet
        problem = Problem(reading.fault, effect, table, sheet, cell, value, sku, warehouse, params)
        return self.log.add(problem, weight)

    def note(
        self, view: TableView, key: str, cell: str, content: Any = "", weight: int = 1, **params: Any
    ) -> None:
        """Report what is worth knowing about a cell; nothing is left out for it."""
        value = clipped(shown(content))
        self.log.add(
            Problem(key, "note", view.table.name, view.raw.sheet, cell, value, params=params), weight
        )

    def match(self, names: Names, view: TableView, cell: str, typed: str) -> str:
        """The one spelling for a typed name, learnt where it is new; folding is counted for the note."""
        spelling = names.learn(typed)
        self.foldings.saw(view.table.name, view.raw.sheet, cell, typed, spelling)
        return spelling


def _as_shown(view: TableView, name: str, content: Any, params: dict[str, Any]) -> str:
    """A content as people see it: the serial number in a date cell is a date to them."""
    setting, column = SETTINGS_BY_KEY.get(params.get("setting", "")), view.table.by_name.get(name)
    kind = setting.kind if setting else column.kind if column else Kind.TEXT
    if kind in (Kind.DATE, Kind.TIME) and isinstance(content, int | float):
        return shown_date(content, with_time=kind is Kind.TIME)
    return shown(content)
