"""Every unit once: what is there, what was rolled forward, what is on the way, what was accepted (§2, §12, §33)."""

from restock.ledger.accepting import without_accepted
from restock.ledger.answers import kept_answers, with_answers
from restock.ledger.committed import Committed, settle, unshipped
from restock.ledger.counts import (
    adjustment,
    changed_on,
    last_change,
    pair_index,
    positions,
    sold_out_spells,
    stock_dates,
)
from restock.ledger.day_before import day_before
from restock.ledger.previous import Previous
from restock.ledger.supply import Supply, open_supply, unsent_units

__all__ = [
    "Committed",
    "Previous",
    "Supply",
    "adjustment",
    "changed_on",
    "day_before",
    "kept_answers",
    "last_change",
    "open_supply",
    "pair_index",
    "positions",
    "settle",
    "sold_out_spells",
    "stock_dates",
    "unsent_units",
    "unshipped",
    "with_answers",
    "without_accepted",
]
