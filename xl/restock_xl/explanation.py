"""Explain on the command line: a book is read and planned as a press would, nothing is written."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from restock.errors import InputError
from restock.plan import Plan
from restock.replenish.explain import Step, explain
from restock.schema.columns import normal_key
from restock.schema.words import word
from restock.text import Words, say
from restock.text.say import format_day, format_money, format_number
from restock_xl.hosts.headless import HeadlessHost
from restock_xl.recompute import planned
from restock_xl.sheets.sentences import compose

_CLOSE, _LISTED = 0.3, 8


def explanation_lines(book: Path, today: dt.date | None, now: dt.date, sku: str, warehouse: str = "") -> list[str]:
    """The lines to print of one pair, in the book's language.

    Args:
        today: Day 0; None: the day of the last press, so that the book's own numbers are explained, else `now`.
        warehouse: May be left out where the SKU lies in one only.
    Raises:
        WorkbookError: The book cannot be read.
        InputError: Stock is unusable, or has no such SKU or warehouse; names what comes close.
    """
    # the book is only read: naming another file for the result lets it be open elsewhere
    plan, words = planned(HeadlessHost(book, book.with_name(f"explain-{book.name}")), today, now)
    found = find_pair(plan, words, sku, warehouse)
    return list(_lines(plan, words, *found))


def find_pair(plan: Plan, words: Words, sku: str, warehouse: str = "") -> tuple[str, str]:
    """The SKU and warehouse of the plan that are meant, folded as names on sheets are (§10).

    Raises:
        InputError: There is none, or several; says what to type.
    """
    item = _named(plan.view["sku"], sku)
    if item is None:
        raise InputError(say("explain.no_sku", words, sku=sku, close=_close(plan.view["sku"], sku)))
    places = plan.view.loc[plan.view["sku"] == item, "warehouse"]
    if not warehouse and len(places) == 1:
        return item, str(places.iloc[0])
    if not warehouse:
        raise InputError(say("explain.which_warehouse", words, sku=item, close=", ".join(sorted(places)[:_LISTED])))
    place = _named(places, warehouse)
    if place is None:
        close = _close(places, warehouse)
        raise InputError(say("explain.no_warehouse", words, warehouse=warehouse, sku=item, close=close))
    return item, place


def _named(names: Iterable[str], text: str) -> str | None:
    return {normal_key(name): name for name in names}.get(normal_key(text))


def _close(names: Iterable[str], text: str) -> str:
    """What comes closest to a name, the closest first; the first ones where nothing does."""
    known = {normal_key(name): name for name in sorted(set(names))}
    found = difflib.get_close_matches(normal_key(text), list(known), _LISTED, _CLOSE) or list(known)[:_LISTED]
    return ", ".join(known[name] for name in found)


def _lines(plan: Plan, words: Words, sku: str, warehouse: str) -> Iterator[str]:
    yield f"{sku}, {warehouse}"
    section = ""
    for step in explain(plan, sku, warehouse):
        if not step.matters:
            continue
        if step.line.section != section:
            section = step.line.section
            yield say(section, words)
        colon, space = ("：", "") if words.language == "zh" else (":", " ")
        sentence = step_sentence(step, words)
        yield f"  {say(step.label.key, words, **step.label.params)}{colon}{space}{step_value(step, words)}" + (
            f"   {sentence}" if sentence else ""
        )


def step_value(step: Step, words: Words) -> str:
    """A step's value in words, with its unit."""
    value, unit = step.value, step.line.unit
    if value is None:
        return "–"
    if step.line.choices:
        return word(step.line.choices, str(value), words.language)
    if unit == "date":
        return format_day(value, words)
    if unit == "money":
        return format_money(float(value), words.currency)
    if unit == "share":
        return f"{value * 100:.3g}%"
    exact = f"{value:.2f}".rstrip("0").rstrip(".") if step.line.name == "cover" else format_number(value)
    name = say(f"unit.{unit}", words)
    if words.language == "zh":
        return f"{exact}{name}"
    return f"{exact} {name}" if exact != "1" else f"1 {name.replace('s', '', 1)}" if name else exact


def step_sentence(step: Step, words: Words) -> str:
    """How a step's value comes about, in words."""
    parts = [type(part)(part.key, _spoken(part.params, words)) for part in step.sentence]
    return compose(tuple(parts), words)


def _spoken(params: dict[str, Any], words: Words) -> dict[str, Any]:
    """The numbers of a sentence, keys of lists as the words that people see."""
    mode = params.get("mode")
    return params if mode is None or pd.isna(mode) else params | {"mode": word("mode", mode, words.language)}
