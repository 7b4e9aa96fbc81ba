"""What the last press left in the book, and what people typed on our sheets since."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from restock.schema.raw import RawTable


@dataclass(frozen=True)
class Previous:
    """What the last press left in the book: History, sold-out spells, log, and what was typed on our sheets.

    `typed` maps an output table's name to a frame of its key columns and everything the user typed beside them.
    `sheets` maps the names of the tables of suggestions and of accepted lines to what stands in them, cell by cell.
    """

    history: pd.DataFrame
    sold_out: pd.DataFrame
    run_log: pd.DataFrame
    typed: dict[str, pd.DataFrame]
    sheets: dict[str, RawTable] = field(default_factory=dict)

    @classmethod
    def none(cls) -> Previous:
        """A book on which the button was never pressed."""
        history = ["sku", "warehouse", "on_hand", "changed_on", "tier", "since", "order_units", "daily", "pressed_on",
                   "earlier_daily", "earlier_on", "warned_on", "answered", "done", "before_tier", "before_on_hand",
                   "before_on"]  # fmt: skip
        return cls(
            pd.DataFrame({name: [] for name in history}),
            pd.DataFrame({"sku": [], "warehouse": [], "from": [], "to": []}),
            pd.DataFrame(),
            {},
        )
