"""Each colour beside its word, and who fills which cells: on Start and at the end of Today."""

from __future__ import annotations

from restock.schema.settings import Settings
from restock.text import Words, say

Legend = tuple[tuple[str | None, str, str], ...]


def legend(words: Words, settings: Settings) -> Legend:
    """Return lines of the word in a cell, the style of that cell, and what it means."""
    days = {"red": settings.red_days, "orange": settings.orange_days, "yellow": settings.yellow_days}
    tiers = [(say(f"sheet.{tier}", words), f"tier_{tier}", say("sheet.legend_tier", words, days=below))
             for tier, below in days.items()]  # fmt: skip
    cells = [(None, style, say(f"sheet.legend_{kind}", words))
             for kind, style in (("input", "input"), ("formula", "formula"), ("written", "plain"))]  # fmt: skip
    return (*tiers, *cells)
