"""Sentences of the sheets (English, Chinese)."""

SENTENCES: dict[str, tuple[str, str]] = {}
