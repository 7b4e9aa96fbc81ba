"""Turn a key and its numbers into one sentence."""

from __future__ import annotations

import datetime as dt
import string
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from typing import Any

_CATALOGUES = (
    "charts",
    "checks",
    "copies",
    "desktop",
    "excel",
    "explain",
    "export",
    "formulas",
    "imports",
    "office",
    "outside",
    "own",
    "picture",
    "plan",
    "problems",
    "repair",
    "sheets",
    "simulate",
    "tidy",
    "transfers",
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = {"en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), "zh": "一二三四五六日"}
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "CNY": "¥", "JPY": "¥", "": ""}


@dataclass(frozen=True)
class Words:
    """How sentences are written in one book: language, currency, and the day they are read on."""

    language: str = "en"
    currency: str = ""
    today: dt.date | None = None


@cache
def catalogue() -> dict[str, tuple[str, str]]:
    """Every sentence, key to (English, Chinese)."""
    merged: dict[str, tuple[str, str]] = {}
    for name in _CATALOGUES:
        for key, pair in import_module(f"restock.text.{name}").SENTENCES.items():
            if key in merged:
                raise ValueError(f"two sentences are called {key}")
            merged[key] = pair
    return merged


def say(key: str, words: Words, **params: Any) -> str:
    """Return the sentence `key` with its numbers filled in.

    A field takes a format: `{units:n}` a number without needless decimals, `{day:d}` a date (with its weekday where it
    lies within 7 days of today), `{day:date}` a date without its weekday and year, `{sum:m}` money, `{share:p}` a percentage, `{cartons:of carton}` a number of English
    things, `{way:s}` another sentence without numbers, given by its key.

    Raises:
        KeyError: There is no such sentence, or a number that it needs is missing.

    >>> say("plan.example", Words("en", "USD", dt.date(2026, 11, 23)), units=1200.0, day=dt.date(2026, 11, 25), sum=2160)
    '1,200 units on Wed 25 Nov for $2,160'
    """
    template = catalogue()[key][1 if words.language == "zh" else 0]
    texts = []
    for literal, name, spec in _parsed(template):
        texts.append(literal)
        if name is not None:
            texts.append(_formatted(params[name], spec, words))
    return "".join(texts)


@cache
def names_in(key: str) -> tuple[str, ...]:
    """The numbers that the sentence `key` needs in either language.

    >>> names_in("plan.example")
    ('day', 'sum', 'units')
    """
    return tuple(sorted({name for template in catalogue()[key] for _, name, _ in _parsed(template) if name is not None}))


@cache
def _parsed(template: str) -> tuple[tuple[str, str | None, str], ...]:
    """A template as literal, field name and format of each of its pieces."""
    return tuple((literal, name, spec or "") for literal, name, spec, _ in string.Formatter().parse(template))


def _formatted(value: Any, spec: str, words: Words) -> str:
    if spec == "n":
        return format_number(value)
    if spec == "d":
        return format_day(value, words)
    if spec == "date":
        return format_day(value, replace(words, today=value + dt.timedelta(days=1)))
    if spec == "m":
        return format_money(value, words.currency)
    if spec == "p":
        return f"{value * 100:.3g}%"
    if spec == "s":
        return say(value, words)
    if spec.startswith("of "):
        return format_count(value, spec.removeprefix("of "))
    return format(value, spec)


def format_number(value: float) -> str:
    """A number with thousands separators and at most one decimal, none for whole numbers.

    >>> format_number(1200.0), format_number(0.25), format_number(6.96)
    ('1,200', '0.25', '7')
    """
    number = float(value)
    if abs(number) < 1 and number != 0:
        return f"{number:.2g}"
    text = f"{number:,.1f}"
    return text.removesuffix(".0")


def format_count(value: float, noun: str) -> str:
    """A number of things in English.

    >>> format_count(1.0, "carton"), format_count(16, "carton")
    ('1 carton', '16 cartons')
    """
    text = format_number(value)
    return f"{text} {noun}" if text == "1" else f"{text} {noun}s"


def format_money(value: float, currency: str) -> str:
    """An amount with its currency, whole from 100 on.

    >>> format_money(2160, "USD"), format_money(9.5, "SEK")
    ('$2,160', 'SEK 9.50')
    """
    symbol = ("-" if value < 0 else "") + _SYMBOLS.get(currency, f"{currency} ")
    whole = abs(value) >= 100 or float(value).is_integer()
    return f"{symbol}{abs(value):,.0f}" if whole else f"{symbol}{abs(value):,.2f}"


def format_day(day: dt.date, words: Words) -> str:
    """A date in words; the weekday within 7 days of today, the year where it is another one."""
    day = day.date() if isinstance(day, dt.datetime) else day
    today = words.today or day
    near = 0 <= (day - today).days < 7
    year = day.year != today.year
    if words.language == "zh":
        text = f"{day.year}年{day.month}月{day.day}日" if year else f"{day.month}月{day.day}日"
        return f"{text}（周{_WEEKDAYS['zh'][day.weekday()]}）" if near else text
    text = f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")
    return f"{_WEEKDAYS['en'][day.weekday()]} {text}" if near else text
