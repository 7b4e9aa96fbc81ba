"""Sentences: every key in two languages, numbers and dates in words."""

from __future__ import annotations

import datetime as dt
import string
from typing import Any

import pytest

from restock.schema.columns import Table, normal_header
from restock.schema.copies import COPY_TABLES
from restock.schema.inputs import INPUT_TABLES
from restock.schema.outputs import OUTPUT_TABLES
from restock.text import Words, say
from restock.text.plan import SENTENCES
from restock.text.say import catalogue, format_count, format_day, format_money, format_number

TODAY = dt.date(2026, 11, 23)


def fields(sentence: str) -> dict[str, str]:
    """Name and format of each number in a sentence."""
    return {name: spec or "" for _, name, spec, _ in string.Formatter().parse(sentence) if name}


def example(spec: str) -> Any:
    """Something that fits a format."""
    return {"d": TODAY, "": "X", "s": "plan.way_sea"}.get(spec, 12.0)


@pytest.mark.parametrize("key", sorted(SENTENCES))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_sentence_can_be_said(key: str, language: str) -> None:
    """Each sentence of the plan takes its numbers in both languages."""
    english, chinese = SENTENCES[key]
    params = {name: example(spec) for name, spec in (fields(english) | fields(chinese)).items()}
    assert say(key, Words(language, "USD", TODAY), **params)


@pytest.mark.parametrize("key", sorted(SENTENCES))
def test_languages_name_the_same_numbers(key: str) -> None:
    """Chinese says no number that English leaves out, nor formats a date as anything else."""
    english, chinese = (fields(sentence) for sentence in SENTENCES[key])
    assert set(chinese) <= set(english)
    assert {name for name, spec in chinese.items() if spec == "d"} == {
        name for name, spec in english.items() if spec == "d"
    }


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_sentences_are_in_their_language(key: str) -> None:
    """An English sentence holds no Chinese character."""
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in catalogue()[key][0])


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"), (1.0, "1"), (1200.0, "1,200"), (10.25, "10.2"), (6.96, "7"), (0.25, "0.25"), (-3.0, "-3"),
        (0.0333, "0.033"), (1234.56, "1,234.6"),
    ],
)  # fmt: skip
def test_numbers(number: float, text: str) -> None:
    """Numbers have thousands separators and no needless decimals."""
    assert format_number(number) == text


@pytest.mark.parametrize(("count", "text"), [(1.0, "1 day"), (0.5, "0.5 days"), (0.0, "0 days"), (2, "2 days")])
def test_counts(count: float, text: str) -> None:
    """Only one thing is singular."""
    assert format_count(count, "day") == text


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [(744.0, "USD", "$744"), (9.5, "USD", "$9.50"), (2160.4, "CNY", "¥2,160"), (12.0, "SEK", "SEK 12"), (5.0, "", "5")],
)
def test_money(amount: float, currency: str, text: str) -> None:
    """Amounts carry the book's currency and no cents from 100 on."""
    assert format_money(amount, currency) == text


@pytest.mark.parametrize(
    ("offset", "english", "chinese"),
    [
        (0, "Mon 23 Nov", "11月23日（周一）"),
        (6, "Sun 29 Nov", "11月29日（周日）"),
        (7, "30 Nov", "11月30日"),
        (-1, "22 Nov", "11月22日"),
        (50, "12 Jan 2027", "2027年1月12日"),
    ],
)
def test_days(offset: int, english: str, chinese: str) -> None:
    """The weekday stands within 7 days, the year where it is another one."""
    moment = TODAY + dt.timedelta(offset)
    assert format_day(moment, Words("en", "", TODAY)) == english
    assert format_day(moment, Words("zh", "", TODAY)) == chinese


def test_a_missing_number_is_an_error() -> None:
    """A sentence is never said with a hole in it."""
    with pytest.raises(KeyError):
        say("plan.left", Words("en"), available=3.0)


def test_an_unknown_key_is_an_error() -> None:
    """There is no sentence of that name."""
    with pytest.raises(KeyError):
        say("plan.nothing_like_it", Words("en"))


ALL_TABLES = [*INPUT_TABLES.values(), *OUTPUT_TABLES.values(), *COPY_TABLES.values()]


@pytest.mark.parametrize("table", ALL_TABLES, ids=lambda table: table.name)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_headers_differ(table: Table, language: str) -> None:
    """No two columns of a table have headers that are read as the same, units aside."""
    headers = [normal_header(column.header(language)) for column in table.columns]
    assert len(set(headers)) == len(headers)
