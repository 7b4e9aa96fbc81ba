"""From the plan's keys and numbers to the text of a cell."""

from __future__ import annotations

from restock.replenish.alerts import Sentence
from restock.text import Words, say


def compose(parts: Sentence, words: Words) -> str:
    """The sentences of `parts`, joined as the language joins them."""
    space = "" if words.language == "zh" else " "
    return space.join(say(part.key, words, **part.params) for part in parts)
