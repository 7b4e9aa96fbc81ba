"""What a command prints: counts, the most urgent sentences, cells that differ, where the book lies."""

from __future__ import annotations

from restock.formula.cells import Scalar
from restock.functions.values import CellError
from restock.schema.records import records
from restock.schema.words import word
from restock.text import Words, cell_reference, say
from restock_xl.recalculation import Recalculation
from restock_xl.recompute import Outcome
from restock_xl.sheets.sentences import compose

MOST_URGENT = 3
MOST_KEPT = 20


def report_lines(outcome: Outcome) -> list[str]:
    """The lines to print, in the book's language."""
    plan, words = outcome.plan, outcome.words
    lines = [_counts(outcome)]
    for row in records(plan.alerts.head(MOST_URGENT)):
        level = word("tier", row["tier"], words.language)
        lines.append(f"{level} {row['sku']}, {row['warehouse']}: {compose(row['state'] + row['action'], words)}")
    lines += outcome.healed
    lines.append(say("report.written" if outcome.changed else "report.same", words, path=outcome.path))
    if outcome.backup is not None:
        lines.append(say("report.backup", words, path=outcome.backup))
    return lines


def calculation_lines(found: Recalculation, words: Words, check: bool = False) -> list[str]:
    """The lines to print after a recalculation; a check lists every cell that differs, and every formula kept."""
    lines = [*found.healed, *found.notes]
    if check:
        for (sheet, cell), (before, now) in found.changed.items():
            reference = cell_reference(sheet, cell, words)
            shown = {"stored": _shown(before, words), "now": _shown(now, words)}
            lines.append(say("calc.differs", words, ref=reference, **shown))
    kept = found.unsupported if check else found.unsupported[:MOST_KEPT]
    lines += [one.sentence(words) for one in kept]
    if len(kept) < len(found.unsupported):
        lines.append(say("calc.more", words, others=len(found.unsupported) - len(kept)))
    counts = {"changed": found.differences, "unsupported": len(found.unsupported)}
    lines.append(say("calc.counts", words, computed=len(found.values) - len(found.unsupported), **counts))
    if found.written:
        lines.append(say("report.written", words, path=found.path))
    elif not found.differences:
        lines.append(say("calc.same", words, path=found.path))
    if found.backup is not None:
        lines.append(say("report.backup", words, path=found.backup))
    return lines


def _shown(value: Scalar, words: Words) -> str:
    if value is None or value == "":
        return say("calc.blank", words)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value) if isinstance(value, CellError) else f'"{value}"'


def _counts(outcome: Outcome) -> str:
    plan, words = outcome.plan, outcome.words
    counts = plan.view["tier"].value_counts()
    tiers = {tier.lower(): word("tier", tier, words.language) for tier in ("RED", "ORANGE", "YELLOW")}
    numbers = {f"{tier.lower()}s": counts.get(tier, 0) for tier in ("RED", "ORANGE", "YELLOW")}
    drafts = {"orders": len(plan.orders), "transfers": len(plan.transfers), "problems": len(plan.tables.problems)}
    return say("report.counts", words, **tiers, **numbers, **drafts)
