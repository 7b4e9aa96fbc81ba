"""Sentences of the problems (English, Chinese)."""

SENTENCES: dict[str, tuple[str, str]] = {}
