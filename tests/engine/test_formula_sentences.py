"""Every reason for which a formula keeps its value is a sentence in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from restock.text import Words, say
from restock.text.formulas import SENTENCES

ENGINE = Path(__file__).parents[2] / "engine" / "restock" / "formula"
_KEY = re.compile(r'"(formula\.[a-z_]+)"')
KEYS = sorted({key for path in ENGINE.rglob("*.py") for key in _KEY.findall(path.read_text(encoding="utf-8"))})


def test_the_engine_gives_reasons() -> None:
    """The reasons are found where they are given."""
    assert "formula.function" in KEYS
    assert len(KEYS) > 8


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("key", KEYS)
def test_every_reason_has_a_sentence(key: str, language: str) -> None:
    """A reason is said with the cell, and says that its value stays."""
    text = say(key, Words(language), ref="Sheet1!B7", formula="=FOO(A1)", detail="FOO")
    assert "Sheet1!B7" in text
    assert ("上次的值" if language == "zh" else "last value") in text or key == "formula.depends"


@pytest.mark.parametrize("key", sorted(SENTENCES))
def test_sentences_name_the_same_things(key: str) -> None:
    """Both languages use the same fields."""
    english, chinese = (set(re.findall(r"\{(\w+)", sentence)) for sentence in SENTENCES[key])
    assert chinese <= english
