"""What a command prints after a press: counts, the most urgent sentences, where the book lies."""

from __future__ import annotations

from restock.schema.words import word
from restock_xl.recompute import Outcome
from restock_xl.sheets.sentences import compose

MOST_URGENT = 3
_TIERS = ("RED", "ORANGE", "YELLOW")


def report_lines(outcome: Outcome) -> list[str]:
    """The lines to print, in the book's language where they are sentences."""
    plan, words = outcome.plan, outcome.words
    counts = plan.view["tier"].value_counts()
    tiers = " · ".join(f"{word('tier', tier, words.language)} {counts.get(tier, 0)}" for tier in _TIERS)
    lines = [f"{tiers} · {len(plan.orders)} order lines, {len(plan.transfers)} transfers, {len(plan.tables.problems)} to check"]
    for row in plan.alerts.head(MOST_URGENT).to_dict("records"):
        level = word("tier", row["tier"], words.language)
        lines.append(f"{level} {row['sku']}, {row['warehouse']}: {compose(row['state'] + row['action'], words)}")
    if not outcome.changed:
        lines.append(f"Nothing changed: {outcome.path} already says all this.")
    else:
        lines.append(f"Written: {outcome.path}")
    if outcome.backup is not None:
        lines.append(f"The book as it was: {outcome.backup}")
    return lines
