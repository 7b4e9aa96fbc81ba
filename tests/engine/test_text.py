"""Sentences: every key in two languages, numbers and dates in words."""

from __future__ import annotations

import datetime as dt
import re
import string
from collections.abc import Iterator
from typing import Any

import pytest

from restock.functions.catalogue import CATALOGUE
from restock.functions.guide import HEADINGS
from restock.imports.formats import FORMATS
from restock.schema.columns import Table, normal_header
from restock.schema.copies import COPY_TABLES
from restock.schema.inputs import INPUT_TABLES, SALES_ORDER
from restock.schema.outputs import OUTPUT_TABLES, STOCK_COMPUTED
from restock.schema.settings import SETTINGS_LIST
from restock.schema.words import CHOICES, LIST_NAMES
from restock.text import Words, say
from restock.text.say import catalogue, format_count, format_day, format_money, format_number

TODAY = dt.date(2026, 11, 23)


ALL_TABLES = [*INPUT_TABLES.values(), *OUTPUT_TABLES.values(), *COPY_TABLES.values()]
SHORT = {"chart.arrival_units", "chart.show_units", "sheet.order", "simulate.column_stock"}
"""Labels among the sentences, with a unit in brackets."""
NO_UNIT = {"unit.", "unit.share"}
SAID_OTHERWISE = {"import.and_others": ({"others"}, {"others_all"})}
"""Sentences whose languages need other numbers: "row 4 and 2 others" is "第4行等3行"."""
FORMULAS = {"RESTOCK_SAFETY_STOCK"}
"""What is mathematics keeps its parentheses."""
HALF_WIDTH = re.compile("[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]")
BRACKETS = re.compile("[\u4e00-\u9fff][()]|[()][\u4e00-\u9fff]")
NO_SPACE = re.compile("[\u4e00-\u9fff][A-Za-z]|[A-Za-z][\u4e00-\u9fff]")


def fields(sentence: str) -> dict[str, str]:
    """Name and format of each number in a sentence."""
    return {name: spec or "" for _, name, spec, _ in string.Formatter().parse(sentence) if name}


def example(spec: str) -> Any:
    """Something that fits a format."""
    return {"d": TODAY, "date": TODAY, "": "X", "s": "plan.way_sea"}.get(spec, 12.0)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_sentence_can_be_said(language: str) -> None:
    """Each sentence takes its numbers in both languages."""
    for key, (english, chinese) in catalogue().items():
        params = {name: example(spec) for name, spec in (fields(english) | fields(chinese)).items()}
        assert say(key, Words(language, "USD", TODAY), **params) or key in NO_UNIT, key


def test_languages_name_the_same_numbers() -> None:
    """Both languages say the same numbers, and format dates and money alike."""
    for key, pair in catalogue().items():
        english, chinese = (fields(sentence) for sentence in pair)
        apart = set(english) - set(chinese), set(chinese) - set(english)
        assert apart == SAID_OTHERWISE.get(key, (set(), set())), key
        for spec in ("d", "date", "m", "p", "s"):
            here, there = ({name for name in names if names[name] == spec} for names in (english, chinese))
            assert here == there, key


def sentences() -> Iterator[tuple[str, str, str]]:
    """Key, English and Chinese of everything that is said in sentences: messages, help, what functions do."""
    for key, (english, chinese) in catalogue().items():
        if not key.startswith("sheet.column_"):
            yield key, english, chinese
    for table in ALL_TABLES:
        yield table.name, table.help_en, table.help_zh
        for column in table.columns:
            yield f"{table.name}.{column.name}", column.help_en, column.help_zh
    for setting in SETTINGS_LIST:
        yield setting.key, setting.help_en, setting.help_zh
    for function in CATALOGUE.values():
        yield function.name, function.en, function.zh
        for argument in function.arguments:
            yield f"{function.name}.{argument.name}", argument.en, argument.zh


def labels() -> Iterator[tuple[str, str, str]]:
    """The same of short labels, whose units stand in half-width brackets: tabs, headers, settings, words of lists."""
    for key, (english, chinese) in catalogue().items():
        if key.startswith("sheet.column_"):
            yield key, english, chinese
    for table in ALL_TABLES:
        yield table.name, table.en, table.zh
        for column in (*table.columns, *STOCK_COMPUTED, SALES_ORDER):
            yield f"{table.name}.{column.name}", column.en, column.zh
    for setting in SETTINGS_LIST:
        yield setting.key, setting.en, setting.zh
    for export in FORMATS:
        yield export.key, export.en, export.zh
    for name, words in {**CHOICES, "lists": LIST_NAMES}.items():
        for key, (english, chinese) in words.items():
            yield f"{name}.{key}", english, chinese
    for english, chinese in zip(HEADINGS["en"], HEADINGS["zh"], strict=True):
        yield english, english, chinese


def test_no_label_is_missing() -> None:
    """Whatever is said in one language is said in the other."""
    assert [key for key, english, chinese in sentences() if bool(english) != bool(chinese)] == []
    assert [key for key, english, chinese in labels() if not (english and chinese)] == []


def test_english_holds_no_chinese() -> None:
    """No character and no punctuation of Chinese stands in an English text."""
    chinese = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
    assert [key for key, english, _ in (*sentences(), *labels()) if chinese.search(english)] == []


def test_chinese_is_written_as_chinese() -> None:
    """Punctuation beside Chinese is full-width, brackets of units in labels apart."""
    said = [key for key, _, text in sentences() if HALF_WIDTH.search(text) or BRACKETS.search(text)]
    said += [key for key, _, text in labels() if HALF_WIDTH.search(text)]
    assert set(said) - FORMULAS - SHORT == set()


def test_latin_words_stand_apart_in_chinese() -> None:
    """A space parts Chinese characters from Latin letters."""
    assert [key for key, _, text in (*sentences(), *labels()) if NO_SPACE.search(text)] == []


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


@pytest.mark.parametrize("table", ALL_TABLES, ids=lambda table: table.name)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_headers_differ(table: Table, language: str) -> None:
    """No two columns of a table have headers that are read as the same, units aside."""
    headers = [normal_header(column.header(language)) for column in table.columns]
    assert len(set(headers)) == len(headers)
