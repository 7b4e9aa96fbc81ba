"""What a command prints after a press: counts, the most urgent sentences, where the book lies."""

from __future__ import annotations

from restock.schema.records import records
from restock.schema.words import word
from restock.text import say
from restock_xl.recompute import Outcome
from restock_xl.sheets.sentences import compose

MOST_URGENT = 3


def report_lines(outcome: Outcome) -> list[str]:
    """The lines to print, in the book's language."""
    plan, words = outcome.plan, outcome.words
    lines = [_counts(outcome)]
    for row in records(plan.alerts.head(MOST_URGENT)):
        level = word("tier", row["tier"], words.language)
        lines.append(f"{level} {row['sku']}, {row['warehouse']}: {compose(row['state'] + row['action'], words)}")
    lines.append(say("report.written" if outcome.changed else "report.same", words, path=outcome.path))
    if outcome.backup is not None:
        lines.append(say("report.backup", words, path=outcome.backup))
    return lines


def _counts(outcome: Outcome) -> str:
    plan, words = outcome.plan, outcome.words
    counts = plan.view["tier"].value_counts()
    tiers = {tier.lower(): word("tier", tier, words.language) for tier in ("RED", "ORANGE", "YELLOW")}
    numbers = {f"{tier.lower()}s": counts.get(tier, 0) for tier in ("RED", "ORANGE", "YELLOW")}
    drafts = {"orders": len(plan.orders), "transfers": len(plan.transfers), "problems": len(plan.tables.problems)}
    return say("report.counts", words, **tiers, **numbers, **drafts)
