"""Every number and date in every sentence of the plan stands in a cell, or follows from cells in a stated way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from restock.text import Words
from restock.text.say import _formatted
from restock_xl.demo.build import TODAY as DEMO_DAY
from restock_xl.demo.build import build_demo

from .books import LAMP, TODAY, make, press
from .number_sources import PLAN_KEYS, TODAY_KEYS, cells
from .spoken_numbers import Said, Shown, Spoken, specs, taken_apart
from .told_books import CALM, SHOWS, SHOWS_KEPT, SHOWS_SOLD_OUT, STORY, YEARS
from .told_plans import BEFORE, BUDGET, CHANGED, GIVEN, PICKS, TERMS, WARNED, WAYS

BOOKS: dict[str, dict[str, Any] | None] = {
    "demo": None, "lamp": LAMP, "story": STORY, "shows": SHOWS, "shows kept": SHOWS_KEPT,
    "shows sold out": SHOWS_SOLD_OUT, "calm": CALM, "years": YEARS, "ways": WAYS, "terms": TERMS, "budget": BUDGET,
    "warned": WARNED, "changed": CHANGED, "given": GIVEN, "accepted": LAMP, "picks": PICKS,
}  # fmt: skip
GAPS = {
    ("plan.day_learned", "name"): "no sheet lists the built-in sales days yet",
    ("plan.day_learned", "day"): "no sheet lists the built-in sales days yet",
    ("plan.day_learned", "factor"): "what a sales day did in the past stands in no cell",
    ("plan.day_learned", "times"): "how often a sales day has been seen stands in no cell",
    ("plan.day_unseen", "name"): "no sheet lists the built-in sales days yet",
    ("plan.day_unseen", "day"): "no sheet lists the built-in sales days yet",
}
"""Numbers without a cell, and why. Strict: each must be met, and must still have none."""


def wrong_numbers(book: Shown, words: Words, met: set[tuple[str, str]]) -> list[str]:
    """What is not borne out by cells: sentence, number, and what the cells hold."""
    found = []
    for spoken, keys in cells(book):
        parts = taken_apart(spoken.text, keys, book.language)
        if parts is None:
            found.append(f"{spoken.where}: no sentences of the catalogue make up {spoken.text!r}")
            continue
        for said in parts:
            met.add((said.key, ""))
            found += _unfounded(spoken, said, words, met)
    return found


def _unfounded(spoken: Spoken, said: Said, words: Words, met: set[tuple[str, str]]) -> Iterator[str]:
    for field, spec in specs(said.key, words.language).items():
        met.add((said.key, field))
        try:
            value = spoken.source(said.key, field)
        except (KeyError, IndexError, StopIteration, TypeError):
            if (said.key, field) not in GAPS:
                yield (f"{spoken.where}: {field} = {said.fields[field]} in {said.key} has no cell (nearest: "
                       f"{', '.join(spoken.nearest(said.fields[field]))}): {spoken.text!r}")  # fmt: skip
            continue
        if (said.key, field) in GAPS:
            yield f"{said.key} {field} is a declared gap but has a cell ({value}): take the mark away"
        if spec == "s":
            met.add((value, ""))
        options = value if isinstance(value, tuple) else (value,)
        shown = [_formatted(option, spec, words) for option in options]
        if said.fields[field] not in shown:
            yield (f"{spoken.where}: {field} = {said.fields[field]} in {said.key}, but the cells say "
                   f"{' or '.join(shown) or 'nothing'} (nearest: {', '.join(spoken.nearest(said.fields[field]))}): "
                   f"{spoken.text!r}")  # fmt: skip


def recomputed(folder: Path, name: str, language: str) -> tuple[Shown, Words]:
    """A book of ours after a press, as it shows itself."""
    path, day = folder / f"{name}-{language}.xlsx", DEMO_DAY if name == "demo" else TODAY
    if name == "demo":
        build_demo(path, language)
    else:
        make(path, language, BOOKS[name])
    if name in BEFORE:
        BEFORE[name](path, language)
    outcome = press(path, day)
    return Shown(path, language), outcome.words


@pytest.fixture(scope="module")
def met() -> set[tuple[str, str]]:
    """The sentences and fields that were met so far, in English and Chinese."""
    return set()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", BOOKS)
def test_every_number_stands_in_a_cell(
    tmp_path: Path, name: str, language: str, met: set[tuple[str, str]]
) -> None:
    """Each number, date and name in each sentence is what a cell holds, to the precision that is shown."""
    book, words = recomputed(tmp_path, name, language)
    wrong = wrong_numbers(book, words, met)
    assert not wrong, "\n".join(wrong[:40])


UNMET = {
    "plan.example": "an example for the documentation",
}
"""Sentences that none of the books says, and why."""


def test_every_sentence_was_met(met: set[tuple[str, str]]) -> None:
    """The books say every sentence of the plan, but for the declared ones; a declared gap was met, too."""
    if not met:
        pytest.skip("runs after the books above")
    wanted = set(PLAN_KEYS) | {key for key in TODAY_KEYS if specs(key, "en")}
    said = {key for key, _ in met}
    assert not sorted(wanted - said - set(UNMET))
    assert not sorted(said & set(UNMET))
    assert set(GAPS) <= met


def test_a_wrong_number_is_found(tmp_path: Path) -> None:
    """A number that no cell bears out is reported with its sentence, its name and the nearest cells."""
    book, words = recomputed(tmp_path, "lamp", "en")
    alert = next(row for row in book.tables["Alerts"] if row["sku"] == "LAMP-03")
    alert["action"] = alert["action"].replace("240 arrive", "243 arrive")
    (found,) = [one for one in wrong_numbers(book, words, set()) if one.startswith("Alerts")]
    assert "arrival_units = 243" in found
    assert "the cells say 240" in found
    assert "arrival_units 240" in found
    alert["action"] = "Order 7 of them."
    (found,) = [one for one in wrong_numbers(book, words, set()) if one.startswith("Alerts")]
    assert "no sentences of the catalogue" in found
